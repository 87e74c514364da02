"""Two tiny offices, one of which is a person short on a Wednesday.

The borrower ゆり has A alone on 日 9:00-15:00 and on Wednesday asks for two people at
9:00-11:00, which is 120 minutes short.  The lender もも has B and C; what its roster
says of Tuesday to Thursday decides who may come.  Nobody uses either office, a
full-timer works 6 hours a day and the day band is 9:00-15:00, so a day asks for one
person (A-03, A-04): もも spares one of two people at work, and never its only one.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.advice.visits import OfficeMonth
from scheduler.audit import audit
from scheduler.domain.requests import CoverRule
from tests.support.builders import (
    FIRST,
    make_office,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Shift

DAY = make_shift("日", "9:00-15:00", [])
LONG = make_shift("日", "9:00-18:00", ["15:00-16:00"])
LATE = make_shift("遅", "15:00-21:00", [])
NIGHT = make_shift("夜", "16:30-33:30", ["24:00-26:00"])
SIX_HOURS = {
    "night_band": "15:00-33:00",
    "contact_system": True,
    "full_time_day": 360,
}
WEDNESDAY = FIRST + dt.timedelta(days=1)


def house(problem: Problem, given: str | Roster) -> OfficeMonth:
    roster = make_roster(problem, given) if isinstance(given, str) else given
    return OfficeMonth(problem, roster, audit(problem, roster))


def borrower(own: Shift = DAY, also: Any = (), **wanted: Any) -> OfficeMonth:
    """Return ゆり, which is one person short on Wednesday."""
    rule = {"name": "日中", "band": "9:00-11:00", "at_least": 2, "dates": [WEDNESDAY]}
    problem = make_problem(
        [make_staff("A", shifts=[own.symbol])],
        office=make_office(name="ゆり", **SIX_HOURS),
        shifts=[own],
        cover_rules=[CoverRule.model_validate({**rule, **wanted}), *also],
    )
    return house(problem, f"A {own.symbol * 3}休休休休")


def lender(grid: str, *staff: Any, settings: Any = None, **parts: Any) -> OfficeMonth:
    """Return もも with a roster; rows of three dates end with days off."""
    people = staff or ("B", "C")
    shifts = {"shifts": [DAY, LATE, NIGHT]}
    able = [
        make_staff(one, shifts=["日", "遅", "夜"]) if isinstance(one, str) else one
        for one in people
    ]
    problem = make_problem(
        able,
        office=make_office(name="もも", **SIX_HOURS, **(settings or {})),
        **(shifts | parts),
    )
    rows = (row if len(row) > 8 else f"{row}休休休休" for row in grid.splitlines())
    return house(problem, "\n".join(rows))
