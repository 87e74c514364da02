"""K-02: the office's own cover rules: least and most people of a kind at a time.

Breach: at least one at work from 9:00 to 10:00; the late shift comes at noon::

    A 遅

Correct::

    A 日
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.bands import Level, joined
from scheduler.audit.findings import witness
from scheduler.audit.tasks import (
    at_work_for,
    fits,
    in_the_way,
    narrowest,
    pieces_with,
)
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import Interval
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
            for amount, level in levels:
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


def _present(
    timeline: Timeline,
    problem: Problem,
    cover: CoverRule,
    date: dt.date,
    band: Interval,
) -> Iterator[tuple[int, Level]]:
    """Yield the amounts and levels beyond the limits at the moments of the band."""
    window = band.shifted(problem.period.offset(date))
    counted = list(at_work_for(timeline, problem, cover, window))
    pieces = list(pieces_with(timeline, problem, window, counted))
    if cover.at_least is not None:
        least = []
        for piece, who, tasks in pieces:
            apart = in_the_way(problem, cover, [task for task, _ in tasks])
            beside = [(task, able) for task, able in tasks if task in apart]
            least.append(narrowest(piece, cover.at_least, who, beside))
        yield from ((one.missing, one) for one in joined(least) if one.missing)
    if cover.at_most is not None:
        most = (
            Level(piece, cover.at_most, len(who), tuple(sorted(who)))
            for piece, who, _ in pieces
        )
        yield from ((one.surplus, one) for one in joined(most) if one.surplus)


def _begun(
    timeline: Timeline, problem: Problem, cover: CoverRule, date: dt.date
) -> Iterator[tuple[int, Level]]:
    """Yield the amounts and levels beyond the limits among the shifts of the date."""
    midnight = problem.period.offset(date)
    minute = Interval(midnight, midnight + 1)
    who = {
        stint.person
        for stint in timeline.around(problem.period.day(date))
        if stint.date == date
        and fits(problem, cover, stint)
        and (cover.role is None or cover.role in stint.duty.roles)
    }
    people = tuple(sorted(who))
    if cover.at_least is not None and len(who) < cover.at_least:
        yield cover.at_least - len(who), Level(minute, cover.at_least, len(who), people)
    if cover.at_most is not None and len(who) > cover.at_most:
        yield len(who) - cover.at_most, Level(minute, cover.at_most, len(who), people)
