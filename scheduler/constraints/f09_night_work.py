"""F-09: no work between 22:00 and 5:00 for people who are exempt.

Breach: a parent who asked for it, on call on such a night. Correct: a late shift that
ends at 21:00.

Source: Labour Standards Act art. 61, 66; Childcare and Family Care Leave Act 19, 20.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, Interval

if TYPE_CHECKING:
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.modelling.options import Option
    from scheduler.rulebook import Rule


def excludes_shift(
    model: RosterModel, rule: Rule, member: StaffMember, date: dt.date, option: Option
) -> bool:
    """Whether the shift reaches into a night on which the person is exempt."""
    if option.shift is None or member.no_night is None:
        return False
    shift = model.problem.shift_by_symbol[option.shift].interval
    night = Interval(rule.int("night_start"), rule.int("night_end"))
    return any(
        shift.overlaps(night.shifted(days * DAY))
        and date + dt.timedelta(days=days) in member.no_night
        for days in (-1, 0, 1)
    )


def excludes_on_call(
    model: RosterModel, rule: Rule, member: StaffMember, date: dt.date
) -> bool:
    """Whether the person is exempt in the night of the date."""
    return member.no_night is not None and date in member.no_night
