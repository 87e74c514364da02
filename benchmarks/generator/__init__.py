"""Random offices as managers type them in: the same seed draws the same office.

Period and shift table are drawn first (`frame`), then people and contracts (`staff`);
users follow from the hours that the contracts leave for care by day (`month`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.frame import Strain, draw_frame
from benchmarks.generator.month import draw_month
from benchmarks.generator.staff import draw_team

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

__all__ = ["Strain", "office"]


def office(
    seed: int,
    people: int | None = None,
    strain: Strain | None = None,
    period: Period | None = None,
) -> Problem:
    """Draw an office.

    Parameters
    ----------
    seed
        Of the random numbers; it also decides what is not given.
    people
        Number of people, by default 12 to 25; with more the office needs higher
        capacities than the standard's, by ordinance.
    strain
        How much the month asks of them.
    period
        The dates, by default 28 to 31.
    """
    return draw_month(draw_team(draw_frame(seed, people, strain, period)))
