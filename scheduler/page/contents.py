"""What is in a workbook of the folder, and how it is told that it has changed."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.files.problems import read_with_warnings
from scheduler.files.rosters import read_roster
from scheduler.files.validation import file_bytes
from scheduler.files.workbook.container import LARGEST_FILE

NOT_A_ROSTER = ("is_an_input", "not_a_roster")
"""Mistakes which say that a workbook is no roster, rather than a faulty one."""


class Stamp(NamedTuple):
    """What tells whether a file has changed: time of its last change, and size."""

    changed: int
    size: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Return the stamp of a file as it is now."""
        found = path.stat()
        return cls(found.st_mtime_ns, found.st_size)


class BookKind(StrEnum):
    """What a workbook is."""

    INPUT = "input"
    ROSTER = "roster"
    FAULTY = "faulty"
    """One of ours that cannot be read as it stands."""
    OTHER = "other"
    """None of ours."""


class Contents(NamedTuple):
    """A workbook as it was read.

    Attributes
    ----------
    digest
        SHA-256 of the file that was read; empty if it could not be opened.
    problem
        The month: the roster's, or the input's.
    roster
        The roster read back, if it is one.
    warnings, mistakes
        Of an input: what looks unintended, and what makes it unusable.
    """

    kind: BookKind
    digest: str
    problem: Problem | None = None
    roster: RosterFile | None = None
    warnings: tuple[Mistake, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    return hashlib.sha256(file_bytes(path, LARGEST_FILE)).hexdigest()


def opens(path: Path) -> bool:
    """Tell whether a file can be opened."""
    try:
        file_bytes(path, 0)
    except InputError:
        return False
    return True


def read_contents(path: Path) -> Contents:
    """Read a workbook, again if another program has changed it meanwhile."""
    while True:
        try:
            digest = digest_of(path)
            contents = _read(path, digest)
            if digest_of(path) == digest:
                return contents
        except InputError as error:
            return Contents(BookKind.FAULTY, "", mistakes=error.mistakes)


def _read(path: Path, digest: str) -> Contents:
    try:
        roster = read_roster(path)
    except InputError as error:
        codes = {mistake.code for mistake in error.mistakes}
        if codes == {"is_an_input"}:
            return _read_input(path, digest)
        if codes & set(NOT_A_ROSTER):
            return Contents(BookKind.OTHER, digest)
        return Contents(BookKind.FAULTY, digest, mistakes=error.mistakes)
    return Contents(BookKind.ROSTER, digest, roster.problem, roster)


def _read_input(path: Path, digest: str) -> Contents:
    try:
        problem, warnings = read_with_warnings(path)
    except InputError as error:
        return Contents(BookKind.FAULTY, digest, mistakes=error.mistakes)
    return Contents(BookKind.INPUT, digest, problem, warnings=warnings)
