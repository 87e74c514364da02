"""The impossible offices are what they are said to be."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.agreements import Agreement
from scheduler.domain.finding import LEVELS, Stance
from scheduler.rulebook import load
from scheduler.solver.solve import SearchLimits, solve
from tests.impossible import IMPOSSIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.solver.solve import Solution
    from tests.impossible import Impossible

LOOKED_AT = LEVELS[: LEVELS.index(Stance.WISH)]
ENOUGH = 10_000
"""More of any unit than an office so small can need."""


def values(solution: Solution) -> dict[Stance, int]:
    """Return the levels down to contracts that are not at zero."""
    looked_at = (one for one in solution.outcomes if one.level in LOOKED_AT)
    return {one.level: one.value for one in looked_at if one.value}


@pytest.mark.parametrize("make", IMPOSSIBLE)
def test_the_best_roster_breaks_what_is_said(make: Callable[[], Impossible]) -> None:
    """Level by level, and everything it breaks stands in a core."""
    office = make()
    solution = solve(office.problem, SearchLimits(seconds=60))
    assert values(solution) == office.values
    broken = {(f.rule, f.facet) for f in solution.findings if f.stance in LOOKED_AT}
    known = {(s.rule, s.facet) for core in office.cores for s in core.broken}
    assert broken <= known
    assert solution.is_proven


@pytest.mark.parametrize("make", IMPOSSIBLE)
def test_any_limit_of_a_core_opens_it(make: Callable[[], Impossible]) -> None:
    """Agree on one limit of each core, whichever, and nothing is broken."""
    office = make()
    rulebook = load(office.problem.period)
    yielding = [
        [spot for spot in core.spots if rulebook[spot.rule].facet[spot.facet].yields]
        for core in office.cores
    ]
    for chosen in zip_longest(*yielding):
        spots = [one or own[0] for one, own in zip(chosen, yielding, strict=True)]
        agreed = [Agreement(spot=spot, amount=ENOUGH) for spot in spots]
        problem = office.problem.model_copy(update={"agreements": tuple(agreed)})
        assert values(solve(problem, SearchLimits(seconds=60))) == {}
