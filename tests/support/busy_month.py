"""A month, not necessarily legal, with all kinds of cells that a roster can have.

It has dual roles, nights with two breaks, shared family names, a name that looks like a
formula, wishes granted and refused, paid leave, and last month's tail.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit
from scheduler.domain.finding import LEVELS
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.record import LevelOutcome, Provenance, RosterRecord
from scheduler.domain.requests import CoverRule, Request
from scheduler.domain.shifts import OnCall, Role
from scheduler.files.rosters import write_roster
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)
from tests.support.workbooks import once, opened

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

DAYS = 14
KEPT = ("管理用", "休憩・介護時間", "shotaki")
"""Sheets that are read back: the manager's, the one of breaks, what is hidden."""

MANAGER, PLANNER, NURSE = "山吹つばさ", "萩原こずえ", "海野みなと"
CARER, SISTER, FORMULA = "桜 あおい", "桜 はるか", "=1+1"
PART_TIMER = "花田もみじ"

SHIFTS = (
    make_shift("早", "7:00-16:00", ["11:00-12:00", "12:00-13:00"], name="早番"),
    make_shift("日", "8:30-17:30", ["12:00-13:00", "13:00-14:00"], cuts=["13:00"]),
    make_shift("遅", "12:00-21:30", ["16:00-17:00", "17:00-18:00"]),
    make_shift("夜", "16:30-33:30", ["24:00-26:00", ["20:00-21:00", "25:00-26:00"]]),
    make_shift("短", "9:00-13:00", []),
    make_shift("半", "13:00-17:15", [], half_leave=True),
)

GRID = {
    MANAGER: "日早日休日日休日早日休日日休",
    PLANNER: "日日休日日有休日日休日日日休",
    NURSE: "早日休日早日休日早日休日早日",
    CARER: "夜明休遅早夜明休遅早夜明休遅",
    SISTER: "休夜明休遅早夜明休遅早夜明休",
    FORMULA: "明休夜明休遅早夜明休遅早夜明",
    PART_TIMER: "短休短・短休短・短休短半短有",
}
ON_CALL = (SISTER, FORMULA, CARER, CARER, SISTER, "", SISTER) * 2
TAIL = f"""
{MANAGER} 早早早早休休日
{NURSE} 休早早早早休休
{FORMULA} 早休早早休休夜
"""

CHOSEN: tuple[tuple[str, int, dict[str, Any]], ...] = (
    (MANAGER, 1, {"roles": (Role.MANAGER, Role.MANAGER)}),
    (MANAGER, 3, {"roles": (Role.MANAGER, Role.CARE)}),
    (MANAGER, 5, {"roles": (Role.CARE, Role.CARE)}),
    (PLANNER, 2, {"roles": (Role.CARE, Role.PLANNER)}),
    (NURSE, 1, {"roles": (Role.CARE,)}),
    (CARER, 1, {"breaks": SHIFTS[3].breaks[1]}),
    (SISTER, 5, {"breaks": SHIFTS[2].breaks[1]}),
)
"""Cells whose roles or breaks are not the first option."""

PROVENANCE = Provenance(
    made_at=dt.datetime(2026, 11, 18, 14, 30),
    input_sha256="ab" * 32,
    rulebook_sha256="cd" * 32,
    shotaki_version="0.1.0",
    ortools_version="9.15",
    seed=0,
    workers=2,
    seconds=42.5,
    outcomes=tuple(
        LevelOutcome(level=level, value=7, bound=bound, seconds=1.5)
        for level, bound in zip(LEVELS, (7, 7, 7, 7, 5, 7, 7, 0), strict=True)
    ),
)


def day(number: int) -> dt.date:
    """Return a date of the period, counted from 1."""
    return FIRST + dt.timedelta(days=number - 1)


