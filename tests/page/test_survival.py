"""What a search has found outlives its tab, its server, and its own process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.page import Client
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster
from scheduler.page.books import Library, WorkbookFile
from scheduler.page.jobs import Searches
from scheduler.page.state import FAILED, RUNNING, State
from tests.support.pages import application, visitor
from tests.support.programs import COMMAND, PATIENCE
from tests.support.systems import needs_linux
from tests.support.thorough import THOROUGH, first_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    # Servers and searches in processes of their own, which are killed.
    pytest.mark.slow,
    needs_linux,
]

SOURCE = Path(__file__).parents[2] / "inputs" / "small-2027-01.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inputs").mkdir()
    shutil.copy(SOURCE, tmp_path / "inputs")
    return tmp_path


@pytest.fixture
def servers(folder: Path) -> Iterator[Callable[[], tuple[Client, int]]]:
    """Start servers as `shotaki open` does; those that are left end afterwards."""
    running: list[subprocess.Popen[str]] = []

    def start() -> tuple[Client, int]:
        server = subprocess.Popen(
            [*COMMAND, "open", str(folder), "--no-browser"],
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(server)
        assert server.stderr is not None
        line = next(text for text in server.stderr if "http" in text)
        return Client(line[line.index("http") :].strip()), server.pid

    yield start
    for server in running:
        server.kill()
        server.wait()
        assert server.stderr is not None
        server.stderr.close()


def until(found: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def workers_of(state: State) -> list[int]:
    """Return the processes that search for a folder, or wait for a search."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (place / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if {b"scheduler.page.jobs.worker", str(state.file).encode()} <= {*arguments}:
            found.append(int(place.name))
    return found


@THOROUGH
def test_a_server_that_is_killed_takes_no_search_along(
    folder: Path, servers: Callable[[], tuple[Client, int]]
) -> None:
    """SIGKILL while it works; a new server shows it, and "enough" makes the roster."""
    client, pid = servers()
    state = State.of(folder)
    book = client.get("/make")[2].split('name="book" value="')[1].split('"')[0]
    client.post("/make", book=book, minutes=5)
    number = state.searches("roster")[0].id
    address = f"/make/{number}"
    until(lambda: state.search(number).told.get("lamps"))  # type: ignore[union-attr]
    os.kill(pid, signal.SIGKILL)
    again, _pid = servers()
    _seconds, answer, text = again.get(address)
    assert answer.status == 200
    assert 'class="lamp' in text
    again.post(f"{address}/wish", wish="keep")
    until(lambda: state.search(number).state != RUNNING)  # type: ignore[union-attr]
    found = state.search(number)
    assert found is not None
    made = read_roster(Path(found.result))
    assert made.problem == read_problem(folder / "inputs" / SOURCE.name)
    assert not found.best.exists()


def test_a_search_that_is_killed_leaves_its_best_roster(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL of the search itself: what it had found becomes the roster on request."""
    client = visitor(application(folder))
    state = State.of(folder)
    book = client.app.state.desk.library.inputs()[0].id  # type: ignore[attr-defined]
    client.post("/make", data={"book": book, "minutes": "5"})
    number = state.searches("roster")[0].id
    until(lambda: state.search(number).best.exists())  # type: ignore[union-attr]
    (worker,) = workers_of(state)
    os.kill(worker, signal.SIGKILL)
    run = state.search(number)
    assert run is not None
    assert run.state == RUNNING
    best = read_roster(run.best).roster
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    assert "最も良い勤務表を使う" in client.get(f"/make/{number}").text
    assert f'href="/make/{number}"' in client.get("/make").text
    client.post(f"/make/{number}/rescue")
    run = state.search(number)
    assert run is not None
    assert read_roster(Path(run.result)).roster.by_cell == best.by_cell
    assert not run.best.exists()
    assert client.post(f"/make/{number}/rescue").status_code == 404


def broken(folder: Path) -> WorkbookFile:
    """Return a workbook that a search cannot read, so that it ends at once."""
    (folder / "no.xlsx").write_bytes(b"")
    return Library(folder, State.of(folder)).at(folder / "no.xlsx")


def test_a_process_is_loaded_while_the_form_is_filled_in(folder: Path) -> None:
    """It does the search that is asked for, of whatever kind; there is one of it."""
    state, book = State.of(folder), broken(folder)
    searches = Searches(state, loads_ahead=True)
    searches.expect("room")
    until(lambda: workers_of(state))
    loaded = workers_of(state)
    searches.expect("substitutes")
    assert workers_of(state) == loaded
    number = searches.begin("roster", book, 60)
    assert workers_of(state) == loaded
    until(lambda: state.search(number).state == FAILED)  # type: ignore[union-attr]
    until(lambda: not workers_of(state))


def test_a_loaded_process_that_has_ended_is_replaced(folder: Path) -> None:
    state, book = State.of(folder), broken(folder)
    searches = Searches(state, loads_ahead=True)
    searches.expect("room")
    until(lambda: workers_of(state))
    (loaded,) = workers_of(state)
    os.kill(loaded, signal.SIGKILL)
    until(lambda: not workers_of(state))
    number = searches.begin("roster", book, 60)
    until(lambda: state.search(number).state == FAILED)  # type: ignore[union-attr]


@pytest.mark.parametrize("is_killed", first_of([False, True], 1))
def test_a_loaded_process_ends_with_its_server(
    folder: Path, servers: Callable[[], tuple[Client, int]], *, is_killed: bool
) -> None:
    """Whether it closes or is killed, nothing waits on for a search."""
    state = State.of(folder)
    if is_killed:
        client, pid = servers()
        client.get("/make")
        until(lambda: workers_of(state))
        os.kill(pid, signal.SIGKILL)
    else:
        searches = Searches(state, loads_ahead=True)
        searches.expect("room")
        until(lambda: workers_of(state))
        searches.close()
    until(lambda: not workers_of(state))


@pytest.mark.parametrize(
    ("has_spoken", "silence", "lives"),
    [(False, 170, True), (False, 190, False), (True, 15, True), (True, 25, False)],
)
def test_a_search_that_is_only_starting_is_not_taken_for_dead(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    has_spoken: bool,
    silence: float,
    lives: bool,
) -> None:
    """A slow disk loads the libraries for a minute, in which nothing can be said."""
    state = State.of(folder)
    number, _new = state.begin("roster", "book", Path(), Path(), 300)
    now = time.time() + 1
    monkeypatch.setattr(time, "time", lambda: now)
    if has_spoken:
        state.beat(number)
    monkeypatch.setattr(time, "time", lambda: now + silence)
    run = state.search(number)
    assert run is not None
    assert (run.is_running, run.is_lost) == (lives, not lives)
    again, _new = state.begin("roster", "book", Path(), Path(), 300)
    assert (again == number) is lives
