"""Widening search: near the changed dates first, then over more of them.

A roster is mostly found close to the current one, sooner and with fewer changed cells.
Only a search over all dates can prove that there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    """Yield clones of a model in which dates far from ``around`` are fixed.

    Parameters
    ----------
    around
        Dates from which the search widens; if empty, only steps over all dates are
        made.
    reaches
        The reach of each step.
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
    """Yield the result of each step until the caller stops or time is up.

    The first step is always made, however little time is left.

    Parameters
    ----------
    baseline
        The current roster; each step fixes the dates beyond its reach to it.
    cp
        The model to search, with its objective, if any.
    around, reaches
        As for `steps`.
    search
        Clock, set-up and stop request.
    start
        Hint of every step, by variable index; the baseline's values by default.
    onward
        Whether each step is hinted with the solution of the step before.
    until
        Seconds to leave of the search's time.  Steps without seconds of their own
        divide the time beyond it; unused time passes on.
    parameters
        CP-SAT parameters in which these searches differ from others.
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
        own = dict(parameters or {})
        if reach.work is not None:
            own["max_deterministic_time"] = reach.work
        found = search.run(some, seconds, parameters=own)
        if onward and found.values:
            begin = dict(enumerate(found.values))
        yield found
