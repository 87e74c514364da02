"""The values of which the month's grid is made.

Every cell is a plain value, so that after an edit only those are sent that differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.domain.period import Period


def day_look(period: Period, date: dt.date) -> str:
    """Return how a date is coloured: ``su`` for a Sunday or holiday, ``sa``, or not."""
    if date.weekday() == 6 or date in period.holiday_names:
        return "su"
    return "sa" if date.weekday() == 5 else ""


class Said(NamedTuple):
    """What is said of a cell: one limit, with each time at which it is not kept.

    Attributes
    ----------
    why
        What keeping it would have cost, as the search found, where it was asked.
    """

    what: str
    lines: tuple[str, ...]
    source: str
    why: tuple[str, ...] = ()


class GridDate(NamedTuple):
    """The head of a date: its events, and how many have a wish for it.

    Attributes
    ----------
    mark
        ``bad`` where a limit is broken, ``noted`` where less is said of the date.
    """

    id: str
    date: dt.date
    weekday: str
    look: str
    event: str
    label: str
    says: tuple[Said, ...] = ()
    wishes: int = 0
    mark: str = ""


class RosterCell(NamedTuple):
    """One cell: symbol, marks, and what is said of it.

    Attributes
    ----------
    look
        Names of the marks: night, off, wish, pin, on call, changed, breach.
    label
        The cell in words.
    """

    id: str
    symbol: str
    roles: str
    look: str
    label: str
    says: tuple[Said, ...]
    breaks: str = ""


class PersonRow(NamedTuple):
    """One person's row; ``hours`` holds them against the contract."""

    number: int
    name: str
    cells: tuple[RosterCell, ...]
    before: tuple[str, ...]
    sums: tuple[str, ...]
    says: tuple[Said, ...]
    is_broken: bool
    choices: tuple[str, ...]
    hours: str


class RoleRows(NamedTuple):
    """Rows of people with the same main role that stand together."""

    role: str
    rows: tuple[PersonRow, ...]


class MonthGrid(NamedTuple):
    """The whole grid."""

    dates: tuple[GridDate, ...]
    before: tuple[dt.date, ...]
    groups: tuple[RoleRows, ...]
    on_call: tuple[RosterCell, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    margins: tuple[int, ...]
    heads: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """Every person's row."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def all_cells(self) -> Iterator[RosterCell]:
        """Every cell that can be typed into, nights on call included."""
        for row in self.rows:
            yield from row.cells
        yield from self.on_call
