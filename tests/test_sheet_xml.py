"""Cells written as text: the same bytes as openpyxl writes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.page import Pages
from scheduler.files.workbook.styles import TEXT, Formula

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "outputs" / "sample" / "sakura-2027-01.xlsx"


def every_kind() -> Workbook:
    """Return a workbook with each kind of cell, also such as are not written here."""
    book = Workbook()
    sheet = book.active
    values = [
        *("text", " ends ", " ", "a<b>&\"c'", "二\n行", "#N/A", "=1<2", "1"),
        *(0, -3, 0.1, 1e22, True, False, None, float("inf")),
        *(dt.date(2027, 1, 2), dt.time(9, 30), dt.timedelta(hours=30)),
        CellRichText("plain ", TextBlock(InlineFont(b=True), "bold")),
        ArrayFormula("C1:C2", "=A1:A2*2"),
    ]
    for row, value in enumerate(values, start=1):
        sheet.cell(row, 1, value)
    sheet["B1"].font = Font(bold=True)
    sheet["B2"].comment = Comment("remark", "somebody")
    sheet["B3"].hyperlink = "https://example.org/?a=1&b=2"
    sheet["B4"].quotePrefix = True
    sheet.merge_cells("D1:E2")
    sheet.row_dimensions[40].height = 30
    book.create_sheet("empty")
    return book


@pytest.mark.parametrize(
    "make", [every_kind, lambda: load_workbook(SAMPLE)], ids=["every kind", "sample"]
)
def test_the_parts_are_those_of_openpyxl(make: Callable[[], Workbook]) -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    writer_of(make())(ours)
    make().save(theirs)
    with zipfile.ZipFile(ours) as one, zipfile.ZipFile(theirs) as other:
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            if name != "docProps/core.xml":  # the time
                assert one.read(name) == other.read(name), name


def test_a_formula_has_the_value_that_it_shows(tmp_path: Path) -> None:
    """Also one in which signs of XML stand; without a value it has none."""
    page = Pages().add("一")
    page.put(1, 1, Formula.of('="a<"&"b"', "a<b"), TEXT)
    page.put(2, 1, Formula.of("=1+1", 2), TEXT)
    page.put(3, 1, Formula("=A2"), TEXT)
    path = tmp_path / "f.xlsx"
    with path.open("wb") as file:
        writer_of(page.sheet.parent)(file)
    for data_only, column in (
        (False, ['="a<"&"b"', "=1+1", "=A2"]),
        (True, ["a<b", 2, None]),
    ):
        sheet = load_workbook(path, data_only=data_only).active
        assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == column
