"""F-13: limits on nights and days of work in a row, and the distance of long nights.

Breach: three nights in a row where two are the most::

    A 夜明夜明夜明休

Correct: two dates without a night break the chain::

    A 夜明夜明休夜明

Nights from 16:00 to 9:00 are long: to be apart, and with a day off after each, is
broken by 夜明夜明日 and kept by 夜明休夜明休日.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence
from datetime import timedelta

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.figures.limits import (
    days_in_a_row,
    nights_of_office,
    nights_wished,
)
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def check(case: RuleCase) -> Findings:
    """Find too many nights, chains of nights, and runs of days of work."""
    for member in case.staff:
        nights = [
            stint.date
            for stint in case.timeline.stints[member.name]
            if stint.shift.is_night
        ]
        yield from _nights(case, member, nights)
        yield from _nights_in_a_row(case, member, nights)
        touched = case.timeline.touched(member.name)
        yield from _days_in_a_row(case, member, touched)
        yield from in_a_row(case, member.name)
        yield from without_a_day_off(case, member.name)


def _nights(case: RuleCase, member: StaffMember, nights: Sequence[dt.date]) -> Findings:
    limits = {
        "nights_most": nights_of_office(case.problem, member),
        "nights_wished": nights_wished(case.problem, member),
    }
    actual = sum(date in case.period for date in nights)
    for facet, limit in limits.items():
        if limit is not None:
            yield from case.above(facet, limit, actual, member.name)


def _nights_in_a_row(
    case: RuleCase, member: StaffMember, nights: Sequence[dt.date]
) -> Findings:
    """Find each night that makes a chain too long: nights one or two dates apart."""
    limit = case.settings.nights_in_a_row_most
    chain: list[dt.date] = []
    for date in nights:
        if chain and (date - chain[-1]).days > 2:
            chain.clear()
        chain.append(date)
        if len(chain) > limit and date in case.period:
            yield case.once(
                "nights_in_a_row",
                member.name,
                required=limit,
                actual=len(chain),
                date=date,
            )


def _days_in_a_row(
    case: RuleCase, member: StaffMember, touched: Container[dt.date]
) -> Findings:
    """Find runs of dates with work that are too long, at each date beyond the limit.

    The date after the period counts too, reported on the period's last date.
    """
    last = case.period.last
    for date in (*case.dates, last + ONE_DAY):
        run = 0
        while date - timedelta(days=run) in touched:
            run += 1
        for facet, limit in (
            ("days_in_a_row_most", days_in_a_row(case.problem, member, must=True)),
            ("days_in_a_row_wished", days_in_a_row(case.problem, member, must=False)),
        ):
            if run > limit:
                yield case.once(
                    facet, member.name, required=limit, actual=run, date=min(date, last)
                )


def in_a_row(case: RuleCase, person: StaffId) -> Findings:
    """Find long nights one or two dates after another."""
    hold = case.settings.long_nights_apart
    if hold is Hold.OFF:
        return
    nights = _long_nights(case.timeline, case.rule, person)
    chain = 0
    for number, date in enumerate(nights):
        near = number and (date - nights[number - 1]).days <= 2
        chain = chain + 1 if near else 1
        if chain > 1 and date in case.period:
            yield case.once(
                f"long_apart_{hold.value}", person, required=1, actual=chain, date=date
            )


def without_a_day_off(case: RuleCase, person: StaffId) -> Findings:
    """Find shifts that begin on the date after the 明 of a long night."""
    hold = case.settings.day_off_after_long_night
    if hold is Hold.OFF:
        return
    for night in _long_nights(case.timeline, case.rule, person):
        morning, next_date = night + ONE_DAY, night + timedelta(days=2)
        if next_date not in case.period:
            continue
        is_morning = case.timeline.off(person, morning) is OffKind.AFTER_NIGHT
        if is_morning and case.timeline.shift(person, next_date) is not None:
            yield case.once(f"day_off_after_{hold.value}", person, date=next_date)


def _long_nights(timeline: Timeline, rule: Rule, person: StaffId) -> list[dt.date]:
    """Return the dates on which a person's long nights begin, in order."""
    least = rule.int("long_night")
    return [
        stint.date
        for stint in timeline.stints[person]
        if stint.shift.is_night and stint.shift.end - stint.shift.start >= least
    ]
