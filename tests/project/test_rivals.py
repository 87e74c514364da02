"""Rivals side by side: what they are given, and what is said of them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.public.evaluator import breaches, cost
from benchmarks.public.instance import read_instance
from benchmarks.public.model import ShiftModel
from benchmarks.rivals.__main__ import Reached, shown
from benchmarks.rivals.solvers import SOLVERS
from benchmarks.rivals.tasks import COST, read_task
from benchmarks.rivals.timefold import (
    Missing,
    counted,
    improvements,
    jars_folder,
    numbers,
)
from scheduler.domain.errors import Disagreement
from tests.project.test_public_benchmarks import TEXT
from tests.support.programs import PATIENCE

ROOT = Path(__file__).parents[2]
LEAST = 50
"""The cost of the tiny instance: one L lacks on day 1."""


def missing() -> str:
    """Return why Timefold cannot run here, or nothing."""
    try:
        jars_folder()
    except Missing as error:
        return str(error)
    return ""


needs_timefold = pytest.mark.skipif(bool(missing()), reason=f"Timefold: {missing()}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Tiny.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SOLVERS)
def test_every_rival_solves_a_tiny_instance(name: str, file: Path) -> None:
    """Unreachable values are minimised to the proof, reachable ones are reached."""
    instance, task = read_instance(file), read_task(file)
    for wanted in (0, LEAST):
        best = SOLVERS[name](task.stage((), ()), 20, wanted)
        assert best is not None
        assert best.value == LEAST
        roster = ShiftModel(instance).roster(best.values)
        assert breaches(instance, roster) == []
        assert cost(instance, roster) == LEAST


@pytest.mark.parametrize("name", SOLVERS)
def test_a_rival_without_a_roster_says_so(name: str, file: Path) -> None:
    """Held below its least cost, the tiny instance has no roster."""
    task = read_task(file)
    task.cp.add(task.levels[COST] <= LEAST - 1)
    assert SOLVERS[name](task.stage((), ()), 20, 0) is None


def test_the_table_of_a_tiny_instance(file: Path) -> None:
    """The product and a rival in processes of their own reach the same value."""
    command = [sys.executable, "-m", "benchmarks.rivals", str(file)]
    command += ["--minutes", "0.5", "--workers", "1", "--rivals", "CP-SAT"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    *_, row = done.stdout.splitlines()
    name, ours, theirs = (one.strip() for one in row.strip("|").split("|"))
    assert name == "Tiny"
    assert ours.endswith(f" s (cost {LEAST})"), done.stdout + done.stderr
    assert theirs.endswith(" s")


def test_the_words_of_the_table_by_hand() -> None:
    """At the wanted values, above them, below them, and short of a level."""
    wanted = {"must": 0, "wish": 30}
    assert shown(Reached(12.4, {"must": 0, "wish": 30}), wanted) == "12 s"
    assert shown(Reached(9, {"must": 0, "wish": 31}), wanted) == (
        "never: wish 31, not 30"
    )
    assert shown(Reached(9, {"must": 0, "wish": 20}), wanted) == (
        "9 s, and better: wish 20, not 30"
    )
    assert shown(Reached(9, {"must": 0}), wanted) == "never: no wish"
    assert shown(Reached(), wanted) == "never: no roster"
    assert shown(Reached(note="not modelled"), wanted) == "not modelled"


def test_the_numbers_for_timefold(file: Path) -> None:
    """Prices of shifts that are wanted are negative, with their sum as a constant."""
    lines = [
        list(map(int, row.split())) for row in numbers(read_instance(file)).splitlines()
    ]
    # Seven days, three shifts, two people, and the wish of weight 2.
    assert lines[0] == [7, 3, 2, 2]
    # E and D may not follow L: the shifts stand as E, L, D.
    assert lines[1:5] == [[480, 420, 480], [0, 0, 0], [1, 0, 1], [0, 0, 0]]
    # A: E 3, L 0, D 7; minutes, run, days off, weekends; days 0 and 6 off.
    assert lines[5:8] == [[3, 0, 7], [960, 2400, 2, 5, 2, 1], [1, 0, 0, 0, 0, 0, 1]]
    assert lines[11:14] == [[2], [0, 2, 0, -2], [1, 3, 1, 5]]
    assert lines[14:] == [[2], [0, 0, 1, 100, 1], [1, 1, 2, 50, 3]]


def test_what_timefold_tells_is_counted_again(file: Path) -> None:
    """Two rosters of the tiny instance by hand, with right and with wrong counts."""
    instance = read_instance(file)
    # A: off, off, E, E, off, off, off; B off on day 0, L on day 1, then off.
    # One E lacks on day 0: 100.  B's run of one day from day 1 is long enough for B.
    valid = "0,0,1,1,0,0,0;0,2,0,0,0,0,0"
    told = 100 + 50
    assert counted(instance, f"roster 1500 0 {told} {valid}") == (1.5, told)
    # A is not there long enough.
    broken = valid.replace("1,1", "1,0")
    assert counted(instance, f"roster 20 1 {told} {broken}") == (0.02, None)
    for wrong in (
        f"roster 1500 0 {told - 1} {valid}",
        f"roster 1500 1 {told} {valid}",
        f"roster 20 0 {told} {broken}",
    ):
        with pytest.raises(Disagreement):
            counted(instance, wrong)


@needs_timefold
def test_timefold_reaches_the_least_cost(file: Path) -> None:
    """Each roster on the way is counted like the evaluator counts it."""
    *_, (_, value) = improvements(read_instance(file), 20, LEAST)
    assert value == LEAST


@needs_timefold
def test_no_java_is_left_of_a_run_that_is_killed(file: Path) -> None:
    """Its error stream ends only with the last process that has it."""
    command = [sys.executable, "-m", "benchmarks.rivals", str(file), "--minutes", "10"]
    command += ["--one", "Timefold", "--wanted", json.dumps({COST: 0})]
    command += ["--began", str(time.monotonic())]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        assert COST in next(line for line in process.stdout if line.startswith("{"))
        process.kill()
        process.communicate(timeout=PATIENCE)
    assert process.returncode < 0
