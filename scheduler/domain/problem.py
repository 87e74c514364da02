"""The problem: everything that a roster is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.agreements import Agreement
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.events import CalendarEvent, DeskTask
from scheduler.domain.fields import Days
from scheduler.domain.forecast import DayProfile, Forecast, ForecastDay
from scheduler.domain.kinds import DayKind, Spell, once, shifts_of
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.office import Office
from scheduler.domain.period import Period
from scheduler.domain.registrants import (
    Attendance,
    Registrant,
    UseChange,
    with_planned_numbers,
)
from scheduler.domain.requests import CoverRule, Pair, PersonalLimit, Request
from scheduler.domain.shifts import Duty, OffKind, OnCall, Shift, ShiftKind
from scheduler.domain.staff import Contract, StaffMember, of_the_part

Cells = Mapping[tuple[StaffId, dt.date], Duty]
"""Duties by person and date."""

SCHEMA = 1
"""Version of the JSON form of a problem and a roster."""


class DaysOffBefore(Frozen):
    """Holidays by law of a person in the running four weeks, before the tail (F-06)."""

    staff: StaffId
    days: Days = Field(ge=0, le=28, title=N_("Days off before"))
    """Full days off in the running four weeks before the dates shown, paid leave and
    absence left out; only for four holidays in four weeks."""


class History(Frozen):
    """Last month's tail: what was done on the dates just before the period."""

    duties: tuple[Duty, ...] = ()
    on_call: tuple[OnCall, ...] = ()
    days_off_before: tuple[DaysOffBefore, ...] = ()

    @cached_property
    def by_cell(self) -> dict[tuple[StaffId, dt.date], Duty]:
        """Duties of the tail by person and date."""
        return {(duty.staff, duty.date): duty for duty in self.duties}

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

    def with_duties(self, more: Iterable[Duty]) -> Pins:
        """Return the pins with some more."""
        return self.model_copy(update={"duties": (*self.duties, *more)})

    def in_force(self, planned: Cells, now: Cells) -> Pins:
        """Return the pins without absences over which something else was typed.

        They were fixed because they were so: whoever comes after all breaks no pin.
        """
        kept = tuple(
            pin
            for pin in self.duties
            if pin.off is not OffKind.ABSENT
            or (duty := now.get((pin.staff, pin.date))) is None
            or duty.off is OffKind.ABSENT
            or duty == planned.get((pin.staff, pin.date))
        )
        return self.model_copy(update={"duties": kept})


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
    personal_limits: tuple[PersonalLimit, ...] = ()
    events: tuple[CalendarEvent, ...] = ()
    desk_tasks: tuple[DeskTask, ...] = ()
    pins: Pins = Pins()
    ledger: tuple[LedgerEntry, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    kinds: tuple[DayKind, ...] = ()
    spells: tuple[Spell, ...] = ()
    registrants: tuple[Registrant, ...] = ()
    """Users one by one, if the office enters them; the forecast may then leave out
    numbers."""
    use_changes: tuple[UseChange, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        """Fill in the numbers of the forecast that the registrants' plans give."""
        if not isinstance(data, dict) or not data.get("registrants"):
            return data
        forecast = data.get("forecast")
        is_raw = isinstance(forecast, dict) and isinstance(forecast.get("days"), list)
        return with_planned_numbers(data) if is_raw else data

    @cached_property
    def weeks(self) -> tuple[tuple[dt.date, ...], ...]:
        """The weeks that touch the period, each from the office's first weekday."""
        return tuple(self.period.weeks(self.office.settings.week_starts_on))

    @cached_property
    def known_since(self) -> dt.date:
        """The first date of which something is known: of the tail, or the period."""
        return min((*self.history.dates, self.period.first))

    @cached_property
    def kind_shifts(self) -> dict[tuple[ShiftId, Interval], Shift]:
        """The shifts that the kinds of work stand for, by symbol and clock times."""
        return shifts_of(self.kinds, self.spells)

    @cached_property
    def all_shifts(self) -> tuple[Shift, ...]:
        """The shift table, and behind it the kinds of work."""
        return (*self.shifts, *self.kind_shifts.values())

    @cached_property
    def shift_by_symbol(self) -> dict[ShiftId, Shift]:
        """The shift table and the kinds of work by symbol; of two alike the first."""
        by_symbol: dict[ShiftId, Shift] = {}
        for shift in self.all_shifts:
            by_symbol.setdefault(shift.symbol, shift)
        return by_symbol

    @cached_property
    def kind_by_symbol(self) -> dict[ShiftId, DayKind]:
        """The office's own kinds of day by symbol."""
        return {kind.symbol: kind for kind in self.kinds}

    @cached_property
    def member_by_name(self) -> dict[StaffId, StaffMember]:
        """The staff by name."""
        return {member.name: member for member in self.staff}

    @cached_property
    def home(self) -> Problem:
        """The problem with those people alone whose contracts stand in it.

        Rules of people are theirs; others who work here are judged where they belong.
        """
        own = tuple(member for member in self.staff if not member.home)
        if len(own) == len(self.staff):
            return self
        return self.model_copy(update={"staff": own})

    def judged_by(self, of: str | None) -> Problem:
        """Return the problem as a rule reads it, by whose rule it is (`Rule.of`)."""
        return self.home if of == "people" else self

    def with_more(
        self,
        staff: Iterable[tuple[int, StaffMember]] = (),
        shifts: Iterable[Shift] = (),
        days: Iterable[ForecastDay] = (),
        pins: Iterable[tuple[int, Duty]] = (),
        kinds: Iterable[tuple[int, DayKind]] = (),
        uses: Iterable[UseChange] = (),
    ) -> Self:
        """Return the problem with more people and shifts, other users, and more pins.

        Parameters
        ----------
        staff, pins, kinds
            People, pinned duties and kinds of day, each with the number of the house to
            which they belong; an office by itself has one house.  Kinds once.
        shifts, days, uses
            Of several houses each names its own (`HouseShift`, `HouseDay`, `HouseUse`).
        """
        return self.model_copy(
            update={
                "staff": (*self.staff, *(member for _house, member in staff)),
                "shifts": (*self.shifts, *shifts),
                "forecast": self.forecast.with_days(days),
                "pins": self.pins.with_duties(duty for _house, duty in pins),
                "kinds": once((*self.kinds, *(kind for _house, kind in kinds))),
                "use_changes": (*self.use_changes, *uses),
            }
        )

    def people_of(self, name: str) -> tuple[StaffMember, ...]:
        """Return the person of a name, or the people of a group, without repeats."""
        member = self.member_by_name.get(StaffId(name))
        if member is not None:
            return (member,)
        return tuple(member for member in self.staff if name in member.groups)

    @cached_property
    def event_by_name(self) -> dict[str, CalendarEvent]:
        """The events by name."""
        return {event.name: event for event in self.events}

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
        """Pinned duties by person and date, and those of spells.

        A pin takes the place of what a spell says about its cell.
        """
        spells = (duty for spell in self.spells for duty in self._duties_of(spell))
        return {(duty.staff, duty.date): duty for duty in (*spells, *self.pins.duties)}

    def shift_of(self, duty: Duty | None) -> Shift | None:
        """Return the shift that a duty begins, if it begins one of the table."""
        if duty is None or duty.shift is None:
            return None
        return self.shift_by_symbol.get(duty.shift)

    @property
    def pinned_cells(self) -> int:
        """Number of pinned cells and nights on call, those of spells included."""
        return len(self.pin_by_cell) + len(self.pins.on_call)

    def _duties_of(self, spell: Spell) -> Iterator[Duty]:
        """Yield the duties of a spell in the period.

        Work, and release from it, are only on dates on which the contract allows work.
        """
        member = self.member_by_name.get(spell.staff)
        kind = self.kind_by_symbol.get(spell.kind)
        if member is None or kind is None:
            return
        times = spell.span or kind.interval
        shift = self.kind_shifts.get((kind.symbol, times)) if times else None
        if kind.hours and shift is None:
            return
        for date in self.period.dates:
            if date not in spell or date not in member.employed:
                continue
            works = member.contract.allows(date, self.period)
            if works or kind.off in (OffKind.LONG_LEAVE, OffKind.DAY_OFF):
                yield Duty(
                    staff=member.name,
                    date=date,
                    shift=shift.symbol if shift else None,
                    off=kind.off,
                    kind=kind.symbol if kind.off else None,
                )

    def does_nights_only(self, member: StaffMember) -> bool:
        """Tell whether a person has shifts, and all of them are nights."""
        table = self.shift_by_symbol
        kinds = {table[one].kind for one in member.shifts if one in table}
        return kinds == {ShiftKind.NIGHT}

    def days_a_week(self, member: StaffMember) -> int:
        """Return the days of work a week by contract; a full-timer's if none agreed."""
        contract, settings = member.contract, self.office.settings
        usual = settings.full_time_week // settings.full_time_day
        return min(contract.days_per_week_max or usual, len(contract.weekdays))

    def contract_of(self, member: StaffMember) -> Contract:
        """Return the contract without the part of the period on leave of absence.

        Hours, days off and least nights are those of the dates on which the person is
        employed and not on leave; no statute says how, this is the usual 日割り.
        """
        return self._contracts.get(member.name, member.contract)

    @cached_property
    def _contracts(self) -> dict[StaffId, Contract]:
        """Contracts of those who are on leave of absence on some date."""
        found = {}
        for name, away in self.on_long_leave.items():
            member = self.member_by_name[name]
            employed = sum(date in member.employed for date in self.period.dates)
            ratio = Fraction(employed - len(away), employed)
            found[name] = of_the_part(member.contract, ratio)
        return found

    @cached_property
    def on_long_leave(self) -> dict[StaffId, tuple[dt.date, ...]]:
        """Dates of leave of absence by person; people without one are left out."""
        found: dict[StaffId, tuple[dt.date, ...]] = {}
        for (name, date), pin in sorted(self.pin_by_cell.items()):
            member = self.member_by_name.get(name)
            inside = date in self.period and member and date in member.employed
            if inside and pin.off is OffKind.LONG_LEAVE:
                found[name] = (*found.get(name, ()), date)
        return found

    @cached_property
    def attendance(self) -> Attendance:
        """Who comes when by the registrants' plans."""
        profiles = {
            day.date: self.profile_by_name[day.profile] for day in self.forecast.days
        }
        return Attendance(self.registrants, self.use_changes, profiles)

    @cached_property
    def ledger_by_name(self) -> dict[StaffId, LedgerEntry]:
        """Ledger entries by person; an empty one for people without an entry."""
        own = {member.name: LedgerEntry(staff=member.name) for member in self.staff}
        return {**own, **{entry.staff: entry for entry in self.ledger}}
