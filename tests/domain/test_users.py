"""Users entered one by one: their services, the forecast from them, and its limits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit, consistency
from scheduler.audit.papers.deductions import Outlook, deductions
from scheduler.audit.users import (
    registrant_days,
    services,
    services_by_user,
    staff_on_visits,
    users_in_house,
)
from scheduler.domain.clock import parse_clock
from scheduler.domain.errors import InputError
from scheduler.domain.problem import Problem
from scheduler.files.next_month import following_period, next_month
from scheduler.files.rosters import write_proof, write_roster
from scheduler.files.workbook.read_input import read_input, read_with_warnings
from scheduler.files.workbook.reading.times import parse_weekly
from scheduler.files.workbook.words import weekly_cell
from scheduler.files.workbook.write_input import write_input
from tests.support.builders import (
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_roster,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.office import Office

MONDAY = dt.date(2027, 2, 1)
NUMBERS = ("day_users", "overnight", "visits")

V18 = {
    "name": "A",
    "day_use": [{"weekdays": [0, 2, 5]}],
    "stays": [{"weekdays": [3]}],
    "visits": [{"weekdays": [1, 6], "span": "10:00-10:30"}],
}
"""A week of the rulebook: day use Mon, Wed, Sat; visits Tue, Sun; a stay Thu."""


def day(number: int) -> dt.date:
    return MONDAY.replace(day=number)


def month(
    users: list[dict[str, Any]],
    *,
    first: dt.date = MONDAY,
    days: int = 28,
    changes: list[dict[str, Any]] | None = None,
    typed: dict[dt.date, dict[str, int]] | None = None,
    office: Office | None = None,
) -> Problem:
    """Return a month whose forecast leaves out what is not ``typed``."""
    bare = make_problem(period=make_period(days, first), office=office)
    data = bare.model_dump(mode="json")
    del data["forecast"]["overnight_before"]
    for one in data["forecast"]["days"]:
        for name in NUMBERS:
            del one[name], one[f"{name}_at"]
        one.update((typed or {}).get(dt.date.fromisoformat(one["date"]), {}))
    return Problem.model_validate(
        {**data, "registrants": users, "use_changes": changes or []}
    )


def codes(problem: Problem) -> list[str]:
    return [one.code for one in consistency.warnings(problem)]


# --- services of a month, user by user


@pytest.mark.parametrize(
    ("weekday", "day_use", "visits", "nights"),
    [
        # 30 dates have four of each weekday, and a fifth of the first two.
        (0, 13, 9, 4),  # Mon, Tue
        (1, 13, 9, 4),  # Tue, Wed
        (2, 13, 8, 5),  # Wed, Thu
        (3, 12, 8, 5),  # Thu, Fri
        (4, 13, 8, 4),  # Fri, Sat
        (5, 13, 9, 4),  # Sat, Sun
        (6, 13, 9, 4),  # Sun, Mon
    ],
)
def test_v18_in_months_that_begin_on_each_weekday(
    weekday: int, day_use: int, visits: int, nights: int
) -> None:
    first = MONDAY + dt.timedelta(days=weekday)
    (found,) = services_by_user(month([V18], first=first, days=30))
    assert (found.day_use, found.visits, found.stays) == (day_use, visits, nights)
    assert found.days == 30


def test_changes_and_registration() -> None:
    """Hospital leaves the average, absence does not; another use is all there is."""
    problem = month(
        [{**V18, "registered": {"last": "2027-02-25"}}],
        changes=[
            {
                "user": "A",
                "first": "2027-02-08",
                "last": "2027-02-14",
                "reason": "hospital",
            },
            {"user": "A", "first": "2027-02-15", "reason": "absent"},
            {"user": "A", "first": "2027-02-17", "reason": "other_use", "stays": [{}]},
        ],
    )
    (found,) = services_by_user(problem)
    # Day use: 1 3 6, 20, 22 24; the 15th is absent, the 17th stays instead.
    # Visits: 2 7, 16 21, 23. Nights: 4, 17 18; that of the 25th would end too late.
    assert (found.day_use, found.visits, found.stays) == (6, 5, 3)
    assert found.days == registrant_days(problem) == 25 - 7
    by_date = {one.date.day: one for one in problem.forecast.days}
    assert [by_date[n].overnight for n in (4, 11, 17, 18, 25)] == [1, 0, 1, 1, 0]
    assert [by_date[n].day_users for n in (15, 17, 20, 27)] == [0, 0, 1, 0]


def test_a_short_use_guest_stays_until_the_departure_and_is_no_registrant() -> None:
    guest = {
        "name": "S",
        "short_use": True,
        "registered": {"first": "2027-02-10", "last": "2027-02-12"},
        "day_use": [{}],
        "stays": [{}],
    }
    problem = month([guest])
    days = {
        one.date.day: (one.day_users, one.overnight) for one in problem.forecast.days
    }
    assert [days[n] for n in range(9, 14)] == [(0, 0), (1, 1), (1, 1), (1, 0), (0, 0)]
    assert services(problem).total == registrant_days(problem) == 0


@pytest.mark.parametrize(
    ("weekdays", "hospital", "outlook"),
    [
        # 28 dates x 4 / 7 = 16 services; 21 dates: 12.
        ([0, 1, 2, 3], False, Outlook.NONE),
        ([0, 1, 2], False, Outlook.AT_RISK),
        ([0, 1, 2, 3], True, Outlook.NONE),
        ([0, 1, 2], True, Outlook.AT_RISK),
    ],
)
def test_c06_by_the_dates_that_count(
    weekdays: list[int], hospital: bool, outlook: Outlook
) -> None:
    away = {
        "user": "A",
        "first": "2027-02-08",
        "last": "2027-02-14",
        "reason": "hospital",
    }
    problem = month(
        [{"name": "A", "day_use": [{"weekdays": weekdays}]}],
        changes=[away] if hospital else [],
    )
    line = next(
        one
        for one in deductions(problem, make_roster(problem, ""))
        if one.rule == "C-06"
    )
    weeks = 3 if hospital else 4
    assert (line.required, line.actual) == (4 * weeks, len(weekdays) * weeks)
    assert line.outlook is outlook


def test_one_service_too_few() -> None:
    """16 of 16 are enough, 15 are not: absence stays in the average."""
    user = {"name": "A", "day_use": [{"weekdays": [0, 1, 2, 3]}]}
    absent = {"user": "A", "first": "2027-02-08", "reason": "absent"}
    problem = month([user], changes=[absent])
    lines = deductions(problem, make_roster(problem, ""))
    line = next(one for one in lines if one.rule == "C-06")
    assert (line.required, line.actual, line.outlook) == (16, 15, Outlook.AT_RISK)


# --- by the clock


def test_everybody_is_counted_once_by_the_clock() -> None:
    """A comes 9:30 to 16:00 on Wed and stays from 15:00 on; B is visited, C unknown.

    Thursday morning A leaves at 8:20. The profile: 9:00 to 16:00.
    """
    users = [
        {
            "name": "A",
            "day_use": [{"weekdays": [2], "span": "9:30-16:00"}],
            "stays": [{"weekdays": [2], "span": "15:00-32:20"}],
        },
        {"name": "B", "visits": [{"span": "10:00-10:40"}, {"span": "10:20-11:00"}]},
        {"name": "C", "day_use": [{"weekdays": [2]}]},
    ]
    problem = month(users)

    def inside(date: dt.date, clock: str) -> int:
        return users_in_house(problem, date, parse_clock(clock))

    moments = ("8:59", "9:00", "9:30", "15:30", "16:00", "23:59")
    assert [inside(day(3), at) for at in moments] == [0, 1, 2, 2, 1, 1]
    assert [inside(day(4), at) for at in ("8:19", "8:20")] == [1, 0]
    out = [
        staff_on_visits(problem, day(3), parse_clock(f"10:{m}"))
        for m in ("00", "20", "40")
    ]
    assert out == [1, 2, 1]
    assert problem.forecast_by_date[day(3)].visits == 2


def test_a_changed_number_goes_beyond_the_plans_or_cuts_them() -> None:
    """Two planned from 10:00 to 12:00; a third comes by the profile, from 9:00 on."""
    user = {"day_use": [{"span": "10:00-12:00"}]}
    problem = month([{**user, "name": "A"}, {**user, "name": "B"}])

    def inside(number: int, clock: str) -> int:
        changed = problem.forecast_by_date[MONDAY].model_copy(
            update={"day_users": number}
        )
        forecast = problem.forecast.with_days([changed])
        other = problem.model_copy(update={"forecast": forecast})
        return users_in_house(other, MONDAY, parse_clock(clock))

    assert [inside(3, at) for at in ("9:00", "10:00", "12:00", "16:00")] == [1, 3, 1, 0]
    assert [inside(1, at) for at in ("9:00", "10:00", "12:00")] == [0, 1, 0]


def test_day_users_are_the_most_at_one_moment() -> None:
    """One in the morning, one in the afternoon: one place, two services."""
    users = [
        {"name": "A", "day_use": [{"weekdays": [0], "span": "9:00-12:00"}]},
        {"name": "B", "day_use": [{"weekdays": [0], "span": "12:00-15:00"}]},
    ]
    problem = month(users, days=7)
    assert problem.forecast_by_date[MONDAY].day_users == 1
    assert services(problem).day_use == 2


def test_the_proof_by_the_clock_follows_the_plans() -> None:
    """Four in the house from 9:30 to 15:00 need two: A alone is one short then."""
    users = [
        {"name": f"U{n}", "day_use": [{"weekdays": [0], "span": "9:30-15:00"}]}
        for n in range(4)
    ]
    problem = month(users, days=7)
    found = [
        one
        for one in audit(problem, make_roster(problem, "A 日休休休休休休"))
        if one.rule == "K-01" and one.required == 2
    ]
    assert found[0].begin == dt.datetime(2027, 2, 1, 9, 30)
    assert max(one.end for one in found if one.end) == dt.datetime(2027, 2, 1, 15, 0)


# --- limits, and what was typed


@pytest.mark.parametrize(("registrants", "refused"), [(8, False), (9, True)])
def test_v17_registrants_come_before_a_short_use_guest(
    registrants: int, refused: bool
) -> None:
    """Nine rooms: with eight registrants one is free, with nine none."""
    guest = {"name": "S", "short_use": True, "stays": [{"weekdays": [3]}]}
    users = [
        {"name": f"U{n}", "stays": [{"weekdays": [3]}]} for n in range(registrants)
    ]
    problem = month([*users, guest], days=7)
    assert ("short_use_overnight" in codes(problem)) is refused


def test_registrants_above_capacity() -> None:
    """Two registered of two; three from the 10th on."""
    office = make_office(
        capacity={"registered": 2, "day_use": 2, "overnight": 1}, registered=2
    )
    users = [{"name": "A"}, {"name": "B"}]
    late = {"name": "C", "registered": {"first": "2027-02-10"}}
    assert codes(month(users, office=office)) == codes(
        make_problem(period=make_period(28, MONDAY), office=office)
    )
    found = codes(month([*users, late], office=office))
    assert {"registered_not_counted", "users_above_capacity"} <= set(found)


def test_typed_wins_and_says_so() -> None:
    """Ten typed where the plans give one are told; one typed is not."""
    typed = {day(1): {"day_users": 10}, day(3): {"day_users": 1}}
    problem = month([V18], typed=typed)
    assert problem.forecast_by_date[day(1)].day_users == 10
    (note,) = [
        one for one in consistency.warnings(problem) if one.code == "typed_not_planned"
    ]
    assert note.facts["dates"] == "2/1: 10 (1)"
    assert note.more == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"registrants": [{"name": "A"}, {"name": "Ａ"}]}, "duplicate_user"),
        (
            {"use_changes": [{"user": "Z", "first": "2027-02-01", "reason": "absent"}]},
            "unknown_user",
        ),
        (
            {
                "use_changes": [
                    {"user": "A", "first": "2027-02-01", "reason": "absent"},
                    {"user": "A", "first": "2027-02-01", "reason": "hospital"},
                ]
            },
            "change_twice",
        ),
    ],
)
def test_mistakes(fields: dict[str, Any], code: str) -> None:
    users = fields.get("registrants", [{"name": "A"}])
    problem = month(users, changes=fields.get("use_changes"))
    assert [one.code for one in consistency.mistakes(problem)] == [code]


# --- sheets


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("月水金 9:30-16:00", [("024", "9:30-16:00")]),
        (
            "月、水、金9:30～16:00、土 10:00 - 15:00",
            [("024", "9:30-16:00"), ("5", "10:00-15:00")],
        ),
        (
            "毎日 8:00-8:20 18:00-18:20",
            [("0123456", "8:00-8:20"), ("0123456", "18:00-18:20")],
        ),
        ("木 17:00-9:00", [("3", "17:00-33:00")]),
        ("木 17:00-翌9:00", [("3", "17:00-33:00")]),
        ("木・金", [("34", None)]),
        ("Mon Wed 9:00-12:00", [("02", "9:00-12:00")]),
        ("10:00-10:30", [("0123456", "10:00-10:30")]),
    ],
)
def test_a_week_as_people_write_it(
    text: str, uses: list[tuple[str, str | None]]
) -> None:
    expected = [
        {
            "weekdays": [int(n) for n in days],
            "span": None if span is None else tuple(map(parse_clock, span.split("-"))),
        }
        for days, span in uses
    ]
    read = [
        {"weekdays": list(one["weekdays"]), "span": one.get("span")}
        for one in parse_weekly(text)
    ]
    assert read == expected


@pytest.mark.parametrize(
    "text", ["月月", "9:30", "月 9時", "A 9:00-10:00", "月 25:99-26:00"]
)
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(ValueError, match=r"weekday|clock|time span"):
        parse_weekly(text)


def test_sheets_come_back(tmp_path: Path) -> None:
    """Users, changes and numbers left out are written and read; a week is sorted."""
    problem = month(
        [
            {**V18, "care_level": "care_3", "registered": {"first": "2027-02-02"}},
            {"name": "S", "short_use": True, "stays": [{"span": "17:00-33:00"}]},
        ],
        changes=[
            {
                "user": "A",
                "first": "2027-02-08",
                "last": "2027-02-09",
                "reason": "other_use",
                "day_use": [{"weekdays": [0], "span": "9:00-12:00"}, {"weekdays": [1]}],
            }
        ],
        typed={day(3): {"visits": 7}},
    )
    path = tmp_path / "users.xlsx"
    write_input(problem, path)
    assert read_input(path) == problem
    assert weekly_cell(problem.use_changes[0].day_use) == "月 9:00-12:00、火"
    sheet = load_workbook(path)["利用見込"]
    assert [sheet.cell(6, column).value for column in (4, 5, 6)] == [None, None, 7]


def test_lines_of_weekdays_fill_the_dates_left_empty(tmp_path: Path) -> None:
    """Typed on the date first, then the weekday's line, then the plans."""
    path = tmp_path / "weekdays.xlsx"
    write_input(month([V18], typed={day(1): {"visits": 3}}), path)
    book = load_workbook(path)
    sheet = book["利用見込"]
    row = sheet.max_row + 1
    sheet.cell(row, 1).value = "月水"
    sheet.cell(row, 4).value = 9
    sheet.cell(row, 6).value = 5
    book.save(path)
    problem, _warnings = read_with_warnings(path)
    days = [problem.forecast_by_date[day(n)] for n in (1, 2, 3)]
    assert [(one.day_users, one.visits) for one in days] == [(9, 3), (0, 1), (9, 5)]
    assert [one.day_users_at is None for one in days] == [True, False, True]


