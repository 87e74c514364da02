"""What was changed by hand since a roster was made, and stays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.consistency import pins
from scheduler.domain.plan import changes
from scheduler.domain.problem import Pins

if TYPE_CHECKING:
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.scenario import Scenario

ONE_DAY = dt.timedelta(days=1)


def cells_by_hand(
    problem: Problem, plan: Roster, roster: Roster, scenario: Scenario
) -> frozenset[tuple[StaffId, dt.date]]:
    """Return the cells that were changed by hand and that nothing new asks to change.

    Parameters
    ----------
    plan, roster
        The roster as it was made, and as it stands.
    scenario
        What has changed.  Cells of its people on its dates do not stay, nor do those
        of the mornings after, which follow from them.
    """
    return frozenset(
        (change.staff, change.date)
        for change in changes(problem, plan, roster)
        if change.on_call is None and not _is_asked(change.staff, change.date, scenario)
    )


def nights_by_hand(
    problem: Problem, plan: Roster, roster: Roster, scenario: Scenario
) -> frozenset[dt.date]:
    """Return the nights that were given another person on call, as `cells_by_hand`."""
    return frozenset(
        change.date
        for change in changes(problem, plan, roster)
        if change.on_call and not _is_asked(change.staff, change.date, scenario)
    )


def with_pins(
    problem: Problem, plan: Roster, roster: Roster, scenario: Scenario
) -> Problem:
    """Return the problem with what was changed by hand pinned.

    Leave that nobody asked for and absence are there for a person only where they are
    pinned.  What no pin may say is left out.
    """
    cells = cells_by_hand(problem, plan, roster, scenario)
    known = [duty for duty in problem.pins.duties if (duty.staff, duty.date) in cells]
    kept = [duty for duty in problem.pins.duties if duty not in known]
    by_hand = [duty for duty in roster.duties if (duty.staff, duty.date) in cells]
    asked = problem.model_copy(update={"pins": Pins(duties=tuple(by_hand))})
    wrong = {mistake.loc[2] for mistake in pins.mistakes(asked)}
    possible = [duty for i, duty in enumerate(by_hand) if i not in wrong]
    updated = problem.pins.model_copy(update={"duties": (*kept, *possible)})
    return problem.model_copy(update={"pins": updated})


def _is_asked(name: StaffId, date: dt.date, scenario: Scenario) -> bool:
    return (
        any(
            one.staff == name and one.first <= date <= one.last + ONE_DAY
            for one in scenario.absences
        )
        or any(
            duty.staff == name and duty.date <= date <= duty.date + ONE_DAY
            for duty in scenario.duties
        )
        or any(one.staff == name and one.last < date for one in scenario.leaving)
    )
