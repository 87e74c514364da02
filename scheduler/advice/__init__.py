"""What to say of a month that cannot be legal: causes, repairs, one more person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.advice.advising import Advising, Working
from scheduler.advice.causes import CAUSE_SECONDS
from scheduler.advice.hiring import HIRES_SECONDS
from scheduler.advice.offers import to_be_mended
from scheduler.advice.open_part import OpenPart
from scheduler.advice.repairs import REPAIR_SECONDS
from scheduler.domain.advice import Advice, Step
from scheduler.solver.search import Search, SearchLimits

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from scheduler.domain.problem import Problem
    from scheduler.solver.solution import Solution

__all__ = ["ADVICE_SECONDS", "Step", "Working", "advise", "needs_advice"]

ADVICE_SECONDS = CAUSE_SECONDS + REPAIR_SECONDS + HIRES_SECONDS
"""What all of it takes at most."""


def needs_advice(solution: Solution) -> bool:
    """Whether law, a must, a pin or a contract is broken in the best roster."""
    return bool(to_be_mended(solution.findings))


def advise(
    problem: Problem,
    solution: Solution,
    limits: SearchLimits | None = None,
    *,
    on_progress: Callable[[Working], None] | None = None,
    stop: threading.Event | None = None,
    one_more: bool = False,
) -> Solution:
    """Say why a month cannot be legal, what would mend it, and whom it lacks.

    Parameters
    ----------
    problem, solution
        The month, and the best roster of it.
    limits
        Threads and seed, and the most that all of it may take; each part has a time
        of its own, and less of it where there is less for all.
    on_progress
        Told, from this thread, whenever something was found.
    stop
        Set it from another thread to end with what was found so far.
    one_more
        Look for what one more person would bring, although nothing is broken.

    Returns
    -------
    Solution
        The same with `Roster.advice`.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    roster, findings = solution.roster, solution.findings
    search = Search(limits or SearchLimits(), stop)
    parts = {}
    if needs_advice(solution):
        parts = {Step.CAUSES: CAUSE_SECONDS, Step.REPAIRS: REPAIR_SECONDS}
    if one_more or needs_advice(solution):
        parts[Step.HIRES] = HIRES_SECONDS
    if search.is_over:
        nothing = Advice(left_out=tuple(parts))
        return replace(solution, roster=roster.model_copy(update={"advice": nothing}))
    part = OpenPart(problem, roster)
    advising = Advising(problem, roster, findings, part, search, on_progress)
    look = {
        Step.CAUSES: advising.look_for_causes,
        Step.REPAIRS: advising.look_for_repairs,
        Step.HIRES: advising.look_for_hires,
    }
    while parts:
        seconds = search.share(*parts.values())
        step = next(iter(parts))
        del parts[step]
        look[step](seconds)
    told = roster.model_copy(update={"advice": advising.advice})
    return replace(solution, roster=told)
