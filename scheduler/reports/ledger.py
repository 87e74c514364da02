"""The accounts that a month leaves to the next (累計)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.ledger import Carried, CarriedShift, LedgerEntry
from scheduler.domain.shares import Burden, BurdenKind
from scheduler.domain.shifts import OffKind
from scheduler.reports.fairness import fairness
from scheduler.reports.hours import wish_granted
from scheduler.reports.presence import begun

if TYPE_CHECKING:
    from scheduler.domain.base import ShiftId, StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

Accounts = dict[Burden, Carried]


class _Month(NamedTuple):
    """What the month adds to one person's account."""

    closed: Accounts
    """Accounts of the burdens that the person shared in."""
    asked: int
    granted: int
    leave: int
    days_off: int


def closing_ledger(problem: Problem, roster: Roster) -> tuple[LedgerEntry, ...]:
    """Return everybody's account after the month, in the order of the staff list.

    Whoever was in no circle of a burden neither bore a share of it nor owed one:
    their account of it stays as it was.
    """
    closed: dict[StaffId, Accounts] = defaultdict(dict)
    for sharing in fairness(problem, roster):
        for standing in sharing.standings:
            closed[standing.staff][sharing.burden] = standing.closing
    asked = Counter(request.staff for request in problem.requests)
    granted = Counter(
        request.staff
        for request in problem.requests
        if wish_granted(problem, roster, request)
    )
    leave = half_days_of_leave(problem, roster)
    given = _days_off(problem, roster)
    return tuple(
        _closed(
            member,
            problem.ledger_by_name[member.name],
            _Month(
                closed[member.name],
                asked[member.name],
                granted[member.name],
                leave[member.name],
                given[member.name],
            ),
        )
        for member in problem.staff
    )


def _closed(member: StaffMember, before: LedgerEntry, month: _Month) -> LedgerEntry:
    def account(kind: BurdenKind) -> Carried:
        burden = Burden(kind=kind)
        return month.closed.get(burden, before.carried(burden))

    agreed = member.contract.days_off_min
    owed = 0 if agreed is None else agreed - month.days_off
    return LedgerEntry(
        staff=member.name,
        night=account(BurdenKind.NIGHT),
        on_call=account(BurdenKind.ON_CALL),
        rest_day=account(BurdenKind.REST_DAY),
        early=account(BurdenKind.EARLY),
        late=account(BurdenKind.LATE),
        shifts=_named(before, month.closed),
        wishes_asked=before.wishes_asked + month.asked,
        wishes_granted=before.wishes_granted + month.granted,
        paid_leave=before.paid_leave + month.leave,
        days_off_owed=before.days_off_owed + owed,
    )


def half_days_of_leave(problem: Problem, roster: Roster) -> Counter[StaffId]:
    """Count the half days of paid leave each person takes in the period."""
    own = [duty for duty in roster.duties if duty.date in problem.period]
    whole = Counter(duty.staff for duty in own if duty.off is OffKind.PAID_LEAVE)
    halves = Counter(
        duty.staff for duty, shift in begun(problem, own) if shift.half_leave
    )
    return whole + whole + halves


def _days_off(problem: Problem, roster: Roster) -> Counter[StaffId]:
    return Counter(
        duty.staff
        for duty in roster.duties
        if duty.date in problem.period and duty.off is OffKind.DAY_OFF
    )


def _named(before: LedgerEntry, closed: Accounts) -> tuple[CarriedShift, ...]:
    """Return the accounts of named shifts, those that were there before first."""
    accounts: dict[ShiftId, Carried] = {one.shift: one for one in before.shifts}
    for burden, account in closed.items():
        if burden.shift is not None:
            accounts[burden.shift] = account
    return tuple(
        CarriedShift(shift=shift, times=account.times, share=account.share)
        for shift, account in accounts.items()
    )
