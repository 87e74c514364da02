"""Explanations (reasons, obstacles, causes) and proposals (repairs, hires)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic import Field, field_validator

from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import Span
from scheduler.domain.fields import unset
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.forecast import ForecastDay, HouseDay
from scheduler.domain.ledger import Burden
from scheduler.domain.office import FORMERLY
from scheduler.domain.precheck import Line, Mend
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, HouseShift, OnCall, Role, Shift
from scheduler.domain.staff import StaffMember


class Reason(Frozen):
    """What is lost if one refused wish is granted.

    ``breaches`` and ``gives_way`` describe the best roster that grants the wish: with
    these breaches allowed and these requests dropped, nothing else is lost on the
    levels above fairness.  Both are empty if the search found no such roster in time,
    or, if ``unfinished``, one in which nothing is lost.
    """

    request: Request
    breaches: tuple[Finding, ...] = ()
    """Breaches of law, musts or contracts that the present roster does not have."""
    gives_way: tuple[Request, ...] = ()
    """Requests granted now that would be refused instead."""
    others: tuple[StaffId, ...] = ()
    """People who could do the duty left undone but have asked to be free."""
    same_worth: bool = False
    """Whether the wishes that give way have exactly the weight of the refused one."""
    is_least: bool = True
    """Whether less would not do; otherwise the search ended with this roster."""
    unfinished: bool = False
    """Whether nothing need be lost: the search for the roster ended too early."""
    own: Line | None = None
    """A sum of the person's own contract that the wish makes impossible."""
    beside: tuple[Request, ...] = ()
    """Wishes of the person, granted now, without which that sum adds up."""

    @field_validator("breaches", mode="before")
    @classmethod
    def _as_called_now(cls, breaches: Any) -> Any:
        """Convert breaches of older files, in which guidelines had the stance wish."""
        if not isinstance(breaches, list):
            return breaches
        return [_renamed(one) if isinstance(one, dict) else one for one in breaches]


class Obstacle(Frozen):
    """What is lost if a missed guideline is kept at one place.

    ``breaches`` and ``gives_way`` describe the best roster that keeps it there.  Both
    are empty if none was found in time, or, if ``impossible``, none exists, or, if
    ``unfinished``, nothing need be given up.
    """

    finding: Finding
    """The missed guideline."""
    breaches: tuple[Finding, ...] = ()
    """What that roster breaks and the present one does not: other guidelines, fair
    shares, contracts, musts or law."""
    gives_way: tuple[Request, ...] = ()
    """Requests granted now that would be refused."""
    is_least: bool = True
    """Whether less would not do, in the dates searched; otherwise the search ended with
    this roster."""
    impossible: bool = False
    """Whether no roster keeps it, whatever else gives way; not confirmed by a second
    search."""
    unfinished: bool = False
    """Whether nothing need be given up: the search for the roster ended too early."""


def _renamed(breach: dict[str, Any]) -> dict[str, Any]:
    facet = str(breach.get("facet"))
    if breach.get("stance") != Stance.WISH or not facet.endswith(FORMERLY):
        return breach
    facet = facet.removesuffix(FORMERLY) + Stance.GUIDELINE
    return {**breach, "stance": Stance.GUIDELINE, "facet": facet}


class Step(StrEnum):
    """One of the parts of the advice."""

    CAUSES = "causes"
    SETTINGS = "settings"
    REPAIRS = "repairs"
    HIRES = "hires"
    LOANS = "loans"


class Cause(Frozen):
    """An irreducible set of conditions that force one of ``spots`` to be broken.

    No roster keeps ``spots`` and all of the conditions, whatever else is given up; one
    exists as soon as any single condition is dropped.
    """

    spots: tuple[Spot, ...]
    """The broken limits that share the cause, the first being the one examined."""
    conditions: tuple[Spot, ...]
    """In the order of the rulebook, then by person and date."""
    irreducible: bool
    """Whether every condition was shown to be needed; false if time ran out."""


class Loan(Frozen):
    """Somebody of another office for a shift on one date (他の事業所からの応援).

    Both offices' rosters were audited with it, and with nothing else changed.
    """

    house: str = Field(default="", exclude_if=unset)
    """Name of the house that is helped, where several are planned together."""
    group: int = 0
    """Of the loans of all offices with the same number but 0 one can be taken: others
    take the same person, or more people than their office can spare."""

    staff: StaffId
    lender: str
    """Name of the office to which the person belongs."""
    date: dt.date
    shift: ShiftId
    """Symbol of the shift in the office that is helped."""
    span: Span
    """Its clock times."""
    role: Role
    instead_of: ShiftId | None = None
    """Symbol of the shift that is left at the lender's; ``None`` for a day off."""
    next_day: ShiftId | None = Field(default=None, exclude_if=unset)
    """Symbol of the shift that is left there on the date after a night."""
    travel: int
    """Minutes of travel between the two offices that were reckoned with."""
    mends: tuple[Finding, ...]
    """What is broken in the office that is helped, and less or not at all with it."""
    left: tuple[Finding, ...] = ()
    """What of these limits, and of the others of the date, stays broken."""
    contract: tuple[Finding, ...] = ()
    """What the person's own contract loses by it."""


