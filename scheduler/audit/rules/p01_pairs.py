"""P-01: pairs of people whom the office keeps apart, or lets work together.

Breach, if A and B are to be apart: the late shift comes at noon, the early one goes
home at four::

    A 早
    B 遅

Correct::

    A 早休
    B 休遅
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from scheduler.audit.findings import once
from scheduler.audit.shapes import without_overlap
from scheduler.domain.requests import PairKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import OnCallNight, Stint, Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Pair
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find pairs kept apart who meet, and shifts without the other of a pair."""
    for pair in problem.pairs:
        strength = "must" if pair.must else "guideline"
        facet = f"{pair.kind.value}_{strength}"
        if pair.kind is PairKind.APART:
            yield from _meetings(timeline, problem, rule, facet, pair)
            continue
        for stint in timeline.stints_of_period(pair.first):
            yield from without_overlap(
                timeline,
                problem,
                rule,
                facet,
                stint,
                (pair.second,),
                {"name": pair.second},
            )


def _meetings(
    timeline: Timeline, problem: Problem, rule: Rule, facet: str, pair: Pair
) -> Iterator[Finding]:
    ours = _in_house(timeline, problem, pair.first)
    theirs = _in_house(timeline, problem, pair.second)
    for one, other in product(ours, theirs):
        shared = one.span.intersection(other.span)
        later = max(one.date, other.date)
        if shared.minutes and later in problem.period:
            yield once(
                problem,
                rule,
                facet,
                pair.first,
                pair.second,
                required=0,
                actual=shared.minutes,
                date=later,
                span=shared,
            )


def _in_house(
    timeline: Timeline, problem: Problem, person: StaffId
) -> list[Stint | OnCallNight]:
    """Return the person's shifts, and nights on call that are spent in the house."""
    if problem.office.settings.standby.from_home:
        return [*timeline.stints[person]]
    return [*timeline.stints[person], *timeline.standbys[person]]
