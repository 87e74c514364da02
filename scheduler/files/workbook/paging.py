"""Where the pages of a printed sheet end: between blocks of rows, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.files.workbook.styles import PAPER_A3

SHORTER, LONGER = {True: 842, False: 595}, {True: 1191, False: 842}
"""Sides of a paper in points, by whether it is A3 or A4."""
INCH = 72
CHARACTER = 5.45
"""Points of a column's width of one character, with its share of the column's rim."""
LARGEST_CHARACTER = 7.2
"""The same where `package.measure_columns` was not called; in Excel it is less."""
MEASURED_CHARACTER = 21 / 4
"""The same where it was, in all programs."""
USUAL_ROW = 15
"""Height of a row that has none of its own."""
SAFE = 0.97
"""By how much a scale is smaller than measured: narrow columns are drawn wider, and the
last of them would be a page of its own."""
SMALLER = 1.2
"""How much a sheet may be too long for one page and is made smaller instead."""


def fit_or_part(
    sheet: Worksheet,
    heads: tuple[int, int],
    starts: Sequence[int] = (),
    character: float = CHARACTER,
) -> None:
    """Fit a sheet to one page if it nearly fits; else part it between blocks.

    Parameters
    ----------
    sheet
        A sheet that is set up for printing to one page width.
    heads
        First and last row of the headings, which are printed on each page.
    starts
        First row of each block, such as a person's rows, in order; without any, pages
        end wherever they are full.
    character
        Points of a column's width of one character.
    """
    wide, high = _room(sheet)
    scale = min(1.0, SAFE * wide / (_width(sheet) * character / CHARACTER))
    last = sheet.max_row
    heights = [_height(sheet, row) for row in range(1, last + 1)]
    above = sum(heights[heads[0] - 1 : heads[1]])
    length = sum(heights) * scale
    if length <= SMALLER * high:
        sheet.page_setup.fitToHeight = 1
    elif starts:
        pages = ceil((length - above * scale) / (high - above * scale))
        for page in range(1, pages):
            first = starts[ceil(len(starts) * page / pages)]
            sheet.row_breaks.append(Break(first - 1))
        # Excel ignores such ends on a sheet that is fitted to the paper.
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
        sheet.page_setup.scale = int(100 * scale)


def fill_paper(sheet: Worksheet, margin: float) -> None:
    """Leave narrow margins all around, in inches, and no footer in them."""
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = margin
    margins.header = margins.footer = 0
    sheet.oddFooter.center.text = ""


def height_to_fill(sheet: Worksheet, last: int, rows: Collection[int]) -> float:
    """Return the height of each of some rows with which a sheet has a page's shape.

    Parameters
    ----------
    rows
        The rows whose heights are free.
    """
    wide, high = _room(sheet)
    others = sum(_height(sheet, row) for row in range(1, last + 1) if row not in rows)
    return (_width(sheet) * high / wide - others) / len(rows)


def _room(sheet: Worksheet) -> tuple[float, float]:
    """Return width and height between the margins, in points."""
    setup, margins = sheet.page_setup, sheet.page_margins
    is_a3 = int(setup.paperSize) == PAPER_A3
    wide, high = SHORTER[is_a3], LONGER[is_a3]
    if setup.orientation == "landscape":
        wide, high = high, wide
    return (
        wide - INCH * (margins.left + margins.right),
        high - INCH * (margins.top + margins.bottom),
    )


def _width(sheet: Worksheet) -> float:
    columns = map(get_column_letter, range(1, sheet.max_column + 1))
    return sum(CHARACTER * float(sheet.column_dimensions[c].width) for c in columns)


def _height(sheet: Worksheet, row: int) -> float:
    return float(sheet.row_dimensions[row].height or USUAL_ROW)
