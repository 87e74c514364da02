"""A-07: a night that needs no staff has a named contact.

Nobody stays and the office has a contact system, so the night needs neither of the two
people of A-06.  A named contact is good practice, ranked below everything else.

Breach: no guest, and nobody is on call::

    A 日休

Correct::

    A 日休
    宿 AA
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.bands import night_band
from scheduler.audit.findings import below
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import on_call_is_needed
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find the nights that need no staff and have nobody on call."""
    required = rule.int("contact_min")
    for date in problem.period.dates:
        if on_call_is_needed(problem, date, timeline.rulebook):
            continue
        actual = int(timeline.on_call(date) is not None)
        yield from below(
            problem,
            rule,
            "contact",
            required,
            actual,
            date=date,
            span=night_band(problem, date),
        )
