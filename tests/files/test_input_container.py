"""Files that are no workbook of ours are told apart, and never unpacked blindly."""

from __future__ import annotations

import datetime as dt
import re
import tracemalloc
import zipfile
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import InputError
from scheduler.files.problems import read_problem
from scheduler.files.workbook import cells_only, package
from scheduler.files.workbook.container import open_workbook
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.wording.mistakes import mistake_text
from tests.support import busy_month
from tests.support.input_offices import by_hand, put_by_hand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEET = "xl/worksheets/sheet2.xml"
MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
CONTENTS = {
    "nothing": (b"", "empty_file"),
    "nothing but zeros": (b"\0" * 4096, "empty_file"),
    "csv": ("氏名,記号\n桜,早\n".encode(), "other_format"),
    "csv of Excel": ("氏名,記号\n桜,早\n".encode("cp932"), "other_format"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "other_format"),
    "pdf": (b"%PDF-1.7\n\0\xff", "other_format"),
    "old text": (MAGIC + "WordDocument".encode("utf-16-le"), "other_format"),
    "old format": (MAGIC + b"\0" * 512, "old_format"),
    "password": (MAGIC + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "cut off": (b"PK\x03\x04 and then nothing", "not_a_workbook"),
}


def refusal(path: Path) -> str:
    """Return the one code for which a file is refused."""
    with pytest.raises(InputError) as caught:
        read_problem(path)
    (mistake,) = caught.value.mistakes
    assert mistake_text(mistake)
    return mistake.code


@pytest.mark.parametrize("name", CONTENTS)
def test_no_workbook(name: str, tmp_path: Path) -> None:
    """What only bears the suffix is told apart."""
    content, code = CONTENTS[name]
    path = tmp_path / "office.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_missing_folder_and_suffix(tmp_path: Path) -> None:
    """No file, a folder, another suffix."""
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "office.xls").write_bytes(MAGIC)
    assert refusal(tmp_path / "none.xlsx") == "file_missing"
    assert refusal(tmp_path / "folder.xlsx") == "file_is_folder"
    assert refusal(tmp_path / "office.xls") == "wrong_suffix"
    assert refusal(tmp_path / "none.json") == "file_missing"


