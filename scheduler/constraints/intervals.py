"""Elementary intervals: between two cut points nothing in the house can change."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from scheduler.constraints.demand import profile_times
from scheduler.domain.clock import DAY, Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem


def elementary_intervals(
    model: RosterModel, problem: Problem, date: dt.date, span: Interval
) -> Iterator[Interval]:
    """Yield the pieces of a clock span of ``date``, in absolute minutes.

    Cut are the clock times of every shift, break and segment that could begin on the
    date or on the one before or after, and of the users' movements and visits.
    """
    cuts = {span.start, span.end, *model.times(date)}
    for offset in (-DAY, 0, DAY):
        cuts.update(time + offset for time in _staff_times(problem))
    forecast = problem.forecast_by_date.get(date)
    if forecast is not None:
        cuts.update(profile_times(problem.profile_by_name[forecast.profile]))
    edges = sorted(cut for cut in cuts if span.start <= cut <= span.end)
    begin = problem.period.offset(date)
    for start, end in itertools.pairwise(edges):
        yield Interval(start, end).shifted(begin)


def _staff_times(problem: Problem) -> set[int]:
    return {
        edge
        for shift in problem.shifts
        for interval in (
            *shift.segments,
            *(pause for option in shift.breaks for pause in option),
        )
        for edge in interval
    }
