"""Begin a month from a roster on hand, made for another input of the same month.

Such are the roster that is made anew, and those that showed what the advice offers to
be enough.  What of one fits the month is held, and the rest of the month completed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scheduler.audit import audit
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.options import Option
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.domain.finding import LEVELS
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, Shift
from scheduler.domain.staff import StaffMember
from scheduler.solver.search import Search, bare, hold_levels
from scheduler.solver.standing.edits import with_days_off, with_usual_jobs
from scheduler.solver.weights import LAW_FIRST, weighed

MOST_TRIES = 3
"""Most rosters that are completed, those first that keep most."""

REST = dict.fromkeys(LEVELS[len(LAW_FIRST) :], 1)
"""The levels that none of the weights names, each as it is once the others are held."""


class Completed(NamedTuple):
    """A roster on hand in the variables of the month.

    Attributes
    ----------
    values
        By variable index.
    fingerprint
        Of the roster as it was given.
    """

    values: Sequence[int]
    fingerprint: str


def completed(
    model: RosterModel, rosters: Iterable[Roster], search: Search
) -> Completed | None:
    """Return the best of some rosters as a solution of the month; ``None`` if none fit.

    Parameters
    ----------
    rosters
        Of the model's month; whom and what it does not know is left out.
    """
    problem = model.problem
    fitting = {one.fingerprint: _known(problem, one) for one in rosters}
    worth = {
        name: tuple(model.rulebook.level_totals(found).values())
        for name, one in fitting.items()
        for found in [audit(problem, with_days_off(problem, one))]
    }
    for name in sorted(fitting, key=worth.__getitem__)[:MOST_TRIES]:
        values = () if search.is_over else _values(model, fitting[name], search)
        if values:
            return Completed(values, name)
    return None


def _known(problem: Problem, roster: Roster) -> Roster:
    """Return what of a roster a month knows."""
    duties = (
        with_usual_jobs(problem, one)
        for one in roster.duties
        if one.staff in problem.member_by_name
        and one.date in problem.period
        and (one.shift is None or one.shift in problem.shift_by_symbol)
    )
    calls = (one for one in roster.on_call if one.staff in problem.member_by_name)
    return Roster(duties=tuple(duties), on_call=tuple(calls))


def _values(model: RosterModel, roster: Roster, search: Search) -> Sequence[int]:
    """Return the best values with the cells of a roster; empty ones may be anything.

    Breaks and events are chosen anew, so that the month is no worse than it was.
    """
    cp = bare(model.cp)
    for member in model.problem.staff:
        for date in model.problem.period.dates:
            duty = roster.by_cell.get((member.name, date))
            same = LinearSum() if duty is None else _same(model, member, duty)
            if same.terms:
                cp.add(expression(same) == 1)
            call = model.on_call(member, date)
            if call.terms:
                has = roster.on_call_by_date.get(date) == member.name
                cp.add(expression(call) == int(has))
    values: Sequence[int] = ()
    for weights in (LAW_FIRST, REST):
        cp.minimize(weighed(model, weights))
        found = search.run(cp, search.left / 2).values
        if not found:
            break
        values = found
        held = {level: model.penalty_at(level, found) for level in weights}
        hold_levels(model, cp, held)
        cp.clear_hints()  # type: ignore[no-untyped-call]
        model.hint(cp, dict(enumerate(found)))
    return values


def _same(model: RosterModel, member: StaffMember, duty: Duty) -> LinearSum:
    """Return 1 if a person's cell says the same."""
    if duty.off is not None:
        return model.off(member, duty.date, duty.off)

    def is_it(_shift: Shift, option: Option) -> bool:
        return (option.shift, option.roles) == (duty.shift, duty.roles)

    return model.starts(member, duty.date, is_it)
