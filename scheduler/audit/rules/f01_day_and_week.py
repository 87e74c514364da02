"""F-01: eight hours a day and forty a week for people outside the flexible scheme.

They are pregnant, under 18 or otherwise exempt on request (F-09).

Breach: a night with 15 hours of work, 7 above the day's limit::

    A 夜明休

Correct::

    A 日日休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase


def check(case: RuleCase) -> Findings:
    """Find dates and weeks above the limits; work counts on the date it begins."""
    by_day = [(date,) for date in case.dates]
    for member in case.staff:
        if not member.no_flex:
            continue
        for facet, stretches in (("day", by_day), ("week", case.problem.weeks)):
            limit = case.rule.int(f"{facet}_minutes")
            for dates in stretches:
                actual = case.timeline.minutes_begun(member.name, dates)
                yield from case.above(
                    facet, limit, actual, member.name, **case.within(dates)
                )
