"""The search: levels in order, honest bounds, an answer always, the audit as a gate."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model

import scheduler.solver.solution
from scheduler.audit import audit
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.requests import CoverRule, Request
from scheduler.domain.shifts import OffKind
from scheduler.rulebook import load
from scheduler.solver.engines import cp_sat
from scheduler.solver.search import Search
from scheduler.solver.solution import fingerprint
from scheduler.solver.solve import Progress, SearchLimits, Solution, solve
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_shift,
    make_staff,
)
from tests.support.programs import PYTHON, run

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

QUICK = SearchLimits(seconds=60)
DAY = dt.timedelta(days=1)


def night_problem(people: int, **fields: object) -> Problem:
    """Make four nights with a guest, and days without anybody but the staff.

    A night takes two, so three people make a legal month of nights:
    one works it, one is on call, the third is free for the next.
    """
    period = make_period(4)
    names = [f"P{i}" for i in range(people)]
    return make_problem(
        [make_staff(name) for name in names],
        period=period,
        forecast=make_forecast(period, overnight=1, overnight_before=1),
        **fields,
    )


@pytest.fixture(scope="module", name="told")
def _told() -> tuple[Solution, list[Progress]]:
    """Solve a month, and hear how the search goes on."""
    heard: list[Progress] = []
    return solve(night_problem(5), QUICK, heard.append), heard


@pytest.fixture(scope="module", name="wished")
def _wished() -> Solution:
    """Solve a month in which everybody wishes the same night off."""
    wishes = [
        Request.model_validate({"staff": f"P{i}", "date": FIRST, "want": "day_off"})
        for i in range(4)
    ]
    return solve(night_problem(4, requests=wishes), QUICK)


def value_of(solution: Solution, level: Stance) -> tuple[int, int]:
    """Value and bound of one level."""
    outcome = next(o for o in solution.outcomes if o.level is level)
    return outcome.value, outcome.bound


def test_levels_are_all_reported_in_order(
    told: tuple[Solution, list[Progress]],
) -> None:
    """Seven levels without pins, each with the value the audit finds in the roster."""
    problem, (solution, _heard) = night_problem(5), told
    assert tuple(outcome.level for outcome in solution.outcomes) == LEVELS[1:]
    totals = load(problem.period).level_totals(audit(problem, solution.roster))
    for outcome in solution.outcomes:
        assert outcome.value == totals.get(outcome.level, 0)
        assert outcome.bound <= outcome.value


def test_the_least_shortage_is_found_and_proven() -> None:
    """One person cannot be awake and on call: 540 minutes a night stay uncovered.

    Four nights, alone: 夜明夜明 leaves two nights without anybody awake and four
    without anybody on call, or better, is on call where not on duty.  Each night has
    2 x 540 person-minutes; one person gives at most 540 a night: 4 x 540 = 2160 stay
    short.  The day band of 15 hours adds what one person cannot reach, so only the
    night's part is asserted by itself.
    """
    problem = night_problem(1)
    solution = solve(problem, QUICK)
    night = sum(f.amount for f in solution.findings if f.rule == "A-06" and
                f.stance is Stance.STATUTORY)  # fmt: skip
    value, bound = value_of(solution, Stance.STATUTORY)
    assert value == bound
    assert night >= 2160
    assert not solution.is_legal
    assert solution.is_proven


def test_a_higher_level_is_never_traded_for_a_lower_one(wished: Solution) -> None:
    """Four wishes for the same night off do not leave the night empty."""
    without = solve(night_problem(4), QUICK)
    level = Stance.STATUTORY
    assert value_of(wished, level) == value_of(without, level)
    assert value_of(wished, Stance.WISH)[0] > 0


def test_a_wish_that_costs_nothing_is_granted() -> None:
    """With people to spare the wished day is a day off."""
    wish = Request.model_validate({"staff": "P0", "date": FIRST, "want": "day_off"})
    solution = solve(night_problem(8, requests=[wish]), QUICK)
    assert value_of(solution, Stance.WISH) == (0, 0)
    assert solution.roster.by_cell["P0", FIRST].off is OffKind.DAY_OFF


def shared_office(**fields: object) -> Problem:
    """Make six dates with one shift each; as a guideline P0 has it, whom it suits."""
    shift = make_shift("日", "9:00-13:00", [])
    period = make_period(6)
    return make_problem(
        [
            make_staff("P0", shifts=["日"], groups=["慣"]),
            make_staff("P1", shifts=["日"]),
        ],
        period=period,
        shifts=[shift],
        office=make_office(
            contact_system=True,
            night_band="13:00-33:00",
            fair_shifts=["日"],
            full_time_day=240,
            days_in_a_row_wished=6,
        ),
        forecast=make_forecast(period, 0),
        cover_rules=[
            CoverRule(name="1人", shift=shift.symbol, at_least=1, at_most=1),
            CoverRule(
                name="慣", group="慣", shift=shift.symbol, at_least=1, must=False
            ),
        ],
        **fields,
    )


def shifts_of(solution: Solution, name: str) -> int:
    """Count the shifts of a person."""
    return sum(bool(d.shift) for d in solution.roster.duties if d.staff == name)


def test_a_guideline_does_not_buy_unevenness() -> None:
    """Four and two are even enough; the two that P1 has stay below the guideline."""
    solution = solve(shared_office(), QUICK)
    assert (shifts_of(solution, "P0"), shifts_of(solution, "P1")) == (4, 2)
    assert value_of(solution, Stance.FAIR) == (0, 0)
    assert value_of(solution, Stance.GUIDELINE) == (120, 120)
    assert value_of(solution, Stance.WISH) == (0, 0)


def test_no_guideline_refuses_a_wish() -> None:
    """P0 is off as wished on all the dates on which that is even enough: four."""
    wishes = [
        Request.model_validate(
            {"staff": "P0", "date": FIRST + DAY * i, "want": "day_off"}
        )
        for i in range(4)
    ]
    solution = solve(shared_office(requests=wishes), QUICK)
    assert value_of(solution, Stance.WISH) == (0, 0)
    assert value_of(solution, Stance.GUIDELINE) == (240, 240)


def test_progress_is_told_in_order_of_levels(
    told: tuple[Solution, list[Progress]],
) -> None:
    """Whoever listens hears every level at least once, with a bound below the value."""
    _solution, heard = told
    order = [LEVELS.index(progress.level) for progress in heard]
    assert order == sorted(order)
    assert all(p.value is None or p.bound <= p.value for p in heard)
    assert heard


def test_stopped_search_still_gives_an_audited_roster() -> None:
    """Asked to stop at the first roster, it stops, and claims no more than it knows."""
    stop = threading.Event()
    problem = night_problem(6)

    def at_the_first(progress: Progress) -> None:
        if progress.value is not None:
            stop.set()

    solution = solve(problem, QUICK, at_the_first, stop)
    assert len(solution.roster.duties) == 6 * 4
    totals = load(problem.period).level_totals(solution.findings)
    for outcome in solution.outcomes:
        assert outcome.bound <= outcome.value == totals.get(outcome.level, 0)


def test_no_time_is_giving_up_not_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that ends before its first roster raises `GaveUp`, nothing else."""
    run = cp_sat.run

    def hasty(cp, parameters, talk):  # type: ignore[no-untyped-def]
        return run(cp, {**parameters, "max_deterministic_time": 0}, talk)

    monkeypatch.setattr(cp_sat, "run", hasty)
    with pytest.raises(GaveUp):
        solve(night_problem(6), SearchLimits(seconds=60, repeatable=True))


