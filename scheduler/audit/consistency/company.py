"""Pairs, newcomers and mentors: who is to work with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, repeated, unknown
from scheduler.domain.office import Hold
from scheduler.domain.requests import PairKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Pair


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find strangers in pairs, the same pair twice, and pairs that contradict."""
    apart: set[frozenset[str]] = {
        frozenset((pair.first, pair.second))
        for pair in problem.pairs
        if pair.kind is PairKind.APART
    }
    for i, pair in enumerate(problem.pairs):
        loc = ("pairs", i)
        people = problem.member_by_name
        yield from unknown("unknown_person", pair.first, people, (*loc, "first"))
        yield from unknown("unknown_person", pair.second, people, (*loc, "second"))
        if pair.kind is PairKind.TOGETHER and {pair.first, pair.second} in apart:
            names = {"first": pair.first, "second": pair.second}
            yield mistake("pair_both", (*loc, "kind"), **names)
    asked = [(("pairs", i), _meaning(pair)) for i, pair in enumerate(problem.pairs)]
    yield from repeated("duplicate_pair", asked)


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find newcomers whom nobody can guide by day."""
    settings = problem.office.settings
    groups = {group for member in problem.staff for group in member.groups}
    asked = settings.newcomer_days is not Hold.OFF and settings.newcomers in groups
    if asked and settings.mentors not in groups:
        loc = ("office", "settings", "mentors")
        names = {"newcomers": settings.newcomers, "mentors": settings.mentors}
        yield mistake("nobody_guides", loc, **names)


def _meaning(pair: Pair) -> tuple[PairKind, object]:
    """Return what a pair asks; who comes first matters for those together only."""
    names = (pair.first, pair.second)
    return pair.kind, frozenset(names) if pair.kind is PairKind.APART else names
