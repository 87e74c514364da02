"""What the engines that work on one model tell each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.solver.engines.linear_program import LinearProgram

Listener = Callable[[int, int, Sequence[int]], None]
"""Called with value, bound and values of the best solution, at every better solution or
bound, from any thread."""


class Engine(StrEnum):
    """A kind of solver."""

    CP_SAT = "CP-SAT"
    HIGHS = "HiGHS"
    EXACT = "Exact"


PROOFS = 2
"""How many engines must have proven a claim for it to be called proven."""


@dataclass(frozen=True)
class Found:
    """The result of a search.

    Attributes
    ----------
    values
        By variable index; empty if no solution was found.
    bound
        Lower bound on the objective.
    seconds
        Wall-clock seconds of the search.
    is_impossible, is_optimal
        Whether an engine proved that there is no solution, or none better.
    agreed
        Lower bound that two engines have proven.
    work
        Deterministic time, of a search by CP-SAT alone.
    """

    values: tuple[int, ...]
    bound: int
    seconds: float
    is_impossible: bool = False
    is_optimal: bool = False
    agreed: int = 0
    work: float = 0.0


class Exchange:
    """The best solution, and each engine's bound, of one model.

    Every solution is checked in exact integers before it counts.

    Parameters
    ----------
    program
        The model's rows.
    listener
        Told of every better solution and bound.

    Attributes
    ----------
    over
        Set when the engines are to end.
    news
        Set whenever something was told; cleared by who waits for it.
    """

    def __init__(
        self, program: LinearProgram, listener: Listener | None = None
    ) -> None:
        self.program = program
        self.over = threading.Event()
        self.news = threading.Event()
        self._listener = listener
        self._lock = threading.Lock()
        self._values: tuple[int, ...] = ()
        self._value: int | None = None
        self._bounds: dict[Engine, int] = {}
        self._raised: dict[Engine, float] = {}
        self._impossible: set[Engine] = set()
        self._is_closed = False
        self._began = time.monotonic()

    @property
    def incumbent(self) -> tuple[int | None, tuple[int, ...]]:
        """Value and values of the best solution; ``None`` and empty before one."""
        with self._lock:
            return self._value, self._values

    @property
    def bound(self) -> int:
        """The best lower bound of all engines."""
        return max([self.program.lowest, *self._sound.values()])

    @property
    def agreed(self) -> int:
        """The lower bound that two engines have proven."""
        bounds = sorted(self._sound.values(), reverse=True)
        return [*bounds, *[self.program.lowest] * PROOFS][PROOFS - 1]

    @property
    def _sound(self) -> dict[Engine, int]:
        """The engines' bounds, without one that a solution has proven wrong."""
        value = self._value
        return {
            engine: bound
            for engine, bound in self._bounds.items()
            if value is None or bound <= value
        }

    @property
    def is_settled(self) -> bool:
        """Whether an engine has proven that nothing is better, or possible."""
        if self._value is None:
            return bool(self._impossible)
        return self._value <= self.bound

    @property
    def is_confirmed(self) -> bool:
        """Whether two engines have proven the same, or nothing needs a proof."""
        if self._value is None:
            return len(self._impossible) >= PROOFS
        return self._value <= self.agreed

    def has_proven(self, engine: Engine) -> bool:
        """Return whether an engine has proven that nothing is better, or possible."""
        if self._value is None:
            return engine in self._impossible
        return self._value <= self.proven(engine)

    def proven(self, engine: Engine) -> int:
        """Return the lower bound that an engine has proven."""
        return self._sound.get(engine, self.program.lowest)

    def quiet(self, engine: Engine) -> float:
        """Return for how many seconds an engine's lower bound has stood still."""
        return time.monotonic() - self._raised.get(engine, self._began)

    def hear(self, values: Sequence[int]) -> None:
        """Tell the listener of a solution that is offered later."""
        if self._listener is not None:
            self._listener(self.program.value(values), self.bound, values)

    def offer(self, values: Sequence[int]) -> None:
        """Take a solution if it satisfies the model and is better than the best."""
        value = self.program.value(values)
        if self._is_known(value) or not self.program.is_satisfied(values):
            return
        with self._lock:
            if self._is_closed or self._is_known(value):
                return
            self._value, self._values = value, tuple(values)
        self._tell()

    def raise_bound(self, engine: Engine, bound: int) -> None:
        """Take an engine's lower bound on the objective."""
        with self._lock:
            known = self._bounds.get(engine, self.program.lowest)
            if self._is_closed or bound <= known:
                return
            self._bounds[engine] = bound
            self._raised[engine] = time.monotonic()
        self._tell()

    def call_impossible(self, engine: Engine) -> None:
        """Take an engine's claim that there is no solution."""
        with self._lock:
            if self._is_closed:
                return
            self._impossible.add(engine)
        self._tell()

    def found(self) -> Found:
        """Return the result, and take nothing more: an engine may end later."""
        with self._lock:
            self._is_closed = True
        return Found(
            values=self._values,
            bound=self.bound,
            seconds=time.monotonic() - self._began,
            is_impossible=self._value is None and self.is_settled,
            is_optimal=self._value is not None and self.is_settled,
            agreed=self.agreed,
        )

    def _is_known(self, value: int) -> bool:
        return self._value is not None and value >= self._value

    def _tell(self) -> None:
        self.news.set()
        if self._listener is not None and self._value is not None:
            self._listener(self._value, self.bound, self._values)
