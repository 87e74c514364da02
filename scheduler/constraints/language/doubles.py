"""Corrections that count a person on two simultaneous duties only once.

The rules forbid two duties at once, so they occur only where the current roster already
contains them (`scheduler.constraints.language.standing`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from scheduler.constraints.language.crew import Selector
from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.standing import Occupied, StandingCells, Twice
from scheduler.constraints.language.variables import Variables
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval, joined, without
from scheduler.domain.problem import Problem


class Double(NamedTuple):
    """Two simultaneous duties, and the variable that is 1 if the person has both."""

    twice: Twice
    both: IntVar


class Doubles:
    """All double duties of a month, to be subtracted from counts of people.

    Attributes
    ----------
    earlier
        Those of the houses before this one, where several are planned together.
    """

    def __init__(
        self,
        cp: CpModel,
        problem: Problem,
        standing: StandingCells,
        variables: Variables,
    ) -> None:
        self._cp = cp
        self._problem = problem
        self._standing = standing
        self._variables = variables
        self._all = tuple(self._made())
        self.earlier: Sequence[Doubles] = ()

    def of(self, name: StaffId, date: dt.date, *, on_call: bool) -> Iterator[Double]:
        """Yield the doubles of a person whose later duty is on a date.

        Parameters
        ----------
        on_call
            Whether to yield those with a night on call, or those of two shifts.
        """
        for double in self._all:
            twice = double.twice
            is_meant = (twice.staff, twice.date) == (name, date)
            if is_meant and (twice.night is not None) == on_call:
                yield double

    def first_of(
        self, name: StaffId, date: dt.date, *, on_call: bool
    ) -> Iterator[Double]:
        """Yield those of `of` that no earlier house has, as long at once."""
        known = {
            double.twice.shared
            for house in self.earlier
            for double in house.of(name, date, on_call=on_call)
        }
        for double in self.of(name, date, on_call=on_call):
            if double.twice.shared not in known:
                yield double

    def at_work(
        self, interval: Interval, counts: Selector, *, breaks_count: bool
    ) -> LinearSum:
        """Return the number of people who work an elementary interval in two shifts."""
        return LinearSum.of(
            both
            for twice, both in self._all
            if twice.night is None
            and all(
                self._is_at_work(part, interval, counts, breaks_count)
                for part in twice.parts
            )
        )

    def minutes(self, window: Interval, counts: Selector) -> LinearSum:
        """Return the counted minutes in a window that lie in two shifts of a person.

        Parameters
        ----------
        window
            In absolute minutes.
        """
        return LinearSum.total(
            LinearSum.of([both], self._shared(twice, window, counts))
            for twice, both in self._all
            if twice.night is None
        )

    def _shared(self, twice: Twice, window: Interval, counts: Selector) -> int:
        one, other = (self._working(part, counts) for part in twice.parts)
        return sum(
            mine.intersection(theirs).intersection(window).minutes
            for mine in one
            for theirs in other
        )

    def on_call(self, night: dt.date, interval: Interval) -> LinearSum:
        """Return 1 if whoever is on call in a night works a shift in the interval."""
        busy = [
            both
            for twice, both in self._all
            if twice.night == night and twice.shared.overlaps(interval)
        ]
        if len(busy) < 2:
            return LinearSum.of(busy)
        any_of = self._cp.new_bool_var(f"{night}/busy on call")
        # The maximum of literals, in rows that a mixed-integer solver reads too.
        self._cp.add(any_of <= LinearExpr.sum(busy))
        for one in busy:
            self._cp.add(any_of >= one)
        return LinearSum.of([any_of])

    def _made(self) -> Iterator[Double]:
        """Yield a double for each overlapping pair that the model can represent."""
        for twice in self._standing.twice:
            found = [self._literal(twice.staff, part) for part in twice.parts]
            # A part in the tail has no literal: it is certain.
            literals = [one for one in found if one is not None]
            period = self._problem.period
            if len(literals) == sum(part.date in period for part in twice.parts):
                yield Double(twice, self._all_of(literals, twice))

    def _literal(self, name: StaffId, part: Occupied) -> IntVar | None:
        """Return the variable of a duty; ``None`` if it has none, as in the tail."""
        cell = name, part.date
        if part.crew is None:
            return self._variables.on_call.get(cell)
        return self._variables.cells.get(cell, {}).get(part.crew.option)

    def _all_of(self, literals: list[IntVar], twice: Twice) -> IntVar:
        """Return a variable that is 1 if all literals are."""
        if len(literals) == 1:
            return literals[0]
        both = self._cp.new_bool_var(f"{twice.staff}/{twice.date}/twice")
        self._cp.add(both >= LinearExpr.sum(literals) - (len(literals) - 1))
        for one in literals:
            self._cp.add(both <= one)
        return both

    def _is_at_work(
        self, part: Occupied, interval: Interval, counts: Selector, breaks_count: bool
    ) -> bool:
        crew = part.crew
        assert crew is not None
        clock = interval.shifted(-self._problem.period.offset(part.date))
        role = crew.role_in(clock)
        return (
            role is not None
            and counts(crew.members[0], role, crew.shift)
            and crew.present(clock, breaks_count=breaks_count).highest > 0
        )

    def _working(self, part: Occupied, counts: Selector) -> list[Interval]:
        """Return the pieces of a shift in roles that count, less its breaks."""
        crew = part.crew
        assert crew is not None
        offset = self._problem.period.offset(part.date)
        (breaks,) = crew.breaks
        pauses = tuple(joined(breaks))
        return [
            rest.shifted(offset)
            for piece, role in crew.floor
            if counts(crew.members[0], role, crew.shift)
            for rest in without(piece, pauses)
        ]
