"""Causes and repairs of offices that cannot be legal, against what is known of them."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import pytest

from scheduler.advice import advising
from scheduler.advice.advising import of_full_search
from scheduler.advice.causes import Causes
from scheduler.advice.offers import to_be_mended
from scheduler.advice.repairs import Repairs
from scheduler.api import advise, needs_advice
from scheduler.audit import audit
from scheduler.domain.advice import Effects
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.finding import LEVELS, Finding, Stance, Unit
from scheduler.domain.requests import Strength
from scheduler.rulebook import load
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import POINT
from tests.support.fixing import MENDED, unbroken
from tests.support.impossible import IMPOSSIBLE, two_causes
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.domain.advice import Cause, Repair
    from scheduler.domain.problem import Problem
    from scheduler.solver.solution import Solution
    from tests.support.impossible import Impossible

    Make = Callable[[], Impossible]


offices = pytest.mark.parametrize("make", IMPOSSIBLE, ids=lambda make: make.__name__)


class Known(NamedTuple):
    """An office solved, and everything said of it."""

    office: Impossible
    solution: Solution
    causes: tuple[Cause, ...]
    unexplained: tuple[Spot, ...]
    repairs: tuple[Repair, ...]


@cache
def known(make: Make) -> Known:
    office = make()
    solution = solve(office.problem)
    month = StandingMonth.untouched(office.problem, solution.roster)
    given = month, solution.findings
    causes = Causes(*given, Search(SearchLimits()))
    found = tuple(causes.find())
    mender = Repairs(*given, Search(SearchLimits()))
    repairs = tuple(mended.repair for mended in mender.find())
    return Known(office, solution, found, tuple(causes.unexplained), repairs)


@offices
def test_every_breach_has_the_cause_it_was_built_with(
    make: Make,
) -> None:
    one = known(make)
    assert not one.unexplained
    told = {
        (spot, frozenset(cause.conditions))
        for cause in one.causes
        for spot in cause.spots[:1]
    }
    broken = {spot for cause in one.causes for spot in cause.spots}
    expected = {
        (spot, core.conditions(spot))
        for core in one.office.cores
        for spot in core.broken & broken
    }
    assert told == expected


@offices
def test_a_cause_is_irreducible(make: Make) -> None:
    """Drop any one condition and a roster exists that keeps the limit, by the audit."""
    one = known(make)
    rules = load(one.office.problem.period)
    for cause in one.causes:
        assert cause.irreducible
        for condition in cause.conditions:
            if rules.facet_of(condition).yields is None:
                continue  # The law gives way to nobody: see the next test.
            freed = one.office.problem.model_copy(
                update={"agreements": (Agreement(spot=condition, amount=100_000),)}
            )
            kept = solve(freed)
            amounts = _amounts(freed, kept)
            assert all(amounts[spot] == 0 for spot in _same_core(one, cause.spots[0]))


def _same_core(one: Known, spot: Spot) -> set[Spot]:
    return {s for core in one.office.cores if spot in core.spots for s in core.spots}


def _amounts(problem: Problem, solution: Solution) -> dict[Spot, int]:
    rules = load(problem.period)
    amounts: Counter[Spot] = Counter()
    for finding in to_be_mended(solution.findings):
        amounts[rules.spot_of(finding)] += finding.amount
    return amounts


@offices
def test_the_cheapest_repair_costs_what_it_must(
    make: Make,
) -> None:
    one = known(make)
    prices = [repair.price for repair in one.repairs]
    assert min(prices) == one.office.price * POINT
    cheapest = min(one.repairs, key=lambda repair: repair.price)
    assert cheapest.is_cheapest


@offices
def test_every_repair_is_enough_by_itself(make: Make) -> None:
    """Apply each one alone, solve from scratch, audit."""
    one = known(make)
    assert len(one.repairs) >= 2
    for repair in one.repairs:
        mended = repair.applied_to(one.office.problem)
        roster = unbroken(mended, *MENDED)
        assert roster is not None
        assert not to_be_mended(audit(mended, roster))
        assert not repair.remaining


@offices
def test_no_repair_asks_for_more_than_it_needs(make: Make) -> None:
    """Leave out any one agreement or worker of it, and something stays broken."""
    one = known(make)
    for repair in one.repairs:
        for less in _with_one_left_out(repair):
            mended = less.applied_to(one.office.problem)
            assert unbroken(mended, *MENDED) is None


def _with_one_left_out(repair: Repair) -> Iterator[Repair]:
    for index in range(len(repair.agreements)):
        rest = (*repair.agreements[:index], *repair.agreements[index + 1 :])
        yield repair.model_copy(update={"agreements": rest})
    for index in range(len(repair.helpers)):
        others = (*repair.helpers[:index], *repair.helpers[index + 1 :])
        yield repair.model_copy(update={"helpers": others})


@offices
def test_repairs_are_alternatives(make: Make) -> None:
    """No repair holds all that another one asks for."""
    one = known(make)
    asked = [_asked(repair) for repair in one.repairs]
    for first, second in itertools.permutations(asked, 2):
        assert not first <= second


def _asked(repair: Repair) -> frozenset[object]:
    return frozenset(
        (
            *(agreement.spot for agreement in repair.agreements),
            *(helper.member.name for helper in repair.helpers),
            *(day.date for day in repair.forecast),
        )
    )


FEW = ("no_night", "one_night", "three")
"""Offices that only wishes, pins and nights can mend, beside dearer things."""


@pytest.mark.parametrize(
    "make",
    [
        b
        for b in IMPOSSIBLE
        if b.__name__.startswith(("no_night", "one_night", "three"))
    ],
    ids=lambda make: make.__name__,
)
def test_nothing_cheaper_is_enough(make: Make) -> None:
    """Try every set of wishes, pins and nights that costs less, one after another."""
    office = known(make).office
    changes = list(_single_changes(office.problem))
    tried = 0
    for size in range(3):
        for some in itertools.combinations(changes, size):
            if sum(price for _, price in some) < office.price:
                tried += 1
                agreed = tuple(agreement for agreement, _ in some)
                changed = office.problem.model_copy(update={"agreements": agreed})
                assert unbroken(changed, *MENDED) is None
    assert tried >= 1


def _single_changes(problem: Problem) -> Iterator[tuple[Agreement, int]]:
    prices = problem.office.settings.prices
    for request in problem.requests:
        if request.strength is Strength.MUST:
            spot = Spot(
                rule="W-01", facet="must", staff=request.staff, date=request.date
            )
            yield Agreement(spot=spot, amount=1), prices.wish
    for pin in problem.pins.duties:
        spot = Spot(rule="W-02", facet="duty", staff=pin.staff, date=pin.date)
        yield Agreement(spot=spot, amount=1), prices.pin
    for call in problem.pins.on_call:
        spot = Spot(rule="W-02", facet="on_call", staff=call.staff, date=call.date)
        yield Agreement(spot=spot, amount=1), prices.pin
    for member in problem.staff:
        spot = Spot(rule="L-05", facet="nights_max", staff=member.name)
        if member.contract.nights_max is not None:
            yield Agreement(spot=spot, amount=1), prices.extra_night


def test_other_prices_lead_to_other_repairs() -> None:
    """A nurse's leave is dearer now than a temporary nurse for five hours."""
    problem = two_causes().problem
    settings = problem.office.settings
    dearer = settings.model_copy(
        update={"prices": settings.prices.model_copy(update={"wish": 61})}
    )
    office = problem.office.model_copy(update={"settings": dearer})
    changed = problem.model_copy(update={"office": office})
    solution = solve(changed)
    month = StandingMonth.untouched(changed, solution.roster)
    repairs = Repairs(month, solution.findings, Search(SearchLimits()))
    first = next(repairs.find()).repair
    assert first.price == (20 + 5 * 12) * POINT
    assert [helper.minutes for helper in first.helpers] == [300]


