"""An office that is solved at once: three dates, four people, nobody at night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.qualifications import (
    CARE_MANAGER_LICENCE,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
)
from scheduler.files.workbook.write_input import write_input
from tests.support.builders import FIRST, make_office, make_problem, make_staff
from tests.support.workbooks import once

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem

STAFF = (
    {
        "name": "桜 かんこ",
        "roles": ["manager", "care"],
        "qualifications": [MANAGER_TRAINING],
    },
    {
        "name": "梅 けいこ",
        "roles": ["planner", "care"],
        "qualifications": [CARE_MANAGER_LICENCE, PLANNER_TRAINING],
    },
    {"name": "桃 みるこ", "roles": ["nurse"], "qualifications": [REGISTERED_NURSE]},
    {"name": "柳 まもる"},
)

AWAY_ON_FIRST = {"employed": {"first": "2026-12-02"}}
"""Fields which, given to everybody, leave the first date without staff."""

MINUTES_SHORT = 840 + 960
"""The statutory shortage then: 7:00 to 21:00 without anybody (A-04), and the day's
hours, 480 x (1 / 3 rounded up + 1) (A-03)."""


def tiny_problem(requests: Any = (), **everybody: Any) -> Problem:
    """Return the office; ``everybody`` are fields set on all of its staff.

    One day user on average, a contact system, day band 7:00-21:00: 早 and 遅 every
    day are enough.
    """
    return make_problem(
        [make_staff(**{**person, **everybody}) for person in STAFF],
        days=3,
        first=FIRST,
        requests=requests,
        office=make_office(
            night_band="21:00-31:00",
            contact_system=True,
            users_record={"method": "previous_year", "total": 365, "days": 365},
        ),
    )


@once
def put_input(path: Path) -> None:
    """Write the office's input workbook to a path."""
    write_input(tiny_problem(), path)
