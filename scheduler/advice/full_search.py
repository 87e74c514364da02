"""What a repair costs once the whole month is searched with it."""

from __future__ import annotations

import threading
from dataclasses import replace

from scheduler.advice.repairs import Mended
from scheduler.audit.changes.plans import effects
from scheduler.domain.advice import Repair
from scheduler.domain.errors import GaveUp
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search
from scheduler.solver.solve import solve


def of_full_search(
    mended: Mended,
    problem: Problem,
    roster: Roster,
    search: Search,
    stop: threading.Event | None,
) -> Repair:
    """Return a repair with what it costs once the whole month is searched with it.

    The roster that is nearest to the one made without the repair may give up wishes
    that need not be lost.

    Parameters
    ----------
    problem, roster
        The month without the repair, and its roster.
    """
    repair = mended.repair
    limits = replace(search.limits, seconds=search.left)
    try:
        found = solve(mended.problem, limits, stop=stop)
    except GaveUp:
        return repair
    rulebook = rules_of(problem)
    now, before = (rulebook.level_totals(one.findings) for one in (found, mended))
    above = LEVELS[: LEVELS.index(Stance.WISH) + 1]
    worth = [[totals[level] for level in above] for totals in (now, before)]
    if worth[0] > worth[1]:
        return repair
    known = problem.with_more(shifts=repair.shifts)
    whole = effects(known, roster, found.roster)
    known_best = [one.is_proven for one in found.outcomes if one.level in above]
    proven = bool(known_best) and all(known_best)
    if not proven and len(whole.wishes_lost) > len(repair.effects.wishes_lost):
        # The near roster shows that fewer need be lost.
        return repair
    update = {"effects": whole, "full_search": True, "wishes_proven": proven}
    return repair.model_copy(update=update)
