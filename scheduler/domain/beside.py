"""A satellite by itself, beside the finished roster of its main office.

Who works in both is where the main's roster says: these cells are pinned.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from scheduler.domain.between_houses import MAIN
from scheduler.domain.joint import joint
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.requests import Counted, PersonalLimit
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty

SATELLITE = 1


class Beside(NamedTuple):
    """A satellite's problem with what its main's roster settles.

    Attributes
    ----------
    problem
        The satellite's problem.
    otherwise
        Cells that the satellite had pinned to something else; the main's holds.
    without_call
        Nights with guests here on which the main has nobody on call (A-06).
    """

    problem: Problem
    otherwise: tuple[Duty, ...]
    without_call: tuple[dt.date, ...]


def beside(main: Problem, roster: Roster, satellite: Problem) -> Beside:
    """Return a satellite beside its main's finished roster.

    People of the main office are here when that roster says so, and never else; people
    of the satellite are free where it does not call them away or on call.
    """
    both = joint([main, satellite])
    house = both.houses[SATELLITE]
    settled: list[Duty] = []
    for duty in roster.duties:
        if duty.staff not in house.member_by_name or duty.date not in house.period:
            continue
        whole = both.in_all(MAIN, duty)
        origin = both.origins.get(whole.shift) if whole.shift else None
        is_here = origin is not None and origin.house == SATELLITE
        if both.home_of[duty.staff] == SATELLITE and (origin is None or is_here):
            continue
        (seen,) = both.of_house(Roster(duties=(whole,)), SATELLITE).duties
        open_ = {"roles": (), "breaks": (), "events": ()}
        settled.append(seen.model_copy(update=open_ if is_here else {"breaks": ()}))
    cells = {(duty.staff, duty.date): duty for duty in settled}
    kept = [d for d in house.pins.duties if (d.staff, d.date) not in cells]
    own = {member.name for member in house.home.staff}
    nights = [night for night in roster.on_call if night.staff in own]
    called = {night.staff for night in nights}
    limits = tuple(
        PersonalLimit(
            staff=name,
            counted=Counted.ON_CALL,
            at_most=sum(night.staff == name for night in nights),
        )
        for name in sorted(called)
    )
    staff = (
        member.model_copy(update={"on_call": member.name in called})
        for member in house.staff
    )
    problem = house.model_copy(
        update={
            "staff": tuple(staff),
            "pins": Pins(duties=(*settled, *kept), on_call=tuple(nights)),
            "personal_limits": (*house.personal_limits, *limits),
        }
    )
    return Beside(
        problem,
        tuple(
            duty
            for duty in house.pins.duties
            if duty not in kept and duty.entry != cells[duty.staff, duty.date].entry
        ),
        tuple(
            day.date
            for day in house.forecast.days
            if day.overnight != 0 and day.date not in roster.on_call_by_date
        ),
    )
