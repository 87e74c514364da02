"""Measure a batch by threads per office: ``python -m benchmarks.batch``.

Makes the rosters of a few sample offices side by side with 8, 4 and 2 threads each;
prints the seconds of all and of each, and which levels were not proven.
"""

from __future__ import annotations

import argparse
import time

from scheduler.api.batch_tasks import BatchOrder, NoRoster, OfficeRoster, make
from scheduler.files.samples import SAMPLE_MONTH, SAMPLES
from scheduler.solver.executors import cores, local
from scheduler.solver.search import SearchLimits

OFFICES = ("small", "short", "small", "short")


def main() -> None:
    """Measure each number of threads and print the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=OFFICES, metavar="NAME")
    parser.add_argument("--seconds", type=float, default=300, help="limit of a search")
    parser.add_argument("--workers", type=int, nargs="*", default=[8, 4, 2])
    parser.add_argument("--processes", type=int, default=cores())
    given = parser.parse_args()
    for workers in given.workers:
        order = BatchOrder(SearchLimits(given.seconds, workers), advice=False)
        began = time.monotonic()
        with local(given.processes) as crew:
            problems = [SAMPLES[name](SAMPLE_MONTH) for name in given.names]
            tasks = [crew.submit(make, problem, order) for problem in problems]
            told = [describe(task.result()) for task in tasks]
        seconds = time.monotonic() - began
        print(f"{given.processes} processes, {workers} threads each: {seconds:.0f} s")
        for name, text in zip(given.names, told, strict=True):
            print(f"  {name}: {text}")


def describe(answer: OfficeRoster | NoRoster) -> str:
    """Return the result of an office as text: seconds, and levels not proven."""
    if isinstance(answer, NoRoster):
        return answer.error or "no roster"
    provenance = answer.roster.provenance
    outcomes = provenance.outcomes if provenance else ()
    open_levels = [one.level.value for one in outcomes if not one.is_proven]
    proof = f"not proven: {', '.join(open_levels)}" if open_levels else "all proven"
    return f"{answer.seconds:.0f} s, {proof}"


if __name__ == "__main__":
    main()
