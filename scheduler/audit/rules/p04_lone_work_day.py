"""P-04: no single day of work between two days off.

Breach::

    A 休日休

Correct; 明 is no day off::

    A 休日日休夜明休
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.findings import once
from scheduler.audit.shapes import is_rest
from scheduler.audit.staff_list import may_begin
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.office import Hold
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find shifts between two days off, unless the contract leaves both dates free."""
    hold = problem.office.settings.lone_work_day
    if hold is Hold.OFF:
        return
    day = ONE_DAY
    for member in problem.staff:
        for stint in timeline.stints_of_period(member.name):
            beside = (stint.date - day, stint.date + day)
            if all(is_rest(timeline, member.name, date) for date in beside) and any(
                may_begin(problem, member, date) for date in beside
            ):
                yield once(problem, rule, hold.value, member.name, date=stint.date)
