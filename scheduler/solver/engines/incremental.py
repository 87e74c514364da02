"""Incremental solving: a model is read once, then asked about under assumptions.

Whatever Exact learns under some assumptions holds without them as well, so that it
helps with all that is asked later (Eén and Sörensson, "Temporal induction by
incremental SAT solving", 2003).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from scheduler.solver.engines.exact_dialogue import ExactProcess, FreeProgram
from scheduler.solver.engines.exact_process import Question
from scheduler.solver.engines.linear_program import LinearProgram

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

OFTEN = (("verbosity", "0"), ("db-base", "50"), ("db-scale", "50"))
"""Options of Exact with which it tidies soon, and keeps little of what it has learnt:
each question is answered sooner (docs/performance.md)."""


class Solved(NamedTuple):
    """What is known of a model under some assumptions."""

    values: tuple[int, ...] = ()
    """A solution, by variable index; empty if none was found."""
    is_impossible: bool = False
    """Whether it is proven that there is none."""


class IncrementalModel:
    """A model that is asked about under one set of assumptions after another.

    Parameters
    ----------
    cp
        The model; its objective does not count.
    """

    def __init__(self, cp: CpModel) -> None:
        self._free = FreeProgram(LinearProgram.of(cp))
        self._process = ExactProcess(self._free.rows, OFTEN)

    def solve(
        self,
        assumed: Mapping[int, int],
        rounds: int,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Solved:
        """Look for a solution with some variables at given values.

        Parameters
        ----------
        assumed
            Values by variable index.
        rounds
            Most effort, in rounds of Exact: some hundred dead ends each.
        """
        places = self._free.places(assumed)
        if places is None:
            return Solved(is_impossible=True)
        reply = self._process.ask(Question(assumed=places, rounds=rounds), is_stopped)
        if reply is None:
            return Solved()
        if reply.values is None or not self._free.is_solution(reply.values, None):
            return Solved(is_impossible=reply.is_none)
        return Solved(tuple(self._free.whole(reply.values)))
