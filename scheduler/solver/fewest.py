"""The fewest people with whom each date's needs can be met, as rows of the model.

A relaxation meets five people at once and four in the afternoon by 4.6 people, and over
a month these parts of people add up to some whom nobody has.  That they are whole is
seen on each date alone: the least number at work there, rounded up, is a row that every
roster satisfies and no relaxation does.  With these rows CP-SAT proves in seconds what
it could not prove at all (docs/performance.md).

HiGHS solves the relaxation of a date, and its multipliers are rounded to fractions.
Any multipliers of the right sign give a bound, so the bound of these is computed again
in integers and nothing depends on what a solver calls optimal (Neumaier and Shcherbina,
"Safe bounds in linear and mixed-integer linear programming", 2004).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import highspy
import numpy as np

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import Option, Wanted
from scheduler.domain.base import ShiftId
from scheduler.domain.shifts import Role, Shift
from scheduler.solver.engines.highs import quiet, rows_of
from scheduler.solver.engines.linear_program import UNBOUNDED, AtLeast, LinearProgram

if TYPE_CHECKING:
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.solver.engines.linear_program import Integers

DENOMINATOR = 5040
"""Multipliers are counted in this part: by all numbers to 10 it can be divided."""

GAIN = 1e-3
"""By how much rounding must raise a bound to be worth a row."""


def fewest(model: RosterModel, program: LinearProgram) -> tuple[AtLeast, ...]:
    """Return, date by date, at least how many people are at work.

    It holds as long as what the model's ``program`` holds, law and musts at zero, is
    held.
    """
    program = program.propagated()
    owners = _owners(model, len(program.low))
    found: list[AtLeast] = []
    for number, date in enumerate(model.problem.period.dates):
        part, places = program.part(owners == number, owners >= 0)
        rounding = Rounding(part)
        for people in dict.fromkeys(_sums(model, date)):
            inside = [places[index] for index in people if index in places]
            least = rounding.least(inside) if inside else None
            if least is not None:
                found.append(AtLeast(people, least))
    return tuple(found)


def _owners(model: RosterModel, size: int) -> np.ndarray:
    """Return for each variable the number of the date that decides it, or -1."""
    owners = np.full(size, -1)
    for number, date in enumerate(model.problem.period.dates):
        owners[[variable.index for variable in model.decisions(date)]] = number
    return owners


def _sums(model: RosterModel, date: dt.date) -> Iterator[tuple[int, ...]]:
    """Yield the variables, by index, of groups of people at work on a date.

    All of them, those who give care, and all but those on one shift: where a short
    shift fills a gap, it is the others who must be whole.
    """
    staff = model.problem.staff
    symbols = {one for member in staff for one in model.symbols(member, date)}

    def cares(_shift: Shift, option: Option) -> bool:
        return Role.CARE in option.roles

    def is_other(shift: Shift, _option: Option, *, than: ShiftId | None) -> bool:
        return shift.symbol != than

    groups: list[Wanted] = [cares, partial(is_other, than=None)]
    groups += (partial(is_other, than=one) for one in sorted(symbols))
    for wanted in groups:
        total = LinearSum.total(model.starts(one, date, wanted) for one in staff)
        yield tuple(variable.index for variable, _ in total.terms)


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
