"""The live formulas give the numbers of the reports, also after an edit by hand.

LibreOffice recalculates the workbook without a screen; the numbers are then compared
with those that `scheduler.audit.figures` works out of the roster read back.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.figures.bands import day_hours
from scheduler.audit.figures.fairness import closing_ledger, fairness
from scheduler.audit.figures.people import people
from scheduler.domain.clock import HOUR
from scheduler.domain.ledger import BurdenKind
from scheduler.domain.requests import CoverRule
from scheduler.files.rosters import read_roster, write_roster
from tests.files.test_roster_workbook import FRONT, Editor
from tests.support.busy_month import (
    CARER,
    DAYS,
    MANAGER,
    PART_TIMER,
    PLANNER,
    busy_problem,
    busy_roster,
    day,
)
from tests.support.libreoffice import needed, recalculated
from tests.support.workbooks import write_slips

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.record import RosterFile

    Worked = tuple[RosterFile, Workbook]
    """A roster as it is read, and its workbook with the values of all formulas."""

LEADERS = CARER, PLANNER
PROBLEM = busy_problem()
PROBLEM = PROBLEM.model_copy(
    update={
        "staff": tuple(
            one.model_copy(update={"groups": ("リーダー",)})
            if one.name in LEADERS
            else one
            for one in PROBLEM.staff
        ),
        "cover_rules": (
            *PROBLEM.cover_rules,
            CoverRule(name="日の責任者", group="リーダー", at_least=1, must=False),
        ),
    }
)
PLAN = busy_roster(PROBLEM)

pytestmark = needed

STATES = ("planned", "edited")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worked]:
    """Return the roster as planned, and edited by hand.

    Edits make a desk day of a care day, a late shift of a night, and change a break.
    """
    folder = tmp_path_factory.mktemp("both")
    paths = [folder / "planned.xlsx", folder / "edited.xlsx"]
    write_roster(paths[0], PROBLEM, PLAN, audit(PROBLEM, PLAN))
    shutil.copy(*paths)
    editor = Editor(paths[1])
    editor.cell(MANAGER, 5).value = "日管"
    editor.cell(CARER, 6).value = "遅"
    editor.cell(CARER, 7).value = "有"
    editor.cell(PLANNER, 8).value = "日ケ介"
    editor.cell(PART_TIMER, 7).value = "欠"
    editor.cell(CARER, 1, editor.breaks).value = "24:00-26:00"
    editor.cell("宿直", 6).value = CARER
    files = (read_roster(paths[0]), editor.read())
    assert len(files[1].changed) == 7
    worked = zip(files, recalculated(*paths), strict=True)
    return dict(zip(STATES, worked, strict=True))


@pytest.fixture
def planned(both: dict[str, Worked]) -> Worked:
    return both["planned"]


@pytest.fixture
def edited(both: dict[str, Worked]) -> Worked:
    return both["edited"]


@pytest.mark.parametrize("state", STATES)
def test_totals_of_people_are_the_reports(state: str, both: dict[str, Worked]) -> None:
    """Shifts, nights, on call, every kind of day off, weekends and hours by person."""
    file, book = both[state]
    sheet = book[FRONT]
    columns = {sheet.cell(3, c).value: c for c in range(1, sheet.max_column + 1)}
    for month in people(file.problem, file.roster):
        row = _row(book, month.staff)
        found = {heading: sheet.cell(row, c).value for heading, c in columns.items()}
        expected: dict[str, float] = {
            **dict(month.shifts),
            "夜勤": month.nights,
            "宿直": month.on_call,
            "公休": month.days_off,
            "有休": month.leave_days,
            "欠勤": month.absent,
            "土日祝": month.rest_days,
            "労働時間": month.total / HOUR,
            "有休時間": month.leave / HOUR,
            "欠勤時間": month.absence / HOUR,
            "契約上の時間": month.credited / HOUR,
        }
        assert {key: found[key] for key in expected} == pytest.approx(expected)


@pytest.mark.parametrize("state", STATES)
def test_the_wall_names_the_leader_of_the_day(
    state: str, both: dict[str, Worked]
) -> None:
    """Of two in the group the first on the list by day, else whoever has the night."""
    file, workbook = both[state]
    wall = workbook["掲示用"]
    (row,) = (row for row in wall.iter_rows() if row[0].value == "日の責任者")
    told = {day(number): row[number].value or "" for number in range(1, DAYS + 1)}
    order = [name for name in (one.name for one in PROBLEM.staff) if name in LEADERS]
    for date, name in told.items():
        duties = [file.roster.by_cell.get((one, date)) for one in order]
        began = [one for one in duties if one is not None and one.shift]
        first = [one.staff for one in began if one.shift != "夜"]
        led = [*first, *(one.staff for one in began)]
        assert (name and led[0].startswith(name)) or (name, led) == ("", [])
    assert len(set(told.values())) == 3
    assert all(row[number].data_type != "f" for number in range(1, DAYS + 1))


@pytest.mark.parametrize("state", STATES)
def test_care_hours_of_dates_are_the_reports(
    state: str, both: dict[str, Worked]
) -> None:
    """Required and planned care hours (A-03), last month's night included."""
    file, book = both[state]
    sheet = book[FRONT]
    need, have, spare = (
        _row(book, f"介護時間 {word}") for word in ("必要", "予定", "余裕")
    )
    columns = _columns(book)
    for hours in day_hours(file.problem, file.roster):
        column = columns[hours.date]
        found = [sheet.cell(row, column).value * HOUR for row in (need, have, spare)]
        assert found == pytest.approx([hours.required, hours.planned, hours.margin])


