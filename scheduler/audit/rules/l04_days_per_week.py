"""L-04: no more days of work in a week than the contract says.

Breach: four in the week, three agreed; from Sunday on::

    A 日休日休日休日

Correct::

    A 日休日休日休休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase


def check(case: RuleCase) -> Findings:
    """Find weeks in which shifts begin on too many dates, the tail included."""
    for member in case.staff:
        limit = member.contract.days_per_week_max
        if limit is None:
            continue
        begun = {stint.date for stint in case.timeline.stints[member.name]}
        for week in case.problem.weeks:
            actual = len(begun.intersection(week))
            yield from case.above(
                "days_per_week", limit, actual, member.name, **case.within(week)
            )