def test_a_date_without_staff_needs_help() -> None:
    """On the first date nobody is employed, so help has to come."""
    problem = tiny_problem(**AWAY_ON_FIRST)
    solution = advise(problem, solve(problem))
    assert solution.roster.advice is not None
    cheapest = solution.roster.advice.repairs[0]
    # Whom the law requires on the list is no help of a day.
    assert {finding.facet for finding in cheapest.remaining} == {"on_list"}
    assert {helper.date for helper in cheapest.helpers} == {problem.period.first}


def test_a_legal_month_needs_no_advice() -> None:
    solution = solve(tiny_problem())
    assert not needs_advice(solution)
    advised = advise(tiny_problem(), solution)
    assert advised.roster.advice is not None
    assert not advised.roster.advice.repairs
    assert not advised.roster.advice.causes


LOOKED_AT = LEVELS[: LEVELS.index(Stance.WISH)]
ENOUGH = 10_000
"""More of any unit than an office so small can need."""


def values(solution: Solution) -> dict[Stance, int]:
    """Return the levels down to contracts that are not at zero."""
    looked_at = (one for one in solution.outcomes if one.level in LOOKED_AT)
    return {one.level: one.value for one in looked_at if one.value}


@offices
def test_the_best_roster_breaks_what_is_said(make: Make) -> None:
    """Level by level, and everything it breaks stands in a core."""
    office, solution, *_said = known(make)
    assert values(solution) == office.values
    broken = {(f.rule, f.facet) for f in solution.findings if f.stance in LOOKED_AT}
    in_cores = {(s.rule, s.facet) for core in office.cores for s in core.broken}
    assert broken <= in_cores
    assert solution.is_proven


