"""Measure one month in a process of its own, as `benchmarks.months` asks for it.

``python -m benchmarks.measuring INPUT.xlsx`` reads, solves, audits and writes it, with
advice if it cannot be legal, and prints one line of JSON.  Moments are seconds from the
start of the process.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.advice import Stage
    from scheduler.solver.solve import Progress

ROOT = Path(__file__).resolve().parent.parent

RUNS = 5
"""Processes of which the quickest is taken where something takes about a second."""

Measured = dict[str, Any]
"""The measurements of a month, as they stand in JSON."""


@dataclass(frozen=True)
class Effort:
    """What a month may take."""

    seconds: float
    workers: int
    repeatable: bool = False
    advice: bool = True
    write: bool = True


def in_own_process(path: Path, effort: Effort) -> Measured:
    """Return the measurements of an input, or under ``error`` how its process ended."""
    began = time.time()
    given = json.dumps(asdict(effort) | {"began": began})
    command = [sys.executable, "-m", "benchmarks.measuring", str(path), given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        return {"error": done.stderr.strip().rpartition("\n")[2] or done.returncode}
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


class _Moments:
    """The moments at which something was first so, and those of the levels."""

    def __init__(self, began: float) -> None:
        self._began = began
        self.at: dict[str, float] = {}
        self.progress = 0.0

    def mark(self, what: str) -> float:
        """Note that something is so now, unless it was so before."""
        return self.at.setdefault(what, round(time.time() - self._began, 3))

    def listen(self, told: Progress | Stage) -> None:
        """Note the first roster, the first legal one, and the steps of the advice."""
        from scheduler.advice import Stage, Step

        if isinstance(told, Stage):
            if told.step is Step.REPAIRS and told.found:
                self.mark(f"repair {told.found}")
            elif told.step is Step.CAUSES and told.found:
                self.mark("causes")
            elif told.step is Step.HIRES:
                self.mark("advice")
            return
        if told.value is None:
            return
        self.mark("any")
        self.progress = time.time() - self._began
        from scheduler.domain.finding import Stance

        past_law = told.level not in (Stance.PINNED, Stance.STATUTORY, Stance.MUST)
        if past_law or (told.level is Stance.MUST and told.value == 0):
            self.mark("legal")


def measure(path: Path, effort: Effort, began: float) -> Measured:
    """Make the roster of an input; return the measurements."""
    moments = _Moments(began)
    from scheduler.advice import Wanted, make
    from scheduler.audit import audit
    from scheduler.files.problems import read_problem
    from scheduler.files.rosters import write_roster
    from scheduler.model import build
    from scheduler.solver.search import SearchLimits

    moments.mark("imported")
    problem = read_problem(path)
    moments.mark("read")
    limits = SearchLimits(effort.seconds, effort.workers, repeatable=effort.repeatable)
    wanted = Wanted(advice=effort.advice)
    solution = make(problem, limits, wanted, moments.listen)[0]
    moments.mark("solved")
    findings = audit(problem, solution.roster)
    if effort.write:
        with tempfile.TemporaryDirectory() as folder:
            write_roster(Path(folder) / "out.xlsx", problem, solution.roster, findings)
    moments.mark("written")
    megabytes = _peak_megabytes()

    begun = time.perf_counter()
    build(problem)
    model = time.perf_counter() - begun
    levels = [outcome.model_dump(mode="json") for outcome in solution.outcomes]
    at = moments.at
    if not solution.is_legal:
        at.pop("legal", None)
    if all(is_proven(level) for level in levels):
        # A confirmation may end after the last message of progress.
        searched = sum(level["seconds"] for level in levels)
        at["proven"] = round(max(moments.progress, at["read"] + model + searched), 3)
    advice = solution.roster.advice
    return {
        "office": problem.office.name,
        "people": len(problem.staff),
        "dates": problem.period.days,
        "at": at,
        "model": round(model, 3),
        "legal": solution.is_legal,
        "levels": levels,
        "causes": len(advice.causes) if advice else 0,
        "repairs": len(advice.repairs) if advice else 0,
        "settings": len(advice.settings) if advice else 0,
        "megabytes": megabytes,
    }


def is_proven(level: Measured) -> bool:
    """Tell whether a level is proven: value equal to a bound confirmed or zero."""
    certain = level["confirmed"] or not level["bound"]
    return bool(level["value"] == level["bound"] and certain)


def _peak_megabytes() -> int:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def seconds_of(code: str, *arguments: str) -> float:
    """Return the least seconds of some code over `RUNS` processes."""
    runs = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        command = [sys.executable, "-c", code, *arguments]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        runs.append(time.perf_counter() - begun)
    return min(runs)


def machine(*used: str) -> str:
    """Return as a line what figures are of: cores, what of them is used, and load."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return ", ".join([f"{os.cpu_count()} cores", *used, f"load before: {load}"])


def spread(figures: Sequence[float]) -> str:
    """Return median, 90th percentile and worst as text."""
    ranked = sorted(figures)
    ninth = ranked[math.ceil(0.9 * len(ranked)) - 1]
    median = statistics.median_high(ranked)
    return f"median {median:7.1f}  90 % {ninth:7.1f}  worst {ranked[-1]:7.1f}"


def main() -> None:
    """Measure the input on the command line and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, metavar="INPUT")
    parser.add_argument("effort", type=json.loads)
    given = parser.parse_args()
    began = given.effort.pop("began")
    print(json.dumps(measure(given.path, Effort(**given.effort), began)))


if __name__ == "__main__":
    main()
