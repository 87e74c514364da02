"""What if: what has changed since a roster was made."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.shifts import Duty, OffKind
from scheduler.domain.staff import StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


class Absence(Frozen):
    """Somebody is away on dates, both included (欠勤)."""

    staff: StaffId
    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("an absence ends on the date it begins, or later")
        return self

    def __contains__(self, date: object) -> bool:
        return isinstance(date, dt.date) and self.first <= date <= self.last


class Leaving(Frozen):
    """Somebody works until a date and no longer."""

    staff: StaffId
    last: dt.date


class Scenario(Frozen):
    """What has changed since a roster was made, and from when it can be changed.

    Names and dates are checked against problem and roster by
    `scheduler.whatif.mistakes`.
    """

    name: str = Field(default="", max_length=60)
    now: dt.date
    """First date that may still change; earlier ones are past."""
    absences: tuple[Absence, ...] = ()
    days: tuple[ForecastDay, ...] = ()
    """Dates on which other users are expected now."""
    duties: tuple[Duty, ...] = ()
    """Cells that are to say something else."""
    joining: tuple[StaffMember, ...] = ()
    leaving: tuple[Leaving, ...] = ()

    def applied_to(self, problem: Problem, roster: Roster) -> Problem:
        """Return the month as it is now.

        An absence is pinned on every date from ``now`` on: days off and leave stay
        what they are, and so does the morning after a night that was passed.
        """
        days = {day.date: day for day in self.days}
        last = {one.staff: one.last for one in self.leaving}
        pinned = {(duty.staff, duty.date): duty for duty in problem.pins.duties}
        pinned |= {(duty.staff, duty.date): duty for duty in self.duties}
        pinned |= {
            (duty.staff, duty.date): duty for duty in self._absent(problem, roster)
        }
        expected = problem.forecast
        return problem.model_copy(
            update={
                "forecast": expected.model_copy(
                    update={"days": tuple(days.get(d.date, d) for d in expected.days)}
                ),
                "staff": (
                    *(_until(member, last) for member in problem.staff),
                    *self.joining,
                ),
                "pins": problem.pins.model_copy(
                    update={"duties": tuple(pinned.values())}
                ),
            }
        )

    def _absent(self, problem: Problem, roster: Roster) -> Iterator[Duty]:
        for absence in self.absences:
            employed = problem.member_by_name[absence.staff].employed
            for date in problem.period.dates:
                if date not in absence or date < self.now or date not in employed:
                    continue
                known = roster.by_cell.get((absence.staff, date))
                off = known.off if known is not None else None
                if off is OffKind.AFTER_NIGHT and date > self.now:
                    off = None  # Of a night that is still to come, and will not.
                yield Duty(staff=absence.staff, date=date, off=off or OffKind.ABSENT)


def _until(member: StaffMember, last: dict[StaffId, dt.date]) -> StaffMember:
    if member.name not in last:
        return member
    employed = member.employed.model_copy(update={"last": last[member.name]})
    return member.model_copy(update={"employed": employed})
