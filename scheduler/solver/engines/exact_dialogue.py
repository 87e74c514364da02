"""What Exact is told and asked: a program without its fixed variables, and the process.

The process needs none of this one's locks and can be ended at any time.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress

import numpy as np

from scheduler.solver.engines import exact_process
from scheduler.solver.engines.exact_process import (
    OPTIONS,
    Options,
    Question,
    Reply,
    Rows,
)
from scheduler.solver.engines.linear_program import UNBOUNDED, LinearProgram

POLL = 0.05
"""Seconds between two checks for a stop request."""

ROUNDS = 6
"""How often bounds of variables are drawn from the rows before it begins: it takes more
of what is fixed than the other engines, which find that for themselves."""


class FreeProgram:
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

    def places(self, values: Mapping[int, int]) -> list[tuple[int, int]] | None:
        """Return the values of those that are free, by their place among them.

        ``None`` if the rows fix one at another value.
        """
        place = np.cumsum(self._is_free) - 1
        found = []
        for column, value in values.items():
            if self._is_free[column]:
                found.append((int(place[column]), value))
            elif self._program.low[column] != value:
                return None
        return found

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


class ExactProcess:
    """Exact with a program, in a process of its own that ends with this object.

    Parameters
    ----------
    rows
        The program; the process reads it while other work is done here.
    options
        Exact's options.
    """

    def __init__(self, rows: Rows, options: Options = OPTIONS) -> None:
        name = exact_process.__name__
        self._process = subprocess.Popen(
            # Not by -m, or its answers were of types of a module of another name.
            [sys.executable, "-c", f"from {name} import main; main({options})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._pool = ThreadPoolExecutor(1)
        self._pool.submit(_tell, self._process, rows)
        self.close = weakref.finalize(self, _end, self._process, self._pool)

    def ask(self, question: Question, is_stopped: Callable[[], bool]) -> Reply | None:
        """Return its answer; ``None``, then and ever after, if it died or must stop."""
        if not self.close.alive:
            return None
        answer = self._pool.submit(_asked, self._process, question)
        while not wait([answer], POLL).done:
            if is_stopped():
                self.close()
                return None
        return answer.result()


def _tell(process: subprocess.Popen[bytes], what: Rows | Question) -> None:
    """Write something to the process."""
    assert process.stdin is not None
    with suppress(OSError):
        pickle.dump(what, process.stdin)
        process.stdin.flush()


def _asked(process: subprocess.Popen[bytes], question: Question) -> Reply | None:
    """Return the answer of the process, ``None`` if it died."""
    assert process.stdout is not None
    _tell(process, question)
    try:
        answer: Reply = pickle.load(process.stdout)
    except (OSError, EOFError):
        return None
    return answer


def _end(process: subprocess.Popen[bytes], pool: ThreadPoolExecutor) -> None:
    """End the process, whatever it does."""
    process.kill()
    pool.shutdown()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
