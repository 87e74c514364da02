"""Reading a file of stamps, with the columns that are known, told or guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.files.actual.clock_table import NAMELESS, ClockTable, Stamps
from scheduler.files.actual.columns import (
    ClockColumns,
    columns_path,
    guessed,
    read_columns,
    told_columns,
    write_columns,
)
from scheduler.files.actual.punches import kind_of
from scheduler.files.actual.stamps import read_stamps


class Clocked(NamedTuple):
    """What was read of a file of stamps.

    Attributes
    ----------
    path
        The file that says what the columns mean.
    is_new
        Whether it was written now.
    """

    stamps: Stamps
    columns: ClockColumns
    path: Path
    is_new: bool


def read_clock(
    source: Path,
    folder: Path,
    problem: Problem,
    roster: Roster,
    told: Sequence[str] = (),
    chosen: ClockColumns | None = None,
) -> Clocked:
    """Read the stamps of a month; keep what the columns mean, if it is new.

    Parameters
    ----------
    source
        The file of stamps.
    folder
        Where the office's file of columns is kept.
    roster
        The roster, by which stamps of a log find their dates.
    told
        What was said of columns: ``in=出勤時刻``; it takes the place of what is kept.
    chosen
        The meaning of every column, if somebody chose them all; it likewise does.

    Raises
    ------
    InputError
        If the file cannot be read, or it is not clear what its columns mean.
    """
    table = ClockTable(source)
    path = columns_path(folder, problem.office.name)
    known = None if told or chosen else read_columns(path)
    columns = chosen or known or _columns(table, told)
    stamps = read_stamps(table, columns, problem, roster)
    if known is None:
        write_columns(columns, path)
    return Clocked(stamps, columns, path, known is None)


def _columns(table: ClockTable, told: Sequence[str]) -> ClockColumns:
    """Return what columns mean by the first line that can be their headings."""
    for line in table.lines():
        headings = table.headings(line)
        found = guessed(headings)
        if found is not None and not told:
            return found
        if told and _all_there(told, headings):
            found = guessed(headings, told_columns(told, headings, table.source))
            if found is not None:
                return found
    headings = table.headings(0)
    told_columns(told, headings, table.source)
    facts: dict[str, int | str] = {"headings": "、".join(headings)}
    raise InputError([Mistake(code="columns_unclear", sheet=table.source, facts=facts)])


def _all_there(told: Sequence[str], headings: Sequence[str]) -> bool:
    try:
        told_columns(told, headings, "")
    except InputError:
        return False
    return True


EXAMPLES = 3
"""Cells that are shown of a column."""
MOST_WORDS = 12
"""Most words of a log that are asked for; a column with more has no kinds."""


class ClockQuestions(NamedTuple):
    """The columns of a file, and what they seem to mean.

    Attributes
    ----------
    examples
        The first different cells of each column, by its heading.
    guess
        What the columns mean by their headings; ``None`` if that is not clear.
    words
        Words in each column that are not known as coming, going or a break.
    """

    examples: dict[str, tuple[str, ...]]
    guess: ClockColumns | None
    words: dict[str, tuple[str, ...]]

    @property
    def all_words(self) -> tuple[str, ...]:
        """All of these words, in an order that stays."""
        return tuple(sorted({one for own in self.words.values() for one in own}))


def questions_of(source: Path) -> ClockQuestions:
    """Return what is to be asked about a file of stamps.

    Raises
    ------
    InputError
        If the file cannot be read as a table.
    """
    table = ClockTable(source)
    found = {line: table.headings(line) for line in table.lines()}
    guesses = {line: guess for line in found if (guess := guessed(found[line]))}
    if not found:
        raise InputError([Mistake(code="no_table", sheet=table.source)])
    # Else the first line that has the most cells: above it stand titles.
    line = min(guesses, default=max(found, key=lambda one: _named(found[one])))
    columns = {
        heading: tuple(dict.fromkeys(cells))
        for heading, cells in table.columns(line).items()
    }
    return ClockQuestions(
        {heading: cells[:EXAMPLES] for heading, cells in columns.items()},
        guesses.get(line),
        {
            heading: tuple(one for one in cells if kind_of(one, {}) is None)
            for heading, cells in columns.items()
            if len(cells) <= MOST_WORDS
        },
    )


def _named(headings: Iterable[str]) -> int:
    return sum(not NAMELESS.match(one) for one in headings)
