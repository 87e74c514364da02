"""A CP-SAT model as rows of integers, for a mixed-integer solver and for exact checks.

Everything that the rules post is linear: sums, at most one, exactly one.  Clauses and
sums that hold only if a literal is true are linear once the literal's coefficient is as
large as the sum can miss by, which the bounds of the variables tell.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel
    from ortools.sat.python.cp_model_helper import ConstraintProto

    Integers = NDArray[np.int64]

UNBOUNDED = 2**60
"""A bound of a row beyond this is none: CP-SAT writes the ends of 64 bits."""


class NotLinear(TypeError):
    """The model has a constraint that no row says.  Our bug."""


class AtLeast(NamedTuple):
    """A row: of these variables at least so many are 1."""

    columns: tuple[int, ...]
    least: int


@dataclass(frozen=True)
class LinearProgram:
    """Minimise ``cost · x + offset`` with ``row_low <= A x <= row_high``, x integer.

    Attributes
    ----------
    low, high
        Bounds of the variables, by index.
    starts, columns, coefficients
        The matrix ``A`` row by row: row ``i`` has the entries from ``starts[i]`` to
        ``starts[i + 1]``.  No row is empty.
    row_low, row_high
        Bounds of the rows; `-UNBOUNDED` and `UNBOUNDED` stand for none.
    cost, offset
        The objective; all zero if the model has none.
    """

    low: Integers
    high: Integers
    starts: Integers
    columns: Integers
    coefficients: Integers
    row_low: Integers
    row_high: Integers
    cost: Integers
    offset: int

    @classmethod
    def of(cls, cp: CpModel) -> LinearProgram:
        """Return the rows of a model.

        Raises
        ------
        NotLinear
            If a constraint is of a kind that no rule posts.
        """
        return GrowingModel(cp).program()

    @property
    def step(self) -> int:
        """Greatest number of which every value is a multiple, apart from the offset."""
        return math.gcd(*(int(one) for one in self.cost if one)) or 1

    @property
    def lowest(self) -> int:
        """The objective's lower bound that the variables' bounds alone give."""
        ends = np.where(self.cost > 0, self.low, self.high)
        return int(self.cost @ ends) + self.offset

    def value(self, values: Sequence[int]) -> int:
        """Return the objective's value, exactly."""
        return int(self.cost @ np.asarray(values, dtype=np.int64)) + self.offset

    def is_satisfied(self, values: Sequence[int]) -> bool:
        """Return whether values keep every bound and every row, in exact integers."""
        given = np.asarray(values, dtype=np.int64)
        if (given < self.low).any() or (given > self.high).any():
            return False
        if not len(self.row_low):
            return True
        sums = np.add.reduceat(
            self.coefficients * given[self.columns], self.starts[:-1]
        )
        return bool(((self.row_low <= sums) & (sums <= self.row_high)).all())

    def with_rows(self, rows: Sequence[AtLeast]) -> LinearProgram:
        """Return the program with some rows more."""
        if not rows:
            return self
        lengths = [len(row.columns) for row in rows]
        ends = self.starts[-1] + np.cumsum(lengths)
        more = [column for row in rows for column in row.columns]
        least = _integers([row.least for row in rows])
        return replace(
            self,
            starts=np.concatenate([self.starts, ends]),
            columns=np.concatenate([self.columns, _integers(more)]),
            coefficients=np.concatenate([self.coefficients, np.ones_like(more)]),
            row_low=np.concatenate([self.row_low, least]),
            row_high=np.concatenate([self.row_high, np.full_like(least, UNBOUNDED)]),
        )

    def combined(self, multipliers: Integers) -> Integers:
        """Return the coefficients of a sum of rows, each times its multiplier."""
        total = np.zeros(len(self.low), dtype=np.int64)
        times = np.repeat(multipliers, np.diff(self.starts))
        np.add.at(total, self.columns, times * self.coefficients)
        return total

    def propagated(self, rounds: int = 3) -> LinearProgram:
        """Return the program with the bounds that its rows give each variable.

        A sum of slacks held at zero, for one, holds each of them at zero.
        """
        program = self
        for _ in range(rounds):
            program = program._with_bounds_of_rows()
        return program

    def _with_bounds_of_rows(self) -> LinearProgram:
        """Return the program with bounds as each row by itself allows them."""
        low, high = self.low.copy(), self.high.copy()
        owner = np.repeat(np.arange(len(self.row_low)), np.diff(self.starts))
        # What a row asks for at least is what its negative allows at most.
        for sign, most in ((1, self.row_high), (-1, -self.row_low)):
            times = sign * self.coefficients
            ends = np.where(times > 0, self.low[self.columns], self.high[self.columns])
            least = np.add.reduceat(times * ends, self.starts[:-1])
            used = (times != 0) & (most < UNBOUNDED)[owner]
            columns, times, ends = self.columns[used], times[used], ends[used]
            # A variable may go as far from its end as the whole row has room.
            steps = (most - least)[owner[used]] // np.abs(times)
            up = times > 0
            np.minimum.at(high, columns[up], (ends + steps)[up])
            np.maximum.at(low, columns[~up], (ends - steps)[~up])
        return replace(self, low=low, high=high)

    def part(
        self, inside: NDArray[np.bool_], decided: NDArray[np.bool_]
    ) -> tuple[LinearProgram, dict[int, int]]:
        """Return the rows that decide only some of the variables, as a program.

        Parameters
        ----------
        inside
            The variables that the rows are to decide.
        decided
            All variables that decide: a row with another of them is left out.

        Returns
        -------
        The program, and its index of each variable that it has.
        """
        owner = np.repeat(np.arange(len(self.row_low)), np.diff(self.starts))
        is_in, is_out = (np.zeros(len(self.row_low), dtype=bool) for _ in range(2))
        fixed = self.low == self.high
        is_in[owner[inside[self.columns]]] = True
        is_out[owner[(decided & ~inside & ~fixed)[self.columns]]] = True
        rows = np.flatnonzero(is_in & ~is_out)
        entries = np.isin(owner, rows)
        columns = np.unique(self.columns[entries])
        lengths = np.diff(self.starts)[rows]
        program = replace(
            self,
            low=self.low[columns],
            high=self.high[columns],
            starts=np.concatenate([[0], np.cumsum(lengths)]),
            columns=np.searchsorted(columns, self.columns[entries]),
            coefficients=self.coefficients[entries],
            row_low=self.row_low[rows],
            row_high=self.row_high[rows],
            cost=self.cost[columns],
        )
        return program, {int(old): new for new, old in enumerate(columns)}

    def rounded_up(self, bound: float, tolerance: float) -> int:
        """Return the least value that the objective can have at or above a bound.

        Parameters
        ----------
        bound
            A lower bound in floating point.
        tolerance
            What is taken off it first, so that it errs on the safe side.
        """
        if not math.isfinite(bound):
            return self.lowest
        steps = math.ceil((bound - tolerance - self.offset) / self.step)
        return max(self.lowest, steps * self.step + self.offset)


