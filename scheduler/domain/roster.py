"""The month's roster: who does what on each date, and who is on call."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cached_property
from typing import Self

from pydantic import model_validator

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.problem import SCHEMA
from scheduler.domain.shifts import Duty, OnCall


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
