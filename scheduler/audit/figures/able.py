"""Who may do a kind of work, and how many minutes a person could work on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from scheduler.audit.bands import day_clock, fits
from scheduler.audit.rules.a03_day_hours import required_on
from scheduler.audit.staff_list import is_nurse, is_planner
from scheduler.domain.agreements import Spot
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval, total_minutes
from scheduler.domain.office import StaffingReading
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, Want
from scheduler.domain.shifts import LEAVE, BreakOption, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Work, rules_of


def is_protected(
    problem: Problem, member: StaffMember, date: dt.date, duty: Interval
) -> bool:
    """Tell whether a duty overlaps night hours for which a person is exempt (F-09).

    Parameters
    ----------
    duty
        Its clock minutes, past 1440 on the next date.
    """
    if member.no_night is None:
        return False
    rule = rules_of(problem)["F-09"]
    hours = (Interval(0, rule.int("night_end")), Interval(rule.int("night_start"), DAY))
    return any(
        date + dt.timedelta(days=days) in member.no_night
        and duty.overlaps(part.shifted(days * DAY))
        for days in (0, 1)
        for part in hours
    )


class PossibleShift(NamedTuple):
    """A shift, the pieces of it that count, and its break options; clock minutes."""

    whole: Interval
    pieces: tuple[Interval, ...]
    breaks: tuple[BreakOption, ...]

    def minutes(self, band: Interval) -> int:
        """Return the minutes in a band, with the break option that costs the fewest."""
        return _minutes(self, band)


@lru_cache(maxsize=10_000)
def _minutes(shift: PossibleShift, band: Interval) -> int:
    inside = [piece.intersection(band) for piece in shift.pieces]
    lost = min(
        total_minutes(p.intersection(pause) for p in inside for pause in option)
        for option in shift.breaks
    )
    return total_minutes(inside) - lost


def most_minutes(
    before: Collection[PossibleShift | None],
    today: Collection[PossibleShift | None],
    band: Interval,
    rest: int,
) -> int:
    """Return the most minutes of a band that a person could be at work.

    In yesterday's shift, in one that begins today, or in both if the rest between
    them is long enough.

    Parameters
    ----------
    before, today
        Shifts that could begin yesterday and today; ``None`` for no shift.
    band
        Clock minutes of today.
    rest
        Least minutes between two shifts.
    """
    yesterday = [
        (one.minutes(band.shifted(DAY)), one.whole.end - DAY) if one else (0, None)
        for one in before
    ]
    now = [(one.minutes(band), one.whole.start) if one else (0, None) for one in today]
    return max(
        (
            first + second
            for first, ends in yesterday
            for second, begins in now
            if ends is None or begins is None or begins - ends >= rest
        ),
        default=0,
    )


class PileUp(Frozen):
    """A date that is short of care hours if all wishes are granted, in minutes."""

    date: dt.date
    free: tuple[StaffId, ...]
    """People who ask to be free and could work."""
    others: int
    """How many others could do care by day."""
    reached: int
    """Day-band care minutes if all the others work as long as they may."""
    required: int

    @property
    def missing(self) -> int:
        """Required minutes above those reached."""
        return self.required - self.reached


def pile_ups(problem: Problem) -> tuple[PileUp, ...]:
    """Return the dates that could be covered, but not if all wishes are granted.

    Empty if the office holds the hours over the month.
    """
    if problem.office.settings.staffing_reading is StaffingReading.MONTHLY:
        return ()
    return tuple(
        pile_up
        for date in problem.period.dates
        for pile_up in _on(problem, date, required_on(problem, date))
    )


def _on(problem: Problem, date: dt.date, required: int) -> Iterator[PileUp]:
    reach = {m.name: _reach(problem, m, date) for m in problem.staff}
    free = tuple(name for name in reach if _asks_to_be_free(problem, name, date))
    left = {name: minutes for name, minutes in reach.items() if name not in free}
    reached = sum(left.values())
    if reached < required <= sum(reach.values()):
        yield PileUp(
            date=date,
            free=tuple(name for name in free if reach[name]),
            others=sum(minutes > 0 for minutes in left.values()),
            reached=reached,
            required=required,
        )


def _asks_to_be_free(problem: Problem, name: StaffId, date: dt.date) -> bool:
    asked = problem.requests_by_cell.get((name, date), ())
    return any(one.want in (Want.DAY_OFF, Want.PAID_LEAVE) for one in asked)


def _reach(problem: Problem, member: StaffMember, date: dt.date) -> int:
    """Return the most day-band care minutes that a person could work on a date."""
    before, today = (
        [None, *(_stint(one) for one in _shifts(problem, member, begins))]
        for begins in (date - ONE_DAY, date)
    )
    rest = problem.office.settings.rest_least
    return most_minutes(before, today, day_clock(problem), rest)


def _stint(shift: Shift) -> PossibleShift:
    return PossibleShift(shift.interval, (shift.interval,), shift.break_options)


def _shifts(problem: Problem, member: StaffMember, date: dt.date) -> Iterator[Shift]:
    """Yield the shifts with care that the contract allows to begin on a date."""
    if date not in member.employed or not member.contract.allows(date, problem.period):
        return
    entered = problem.pin_by_cell.get((member.name, date))
    if entered is not None and entered.off in LEAVE:
        return
    for shift in problem.shifts:
        roles = set(member.roles) & set(shift.roles or member.roles)
        care = any(role.in_care_pool for role in roles)
        if care and shift.counts and shift.symbol in member.shifts:
            yield shift


class Able(Frozen):
    """The people who may do a kind of work, regardless of wishes and other duties."""

    work: Work
    people: tuple[StaffId, ...]


def able(problem: Problem, spot: Spot) -> Able | None:
    """Return who may do the work that a limit requires.

    Parameters
    ----------
    problem
        Its staff, contracts and exemptions from night work count.
    spot
        The limit.  With a date, people must be able to begin work on it by employment
        and contract; without one, on any date of the period.  Whoever is on leave of
        absence is not.

    Returns
    -------
    Able or None
        ``None`` if the limit requires no work: it is about one person, or about too
        many people.
    """
    work = rules_of(problem).facet_of(spot).work
    rule = next((one for one in problem.cover_rules if one.name == spot.name), None)
    if work is None or (work is Work.COVER and (rule is None or not rule.at_least)):
        return None
    dates = problem.period.dates if spot.date is None else (spot.date,)
    people = (
        member.name
        for member in problem.staff
        if any(_may(problem, member, work, rule, date) for date in dates)
    )
    return Able(work=work, people=tuple(people))


def _may(
    problem: Problem,
    member: StaffMember,
    work: Work,
    rule: CoverRule | None,
    date: dt.date,
) -> bool:
    entered = problem.pin_by_cell.get((member.name, date))
    if entered is not None and entered.off is OffKind.LONG_LEAVE:
        return False
    if work is Work.ON_CALL:
        return member.on_call and _may_call(problem, member, date)
    if date not in member.employed or not member.contract.allows(date, problem.period):
        return False
    shifts = [problem.shift_by_symbol[symbol] for symbol in member.shifts]
    return any(
        _fits(problem, member, shift, work, rule)
        and member.is_employed_through(date, shift.interval)
        and not is_protected(problem, member, date, shift.interval)
        for shift in shifts
    )


def _may_call(problem: Problem, member: StaffMember, date: dt.date) -> bool:
    """Tell whether employment and F-09 allow a person to be on call in a night."""
    office = problem.office
    protected = is_protected(problem, member, date, office.on_call_band)
    return member.is_employed_through(date, office.on_call_band) and not (
        office.settings.standby.is_work and protected
    )


def _fits(
    problem: Problem,
    member: StaffMember,
    shift: Shift,
    work: Work,
    rule: CoverRule | None,
) -> bool:
    """Tell whether the person may do the work in a shift."""
    roles = [one for one in member.roles if one in shift.roles or not shift.roles]
    at_night = shift.is_night
    if not shift.counts:
        return False
    if at_night and member.contract.nights_max == 0:
        return False
    match work:
        case Work.NIGHT:
            return at_night and any(role.in_care_pool for role in roles)
        case Work.CARE:
            return not at_night and any(role.in_care_pool for role in roles)
        case Work.NURSING:
            return is_nurse(problem, member) and Role.NURSE in roles
        case Work.PLANNING:
            return Role.PLANNER in roles and is_planner(problem, member)
        case Work.MANAGING:
            return Role.MANAGER in roles
        case _:
            if rule is None or rule.role not in (None, *roles):
                return False
            return fits(rule, member, shift)
