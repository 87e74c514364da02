"""Two kinds of solver, and where it can be done counting through, find the same values.

``make two-solvers`` takes 200 random offices instead of the first few.
"""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python.cp_model import OPTIMAL, CpSolver

from scheduler.audit import audit
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.shifts import OnCall
from scheduler.model import build
from scheduler.rulebook import load
from scheduler.solver.engines import highs
from scheduler.solver.engines.exchange import Exchange
from scheduler.solver.engines.linear_program import LinearProgram
from tests.support.builders import (
    make_duty,
    make_office,
    make_problem,
    make_shift,
    make_staff,
)
from tests.support.thorough import first_of
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ortools.sat.python.cp_model import CpModel

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

UNTIMED = float("inf")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Draw as many random offices as the command line asks for."""
    number: int = metafunc.config.getoption("--offices")
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", first_of(range(number), 2))
    if "small_seed" in metafunc.fixturenames:
        metafunc.parametrize("small_seed", first_of(range(2 + number // 20), 1))


def by_cp_sat(cp: CpModel) -> int:
    """Return the least value of a model's objective, proven by CP-SAT."""
    solver = CpSolver()
    solver.parameters.num_workers = 1
    # Without the whole linear program, single offices take minutes instead of a second.
    solver.parameters.linearization_level = 2
    assert solver.solve(cp) == OPTIMAL
    return round(solver.objective_value)


def by_highs(cp: CpModel) -> int:
    """Return the least value of a model's objective, proven by HiGHS."""
    exchange = Exchange(LinearProgram.of(cp))
    highs.run(exchange, UNTIMED, exchange.over.is_set)
    value, values = exchange.incumbent
    assert exchange.is_settled
    assert value is not None
    assert exchange.program.is_satisfied(values)
    return value


def levels(problem: Problem, *solvers: Callable[[CpModel], int]) -> list[list[int]]:
    """Return for each level the value that each solver proves, levels held in order."""
    model = build(problem)
    found = []
    for level in LEVELS:
        penalty = model.penalty(level)
        if penalty is None:
            found.append([0] * len(solvers))
            continue
        model.aim(penalty)
        found.append([solver(model.cp) for solver in solvers])
        model.cp.add(penalty <= found[-1][0])
    return found


def test_cp_sat_and_highs_prove_the_same_values(seed: int) -> None:
    for values in levels(small_problem(random.Random(seed)), by_cp_sat, by_highs):
        assert len(set(values)) == 1, values


def test_a_solution_that_highs_loses_is_no_proof() -> None:
    """Of this office HiGHS, with presolve, calls a level infeasible that is not."""
    for values in levels(small_problem(random.Random(183)), by_cp_sat, by_highs):
        assert len(set(values)) == 1, values


@pytest.mark.parametrize("everybody", [{}, AWAY_ON_FIRST], ids=["legal", "short"])
def test_both_agree_on_the_small_office(everybody: dict[str, dict[str, str]]) -> None:
    for values in levels(tiny_problem(**everybody), by_cp_sat, by_highs):
        assert len(set(values)) == 1, values


def test_both_find_what_counting_through_finds(small_seed: int) -> None:
    """Of all rosters of two dates, judged by the audit, none is better or as good."""
    problem = two_dates(random.Random(small_seed))
    judged = (worth(problem, roster) for roster in rosters(problem))
    least = min(value for value in judged if value is not None)
    found = levels(problem, by_cp_sat, by_highs)
    assert found == [[value, value] for value in least]


CELLS = 18
"""Cells of a random office up to which all levels are proven in a second or less."""


def small_problem(rnd: random.Random) -> Problem:
    """Draw random offices until one is small."""
    while True:
        problem = a_problem(rnd)
        if len(problem.staff) * problem.period.days <= CELLS:
            return problem


TABLE = (
    make_shift("早", "7:00-16:00", ["12:00-13:00"]),
    make_shift("遅", "12:00-21:00", ["16:00-17:00"]),
    make_shift("夜", "16:30-33:30", ["24:00-26:00"]),
)


def two_dates(rnd: random.Random) -> Problem:
    """Draw an office of two people and two dates."""
    people = [
        make_staff("A", shifts=["早", "遅", "夜"], minutes_min=rnd.choice((480, 1200))),
        make_staff(
            "B",
            shifts=rnd.sample(["早", "遅", "夜"], 2),
            on_call=False,
            nights_max=rnd.randint(0, 1),
        ),
    ]
    problem = make_problem(
        people,
        days=2,
        shifts=TABLE,
        office=make_office(
            contact_system=rnd.random() < 0.5,
            rest_wished=rnd.choice((0, 660)),
            nights_wished=rnd.randint(0, 1),
            planner_desk=rnd.choice((0, 60)),
        ),
    )
    wants = {"want": rnd.choice(("day_off", "not_on_call")), "strength": "weak"}
    asked = {"staff": rnd.choice("AB"), "date": rnd.choice(problem.period.dates)}
    request = Request.model_validate({**wants, **asked})
    return problem.model_copy(update={"requests": (request,)})


def rosters(problem: Problem) -> Iterator[Roster]:
    """Yield every roster that can be written, allowed or not."""
    dates = problem.period.dates
    cells = [
        [
            make_duty(problem, member.name, date, symbol)
            for symbol in (*member.shifts, "休", "明")
        ]
        for member in problem.staff
        for date in dates
    ]
    takers = [member.name for member in problem.staff if member.on_call]
    nights = [
        [None, *(OnCall(staff=name, date=date) for name in takers)] for date in dates
    ]
    for duties in product(*cells):
        for on_call in product(*nights):
            calls = tuple(night for night in on_call if night is not None)
            yield RosterRecord(duties=duties, on_call=calls)


def worth(problem: Problem, roster: Roster) -> tuple[int, ...] | None:
    """Return the audit's value of each level; ``None`` if the roster is not allowed."""
    findings = audit(problem, roster)
    if any(finding.stance is Stance.ENFORCED for finding in findings):
        return None
    totals = load(problem.period).level_totals(findings)
    return tuple(totals.get(level, 0) for level in LEVELS)
