"""F-07: a night takes two dates; the second is 明, not a day off, leave or absence.

Breach: a night on the 3rd and a day off written on the 4th. Correct: 明 on the 4th and
the day off on the 5th, or an early shift there as a guideline missed.

Source: practice, as labour consultants describe it; to be confirmed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from scheduler.constraints.language import RosterModel, passes_midnight
from scheduler.constraints.overlap import none_can_follow
from scheduler.constraints.selectors import is_early
from scheduler.domain.base import ShiftId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import RESTS, OffKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Link 明 to the night before it, and penalise an early shift right after 明."""
    after_night = model.scope(rule, "after_night")
    early_after = model.scope(rule, "early_after")
    for member in problem.staff:
        for date in problem.period.dates:
            night = model.starts(member, date - ONE_DAY, passes_midnight)
            morning = model.off(member, date, OffKind.AFTER_NIGHT)
            at_rest = model.off(member, date, *RESTS)
            at_date = after_night.at(staff=member.name, date=date)
            at_date.at_least(night - morning, 0)
            if _must_be_morning(model, problem, member, date):
                # 明 equals the night, which is more than that no rest follows it.
                at_date.at_least(morning - night, 0)
            else:
                at_date.at_most(night + at_rest, 1)
            previous = model.off(member, date - ONE_DAY, OffKind.AFTER_NIGHT)
            early = model.starts(member, date, is_early)
            at_date = early_after.at(staff=member.name, date=date)
            at_date.at_most(previous + early, 1)


def _must_be_morning(
    model: RosterModel, problem: Problem, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether a night before the date can be followed by nothing but 明."""
    return (
        date in member.employed
        and not model.may_be(member, date, OffKind.AWAY)
        and not model.may_break("F-11", "least", member, date)
        and not model.may_break("F-07", "after_night", member, date)
        and _leaves_no_time(problem, model.symbols(member, date))
    )


def _leaves_no_time(problem: Problem, symbols: Collection[ShiftId]) -> bool:
    """Tell whether no shift can begin on the date on which a night ends, after rest."""
    nights = [shift for shift in problem.all_shifts if shift.passes_midnight]
    shifts = [problem.shift_by_symbol[symbol] for symbol in symbols]
    return none_can_follow(problem, nights, shifts)
