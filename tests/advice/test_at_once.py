"""What the best roster breaks is a repair by itself, and other ways stand beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import Advising, advise, settings
from scheduler.advice.at_once import alternatives, as_it_stands, of_few_things
from scheduler.advice.causes import Causes
from scheduler.advice.offers import Offers, to_be_mended
from scheduler.advice.repairs import Repairs
from scheduler.audit import audit
from scheduler.domain.advice import Advice, Helper, Repair, SettingChange
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.precheck import Mend
from scheduler.domain.shifts import Role
from scheduler.rulebook import rules_of
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import POINT
from scheduler.wording.advice import settings_texts, unsettled_text
from tests.support.builders import make_staff
from tests.support.impossible import (
    days_off_against_hours,
    night_workers,
    no_night_worker_wished,
    office,
    two_causes,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.solver.solution import Solution

LIMITS = SearchLimits(20, workers=2)
HARD = (Stance.MUST,)


def of_nights() -> Problem:
    """Return an office whose two night workers owe four days off and pass three nights.

    One of them has a day off less than owed, whatever is done.
    """
    nights = [0, 1, 0, 1, 0, 1, 0]
    return office(*night_workers(days_off_min=4), day_users=[3] * 7, overnight=nights)


def unconfirmed(solution: Solution) -> Solution:
    """Return a solution of which no second search has confirmed anything."""
    provenance = solution.roster.provenance
    assert provenance is not None
    outcomes = tuple(
        one.model_copy(update={"confirmed": False}) for one in provenance.outcomes
    )
    told = {"provenance": provenance.model_copy(update={"outcomes": outcomes})}
    return replace(solution, roster=solution.roster.model_copy(update=told))


def test_what_contracts_give_in_the_best_roster_is_a_repair_without_a_search() -> None:
    problem = of_nights()
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    repair = as_it_stands(month, solution.findings)
    assert repair is not None
    [agreement] = repair.agreements
    assert (agreement.spot.facet, agreement.amount) == ("days_off", 1)
    assert repair.price == problem.office.settings.prices.day_off_fewer * POINT
    assert not repair.is_cheapest
    mended = repair.applied_to(problem)
    assert not to_be_mended(audit(mended, solution.roster))


def test_what_the_law_wants_is_no_repair_as_it_stands() -> None:
    """No agreement allows a night without anybody."""
    problem = two_causes().problem
    solution = solve(problem, LIMITS)
    assert any(one.stance is Stance.STATUTORY for one in solution.findings)
    month = StandingMonth.untouched(problem, solution.roster)
    assert as_it_stands(month, solution.findings) is None


def test_a_repair_is_told_where_no_time_is_left() -> None:
    problem = of_nights()
    advised = advise(problem, solve(problem, LIMITS), SearchLimits(0.0, workers=2))
    advice = advised.roster.advice
    assert advice is not None
    assert len(advice.repairs) == 1
    assert advice.left_out


def test_what_is_not_proven_to_be_short_has_repairs_and_says_so() -> None:
    """A bound that nothing confirmed; the cause found then is a proof."""
    problem = of_nights()
    unsure = unconfirmed(solve(problem, LIMITS))
    hurried = advise(problem, unsure, SearchLimits(0.0, workers=2)).roster.advice
    assert hurried is not None
    assert hurried.unsettled == (Stance.CONTRACT,)
    assert hurried.repairs
    assert "頼まなくてもよいかもしれません" in unsettled_text(hurried)

    month = StandingMonth.untouched(problem, unsure.roster)
    advising = Advising(month, unsure.findings, Search(LIMITS))
    advising.advice = Advice(unsettled=(Stance.CONTRACT,))
    advising.look_for_causes(15.0)
    assert advising.advice.causes
    assert advising.advice.unsettled == ()


def test_a_setting_of_what_is_not_proven_says_that_none_may_be_needed() -> None:
    change = SettingChange(mend=Mend(code="house_ratio"), keeps_contracts=True)
    unsure = Advice(settings=(change,), unsettled=(Stance.MUST,))
    assert "変えなくても済むかもしれません" in next(iter(settings_texts(unsure)))


def test_no_way_asks_for_all_kinds_of_things_that_a_cheaper_one_asks_for() -> None:
    """Of four ways the second asks for one thing more than the first."""
    problem = of_nights()
    day_off, night, hours = (
        Spot(rule=rule, facet=facet, staff=problem.staff[0].name)
        for rule, facet in (
            ("L-02", "days_off"),
            ("L-05", "nights_max"),
            ("L-03", "hours_min"),
        )
    )
    other = day_off.model_copy(update={"staff": problem.staff[1].name})

    def way(price: int, *spots: Spot) -> Repair:
        agreed = tuple(Agreement(spot=spot, amount=1) for spot in spots)
        return Repair(agreements=agreed, price=price, bound=0)

    first, more = way(1, day_off), way(2, day_off, night)
    alike, unlike = way(3, other), way(4, hours, night)
    rulebook = rules_of(problem)
    given = problem, rulebook, 3
    assert alternatives([unlike, alike, more, first], *given) == (first, alike, unlike)
    assert alternatives([more, first], *given) == (first,)
    fewer = problem, rulebook, 2
    assert alternatives([unlike, alike, first], *fewer) == (first, unlike)


def help_on(first: dt.date, number: int, price: int) -> Repair:
    """Return a way out with somebody else from outside on each of so many dates."""
    coming = []
    for place in range(number):
        begin = dt.datetime.combine(first + place * ONE_DAY, dt.time(9))
        coming.append(
            Helper(
                member=make_staff(f"応援{place}", shifts=["日"]),
                date=begin.date(),
                role=Role.CARE,
                begin=begin,
                end=begin + dt.timedelta(hours=8),
                minutes=480,
            )
        )
    return Repair(helpers=tuple(coming), price=price, bound=0)


def test_many_things_are_asked_only_where_no_few_are_enough() -> None:
    """Beside one thing, thirty dates of help are left out, and nine, but not eight.

    Where all ask for many, they are told.
    """
    problem = of_nights()
    spot = Spot(rule="L-02", facet="days_off", staff=problem.staff[0].name)
    own = Repair(agreements=(Agreement(spot=spot, amount=1),), price=9, bound=0)
    thirty, nine, eight = (
        help_on(problem.period.first, number, number) for number in (30, 9, 8)
    )
    most = BUDGETS.repairs.most_actions
    assert of_few_things([own, thirty, nine], most) == (own,)
    assert of_few_things([own, eight], most) == (own, eight)
    assert of_few_things([thirty, nine], most) == (thirty, nine)
    solution = solve(problem, LIMITS)
    short = eight.model_copy(update={"remaining": to_be_mended(solution.findings)})
    assert of_few_things([thirty, short], most) == (thirty, short)


@pytest.mark.parametrize("is_known", [True, False], ids=["roster", "no roster"])
def test_who_has_too_little_to_do_is_offered_no_help(*, is_known: bool) -> None:
    """Without a roster nothing tells of whom the days are, and all dates are offered.

    Days off leave too few hours; nobody from outside makes them more.
    """
    problem = days_off_against_hours().problem
    solution = solve(problem, LIMITS)
    broken = [
        one for one in to_be_mended(solution.findings) if one.facet == "hours_min"
    ]
    assert broken
    roster = solution.roster if is_known else None
    assert bool(Offers(problem, broken, None, roster).help) is not is_known


def test_repairs_near_the_best_roster_are_legal_and_of_several_kinds() -> None:
    """Two nights without anybody: a wish given up, help, or guests that move."""
    problem = no_night_worker_wished().problem
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    near = list(Repairs(month, solution.findings, Search(LIMITS)).near())
    assert len(near) >= 2
    for one in near:
        assert not to_be_mended(audit(one.problem, one.roster))
        assert not to_be_mended(solve(one.problem, LIMITS).findings)
    repairs = [one.repair for one in near]
    chosen = alternatives(repairs, problem, rules_of(problem), 3)
    assert len(chosen) >= 2
    assert chosen[0] is min(repairs, key=lambda one: one.price)


def test_a_level_that_is_proven_short_has_a_cause_where_no_single_test_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that is broken together, with the families of limits that force it."""
    problem = no_night_worker_wished().problem
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    given = month, solution.findings, Search(LIMITS)
    monkeypatch.setattr(Causes, "_cause", lambda _self, _spot: None)
    unproven = Causes(*given)
    assert not list(unproven.find())
    assert unproven.unexplained

    causes = Causes(*given, proven=HARD)
    [cause] = causes.find()
    assert set(cause.spots) == set(unproven.unexplained)
    assert not causes.unexplained
    assert not cause.irreducible
    # The nights that need somebody, and the leave of the others.
    facets = {(spot.rule, spot.facet) for spot in cause.conditions}
    assert ("A-06", "awake") in facets
    assert len(facets) < 6

    hurried = Causes(month, solution.findings, Search(SearchLimits(0.0)), proven=HARD)
    [unreduced] = hurried.find()
    assert set(cause.conditions) < set(unreduced.conditions)


