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
from scheduler.audit.staff_list import may_do_nights
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember


def check(case: RuleCase) -> Findings:
    """Find too many nights, chains of nights, and runs of days of work."""
    settings = case.settings
    apart, rest = settings.long_nights_apart, settings.day_off_after_long_night
    for member in case.staff:
        name = member.name
        begun = [one for one in case.timeline.stints[name] if one.shift.is_night]
        nights = [stint.date for stint in begun]
        yield from _nights(case, member, nights)
        most = settings.nights_in_a_row_most
        yield from _in_a_row(case, name, "nights_in_a_row", nights, most)
        touched = case.timeline.touched(name)
        yield from _days_in_a_row(case, member, touched)
        least = case.rule.int("long_night")
        long = [stint.date for stint in begun if stint.shift.interval.minutes >= least]
        if apart is not Hold.OFF:
            yield from _in_a_row(case, name, f"long_apart_{apart.value}", long, 1)
        if rest is not Hold.OFF:
            yield from _without_a_day_off(case, name, long, rest)


def _nights(case: RuleCase, member: StaffMember, nights: Sequence[dt.date]) -> Findings:
    limits = {
        "nights_most": nights_of_office(case.problem, member),
        "nights_wished": nights_wished(case.problem, member),
    }
    actual = sum(date in case.period for date in nights)
    counts = actual or may_do_nights(case.problem, member)
    for facet, limit in limits.items():
        if limit is not None and counts:
            yield from case.above(facet, limit, actual, member.name)


def _in_a_row(
    case: RuleCase, person: StaffId, facet: str, nights: Sequence[dt.date], limit: int
) -> Findings:
    """Find each night that makes a chain too long: nights one or two dates apart."""
    chain: list[dt.date] = []
    for date in nights:
        if chain and (date - chain[-1]).days > 2:
            chain.clear()
        chain.append(date)
        if date in case.period:
            length = len(chain)
            yield from case.above(facet, limit, length, person, amount=1, date=date)


def _days_in_a_row(
    case: RuleCase, member: StaffMember, touched: Container[dt.date]
) -> Findings:
    """Find runs of dates with work that are too long, at each date beyond the limit.

    The date after the period counts too, reported on the period's last date.
    """
    last, name = case.period.last, member.name
    limits = {
        "days_in_a_row_most": days_in_a_row(case.problem, member, must=True),
        "days_in_a_row_wished": days_in_a_row(case.problem, member, must=False),
    }
    for date in (*case.dates, last + ONE_DAY):
        run = 0
        while date - timedelta(days=run) in touched:
            run += 1
        for facet, limit in limits.items():
            day = min(date, last)
            yield from case.above(facet, limit, run, name, amount=1, date=day)


def _without_a_day_off(
    case: RuleCase, person: StaffId, nights: Sequence[dt.date], hold: Hold
) -> Findings:
    """Find shifts that begin on the date after the 明 of a long night."""
    for night in nights:
        morning, next_date = night + ONE_DAY, night + timedelta(days=2)
        if next_date not in case.period:
            continue
        is_morning = case.timeline.off(person, morning) is OffKind.AFTER_NIGHT
        if is_morning and case.timeline.shift(person, next_date) is not None:
            yield case.once(f"day_off_after_{hold.value}", person, date=next_date)
