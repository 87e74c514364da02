"""What has changed since a roster was made, as typed, understood and accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, Self, TypeVar

from pydantic import Field, model_validator

from scheduler.domain import N_
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.clock import DAY
from scheduler.domain.fields import unset
from scheduler.domain.forecast import ForecastDay, HouseDay
from scheduler.domain.kinds import DayKind
from scheduler.domain.period import Period
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.registrants import HouseUse, UseChange
from scheduler.domain.requests import Request
from scheduler.domain.roster import Change, Roster
from scheduler.domain.shifts import Duty, OffKind, OnCall
from scheduler.domain.staff import HouseMember, StaffMember, least_in_proportion

Entry = TypeVar("Entry", Duty, OnCall, Request)


class Absence(Frozen):
    """Somebody is away on dates, both included (欠勤)."""

    staff: StaffId
    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("an absence ends on the date it begins, or later")
        return self

    def __contains__(self, date: object) -> bool:
        return isinstance(date, dt.date) and self.first <= date <= self.last


class Leaving(Frozen):
    """Somebody works until a date and no longer."""

    staff: StaffId
    last: dt.date


class Lending(Frozen):
    """Somebody is lent to another office for a date (応援に出す)."""

    house: int = MAIN
    """Number of the house to which the person belongs."""
    kind: DayKind
    """Their work there, as a kind of day of that house."""
    duty: Duty
    """The cell, in the symbols of that house."""


class Scenario(Frozen):
    """What has changed since a roster was made, and from when it can be changed.

    Names and dates are checked against problem and roster by
    `scheduler.whatif.scenario_effects`.
    """

    name: str = Field(default="", max_length=60, title=N_("Name of the what-if"))
    """Anything you like, such as A. Empty: the same as the line above."""
    now: dt.date
    """First date that may still change; earlier ones are past."""
    absences: tuple[Absence, ...] = ()
    days: tuple[HouseDay | ForecastDay, ...] = ()
    """Dates on which other users are expected now."""
    uses: tuple[HouseUse | UseChange, ...] = Field(
        default=(), exclude_if=lambda uses: not uses
    )
    """Registrants whose weeks are others now; their numbers are in ``days``."""
    duties: tuple[Duty, ...] = ()
    """Cells that are to say something else; of those who are lent as well."""
    lent: tuple[Lending, ...] = Field(default=(), exclude_if=unset)
    joining: tuple[HouseMember | StaffMember, ...] = ()
    """Where several houses are planned together, a line for each house they join."""
    leaving: tuple[Leaving, ...] = ()

    @property
    def away(self) -> frozenset[StaffId]:
        """The people who are absent or leave."""
        absent = {absence.staff for absence in self.absences}
        return frozenset(absent | {one.staff for one in self.leaving})

    def spared_in(self, roster: Roster) -> frozenset[StaffId]:
        """Return who is asked for another day only if all others are not enough.

        These are those away, and whoever is ill in the roster already on a date that
        can still change.
        """
        ill = (one for one in roster.duties if one.off is OffKind.ABSENT)
        return self.away | {one.staff for one in ill if one.date >= self.now}

    def applied_to(self, problem: Problem, roster: Roster) -> Problem:
        """Return the problem with the scenario applied to it.

        An absence is pinned on every date from ``now`` on: days off and leave stay
        what they are, and so does the morning after a night worked before ``now``.  For
        somebody who leaves, pins, requests and agreements end with the last day, and
        the contract's least amounts are reduced in proportion.
        """
        absent = self._absent(problem, roster)
        pins = (*problem.pins.duties, *self.duties, *absent)
        pinned = {(duty.staff, duty.date): duty for duty in pins}
        of_houses = [day for day in self.days if isinstance(day, HouseDay)]
        own = [day for day in self.days if not isinstance(day, HouseDay)]
        uses = [use for use in self.uses if not isinstance(use, HouseUse)]
        used = [use for use in self.uses if isinstance(use, HouseUse)]
        if self.joining or of_houses or self.lent or used:
            problem = with_lent(problem, self.lent).with_more(
                map(_in_house, self.joining), days=of_houses, uses=used
            )
        return problem.model_copy(
            update={
                "forecast": problem.forecast.with_days(own),
                "use_changes": (*problem.use_changes, *uses),
                "staff": tuple(
                    self._staying(one, problem.period) for one in problem.staff
                ),
                "pins": Pins(
                    duties=self._passable(problem, self._kept(pinned.values())),
                    on_call=self._kept(self._before_last(problem)),
                ),
                "requests": self._kept(problem.requests),
                "agreements": tuple(
                    one
                    for one in problem.agreements
                    if self._is_there(one.spot.staff, one.spot.date)
                ),
            }
        )

    @cached_property
    def _last_day(self) -> dict[StaffId, dt.date]:
        return {one.staff: one.last for one in self.leaving}

    def _kept(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return the entries without those after their person's last day."""
        return tuple(one for one in entries if self._is_there(one.staff, one.date))

    def _passable(self, problem: Problem, pins: Iterable[Duty]) -> tuple[Duty, ...]:
        """Return pins without nights that would end after their person's last day."""
        shifts = problem.shift_by_symbol
        return tuple(
            pin
            for pin in pins
            if pin.date != self._last_day.get(pin.staff)
            or pin.shift not in shifts
            or not shifts[pin.shift].passes_midnight
        )

    def _before_last(self, problem: Problem) -> Iterator[OnCall]:
        """Yield the pinned nights on call that end by their person's last day."""
        into_next = problem.office.on_call_band.end > DAY
        for pin in problem.pins.on_call:
            if not into_next or pin.date != self._last_day.get(pin.staff):
                yield pin

    def _is_there(self, name: StaffId, date: dt.date | None) -> bool:
        return date is None or date <= self._last_day.get(name, date)

    def _staying(self, member: StaffMember, period: Period) -> StaffMember:
        """Return a person as employed until the last day, if they are leaving."""
        if member.name not in self._last_day:
            return member
        employed = member.employed.model_copy(
            update={"last": self._last_day[member.name]}
        )
        part, whole = (
            sum(date in span for date in period.dates)
            for span in (employed, member.employed)
        )
        ratio = Fraction(part, whole or period.days)
        contract = least_in_proportion(member.contract, ratio)
        return member.model_copy(update={"employed": employed, "contract": contract})

    def _absent(self, problem: Problem, roster: Roster) -> Iterator[Duty]:
        for absence in self.absences:
            employed = problem.member_by_name[absence.staff].employed
            for date in problem.period.dates:
                if date not in absence or date < self.now or date not in employed:
                    continue
                known = roster.by_cell.get((absence.staff, date))
                off = known.off if known is not None else None
                if off is OffKind.AFTER_NIGHT and date > self.now:
                    off = None  # It follows a night that will not be worked.
                yield Duty(staff=absence.staff, date=date, off=off or OffKind.ABSENT)


