"""Day bands, night bands and weeks, and who is present in them piece by piece."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeVar

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.stints import merged
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, Interval, total_minutes
from scheduler.domain.problem import Problem

Key = TypeVar("Key")
Heads = tuple[tuple[Interval, int], ...]


def sweep(
    window: Interval,
    presences: Iterable[tuple[Interval, Key]],
    events: Iterable[int] = (),
) -> Iterator[tuple[Interval, frozenset[Key]]]:
    """Divide a window at every event, and yield who is present in each piece.

    Parameters
    ----------
    window
        The absolute minutes to cover.
    presences
        Intervals with who is present in them; of overlapping ones of the same key
        one counts.
    events
        Further minutes at which to divide.

    Yields
    ------
    tuple
        A piece of the window and the keys present throughout it.
    """
    changes: dict[int, list[tuple[Key, int]]] = {window.start: [], window.end: []}
    for minute in events:
        if window.start < minute < window.end:
            changes.setdefault(minute, [])
    for interval, key in presences:
        start, end = interval.intersection(window)
        if start < end:
            changes.setdefault(start, []).append((key, 1))
            changes.setdefault(end, []).append((key, -1))
    there: Counter[Key] = Counter()
    for start, end in pairwise(sorted(changes)):
        for key, step in changes[start]:
            there[key] += step
        yield Interval(start, end), frozenset(key for key in there if there[key] > 0)


class Level(NamedTuple):
    """Required and actual people over an interval in which neither changes."""

    span: Interval
    required: int
    actual: int
    people: tuple[StaffId, ...] = ()

    @property
    def missing(self) -> int:
        """Person-minutes below the requirement."""
        return max(0, self.required - self.actual) * self.span.minutes

    @property
    def surplus(self) -> int:
        """Person-minutes above the requirement."""
        return max(0, self.actual - self.required) * self.span.minutes


def joined(levels: Iterable[Level]) -> Iterator[Level]:
    """Join adjacent levels with equal numbers; their people are united."""
    last: Level | None = None
    for level in levels:
        if last is None:
            last = level
        elif last.span.end == level.span.start and last[1:3] == level[1:3]:
            span = Interval(last.span.start, level.span.end)
            people = tuple(sorted({*last.people, *level.people}))
            last = Level(span, last.required, last.actual, people)
        else:
            yield last
            last = level
    if last is not None:
        yield last


def night_band(problem: Problem, date: dt.date) -> Interval:
    """Return the night band that begins on ``date``, in absolute minutes."""
    return problem.office.night_band.shifted(problem.period.offset(date))


def day_band(problem: Problem, date: dt.date) -> Interval:
    """Return the interval from the end of last night's band to tonight's (A-08)."""
    return day_clock(problem).shifted(problem.period.offset(date))


def day_clock(problem: Problem) -> Interval:
    """Return the same interval in clock minutes of its date."""
    night = problem.office.night_band
    return Interval(night.end - DAY, night.start)


def pool(timeline: Timeline, window: Interval) -> Iterator[tuple[Interval, StaffId]]:
    """Yield intervals of work in a role of the care pool, with the person.

    Breaks are left out; intervals may lie outside ``window``.
    """
    for stint in timeline.around(window):
        for piece, role in stint.at_work:
            if role is not None and role.in_care_pool:
                yield piece, stint.person


def pool_minutes(timeline: Timeline, problem: Problem, date: dt.date) -> int:
    """Return the care pool's minutes in the day band of a date (A-03).

    A person's overlapping work counts once (A-15).
    """
    band = day_band(problem, date)

    def found() -> int:
        pieces: dict[StaffId, list[Interval]] = defaultdict(list)
        for piece, person in pool(timeline, band):
            pieces[person].append(piece.intersection(band))
        return sum(total_minutes(merged(own)) for own in pieces.values())

    return timeline.once((pool_minutes, band), found)


def in_the_house(
    timeline: Timeline, window: Interval
) -> Iterator[tuple[Interval, StaffId]]:
    """Yield intervals of presence in a role of the care pool, with the person.

    Breaks are included; intervals may lie outside ``window``.
    """
    for stint in timeline.around(window):
        for segment, role in stint.present:
            if role is not None and role.in_care_pool:
                yield segment, stint.person


def heads_in_the_house(timeline: Timeline, window: Interval) -> Heads:
    """Return the pieces of a window with the number of people `in_the_house`."""

    def found() -> Heads:
        pieces = sweep(window, in_the_house(timeline, window))
        return tuple((piece, len(people)) for piece, people in pieces)

    return timeline.once((heads_in_the_house, window), found)


def stretches_below(
    case: RuleCase, facet: str, levels: Iterable[Level], date: dt.date
) -> Findings:
    """Yield a finding for each interval with fewer people than required, joined."""
    for level in joined(levels):
        if level.missing:
            yield case.witness(
                facet,
                level.missing,
                *level.people,
                required=level.required,
                actual=level.actual,
                date=date,
                span=level.span,
            )
