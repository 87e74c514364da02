"""People, shifts, dates and minutes of work, as several rules select and sum them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from scheduler.constraints.f05_breaks import standby_minutes
from scheduler.constraints.language import LinearSum, Option, RosterModel, Wanted
from scheduler.constraints.language.crew import could_count
from scheduler.domain.clock import HOUR, LATEST, Interval
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import RELEASED, RESTS, Role, Shift, ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def one_of(shifts: Collection[Shift]) -> Wanted:
    """Return a predicate that is true for ``shifts``, whatever the roles."""
    symbols = {shift.symbol for shift in shifts}
    return lambda shift, _: shift.symbol in symbols


def of_kind(kind: ShiftKind) -> Wanted:
    """Return a predicate that is true for shifts of a kind in the shift table."""
    return lambda shift, _: shift.kind is kind


is_early = of_kind(ShiftKind.EARLY)
"""Whether the shift table counts a shift as early."""

is_night = of_kind(ShiftKind.NIGHT)
"""Whether the shift table counts a shift as a night."""


def is_here(shift: Shift, option: Option) -> bool:
    """Tell whether a shift is worked in this office, not in another."""
    return not shift.elsewhere


def is_night_here(shift: Shift, option: Option) -> bool:
    """Tell whether a shift of this office counts as a night."""
    return is_here(shift, option) and is_night(shift, option)


def half_leave(shift: Shift, option: Option) -> bool:
    """Tell whether half a day of leave goes with a shift."""
    return shift.half_leave


def in_pool(member: StaffMember, role: Role, shift: Shift) -> bool:
    """Tell whether a person in the role counts to the care pool (A-15)."""
    return role.in_care_pool


def selected(
    cover: CoverRule, member: StaffMember, roles: tuple[Role, ...], shift: Shift
) -> bool:
    """Tell whether a cover rule counts a person on a shift with ``roles`` (K-02)."""
    return (
        shift.counts
        and (cover.role is None or cover.role in roles)
        and (cover.shift is None or cover.shift == shift.symbol)
        and could_count(cover, member)
    )


def weeks_known(problem: Problem) -> Iterator[tuple[dt.date, list[dt.date]]]:
    """Yield each week's first date in the period, and its dates that are known.

    They are those up to the period's last, the tail's included.
    """
    first, last = problem.period.first, problem.period.last
    for week in problem.weeks:
        yield max(week[0], first), [date for date in week if date <= last]


def whole_month(problem: Problem, member: StaffMember) -> bool:
    """Tell whether the person works shifts and is employed on every date."""
    dates = problem.period.dates
    return bool(member.shifts) and all(date in member.employed for date in dates)


def rests(model: RosterModel, member: StaffMember, date: dt.date) -> LinearSum:
    """Return one on a day off, leave or absence without a night on call.

    Otherwise zero, or minus one for a night on call on a date of work.
    """
    off = model.off(member, date, *RESTS)
    return off - model.on_call(member, date)


def needed_to_rest(
    model: RosterModel, member: StaffMember, date: dt.date
) -> tuple[LinearSum, LinearSum]:
    """Return two sums of at most one that are both one exactly if `rests` is one."""
    off = model.off(member, date, *RESTS)
    return off, LinearSum(1) - model.on_call(member, date)


def work_minutes(
    model: RosterModel, member: StaffMember, dates: Iterable[dt.date]
) -> LinearSum:
    """Return a person's minutes of work in duties that begin on ``dates``.

    They are shifts, with events, and nights on call if they are work (F-10).
    """
    office = model.problem.office
    night = 0
    if office.settings.standby.is_work:
        night = standby_minutes(office, model.rulebook["F-05"])
    return LinearSum.total(
        minutes
        for date in dates
        for minutes in (
            model.shift_minutes(member, date),
            model.on_call(member, date) * night,
        )
    )


def credited_minutes(model: RosterModel, member: StaffMember) -> LinearSum:
    """Return the minutes that count for the contract: work, leave, absence (L-03)."""
    dates, day = model.problem.period.dates, member.contract.day_minutes
    return work_minutes(model, member, dates) + LinearSum.total(
        leave
        for date in dates
        for leave in (
            model.off(member, date, *RELEASED) * day,
            model.starts(member, date, half_leave) * (day // 2),
        )
    )


WHOLE_DUTY = Interval(0, LATEST)
"""Clock minutes of the date on which a duty begins that cover any duty."""


def desk_minutes(
    model: RosterModel, dates: Iterable[dt.date], wanted: Role
) -> LinearSum:
    """Return the minutes in a role in duties that begin on ``dates``.

    Planning counts only if done by somebody with the papers for it (A-11).
    """

    def counts(member: StaffMember, role: Role, _shift: Shift) -> bool:
        may_do_it = wanted is not Role.PLANNER or member.name in model.planners
        return role is wanted and may_do_it

    return LinearSum.total(model.minutes(date, WHOLE_DUTY, counts) for date in dates)


def full_time_month(problem: Problem, rule: Rule) -> int:
    """Return a full-timer's minutes in the period (B-01, B-03).

    The four-week method needs no case of its own: in proportion to the dates of the
    period it gives 4 x week / 28 a date, the same as week / 7.

    Parameters
    ----------
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
