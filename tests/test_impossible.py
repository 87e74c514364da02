"""The impossible offices are what they are said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.domain.stance import LEVELS, Stance
from scheduler.solve import SearchLimits, solve
from tests.impossible import IMPOSSIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.impossible import Impossible

LOOKED_AT = LEVELS[: LEVELS.index(Stance.WISH)]


@pytest.mark.parametrize("make", IMPOSSIBLE)
def test_the_best_roster_breaks_what_is_said(make: Callable[[], Impossible]) -> None:
    """Level by level, and everything it breaks stands in a core."""
    office = make()
    solution = solve(office.problem, SearchLimits(seconds=60))
    values = {o.level: o.value for o in solution.outcomes if o.level in LOOKED_AT}
    assert {level: value for level, value in values.items() if value} == office.values
    broken = {(f.rule, f.facet) for f in solution.findings if f.stance in LOOKED_AT}
    known = {(s.rule, s.facet) for core in office.cores for s in core.broken}
    assert broken <= known
    assert solution.is_proven
