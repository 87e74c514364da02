"""The accounts that a month leaves to the next (累計)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.hours import wish_granted
from scheduler.audit.figures.presence import begun
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from scheduler.domain.base import StaffId
    from scheduler.domain.ledger import LedgerEntry
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


def closing_ledger(problem: Problem, roster: Roster) -> tuple[LedgerEntry, ...]:
    """Return everybody's account after the month, in the order of the staff list.

    Whoever was in no circle of a burden neither bore a share of it nor owed one:
    their account of it stays as it was.
    """
    accounts = {m.name: problem.ledger_by_name[m.name] for m in problem.staff}
    for sharing in fairness(problem, roster):
        for one in sharing.standings:
            entry = accounts[one.staff]
            accounts[one.staff] = entry.with_account(sharing.burden, one.closing)
    asked = Counter(request.staff for request in problem.requests)
    granted = Counter(
        request.staff
        for request in problem.requests
        if wish_granted(problem, roster, request)
    )
    leave = half_days_of_leave(problem, roster)
    owed = days_off_owed(problem, roster)
    return tuple(
        entry.model_copy(
            update={
                "wishes_asked": entry.wishes_asked + asked[name],
                "wishes_granted": entry.wishes_granted + granted[name],
                "paid_leave": entry.paid_leave + leave[name],
                "days_off_owed": entry.days_off_owed + owed[name],
            }
        )
        for name, entry in accounts.items()
    )


def half_days_of_leave(problem: Problem, roster: Roster) -> Counter[StaffId]:
    """Count the half days of paid leave that each person takes in the period."""
    own = [duty for duty in roster.duties if duty.date in problem.period]
    whole = Counter(duty.staff for duty in own if duty.off is OffKind.PAID_LEAVE)
    halves = Counter(
        duty.staff for duty, shift in begun(problem, own) if shift.half_leave
    )
    return whole + whole + halves


def days_off_owed(problem: Problem, roster: Roster) -> dict[StaffId, int]:
    """Return the days off agreed minus those given; 0 where none are agreed."""
    given = Counter(
        duty.staff
        for duty in roster.duties
        if duty.date in problem.period and duty.off is OffKind.DAY_OFF
    )
    return {
        member.name: 0
        if member.contract.days_off_min is None
        else member.contract.days_off_min - given[member.name]
        for member in problem.staff
    }
