"""The page as a program: a real process, real sockets, and whoever else knocks."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
import urllib.parse
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

import pytest

from scheduler.domain.errors import Exit
from scheduler.domain.scenario import FIRST
from scheduler.files.locks import claimed
from scheduler.files.rosters import read_roster
from scheduler.page.guard import LARGEST_BODY
from scheduler.page.state import DROP, State
from tests.support import busy_month, tiny
from tests.support.busy_month import busy_problem
from tests.support.programs import PATIENCE, line_of, start
from tests.support.systems import needs_posix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from subprocess import Popen

pytestmark = pytest.mark.slow  # A process starts here, once for the file.

TABS = 50
FORM = "application/x-www-form-urlencoded"


class Page(NamedTuple):
    """A server that runs, and what a browser that was opened with it knows."""

    folder: Path
    process: Popen[str]
    host: str
    cookie: str
    told: list[str]

    @property
    def known(self) -> dict[str, str]:
        """Headers of a form of the page's own."""
        return {"Cookie": self.cookie, "Origin": f"http://{self.host}"}

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """Return status, headers and text of an answer."""
        line = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        given = self.known if headers is None else headers
        line.request(method, path, body or None, dict(given))
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, answer.headers, text


@contextmanager
def page_of(folder: Path) -> Iterator[Page]:
    """Start the program on a folder, as a double-click does, and end it."""
    process = start(folder, "open", ".", "--no-browser")
    try:
        line = line_of(process.stderr, "http")
        address = urllib.parse.urlsplit(line[line.index("http") :].strip())
        told: list[str] = []
        threading.Thread(target=_listen, args=(process.stderr, told)).start()
        page = Page(folder, process, address.netloc, "", told)
        _status, headers, _text = page.ask("GET", f"/?{address.query}", {})
        yield page._replace(cookie=str(headers["Set-Cookie"]).partition(";")[0])
    finally:
        # As a closed window ends it, where there is no Ctrl-C for one process.
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        process.wait(PATIENCE)


def _listen(stream: IO[str] | None, told: list[str]) -> None:
    told.extend(stream or ())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("page")
    busy_month.put(folder / "r.xlsx")
    (folder / "inputs").mkdir()
    tiny.put_input(folder / "inputs" / "tiny.xlsx")
    with page_of(folder) as running:
        yield running


@pytest.fixture
def month(page: Page) -> str:
    """Return the address of the roster."""
    return str(page.ask("GET", "/month")[1]["Location"])


CELL = b"row=3&day=2&text=%E4%BC%91"


def test_only_this_computer_is_answered(page: Page) -> None:
    """The port is not open at any other address of the computer."""
    port = int(page.host.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)


