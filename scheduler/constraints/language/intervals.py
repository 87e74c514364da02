"""Stretches of time put together, as the model counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the minutes that lie in any of several intervals, as intervals apart."""
    apart: list[Interval] = []
    for interval in sorted(one for one in intervals if one.minutes):
        if apart and interval.start <= apart[-1].end:
            last = apart.pop()
            interval = Interval(last.start, max(last.end, interval.end))
        apart.append(interval)
    return apart
