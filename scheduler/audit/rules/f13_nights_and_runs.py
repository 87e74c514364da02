"""F-13: limits on nights, on nights in a row and on days of work in a row.

Breach: three nights in a row where two are the most::

    A 夜明夜明夜明休

Correct: two dates without a night break the chain::

    A 夜明夜明休夜明
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.audit.figures.limits import (
    days_in_a_row,
    nights_of_office,
    nights_wished,
)
from scheduler.audit.findings import above, once
from scheduler.audit.rules.long_nights import in_a_row, without_a_day_off
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterator, Sequence

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find too many nights, chains of nights, and runs of days of work."""
    for member in problem.staff:
        nights = [
            stint.date
            for stint in timeline.stints[member.name]
            if stint.shift.kind is ShiftKind.NIGHT
        ]
        yield from _nights(problem, rule, member, nights)
        yield from _nights_in_a_row(problem, rule, member, nights)
        touched = timeline.touched(member.name)
        yield from _days_in_a_row(problem, rule, member, touched)
        yield from in_a_row(timeline, problem, rule, member.name)
        yield from without_a_day_off(timeline, problem, rule, member.name)


def _nights(
    problem: Problem, rule: Rule, member: StaffMember, nights: Sequence[dt.date]
) -> Iterator[Finding]:
    limits = {
        "nights_most": nights_of_office(problem, member),
        "nights_wished": nights_wished(problem, member),
    }
    actual = sum(date in problem.period for date in nights)
    for facet, limit in limits.items():
        if limit is not None:
            yield from above(problem, rule, facet, limit, actual, member.name)


def _nights_in_a_row(
    problem: Problem, rule: Rule, member: StaffMember, nights: Sequence[dt.date]
) -> Iterator[Finding]:
    """Find each night that makes a chain too long: nights one or two dates apart."""
    limit = problem.office.settings.nights_in_a_row_most
    chain: list[dt.date] = []
    for date in nights:
        if chain and (date - chain[-1]).days > 2:
            chain.clear()
        chain.append(date)
        if len(chain) > limit and date in problem.period:
            yield once(
                problem,
                rule,
                "nights_in_a_row",
                member.name,
                required=limit,
                actual=len(chain),
                date=date,
            )


def _days_in_a_row(
    problem: Problem, rule: Rule, member: StaffMember, touched: Container[dt.date]
) -> Iterator[Finding]:
    """Find runs of dates with work that are too long, at each date beyond the limit.

    The date after the period counts too, reported on the period's last date.
    """
    last = problem.period.last
    for date in (*problem.period.dates, last + ONE_DAY):
        run = 0
        while date - timedelta(days=run) in touched:
            run += 1
        for facet, limit in (
            ("days_in_a_row_most", days_in_a_row(problem, member, must=True)),
            ("days_in_a_row_wished", days_in_a_row(problem, member, must=False)),
        ):
            if run > limit:
                yield once(
                    problem,
                    rule,
                    facet,
                    member.name,
                    required=limit,
                    actual=run,
                    date=min(date, last),
                )
