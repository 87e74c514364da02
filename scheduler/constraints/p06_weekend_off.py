"""P-06: a least number of weekends (Saturday and Sunday) off in the period.

Breach: four weekends, on each of them a shift or a night on call. Correct: one of them
休休, also as paid leave. People with fixed weekdays are left out: their contract has
settled their weekends.

Source: settings of the office.
"""

from __future__ import annotations

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.selectors import needed_to_rest, whole_month
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule

SATURDAY = 5


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require weekends off, as strictly as set, at most as many as the period has."""
    settings = problem.office.settings
    scope = model.held(rule, settings.weekend_off)
    if scope is None:
        return
    dates = problem.period.dates
    weekends = [date for date in dates[:-1] if date.weekday() == SATURDAY]
    asked = min(settings.weekend_off_times, len(weekends))
    for member in problem.staff:
        if member.contract.on_any_weekday and whole_month(problem, member):
            given = LinearSum.total(
                model.all_of(
                    [
                        *needed_to_rest(model, member, date),
                        *needed_to_rest(model, member, date + ONE_DAY),
                    ]
                )
                for date in weekends
            )
            scope.at(staff=member.name).at_least(given, asked)