@dataclass
class GrowingModel:
    """A CP-SAT model to which constraints are added, each of which is read once.

    Attributes
    ----------
    cp
        The model.  What has been read of it must stay as it is, but for the objective.
    """

    cp: CpModel
    _low: list[int] = field(default_factory=list, init=False)
    _high: list[int] = field(default_factory=list, init=False)
    _starts: list[int] = field(default_factory=lambda: [0], init=False)
    _columns: list[int] = field(default_factory=list, init=False)
    _coefficients: list[int] = field(default_factory=list, init=False)
    _row_low: list[int] = field(default_factory=list, init=False)
    _row_high: list[int] = field(default_factory=list, init=False)
    _read: int = field(default=0, init=False)

    def program(self) -> LinearProgram:
        """Return the program of the whole model as it is now.

        Raises
        ------
        NotLinear
            If a constraint is of a kind that no rule posts.
        """
        proto = self.cp.proto
        for variable in itertools.islice(proto.variables, len(self._low), None):
            least, most = _ends(variable.domain)
            self._low.append(least)
            self._high.append(most)
        for constraint in itertools.islice(proto.constraints, self._read, None):
            self._add(constraint)
        self._read = len(proto.constraints)
        cost = np.zeros(len(self._low), dtype=np.int64)
        offset = 0
        if proto.has_objective():
            goal = proto.objective
            offset = round(goal.offset)
            for index, times in _plain(zip(goal.vars, goal.coeffs, strict=True)):
                if index is None:
                    offset += times
                else:
                    cost[index] += times
        return LinearProgram(
            low=_integers(self._low),
            high=_integers(self._high),
            starts=_integers(self._starts),
            columns=_integers(self._columns),
            coefficients=_integers(self._coefficients),
            row_low=_integers(self._row_low),
            row_high=_integers(self._row_high),
            cost=cost,
            offset=offset,
        )

    def _add(self, constraint: ConstraintProto) -> None:
        """Add the rows of one constraint of the model."""
        only_if = list(constraint.enforcement_literal)
        if constraint.has_linear():
            linear = constraint.linear
            ends = _ends(linear.domain)
            self._row(list(linear.vars), list(linear.coeffs), *ends, only_if)
        elif constraint.has_exactly_one():
            self._count(constraint.exactly_one.literals, 1, 1, only_if)
        elif constraint.has_at_most_one():
            self._count(constraint.at_most_one.literals, 0, 1, only_if)
        elif constraint.has_bool_or():
            self._count(constraint.bool_or.literals, 1, UNBOUNDED, only_if)
        elif constraint.has_bool_and():
            for literal in constraint.bool_and.literals:
                self._count([literal], 1, 1, only_if)
        else:
            raise NotLinear(str(constraint))

    def _count(
        self, literals: Iterable[int], least: int, most: int, only_if: Sequence[int]
    ) -> None:
        """Add a row on how many literals are true."""
        indexes = list(literals)
        self._row(indexes, [1] * len(indexes), least, most, only_if)

    def _row(
        self,
        indexes: Sequence[int],
        coefficients: Sequence[int],
        least: int,
        most: int,
        only_if: Sequence[int],
    ) -> None:
        """Add ``least <= sum <= most``, to hold if all of ``only_if`` are true."""
        is_plain = len(set(indexes)) == len(indexes) and min(indexes, default=-1) >= 0
        if is_plain and not only_if and 0 not in coefficients:
            # Most rows are as they will be appended.
            self._append(indexes, coefficients, least, most)
            return
        row: Counter[int] = Counter()
        for index, times in _plain(zip(indexes, coefficients, strict=True)):
            if index is None:
                least, most = least - times, most - times
            else:
                row[index] += times
        if not only_if:
            self._append_used(row, least, most)
            return
        ends = [(self._low[i] * k, self._high[i] * k) for i, k in row.items()]
        reach_low, reach_high = sum(map(min, ends)), sum(map(max, ends))
        # One side at a time: each literal that is false makes room for the whole reach.
        if reach_low < least:
            self._loosened(row, only_if, least, reach_low - least, UNBOUNDED)
        if reach_high > most:
            self._loosened(row, only_if, -UNBOUNDED, reach_high - most, most)

    def _loosened(
        self,
        row: Counter[int],
        only_if: Sequence[int],
        least: int,
        room: int,
        most: int,
    ) -> None:
        """Add a row to which each false literal adds ``room``."""
        loose = Counter(row)
        for index, times in _plain((literal, 1) for literal in only_if):
            if index is None:
                continue
            # A literal's falsehood is 1 - x, or x where the literal is negated.
            loose[index] += room * times
        shift = room * sum(1 for one in only_if if one >= 0)
        self._append_used(
            loose,
            least + shift if least > -UNBOUNDED else least,
            most + shift if most < UNBOUNDED else most,
        )

    def _append_used(self, row: Counter[int], least: int, most: int) -> None:
        """Append what is used of a row; if nothing is, the row, true or false."""
        entries = {index: times for index, times in row.items() if times}
        # A row needs an entry: a false one must stay false.
        entries = entries or {0: 0}
        self._append(entries, entries.values(), least, most)

    def _append(
        self, indexes: Iterable[int], coefficients: Iterable[int], least: int, most: int
    ) -> None:
        """Append a row as it is."""
        self._columns.extend(indexes)
        self._coefficients.extend(coefficients)
        self._starts.append(len(self._columns))
        self._row_low.append(max(least, -UNBOUNDED))
        self._row_high.append(min(most, UNBOUNDED))


def _integers(numbers: Sequence[int]) -> Integers:
    return np.array(numbers, dtype=np.int64)


def _plain(terms: Iterable[tuple[int, int]]) -> Iterator[tuple[int | None, int]]:
    """Yield variables with coefficients; a negated literal is 1 less its variable.

    A constant is yielded with the index ``None``.
    """
    for index, times in terms:
        if index >= 0:
            yield index, times
        else:
            yield None, times
            yield -index - 1, -times


def _ends(domain: Iterable[int]) -> tuple[int, int]:
    """Return the two ends of a domain without holes."""
    ends = list(domain)
    if len(ends) != 2:
        raise NotLinear(f"a domain with holes: {ends}")
    return ends[0], ends[1]
