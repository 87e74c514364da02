"""The staff list: who counts as full-time and for how much, and whom the law requires.

They are the full-timer's monthly minutes, which full-time equivalents are divided by
(B-01, B-03), and the people of A-09 to A-13 and A-19.  These must be there on every
date: employed, and on no leave of absence of all the period or of more than a calendar
month.  A full-timer's post may then be filled by several part-timers with the same
papers, if the leave is for maternity, childcare or care and their hours make a
full-timer's (B-05).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import chain

from pydantic import computed_field

from scheduler.audit.figures.stretches import runs
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import ONE_DAY, WEEK
from scheduler.domain.kinds import FAMILY_LEAVE
from scheduler.domain.office import FteDenominator
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import MANAGER_TRAINING
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

FOUR_WEEKS = 4
TENTH_OF_HOUR = 6
"""Minutes in 0.1 h, to which a full-timer's month is rounded down."""


class Denominators(Frozen):
    """Minutes of a full-timer on the dates whose hours are divided, by each method."""

    chosen: FteDenominator
    """The method in force: the office's, or ``WEEK_X_DAYS_OVER_7`` if the office chose
    the prescribed month and did not give it."""
    prescribed: int | None
    week_x_days_over_7: int
    """Rounded down to a tenth of an hour (B-03)."""
    four_weeks: int
    """Minutes in four whole weeks, as the statutory staffing table prints them."""

    @computed_field
    def four_weeks_by_date(self) -> int:
        """Return four weeks in proportion to the dates: as much as week x days / 7."""
        return self.week_x_days_over_7

    @property
    def minutes(self) -> int:
        """Minutes by the method in force."""
        if self.chosen is FteDenominator.PRESCRIBED and self.prescribed is not None:
            return self.prescribed
        return self.week_x_days_over_7


def denominators(problem: Problem, days: int | None = None) -> Denominators:
    """Return the full-timer's month by all three methods.

    Parameters
    ----------
    days
        Dates whose hours are divided; ``None``: all of the period. For fewer, the
        prescribed hours are taken in proportion, rounded down to the minute.
    """
    whole = problem.period.days
    days = whole if days is None else days
    settings = problem.office.settings
    floor = rules_of(problem)["A-03"].int("fte_week_floor_minutes")
    week = max(settings.full_time_week, floor)
    chosen = settings.fte_denominator
    if chosen is FteDenominator.PRESCRIBED and settings.full_time_month is None:
        chosen = FteDenominator.WEEK_X_DAYS_OVER_7
    month = settings.full_time_month
    return Denominators(
        chosen=chosen,
        prescribed=None if month is None else month * days // whole,
        week_x_days_over_7=week * days // (WEEK * TENTH_OF_HOUR) * TENTH_OF_HOUR,
        four_weeks=FOUR_WEEKS * week,
    )


def month_minutes(problem: Problem, days: int | None = None) -> int:
    """Return the minutes of a full-timer by the method in force, as `denominators`."""
    return denominators(problem, days).minutes


class Listed(Frozen):
    """The people whom a rule asks for, by the dates on which they are there."""

    by_date: dict[dt.date, tuple[StaffId, ...]]

    @property
    def names(self) -> tuple[StaffId, ...]:
        """Everybody who is there on some date."""
        return tuple(dict.fromkeys(chain.from_iterable(self.by_date.values())))

    @property
    def fewest(self) -> int:
        """How many are there on every date."""
        return min(map(len, self.by_date.values()))

    @property
    def at_the_end(self) -> int:
        """How many are there on the last date."""
        return len(self.by_date[max(self.by_date)])

    def below(self, least: int) -> tuple[dt.date, ...]:
        """Return the dates on which fewer are there."""
        return tuple(date for date, own in self.by_date.items() if len(own) < least)

    def of(self, dates: Iterable[dt.date]) -> Listed:
        """Return those of some dates."""
        return Listed(by_date={date: self.by_date[date] for date in dates})


# -- people on the list ----------------------------------------------------------------


def is_full_time(member: StaffMember) -> bool:
    """Tell whether a person counts as full-time (常勤), legal short hours included.

    See B-05.
    """
    return member.contract.full_time or member.contract.short_time_30h


def full_timers(problem: Problem) -> Listed:
    """Return the full-timers who give care (A-09)."""
    return _full_time(problem, lambda member: member.gives_care)


def nurses(problem: Problem) -> Listed:
    """Return the licensed nurses who work as nurses or in care (A-10)."""
    return there(problem, lambda m: is_nurse(problem, m) and m.gives_care)


def is_nurse(problem: Problem, member: StaffMember) -> bool:
    """Tell whether a person holds a nurse's licence, by the kind of office (A-10)."""
    return member.holds_one_of(rules_of(problem)["A-10"].names("licences"))


def full_time_nurses(problem: Problem) -> Listed:
    """Return the full-time nurses of the licences that a kantaki needs (A-19)."""
    licences = rules_of(problem)["A-19"].names("full_time_licences")
    return _full_time(problem, lambda m: m.holds_one_of(licences) and m.gives_care)


