"""What the page remembers beside the workbooks: cells not yet saved, and searches.

It lies in a small database in the folder itself, so that a closed tab, a closed browser
or a killed server loses nothing.  Every use opens it anew: server and searches are
processes of their own.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from scheduler import __version__
from scheduler.domain.errors import OutputError
from scheduler.files.paths import free_name, make_folder, reason_text

FOLDER = ".shotaki"
FILE = "page.sqlite3"
DAMAGED = "damaged.sqlite3"
"""What a database is called from then on that cannot be read any more."""
BROKEN = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
PRIMARY = 0xFF
"""The bits of SQLite's error codes without the finer ones."""
WHY = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
"""What the system says in the place of some errors of SQLite."""
PATIENCE = 10.0
"""Seconds that a use waits for another process's."""

SILENT = 20.0
"""Seconds without a sign of life after which a search is taken for dead."""

STARTING = 180.0
"""The same for one that has given none yet: a slow disk loads libraries for long."""

TABLES = """
create table if not exists gist (
    book text primary key, version text not null, changed integer not null,
    size integer not null, told text not null
);
create table if not exists step (
    book text primary key, digest text not null, steps text not null,
    done integer not null, saved integer not null
);
create table if not exists search (
    id integer primary key autoincrement, book text not null, source text not null,
    target text not null, kind text not null, asked text not null,
    seconds real not null, began real not null, beat real not null,
    state text not null, wish text not null default '',
    told text not null default '{}', result text not null default '',
    trouble text not null default ''
);
"""

RUNNING, DONE, DROPPED, FAILED = "running", "done", "dropped", "failed"
KEEP, DROP = "keep", "drop"
"""What a running search was asked to do: end with its best, or end without it."""


class Gist(NamedTuple):
    """What is remembered of a workbook.

    Attributes
    ----------
    first, last
        The dates of its month as YYYY-MM-DD; empty if it could not be read.
    version, is_plan
        Of a roster: its version, and whether it is a plan that is not accepted.
    odd
        Of an input: how many entries look unintended.
    is_satellite, main
        Whether the office is a satellite, and the name of its main office if it says.
    """

    kind: str
    office: str = ""
    first: str = ""
    last: str = ""
    version: int = 0
    is_plan: bool = False
    people: int = 0
    wishes: int = 0
    odd: int = 0
    is_satellite: bool = False
    main: str = ""


class TypedSteps(NamedTuple):
    """The steps that were taken in a workbook.

    Attributes
    ----------
    digest
        SHA-256 of the file they were taken in.
    done, saved
        How many of them are done, and how many of them the file has.
    """

    digest: str
    steps: list[Any]
    done: int
    saved: int


@dataclass(frozen=True)
class SearchRun:
    """One search as the database has it.

    Attributes
    ----------
    told
        What it last said of itself: level, lamps, nights, for the screen.
    result
        Path of the workbook that it wrote.
    trouble
        Why it has none, in a sentence.
    place
        The folder for what it keeps beside that.
    """

    id: int
    book: str
    source: str
    target: str
    kind: str
    seconds: float
    began: float
    beat: float
    state: str
    wish: str
    result: str
    trouble: str
    place: Path
    asked: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def best(self) -> Path:
        """Where the best roster so far is kept while the search works."""
        return self.place / "best.json"

    def candidate(self, number: int) -> Path:
        """Return where a candidate or plan is kept, by its number from 1."""
        return self.place / f"{number}.json"

    @property
    def is_running(self) -> bool:
        """Whether its process still works on it, or is only starting."""
        patience = SILENT if self.beat > self.began else STARTING
        return self.state == RUNNING and time.time() - self.beat < patience

    @property
    def is_lost(self) -> bool:
        """Whether its process has ended without a word."""
        return self.state == RUNNING and not self.is_running

    @property
    def left(self) -> float:
        """Seconds until it ends by itself at the latest."""
        return max(0.0, self.began + self.seconds - time.time())


