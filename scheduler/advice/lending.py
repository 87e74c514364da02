"""Help from another house: people of one office lent to another for a date.

Each offer is audited in both houses before it is told: in the lender's with the person
at work elsewhere on that date, in the borrower's with the person as a guest.  Every
offer stands by itself; which cannot both be taken is told (`grouped`).
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scheduler.advice.visits import (
    Offer,
    OfficeMonth,
    Visit,
    can_spare,
    grouped,
    left_after,
    sent,
    with_guest,
)
from scheduler.audit.findings import Tolerated
from scheduler.domain.advice import Loan
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import may_help, may_lend
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import REGISTERED_NURSE
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import Contract, StaffMember
from scheduler.solver.search import Search, SearchLimits

DATES = 8
"""Most dates of one office for which help is looked for, the worst first."""

OFFERS = 3
"""Most offers for one date."""

LONG = 86400.0
"""Seconds after which a run for many offices offers no more, if nobody stopped it."""

TRIES = 30
"""Most people and shifts that are tried for one date."""

MENDED = (Stance.ENFORCED, Stance.STATUTORY, Stance.MUST)
"""What help is looked for; a pinned cell is the manager's own."""

STAND_IN = StaffId("?")
"""Name of the guest with whom it is tried which shifts would help at all."""


def loans(
    houses: Sequence[OfficeMonth], travel: int, stop: threading.Event
) -> tuple[tuple[Loan, ...], ...]:
    """Return for each house the people whom the others could lend it.

    Parameters
    ----------
    travel
        Minutes between two houses whose workbooks tell none.
    stop
        Set it from another thread to end with what was found so far.
    """
    search = Search(SearchLimits(LONG), stop)
    return grouped(lent(houses, houses, LoanTerms(travel, search)), search)


class LoanTerms(NamedTuple):
    """What is asked: travel where no workbook tells it, and from which date on."""

    travel: int
    search: Search
    since: dt.date | None = None


def lent(
    borrowers: Sequence[OfficeMonth], lenders: Sequence[OfficeMonth], asked: LoanTerms
) -> list[tuple[Offer, ...]]:
    """Return the offers of people of some houses to each of others, by date."""
    return [_Borrowing(house, borrowers, lenders, asked).found() for house in borrowers]


def _on_several_lists(houses: Sequence[OfficeMonth]) -> set[StaffId]:
    """Return who stands on the staff lists of several houses."""
    listed = Counter(name for one in houses for name in one.problem.member_by_name)
    return {name for name, number in listed.items() if number > 1}


