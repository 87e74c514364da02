"""Whatever is typed into a workbook is read, or told; nothing is lost without a word.

An entry is lost if the workbook reads as it would with the cell empty, and nobody says
so.  Entries are typed where people type: below the headings, and beside them.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scheduler.domain.errors import InputError
from scheduler.domain.likeness import look_of
from scheduler.files.rosters import read_roster
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    FIRST_ROW,
    HEAD_ROW,
    SHEETS,
)
from scheduler.files.workbook.read_input import read_with_warnings
from scheduler.files.workbook.roster.scenarios import read_cases
from scheduler.files.workbook.write_input import write_input
from scheduler.wording.translation import spellings
from tests.files.test_roster_workbook import BREAKS, FRONT, HIDDEN
from tests.support import busy_month
from tests.support.busy_month import busy_problem
from tests.support.input_offices import problems, put_by_hand
from tests.support.thorough import THOROUGH, first_of, many
from tests.support.workbooks import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.columns import Sheet

ENTRIES: tuple[Any, ...] = (
    *(
        "謎の記入",
        "公休",
        "休み",
        "有給",
        "夜×",
        "夜不可",
        "×宿",
        "午後休",
        "欠勤",
        "明け",
    ),
    *("日", "早", "ﾊﾟ", "桜", "桜\u200b あおい", "１", "12/3", "12月3日(木)", "翌9:30"),
    *(
        "24:00",
        "9:00-10:00",
        "月火",
        "看護師・准看",
        "ケアマネ",
        "日 3/2.5",
        "㊡",
        "／",
    ),
    *(3, 0.5, 17.25, True, dt.date(2026, 12, 3), dt.datetime(2026, 12, 3, 9, 30)),
    *(dt.time(9, 30), dt.timedelta(hours=33, minutes=30), "=1+1", "一\n二"),
)
"""What people type, right and wrong."""

FOR_READING = {
    words.WEEKDAY_ROW,
    words.REMARKS,
}
"""Rows and columns in which anything may stand."""

BESIDE = 2
"""Columns beside the table into which somebody may type."""

Found = tuple[object, tuple["Mistake", ...]]
"""What was read, nothing if it was refused, and what was told."""


@pytest.mark.parametrize("cells", [4, many(16)])
def test_an_entry_anywhere(tmp_path: Path, cells: int) -> None:
    """One entry in each of many cells of the office that uses every sheet."""
    rnd = random.Random(11)
    path = tmp_path / "office.xlsx"
    put_by_hand(path)
    for _ in range(cells):
        _type_and_read(path, rnd)


@THOROUGH
@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(problem=problems(), seed=st.integers(0, 1_000_000))
def test_an_entry_in_any_office(problem: Problem, seed: int) -> None:
    """The same in offices that are drawn."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.xlsx"
        write_input(problem, path)
        _type_and_read(path, random.Random(seed))


def _type_and_read(path: Path, rnd: random.Random) -> None:
    """Type an entry into a cell, read, and compare with the cell left empty."""
    book = opened(path)
    layout = rnd.choice(SHEETS)
    sheet = book[spellings(layout.title)[0]]
    row, column = _a_cell(sheet, rnd, keys=layout.has_keys)
    entry = rnd.choice(ENTRIES)
    if layout is AGREEMENTS and column > len(AGREEMENTS.columns):
        return
    if row == HEAD_ROW and not layout.labels:
        # A heading of one's own with nothing below it says nothing.
        return
    cell = sheet.cell(row, column)
    if _is_for_reading(sheet, row, column):
        return
    spoilt = path.with_name("typed.xlsx")
    cell.value = None
    book.save(spoilt)
    empty = _read(spoilt)
    cell.value = entry
    book.save(spoilt)
    typed = _read(spoilt)
    told = _is_told(typed[1], sheet.title, cell.coordinate)
    default = _default_at(layout, sheet, row)
    assert told or typed != empty or _says_default(entry, default), (
        sheet.title,
        cell.coordinate,
        entry,
        typed[1],
    )


def _a_cell(sheet: Worksheet, rnd: random.Random, *, keys: bool) -> tuple[int, int]:
    """Choose a cell of the table; of keys and values, that of a value."""
    if keys:
        return rnd.randint(FIRST_ROW, sheet.max_row - 2), 2
    rows, columns = sheet.max_row, sheet.max_column + BESIDE
    return rnd.randint(HEAD_ROW, rows), rnd.randint(1, columns)


def _is_for_reading(sheet: Worksheet, row: int, column: int) -> bool:
    """Tell whether anything may stand in a cell, or a heading stands there."""
    texts = (sheet.cell(row, 1).value, sheet.cell(HEAD_ROW, column).value)
    free = {word for message in FOR_READING for word in spellings(message)}
    heading = row == HEAD_ROW and texts[1] is not None
    return heading or any(str(text).split("\n")[0] in free for text in texts)


