"""Where printed pages end: sheets that nearly fit are made smaller, others parted."""

from __future__ import annotations

import pytest

from scheduler.files.workbook.paging import fit_or_part, height_to_fill
from scheduler.files.workbook.sheet_writer import WorkbookWriter
from scheduler.files.workbook.styles import PAPER_A3


@pytest.mark.parametrize(
    ("people", "fits", "ends"),
    [
        # A4 across: 502 points high between the margins of 0.5 and 0.6 inches.
        (12, True, []),
        # 22 + 13 x 3 x 15 = 607 points, a fifth too long: still smaller.
        (13, True, []),
        # 652 points: two pages of 480 below the headings, seven people each.
        (14, False, [22 + 1]),
        # 23 people, 1057 points: three pages of 8, 8 and 7.
        (23, False, [2 + 8 * 3, 2 + 16 * 3]),
    ],
)
def test_a_sheet_nearly_fits_or_is_parted(
    people: int, fits: bool, ends: list[int]
) -> None:
    """Headings of 11 points each, three rows of 15 points a person."""
    out = WorkbookWriter().add("Page")
    sheet = out.sheet
    sheet.column_dimensions["A"].width = 50
    for row in (1, 2):
        sheet.row_dimensions[row].height = 11
    starts = range(3, 3 + 3 * people, 3)
    sheet.cell(2 + 3 * people, 1, "end")
    out.finish()
    fit_or_part(sheet, (1, 2), starts)
    assert (sheet.page_setup.fitToHeight == 1) is fits
    assert [one.id for one in sheet.row_breaks.brk] == ends
    # Excel ignores ends of pages on a sheet that is fitted.
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is fits
    assert (sheet.page_setup.scale == 100) is not fits


def test_the_last_date_of_a_long_month_is_on_the_page_of_the_others() -> None:
    """236.6 characters on A3: narrow columns are drawn 5.55 points a character wide.

    The room between the margins is 1133 points: 86 of a hundred is the most.
    """
    out = WorkbookWriter().add("Page")
    sheet = out.sheet
    out.widths((15, 10, 7, *[6.6] * 31))
    starts = range(3, 63, 3)
    sheet.cell(62, 34, "end")
    for row in range(1, 63):
        sheet.row_dimensions[row].height = 20
    out.finish(paper=PAPER_A3)
    fit_or_part(sheet, (1, 2), starts)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert 236.6 * 5.55 * sheet.page_setup.scale / 100 < 1133
    assert sheet.page_setup.scale == 85


def test_rows_fill_a_page_of_the_same_shape() -> None:
    """A width of 784.4 points fills A4 (784.4 x 515.8): three rows share the rest."""
    out = WorkbookWriter().add("Page")
    sheet = out.sheet
    sheet.column_dimensions["A"].width = 784.4 / 5.45
    sheet.cell(5, 1, "end")
    sheet.row_dimensions[1].height = 100
    out.finish()
    assert height_to_fill(sheet, 5, (2, 3, 4)) == pytest.approx((515.8 - 115) / 3)
