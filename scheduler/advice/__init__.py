"""Make a month's roster with candidates and advice, within one time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.advice import settings
from scheduler.advice.as_it_stands import alternatives
from scheduler.advice.causes import Causes
from scheduler.advice.hiring import hires
from scheduler.advice.offers import to_be_mended
from scheduler.advice.proven import proven
from scheduler.advice.repairs import Mended, Repairs, of_full_search
from scheduler.domain.advice import Advice, Hire, Step
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.precheck.houses import counted
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
    short
        Stances for whose breaches causes are looked for; all if not given.
    stop
        The stop request of ``search``, for whole searches.

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
        *,
        short: Collection[Stance] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._given = month, findings
        self._short = short
        self._stop = stop
        self._search = search
        self._report = on_progress or (lambda working: None)
        self.advice = Advice(since=month.since)
        self.mended: tuple[Mended, ...] = ()
        self._found: list[Mended] = []

    def look_for_causes(self, seconds: float) -> None:
        """Find a cause for each broken limit, within some seconds."""
        if not self._begins(Step.CAUSES, seconds):
            return
        part = self._search.another(seconds)
        causes = Causes(*self._given, part, self._short, self.advice.is_summed)
        for number, cause in enumerate(causes.find(), start=1):
            self._take(causes=(*self.advice.causes, cause))
            self._tell(Step.CAUSES, number)
        self._take(unexplained=tuple(causes.unexplained))
        self._take(unsettled=tuple(self._still_unsettled()))

    def _still_unsettled(self) -> Iterator[Stance]:
        """Yield the levels of which neither a bound nor a cause tells.

        A cause is a proof that its level must be broken, as long as the levels above
        keep their values.
        """
        month, _findings = self._given
        spots = (cause.spots[0] for cause in self.advice.causes)
        known = {month.rulebook[s.rule].facet[s.facet].stance for s in spots}
        is_open = False
        for level in self.advice.unsettled:
            is_open = is_open or level not in known
            if is_open:
                yield level

    def look_for_repairs(self, seconds: float) -> None:
        """Find repairs that make the month legal, within some seconds."""
        if not self._begins(Step.REPAIRS, seconds):
            return
        repairs = Repairs(*self._given, self._search.another(seconds))
        for mended in repairs.find():
            self._add(mended)
        self._take(asks_too_much=self.advice.asks_too_much or repairs.asks_too_much)

    def agree_on_all(self) -> None:
        """Take the best roster for a repair, if what it breaks can be agreed on."""
        repairs = Repairs(*self._given, self._search)
        mended = repairs.at_once()
        if mended is not None:
            self._add(mended)
        self._take(asks_too_much=repairs.asks_too_much)

    def _add(self, mended: Mended) -> None:
        """Add a repair to those to choose from."""
        self._found.append(mended)
        self.mended = self._to_choose_from(self._found)
        self._take(repairs=tuple(one.repair for one in self.mended))
        self._tell(Step.REPAIRS, len(self.mended))

    def _to_choose_from(self, found: Sequence[Mended]) -> tuple[Mended, ...]:
        """Return the repairs of those found that are alternatives.

        Once the month has begun all are: they differ in whom they disturb.
        """
        month, _findings = self._given
        if month.since is not None:
            return tuple(sorted(found, key=lambda one: one.repair.price))
        most = self._search.budgets.repairs.most
        given = month.problem, month.rulebook, most
        chosen = alternatives([one.repair for one in found], *given)
        by_repair = {id(one.repair): one for one in found}
        return tuple(by_repair[id(repair)] for repair in chosen)

    def look_at_costs(self, seconds: float) -> None:
        """Search the whole month with each repair, to see what it costs."""
        month, _findings = self._given
        part = self._search.another(seconds)
        told = []
        for number, mended in enumerate(self.mended):
            repair = mended.repair
            left = part.left / (len(self.mended) - number)
            if not part.is_over and left >= part.budgets.advice.least:
                most = min(left, part.budgets.repairs.full)
                given = month.problem, month.roster, part.another(most), self._stop
                repair = of_full_search(mended, *given)
            told.append(repair)
        self._take(repairs=tuple(told))

    def look_for_settings(self, seconds: float) -> None:
        """Find changes of one setting that make the month possible."""
        month, findings = self._given
        if not self._begins(Step.SETTINGS, seconds):
            return
        part = self._search.another(seconds)
        found = settings.changes(month.problem, part, month.roster, findings)
        for number, change in enumerate(found, start=1):
            self._take(settings=(*self.advice.settings, change))
            self._tell(Step.SETTINGS, number)

    def look_for_hires(self, seconds: float) -> None:
        """Find what one more person would bring, within some seconds."""
        month, _ = self._given
        if not self._begins(Step.HIRES, seconds):
            return
        found = hires(month.problem, month.roster, self._search.another(seconds))
        for number, hire in enumerate(found, start=1):
            if _is_told(hire):
                self._take(hires=(*self.advice.hires, hire))
            self._tell(Step.HIRES, number)

    def _begins(self, step: Step, seconds: float) -> bool:
        """Report that a part begins, or record it as left out if there is no time."""
        if self._search.is_over or seconds < self._search.budgets.advice.least:
            self.leave_out(step)
            return False
        self._tell(step, 0)
        return True

    def leave_out(self, *steps: Step) -> None:
        """Record parts as left out for lack of time."""
        self._take(left_out=(*self.advice.left_out, *steps))

    def _take(self, **found: object) -> None:
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
    sums = settings.telling(counted(problem))
    no_law = any(line.breaks_law for line in sums)
    short, unsettled = proven(solution, sums)
    broken = (*short, *unsettled)
    month = StandingMonth.untouched(problem, roster)
    advising = Advising(month, findings, search, on_progress, short=broken, stop=stop)
    known = {"sums": sums, "unsettled": unsettled}
    advising.advice = advising.advice.model_copy(update=known)
    parts = _parts(search, is_short=bool(broken)) if broken or one_more else {}
    if broken and not search.is_stopped:
        # Takes no search, so it is told even where no time is left for one.
        advising.agree_on_all()
    if search.is_over:
        advising.leave_out(*parts)
        parts = {}
    elif broken and (sums or set(broken) == {Stance.CONTRACT}):
        # Where sums say why, repairs would be an exception for each date of the month;
        # where contracts are short, one for each person.
        most = settings.SECONDS if no_law else settings.SECONDS_OF_CONTRACTS
        others = () if no_law else parts.values()
        advising.look_for_settings(search.share(most, *others))
        if advising.advice.settings and no_law:
            parts = {}
    while parts:
        seconds = search.share(*parts.values())
        step = next(iter(parts))
        del parts[step]
        if step is Step.CAUSES:
            advising.look_for_causes(seconds)
        elif step is Step.REPAIRS:
            _look_for_repairs(advising, search, seconds)
        else:
            advising.look_for_hires(seconds)
    told = roster.model_copy(update={"advice": advising.advice})
    return replace(solution, roster=told)


def _parts(search: Search, *, is_short: bool) -> dict[Step, float]:
    """Return the parts of the advice with the most seconds of each."""
    budgets = search.budgets
    parts = {}
    if is_short:
        parts[Step.CAUSES] = budgets.causes.seconds
        parts[Step.REPAIRS] = budgets.repairs.seconds
    parts[Step.HIRES] = budgets.hires.seconds
    return parts


def _look_for_repairs(advising: Advising, search: Search, seconds: float) -> None:
    """Look for repairs and what they cost; else for settings to change."""
    until = search.left - seconds
    advising.look_for_repairs(seconds / 2)
    is_enough = len(advising.mended) >= search.budgets.repairs.most
    if not is_enough and not advising.advice.settings:
        left = search.left - until
        advising.look_for_settings(left / 2 if advising.mended else left)
    if advising.mended:
        advising.look_at_costs(search.left - until)


def _is_told(hire: Hire) -> bool:
    """Return whether a hire changes something, or is proven to change nothing."""
    changed = (
        hire.short_before != hire.short_after
        or hire.musts_before != hire.musts_after
        or hire.contract_before != hire.contract_after
        or hire.refused_before != hire.refused_after
    )
    return changed or (hire.is_best and bool(hire.short_before or hire.musts_before))


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
