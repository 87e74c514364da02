"""What to say of a month that cannot be legal: causes, repairs, one more person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.advice.causes import CAUSE_SECONDS, Causes
from scheduler.advice.hiring import HIRES_SECONDS, hires
from scheduler.advice.offers import to_be_mended
from scheduler.advice.repairs import REPAIR_SECONDS, Repairs
from scheduler.domain.advice import Advice, Step
from scheduler.search import Search, SearchLimits

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from scheduler.domain.problem import Problem
    from scheduler.solution import Solution

__all__ = ["Step", "Working", "advise", "needs_advice"]


@dataclass(frozen=True)
class Working:
    """What is being worked out right now.

    ``seconds`` counts from the start of `advise`.
    """

    seconds: float
    step: Step
    found: int


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
        Threads and seed; each part has a time of its own.
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
    given = limits or SearchLimits()
    whole = Search(given, stop)
    report = on_progress or (lambda working: None)
    advice = Advice()

    def tell(step: Step, found: tuple[object, ...]) -> None:
        report(Working(whole.seconds, step, len(found)))

    roster, findings = solution.roster, solution.findings
    if needs_advice(solution):
        tell(Step.CAUSES, ())
        causes = Causes(problem, roster, findings, whole.another(CAUSE_SECONDS))
        for cause in causes.find():
            advice = advice.model_copy(update={"causes": (*advice.causes, cause)})
            tell(Step.CAUSES, advice.causes)
        unexplained = tuple(causes.unexplained)
        advice = advice.model_copy(update={"unexplained": unexplained})
        tell(Step.REPAIRS, ())
        repairs = Repairs(problem, roster, findings, whole.another(REPAIR_SECONDS))
        for repair in repairs.find():
            found = sorted((*advice.repairs, repair), key=lambda one: one.price)
            advice = advice.model_copy(update={"repairs": tuple(found)})
            tell(Step.REPAIRS, advice.repairs)
    if one_more or needs_advice(solution):
        tell(Step.HIRES, ())
        for hire in hires(problem, roster, whole.another(HIRES_SECONDS)):
            advice = advice.model_copy(update={"hires": (*advice.hires, hire)})
            tell(Step.HIRES, advice.hires)
    return replace(solution, roster=roster.model_copy(update={"advice": advice}))
