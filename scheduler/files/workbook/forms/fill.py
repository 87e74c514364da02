"""What goes into the cells of a form, and what stands in the way."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.papers.statutory import (
    Edition,
    StatutoryTable,
    TableRow,
    TableSpan,
    TableSymbol,
)
from scheduler.audit.users import TENTHS
from scheduler.domain.clock import DAY, HOUR
from scheduler.domain.errors import InputError
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.files.validation import refused
from scheduler.files.workbook.container import open_workbook, workbook_bytes
from scheduler.files.workbook.forms.map import FormMap, Section, obstacles, spelled
from scheduler.files.workbook.in_place import Content, with_cells
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.wording.names import name_of
from scheduler.wording.statutory import second_jobs, symbol_meaning, symbol_texts

MACROS = "vbaproject.bin"
REIWA = 2018
"""The year before the first of the Reiwa era."""


@dataclass(frozen=True)
class Form:
    """An office's copy of a form: its bytes, and its cells as formulas."""

    name: str
    data: bytes
    book: Workbook

    def sheet_of(self, form: FormMap) -> Worksheet | None:
        """Return the sheet that a map describes, if it is in the form."""
        named = look_of(form.sheet)
        return next(
            (
                sheet
                for sheet in self.book.worksheets
                if (not named or look_of(sheet.title) == named) and form.fits(sheet)
            ),
            None,
        )


class FilledForm(NamedTuple):
    """A filled form.

    Attributes
    ----------
    left_out
        Those for whom the form has no slot.
    symbols_left_out
        Symbols for which its sheet of symbols has no line.
    """

    data: bytes
    rows: tuple[TableRow, ...]
    left_out: tuple[TableRow, ...]
    symbols_left_out: tuple[str, ...]


def open_form(path: Path) -> Form:
    """Open an office's copy of a form.

    Raises
    ------
    InputError
        If it is no workbook, protected by a password, or has macros.
    """
    data = workbook_bytes(path)
    open_workbook(data)
    with ZipFile(io.BytesIO(data)) as zipped:
        names = [one.casefold() for one in zipped.namelist()]
    if any(one.endswith(MACROS) for one in names):
        raise refused("form_macros", path=path.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data))
    except Exception as error:
        # What is damaged beside the cells may raise any exception.
        raise refused("not_a_workbook") from error
    return Form(path.name, data, book)


def fill_form(
    form: Form, layout: FormMap, problem: Problem, table: StatutoryTable
) -> FilledForm:
    """Fill a form with a table; formulas, lists of choices and styles stay.

    Where a whole line, or the column of the symbols, has formulas for the hours, the
    form works them out.

    Raises
    ------
    InputError
        If a cell to fill is locked, holds a formula, lies inside merged cells, or has a
        list of choices without the word; all of them.
    LookupError
        If the map is of another form.
    """
    sheet = form.sheet_of(layout)
    if sheet is None:
        raise LookupError(layout.name)
    work = _Filling(form, layout, problem, table, sheet)
    work.header()
    work.people()
    work.foot()
    work.symbol_lines()
    values = spelled(form.book, work.values)
    found = obstacles(form.book, values)
    if found:
        raise InputError(found)
    return FilledForm(
        data=with_cells(form.data, values, drops_results=True),
        rows=tuple(work.done),
        left_out=tuple(row for row in table.rows if not work.has(row)),
        symbols_left_out=tuple(work.without_line),
    )


