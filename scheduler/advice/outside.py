"""Who comes from outside in a way out, as they are to be asked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain.advice import Helper
from scheduler.domain.agreements import Concession
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.homes import as_begun, at_number
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind, Shift
from scheduler.domain.staff import DateSpan, StaffMember
from scheduler.solver.weights import POINT


def who_comes(
    problem: Problem, offered: Iterable[tuple[int, StaffMember]], roster: Roster
) -> Iterator[Helper]:
    """Yield the temporary workers of a roster, by duty.

    Who was on offer for any date is asked for these duties and for no more.

    Parameters
    ----------
    problem
        The month with all of them.
    offered
        Those who could come, each with the number of their house.
    """
    by_name = {one.name: (house, one) for house, one in offered}
    duties: dict[StaffId, list[tuple[Duty, Shift]]] = defaultdict(list)
    for duty in roster.duties:
        if duty.staff in by_name and duty.shift is not None:
            member = by_name[duty.staff][1]
            shift, _row = as_begun(problem, duty.shift, member)
            duties[duty.staff].append((duty, shift))
    for name, own in duties.items():
        house, member = by_name[name]
        asked = _only(member, own)
        for duty, shift in own:
            yield Helper(
                member=asked,
                house=house,
                date=duty.date,
                role=duty.roles[0],
                shift=shift.symbol,
                begin=moment(duty.date, shift.start),
                end=moment(duty.date, shift.end),
                minutes=shift.work_minutes,
            )
    band = problem.office.night_band
    for call in roster.on_call:
        if call.staff in by_name:
            house, member = by_name[call.staff]
            yield Helper(
                member=member,
                house=house,
                date=call.date,
                role=None,
                begin=moment(call.date, band.start),
                end=moment(call.date, band.end),
                minutes=band.minutes,
            )


def price_of_help(problem: Problem, helpers: Iterable[Helper]) -> int:
    """Return the price of temporary workers together, as each house has set it."""
    return sum(
        prices.of(Concession.HELP_HOUR) * POINT // HOUR * one.minutes
        for one in helpers
        for prices in [at_number(problem, one.house).problem.office.settings.prices]
    )


def as_asked(roster: Roster, helpers: Sequence[Helper]) -> Roster:
    """Return the roster with temporary workers there only when they are asked."""
    by_name = {one.member.name: one.member for one in helpers}

    def cell(duty: Duty) -> Duty:
        member = by_name.get(duty.staff)
        if member is None or duty.date in member.employed:
            return duty
        return Duty(staff=duty.staff, date=duty.date, off=OffKind.AWAY)

    return roster.model_copy(update={"duties": tuple(map(cell, roster.duties))})


def _only(member: StaffMember, duties: Sequence[tuple[Duty, Shift]]) -> StaffMember:
    """Return a temporary worker who can do only these shifts, and no more of them."""
    shifts = [shift for _duty, shift in duties]
    dates = sorted(
        duty.date + dt.timedelta(days=days)
        for duty, shift in duties
        for days in (0, shift.passes_midnight)
    )
    asked = {
        "shifts": tuple(dict.fromkeys(shift.symbol for shift in shifts)),
        "on_call": False,
        "employed": DateSpan(first=dates[0], last=dates[-1]),
    }
    if len(duties) > 1:
        asked["contract"] = member.contract.model_copy(
            update={"minutes_max": sum(shift.work_minutes for shift in shifts)}
        )
    return member.model_copy(update=asked)


def moment(date: dt.date, minute: int) -> dt.datetime:
    """Return the moment so many minutes after a date began."""
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minute)
