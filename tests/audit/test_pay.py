"""What the pay office needs, worked by hand on both sides of each edge.

日 is 9:00-18:00 with a break from 12:00 (8 h), 早 7:00-16:00 from 11:00 (8 h), 遅
12:00-21:00 from 15:00 (8 h), 夜 16:30-33:30 with two hours from 24:00 (15 h).  The
period begins on Tuesday, 1 December 2026; weeks begin on Sunday, so that of the first
date has five dates in the period.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit.changes.as_worked import as_worked
from scheduler.audit.figures.pay import LeaveDays, PayMonth, pay_months
from scheduler.audit.figures.people import people
from scheduler.domain.base import ShiftId
from scheduler.domain.kinds import DayKind
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.shifts import Duty, OffKind, ShiftKind
from tests.support.builders import (
    FIRST,
    make_duty,
    make_office,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
    with_duties,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

H = 60


def date(day: int) -> dt.date:
    """Return a date of December 2026."""
    return dt.date(2026, 12, day)


def pay(problem: Problem, plan: Roster, worked: Roster | None = None) -> PayMonth:
    """Return the first person's month, as planned, or as worked with its own times."""
    worked = worked or plan
    cells = [duty.model_copy(update={"worked": None}) for duty in worked.duties]
    file = RosterFile(
        problem=problem,
        plan=RosterRecord.of(plan),
        roster=RosterRecord(duties=tuple(cells), on_call=worked.on_call),
    )
    actual = as_worked(file, None).model_copy(update={"roster": worked})
    month = pay_months(actual)[0]
    # The audit's own hours, whatever else is told of them.
    assert month.worked == people(problem, worked)[0].total
    return month


def grid(symbols: str, worked: str | None = None, **fields: Any) -> PayMonth:
    """Return A's month of some symbols from 1 December on."""
    tail = fields.pop("tail", "")
    office = fields.pop("office", make_office())
    problem = make_problem(
        [make_staff("A", **fields)], days=len(symbols), tail=tail, office=office
    )
    plan = make_roster(problem, f"A {symbols}")
    return pay(problem, plan, make_roster(problem, f"A {worked or symbols}"))


def at(span: str, symbol: str = "日", shifts: Any = None) -> PayMonth:
    """Return A's month of one shift on the first date, worked at other times."""
    more = {"shifts": shifts} if shifts else {}
    problem = make_problem(["A"], days=7, **more)
    plan = make_roster(problem, f"A {symbol}休休休休休休")
    duty = make_duty(problem, "A", FIRST, symbol, worked=span)
    return pay(problem, plan, with_duties(plan, duty))


# --- days, hours, nights


def test_days_and_hours() -> None:
    """Two 日 and a night: three dates on which a shift begins, 8 + 8 + 15 h."""
    month = grid("日日夜明休有欠")
    assert (month.days, month.worked) == (3, 31 * H)
    assert (month.nights, month.half_leaves, month.leave) == (1, 2, 8 * H)
    assert (month.absent, month.absence) == (1, 8 * H)


@pytest.mark.parametrize(
    ("span", "night"),
    [
        ("9:00-22:00", 0),
        ("9:00-22:01", 1),
        ("5:00-14:00", 0),
        ("4:59-14:00", 1),
        ("0:00-9:00", 5 * H),
        ("9:00-33:00", 7 * H),
    ],
)
def test_night_hours_are_between_22_and_5_by_the_clock(span: str, night: int) -> None:
    assert at(span).night == night


def test_a_break_at_night_is_no_night_hour() -> None:
    """夜 has seven hours of the night, two of which are its break."""
    assert grid("夜明休").night == 5 * H


def test_the_night_of_the_last_date_is_whole_and_last_months_is_none() -> None:
    assert grid("休休夜").night == 5 * H
    assert grid("明休休", tail="A 夜").night == 0


@pytest.mark.parametrize(
    ("standby", "hours", "night"),
    [
        ({"permission": True, "from_home": True}, 0, 0),
        # 21:00-6:00 without a permit, in the house: 9 h less the hour that the law
        # asks for, taken to be its last.
        ({"permission": False, "from_home": False}, 8 * H, 7 * H),
        (
            {"permission": False, "from_home": False, "break_minutes": 120},
            7 * H,
            6 * H,
        ),
    ],
)
def test_nights_on_call(standby: dict[str, Any], hours: int, night: int) -> None:
    problem = make_problem(["A"], days=3, office=make_office(standby=standby))
    plan = make_roster(problem, "A 休休休\n宿 A--")
    month = pay(problem, plan)
    assert (month.on_call, month.days) == (1, 0)
    assert (month.worked, month.night) == (hours, night)


# --- holidays


