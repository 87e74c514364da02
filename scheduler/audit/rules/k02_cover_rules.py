"""K-02: the office's own cover rules: least and most people of a kind at a time.

Breach: at least one at work from 9:00 to 10:00; the late shift comes at noon::

    A 遅

Correct::

    A 日
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.bands import (
    Level,
    at_work_for,
    fits,
    in_the_way,
    joined,
    narrowest,
    pieces_with,
)
from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.clock import Interval
from scheduler.domain.finding import Stance
from scheduler.domain.requests import CoverRule


def check(case: RuleCase) -> Findings:
    """Find times in bands, and dates, with too few or too many matching people."""
    for cover in case.problem.cover_rules:
        kind = "count" if cover.band is None else "band"
        facet = f"{kind}_{Stance.as_set(must=cover.must)}"
        for date in case.dates:
            if not cover.applies_on(date):
                continue
            levels = (
                _begun(case, cover, date)
                if cover.band is None
                else _present(case, cover, date, cover.band)
            )
            for level, at_most in levels:
                yield from (case.above if at_most else case.below)(
                    facet,
                    level.required,
                    level.actual,
                    *(level.people if at_most else ()),
                    amount=level.surplus if at_most else level.missing,
                    date=date,
                    span=level.span if cover.band else None,
                    facts={"name": cover.name},
                )


def _present(
    case: RuleCase, cover: CoverRule, date: dt.date, band: Interval
) -> Iterator[tuple[Level, bool]]:
    """Yield the levels at the moments of the band, and whether they are at most."""
    window = band.shifted(case.period.offset(date))
    counted = list(at_work_for(case.timeline, case.problem, cover, window))
    pieces = list(pieces_with(case.timeline, case.problem, window, counted))
    if cover.at_least is not None:
        least = []
        for piece, who, tasks in pieces:
            apart = in_the_way(case.problem, cover, [task for task, _ in tasks])
            beside = [(task, able) for task, able in tasks if task in apart]
            least.append(narrowest(piece, cover.at_least, who, beside))
        yield from ((one, False) for one in joined(least))
    if cover.at_most is not None:
        most = (
            Level(piece, cover.at_most, len(who), tuple(sorted(who)))
            for piece, who, _ in pieces
        )
        yield from ((one, True) for one in joined(most))


def _begun(
    case: RuleCase, cover: CoverRule, date: dt.date
) -> Iterator[tuple[Level, bool]]:
    """Yield the levels among the shifts of the date, and whether they are at most."""
    midnight = case.period.offset(date)
    minute = Interval(midnight, midnight + 1)
    who = {
        stint.person
        for stint in case.timeline.around(case.period.day(date))
        if stint.date == date
        and fits(cover, case.problem.member_by_name[stint.person], stint.shift)
        and (cover.role is None or cover.role in stint.duty.roles)
    }
    people = tuple(sorted(who))
    for limit, at_most in ((cover.at_least, False), (cover.at_most, True)):
        if limit is not None:
            yield Level(minute, limit, len(who), people), at_most
