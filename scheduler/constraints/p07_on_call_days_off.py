"""P-07: nobody is on call in the night of a day off, or of 明.

Breach: a day off on the 5th, and on call in its night. Correct: on call in the night of
the 4th, a date of work. People who work no shifts are left out.

Source: settings of the office.
"""

from __future__ import annotations

from scheduler.constraints.language import RosterModel
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that nobody is on call in the night of a day off, or of 明."""
    scope = model.held(rule, problem.office.settings.on_call_on_days_off)
    if scope is None:
        return
    for member in problem.staff:
        for date in problem.period.dates if member.shifts else ():
            on_call = model.on_call(member, date)
            if on_call.terms:
                off = model.off(member, date, OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
                scope.at(staff=member.name, date=date).at_most(off + on_call, 1)