@pytest.mark.parametrize(
    ("worked", "statutory", "other"),
    [
        # Sunday 6 to Saturday 12: two days off in the plan, the 11th and the 12th.
        ("日日日日日休休", 0, 0),
        ("日日日日日日休", 0, 8 * H),
        ("日日日日日休日", 0, 8 * H),
        # Both worked: the later is the statutory one.
        ("日日日日日日日", 8 * H, 8 * H),
        # A night from the 11th: 16:30-24:00 on the 11th, 2:00-9:30 on the 12th.
        ("日日日日日夜明", 7 * H + 30, 7 * H + 30),
        # Paid leave is no holiday; with the last day off worked the week has none.
        ("日日日日有日日", 8 * H, 8 * H),
    ],
)
def test_holidays_of_a_week(worked: str, statutory: int, other: int) -> None:
    start = "休休休休休"
    month = grid(start + "日日日日日休休", start + worked)
    assert (month.statutory_holiday, month.other_holiday) == (statutory, other)


def test_without_a_day_off_in_the_plan_it_is_the_last_date() -> None:
    month = grid("休休休休休" + "日日早日日日遅")
    assert (month.statutory_holiday, month.other_holiday) == (8 * H, 0)


def test_a_week_that_goes_on_after_the_period_is_not_judged_yet() -> None:
    """Sunday 6 to Friday 11: the Saturday may still be free; a night touches it.

    2:00-9:30 of that Saturday are then the holiday's hours.
    """
    assert grid("休休休休休" + "日日日日日日").statutory_holiday == 0
    month = grid("休休休休休" + "日日日日日夜")
    assert month.statutory_holiday == 7 * H + 30


def test_a_week_begun_last_month_has_its_holiday_in_this_one() -> None:
    """Sunday 29 and Monday 30 November were worked, and 1 to 5 December are."""
    planned = "日日日日休"
    month = grid(planned, "日日日日日", tail="A 休休日日")
    assert (month.statutory_holiday, month.other_holiday) == (8 * H, 0)
    free = grid(planned, "日日日日日", tail="A 日日休日")
    assert (free.statutory_holiday, free.other_holiday) == (0, 8 * H)


def test_four_holidays_in_four_weeks() -> None:
    """The plan has four days off in 28 dates; one or two of them worked."""
    office = make_office(holiday_reading="four_weeks", four_weeks_from=FIRST)
    plan = "日日日日日日休" * 4
    for worked, statutory in (
        (plan, 0),
        ("日日日日日日休" * 3 + "日" * 7, 8 * H),
        ("日" * 7 + "日日日日日日休" * 3, 8 * H),
        ("日日日日日日休" * 2 + "日" * 14, 16 * H),
    ):
        month = grid(plan, worked, office=office)
        assert (month.statutory_holiday, month.other_holiday) == (statutory, 0)


# --- overtime


@pytest.mark.parametrize(
    ("span", "overtime"),
    [("9:00-18:00", 0), ("9:00-18:01", 1), ("8:30-17:30", 0), ("8:59-18:01", 2)],
)
def test_beyond_eight_hours_a_day(span: str, overtime: int) -> None:
    month = at(span)
    assert (month.overtime.day, month.overtime.total) == (overtime, overtime)


def test_a_short_shift_has_overtime_beyond_eight_hours_alone() -> None:
    """半 9:00-13:00, worked to 17:00 and to 17:01."""
    half = make_shift("半", "9:00-13:00", [])
    assert at("9:00-17:00", "半", [half]).overtime.total == 0
    assert at("9:00-17:01", "半", [half]).overtime.total == 1


def test_a_long_shift_of_the_plan_has_none_until_its_end() -> None:
    """夜 has 15 h: planned, they are none; in place of 日, 7 h are (F-02)."""
    assert grid("夜明休").overtime.day == 0
    assert at("16:30-33:31", "夜").overtime.day == 1
    changed = grid("日休休", "夜明休")
    assert changed.overtime.day == 7 * H
    # Outside the flexible scheme a plan moves no limit (F-01).
    assert grid("夜明休", no_flex=True).overtime.day == 7 * H


@pytest.mark.parametrize(
    ("worked", "week", "other"),
    [
        ("日日日日日休休", 0, 0),
        # A sixth day: 48 h, 8 beyond the week's 40; the later week has a day free.
        ("日日日日日日休", 8 * H, 8 * H),
        # The same after a day without work: 40 h in all.
        ("日日日日欠日休", 0, 8 * H),
    ],
)
def test_beyond_forty_hours_a_week(worked: str, week: int, other: int) -> None:
    start = "休休休休休"
    month = grid(start + "日日日日日休休", start + worked)
    assert (month.overtime.week, month.other_holiday) == (week, other)
    assert month.overtime.day == 0


def test_a_week_planned_longer_has_none_until_its_plan() -> None:
    """Sunday 6 to Saturday 12: 48 h planned, 48 h and then 56 h less a holiday's."""
    start = "休休休休休"
    plan = start + "日日日日日日休"
    assert grid(plan).overtime.week == 0
    # All seven days: the last is the statutory holiday, which is no overtime.
    month = grid(plan, start + "日日日日日日日")
    assert (month.statutory_holiday, month.overtime.total) == (8 * H, 0)


