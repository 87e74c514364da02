"""The page on a folder as people's folders are: locked files, copies, other formats."""

from __future__ import annotations

import html
import os
import re
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.files.problems import read_problem
from tests.support import busy_month, tiny
from tests.support.pages import application, book_of, saved, visitor
from tests.support.systems import needs_linux
from tests.support.workbooks import refuse_to_replace

if TYPE_CHECKING:
    from starlette.testclient import TestClient

UNREADABLE = Path("/proc/self/mem")
"""A file that is there, and of which no byte can be read: by nobody, not even root."""

here = partial(book_of, screen="material")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "tiny.xlsx"
    tiny.put_input(path)
    return path


@pytest.fixture
def path(tmp_path: Path, written: Path) -> Path:
    return Path(shutil.copy(written, tmp_path))


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def seen(client: TestClient, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text)


@needs_linux
def test_a_file_that_cannot_be_opened_is_told(client: TestClient, path: Path) -> None:
    """The others are there all the same, and it is read once it can be opened."""
    other = path.with_name("other.xlsx")
    other.symlink_to(UNREADABLE)
    text = seen(client)
    assert "other を読めません。" in text
    assert f"{other} を開けません。Excelで開いていれば閉じ" in text
    assert client.get("/material", follow_redirects=True).status_code == 200
    other.unlink()
    assert "other" not in seen(client)


def test_an_empty_folder_says_one_thing(tmp_path: Path) -> None:
    """The card of the roster does not speak of a workbook that is not there."""
    text = seen(visitor(application(tmp_path)))
    assert "記入したブックがまだありません" in text
    assert "事業所のブックに記入すると、そこから最初の勤務表をつくれます。" in text
    assert "記入したブックから" not in text


@needs_linux
def test_saving_into_a_file_that_cannot_be_opened(
    client: TestClient, path: Path
) -> None:
    """It is told as such, and what was typed waits."""
    book = here(client)
    given = {"row": 0, "day": 0, "text": "休"}
    assert client.post(f"{book}/cell", data=given).status_code == 200
    kept = path.rename(path.with_suffix(".kept"))
    path.symlink_to(UNREADABLE)
    answer = client.post(f"{book}/save", follow_redirects=True)
    assert answer.status_code in (404, 422)
    path.unlink()
    kept.rename(path)
    saved(client, book)
    assert len(read_problem(path).requests) == 1


