"""Rows of the wall sheet below the people: who leads, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.homes import Home, homes, symbol_in_all
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.references import at, quoted
from scheduler.files.workbook.roster.book import shifts_shown
from scheduler.wording.places import marked
from scheduler.wording.translation import _

MOST = 24
"""Most people looked at: a formula holds some sixty conditions, one in the other."""


class Leading(NamedTuple):
    """A cover rule of a house that asks for one of a group on a date, at any hour."""

    home: Home
    rule: CoverRule

    @property
    def label(self) -> str:
        """What its row is called; a satellite's begins as its symbols do."""
        return marked(self.home, self.rule.name)

    def on(self, date: dt.date) -> tuple[StaffMember, ...]:
        """Return who may lead on a date."""
        applies = self.rule.applies_on(date)
        return candidates(self.home.problem, self.rule) if applies else ()

    @property
    def in_turn(self) -> Iterator[frozenset[str]]:
        """The symbols of shifts in which somebody leads: by day, else at night."""
        home = self.home
        for at_night in (False, True):
            yield frozenset(
                symbol_in_all(home.whole, home.of_all(shift))
                for shift in home.problem.shifts
                if shift.counts and shift.is_night == at_night
            )


def leaders(problem: Problem) -> tuple[Leading, ...]:
    """Return who leads by the cover rules of an office, or of each house."""
    return tuple(
        Leading(home, rule)
        for home in homes(problem)
        for rule in home.problem.cover_rules
        if rule.group
        and rule.at_least == 1
        and not any((rule.shift, rule.band, rule.is_on_top))
    )


def candidates(problem: Problem, rule: CoverRule) -> tuple[StaffMember, ...]:
    """Return those of the staff list whom a rule counts, in its order."""
    return tuple(
        member
        for member in problem.staff
        if rule.group in member.groups
        and rule.role in (None, *member.roles)
        and rule.qualification in (None, *member.qualifications)
    )[:MOST]


def leader_on(leading: Leading, date: dt.date, posted: Mapping[StaffId, str]) -> str:
    """Return who leads on a date; empty if nobody does."""
    for symbols in leading.in_turn:
        for member in leading.on(date):
            if posted.get(member.name) in symbols:
                return member.name
    return ""


def leader_formula(
    leading: Leading,
    date: dt.date,
    column: int,
    rows: Mapping[StaffId, int],
    names: Mapping[StaffId, str],
) -> str:
    """Return the same as a formula on the wall's own cells.

    Parameters
    ----------
    rows, names
        Row of each person on the wall, and the name that is written.
    """
    text = '""'
    for symbols in reversed(tuple(leading.in_turn)):
        for member in reversed(leading.on(date)):
            cell, name = at(rows[member.name], column), quoted(names[member.name])
            text = f"IF({_is_any(cell, symbols)},{name},{text})" if symbols else text
    return text


def _is_any(cell: str, symbols: Collection[str]) -> str:
    listed = ",".join(map(quoted, sorted(symbols)))
    return f"SUMPRODUCT(--EXACT({cell},{{{listed}}}))>0"


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
        if home.number == MAIN:
            shifts = [(one.symbol, one) for one in shifts_shown(home.whole, roster)]
        else:
            shifts = [
                (symbol_in_all(home.whole, home.of_all(one)), one)
                for one in home.problem.shifts
                if one.counts
            ]
        for kind in KINDS:
            symbols = tuple(
                symbol for symbol, one in shifts if one.kind is kind and one.counts
            )
            if symbols:
                yield CountRow(home, kind, symbols)
