"""The rows of the model: few, strong, and in the same order in every process."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product

import pytest

from scheduler.constraints.demand import alike
from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.overlap import cliques
from scheduler.domain.clock import Interval
from scheduler.model import build
from tests.support.builders import make_office, make_problem, make_shift, make_staff

ONE, TWO = LinearSum(1), LinearSum(2)


@pytest.mark.parametrize("seed", range(20))
def test_cliques_have_every_clash_and_no_other_pair(seed: int) -> None:
    """Sums of at most one exclude what the clashes exclude."""
    rnd = random.Random(seed)
    earlier, later = range(rnd.randint(0, 6)), range(rnd.randint(0, 6))
    pairs = {pair for pair in product(earlier, later) if rnd.random() < rnd.random()}
    found = list(cliques(earlier, later, lambda one, two: (one, two) in pairs))
    assert {pair for sides in found for pair in product(*sides)} == pairs
    assert len(found) <= len(later)


def test_later_begins_too_early_after_late_ends_are_one_clique() -> None:
    """Where each of some choices clashes with each of others, a single sum says so."""
    ends, begins = (1320, 1380), (360, 420, 900)
    found = list(cliques(ends, begins, lambda end, begin: begin + 1440 - end < 660))
    assert found == [([1320, 1380], [360, 420])]


def test_pieces_with_the_same_people_are_one_with_the_minutes_of_all() -> None:
    """Also if others lie between them."""
    pieces = [
        ((ONE, TWO), Interval(0, 60)),
        ((TWO, ONE), Interval(60, 90)),
        ((LinearSum(1), LinearSum(2)), Interval(90, 100)),
    ]
    assert [minutes for _, minutes in alike(pieces)] == [70, 30]


def test_the_shifts_of_a_person_come_in_the_order_of_the_table() -> None:
    """The model does not hang on how a process hashes texts."""
    names = ["遅", "日", "早", "短", "長", "午"]
    shifts = [make_shift(name, "8:00-13:00", []) for name in names]
    member = make_staff("A", shifts=list(reversed(names)))
    model = build(make_problem([member], shifts=shifts))
    assert model.symbols(member, model.problem.period.first) == tuple(names)


@pytest.mark.parametrize(
    ("span", "most"),
    [
        ("16:00-33:00", 1),  # no night begins on the date after another
        ("21:00-30:00", 4),  # one or two dates apart, and so are the next two
    ],
)
def test_rows_of_chains_of_nights_on_a_date(span: str, most: int) -> None:
    """Three nights on five dates are every second date, if none can follow another."""
    night = make_shift("夜", span, ["24:00-26:00"])
    problem = make_problem(
        [make_staff("A", shifts=["夜"])],
        office=make_office(nights_in_a_row_most=2, rest_least=660),
        shifts=[night],
    )
    model = build(problem, relaxation=lambda spot: int(spot.facet == "nights_in_a_row"))
    found = Counter(
        {
            slack.index: 0
            for spot, _, terms in model.spots()
            if spot.facet == "nights_in_a_row"
            for slack, _ in terms
        }
    )
    for constraint in model.cp.proto.constraints:
        found.update(found.keys() & set(constraint.linear.vars))
    assert max(found.values()) == most
