"""Who bore how much of each burden, against their fair share of it (M-01)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit.figures.hours import wish_granted
from scheduler.audit.figures.presence import begun, on_call_nights
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.ledger import Burden, BurdenKind, Carried
from scheduler.domain.shares import bears, circles
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from scheduler.domain.ledger import LedgerEntry
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


class Standing(Frozen):
    """How one person of a circle stands; shares and differences in thousandths."""

    staff: StaffId
    weight: int
    """Thousandths of the circle's total that are fair."""
    times: int
    share: int
    carried: Carried

    @property
    def closing(self) -> Carried:
        """The account after the month."""
        return Carried(
            times=self.carried.times + self.times,
            share=self.carried.share + self.share,
        )

    @property
    def deviation(self) -> int:
        """Borne beyond the share, the months before counted in; negative for less."""
        return self.closing.balance


class Sharing(Frozen):
    """A burden and a circle of people who share it."""

    burden: Burden
    total: int
    standings: tuple[Standing, ...]


def fairness(problem: Problem, roster: Roster) -> tuple[Sharing, ...]:
    """Return how every circle shares its burden, in the order of `circles`."""
    found = []
    for burden, weights in circles(problem):
        times = times_borne(problem, roster, burden)
        total = sum(times[name] for name in weights)
        standings = tuple(
            Standing(
                staff=name,
                weight=weight,
                times=times[name],
                share=total * weight,
                carried=problem.ledger_by_name[name].carried(burden),
            )
            for name, weight in weights.items()
        )
        found.append(Sharing(burden=burden, total=total, standings=standings))
    return tuple(found)


def times_borne(problem: Problem, roster: Roster, burden: Burden) -> Counter[StaffId]:
    """Count how often each person bears a burden in the period."""
    period = problem.period
    if burden.kind is BurdenKind.ON_CALL:
        nights = on_call_nights(problem, roster)
        return Counter(name for date, name in nights.items() if date in period)
    return Counter(
        duty.staff
        for duty, shift in begun(problem, roster.duties)
        if duty.date in period and bears(problem, burden, shift, duty.date)
    )


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
