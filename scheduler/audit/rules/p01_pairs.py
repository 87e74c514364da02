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

from scheduler.audit.case import Findings, RuleCase, without_overlap
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Pair, PairKind


def check(case: RuleCase) -> Findings:
    """Find pairs kept apart who meet, and shifts without the other of a pair."""
    for pair in case.problem.pairs:
        facet = f"{pair.kind}_{Stance.as_set(must=pair.must)}"
        ours, theirs = (_names(case.problem, one) for one in (pair.first, pair.second))
        if pair.kind is PairKind.APART:
            couples = ((one, other) for one in ours for other in theirs)
            # Two people of both groups meet once.
            unlike = {frozenset(two): two for two in reversed([*couples])}
            for two in reversed(unlike.values()):
                if two[0] != two[1]:
                    yield from _meetings(case, facet, pair, two)
            continue
        for name in ours:
            others = tuple(other for other in theirs if other != name)
            for stint in case.timeline.stints_of_period(name):
                if _is_meant(stint, pair):
                    yield from without_overlap(
                        case, facet, stint, others, {"name": pair.second}
                    )


def _names(problem: Problem, name: str) -> list[StaffId]:
    """Return the person of a name, or the people of a group."""
    staff = problem.staff
    person = [member.name for member in staff if member.name == name]
    return person or [member.name for member in staff if name in member.groups]


def _is_meant(duty: Stint | OnCallNight, pair: Pair) -> bool:
    is_night = isinstance(duty, Stint) and duty.shift.is_night
    return is_night or not pair.nights


def _meetings(
    case: RuleCase, facet: str, pair: Pair, two: tuple[StaffId, StaffId]
) -> Findings:
    ours, theirs = (
        [one for one in _in_house(case, name) if _is_meant(one, pair)] for name in two
    )
    for one, other in product(ours, theirs):
        shared = one.span.intersection(other.span)
        later = max(one.date, other.date)
        if shared.minutes and later in case.period:
            yield case.once(
                facet, *two, required=0, actual=shared.minutes, date=later, span=shared
            )


def _in_house(case: RuleCase, person: StaffId) -> list[Stint | OnCallNight]:
    """Return the person's shifts, and nights on call that are spent in the house."""
    here = [one for one in case.timeline.stints[person] if not one.shift.elsewhere]
    if case.settings.standby.from_home:
        return [*here]
    return [*here, *case.timeline.standbys[person]]
