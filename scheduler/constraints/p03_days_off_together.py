"""P-03: a least number of stretches of two days off or more in the period.

Breach: 休日休日休 with one stretch wished. Correct: 休休日日休; 休休休休 is one stretch
too, not two.

Source: settings of the office.
"""

from __future__ import annotations

import datetime as dt

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import needed_to_rest, rests, whole_month
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require stretches of two days off or more, as strictly as set."""
    settings = problem.office.settings
    scope = model.held(rule, settings.days_off_together)
    if scope is None:
        return
    for member in problem.staff:
        if whole_month(problem, member):
            stretches = LinearSum.total(
                _begins(model, member, date) for date in problem.period.dates[:-1]
            )
            times = settings.days_off_together_times
            scope.at(staff=member.name).at_least(stretches, times)


def _begins(model: RosterModel, member: StaffMember, date: dt.date) -> LinearSum:
    """Return a sum that is one only if a stretch begins on the date.

    If only one stretch is required, the sum may also be one in the middle of a longer
    stretch: counting that twice does no harm.
    """
    needed = [
        *needed_to_rest(model, member, date),
        *needed_to_rest(model, member, date + ONE_DAY),
    ]
    several = model.problem.office.settings.days_off_together_times > 1
    if several and date > model.problem.period.first:
        needed.append(LinearSum(1) - rests(model, member, date - ONE_DAY))
    return model.all_of(needed)
