"""Sums of the rules, and the steps in which their slacks are counted."""

from __future__ import annotations

import pytest
from ortools.sat.python.cp_model import CpModel

from scheduler.constraints.language.linear import LinearSum
from scheduler.model import build
from tests.support.builders import make_problem, make_shift, make_staff


@pytest.mark.parametrize(
    ("constant", "bound", "divided", "step"),
    [
        (0, 960, ([2, 1], 4), 240),  # shifts of 8 and 4 hours, 16 hours agreed
        (0, 900, ([8, 4], 15), 60),  # 15 hours can be missed by one
        (240, 1200, ([2, 1], 4), 240),  # four hours of the tail are no unknown
        (0, 961, ([480, 240], 961), 1),
        (480, 240, ([2, 1], -1), 240),  # beyond the bound before anything is chosen
    ],
)
def test_a_comparison_in_the_steps_that_its_numbers_share(
    constant: int, bound: int, divided: tuple[list[int], int], step: int
) -> None:
    """All that the coefficients and the room share is divided out."""
    cp = CpModel()
    total = LinearSum(constant)
    total += LinearSum.of([cp.new_bool_var("long")], 480)
    total += LinearSum.of([cp.new_bool_var("short")], 240)
    whole, left, times = total.in_steps(bound)
    assert ([one for _, one in whole.terms], left) == divided
    assert times == step
    assert whole.constant == 0
    for chosen in ([0, 0], [1, 0], [0, 1], [1, 1]):
        assert whole.value(chosen) * step == total.value(chosen) - constant
    assert (whole.lowest * step, whole.highest * step) == (0, 720)


def test_a_sum_without_variables_or_room() -> None:
    """Nothing is divided by 0."""
    whole, left, step = LinearSum(5).in_steps(5)
    assert (whole.terms, left, step) == ([], 0, 1)


@pytest.mark.parametrize(("least", "worth"), [(8 * 60, 240), (7 * 60, 60)])
def test_hours_of_a_contract_are_missed_in_whole_shifts(least: int, worth: int) -> None:
    """8 hours in shifts of 4 and 8 are missed by 4 or 8; 7 hours by 3 or 7."""
    shifts = [make_shift("日", "8:00-16:00", []), make_shift("半", "8:00-12:00", [])]
    member = make_staff("A", minutes_min=least, shifts=["日", "半"])
    problem = make_problem([member], shifts=shifts)
    model = build(problem)
    terms = [terms for spot, _, terms in model.spots() if spot.facet == "hours_min"]
    [[(slack, times)]] = terms
    assert times == worth
    assert slack.domain.max() * times == least
