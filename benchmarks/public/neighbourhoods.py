"""Large neighbourhood search over the cells of a roster.

Most cells of the best roster are held and the others are solved again: some people over
all days, everybody over some days, or some people over some days, drawn by where the
objective is still charged.  Of a model it knows only the cells and the objective.

Public instances of thirty and more people gain by it; the months of offices do not, and
are solved without (docs/performance.md).
"""

from __future__ import annotations

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver
from ortools.sat.python.cp_model_helper import ConstraintProto

if TYPE_CHECKING:
    from scheduler.solver.engines.exchange import Exchange
    from scheduler.solver.engines.portfolio import Improver

Cell = tuple[int, int]
"""A person and a day, by number."""

Cells = Mapping[Cell, tuple[int, ...]]
"""The variables of each cell, by index."""

Charge = Callable[[Sequence[int]], Mapping[Cell, float]]
"""What the objective charges to each cell, for the values of a solution."""

HOPS = 3
"""Most constraints between a charged variable and the cells that it is charged to."""

POLL = 0.1
"""Seconds between two checks for a stop request."""


class Improved(NamedTuple):
    """A better solution, by variable index, and its objective without the offset."""

    values: tuple[int, ...]
    value: int


@dataclass
class Kind:
    """A kind of neighbourhood.

    Attributes
    ----------
    people, days
        How far ``size`` narrows people and days: the part is ``size`` to this power.
    size
        Part of all cells that is solved again: grows while neighbourhoods are solved to
        their end, and shrinks when they are not.
    """

    people: float
    days: float
    size: float

    def learn(self, *, is_done: bool) -> None:
        """Adapt the size to whether a neighbourhood was solved to its end."""
        self.size = min(1.0, self.size * (1.1 if is_done else 0.9))


