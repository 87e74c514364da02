"""The engines: one model for all, checked solutions, claims that two of them make."""

from __future__ import annotations

import dataclasses
import itertools
import random
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from scheduler.solver.engines import cp_sat, exact, highs
from scheduler.solver.engines.exchange import Engine, Exchange
from scheduler.solver.engines.linear_program import (
    GrowingModel,
    LinearProgram,
    NotLinear,
)
from scheduler.solver.engines.turns import CUTTING, PROVING, Turns
from scheduler.solver.search import Search, SearchLimits

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = SearchLimits(seconds=30, workers=2)

needs_exact = pytest.mark.skipif(
    not exact.is_there(), reason="Exact has no wheel for this machine"
)


def knapsack() -> cp_model.CpModel:
    """Minimise 5a + 4b + 3c with 2a + 3b + c >= 4, each from 0 to 2.

    The best is 7 (b and c once); a twice costs 10, a once and c twice 11.
    """
    cp = cp_model.CpModel()
    a, b, c = (cp.new_int_var(0, 2, name) for name in "abc")
    cp.add(2 * a + 3 * b + c >= 4)
    cp.minimize(5 * a + 4 * b + 3 * c)
    return cp


def covering(items: int, rows: int) -> cp_model.CpModel:
    """Choose the cheapest of some items: seven of every row, which has forty."""
    cp = cp_model.CpModel()
    rng = random.Random(5)
    chosen = [cp.new_bool_var("x") for _ in range(items)]
    for _ in range(rows):
        cp.add(cp_model.LinearExpr.sum(rng.sample(chosen, 40)) >= 7)
    costs = [rng.randint(50, 60) for _ in chosen]
    cp.minimize(cp_model.LinearExpr.weighted_sum(chosen, costs))
    return cp


def random_model(rng: random.Random) -> cp_model.CpModel:
    """Return a model of five variables with constraints of every kind."""
    cp = cp_model.CpModel()
    bools = [cp.new_bool_var(f"b{i}") for i in range(3)]
    ints = [cp.new_int_var(rng.randint(-1, 0), rng.randint(1, 2), "i") for _ in "ab"]
    every = [*bools, *ints]

    def literal() -> cp_model.LiteralT:
        one = rng.choice(bools)
        return one if rng.random() < 0.5 else ~one

    def total() -> cp_model.LinearExprT:
        return sum(rng.randint(-2, 2) * one for one in every) + rng.randint(-1, 1)

    for _ in range(rng.randint(1, 3)):
        kind = rng.randrange(6)
        if kind == 0:
            cp.add_at_most_one(literal(), literal())
        elif kind == 1:
            cp.add_exactly_one(literal(), literal())
        elif kind == 2:
            cp.add_bool_or(literal(), literal()).only_enforce_if(literal())
        elif kind == 3:
            cp.add_implication(literal(), literal())
        else:
            sides = (total() <= rng.randint(-1, 2), total() == rng.randint(-1, 2))
            posted = cp.add(rng.choice(sides))  # type: ignore[arg-type]
            if kind == 5:
                posted.only_enforce_if(literal(), literal())
    cp.minimize(total())
    return cp


def satisfied(cp: cp_model.CpModel, values: tuple[int, ...]) -> bool:
    """Return whether CP-SAT accepts the values."""
    fixed = cp.clone()
    for index, value in enumerate(values):
        fixed.add(fixed.get_int_var_from_proto_index(index) == value)
    return cp_model.CpSolver().solve(fixed) == cp_model.OPTIMAL


@pytest.mark.parametrize("seed", range(8))
def test_the_rows_say_what_the_model_says(seed: int) -> None:
    """Every assignment satisfies the rows exactly if CP-SAT accepts it."""
    cp = random_model(random.Random(seed))
    program = LinearProgram.of(cp)
    ranges = [
        range(low, high + 1)
        for low, high in zip(program.low, program.high, strict=True)
    ]
    for values in itertools.product(*ranges):
        assert program.is_satisfied(values) == satisfied(cp, values), values