def test_other_program(tmp_path: Path) -> None:
    """A zip without a workbook in it is another program's."""
    path = tmp_path / "office.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("content.xml", "<office/>")
    assert refusal(path) == "other_format"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", b"<w:document xmlns:w='w'><w:body/></w:document>"),
        ("ppt/presentation.xml", b"<p:presentation xmlns:p='p'/>"),
        ("xl/workbook.bin", b"\x83\x01\x00" * 9),
    ],
)
def test_other_packages(name: str, content: bytes, tmp_path: Path) -> None:
    """Documents, slides and binary workbooks are packages like a workbook."""
    path = tmp_path / "office.xlsx"
    link = (
        f'<Relationship Id="r" Type="{package.STRICT}officeDocument" Target="{name}"/>'
    )
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("_rels/.rels", f"<Relationships>{link}</Relationships>")
        parts.writestr(name, content)
    assert refusal(path) == "other_format"


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    """Write a good input workbook with its parts, and their names, changed."""
    good = path.with_name("good.xlsx")
    put_by_hand(good)
    with (
        zipfile.ZipFile(good) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(*change(info.filename, old.read(info)))
    return path


def test_zip_bomb(tmp_path: Path) -> None:
    """A part that unpacks to more than a month needs is not unpacked."""

    def blown_up(name: str, content: bytes) -> tuple[str, bytes]:
        blanks = b" " * package.LARGEST_XML if name == SHEET else b""
        return name, content + blanks

    path = rewritten(tmp_path / "office.xlsx", blown_up)
    assert path.stat().st_size < package.MEGABYTE
    assert refusal(path) == "too_much_inside"


def test_directory_that_lies(tmp_path: Path) -> None:
    """A part of a gigabyte that the directory calls small is not unpacked."""

    def blown_up(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content + b" " * (package.LARGEST_UNPACKED if name == SHEET else 0)

    path = rewritten(tmp_path / "office.xlsx", blown_up)
    with zipfile.ZipFile(path) as parts:
        size = parts.getinfo(SHEET).file_size
    data = path.read_bytes()
    small = (1000).to_bytes(4, "little")
    path.write_bytes(data.replace(size.to_bytes(4, "little"), small))
    tracemalloc.start()
    assert refusal(path) == "not_a_workbook"
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < package.LARGEST_UNPACKED


def test_entities_do_not_unfold(tmp_path: Path) -> None:
    """XML entities that multiply are refused as a damaged workbook."""
    names = "abcdefghijkl"
    entities = "".join(
        f'<!ENTITY {late} "{f"&{early};" * 10}">' for early, late in pairwise(names)
    )
    doctype = f'<!DOCTYPE x [<!ENTITY a "lol">{entities}]>'

    def multiplied(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "xl/workbook.xml":
            text = content.decode().replace("使い方", "&l;")
            content = (doctype + text).encode()
        return name, content

    assert refusal(rewritten(tmp_path / "o.xlsx", multiplied)) == "not_a_workbook"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", SHEET])
def test_damaged_part(part: str, tmp_path: Path) -> None:
    """A part cut in half makes a damaged workbook, not a traceback."""

    def cut(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content[: len(content) // 2] if name == part else content

    assert refusal(rewritten(tmp_path / "office.xlsx", cut)) == "not_a_workbook"


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "merged_cells"),
        (
            '<mergeCells><mergeCell ref="&#65;1:xfd1048576"/></mergeCells>',
            "merged_cells",
        ),
        ('<mergeCells><mergeCell ref="x!A1:C3"/></mergeCells>', "not_a_workbook"),
        ('<mergeCells><mergeCell ref="A:XFD"/></mergeCells>', "not_a_workbook"),
    ],
)
def test_merged_ranges_that_fill_memory(
    element: str, code: str, tmp_path: Path
) -> None:
    """A few bytes that would unfold into billions of cells are refused."""
    path = rewritten(tmp_path / "office.xlsx", after_the_cells(element))
    assert refusal(path) == code


@pytest.mark.parametrize(
    "element",
    [
        '<hyperlinks><hyperlink ref="1:1048576" location="A1"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
        '<dataValidations><dataValidation sqref="A:XFD"/></dataValidations>',
        '<conditionalFormatting sqref="A1"><cfRule type="?"/></conditionalFormatting>',
    ],
)
def test_what_is_no_cell_is_never_looked_at(element: str, tmp_path: Path) -> None:
    """Links, choices and rules of conditional formatting do no harm, however odd."""
    path = rewritten(tmp_path / "office.xlsx", after_the_cells(element))
    assert read_problem(path) == by_hand()


def after_the_cells(element: str) -> Callable[[str, bytes], tuple[str, bytes]]:
    """Add an element to a sheet, behind its cells."""

    def added(name: str, content: bytes) -> tuple[str, bytes]:
        end = b"</sheetData>"
        new = content.replace(end, end + element.encode())
        return name, new if name == SHEET else content

    return added


def test_parts_are_found_as_excel_finds_them(tmp_path: Path) -> None:
    """Names of parts compare without case, with either slash, and may be any."""

    def other(name: str, content: bytes) -> tuple[str, bytes]:
        name = name.replace("xl/worksheets/sheet", "xl\\Worksheets\\Sheet")
        for before, after in (("workbook.xml", "book2.xml"), ("styles.xml", "s.xml")):
            name = name.replace(before, after)
            content = content.replace(before.encode(), after.encode())
        return name, content

    assert read_problem(rewritten(tmp_path / "office.xlsx", other)) == by_hand()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<fills ", "<fills count='9'><fill/></fills><fills "),
        ("<fonts ", "<fonts><font><sz val='11.5pt'/></font></fonts><fonts "),
        (
            "<borders ",
            "<borders><border><left style='wavy'/></border></borders><borders ",
        ),
    ],
)
def test_odd_formats_do_no_harm(before: str, after: str, tmp_path: Path) -> None:
    """Of all formats only those of numbers are read: Excel opens such files."""

    def odd(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "xl/styles.xml":
            assert before.encode() in content
            content = content.replace(before.encode(), after.encode(), 1)
        return name, content

    assert read_problem(rewritten(tmp_path / "office.xlsx", odd)) == by_hand()


def test_blank_cells_far_out_are_none(tmp_path: Path) -> None:
    """A format on an empty cell far out is no content; a word there is told."""

    def far_out(cell: str) -> Callable[[str, bytes], tuple[str, bytes]]:
        row = f'<row r="1048576">{cell}</row></sheetData>'.encode()

        def added(name: str, content: bytes) -> tuple[str, bytes]:
            new = content.replace(b"</sheetData>", row)
            return name, new if name == SHEET else content

        return added

    blank = rewritten(tmp_path / "blank.xlsx", far_out('<c r="XFD1048576" s="1"/>'))
    assert read_problem(blank) == by_hand()
    word = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    assert refusal(rewritten(tmp_path / "word.xlsx", far_out(word))) == "huge_sheet"


def test_strict_workbook(tmp_path: Path) -> None:
    """The strict form of the standard is told in one line."""

    def strict(name: str, content: bytes) -> tuple[str, bytes]:
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return name, content.replace(
            main, b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )

    path = rewritten(tmp_path / "office.xlsx", strict)
    assert refusal(path) == "strict_format"


def test_too_many_cells(tmp_path: Path) -> None:
    """More cells than any month fills are counted before they are made."""
    row = b'<row r="9">' + b"<c><v>1</v></c>" * cells_only.MOST_CELLS + b"</row>"

    def filled(name: str, content: bytes) -> tuple[str, bytes]:
        new = content.replace(b"</sheetData>", row + b"</sheetData>")
        return name, new if name == SHEET else content

    assert refusal(rewritten(tmp_path / "office.xlsx", filled)) == "too_many_cells"


@pytest.mark.parametrize("is_roster", [False, True])
@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("<f>", '<f t="shared" si="0" ref="B4:B4">'), ('<c r="', '<c R="')],
)
def test_formulas_are_those_that_openpyxl_finds(
    before: str, after: str, is_roster: bool, tmp_path: Path
) -> None:
    """Those that stand for several cells too, and those of cells without addresses."""
    put = busy_month.put if is_roster else put_by_hand
    path = put(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            is_sheet = before and name.startswith("xl/worksheets/sheet")
            changed = (
                part.replace(before.encode(), after.encode()) if is_sheet else part
            )
            archive.writestr(name, changed)
    data = path.read_bytes()
    with closing(open_workbook(data, streaming=True, formulas=True)) as book:
        expected = {
            CellPlace(sheet.title, cell.row, cell.column): cell.value
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        assert len(expected) > 5
        assert cells_only.cells_only(data).formulas == expected
    with closing(open_workbook(data, streaming=True)) as book:
        empty = {
            CellPlace(sheet.title, row, column)
            for sheet in book.worksheets
            for row, cells in enumerate(sheet.iter_rows(), start=1)
            for column, cell in enumerate(cells, start=1)
            if cell.value is None and cell.data_type == "n"
        }
        assert cells_only.cells_only(data).no_value == expected.keys() & empty


def test_a_formula_that_points_beyond_its_sheet_does_no_harm(tmp_path: Path) -> None:
    """It stands for two cells of the guide, which is not read: one has no such cell."""
    row = (
        b'<row r="95"><c r="C95"><f t="shared" si="9" ref="A95:C95">A95</f><v>1</v></c>'
        b'<c r="A95"><f t="shared" si="9"/><v>1</v></c></row>'
    )

    def added(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "xl/worksheets/sheet1.xml":
            content = content.replace(b"</sheetData>", row + b"</sheetData>")
        return name, content

    assert read_problem(rewritten(tmp_path / "office.xlsx", added)) == by_hand()


def test_whole_numbers_with_decimals_are_whole(tmp_path: Path) -> None:
    """Of cells of numbers, with formulas too; text and indexes of texts stay."""
    numbers = (
        b'<c r="A90" t="str"><f>A1</f><v>5.0</v></c>'
        b'<c r="B90" t="n"><v> 930.00 </v></c>'
        b'<c r="C90"><f>A1</f><v>-7.0</v></c><c r="D90"><v>0.50</v></c>'
        b'<c r="E90" t="inlineStr"><is><t>8.0</t></is></c>'
    )

    def changed(name: str, content: bytes) -> tuple[str, bytes]:
        row = b'<row r="90">' + numbers + b"</row></sheetData>"
        new = content.replace(b"</sheetData>", row)
        return name, new if name == SHEET else content

    path = rewritten(tmp_path / "office.xlsx", changed)
    cells = open_workbook(path).worksheets[1][90][:5]
    assert repr([cell.value for cell in cells]) == "['5.0', 930, -7, 0.5, '8.0']"


@pytest.mark.parametrize("number", [27, 31, 32, 36, 50, 56, 58])
def test_dates_in_formats_of_east_asia(number: int, tmp_path: Path) -> None:
    """Excel and WPS know 1月5日 by a number alone; read as any other date."""
    formats = 0

    def changed(name: str, content: bytes) -> tuple[str, bytes]:
        nonlocal formats
        if name == "xl/styles.xml":
            code = rb'<numFmt[^>]*formatCode="yyyy/m/d"[^>]*/>'
            was = re.search(rb'numFmtId="(\d+)"', re.search(code, content)[0])[1]
            content = re.sub(code, b"", content)
            content, formats = re.subn(
                rb'numFmtId="%b"' % was, b'numFmtId="%d"' % number, content
            )
        return name, content

    path = rewritten(tmp_path / "office.xlsx", changed)
    assert formats
    first = open_workbook(path)["事業所"]["B6"].value
    assert first == open_workbook(tmp_path / "good.xlsx")["事業所"]["B6"].value
    assert isinstance(first, dt.datetime)


def test_sheets_that_numbers_has_made_of_tables(tmp_path: Path) -> None:
    """職員 - 表 1 is the sheet 職員, in the list of sheets and in formulas."""

    def changed(name: str, content: bytes) -> tuple[str, bytes]:
        text = content.decode() if name.endswith(".xml") else ""
        if name == "xl/workbook.xml":
            content = re.sub('(<sheet [^>]*name="[^"]+)', r"\1 - 表 1", text).encode()
        elif name.startswith("xl/worksheets/"):
            content = re.sub("'([^'<>]+)'!", r"'\1 - 表 1'!", text).encode()
        return name, content

    path = rewritten(tmp_path / "office.xlsx", changed)
    assert open_workbook(path).sheetnames[1] == "事業所 - 表 1"
    assert read_problem(path) == by_hand()
