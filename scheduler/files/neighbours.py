"""Finished rosters of other offices of the operator, which may lend people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scheduler.audit.consistency.neighbours import neighbour_mistakes
from scheduler.audit.consistency.report import mistake
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.files.houses import in_file
from scheduler.files.rosters import read_roster


def read_neighbours(paths: Sequence[Path], problem: Problem) -> tuple[RosterFile, ...]:
    """Read the rosters of the offices that are asked for people.

    Parameters
    ----------
    paths
        Their files.  Each is one office, also where it was planned with others.
    problem
        The month that may lack people.

    Raises
    ------
    InputError
        With the mistakes of all files, each with its file: those inside a file, and
        what keeps its office from being asked.
    """
    read: dict[str, RosterFile] = {}
    mistakes: list[Mistake] = []
    for path in paths:
        name = path.name if path.name not in read else str(path)
        try:
            file = read_roster(path)
        except InputError as error:
            mistakes += (in_file(name, one) for one in error.mistakes)
            continue
        if name in read:
            mistakes.append(in_file(name, mistake("neighbour_file_twice", ())))
            continue
        read[name] = file
        if file.plan.proposal is not None:
            mistakes.append(in_file(name, mistake("neighbour_plan", ())))
    problems = {name: file.problem for name, file in read.items()}
    for name, one in neighbour_mistakes(problem, problems):
        mistakes.append(in_file(name, one))
    if mistakes:
        raise InputError(mistakes)
    return tuple(read.values())
