"""The process in which Exact solves a program for `scheduler.solver.engines.exact`.

It gets the program and then one question after another through its standard input, and
answers each through its standard output.  It imports nothing else of this package.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

Options = Sequence[tuple[str, str]]
"""Names and values of options of Exact."""

OPTIONS: Options = (("verbosity", "0"), ("db-base", "300"), ("db-scale", "200"))
"""It looks at the clock only where it tidies what it has learnt, and by default does so
after two thousand dead ends, which may take seconds."""

PAUSED = "PAUSED"
"""Its state when it has tidied what it has learnt."""


class Rows(NamedTuple):
    """``row_low <= A x <= row_high`` over integers, and the ``cost`` of a solution.

    All but ``cost`` are as in `LinearProgram`, without variables that are fixed; a
    bound of a row is ``None`` where there is none.
    """

    low: Sequence[int]
    high: Sequence[int]
    starts: Sequence[int]
    columns: Sequence[int]
    coefficients: Sequence[int]
    row_low: Sequence[int | None]
    row_high: Sequence[int | None]
    cost: Sequence[tuple[int, int]]
    """Coefficient and variable of each term."""


class Question(NamedTuple):
    """Whether there is a solution that costs at most so much."""

    most: int | None = None
    """The limit; none by default."""
    least: int | None = None
    """What every solution costs at least, if that is known; from now on."""
    near: Sequence[int] = ()
    """Values of a solution to begin from."""
    assumed: Sequence[tuple[int, int]] = ()
    """Variables and their values, for this question alone."""
    seconds: float = 0.1
    """Time limit; what was learnt until then is kept for the next question."""
    rounds: int = 0
    """How often at most it searches until it tidies what it has learnt; if given, this
    is the limit, and not the time, so that the answer is the same on a busy machine."""


class Reply(NamedTuple):
    """What was found in that time."""

    values: Sequence[int] | None = None
    """A solution, if one was found."""
    is_none: bool = False
    """Whether it is proven that there is none."""


def main(options: Options = OPTIONS) -> None:
    """Reply questions until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked = sys.stdin.buffer
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints is no answer.
    solver = _Solver(_heard(asked), options)
    while (question := _heard(asked)) is not None:
        pickle.dump(solver.answer(question), told)
        told.flush()


def _heard(pipe: IO[bytes]) -> Any:
    """Return what was said, or ``None`` once nobody speaks any more."""
    try:
        return pickle.load(pipe)
    except EOFError:
        return None


class _Solver:
    """Exact with a program."""

    def __init__(self, rows: Rows, options: Options) -> None:
        # Only this process has it; there may be none for a machine.
        import exact

        self._names = [f"x{number}" for number in range(len(rows.low))]
        self._exact = exact.Exact(options)
        for name, low, high in zip(self._names, rows.low, rows.high, strict=True):
            self._exact.addVariable(name, low, high)
        ends = zip(rows.row_low, rows.row_high, strict=True)
        for row, (least, most) in enumerate(ends):
            inside = slice(rows.starts[row], rows.starts[row + 1])
            entries = zip(rows.coefficients[inside], rows.columns[inside], strict=True)
            terms = [(times, self._names[column]) for times, column in entries]
            given = least is not None, least or 0, most is not None, most or 0
            self._exact.addConstraint(terms, *given)
        self._cost = [(times, self._names[column]) for times, column in rows.cost]
        self._least: int | None = None
        self._limits: set[str] = set()

    def answer(self, question: Question) -> Reply:
        """Search on, for a solution within the limit or a proof that there is none."""
        if question.near:
            near = zip(self._names, question.near, strict=True)
            self._exact.setSolutionHints(list(near))
        if question.least is not None and question.least != self._least:
            self._least = question.least
            self._exact.clearAssumptions()
            self._exact.addConstraint(self._cost, True, self._least, False, 0)
        assumed = [(self._names[one], value) for one, value in question.assumed]
        if question.most is not None:
            assumed.append((self._within(question.most), 1))
        if assumed:
            self._exact.clearAssumptions()
            self._exact.setAssumptions(assumed)
        state = self._searched(question)
        if state == "SAT":
            return Reply(self._exact.getLastSolutionFor(self._names))
        # Near what is known nothing was found, and there no proof is either.
        self._exact.clearSolutionHints(self._names)
        return Reply(is_none=state in {"UNSAT", "INCONSISTENT"})

    def _searched(self, question: Question) -> str:
        """Search until there is an answer, or the limit is reached."""
        if not question.rounds:
            return str(self._exact.runOnce(question.seconds))
        state = PAUSED
        for _ in range(question.rounds):
            if state == PAUSED:
                state = str(self._exact.runOnce(0))
        return state

    def _within(self, most: int) -> str:
        """Return the variable that is 1 only where the cost is within a limit."""
        name = f"within {most}"
        if name not in self._limits:
            self._limits.add(name)
            self._exact.addVariable(name, 0, 1)
            below = [(-times, variable) for times, variable in self._cost]
            self._exact.addRightReification(name, True, below, -most)
        return name