class _Borrowing:
    """One house, and the others that may help it."""

    def __init__(
        self,
        house: OfficeMonth,
        borrowers: Sequence[OfficeMonth],
        lenders: Sequence[OfficeMonth],
        asked: LoanTerms,
    ) -> None:
        self._house = house
        self._asked = asked
        self._search = asked.search
        self._lenders = [
            other
            for other in lenders
            if other is not house and may_lend(other.problem, house.problem)
        ]
        others = [one for one in lenders if not any(one is own for own in borrowers)]
        self._shared = _on_several_lists([*borrowers, *others])

    def found(self) -> tuple[Offer, ...]:
        """Return the offers by date, at most `OFFERS` for each."""
        if not self._lenders:
            return ()
        return tuple(offer for date in self._dates() for offer in self._on(date))

    def _dates(self) -> list[dt.date]:
        """Return the dates with something to mend: the worst ones, in order."""
        house = self._house
        amounts: dict[dt.date, int] = {}
        for one in house.findings:
            rule = house.rulebook[one.rule]
            if one.date is None or not _is_of_house(house, one):
                continue
            if self._can_change(one.date):
                weight = rule.facet[one.facet].weight * one.amount
                amounts[one.date] = amounts.get(one.date, 0) + weight
        worst = sorted(amounts, key=lambda date: (-amounts[date], date))
        return sorted(worst[:DATES])

    def _can_change(self, date: dt.date) -> bool:
        since = self._asked.since
        return date in self._house.problem.period and (since is None or date >= since)

    def _on(self, date: dt.date) -> list[Offer]:
        """Return the offers for a date, what mends most first."""
        told: dict[StaffId, Offer] = {}
        tries = 0
        for visit in self._helpful(date):
            for lender, member in self._free(visit):
                if self._search.is_over or len(told) == OFFERS or tries == TRIES:
                    return list(told.values())
                if member.name in told:
                    continue
                tries += 1
                offer = self._offer(lender, member, visit)
                if offer is not None:
                    told[member.name] = offer
        return list(told.values())

    # -- which shifts would help -----------------------------------------------------

    def _helpful(self, date: dt.date) -> list[Visit]:
        """Return the shifts that would mend something, the most first."""
        gains: list[tuple[int, int, Visit]] = []
        for shift in self._house.problem.shifts:
            for role in (Role.CARE, Role.NURSE):
                if shift.on_request or role not in (shift.roles or (role,)):
                    continue
                visits = [Visit(date, shift, b, role) for b in shift.break_options]
                tried = [(self._gain(visit), visit) for visit in visits]
                gain, visit = max(tried, key=lambda one: one[0])
                if gain > 0:
                    gains.append((-gain, len(gains), visit))
                    break
        return [visit for *_order, visit in sorted(gains)]

    def _gain(self, visit: Visit) -> int:
        """Return how much less is broken with somebody on a shift."""
        if self._search.is_over:
            return 0
        licences = (REGISTERED_NURSE,) if visit.role is Role.NURSE else ()
        guest = StaffMember(
            name=STAND_IN,
            contract=Contract(full_time=False),
            roles=(visit.role,),
            qualifications=licences,
        )
        after = with_guest(self._house, guest, STAND_IN, visit)
        before, now = (
            self._house.rulebook.level_totals(one.findings)
            for one in (self._house, after)
        )
        return sum(before[s] - now[s] for s in MENDED if s in before)

    # -- who could come --------------------------------------------------------------

    def _free(self, visit: Visit) -> list[tuple[OfficeMonth, StaffMember]]:
        """Return who might come by their own roster: first whoever is at work then."""
        found = [
            (is_off, lender, member)
            for lender in self._lenders
            if not _is_short(lender, visit)
            for member in lender.problem.staff
            if self._does(lender.problem, member, visit)
            if (is_off := _is_off(lender, member, visit.date)) is not None
        ]
        return [
            (lender, member)
            for wanted in (False, True)
            for is_off, lender, member in found
            if is_off is wanted
        ]

    def _does(self, home: Problem, member: StaffMember, visit: Visit) -> bool:
        """Tell whether a person does at home what is asked of them."""
        table = home.shift_by_symbol
        kinds = {table[one].kind for one in member.shifts if one in table}
        return (
            member.name not in self._shared
            and may_help(home, member)
            and member.may_begin_in(self._house.name, visit.date)
            and visit.shift.kind in kinds
            and _role(member, visit) is not None
        )

    # -- an offer --------------------------------------------------------------------

    def _offer(
        self, lender: OfficeMonth, member: StaffMember, visit: Visit
    ) -> Offer | None:
        """Return an offer that both houses' audits confirm; else ``None``."""
        role = _role(member, visit)
        assert role is not None
        visit = visit._replace(role=role)
        house = self._house
        told = (lender.travel(house), house.travel(lender))
        known = [one for one in told if one is not None]
        travel = max(known, default=self._asked.travel)
        away = sent(lender, member, visit, house.name, travel)
        if not can_spare(lender, away):
            return None
        guest = with_guest(house, member, lender.name, visit)
        if house.tolerated.beyond(guest.findings):
            return None
        dates = (visit.date, visit.date + ONE_DAY)
        better = Tolerated(house.rulebook, guest.findings)
        mends = tuple(
            one for one in better.beyond(house.findings, MENDED) if one.date in dates
        )
        if not mends:
            return None
        spots = {house.rulebook.spot_of(one) for one in mends}
        left = tuple(
            one
            for one in guest.findings
            if house.rulebook.spot_of(one) in spots
            or (one.date == visit.date and _is_of_house(guest, one))
        )
        loan = Loan(
            staff=member.name,
            lender=lender.name,
            date=visit.date,
            shift=visit.shift.symbol,
            span=visit.shift.interval,
            role=role,
            instead_of=lender.roster.by_cell[member.name, visit.date].shift,
            next_day=left_after(lender, member, visit),
            travel=travel,
            mends=mends,
            left=left,
            contract=lender.tolerated.beyond(away.findings),
        )
        return Offer(loan, house, lender, member, visit)


def _is_short(lender: OfficeMonth, visit: Visit) -> bool:
    """Tell whether a house lacks people itself on the dates of a visit."""
    dates = (visit.date, visit.date + ONE_DAY * visit.shift.passes_midnight)
    return any(
        one.date in dates and _is_of_house(lender, one) for one in lender.findings
    )


def _is_of_house(house: OfficeMonth, one: Finding) -> bool:
    """Tell whether a finding says that a house lacks something that help may mend."""
    return one.stance in MENDED and house.rulebook[one.rule].of == "house"


def _role(member: StaffMember, visit: Visit) -> Role | None:
    """Return the role in which a person does a shift; ``None`` if in none of theirs.

    Whoever nurses also gives care, where care is what is missing.
    """
    able = (visit.role,) if visit.role is Role.NURSE else (Role.CARE, Role.NURSE)
    allowed = visit.shift.roles or able
    return next((r for r in able if r in member.roles and r in allowed), None)


def _is_off(lender: OfficeMonth, member: StaffMember, date: dt.date) -> bool | None:
    """Tell whether a person has a day off; ``None`` if they cannot be asked at all."""
    duty = lender.roster.by_cell.get((member.name, date))
    if duty is None or date not in lender.problem.period or duty.worked or duty.events:
        return None
    if duty.shift is not None:
        shift = lender.problem.shift_by_symbol.get(duty.shift)
        return False if shift and not shift.on_request else None
    return True if duty.off is OffKind.DAY_OFF and duty.kind is None else None
