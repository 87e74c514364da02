"""The fewest people of each date, rounded up: by hand, and no roster has fewer."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from scheduler.domain.requests import CoverRule
from scheduler.model import build
from scheduler.solver.engines.linear_program import AtLeast, LinearProgram
from scheduler.solver.fewest import Rounding, fewest, proven
from scheduler.solver.search import Search, SearchLimits, bare, hold_levels
from scheduler.solver.solution import DECISIVE
from tests.solver.test_two_solvers import by_cp_sat
from tests.support.builders import make_office, make_problem, make_shift, make_staff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.shifts import Shift


def triangle(least: int = 1) -> cp_model.CpModel:
    """Return three variables of which every two together must be at least so many."""
    cp = cp_model.CpModel()
    a, b, c = (cp.new_bool_var(name) for name in "abc")
    for pair in ((a, b), (b, c), (a, c)):
        cp.add(sum(pair) >= least)
    cp.minimize(a + b + c)
    return cp


def test_three_halves_are_two() -> None:
    """The relaxation takes a half of each, 1.5; of two alone its 1 is whole already."""
    rounding = Rounding(LinearProgram.of(triangle()))
    assert rounding.least((0, 1, 2)) == 2
    assert rounding.least((0, 1)) is None


@pytest.mark.parametrize(
    ("parts", "of", "least"), [(7, 3, 3), (6, 3, None), (5, 3, 2), (1, 3, 1)]
)
def test_rounded_up_is_exact(parts: int, of: int, least: int | None) -> None:
    """Of nine people, each a third of what is asked: 7/3 are 3, and 6/3 stay 2."""
    cp = cp_model.CpModel()
    people = [cp.new_bool_var(str(number)) for number in range(9)]
    cp.add(of * LinearExpr.sum(people) >= parts)
    assert Rounding(LinearProgram.of(cp)).least(range(9)) == least


def test_wrong_multipliers_only_prove_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the solver says of a row, the bound that is counted from it holds."""
    cp = triangle()
    # At most one of c and d, so that a multiplier of the wrong sign could be used.
    cp.add(cp.get_bool_var_from_proto_index(2) + cp.new_bool_var("d") <= 1)
    program = LinearProgram.of(cp)
    weights = np.array([1, 1, 1, 0])
    rnd = np.random.default_rng(1)
    for _ in range(200):
        multipliers = rnd.integers(-9000, 9000, 4)
        assert proven(program, weights, multipliers) <= 2
    assert proven(program, weights, np.array([2520, 2520, 2520, 0])) == 2


def test_what_is_held_at_zero_is_zero() -> None:
    """A sum of slacks at most 0, one that is at most 5, and one with a minus."""
    cp = cp_model.CpModel()
    slacks = [cp.new_int_var(0, 9, str(number)) for number in range(4)]
    cp.add(3 * slacks[0] + slacks[1] <= 0)
    cp.add(2 * slacks[2] <= 5)
    cp.add(slacks[3] - slacks[2] >= 6)
    program = LinearProgram.of(cp).propagated()
    assert program.high.tolist() == [0, 0, 2, 9]
    assert program.low.tolist() == [0, 0, 0, 6]


def test_a_part_has_the_rows_that_decide_nothing_else() -> None:
    """Variables 0 and 1 decide inside, 2 outside, and 3 is a slack of any row."""
    cp = cp_model.CpModel()
    a, b, c, slack = (cp.new_bool_var(name) for name in "abcs")
    cp.add(a + b + slack >= 1)
    cp.add(b + c >= 1)
    cp.add(c + slack >= 1)
    decided = np.array([True, True, True, False])
    part, places = LinearProgram.of(cp).part(np.array([1, 1, 0, 0], bool), decided)
    assert places == {0: 0, 1: 1, 3: 2}
    assert part.columns.tolist() == [0, 1, 2]
    assert part.row_low.tolist() == [1]


