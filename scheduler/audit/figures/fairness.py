"""Who bore how much of each burden, against their fair share of it (M-01)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit.figures.presence import begun, on_call_nights
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.ledger import Burden, BurdenKind, Carried
from scheduler.domain.shares import bears, circles

if TYPE_CHECKING:
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
