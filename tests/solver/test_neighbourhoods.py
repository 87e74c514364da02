"""Large neighbourhood search: better, the same again, and told to stop."""

from __future__ import annotations

from itertools import islice

import pytest
from ortools.sat.python.cp_model import (
    FEASIBLE,
    OPTIMAL,
    CpModel,
    CpSolver,
    IntVar,
)

from benchmarks.public.neighbourhoods import Cells, Charges, Improved, Neighbourhoods

PEOPLE, DAYS, NEEDED = 5, 10, 2


class Office:
    """Two of five people are needed every day; nobody works three days in a row.

    Everybody has a price of each day, and a day short costs twenty a head.
    """

    def __init__(self) -> None:
        self.cp = CpModel()
        self.works = {
            (person, day): self.cp.new_bool_var("")
            for person in range(PEOPLE)
            for day in range(DAYS)
        }
        self.cells: Cells = {cell: (v.index,) for cell, v in self.works.items()}
        self.lack = [self.cp.new_int_var(0, NEEDED, "") for _ in range(DAYS)]
        terms = [(person * 3 + day * 7) % 5 * v for (person, day), v in self._all()]
        for day, lack in enumerate(self.lack):
            there = sum(self.works[person, day] for person in range(PEOPLE))
            self.cp.add(there + lack >= NEEDED)
            terms.append(20 * lack)
        for person in range(PEOPLE):
            for day in range(DAYS - 2):
                days = [self.works[person, day + k] for k in range(3)]
                self.cp.add(sum(days) <= 2)
        self.cp.minimize(sum(terms))

    def _all(self) -> list[tuple[tuple[int, int], IntVar]]:
        return list(self.works.items())

    @property
    def empty(self) -> tuple[int, ...]:
        """Nobody ever works: the dearest roster."""
        lacks = {lack.index for lack in self.lack}
        number = len(self.cp.proto.variables)
        return tuple(NEEDED if index in lacks else 0 for index in range(number))

    @property
    def least(self) -> int:
        solver = CpSolver()
        solver.parameters.num_workers = 1
        solver.solve(self.cp)
        return round(solver.objective_value)

    def satisfies(self, values: tuple[int, ...]) -> bool:
        cp = self.cp.clone()
        for index, value in enumerate(values):
            cp.add(cp.get_int_var_from_proto_index(index) == value)
        return CpSolver().solve(cp) in (OPTIMAL, FEASIBLE)


@pytest.mark.parametrize("threads", [1, 2])
def test_every_roster_is_better_and_the_last_is_the_best(threads: int) -> None:
    """Values fall, every roster satisfies the model, and the end is a proof."""
    office = Office()
    search = Neighbourhoods(office.cp, office.cells, seed=1, threads=threads)
    rosters = list(search.improve(office.empty, work=50))
    values = [one.value for one in rosters]
    assert values == sorted(set(values), reverse=True)
    assert values[0] < search.value(office.empty) == 20 * NEEDED * DAYS
    assert values[-1] == office.least
    for one in rosters:
        assert one.value == search.value(one.values)
        assert office.satisfies(one.values)
    # It ended since all cells at once had nothing better, not since the work was done.
    assert search.work < 50


def test_the_same_seed_gives_the_same_rosters() -> None:
    """Draws and searches come from the seed, whatever thread is quicker."""

    def run(seed: int) -> list[Improved]:
        office = Office()
        search = Neighbourhoods(office.cp, office.cells, seed=seed, threads=2)
        return list(search.improve(office.empty, work=50))

    first = run(3)
    assert run(3) == first
    assert run(4) != first


def test_what_is_held_stays() -> None:
    """The first step changes cells of one drawn part only."""
    office = Office()
    search = Neighbourhoods(office.cp, office.cells, seed=1)
    (first,) = islice(search.improve(office.empty), 1)
    changed = {cell for cell, (index,) in office.cells.items() if first.values[index]}
    assert len({person for person, _ in changed}) > 0
    # Two people over all days, or all over two or three days, or two by some days.
    assert len({p for p, _ in changed}) <= 2 or len({d for _, d in changed}) <= 3


def test_a_stop_request_ends_it() -> None:
    """Asked before anything, nothing is searched; asked later, nothing follows."""
    office = Office()
    search = Neighbourhoods(office.cp, office.cells)
    assert list(search.improve(office.empty, is_stopped=lambda: True)) == []
    assert search.work == 0
    found: list[Improved] = []
    for one in search.improve(office.empty, is_stopped=lambda: bool(found)):
        found.append(one)
    assert len(found) == 1


def test_what_others_found_is_taken_up() -> None:
    """With the best roster known from elsewhere nothing is left to yield."""
    office = Office()
    search = Neighbourhoods(office.cp, office.cells, seed=1)
    *_, best = search.improve(office.empty, work=50)
    again = Neighbourhoods(office.cp, office.cells, seed=1)
    known = again.improve(office.empty, work=50, known=lambda: best.values)
    assert list(known) == []


def test_charges_by_hand() -> None:
    """A price is charged to its own cell, a lack to all cells of its day."""
    office = Office()
    values = list(office.empty)
    # Day 0 has one person of two: person 1, at a price of 3.  Day 1 has two people,
    # persons 0 and 1, at (7) % 5 = 2 and (3 + 7) % 5 = 0.
    values[office.works[1, 0].index] = 1
    values[office.lack[0].index] = 1
    for person in (0, 1):
        values[office.works[person, 1].index] = 1
    values[office.lack[1].index] = 0
    charged = Charges(office.cp, office.cells).at(values)
    # The lack of day 0 costs 20, of any later one 40; five people share it.
    assert charged[0, 0] == pytest.approx(20 / 5)
    assert charged[1, 0] == pytest.approx(20 / 5 + 3)
    assert charged[0, 1] == pytest.approx(2)
    assert (1, 1) not in charged
    assert charged[4, 9] == pytest.approx(40 / 5)
    assert sum(charged.values()) == pytest.approx(20 + 3 + 2 + 8 * 40)
