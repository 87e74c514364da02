"""Reading the input workbook into a problem, or a list of mistakes with their cells."""

from __future__ import annotations

from pathlib import Path

from scheduler.audit import consistency
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.problem import Problem
from scheduler.files.workbook.container import workbook_bytes
from scheduler.files.workbook.loaded import LoadedInput
from scheduler.files.workbook.reading.build import places_of
from scheduler.files.workbook.reading.notes import Notes, in_order
from scheduler.files.workbook.stamps import SORTED_PARTS


def read_input(path: Path) -> Problem:
    """Read an input workbook.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell where it has one.
    """
    return read_noting(path, Notes())


def read_with_warnings(path: Path) -> tuple[Problem, tuple[Mistake, ...]]:
    """Read an input workbook, with warnings about entries probably not intended.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell where it has one.
    """
    notes = Notes()
    problem = read_noting(path, notes)
    for warning in consistency.warnings(problem):
        places = places_of(warning, notes)
        notes.report_all(warning.code, places, warning.loc, **warning.facts)
    found = [*notes.warnings, *notes.mistakes]
    return problem, tuple(in_order(found, notes.sheets))


def read_noting(path: Path, notes: Notes) -> Problem:
    """Read an input workbook as `read_input` does, and note where things stand."""
    problem = LoadedInput(workbook_bytes(path)).read(notes)
    if problem is None or notes.mistakes:
        # A sort of a part of a list may be why there are mistakes at all.
        sorts = (*SORTED_PARTS, "rows_sorted")
        sorted_parts = [one for one in notes.warnings if one.code in sorts]
        raise InputError(in_order([*sorted_parts, *notes.mistakes], notes.sheets))
    return problem