def test_saving_into_a_workbook_that_is_open_in_excel(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, no second workbook is written, and what was typed waits."""
    book = here(client)
    given = {"row": 0, "day": 0, "text": "休"}
    assert client.post(f"{book}/cell", data=given).status_code == 200
    mark = path.with_name(f"~${path.name}")
    mark.touch()
    with monkeypatch.context() as open_there:
        refuse_to_replace(open_there, path.name)
        answer = client.post(f"{book}/save")
    assert answer.status_code == 409
    assert f"{path} はExcelで開かれています。" in answer.text
    assert sorted(path.parent.glob("*.xlsx")) == [path, mark]
    assert read_problem(path).requests == ()
    mark.unlink()
    saved(client, book)
    assert len(read_problem(path).requests) == 1


def test_of_copies_the_one_changed_last_is_used_and_all_are_told(
    client: TestClient, path: Path
) -> None:
    """OneDrive's second version, and a copy of Explorer's that nobody has changed."""
    assert "この月の入力ブック" not in seen(client)
    shutil.copy2(path, path.with_name("tiny - コピー.xlsx"))
    assert "最後に変更された「tiny」を使います。" in seen(client)
    late = path.with_name("tiny-PC1.xlsx")
    shutil.copy(path, late)
    os.utime(late, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))
    text = seen(client)
    assert "この月の入力ブックが3つあります。" in text
    assert "最後に変更された「tiny-PC1」を使います。" in text
    assert "（tiny、tiny - コピー）は別のフォルダーへ" in text
    late.unlink()
    path.with_name("tiny - コピー.xlsx").unlink()
    assert "この月の入力ブック" not in seen(client)


def test_copies_of_a_roster_are_told(tmp_path: Path) -> None:
    """The one that was changed last is shown, whatever the copy is called."""
    path = tmp_path / "r.xlsx"
    busy_month.put_slim(path)
    late = path.with_name("a (1).xlsx")
    shutil.copy2(path, late)
    client = visitor(application(tmp_path))
    text = seen(client)
    assert "この月の勤務表のブックが2つあります。" in text
    assert "最後に変更された「r」を使います。" in text
    os.utime(late, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))
    assert "最後に変更された「a (1)」を使います。" in seen(client)


def test_files_of_other_formats_are_told(client: TestClient, path: Path) -> None:
    assert "読めない形式" not in seen(client)
    for name in ("a.xlsm", "b.XLS", "c.ods", "~$d.xlsm", "e.csv"):
        path.with_name(name).write_bytes(b"")
    text = seen(client)
    assert "読めない形式のファイルがあります（a.xlsm、b.XLS、c.ods）。" in text


def test_endings_in_capitals_are_endings(path: Path) -> None:
    path.rename(path.with_name("LOUD.XLSX"))
    assert "LOUD" in seen(visitor(application(path.parent)))


def test_a_damaged_memory_is_put_aside_and_told(path: Path) -> None:
    """The workbooks are there; only what was not saved may be lost."""
    folder = path.parent
    file = application(folder).state.desk.state.file
    whole = file.read_bytes()
    garbage = b"\0" * 8192
    file.write_bytes(b"no database at all" + garbage)
    text = seen(visitor(application(folder)))
    assert "まだ保存していなかった内容が失われたかもしれません。" in text
    assert "tiny" in text
    (aside,) = (one for one in file.parent.iterdir() if one != file)
    assert aside.read_bytes().endswith(garbage)
    # Pages in its middle that were never written.
    file.write_bytes(whole[:4096] + b"\1" * (len(whole) - 4096))
    assert "失われたかもしれません" in seen(visitor(application(folder)))
    # From then on it is sound.
    assert "失われたかもしれません" not in seen(visitor(application(folder)))


@needs_linux
def test_a_disk_that_takes_nothing_more_is_told(client: TestClient) -> None:
    """What is typed then is refused with the reason, not called a fault."""
    resource = pytest.importorskip("resource")
    given = {"row": 0, "day": 0, "text": "休"}
    book = here(client)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        answer = client.post(f"{book}/cell", data=given)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert answer.status_code == 409
    assert "page.sqlite3 に書き込めません。" in answer.text
    assert client.post(f"{book}/cell", data=given).status_code == 200


def test_no_folder_for_temporary_files(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving needs none; what does says that it cannot be written."""
    book = here(client)
    monkeypatch.setattr(tempfile, "tempdir", str(path.parent / "gone"))
    client.post(f"{book}/cell", data={"row": 0, "day": 0, "text": "休"})
    saved(client, book)
    assert len(read_problem(path).requests) == 1
    files = {"book": ("new.xlsx", path.read_bytes())}
    answer = client.post("/check", files=files)
    assert answer.status_code in (303, 409)


def test_a_file_where_a_folder_belongs(client: TestClient, path: Path) -> None:
    (path.parent / "inputs").write_text("notes")
    given = {"name": "さくら", "first": "2027-02-01", "people": "12"}
    answer = client.post("/new", data=given)
    assert answer.status_code == 409
    assert "同じ名前の別のものがあります。" in answer.text


def test_a_folder_that_is_gone_is_told(client: TestClient, path: Path) -> None:
    """As when a disk is pulled out: no screen says that there are no workbooks."""
    folder, aside = path.parent, path.parent.with_name("aside")
    folder.rename(aside)
    for address in ("/", "/material", "/make", "/check", "/month"):
        answer = client.get(address)
        assert answer.status_code == 409, address
        assert "つなぎ直す" in answer.text or "フォルダーがありません" in answer.text
    aside.rename(folder)
    assert "tiny" in seen(client)


def test_the_first_screen_shows_the_first_roster_in_the_making(
    client: TestClient, path: Path
) -> None:
    """Time that is left, and the ways to end it; then how it ended, by itself."""
    desk = client.app.state.desk  # type: ignore[attr-defined]
    book = desk.library.at(path).id
    assert 'href="/make"' in seen(client).partition("<main")[2]
    number, _new = desk.state.begin("roster", book, path, path, 60)
    text = seen(client).partition("<main")[2]
    assert "の勤務表をつくっています" in text
    assert "いま最初の勤務表をつくっています" in text
    assert f'action="/make/{number}/wish"' in text
    # Of a minute the seconds are told, in tens: nobody waits before a text that stands.
    assert re.search(r"あと約<b[^>]*>(60|50)</b>秒", text)
    assert 'href="/make"' not in text
    asking = {"hx-request": "true"}
    assert "hx-refresh" not in client.get("/", headers=asking).headers
    desk.state.end(number, "failed", trouble="電源が切れました。")
    assert client.get("/", headers=asking).headers["hx-refresh"] == "true"
    text = seen(client).partition("<main")[2]
    assert "の勤務表はできませんでした 電源が切れました。" in re.sub("<.*?>", "", text)
