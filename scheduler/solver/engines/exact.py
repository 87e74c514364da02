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

import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from importlib.util import find_spec

import numpy as np

from scheduler.solver.engines import exact_process
from scheduler.solver.engines.exact_process import Question, Reply, Rows
from scheduler.solver.engines.exchange import Engine, Exchange
from scheduler.solver.engines.linear_program import UNBOUNDED, LinearProgram

POLL = 0.05
"""Seconds between two checks for a stop request."""

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

ROUNDS = 6
"""How often bounds of variables are drawn from the rows before it begins: it takes more
of what is fixed than the other engines, which find that for themselves."""


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
    free = _Free(exchange.program)
    turn = turn or threading.Event()
    try:
        with _process(free.rows, is_stopped) as ask, suppress(_Ended):
            _Search(exchange, free, ask, is_stopped, turn).run()
    finally:
        turn.clear()


class _Ended(Exception):
    """The process died, a stop is requested, or all is said."""


class _Search:
    """Asks for solutions within one limit after another."""

    def __init__(
        self,
        exchange: Exchange,
        free: _Free,
        ask: Callable[[Question], Reply | None],
        is_stopped: Callable[[], bool],
        turn: threading.Event,
    ) -> None:
        self._exchange, self._free = exchange, free
        self._ask, self._is_stopped = ask, is_stopped
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
        reply = self._ask(question)
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


class _Free:
    """The variables of a program that its rows do not fix, and the rows over these."""

    def __init__(self, program: LinearProgram) -> None:
        tight = program.propagated(ROUNDS)
        is_contradiction = bool((tight.low > tight.high).any())
        self._program = program if is_contradiction else tight
        self._is_free = self._program.low < self._program.high

    @property
    def rows(self) -> Rows:
        """The rows that these variables could break."""
        program, is_free = self._program, self._is_free
        owner = np.repeat(np.arange(len(program.row_low)), np.diff(program.starts))
        fixed = np.where(is_free, 0, program.low)[program.columns]
        moved = np.bincount(
            owner, program.coefficients * fixed, len(program.row_low)
        ).astype(np.int64)
        kept = is_free[program.columns]
        lengths = np.bincount(owner[kept], minlength=len(program.row_low))
        place = np.cumsum(is_free) - 1
        return Rows(
            low=program.low[is_free].tolist(),
            high=program.high[is_free].tolist(),
            starts=[0, *np.cumsum(lengths).tolist()],
            columns=place[program.columns[kept]].tolist(),
            coefficients=program.coefficients[kept].tolist(),
            row_low=_ends(program.row_low, moved, program.row_low > -UNBOUNDED),
            row_high=_ends(program.row_high, moved, program.row_high < UNBOUNDED),
            cost=[
                (int(program.cost[column]), int(place[column]))
                for column in np.flatnonzero(is_free & (program.cost != 0))
            ],
        )

    def limit(self, value: int) -> int:
        """Return what the free variables may cost for all to cost some value."""
        program = self._program
        fixed = program.cost @ np.where(self._is_free, 0, program.low)
        return value - program.offset - int(fixed)

    def value(self, values: Sequence[int]) -> int:
        """Return what a solution costs, given the free variables' values."""
        return self._program.value(self.whole(values))

    def is_solution(self, values: Sequence[int], most: int | None) -> bool:
        """Return whether values satisfy the rows, and cost no more than a limit."""
        is_within = most is None or self.limit(self.value(values)) <= most
        return is_within and self._program.is_satisfied(self.whole(values))

    def part(self, values: Sequence[int]) -> list[int]:
        """Return the free variables' values."""
        return [int(one) for one in np.asarray(values)[self._is_free]]

    def whole(self, values: Sequence[int]) -> list[int]:
        """Return the values of all variables, given the free ones'."""
        whole = self._program.low.copy()
        whole[self._is_free] = values
        return [int(one) for one in whole]


def _ends(
    ends: np.ndarray, moved: np.ndarray, is_given: np.ndarray
) -> list[int | None]:
    """Return the ends of rows, less what fixed variables add to them."""
    left = (ends - moved).tolist()
    return [end if given else None for end, given in zip(left, is_given, strict=True)]


@contextmanager
def _process(
    rows: Rows, is_stopped: Callable[[], bool]
) -> Iterator[Callable[[Question], Reply | None]]:
    """Start Exact's process, and yield what asks it.

    Its answer is ``None`` if it died or a stop is requested.  It ends with the context,
    whatever it does.
    """
    process = subprocess.Popen(
        # Not by -m, or its answers were of types of a module of another name.
        [sys.executable, "-c", f"from {exact_process.__name__} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    told, heard = process.stdin, process.stdout

    def asked(question: Question) -> Reply | None:
        try:
            pickle.dump(question, told)
            told.flush()
            answer: Reply = pickle.load(heard)
        except (OSError, EOFError):
            return None
        return answer

    def ask(question: Question) -> Reply | None:
        answer = asking.submit(asked, question)
        while not wait([answer], POLL).done:
            if is_stopped():
                return None
        return answer.result()

    with ThreadPoolExecutor(1) as asking:
        try:
            asking.submit(pickle.dump, rows, told)
            yield ask
        finally:
            process.kill()
    with suppress(OSError):
        told.close()
    heard.close()
    process.wait()
