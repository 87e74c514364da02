"""A month's roster with all that was asked for besides, in one time for all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.advice import ADVICE_SECONDS, advise, needs_advice
from scheduler.solver.candidates import SECONDS as CANDIDATE_SECONDS
from scheduler.solver.candidates import candidates
from scheduler.solver.search import Search
from scheduler.solver.solve import solve

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from scheduler.advice import Working
    from scheduler.domain.problem import Problem
    from scheduler.solver.search import SearchLimits
    from scheduler.solver.solve import Progress, Solution

    Reporter = Callable[[Progress | Working], None]

SHARE = 1 / 3
"""Most of the time that is left for advice, and for candidates."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes
    ----------
    advice
        Causes and repairs where the month cannot be legal.
    one_more
        What one more person would bring, in any case.
    robust
        Of rosters equally good, one in which absences find somebody in reserve.
    candidates
        How many rosters to choose from.
    """

    advice: bool = True
    one_more: bool = False
    robust: bool = False
    candidates: int = 1


def make(
    problem: Problem,
    limits: SearchLimits,
    wanted: Wanted,
    on_progress: Reporter | None = None,
    stop: threading.Event | None = None,
) -> tuple[Solution, ...]:
    """Make the month's roster, and what is asked for besides; the best roster first.

    Parameters
    ----------
    limits
        Threads and seed, and the time for all of it.  So that there is time for what
        follows, the search for the roster ends earlier where it has to.
    on_progress
        Called, possibly from another thread, whenever there is something to tell.
    stop
        Set it from another thread to end with what there is; nothing more is begun.

    Raises
    ------
    GaveUp
        If no roster was found.
    Disagreement
        If model and audit differ.  Our bug.
    """
    most = limits.seconds * SHARE
    others = min(most, (wanted.candidates - 1) * CANDIDATE_SECONDS)
    follows = others + (min(most, ADVICE_SECONDS) if wanted.one_more else 0.0)
    may_follow = 0.0 if wanted.one_more or not wanted.advice else ADVICE_SECONDS
    clock = Search(limits, stop)
    first = solve(
        problem,
        limits,
        on_progress,
        stop,
        robust=wanted.robust,
        follows=follows,
        may_follow=min(most, may_follow),
    )

    def left(at_least: float) -> SearchLimits:
        # What a repeatable search has worked is not known here, only what it left.
        seconds = at_least if limits.repeatable else clock.left
        return replace(limits, seconds=seconds)

    found = [first]
    if wanted.candidates > 1 and not clock.is_stopped:
        kept = replace(limits, seconds=others)
        found += candidates(problem, first, wanted.candidates, kept, stop)[1:]
    if wanted.one_more or (wanted.advice and needs_advice(first)):
        found[0] = advise(
            problem,
            first,
            left(min(most, ADVICE_SECONDS)),
            on_progress=on_progress,
            stop=stop,
            one_more=wanted.one_more,
        )
    return tuple(found)
