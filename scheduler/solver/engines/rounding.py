"""Lower bounds on sums of whole numbers: those of a relaxation, rounded up.

HiGHS solves the relaxation, and its multipliers are rounded to fractions.  Any
multipliers of the right sign give a bound, so the bound of these is computed again in
integers and nothing depends on what a solver calls optimal (Neumaier and Shcherbina,
"Safe bounds in linear and mixed-integer linear programming", 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import highspy
import numpy as np

from scheduler.solver.engines.highs import quiet, rows_of
from scheduler.solver.engines.linear_program import UNBOUNDED

if TYPE_CHECKING:
    from scheduler.solver.engines.linear_program import Integers, LinearProgram

DENOMINATOR = 5040
"""Multipliers are counted in this part: by all numbers to 10 it can be divided."""

GAIN = 1e-3
"""By how much rounding must raise a bound to be worth a row."""


class Rounding:
    """The relaxation of a small program, on which many sums are bounded in turn.

    Parameters
    ----------
    program
        Its rows; the objective is not used.
    """

    def __init__(self, program: LinearProgram) -> None:
        self._program = program
        self._all = np.arange(len(program.low), dtype=np.int32)
        self._solver = quiet()
        self._solver.setOptionValue("threads", 1)
        rows = rows_of(program)
        rows.integrality_ = []
        self._solver.passModel(rows)

    def least(self, columns: Sequence[int]) -> int | None:
        """Return the least that a sum of variables can be, if rounding raises it.

        Returns
        -------
        ``None`` where the relaxation's own bound is whole already.
        """
        weights = np.zeros(len(self._all), dtype=np.int64)
        weights[list(columns)] = 1
        self._solver.changeColsCost(len(self._all), self._all, weights.astype(float))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        multipliers = np.array(self._solver.getSolution().row_dual) * DENOMINATOR
        whole = np.rint(multipliers).astype(np.int64)
        least = proven(self._program, weights, whole)
        relaxed = self._solver.getInfo().objective_function_value
        return least if least > relaxed + GAIN else None


def proven(program: LinearProgram, weights: Integers, multipliers: Integers) -> int:
    """Return the least that a weighted sum can be by a sum of rows, rounded up.

    Parameters
    ----------
    program
        The rows.
    weights
        Of each variable in the sum.
    multipliers
        How often each row is taken, in parts of `DENOMINATOR`: at least its lower end
        where positive, at most its upper end where negative.
    """
    ends = np.where(multipliers > 0, program.row_low, program.row_high)
    # A row without an end on this side proves nothing.
    used = np.where(np.abs(ends) < UNBOUNDED, multipliers, 0)
    left = weights * DENOMINATOR - program.combined(used)
    reached = np.where(left > 0, program.low, program.high)
    # Python's numbers have no end that a sum could pass.
    pairs = zip((*used, *left), (*ends, *reached), strict=True)
    total = sum(int(times) * int(end) for times, end in pairs if times)
    return -(-total // DENOMINATOR)
