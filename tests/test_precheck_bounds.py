"""What a precheck calls impossible is: the model finds no roster either."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model

from scheduler.domain.agreements import Agreement, Spot
from scheduler.model import RosterModel
from scheduler.reports.precheck import Line, Topic, Verdict, precheck
from scheduler.rulebook import load
from tests.impossible import IMPOSSIBLE
from tests.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ortools.sat.python.cp_model import IntVar

    from scheduler.domain.problem import Problem
    from tests.impossible import Impossible

Facets = frozenset[tuple[str, str]]

SETTLED: Facets = frozenset(
    {
        ("W-02", "duty"),
        ("W-02", "on_call"),
        ("W-01", "must"),
        ("G", "night_ban"),
        ("P-02", "night_must"),
        ("P-07", "must"),
        ("F-13", "long_apart_must"),
    }
)
"""What every line takes as kept."""

CARE: Facets = frozenset({("A-03", "daily"), ("A-04", "presence"), ("K-01", "must")})
AWAKE: Facets = frozenset({("A-06", "awake")})
ON_CALL: Facets = frozenset({("A-06", "on_call")})
COVER: Facets = frozenset({("K-02", "band_must"), ("K-02", "count_must")})
DESKS: Facets = frozenset(
    {
        ("A-11", "desk"),
        ("A-13", "desk"),
        ("G", "desk_early"),
        ("G", "desk_late"),
    }
)
CONTRACTS: Facets = frozenset(
    {
        ("L-02", "days_off"),
        ("L-03", "hours_min"),
        ("L-03", "hours_max"),
        ("L-05", "nights_min"),
    }
)

SPOKEN_OF: dict[Topic, Facets] = {
    Topic.NIGHTS: AWAKE,
    Topic.ON_CALL: AWAKE | ON_CALL,
    Topic.CARE: CARE,
    Topic.HOURS: CARE | DESKS | AWAKE | {("A-03", "monthly"), ("A-10", "shifts")},
    Topic.QUALIFIED: COVER,
    Topic.CONTRACTS: CONTRACTS,
    Topic.PINS: COVER | {("P-01", "apart_must")},
}
"""The limits that a line of a topic says cannot be kept, beside what is settled."""

BY_DATE = (Topic.NIGHTS, Topic.ON_CALL, Topic.CARE, Topic.QUALIFIED)
"""Topics whose lines speak of their own dates alone, if they name any."""

SEEDS = range(10)

ON_LIST = ("full_timer", "nurse", "planner", "manager")
"""Lines on the staff list, which the model does not know (A-09 to A-13)."""


class Judge:
    """A model that is asked whether limits can be kept, some of them at a time."""

    def __init__(self, problem: Problem) -> None:
        self._model = RosterModel(problem)
        self._kept: dict[Spot, IntVar] = {}
        cp = self._model.cp
        for spot, _, terms in list(self._model.spots()):
            kept = cp.new_bool_var("kept")
            for slack, _ in terms:
                cp.add(slack == 0).only_enforce_if(kept)
            self._kept[spot] = kept

    def can_keep(self, asked: Callable[[Spot], bool]) -> bool:
        """Tell whether some roster keeps every limit that is asked for."""
        cp = self._model.cp
        cp.clear_assumptions()
        cp.add_assumptions([kept for spot, kept in self._kept.items() if asked(spot)])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(cp)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
        return status != cp_model.INFEASIBLE


def speaks_of(line: Line, spot: Spot) -> bool:
    """Tell whether a line says that the limit at a spot cannot be kept."""
    key = (spot.rule, spot.facet)
    if key in SETTLED:
        return True
    if line.code == "hours_all" and line.contract and key == ("L-03", "hours_max"):
        return True
    if key not in SPOKEN_OF[line.topic]:
        return False
    if line.topic is Topic.CONTRACTS:
        return spot.staff in line.people
    if line.topic in BY_DATE and line.dates and spot.date is not None:
        return spot.date in line.dates
    return True


def parts(line: Line) -> Iterator[Line]:
    """Yield a line for each date, where a line says the same of several."""
    if line.topic in BY_DATE and line.dates and not line.code.endswith("_span"):
        yield from (line.model_copy(update={"dates": (date,)}) for date in line.dates)
    else:
        yield line


def hold(problem: Problem) -> int:
    """Demand that the model cannot do what a precheck calls impossible."""
    lines = [
        line
        for line in precheck(problem)
        if line.verdict is Verdict.IMPOSSIBLE and line.code not in ON_LIST
    ]
    judge = Judge(problem)
    for line in lines:
        for part in parts(line):
            assert not judge.can_keep(partial(speaks_of, part)), part
    return len(lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_impossible_is_impossible(seed: int) -> None:
    """Of random offices, each line alone, with nothing asked but what it speaks of."""
    hold(a_problem(random.Random(seed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_impossible_with_exceptions(seed: int) -> None:
    """The same where up to twenty exceptions were agreed on: they make room."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    rules = load(problem.period)
    spots = [
        spot
        for spot, _, _ in RosterModel(problem).spots()
        if rules[spot.rule].facet[spot.facet].yields
    ]
    nights = [
        Spot(rule="L-05", facet="nights_max", staff=member.name)
        for member in problem.staff
    ]
    agreements = tuple(
        Agreement(spot=spot, amount=rnd.choice([1, 2, 240]))
        for spot in {*rnd.sample(spots, min(len(spots), 15)), *nights}
    )
    hold(problem.model_copy(update={"agreements": agreements}))


def test_the_random_offices_say_something() -> None:
    """The test above is about many lines, of every kind but the rarest."""
    lines = [
        line
        for seed in SEEDS
        for line in precheck(a_problem(random.Random(seed)))
        if line.verdict is Verdict.IMPOSSIBLE
    ]
    assert len(lines) > 80
    assert {line.topic for line in lines} == set(SPOKEN_OF)


@pytest.mark.parametrize("office", IMPOSSIBLE, ids=lambda office: office.__name__)
def test_offices_impossible_by_construction(office: Callable[[], Impossible]) -> None:
    """Every office that is made to be impossible is seen through by counting."""
    assert hold(office().problem) > 0
