"""Words that nobody can read: the work is done all the same."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scheduler.domain.errors import Exit
from scheduler.files.rosters import read_roster
from scheduler.files.workbook.write_input import write_input
from tests.support import tiny
from tests.support.programs import ended, start
from tests.support.systems import needs_linux
from tests.support.thorough import first_of
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem

FAST = ("--time-limit", "20", "--workers", "2")
FULL = Path("/dev/full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny.put_input(tmp_path / "tiny.xlsx")
    return tmp_path


@needs_linux
def test_a_full_disk_under_the_words(folder: Path) -> None:
    """The roster stands, it is said that it does, and it is no fault of ours."""
    with FULL.open("w") as full:
        told = ended(start(folder, "roster", "tiny.xlsx", *FAST, stdout=full))
    assert told.code == Exit.UNPRINTED
    assert "tiny.xlsx" in told.err
    read_roster(folder / "outputs" / "tiny.xlsx")
    assert not list(folder.glob("*.zip"))


@needs_linux
@pytest.mark.parametrize(
    "line", first_of(["rules", "--help", "schema", "rules --json"], 2)
)
def test_a_full_disk_and_nothing_but_words(folder: Path, line: str) -> None:
    with FULL.open("w") as full:
        told = ended(start(folder, *line.split(), stdout=full))
    assert told.code == Exit.UNPRINTED


def nobody() -> int:
    """Return a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def test_a_pipe_that_nobody_reads(folder: Path) -> None:
    """As `| head -1` leaves it."""
    pipe = nobody()
    told = ended(start(folder, "rules", stdout=pipe))
    os.close(pipe)
    assert told.code == Exit.UNPRINTED


def test_a_roster_whose_progress_nobody_reads(folder: Path) -> None:
    pipe = nobody()
    process = start(
        folder, "roster", "tiny.xlsx", *FAST, stdout=pipe, stderr=subprocess.STDOUT
    )
    told = ended(process)
    os.close(pipe)
    assert told.code == Exit.UNPRINTED
    read_roster(folder / "outputs" / "tiny.xlsx")


def test_a_batch_goes_on(folder: Path) -> None:
    """Every office and the summary; the worst office's code says more."""
    write_input(tiny_problem(**AWAY_ON_FIRST), folder / "short.xlsx")
    pipe = nobody()
    process = start(
        folder,
        *("batch", "tiny.xlsx", "short.xlsx", "--time-limit", "20", "--no-advice"),
        *("--processes", "1", "--workers-per-office", "2"),
        stdout=pipe,
        stderr=subprocess.STDOUT,
    )
    told = ended(process)
    os.close(pipe)
    assert told.code == Exit.NOT_LEGAL
    found = {path.name for path in (folder / "outputs").iterdir()}
    offices = {
        f"{name}{part}.xlsx" for name in ("tiny", "short") for part in ("", "-根拠")
    }
    assert found == {*offices, "まとめ.xlsx"}
