"""F-01: eight hours a day and forty a week for people outside the flexible scheme.

Breach: an expectant mother who asked for it, on a 16-hour night. Correct: five shifts
of eight hours in a week.

Source: Labour Standards Act art. 32, 60, 66.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import weeks_known, work_minutes
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit the work of each date and week for people outside the flexible scheme."""
    day = model.scope(rule, "day")
    week = model.scope(rule, "week")
    for member in problem.staff:
        if not member.no_flex:
            continue
        for date in problem.period.dates:
            worked = work_minutes(model, member, (date,))
            at_date = day.at(staff=member.name, date=date)
            at_date.at_most(worked, rule.int("day_minutes"))
        for first, dates in weeks_known(problem):
            worked = work_minutes(model, member, dates)
            at_week = week.at(staff=member.name, date=first)
            at_week.at_most(worked, rule.int("week_minutes"))
