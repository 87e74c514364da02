"""Walking a window from event to event, and joining what goes on unchanged."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.base import StaffId

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