def test_a_model_that_grows_is_read_as_it_is() -> None:
    """Variables, rows and another objective that are added after the first reading."""
    rng = random.Random(7)
    cp = random_model(rng)
    growing = GrowingModel(cp)
    before = growing.program()
    one = cp.new_int_var(0, 4, "more")
    first = cp.get_int_var_from_proto_index(0)
    cp.add(one + 2 * first <= 3)
    cp.minimize(5 * one - first)
    after, anew = growing.program(), LinearProgram.of(cp)
    assert len(after.row_low) == len(before.row_low) + 1
    for part in dataclasses.fields(LinearProgram):
        read, whole = (getattr(p, part.name) for p in (after, anew))
        assert np.array_equal(read, whole), part.name


@pytest.fixture
def without_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave Exact out, as on a machine for which there is none."""
    monkeypatch.setattr(exact, "is_there", lambda: False)


def legal_values(program: LinearProgram) -> list[int]:
    """Return the value of every solution, found by trying all."""
    ranges = [
        range(low, high + 1)
        for low, high in zip(program.low, program.high, strict=True)
    ]
    every = itertools.product(*ranges)
    return [program.value(one) for one in every if program.is_satisfied(one)]


@needs_exact
@pytest.mark.parametrize("seed", range(12))
def test_exact_finds_and_proves_by_itself_what_enumeration_finds(seed: int) -> None:
    """From nothing, and from each solution in place of the best one."""
    program = LinearProgram.of(random_model(random.Random(100 + seed)))
    legal = legal_values(program)
    exchange = Exchange(program)
    exact.run(exchange, lambda: False)
    assert exchange.incumbent[0] == min(legal, default=None)
    assert exchange.has_proven(Engine.EXACT)
    assert not exchange.is_confirmed or min(legal, default=None) == program.lowest


@needs_exact
@pytest.mark.parametrize("known", [(2, 2, 2), (1, 0, 2), (0, 1, 1)])
def test_exact_goes_on_from_the_best_known(known: tuple[int, ...]) -> None:
    """The best value is 7, of (0, 1, 1)."""
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.offer(known)
    exact.run(exchange, lambda: False)
    assert exchange.incumbent == (7, (0, 1, 1))
    assert exchange.proven(Engine.EXACT) == 7


def many_to_pay() -> cp_model.CpModel:
    """Thirty pairs of which one costs 1 each: the best is 30, all costs 60."""
    cp = cp_model.CpModel()
    paid = [cp.new_bool_var("p") for _ in range(60)]
    for one, other in zip(paid[::2], paid[1::2], strict=True):
        cp.add_bool_or(one, other)
    cp.minimize(sum(paid))
    return cp


@needs_exact
def test_exact_begins_with_the_least_and_doubles_its_steps() -> None:
    """From all paid it asks for the least, and hardly for what is a little less."""
    told: list[tuple[int, int]] = []
    exchange = Exchange(
        LinearProgram.of(many_to_pay()),
        lambda value, bound, values: told.append((value, bound)),
    )
    exchange.offer([1] * 60)
    exact.run(exchange, lambda: False)
    assert told[-1] == (30, 30)
    assert told[1][1] > 0, "a bound comes before a better solution"
    assert len(told) < 20


def test_steps_grow_where_they_are_quick_and_shrink_where_they_are_not() -> None:
    """Of a way of a thousand: 3 in 100 at first."""
    stride = exact.Stride()
    assert stride.of(1000) == 30
    stride.learn(0.01, is_found=True)
    assert stride.of(1000) == 33
    stride.learn(0.1, is_found=True)
    assert stride.of(1000) == 33, "neither quick nor slow"
    stride.learn(0.3, is_found=True)
    assert stride.of(1000) == 16
    stride.learn(0.01, is_found=False)
    assert stride.of(1000) == 4
    for _ in range(9):
        stride.learn(0.01, is_found=False)
    assert stride.of(100_000) == 100, "never less than a thousandth"
    for _ in range(99):
        stride.learn(0.01, is_found=True)
    assert stride.of(1000) == 500, "never more than half"


def far_to_go() -> cp_model.CpModel:
    """Forty numbers of 0 to 50, neighbours' sums at least 20: the best is 400."""
    cp = cp_model.CpModel()
    numbers = [cp.new_int_var(0, 50, "n") for _ in range(40)]
    for one, other in itertools.pairwise(numbers):
        cp.add(one + other >= 20)
    cp.minimize(sum(numbers))
    return cp