def test_without_users_a_number_left_out_is_asked_for(tmp_path: Path) -> None:
    """The cell is named; with a weekday's line it is not."""
    path = tmp_path / "empty.xlsx"
    write_input(make_problem(days=3, first=MONDAY), path)
    book = load_workbook(path)
    book["利用見込"]["D5"] = None
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_input(path)
    assert [(m.code, m.cell) for m in caught.value.mistakes] == [
        ("missing_value", "D5")
    ]
    book["利用見込"]["A8"], book["利用見込"]["D8"] = "火", 4
    book.save(path)
    assert read_input(path).forecast.days[1].day_users == 4


def test_bad_plans_are_told_by_their_cells(tmp_path: Path) -> None:
    """All at once, and no date of the forecast with them."""
    path = tmp_path / "bad.xlsx"
    write_input(month([V18, {"name": "B"}]), path)
    book = load_workbook(path)
    sheet, changes = book["利用者"], book["利用の変更"]
    sheet["G4"], sheet["E5"] = "火日", "まいにち"
    for column, value in zip("ABD", ("A", "2027/2/3", "別の利用"), strict=True):
        changes[f"{column}4"] = value
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_input(path)
    assert {(m.code, m.sheet, m.cell) for m in caught.value.mistakes} == {
        ("visit_without_time", "利用者", "A4"),
        ("not_weekly", "利用者", "E5"),
        ("change_unclear", "利用の変更", "A4"),
    }


