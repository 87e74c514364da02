"""Why wishes are refused and guidelines missed, why law is broken, what mends it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import field_validator

from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.ledger import Burden
from scheduler.domain.office import FORMERLY
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OnCall, Role, Shift
from scheduler.domain.staff import StaffMember

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem


class Reason(Frozen):
    """What the best roster that grants one refused wish looks like.

    ``breaches`` and ``gives_way`` are both empty if the search found no such roster in
    time, or, if ``unfinished``, one in which nothing is lost.  Allow the breaches and
    drop the requests that give way, and the wish can be granted with nothing else lost
    on the levels above fairness.
    """

    request: Request
    breaches: tuple[Finding, ...] = ()
    """Breaches of law, musts or contracts that the roster made does not have."""
    gives_way: tuple[Request, ...] = ()
    """Requests granted now that would be refused instead."""
    others: tuple[StaffId, ...] = ()
    """Who could do the duty that is missing but asked to be free."""
    same_worth: bool = False
    """Whether the wishes that give way weigh as much, no more and no less."""
    unfinished: bool = False
    """Whether nothing need be lost: the search had ended before it granted the wish."""

    @field_validator("breaches", mode="before")
    @classmethod
    def _as_called_now(cls, breaches: Any) -> Any:
        """Read what was written when guidelines were still wishes of the office."""
        if not isinstance(breaches, list):
            return breaches
        return [_renamed(one) if isinstance(one, dict) else one for one in breaches]


class Obstacle(Frozen):
    """What the best roster that keeps a guideline at one place looks like.

    Where ``breaches`` and ``gives_way`` are empty, none was found in time, or, if
    ``impossible``, there is none, or, if ``unfinished``, nothing need be given up.
    """

    finding: Finding
    """The place, as it was missed."""
    breaches: tuple[Finding, ...] = ()
    """What that roster breaks and the one made does not: other guidelines, shares that
    are even now, contracts, musts or law."""
    gives_way: tuple[Request, ...] = ()
    """Requests granted now that would be refused."""
    impossible: bool = False
    """Whether no roster keeps it, whatever else gives way; one search said so."""
    unfinished: bool = False
    """Whether the search had ended before it kept the guideline."""


def _renamed(breach: dict[str, Any]) -> dict[str, Any]:
    facet = str(breach.get("facet"))
    if breach.get("stance") != Stance.WISH or not facet.endswith(FORMERLY):
        return breach
    facet = facet.removesuffix(FORMERLY) + Stance.GUIDELINE
    return {**breach, "stance": Stance.GUIDELINE, "facet": facet}


class Step(StrEnum):
    """A part of the advice."""

    CAUSES = "causes"
    REPAIRS = "repairs"
    HIRES = "hires"


class Cause(Frozen):
    """Why a limit cannot be kept: conditions that together force it to be broken.

    Leave any one of the conditions out and a roster exists that keeps ``spots``, while
    all others still hold; keep them all and none does, whatever else is given up.
    """

    spots: tuple[Spot, ...]
    """The broken limits that share the cause, the first being the one examined."""
    conditions: tuple[Spot, ...]
    """In the order of the rulebook, then by person and date."""
    irreducible: bool
    """Whether every condition was tested; not so if the time ran out."""


class Helper(Frozen):
    """A temporary worker (応援・派遣) for one date."""

    member: StaffMember
    date: dt.date
    role: Role | None
    """``None`` for a night on call."""
    begin: dt.datetime
    end: dt.datetime
    minutes: int
    """Of work, or of the night on call."""


class Effects(Frozen):
    """What a repair changes besides, held against the roster made without it."""

    wishes_lost: tuple[Request, ...] = ()
    wishes_won: tuple[Request, ...] = ()
    duties: tuple[Duty, ...] = ()
    """The cells that differ, as they stand with the repair."""
    on_call: tuple[OnCall, ...] = ()
    """The nights on call that differ."""
    fairness: tuple[tuple[Burden, int, int], ...] = ()
    """Largest deviation from a fair share before and after, in thousandths of a time,
    where the two differ."""


class Repair(Frozen):
    """A set of changes that makes the month legal, every one of them needed.

    Any one repair of several is enough.
    """

    agreements: tuple[Agreement, ...] = ()
    helpers: tuple[Helper, ...] = ()
    forecast: tuple[ForecastDay, ...] = ()
    """Dates with fewer, or other, users than expected."""
    shifts: tuple[Shift, ...] = ()
    """Shifts with other clock times, added to the table."""
    price: int
    """In sixtieths of a point of `Prices`."""
    bound: int
    """No set of changes of the kinds offered costs less."""
    confirmed: bool = False
    """A second search, set up otherwise, found nothing cheaper either."""
    remaining: tuple[Finding, ...] = ()
    """What stays broken although all of it is done: empty, or no change helps."""
    effects: Effects = Effects()

    @property
    def is_cheapest(self) -> bool:
        """Whether nothing cheaper exists, which was confirmed."""
        return self.price == self.bound and self.confirmed

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem with all of the changes made."""
        return problem.model_copy(
            update={
                "agreements": (*problem.agreements, *self.agreements),
                "staff": (*problem.staff, *(helper.member for helper in self.helpers)),
                "shifts": (*problem.shifts, *self.shifts),
                "forecast": problem.forecast.with_days(self.forecast),
            }
        )


class Hire(Frozen):
    """What one more person would bring."""

    role: Role
    nights: bool
    """Whether the person works nights, and nothing else."""
    weekdays: tuple[int, ...]
    """Weekdays on which a shift may begin, 0 for Monday."""
    short_before: int
    """Statutory shortage in person-minutes of the roster made."""
    short_after: int
    musts_before: int
    """Value of the level of the office's musts."""
    musts_after: int
    refused_before: int
    """Wishes refused."""
    refused_after: int
    is_best: bool
    """Whether no roster with this person is better, as far as law and musts go."""
    on_call: bool = False
    """Whether the person is on call, and nothing else."""
    days_per_week: int | None = None
    """Most days of work in a week that the numbers assume."""
    nights_most: int | None = None
    """Most nights in the period that they assume."""
    contract_before: int = 0
    """Value of the level of contracts: what the staff's contracts are short of."""
    contract_after: int = 0


class Advice(Frozen):
    """Everything said about a month that is short of people."""

    causes: tuple[Cause, ...] = ()
    unexplained: tuple[Spot, ...] = ()
    """Broken limits for which no cause was found in time."""
    repairs: tuple[Repair, ...] = ()
    """Cheapest first; alternatives, each of them enough by itself."""
    hires: tuple[Hire, ...] = ()
    left_out: tuple[Step, ...] = ()
    """Parts for which there was no time."""
    since: dt.date | None = None
    """First date that a repair changes, where the month has begun; ``None`` if all of
    it can change."""
