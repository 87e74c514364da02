"""P-04: no single day of work between two days off.

Breach::

    A 休日休

Correct; 明 is no day off::

    A 休日日休夜明休
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase, is_rest
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold


def check(case: RuleCase) -> Findings:
    """Find shifts between two days off, unless the contract leaves both dates free."""
    hold = case.settings.lone_work_day
    if hold is Hold.OFF:
        return
    for member in case.staff:
        for stint in case.timeline.stints_of_period(member.name):
            beside = (stint.date - ONE_DAY, stint.date + ONE_DAY)
            if all(
                is_rest(case.timeline, member.name, date) for date in beside
            ) and any(member.contract.allows(date, case.period) for date in beside):
                yield case.once(hold.value, member.name, date=stint.date)
