"""Which broken levels of a month must be broken, by searches and by sums."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.advice.offers import to_be_mended
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.precheck import Line
from scheduler.solver.solution import Solution


def proven(
    solution: Solution, sums: Sequence[Line]
) -> tuple[tuple[Stance, ...], tuple[Stance, ...]]:
    """Return the broken levels that must be broken, and those not known to be.

    The bound of a level holds with the levels above at their values, so below a level
    that is not settled nothing is.

    Parameters
    ----------
    sums
        Sums that do not add up.  Those of the law confirm a bound on the first level
        that is short as well as a second search does; those of contracts show that
        contracts must be broken where law and musts are kept.
    """
    counted = any(line.breaks_law for line in sums)
    broken = {finding.stance for finding in to_be_mended(solution.findings)}
    outcomes = {outcome.level: outcome for outcome in solution.outcomes}
    short = [one for one in broken if one not in outcomes]
    unsettled: list[Stance] = []
    for level in LEVELS:
        outcome = outcomes.get(level)
        if level not in broken or outcome is None:
            continue
        known = outcome.confirmed or (counted and level.is_hard and not short)
        summed = sums and not counted and level is Stance.CONTRACT and not short
        if unsettled or not (summed or (outcome.bound and known)):
            unsettled.append(level)
        else:
            short.append(level)
    return tuple(short), tuple(unsettled)
