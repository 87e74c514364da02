"""Plans in which people are at training, on leave, or at a meeting.

A guest stays on the nights of the second and the fourth; of two night workers one falls
ill on the fourth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.domain.events import CalendarEvent
from scheduler.domain.kinds import GIVEN, Spell
from scheduler.domain.record import RosterRecord
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.shifts import OnCall, Role
from scheduler.whatif import replan
from tests.support.builders import make_duty
from tests.support.impossible import (
    CARER,
    NIGHTLY,
    NURSE,
    date_of,
    night_workers,
    office,
)
from tests.support.week import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.problem import Problem

FIRST_NIGHT, ILL = NIGHTLY
MEETING = CalendarEvent.model_validate(
    {
        "name": "会議",
        "dates": [date_of(3)],
        "span": "10:00-11:00",
        "people": [CARER],
    }
)


def away(kind: str) -> Problem:
    """Make the week with the other night worker away from the fourth date on."""
    spell = Spell(staff=FIRST_NIGHT, kind=kind, first=date_of(3), last=date_of(5))
    return office(
        *night_workers(),
        overnight=[0, 1, 0, 1, 0, 0, 0],
        kinds=GIVEN,
        spells=[spell],
        events=[MEETING],
    )


def roster_of(problem: Problem, kind: str) -> RosterRecord:
    """Return the roster drawn by hand, with what the spell says in its cells."""
    grid: dict[str, Sequence[str]] = {
        **GRID,
        FIRST_NIGHT: ("休", "夜", "明", *[kind] * 3, "休"),
    }
    duties = []
    for name, row in grid.items():
        for day, one in enumerate(row):
            fields: dict[str, Any] = {"roles": (Role.CARE,)} if one in "日夜" else {}
            if (name, day) == (CARER, 3):
                fields["events"] = ("会議",)
            duties.append(make_duty(problem, name, date_of(day), one, **fields))
    nights = [OnCall(staff=NURSE, date=date_of(day)) for day in (1, 3)]
    return RosterRecord(duties=tuple(duties), on_call=tuple(nights))


@pytest.mark.parametrize("kind", ["研", "休職"])
def test_nobody_at_training_or_on_leave_is_asked(kind: str) -> None:
    """The one other who could pass the night has it in no plan; the meeting is held."""
    problem = away(kind)
    roster = roster_of(problem, kind)
    absence = Absence(staff=ILL, first=date_of(3), last=date_of(4))
    scenario = Scenario(now=date_of(3), absences=(absence,))
    found = list(replan(problem, roster, scenario))
    assert found
    for plan in found:
        for day in (3, 4, 5):
            cell = (FIRST_NIGHT, date_of(day))
            assert plan.roster.by_cell[cell].entry == roster.by_cell[cell].entry
        assert FIRST_NIGHT not in plan.disturbed
        assert plan.roster.by_cell[CARER, date_of(3)].events == ("会議",)
