"""Files that are no workbook of ours are told apart, and never unpacked blindly."""

from __future__ import annotations

import json
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import InputError
from scheduler.files import read_problem
from scheduler.wording import mistake_text
from scheduler.workbook import container
from scheduler.workbook.write_input import write_input
from tests.input_offices import by_hand

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
CONTENTS = {
    "nothing": (b"", "not_a_workbook"),
    "csv": ("氏名,記号\n桜,早\n".encode(), "not_a_workbook"),
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


def test_zip_bomb(tmp_path: Path) -> None:
    """A part that unpacks to more than a month needs is not unpacked."""
    path = tmp_path / "office.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w") as part:
            for _megabyte in range(container.LARGEST_XML // container.MEGABYTE + 1):
                part.write(b" " * container.MEGABYTE)
    assert path.stat().st_size < container.MEGABYTE
    assert refusal(path) == "too_much_inside"


def test_entities_do_not_unfold(tmp_path: Path) -> None:
    """XML entities that multiply are refused as a damaged workbook."""
    good = tmp_path / "good.xlsx"
    write_input(by_hand(), good)
    names = "abcdefghijkl"
    entities = "".join(
        f'<!ENTITY {late} "{f"&{early};" * 10}">' for early, late in pairwise(names)
    )
    doctype = f'<!DOCTYPE x [<!ENTITY a "lol">{entities}]>'
    path = tmp_path / "office.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/workbook.xml":
                text = content.decode().replace("はじめに", "&l;")
                content = (doctype + text).encode()
            new.writestr(info, content)
    assert refusal(path) == "not_a_workbook"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"]
)
def test_damaged_part(part: str, tmp_path: Path) -> None:
    """A part cut in half makes a damaged workbook, not a traceback."""
    good = tmp_path / "good.xlsx"
    write_input(by_hand(), good)
    path = tmp_path / "office.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            half = content[: len(content) // 2]
            new.writestr(info, half if info.filename == part else content)
    assert refusal(path) == "not_a_workbook"


@pytest.mark.parametrize(
    "element",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="&#65;1:xfd1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
    ],
)
def test_range_that_fills_memory(element: str, tmp_path: Path) -> None:
    """A few bytes that would unfold into billions of cells are refused."""
    good = tmp_path / "good.xlsx"
    write_input(by_hand(), good)
    path = tmp_path / "office.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet2.xml":
                end = b"</sheetData>"
                content = content.replace(end, end + element.encode())
            new.writestr(info, content)
    assert refusal(path) == "merged_cells"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_no_json(text: str, tmp_path: Path) -> None:
    """Text that is no JSON is said so."""
    path = tmp_path / "office.json"
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == "not_json"


def test_json_mistakes_have_their_path(tmp_path: Path) -> None:
    """Mistakes in JSON are told by path, all at once."""
    path = tmp_path / "office.json"
    text = by_hand().model_dump_json()
    text = text.replace('"start":"07:00"', '"start":"7 Uhr"')
    text = text.replace('"day_use":18', '"day_use":0')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(path)
    told = [mistake_text(mistake) for mistake in caught.value.mistakes]
    assert told == [
        "office.capacity.day_use: 0 は小さすぎます。1 以上にしてください。",
        "shifts[0].start: 「7 Uhr」は時刻ではありません。9:30 や 翌9:30 のように"
        "入力してください。",
    ]


def test_json_is_checked_for_consistency(tmp_path: Path) -> None:
    """What does not fit together is told for JSON too, whatever its first bytes."""
    path = tmp_path / "office.json"
    data = by_hand().model_dump(mode="json")
    data["cover_rules"][0]["shift"] = "朝"
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    with pytest.raises(InputError) as caught:
        read_problem(path)
    (mistake,) = caught.value.mistakes
    assert (mistake.code, mistake.loc) == ("unknown_shift", ("cover_rules", 0, "shift"))
