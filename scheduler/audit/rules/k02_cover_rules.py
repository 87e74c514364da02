"""K-02: the office's own cover rules: least and most people of a kind at a time.

Breach: at least one at work from 9:00 to 10:00; the late shift comes at noon::

    A 遅

Correct::

    A 日
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.bands import Level, joined, sweep
from scheduler.audit.findings import witness
from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.audit.timeline import Stint, Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find times in bands, and dates, with too few or too many matching people."""
    for cover in problem.cover_rules:
        kind = "count" if cover.band is None else "band"
        facet = f"{kind}_must" if cover.must else f"{kind}_guideline"
        for date in problem.period.dates:
            if not cover.applies_on(date):
                continue
            levels = (
                _begun(timeline, problem, cover, date)
                if cover.band is None
                else _present(timeline, problem, cover, date, cover.band)
            )
            for amount, level in _breaches(cover, list(levels)):
                yield witness(
                    problem,
                    rule,
                    facet,
                    amount,
                    required=level.required,
                    actual=level.actual,
                    people=level.people if level.surplus else (),
                    date=date,
                    span=level.span if cover.band else None,
                    facts={"name": cover.name},
                )


def _breaches(
    cover: CoverRule, there: Sequence[tuple[Interval, frozenset[StaffId]]]
) -> Iterator[tuple[int, Level]]:
    """Yield the amounts and levels beyond either limit, adjacent intervals joined."""
    for limit, too_many in ((cover.at_least, False), (cover.at_most, True)):
        if limit is not None:
            levels = (Level(p, limit, len(who), tuple(sorted(who))) for p, who in there)
            for level in joined(levels):
                amount = level.surplus if too_many else level.missing
                if amount:
                    yield amount, level


def _present(
    timeline: Timeline,
    problem: Problem,
    cover: CoverRule,
    date: dt.date,
    band: Interval,
) -> Iterator[tuple[Interval, frozenset[StaffId]]]:
    """Yield the matching people at work in each piece of the band."""
    window = band.shifted(problem.period.offset(date))
    fitting = (
        (piece, stint.person)
        for stint in timeline.around(window)
        if _fits(problem, cover, stint)
        for piece, role in stint.at_work
        if cover.role in (None, role)
    )
    return sweep(window, fitting)


def _begun(
    timeline: Timeline, problem: Problem, cover: CoverRule, date: dt.date
) -> Iterator[tuple[Interval, frozenset[StaffId]]]:
    """Yield the matching people who begin a shift on the date, as its first minute."""
    midnight = problem.period.offset(date)
    yield (
        Interval(midnight, midnight + 1),
        frozenset(
            stint.person
            for stint in timeline.around(problem.period.day(date))
            if stint.date == date
            and _fits(problem, cover, stint)
            and (cover.role is None or cover.role in stint.duty.roles)
        ),
    )


def _fits(problem: Problem, cover: CoverRule, stint: Stint) -> bool:
    """Tell whether person and shift match a cover rule, whatever the role."""
    member = problem.member_by_name[stint.person]
    return (
        stint.shift.counts
        and cover.qualification in (None, *member.qualifications)
        and cover.group in (None, *member.groups)
        and cover.shift in (None, stint.shift.symbol)
    )
