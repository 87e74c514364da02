"""A finished roster that came from outside: whether it speaks of this problem at all.

Whether it is a good one is the audit's question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.history import of_duty
from scheduler.audit.consistency.report import outside, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


def mistakes(problem: Problem, roster: Roster) -> Iterator[Mistake]:
    """Find strangers, dates outside the period, and duties that cannot be."""
    for part in ("duties", "on_call"):
        for i, entry in enumerate(getattr(roster, part)):
            loc = ("roster", part, i)
            known = problem.member_by_name
            yield from unknown("unknown_person", entry.staff, known, (*loc, "staff"))
            yield from outside(problem.period, entry.date, (*loc, "date"))
    for i, duty in enumerate(roster.duties):
        yield from of_duty(("roster", "duties", i), duty, problem)