class Neighbourhoods:
    """Improves solutions of a model by solving parts of them again with CP-SAT.

    The same seed gives the same solutions as long as no wall-clock limit cuts a search.

    Parameters
    ----------
    cp
        The model, with its objective.
    cells
        Its cells; variables of none of them are never held.
    charge
        Where a solution is charged; read off the model by default (`Charges`).
    seed
        Random seed of draws and searches.
    threads
        How many neighbourhoods are solved side by side, each by one worker of CP-SAT.
    effort
        Most deterministic time of CP-SAT for one neighbourhood.
    parameters
        Further parameters of CP-SAT.

    Attributes
    ----------
    work
        Deterministic time of CP-SAT so far.
    """

    def __init__(
        self,
        cp: CpModel,
        cells: Cells,
        charge: Charge | None = None,
        *,
        seed: int = 0,
        threads: int = 1,
        effort: float = 2.0,
        parameters: Mapping[str, float] | None = None,
    ) -> None:
        self.work = 0.0
        self._cp, self._cells = cp, cells
        self._charge = charge or Charges(cp, cells).at
        self._people = sorted({person for person, _ in cells})
        self._days = sorted({day for _, day in cells})
        self._draw = random.Random(seed)
        self._threads = threads
        alone = {"num_workers": 1, "catch_sigint_signal": False}
        limit = {"max_deterministic_time": effort}
        self._parameters = {**alone, **limit, **(parameters or {})}
        self._kinds = (Kind(1, 0, 0.15), Kind(0, 1, 0.25), Kind(0.5, 0.5, 0.2))
        self._running: set[CpSolver] = set()

    def improve(
        self,
        values: Sequence[int],
        seconds: float = math.inf,
        work: float = math.inf,
        is_stopped: Callable[[], bool] = lambda: False,
        known: Callable[[], Sequence[int]] = tuple,
    ) -> Iterator[Improved]:
        """Yield better and better solutions, until the best is proven or time is up.

        Parameters
        ----------
        values
            A solution of the model.
        seconds, work
            Most wall-clock time, and most deterministic time of CP-SAT.
        is_stopped
            Whether a stop is requested.
        known
            The best solution that others have found; empty if there is none.
        """
        ends = time.monotonic() + seconds
        limit = self.work + work
        best = Improved(tuple(values), self.value(values))
        with ThreadPoolExecutor(self._threads) as pool:
            while self.work < limit and not is_stopped():
                left = ends - time.monotonic()
                if left <= 0:
                    return
                best = min(best, self._known(known()), key=_value)
                parts = [self._drawn(best.values) for _ in range(self._threads)]
                tasks = [
                    pool.submit(
                        self._solve, best, part, left, self._draw.getrandbits(31)
                    )
                    for part in parts
                ]
                self._wait(tasks, is_stopped)
                found = [task.result() for task in tasks]
                self.work += sum(one.work for one in found)
                before = best.value
                # Of equal ones the new one: other cells may lead further.
                best = min(*(one.best for one in found), best, key=_value)
                if best.value < before:
                    yield best
                for part, one in zip(parts, found, strict=True):
                    part.kind.learn(is_done=one.is_done)
                    if one.is_done and len(part.cells) == len(self._cells):
                        return

    def value(self, values: Sequence[int]) -> int:
        """Return the objective of a solution, without offset and scaling."""
        objective = self._cp.proto.objective
        pairs = zip(objective.vars, objective.coeffs, strict=True)
        return sum(factor * values[index] for index, factor in pairs)

    def _known(self, values: Sequence[int]) -> Improved:
        return Improved(tuple(values), self.value(values) if values else _NONE)

    def _drawn(self, values: Sequence[int]) -> _Part:
        """Draw a kind of neighbourhood and the cells that it solves again."""
        charged = self._charge(values)
        kind = self._draw.choice(self._kinds)
        of_day: dict[int, float] = defaultdict(float)
        for (_, day), amount in charged.items():
            of_day[day] += amount
        days = self._window(of_day, kind.size**kind.days)
        of_person: dict[int, float] = defaultdict(float)
        for (person, day), amount in charged.items():
            if day in days:
                of_person[person] += amount
        people = self._some(of_person, kind.size**kind.people)
        cells = {cell for cell in self._cells if cell[0] in people and cell[1] in days}
        return _Part(kind, cells)

    def _some(self, charged: Mapping[int, float], part: float) -> set[int]:
        """Draw people, those with a charge sooner."""
        weights = _weights(self._people, charged)
        # A weighted draw without replacement, after Efraimidis and Spirakis.
        keys = {one: self._draw.random() ** (1 / weights[one]) for one in self._people}
        number = _number(part, self._people)
        return set(sorted(keys, key=keys.__getitem__, reverse=True)[:number])

    def _window(self, charged: Mapping[int, float], part: float) -> set[int]:
        """Draw days in a row that contain one day, a charged one sooner."""
        number = _number(part, self._days)
        weights = _weights(self._days, charged)
        (day,) = self._draw.choices(self._days, [weights[one] for one in self._days])
        first = self._days.index(day) - self._draw.randrange(number)
        first = min(max(0, first), len(self._days) - number)
        return set(self._days[first : first + number])

    def _solve(self, best: Improved, part: _Part, seconds: float, seed: int) -> _Solved:
        """Solve the cells of a part again, for a solution at least as good."""
        cp = self._cp.clone()
        variables = cp.proto.variables
        for cell, indices in self._cells.items():
            for index in indices if cell not in part.cells else ():
                _limit(variables[index].domain, best.values[index], best.values[index])
        _limit(cp.proto.objective.domain, -_NONE, best.value)
        # With the hint the answer would be the hint: nothing equal but different.
        cp.clear_hints()  # type: ignore[no-untyped-call]
        solver = CpSolver()
        for name, number in self._parameters.items():
            setattr(solver.parameters, name, number)
        solver.parameters.random_seed = seed
        if math.isfinite(seconds):
            solver.parameters.max_time_in_seconds = seconds
        self._running.add(solver)
        status = solver.solve(cp)
        self._running.discard(solver)
        answer = solver.response_proto
        return _Solved(
            self._known(answer.solution),
            status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
            answer.deterministic_time,
        )

    def _wait(
        self, tasks: Sequence[Future[_Solved]], is_stopped: Callable[[], bool]
    ) -> None:
        """Wait until all searches have ended; stop them if asked to."""
        while wait(tasks, POLL).not_done:
            if is_stopped():
                for solver in tuple(self._running):
                    solver.stop_search()