class Helper(Frozen):
    """A temporary worker (応援・派遣) for one date."""

    member: StaffMember
    """The same for several dates if somebody is to come on all of them."""
    date: dt.date
    role: Role | None
    """``None`` for a night on call."""
    shift: ShiftId | None = Field(default=None, exclude_if=unset)
    """Symbol of the shift in the house, if it is known."""
    begin: dt.datetime
    end: dt.datetime
    minutes: int
    """Minutes of work, or of the night on call."""
    house: int = Field(default=0, exclude_if=unset)
    """Number of the house to which the worker comes, where several are planned
    together."""
    lent: Loan | None = Field(default=None, exclude_if=unset)
    """What is asked of them, if they are somebody of another office."""


class Effects(Frozen):
    """Side effects of a repair, compared with the roster made without it."""

    wishes_lost: tuple[Request, ...] = ()
    wishes_won: tuple[Request, ...] = ()
    duties: tuple[Duty, ...] = ()
    """The cells that differ, as they are with the repair."""
    on_call: tuple[OnCall, ...] = ()
    """The nights on call that differ."""
    fairness: tuple[tuple[Burden, int, int], ...] = ()
    """Largest deviation from a fair share before and after, in thousandths of a time,
    where the two differ."""

    def applied_to(self, roster: Roster) -> Roster:
        """Return a roster with the cells that differ; breaks are those that it has."""
        duties = {**roster.by_cell, **{(d.staff, d.date): d for d in self.duties}}
        nights = {one.date: one for one in (*roster.on_call, *self.on_call)}
        return Roster(duties=tuple(duties.values()), on_call=tuple(nights.values()))


