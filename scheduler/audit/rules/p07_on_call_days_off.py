"""P-07: nobody is on call in the night of a day off, or of 明.

Breach::

    A 日休日
    宿 -A-

Correct::

    A 日休日
    宿 A-A
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import once
from scheduler.audit.timeline import Timeline
from scheduler.domain.finding import Finding
from scheduler.domain.office import Hold
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind
from scheduler.rulebook import Rule

FREE = (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find nights on call on dates without work, but for people who work no shifts."""
    hold = problem.office.settings.on_call_on_days_off
    if hold is Hold.OFF:
        return
    for member in problem.staff:
        nights = timeline.standbys_of_period(member.name) if member.shifts else ()
        for night in nights:
            if timeline.off(member.name, night.date) in FREE:
                yield once(problem, rule, hold.value, member.name, date=night.date)
