"""Other offices of the operator that lend people to a month that is short.

What they offer for single dates is told by itself.  Offers that together make the month
legal are a repair like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.advice.at_once import of_few_things
from scheduler.advice.lending import MENDED, LoanTerms, lent
from scheduler.advice.offers import to_be_mended
from scheduler.advice.repairs import Mended
from scheduler.advice.temporary_workers import moment
from scheduler.advice.visits import (
    Offer,
    OfficeMonth,
    can_spare,
    grouped,
    sent,
    with_guest,
)
from scheduler.audit import audit
from scheduler.audit.changes.plans import effects
from scheduler.audit.findings import Tolerated
from scheduler.domain.advice import Advice, Helper, Repair, Step
from scheduler.domain.agreements import Concession
from scheduler.domain.clock import HOUR
from scheduler.domain.homes import homes
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.solver.search import Search
from scheduler.solver.weights import POINT

MOST = 8
"""Most people who are asked to come where several together make the month legal."""


class NeighbourHelp(NamedTuple):
    """What other offices could do for a month."""

    advice: Advice
    """The advice with all offers, and with the repair that they make, if they do."""
    mended: Mended | None
    """That repair with its month."""


class Neighbours(NamedTuple):
    """Other offices of the operator that may lend people."""

    offices: tuple[OfficeMonth, ...]
    """With their finished rosters.  They only lend."""
    travel: int
    """Minutes to an office where no workbook tells them."""

    def help(
        self,
        problem: Problem,
        roster: RosterRecord,
        search: Search,
        since: dt.date | None = None,
        tolerated: Tolerated | None = None,
    ) -> NeighbourHelp:
        """Return what these offices could do where a month is short.

        Parameters
        ----------
        problem, roster
            The month, of one office or of houses together; each house may borrow.
        search
            Its time and stop request end it with what was found so far.
        since
            First date that can change, if the month has begun.
        tolerated
            What may stay broken in a repair; nothing if not given.
        """
        named = [
            (home.name, OfficeMonth(home.problem, own, audit(home.problem, own)))
            for home in homes(problem)
            for own in [home.roster(roster)]
        ]
        houses = [house for _name, house in named]
        found = lent(houses, self.offices, LoanTerms(self.travel, search, since))
        loans = (
            loan.model_copy(update={"house": name})
            for (name, _house), own in zip(named, grouped(found, search), strict=True)
            for loan in own
        )
        mended = None
        if len(houses) == 1 and houses[0].problem is problem:
            allowed = tolerated or Tolerated(houses[0].rulebook, ())
            mended = _mended(houses[0], found[0], allowed)
        advice = roster.advice or Advice(since=since)
        left_out = (Step.LOANS,) if search.is_over else ()
        repairs = (*advice.repairs, *((mended.repair,) if mended else ()))
        few = of_few_things(repairs, search.budgets.repairs.most_actions)
        given = {
            "neighbours": tuple(office.name for office in self.offices),
            "loans": tuple(sorted(loans, key=lambda loan: loan.date)),
            "repairs": tuple(sorted(few, key=lambda repair: repair.price)),
            "asks_too_much": advice.asks_too_much or len(few) < len(repairs),
            "left_out": (*advice.left_out, *left_out),
        }
        return NeighbourHelp(advice.model_copy(update=given), mended)


def _mended(
    house: OfficeMonth, found: Sequence[Offer], tolerated: Tolerated
) -> Mended | None:
    """Return the repair that offers make together; ``None`` if they are not enough."""
    taken, made = _together(house, found)
    if not taken:
        return None
    helpers = tuple(_helpers(made, taken))
    price = house.problem.office.settings.prices.of(Concession.HELP_HOUR)
    minutes = sum(helper.minutes for helper in helpers)
    changed = effects(house.problem, house.roster, made.roster)
    repair = Repair(
        helpers=helpers, price=minutes * price * POINT // HOUR, bound=0, effects=changed
    )
    problem = repair.applied_to(house.problem)
    findings = tuple(audit(problem, made.roster))
    if tolerated.beyond(to_be_mended(findings)):
        return None
    return Mended(repair, problem, made.roster, findings)


def _together(
    house: OfficeMonth, found: Sequence[Offer]
) -> tuple[list[Offer], OfficeMonth]:
    """Return offers that go together, each of use beside the others, and the house.

    Each person comes once.
    """
    taken: list[Offer] = []
    made, lenders = house, {offer.lender.name: offer.lender for offer in found}
    for offer in found:
        if len(taken) == MOST or offer.loan.staff in {o.loan.staff for o in taken}:
            continue
        lender = offer.lender
        before = lenders[lender.name]
        away = sent(before, offer.member, offer.visit, house.name, offer.loan.travel)
        if not can_spare(lender, away):
            continue
        after = with_guest(made, offer.member, lender.name, offer.visit)
        if house.tolerated.beyond(after.findings):
            continue
        better = Tolerated(house.rulebook, after.findings)
        if better.beyond(made.findings, MENDED):
            taken.append(offer)
            made, lenders[lender.name] = after, away
    return taken, made


def _helpers(made: OfficeMonth, taken: Sequence[Offer]) -> Iterator[Helper]:
    for offer in taken:
        date, shift = offer.visit.date, offer.visit.shift
        yield Helper(
            member=made.problem.member_by_name[offer.loan.staff],
            date=date,
            role=offer.loan.role,
            begin=moment(date, shift.start),
            end=moment(date, shift.end),
            minutes=shift.work_minutes,
            lent=offer.loan,
        )
