"""Measure how time and memory grow with the staff: ``python -m benchmarks.scaling``.

Makes the month of one generated office of 16, 30, 60 and 120 people, each in a process
of its own, and prints a table: the model's building, the first roster, the first legal
one and the proof of all levels, in seconds from the start of the process, and the peak
of memory.
"""

from __future__ import annotations

import argparse

from benchmarks.generator import Strain, office
from benchmarks.measuring import Effort, Measured, is_proven, machine
from benchmarks.months import measured

PEOPLE = (16, 30, 60, 120)
MOMENTS = ("any", "legal", "proven")


def main() -> None:
    """Measure each number of people and print a line of the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", nargs="*", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strain", type=Strain, default=Strain.USUAL)
    parser.add_argument("--seconds", type=float, default=600, help="limit of a month")
    parser.add_argument("--workers", type=int, default=8, help="threads of a search")
    given = parser.parse_args()
    print(machine(f"{given.workers} workers"))
    effort = Effort(given.seconds, given.workers, advice=False, write=False)
    heads = ("people", "model", "first", *MOMENTS[1:], "MB")
    print("".join(f"{head:>9}" for head in heads) + "  levels not proven")
    for people in given.people:
        problem = office(given.seed, people, given.strain)
        print(row(people, measured(problem, effort)), flush=True)


def row(people: int, month: Measured) -> str:
    """Return the table's line for a number of people."""
    if "error" in month:
        return f"{people:>9}  {month['error']}"
    seconds = [month["model"], *(month["at"].get(moment) for moment in MOMENTS)]
    cells = ["-" if one is None else f"{one:.1f}" for one in seconds]
    left = [level["level"] for level in month["levels"] if not is_proven(level)]
    figures = [str(people), *cells, str(month["megabytes"])]
    return "".join(f"{one:>9}" for one in figures) + f"  {', '.join(left) or '-'}"


if __name__ == "__main__":
    main()
