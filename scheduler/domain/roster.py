"""The month's roster: who does what on each date, and what differs between two."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Self

from pydantic import model_validator

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.problem import SCHEMA, Problem
from scheduler.domain.shifts import Duty, OffKind, OnCall


class Roster(Frozen):
    """One duty for every person and date, and who is on call each night."""

    schema_version: int = SCHEMA
    duties: tuple[Duty, ...]
    on_call: tuple[OnCall, ...] = ()

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        cells = [(duty.staff, duty.date) for duty in self.duties]
        if len(set(cells)) != len(cells):
            raise ValueError("two duties for one person and date")
        if len({on_call.date for on_call in self.on_call}) != len(self.on_call):
            raise ValueError("two people on call in one night")
        return self

    @cached_property
    def by_cell(self) -> dict[tuple[StaffId, dt.date], Duty]:
        """Duties by person and date."""
        return {(duty.staff, duty.date): duty for duty in self.duties}

    @cached_property
    def on_call_by_date(self) -> dict[dt.date, StaffId]:
        """The person on call in the night that begins on each date."""
        return {on_call.date: on_call.staff for on_call in self.on_call}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all duties, breaks included, and of all nights on call."""
        duties = sorted(self.duties, key=lambda duty: (duty.date, duty.staff))
        nights = sorted(self.on_call, key=lambda night: night.date)
        texts = (entry.model_dump_json() for entry in (*duties, *nights))
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()


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


def people_of(problem: Problem, changed: Iterable[Change]) -> tuple[StaffId, ...]:
    """Return the people of some changes, in the order of the staff list."""
    names = {change.staff for change in changed}
    return tuple(member.name for member in problem.staff if member.name in names)


def _same(old: Duty | None, new: Duty) -> bool:
    if new.off is OffKind.AWAY and (old is None or old.off is OffKind.DAY_OFF):
        # Somebody who joins has no earlier cells; one who leaves loses no day off.
        return True
    if old is None:
        return False
    return old.entry == new.entry
