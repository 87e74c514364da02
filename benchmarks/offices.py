"""What the sample offices cost: ``python -m benchmarks.offices [NAME ...]``.

Each office runs in a process of its own, so that peak memory is its own: read the
workbook, solve, audit, write the roster workbook.  Prints a table of seconds and, for
each level, value, bound and the seconds it took.  The import of the command line is
timed for ``--help``, the best of five.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ROOT / "inputs"
OFFICES = ("sakura", "small", "tight", "short")
HELP_RUNS = 5
CALL = "from scheduler.cli import main; main()"


def main() -> None:
    """Measure the offices named, or all, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=OFFICES, metavar="NAME")
    parser.add_argument("--seconds", type=float, default=300, help="limit of a search")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.names[0], given.seconds, given.workers)))
        return
    print(f"{os.cpu_count()} cores, {given.workers} workers")
    print(f"shotaki --help: {help_seconds():.2f} s")
    for name in given.names:
        show(in_own_process(name, given.seconds, given.workers))


def in_own_process(name: str, seconds: float, workers: int) -> dict[str, Any]:
    """Measure an office in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.offices", name, "--one"]
    limits = ["--seconds", str(seconds), "--workers", str(workers)]
    done = subprocess.run(
        [*command, *limits], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def measure(name: str, seconds: float, workers: int) -> dict[str, Any]:
    """Read, solve, audit and write one office, and tell what each took."""
    begun = time.perf_counter()
    from scheduler.audit import audit
    from scheduler.domain.stance import Stance
    from scheduler.files import read_problem
    from scheduler.solve import Progress, SearchLimits, solve
    from scheduler.workbook.roster import read_roster, write_roster

    watch = _Watch(begun)
    took = {"import": watch.lap()}
    problem = read_problem(next(INPUTS.glob(f"{name}-*.xlsx")))
    took["read"] = watch.lap()
    first: dict[str, float] = {}

    def listen(progress: Progress) -> None:
        if progress.value is None:
            return
        first.setdefault("any", progress.seconds)
        past_law = progress.level not in (Stance.STATUTORY, Stance.MUST)
        if past_law or (progress.level is Stance.MUST and progress.value == 0):
            first.setdefault("legal", progress.seconds)

    solution = solve(problem, SearchLimits(seconds, workers), listen)
    took["solve"] = watch.lap()
    findings = audit(problem, solution.roster)
    took["audit"] = watch.lap()
    with tempfile.TemporaryDirectory() as folder:
        path = write_roster(
            problem, solution.roster, findings, Path(folder) / "roster.xlsx"
        )
        took["write"] = watch.lap()
        read_roster(path)
        took["read back"] = watch.lap()
    return {
        "name": name,
        "seconds": took,
        "first": first,
        "legal": solution.is_legal,
        "levels": [outcome.model_dump(mode="json") for outcome in solution.outcomes],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        // (1024 * 1024 if sys.platform == "darwin" else 1024),
    }


class _Watch:
    """A stopwatch that tells the time since it was last asked."""

    def __init__(self, begun: float) -> None:
        self._last = begun

    def lap(self) -> float:
        before, self._last = self._last, time.perf_counter()
        return round(self._last - before, 3)


def help_seconds() -> float:
    """Return the best time of ``shotaki --help``, from process start to end."""
    runs = []
    for _ in range(HELP_RUNS):
        begun = time.perf_counter()
        command = [sys.executable, "-c", CALL, "--help"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        runs.append(time.perf_counter() - begun)
    return min(runs)


def show(measured: dict[str, Any]) -> None:
    """Print what was measured of one office."""
    first = measured["first"]
    legal = f"{first['legal']:.1f} s" if measured["legal"] else "none"
    print(f"\n{measured['name']}: first legal roster {legal}", end="")
    print(f", first of all {first['any']:.1f} s, peak {measured['megabytes']} MB")
    took = measured["seconds"].items()
    print("  " + ", ".join(f"{step} {seconds:.2f}" for step, seconds in took))
    for level in measured["levels"]:
        best = "best" if level["value"] == level["bound"] else "not proven"
        figures = f"{level['value']:>7} {level['bound']:>7} {level['seconds']:>7.1f} s"
        print(f"  {level['level']:<10}{figures}  {best}")


if __name__ == "__main__":
    main()
