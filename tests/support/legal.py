"""A hand-made month without any finding, for tests that break it in one place.

Eight people (A to H, C a nurse) follow a rotation of eight dates, 早日遅夜明休休休,
each one date ahead of the next, so that every date has one of each; whoever has the
middle 休 is on call.  M manages and P plans from Monday to Thursday, T helps on Mondays
and Wednesdays.  The last night has no guest and nobody on duty.  The tail follows the
same rotation.

By the clock: early 6:00-15:00 with a break at 10:00, day 9:00-18:00 with one at 14:00,
late 12:00-21:00 with one at 16:00, night 21:00-30:00.  Three users need one person
from 9:00 to 16:00, and two are out on visits from 12:00 to 14:00, when all three of
the pool are there and nobody can have a break.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.requests import CoverRule, Request
from tests.support.builders import (
    FIRST,
    ON_CALL_ROW,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_roster,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

DAYS = 12
TAIL = 8
WHEEL = "早日遅夜明休休休"
TURNING = "ABCDEFGH"
ON_CALL_AT = 6
"""Place in the rotation of the person on call."""

SHIFTS = (
    make_shift("早", "6:00-15:00", ["10:00-11:00"]),
    make_shift("日", "9:00-18:00", ["14:00-15:00", "13:00-14:00"]),
    make_shift("遅", "12:00-21:00", ["16:00-17:00"]),
    make_shift("夜", "21:00-30:00", ["25:00-26:00"]),
    make_shift("短", "9:00-13:00", []),
)


def date(day: int) -> dt.date:
    """Return a date of December by its day of the month."""
    return FIRST.replace(day=day)


def legal_problem() -> Problem:
    """Return the office, its people and its wishes; many limits are met exactly."""
    period = make_period(DAYS)
    nights_but_the_last = [date(day) for day in range(1, DAYS)]
    return make_problem(
        _staff(),
        period=period,
        office=make_office(
            contact_system=True,
            profiles=[make_profile(visits=[{"span": "12:00-14:00", "workers": 2}])],
            users_record={"method": "previous_year", "total": 3, "days": 1},
            users_reading="average",
            rest_wished=660,
            rest_least=480,
            days_in_a_row_wished=5,
            days_in_a_row_most=6,
            nights_in_a_row_most=2,
            nights_wished=2,
            nights_most=3,
            nurse_shifts=6,
            planner_desk=5 * 480,
            planner_desk_early=5 * 480,
            manager_desk=5 * 480,
        ),
        shifts=SHIFTS,
        forecast=make_forecast(
            period, 3, [*[1] * (DAYS - 1), 0], 2, overnight_before=1
        ),
        requests=[
            Request.model_validate(
                {"staff": "F", "date": date(3), "want": "day_off", "strength": "must"}
            ),
            Request.model_validate(
                {"staff": "B", "date": date(9), "want": "not_shift", "shifts": ["遅"]}
            ),
        ],
        cover_rules=[
            CoverRule.model_validate(
                {
                    "name": "朝の有資格者",
                    "qualification": "介護福祉士",
                    "band": "9:00-10:00",
                    "at_least": 2,
                }
            ),
            CoverRule.model_validate(
                {
                    "name": "夜勤は1人",
                    "shift": "夜",
                    "dates": nights_but_the_last,
                    "at_least": 1,
                    "at_most": 1,
                }
            ),
        ],
        tail=_grid(-TAIL, 0),
    )


def legal_roster(problem: Problem) -> Roster:
    """Return the roster: the rotation through the period."""
    return make_roster(problem, _grid(0, DAYS))


def _staff() -> list[StaffMember]:
    """Return the people; in the rotation, all are hired on different dates."""
    turning = {
        name: {
            "qualifications": ["介護福祉士"],
            "nights_max": 5 + place,
            "employed": {"first": dt.date(2020, 4, 1 + place)},
        }
        for place, name in enumerate(TURNING)
    }
    turning["A"] |= {"nights_max": 1, "no_flex": True}
    turning["C"] |= {"roles": ["nurse"], "qualifications": ["看護師", "介護福祉士"]}
    turning["D"] |= {"days_off_min": 5}
    turning["H"] |= {"nights_min": 1, "no_night": {"first": date(10)}}
    return [
        *(make_staff(name, **fields) for name, fields in turning.items()),
        make_staff(
            "M",
            roles=["manager", "care"],
            employed={"first": dt.date(2018, 4, 1)},
            qualifications=["管理者研修"],
            on_call=False,
        ),
        make_staff(
            "P",
            roles=["planner", "care"],
            qualifications=["介護支援専門員", "計画作成担当者研修"],
            on_call=False,
        ),
        make_staff(
            "T",
            full_time=False,
            shifts=["短"],
            on_call=False,
            weekdays=[0, 2, 4],
            days_per_week_max=2,
            minutes_min=3 * 240,
            minutes_max=4 * 240,
        ),
    ]


def _grid(start: int, end: int) -> str:
    """Return the grid of dates ``start`` to before ``end``, counted from the first."""
    span = range(start, end)
    weekdays = [(FIRST + dt.timedelta(days=day)).weekday() for day in span]
    rows = {
        name: [WHEEL[(day + place) % len(WHEEL)] for day in span]
        for place, name in enumerate(TURNING)
    }
    on_call = [TURNING[(ON_CALL_AT - day) % len(WHEEL)] for day in span]
    if end == DAYS:
        rows["A"][-1] = "休"
        on_call[-1] = "-"
    rows["M"] = rows["P"] = ["日" if day < 4 else "休" for day in weekdays]
    rows["T"] = ["短" if day in (0, 2) else "休" for day in weekdays]
    rows[ON_CALL_ROW] = on_call
    return "\n".join(f"{name} {''.join(cells)}" for name, cells in rows.items())
