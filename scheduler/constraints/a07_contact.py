"""A-07: a named contact on call in a night that needs no staff.

Missed: no guest, a contact system, and nobody on call. Right: one person on call.

Source: LAW34 art. 63(5); good practice, ranked below everything else.
"""

from __future__ import annotations

from scheduler.constraints.demand import night_needs_staff
from scheduler.constraints.language import RosterModel
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Ask for somebody on call in nights that need no staff by A-06."""
    contact = model.scope(rule, "contact")
    for date in problem.period.dates:
        day = problem.forecast_by_date[date]
        if day.satellite_overnight or night_needs_staff(problem, day):
            continue
        on_call = model.called(problem.staff, [date])
        contact.at(date=date).at_least(on_call, rule.int("contact_min"))
