"""Make a month's roster with what else is wanted, within one time limit.

That is candidates and, if the month cannot be legal, advice: causes, repairs and hires.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.advice.causes import Causes
from scheduler.advice.hiring import hires
from scheduler.advice.offers import to_be_mended
from scheduler.advice.repairs import Repairs
from scheduler.domain.advice import Advice, Step
from scheduler.solver.candidates import candidates
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from scheduler.advice.repairs import Mended
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.solver.solution import Solution
    from scheduler.solver.solve import Progress

    Reporter = Callable[["Progress | Stage"], None]

__all__ = [
    "Advising",
    "Stage",
    "Step",
    "Wanted",
    "advise",
    "make",
    "needs_advice",
]


@dataclass(frozen=True)
class Stage:
    """A progress message of the advice.

    ``seconds`` counts from the start of the advice; ``found`` is how many were found.
    """

    seconds: float
    step: Step
    found: int


class Advising:
    """Collects the advice on one roster, part by part.

    Parameters
    ----------
    month
        The month with its best roster.
    findings
        The roster's audit findings.
    search
        Clock and set-up; each part gets a sub-search.
    on_progress
        Called, in this thread, whenever something was found.

    Attributes
    ----------
    advice
        The advice found so far.
    mended
        The repairs found, each with the month it leads to, cheapest first.
    """

    def __init__(
        self,
        month: StandingMonth,
        findings: Sequence[Finding],
        search: Search,
        on_progress: Callable[[Stage], None] | None = None,
    ) -> None:
        self._given = month, findings
        self._search = search
        self._report = on_progress or (lambda working: None)
        self.advice = Advice(since=month.since)
        self.mended: tuple[Mended, ...] = ()

    def look_for_causes(self, seconds: float) -> None:
        """Find a cause for each broken limit, within some seconds."""
        if not self._begins(Step.CAUSES, seconds):
            return
        causes = Causes(*self._given, self._search.another(seconds))
        for number, cause in enumerate(causes.find(), start=1):
            self._take(causes=(*self.advice.causes, cause))
            self._tell(Step.CAUSES, number)
        self._take(unexplained=tuple(causes.unexplained))

    def look_for_repairs(self, seconds: float) -> None:
        """Find repairs that make the month legal, within some seconds."""
        if not self._begins(Step.REPAIRS, seconds):
            return
        repairs = Repairs(*self._given, self._search.another(seconds))
        for number, mended in enumerate(repairs.find(), start=1):
            found = (*self.mended, mended)
            self.mended = tuple(sorted(found, key=lambda one: one.repair.price))
            self._take(repairs=tuple(one.repair for one in self.mended))
            self._tell(Step.REPAIRS, number)

    def look_for_hires(self, seconds: float) -> None:
        """Find what one more person would bring, within some seconds."""
        if not self._begins(Step.HIRES, seconds):
            return
        month, _ = self._given
        found = hires(month.problem, month.roster, self._search.another(seconds))
        for number, hire in enumerate(found, start=1):
            self._take(hires=(*self.advice.hires, hire))
            self._tell(Step.HIRES, number)

    def _begins(self, step: Step, seconds: float) -> bool:
        """Report that a part begins, or record it as left out if there is no time."""
        if self._search.is_over or seconds < self._search.budgets.advice.least:
            self._take(left_out=(*self.advice.left_out, step))
            return False
        self._tell(step, 0)
        return True

    def _take(self, **found: Sequence[object]) -> None:
        self.advice = self.advice.model_copy(update=found)

    def _tell(self, step: Step, number: int) -> None:
        self._report(Stage(self._search.seconds, step, number))


def needs_advice(solution: Solution) -> bool:
    """Return whether law, a must, a pin or a contract is broken in the roster."""
    return bool(to_be_mended(solution.findings))


def advise(
    problem: Problem,
    solution: Solution,
    limits: SearchLimits | None = None,
    *,
    on_progress: Callable[[Stage], None] | None = None,
    stop: threading.Event | None = None,
    one_more: bool = False,
) -> Solution:
    """Return a solution with advice: causes, repairs, and what a hire would bring.

    Parameters
    ----------
    problem, solution
        The month, and its best roster.
    limits
        Threads, seed and the time limit of all parts.  Each part has a budget of its
        own, scaled down if they do not all fit.
    on_progress
        Called, in this thread, whenever something was found.
    stop
        Set it from another thread to end with what was found so far.
    one_more
        Whether to look for what one more person would bring even if nothing is broken.

    Returns
    -------
    Solution
        The same solution with the roster's ``advice`` filled in.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    roster, findings = solution.roster, solution.findings
    search = Search(limits or SearchLimits(), stop)
    budgets, parts = search.budgets, {}
    if needs_advice(solution):
        parts[Step.CAUSES] = budgets.causes.seconds
        parts[Step.REPAIRS] = budgets.repairs.seconds
    if one_more or needs_advice(solution):
        parts[Step.HIRES] = budgets.hires.seconds
    if search.is_over:
        nothing = Advice(left_out=tuple(parts))
        return replace(solution, roster=roster.model_copy(update={"advice": nothing}))
    month = StandingMonth.untouched(problem, roster)
    advising = Advising(month, findings, search, on_progress)
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


@dataclass(frozen=True)
class Wanted:
    """What to work out besides the roster.

    Attributes
    ----------
    advice
        Advice, if the month cannot be legal.
    one_more
        What one more person would bring, even if the month is legal.
    robust
        Among equally good rosters, one with a reserve for absences.
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
    """Return the month's best roster with what else is wanted, then the candidates.

    Parameters
    ----------
    limits
        Threads, seed and the time limit of everything.  The search for the roster ends
        earlier to leave time for the rest.
    on_progress
        Called, possibly from another thread, with progress messages.
    stop
        Set it from another thread to end with what was found so far.

    Raises
    ------
    GaveUp
        If no roster was found.
    Disagreement
        If model and audit differ.  Our bug.
    """
    budgets = limits.budgets
    most = limits.seconds * budgets.advice.share
    others = min(most, (wanted.candidates - 1) * budgets.candidates.each)
    advice = min(most, budgets.all_advice)
    follows = others + (advice if wanted.one_more else 0.0)
    may_follow = 0.0 if wanted.one_more or not wanted.advice else advice
    clock = Search(limits, stop)
    first = solve(
        problem,
        limits,
        on_progress,
        stop,
        robust=wanted.robust,
        follows=follows,
        may_follow=may_follow,
    )

    def left(at_least: float) -> SearchLimits:
        # If repeatable, the time used is deterministic time, which is not known here;
        # only what was set aside is certain to be left.
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
            left(advice),
            on_progress=on_progress,
            stop=stop,
            one_more=wanted.one_more,
        )
    return tuple(found)
