"""P-06: a least number of weekends off in the period.

Breach, from a Friday on, once asked::

    A 日休日

Correct::

    A 日休休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase, is_rest, there_all_period
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold

SATURDAY = 5


def check(case: RuleCase) -> Findings:
    """Find people with fewer weekends off than required, or than the period has."""
    settings = case.settings
    if settings.weekend_off is Hold.OFF:
        return
    period = case.period
    saturdays = (date for date in period.dates if date.weekday() == SATURDAY)
    pairs = [(date, date + ONE_DAY) for date in saturdays]
    weekends = [pair for pair in pairs if pair[1] in period]
    required = min(settings.weekend_off_times, len(weekends))
    for member in there_all_period(case.problem):
        if member.contract.on_any_weekday:
            actual = sum(
                all(is_rest(case.timeline, member.name, date) for date in weekend)
                for weekend in weekends
            )
            facet = settings.weekend_off.value
            yield from case.below(facet, required, actual, member.name)
