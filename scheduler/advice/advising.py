"""Collects the advice on one roster, part by part, and reports what was found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from scheduler.advice import settings
from scheduler.advice.at_once import alternatives, of_few_things
from scheduler.advice.causes import Causes
from scheduler.advice.hiring import hires
from scheduler.advice.repairs import Mended, Repairs
from scheduler.audit.changes.plans import effects
from scheduler.domain.advice import Advice, Hire, Repair, Step
from scheduler.domain.errors import GaveUp
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth


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
    on_progress
        Called, in this thread, whenever something was found.
    short
        Stances for whose breaches causes are looked for; all if not given.
    proven
        Stances that are proven to be short, and have to be while those above are not
        better.
    stop
        The stop request of ``search``, for whole searches.

    Attributes
    ----------
    advice
        The advice found so far.
    mended
        The repairs found, each with the month it leads to, cheapest first.
    has_tried_settings
        Whether changes of settings were looked for.
    """

    def __init__(
        self,
        month: StandingMonth,
        findings: Sequence[Finding],
        search: Search,
        on_progress: Callable[[Stage], None] | None = None,
        *,
        short: Collection[Stance] | None = None,
        proven: Collection[Stance] = (),
        stop: threading.Event | None = None,
    ) -> None:
        self._month, self._findings = month, findings
        self._proven = proven
        self._short = short
        self._stop = stop
        self._search = search
        self._report = on_progress or (lambda working: None)
        self.advice = Advice(since=month.since)
        self.mended: tuple[Mended, ...] = ()
        self.has_tried_settings = False
        self._found: list[Mended] = []

    def look_for_causes(self, seconds: float) -> None:
        """Find a cause for each broken limit, within some seconds."""
        if not self._begins(Step.CAUSES, seconds):
            return
        part = self._search.another(seconds)
        known = self.advice.is_summed
        causes = Causes(
            self._month, self._findings, part, self._short, known, self._proven
        )
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
        month = self._month
        spots = (cause.spots[0] for cause in self.advice.causes)
        known = {month.rulebook.facet_of(s).stance for s in spots}
        is_open = False
        for level in self.advice.unsettled:
            is_open = is_open or level not in known
            if is_open:
                yield level

    def look_for_repairs(self, seconds: float) -> None:
        """Find repairs that make the month legal, within some seconds."""
        if not self._begins(Step.REPAIRS, seconds):
            return
        repairs = Repairs(self._month, self._findings, self._search.another(seconds))
        if self._month.since is None:
            by_kind = chain(repairs.by_kind(), repairs.by_kind(mixed=True))
            # Of little that is short, few people's days differ from the best roster;
            # what is asked by kind may change all of the month.
            if repairs.is_much:
                self._add_until_enough(by_kind)
            for mended in chain(repairs.beside_help(), repairs.near()):
                self._add(mended)
            self._add_until_enough(by_kind)
        for mended in repairs.find():
            self._add(mended)
        self._note_much(repairs.asks_too_much)
        self._take(ended=(Step.REPAIRS,) if repairs.has_ended else ())

    def mend_at_once(self) -> None:
        """Take the best roster for a repair, without a search.

        What it breaks is agreed on, or somebody comes where it is short.
        """
        repairs = Repairs(self._month, self._findings, self._search)
        for mended in (repairs.at_once(), repairs.with_help()):
            if mended is not None:
                self._add(mended)
        self._note_much(repairs.asks_too_much)

    def _add_until_enough(self, found: Iterator[Mended]) -> None:
        """Add repairs, none of them small, as long as there are too few."""
        most = self._search.budgets.repairs.most
        while len(self.mended) < most and (mended := next(found, None)) is not None:
            self._add(mended)

    def _add(self, mended: Mended) -> None:
        """Add a repair to those to choose from."""
        self._found.append(mended)
        self.mended = self._to_choose_from(self._found)
        self._take(repairs=tuple(one.repair for one in self.mended))
        self._tell(Step.REPAIRS, len(self.mended))

    def _to_choose_from(self, found: Sequence[Mended]) -> tuple[Mended, ...]:
        """Return the repairs of those found that are alternatives, of few things.

        Once the month has begun all are: they differ in whom they disturb.
        """
        month, budget = self._month, self._search.budgets.repairs
        few = of_few_things([one.repair for one in found], budget.most_actions)
        self._note_much(len(few) < len(found))
        if month.since is not None:
            chosen = tuple(sorted(few, key=lambda one: one.price))
        else:
            chosen = alternatives(few, month.problem, month.rulebook, budget.most)
        by_repair = {id(one.repair): one for one in found}
        return tuple(by_repair[id(repair)] for repair in chosen)

    def look_at_costs(self, seconds: float) -> None:
        """Search the whole month with each repair, to see what it costs."""
        month = self._month
        part = self._search.another(seconds)
        told = []
        for number, mended in enumerate(self.mended):
            repair = mended.repair
            left = part.left / (len(self.mended) - number)
            budget = part.budgets.repairs
            if not part.is_over and left >= budget.full_least:
                most = min(left, budget.full)
                given = month.problem, month.roster, part.another(most), self._stop
                repair = of_full_search(mended, *given)
            told.append(repair)
        self._take(repairs=tuple(told))

    def look_for_settings(self, seconds: float) -> None:
        """Find changes of one setting that make the month possible."""
        if not self._begins(Step.SETTINGS, seconds):
            return
        self.has_tried_settings = True
        month, part = self._month, self._search.another(seconds)
        found = settings.changes(month.problem, part, month.roster, self._findings)
        for number, change in enumerate(found, start=1):
            self._take(settings=(*self.advice.settings, change))
            self._tell(Step.SETTINGS, number)

    def look_for_hires(self, seconds: float) -> None:
        """Find what one more person would bring, within some seconds."""
        if not self._begins(Step.HIRES, seconds):
            return
        part = self._search.another(seconds)
        found = hires(self._month.problem, self._month.roster, part)
        for number, hire in enumerate(found, start=1):
            if _is_told(hire):
                self._take(hires=(*self.advice.hires, hire))
            self._tell(Step.HIRES, number)
        if part.is_over and not self.advice.hires:
            self.leave_out(Step.HIRES)

    def _begins(self, step: Step, seconds: float) -> bool:
        """Report that a part begins, or record it as left out if there is no time."""
        if self._search.is_over or seconds < self._search.budgets.advice.least:
            self.leave_out(step)
            return False
        self._tell(step, 0)
        return True

    def leave_out(self, *steps: Step) -> None:
        """Record parts as left out for lack of time."""
        known = {*self.advice.left_out, *steps}
        self._take(left_out=tuple(step for step in Step if step in known))

    def _note_much(self, asks_too_much: bool) -> None:
        self._take(asks_too_much=self.advice.asks_too_much or asks_too_much)

    def _take(self, **found: object) -> None:
        self.advice = self.advice.model_copy(update=found)

    def _tell(self, step: Step, number: int) -> None:
        self._report(Stage(self._search.seconds, step, number))


