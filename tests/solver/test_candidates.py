"""Candidates: as good as the first roster on every level, and never the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.domain.finding import LEVELS, Stance
from scheduler.rulebook import load
from scheduler.solver.candidates import candidates
from scheduler.solver.solve import SearchLimits, solve
from tests.solver.test_reasons import office, wish

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

QUICK = SearchLimits(seconds=60)


def totals(problem: Problem, roster: Roster) -> dict[Stance, int]:
    """Return each level of a roster as the audit sees it, comfort left out."""
    found = load(problem.period).level_totals(audit(problem, roster))
    return {level: found[level] for level in LEVELS if level is not Stance.COMFORT}


def uncalled(problem: Problem) -> Problem:
    """Return the office with nobody who takes nights on call."""
    staff = [one.model_copy(update={"on_call": False}) for one in problem.staff]
    return problem.model_copy(update={"staff": tuple(staff)})


def weekend_work(problem: Problem, roster: Roster) -> set[tuple[str, object]]:
    """Return who works on which Saturday and Sunday."""
    rest = problem.period.is_day_of_rest
    return {(d.staff, d.date) for d in roster.duties if d.shift and rest(d.date)}


def test_candidates_are_as_good_and_differ_in_who_carries_what() -> None:
    """Of each roster before it, two shifts of the weekend go to somebody else."""
    problem = uncalled(office(4, 2, [wish("P0", 1), wish("P1", 2)], days=7))
    first = solve(problem, QUICK)
    found = candidates(problem, first, 3, QUICK)
    assert len(found) == 3
    assert found[0] is first
    expected = totals(problem, first.roster)
    carried = []
    for solution in found:
        assert totals(problem, solution.roster) == expected
        assert solution.findings == audit(problem, solution.roster)
        carried.append(weekend_work(problem, solution.roster))
    for index, one in enumerate(carried):
        assert all(len(other - one) >= 2 for other in carried[:index])


def test_where_nothing_can_be_swapped_there_is_no_other() -> None:
    """Two people, both needed on every date: the first roster stands alone."""
    problem = uncalled(office(2, 2, [], days=7))
    first = solve(problem, QUICK)
    assert candidates(problem, first, 3, QUICK) == (first,)
