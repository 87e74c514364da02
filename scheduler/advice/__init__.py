"""Make a month's roster with candidates and advice, within one time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduler.advice import settings
from scheduler.advice.advising import Advising, Stage
from scheduler.advice.offers import to_be_mended
from scheduler.domain.advice import Step
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.precheck import Line
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.precheck import counted
from scheduler.solver.candidates import candidates
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solution import Solution
from scheduler.solver.solve import Progress, solve
from scheduler.solver.standing.month import StandingMonth

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
    """
    roster, findings = solution.roster, solution.findings
    search = Search(limits or SearchLimits(), stop)
    sums = settings.telling(counted(problem))
    no_law = any(line.breaks_law for line in sums)
    short, unsettled = proven(solution, sums)
    broken = (*short, *unsettled)
    month = StandingMonth.untouched(problem, roster)
    advising = Advising(
        month,
        findings,
        search,
        on_progress,
        short=broken,
        proven=() if sums else short,
        stop=stop,
    )
    known = {"sums": sums, "unsettled": unsettled}
    advising.advice = advising.advice.model_copy(update=known)
    parts = {}
    if broken or one_more:
        parts = _parts(search, is_short=bool(broken), is_summed=no_law)
    if broken and not search.is_stopped:
        # Takes no search, so it is told even where no time is left for one.
        advising.mend_at_once()
    if search.is_over:
        advising.leave_out(*parts)
        parts = {}
    elif broken and not no_law and (sums or set(broken) == {Stance.CONTRACT}):
        # One change for all takes the place of an exception for each person.
        most = search.budgets.advice.settings_of_contracts
        advising.look_for_settings(search.share(most, *parts.values()))
    while parts:
        seconds = search.share(*parts.values())
        step = next(iter(parts))
        del parts[step]
        if step is Step.CAUSES:
            advising.look_for_causes(seconds)
        elif step is Step.REPAIRS:
            follow = Step.SETTINGS in parts
            _look_for_repairs(advising, search, seconds, settings_follow=follow)
        elif step is Step.SETTINGS:
            advising.look_for_settings(seconds)
        else:
            advising.look_for_hires(seconds)
    told = roster.model_copy(update={"advice": advising.advice})
    return replace(solution, roster=told)


def _parts(search: Search, *, is_short: bool, is_summed: bool) -> dict[Step, float]:
    """Return the parts of the advice with the most seconds of each."""
    budgets = search.budgets
    parts = {}
    if is_short:
        # A way out first: a level that is proven short has a cause without a search.
        parts[Step.REPAIRS] = budgets.repairs.seconds
        if is_summed:
            # What sums say of the law, a setting may mend on every date of the month.
            parts[Step.SETTINGS] = budgets.advice.settings
        parts[Step.CAUSES] = budgets.causes.seconds
    # What somebody more would bring is no way out of this month's trouble, but for help
    # from outside, which repairs ask for.
    parts[Step.HIRES] = budgets.hires.seconds / (4 if is_short else 1)
    return parts


def _look_for_repairs(
    advising: Advising, search: Search, seconds: float, *, settings_follow: bool
) -> None:
    """Look for repairs and what they cost; else for settings to change."""
    until = search.left - seconds
    advising.look_for_repairs(seconds * search.budgets.advice.repairs_first)
    is_enough = len(advising.mended) >= search.budgets.repairs.most
    are_settings_due = not (settings_follow or advising.has_tried_settings)
    if not is_enough and are_settings_due:
        left = search.left - until
        advising.look_for_settings(left / 2 if advising.mended else left)
    if advising.mended:
        advising.look_at_costs(search.left - until)


@dataclass(frozen=True)
class Wanted:
    """What to work out besides the roster."""

    advice: bool = True
    """Advice, if the month cannot be legal."""
    one_more: bool = False
    """What one more person would bring, even if the month is legal."""
    robust: bool = False
    """Among equally good rosters, one with a reserve for absences."""
    candidates: int = 1
    """How many rosters to choose from."""


def make(
    problem: Problem,
    limits: SearchLimits,
    wanted: Wanted,
    on_progress: Reporter | None = None,
    stop: threading.Event | None = None,
    on_hand: Sequence[Roster] = (),
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
    on_hand
        Rosters of the same month to begin from, as of `solve`.

    Raises
    ------
    GaveUp
        If no roster was found.
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
        on_hand=on_hand,
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


def proven(
    solution: Solution, sums: Sequence[Line]
) -> tuple[tuple[Stance, ...], tuple[Stance, ...]]:
    """Return the broken levels that must be broken, and those not known to be.

    The bound of a level holds with the levels above at their values, so below a level
    that is not settled nothing is.

    Parameters
    ----------
    sums
        Sums that do not add up.  Those of the law confirm a bound on the first level
        that is short as well as a second search does; those of contracts show that
        contracts must be broken where law and musts are kept.
    """
    counted = any(line.breaks_law for line in sums)
    broken = {finding.stance for finding in to_be_mended(solution.findings)}
    outcomes = {outcome.level: outcome for outcome in solution.outcomes}
    short = [one for one in broken if one not in outcomes]
    unsettled: list[Stance] = []
    for level in LEVELS:
        outcome = outcomes.get(level)
        if level not in broken or outcome is None:
            continue
        known = outcome.confirmed or (counted and level.is_hard and not short)
        summed = sums and not counted and level is Stance.CONTRACT and not short
        if unsettled or not (summed or (outcome.bound and known)):
            unsettled.append(level)
        else:
            short.append(level)
    return tuple(short), tuple(unsettled)
