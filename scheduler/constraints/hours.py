"""Minutes of work, counted on the dates on which duties begin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scheduler.constraints.f05_breaks import standby_minutes
from scheduler.constraints.language.attendance import outside
from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.selectors import one_of
from scheduler.domain.clock import HOUR, LATEST, Interval
from scheduler.domain.office import FteDenominator
from scheduler.domain.shifts import RELEASED, Role, Shift

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.constraints.language.options import Option
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


def work_minutes(
    model: RosterModel,
    problem: Problem,
    member: StaffMember,
    dates: Iterable[dt.date],
) -> LinearSum:
    """Return a person's minutes of work in duties that begin on ``dates``.

    They are shifts, with events, and nights on call if they are work (F-10).
    """
    standby = problem.office.settings.standby.is_work
    night = standby_minutes(problem.office, model.rulebook["F-05"])
    total = LinearSum()
    for date in dates:
        for shift in problem.all_shifts:
            total += model.starts(member, date, one_of((shift,))) * shift.work_minutes
        total += model.own_minutes(member, date)
        total += _at_events(model, problem, member, date)
        if standby:
            total += model.on_call(member, date) * night
    return total


def _at_events(
    model: RosterModel, problem: Problem, member: StaffMember, date: dt.date
) -> LinearSum:
    """Return the minutes at events of a date outside the shift."""
    total = LinearSum()
    for option in model.options(member, date):
        if option.shift is not None and option.events:
            shift = problem.shift_by_symbol[option.shift]
            more = outside(problem, shift, option.events)
            total += model.starts(member, date, partial(_is, option)) * more
    return total


def _is(wanted: Option, shift: Shift, option: Option) -> bool:
    return option == wanted


def credited_minutes(
    model: RosterModel, problem: Problem, member: StaffMember
) -> LinearSum:
    """Return the minutes that count for the contract: work, leave, absence (L-03)."""
    contract = member.contract
    credited = work_minutes(model, problem, member, problem.period.dates)
    for date in problem.period.dates:
        leave = model.off(member, date, *RELEASED)
        credited += leave * contract.day_minutes
        half = model.starts(member, date, lambda shift, _: shift.half_leave)
        credited += half * (contract.day_minutes // 2)
    return credited


WHOLE_DUTY = Interval(0, LATEST)
"""Clock minutes of the date on which a duty begins that cover any duty."""


def desk_minutes(
    model: RosterModel, dates: Iterable[dt.date], wanted: Role
) -> LinearSum:
    """Return the minutes in a role in duties that begin on ``dates``.

    Planning counts only if done by somebody with the papers for it (A-11).
    """

    def counts(member: StaffMember, role: Role) -> bool:
        may_do_it = wanted is not Role.PLANNER or member.name in model.planners
        return role is wanted and may_do_it

    return LinearSum.total(model.minutes(date, WHOLE_DUTY, counts) for date in dates)


def full_time_month(problem: Problem, rule: Rule) -> int:
    """Return a full-timer's minutes in the period (B-01, B-03).

    The four-week method needs no case of its own: in proportion to the dates of the
    period it gives 4 x week / 28 a date, the same as week / 7.

    Parameters
    ----------
    problem
        The month.
    rule
        The record of A-03, for the least week.
    """
    settings = problem.office.settings
    week = max(settings.full_time_week, rule.int("fte_week_floor_minutes"))
    prescribed = settings.fte_denominator is FteDenominator.PRESCRIBED
    if prescribed and settings.full_time_month is not None:
        return settings.full_time_month
    tenth = HOUR // 10
    return week * problem.period.days // (7 * tenth) * tenth