def test_an_older_workbook_has_no_such_sheets(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    problem = make_problem(days=3)
    write_input(problem, path)
    book = load_workbook(path)
    del book["利用者"], book["利用の変更"]
    book.save(path)
    assert read_input(path) == problem


def test_users_go_on_into_the_next_month() -> None:
    """Who has left stays behind; the forecast is counted from the others' plans."""
    left = {"name": "L", "day_use": [{}], "registered": {"last": "2027-02-20"}}
    problem = month(
        [V18, left],
        changes=[
            {"user": "A", "first": "2027-02-03", "reason": "absent"},
            {
                "user": "A",
                "first": "2027-02-27",
                "last": "2027-03-02",
                "reason": "hospital",
            },
        ],
    )
    after = following_period(problem.period)
    found = next_month(problem, make_roster(problem, ""), after)
    assert [user.name for user in found.registrants] == ["A"]
    assert [change.first.day for change in found.use_changes] == [27]
    # March 2027 begins on a Monday: in hospital on Mon and Tue, day use on Wed the 3rd.
    assert [one.day_users for one in found.forecast.days[:6]] == [0, 0, 1, 0, 0, 1]
    assert [one.visits for one in found.forecast.days[:7]] == [0, 0, 0, 0, 0, 0, 1]
    assert consistency.mistakes(found) == ()


def test_users_are_named_on_one_page_that_is_not_posted(tmp_path: Path) -> None:
    """Not on the wall, not on a slip; the page says that it is the manager's."""
    user = {**V18, "name": "利用者甲"}
    office = make_office(profiles=[make_profile()])
    problem = month([user], days=7, office=office)
    roster = make_roster(problem, "A 日日日休休日日")
    path = tmp_path / "roster.xlsx"
    write_roster(path, problem, roster, audit(problem, roster))
    proof = path.with_name("proof.xlsx")
    write_proof(proof, problem, roster, audit(problem, roster))
    book = load_workbook(proof)
    named = {
        sheet.title
        for sheet in (*load_workbook(path), *book)
        if sheet.sheet_state == "visible"
        and any("利用者甲" in str(cell.value) for row in sheet for cell in row)
    }
    assert named == {"利用者別の利用回数"}
    assert "掲示しない" in str(book["利用者別の利用回数"]["A1"].value)
