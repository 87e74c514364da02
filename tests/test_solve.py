"""The search: levels in order, honest bounds, an answer always, the audit as a gate."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest

import scheduler.solve
from scheduler.audit import audit, level_totals
from scheduler.domain.errors import Disagreement, GaveUp
from scheduler.domain.requests import Request
from scheduler.domain.shifts import OffKind
from scheduler.domain.stance import LEVELS, Stance
from scheduler.rulebook import load
from scheduler.solve import Progress, SearchLimits, Solution, fingerprint, solve
from tests.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_staff,
)

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


def value_of(solution: Solution, level: Stance) -> tuple[int, int]:
    """Value and bound of one level."""
    outcome = next(o for o in solution.outcomes if o.level is level)
    return outcome.value, outcome.bound


def test_levels_are_all_reported_in_order() -> None:
    """Six levels, each with the value that the audit recomputes from the roster."""
    problem = night_problem(6)
    solution = solve(problem, QUICK)
    assert tuple(outcome.level for outcome in solution.outcomes) == LEVELS
    totals = level_totals(load(problem.period), audit(problem, solution.roster))
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


def test_a_higher_level_is_never_traded_for_a_lower_one() -> None:
    """Three wishes for the same night off do not leave the night empty."""
    wishes = [
        Request.model_validate({"staff": f"P{i}", "date": FIRST, "want": "day_off"})
        for i in range(4)
    ]
    problem = night_problem(4, requests=wishes)
    with_wishes = solve(problem, QUICK)
    without = solve(problem.model_copy(update={"requests": ()}), QUICK)
    level = Stance.STATUTORY
    assert value_of(with_wishes, level) == value_of(without, level)
    assert value_of(with_wishes, Stance.WISH)[0] > 0


def test_a_wish_that_costs_nothing_is_granted() -> None:
    """With people to spare the wished day is a day off."""
    wish = Request.model_validate({"staff": "P0", "date": FIRST, "want": "day_off"})
    solution = solve(night_problem(8, requests=[wish]), QUICK)
    assert value_of(solution, Stance.WISH) == (0, 0)
    assert solution.roster.by_cell["P0", FIRST].off is OffKind.DAY_OFF


def test_progress_is_told_in_order_of_levels() -> None:
    """Whoever listens hears every level at least once, with a bound below the value."""
    heard: list[Progress] = []
    solve(night_problem(5), QUICK, heard.append)
    order = [LEVELS.index(progress.level) for progress in heard]
    assert order == sorted(order)
    assert all(p.value is None or p.bound <= p.value for p in heard)
    assert heard


def test_stopped_search_still_gives_an_audited_roster() -> None:
    """Asked to stop at the first roster, it stops, and claims no more than it knows."""
    stop = threading.Event()
    problem = night_problem(6)
    solution = solve(problem, QUICK, lambda progress: stop.set(), stop)
    assert len(solution.roster.duties) == 6 * 4
    totals = level_totals(load(problem.period), solution.findings)
    for outcome in solution.outcomes:
        assert outcome.bound <= outcome.value == totals.get(outcome.level, 0)


def test_no_time_is_giving_up_not_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that ends before its first roster raises `GaveUp`, nothing else."""
    search = scheduler.solve._Search  # noqa: SLF001 - the time given is inside
    monkeypatch.setattr(search, "_solver", _without_time(search._solver))  # noqa: SLF001
    with pytest.raises(GaveUp):
        solve(night_problem(6), QUICK)


def _without_time(make):  # type: ignore[no-untyped-def]
    def made(self, seconds):  # type: ignore[no-untyped-def]
        solver = make(self, seconds)
        solver.parameters.max_deterministic_time = 0
        return solver

    return made


def test_confirming_leaves_time_for_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second search takes its share of what the first one left, not as much."""
    search = scheduler.solve._Search  # noqa: SLF001
    given: list[float] = []
    make = search._solver  # noqa: SLF001

    def noted(self, seconds):  # type: ignore[no-untyped-def]
        given.append(seconds)
        return make(self, seconds)

    monkeypatch.setattr(search, "_solver", noted)
    solution = solve(night_problem(1), QUICK)
    assert solution.outcomes[0].confirmed
    assert given[1] < given[0]


def test_a_blind_audit_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the audit cannot see the shortage the model claims, nothing is returned."""
    monkeypatch.setattr(scheduler.solve, "audit", lambda *given: ())
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