def test_rows_that_hold_anyway_change_no_value_and_are_used() -> None:
    """With the row a + b + c >= 2 the relaxation's own bound is 2."""
    cp = triangle()
    row = AtLeast((0, 1, 2), 2)
    more = LinearProgram.of(cp).with_rows([row, AtLeast((0, 1), 1)])
    assert more.row_low.tolist() == [1, 1, 1, 2, 1]
    assert more.is_satisfied((1, 1, 0))
    assert not more.is_satisfied((0, 1, 0))
    assert Rounding(more).least((0, 1, 2)) is None
    found = Search(SearchLimits(20, workers=1)).minimise(cp, 20, 20, implied=[row])
    assert (found.bound, found.agreed, found.is_optimal) == (2, 2, True)


def day(
    shifts: Sequence[Shift], least: Mapping[str, int], people: int, days: int = 1
) -> RosterModel:
    """Return the model of an office that must have so many people in each band."""
    rules = [{"name": band, "band": band, "at_least": n} for band, n in least.items()]
    symbols = [shift.symbol for shift in shifts]
    evening = max(least, key=lambda band: int(band.split(":")[0])).split("-")[1]
    problem = make_problem(
        [make_staff(name, shifts=symbols) for name in "ABCDEFGH"[:people]],
        days=days,
        shifts=shifts,
        cover_rules=[CoverRule.model_validate(rule) for rule in rules],
        office=make_office(
            contact_system=True, full_time_day=60, night_band=f"{evening}-33:00"
        ),
    )
    model = build(problem)
    hold_levels(model, model.cp, dict.fromkeys(DECISIVE, 0))
    return model


def test_three_half_days_of_an_office_need_two_people() -> None:
    """Each of three bands is covered by two of three shifts: 1.5 people, so 2."""
    shifts = [
        make_shift("朝", "9:00-13:00", []),
        make_shift("昼", "11:00-15:00", []),
        make_shift("分", "9:00-15:00", ["11:00-13:00"]),
    ]
    bands = ("9:00-11:00", "11:00-13:00", "13:00-15:00")
    rows = rows_of(day(shifts, dict.fromkeys(bands, 1), 3))
    everybody = max(rows, key=lambda row: len(row.columns))
    assert len(everybody.columns) == 9
    assert everybody.least == 2


def rows_of(model: RosterModel) -> tuple[AtLeast, ...]:
    """Return the rows of a model on which nothing else is held."""
    return fewest(model, LinearProgram.of(model.cp))


def random_day(rnd: random.Random) -> RosterModel:
    """Return an office of eight people and two dates, with needs and a shift by chance.

    Each band is covered by two shifts, the first and the last by one shift together: a
    circle of odd length, whose relaxation takes halves.
    """
    starts = range(9, 9 + 2 * rnd.choice((3, 5)), 2)
    pairs = [*pairwise(starts), (starts[-1], starts[0]), rnd.sample(starts, 2)]
    shifts = []
    for number, pair in enumerate(pairs):
        begin, end = min(pair), max(pair) + 2
        idle = [f"{begin + 2}:00-{end - 2}:00"] if end - begin > 4 else []
        shifts.append(make_shift(f"分{number}", f"{begin}:00-{end}:00", idle))
    bands = [f"{one}:00-{one + 2}:00" for one in starts]
    return day(shifts, {band: rnd.randint(1, 3) for band in bands}, 8, days=2)


def test_no_roster_has_fewer() -> None:
    """CP-SAT proves each row of random offices on the model alone."""
    rows = 0
    for seed in range(20):
        model = random_day(random.Random(seed))
        for row in rows_of(model):
            cp = bare(model.cp)
            people = [cp.get_bool_var_from_proto_index(one) for one in row.columns]
            cp.minimize(LinearExpr.sum(people))
            assert by_cp_sat(cp) >= row.least
            rows += 1
    assert rows > 10
