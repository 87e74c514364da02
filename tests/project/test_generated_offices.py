"""The benchmarks' random offices: the same by seed, valid, and strained as intended."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, CpSolver

from benchmarks.generator import Strain, office
from benchmarks.generator.frame import FEWEST, MOST, STRAINS, draw_frame
from benchmarks.generator.patterns import PATTERNS
from scheduler.audit.consistency import mistakes
from scheduler.domain.finding import Stance
from scheduler.domain.precheck import Verdict
from scheduler.domain.shifts import Role
from scheduler.files.holidays_jp import make_period
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.model import build
from scheduler.precheck import precheck

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem

SEEDS = range(10)
"""One office at least of each strain."""


@pytest.fixture(scope="module")
def offices() -> dict[int, Problem]:
    """Return the first offices by seed."""
    return {seed: office(seed) for seed in SEEDS}


def test_the_same_seed_draws_the_same_office(offices: dict[int, Problem]) -> None:
    for seed in SEEDS[:5]:
        again = office(seed).model_dump_json()
        assert again == offices[seed].model_dump_json()
        assert again != offices[seed + 1].model_dump_json()


def test_offices_are_inputs_without_a_mistake(offices: dict[int, Problem]) -> None:
    for seed, problem in offices.items():
        assert mistakes(problem) == (), seed
        assert FEWEST <= len(problem.staff) <= MOST
        for role in Role:
            assert any(role in member.roles for member in problem.staff)


def test_frames_are_of_all_kinds() -> None:
    """All shift tables, night bands and lengths of a period occur among 60 offices."""
    frames = [draw_frame(seed, None, None, None) for seed in range(60)]
    assert {frame.period.days for frame in frames} == {28, 29, 30, 31}
    assert {PATTERNS.index(frame.pattern) for frame in frames} == {0, 1, 2, 3, 4}
    assert {"21:00-30:00", "19:30-31:00"} <= {frame.band for frame in frames}
    assert {frame.strain for frame in frames} == set(Strain)


def test_what_is_impossible_is_so_by_counting(offices: dict[int, Problem]) -> None:
    """Only a month strained beyond law, or contracts, is called impossible."""
    for seed in (0, 1, 2, 4, 9):
        lines = precheck(offices[seed])
        impossible = [one for one in lines if one.verdict is Verdict.IMPOSSIBLE]
        strain = STRAINS[seed % len(STRAINS)]
        if strain is Strain.LAW:
            short = [one for one in impossible if one.code == "night_month"]
            assert [one.missing for one in short] == [2], seed
        elif strain is Strain.CONTRACTS:
            # Nights that lose hours take them from the contracts, uncounted.
            assert {one.code for one in impossible} <= {"hours_all"}, seed
            assert not any(one.breaks_law for one in impossible)
        else:
            assert impossible == [], seed


def test_wishes_pile_up(offices: dict[int, Problem]) -> None:
    """Four dates of a month have a third of all wishes or more; evenly, an eighth."""
    for seed, problem in offices.items():
        by_date = Counter(request.date for request in problem.requests)
        four = sum(count for _, count in by_date.most_common(4))
        assert 3 * four >= len(problem.requests), seed


def test_an_office_is_typed_in_and_read_as_it_is(
    offices: dict[int, Problem], tmp_path: Path
) -> None:
    path = tmp_path / "office.xlsx"
    write_input(offices[3], path)
    assert read_input(path) == offices[3]


@pytest.mark.parametrize("people", [30, 60])
def test_a_larger_office_has_as_many_people(people: int) -> None:
    problem = office(1, people=people)
    assert len(problem.staff) == people
    assert mistakes(problem) == ()


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_a_loose_office_can_be_legal(seed: int) -> None:
    """Ten dates with law, musts and contracts kept exist, and CP-SAT finds them."""
    period = make_period(dt.date(2027, 2, 1), dt.date(2027, 2, 14))
    model = build(office(seed, 14, Strain.LOOSE, period))
    for level in (Stance.STATUTORY, Stance.MUST, Stance.CONTRACT):
        penalty = model.penalty(level)
        assert penalty is not None
        model.cp.add(penalty == 0)
    solver = CpSolver()
    solver.parameters.num_workers = 4
    solver.parameters.max_time_in_seconds = 120
    assert solver.solve(model.cp) in (FEASIBLE, OPTIMAL)
