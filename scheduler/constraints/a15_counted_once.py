"""A-15: nobody has two duties at once, or works in a role that a shift does not allow.

Breach: on call from 21:00 and on the late shift until 21:30; or a segment in a role
the person does not hold. Correct: a late shift that ends at 21:00.

Source: NOTICE06 2-2(1).
"""

from __future__ import annotations

from scheduler.constraints.language import CellFilter, LinearSum, RosterModel, Start
from scheduler.constraints.overlap import close_shifts, close_standby
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule

_TOUCHING = 0
"""Gap in minutes: intervals that are less than 0 apart overlap."""


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Forbid overlapping duties of one person.

    Those that the baseline of a changed month already has are allowed, and charged by
    their shared minutes; of several houses by the first that has them.
    """
    overlap = model.scope(rule, "overlap")
    for member in problem.staff:
        for on_call, close in ((False, close_shifts), (True, close_standby)):
            for date, totals in close(model, member, _TOUCHING):
                standing = model.doubles.of(member.name, date, on_call=on_call)
                stands = LinearSum.of(double.both for double in standing)
                for total in totals:
                    overlap.always_at_most(total - stands, 1)
        for date in problem.period.dates:
            scope = overlap.at(staff=member.name, date=date)
            for on_call in (False, True):
                first = model.doubles.first_of(member.name, date, on_call=on_call)
                for twice, both in first:
                    scope.charge(both, twice.shared.minutes)


def excludes_shift(cells: CellFilter, rule: Rule, start: Start) -> bool:
    """Tell whether the shift does not allow a role of the option."""
    allowed = start.shift.roles
    return bool(allowed) and any(role not in allowed for role in start.option.roles)
