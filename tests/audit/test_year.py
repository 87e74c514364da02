"""The record of a fiscal year: closing months, and what comes from them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.figures.calendar_months import closed_months
from scheduler.audit.papers.addons import Averaged, addons
from scheduler.cli.app import main
from scheduler.domain.errors import Exit
from scheduler.domain.record import RosterRecord
from scheduler.domain.year import (
    ClosedDay,
    ClosedMonth,
    ClosedPerson,
    LastClosed,
    LastYear,
    Staffing,
    UsersMethod,
    UsersRecord,
    YearRecord,
    days_in,
    fiscal_year,
    months_of,
)
from scheduler.files.problems import json_bytes
from scheduler.files.rosters import write_roster
from scheduler.files.saving import save
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.files.years import read_year, with_records, write_year, year_path
from scheduler.rulebook import load
from scheduler.wording.actual import closed_early_text, months_text, year_lines
from scheduler.wording.fees import closed_note
from tests.support.builders import (
    SHIFTS,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem

APRIL = dt.date(2026, 4, 1)


def closed(
    first: dt.date,
    users: int = 10,
    *,
    days: int | None = None,
    people: dict[str, tuple[int, int, int]] | None = None,
    **staffing: int,
) -> ClosedMonth:
    """Return a closed month, or its first ``days``, with equal dates."""
    dates = [
        first + dt.timedelta(n)
        for n in range(days or days_in((first.year, first.month)))
    ]
    minutes = {
        "full_timer": 10_000,
        "care": 0,
        "certified": 0,
        "pool": 0,
        "full_time": 0,
    }
    return ClosedMonth(
        roster="-",
        days=tuple(
            ClosedDay(date=date, day_users=users, overnight=3, visits=7)
            for date in dates
        ),
        registered=20,
        services=20 * len(dates),
        registrant_days=20 * len(dates),
        people=tuple(
            ClosedPerson.model_validate(
                {"staff": name, "nights": n, "on_call": c, "leave": leave}
            )
            for name, (n, c, leave) in (people or {}).items()
        ),
        staffing=Staffing(**{**minutes, **staffing}),
    )


def whole_year(year: int = 2025, **fields: Any) -> YearRecord:
    months = (closed(dt.date(*month, 1), **fields) for month in months_of(year))
    return YearRecord(office="見本", year=year, months=tuple(months))


# --- years and months


@pytest.mark.parametrize(
    ("date", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2027-01-01", 2026)]
)
def test_a_fiscal_year_begins_in_april(date: str, year: int) -> None:
    assert fiscal_year(dt.date.fromisoformat(date)) == year


def test_the_months_of_a_year() -> None:
    months = months_of(2026)
    assert (months[0], months[8], months[9], months[-1]) == (
        (2026, 4),
        (2026, 12),
        (2027, 1),
        (2027, 3),
    )
    assert sum(map(days_in, months_of(2026))) == 365
    assert sum(map(days_in, months_of(2027))) == 366  # February 2028 has 29


@pytest.mark.parametrize(
    ("months", "text"),
    [
        ([(2026, 4)], "2026年4月"),
        ([(2026, 4), (2026, 5)], "2026年4月、2026年5月"),
        (months_of(2026), "2026年4月〜2027年3月"),
        (
            [(2026, 4), (2026, 11), (2026, 12), (2027, 1)],
            "2026年4月、2026年11月〜2027年1月",
        ),
    ],
)
def test_months_in_a_row_are_written_by_first_and_last(
    months: list[tuple[int, int]], text: str
) -> None:
    assert months_text(months) == text


def test_a_month_that_is_closed_in_part_is_in_the_averages_and_told_so() -> None:
    """Half of April and half of May: the average is of their dates; June is without."""
    may = dt.date(2026, 5, 1)
    record = YearRecord(office="見本", year=2026).closed_with(
        [closed(APRIL, 10, days=15), closed(may, 12, days=15)]
    )
    lines = list(year_lines(record, (2026, 6), load(make_period(30, APRIL))))
    assert any("11.0人（330÷30日）" in line for line in lines)
    told = [line for line in lines if "締め" in line]
    assert told == [
        "一部の日だけ締めた月：2026年4月、2026年5月。平均は、締めた日だけで出しています。",
        "まだ締めていない月：2026年6月。平均にはこの月が入っていません。",
    ]


def test_visits_are_too_few_only_of_a_month_closed_whole() -> None:
    """27 dates of April have 189 visits; whether 200 are reached the rest decides."""
    record = YearRecord(office="見本", year=2026, months=(closed(APRIL, days=27),))
    rulebook = load(make_period(30, APRIL))
    assert not any("未満" in one for one in year_lines(record, (2026, 4), rulebook))
    few = closed(dt.date(2027, 2, 1))  # 28 dates, 196 visits
    lines = year_lines(record.closed_with([few]), (2027, 2), rulebook)
    assert [one for one in lines if "未満" in one] == [
        "2027年2月：訪問196回（200回未満）"
    ]


def test_the_record_counts_visits_as_the_add_on_does() -> None:
    """Two visits and three fetchings with help in dressing are five (E-02, V12)."""
    period = make_period(30, APRIL)
    changes = {APRIL: {"fetched_with_help": 3}}
    forecast = make_forecast(period, 5, visits=2, changes=changes)
    problem = make_problem(["A"], period=period, forecast=forecast)
    (month,) = closed_months(problem, make_roster(problem, "A " + "日" * 30))
    assert [day.visits for day in month.days[:2]] == [5, 2]


def test_a_month_is_missing_until_its_last_date_is_closed() -> None:
    """April by 29 dates is missing, with the 30th not."""
    record = YearRecord(office="A", year=2026, months=(closed(APRIL, days=29),))
    assert record.missing((2026, 4)) == ((2026, 4),)
    rest = closed(dt.date(2026, 4, 30), days=1)
    assert record.closed_with([rest]).missing((2026, 4)) == ()
    assert len(record.missing()) == 12


# --- what comes from it


def test_shares_are_of_april_to_february() -> None:
    """Ten months 50 of 100, February 61 of 100: 51.0 %; March counts for nothing."""
    year = [
        closed(dt.date(*month, 1), care=10_000, certified=5_000)
        for month in months_of(2025)
    ]
    record = YearRecord(office="A", year=2025, months=tuple(year))
    assert record.certified_percent == 50
    better = closed(dt.date(2026, 2, 1), care=10_000, certified=6_100)
    march = closed(dt.date(2026, 3, 1), care=10_000, certified=10_000)
    assert record.closed_with([better, march]).certified_percent == 51
    less = closed(dt.date(2026, 2, 1), care=10_000, certified=6_099)
    assert record.closed_with([less, march]).certified_percent == 50
    assert record.full_time_percent is None


def test_shares_are_of_full_time_equivalents_not_of_minutes() -> None:
    """One FTE of one in a month of 10,000 minutes, none of one in one of 5,000."""
    months = (
        closed(APRIL, care=10_000, certified=10_000),
        closed(dt.date(2026, 5, 1), full_timer=5_000, care=5_000, certified=0),
    )
    record = YearRecord(office="A", year=2026, months=months)
    assert record.certified_percent == 50


def test_leave_and_nights_add_up() -> None:
    record = YearRecord(
        office="A",
        year=2026,
        months=(
            closed(APRIL, people={"A": (4, 1, 3), "B": (0, 2, 0)}),
            closed(dt.date(2026, 5, 1), people={"A": (3, 0, 4)}),
        ),
    )
    name, other = record.names
    assert (record.nights(name), record.on_call(name), record.leave(name)) == (7, 1, 7)
    assert (record.nights(other), record.on_call(other)) == (0, 2)


# --- closing a roster


def worked(days: int = 30, first: dt.date = APRIL, users: int = 5) -> Problem:
    period = make_period(days, first)
    half = make_shift("半", "13:00-17:00", [], half_leave=True)
    return make_problem(
        [
            make_staff("A", qualifications=["介護福祉士"]),
            make_staff("B", full_time=False),
        ],
        period=period,
        shifts=(*SHIFTS, half),
        forecast=make_forecast(period, users, 2, 3),
    )


def test_what_a_month_leaves() -> None:
    """A: a night, half a day and a day of leave, on call once; B: two day shifts."""
    problem = worked(6)
    roster = make_roster(problem, "A 夜明半有休休\nB 日日休休休休\n宿 B-A---")
    (month,) = closed_months(problem, roster)
    a, b = month.people
    assert (a.nights, a.on_call, a.leave) == (1, 1, 3)
    assert (b.nights, b.on_call, b.leave) == (0, 1, 0)
    assert [day.day_users for day in month.days] == [5] * 6
    assert month.services == 6 * (5 + 2 + 3)
    assert month.registrant_days == 6 * 20
    # A 15 h of night, 4 h, a day and half a day of leave (12 h); B 16 h.
    assert month.staffing.certified == (15 + 4 + 12) * 60
    assert month.staffing.care == (15 + 4 + 12 + 16) * 60
    assert month.staffing.full_time == month.staffing.certified


def test_a_period_over_the_turn_of_the_year_belongs_to_two() -> None:
    problem = worked(31, dt.date(2026, 3, 21))
    months = closed_months(problem, make_roster(problem, ""))
    assert [(month.month, len(month.days)) for month in months] == [
        ((2026, 3), 11),
        ((2026, 4), 20),
    ]


# --- the command


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Write April's roster, and return its file."""
    path = tmp_path / "april.json"
    problem = worked()
    roster = make_roster(problem, "A " + "日" * 30)
    write_roster(path, problem, roster, audit(problem, roster))
    return path


