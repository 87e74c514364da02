"""The standing month: what of it is held, and how near another roster must be."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.domain.agreements import Spot
from scheduler.domain.plan import changes
from scheduler.domain.scenario import Absence, Scenario
from scheduler.model import build
from scheduler.solver.budgets import Budgets, Reach
from scheduler.solver.search import Found, Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.edits import Settled
from scheduler.solver.standing.widening import (
    Disruption,
    costs_least,
    fewest_people,
    steps,
    widen,
)
from tests.support.builders import FIRST, make_duty, with_duties
from tests.support.tiny import STAFF, tiny_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

DATES = tuple(FIRST + dt.timedelta(days=day) for day in range(3))
NAMES = tuple(str(one["name"]) for one in STAFF)


class Finished(NamedTuple):
    problem: Problem
    roster: Roster


@cache
def finished() -> Finished:
    problem = tiny_problem()
    return Finished(problem, solve(problem, SearchLimits(30, 2)).roster)


def moved(baseline: Baseline, around: Sequence[dt.date], days: int) -> set[dt.date]:
    """Return the dates that differ where as much as can be is made to."""
    cp = baseline.model.cp.clone()
    baseline.hold_far(cp, around, days)
    return most_changed(baseline, cp)


def most_changed(baseline: Baseline, cp: CpModel) -> set[dt.date]:
    cp.maximize(expression(baseline.cells()))
    values = Search(SearchLimits(20, 2)).run(cp, 20).values
    assert values
    after = baseline.read(values)
    found = tuple(changes(baseline.problem, baseline.roster, after))
    assert baseline.cells().value(values) == len(found)
    return {change.date for change in found}


@pytest.mark.parametrize(("days", "dates"), [(0, 1), (1, 2), (2, 3)])
def test_what_lies_far_is_held(days: int, dates: int) -> None:
    """Around the first date; and of what differs the audit's plan counts as much."""
    problem, roster = finished()
    baseline = Baseline(build(problem), roster)
    assert moved(baseline, DATES[:1], days) == set(DATES[:dates])


def test_what_is_settled_is_held() -> None:
    """The past, a cell, and who is absent; somebody else may change."""
    problem, roster = finished()
    name, other = NAMES[0], NAMES[1]
    scenario = Scenario(
        now=DATES[1], absences=(Absence(staff=other, first=DATES[2], last=DATES[2]),)
    )
    edited = with_duties(roster, make_duty(problem, name, DATES[1], "休"))
    settled = Settled.by_hand(problem, roster, edited, scenario)
    baseline = Baseline(build(problem), edited, scenario.now)
    cp = baseline.model.cp.clone()
    baseline.hold(cp, settled)
    assert most_changed(baseline, cp) <= set(DATES[1:])
    assert settled.cells <= {(name, DATES[1])}
    assert settled.covers(Spot(rule="W-02", facet="duty", staff=other, date=DATES[2]))
    assert not settled.covers(Spot(rule="A-04", facet="presence", date=DATES[2]))


def test_steps_widen_and_skip_what_is_near_nothing() -> None:
    problem, roster = finished()
    baseline = Baseline(build(problem), roster)
    reaches = (Reach(0), Reach(1), Reach(None))
    cp = baseline.model.cp
    near = [reach.days for _, reach in steps(baseline, cp, DATES[:1], reaches)]
    assert near == [0, 1, None]
    assert [reach.days for _, reach in steps(baseline, cp, (), reaches)] == [None]


def test_one_step_is_made_however_little_time_there_is() -> None:
    """The others are not begun; nor is any without being asked for."""
    problem, roster = finished()
    baseline = Baseline(build(problem), roster)
    search = Search(SearchLimits(0.0, 1))
    reaches = (Reach(0, 5.0), Reach(1, 5.0), Reach(None, 5.0))
    given = baseline, baseline.model.cp, DATES[:1], reaches
    assert search.is_over
    assert len(list(widen(*given, search))) == 1
    long = Search(SearchLimits(20, 1))
    assert all(found.values for found in widen(*given, long))
    assert len(list(widen(*given, long))) == len(reaches)


def test_budgets_go_with_the_limits() -> None:
    """A part of a search has those of the whole."""
    own = Budgets(poll=0.05)
    whole = Search(SearchLimits(10, budgets=own))
    assert whole.another(4).budgets is own


def test_how_many_are_needed_is_known_of_the_first_number_that_is_enough() -> None:
    """Two people change places: one is spoken to, so that one other is asked."""
    problem, roster = finished()
    baseline = Baseline(build(problem), roster)
    cp = baseline.model.cp.clone()
    disruption = Disruption(baseline, cp)
    cells = {name: expression(baseline.cells((name,))) for name in NAMES}
    cp.add(cells[NAMES[0]] >= 1)
    cp.add(LinearExpr.sum(list(cells.values())) >= 2)
    for name in NAMES:
        cp.add(cells[name] <= 1)
    search = Search(SearchLimits(20, 1))
    way = fewest_people(
        disruption, cp, search, spoken_to={NAMES[0]}, others=(0, len(NAMES) - 1)
    )
    assert way.values
    assert way.is_proven
    assert way.needed == 1
    assert disruption.people_but({NAMES[0]}).value(way.values) == 1


@pytest.mark.parametrize(("bound", "least"), [(29_999, False), (30_000, True)])
def test_ties_need_not_be_proven(bound: int, least: bool) -> None:
    """Cost 3: at a bound of 30,000 another roster could win ties, but cost no less."""
    found = Found((3,), bound, 1.0, is_impossible=False, is_optimal=False)
    cost = LinearSum.of([CpModel().new_int_var(0, 9, "cost")], upper=9)
    assert costs_least(found, cost) is least
