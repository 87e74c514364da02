"""What the wall sheet counts date by date: shifts of a kind, of each house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.domain.base import ShiftId
from scheduler.domain.homes import Home, homes, symbol_in_all
from scheduler.domain.house_symbols import MAIN
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook.roster.book import shifts_shown
from scheduler.wording.places import marked
from scheduler.wording.translation import _

KINDS: dict[ShiftKind, str] = {
    ShiftKind.EARLY: "早",
    ShiftKind.DAY: "日",
    ShiftKind.LATE: "遅",
    ShiftKind.NIGHT: "夜",
}
"""Kinds of shifts that are counted, with their marks."""


class CountRow(NamedTuple):
    """A row that counts the shifts of one kind, of an office or of one of its houses.

    Attributes
    ----------
    symbols
        As they stand on the wall.
    """

    home: Home
    kind: ShiftKind
    symbols: tuple[ShiftId, ...]

    @property
    def label(self) -> str:
        """What their row is called."""
        label = _("{shift} (people)").format(shift=KINDS[self.kind])
        return marked(self.home, label)


def counted(problem: Problem, roster: RosterRecord) -> Iterator[CountRow]:
    """Yield what is counted: only kinds that the office, or the house, has."""
    for home in homes(problem):
        for kind in KINDS:
            symbols = tuple(_symbols(home, roster, kind))
            if symbols:
                yield CountRow(home, kind, symbols)


def _symbols(home: Home, roster: RosterRecord, kind: ShiftKind) -> Iterator[ShiftId]:
    """Yield the symbols of a house's shifts of a kind that are counted."""
    if home.number == MAIN:
        for one in shifts_shown(home.whole, roster):
            if one.kind is kind and one.counts:
                yield one.symbol
        return
    for one in home.problem.shifts:
        if one.kind is kind and one.counts:
            yield symbol_in_all(home.whole, home.shift_of_all(one))
