"""Reading problems from .xlsx or .json files, and writing values as JSON."""

from __future__ import annotations

import re
from pathlib import Path

from scheduler.audit import consistency
from scheduler.domain.base import Frozen
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.validation import read_json

WORKBOOK = ".xlsx"
MONTH_IN_NAME = re.compile(r"-\d{4}-\d{2}$")


def read_problem(path: Path) -> Problem:
    """Read a problem from a workbook, or JSON as ``shotaki schema problem`` shows it.

    Raises
    ------
    InputError
        With every mistake found: by sheet and cell, or by path in the JSON.
    """
    if path.suffix.lower() == WORKBOOK:
        from scheduler.files.workbook.read_input import read_input

        return read_input(path)
    problem = read_json(path, Problem)
    found = consistency.mistakes(problem)
    if found:
        raise InputError(found)
    return problem


def read_with_warnings(path: Path) -> tuple[Problem, tuple[Mistake, ...]]:
    """Read a problem, with warnings about entries that are probably not intended.

    Returns
    -------
    problem
        The problem.
    warnings
        Each with its sheet and cell, or its path in the JSON.

    Raises
    ------
    InputError
        With every mistake found.
    """
    if path.suffix.lower() == WORKBOOK:
        from scheduler.files.workbook import read_input

        return read_input.read_with_warnings(path)
    problem = read_problem(path)
    return problem, consistency.warnings(problem)


def json_bytes(value: Frozen) -> bytes:
    """Return a problem, a roster or another value as JSON."""
    return (value.model_dump_json(indent=1) + "\n").encode()


def name_for(period: Period, before: str) -> str:
    """Return the name of the workbook of a period, by that of a month before it.

    Parameters
    ----------
    before
        The name of the month's file, without its suffix.
    """
    return f"{MONTH_IN_NAME.sub('', before)}-{period.first:%Y-%m}{WORKBOOK}"