def planners(problem: Problem) -> Listed:
    """Return those who plan with the papers that the office needs (A-11)."""
    return there(problem, lambda member: is_planner(problem, member))


def is_planner(problem: Problem, member: StaffMember) -> bool:
    """Tell whether a person does the planning with the papers needed (A-11).

    They are licence and training; the training alone where the main office's care
    manager writes the home-service plans.
    """
    needed = rules_of(problem)["A-11"].int("licence")
    return member.plans(with_licence=bool(needed))


def managers(problem: Problem) -> Listed:
    """Return the full-time managers with training, or a licence instead (A-13)."""
    papers = (MANAGER_TRAINING, *rules_of(problem)["A-13"].names("instead_of_training"))
    return _full_time(
        problem, lambda m: Role.MANAGER in m.roles and m.holds_one_of(papers)
    )


def may_do(problem: Problem, member: StaffMember, role: Role) -> bool:
    """Tell whether a person's hours in a role count for its quota.

    Planning counts only with the papers for it (A-11, G).
    """
    return role is not Role.PLANNER or is_planner(problem, member)


def may_do_nights(problem: Problem, member: StaffMember) -> bool:
    """Tell whether a person has a night shift, and no contract without any night."""
    table = problem.shift_by_symbol
    nights = [one for one in member.shifts if one in table and table[one].is_night]
    return member.contract.nights_max != 0 and bool(nights)


def there(problem: Problem, fits: Callable[[StaffMember], bool]) -> Listed:
    """Return the people who fit, on the dates on which they are there."""
    return _listed(problem, _stays(problem, fits))


Stays = list[tuple[StaffId, tuple[dt.date, ...]]]
"""People with the dates on which they are there."""


def _stays(problem: Problem, fits: Callable[[StaffMember], bool]) -> Stays:
    found = []
    for member in filter(fits, problem.staff):
        dates = [date for date in problem.period.dates if date in member.employed]
        away = set(problem.on_long_leave.get(member.name, ()))
        if away != set(dates):
            away &= long_absence(problem, member)
        found.append((member.name, tuple(one for one in dates if one not in away)))
    return found


def _listed(problem: Problem, stays: Stays) -> Listed:
    dates = problem.period.dates
    there = {d: tuple(name for name, own in stays if d in own) for d in dates}
    return Listed(by_date=there)


def _full_time(problem: Problem, fits: Callable[[StaffMember], bool]) -> Listed:
    """Return the full-timers who fit; part-timers for one on leave are one entry."""
    stays = _stays(problem, lambda m: is_full_time(m) and fits(m))
    leave = {
        date
        for member in problem.staff
        if is_full_time(member) and fits(member)
        for date in _family_leave(problem, member)
    }
    if leave:
        others = there(problem, lambda m: not is_full_time(m) and fits(m))
        stays += [
            (StaffId("＋".join(own)), (date,))
            for date, own in others.by_date.items()
            if date in leave and _make_a_full_timer(problem, own)
        ]
    return _listed(problem, stays)


def _make_a_full_timer(problem: Problem, names: Iterable[StaffId]) -> bool:
    """Tell whether the contracts of part-timers together are a full-timer's (B-05)."""
    known = problem.member_by_name
    contracts = (problem.contract_of(known[name]) for name in names)
    minutes = sum(one.minutes_min or one.minutes_max or 0 for one in contracts)
    return minutes >= denominators(problem, problem.period.days).minutes


def _family_leave(problem: Problem, member: StaffMember) -> set[dt.date]:
    """Return the dates of maternity or care leave of somebody employed (B-05)."""
    return {
        date
        for one in problem.spells
        if one.staff == member.name and one.kind in FAMILY_LEAVE
        for date in problem.period.dates
        if date in one and date in member.employed
    }


def long_absence(problem: Problem, member: StaffMember) -> frozenset[dt.date]:
    """Return the dates of leave of absence of more than a calendar month (B-04).

    Leave that follows leave on the next date is one absence, last month's included.
    """
    leave = {
        spell.first + n * ONE_DAY
        for spell in problem.spells
        if spell.staff == member.name and spell.kind in problem.kind_by_symbol
        if problem.kind_by_symbol[spell.kind].off is OffKind.LONG_LEAVE
        for n in range((spell.last - spell.first).days + 1)
    }
    leave |= set(problem.on_long_leave.get(member.name, ()))
    leave |= {
        duty.date
        for duty in problem.history.duties
        if duty.staff == member.name and duty.off is OffKind.LONG_LEAVE
    }
    return frozenset(
        date for run in runs(leave) if run[-1] >= _a_month_later(run[0]) for date in run
    )


def _a_month_later(date: dt.date) -> dt.date:
    """Return the same day of the next month, or the first of the month after it."""
    following = date.replace(day=1) + 31 * ONE_DAY
    last = (following.replace(day=1) + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    if date.day > last.day:
        return last + ONE_DAY
    return last.replace(day=date.day)
