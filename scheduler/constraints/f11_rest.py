"""F-11: rest between the end of one shift and the start of the next.

Breach of the wish: late until 21:00, early from 7:00, ten hours. Correct: from 8:00,
eleven hours. Under eight hours, the office's hard limit, no roster is made. Travel
between two offices comes on top.

Source: Act on Improvement of Working Hours art. 2 (a duty to endeavour).
"""

from __future__ import annotations

from functools import partial

from scheduler.constraints.language import RosterModel
from scheduler.constraints.overlap import close_shifts, close_standby
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Forbid a rest below the hard limit, and penalise one below the guideline."""
    settings = problem.office.settings
    least = model.scope(rule, "least")
    wished = model.scope(rule, "wished")
    for member in problem.staff:
        apart = partial(close_shifts, model, member, travel=True)
        near = [*apart(settings.rest_least)]
        if settings.standby.is_work:
            near += close_standby(model, member, settings.rest_least)
        for date, totals in near:
            least.at(staff=member.name, date=date).all_at_most(totals, 1)
        for _, totals in apart(settings.rest_wished):
            wished.at(staff=member.name).all_at_most(totals, 1)
