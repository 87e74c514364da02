"""Writing a sheet: cells, tables, sentences, conditional formats, print set-up.

All output sheets are written with it, so that they look alike.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from itertools import islice, repeat
from math import ceil
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar
from urllib.parse import quote

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.files.workbook.styles import (
    HEAD,
    LEFT,
    OURS,
    PAPER_A4,
    SECTION,
    TITLE,
    Fill,
    Look,
    Stylist,
    alarm_font,
    fill,
)

Entry = str | int | float | dt.date | dt.timedelta | None
T = TypeVar("T", contravariant=True)

LINE_POINTS = 13.5
MOST_POINTS = 409
"""Greatest height of a row in Excel, in points."""
WIDE = 1.6
"""Width of a Japanese letter, in column-width characters, at the tables' font size."""

BULLET = "・"


class WorkbookWriter:
    """A workbook that is being written, page by page."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self._stylist = Stylist(self.workbook)

    def add(self, title: str, columns: Iterable[float] = ()) -> SheetWriter:
        """Add a page behind the others; ``columns`` as of `SheetWriter`."""
        return SheetWriter(self._stylist, self.workbook.create_sheet(title), columns)


class TableColumn(NamedTuple, Generic[T]):
    """A column of a table: its heading, and value and look as functions of the row."""

    heading: str
    value: Callable[[T], Entry]
    look: Look | Callable[[T], Look] = LEFT


class SheetWriter:
    """A sheet being written, at any cell or line by line.

    Lines are written at `row`, which then advances; their height fits their text.

    Parameters
    ----------
    columns
        Widths of the columns, in characters.
    """

    def __init__(
        self, stylist: Stylist, sheet: Worksheet, columns: Iterable[float] = ()
    ) -> None:
        self._stylist = stylist
        self._columns: tuple[float, ...] = ()
        self.sheet = sheet
        self.row = 1
        self.widths(columns)

    def widths(self, sizes: Iterable[float], first: int = 1) -> None:
        """Set the widths of columns, in characters, from ``first`` on."""
        own = tuple(sizes)
        self._columns = (*self._columns[: first - 1], *own)
        for column, size in enumerate(own, start=first):
            self.sheet.column_dimensions[get_column_letter(column)].width = size

    def put(self, row: int, column: int, value: object, look: Look) -> Cell:
        """Write a cell; see `Stylist.put`."""
        return self._stylist.put(self.sheet, row, column, value, look)

    def cells(
        self,
        row: int,
        column: int,
        values: Iterable[object],
        looks: Look | Iterable[Look],
    ) -> None:
        """Write cells side by side, from a column on."""
        kinds = repeat(looks) if isinstance(looks, Look) else looks
        pairs = zip(values, kinds, strict=not isinstance(looks, Look))
        for place, (value, look) in enumerate(pairs, start=column):
            self.put(row, place, value, look)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a rectangle of cells, which all get the look of the first.

        `merge_cells` of openpyxl makes a border of its own for each edge of each cell.
        """
        sheet = self.sheet
        area = MergedCellRange(sheet, CellRange(None, left, top, right, bottom).coord)
        look = area.start_cell._style
        for place in islice(area.cells, 1, None):
            cell = sheet._cells[place] = MergedCell(sheet, *place)
            cell._style = copy(look)
        sheet.merged_cells.add(area)

    def across(
        self, row: int, first: int, last: int, value: object, look: Look
    ) -> None:
        """Write a value into cells of a row, from one column to another, as one."""
        self.put(row, first, value, look)
        if last > first:
            self.merge(row, first, row, last)

    def height(self, points: float, first: int, last: int | None = None) -> None:
        """Set the height of a row, or of several, in points."""
        for row in range(first, (last or first) + 1):
            self.sheet.row_dimensions[row].height = points

    def comment(
        self, cell: Cell, text: str, height: int = 40, width: int = 140
    ) -> None:
        """Add a comment, with our author name, to a cell."""
        cell.comment = Comment(text, OURS, height, width)

    def link(self, row: int, column: int, link: str) -> None:
        """Link a cell to a file, by its path relative to the workbook."""
        # Links are URLs, so percent-encoded.
        self.sheet.cell(row, column).hyperlink = quote(link)

    def title(self, text: str, columns: Iterable[float] = ()) -> None:
        """Write the page's title, above columns of some widths if they are given."""
        if columns:
            self.widths(columns)
        self.put(self.row, 1, text, TITLE)
        self.height(2 * LINE_POINTS, self.row)
        self.row += 1

    def skip(self) -> int:
        """Leave a line blank, and return the row after it."""
        self.row += 1
        return self.row

    def section(self, text: str) -> None:
        """Leave a line blank and write a heading."""
        self.skip()
        self.put(self.row, 1, text, SECTION)
        self.height(1.5 * LINE_POINTS, self.row)
        self.row += 1

    def headings(self, texts: Sequence[str]) -> None:
        """Write a table's headings."""
        self.line(texts, HEAD)

    def line(self, values: Sequence[Entry], looks: Look | Sequence[Look]) -> None:
        """Write a row of a table, as high as its text needs."""
        self.cells(self.row, 1, values, looks)
        lines = max(
            lines_of(value if isinstance(value, str) else "", width)
            for value, width in zip(values, self._columns, strict=False)
        )
        self._end_row(lines)

    def table(
        self,
        columns: Sequence[TableColumn[T]],
        things: Iterable[T],
        numbers: Look | None = None,
    ) -> None:
        """Write headings, and a row for each thing; with ``numbers``, a number too."""
        blank = [] if numbers is None else [""]
        self.headings([*blank, *(column.heading for column in columns)])
        for number, thing in enumerate(things, start=1):
            values = [column.value(thing) for column in columns]
            looks = [
                look if isinstance(look, Look) else look(thing)
                for _heading, _value, look in columns
            ]
            if numbers is not None:
                values, looks = [number, *values], [numbers, *looks]
            self.line(values, looks)

    def sentence(self, text: str, look: Look = LEFT, first: int = 1) -> None:
        """Write text across the page from column ``first`` on, without a grid."""
        # No borders: on merged cells they take more time than the rest of the page.
        self.put(self.row, first, text, replace(look, edge="none", wrap=True))
        self.merge(self.row, first, self.row, len(self._columns))
        self._end_row(lines_of(text, sum(self._columns[first - 1 :])))

    def listed(self, texts: Iterable[str]) -> None:
        """Write each text as a sentence with a bullet."""
        for text in texts:
            self.sentence(BULLET + text)

    def bands(self, texts: Sequence[str], span: int, after: int = 0) -> None:
        """Write headings that span ``span`` columns each, from the second column on.

        They are followed by ``after`` blank ones.
        """
        blanks = [None] * (span - 1)
        cells = [None, *(cell for text in texts for cell in (text, *blanks))]
        self.cells(self.row, 1, [*cells, *[None] * after], HEAD)
        for start in range(2, len(cells) + 1, span):
            self.merge(self.row, start, self.row, start + span - 1)
        self._end_row(1)

    def grouped(
        self, row: int, column: int, groups: Iterable[tuple[str, Sequence[str]]]
    ) -> int:
        """Write headings in two rows, those of groups above; return the last column.

        A heading without a group takes both rows.
        """
        for group, texts in groups:
            for place, text in enumerate(texts, start=column):
                above = group if place == column else None
                self.put(row, place, above if group else text, HEAD)
                self.put(row + 1, place, text if group else None, HEAD)
                if not group:
                    self.merge(row, place, row + 1, place)
            if group and len(texts) > 1:
                self.merge(row, column, row, column + len(texts) - 1)
            column += len(texts)
        return column - 1

    def colour(
        self,
        cells: str,
        formula: str,
        tint: str = Fill.SHORT,
        *,
        alarm: bool = False,
        last: bool = False,
    ) -> None:
        """Colour cells in which a formula, written for the first of them, is true.

        Parameters
        ----------
        alarm
            Whether they are also bold and red.
        last
            Whether later rules are ignored if this one applies.
        """
        rule = FormulaRule(
            formula=[formula],
            fill=fill(tint),
            font=alarm_font() if alarm else None,
            stopIfTrue=last or None,
        )
        self.sheet.conditional_formatting.add(cells, rule)

    def limit(
        self,
        cells: str,
        operator: Literal["lessThan", "greaterThan"],
        number: float,
        tint: str = Fill.SHORT,
    ) -> Rule:
        """Colour cells below or above a number, and return the rule.

        Unless the colour is that of a surplus, they are also bold and red.  With an
        empty colour, only the font changes.
        """
        rule = CellIsRule(
            operator=operator,
            formula=[str(number)],
            fill=fill(tint) if tint else None,
            font=None if tint == Fill.SURPLUS else alarm_font(),
        )
        self.sheet.conditional_formatting.add(cells, rule)
        return rule

    def offer(
        self,
        cells: str,
        choices: str,
        refusal: tuple[str, str] = ("", ""),
        *,
        strict: bool = False,
    ) -> None:
        """Add a drop-down to cells.

        Parameters
        ----------
        choices
            The range of its entries, or the entries themselves, quoted.
        refusal, strict
            Title and text of what Excel says of other entries, and whether it refuses
            them.
        """
        rule = DataValidation("list", formula1=choices, allow_blank=True)
        rule.errorTitle, rule.error = (text or None for text in refusal)
        rule.showErrorMessage = strict
        rule.sqref = MultiCellRange(cells)
        self.sheet.add_data_validation(rule)

    def finish(
        self,
        heads: tuple[int, int] | int = 0,
        *,
        freeze: int = 0,
        title_columns: str = "",
        paper: int = PAPER_A4,
        landscape: bool = True,
        scale: int | None = None,
    ) -> None:
        """Set up printing with page numbers, and freeze the headings.

        Parameters
        ----------
        heads
            The row, or the first and last of the rows, printed on top of each page.
        freeze
            First column that scrolls; those to the left, and the rows of the headings
            and above, stay in sight.  0 to freeze nothing.
        title_columns
            Columns printed on each page, such as ``"A:B"``.
        scale
            In percent; fitted to one page's width if not given.  Excel ignores manual
            page breaks on a fitted sheet.
        """
        first, last = (heads, heads) if isinstance(heads, int) else heads
        sheet, setup = self.sheet, self.sheet.page_setup
        if freeze:
            sheet.freeze_panes = sheet.cell(last + 1, freeze)
        setup.paperSize = paper
        setup.orientation = "landscape" if landscape else "portrait"
        if scale is None:
            setup.fitToWidth, setup.fitToHeight = 1, 0
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        else:
            setup.scale = scale
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.5, 0.6
        margins.header = margins.footer = 0.25
        sheet.oddFooter.center.text = "&A  &P / &N"
        if first:
            sheet.print_title_rows = f"{first}:{last}"
        if title_columns:
            sheet.print_title_cols = title_columns

    def _end_row(self, lines: int) -> None:
        self.height(min(MOST_POINTS, max(1, lines) * LINE_POINTS + 2), self.row)
        self.row += 1


def lines_of(text: str, width: float) -> int:
    """Return the number of lines of text wrapped at ``width`` characters."""
    return sum(max(1, ceil(_wide(line) / (width - 1))) for line in text.split("\n"))


def _wide(text: str) -> float:
    return sum(
        WIDE if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text
    )


def link_to(path: Path, folder: Path) -> str:
    """Return a path relative to a folder if it is in it, so that both may be moved."""
    return path.name if path.parent == folder else str(path)
