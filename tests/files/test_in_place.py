"""Cells changed in the XML of a sheet, whatever program has written it."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.domain.errors import OutputError
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.reading.notes import CellPlace

SHEET = "表"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

ROWS = """<sheetData><row r="2" spans="1:3">
<c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="C2" s="0"/></row>
<row r="4"/><row r="6"><c r="B6"><f>1+1</f><v>2</v></c></row>
</sheetData>"""
PREFIXED = ROWS.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")


def book_with(rows: str, prefix: str = "") -> bytes:
    """Return a workbook whose only sheet has the given rows."""
    made, plain = io.BytesIO(), Workbook()
    plain.active.title = SHEET
    plain.save(made)
    named = f"xmlns:{prefix}" if prefix else "xmlns"
    begin = f"{prefix}:worksheet" if prefix else "worksheet"
    sheet = f'{HEAD}<{begin} {named}="{MAIN}">{rows}</{begin}>'
    written = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(written, "w") as new:
        for info in old.infolist():
            is_sheet = info.filename.endswith("sheet1.xml")
            new.writestr(info, sheet.encode() if is_sheet else old.read(info))
    return written.getvalue()


def cells(data: bytes) -> dict[str, object]:
    sheet = load_workbook(io.BytesIO(data))[SHEET]
    return {c.coordinate: c.value for row in sheet for c in row if c.value is not None}


PLACES = {
    "A2": (2, 1),
    "B2": (2, 2),
    "C2": (2, 3),
    "D2": (2, 4),
    "C3": (3, 3),
    "B4": (4, 2),
    "A6": (6, 1),
    "A9": (9, 1),
}


@pytest.mark.parametrize(("rows", "prefix"), [(ROWS, ""), (PREFIXED, "x")])
def test_cells_are_put_in_replaced_and_emptied(rows: str, prefix: str) -> None:
    """Before, between and behind others; in empty rows, and rows that are not there."""
    changes = {
        CellPlace(SHEET, row, column): name if name != "D2" else 7
        for name, (row, column) in PLACES.items()
    }
    changed = with_cells(book_with(rows, prefix), changes)
    wanted = {name: name if name != "D2" else 7 for name in PLACES}
    assert cells(changed) == {**wanted, "B6": "=1+1"}
    emptied = with_cells(changed, dict.fromkeys(changes))
    assert cells(emptied) == {"B6": "=1+1"}


def test_a_sheet_without_rows_gets_some() -> None:
    changed = with_cells(book_with("<sheetData/>"), {CellPlace(SHEET, 2, 2): "x"})
    assert cells(changed) == {"B2": "x"}


def test_text_is_text_whatever_it_looks_like() -> None:
    text = '<b>&"=1+1\x01'
    changed = with_cells(book_with(ROWS), {CellPlace(SHEET, 2, 1): text})
    assert cells(changed)["A2"] == text[:-1]


def test_a_formula_is_not_written_over() -> None:
    with pytest.raises(OutputError, match="B6"):
        with_cells(book_with(ROWS), {CellPlace(SHEET, 6, 2): "x"})


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(OutputError, match="無い"):
        with_cells(book_with(ROWS), {CellPlace("無い", 1, 1): "x"})
