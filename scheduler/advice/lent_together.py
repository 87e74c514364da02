"""Which offers of help cannot both be taken: the same person, or two off one shift.

Every two offers that ask the same lender, or bring two people to the same house on one
date, are put into the roster together and audited.  Offers that do not go together,
also by way of others, are one group, of which one can be taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from scheduler.advice.visits import OfficeMonth, Visit, refuses_a_wish, sent, with_guest
from scheduler.audit.findings import LAW
from scheduler.domain.advice import Loan
from scheduler.domain.staff import StaffMember
from scheduler.solver.search import Search


class Offer(NamedTuple):
    """A loan with what it was found for: the two houses, the person, the shift."""

    loan: Loan
    house: OfficeMonth
    lender: OfficeMonth
    member: StaffMember
    visit: Visit


def grouped(
    found: Sequence[Sequence[Offer]], search: Search
) -> tuple[tuple[Loan, ...], ...]:
    """Return the loans of each house, those that do not go together as one group.

    Parameters
    ----------
    found
        The offers to each house.
    search
        When it is over, what was not compared is one group.
    """
    offers = [offer for own in found for offer in own]
    group = list(range(len(offers)))
    for (one, first), (other, second) in combinations(enumerate(offers), 2):
        if group[one] == group[other] or not _meet(first, second):
            continue
        if search.is_over or not _go_together(first, second):
            joined = group[other]
            group = [group[one] if own == joined else own for own in group]
    several = [own for own in dict.fromkeys(group) if group.count(own) > 1]
    numbers = {own: number for number, own in enumerate(several, start=1)}
    told = iter(
        offer.loan.model_copy(update={"group": numbers.get(own, 0)})
        for offer, own in zip(offers, group, strict=True)
    )
    return tuple(tuple(next(told) for _offer in own) for own in found)


def _meet(first: Offer, second: Offer) -> bool:
    """Tell whether two offers could be in each other's way."""
    same_date = first.loan.date == second.loan.date
    return first.lender is second.lender or (first.house is second.house and same_date)


def _go_together(first: Offer, second: Offer) -> bool:
    """Tell whether both rosters stand with both offers taken."""
    if first.lender is second.lender and not _are_both_spared(first, second):
        return False
    if first.house is not second.house or first.member.name == second.member.name:
        return True
    both = first.house
    for one in (first, second):
        both = with_guest(both, one.member, one.lender.name, one.visit)
    return not first.house.standard.beyond(both.findings)


def _are_both_spared(first: Offer, second: Offer) -> bool:
    """Tell whether the lender of both breaks no law or must without both people."""
    is_same = first.member.name == second.member.name
    if is_same and first.loan.date == second.loan.date:
        return False
    lender = away = first.lender
    for one in (first, second):
        to, travel = one.house.name, one.loan.travel
        away = sent(away, one.member, one.visit, to, travel)
    lost = lender.standard.beyond(away.findings)
    return not any(one.stance in LAW for one in lost) and not refuses_a_wish(
        lender, away
    )
