"""Counting the people whose days change: one model, asked again and again."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from ortools.sat.python import cp_model

from scheduler.domain.absences import Ability, Outcome
from scheduler.solver.budgets import BUDGETS, AbsenceBudget
from scheduler.solver.engines import exact
from scheduler.solver.engines.incremental import IncrementalModel
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.resilience import Absences, Judge, cases
from scheduler.whatif.substitutes import substitutes
from tests.support.thorough import first_of
from tests.whatif.test_substitutes import random_gap, random_month

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

pytestmark = pytest.mark.skipif(
    not exact.is_there(), reason="Exact has no wheel for this machine"
)

LIMITS = SearchLimits(60, workers=1)

NEVER_COUNTED = replace(
    BUDGETS,
    substitutes=replace(BUDGETS.substitutes, rounds=0, work=8.0),
    absences=AbsenceBudget(rounds=0, work=8.0, work_for_all=8.0),
)
"""Budgets with which CP-SAT alone searches, to the end."""


# -- a model under assumptions -----------------------------------------------------


def seats(people: int, places: int) -> tuple[cp_model.CpModel, list[int]]:
    """Make a model in which each person who comes has a place of their own.

    Returns
    -------
    The model, and by person the index of the variable that is 1 if they stay away.
    """
    cp = cp_model.CpModel()
    sits = [[cp.new_bool_var("sits") for _ in range(places)] for _ in range(people)]
    away = [cp.new_bool_var("away") for _ in range(people)]
    for person, is_away in zip(sits, away, strict=True):
        cp.add_bool_or([*person, is_away])
    for place in zip(*sits, strict=True):
        cp.add_at_most_one(place)
    return cp, [one.index for one in away]


def test_an_answer_holds_under_its_assumptions_alone() -> None:
    cp, away = seats(people=21, places=20)
    model = IncrementalModel(cp)
    nobody_away = dict.fromkeys(away, 0)
    assert model.solve(nobody_away, rounds=50).is_impossible
    one_away = {**nobody_away, away[3]: 1}
    found = model.solve(one_away, rounds=50)
    assert not found.is_impossible
    assert [found.values[index] for index in away] == [*[0] * 3, 1, *[0] * 17]
    assert model.solve(nobody_away, rounds=50).is_impossible


def test_rows_alone_may_exclude_an_assumption() -> None:
    cp = cp_model.CpModel()
    fixed, free = cp.new_bool_var("fixed"), cp.new_bool_var("free")
    cp.add(fixed == 1)
    cp.add(fixed + free >= 1)
    model = IncrementalModel(cp)
    assert model.solve({fixed.index: 0}, rounds=1).is_impossible
    assert model.solve({fixed.index: 1, free.index: 0}, rounds=1).values == (1, 0)


def market_split() -> cp_model.CpModel:
    """Make a model that no search ends on: rows that hardly any choice satisfies."""
    rnd = random.Random(1)
    cp = cp_model.CpModel()
    chosen = [cp.new_bool_var("x") for _ in range(500)]
    for _ in range(60):
        weights = [rnd.randint(1, 1000) for _ in chosen]
        total = cp_model.LinearExpr.weighted_sum(chosen, weights)
        cp.add(total == sum(weights) // 2)
    return cp


def test_too_little_effort_is_no_answer() -> None:
    assert IncrementalModel(market_split()).solve({}, rounds=1) == ((), False)


def test_after_a_stop_nothing_is_known() -> None:
    stopped = IncrementalModel(market_split())
    assert stopped.solve({}, 10**6, is_stopped=lambda: True) == ((), False)
    assert stopped.solve({}, rounds=1) == ((), False)
    cp, away = seats(people=3, places=2)
    model = IncrementalModel(cp)
    assert model.solve(dict.fromkeys(away, 0), rounds=1).is_impossible, "not its own"


# -- against searches by CP-SAT alone ----------------------------------------------


@cache
def a_month(seed: int) -> tuple[Problem, Roster]:
    return random_month(random.Random(seed))


@pytest.mark.parametrize("seed", first_of(range(40, 60), 3))
def test_counting_and_searching_agree_on_absences(seed: int) -> None:
    problem, roster = a_month(seed)
    first = problem.period.first
    order = Absences(problem=problem, made=roster, roster=roster, first=first)
    judge, alone = Judge(order), Judge(order)
    by_search = replace(LIMITS, budgets=NEVER_COUNTED)
    outcomes: set[Outcome] = set()
    for case in cases(problem, roster, first):
        one = judge.judge(*case, Search(LIMITS))
        other = alone.judge(*case, Search(by_search))
        assert one.outcome == other.outcome, case
        if one.is_least and other.is_least:
            assert len(one.asked) == len(other.asked), case
        outcomes.add(one.outcome)
    assert len(outcomes) > 1


@pytest.mark.parametrize("seed", first_of(range(40, 60), 3))
def test_counting_and_searching_agree_on_substitutes(seed: int) -> None:
    problem, roster = a_month(seed)
    gap = random_gap(random.Random(seed), problem, roster)

    def ask(**more: Any) -> dict[str, tuple[Ability, int]]:
        found = substitutes(problem, roster, gap, limits=replace(LIMITS, **more))
        return {one.staff: (one.verdict, len(one.asked)) for one in found}

    counted = ask()
    assert counted == ask(budgets=NEVER_COUNTED)
    assert Ability.UNDECIDED not in {verdict for verdict, _ in counted.values()}