def test_a_part_of_a_week_has_its_part_of_forty_hours() -> None:
    """Tuesday 1 to Saturday 5: 2,400 x 5 / 7 = 1,714 minutes.

    日日日日 are 1,920, so 206 beyond if only three of them were planned.
    """
    month = grid("日日日休休", "日日日日休")
    assert month.overtime.week == 1920 - 1714
    assert grid("日日日休休").overtime.week == 0


def test_hours_of_the_day_count_once() -> None:
    """Six days, of which one of 9 h: an hour of the day, 8 of the week."""
    start = "休休休休休"
    problem = make_problem(["A"], days=12)
    plan = make_roster(problem, f"A {start}日日日日日休休")
    worked = make_roster(problem, f"A {start}日日日日日日休")
    longer = make_duty(problem, "A", date(6), "日", worked="9:00-19:00")
    month = pay(problem, plan, with_duties(worked, longer))
    assert (month.overtime.day, month.overtime.week) == (H, 8 * H)


def test_beyond_the_flexible_month() -> None:
    """Four weeks from a Sunday: 9,600 minutes, planned 20 days of 8 h.

    Their weeks have 48, 32, 48 and 32 h.  A fifth day in a week of 32 h passes neither
    the day's nor the week's limit.
    """
    first = dt.date(2026, 12, 6)
    long, short = "日日日日日日休", "日日日日休休休"
    weeks = long + short + long + short
    problem = make_problem(["A"], days=28, first=first)
    plan = make_roster(problem, f"A {weeks}")
    assert pay(problem, plan).overtime.total == 0
    # A fifth day in a short week: 40 h, no more than the week's; 168 h in all.
    fifth = "日日日日日休休"
    worked = make_roster(problem, f"A {long + fifth + long + short}")
    month = pay(problem, plan, worked)
    assert (month.overtime.week, month.overtime.month) == (0, 8 * H)
    # In place of a day of another week: 160 h, nothing beyond.
    less = "日日日日日休休"
    even = make_roster(problem, f"A {less + fifth + long + short}")
    assert pay(problem, plan, even).overtime.total == 0


def test_outside_the_flexible_scheme_weeks_are_whole() -> None:
    """Sunday 29 November and Monday 30 were worked: 16 h and 32 h are 8 beyond 40.

    The week from 6 December on is judged when it has ended, with its month.
    """
    month = grid("日日日日休" + "日日日", tail="A 日日", no_flex=True)
    assert (month.overtime.week, month.overtime.month) == (8 * H, 0)
    free = grid("日日日休休" + "日日日", tail="A 日日", no_flex=True)
    assert free.overtime.week == 0


# --- late, leave, absence


@pytest.mark.parametrize(
    ("span", "missed"),
    [
        ("9:00-18:00", 0),
        ("9:20-18:00", 20),
        ("9:00-17:00", H),
        ("8:00-19:00", 0),
        # Gone at 12:30: the rest of the break is no work that was missed.
        ("9:00-12:30", 5 * H),
    ],
)
def test_late_and_left_early(span: str, missed: int) -> None:
    assert at(span).missed == missed


def test_half_a_day_of_leave() -> None:
    half = make_shift("半", "9:00-13:00", [], kind=ShiftKind.DAY, half_leave=True)
    problem = make_problem(["A"], days=2, shifts=[make_shift("日"), half])
    month = pay(problem, make_roster(problem, "A 半有"))
    assert (month.half_leaves, month.leave) == (3, 12 * H)
    assert (month.days, month.worked) == (1, 4 * H)


def test_other_leave_by_kind_and_absence_apart() -> None:
    kind = DayKind(symbol=ShiftId("慶"), name="慶弔休暇", hours=False)
    problem = make_problem(["A"], days=4, kinds=[kind])
    plan = make_roster(problem, "A 慶慶欠休")
    special = Duty(staff=problem.staff[0].name, date=date(4), off=OffKind.LONG_LEAVE)
    month = pay(problem, with_duties(plan, special))
    assert month.other_leave == (
        LeaveDays(off=OffKind.SPECIAL_LEAVE, kind=ShiftId("慶"), days=2),
        LeaveDays(off=OffKind.LONG_LEAVE, days=1),
    )
    # The page of labour law counts special leave among its hours of absence.
    assert people(problem, plan)[0].absence == 3 * 8 * H
    assert (month.absent, month.absence) == (1, 8 * H)


def test_the_plan_can_be_counted_in_place_of_the_actual() -> None:
    problem = make_problem(["A"], days=3)
    plan, worked = make_roster(problem, "A 日日休"), make_roster(problem, "A 日欠休")
    file = RosterFile(
        problem=problem, plan=RosterRecord.of(plan), roster=RosterRecord.of(worked)
    )
    month = as_worked(file, None)
    assert pay_months(month)[0].worked == 8 * H
    assert pay_months(month, as_planned=True)[0].worked == 16 * H
