"""The live formulas give the numbers of the reports, also after an edit by hand.

LibreOffice recalculates the workbook without a screen; the numbers are then compared
with those that `scheduler.reports` works out of the roster read back.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.domain.clock import HOUR
from scheduler.reports import day_hours, people
from scheduler.workbook.roster import read_roster, write_roster
from tests.busy_month import CARER, MANAGER, PLANNER, busy_problem, busy_roster, day
from tests.test_roster_workbook import FRONT, Editor

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from scheduler.workbook.roster import RosterFile

SOFFICE = shutil.which("soffice")
PROBLEM = busy_problem()
PLAN = busy_roster(PROBLEM)

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        SOFFICE is None, reason="LibreOffice (soffice) is not installed"
    ),
]


def _recalculated(path: Path) -> Workbook:
    """Have LibreOffice load the file, work out every formula and save it anew."""
    folder = path.parent / "recalculated"
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return load_workbook(folder / path.name, data_only=True)


@pytest.fixture(scope="module", name="planned")
def _planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[RosterFile, Workbook]:
    path = tmp_path_factory.mktemp("planned") / "roster.xlsx"
    write_roster(PROBLEM, PLAN, audit(PROBLEM, PLAN), path)
    return read_roster(path), _recalculated(path)


@pytest.fixture(scope="module", name="edited")
def _edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[RosterFile, Workbook]:
    """Make a desk day of a care day, a late shift of a night, and change a break."""
    path = tmp_path_factory.mktemp("edited") / "roster.xlsx"
    write_roster(PROBLEM, PLAN, audit(PROBLEM, PLAN), path)
    editor = Editor(path)
    editor.cell(MANAGER, 5).value = "日管"
    editor.cell(CARER, 6).value = "遅"
    editor.cell(CARER, 7).value = "有"
    editor.cell(PLANNER, 8).value = "日ケ介"
    editor.cell(CARER, 1, editor.breaks).value = "24:00-26:00"
    editor.cell("宿直", 6).value = CARER
    file = editor.read()
    assert len(file.changed) == 6
    return file, _recalculated(path)


@pytest.mark.parametrize("state", ["planned", "edited"])
def test_totals_of_people_are_the_reports(
    state: str, request: pytest.FixtureRequest
) -> None:
    """Shifts, nights, on call, days off, leave, weekends and hours of each person."""
    file, book = request.getfixturevalue(state)
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
            "土日祝": month.rest_days,
            "時間": month.credited / HOUR,
        }
        assert {key: found[key] for key in expected} == pytest.approx(expected)


@pytest.mark.parametrize("state", ["planned", "edited"])
def test_care_hours_of_dates_are_the_reports(
    state: str, request: pytest.FixtureRequest
) -> None:
    """Required and planned care hours (A-03), last month's night included."""
    file, book = request.getfixturevalue(state)
    sheet = book[FRONT]
    need, have, spare = (
        _row(book, f"介護時間 {word}") for word in ("必要", "予定", "余裕")
    )
    columns = _columns(book)
    for hours in day_hours(file.problem, file.roster):
        column = columns[hours.date]
        found = [sheet.cell(row, column).value * HOUR for row in (need, have, spare)]
        assert found == pytest.approx([hours.required, hours.planned, hours.margin])


@pytest.mark.parametrize("state", ["planned", "edited"])
def test_people_on_shift_are_counted(
    state: str, request: pytest.FixtureRequest
) -> None:
    """The count of each shift on each date, and of all together."""
    file, book = request.getfixturevalue(state)
    for date, column in _columns(book).items():
        shifts = [duty.shift for duty in file.roster.duties if duty.date == date]
        for symbol in file.problem.shift_by_symbol:
            found = book[FRONT].cell(_row(book, f"{symbol}（人）"), column).value
            assert found == shifts.count(symbol)
        together = book[FRONT].cell(_row(book, "出勤者数"), column).value
        assert together == len([shift for shift in shifts if shift])


def test_the_fairness_page_follows(edited: tuple[RosterFile, Workbook]) -> None:
    """Counts come from the break-room sheet; means are those of the peers."""
    file, book = edited
    months = {month.staff: month for month in people(file.problem, file.roster)}
    sheet = book["公平さ"]
    rows = {
        sheet.cell(row, 1).value: [cell.value for cell in sheet[row]]
        for row in range(5, 5 + len(months))
    }
    for name, month in months.items():
        found = [rows[name][column] for column in (1, 4, 7, 10, 13)]
        own = [month.nights, month.on_call, month.rest_days, month.early, month.late]
        assert found == own
    peers = [row for row in rows.values() if row[2] == rows[CARER][2]]
    assert len(peers) == 3
    mean = sum(row[1] for row in peers) / len(peers)
    assert rows[CARER][3] == pytest.approx(rows[CARER][1] - mean)


@pytest.mark.parametrize("state", ["planned", "edited"])
def test_no_formula_fails(state: str, request: pytest.FixtureRequest) -> None:
    """No cell shows an error such as #REF! or #NAME?."""
    _, book = request.getfixturevalue(state)
    errors = [
        f"{sheet.title} {cell.coordinate}: {cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or str(cell.value).startswith("#")
    ]
    assert errors == []


def test_a_file_saved_by_another_program_is_still_read(
    edited: tuple[RosterFile, Workbook], tmp_path: Path
) -> None:
    """LibreOffice keeps the hidden plan, and the edits read the same."""
    file, book = edited
    path = tmp_path / "roster.xlsx"
    book.save(path)
    again = read_roster(path)
    assert again.roster == file.roster
    assert again.changed == file.changed


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


def test_the_dates_are_the_periods(planned: tuple[RosterFile, Workbook]) -> None:
    """A guard for the tests above: they look at all fourteen dates."""
    assert list(_columns(planned[1])) == [day(number) for number in range(1, 15)]
