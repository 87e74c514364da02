"""Hours at a desk: minutes at work in one role, whoever does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import LATEST, Interval
from scheduler.modelling.linear import LinearSum

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.domain.shifts import Role
    from scheduler.model import RosterModel

_WHOLE_DUTY = Interval(0, LATEST)


def desk_minutes(
    model: RosterModel, dates: Iterable[dt.date], wanted: Role
) -> LinearSum:
    """Return the minutes in a role by duties that begin on ``dates``."""
    return LinearSum.total(
        model.minutes(date, _WHOLE_DUTY, lambda role: role is wanted) for date in dates
    )