@needs_exact
def test_exact_comes_from_above_in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 2,000, a step at a time; none is asked for far below the last."""
    monkeypatch.setattr(exact, "FIRST", -1.0)  # Nothing from below.
    told: list[int] = []
    exchange = Exchange(
        LinearProgram.of(far_to_go()), lambda value, bound, values: told.append(value)
    )
    exchange.offer([50] * 40)
    exact.run(exchange, lambda: False)
    assert exchange.incumbent[0] == 400
    assert exchange.proven(Engine.EXACT) == 400
    assert told[0] == 2000
    assert told[1] <= 1940, "three in a hundred of the way of 2,000"
    assert len(set(told)) > 5


LIARS = {
    "no solution": "[9] * len(self._names)",
    "above the limit": "[2] * len(self._names)",
}


@needs_exact
@pytest.mark.parametrize("values", LIARS.values(), ids=LIARS)
def test_what_does_not_count_ends_exact(
    monkeypatch: pytest.MonkeyPatch, values: str
) -> None:
    """Asked again it would say the same, for ever."""
    real = subprocess.Popen
    code = (
        "from scheduler.solver.engines import exact_process as it\n"
        f"it._Solver.answer = lambda self, question: it.Reply({values})\n"
        "it.main()"
    )

    def start(*_given: Any, **more: Any) -> subprocess.Popen[bytes]:
        return real([sys.executable, "-c", code], **more)

    monkeypatch.setattr(subprocess, "Popen", start)
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.offer((1, 0, 2))
    exact.run(exchange, lambda: False)
    assert exchange.incumbent == (11, (1, 0, 2))
    assert not exchange.is_settled


@needs_exact
def test_a_turn_ends_with_the_run() -> None:
    """Or HiGHS, which stands still during turns, would wait for ever."""
    turn = threading.Event()
    exact.run(Exchange(LinearProgram.of(knapsack())), lambda: False, turn)
    assert not turn.is_set()


def test_highs_stands_still_while_it_is_to_wait_and_no_longer() -> None:
    asked = itertools.count()
    exchange = Exchange(LinearProgram.of(covering(items=60, rows=20)))
    highs.run(exchange, 600, lambda: False, is_to_wait=lambda: next(asked) < 3)
    assert exchange.has_proven(Engine.HIGHS)
    assert next(asked) > 3


def test_highs_that_is_to_wait_ends_when_stopped() -> None:
    """Else it would wait for ever."""
    asked = itertools.count()
    exchange = Exchange(LinearProgram.of(covering(items=400, rows=200)))
    highs.run(exchange, 600, lambda: next(asked) > 2, is_to_wait=lambda: True)
    assert not exchange.has_proven(Engine.HIGHS)


@needs_exact
def test_exact_proves_by_counting() -> None:
    """Forty-one people in forty places: clauses alone would try 40! ways."""
    cp = cp_model.CpModel()
    sits = [[cp.new_bool_var("x") for _ in range(40)] for _ in range(41)]
    for person in sits:
        cp.add_bool_or(person)
    for place in zip(*sits, strict=True):
        cp.add_at_most_one(place)
    exchange = Exchange(LinearProgram.of(cp))
    exact.run(exchange, lambda: False)
    assert exchange.has_proven(Engine.EXACT)
    assert exchange.incumbent[0] is None


@needs_exact
def test_exact_ends_with_its_process_when_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever it does: here it reads rows without end."""
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(real([sys.executable, "-c", "while True: pass"], **more))
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", start)
    asked = itertools.count()
    exact.run(Exchange(LinearProgram.of(knapsack())), lambda: next(asked) > 3)
    assert started[0].returncode is not None