@dataclass
class _Filling:
    """The values for the cells of a form, as they are found."""

    form: Form
    layout: FormMap
    problem: Problem
    table: StatutoryTable
    sheet: Worksheet
    values: dict[CellPlace, Content] = field(default_factory=dict)
    done: list[TableRow] = field(default_factory=list)
    without_line: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = symbol_texts(self.problem, [self.table])
        # The dates of a month stand in the columns of their days, those of four weeks
        # side by side from the first column on.
        is_month = self.table.span is TableSpan.MONTH
        before = self.table.dates[0].day - 1 if is_month else 0
        self.columns = {
            number: number - before
            for number in range(self.layout.days)
            if 0 <= number - before < len(self.table.dates)
        }

    def _put(self, row: int, column: str | int, value: Content) -> None:
        """Note a value; nothing happens if the form has no such column or row."""
        if not column or not row:
            return
        number = column if isinstance(column, int) else column_index_from_string(column)
        self.values[CellPlace(self.sheet.title, row, number)] = value

    def has(self, row: TableRow) -> bool:
        """Tell whether a person and job has a slot already."""
        return any(row is one for one in self.done)

    def header(self) -> None:
        """Fill the header."""
        head, table, words = self.layout.header, self.table, self.layout.words
        office, first = self.problem.office, self.table.dates[0]
        is_month = table.span is TableSpan.MONTH
        planned = table.edition is Edition.PLANNED
        for cell, value in (
            (head.year, self._year(head.year, first.year)),
            (head.month, first.month),
            (head.office, office.name),
            (head.number, office.number),
            (head.service, name_of(office.kind)),
            (head.full_time_week, office.settings.full_time_week / HOUR),
            (head.full_time_month, table.fte.denominators.minutes / HOUR),
            (head.users, table.users.tenths / TENTHS),
            (head.span, words.month if is_month else words.four_weeks),
            (head.edition, words.planned if planned else words.actual),
        ):
            if cell:
                letters, row = coordinate_from_string(cell)
                self._put(row, letters, value)

    def _year(self, cell: str, year: int) -> int:
        """Return the year of the Reiwa era if 令和 stands to the left of its cell."""
        if cell:
            letters, row = coordinate_from_string(cell)
            for column in range(column_index_from_string(letters) - 1, 0, -1):
                said = self.sheet.cell(row, column).value
                if said is not None:
                    return year - REIWA if "令和" in str(said) else year
        return year

    def people(self) -> None:
        """Fill the slots in order, and empty those that are left."""
        for section in self.layout.section:
            for slot in range(section.slots):
                top = section.first_row + slot * len(self.layout.lines)
                if not self._goes_on(section.first_row, top):
                    break
                row = next(self._fitting(section), None)
                self._slot(top, row)
                if row is not None:
                    self.done.append(row)

    def _goes_on(self, first: int, top: int) -> bool:
        """Tell whether a slot has the number and the formulas of the first one.

        A copy of the form may have fewer slots than its map; below them are sums.
        """
        letter = self.layout.columns.number
        cells = [self.sheet[f"{letter}{row}"] for row in (first, top) if letter]
        if [*map(_is_number, cells)] == [True, False]:
            return False
        lines = range(len(self.layout.lines))
        return all(self._formulas(first + n) <= self._formulas(top + n) for n in lines)

    def _formulas(self, row: int) -> set[int]:
        return {cell.column for cell in self.sheet[row] if cell.data_type == "f"}

    def _fitting(self, section: Section) -> Iterator[TableRow]:
        for row in self.table.rows:
            if self.has(row):
                continue
            of_job = not section.jobs or row.job.role in section.jobs
            if of_job and (not section.forms or row.job.work_type in section.forms):
                yield row

    def _slot(self, top: int, row: TableRow | None) -> None:
        columns = self.layout.columns
        member = self.problem.member_by_name[row.job.staff] if row else None
        told: tuple[tuple[str, Content], ...] = (
            (columns.job, self.layout.job_word(row.job.role) if row else None),
            (columns.form, str(row.job.work_type) if row else None),
            (columns.name, row.job.staff if row else None),
            (
                columns.qualification,
                "、".join(member.qualifications) or None if member else None,
            ),
            (
                columns.second_job,
                second_jobs(self.problem, row) or None if row else None,
            ),
        )
        for column, value in told:
            self._put(top, column, value)
        for offset, content in enumerate(self.layout.lines):
            first, days = self.layout.first_column, range(self.layout.days)
            line = [self.sheet.cell(top + offset, first + number) for number in days]
            if not content or (content != "symbol" and _is_calculated(line)):
                continue
            for number in days:
                date = self.columns.get(number)
                cell = row.cells[date] if row and date is not None else None
                value = self._content(content, cell)
                self._put(top + offset, first + number, value)

    def _content(self, content: str, cell: TableSymbol | None) -> Content:
        if cell is None:
            return None
        if content == "symbol":
            return self.texts[cell]
        minutes = {
            "hours": cell.day + cell.night,
            "day": cell.day,
            "night": cell.night,
        }[content]
        if minutes:
            return minutes / HOUR
        symbol_fits = self.layout.days_off and content == "hours"
        return self.texts[cell] if symbol_fits else None

    def foot(self) -> None:
        """Fill the rows with users of each date."""
        foot = self.layout.foot
        for number in range(self.layout.days):
            date = self.columns.get(number)
            day = None if date is None else self.table.days[date]
            column = self.layout.first_column + number
            self._put(foot.day_users, column, day.day_users if day else None)
            self._put(foot.overnight, column, day.overnight if day else None)
            self._put(foot.visits, column, day.visits if day else None)

    def symbol_lines(self) -> None:
        """Fill the form's sheet of symbols, and empty the lines that are left."""
        lines = self.layout.symbols
        if lines is None:
            return
        named = look_of(lines.sheet)
        sheets = self.form.book.worksheets
        other = next((one for one in sheets if named in look_of(one.title)), None)
        if other is None:
            raise refused("form_no_symbols", path=self.form.name, sheet=lines.sheet)
        self.sheet, front = other, self.sheet
        symbols, rows = (
            list(self.texts),
            range(lines.first_row, lines.first_row + lines.slots),
        )
        calculated = {
            column
            for column in filter(None, (lines.day, lines.night))
            if _is_calculated([other[f"{column}{row}"] for row in rows])
        }
        for slot in range(lines.slots):
            symbol = symbols[slot] if slot < len(symbols) else None
            row = lines.first_row + slot
            for column, value in self._line(symbol):
                if column not in calculated:
                    self._put(row, column, value)
        self.without_line = [self.texts[one] for one in symbols[lines.slots :]]
        self.sheet = front

    def _line(self, symbol: TableSymbol | None) -> Iterator[tuple[str, Content]]:
        lines = self.layout.symbols
        if lines is None:
            return
        is_work = symbol is not None and symbol.begin is not None
        end = (symbol.end or 0) if symbol else 0
        clock = end if lines.past_24 or end <= DAY else end - DAY
        yield lines.symbol, self.texts[symbol] if symbol else None
        yield lines.begin, (symbol.begin or 0) / DAY if symbol and is_work else None
        yield lines.end, clock / DAY if is_work else None
        yield lines.pause, symbol.pause / DAY if symbol and is_work else None
        yield lines.day, symbol.day / HOUR if symbol and is_work else None
        yield lines.night, symbol.night / HOUR if symbol and is_work else None
        meaning = symbol_meaning(self.problem, symbol) if symbol else None
        yield lines.meaning, meaning


def _is_calculated(cells: Sequence[Cell]) -> bool:
    """Tell whether hours are worked out by the form itself: formulas in all cells."""
    return all(cell.data_type == "f" for cell in cells)


def _is_number(cell: Cell) -> bool:
    """Tell whether a cell numbers a slot: a number, or a formula that gives one."""
    return cell.data_type in ("n", "f") and cell.value is not None
