"""Exact, a pseudo-Boolean solver: it shows by counting that nothing is better.

What it learns from a dead end is a row of integers, where CP-SAT learns a clause.  That
so many people cannot fill so many places takes rows a few steps and clauses many
millions (Elffers and Nordström, "Divide and conquer: towards faster pseudo-Boolean
solving", 2018; Devriendt, Gleixner and Nordström, "Learn to relax", 2021).  So it
proves in a second many a level on which both other engines stay (docs/performance.md).
It reckons in integers alone.

It is an optional part (CONTRIBUTING.md), and runs in a process of its own, which needs
none of this one's locks and can be ended at any time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from importlib.util import find_spec

from scheduler.solver.engines.exact_dialogue import POLL, ExactProcess, FreeProgram
from scheduler.solver.engines.exact_process import Question, Reply
from scheduler.solver.engines.exchange import Engine, Exchange

FIRST = 1.0
"""Seconds without an answer after which it leaves the lower bound: where it can raise
that, a step mostly takes a tenth of a second (docs/performance.md)."""

PATIENCE = 1.0
"""Seconds without a better solution of its own after which its first turn ends."""

MOST = 10.0
"""Most length of a turn, in patience: better solutions by small steps come for ever."""

GROWTH = 1.25
"""How much more patience each turn has."""

QUIET = 1.0
"""Seconds without a better solution after which it takes a turn."""

PART = 0.03
"""What part of the way to the lower bound the first step from above takes."""

LONGER, LONGEST = 1.1, 0.5
"""How much longer a step is than a quick one, and the longest, as such a part."""

AFTER_SLOW, AFTER_VAIN = 0.5, 0.25
"""How much shorter a step is than one that was slow, and than one in vain."""

SHORTEST = 0.001
"""The shortest step, as such a part."""

QUICK, SLOW = 0.05, 0.2
"""Seconds within which a step is quick, and after which it is slow."""


def is_there() -> bool:
    """Return whether Exact is installed."""
    return find_spec("exact") is not None


def run(
    exchange: Exchange,
    is_stopped: Callable[[], bool],
    turn: threading.Event | None = None,
) -> None:
    """Look for the best value from below, then for what is below the best value known.

    The latter in turns, between which the others have as much time.

    Parameters
    ----------
    exchange
        The program, and the other engines' solutions.
    is_stopped
        Asked a few times a second; true ends the run.
    turn
        Set during its turns, for who makes room.
    """
    free = FreeProgram(exchange.program)
    turn = turn or threading.Event()
    try:
        with closing(ExactProcess(free.rows)) as process, suppress(_Ended):
            _Search(exchange, free, process, is_stopped, turn).run()
    finally:
        turn.clear()


class _Ended(Exception):
    """The process died, a stop is requested, or all is said."""


class _Search:
    """Asks for solutions within one limit after another."""

    def __init__(
        self,
        exchange: Exchange,
        free: FreeProgram,
        process: ExactProcess,
        is_stopped: Callable[[], bool],
        turn: threading.Event,
    ) -> None:
        self._exchange, self._free = exchange, free
        self._process, self._is_stopped = process, is_stopped
        self._turn = turn
        self._near: Sequence[int] = ()  # What it was told last, unless it forgot it.
        self._own: int | None = None
        self._stride = Stride()

    def run(self) -> None:
        """Search until all is said."""
        self._begin()
        self._from_below(FIRST)
        patience = PATIENCE
        while True:
            self._turn.set()
            self._from_above(patience)
            self._turn.clear()
            self._wait(patience)
            patience *= GROWTH

    def _begin(self) -> None:
        """Find a solution, if none is known."""
        while self._exchange.incumbent[0] is None:
            if self._ask_and_tell(Question()).is_none:
                self._exchange.call_impossible(Engine.EXACT)
                raise _Ended

    def _from_below(self, patience: float) -> None:
        """Raise the lower bound, in steps that double, while that is quick."""
        program, steps = self._exchange.program, 1
        began = news = time.monotonic()
        while not _is_enough(began, news, patience):
            low = self._exchange.proven(Engine.EXACT)
            most = min(low + (steps - 1) * program.step, self._value - program.step)
            reply = self._reply(most)
            if reply.is_none:
                steps *= 2
            elif reply.values is None:
                steps = max(1, steps // 4)
                continue
            else:
                self._own = self._free.value(reply.values)
            news = time.monotonic()

    def _wait(self, seconds: float) -> None:
        """Leave HiGHS some time, and wait until nothing better comes any more."""
        exchange, began = self._exchange, time.monotonic()
        value, since = self._value, began
        while not exchange.has_proven(Engine.HIGHS):
            now = time.monotonic()
            is_quiet = now - since > QUIET or exchange.is_settled
            if is_quiet and now - began > seconds:
                break
            time.sleep(POLL)
            self._check()
            if self._value < value:
                value, since = self._value, now

    def _from_above(self, patience: float) -> None:
        """Look for better solutions, in steps that are quick, to the proof of the best.

        From the last solution of its own: what it has learnt on the way leads on from
        there, and not from a better one that another engine has found.
        """
        exchange, step = self._exchange, self._exchange.program.step
        began = news = time.monotonic()
        self._near = ()
        while not _is_enough(began, news, patience):
            asked = time.monotonic()
            value = self._value if self._own is None else self._own
            length = self._stride.of(value - exchange.bound) // step * step
            reply = self._reply(value - max(step, length))
            now = time.monotonic()
            self._stride.learn(now - asked, is_found=reply.values is not None)
            if reply.values is not None:
                self._own, news = self._free.value(reply.values), now
            else:
                self._own, self._near = None, ()

    def _reply(self, most: int) -> Reply:
        """Ask for a solution of at most some value."""
        exchange, near = self._exchange, self._exchange.incumbent[1]
        low = exchange.proven(Engine.EXACT)
        question = Question(self._free.limit(most), self._free.limit(low))
        if near is not self._near and self._own is None:
            self._near = near
            question = question._replace(near=self._free.part(near))
        reply = self._ask_and_tell(question)
        if reply.is_none:
            exchange.raise_bound(Engine.EXACT, most + exchange.program.step)
        return reply

    def _ask_and_tell(self, question: Question) -> Reply:
        """Ask for a solution, and tell the others of it."""
        self._check()
        reply = self._process.ask(question, self._is_stopped)
        if reply is None:
            raise _Ended
        if reply.values is not None:
            if not self._free.is_solution(reply.values, question.most):
                raise _Ended  # It does not count, and would be found again.
            self._exchange.offer(self._free.whole(reply.values))
        return reply

    @property
    def _value(self) -> int:
        value = self._exchange.incumbent[0]
        assert value is not None
        return value

    def _check(self) -> None:
        """End where there is nothing left to do."""
        if self._is_stopped() or self._exchange.has_proven(Engine.EXACT):
            raise _Ended


class Stride:
    """How long the steps from above are.

    Where a step is too long the search learns little in much time.  From solution to
    solution, each a little better, it learns what leads to the best, and by that shows
    in the end that there is none better (docs/performance.md).
    """

    def __init__(self) -> None:
        self._part = PART

    def of(self, way: int) -> int:
        """Return the length of a step, given the way to the lower bound."""
        return int(way * self._part)

    def learn(self, seconds: float, *, is_found: bool) -> None:
        """Adapt the length to how long a step took, and whether it led anywhere."""
        if not is_found:
            self._part = max(SHORTEST, self._part * AFTER_VAIN)
        elif seconds > SLOW:
            self._part *= AFTER_SLOW
        elif seconds < QUICK:
            self._part = min(LONGEST, self._part * LONGER)


def _is_enough(began: float, news: float, patience: float) -> bool:
    """Return whether a turn is over that had its last answer at the time ``news``."""
    now = time.monotonic()
    return now - news > patience or now - began > MOST * patience
