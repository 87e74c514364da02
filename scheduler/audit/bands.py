"""The bands of a day and the weeks: who is there in them, from event to event."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scheduler.audit.findings import witness
from scheduler.audit.timeline import merged
from scheduler.domain.clock import DAY, Interval, total_minutes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


Key = TypeVar("Key")


def sweep(
    window: Interval,
    presences: Iterable[tuple[Interval, Key]],
    events: Iterable[int] = (),
) -> Iterator[tuple[Interval, frozenset[Key]]]:
    """Cut a window at every event and tell who is there in each piece.

    Parameters
    ----------
    window
        The absolute minutes to walk.
    presences
        Who is there when; somebody who is there twice counts once.
    events
        Further minutes at which something may change.

    Yields
    ------
    tuple
        A piece of the window and everybody present throughout it.
    """
    changes: dict[int, list[tuple[Key, int]]] = {window.start: [], window.end: []}
    for minute in events:
        if window.start < minute < window.end:
            changes.setdefault(minute, [])
    for interval, key in presences:
        part = interval.intersection(window)
        if part.minutes:
            changes.setdefault(part.start, []).append((key, 1))
            changes.setdefault(part.end, []).append((key, -1))
    there: Counter[Key] = Counter()
    for start, end in pairwise(sorted(changes)):
        for key, step in changes[start]:
            there[key] += step
        yield Interval(start, end), frozenset(key for key in there if there[key] > 0)


class Level(NamedTuple):
    """What is asked and what is there, over a stretch in which neither changes."""

    span: Interval
    required: int
    actual: int
    people: tuple[StaffId, ...] = ()

    @property
    def missing(self) -> int:
        """Person-minutes below what is asked."""
        return max(0, self.required - self.actual) * self.span.minutes

    @property
    def surplus(self) -> int:
        """Person-minutes above what is asked."""
        return max(0, self.actual - self.required) * self.span.minutes


def joined(levels: Iterable[Level]) -> Iterator[Level]:
    """Join stretches that touch and are alike but for the people."""
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
    """Return the stretch from the end of last night's band to tonight's (A-08)."""
    band = problem.office.night_band
    return Interval(band.end - DAY, band.start).shifted(problem.period.offset(date))


def pool(timeline: Timeline, window: Interval) -> Iterator[tuple[Interval, StaffId]]:
    """Yield who is at work in a role of the care pool, and when, around a window."""
    for stint in timeline.around(window):
        for piece, role in stint.at_work:
            if role is not None and role.in_care_pool:
                yield piece, stint.person


def pool_minutes(timeline: Timeline, problem: Problem, date: dt.date) -> int:
    """Return the pool's minutes in a day band; a person counts once (A-03, A-15)."""
    band = day_band(problem, date)
    pieces: dict[StaffId, list[Interval]] = defaultdict(list)
    for piece, person in pool(timeline, band):
        pieces[person].append(piece.intersection(band))
    return sum(total_minutes(merged(own)) for own in pieces.values())


def in_the_house(
    timeline: Timeline, window: Interval
) -> Iterator[tuple[Interval, StaffId]]:
    """Yield who is there in a role of the care pool, and when; breaks count."""
    for stint in timeline.around(window):
        for segment, role in stint.present:
            if role is not None and role.in_care_pool:
                yield segment, stint.person


def days_span(problem: Problem, dates: Sequence[dt.date]) -> Interval:
    """Return the absolute minutes from the first to the end of the last date."""
    period = problem.period
    return Interval(period.day(dates[0]).start, period.day(dates[-1]).end)


def weeks(problem: Problem) -> Iterator[tuple[dt.date, ...]]:
    """Yield the weeks that touch the period, from the office's fixed weekday."""
    return problem.period.weeks(problem.office.settings.week_starts_on)


def stretches_below(
    problem: Problem, rule: Rule, facet: str, levels: Iterable[Level], date: dt.date
) -> Iterator[Finding]:
    """Find the stretches in which fewer people are there than asked for."""
    for level in joined(levels):
        if level.missing:
            yield witness(
                problem,
                rule,
                facet,
                level.missing,
                required=level.required,
                actual=level.actual,
                people=level.people,
                date=date,
                span=level.span,
            )
