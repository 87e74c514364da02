"""What a precheck calls impossible is: the model finds no roster either."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.domain.requests import CoverRule
from scheduler.model import build
from scheduler.precheck import precheck
from scheduler.precheck.by_clock import hours_of
from scheduler.precheck.mends import mended
from scheduler.rulebook import rules_of
from tests.support.impossible import IMPOSSIBLE
from tests.support.judge import SPOKEN_OF, hold
from tests.support.thorough import first_of
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.problem import Problem
    from tests.support.impossible import Impossible

DRAWN = range(10)
SEEDS = first_of(DRAWN, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_impossible_is_impossible(seed: int) -> None:
    """Of random offices, each line alone, with nothing asked but what it speaks of."""
    hold(a_problem(random.Random(seed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_impossible_with_exceptions(seed: int) -> None:
    """The same where up to twenty exceptions were agreed on: they make room."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    rules = rules_of(problem)
    spots = [
        spot for spot, _, _ in build(problem).spots() if rules.facet_of(spot).yields
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


@pytest.mark.parametrize("seed", SEEDS)
def test_impossible_under_rules_that_allow_few(seed: int) -> None:
    """The same where two more cover rules allow nobody, or one or two people."""
    rnd = random.Random(seed)
    hold(with_ceilings(rnd, a_problem(rnd)))


def with_ceilings(rnd: random.Random, problem: Problem) -> Problem:
    """Add cover rules that allow few of a kind, on some weekdays, by shift or hours."""
    rules = [
        CoverRule.model_validate(
            {
                "name": name,
                "shift": rnd.choice([None, "夜", "深", "早"]),
                "role": rnd.choice([None, None, "care"]),
                "group": rnd.choice([None, None, "運転"]),
                "weekdays": sorted(rnd.sample(range(7), rnd.randint(2, 7))),
                "band": rnd.choice([None, None, "6:00-10:00", "20:00-31:00"]),
                "at_most": rnd.choice([0, 1, 2]),
            }
        )
        for name in ("上限1", "上限2")
    ]
    return problem.model_copy(update={"cover_rules": (*problem.cover_rules, *rules)})


@pytest.mark.parametrize("seed", SEEDS)
def test_mends_mend_their_line(seed: int) -> None:
    """Once one entry is changed, nothing is said of these people, dates and hours."""
    problem = a_problem(random.Random(seed))
    for line in precheck(problem):
        for mend in line.mends:
            left = [
                one
                for one in precheck(mended(problem, mend))
                if one.verdict is Verdict.IMPOSSIBLE and is_as(one, line)
            ]
            assert left == [], mend


def is_as(line: Line, before: Line) -> bool:
    """Tell whether a line says of the same person, or hours, what one said before."""
    if before.topic is Topic.CONTRACTS:
        return (line.code, line.people) == (before.code, before.people)
    about_hours = line.code.startswith(("hours_short", "hours_span", "care_people"))
    same_dates = not set(line.dates).isdisjoint(before.dates)
    return about_hours and same_dates and hours_of(line).overlaps(hours_of(before))


def test_the_random_offices_say_something() -> None:
    """The test above is about many lines, of every kind but the rarest."""
    lines = [
        line
        for seed in DRAWN
        for line in precheck(a_problem(random.Random(seed)))
        if line.verdict is Verdict.IMPOSSIBLE
    ]
    assert len(lines) > 80
    assert {line.topic for line in lines} == {*SPOKEN_OF, Topic.CAPACITY}


@pytest.mark.parametrize("office", IMPOSSIBLE, ids=lambda office: office.__name__)
def test_offices_impossible_by_construction(office: Callable[[], Impossible]) -> None:
    """Every office that is made to be impossible is seen through by counting."""
    assert hold(office().problem) > 0