def record_of(folder: Path) -> YearRecord:
    return read_year(year_path(folder, "見本", 2026), "見本", 2026)


def test_a_second_closing_replaces_nothing_without_a_word(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["close", str(office)]) == Exit.DONE
    assert "2026年4月" in capsys.readouterr().out
    before = record_of(office.parent)
    assert [day.day_users for day in before.months[0].days] == [5] * 30
    assert main(["close", str(office)]) == Exit.DONE
    assert "変更していません" in capsys.readouterr().out
    real = office.with_name("real.json")
    save(json_bytes(worked(users=6)), real)
    assert main(["close", str(office), "--users", str(real)]) == Exit.WRONG_USE
    assert "30日" in capsys.readouterr().err
    assert record_of(office.parent) == before
    assert main(["close", str(office), "--users", str(real), "--again"]) == Exit.DONE
    assert {day.day_users for day in record_of(office.parent).days} == {6}


def test_users_of_other_dates_are_refused(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = office.with_name("may.json")
    save(json_bytes(worked(31, dt.date(2026, 5, 1))), other)
    assert main(["close", str(office), "--users", str(other)]) == Exit.WRONG_USE
    assert "may.json" in capsys.readouterr().err
    assert not year_path(office.parent, "見本", 2026).exists()


def test_a_file_that_is_no_record_stays(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = year_path(office.parent, "見本", 2026)
    path.write_text(json.dumps({"office": "見本"}), encoding="utf-8")
    assert main(["close", str(office)]) == Exit.BAD_INPUT
    assert json.loads(path.read_text(encoding="utf-8")) == {"office": "見本"}
    assert capsys.readouterr().out == ""


# --- the next month's input


def month_of_2026(method: str, first: dt.date = APRIL, days: int = 30) -> Problem:
    record = {"method": method, "total": 1, "days": 1}
    return make_problem(first=first, days=days, office=make_office(users_record=record))


def test_last_years_record_gives_the_average(tmp_path: Path) -> None:
    """12 months of 12 users: 4,380 / 365 dates, U 12.0 (T-07); with one more 12.1."""
    record = whole_year(users=12, care=10, certified=7, pool=10, full_time=6)
    write_year(record, year_path(tmp_path, "見本", 2025))
    found = with_records(month_of_2026("previous_year"), tmp_path)
    kept = found.problem.office.users_record
    assert (kept.total, kept.days, kept.source) == (4380, 365, "年度の記録")
    assert found.months == ((2025, 4), (2026, 3))
    assert found.problem.office.last_year == LastYear(
        certified_percent=70, full_time_percent=60
    )


def test_a_month_that_is_missing_is_named_and_nothing_taken_over(
    tmp_path: Path,
) -> None:
    """March lacks a date: U stays as typed, shares up to February are known."""
    record = whole_year(users=12, care=10, certified=7)
    short = closed(dt.date(2026, 3, 1), 12, days=30)
    write_year(record.closed_with([short]), year_path(tmp_path, "見本", 2025))
    found = with_records(month_of_2026("previous_year"), tmp_path)
    assert found.problem.office.users_record.total == 1
    assert (found.missing, found.months) == (((2026, 3),), ())
    assert found.shares


@pytest.mark.parametrize(
    ("method", "first", "months"),
    [
        (UsersMethod.LAST_6_MONTHS, dt.date(2026, 6, 1), ((2025, 12), (2026, 5))),
        (UsersMethod.LAST_12_MONTHS, dt.date(2026, 6, 1), ((2025, 6), (2026, 5))),
    ],
)
def test_newer_offices_average_over_the_turn_of_the_year(
    tmp_path: Path, method: UsersMethod, first: dt.date, months: tuple[Any, Any]
) -> None:
    write_year(whole_year(users=12), year_path(tmp_path, "見本", 2025))
    spring = (closed(APRIL, 13), closed(dt.date(2026, 5, 1), 13))
    record = YearRecord(office="見本", year=2026, months=spring)
    write_year(record, year_path(tmp_path, "見本", 2026))
    found = with_records(month_of_2026(method.value, first), tmp_path)
    days = (dt.date(2026, 6, 1) - dt.date(*months[0], 1)).days
    kept = found.problem.office.users_record
    assert found.months == months
    assert (kept.total, kept.days) == (12 * days + 61, days)


@pytest.mark.parametrize(
    ("method", "opened", "expected"),
    [
        # January to March of full-timers' months 1 + 1 + 2: certified 1 + 0 + 1 of 4.
        ("estimate_90", 1, LastYear(certified_percent=50, three_months=True)),
        # Of an office that is not new, eleven months are missing.
        ("previous_year", 1, LastYear()),
        # A month of the three is missing.
        ("estimate_90", 2, LastYear()),
    ],
)
def test_a_new_offices_shares_are_of_three_months(
    tmp_path: Path, method: str, opened: int, expected: LastYear
) -> None:
    """Less than half of last year is on record: E-01 looks at the three months."""
    made = {1: (10_000, 10_000), 2: (10_000, 0), 3: (20_000, 10_000)}
    months = tuple(
        closed(dt.date(2026, month, 1), care=care, certified=certified)
        for month, (care, certified) in made.items()
        if month >= opened
    )
    record = YearRecord(office="見本", year=2025, months=months)
    write_year(record, year_path(tmp_path, "見本", 2025))
    found = with_records(month_of_2026(method), tmp_path)
    assert found.problem.office.last_year == expected
    assert found.shares == expected.three_months


@pytest.mark.parametrize(("opened", "of_three"), [(9, False), (10, True)])
def test_half_of_last_year_is_enough_for_its_average(
    tmp_path: Path, opened: int, *, of_three: bool
) -> None:
    """September to February are six months, October to February five (E-01)."""
    months = tuple(
        closed(dt.date(*month, 1), care=10, certified=5)
        for month in months_of(2025)
        if month >= (2025, opened)
    )
    record = YearRecord(office="見本", year=2025, months=months)
    write_year(record, year_path(tmp_path, "見本", 2025))
    found = with_records(month_of_2026("last_6_months"), tmp_path)
    last = found.problem.office.last_year
    assert (last.certified_percent, last.three_months) == (50, of_three)


def test_without_a_record_nothing_changes(tmp_path: Path) -> None:
    problem = month_of_2026("previous_year")
    assert with_records(problem, tmp_path) == (problem, (), (), False, None)


@pytest.mark.parametrize("method", UsersMethod)
def test_the_month_closed_last_is_known_whatever_the_average(
    method: UsersMethod, tmp_path: Path
) -> None:
    """March: 31 x 7 visits, and 20 services a date for 20 people, 7 a week each."""
    write_year(whole_year(), year_path(tmp_path, "見本", 2025))
    found = with_records(month_of_2026(method.value), tmp_path)
    last = LastClosed(month=dt.date(2026, 3, 1), visits=217, per_week=7000)
    assert found.problem.office.last_closed == last
    assert found.closed == (2026, 3)


def test_a_month_closed_in_part_is_not_the_last(tmp_path: Path) -> None:
    """Of March the 31st is missing: February it is, and the sheet says so."""
    short = closed(dt.date(2026, 3, 1), days=30)
    record = whole_year().closed_with([short])
    write_year(record, year_path(tmp_path, "見本", 2025))
    problem = with_records(month_of_2026("previous_year"), tmp_path).problem
    assert problem.office.last_closed.month == dt.date(2026, 2, 1)
    note = closed_note(problem, "E-02", "visits", 200)
    assert note == "2026年2月の実績（年度の記録）196回：200回未満（2026年3月は未締め）"


@pytest.mark.parametrize(
    ("rule", "facet", "least", "edge", "below"),
    [
        ("E-02", "visits", 200, {"visits": 200}, {"visits": 199}),
        ("C-06", "services", 4, {"per_week": 4000}, {"per_week": 3999}),
    ],
)
def test_both_sides_of_the_edge_of_a_closed_month(
    rule: str, facet: str, least: int, edge: dict[str, int], below: dict[str, int]
) -> None:
    """As many as asked for are enough; where nothing is closed nothing is said."""
    problem = month_of_2026("previous_year")
    assert closed_note(problem, rule, facet, least) == ""
    for told, text in ((edge, "以上"), (below, "未満")):
        last = LastClosed.model_validate({"month": "2026-03-01", **told})
        office = problem.office.model_copy(update={"last_closed": last})
        closed_month = problem.model_copy(update={"office": office})
        note = closed_note(closed_month, rule, facet, least)
        assert note.startswith("2026年3月の実績（年度の記録）")
        assert note.endswith(f"{least}回{text}")
        assert closed_note(closed_month, "E-03", "nurse_fte", 10) == ""


def test_the_next_months_book_and_fees_show_the_closed_month(
    tmp_path: Path,
) -> None:
    """The input workbook keeps the figures, and the page of fees tells them."""
    write_year(whole_year(), year_path(tmp_path, "見本", 2025))
    problem = with_records(month_of_2026("previous_year"), tmp_path).problem
    write_input(problem, tmp_path / "next.xlsx")
    read = read_input(tmp_path / "next.xlsx")
    assert read.office.last_closed == problem.office.last_closed
    roster = RosterRecord.of(make_roster(read, ""))
    path = write_roster(tmp_path / "r.xlsx", read, roster, audit(read, roster))
    page = load_workbook(path)["加算と減算"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row]
    assert sum("2026年3月の実績（年度の記録）" in text for text in texts) == 2


def test_e01_goes_by_last_years_average() -> None:
    """70 % is the edge of level I: 70 meets it, 69 does not, and the line says so."""
    for percent, met in ((70, True), (69, False)):
        problem = worked(6)
        office = problem.office.model_copy(
            update={"last_year": LastYear(certified_percent=percent)}
        )
        changed = problem.model_copy(update={"office": office})
        line = addons(changed, make_roster(changed, ""))[0]
        assert (line.facet, line.actual, line.met) == ("certified_1", percent, met)
        assert line.averaged is Averaged.LAST_YEAR
    assert addons(problem, make_roster(problem, ""))[0].averaged is None
    assert UsersRecord(method=UsersMethod.PREVIOUS_YEAR).source == ""


@pytest.mark.parametrize(("day", "is_told"), [(30, True), (31, True), (1, False)])
def test_a_month_closed_before_its_end_is_told(day: int, is_told: bool) -> None:
    """On its last day a month is not over; on the first of the next it is."""
    last = dt.date(2026, 12, 31)
    today = dt.date(2027, 1, 1) if day == 1 else last.replace(day=day)
    assert ("まだ終わって" in closed_early_text(last, today)) is is_told
