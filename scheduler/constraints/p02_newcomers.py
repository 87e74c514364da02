"""P-02: newcomers are never alone at night, and have a mentor by day.

Breach: the newcomer's night, and nobody else's begins on the date. The newcomer from
9:30 to 14:30, the only mentor from 12:30. Correct: somebody experienced on a night too;
a mentor from 12:00, who is there for half of the newcomer's shift.

Source: settings of the office.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.constraints.language import RosterModel, Scope
from scheduler.constraints.overlap import ask_for_overlap
from scheduler.constraints.selectors import is_night_here
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require experienced company at night and a mentor by day, as strictly as set."""
    settings = problem.office.settings
    newcomers = [m for m in problem.staff if settings.newcomers in m.groups]
    mentors = [m for m in problem.staff if settings.mentors in m.groups]
    at_night = model.held(rule, settings.newcomer_nights, "night_")
    if at_night is not None:
        _nights(model, problem, at_night, newcomers)
    scope = model.held(rule, settings.newcomer_days, "day_")
    if scope is not None and mentors:
        by_day = [s for s in problem.all_shifts if not s.is_night]
        half = rule.int("half_percent")
        for newcomer in newcomers:
            others = [mentor for mentor in mentors if mentor != newcomer]
            ask_for_overlap(model, scope, newcomer, others, by_day, half)


def _nights(
    model: RosterModel,
    problem: Problem,
    scope: Scope,
    newcomers: Sequence[StaffMember],
) -> None:
    experienced = [m for m in problem.staff if m not in newcomers]
    for date in problem.period.dates if newcomers else ():
        others = model.begun(experienced, [date], is_night_here)
        for newcomer in newcomers:
            alone = model.starts(newcomer, date, is_night_here) - others
            scope.at(staff=newcomer.name, date=date).at_most(alone, 0)
