"""N-01: no more night shifts than the night needs.

Surplus: two night shifts on one date. Right: one; none on a night without guests and
with a contact system. Who is on call in such a night is its named contact (A-07).

Source: project.
"""

from __future__ import annotations

from scheduler.constraints.demand import night_needs_staff
from scheduler.constraints.language import RosterModel
from scheduler.constraints.selectors import is_night_here
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Penalise night shifts beyond the number needed."""
    surplus_night = model.scope(rule, "surplus_night")
    night_rule = model.rulebook["A-06"]
    for date in problem.period.dates:
        needed = night_needs_staff(problem, problem.forecast_by_date[date])
        nights = model.begun(problem.staff, [date], is_night_here)
        surplus_night.at_most(nights, night_rule.int("awake_min") if needed else 0)
