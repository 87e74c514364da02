"""The workbooks of a folder: which there are, and what is in them.

Workbooks are known by an id that is made here.  Nothing that a browser sends is used as
a path: an id is looked up among the files that are there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.likeness import look_of
from scheduler.domain.period import Period
from scheduler.domain.record import Together
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import path_of_version
from scheduler.files.validation import LOCK
from scheduler.page.contents import BookKind, Contents, Stamp, opens, read_contents
from scheduler.page.state import Gist, State
from scheduler.wording.translation import _

SUBFOLDERS = ("inputs", "outputs", "outputs/sample")
"""Where the commands put workbooks, below the folder that is opened."""

OTHER_FORMATS = frozenset(
    {
        *(".xls", ".xlsm", ".xlsb", ".xltx", ".xltm"),
        *(".ods", ".numbers", ".et", ".gsheet"),
    }
)
"""Endings of spreadsheets that are not read: of Excel, and of other programs."""

LOCKS = (LOCK, ".")
"""How the names of lock files and drafts begin."""


class NoSuchBook(KeyError):
    """There is no such workbook, or it holds something else; answered by a 404."""


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
        """All of it.

        Raises
        ------
        InputError
            If the file cannot be opened, although it was read before.
        """
        contents = read_contents(self.path)
        if not contents.digest:
            raise InputError(contents.mistakes)
        return contents

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

    @property
    def period(self) -> Period | None:
        """The dates of its month, if they could be read."""
        first, last = self.gist.first, self.gist.last
        if not first:
            return None
        return Period(
            first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last)
        )

    def covers(self, date: dt.date) -> bool:
        """Tell whether a date lies in its month."""
        return self.gist.first <= str(date) <= self.gist.last


class Library:
    """The workbooks of a folder, looked at again when they have changed.

    Parameters
    ----------
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
        ours = [one for one in found if one.kind is not BookKind.OTHER]
        names: dict[tuple[str, ...], str] = {}
        for one in ours:
            name = names.setdefault(one.month, one.path.name)
            names[one.month] = min(name, one.path.name)
        return tuple(
            sorted(ours, key=lambda one: (*_latest(one), names[one.month], *_old(one)))
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

    def twins(self, book: WorkbookFile) -> tuple[WorkbookFile, ...]:
        """Return the workbooks that might be meant by a month instead of another.

        They are of its kind, office and dates: copies, mostly.
        """
        alike = self.rosters() if book.kind is BookKind.ROSTER else self.inputs()
        return tuple(
            one for one in alike if one.month == book.month and one.id != book.id
        )

    def unread(self) -> tuple[str, ...]:
        """Return the names of files that other programs have saved of workbooks."""
        others = (path for path in self._entries() if _ending(path) in OTHER_FORMATS)
        return tuple(sorted(path.name for path in others))

    def inputs(self) -> tuple[WorkbookFile, ...]:
        """Return the inputs that can be used, the latest month first."""
        return tuple(one for one in self.all() if one.kind is BookKind.INPUT)

    def roster_of(self, book: WorkbookFile) -> WorkbookFile | None:
        """Return the roster in force of the month of an input, if there is one."""
        return next((one for one in self.rosters() if one.month == book.month), None)

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
        for path in self._entries():
            if _ending(path) == WORKBOOK and path.is_file():
                yield path

    def _entries(self) -> Iterator[Path]:
        """Yield what lies in the folders, but for lock files and drafts.

        Raises
        ------
        OutputError
            If the folder itself is gone: without it there would seem to be no books.
        """
        if not self.folder.is_dir():
            text = _(
                "The folder {path} is not there. Connect its disk or network again, or "
                "open the page anew where the folder is now."
            )
            raise OutputError(text.format(path=self.folder))
        for place in ("", *SUBFOLDERS):
            with suppress(OSError):
                # There is no such folder, or it may not be looked into.
                for path in sorted((self.folder / place).iterdir()):
                    if not path.name.startswith(LOCKS):
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
            return known

    def _looked_at(self, book_id: str, path: Path, stamp: Stamp) -> WorkbookFile | None:
        remembered = self._gists.get(book_id)
        if remembered is not None and remembered[0] == tuple(stamp) and opens(path):
            book = WorkbookFile(book_id, path, stamp, remembered[1])
        else:
            contents = read_contents(path)
            book = WorkbookFile(book_id, path, stamp, _gist(contents))
            book.__dict__["contents"] = contents
            if not contents.digest:
                # Whoever holds it changes nothing by letting go of it: look again then.
                return book if path.exists() else None
            self._state.keep_gist(book_id, stamp.changed, stamp.size, book.gist)
        self._known[book_id] = book
        return book


def _ending(path: Path) -> str:
    return path.suffix.lower()


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


def _latest(book: WorkbookFile) -> tuple[int, int]:
    """Return a key by which the latest month comes first, of one the latest version.

    Its file may have been renamed, so that older versions are not known by their names.
    """
    first = book.first.toordinal() if book.first else 0
    return -first, -book.gist.version


def _old(book: WorkbookFile) -> tuple[int, int, str]:
    """Return a key by which the file comes first that was changed last.

    A copy may have any name, such as those that OneDrive makes of two versions; one
    that nobody has changed is as old as its original, whose name is shorter.
    """
    return -book.stamp.changed, len(book.path.name), book.path.name
