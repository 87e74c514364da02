"""Problems and rosters from files, by their suffix: .xlsx or .json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from scheduler.audit import consistency
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.problem import Problem
from scheduler.files.json_input import load_problem
from scheduler.files.saving import replace, save
from scheduler.files.validation import mistakes_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from scheduler.domain.base import Frozen

WORKBOOK = ".xlsx"
JSON = ".json"


def read_problem(path: Path) -> Problem:
    """Read a problem from a workbook or a JSON file.

    Raises
    ------
    InputError
        With every mistake found: by sheet and cell, or by path in the JSON.
    """
    if path.suffix.lower() == WORKBOOK:
        from scheduler.files.workbook.read_input import read_input

        return read_input(path)
    if path.suffix.lower() != JSON:
        raise InputError([_of_file("wrong_suffix", path)])
    return read_json(path)


def read_with_warnings(path: Path) -> tuple[Problem, tuple[Mistake, ...]]:
    """Read a problem as `read_problem` does, and what in it is likely not meant.

    Returns
    -------
    problem
        The problem.
    warnings
        By sheet and cell, or by path in the JSON.

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


def read_json(path: Path) -> Problem:
    """Read a problem from JSON, in the form that ``shotaki schema problem`` shows.

    Raises
    ------
    InputError
        With every mistake found, by its path in the JSON.
    """
    data = load_problem(path)
    try:
        problem = Problem.model_validate_json(data)
    except ValidationError as error:
        raise InputError(tuple(mistakes_of(error))) from error
    found = consistency.mistakes(problem)
    if found:
        raise InputError(found)
    return problem


def write_json(
    value: Frozen, path: Path, may_replace: Callable[[Path], bool] = lambda there: True
) -> Path:
    """Write a problem, a roster or another value as JSON; return where it stands.

    Raises
    ------
    OutputError
        If the file cannot be written there.

    See Also
    --------
    scheduler.files.saving.save : how a file that is there already is treated.
    """
    return save(json_writer(value), path, may_replace)


def replace_json(value: Frozen, path: Path, kept: Path) -> Path:
    """Write JSON over a file, and return where the one before is kept.

    Raises
    ------
    OutputError
        If it cannot be; everything is then as it was.

    See Also
    --------
    scheduler.files.saving.replace : how both files are kept whole.
    """
    return replace(json_writer(value), path, kept)


def json_writer(value: Frozen) -> Callable[[BinaryIO], object]:
    """Return what writes a value as JSON."""
    data = (value.model_dump_json(indent=1) + "\n").encode()
    return lambda file: file.write(data)


def _of_file(code: str, path: Path) -> Mistake:
    return Mistake(code=code, facts={"path": str(path)})
