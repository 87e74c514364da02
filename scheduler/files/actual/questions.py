"""What is asked once about the columns of a file of stamps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.errors import InputError, Mistake
from scheduler.files.actual.clock_table import NAMELESS, ClockTable
from scheduler.files.actual.columns import ClockColumns, guessed
from scheduler.files.actual.punches import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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
