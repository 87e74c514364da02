"""The workbooks of a folder: which there are, and what is in them.

Workbooks are known by an id that is made here.  Nothing that a browser sends is used as
a path: an id is looked up among the files that are there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, Together
from scheduler.files.problems import WORKBOOK, read_with_warnings
from scheduler.files.rosters import path_of_version, read_roster
from scheduler.files.validation import LOCK
from scheduler.page.state import Gist, State

SUBFOLDERS = ("inputs", "outputs", "outputs/sample")
"""Where the commands put workbooks, below the folder that is opened."""

LOCKS = (LOCK, ".")
"""How the names of lock files and drafts begin."""


class NoSuchBook(KeyError):
    """There is no such workbook, or it holds something else; answered by a 404."""


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
        SHA-256 of the file that was read.
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


@dataclass(frozen=True)
class WorkbookFile:
    """A workbook of the folder, as it was when it was last looked at.

    Its contents are read when they are first asked for.

    Attributes
    ----------
    id
        Stands for its place in addresses.
    gist
        What is remembered of it.
    """

    id: str
    path: Path
    stamp: Stamp
    gist: Gist

    @cached_property
    def contents(self) -> Contents:
        """All of it."""
        return read_contents(self.path)

    @property
    def kind(self) -> BookKind:
        """What it is."""
        return BookKind(self.gist.kind)

    @property
    def together(self) -> Together | None:
        """Of a roster: which others it was made with."""
        roster = self.contents.roster
        return roster.plan.together if roster else None

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def month(self) -> tuple[str, str, str]:
        """Office and dates; equal for an input and the roster made from it."""
        return self.gist.office, self.gist.first, self.gist.last

    @property
    def first(self) -> dt.date | None:
        """The first date of its month, if it could be read."""
        return dt.date.fromisoformat(self.gist.first) if self.gist.first else None

    def covers(self, date: dt.date) -> bool:
        """Tell whether a date lies in its month."""
        return self.gist.first <= str(date) <= self.gist.last


class Library:
    """The workbooks of a folder, looked at again when they have changed.

    Parameters
    ----------
    folder
        The folder.
    state
        Where gists are remembered, so that a folder of many months is shown at once.
    """

    def __init__(self, folder: Path, state: State) -> None:
        self.folder = folder
        self._state = state
        self._known: dict[str, WorkbookFile] = {}
        self._gists = state.gists()
        self._lock = threading.RLock()

    def all(self) -> tuple[WorkbookFile, ...]:
        """Return every workbook of ours, the latest month first."""
        found = [one for path in self._paths() if (one := self._look_at(path))]
        return tuple(
            sorted(
                (one for one in found if one.kind is not BookKind.OTHER),
                key=_latest_first,
            )
        )

    def rosters(self) -> tuple[WorkbookFile, ...]:
        """Return the rosters in force, the latest month first.

        Versions that were replaced lie beside them, and so may plans that are not
        accepted.
        """
        found = [one for one in self.all() if one.kind is BookKind.ROSTER]
        replaced = {name for one in found for name in _older(one)}
        return tuple(
            one for one in found if one.path not in replaced and not one.gist.is_plan
        )

    def inputs(self) -> tuple[WorkbookFile, ...]:
        """Return the inputs that can be used, the latest month first."""
        return tuple(one for one in self.all() if one.kind is BookKind.INPUT)

    def houses(self, book: WorkbookFile) -> tuple[WorkbookFile, ...]:
        """Return the workbooks of a main office and its satellites in a month.

        They are of one kind, inputs or rosters, the main office's first.  Of rosters
        that were made together each names the others.  An office without satellites
        is alone; nothing is returned of a satellite whose main office has no such
        workbook here.
        """
        alike = self.rosters() if book.kind is BookKind.ROSTER else self.inputs()
        beside = [one for one in alike if one.month[1:] == book.month[1:]]
        if book.kind is BookKind.ROSTER:
            beside = [one for one in beside if one.together == book.together]
        mains = [
            one for one in beside if not one.gist.is_satellite and _belongs(book, one)
        ]
        main = _nearest(book, mains) if book.gist.is_satellite else book
        if main is None:
            return ()
        offices: dict[str, list[WorkbookFile]] = {}
        for one in (book, *beside):
            if one.gist.is_satellite and _belongs(one, main):
                offices.setdefault(one.gist.office, []).append(one)
        satellites = [
            book if book in found else _nearest(main, found)
            for found in offices.values()
        ]
        there = (one for one in satellites if one is not None)
        return main, *sorted(there, key=lambda one: one.name)

    def book(self, book_id: str) -> WorkbookFile:
        """Return the workbook of an id as it is now.

        Raises
        ------
        NoSuchBook
            If there is none.
        """
        for path in self._paths():
            if _id(self.folder, path) == book_id:
                found = self._look_at(path)
                if found is not None and found.kind is not BookKind.OTHER:
                    return found
        raise NoSuchBook(book_id)

    def at(self, path: Path) -> WorkbookFile:
        """Return the workbook at a path of the folder.

        Raises
        ------
        NoSuchBook
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
        """Return a file as it is now; ``None`` if it is gone."""
        book_id = _id(self.folder, path)
        with self._lock:
            try:
                stamp = Stamp.of(path)
            except OSError:
                return None
            known = self._known.get(book_id)
            if known is None or known.stamp != stamp:
                known = self._looked_at(book_id, path, stamp)
                self._known[book_id] = known
            return known

    def _looked_at(self, book_id: str, path: Path, stamp: Stamp) -> WorkbookFile:
        remembered = self._gists.get(book_id)
        if remembered is not None and remembered[0] == tuple(stamp):
            return WorkbookFile(book_id, path, stamp, remembered[1])
        contents = read_contents(path)
        book = WorkbookFile(book_id, path, stamp, _gist(contents))
        book.__dict__["contents"] = contents
        self._state.keep_gist(book_id, stamp.changed, stamp.size, book.gist)
        return book