def improver(cp: CpModel, cells: Cells, seed: int) -> Improver:
    """Return the search that improves what both engines know of a model."""

    def improve(exchange: Exchange, seconds: float) -> float:
        given = {"linearization_level": 2}
        parts = Neighbourhoods(cp, cells, seed=seed, parameters=given)
        for better in parts.improve(
            exchange.incumbent[1],
            seconds,
            is_stopped=lambda: exchange.over.is_set() or exchange.is_settled,
            known=lambda: exchange.incumbent[1],
        ):
            exchange.offer(better.values)
        return parts.work

    return improve


class Charges:
    """Which cells each term of an objective is charged to.

    They are the cell that the term's variable belongs to, or else those that it meets
    first along the constraints.
    """

    def __init__(self, cp: CpModel, cells: Cells) -> None:
        self._cell_of = {index: cell for cell, own in cells.items() for index in own}
        self._rows = [_variables(one) for one in cp.proto.constraints]
        self._rows_of: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for index in row:
                self._rows_of[index].append(number)
        objective = cp.proto.objective
        self._terms = []
        for index, factor in zip(objective.vars, objective.coeffs, strict=True):
            domain = list(cp.proto.variables[index].domain)
            cheapest = domain[0] if factor > 0 else domain[-1]
            self._terms.append((index, factor, cheapest, self._nearest(index)))

    def at(self, values: Sequence[int]) -> dict[Cell, float]:
        """Return what a solution costs more than the least, by cell."""
        charged: dict[Cell, float] = defaultdict(float)
        for index, factor, cheapest, cells in self._terms:
            cost = factor * (values[index] - cheapest)
            for cell in cells if cost else ():
                charged[cell] += cost / len(cells)
        return charged

    def _nearest(self, index: int) -> tuple[Cell, ...]:
        """Return the cells that are the fewest constraints away from a variable."""
        front, seen = {index}, {index}
        for _ in range(HOPS + 1):
            found = {self._cell_of[one] for one in front if one in self._cell_of}
            if found:
                return tuple(sorted(found))
            rows = {row for one in front for row in self._rows_of[one]}
            front = {one for row in rows for one in self._rows[row]} - seen
            seen |= front
        return ()


class _Part(NamedTuple):
    """Cells to be solved again."""

    kind: Kind
    cells: set[Cell]


class _Solved(NamedTuple):
    """What came of a part; ``is_done`` if nothing in it is better."""

    best: Improved
    is_done: bool
    work: float


_NONE = 2**62
"""The value of no solution; greater than any."""


def _value(one: Improved) -> int:
    return one.value


def _number(part: float, of: Sequence[int]) -> int:
    """Return how many make up a part, two at least if there are two."""
    return min(len(of), max(2, round(part * len(of))))


def _weights(of: Sequence[int], charged: Mapping[int, float]) -> dict[int, float]:
    """Return the weights of a draw: half by charge, half alike."""
    mean = sum(charged.values()) / len(of) or 1.0
    return {one: charged.get(one, 0.0) + mean for one in of}


def _limit(domain: Any, low: int, high: int) -> None:
    """Set a domain of a model's own."""
    domain.clear()
    domain.extend([low, high])


def _variables(constraint: ConstraintProto) -> list[int]:
    """Return the variables of a constraint, by index."""
    literals = list(constraint.enforcement_literal)
    for name in ("exactly_one", "at_most_one", "bool_or", "bool_and"):
        if getattr(constraint, f"has_{name}")():
            literals += getattr(constraint, name).literals
    if constraint.has_linear():
        literals += constraint.linear.vars
    if constraint.has_lin_max():
        for expression in (constraint.lin_max.target, *constraint.lin_max.exprs):
            literals += expression.vars
    return [index if index >= 0 else -index - 1 for index in literals]
