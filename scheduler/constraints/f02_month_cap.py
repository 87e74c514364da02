"""F-02: the month's cap of the one-month flexible-hours scheme.

Breach: 178 hours in a month of 31 days. Correct: 177 hours; the cap is 177.1.  In an
office of fewer than ten people that says so it is 194.8.

Source: Labour Standards Act art. 32-2, Ordinance art. 25-2.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import work_minutes
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit each person's minutes of work in duties that begin in the period."""
    scope = model.scope(rule, "month")
    cap = _week(problem, rule) * problem.period.days // 7
    for member in problem.staff:
        worked = work_minutes(model, member, problem.period.dates)
        scope.at(staff=member.name).at_most(worked, cap)


def _week(problem: Problem, rule: Rule) -> int:
    """Return the weekly minutes: more for a small office that declares itself one."""
    dates = problem.period.dates
    people = sum(any(d in member.employed for d in dates) for member in problem.staff)
    is_small = people < rule.int("small_office_below")
    if problem.office.settings.small_office and is_small:
        return rule.int("small_office_week_minutes")
    return rule.int("week_minutes")
