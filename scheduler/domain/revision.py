"""Changes between two rosters of a month, and the accepted plans (revisions)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import Duty, OffKind

if TYPE_CHECKING:
    from scheduler.domain.roster import Roster

FIRST = 1
"""Version number of a roster that was just made."""


class Change(Frozen):
    """One changed cell, or one night on call that a person gains or loses.

    For a night on call ``before`` and ``after`` are ``None``, and ``on_call`` is true
    if the person has it now, false if only before.
    """

    staff: StaffId
    date: dt.date
    before: Duty | None = None
    after: Duty | None = None
    on_call: bool | None = None


class Proposal(Frozen):
    """What a plan that is not accepted yet was made for."""

    scenario: Scenario
    """The scenario that the plan responds to."""
    before: str
    """`Roster.fingerprint` of the roster that the plan would replace."""


class Revision(Frozen):
    """The record of a plan that was accepted and became the roster."""

    version: int = Field(gt=FIRST)
    """Version number of the roster from then on."""
    accepted_at: dt.datetime
    scenario: Scenario
    """The scenario that the plan responded to."""
    why: str = Field(default="", max_length=200)
    """The manager's remark; empty if there is none."""
    changes: tuple[Change, ...]
    """All differences from the roster before, hand edits included."""
    asked: tuple[StaffId, ...]
    """The people who had to be asked."""


def changes(problem: Problem, before: Roster, after: Roster) -> Iterator[Change]:
    """Yield the differences between two rosters of a month; breaks are ignored.

    They come in order of dates, then of the staff list; a date's night on call last.
    """
    for date in problem.period.dates:
        for member in problem.staff:
            old = before.by_cell.get((member.name, date))
            new = after.by_cell.get((member.name, date))
            if new is not None and not _same(old, new):
                yield Change(staff=member.name, date=date, before=old, after=new)
        had = before.on_call_by_date.get(date)
        has = after.on_call_by_date.get(date)
        for name, on_call in ((had, False), (has, True)):
            if name is not None and had != has:
                yield Change(staff=name, date=date, on_call=on_call)


def _same(old: Duty | None, new: Duty) -> bool:
    if new.off is OffKind.AWAY and (old is None or old.off is OffKind.DAY_OFF):
        # Somebody who joins has no earlier cells; one who leaves loses no day off.
        return True
    if old is None:
        return False
    return old.entry == new.entry