class Repair(Frozen):
    """A set of changes that makes the month legal, the cheapest found of its kind.

    Where there are several repairs, any one of them is enough.
    """

    agreements: tuple[Agreement, ...] = ()
    helpers: tuple[Helper, ...] = ()
    forecast: tuple[HouseDay | ForecastDay, ...] = ()
    """Forecasts of dates with fewer, or other, users than expected."""
    shifts: tuple[HouseShift | Shift, ...] = ()
    """Shifts with other clock times, added to the shift table."""
    price: int
    """Total price, in sixtieths of a point of `Prices`."""
    bound: int
    """Lower bound on the price of any such set of changes of the kinds offered."""
    confirmed: bool = False
    """Whether a second search, set up otherwise, found nothing cheaper either."""
    remaining: tuple[Finding, ...] = ()
    """Breaches that remain with all changes made, because no change offered helps."""
    effects: Effects = Effects()

    full_search: bool = False
    """Whether the wishes and the evenness of ``effects`` are those of a whole search
    with the repair, not of the roster nearest to the one made without it."""
    wishes_proven: bool = False
    """Whether that search has proven that no fewer wishes can be refused, and all that
    stands above wishes."""

    @property
    def actions(self) -> int:
        """How many things somebody has to agree to or arrange.

        A limit that speaks of nobody is the office's own: to give it up on several
        dates is one decision.
        """
        spots = (agreement.spot for agreement in self.agreements)
        agreed = {
            one if one.staff else one.model_copy(update={"date": None}) for one in spots
        }
        days = len(self.forecast)
        return len(agreed) + len(self._outside) + days + len(self.shifts)

    @property
    def kinds(self) -> int:
        """How many kinds of things those are, such as days off that several lose."""
        limits = {(one.spot.rule, one.spot.facet) for one in self.agreements}
        work = {(one.role, one.begin.date() < one.end.date()) for one in self.helpers}
        return len(limits) + len(work) + bool(self.forecast) + len(self.shifts)

    @property
    def _outside(self) -> tuple[tuple[int, StaffMember], ...]:
        """The temporary workers, each once, with the number of their house."""
        asked = ((one.house, one.member.name, one) for one in self.helpers)
        once = {(house, name): one for house, name, one in asked}
        return tuple((house, one.member) for (house, _name), one in once.items())

    @property
    def _dates_agreed(self) -> Iterator[tuple[int, Duty]]:
        """The duties of whoever comes on several dates, with the number of the house.

        Who comes on one date is on the staff list for that alone.
        """
        times = Counter((one.house, one.member.name) for one in self.helpers)
        for one in self.helpers:
            name = one.member.name
            if times[one.house, name] > 1 and one.shift is not None:
                yield one.house, Duty(staff=name, date=one.date, shift=one.shift)

    @property
    def is_cheapest(self) -> bool:
        """Whether it is proven, and confirmed, that nothing cheaper exists."""
        return self.price == self.bound and self.confirmed

    def on_duty(self, roster: Roster) -> Roster:
        """Return a roster of the month without it as it is with it."""
        coming = Effects(
            duties=tuple(
                Duty(staff=one.member.name, date=one.date, shift=one.shift)
                for one in self.helpers
                # Of another house it is not known what all call the shift.
                if one.shift is not None and not one.house
            ),
            on_call=tuple(
                OnCall(staff=one.member.name, date=one.date)
                for one in self.helpers
                if one.role is None
            ),
        )
        return coming.applied_to(self.effects.applied_to(roster))

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with all of the changes made."""
        more = problem.with_more(
            self._outside, self.shifts, self.forecast, self._dates_agreed
        )
        agreed = (*problem.agreements, *self.agreements)
        return more.model_copy(update={"agreements": agreed})


class SettingChange(Frozen):
    """A change of one entry of the input with which the month was solved."""

    mend: Mend
    keeps_contracts: bool
    """Whether the roster found with it keeps every contract as well."""
    house: str = Field(default="", exclude_if=unset)
    """Name of the house, where several are planned together."""
    effects: Effects = Effects()
    """What that roster changes."""


class Hire(Frozen):
    """The effect of hiring one more person of a kind."""

    role: Role
    nights: bool
    """Whether the person works nights only."""
    weekdays: tuple[int, ...]
    """Weekdays on which a shift may begin, 0 for Monday."""
    short_before: int
    """Statutory shortage of the present roster in person-minutes."""
    short_after: int
    musts_before: int
    """Value of the level of the office's musts."""
    musts_after: int
    refused_before: int
    """Number of wishes refused."""
    refused_after: int
    is_best: bool
    """Whether no roster with this person is better in law and musts."""
    on_call: bool = False
    """Whether the person is on call only."""
    days_per_week: int | None = None
    """Most days of work in a week assumed of the person."""
    nights_most: int | None = None
    """Most nights in the period assumed of the person."""
    contract_before: int = 0
    """Value of the level of contracts."""
    contract_after: int = 0
    house: str = Field(default="", exclude_if=unset)
    """Name of the house that the person joins, where several are planned together."""


class Advice(Frozen):
    """The advice on a month that cannot be legal: causes, repairs and hires."""

    sums: tuple[Line, ...] = ()
    """Sums of the input that show by themselves that no roster can be legal."""
    causes: tuple[Cause, ...] = ()
    unexplained: tuple[Spot, ...] = ()
    """Broken limits for which no cause was found in time."""
    repairs: tuple[Repair, ...] = ()
    """Alternatives, the cheapest first; each is enough by itself."""
    hires: tuple[Hire, ...] = ()
    neighbours: tuple[str, ...] = Field(default=(), exclude_if=unset)
    """Other offices of the operator that were looked through for help."""
    loans: tuple[Loan, ...] = Field(default=(), exclude_if=unset)
    """People of these offices who could come for a date, by date."""
    settings: tuple[SettingChange, ...] = ()
    """Changes of one setting, where the month's conditions do not fit together."""
    asks_too_much: bool = False
    """Whether a repair was found that is not told, for it takes more than people can be
    asked for, or more than the others by far."""
    ended: tuple[Step, ...] = ()
    """Parts that were searched to the end: what is not told there does not exist."""
    unsettled: tuple[Stance, ...] = ()
    """Levels broken in the roster of which it is not proven that they must be."""
    left_out: tuple[Step, ...] = ()
    """Parts that were not worked out for lack of time."""
    since: dt.date | None = None
    """First date that a repair may change, if the month has begun; ``None`` if all
    dates may change."""

    def rosters(self, roster: Roster) -> Iterator[Roster]:
        """Yield the rosters that showed each repair and setting to be enough.

        Parameters
        ----------
        roster
            The roster that is advised on.
        """
        for repair in self.repairs:
            yield repair.on_duty(roster)
        for change in self.settings:
            yield change.effects.applied_to(roster)

    def is_summed(self, spot: Spot) -> bool:
        """Tell whether a sum that does not add up shows why a limit is broken."""
        return any(line.explains(spot) for line in self.sums)
