"""Near what has changed first, then wider: the one loop of all that is searched so.

A roster is mostly found near the one that stands, sooner and with fewer cells changed;
that there is none is asked of all dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.solver.budgets import Reach
    from scheduler.solver.search import Found, Parameters, Search
    from scheduler.solver.standing.baseline import Baseline


def steps(
    baseline: Baseline,
    cp: CpModel,
    around: Collection[dt.date],
    reaches: Sequence[Reach],
) -> Iterator[tuple[CpModel, Reach]]:
    """Yield clones of a model in which dates far from some are as they stand.

    Parameters
    ----------
    around
        Dates from which the search widens; where there are none, only the steps over
        all dates are made.
    reaches
        How far each step reaches.
    """
    for reach in reaches:
        if reach.days is not None and not around:
            continue
        some = cp.clone()
        if reach.days is not None:
            baseline.hold_far(some, around, reach.days)
        yield some, reach


def widen(
    baseline: Baseline,
    cp: CpModel,
    around: Collection[dt.date],
    reaches: Sequence[Reach],
    search: Search,
    *,
    start: Mapping[int, int] | None = None,
    onward: bool = False,
    until: float = 0.0,
    parameters: Parameters | None = None,
) -> Iterator[Found]:
    """Yield what each step came to, until the caller has enough or time is up.

    The first step is always made, however little time there is.

    Parameters
    ----------
    baseline
        What stands; every step holds the dates that it does not reach.
    cp
        What is asked, with its objective, if it has one.
    around, reaches
        As for `steps`.
    search
        Clock, set-up and the request to stop.
    start
        Values at which every step begins, by variable index; the baseline's by default.
    onward
        Begin each step at what the one before found.
    until
        What is to be left of the search's time; steps without seconds of their own
        divide what there is beyond it, and time not taken goes to the next.
    parameters
        Of the solver, where these searches differ from the others.
    """
    begin = baseline.values if start is None else start
    for number, (some, reach) in enumerate(steps(baseline, cp, around, reaches)):
        if number and search.is_over:
            return
        baseline.model.hint(some, begin)
        beyond = search.left - until
        share = beyond / (len(reaches) - number)
        most = share if reach.seconds is None else reach.seconds
        seconds = max(min(most, search.left), search.budgets.least)
        found = search.run(some, seconds, parameters=parameters)
        if onward and found.values:
            begin = dict(enumerate(found.values))
        yield found
