"""Two things at once: a file that is being saved, or cannot be replaced just now."""

from __future__ import annotations

import socket
import stat
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import Exit
from scheduler.files import cleanup
from scheduler.files.locks import InUse
from scheduler.files.rosters import read_roster
from scheduler.files.saving import PATIENCE as SAVING
from scheduler.files.saving import locked, prepare, save
from scheduler.page.jobs.making import write_made
from scheduler.page.state import DONE, DROPPED
from tests.support import week
from tests.support.busy_month import CARER, busy_problem
from tests.support.busy_page import client, path
from tests.support.pages import application, book_of, open_input, typed, visitor, waited
from tests.support.programs import PATIENCE, PYTHON, called, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from subprocess import Popen

    from starlette.testclient import TestClient

__all__ = ["client", "path"]

HOLDER = """
import sys
from pathlib import Path
from scheduler.files.locks import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
"""Another program of ours that is saving a file until its input ends."""


@contextmanager
def saving_elsewhere(path: Path) -> Iterator[Popen[str]]:
    """Hold a file as another process does that saves it."""
    line = ("-c", HOLDER, str(path))
    with start(path.parent, *line, program=PYTHON, stdin=PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


@contextmanager
def at_once(*tasks: Callable[[], object]) -> Iterator[None]:
    """Do each task in a thread of its own, and wait for all in the end."""
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
        # In their order, as far as a browser can say.
        time.sleep(0.2)
    yield
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_file_that_is_being_saved_is_waited_for(path: Path) -> None:
    """Asked to be patient, and only then."""
    got: list[bool] = []

    def wait() -> None:
        with locked(path, SAVING):
            got.append(True)

    with saving_elsewhere(path) as holder:
        with pytest.raises(InUse), locked(path):
            pass
        with pytest.raises(InUse), locked(path, 0.3):
            pass
        with at_once(wait):
            assert not got
            holder.kill()
    assert got == [True]


def test_of_two_threads_one_has_a_file(path: Path) -> None:
    """Also the folder's locks tell threads of a process apart; the second waits."""
    got: list[str] = []

    def ask(patience: float) -> None:
        try:
            with locked(path, patience):
                got.append("has it")
        except InUse:
            got.append("told")

    with locked(path):
        with locked(path):
            pass
        with at_once(lambda: ask(0)):
            pass
        assert got == ["told"]
        patient = threading.Thread(target=lambda: ask(PATIENCE))
        patient.start()
        time.sleep(0.3)
        assert got == ["told"]
    patient.join(PATIENCE)
    assert got == ["told", "has it"]


def test_what_a_command_has_prepared_is_open_to_all_its_threads(path: Path) -> None:
    """A command that is stopped saves in another thread."""
    found: list[Path] = []
    prepare(path)
    try:
        with at_once(lambda: found.append(save(b"x", path))):
            pass
    finally:
        cleanup.end_command()
    assert found == [path]


def test_a_cell_typed_while_the_workbook_is_saved_is_a_step_of_the_new_one(
    client: TestClient, path: Path
) -> None:
    """Saved is what was typed before; the later cell waits, and is not in the way."""
    book = book_of(client)
    row = [member.name for member in busy_problem().staff].index(CARER)
    typed(client, book, row, 2, "有")
    with (
        saving_elsewhere(path) as holder,
        at_once(
            lambda: client.post(f"{book}/save"),
            lambda: typed(client, book, row, 9, "有"),
            lambda: client.get(book),
        ),
    ):
        holder.kill()
    saved = read_roster(path)
    assert saved.plan.version == 2
    dates = saved.problem.period.dates
    offs = [saved.roster.by_cell[CARER, dates[day]].off for day in (2, 9)]
    assert [str(off) if off else "" for off in offs] == ["paid_leave", ""]
    text = client.get(book).text
    assert "変更1か所" in text
    assert "ほかで変更されました" not in text
    assert client.post(f"{book}/save").headers["HX-Redirect"] == book
    assert read_roster(path).plan.version == 3


def made_here(path: Path) -> tuple[Path, str]:
    """Write the roster that stands as one just made; return where, and why there."""
    file = read_roster(path)
    (written,) = write_made(file.problem, file.roster, [path])
    return written


def test_a_roster_that_is_made_waits_for_the_page_to_save(path: Path) -> None:
    """It becomes the next version, and does not go elsewhere."""
    found: list[tuple[Path, str]] = []
    with (
        saving_elsewhere(path) as holder,
        at_once(lambda: found.append(made_here(path))),
    ):
        holder.kill()
    assert found == [(path, "")]
    assert read_roster(path).plan.version == 2


def test_a_roster_that_cannot_replace_the_old_one_goes_beside_it(
    client: TestClient, path: Path
) -> None:
    """Read-only, as what Excel has open cannot be replaced: the screen says so."""
    before = path.read_bytes()
    path.chmod(stat.S_IREAD)
    written, refused = made_here(path)
    assert written == path.with_name("r-2.xlsx")
    assert path.read_bytes() == before
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    number, _new = state.begin("roster", "book", path, path, 60)
    state.tell(number, {"refused": [refused]})
    state.end(number, DONE, str(written))
    text = client.get(f"/make/{number}").text
    assert "勤務表ができました" in text
    assert "書き込み禁止" in text
    assert "r-2 に保存しました" in text
    assert 'href="/month/' in text


def test_a_roster_outside_of_the_folder_is_made_too(
    client: TestClient, path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where the folder cannot be written to: what to do with the file is said."""
    other = tmp_path_factory.mktemp("home") / "r.xlsx"
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    number, _new = state.begin("roster", "book", path, path, 60)
    state.end(number, DONE, str(other))
    text = client.get(f"/make/{number}").text
    assert "勤務表ができました" in text
    assert f"{other} このフォルダーに移すと" in text


def test_a_search_stopped_before_the_first_roster_says_so(
    client: TestClient, path: Path
) -> None:
    """She stopped it: that the time was too short would be untrue."""
    book = book_of(client).rpartition("/")[2]
    address = client.post("/make", data={"book": book, "minutes": "1"}).headers
    address = address["location"]
    client.post(f"{address}/wish", data={"wish": "drop"})
    text = client.get(address).text
    assert "終わらせています" in text
    assert "あと約" not in text
    run = waited(client, address)
    assert (run.state, run.trouble) == (DROPPED, "")
    text = client.get(address).text
    assert "決めた時間の中では" not in text
    assert "さがしています" not in text


def test_an_input_that_is_protected_is_not_written_beside(tmp_path: Path) -> None:
    """No second workbook of the month that nobody has asked for."""
    (tmp_path / "inputs").mkdir()
    path = tmp_path / "inputs" / "week.xlsx"
    week.put_input(path)
    client = visitor(application(tmp_path))
    book = book_of(client, "material")
    typed(client, book, 0, 0, "休")
    path.chmod(stat.S_IREAD)
    answer = client.post(f"{book}/save")
    assert answer.status_code == 409
    assert "書き込み禁止" in answer.text
    assert [one.name for one in path.parent.iterdir()] == ["week.xlsx"]
    assert open_input(client).edits


def test_a_port_in_use_is_told_by_what_to_do(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = called(tmp_path, "open", ".", "--no-browser", "--port", str(port))
    assert told.code == Exit.WRONG_USE
    assert f"ポート {port} は使えません" in told.err
    assert "--port" in told.err
