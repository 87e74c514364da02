"""F-05: breaks as long as the law wants.

Breach: 8 hours and 1 minute of work with 45 minutes of break. Correct: 60 minutes.

The lengths are a matter of the shift table: a shift whose breaks are too short is
given to nobody, and the model only deals the breaks that a shift offers.

Source: Labour Standards Act art. 34.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import total_minutes

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.shifts import BreakOption, Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.modelling.options import Option
    from scheduler.rulebook import Rule


def excludes_shift(
    model: RosterModel, rule: Rule, member: StaffMember, date: dt.date, option: Option
) -> bool:
    """Whether one of the shift's break options is too short."""
    if option.shift is None:
        return False
    shift = model.problem.shift_by_symbol[option.shift]
    return any(_too_short(shift, breaks, rule) for breaks in shift.break_options)


def _too_short(shift: Shift, breaks: BreakOption, rule: Rule) -> bool:
    resting = total_minutes(breaks)
    worked = shift.interval.minutes - resting
    return any(
        worked > above and resting < least for above, least in rule.table("break_table")
    )
