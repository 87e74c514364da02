"""Repairs: the cheapest set of concessions that makes a month legal, and others.

Each repair is found in the elastic month and applied to the problem, which the ordinary
model then solves again near the current roster; the result is audited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from scheduler.advice.at_once import (
    agreements_of,
    as_it_stands,
    help_at_once,
    price_in_all,
)
from scheduler.advice.by_kind import WaysByKind
from scheduler.advice.elastic import ElasticMonth
from scheduler.advice.offers import HelpOfAMonth, Offers, to_be_mended
from scheduler.advice.temporary_workers import as_asked, price_of_help, who_comes
from scheduler.advice.ways import MORE_HOURS, MOST_HOURS, WayOut, WaysOut
from scheduler.audit import audit
from scheduler.audit.changes.plans import effects
from scheduler.constraints.language.scope import FacetKey
from scheduler.domain.advice import Repair
from scheduler.domain.agreements import Agreement, Concession
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.homes import symbol_in_all
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import LEAVE, OffKind
from scheduler.solver.search import IMPROVING, Search, hold_levels
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import price_of

AWAY = 5
"""Dates on leave, absent or not employed, from which a person is asked for nothing."""

NO_WORSE = (Stance.PINNED, Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)
"""Levels that must not get worse when a repaired roster is moved nearer to the current
one."""


class Mended(NamedTuple):
    """A repair with the month it leads to: the problem, a roster, its findings.

    The roster is near the current one.
    """

    repair: Repair
    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]


class Repairs:
    """Finds the repairs of a month that is not legal.

    Attributes
    ----------
    asks_too_much
        Whether a repair was found that takes more than people can be asked for.
    has_ended
        Whether it was searched to the end: there is none but those found.
    """

    def __init__(
        self, month: StandingMonth, findings: Sequence[Finding], search: Search
    ) -> None:
        self._month = month
        self._problem = month.problem
        self._roster = month.roster
        self._budget = search.budgets.repairs
        self._findings = findings
        self._broken = month.tolerated.beyond(to_be_mended(findings))
        self._search = search
        self.asks_too_much = False
        self.has_ended = False

    @cached_property
    def _offers(self) -> Offers:
        month = self._month
        return Offers(month.problem, self._broken, month.since, month.roster)

    @cached_property
    def _elastic(self) -> ElasticMonth:
        return ElasticMonth(self._month, self._offers)

    @cached_property
    def _ways(self) -> WaysOut:
        dates = self._offers.broken_on
        people = {name for one in self._broken for name in one.people}
        return WaysOut(self._elastic, self._month, dates, self._search, people)

    @property
    def is_much(self) -> bool:
        """Whether more is broken than there may be things in a small repair."""
        spots = {self._month.rulebook.spot_of(one) for one in self._broken}
        return len(spots) > self._budget.most_actions

    def at_once(self) -> Mended | None:
        """Return the best roster with what it breaks agreed on, if that can be asked.

        Nothing is searched, so it may ask for more than is needed.
        """
        repair = as_it_stands(self._month, self._findings)
        if repair is None:
            return None
        return self._unsearched(repair, self._roster)

    def with_help(self) -> Mended | None:
        """Return the best roster with temporary workers where it is short, likewise."""
        most = self._budget.most_at_once
        helpers, roster = help_at_once(self._month, self._findings, most)
        if not helpers:
            return None
        repair = Repair(helpers=helpers, price=0, bound=0)
        found = audit(repair.applied_to(self._problem), roster)
        agreed = agreements_of(self._month, found)
        price = price_in_all(self._month, agreed) + price_of_help(
            self._problem, helpers
        )
        update = {"agreements": agreed, "price": price}
        return self._unsearched(repair.model_copy(update=update), roster)

    def _unsearched(self, repair: Repair, roster: Roster) -> Mended | None:
        """Return a repair with the best roster, if it can be asked and mends all."""
        mended = repair.applied_to(self._problem)
        findings = audit(mended, roster)
        left = self._month.tolerated.beyond(to_be_mended(findings))
        if left or not self._can_be_asked(repair, by_kind=True):
            return None
        return Mended(repair, mended, roster, findings)

    def by_kind(self, *, mixed: bool = False) -> Iterator[Mended]:
        """Yield repairs each of which leaves out some kinds of things to ask for.

        What they ask for may be much of a kind: who is short by a person needs one, or
        lets a limit give way all month.

        Parameters
        ----------
        mixed
            Whether help from outside and what own people concede may stand together.
        """
        if not self._broken or self._search.is_over:
            return
        ways = self._ways_by_kind
        for way in ways.mixed() if mixed else ways.pure():
            mended = self._mended(ways.month, way, way, is_near=True)
            repair = mended.repair
            if not repair.remaining and self._can_be_asked(repair, by_kind=True):
                yield mended

    @cached_property
    def _ways_by_kind(self) -> WaysByKind:
        month = ElasticMonth(self._month, HelpOfAMonth(self._problem, self._broken))
        facets = (self._month.rulebook.facet_of(one) for one in self._broken)
        return WaysByKind(
            month,
            self._limits_broken(),
            self._search,
            is_unlawful=any(facet.yields is None for facet in facets),
        )

    def _limits_broken(self) -> dict[FacetKey, Concession]:
        """Return the limits that the best roster breaks, what costs most first."""
        price: Counter[FacetKey] = Counter()
        kinds: dict[FacetKey, Concession] = {}
        for agreed in agreements_of(self._month, self._findings):
            spot = agreed.spot
            facet = self._month.rulebook.facet_of(spot)
            if facet.yields is not None:
                key = spot.rule, spot.facet
                kinds[key] = facet.yields
                price[key] += agreed.amount * price_of(self._problem, facet, spot)
        return {key: kinds[key] for key, _price in price.most_common()}

    def near(self) -> Iterator[Mended]:
        """Yield repairs near the best roster, each with something else to ask for.

        Few people's days differ, so that each is found in a moment, but perhaps more is
        asked than is needed.
        """
        if not self._broken or self._search.is_over:
            return
        for way in self._ways.near(self._budget.most):
            mended = self._mended(self._elastic, way, way, is_near=True)
            if not mended.repair.remaining and self._can_be_asked(mended.repair):
                yield mended

    def beside_help(self) -> Iterator[Mended]:
        """Yield repairs near the best roster, with a nurse who is lacking from outside.

        That the list has no nurse is nothing that anybody could give way on; what else
        is short the office's own people may make up for.
        """
        lacking = [one for one in self._broken if one.rule == "A-10"]
        if not lacking or len(lacking) == len(self._broken) or self._search.is_over:
            return
        helpers, roster = help_at_once(
            self._month, self._findings, 1, only=lambda one: one.rule == "A-10"
        )
        if not helpers:
            return
        helped = Repair(helpers=helpers, price=0, bound=0).applied_to(self._problem)
        month = StandingMonth.untouched(helped, roster)
        others = Repairs(month, audit(helped, roster), self._search)
        known = price_of_help(self._problem, helpers)
        for other in islice(others.find(), 1):
            repair = other.repair
            update = {
                "helpers": (*helpers, *repair.helpers),
                "price": known + repair.price,
            }
            mended = repair.model_copy(update=update)
            if not repair.remaining and self._can_be_asked(mended, by_kind=True):
                yield other._replace(repair=mended)

    def find(self) -> Iterator[Mended]:
        """Yield repairs, each sufficient by itself, with the months they lead to.

        The bound of the first one holds for all.
        """
        first: WayOut | None = None
        most = self._budget.most
        for left in range(most, 0, -1):
            if not self._broken or self._search.is_over:
                return
            begun = self._month.since is not None
            parts = min(left, self._budget.parts_once_begun) if begun else left
            way = self._ways.next(self._search.left / parts)
            if way is None and first is None and not self._search.is_over:
                way = self._ways.next(self._search.left)
            if way is None:
                self.has_ended = self._ways.has_ended
                return
            first = first or way
            mended = self._mended(self._elastic, way, first)
            if not self._can_be_asked(mended.repair):
                continue
            if not mended.repair.remaining:
                yield mended
                continue
            # That nothing on offer mends the rest is told only where it is proven.
            if left == most and mended.repair.is_cheapest:
                self.has_ended = True
                yield mended
            return

    def _mended(
        self,
        month: ElasticMonth,
        way: WayOut,
        first: WayOut,
        *,
        is_near: bool = False,
    ) -> Mended:
        """Apply a way out of an elastic month; return the repair, its month audited.

        Unless its roster is near the current one already, a nearer one is looked for.
        """
        roster = month.baseline.read(way.values)
        helpers = tuple(who_comes(month.problem, month.offers.helpers, roster))
        names = {helper.member.name for helper in helpers}
        hidden = {one.name for _house, one in month.offers.helpers} - names
        begun = {duty.shift for duty in roster.duties}
        all_in = month.problem
        seen = tuple(duty for duty in roster.duties if duty.staff not in hidden)
        roster = as_asked(roster.model_copy(update={"duties": seen}), helpers)
        repair = Repair(
            helpers=helpers,
            forecast=tuple(
                day
                for others in month.model.alternatives.values()
                for day, comes in others.items()
                if way.values[comes.index]
            ),
            shifts=tuple(
                s for s in month.offers.shifts if symbol_in_all(all_in, s) in begun
            ),
            price=way.price,
            bound=first.bound,
            confirmed=first.confirmed and way.price == first.bound,
        )
        changed = repair.applied_to(self._problem)
        agreements = agreements_of(self._month, audit(changed, roster))
        repair = repair.model_copy(update={"agreements": agreements})
        mended = repair.applied_to(self._problem)
        best = roster if is_near else self._nearest(mended, roster)
        findings = audit(mended, best)
        known = self._problem.with_more(shifts=repair.shifts)
        told = {
            "remaining": self._month.tolerated.beyond(to_be_mended(findings)),
            "effects": effects(known, self._roster, best),
        }
        return Mended(repair.model_copy(update=told), mended, best, findings)

    def _can_be_asked(self, repair: Repair, *, by_kind: bool = False) -> bool:
        """Return whether people can be asked for everything a repair takes.

        Where they cannot, and it would be enough, that is noted (`asks_too_much`).

        Parameters
        ----------
        by_kind
            Whether it may be more than a few things, if they are of few kinds.
        """
        budget = self._budget
        is_little = repair.actions <= budget.most_actions or (
            by_kind and repair.kinds <= budget.most_kinds
        )
        can_be = is_little and not any(map(self._is_too_much, repair.agreements))
        self.asks_too_much |= not (can_be or repair.remaining)
        return can_be

    def _is_too_much(self, agreement: Agreement) -> bool:
        """Return whether an agreement asks too much of one person."""
        spot = agreement.spot
        yields = self._month.rulebook.facet_of(spot).yields
        if yields in MORE_HOURS:
            hours = agreement.amount > MOST_HOURS * HOUR
            return hours or self._dates_away(spot.staff) >= AWAY
        more = yields in (Concession.EXTRA_DAY, Concession.EXTRA_NIGHT)
        return more and self._dates_away(spot.staff) >= AWAY

    def _dates_away(self, name: StaffId) -> int:
        """Return on how many dates a person is on leave, absent or not employed."""
        problem = self._problem
        member = problem.member_by_name.get(name)
        if member is None:
            return 0
        pinned = {
            duty.date
            for duty in problem.pin_by_cell.values()
            if duty.staff == name and duty.off in (*LEAVE, OffKind.AWAY)
        }
        gone = {date for date in problem.period.dates if date not in member.employed}
        return len(pinned | gone)

    def _nearest(self, mended: Problem, roster: Roster) -> Roster:
        """Return the roster of a repaired month that is nearest to the current one.

        Once the month has begun, the roster is returned as it is: it is near already.
        """
        if self._month.since:
            return roster
        baseline = self._month.varied(mended)
        model = baseline.model
        totals = model.rulebook.level_totals(audit(mended, roster, model.rulebook))
        hold_levels(model, model.cp, {level: totals[level] for level in NO_WORSE})
        model.cp.minimize(Baseline(model, self._roster).distance())
        model.hint(model.cp, model.values_of(roster) or {})
        left = min(self._budget.nearest, self._search.left)
        values = self._search.run(model.cp, left, parameters=IMPROVING).values
        return baseline.read(values) if values else roster
