"""The problem: everything that a roster is made from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain import N_
from scheduler.domain.agreements import Agreement
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.fields import Days
from scheduler.domain.forecast import DayProfile, Forecast, ForecastDay
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.office import Office
from scheduler.domain.period import Period
from scheduler.domain.requests import CoverRule, Pair, Request
from scheduler.domain.shifts import Duty, OnCall, Shift
from scheduler.domain.staff import StaffMember

if TYPE_CHECKING:
    import datetime as dt

SCHEMA = 1
"""Version of the JSON form of a problem and a roster."""


class DaysOffBefore(Frozen):
    """Holidays by law of a person in the running four weeks, before the tail (F-06)."""

    staff: StaffId
    days: Days = Field(ge=0, le=28, title=N_("Days off before"))
    """Full days off in the running four weeks before the dates shown, paid leave and
    absence left out; only for four holidays in four weeks (F-06)."""


class History(Frozen):
    """Last month's tail: what was done on the dates just before the period."""

    duties: tuple[Duty, ...] = ()
    on_call: tuple[OnCall, ...] = ()
    days_off_before: tuple[DaysOffBefore, ...] = ()

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """Dates of the tail, in order."""
        return tuple(sorted({duty.date for duty in self.duties}))


class Pins(Frozen):
    """Cells the manager has fixed beforehand (固定).

    A pinned duty without roles leaves them open; breaks are always open.
    """

    duties: tuple[Duty, ...] = ()
    on_call: tuple[OnCall, ...] = ()

    @property
    def count(self) -> int:
        """Number of pinned cells."""
        return len(self.duties) + len(self.on_call)


class Problem(Frozen):
    """One office, one period: validated, complete, nothing left to prepare.

    References between its parts (names, symbols, dates) are checked by
    `scheduler.audit.consistency.mistakes`, which reports all that is wrong at once.
    """

    schema_version: int = SCHEMA
    period: Period
    office: Office
    shifts: tuple[Shift, ...] = Field(min_length=1)
    staff: tuple[StaffMember, ...] = Field(min_length=1)
    forecast: Forecast
    requests: tuple[Request, ...] = ()
    history: History = History()
    cover_rules: tuple[CoverRule, ...] = ()
    pairs: tuple[Pair, ...] = ()
    pins: Pins = Pins()
    ledger: tuple[LedgerEntry, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @cached_property
    def shift_by_symbol(self) -> dict[ShiftId, Shift]:
        """The shift table by symbol."""
        return {shift.symbol: shift for shift in self.shifts}

    @cached_property
    def member_by_name(self) -> dict[StaffId, StaffMember]:
        """The staff by name."""
        return {member.name: member for member in self.staff}

    @cached_property
    def forecast_by_date(self) -> dict[dt.date, ForecastDay]:
        """The forecast by date."""
        return {day.date: day for day in self.forecast.days}

    @cached_property
    def profile_by_name(self) -> dict[str, DayProfile]:
        """The office's day profiles by name."""
        return {profile.name: profile for profile in self.office.profiles}

    @cached_property
    def requests_by_cell(self) -> dict[tuple[StaffId, dt.date], tuple[Request, ...]]:
        """Requests by person and date."""
        cells: dict[tuple[StaffId, dt.date], tuple[Request, ...]] = {}
        for request in self.requests:
            cell = (request.staff, request.date)
            cells[cell] = (*cells.get(cell, ()), request)
        return cells

    @cached_property
    def pin_by_cell(self) -> dict[tuple[StaffId, dt.date], Duty]:
        """Pinned duties by person and date."""
        return {(duty.staff, duty.date): duty for duty in self.pins.duties}

    @cached_property
    def ledger_by_name(self) -> dict[StaffId, LedgerEntry]:
        """Ledger entries by person; an empty one for people without an entry."""
        own = {member.name: LedgerEntry(staff=member.name) for member in self.staff}
        return {**own, **{entry.staff: entry for entry in self.ledger}}
