"""What differs between two rosters of a month, and which changes were accepted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import Duty, OffKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

FIRST = 1
"""Version of a roster as it was first made."""


class Change(Frozen):
    """One cell that says something else, or a night on call that another has.

    Of a night on call ``before`` and ``after`` are empty, and ``on_call`` says whether
    the person has it now or had it before.
    """

    staff: StaffId
    date: dt.date
    before: Duty | None = None
    after: Duty | None = None
    on_call: bool | None = None


class Proposal(Frozen):
    """What a plan answers; it is still to be accepted."""

    scenario: Scenario
    """What had happened."""
    before: str
    """`Roster.fingerprint` of the roster that it would replace, as it stood."""


class Revision(Frozen):
    """A plan that was accepted and became the roster."""

    version: int = Field(gt=FIRST)
    """Of the roster since then."""
    accepted_at: dt.datetime
    scenario: Scenario
    """What had happened."""
    why: str = Field(default="", max_length=200)
    """What the manager said of it; empty if what has happened says enough."""
    changes: tuple[Change, ...]
    """What differs from the roster as it stood, hand edits included."""
    asked: tuple[StaffId, ...]
    """Who had to be asked."""


def changes(problem: Problem, before: Roster, after: Roster) -> Iterator[Change]:
    """Yield what differs between two rosters of a month; breaks are no difference."""
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
        # Who comes had no days before, and who leaves misses none that were free.
        return True
    if old is None:
        return False
    return old.entry == new.entry
