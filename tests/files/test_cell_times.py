"""A time in a cell is what LibreOffice shows for it, whatever the cell's format."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.domain.clock import DAY, HOUR
from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.columns import Column
from scheduler.files.workbook.reading.times import excel_minutes
from scheduler.files.workbook.reading.values import read_value
from tests.support.libreoffice import converted, needed

if TYPE_CHECKING:
    from pathlib import Path


AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true"
"""Comma, quotes, UTF-8, from line 1, and cells as they are shown."""

FORMATS = (
    "h:mm",
    "hh:mm",
    "[h]:mm",
    "h:mm:ss",
    "yyyy/m/d h:mm",
    "m/d h:mm",
    "[hh]:mm:ss",
)

SERIALS = (
    *(0, 1 / 1440, 0.25, 570 / 1440, 0.1 + 0.2, 1439 / 1440, 0.999999),
    # 24:00 and 33:30; then 160:00 and 168:00 by a contract.
    *(1, 2010 / 1440, 1.5, 2, 160 / 24, 7, 168 / 24 + 0.25),
    # Day 60 is a 29 February 1900 that never was: openpyxl gives day 59 for it too.
    *(59, 59.5, 61, 61.25, 200.125),
    # Seconds: 9:30:29, 9:30:59, and 9:29:59.97, which is shown as 9:30.
    *(34_229 / 86_400, 34_259 / 86_400, 34_199.97 / 86_400),
)


@needed[0]
@needed[1]
def test_times_are_what_is_shown(tmp_path: Path) -> None:
    """Beside each cell the same number stands as [h]:mm; LibreOffice shows it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    cases = [(serial, form) for serial in SERIALS for form in FORMATS]
    for row, (serial, form) in enumerate(cases, start=1):
        for column, number_format in enumerate((form, "[h]:mm"), start=1):
            cell = sheet.cell(row, column, serial)
            cell.number_format = number_format
    path = tmp_path / "times.xlsx"
    book.save(path)
    shown = _as_shown(path)
    read = load_workbook(path, data_only=True).worksheets[0]
    for row, (serial, form) in enumerate(cases, start=1):
        minutes = excel_minutes(read.cell(row, 1).value)
        assert minutes is not None, (serial, form)
        text = f"{minutes // HOUR}:{minutes % HOUR:02d}"
        assert (text, serial, form) == (shown[row - 1][1], serial, form)


def _as_shown(path: Path) -> list[list[str]]:
    """Return the texts of all cells as LibreOffice shows them."""
    (shown,) = converted(path, to=AS_SHOWN)
    with shown.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("kind", "serial", "minutes"),
    [
        (FieldKind.CLOCK, 570 / 1440, 570),
        (FieldKind.CLOCK, 1, DAY),
        (FieldKind.CLOCK, 2010 / 1440, 2010),
        (FieldKind.CLOCK, 2, 2 * DAY),
        (FieldKind.DURATION, 160 / 24, 160 * HOUR),
        (FieldKind.DURATION, 7, 168 * HOUR),
        (FieldKind.DURATION, 0.3125, 450),
        (FieldKind.MOMENT, 570 / 1440, 570),
        (FieldKind.CLOCKS, 13 / 24, [780]),
    ],
)
def test_the_format_makes_no_difference(
    form: str, kind: FieldKind, serial: float, minutes: object, tmp_path: Path
) -> None:
    """24:00, 33:30 and 160:00 are read as they were typed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = serial
    sheet["A1"].number_format = form
    path = tmp_path / "time.xlsx"
    book.save(path)
    raw = load_workbook(path, data_only=True).worksheets[0]["A1"].value
    assert read_value(Column("path", "Heading", kind, "Note."), raw) == minutes
