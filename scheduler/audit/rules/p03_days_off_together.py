"""P-03: a least number of stretches of two days off or more in the period.

Breach, one stretch wished::

    A 休日休日休

Correct::

    A 日休休日休
"""

from __future__ import annotations

from itertools import groupby

from scheduler.audit.case import Findings, RuleCase, is_rest, there_all_period
from scheduler.domain.office import Hold


def check(case: RuleCase) -> Findings:
    """Find people with too few stretches of days off."""
    settings = case.settings
    if settings.days_off_together is Hold.OFF:
        return
    required = settings.days_off_together_times
    for member in there_all_period(case.problem):
        rests = [is_rest(case.timeline, member.name, d) for d in case.dates]
        runs = [len(list(run)) for rest, run in groupby(rests) if rest]
        actual = sum(length > 1 for length in runs)
        yield from case.below(
            settings.days_off_together.value, required, actual, member.name
        )
