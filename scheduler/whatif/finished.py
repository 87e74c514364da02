"""Plans for a roster as it was read back, whatever was changed in it by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.revision import Proposal
from scheduler.solver.standing.by_hand import cells_by_hand, nights_by_hand, with_pins
from scheduler.whatif.replan import PLANS, replan

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from scheduler.domain.plan import Plan
    from scheduler.domain.revision import Revision
    from scheduler.domain.roster_file import RosterFile
    from scheduler.domain.scenario import Scenario
    from scheduler.solver.search import SearchLimits


def plans_of(
    file: RosterFile,
    scenario: Scenario,
    limits: SearchLimits,
    most: int = PLANS,
    stop: threading.Event | None = None,
) -> Iterator[Plan]:
    """Yield plans for the rest of a month, the least disturbing first.

    What was changed by hand stays, but for what the scenario is about.  Each plan's
    roster carries what it takes to accept it (`scheduler.whatif.accepting`).

    Parameters
    ----------
    limits
        Threads and seed, and the time of all plans.
    most
        How many plans; each further one spares somebody whom each earlier one asks.
    stop
        Set it from another thread to end with the plans so far.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    by_hand = file.problem, file.plan, file.roster, scenario
    for plan in replan(
        with_pins(*by_hand),
        file.roster,
        scenario,
        limits,
        held=cells_by_hand(*by_hand),
        held_nights=nights_by_hand(*by_hand),
        most=most,
        stop=stop,
    ):
        yield _proposed(plan, file.plan.revisions)


def _proposed(plan: Plan, revisions: tuple[Revision, ...]) -> Plan:
    """Return a plan whose roster knows what it answers and what it would replace."""
    proposal = Proposal(scenario=plan.scenario, before=plan.before.fingerprint)
    roster = plan.roster.model_copy(
        update={"revisions": revisions, "proposal": proposal}
    )
    return replace(plan, roster=roster)
