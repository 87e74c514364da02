"""Hours at a desk: minutes at work in one role, by those who may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.domain.clock import LATEST, Interval
from scheduler.domain.shifts import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.staff import StaffMember

_WHOLE_DUTY = Interval(0, LATEST)


def desk_minutes(
    model: RosterModel, dates: Iterable[dt.date], wanted: Role
) -> LinearSum:
    """Return the minutes in a role by duties that begin on ``dates``.

    Planning counts if it is done by somebody with licence and training (A-11).
    """

    def counts(member: StaffMember, role: Role) -> bool:
        may_do_it = wanted is not Role.PLANNER or member.is_care_manager
        return role is wanted and may_do_it

    return LinearSum.total(model.minutes(date, _WHOLE_DUTY, counts) for date in dates)
