"""Solve public instances: ``python -m benchmarks.public FILE... --minutes 10``.

Prints for each file the value found, the bound, the seconds to the best roster and in
all, the best known value and the gap to it.  The value is counted from the roster.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.public.evaluator import breaches, cost
from benchmarks.public.instance import BadFile, Instance, read_instance
from benchmarks.public.known import BEST_KNOWN
from benchmarks.public.model import ShiftModel
from benchmarks.public.neighbourhoods import improver
from scheduler.domain.errors import Disagreement
from scheduler.solver.search import Search, SearchLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = ("instance", "found", "bound", "best after", "in all", "best known", "gap")


@dataclass(frozen=True)
class Result:
    """What a search found: ``value`` is ``None`` without a roster; times in seconds."""

    value: int | None
    bound: int
    best_after: float
    seconds: float


def main() -> None:
    """Solve the files named and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--minutes", type=float, default=10, help="limit of a file")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    try:
        instances = [read_instance(path) for path in given.files]
    except BadFile as error:
        sys.exit(str(error))
    print(f"{os.cpu_count()} cores, {given.minutes:g} minutes, {given.workers} workers")
    print(f"\n| {' | '.join(HEADINGS)} |")
    print("|" + "---|" * len(HEADINGS))
    for instance in instances:
        limits = SearchLimits(given.minutes * 60, given.workers, given.seed)
        print(row(instance.name, solve(instance, limits)), flush=True)


def solve(instance: Instance, limits: SearchLimits) -> Result:
    """Solve an instance with the product's search.

    Raises
    ------
    Disagreement
        If the roster breaks a hard rule, or costs another amount than the model says.
    """
    began = time.monotonic()
    model = ShiftModel(instance)
    search = Search(limits)
    improved: dict[int, float] = {}

    def told(value: int, _bound: int, _values: Sequence[int]) -> None:
        improved.setdefault(value, time.monotonic() - began)

    better = improver(model.cp, model.cells, limits.seed)
    found = search.minimise(model.cp, search.left, 0, told, improver=better)
    seconds = time.monotonic() - began
    if not found.values:
        return Result(None, found.bound, seconds, seconds)
    value = model.value(found.values)
    roster = model.roster(found.values)
    broken = breaches(instance, roster)
    counted = cost(instance, roster)
    # A shift may be both too few and too many until the search has ended.
    if broken or counted > value:
        text = "\n".join([f"{instance.name}: {counted}, model {value}", *broken])
        raise Disagreement(text)
    return Result(counted, found.bound, max(improved.values()), seconds)


def row(name: str, result: Result) -> str:
    """Return a result as a row of the table."""
    known, value = BEST_KNOWN.get(name), result.value
    gap = "" if known is None or value is None else f"{value / known - 1:.1%}"
    cells = (
        name,
        "none" if value is None else value,
        result.bound,
        f"{result.best_after:.0f} s",
        f"{result.seconds:.0f} s",
        "" if known is None else known,
        gap,
    )
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
