"""The roster of a changed month that differs least from the one already made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit, level_totals
from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.scope import expression
from scheduler.domain.finding import Stance
from scheduler.solver.search import IMPROVING
from scheduler.solver.weights import weighed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember
    from scheduler.solver.search import Search
    from scheduler.solver.weights import Weights

HELD = (Stance.PINNED, Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)
"""Levels on which nothing may become worse."""

CELL = 60
"""Weight of one cell that differs: a guideline passed once, or for an hour."""

WEIGHTS: Weights = {Stance.WISH: 1_000 * CELL, Stance.GUIDELINE: 1}
"""Of the levels that decide, against cells: wishes weigh more than all that could
change, a guideline no more than one."""


class Made:
    """A roster already made, in the variables of a model of a changed month.

    Parameters
    ----------
    model
        Of the changed month.
    problem
        The changed month.
    roster
        The roster; of people and dates it does not know, anything may come.
    """

    def __init__(self, model: RosterModel, problem: Problem, roster: Roster) -> None:
        self._model = model
        self._roster = roster
        self._kept = {
            date: _kept(model, problem.staff, roster, date)
            for date in problem.period.dates
        }

    def cost(self) -> LinearExpr:
        """Return what is lost: wishes first, then cells that differ and guidelines."""
        lost = weighed(self._model, WEIGHTS)
        return LinearExpr.sum([lost, expression(self.differences) * CELL])

    @property
    def differences(self) -> LinearSum:
        """Cells, and nights on call, that differ."""
        kept = LinearSum.total(self._kept.values())
        return LinearSum(kept.highest) - kept

    def differences_of(self, names: Collection[StaffId]) -> LinearSum:
        """Cells, and nights on call, that differ for some people."""
        problem = self._model.problem
        staff = [member for member in problem.staff if member.name in names]
        kept = LinearSum.total(
            _kept(self._model, staff, self._roster, date)
            for date in problem.period.dates
        )
        return LinearSum(kept.highest) - kept

    def hold(self, cp: CpModel, around: Collection[dt.date], days: int) -> None:
        """Hold every date as it is that lies more than ``days`` from those given."""
        for date, kept in self._kept.items() if around else ():
            if all(abs((date - one).days) > days for one in around):
                cp.add(expression(kept) == kept.highest)


def nearest(
    model: RosterModel, made: Roster, start: Roster, search: Search, seconds: float
) -> Sequence[int]:
    """Keep law, musts and contracts, then most wishes, then cells and guidelines.

    Parameters
    ----------
    model
        Of the changed month; what is held is added to it.
    made
        The roster from which cells should not differ.
    start
        A roster of the changed month.  It says what may remain broken.
    search, seconds
        Set-up, and what may be taken of its time.

    Returns
    -------
    Sequence[int]
        Values by variable index; empty if nothing was found.
    """
    problem, rulebook = model.problem, model.rulebook
    totals = level_totals(rulebook, audit(problem, start, rulebook))
    for level in HELD:
        penalty = model.penalty(level)
        if penalty is not None:
            model.cp.add(penalty <= totals[level])
    model.cp.minimize(Made(model, problem, made).cost())
    model.hint(model.cp, model.values_of(start) or {})
    left = min(seconds, search.left)
    return search.run(model.cp, left, parameters=IMPROVING).values


def _kept(
    model: RosterModel, staff: Sequence[StaffMember], made: Roster, date: dt.date
) -> LinearSum:
    """Add up the decisions of a date that the roster made has taken for some people."""
    total = LinearSum()
    for member in staff:
        duty = made.by_cell.get((member.name, date))
        if duty is not None:
            total += model.same(member, date, duty)
        if made.on_call_by_date.get(date) == member.name:
            total += model.on_call(member, date)
    return total
