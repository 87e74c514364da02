"""The workbooks of a folder: which there are, and what is in them.

Workbooks are known by an id that is made here.  Nothing that a browser sends is used as
a path: an id is looked up among the files that are there.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import InputError
from scheduler.files.problems import WORKBOOK, read_with_warnings
from scheduler.files.rosters import path_of_version, read_roster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scheduler.domain.errors import Mistake
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile

SUBFOLDERS = ("inputs", "outputs", "outputs/sample")
"""Where the commands put workbooks, below the folder that is opened."""

LOCKS = ("~$", ".")
"""How the names of lock files and drafts begin."""

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


@dataclass(frozen=True)
class WorkbookFile:
    """A workbook of the folder, as it was when it was last looked at.

    Attributes
    ----------
    id
        Stands for its place in addresses.
    roster
        The roster read back, if it is one.
    problem
        The month: the roster's, or the input's.
    warnings, mistakes
        Of an input: what looks unintended, and what makes it unusable.
    """

    id: str
    path: Path
    stamp: Stamp
    kind: BookKind
    problem: Problem | None = None
    roster: RosterFile | None = None
    warnings: tuple[Mistake, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def period(self) -> Period | None:
        """The dates of its month, if it could be read."""
        return self.problem.period if self.problem else None


class Library:
    """The workbooks of a folder, read once and again when they have changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._known: dict[str, WorkbookFile | None] = {}
        self._stamps: dict[str, Stamp] = {}
        self._lock = threading.RLock()

    def all(self) -> tuple[WorkbookFile, ...]:
        """Return every workbook of ours, the latest month first."""
        found = [one for path in self._paths() if (one := self._look_at(path))]
        return tuple(sorted(found, key=_latest_first))

    def rosters(self) -> tuple[WorkbookFile, ...]:
        """Return the rosters in force, the latest month first.

        Versions that were replaced lie beside them, and so may plans that are not
        accepted.
        """
        found = [one for one in self.all() if one.roster is not None]
        replaced = {name for one in found for name in _older(one)}
        return tuple(
            one for one in found if one.path not in replaced and not _is_plan(one)
        )

    def inputs(self) -> tuple[WorkbookFile, ...]:
        """Return the inputs that can be used, the latest month first."""
        return tuple(one for one in self.all() if one.kind is BookKind.INPUT)

    def book(self, book_id: str) -> WorkbookFile:
        """Return the workbook of an id as it is now.

        Raises
        ------
        KeyError
            If there is none.
        """
        for path in self._paths():
            if _id(self.folder, path) == book_id:
                found = self._look_at(path)
                if found is not None:
                    return found
        raise KeyError(book_id)

    def at(self, path: Path) -> WorkbookFile:
        """Return the workbook at a path of the folder.

        Raises
        ------
        KeyError
            If there is none.
        """
        return self.book(_id(self.folder, path.resolve()))

    def _paths(self) -> Iterator[Path]:
        for place in ("", *SUBFOLDERS):
            folder = self.folder / place
            if folder.is_dir():
                for path in sorted(folder.glob(f"*{WORKBOOK}")):
                    if not path.name.startswith(LOCKS) and path.is_file():
                        yield path

    def _look_at(self, path: Path) -> WorkbookFile | None:
        """Return a file as it is now; ``None`` if it is no workbook of ours."""
        book_id = _id(self.folder, path)
        with self._lock:
            try:
                stamp = Stamp.of(path)
            except OSError:
                return None
            if self._stamps.get(book_id) != stamp:
                self._known[book_id] = _read(book_id, path, stamp)
                self._stamps[book_id] = stamp
            return self._known[book_id]


def _id(folder: Path, path: Path) -> str:
    inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
    return hashlib.sha256(inside.encode()).hexdigest()[:12]


def _read(book_id: str, path: Path, stamp: Stamp) -> WorkbookFile | None:
    try:
        roster = read_roster(path)
    except InputError as error:
        codes = {mistake.code for mistake in error.mistakes}
        if codes == {"is_an_input"}:
            return _read_input(book_id, path, stamp)
        if codes & set(NOT_A_ROSTER):
            return None
        return WorkbookFile(
            book_id, path, stamp, BookKind.FAULTY, mistakes=error.mistakes
        )
    return WorkbookFile(
        book_id, path, stamp, BookKind.ROSTER, problem=roster.problem, roster=roster
    )


def _read_input(book_id: str, path: Path, stamp: Stamp) -> WorkbookFile:
    try:
        problem, warnings = read_with_warnings(path)
    except InputError as error:
        return WorkbookFile(
            book_id, path, stamp, BookKind.FAULTY, mistakes=error.mistakes
        )
    return WorkbookFile(
        book_id, path, stamp, BookKind.INPUT, problem=problem, warnings=warnings
    )


def _is_plan(book: WorkbookFile) -> bool:
    return book.roster is not None and book.roster.plan.proposal is not None


def _older(book: WorkbookFile) -> Iterator[Path]:
    """Yield the names under which the versions before a roster are kept."""
    version = book.roster.plan.version if book.roster else 0
    for number in range(1, version):
        yield path_of_version(book.path, number)


def _latest_first(book: WorkbookFile) -> tuple[int, str]:
    first = book.period.first.toordinal() if book.period else 0
    return -first, book.path.name