@needs_exact
@pytest.mark.parametrize("code", ["", "import os; os._exit(3)"])
def test_the_search_goes_on_where_exact_dies(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    real = subprocess.Popen

    def start(*_given: Any, **more: Any) -> subprocess.Popen[bytes]:
        return real([sys.executable, "-c", code], **more)

    monkeypatch.setattr(subprocess, "Popen", start)
    exchange = Exchange(LinearProgram.of(knapsack()))
    exact.run(exchange, lambda: False)
    assert not exchange.is_settled
    assert Search(LIMITS).minimise(knapsack(), 20, confirming=20).agreed == 7


def test_two_engines_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS has nothing to say, and CP-SAT and Exact have proven it."""
    monkeypatch.setattr(highs, "run", lambda *given, **more: None)
    found = Search(LIMITS).minimise(knapsack(), 20, confirming=20)
    assert found.agreed == (7 if exact.is_there() else 0)


@pytest.mark.parametrize("has_exact", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_the_engines_find_what_enumeration_finds(
    monkeypatch: pytest.MonkeyPatch, seed: int, has_exact: bool
) -> None:
    """Best value, or that there is none, by all engines together and by trying all."""
    if not has_exact:
        monkeypatch.setattr(exact, "is_there", lambda: False)
    cp = random_model(random.Random(100 + seed))
    program = LinearProgram.of(cp)
    legal = legal_values(program)
    found = Search(LIMITS).minimise(cp, 20, confirming=20)
    if not legal:
        assert found.is_impossible
        assert not found.values
        return
    assert program.value(found.values) == min(legal)
    assert found.is_optimal
    assert found.bound == found.agreed == min(legal)


def test_values_outside_a_bound_or_a_row_are_refused() -> None:
    """At the edge and one beyond it, of a variable's bounds and of a row."""
    program = LinearProgram.of(knapsack())
    assert program.is_satisfied((2, 0, 0))
    assert not program.is_satisfied((3, 0, 0))
    assert not program.is_satisfied((1, 0, 1))
    assert program.is_satisfied((1, 0, 2))
    assert not program.is_satisfied((2, 0, -1))
    exchange = Exchange(program)
    exchange.offer((0, 1, 0))
    assert exchange.incumbent == (None, ())
    exchange.offer((0, 1, 1))
    assert exchange.incumbent == (7, (0, 1, 1))
    exchange.offer((2, 0, 0))
    assert exchange.incumbent == (7, (0, 1, 1))


def test_what_comes_after_the_result_is_not_taken() -> None:
    """An engine that ends later changes nothing and tells nobody."""
    told: list[tuple[int, int]] = []
    exchange = Exchange(
        LinearProgram.of(knapsack()),
        lambda value, bound, values: told.append((value, bound)),
    )
    exchange.offer((1, 0, 2))
    before = exchange.found()
    exchange.offer((0, 1, 1))
    exchange.raise_bound(Engine.HIGHS, 7)
    exchange.call_impossible(Engine.HIGHS)
    after = exchange.found()
    assert dataclasses.replace(after, seconds=before.seconds) == before
    assert told == [(11, 0)]


def test_a_bound_is_rounded_up_less_its_tolerance_in_whole_steps() -> None:
    """Values are 7 and every sixth number: a bound of 13.0005 proves 13, not 19."""
    cp = cp_model.CpModel()
    some = cp.new_int_var(0, 9, "some")
    cp.minimize(6 * some + 7)
    program = LinearProgram.of(cp)
    assert (program.step, program.lowest) == (6, 7)
    assert program.rounded_up(13.0005, 1e-3) == 13
    assert program.rounded_up(13.002, 1e-3) == 19
    assert program.rounded_up(-5.0, 1e-3) == 7
    assert program.rounded_up(float("-inf"), 1e-3) == 7


def test_what_one_engine_claims_is_agreed_when_another_has_proven_it() -> None:
    """The agreed bound is the second best; of one engine alone there is none."""
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.offer((0, 1, 1))
    exchange.raise_bound(Engine.CP_SAT, 7)
    assert exchange.is_settled
    assert not exchange.is_confirmed
    exchange.raise_bound(Engine.HIGHS, 6)
    assert exchange.agreed == 6
    exchange.raise_bound(Engine.EXACT, 5)
    assert exchange.agreed == 6
    exchange.raise_bound(Engine.EXACT, 7)
    assert exchange.is_confirmed


def test_a_bound_above_a_solution_is_dropped() -> None:
    """A wrong claim of one engine neither ends the search nor is told."""
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.offer((2, 0, 0))
    exchange.raise_bound(Engine.CP_SAT, 10)
    assert exchange.is_settled
    exchange.offer((0, 1, 1))
    assert not exchange.is_settled
    assert exchange.bound == 0


def test_an_impossible_model_is_called_so_by_both() -> None:
    """Impossible by one engine is settled; by both it is confirmed."""
    cp = knapsack()
    cp.add(sum(cp.get_int_var_from_proto_index(i) for i in range(3)) <= 1)
    found = Search(LIMITS).minimise(cp, 20, confirming=20)
    assert found.is_impossible
    assert Search(LIMITS).confirm(cp, 20).is_impossible


def test_a_wrong_certificate_is_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """CP-SAT stops early and calls its solution best: HiGHS finds the better one."""
    run = cp_sat.run

    def boasting(cp, parameters, talk):  # type: ignore[no-untyped-def]
        first = run(cp, {**parameters, "stop_after_first_solution": True}, talk)
        if not first.values:
            return first
        value = LinearProgram.of(cp).value(first.values)
        return cp_sat.Answer(cp_model.OPTIMAL, first.values, value, 0.0)

    monkeypatch.setattr(cp_sat, "run", boasting)
    cp = knapsack()
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate((2, 2, 2)):
        cp.add_hint(cp.get_int_var_from_proto_index(index), value)
    found = Search(LIMITS).minimise(cp, 20, confirming=20)
    assert LinearProgram.of(cp).value(found.values) == 7
    assert found.bound <= 7


@pytest.mark.usefixtures("without_exact")
def test_a_lie_of_highs_is_not_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS claims too high a bound: CP-SAT's own is what both have proven."""

    def lying(exchange, *others, **more):  # type: ignore[no-untyped-def]
        exchange.raise_bound(Engine.HIGHS, 10)

    monkeypatch.setattr(highs, "run", lying)
    found = Search(LIMITS).minimise(knapsack(), 20, confirming=1)
    assert LinearProgram.of(knapsack()).value(found.values) == 7
    assert found.agreed == 0


@pytest.mark.usefixtures("without_exact")
def test_a_second_highs_proves_what_the_first_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = highs.run
    calls: list[Any] = []

    def slow_at_first(
        exchange: Exchange, seconds: float, *given: Any, **more: Any
    ) -> None:
        calls.append(given)
        if len(calls) > 1:
            real(exchange, seconds, *given, **more)
        while len(calls) == 1 and not given[0]():
            time.sleep(0.01)

    monkeypatch.setattr(highs, "run", slow_at_first)
    found = Search(LIMITS).minimise(knapsack(), 20, confirming=10)
    assert found.agreed == 7
    assert len(calls) == 2


@pytest.mark.usefixtures("without_exact")
def test_a_second_cp_sat_proves_what_the_first_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, proofs = Turns.run, []

    def slow_at_first(self: Turns, is_stopped: Callable[[], bool]) -> None:
        proofs.append(self.proof)
        while self.proof is PROVING and not is_stopped():
            time.sleep(0.01)
        real(self, is_stopped)

    monkeypatch.setattr(Turns, "run", slow_at_first)
    found = Search(LIMITS).minimise(knapsack(), 20, confirming=10)
    assert found.agreed == 7
    assert CUTTING in proofs


@pytest.mark.skipif(not exact.is_there(), reason="Exact is not installed")
def test_highs_leaves_its_core_where_exact_alone_has_a_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second CP-SAT then confirms what the first, busy, does not."""
    real, left = Turns.run, []

    def standing_still(
        exchange: Exchange, seconds: float, is_stopped: Any, *given: Any, **more: Any
    ) -> None:
        while not is_stopped():
            time.sleep(0.01)
        left.append(exchange.has_proven(Engine.EXACT))

    def busy(self: Turns, is_stopped: Callable[[], bool]) -> None:
        while self.proof is PROVING and not is_stopped():
            time.sleep(0.01)
        real(self, is_stopped)

    monkeypatch.setattr("scheduler.solver.engines.portfolio.STILL", 0.05)
    monkeypatch.setattr(highs, "run", standing_still)
    monkeypatch.setattr(Turns, "run", busy)
    found = Search(LIMITS).minimise(knapsack(), 20, confirming=10)
    assert found.agreed == 7
    assert left[0]


def test_a_stop_ends_both() -> None:
    """A stop request that is there at the start ends a search without a limit."""
    stop = threading.Event()
    stop.set()
    cp = covering(items=400, rows=200)
    found = Search(SearchLimits(seconds=3600, workers=2), stop).minimise(cp, 3600)
    assert not found.is_optimal


def turns(cp: cp_model.CpModel, exchange: Exchange, workers: int = 1) -> Turns:
    """Return CP-SAT's turns, with HiGHS telling nothing."""
    given = {"num_workers": workers, "random_seed": 1, "max_time_in_seconds": 20.0}
    return Turns(cp, exchange, given, 0.01, PROVING)


@pytest.mark.parametrize("workers", [1, 2])
def test_turns_find_and_prove_by_themselves(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("scheduler.solver.engines.turns.PATIENCE", 0.05)
    exchange = Exchange(LinearProgram.of(knapsack()))
    turns(knapsack(), exchange, workers).run(lambda: False)
    assert exchange.incumbent[0] == 7
    assert exchange.has_proven(Engine.CP_SAT)
    assert not exchange.has_proven(Engine.HIGHS)


def test_turns_confirm_what_the_other_engine_claims() -> None:
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.offer((0, 1, 1))
    exchange.raise_bound(Engine.HIGHS, 7)
    assert exchange.is_settled
    assert not exchange.is_confirmed
    turns(knapsack(), exchange).run(lambda: False)
    assert exchange.is_confirmed


@pytest.mark.parametrize(("engine", "found"), [(Engine.CP_SAT, 10), (Engine.HIGHS, 7)])
def test_a_proof_goes_on_from_its_own_bound_alone(engine: Engine, found: int) -> None:
    """The best value is 7: that a proof takes 10 for a bound shows whose it uses."""
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.raise_bound(engine, 10)
    turns(knapsack(), exchange).prove(lambda: False, 20.0)
    assert exchange.incumbent[0] == found


@pytest.mark.parametrize("known", [(2, 0, 0), (1, 0, 2), (0, 1, 1)])
def test_a_proof_looks_only_for_what_is_better_than_the_best_known(
    known: tuple[int, ...],
) -> None:
    """That there is nothing better proves the value, not that there is no solution."""
    exchange = Exchange(LinearProgram.of(knapsack()))
    exchange.offer(known)
    turns(knapsack(), exchange).prove(lambda: False, 20.0)
    assert exchange.incumbent == (7, (0, 1, 1))
    assert exchange.proven(Engine.CP_SAT) == 7
    assert not exchange.found().is_impossible


def test_turns_end_on_an_impossible_model() -> None:
    cp = knapsack()
    cp.add(cp.get_int_var_from_proto_index(2) >= 3)
    exchange = Exchange(LinearProgram.of(cp))
    turns(cp, exchange).run(lambda: False)
    assert exchange.has_proven(Engine.CP_SAT)
    assert exchange.incumbent[0] is None


def test_turns_end_when_stopped() -> None:
    cp, exchange = knapsack(), Exchange(LinearProgram.of(knapsack()))
    stopped = turns(cp, exchange)
    stopped.run(lambda: True)
    assert stopped.work == 0


def test_a_constraint_that_no_rule_posts_is_refused() -> None:
    """A product of two variables is no row."""
    cp = cp_model.CpModel()
    a, b, c = (cp.new_int_var(0, 3, name) for name in "abc")
    cp.add_multiplication_equality(c, [a, b])
    with pytest.raises(NotLinear):
        LinearProgram.of(cp)
