"""Ctrl-C, a shutdown, a closed terminal: nothing found is lost, and it is said."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import Exit
from scheduler.files.rosters import read_roster
from tests.support import tiny, week
from tests.support.programs import PYTHON, ended, gate, line_of, run, start
from tests.support.thorough import THOROUGH, first_of
from tests.support.week import ILL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if os.name == "nt":
    pytest.skip("signals of POSIX", allow_module_level=True)

FAST = ("--time-limit", "20", "--workers", "2")
LINE = ("roster", "tiny.xlsx", "-o", "o.xlsx", *FAST)
NOTED = "ここまでの最良"
NOTHING = "何も書き出していません"


@pytest.fixture(autouse=True)
def _signals_are_heard() -> Iterator[None]:
    """Let children hear SIGHUP also where the suite runs under ``nohup``."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny.put_input(tmp_path / "tiny.xlsx")
    return tmp_path


def names(folder: Path) -> set[str]:
    """Return what lies in a folder, hidden files too."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("number", "then"),
    [
        # Whoever closes a terminal sends it twice, or after something else.
        (signal.SIGTERM, (signal.SIGHUP, signal.SIGHUP)),
        pytest.param(signal.SIGINT, (), marks=THOROUGH),
        pytest.param(signal.SIGHUP, (), marks=THOROUGH),
    ],
)
def test_a_roster_found_is_written(
    folder: Path, number: signal.Signals, then: tuple[signal.Signals, ...]
) -> None:
    """Told to stop after the search, it still writes, and its code is the roster's.

    What stands in the way is a pipe: asked whether it may be replaced, it waits.  A
    closed terminal is no second Ctrl-C.
    """
    with gate(folder / "o.xlsx") as opened:
        process = start(folder, *LINE)
        waiting = opened()
        process.send_signal(number)
        assert NOTED in line_of(process.stderr, "Ctrl-C")
        for more in then:
            process.send_signal(more)
        waiting.close()
        told = ended(process)
    assert told.code == Exit.DONE
    assert "o-2.xlsx" in told.out
    assert names(folder) == {"tiny.xlsx", "o.xlsx", "o-2.xlsx"}
    assert len(read_roster(folder / "o-2.xlsx").roster.duties) == 12


def test_a_second_one_says_what_stands(folder: Path) -> None:
    """Given up while the file takes its name, it names the file.

    That may be the last thing it does; then it has ended by itself.
    """
    with gate(folder / "o.xlsx") as opened:
        process = start(folder, *LINE)
        waiting = opened()
        process.send_signal(signal.SIGINT)
        line_of(process.stderr, "Ctrl-C")
        process.send_signal(signal.SIGINT)
        waiting.close()
        told = ended(process)
    assert told.code in (Exit.INTERRUPTED, Exit.DONE)
    assert "o-2.xlsx" in told.err + told.out
    assert names(folder) == {"tiny.xlsx", "o.xlsx", "o-2.xlsx"}
    read_roster(folder / "o-2.xlsx")


def test_nothing_more_is_done_after_the_first(tmp_path: Path) -> None:
    """Plans found are written; none of them is accepted."""
    week.put(tmp_path / "r.xlsx")
    before = (tmp_path / "r.xlsx").read_bytes()
    with gate(tmp_path / "r-案1.xlsx") as opened:
        line = ("--plans", "1", "--accept", "1", "--time-limit", "20")
        process = start(tmp_path, *ILL, *line)
        waiting = opened()
        process.send_signal(signal.SIGINT)
        line_of(process.stderr, "Ctrl-C")
        waiting.close()
        told = ended(process)
    assert told.code == Exit.DONE
    assert "採用していません" in told.err
    assert (tmp_path / "r.xlsx").read_bytes() == before
    assert names(tmp_path) == {"r.xlsx", "r-案1.xlsx", "r-案1-2.xlsx"}


@pytest.mark.parametrize(
    ("line", "number", "code"),
    first_of(
        [
            ("roster in.xlsx", signal.SIGHUP, Exit.HUNG_UP),
            ("precheck in.xlsx", signal.SIGINT, Exit.INTERRUPTED),
            ("roster in.xlsx", signal.SIGINT, Exit.INTERRUPTED),
            ("whatif in.xlsx --leave 桜=2", signal.SIGINT, Exit.INTERRUPTED),
        ],
        2,
    ),
)
def test_before_there_is_anything(
    tmp_path: Path, line: str, number: signal.Signals, code: Exit
) -> None:
    """While the input is read it ends at once, and says that nothing was written."""
    with gate(tmp_path / "in.xlsx") as opened:
        process = start(tmp_path, *line.split())
        waiting = opened()
        process.send_signal(number)
        told = ended(process)
        waiting.close()
    assert told.code == code
    assert NOTHING in told.err
    assert names(tmp_path) - {"in.xlsx"} <= {"outputs"}


def test_machines_are_told(tmp_path: Path) -> None:
    """Of a shutdown, too, that nothing was written."""
    with gate(tmp_path / "in.xlsx") as opened:
        process = start(tmp_path, "--json", "roster", "in.xlsx")
        waiting = opened()
        process.send_signal(signal.SIGTERM)
        told = ended(process)
        waiting.close()
    assert told.json["error"] == "Stopped"
    assert told.code == told.json["exit"] == Exit.TERMINATED
    assert names(tmp_path) - {"in.xlsx"} <= {"outputs"}


def test_what_is_told_not_to_hear_stays_deaf(folder: Path) -> None:
    """`nohup` has it ignore the end of its terminal."""

    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    data = (folder / "tiny.xlsx").read_bytes()
    with gate(folder / "in.xlsx") as opened:
        process = start(folder, "precheck", "in.xlsx", preexec_fn=ignore)
        with opened() as waiting:
            process.send_signal(signal.SIGHUP)
            waiting.write(data)
        assert ended(process).code == Exit.DONE


def test_a_batch_given_up_says_what_stands(folder: Path) -> None:
    """The roster of the office that was done, and no process left behind."""
    (folder / "out").mkdir()
    with gate(folder / "out" / "まとめ.xlsx") as opened:
        line = ("batch", "tiny.xlsx", "-o", "out", "--time-limit", "20")
        process = start(folder, *line, "--workers-per-office", "2")
        waiting = opened()
        process.send_signal(signal.SIGINT)
        line_of(process.stderr, "Ctrl-C")
        process.send_signal(signal.SIGINT)
        waiting.close()
        told = ended(process)
    assert told.code in (Exit.INTERRUPTED, Exit.DONE)
    assert "tiny.xlsx" in told.err + told.out
    assert "leaked" not in told.err
    assert "tiny.xlsx" in names(folder / "out")


@pytest.mark.parametrize("module", ["typer", "pydantic", "numpy", "ortools"])
def test_no_traceback_while_libraries_are_loaded(folder: Path, module: str) -> None:
    """Python says what it imports; told to stop at that moment, it says what stands."""
    line = ("-X", "importtime", "-m", "scheduler.cli", *LINE)
    with start(folder, *line, program=PYTHON) as process:
        line_of(process.stderr, f" {module}.")
        process.send_signal(signal.SIGINT)
        told = ended(process)
    assert told.code == Exit.INTERRUPTED
    assert NOTHING in told.err
    assert names(folder) == {"tiny.xlsx"}


def test_nothing_is_loaded_between_the_search_and_the_file(folder: Path) -> None:
    """An update of the program meanwhile loses no roster: what writes it is loaded."""
    verbose = (*PYTHON, "-X", "importtime", "-m", "scheduler.cli")
    told = run(folder, *LINE, program=verbose).err.splitlines()
    begun = next(n for n, line in enumerate(told) if "人員基準" in line)
    loaded = [line.split("|")[-1].strip() for line in told[begun:] if "|" in line]
    assert "scheduler.files.rosters" in " ".join(told[:begun])
    assert loaded == []
