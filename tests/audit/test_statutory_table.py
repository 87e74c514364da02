"""The statutory table by hand: rows, forms of employment, symbols and hours (H, B)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit.figures.fte import WorkType, full_time_equivalents, work_type
from scheduler.audit.figures.people import with_work_elsewhere
from scheduler.audit.papers.statutory import (
    Edition,
    StatutoryTable,
    TableRow,
    TableSpan,
    statutory_tables,
)
from scheduler.domain.base import StaffId
from scheduler.domain.events import CalendarEvent
from scheduler.domain.kinds import DayKind, Spell
from scheduler.domain.shifts import Role
from scheduler.wording.statutory import symbol_texts
from tests.support.builders import (
    SHIFTS,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
    with_duties,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

JANUARY = dt.date(2027, 1, 1)
NIGHT = SHIFTS[3]


def month(staff: list[Any], days: int = 31, **fields: Any) -> Problem:
    """Return an office in January 2027: 160 h a month, night band 21:00 to 6:00."""
    settings = {"full_time_month": 160 * 60, **fields.pop("settings", {})}
    period = make_period(days, JANUARY)
    return make_problem(
        staff,
        period=period,
        office=make_office(**settings),
        forecast=make_forecast(period, 3, 1, 2),
        **fields,
    )


def table(
    problem: Problem, roster: Roster, span: TableSpan = TableSpan.MONTH
) -> StatutoryTable:
    """Return the only table of a roster."""
    (only,) = statutory_tables(problem, roster, Edition.PLANNED, span)
    return only


def row(of: StatutoryTable, name: str, role: Role = Role.CARE) -> TableRow:
    """Return the row of a person and job."""
    return next(r for r in of.rows if (r.job.staff, r.job.role) == (name, role))


@pytest.mark.parametrize(
    ("full_time", "roles", "elsewhere", "form"),
    [
        (True, ["care"], {}, "A"),
        (True, ["manager", "care"], {}, "B"),
        (True, ["care"], {"other_office": True}, "B"),
        (True, ["care"], {"other_job": "グループホーム 介護職員"}, "B"),
        (True, ["care"], {"other_minutes": 600}, "B"),
        (False, ["care"], {}, "C"),
        (False, ["nurse", "care"], {}, "D"),
        (False, ["care"], {"other_office": True}, "D"),
    ],
)
def test_forms_of_employment(
    full_time: bool, roles: list[str], elsewhere: dict[str, Any], form: str
) -> None:
    """T-28: full-time with one job or several, part-time likewise."""
    problem = month([make_staff("A", full_time=full_time, roles=roles, **elsewhere)])
    rows = table(problem, make_roster(problem, "A " + "休" * 31)).rows
    assert [one.job.work_type for one in rows] == [form] * len(roles)


def test_a_row_for_each_person_and_job_in_the_order_of_the_form() -> None:
    """Manager, care manager, nurse, care, in each A to D; two jobs are two rows."""
    problem = month(
        [
            make_staff("介", full_time=False),
            make_staff("看", roles=["nurse"]),
            make_staff("管", roles=["manager", "care"]),
            make_staff("ケ", roles=["planner", "nurse"]),
        ]
    )
    grid = "\n".join(f"{name} {'休' * 31}" for name in "介看管ケ")
    rows = table(problem, make_roster(problem, grid)).rows
    assert [(one.job.staff, one.job.role.value) for one in rows] == [
        ("管", "manager"),
        ("ケ", "planner"),
        ("看", "nurse"),
        ("ケ", "nurse"),
        ("管", "care"),
        ("介", "care"),
    ]


def test_the_hours_of_a_night_are_split_by_the_bands() -> None:
    """16:30 to 9:30 with a break from 0:00 to 2:00: 4.5 + 3.5 by day, 7 by night."""
    problem = month([make_staff("A")])
    roster = make_roster(problem, "A 夜明" + "休" * 29)
    cell = row(table(problem, roster), "A").cells[0]
    assert cell is not None
    assert (cell.day, cell.night, cell.next_morning) == (480, 420, 210)
    assert cell.pause == 120
    after = row(table(problem, roster), "A").cells[1]
    assert after is not None
    assert (after.day, after.night) == (0, 0)


def test_dual_roles_split_a_shift_between_two_rows() -> None:
    """日 9:00-18:00 cut at 13:00: 3 h of management after the break, 5 h of care."""
    cut = make_shift("日", "9:00-18:00", ["12:00-13:00"], cuts=["13:00"])
    problem = month([make_staff("A", roles=["manager", "care"])], shifts=[cut])
    roster = make_roster(problem, "A 日" + "休" * 30)
    both = make_duty(problem, "A", JANUARY, "日", roles=(Role.MANAGER, Role.CARE))
    found = table(problem, with_duties(roster, both))
    managing, caring = row(found, "A", Role.MANAGER), row(found, "A")
    assert [one.minutes for one in (managing, caring)] == [180, 300]
    texts = symbol_texts(problem, [found])
    assert [texts[one.cells[0]] for one in (managing, caring) if one.cells[0]] == [
        "日管",
        "日介",
    ]
    # A day off stands in both rows.
    assert {texts[one.cells[1]] for one in (managing, caring) if one.cells[1]} == {"休"}


def test_a_break_elsewhere_gives_the_shift_a_second_symbol() -> None:
    """遅 until 21:30 with its break before or after 21:00: other hours by night."""
    late = make_shift("遅", "12:30-21:30", ["16:00-17:00", ["21:00-21:30"]])
    problem = month([make_staff("A")], shifts=[late])
    roster = make_roster(problem, "A 遅遅遅" + "休" * 28)
    other = make_duty(
        problem, "A", JANUARY, "遅", breaks=((1260, 1290),), roles=(Role.CARE,)
    )
    found = table(problem, with_duties(roster, other))
    texts = symbol_texts(problem, [found])
    cells = [cell for cell in row(found, "A").cells[:3] if cell]
    assert [texts[cell] for cell in cells] == ["遅2", "遅", "遅"]
    assert [(cell.day, cell.night) for cell in cells[:2]] == [(510, 0), (450, 30)]


def test_somebody_who_joins_in_the_month_is_counted_by_hours() -> None:
    """Part-time to the 15th, full-time from the 16th: two rows, each with its count.

    A change within the month is entered as two people; neither is there throughout, so
    that neither counts as one.
    """
    problem = month(
        [
            make_staff("A 15日まで", full_time=False, employed={"last": "2027-01-15"}),
            make_staff("A 16日から", employed={"first": "2027-01-16"}),
        ]
    )
    roster = with_duties(
        make_roster(problem, ""),
        *(make_duty(problem, "A 15日まで", day(n), "日") for n in (1, 2)),
        *(make_duty(problem, "A 16日から", day(n), "日") for n in (16, 17, 18)),
    )
    found = table(problem, roster)
    before, since = row(found, "A 15日まで"), row(found, "A 16日から")
    assert (before.job.work_type, before.job.minutes) == ("C", 960)
    assert (since.job.work_type, since.job.minutes) == ("A", 1440)
    assert not since.job.is_one
    assert since.cells[0] is None


def day(number: int) -> dt.date:
    """Return a date of January."""
    return JANUARY.replace(day=number)


@pytest.mark.parametrize(
    ("last", "counted", "is_one"),
    [
        # From the 1st to the 31st is not more than a month: 160 h of leave.
        ("2027-01-31", 9600, False),
        # One date more is an absence of more than a calendar month: no hours.
        ("2027-02-01", 0, False),
    ],
)
def test_leave_of_absence_over_a_month(last: str, counted: int, is_one: bool) -> None:
    """育休 of a calendar month counts as worked, one day more does not (B-04)."""
    leave = DayKind.model_validate(
        {"symbol": "育", "name": "育児休業", "hours": False, "extent": "period"}
    )
    spell = Spell.model_validate(
        {"staff": "A", "kind": "育", "first": "2027-01-01", "last": last}
    )
    problem = month([make_staff("A")], kinds=[leave], spells=[spell])
    own = row(table(problem, make_roster(problem, "A " + "育" * 31)), "A")
    assert (own.job.minutes, own.job.is_one) == (counted, is_one)
    assert own.minutes == 0


def test_legal_short_hours_count_as_a_full_timer() -> None:
    """6 h a day on 20 dates are 120 h; with legal short hours 160 count (B-05)."""
    short = make_shift("短", "9:00-15:00", [])
    problem = month(
        [make_staff("A", full_time=False, short_time_30h=True)], shifts=[short]
    )
    own = row(table(problem, make_roster(problem, "A " + "短" * 20 + "休" * 11)), "A")
    assert (own.minutes, own.job.minutes) == (7200, 9600)
    assert own.job.work_type == "A"


def test_leave_counts_for_full_timers_only() -> None:
    """Two days of paid leave of 8 h: 16 h for a full-timer, none for a part-timer."""
    problem = month([make_staff("A"), make_staff("P", full_time=False)])
    grid = f"A 有有日{'休' * 28}\nP 有有日{'休' * 28}"
    found = table(problem, make_roster(problem, grid))
    assert [one.job.minutes for one in found.rows] == [24 * 60, 8 * 60]
    assert [one.minutes for one in found.rows] == [8 * 60, 8 * 60]


@pytest.mark.parametrize(
    ("standby", "night"),
    [
        ({"permission": True, "from_home": False}, 0),
        # Nine hours with an hour of break.
        ({"permission": False, "from_home": False, "break_minutes": 60}, 480),
    ],
)
def test_on_call_has_hours_only_where_it_is_work(
    standby: dict[str, Any], night: int
) -> None:
    """A night on call: a symbol; hours by night if it is work, none in FTE (B-08)."""
    problem = month([make_staff("A")], settings={"standby": standby})
    roster = make_roster(problem, f"A 日{'休' * 30}\n宿 A{'-' * 30}")
    found = table(problem, roster)
    own = row(found, "A")
    cell = own.cells[0]
    assert cell is not None
    assert symbol_texts(problem, [found])[cell] == "日宿"
    assert (cell.day, cell.night, cell.on_call) == (480, night, night)
    assert own.job.minutes == 480


def test_four_weeks_are_held_against_four_weeks() -> None:
    """The first 28 dates over 160 h, whatever the prescribed month (B-03, T-17)."""
    problem = month([make_staff("A")], settings={"full_time_month": 168 * 60})
    roster = make_roster(problem, "A " + "日" * 31)
    found = table(problem, roster, TableSpan.FOUR_WEEKS)
    assert (len(found.dates), found.is_whole) == (28, True)
    assert found.fte.denominators.minutes == 160 * 60
    assert row(found, "A").minutes == 28 * 480


def test_four_weeks_count_whoever_is_there_throughout_them() -> None:
    """Somebody who leaves on the 30th is there on all 28 dates: 1, and not 0.9."""
    problem = month([make_staff("A", employed={"last": "2027-01-30"})])
    roster = make_roster(problem, "A " + "日" * 18 + "休" * 12 + "・")
    four, whole = (
        table(problem, roster, span) for span in (TableSpan.FOUR_WEEKS, TableSpan.MONTH)
    )
    assert (four.fte.by_form.total, four.fte.by_hours.total) == (10, 9)
    assert (whole.fte.by_form.total, whole.fte.by_hours.total) == (9, 9)


def test_a_period_across_two_months_has_a_table_for_each() -> None:
    """21 January to 20 February: eleven dates, then twenty."""
    period = make_period(31, dt.date(2027, 1, 21))
    problem = make_problem([make_staff("A")], period=period)
    roster = make_roster(problem, "A " + "日" * 11 + "夜明" + "休" * 18)
    found = statutory_tables(problem, roster, Edition.PLANNED, TableSpan.MONTH)
    assert [len(one.dates) for one in found] == [11, 20]
    assert [one.is_whole for one in found] == [False, False]
    assert [row(one, "A").minutes for one in found] == [11 * 480, 900]


@pytest.mark.parametrize(
    ("typed", "job", "minutes"),
    [
        ({}, "グループホーム", 780),
        (
            {"other_job": "デイ 介護", "other_minutes": 600},
            "デイ 介護、グループホーム",
            1380,
        ),
        (
            {"other_job": "グループホーム 計画作成", "other_minutes": 600},
            "グループホーム 計画作成",
            600,
        ),
    ],
)
def test_hours_elsewhere_come_from_the_roster(
    typed: dict[str, Any], job: str, minutes: int
) -> None:
    """A day of 8 hours and an afternoon of 5 next door make a full-timer of type B.

    Hours typed for that office stand, those for another are added (H-03).
    """
    there = {"elsewhere": "グループホーム", "hours": True, "symbol": "外"}
    afternoon = {
        "name": "午後は隣",
        "dates": ["2026-12-02"],
        "span": "13:00-18:00",
        "people": ["A"],
        "elsewhere": "グループホーム",
    }
    problem = make_problem(
        [make_staff("A", **typed), "B"],
        days=3,
        kinds=[DayKind.model_validate(there)],
        events=[CalendarEvent.model_validate(afternoon)],
    )
    roster = make_roster(problem, "A 外日日\nB 日日日")
    came = roster.by_cell[StaffId("A"), dt.date(2026, 12, 2)]
    roster = with_duties(roster, came.model_copy(update={"events": ("午後は隣",)}))
    told = with_work_elsewhere(problem, roster)
    member = told.member_by_name[StaffId("A")]
    assert (member.other_job, member.other_minutes) == (job, minutes)
    assert work_type(member) is WorkType.B
    assert with_work_elsewhere(told, roster) == told
    ones = {
        one.staff: one.is_one for one in full_time_equivalents(problem, roster).jobs
    }
    assert ones == {"A": False, "B": True}
    assert told.member_by_name[StaffId("B")] == problem.member_by_name[StaffId("B")]