def _account(name: str, times: int, share: int) -> LedgerEntry:
    return LedgerEntry.model_validate(
        {
            "staff": name,
            "night": {"times": times, "share": share},
            "rest_day": {"times": times + 2, "share": share},
            "wishes_asked": times,
            "wishes_granted": times - 1,
            "paid_leave": times,
            "days_off_owed": -times,
        }
    )


def busy_problem() -> Problem:
    """Return the office and its people."""
    period = make_period(DAYS, holidays=[day(9)])
    return make_problem(
        [
            make_staff(MANAGER, roles=["manager", "care"], shifts=["早", "日"]),
            make_staff(PLANNER, roles=["planner", "care"], shifts=["日"]),
            make_staff(NURSE, roles=["nurse", "care"], shifts=["早", "日"]),
            make_staff(CARER, shifts=["早", "日", "遅", "夜"], minutes_max=4000),
            make_staff(SISTER, shifts=["早", "日", "遅", "夜"], minutes_min=6000),
            make_staff(FORMULA, shifts=["早", "日", "遅", "夜"]),
            make_staff(
                PART_TIMER,
                shifts=["短", "半"],
                on_call=False,
                full_time=False,
                day_minutes=455,
            ),
        ],
        period=period,
        shifts=SHIFTS,
        office=make_office(
            profiles=[make_profile(visits=[{"span": "10:00-11:00", "workers": 1}])],
            users_record={"method": "previous_year", "total": 13, "days": 2},
            standby={"permission": False, "from_home": False},
        ),
        forecast=make_forecast(
            period,
            [5, 6, 7, 8, 9, 10, 3] * 2,
            [2, 3, 0, None, 4, 1, 2] * 2,
            3,
            overnight_before=2,
        ),
        ledger=[_account(CARER, 5, 3600), _account(SISTER, 2, 3400)],
        requests=[
            _wish(MANAGER, 4, "day_off"),
            _wish(CARER, 3, "day_off"),
            _wish(CARER, 4, "shift", ["早"]),
            _wish(SISTER, 5, "shift", ["遅"]),
            _wish(PLANNER, 6, "paid_leave"),
            _wish(PART_TIMER, 12, "shift", ["半"]),
            _wish(NURSE, 7, "afternoon_off"),
        ],
        cover_rules=[
            CoverRule.model_validate({"name": "夜勤", "shift": "夜", "at_least": 1})
        ],
        pins={
            "duties": [
                {"staff": MANAGER, "date": day(2), "shift": "早"},
                {"staff": SISTER, "date": day(3), "off": "after_night"},
                {"staff": PLANNER, "date": day(3), "shift": "日"},
            ],
            "on_call": [{"staff": CARER, "date": day(4)}],
        },
        tail=TAIL,
    )


def busy_roster(problem: Problem) -> Roster:
    """Return the roster, in which some roles and breaks are not the first option."""
    duties = {
        (name, day(number)): make_duty(problem, name, day(number), symbol)
        for name, row in GRID.items()
        for number, symbol in enumerate(row, start=1)
    }
    for name, number, changes in CHOSEN:
        cell = name, day(number)
        duties[cell] = duties[cell].model_copy(update=changes)
    return RosterRecord(
        duties=tuple(duties.values()),
        on_call=tuple(
            OnCall.model_validate({"staff": name, "date": day(number)})
            for number, name in enumerate(ON_CALL, start=1)
            if name
        ),
        provenance=PROVENANCE,
    )


@once
def put(path: Path) -> None:
    """Write the month's workbook to a path."""
    problem = busy_problem()
    roster = busy_roster(problem)
    write_roster(path, problem, roster, audit(problem, roster))


@once
def put_slim(path: Path) -> None:
    """Write it without the pages that are not read back, so that edits are quick."""
    book = opened(put(path))
    for title in book.sheetnames:
        if title not in KEPT:
            del book[title]
    book.save(path)


def _wish(
    name: str, number: int, want: str, shifts: list[str] | None = None
) -> Request:
    return Request.model_validate(
        {"staff": name, "date": day(number), "want": want, "shifts": shifts or []}
    )
