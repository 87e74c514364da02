"""Check that the model is infeasible where a precheck says impossible."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.model import build
from scheduler.precheck import precheck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ortools.sat.python.cp_model import IntVar

    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem

Facets = frozenset[tuple[str, str]]

SETTLED: Facets = frozenset(
    {
        ("P-07", "must"),
        ("W-02", "duty"),
        ("W-02", "on_call"),
        ("W-01", "must"),
        ("G", "night_ban"),
        ("P-02", "night_must"),
        ("F-13", "long_apart_must"),
    }
)
"""Facets that every line assumes to be kept."""

CARE: Facets = frozenset(
    {
        ("A-03", "daily"),
        ("A-04", "presence"),
        ("K-01", "must"),
        ("A-12", "visit_people"),
    }
)
AWAKE: Facets = frozenset({("A-06", "awake")})
ON_CALL: Facets = frozenset({("A-06", "on_call"), ("P-09", "most_must")})
COVER: Facets = frozenset({("K-02", "band_must"), ("K-02", "count_must")})
DESKS: Facets = frozenset(
    {
        ("A-11", "desk"),
        ("A-13", "desk"),
        ("G", "desk_early"),
        ("G", "desk_late"),
    }
)
CONTRACTS: Facets = frozenset(
    {
        ("L-02", "days_off"),
        ("L-03", "hours_min"),
        ("L-03", "hours_max"),
        ("L-05", "nights_min"),
    }
)

SPOKEN_OF: dict[Topic, Facets] = {
    Topic.NIGHTS: AWAKE,
    Topic.ON_CALL: AWAKE | ON_CALL,
    Topic.CARE: CARE,
    Topic.HOURS: CARE
    | DESKS
    | AWAKE
    | {("A-03", "monthly"), ("A-10", "shifts"), ("A-19", "nurse_fte")},
    Topic.QUALIFIED: COVER | {("K-03", "missing_must")},
    Topic.CONTRACTS: CONTRACTS,
    Topic.PINS: COVER | {("P-01", "apart_must")},
}
"""Facets that, by a line of a topic, cannot all be kept together with `SETTLED`."""

BY_CONTRACT: Facets = frozenset({("L-02", "days_off"), ("L-03", "hours_max")})
"""Facets that lines on hours assume to be kept besides, where contracts do not fit."""

BY_DATE = (Topic.NIGHTS, Topic.ON_CALL, Topic.CARE, Topic.QUALIFIED)
"""Topics whose lines apply only to the dates they name, if they name any."""

AUDIT_ONLY = (
    *("full_timer", "nurse", "planner", "manager"),
    *("day_use_least", "overnight_least"),
)
"""Codes of lines on staff list and capacities, of which the model has nothing (A-09 to
A-13, D)."""


class Judge:
    """A model that tells whether a set of limits can be kept, by assumptions."""

    def __init__(self, problem: Problem) -> None:
        self._model = build(problem)
        self._kept: dict[Spot, IntVar] = {}
        cp = self._model.cp
        for spot, _, terms in list(self._model.spots()):
            kept = cp.new_bool_var("kept")
            for slack, _ in terms:
                cp.add(slack == 0).only_enforce_if(kept)
            self._kept[spot] = kept

    def can_keep(self, asked: Callable[[Spot], bool]) -> bool:
        """Tell whether some roster keeps all limits for which ``asked`` is true."""
        cp = self._model.cp
        cp.clear_assumptions()
        cp.add_assumptions([kept for spot, kept in self._kept.items() if asked(spot)])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        # Propagation refutes nearly all of them at once; presolve takes ten times that.
        solver.parameters.cp_model_presolve = False
        solver.parameters.linearization_level = 0
        status = solver.solve(cp)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
        return status != cp_model.INFEASIBLE


def speaks_of(line: Line, spot: Spot, forbidding: frozenset[str]) -> bool:
    """Tell whether a spot is among the limits that a line says cannot all be kept.

    ``forbidding`` are the names of cover rules that allow nobody, which lines assume
    to be kept.
    """
    key = (spot.rule, spot.facet)
    if key in SETTLED:
        return True
    if key in COVER and spot.name in {*line.rules, *forbidding}:
        return True
    if line.topic is Topic.HOURS and line.contract and key in BY_CONTRACT:
        return True
    if key not in SPOKEN_OF[line.topic]:
        return False
    if line.topic is Topic.CONTRACTS:
        return spot.staff in line.people
    if line.topic in BY_DATE and line.dates and spot.date is not None:
        return spot.date in line.dates
    return True


def parts(line: Line) -> Iterator[Line]:
    """Yield one line per date of a line that holds for each of several dates."""
    if line.merged:
        yield from (part for one in line.merged for part in parts(one))
    elif line.topic in BY_DATE and line.dates and not line.code.endswith("_span"):
        yield from (line.model_copy(update={"dates": (date,)}) for date in line.dates)
    else:
        yield line


def hold(problem: Problem) -> int:
    """Assert that the model agrees with each impossible line; return their number."""
    lines = [
        line
        for line in precheck(problem)
        if line.verdict is Verdict.IMPOSSIBLE and line.code not in AUDIT_ONLY
    ]
    judge = Judge(problem)
    forbidding = frozenset(
        rule.name for rule in problem.cover_rules if rule.must and rule.at_most == 0
    )
    for line in lines:
        for part in parts(line):
            asked = partial(speaks_of, part, forbidding=forbidding)
            assert not judge.can_keep(asked), part
    return len(lines)
