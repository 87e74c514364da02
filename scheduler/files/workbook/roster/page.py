"""Writing a page of several tables below each other."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from scheduler.files.workbook.styles import HEAD, TITLE, Look, widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.styles import Stylist

Entry = str | int | float | None
LINE_POINTS = 13.5
MOST_POINTS = 409
"""Of a row in Excel."""
WIDE = 1.6
"""Width of a Japanese letter at the size of these tables, in characters."""

SECTION = Look(size=12, bold=True, edge="none", across="left")
LEFT = Look(size=8.5, across="left", wrap=True)
RIGHT = Look(size=8.5, across="right", wrap=True)
CENTRE = Look(size=8.5, wrap=True)


class Page:
    """A sheet that is filled from top to bottom; rows grow with their text."""

    def __init__(
        self, stylist: Stylist, sheet: Worksheet, columns: Sequence[float]
    ) -> None:
        self._stylist = stylist
        self._columns = tuple(columns)
        self.sheet = sheet
        self.row = 1
        widths(sheet, 1, columns)

    def title(self, text: str) -> None:
        """Write the page's title."""
        self._stylist.put(self.sheet, self.row, 1, text, TITLE)
        self.sheet.row_dimensions[self.row].height = 2 * LINE_POINTS
        self.row += 1

    def section(self, text: str) -> None:
        """Leave a line blank and write a heading."""
        self.row += 1
        self._stylist.put(self.sheet, self.row, 1, text, SECTION)
        self.sheet.row_dimensions[self.row].height = 1.5 * LINE_POINTS
        self.row += 1

    def headings(self, texts: Sequence[str]) -> None:
        """Write a table's headings."""
        self.line(texts, [HEAD] * len(texts))

    def line(self, values: Sequence[Entry], looks: Sequence[Look]) -> None:
        """Write a row of a table."""
        for column, (value, look) in enumerate(
            zip(values, looks, strict=True), start=1
        ):
            self._stylist.put(self.sheet, self.row, column, value, look)
        lines = max(
            lines_of(value if isinstance(value, str) else "", width)
            for value, width in zip(values, self._columns, strict=False)
        )
        self._end_row(lines)

    def sentence(self, text: str, look: Look, first: int = 1) -> None:
        """Write text across the page from column ``first`` on, without a grid."""
        # Borders of merged cells cost more than all else on the page.
        free = replace(look, edge="none", wrap=True)
        self._stylist.put(self.sheet, self.row, first, text, free)
        self.sheet.merge_cells(
            start_row=self.row,
            end_row=self.row,
            start_column=first,
            end_column=len(self._columns),
        )
        self._end_row(lines_of(text, sum(self._columns[first - 1 :])))

    def bands(self, texts: Sequence[str], span: int, after: int = 0) -> None:
        """Write headings over ``span`` columns each, from the second column on.

        So many blank ones as ``after`` says follow.
        """
        blanks = [None] * (span - 1)
        cells = [None, *(cell for text in texts for cell in (text, *blanks))]
        for column, text in enumerate([*cells, *[None] * after], start=1):
            self._stylist.put(self.sheet, self.row, column, text, HEAD)
        for start in range(2, len(cells) + 1, span):
            self.sheet.merge_cells(
                start_row=self.row,
                end_row=self.row,
                start_column=start,
                end_column=start + span - 1,
            )
        self._end_row(1)

    def _end_row(self, lines: int) -> None:
        points = min(MOST_POINTS, max(1, lines) * LINE_POINTS + 2)
        self.sheet.row_dimensions[self.row].height = points
        self.row += 1


def lines_of(text: str, width: float) -> int:
    """Return how many lines wrapped text takes in a column of so many characters."""
    return sum(max(1, ceil(_wide(line) / (width - 1))) for line in text.split("\n"))


def _wide(text: str) -> float:
    return sum(
        WIDE if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text
    )