@offices
def test_any_limit_of_a_core_opens_it(make: Make) -> None:
    """Agree on one limit of each core, whichever, and nothing is broken."""
    office = make()
    rulebook = load(office.problem.period)
    yielding = [
        [spot for spot in core.spots if rulebook.facet_of(spot).yields]
        for core in office.cores
    ]
    for chosen in zip_longest(*yielding):
        spots = [one or own[0] for one, own in zip(chosen, yielding, strict=True)]
        agreed = [Agreement(spot=spot, amount=ENOUGH) for spot in spots]
        problem = office.problem.model_copy(update={"agreements": tuple(agreed)})
        assert values(solve(problem, SearchLimits(seconds=60))) == {}


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("level", [Stance.CONTRACT, Stance.WISH])
def test_what_a_repair_costs_is_proven_only_by_searches_that_ended(
    level: Stance, ended: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A level above the wishes that is open leaves them open as well."""
    given = known(two_causes)
    problem, solution = given.office.problem, given.solution
    month = StandingMonth.untouched(problem, solution.roster)
    search = Search(SearchLimits())
    mended = next(Repairs(month, solution.findings, search).find())

    def stopped(*_given: object, **_more: object) -> Solution:
        found = solve(mended.problem)
        outcomes = tuple(
            one.model_copy(update={"confirmed": True, "bound": one.value - 1})
            if one.level is level and not ended
            else one.model_copy(update={"confirmed": True, "bound": one.value})
            for one in found.outcomes
        )
        assert found.roster.provenance
        made = found.roster.provenance.model_copy(update={"outcomes": outcomes})
        roster = found.roster.model_copy(update={"provenance": made})
        return replace(found, roster=roster)

    monkeypatch.setattr(advising, "solve", stopped)
    told = of_full_search(mended, problem, solution.roster, search, None)
    assert told.full_search
    assert told.wishes_proven is ended


def test_a_search_that_loses_more_wishes_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The roster near the one made loses none: eight of a search cut short say less."""
    given = known(two_causes)
    problem, solution = given.office.problem, given.solution
    month = StandingMonth.untouched(problem, solution.roster)
    search = Search(SearchLimits())
    mended = next(Repairs(month, solution.findings, search).find())
    refused = Finding(
        rule="W-01",
        facet="strong",
        stance=Stance.WISH,
        unit=Unit.TIMES,
        amount=8,
        required=8,
        actual=0,
    )

    def worse(*_given: object, **_more: object) -> Solution:
        found = solve(mended.problem)
        return replace(found, findings=(*mended.findings, refused))

    monkeypatch.setattr(advising, "solve", worse)
    assert of_full_search(mended, problem, solution.roster, search, None) == (
        mended.repair
    )


def test_an_open_search_does_not_hide_that_fewer_wishes_need_be_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As many are refused, but the roster near the one made loses fewer of those."""
    given = known(two_causes)
    problem, solution = given.office.problem, given.solution
    month = StandingMonth.untouched(problem, solution.roster)
    search = Search(SearchLimits())
    mended = next(Repairs(month, solution.findings, search).find())
    lost = (*mended.repair.effects.wishes_lost, problem.requests[0])

    def unproven(*_given: object, **_more: object) -> Solution:
        found = solve(mended.problem)
        (first, *others) = found.outcomes
        first = first.model_copy(update={"confirmed": False, "bound": 0, "value": 1})
        assert found.roster.provenance
        told = {"outcomes": (first, *others)}
        made = found.roster.provenance.model_copy(update=told)
        roster = found.roster.model_copy(update={"provenance": made})
        return replace(found, roster=roster)

    def more_lost(*_given: object) -> Effects:
        return Effects(wishes_lost=lost)

    monkeypatch.setattr(advising, "solve", unproven)
    monkeypatch.setattr(advising, "effects", more_lost)
    assert of_full_search(mended, problem, solution.roster, search, None) == (
        mended.repair
    )
