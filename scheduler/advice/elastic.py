"""The month in which limits give way at a price (docs/design.md).

With nothing conceded it is the month itself, so whatever is found here is a roster of
the ordinary month with the concessions made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.advice.offers.days import exceeds
from scheduler.constraints.wanted import one_of
from scheduler.domain.agreements import Concession
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Unit
from scheduler.domain.shifts import Duty, OffKind
from scheduler.domain.stance import Stance
from scheduler.model import RosterModel
from scheduler.modelling.linear import LinearSum
from scheduler.modelling.scope import expression

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.advice.offers import Help, Offers
    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Facet

SHORT = 1_000_000
"""Price of a minute of statutory shortage: dearer than all that can be conceded."""

POINT = 60
"""Prices are in sixtieths of a point, so that minutes have whole ones."""


class Use(NamedTuple):
    """One thing that may be conceded, and how much of it is."""

    concession: Concession
    about: Spot | Help | dt.date
    """The limit, the temporary work, or the date on which another day comes."""
    amount: LinearSum
    price: int
    """Of one unit of the amount."""


class ElasticMonth:
    """The model of a month with everything offered, each at its price.

    Parameters
    ----------
    problem
        The month.
    offers
        What may be conceded.

    Attributes
    ----------
    problem
        The month with the workers and shifts offered added.
    model
        Its model.
    uses
        All that may be conceded.
    """

    def __init__(self, problem: Problem, offers: Offers) -> None:
        self._usual = problem
        self._offers = offers
        self.problem = problem.model_copy(
            update={
                "staff": (*problem.staff, *offers.helpers),
                "shifts": (*problem.shifts, *offers.shifts),
            }
        )
        self.model = RosterModel(
            self.problem, gives=offers.gives, otherwise=offers.days
        )
        self.uses = (*self._limits(), *self._helpers(), *self._days())
        self._settle_days()
        self._keep_absences()

    def objective(self) -> LinearExpr:
        """Return the price of all concessions, and of what law still wants."""
        parts = [expression(use.amount) * use.price for use in self.uses]
        short = self.model.penalty(Stance.STATUTORY)
        return LinearExpr.sum([*parts, *([] if short is None else [short * SHORT])])

    def taken(self, values: Sequence[int]) -> Iterator[tuple[Use, int]]:
        """Yield what a solution concedes, and how much of it."""
        for use in self.uses:
            amount = use.amount.value(values)
            if amount:
                yield use, amount

    def value(self, values: Sequence[int]) -> int:
        """Return the objective at variable values, by index."""
        short = self.model.penalty_at(Stance.STATUTORY, values)
        conceded = sum(use.price * amount for use, amount in self.taken(values))
        return conceded + short * SHORT

    def values_of(self, roster: Roster) -> dict[int, int]:
        """Return the values, by variable index, of a roster of the usual month."""
        away = tuple(
            Duty(staff=helper.name, date=date, off=_idle(date in helper.employed))
            for helper in self._offers.helpers
            for date in self.problem.period.dates
        )
        whole = roster.model_copy(update={"duties": (*roster.duties, *away)})
        return self.model.values_of(whole) or {}

    def _limits(self) -> Iterator[Use]:
        for spot, facet, terms in self.model.spots():
            if facet.yields is not None:
                amount = LinearSum()
                for slack, times in terms:
                    upper = slack.domain.max()
                    amount += LinearSum.of([slack], times, upper=upper)
                yield Use(facet.yields, spot, amount, self._price(facet))

    def _price(self, facet: Facet) -> int:
        """Return the price of one unit of a facet."""
        assert facet.yields is not None
        price = self._usual.office.settings.prices.of(facet.yields)
        if facet.yields is Concession.MUST_HOUR:
            return price * facet.weight * POINT // HOUR
        if facet.unit in (Unit.MINUTES, Unit.PERSON_MINUTES):
            return price * POINT // HOUR
        return price * POINT

    def _helpers(self) -> Iterator[Use]:
        price = self._usual.office.settings.prices.of(Concession.HELP_HOUR)
        band = self._usual.office.night_band.minutes
        for help, helpers in self._offers.help.items():
            minutes = LinearSum()
            for helper in helpers:
                minutes += self.model.on_call(helper, help.date) * band
                for shift in self.problem.shifts:
                    begins = self.model.starts(helper, help.date, one_of((shift,)))
                    minutes += begins * shift.work_minutes
            yield Use(Concession.HELP_HOUR, help, minutes, price * POINT // HOUR)

    def _days(self) -> Iterator[Use]:
        prices = self._usual.office.settings.prices
        for date, others in self.model.otherwise.items():
            usual = self._usual.forecast_by_date[date]
            for day, comes in others.items():
                users = usual.day_users - day.day_users
                stays = (usual.overnight or 0) - (day.overnight or 0)
                for concession, number in (
                    (Concession.USER_FEWER, users),
                    (Concession.STAY_MOVED, stays),
                ):
                    if number > 0:
                        price = prices.of(concession) * POINT
                        amount = LinearSum.of([comes], number)
                        yield Use(concession, date, amount, price)

    def _settle_days(self) -> None:
        """Keep the number of nights, and keep dates within the capacity."""
        moved = []
        for date, others in self.model.otherwise.items():
            usual = self._usual.forecast_by_date[date]
            for day, comes in others.items():
                stays = (day.overnight or 0) - (usual.overnight or 0)
                moved.append(comes * stays)
            within = [c for day, c in others.items() if not exceeds(self._usual, day)]
            if exceeds(self._usual, usual) and within:
                self.model.cp.add_exactly_one(within)
        self.model.cp.add(LinearExpr.sum(moved) == 0)

    def _keep_absences(self) -> None:
        """Keep everybody at home who is absent: no price brings them back."""
        for pin in self._offers.absent:
            member = self.problem.member_by_name[pin.staff]
            absent = self.model.off(member, pin.date, OffKind.ABSENT)
            self.model.cp.add(expression(absent) >= 1)


def _idle(employed: bool) -> OffKind:
    return OffKind.DAY_OFF if employed else OffKind.AWAY
