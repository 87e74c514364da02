"""The best roster as a repair: what it breaks is agreed on, and nothing is searched.

A roster that breaks contracts or musts is legal once each of these limits gives way
by as much.  So a first repair is known as soon as there is a roster, however little
time is left; searches then look for cheaper and for other ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from scheduler.advice.offers import to_be_mended
from scheduler.audit import audit
from scheduler.domain.advice import Repair
from scheduler.domain.agreements import Agreement, Concession, Spot
from scheduler.domain.finding import Finding
from scheduler.domain.homes import expected_in
from scheduler.domain.problem import Problem
from scheduler.rulebook import Rulebook
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import price_of


def agreements_of(
    month: StandingMonth, findings: Iterable[Finding]
) -> tuple[Agreement, ...]:
    """Return the agreements under which findings are no breaches.

    What has no concession is left out, and so is what a month tolerates.
    """
    amounts: Counter[Spot] = Counter()
    for finding in to_be_mended(findings):
        if month.rulebook.facet_of(finding).yields is not None:
            amounts[month.rulebook.spot_of(finding)] += finding.amount
    amounts -= Counter({spot: month.tolerated.allowed(spot) for spot in amounts})
    return tuple(Agreement(spot=s, amount=amount) for s, amount in amounts.items())


def price_in_all(month: StandingMonth, agreed: Iterable[Agreement]) -> int:
    """Return the price of some agreements together."""
    return sum(
        one.amount * price_of(month.problem, month.rulebook.facet_of(spot), spot)
        for one in agreed
        for spot in [one.spot]
    )


def as_it_stands(month: StandingMonth, findings: Sequence[Finding]) -> Repair | None:
    """Return the repair that agrees on all that a month's best roster breaks.

    ``None`` if nothing is broken, or something that no agreement allows.
    """
    agreed = agreements_of(month, findings)
    repair = Repair(agreements=agreed, price=price_in_all(month, agreed), bound=0)
    left = audit(repair.applied_to(month.problem), month.roster, month.rulebook)
    if not agreed or month.tolerated.beyond(to_be_mended(left)):
        return None
    return repair


def alternatives(
    repairs: Sequence[Repair], problem: Problem, rulebook: Rulebook, most: int
) -> tuple[Repair, ...]:
    """Return the repairs to choose from, the cheapest first.

    None asks for all the kinds of things that a cheaper one asks for, if there are
    enough of such; else none asks for all the things.  Who chooses wants other ways,
    not the same one with more to ask.  Of all but the cheapest, one that mixes kinds
    is left out where some of these and fewer things would do, and comes last where as
    many would.
    """
    by_price = sorted(repairs, key=lambda one: one.price)
    kinds = {id(one): set(_kinds(one, problem, rulebook)) for one in repairs}

    def is_mixture(one: Repair, fewer: int) -> bool:
        return any(
            kinds[id(other)] < kinds[id(one)] and other.actions + fewer <= one.actions
            for other in by_price[1:]
        )

    dearer = [one for one in by_price[1:] if not is_mixture(one, 1)]
    # A stable sort: each half stays in order of price.
    in_order = [*by_price[:1], *sorted(dearer, key=lambda one: is_mixture(one, 0))]
    chosen: list[Repair] = []
    for asked in (_kinds, _things):
        for one in in_order:
            if len(chosen) == most or any(one is other for other in chosen):
                continue
            things = set(asked(one, problem, rulebook))
            others = [set(asked(other, problem, rulebook)) for other in chosen]
            if not any(things >= other or things <= other for other in others):
                chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: one.price))


def _kinds(repair: Repair, problem: Problem, rulebook: Rulebook) -> Iterator[Hashable]:
    """Yield the kinds of concession of a repair; a shift moved is one too."""
    for one in repair.agreements:
        yield rulebook.facet_of(one.spot).yields
    if repair.helpers:
        yield Concession.HELP_HOUR
    if repair.shifts:
        yield "shift"
    for day in repair.forecast:
        usual = expected_in(problem, day)
        if day.day_users < usual.day_users:
            yield Concession.USER_FEWER
        if day.overnight != usual.overnight:
            yield Concession.STAY_MOVED


def _things(
    repair: Repair, _problem: Problem, _rulebook: Rulebook
) -> Iterator[Hashable]:
    """Yield the spots, workers, dates and shifts of a repair.

    A temporary worker is nobody in particular: who comes on another date for the same
    work is the same way out, and not one to choose from.
    """
    yield from (one.spot for one in repair.agreements)
    times: Counter[Hashable] = Counter()
    for one in repair.helpers:
        work = one.house, one.role, one.minutes, one.begin.time(), one.lent
        times[work] += 1
        yield work, times[work]
    yield from (day.date for day in repair.forecast)
    yield from (shift.symbol for shift in repair.shifts)