def _belongs(book: WorkbookFile, main: WorkbookFile) -> bool:
    """Whether a workbook is of a main office or of one of its satellites."""
    if not book.gist.is_satellite:
        return book.gist.office == main.gist.office
    return not book.gist.main or look_of(book.gist.main) == look_of(main.gist.office)


def _nearest(book: WorkbookFile, found: Sequence[WorkbookFile]) -> WorkbookFile | None:
    """Return the workbook whose name ends most like that of another house's.

    A month may have several: what was agreed on is written into others of both houses.
    """

    def likeness(one: WorkbookFile) -> tuple[int, int]:
        ends = zip(reversed(one.name), reversed(book.name), strict=False)
        alike = takewhile(lambda pair: pair[0] == pair[1], ends)
        return -sum(1 for _pair in alike), len(one.name)

    return min(found, key=likeness, default=None)


def _id(folder: Path, path: Path) -> str:
    inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
    return hashlib.sha256(inside.encode()).hexdigest()[:12]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_contents(path: Path) -> Contents:
    """Read a workbook, again if another program has changed it meanwhile."""
    while True:
        digest = digest_of(path)
        contents = _read(path, digest)
        if digest_of(path) == digest:
            return contents


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


def _gist(contents: Contents) -> Gist:
    problem, roster = contents.problem, contents.roster
    if problem is None:
        return Gist(str(contents.kind))
    return Gist(
        kind=str(contents.kind),
        office=problem.office.name,
        first=str(problem.period.first),
        last=str(problem.period.last),
        version=roster.plan.version if roster else 0,
        is_plan=roster is not None and roster.plan.proposal is not None,
        people=len(problem.staff),
        wishes=len(problem.requests),
        odd=len(contents.warnings),
        is_satellite=problem.office.kind.is_satellite,
        main=problem.office.main_office,
    )


def _older(book: WorkbookFile) -> Iterator[Path]:
    """Yield the names under which the versions before a roster are kept."""
    for number in range(1, book.gist.version):
        yield path_of_version(book.path, number)


def _latest_first(book: WorkbookFile) -> tuple[int, int, str]:
    """Return a key by which the latest month comes first, of one the latest version.

    Its file may have been renamed, so that older versions are not known by their names.
    """
    first = book.first.toordinal() if book.first else 0
    return -first, -book.gist.version, book.path.name