def _is_told(hire: Hire) -> bool:
    """Return whether a hire changes something, or is proven to change nothing."""
    changed = (
        hire.short_before != hire.short_after
        or hire.musts_before != hire.musts_after
        or hire.contract_before != hire.contract_after
        or hire.refused_before != hire.refused_after
    )
    return changed or (hire.is_best and bool(hire.short_before or hire.musts_before))


def of_full_search(
    mended: Mended,
    problem: Problem,
    roster: Roster,
    search: Search,
    stop: threading.Event | None,
) -> Repair:
    """Return a repair with what it costs once the whole month is searched with it.

    The roster that is nearest to the one made without the repair may give up wishes
    that need not be lost.

    Parameters
    ----------
    problem, roster
        The month without the repair, and its roster.
    """
    repair = mended.repair
    limits = replace(search.limits, seconds=search.left)
    try:
        found = solve(mended.problem, limits, stop=stop)
    except GaveUp:
        return repair
    rulebook = rules_of(problem)
    now, before = (rulebook.level_totals(one.findings) for one in (found, mended))
    above = LEVELS[: LEVELS.index(Stance.WISH) + 1]
    worth = [[totals[level] for level in above] for totals in (now, before)]
    if worth[0] > worth[1]:
        return repair
    known = problem.with_more(shifts=repair.shifts)
    whole = effects(known, roster, found.roster)
    known_best = [one.is_proven for one in found.outcomes if one.level in above]
    proven = bool(known_best) and all(known_best)
    if not proven and len(whole.wishes_lost) > len(repair.effects.wishes_lost):
        # The near roster shows that fewer need be lost.
        return repair
    update = {"effects": whole, "full_search": True, "wishes_proven": proven}
    return repair.model_copy(update=update)
