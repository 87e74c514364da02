"""F-09: no work between 22:00 and 5:00 of a date on which somebody is exempt.

The clock decides, not the date on which the duty begins.  A night on call that the
office does not count as work is only a finding on comfort.

Breach: A is exempt on the third date alone, and at work from 0:00 to 5:00 of it::

    A 日夜明

Correct: the night is over before the exempt date begins::

    A 夜明日
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.stints import merged
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.staff import DateSpan, StaffMember


def check(case: RuleCase) -> Findings:
    """Find minutes of work, and nights on call, in night hours of exempt people."""
    for member in case.staff:
        if member.no_night is not None:
            nights = list(_nights(case, member.no_night))
            yield from _work(case, member, nights)
            if not case.settings.standby.is_work:
                yield from _on_call(case, member, nights)


def _nights(case: RuleCase, exempt: DateSpan) -> Iterator[tuple[dt.date, Interval]]:
    """Yield the exempt part of each night: before midnight, after it, or both.

    Covers 0:00 of the period's first date to the night that begins on the date after
    the period, as far as a duty of the period can reach.
    """
    period = case.period
    night = period.first - ONE_DAY
    while night <= period.last + ONE_DAY:
        before_midnight = night in exempt and night >= period.first
        after_midnight = night + ONE_DAY in exempt
        start = case.rule.int("night_start") if before_midnight else DAY
        end = DAY + case.rule.int("night_end") if after_midnight else DAY
        if start < end:
            yield night, Interval(start, end).shifted(period.offset(night))
        night += ONE_DAY


def _work(
    case: RuleCase, member: StaffMember, nights: list[tuple[dt.date, Interval]]
) -> Findings:
    spans = merged(case.timeline.work(member.name))
    for night, excluded in nights:
        for span in spans:
            part = span.intersection(excluded)
            yield from case.above(
                "night_work",
                0,
                part.minutes,
                member.name,
                date=min(max(night, case.period.first), case.period.last),
                span=part,
            )


def _on_call(
    case: RuleCase, member: StaffMember, nights: list[tuple[dt.date, Interval]]
) -> Findings:
    for standby in case.timeline.standbys_of_period(member.name):
        if any(standby.span.overlaps(excluded) for _, excluded in nights):
            yield case.once(
                "on_call", member.name, date=standby.date, span=standby.span
            )