def _default_at(layout: Sheet, sheet: Worksheet, row: int) -> object:
    """Return the default of a line of a sheet of keys; ``None`` elsewhere."""
    key = str(sheet.cell(row, 1).value)
    for column in layout.columns if layout.has_keys else ():
        if key in column.known_as:
            return column.default
    return None


def _says_default(entry: object, default: object) -> bool:
    """Tell whether an entry may say what an empty cell says."""
    return entry is True or look_of(entry) == look_of(default)


def _read(path: Path) -> Found:
    try:
        return read_with_warnings(path)
    except InputError as error:
        return None, error.mistakes


def _is_told(mistakes: Iterable[Mistake], sheet: str, cell: str) -> bool:
    """Tell whether a cell is named, or a cell of its row or of its heading."""
    letters = cell.rstrip("0123456789")
    for mistake in mistakes:
        for spot in (mistake, *mistake.more):
            there = spot.cell.rstrip("0123456789")
            same_row = spot.cell.removeprefix(there) == cell.removeprefix(letters)
            if spot.sheet == sheet and (same_row or there == letters):
                return True
    return False


# -- the roster ----------------------------------------------------------------------


@pytest.fixture(scope="module", name="roster")
def _roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return busy_month.put_slim(tmp_path_factory.mktemp("roster") / "roster.xlsx")


TYPED: tuple[Any, ...] = (
    *("謎の記入", "公休", "休み", "有給", "夜勤明け", "欠勤", "日", "日管", "夜", "遅"),
    *("12:00-13:00", 3, dt.date(2026, 12, 3), "=1+1", "休"),
)


@pytest.mark.parametrize("seed", first_of(range(4), 2))
def test_an_entry_in_a_roster(roster: Path, seed: int, tmp_path: Path) -> None:
    """In rows of people, in that of who is on call, and in the rows of breaks."""
    rnd = random.Random(seed)
    path = tmp_path / "typed.xlsx"
    for _ in range(6):
        book = opened(roster)
        sheet = book[rnd.choice((FRONT, BREAKS))]
        row, column = _a_roster_cell(sheet, rnd)
        cell = sheet.cell(row, column)
        before, entry = cell.value, rnd.choice(TYPED)
        cell.value = entry
        book.save(path)
        place = (sheet.title, cell.coordinate)
        changed, told = _read_back(path)
        is_read = place in changed or _is_told(told, *place)
        assert is_read or _same(before, entry), (place, before, entry)


def _read_back(path: Path) -> tuple[set[tuple[str, str]], tuple[Mistake, ...]]:
    """Return the cells read as changed, or what was told."""
    try:
        changed = read_roster(path).changed
    except InputError as error:
        return set(), error.mistakes
    return {(one.sheet, one.cell) for one in changed}, ()


def _a_roster_cell(sheet: Worksheet, rnd: random.Random) -> tuple[int, int]:
    """Choose a cell that is read back: of a person or a night on call, and a date."""
    names = {member.name for member in busy_problem().staff} | {"宿直"}
    dates = [cell.column for cell in sheet[3] if isinstance(cell.value, dt.datetime)]
    rows = [
        cells[0].row
        for cells in sheet.iter_rows(min_row=4)
        if names & {cells[0].value, cells[1].value}
        and (sheet.title == FRONT or cells[1].value == "休憩")
    ]
    return rnd.choice(rows), rnd.choice(dates)


def _same(before: object, entry: object) -> bool:
    """Tell whether an entry says what stood there, in other words perhaps."""
    offs = {"休", "希", "公休", "休み"}
    leave = {"有", "有給"}
    after = {"明", "夜勤明け"}
    absent = {"欠", "欠勤"}
    kinds = (offs, leave, after, absent)
    return before == entry or any({before, entry} <= kind for kind in kinds)


# -- the sheet of what-ifs -----------------------------------------------------------


def test_an_entry_among_what_ifs(tmp_path: Path) -> None:
    """In any cell of an empty line: kept as it was typed, or told."""
    path = busy_month.put(tmp_path / "roster.xlsx")
    rnd = random.Random(3)
    book = opened(path)
    for title in book.sheetnames:
        if title not in ("もしも", HIDDEN):
            del book[title]
    sheet = book["もしも"]
    head = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "案")
    for _ in range(12):
        cell = sheet.cell(head + 4 + rnd.randint(0, 9), rnd.randint(1, 9))
        cell.value = entry = rnd.choice(ENTRIES)
        book.save(path)
        lines = read_cases(path)
        kept = str(entry) in repr(lines.cases)
        assert kept or _is_told(lines.mistakes, "もしも", cell.coordinate), entry
        cell.value = None
