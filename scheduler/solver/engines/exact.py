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

PATIENCE = 3.0
"""Seconds without a solution of its own after which its first turn ends: what it can
prove it mostly proves in fewer, and the others need the cores."""

GROWTH = 1.25
"""How much more patience each turn has."""

QUIET = 1.0
"""Seconds without a better solution of the others after which it takes another turn."""

ROUNDS = 6
"""How often bounds of variables are drawn from the rows before it begins: it takes more
of what is fixed than the other engines, which find that for themselves."""


def is_there() -> bool:
    """Return whether Exact is installed."""
    return find_spec("exact") is not None


def run(exchange: Exchange, is_stopped: Callable[[], bool]) -> None:
    """Look for what is below the best value known, until that is shown to be nothing.

    It takes turns: where it has no answer, it waits for a better solution of others.

    Parameters
    ----------
    exchange
        The program, and the other engines' solutions.
    is_stopped
        Asked a few times a second; true ends the run.
    """
    free = _Free(exchange.program)
    below: int | None = None
    patience = PATIENCE
    known, known_at = exchange.incumbent[0], time.monotonic()
    began = known_at
    with _process(free.rows, is_stopped) as ask:
        while not is_stopped() and not exchange.has_proven(Engine.EXACT):
            (value, values), now = exchange.incumbent, time.monotonic()
            if value != known:
                known, known_at = value, now
            if now - began > patience:
                if value != below and now - known_at > QUIET:
                    began, patience = now, GROWTH * patience
                else:
                    time.sleep(POLL)
                continue
            question = Question()
            if value is not None and value != below:
                below = value
                question = Question(free.less_than(value), free.part(values))
            answer = ask(question)
            if answer is None:
                return
            if answer.values is not None:
                exchange.offer(free.whole(answer.values))
                if exchange.incumbent[0] == value:
                    return  # It did not count, and would be found again.
                began = time.monotonic()
            elif answer.is_none:
                if below is None:
                    exchange.call_impossible(Engine.EXACT)
                else:
                    exchange.raise_bound(Engine.EXACT, below)
                return


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

    def less_than(self, value: int) -> int:
        """Return the most that the free variables may cost to be below a value."""
        program = self._program
        fixed = program.cost @ np.where(self._is_free, 0, program.low)
        return value - program.step - program.offset - int(fixed)

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