@pytest.mark.parametrize("state", STATES)
def test_people_on_shift_are_counted(state: str, both: dict[str, Worked]) -> None:
    """The count of each shift on each date, and of all together."""
    file, book = both[state]
    for date, column in _columns(book).items():
        shifts = [duty.shift for duty in file.roster.duties if duty.date == date]
        for symbol in file.problem.shift_by_symbol:
            found = book[FRONT].cell(_row(book, f"{symbol}（人）"), column).value
            assert found == shifts.count(symbol)
        together = book[FRONT].cell(_row(book, "出勤者数"), column).value
        assert together == len([shift for shift in shifts if shift])


@pytest.mark.parametrize("state", STATES)
def test_the_fairness_page_follows(state: str, both: dict[str, Worked]) -> None:
    """Times, fair shares, what was carried over and the difference in all."""
    file, book = both[state]
    rows = _people_of(book["公平さ"], 6)
    months = {month.staff: month for month in people(file.problem, file.roster)}
    for name, month in months.items():
        found = [rows[name][column] for column in (1, 5, 9, 13, 17)]
        own = [month.nights, month.on_call, month.rest_days, month.early, month.late]
        assert found == own
    sharings = fairness(file.problem, file.roster)
    assert len(sharings) == len(BurdenKind) - 1
    start = {kind: 1 + 4 * index for index, kind in enumerate(BurdenKind)}
    for sharing in sharings:
        first = start[sharing.burden.kind]
        for one in sharing.standings:
            found = rows[one.staff][first + 1 : first + 4]
            expected = [one.share, one.carried.balance, one.deviation]
            assert found == pytest.approx([value / 1000 for value in expected])
        outside = set(rows) - {one.staff for one in sharing.standings}
        assert all(rows[name][first + 3] is None for name in outside)
    assert rows[PART_TIMER][start[BurdenKind.NIGHT] + 3] is None


@pytest.mark.parametrize("state", STATES)
def test_the_accounts_follow(state: str, both: dict[str, Worked]) -> None:
    """Wishes as planned, leave and days off as the cells say, hours."""
    file, book = both[state]
    rows = _people_of(book["公平さ"], 6 + len(file.problem.staff) + 3)
    closing = {one.staff: one for one in closing_ledger(file.problem, file.roster)}
    planned = {one.staff: one for one in closing_ledger(file.problem, file.plan)}
    hours = {month.staff: month for month in people(file.problem, file.roster)}
    for name, after in closing.items():
        before = file.problem.ledger_by_name[name]
        assert rows[name][3:5] == [
            planned[name].wishes_asked,
            planned[name].wishes_granted,
        ]
        assert rows[name][5:10] == pytest.approx(
            [
                (after.paid_leave - before.paid_leave) / 2,
                after.paid_leave / 2,
                before.days_off_owed,
                after.days_off_owed,
                hours[name].credited / HOUR,
            ]
        )


@pytest.mark.parametrize("state", STATES)
def test_the_slips_follow(state: str, both: dict[str, Worked], tmp_path: Path) -> None:
    """Symbols, times and nights on call are those of slips made from the cells."""
    file, book = both[state]
    names = [member.name for member in file.problem.staff]
    path = write_slips(file, names, tmp_path / "slips.xlsx")
    made = load_workbook(path).active
    for name in names:
        live, fixed = _slip(book["個人票"], name), _slip(made, name)
        assert len(live) == len(fixed) > DAYS
        for found, expected in zip(live, fixed, strict=True):
            assert found == pytest.approx(expected)


def _slip(sheet: Worksheet, name: str) -> list[list[Any]]:
    """Return a page's rows but for jobs and breaks, which a changed symbol hides."""
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    first = next(index for index, row in enumerate(rows) if row[0] == name)
    own = rows[first:]
    last = next(index for index, row in enumerate(own) if row[0] == "出勤日数")
    small = {"(", "介", "管", "計", "看"}
    return [
        row
        for row in own[: last + 2]
        if not any(str(text)[:1] in small for text in row)
    ]


@pytest.mark.parametrize("state", STATES)
def test_no_formula_fails(state: str, both: dict[str, Worked]) -> None:
    """No cell shows an error such as #REF! or #NAME?."""
    _, book = both[state]
    errors = [
        f"{sheet.title} {cell.coordinate}: {cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or str(cell.value).startswith("#")
    ]
    assert errors == []


def test_a_file_saved_by_another_program_is_still_read(
    edited: Worked, tmp_path: Path
) -> None:
    """LibreOffice keeps the hidden plan, and the edits read the same."""
    file, book = edited
    path = tmp_path / "roster.xlsx"
    book.save(path)
    again = read_roster(path)
    assert again.roster == file.roster
    assert again.changed == file.changed


def _people_of(sheet: Worksheet, first: int) -> dict[str, list[Any]]:
    """Return the rows of the staff from a row on, by name."""
    last = first + len(PROBLEM.staff) - 1
    return {
        sheet.cell(row, 1).value: [cell.value for cell in sheet[row]]
        for row in range(first, last + 1)
    }


def _row(book: Workbook, label: str) -> int:
    return next(
        cell.row
        for cells in book[FRONT].iter_rows(max_col=2)
        for cell in cells
        if cell.value == label
    )


def _columns(book: Workbook) -> dict[Any, int]:
    dates = {
        cell.value.date(): cell.column
        for cell in book[FRONT][3]
        if hasattr(cell.value, "date")
    }
    return {date: dates[date] for date in PROBLEM.period.dates}


def test_the_dates_are_the_periods(planned: Worked) -> None:
    """A guard for the tests above: they look at all fourteen dates."""
    assert list(_columns(planned[1])) == [day(number) for number in range(1, 15)]
