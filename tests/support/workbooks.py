"""Workbooks as fast as tests need them: written and parsed once, edited by sheet."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import re
import zipfile
from functools import cache, lru_cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import to_excel

from scheduler.files.saving import save
from scheduler.files.workbook.embedded import is_untouched
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.slip_cells import build_slips

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    import pytest
    from openpyxl.workbook.workbook import Workbook

    from scheduler.domain.base import StaffId
    from scheduler.domain.record import RosterFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ET.register_namespace("", MAIN)

Edit = tuple[str, str, Any]
"""Sheet, cell and what is entered there."""


def once(write: Callable[[Path], object]) -> Callable[[Path], Path]:
    """Have a function write its workbook the first time, and copy it from then on."""

    @cache
    def content() -> bytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "r.xlsx"
            write(path)
            return path.read_bytes()

    @wraps(write)
    def put(path: Path) -> Path:
        path.write_bytes(content())
        return path

    return put


def opened(book: Path | str | bytes) -> Workbook:
    """Return a workbook to edit, as `openpyxl.load_workbook` does, but faster."""
    content = book if isinstance(book, bytes) else Path(book).read_bytes()
    copy: Workbook = pickle.loads(_parsed(content))
    return copy


def typed(book: Path | bytes, edits: Iterable[Edit]) -> bytes:
    """Return a workbook with values typed into cells.

    All other cells are as openpyxl saves them: formulas without a value.
    """
    content = book.read_bytes() if isinstance(book, Path) else book
    parts = dict(_parts(content))
    trees: dict[str, ET.Element] = {}
    for sheet, cell, value in edits:
        part = f"xl/worksheets/sheet{_sheets(content).index(sheet) + 1}.xml"
        if part not in trees:
            trees[part] = ET.fromstring(parts[part])
        _enter(trees[part], cell, value)
    for part, tree in trees.items():
        parts[part] = ET.tostring(tree, encoding="utf-8", xml_declaration=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, part_content in parts.items():
            target.writestr(name, part_content)
    return buffer.getvalue()


WHOLE = re.compile(rb'(<c [^>]*t="n"[^>]*><v>-?[0-9]+)(?=</v>)')


def with_decimals(book: bytes) -> bytes:
    """Return a workbook with whole numbers as Google Sheets writes them: 5.0."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(buffer, "w") as target,
    ):
        for name in source.namelist():
            is_sheet = name.startswith("xl/worksheets/sheet")
            part = source.read(name)
            target.writestr(name, WHOLE.sub(rb"\1.0", part) if is_sheet else part)
    return buffer.getvalue()


def _enter(tree: ET.Element, at: str, value: Any) -> None:
    """Type a value into a cell, and let the sheet's size be found anew."""
    if (size := tree.find(f"{{{MAIN}}}dimension")) is not None:
        tree.remove(size)
    number = coordinate_from_string(at)[1]
    data = tree.find(f"{{{MAIN}}}sheetData")
    assert data is not None
    cell = _child(_child(data, "row", str(number), int), "c", at, _column)
    style = {key: cell.attrib[key] for key in ("r", "s") if key in cell.attrib}
    cell.clear()
    cell.attrib.update(style)
    kind, tag, text = _as_xml(value)
    if tag is not None:
        cell.set("t", kind)
        ET.SubElement(cell, f"{{{MAIN}}}{tag}").text = text


def _child(
    parent: ET.Element, tag: str, name: str, place: Callable[[str], int]
) -> ET.Element:
    """Return the row or cell of a name, made in its place if it is not there."""
    places = {one.attrib["r"]: one for one in parent}
    if name not in places:
        before = sum(place(other) < place(name) for other in places)
        parent.insert(before, ET.Element(f"{{{MAIN}}}{tag}", {"r": name}))
        return parent[before]
    return places[name]


def _column(at: str) -> int:
    return column_index_from_string(coordinate_from_string(at)[0])


def _as_xml(value: Any) -> tuple[str, str | None, str]:
    """Return type, tag and text of a value; dates need a cell that shows dates."""
    match value:
        case None:
            return "n", None, ""
        case bool():
            return "b", "v", f"{value:d}"
        case str() if value.startswith("="):
            return "n", "f", value[1:]
        case str():
            return "e" if value in ERROR_CODES else "str", "v", value
        case dt.date() | dt.time() | dt.timedelta():
            return "n", "v", str(to_excel(value))
    return "n", "v", str(value)


@lru_cache(maxsize=8)
def _parsed(content: bytes) -> bytes:
    return pickle.dumps(load_workbook(io.BytesIO(content)))


@lru_cache(maxsize=8)
def _parts(content: bytes) -> dict[str, bytes]:
    buffer = io.BytesIO()
    opened(content).save(buffer)
    with zipfile.ZipFile(buffer) as source:
        return {name: source.read(name) for name in source.namelist()}


@lru_cache(maxsize=8)
def _sheets(content: bytes) -> list[str]:
    return opened(content).sheetnames


def write_slips(file: RosterFile, names: Collection[StaffId], path: Path) -> Path:
    """Write a workbook of the slips of some people of a roster."""
    return save(bytes_of(build_slips(file, names, None)), path, is_untouched)


def refuse_to_replace(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Refuse to replace a file of a name, as Windows does while it is open."""
    move = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise PermissionError(13, "open in another program")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