def test_a_model_that_the_solver_refuses_says_nothing_of_the_month() -> None:
    """An objective beyond 64 bits is our bug, and no proof that nothing exists."""
    cp = cp_model.CpModel()
    amounts = [cp.new_int_var(0, 2**40, "amount") for _ in range(4)]
    cp.minimize(cp_model.LinearExpr.sum(amounts) * 2**40)
    with pytest.raises(Disagreement):
        Search(QUICK).run(cp, 1)


def test_every_claim_of_a_best_is_confirmed_by_a_second_search(
    wished: Solution,
) -> None:
    """A wish level whose best is not zero is asked again, like the law's."""
    wish = next(o for o in wished.outcomes if o.level is Stance.WISH)
    assert wish.value == wish.bound > 0
    assert wish.confirmed
    assert all(o.is_certain for o in wished.outcomes if o.is_best)


def repeated() -> str:
    """Return the cells of a repeatable search, and that it is told to be one."""
    found = solve(night_problem(4), SearchLimits(seconds=60, repeatable=True)).roster
    assert found.provenance is not None
    assert found.provenance.repeatable
    return found.model_dump_json(include={"duties", "on_call", "reasons"})


def test_a_repeatable_search_repeats_itself_in_another_process() -> None:
    """The same input and settings: the same roster to the cell, whatever the hashes."""
    code = "from tests.solver.test_solve import repeated; print(repeated())"
    other_hashes = os.environ | {"PYTHONHASHSEED": "4711"}
    root = Path(__file__).parents[2]
    ran = run(root, "-c", code, program=PYTHON, env=other_hashes)
    assert ran.out.strip() == repeated()


def test_a_blind_audit_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the audit cannot see the shortage the model claims, nothing is returned."""
    monkeypatch.setattr(scheduler.solver.solution, "audit", lambda *given: ())
    with pytest.raises(Disagreement):
        solve(night_problem(1), QUICK)


def test_the_roster_says_where_it_comes_from() -> None:
    """Provenance names the input, the rulebook, the versions and the levels."""
    problem = make_problem(office=make_office(contact_system=True), days=2)
    solution = solve(problem, SearchLimits(seconds=20, workers=1, seed=7))
    provenance = solution.roster.provenance
    assert provenance is not None
    assert provenance.input_sha256 == fingerprint(problem)
    assert (provenance.seed, provenance.workers) == (7, 1)
    assert provenance.outcomes == solution.outcomes