@pytest.mark.parametrize(
    ("lacking", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Cookie": ""}, 403),
        ({"Cookie": "shotaki=guessed"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
    ids=str,
)
def test_who_is_not_the_page_changes_nothing(
    page: Page, month: str, lacking: dict[str, str], status: int
) -> None:
    before = page.ask("GET", month)[2]
    given = {**page.known, "Content-Type": FORM, **lacking}
    got, _headers, text = page.ask("POST", f"{month}/cell", given, CELL)
    assert got == status
    assert "桜" not in text
    assert page.ask("GET", month)[2] == before


@pytest.mark.parametrize(
    "path",
    ["/file/../../etc/passwd", "/file/..%2f..%2fetc%2fpasswd", "/static/../app.py"],
)
def test_no_address_leads_out_of_the_folder(page: Page, path: str) -> None:
    """Sent as they stand: a browser would tidy them up first."""
    status, _headers, text = page.ask("GET", path)
    assert status == 404
    assert "root:" not in text
    assert "import" not in text


def test_a_file_too_large_is_refused_before_it_is_read(page: Page) -> None:
    """The answer comes while most of what was told is still to be sent."""
    with socket.create_connection(page.host.split(":"), timeout=PATIENCE) as line:
        head = {**page.known, "Host": page.host, "Content-Length": LARGEST_BODY + 1}
        told = "".join(f"{name}: {text}\r\n" for name, text in head.items())
        line.sendall(f"POST /check HTTP/1.1\r\n{told}\r\n".encode() + b"x" * 10_000)
        assert b" 413 " in line.recv(100)
    assert page.ask("GET", "/")[0] == 200


def test_an_upload_is_read_before_it_is_kept(page: Page) -> None:
    """A spoilt one under a name that climbs: refused, and nothing written anywhere."""
    before = sorted(page.folder.parent.rglob("*.xlsx"))
    head = (
        '--x\r\nContent-Disposition: form-data; name="book"; '
        'filename="../../evil.xlsx"\r\n\r\n'
    )
    begun = (page.folder / "r.xlsx").read_bytes()[:5000]
    body = head.encode() + begun + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert page.ask("POST", "/check", {**page.known, **kind}, body)[0] == 422
    assert sorted(page.folder.parent.rglob("*.xlsx")) == before


def test_fifty_tabs_and_streams_left_open(page: Page, month: str) -> None:
    """Each tab follows a search and goes away in silence; others are answered."""
    state = State.of(page.folder)
    number, _new = state.begin("roster", "x", page.folder / "x", page.folder / "y", 600)
    lines = []
    for _tab in range(TABS):
        line = socket.create_connection(page.host.split(":"), timeout=PATIENCE)
        head = f"GET /make/{number}/events HTTP/1.1\r\nHost: {page.host}\r\n"
        line.sendall(f"{head}Cookie: {page.cookie}\r\n\r\n".encode())
        lines.append(line)
    assert all(b"text/event-stream" in line.recv(4000) for line in lines)
    failed: list[int] = []

    def tab() -> None:
        failed.extend(
            status for status in (page.ask("GET", month)[0],) if status != 200
        )

    tabs = [threading.Thread(target=tab) for _tab in range(TABS)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join(PATIENCE)
    assert failed == []
    for line in lines:
        line.close()
    assert page.ask("GET", "/")[0] == 200
    state.wish(number, DROP)


@needs_posix
def test_what_is_being_saved_is_saved_before_it_ends(tmp_path: Path) -> None:
    """A shutdown, told again and again, while another program holds the roster."""
    path = tmp_path / "r.xlsx"
    busy_month.put(path)
    with page_of(tmp_path) as page, socket.socket() as line:
        address = str(page.ask("GET", "/month")[1]["Location"])
        kind = {**page.known, "Content-Type": FORM}
        assert page.ask("POST", f"{address}/cell", kind, CELL)[0] == 200
        given = {**kind, "Host": page.host, "Content-Length": "3"}
        given |= {"Expect": "100-continue"}
        heads = [f"{name}: {value}" for name, value in given.items()]
        line.settimeout(PATIENCE)
        line.connect((page.host.partition(":")[0], int(page.host.partition(":")[2])))
        with claimed(path):
            head = "\r\n".join((f"POST {address}/save HTTP/1.1", *heads, "", ""))
            line.sendall(head.encode())
            assert b"100 Continue" in line.recv(1000)
            line.sendall(b"a=b")
            page.process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + PATIENCE
            while not page.told and page.process.poll() is None:
                assert time.monotonic() < deadline
                time.sleep(0.02)
            for again in (signal.SIGTERM, signal.SIGINT):
                page.process.send_signal(again)
                time.sleep(0.1)
        assert b" 200 " in line.recv(1000)
        assert page.process.wait(PATIENCE) == Exit.DONE
    assert "保存" in "".join(page.told)
    assert read_roster(path).plan.version == FIRST + 1


@needs_posix
def test_it_ends_while_a_stream_is_open(tmp_path: Path) -> None:
    """Ctrl-C waits for no tab, and what was printed names nobody."""
    busy_month.put(tmp_path / "r.xlsx")
    with page_of(tmp_path) as page:
        state = State.of(tmp_path)
        number, _new = state.begin("roster", "x", tmp_path / "x", tmp_path / "y", 600)
        line = http.client.HTTPConnection(page.host, timeout=PATIENCE)
        line.request("GET", f"/make/{number}/events", headers=page.known)
        assert line.getresponse().status == 200
        address = str(page.ask("GET", "/month")[1]["Location"])
        kind = {**page.known, "Content-Type": FORM}
        assert page.ask("POST", f"{address}/cell", kind, CELL)[0] == 200
        assert page.ask("POST", f"{address}/cell", kind, b"row=x")[0] == 404
        began = time.monotonic()
    assert time.monotonic() - began < PATIENCE / 2
    printed = "".join(page.told)
    assert address not in printed
    for one in busy_problem().staff:
        assert one.name not in printed
        assert urllib.parse.quote(one.name) not in printed
