"""F-02: hours of the period within the cap of the one-month flexible scheme.

The cap is 40 hours x days / 7: over 7 dates 2400 minutes.

Breach: six days of 8 hours, 48 in all::

    A 日日日日日日休

Correct::

    A 日日日日日休休

With fewer than ten people on the list it is 44 hours a week, if the office says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.findings import above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find people whose work begun in the period is above the cap."""
    named = "week_minutes"
    if problem.office.settings.small_office:
        employed = [m for m in problem.staff if _is_employed(m, problem)]
        if len(employed) < rule.int("small_office_below"):
            named = "small_office_week_minutes"
    cap = rule.int(named) * problem.period.days // 7
    for member in problem.staff:
        actual = timeline.minutes_begun(member.name, problem.period.dates)
        yield from above(problem, rule, "month", cap, actual, member.name)


def _is_employed(member: StaffMember, problem: Problem) -> bool:
    return any(date in member.employed for date in problem.period.dates)
