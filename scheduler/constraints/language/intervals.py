"""Unions and differences of intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.domain.clock import Interval


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of intervals as disjoint intervals in order of time."""
    apart: list[Interval] = []
    for interval in sorted(one for one in intervals if one.minutes):
        if apart and interval.start <= apart[-1].end:
            last = apart.pop()
            interval = Interval(last.start, max(last.end, interval.end))
        apart.append(interval)
    return apart


def without(piece: Interval, spans: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what disjoint spans, in order, leave of a piece."""
    start = piece.start
    for span in spans:
        if span.overlaps(piece):
            if start < span.start:
                yield Interval(start, span.start)
            start = max(start, span.end)
    if start < piece.end:
        yield Interval(start, piece.end)
