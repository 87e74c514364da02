"""The elastic month: a relaxation in which concessions have prices (docs/design.md).

Without concessions it is the ordinary month, so any solution is a roster of the
ordinary month with its concessions applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.advice.offers import Help, Offered, exceeds
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.scope import Terms, excess
from scheduler.constraints.selectors import one_of
from scheduler.domain.agreements import Concession, Spot
from scheduler.domain.clock import HOUR, ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.homes import at_number, expected_in, homes
from scheduler.domain.staff import StaffMember
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import POINT, SHORT, price_of


class Use(NamedTuple):
    """A possible concession at one place, with its amount as a sum of variables."""

    concession: Concession
    about: Spot | Help | dt.date
    """The spot, the temporary work, or the date whose forecast day is replaced."""
    amount: LinearSum
    price: int
    """Price of one unit of the amount, in sixtieths of a point."""


class ElasticMonth:
    """The model of a month with all offers, each at its price.

    Attributes
    ----------
    problem
        The month with the temporary workers and shifts offered.
    baseline
        The roster in that model; temporary workers have no duties in it.
    uses
        All possible concessions.
    short
        Statutory shortage: amounts beyond what is tolerated, times their weights.
    """

    def __init__(self, month: StandingMonth, offers: Offered) -> None:
        problem = month.problem
        self._usual = problem
        self.offers = offers
        self._tolerated = month.tolerated
        self.problem = problem.with_more(offers.helpers, offers.shifts)
        self.baseline = month.varied(self.problem, offers.relaxation, offers.days)
        self.model = self.baseline.model
        self.uses = (*self._limits(), *self._helpers(), *self._days())
        self.short = LinearSum.total(
            self._beyond(spot, terms) * facet.weight
            for spot, facet, terms in self.model.spots()
            if facet.stance is Stance.STATUTORY
        )
        self._settle_days()
        self._keep_absences()
        self._keep_help_to_its_date()

    def objective(self) -> LinearExpr:
        """Return the price of all concessions and of the remaining shortage."""
        parts = [expression(use.amount) * use.price for use in self.uses]
        return LinearExpr.sum([*parts, expression(self.short) * SHORT])

    def taken(self, values: Sequence[int]) -> Iterator[tuple[Use, int]]:
        """Yield the concessions of a solution, each with its amount."""
        for use in self.uses:
            amount = use.amount.value(values)
            if amount:
                yield use, amount

    def value(self, values: Sequence[int]) -> int:
        """Return the value of the objective, given variable values by index."""
        conceded = sum(use.price * amount for use, amount in self.taken(values))
        return conceded + self.short.value(values) * SHORT

    def _limits(self) -> Iterator[Use]:
        """Yield the limits that may be exceeded, each with its amount and price."""
        for spot, facet, terms in self.model.spots():
            if facet.yields is not None:
                amount = self._beyond(spot, terms)
                price = price_of(self._usual, facet, spot)
                yield Use(facet.yields, spot, amount, price)

    def _beyond(self, spot: Spot, terms: Terms) -> LinearSum:
        """Return the amount broken at a spot beyond what is tolerated."""
        allowed = self._tolerated.allowed(spot)
        if allowed:
            return excess(self.model.cp, terms, allowed)
        return LinearSum.total(
            LinearSum.of([slack], times, upper=slack.domain.max())
            for slack, times in terms
        )

    def _helpers(self) -> Iterator[Use]:
        """Yield the temporary work on offer, with its minutes and price."""
        band = self._usual.office.night_band.minutes
        for help, helpers in self.offers.help.items():
            house = at_number(self._usual, help.house).problem
            price = house.office.settings.prices.of(Concession.HELP_HOUR)
            minutes = LinearSum()
            dates = self._usual.period.dates if help.date is None else (help.date,)
            for helper, date in product(self._rows(helpers), dates):
                minutes += self.model.on_call(helper, date) * band
                for shift in self.problem.all_shifts:
                    begins = self.model.starts(helper, date, one_of((shift,)))
                    minutes += begins * shift.work_minutes
            yield Use(Concession.HELP_HOUR, help, minutes, price * POINT // HOUR)

    def _days(self) -> Iterator[Use]:
        """Yield the forecast days on offer, as users fewer and nights moved."""
        for date, others in self.model.alternatives.items():
            for day, comes in others.items():
                home = next(one for one in homes(self._usual) if one.has(day))
                prices = home.problem.office.settings.prices
                usual = expected_in(self._usual, day)
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
        """Post that no guest's night is lost, and that dates respect the capacity.

        Guests stay in their own house.
        """
        for house in homes(self._usual):
            moved = []
            for date, others in self.model.alternatives.items():
                usual = house.problem.forecast_by_date[date]
                own = {day: comes for day, comes in others.items() if house.has(day)}
                for day, comes in own.items():
                    stays = (day.overnight or 0) - (usual.overnight or 0)
                    moved.append(comes * stays)
                within = [
                    c for day, c in own.items() if not exceeds(house.problem, day)
                ]
                if exceeds(house.problem, usual) and within:
                    self.model.cp.add_exactly_one(within)
            self.model.cp.add(LinearExpr.sum(moved) == 0)

    def _keep_help_to_its_date(self) -> None:
        """Post that temporary workers begin nothing on the date after their own."""
        for help, helpers in self.offers.help.items():
            if help.date is None:
                continue
            following = help.date + ONE_DAY
            for helper in self._rows(helpers):
                begins = self.model.starts(helper, following)
                if begins.terms:
                    self.model.cp.add(expression(begins) == 0)

    def _rows(self, helpers: Iterable[StaffMember]) -> Iterator[StaffMember]:
        """Yield temporary workers as the problem has them, with all their symbols."""
        return (self.problem.member_by_name[helper.name] for helper in helpers)

    def _keep_absences(self) -> None:
        """Post that people absent, on leave or lent stay so, whatever the price."""
        for pin in self.offers.absent:
            member = self.problem.member_by_name[pin.staff]
            shift = self.problem.shift_of(pin)
            if shift is not None:
                stays = self.model.starts(member, pin.date, one_of([shift]))
            elif pin.off is not None:
                stays = self.model.off(member, pin.date, pin.off)
            self.model.cp.add(expression(stays) >= 1)
