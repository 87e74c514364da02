"""The roster of a changed month that differs least from the one already made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit, level_totals
from scheduler.domain.base import StaffId
from scheduler.domain.period import LONGEST_PERIOD
from scheduler.domain.stance import Stance
from scheduler.model import RosterModel
from scheduler.modelling.linear import LinearSum
from scheduler.modelling.scope import expression
from scheduler.search import IMPROVING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.search import Search

HELD = (Stance.PINNED, Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)
"""Levels on which nothing may become worse."""

NOBODY = StaffId("")

WISH = 1_000
"""Weight of the level of wishes against one cell: more than all that could change."""


AROUND = (3, 8, LONGEST_PERIOD)
"""Dates around the change that may differ, in successive attempts."""


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
        self._kept = {
            date: _kept(model, problem, roster, date) for date in problem.period.dates
        }

    def cost(self) -> LinearExpr:
        """Return what is lost: wishes first, then cells that differ."""
        wishes = self._model.penalty(Stance.WISH)
        lost = [] if wishes is None else [wishes * WISH]
        differ = expression(LinearSum.total(self._kept.values()) * -1)
        return LinearExpr.sum([*lost, differ])

    def hold(self, cp: CpModel, around: Collection[dt.date], days: int) -> None:
        """Hold every date as it is that lies more than ``days`` from those given."""
        for date, kept in self._kept.items() if around else ():
            if all(abs((date - one).days) > days for one in around):
                cp.add(expression(kept) == kept.highest)


def nearest(
    problem: Problem,
    made: Roster,
    start: Roster,
    around: Collection[dt.date],
    search: Search,
    seconds: float,
) -> Roster:
    """Keep law, musts and contracts, then most wishes, then most cells.

    Parameters
    ----------
    problem
        The changed month.
    made
        The roster from which cells should not differ.
    start
        A roster of the changed month, returned if nothing better is found.  It says
        what may remain broken.
    around
        Dates on which something has to change; none: it could be any.
    search, seconds
        Set-up, and what may be taken of its time.
    """
    model = RosterModel(problem)
    values = model.values_of(start)
    if values is None:
        return start
    totals = level_totals(model.rulebook, audit(problem, start, model.rulebook))
    for level in HELD:
        penalty = model.penalty(level)
        if penalty is not None:
            model.cp.add(penalty <= totals[level])
    as_made = Made(model, problem, made)
    model.cp.minimize(as_made.cost())
    hint = dict(values)
    best: Sequence[int] = ()
    attempts = AROUND if around else AROUND[-1:]
    for days in attempts:
        cp = model.cp.clone()
        model.hint(cp, hint)
        as_made.hold(cp, around, days)
        left = min(seconds / len(attempts), search.left)
        best = search.run(cp, left, parameters=IMPROVING).values or best
        hint = dict(enumerate(best)) or hint
    return model.read(lambda variable: best[variable.index]) if best else start


def _kept(
    model: RosterModel, problem: Problem, made: Roster, date: dt.date
) -> LinearSum:
    """Add up the decisions of a date that the roster made has already taken."""
    total = LinearSum()
    for member in problem.staff:
        duty = made.by_cell.get((member.name, date))
        if duty is not None:
            total += model.same(member, date, duty)
    caller = problem.member_by_name.get(made.on_call_by_date.get(date, NOBODY))
    return total if caller is None else total + model.on_call(caller, date)
