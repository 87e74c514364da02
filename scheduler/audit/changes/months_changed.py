"""Whose month has other sums after a plan than before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.figures.hours import PersonMonth, people
from scheduler.domain.base import Frozen, StaffId

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan


class MonthChange(Frozen):
    """One person's month before and after."""

    before: PersonMonth
    after: PersonMonth

    @property
    def staff(self) -> StaffId:
        """Whose month it is."""
        return self.after.staff

    @property
    def is_other(self) -> bool:
        """Whether nights, days off, weekends or hours differ."""
        return _sums(self.before) != _sums(self.after)

    @property
    def minutes_more(self) -> int:
        """Minutes of work beyond those before; negative if they are fewer."""
        return self.after.total - self.before.total


def months(plan: Plan) -> tuple[MonthChange, ...]:
    """Return everybody's month before and after, in the order of the staff list."""
    pairs = zip(
        people(plan.problem, plan.before),
        people(plan.problem, plan.roster),
        strict=True,
    )
    return tuple(MonthChange(before=before, after=after) for before, after in pairs)


def _sums(month: PersonMonth) -> tuple[int, ...]:
    return (
        month.nights,
        month.on_call,
        month.rest_days,
        month.days_off,
        month.credited,
        month.total,
    )
