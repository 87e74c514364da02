"""A person of one office at work in another on a date, as both rosters have it.

Of several offers of such help some cannot both be taken: the same person, or two off
one shift.  Every two that ask the same lender, or bring two people to the same house on
one date, are put into the roster together and audited.  Offers that do not go together,
also by way of others, are one group, of which one can be taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from scheduler.audit import audit
from scheduler.audit.findings import Tolerated
from scheduler.domain.advice import Loan
from scheduler.domain.base import ShiftId
from scheduler.domain.between_houses import plain_role
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.kinds import DayKind
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty, OffKind, Role, Shift
from scheduler.domain.staff import Contract, DateSpan, StaffMember
from scheduler.rulebook import Rulebook, rules_of
from scheduler.solver.search import Search


@dataclass(frozen=True)
class OfficeMonth:
    """An office with its finished roster and the audit's findings in it."""

    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The office's name."""
        return self.problem.office.name

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force."""
        return rules_of(self.problem)

    @cached_property
    def tolerated(self) -> Tolerated:
        """What is broken already."""
        return Tolerated(self.rulebook, self.findings)

    def travel(self, other: OfficeMonth) -> int | None:
        """Return the minutes of travel that the workbook tells to another house."""
        told = (k.travel for k in self.problem.kinds if k.elsewhere == other.name)
        return max(told, default=None)

    def with_cells(self, problem: Problem, cells: Iterable[Duty]) -> OfficeMonth:
        """Return the house with some cells changed, audited anew."""
        changed = {(duty.staff, duty.date): duty for duty in cells}
        kept = {**self.roster.by_cell, **changed}
        roster = self.roster.model_copy(update={"duties": tuple(kept.values())})
        return OfficeMonth(problem, roster, audit(problem, roster, self.rulebook))


class Visit(NamedTuple):
    """A shift of the borrower on a date, as a guest would do it."""

    date: dt.date
    shift: Shift
    breaks: BreakOption
    role: Role


def sent(
    lender: OfficeMonth, member: StaffMember, visit: Visit, to: str, travel: int
) -> OfficeMonth:
    """Return the lender's house with a person at work in another one on a date."""
    problem, date, shift = lender.problem, visit.date, visit.shift
    symbols = [s.symbol for s in problem.all_shifts] + [k.symbol for k in problem.kinds]
    taken = set(map(look_of, symbols))
    names = ("援", *(f"援{number}" for number in range(2, 10)))
    symbol = ShiftId(next(name for name in names if look_of(name) not in taken))
    kind = DayKind(
        symbol=symbol,
        hours=True,
        start=shift.start,
        end=shift.end,
        breaks=(visit.breaks,) if visit.breaks else (),
        elsewhere=to,
        travel=travel,
    )
    cells = [_at_work(member, symbol, visit)]
    following = lender.roster.by_cell.get((member.name, date + ONE_DAY))
    # The morning after follows the night: a day off becomes one, or it a day off.
    swapped = (
        (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
        if shift.passes_midnight
        else (OffKind.AFTER_NIGHT, OffKind.DAY_OFF)
    )
    if following is not None and (following.off, following.kind) == (swapped[0], None):
        cells.append(following.model_copy(update={"off": swapped[1]}))
    if left_after(lender, member, visit) is not None:
        after = date + ONE_DAY
        cells.append(Duty(staff=member.name, date=after, off=OffKind.AFTER_NIGHT))
    with_kind = problem.model_copy(update={"kinds": (*problem.kinds, kind)})
    return lender.with_cells(with_kind, cells)


def left_after(
    lender: OfficeMonth, member: StaffMember, visit: Visit
) -> ShiftId | None:
    """Return the shift at home that a person cannot do after a night elsewhere."""
    if not visit.shift.passes_midnight:
        return None
    duty = lender.roster.by_cell.get((member.name, visit.date + ONE_DAY))
    return duty.shift if duty and not (duty.worked or duty.events) else None


def _at_work(member: StaffMember, symbol: ShiftId, visit: Visit) -> Duty:
    """Return the duty of a visit as one of the two houses writes it."""
    is_guest = symbol == visit.shift.symbol
    segments = len(visit.shift.segments) if is_guest else 1
    role = visit.role if is_guest else plain_role(member)
    return Duty(
        staff=member.name,
        date=visit.date,
        shift=symbol,
        roles=(role,) * segments,
        breaks=visit.breaks,
    )


def with_guest(
    house: OfficeMonth, member: StaffMember, lender: str, visit: Visit
) -> OfficeMonth:
    """Return the house with a person of another one on a shift of its own."""
    problem = house.problem
    date, shift = visit.date, visit.shift
    last = date + ONE_DAY if shift.passes_midnight else date
    guest = StaffMember(
        name=member.name,
        contract=Contract(full_time=False),
        roles=(visit.role,),
        qualifications=member.qualifications,
        shifts=(shift.symbol,),
        employed=DateSpan(first=date, last=last),
        no_night=member.no_night,
        other_office=True,
        home=lender,
    )
    cells = [
        Duty(staff=guest.name, date=one, off=OffKind.AWAY)
        for one in problem.period.dates
    ]
    cells.append(_at_work(guest, shift.symbol, visit))
    if last != date and last in problem.period:
        cells.append(Duty(staff=guest.name, date=last, off=OffKind.AFTER_NIGHT))
    listed = problem.model_copy(update={"staff": (*problem.staff, guest)})
    return house.with_cells(listed, cells)


def can_spare(lender: OfficeMonth, sent: OfficeMonth) -> bool:
    """Tell whether a lender without people breaks no more law or must, nor any wish."""
    lost = lender.tolerated.beyond(sent.findings)
    before = {lender.rulebook.spot_of(o) for o in _refused(lender)}
    refused = any(lender.rulebook.spot_of(one) not in before for one in _refused(sent))
    return not refused and not any(one.stance.is_hard for one in lost)


def _refused(house: OfficeMonth) -> list[Finding]:
    return [
        one
        for one in house.findings
        if one.rule == "W-01" and one.stance in (Stance.WISH, Stance.MUST)
    ]


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
    return not first.house.tolerated.beyond(both.findings)


def _are_both_spared(first: Offer, second: Offer) -> bool:
    """Tell whether the lender of both breaks no law or must without both people."""
    is_same = first.member.name == second.member.name
    if is_same and first.loan.date == second.loan.date:
        return False
    lender = away = first.lender
    for one in (first, second):
        to, travel = one.house.name, one.loan.travel
        away = sent(away, one.member, one.visit, to, travel)
    return can_spare(lender, away)