def test_a_setting_is_verified_by_the_best_roster_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One day off less is just what it lacks, so nothing is searched."""
    problem = of_nights()
    best = solve(problem, LIMITS)

    def searched(*_given: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Search, "run", searched)
    given = problem, Search(LIMITS), best.roster, best.findings
    change = next(settings.changes(*given))
    assert (change.mend.code, change.keeps_contracts) == ("less_days_off_min", True)


def test_a_must_of_the_office_on_several_dates_is_one_thing_to_decide() -> None:
    first, second = of_nights().period.dates[:2]

    def actions(staff: str) -> int:
        spots = [
            Spot(rule="K-01", facet="must", staff=StaffId(staff), date=date)
            for date in (first, second)
        ]
        agreed = tuple(Agreement(spot=spot, amount=30) for spot in spots)
        return Repair(agreements=agreed, price=1, bound=0).actions

    assert actions("") == 1
    assert actions("somebody") == 2


def test_repairs_near_the_best_roster_ask_for_no_more_than_can_be_asked() -> None:
    """Two nights need two wishes; where one thing can be asked, there is no repair."""
    problem = no_night_worker_wished().problem
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)

    def near(most: int) -> list[int]:
        repairs = replace(BUDGETS.repairs, most_actions=most)
        limits = replace(LIMITS, budgets=replace(BUDGETS, repairs=repairs))
        found = Repairs(month, solution.findings, Search(limits)).near()
        return [one.repair.actions for one in found]

    assert near(1) == []
    assert near(2)
    assert max(near(2)) <= 2


def test_contracts_are_improved_where_law_and_musts_took_the_time() -> None:
    """With all the time kept for advice, the first roster's contracts are not told."""
    problem = of_nights()
    limits = SearchLimits(12, workers=2)
    rushed = solve(problem, limits, follows=12.0)
    values = {one.level: one.value for one in rushed.outcomes}
    best = {one.level: one.value for one in solve(problem, limits).outcomes}
    assert values[Stance.CONTRACT] == best[Stance.CONTRACT]
