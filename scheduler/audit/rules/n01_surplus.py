"""N-01: no night shift in a night that needs no staff, and no second night worker.

Somebody on call in such a night is its named contact, which is wanted (A-07).

Breach: two night shifts begin where one will do::

    A 夜明
    B 夜明

Correct::

    A 夜明
    B 日日
"""

from __future__ import annotations

from scheduler.audit.bands import night_band
from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.users import night_is_needed


def check(case: RuleCase) -> Findings:
    """Find night shifts beyond the number that a night needs, one or none."""
    for date in case.dates:
        needed = int(night_is_needed(case.problem, date))
        night = night_band(case.problem, date)
        workers = tuple(
            stint.person
            for stint in case.timeline.around(case.period.day(date))
            if stint.date == date and stint.is_night_here
        )
        yield from case.above(
            "surplus_night", needed, len(workers), *workers, date=date, span=night
        )
