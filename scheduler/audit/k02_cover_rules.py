"""K-02: the office's own rules: how many of whom, when.

Breach: at least one at work from 9:00 to 10:00; the late shift comes at noon::

    A 遅

Correct::

    A 日
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.sweep import Level, joined, sweep
from scheduler.audit.witness import witness
from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.timeline import Stint, Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find moments of bands, and dates, with too few or too many who fit."""
    for cover in problem.cover_rules:
        strength = "must" if cover.must else "wish"
        dates = (date for date in problem.period.dates if cover.applies_on(date))
        for date in dates:
            if cover.band is None:
                yield from _count(timeline, problem, rule, cover, date, strength)
            else:
                yield from _band(timeline, problem, rule, cover, date, strength)


def _band(
    timeline: Timeline,
    problem: Problem,
    rule: Rule,
    cover: CoverRule,
    date: dt.date,
    strength: str,
) -> Iterator[Finding]:
    band = (cover.band or Interval(0, 0)).shifted(problem.period.offset(date))
    fitting = [
        (piece, stint.person)
        for stint in timeline.around(band)
        if _fits(problem, cover, stint)
        for piece, role in stint.at_work
        if cover.role in (None, role)
    ]
    pieces = [(p, tuple(sorted(there))) for p, there in sweep(band, fitting)]
    for limit, too_many in ((cover.at_least, False), (cover.at_most, True)):
        if limit is None:
            continue
        levels = [Level(piece, limit, len(who), who) for piece, who in pieces]
        for level in joined(levels):
            amount = level.surplus if too_many else level.missing
            if amount:
                yield witness(
                    problem,
                    rule,
                    f"band_{strength}",
                    amount,
                    required=limit,
                    actual=level.actual,
                    people=level.people,
                    date=date,
                    span=level.span,
                    facts={"cover_rule": cover.name},
                )


def _count(
    timeline: Timeline,
    problem: Problem,
    rule: Rule,
    cover: CoverRule,
    date: dt.date,
    strength: str,
) -> Iterator[Finding]:
    who = tuple(
        stint.person
        for stint in timeline.around(problem.period.day(date))
        if stint.date == date
        and _fits(problem, cover, stint)
        and (cover.role is None or any(r is cover.role for _, r in stint.present))
    )
    actual = len(who)
    least = actual if cover.at_least is None else cover.at_least
    most = actual if cover.at_most is None else cover.at_most
    for limit, amount in ((least, least - actual), (most, actual - most)):
        if amount > 0:
            yield witness(
                problem,
                rule,
                f"count_{strength}",
                amount,
                required=limit,
                actual=actual,
                people=who,
                date=date,
                facts={"cover_rule": cover.name},
            )


def _fits(problem: Problem, cover: CoverRule, stint: Stint) -> bool:
    """Tell whether the person and the shift are of the kind; the role comes later."""
    member = problem.member_by_name[stint.person]
    return (
        cover.qualification in (None, *member.qualifications)
        and cover.group in (None, *member.groups)
        and cover.shift in (None, stint.shift.symbol)
    )
