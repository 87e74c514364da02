"""How the statutory table is printed: on A3, one page or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.pagebreak import Break

from scheduler.files.workbook.statutory.grid import (
    BEHIND,
    DATE_WIDTH,
    FIRST_DATE,
    FIRST_ROW,
    HEAD_ROW,
    LINES,
    WIDTHS,
    TableGrid,
)
from scheduler.files.workbook.styles import PAPER_A3

if TYPE_CHECKING:
    from scheduler.files.workbook.page import Page

PAGE_WIDTH = 1120
"""Width of an A3 page, landscape, inside the margins, in points."""
POINTS_A_CHARACTER = 7.2
"""Width of a character of column width; as LibreOffice takes it, Excel less."""
ROWS_ON_ONE_PAGE = 20
"""People and jobs with which the whole table is fitted to a page."""
ROWS_ON_A_PAGE = 24
"""People and jobs on a page where there are more, below the head."""
ROWS_BESIDE_THE_FOOT = 15
"""People and jobs beside whom the foot fits on a page."""


def set_up_printing(page: Page, grid: TableGrid) -> None:
    """Set up printing on A3: one page, or several that part between people."""
    rows = len(grid.table.rows)
    one_page = rows <= ROWS_ON_ONE_PAGE
    page.finish(
        (HEAD_ROW, HEAD_ROW + 1),
        freeze=FIRST_DATE,
        title_columns="A:F",
        paper=PAPER_A3,
        # Excel ignores breaks on a fitted sheet.
        scale=None if one_page else int(100 * PAGE_WIDTH / _width(grid)),
    )
    if one_page:
        page.sheet.page_setup.fitToHeight = 1
        return
    for number in range(ROWS_ON_A_PAGE, rows, ROWS_ON_A_PAGE):
        page.sheet.row_breaks.append(Break(FIRST_ROW + LINES * number - 1))
    if rows % ROWS_ON_A_PAGE > ROWS_BESIDE_THE_FOOT:
        page.sheet.row_breaks.append(Break(grid.foot - 1))


def _width(grid: TableGrid) -> float:
    """Return the width of a sheet in points."""
    dates = DATE_WIDTH * len(grid.table.dates)
    return (sum(WIDTHS.values()) + dates + sum(BEHIND)) * POINTS_A_CHARACTER
