"""Where few things are not enough, repairs ask for much of one kind or another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.advice import Advising
from scheduler.advice.causes import Causes
from scheduler.advice.offers import to_be_mended
from scheduler.advice.repairs import Repairs
from scheduler.audit import audit
from scheduler.domain.agreements import Concession
from scheduler.domain.requests import CoverRule
from scheduler.rulebook import rules_of
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import POINT
from scheduler.wording.advice import larger_text
from scheduler.wording.repairs import enough_text
from tests.support.impossible import DAY, DAY_MINUTES, NIGHTLY, night_workers, office

if TYPE_CHECKING:
    from scheduler.advice.repairs import Mended
    from scheduler.domain.problem import Problem

LIMITS = SearchLimits(60, workers=2)
FEW = replace(
    LIMITS,
    budgets=replace(BUDGETS, repairs=replace(BUDGETS.repairs, most_actions=1)),
)
"""Limits under which one thing can be asked, or much of one kind."""


def two_a_day() -> Problem:
    """Return an office that wants two people by day, of four who owe three days off.

    Ten shifts in five dates, and eight can be had: two days off less, 2 x 30; or help
    for two shifts, 2 x 5 x 12; or the must given up on two dates, 2 x 8 x 20.
    """
    owed = {"days_off_min": 3}
    wanted = CoverRule(name="二人", shift=DAY.symbol, at_least=2)
    return office(days=5, carer=owed, others=owed, cover_rules=[wanted])


def five_nights() -> Problem:
    """Return an office with guests in five nights and two workers with one each.

    Three nights of help are 3 x 18 x 12.
    """
    nights = [3, 3, 0, 3, 0, 3, 3]
    return office(*night_workers(nights_max=1), overnight=nights)


def repairs_of(problem: Problem, limits: SearchLimits = LIMITS) -> Repairs:
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    return Repairs(month, solution.findings, Search(limits))


def assert_legal(mended: Mended) -> None:
    """Assert that a repaired month is legal as told, and if solved from scratch."""
    assert not mended.repair.remaining
    assert not to_be_mended(audit(mended.problem, mended.roster))
    assert not to_be_mended(solve(mended.problem, LIMITS).findings)


def test_help_alone_and_each_kind_of_own_concession_is_a_way_out() -> None:
    problem = two_a_day()
    finder = repairs_of(problem)
    at_once = finder.at_once()
    assert at_once is not None
    assert at_once.repair.price == 2 * 30 * POINT
    outside, own = finder.by_kind()
    assert outside.repair.price == 2 * 5 * 12 * POINT
    assert sum(one.minutes for one in outside.repair.helpers) == 2 * DAY_MINUTES
    assert not outside.repair.agreements
    assert own.repair.price == 2 * 8 * 20 * POINT
    assert {one.spot.facet for one in own.repair.agreements} == {"count_must"}
    for mended in (at_once, outside, own):
        assert_legal(mended)


def test_advice_tells_the_cheapest_of_each_kind() -> None:
    problem = two_a_day()
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    advising = Advising(month, solution.findings, Search(LIMITS))
    advising.mend_at_once()
    advising.look_for_repairs(45.0)
    prices = [one.price for one in advising.advice.repairs]
    assert prices == [60 * POINT, 120 * POINT, 320 * POINT]


def test_of_larger_ways_advice_tells_only_that_there_are_such() -> None:
    """Where one thing is few, two days off are not, though nothing is cheaper."""
    problem = two_a_day()
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    advising = Advising(month, solution.findings, Search(FEW))
    advising.mend_at_once()
    advising.look_for_repairs(45.0)
    assert {one.actions for one in advising.advice.repairs} == {1}
    assert "載せていません" in larger_text(advising.advice)
    assert "載せていません" in enough_text(advising.advice)


def test_one_worker_for_several_nights_is_asked_for_these_alone() -> None:
    """Nobody begins a night the day after one, and 40 hours a week are two nights."""
    problem = five_nights()
    [outside] = repairs_of(problem).by_kind()
    repair = outside.repair
    assert repair.price == 3 * 18 * 12 * POINT
    assert len(repair.helpers) == 3
    members = {one.member.name: one.member for one in repair.helpers}
    assert len(members) == repair.actions == 2
    assert repair.kinds == 1
    for name, member in members.items():
        own = [one for one in repair.helpers if one.member.name == name]
        assert all(one.date in member.employed for one in own)
        if len(own) > 1:
            assert member.contract.minutes_max == sum(one.minutes for one in own)
    assert set(members).isdisjoint(NIGHTLY)
    assert len(outside.problem.staff) == len(problem.staff) + len(members)
    assert_legal(outside)


def test_much_of_one_kind_can_be_asked_where_few_things_are_not_enough() -> None:
    """One thing could be asked: two days off are two things, and of one kind."""
    at_once = repairs_of(two_a_day(), FEW).at_once()
    assert at_once is not None
    assert at_once.repair.kinds == 1
    some = replace(BUDGETS.repairs, most_actions=0, most_kinds=0)
    none = replace(LIMITS, budgets=replace(BUDGETS, repairs=some))
    finder = repairs_of(two_a_day(), none)
    assert finder.at_once() is None
    assert list(finder.by_kind()) == []
    assert finder.asks_too_much


def test_help_and_own_people_together_leave_out_a_kind() -> None:
    problem = two_a_day()
    rulebook = rules_of(problem)
    found = list(repairs_of(problem).by_kind(mixed=True))
    assert found
    for mended in found:
        spots = [one.spot for one in mended.repair.agreements]
        kinds = {rulebook.facet_of(one).yields for one in spots}
        assert Concession.DAY_OFF_FEWER not in kinds
        assert_legal(mended)


def test_many_broken_limits_of_a_level_have_one_cause_of_few_families() -> None:
    """Ten shifts in five dates, and the contracts of four people leave four.

    That not all of them keep their days off is proven without a word on the level.
    """
    owed = {"days_off_min": 4}
    problem = office(days=5, carer=owed, others=owed, day_users=[3] * 5)
    solution = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, solution.roster)
    some = replace(BUDGETS, causes=replace(BUDGETS.causes, few=1))
    causes = Causes(month, solution.findings, Search(replace(LIMITS, budgets=some)))
    [cause] = causes.find()
    assert not causes.unexplained
    broken = {month.rulebook.spot_of(one) for one in to_be_mended(solution.findings)}
    assert len(broken) > 1
    assert set(cause.spots) == broken
    facets = {(one.rule, one.facet) for one in cause.conditions}
    # Two people by day are wanted by the law, and by the office's three to one as well.
    wanted = {("A-03", "daily"), ("K-01", "must")}
    assert facets & wanted
    assert facets <= {*wanted, ("L-02", "days_off")}