def with_lent(problem: Problem, lent: Iterable[Lending]) -> Problem:
    """Return the problem that knows where people are lent, and when."""
    lent = tuple(lent)
    return problem.with_more(
        pins=[(one.house, one.duty) for one in lent],
        kinds=[(one.house, one.kind) for one in lent],
    )


def _in_house(member: HouseMember | StaffMember) -> tuple[int, StaffMember]:
    """Return the number of the house that somebody joins, and their line there."""
    if isinstance(member, HouseMember):
        return member.house, member.alone
    return MAIN, member


FIRST = 1
"""Version number of a roster that was just made."""


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


class Event(StrEnum):
    """The kinds of event; those on users are named after fields of `ForecastDay`."""

    ABSENCE = "absence"
    LEAVING = "leaving"
    JOINING = "joining"
    DUTY = "duty"
    """A cell that is to say something else."""
    LOAN = "loan"
    """Somebody works in another office, from one time to another."""
    DAY_USERS = "day_users"
    OVERNIGHT = "overnight"
    VISITS = "visits"
    USE = "use"
    """A registrant whose week is another from a date on."""


USERS = (Event.DAY_USERS, Event.OVERNIGHT, Event.VISITS)
"""Events about numbers of users."""


class Words(NamedTuple):
    """A text as typed, and its place: sheet and cell, or option and value."""

    text: str = ""
    sheet: str = ""
    cell: str = ""


class Happening(NamedTuple):
    """One event as typed; fields that its kind does not need are empty."""

    event: Event
    name: Words
    """Name of the person."""
    first: Words
    """The date, or the first of several; for somebody who leaves, the last day."""
    last: Words
    """The last of several dates."""
    what: Words
    """Symbol of the cell, number of users or times of visits, services of a week, the
    person a new one works like, or times and name of the office to which somebody is
    lent."""


class Case(NamedTuple):
    """A what-if as typed: events that are planned for together."""

    happenings: tuple[Happening, ...]
    start: Words = Words()
    """First date that may still change; empty: the first date of an event."""
    name: str = ""
