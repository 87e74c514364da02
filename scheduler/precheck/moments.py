"""The pieces of a date's clock between which nobody comes, goes or takes a break."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, Interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.problem import Problem


def moments(
    problem: Problem, span: Interval, more: Iterable[int] = ()
) -> list[Interval]:
    """Cut a clock span of a date wherever a shift of any date around could change.

    Parameters
    ----------
    problem
        Its shift table, and the breaks of last month's tail.
    span
        Clock minutes; past 1440 for the next morning.
    more
        Further clock minutes at which something changes.
    """
    times = {
        minute
        for shift in problem.shifts
        for piece in (*shift.segments, *(p for o in shift.breaks for p in o))
        for minute in piece
    }
    times |= {m for d in problem.history.duties for pause in d.breaks for m in pause}
    edges = {minute + days * DAY for minute in times for days in (-1, 0, 1)}
    inside = {m for m in (*edges, *more) if span.start < m < span.end}
    return [Interval(*pair) for pair in pairwise(sorted({*span, *inside}))]
