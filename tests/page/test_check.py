"""確かめる on the page: sums, mistakes, and workbooks that are put into the folder."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.files.workbook.write_input import write_input
from scheduler.precheck import precheck
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.precheck import headline
from tests.support import busy_month, tiny
from tests.support.pages import application, visitor
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return tiny.put_input(tmp_path_factory.mktemp("good") / "book.xlsx").read_bytes()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return visitor(application(tmp_path))


def put(client: TestClient, name: str, data: bytes) -> tuple[int, str, str]:
    """Upload a workbook; return status, address and text of the answer."""
    answer = client.post("/check", files={"book": (name, data, XLSX)})
    return answer.status_code, answer.headers.get("location", ""), answer.text


def test_the_sums_are_those_of_the_command(client: TestClient, tmp_path: Path) -> None:
    problem = tiny_problem(**AWAY_ON_FIRST)
    write_input(problem, tmp_path / "short.xlsx")
    text = client.get(client.get("/check").headers["location"]).text
    lines = tuple(precheck(problem))
    assert any(line.breaks_law for line in lines)
    assert headline(lines) in text
    assert text.count('class="lamp bad"') >= 1


def test_a_mistake_is_told_with_sheet_and_cell_until_it_is_mended(
    client: TestClient, tmp_path: Path, good: bytes
) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(good)
    book = load_workbook(path)
    sheet = next(one for one in book if one.title == "職員")
    cell = next(
        one for row in sheet.iter_rows() for one in row if one.value == "柳 まもる"
    )
    before, cell.value = cell.value, "桜 かんこ"
    book.save(path)
    address = client.get("/check").headers["location"]
    text = client.get(address).text
    assert "職員" in text
    assert cell.coordinate in text
    assert "直す所が" in text
    cell.value = before
    book.save(path)
    assert "直す所が" not in client.get(address).text


def test_a_workbook_is_put_into_the_folder_and_none_is_replaced(
    client: TestClient, tmp_path: Path, good: bytes
) -> None:
    status, address, _text = put(client, "2月.xlsx", good)
    assert (status, address[:7]) == (303, "/check/")
    assert (tmp_path / "inputs" / "2月.xlsx").read_bytes() == good
    put(client, "2月.xlsx", good)
    names = sorted(one.name for one in (tmp_path / "inputs").iterdir())
    assert names == ["2月-2.xlsx", "2月.xlsx"]
    roster = busy_month.put(tmp_path / "mine.xlsx").read_bytes()
    put(client, "r.xlsx", roster)
    assert (tmp_path / "outputs" / "r.xlsx").read_bytes() == roster


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../evil.xlsx", "evil.xlsx"),
        ("..\\..\\evil.xlsx", "evil.xlsx"),
        ("/etc/passwd.xlsx", "passwd.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("<script>alert(1)</script>.xlsx", "script＞.xlsx"),
        ("=1+1.xlsx", "=1+1.xlsx"),
    ],
)
def test_a_name_is_no_path(
    client: TestClient, tmp_path: Path, good: bytes, name: str, kept: str
) -> None:
    status, address, _text = put(client, name, good)
    assert status == 303
    assert [one.name for one in (tmp_path / "inputs").iterdir()] == [kept]
    assert not (tmp_path.parent / "evil.xlsx").exists()
    assert "<script>alert" not in client.get(address).text


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 rubbish", b"name,date\n", zipped(a=b"b"), None],
    ids=["empty", "cut", "csv", "other zip", "spoilt"],
)
def test_what_is_no_workbook_of_ours_is_not_taken(
    client: TestClient, tmp_path: Path, good: bytes, data: bytes | None
) -> None:
    given = good[: len(good) // 2] if data is None else data
    status, _address, text = put(client, "b.xlsx", given)
    assert status == 422
    assert "受け取れませんでした" in text
    assert not (tmp_path / "inputs").exists()
    assert put(client, "b.xlsm", good)[0] == 422


@pytest.mark.parametrize(
    ("cut", "told"),
    [(0.5, "もう一度コピーするか、Excelで開き"), (0.0, "中身が空のファイルです")],
    ids=["half of it", "nothing of it"],
)
def test_a_damaged_file_is_told_by_what_to_do(
    client: TestClient, tmp_path: Path, good: bytes, cut: float, told: str
) -> None:
    """Copied only in part: put here it is not taken, and in the folder it is named."""
    data = good[: int(len(good) * cut)]
    assert told in put(client, "b.xlsx", data)[2]
    (tmp_path / "c.xlsx").write_bytes(data)
    library = client.app.state.desk.library  # type: ignore[attr-defined]
    (book,) = (one for one in library.all() if one.name == "c")
    assert told in client.get(f"/check/{book.id}").text


def test_a_form_without_a_file_says_so(client: TestClient) -> None:
    answer = client.post("/check", data={"book": "text"})
    assert answer.status_code == 422
    assert "えらんでください" in answer.text


def test_warnings_are_told_beside_the_sums(client: TestClient, tmp_path: Path) -> None:
    tiny.put_input(tmp_path / "b.xlsx")
    book = client.app.state.desk.library.all()[0]  # type: ignore[attr-defined]
    text = client.get(f"/check/{book.id}").text
    told = mistake_texts(book.contents.warnings)
    assert len(re.findall('class="lamp half"', text)) >= len(told)