class State:
    """The database of a folder.

    Attributes
    ----------
    damaged
        Where the database was put that could not be read any more, if that was so:
        another one was begun.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.damaged: Path | None = None

    @classmethod
    def of(cls, folder: Path) -> State:
        """Return the state of a folder; its database is made if there is none.

        Raises
        ------
        OutputError
            If the folder cannot be written to.
        """
        place = folder / FOLDER
        state = cls(place / FILE)
        make_folder(place)
        if not state._is_sound():
            state.damaged = free_name(place / DAMAGED)
            state.file.replace(state.damaged)
        with state._open() as base:
            base.executescript(TABLES)
        return state

    def _is_sound(self) -> bool:
        """Tell whether the database can be read, as far as there is one."""
        try:
            with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as base:
                return [*base.execute("pragma quick_check(1)")] == [("ok",)]
        except sqlite3.DatabaseError as error:
            return error.sqlite_errorcode not in BROKEN

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the database for one use, which is done as a whole or not at all.

        Raises
        ------
        OutputError
            If it cannot be used: the disk is full, or another program holds it.
        """
        try:
            with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as base:
                base.row_factory = sqlite3.Row
                with base:
                    yield base
        except sqlite3.DatabaseError as error:
            is_there = self.file.parent.is_dir()
            other = errno.EACCES if is_there else errno.ENOENT
            known = WHY.get(error.sqlite_errorcode & PRIMARY, other)
            told = reason_text(OSError(known, str(error)), self.file)
            raise OutputError(told) from error

    def _ask(self, text: str, *values: object) -> list[sqlite3.Row]:
        """Do one statement by itself, and return its rows."""
        with self._open() as base:
            return base.execute(text, values).fetchall()

    def gists(self) -> dict[str, tuple[tuple[int, int], Gist]]:
        """Return what is remembered of workbooks, each with time and size of its file.

        What another version of this program has found does not count.
        """
        rows = self._ask("select * from gist where version = ?", __version__)
        return {
            row["book"]: ((row["changed"], row["size"]), Gist(*json.loads(row["told"])))
            for row in rows
        }

    def keep_gist(self, book: str, changed: int, size: int, gist: Gist) -> None:
        """Remember what is in a workbook."""
        values = book, __version__, changed, size, _json(gist)
        self._ask("insert or replace into gist values (?, ?, ?, ?, ?)", *values)

    def typed(self, book: str) -> TypedSteps | None:
        """Return what was typed into a book."""
        for row in self._ask("select * from step where book = ?", book):
            steps = json.loads(row["steps"])
            return TypedSteps(row["digest"], steps, row["done"], row["saved"])
        return None

    def keep_typed(self, book: str, typed: TypedSteps) -> None:
        """Remember what was typed into a book."""
        digest, steps, done, saved = typed
        values = book, digest, _json(steps), done, saved
        self._ask("insert or replace into step values (?, ?, ?, ?, ?)", *values)

    def forget_typed(self, book: str) -> None:
        """Forget what was typed into a book: it is saved, or given up."""
        self._ask("delete from step where book = ?", book)

    def begin(
        self,
        kind: str,
        book: str,
        source: Path,
        target: Path,
        seconds: float,
        asked: dict[str, Any] | None = None,
    ) -> tuple[int, bool]:
        """Record a search that begins, unless one of its kind works already.

        Returns
        -------
        number, is_new
            The id of the search that works now, and whether it was recorded here.
        """
        now = time.time()
        values = (
            *(book, str(source), str(target), kind, json.dumps(asked or {})),
            *(seconds, now, now, RUNNING),
        )
        with self._open() as base:
            # Two tabs may ask at the same moment: the second one waits here.
            base.execute("begin immediate")
            rows = base.execute(
                "select * from search where kind = ? and state = ?", (kind, RUNNING)
            )
            for working in map(self._run, rows):
                if working.is_running:
                    return working.id, False
            made = base.execute(
                "insert into search (book, source, target, kind, asked, seconds, began,"
                " beat, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            return int(made.lastrowid or 0), True

    def search(self, number: int) -> SearchRun | None:
        """Return a search by its id."""
        rows = self._ask("select * from search where id = ?", number)
        return self._run(rows[0]) if rows else None

    def searches(self, kind: str) -> tuple[SearchRun, ...]:
        """Return the searches of a kind, the latest first."""
        text = "select * from search where kind = ? order by id desc limit 20"
        return tuple(map(self._run, self._ask(text, kind)))

    def keep_asked(self, number: int, asked: dict[str, Any]) -> None:
        """Remember what was asked of a search, and what people answered."""
        self._ask("update search set asked = ? where id = ?", _json(asked), number)

    def wish(self, number: int, wish: str) -> None:
        """Ask a running search to end, keeping or dropping its best."""
        text = "update search set wish = ? where id = ? and state = ?"
        self._ask(text, wish, number, RUNNING)

    def beat(self, number: int) -> str:
        """Give a search's sign of life, and return what it is asked to do."""
        self._ask("update search set beat = ? where id = ?", time.time(), number)
        rows = self._ask("select wish from search where id = ?", number)
        return str(rows[0]["wish"]) if rows else DROP

    def tell(self, number: int, told: dict[str, Any]) -> None:
        """Record what a search says of itself."""
        text = "update search set told = ?, beat = ? where id = ?"
        self._ask(text, _json(told), time.time(), number)

    def end(self, number: int, state: str, result: str = "", trouble: str = "") -> None:
        """Record how a search has ended."""
        text = "update search set state = ?, result = ?, trouble = ? where id = ?"
        self._ask(text, state, result, trouble, number)

    def _run(self, row: sqlite3.Row) -> SearchRun:
        given = dict(row)
        given["asked"] = json.loads(given["asked"])
        given["told"] = json.loads(given["told"])
        return SearchRun(**given, place=self.file.parent / "plans" / str(row["id"]))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
