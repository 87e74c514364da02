"""What the pay office needs of a month (給与用): hours by kind, nights, leave.

Hours belong to the date on which a duty begins, but for statutory holidays and night
hours, which go by the calendar day and the clock.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.limits import month_cap, part_of_weeks
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.figures.stretches import holiday_windows
from scheduler.audit.stints import OnCallNight, Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

if TYPE_CHECKING:
    from scheduler.domain.actual import AsWorked

OTHER_LEAVE = (OffKind.SPECIAL_LEAVE, OffKind.LONG_LEAVE)
"""Kinds of leave that are told by the office's own kinds of day."""


class LeaveDays(Frozen):
    """Days of one kind of leave that is no paid leave."""

    off: OffKind
    kind: ShiftId | None = None
    """The office's own kind of day; ``None`` if it has none for it."""
    days: int


class Overtime(Frozen):
    """Minutes beyond the limits of day, week and month, each counted once (F-01, F-02).

    Work on a statutory holiday is none of it.
    """

    day: int
    week: int
    month: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.day + self.week + self.month


class PayMonth(Frozen):
    """One person's month for the pay office; durations are minutes."""

    staff: StaffId
    number: str
    """The person's number in the pay system."""
    days: int
    """Dates on which a shift begins."""
    worked: int
    """Hours of work (労働時間), as on all other pages (`PersonMonth.total`)."""
    night: int
    """Of these between 22:00 and 5:00 by the clock."""
    statutory_holiday: int
    """Of these on statutory holidays, from 0:00 to 24:00 (F-06)."""
    other_holiday: int
    """Of these of duties that begin on another day off of the plan."""
    overtime: Overtime
    missed: int
    """Minutes of planned shifts that were not worked: late, or left early."""
    nights: int
    on_call: int
    half_leaves: int
    """Half days of paid leave."""
    leave: int
    """Minutes that paid leave is worth."""
    other_leave: tuple[LeaveDays, ...]
    absent: int
    """Days of absence."""
    absence: int
    """Minutes that these days are worth."""


class _WorkedDuty(NamedTuple):
    """One duty: the date on which it begins, and its work without breaks."""

    date: dt.date
    pieces: tuple[Interval, ...]

    @property
    def minutes(self) -> int:
        """Minutes of work."""
        return total_minutes(self.pieces)

    def within(self, windows: Iterable[Interval]) -> int:
        """Minutes of work in some windows that do not overlap."""
        return sum(
            piece.intersection(window).minutes
            for window in windows
            for piece in self.pieces
        )


@dataclass(frozen=True)
class _Rosters:
    """The rosters of one month, laid out in time.

    Attributes
    ----------
    planned
        As fixed when the period began: overtime begins beyond it where it is longer
        than the limit (F-02), and its days off are the holidays.
    cells
        As the cells stand: what nobody worked of these shifts is missing.
    worked
        The roster that is counted.
    """

    problem: Problem
    planned: Timeline
    cells: Timeline
    worked: Timeline


def pay_months(month: AsWorked, *, as_planned: bool = False) -> tuple[PayMonth, ...]:
    """Return each person's month for the pay office, in the order of the staff list.

    Parameters
    ----------
    as_planned
        Whether the plan is counted in its place.
    """
    problem = month.problem
    cells, roster = month.cells, month.roster
    if as_planned:
        cells = roster = month.plan
    rosters = _Rosters(
        problem,
        planned=Timeline(problem, month.plan),
        cells=Timeline(problem, cells),
        worked=Timeline(problem, roster),
    )
    return tuple(
        _month(rosters, member, figures)
        for member, figures in zip(problem.staff, people(problem, roster), strict=True)
    )


def _month(rosters: _Rosters, member: StaffMember, month: PersonMonth) -> PayMonth:
    problem, worked, name = rosters.problem, rosters.worked, member.name
    own = [one for one in _work(worked, name) if one.date in problem.period]
    holidays = _statutory_holidays(rosters, member)
    on_holidays = [problem.period.day(date) for date in sorted(holidays)]
    night = _nights(problem)
    stints = tuple(worked.stints_of_period(name))
    return PayMonth(
        staff=name,
        number=member.number,
        days=len(stints),
        worked=month.total,
        night=sum(one.within(night) for one in own),
        statutory_holiday=sum(one.within(on_holidays) for one in own),
        other_holiday=sum(
            one.minutes - one.within(on_holidays)
            for one in own
            if rosters.planned.off(name, one.date) is OffKind.DAY_OFF
        ),
        overtime=_overtime(rosters, member, on_holidays),
        missed=sum(_missed(rosters.cells, stint) for stint in stints),
        nights=month.nights,
        on_call=month.on_call,
        half_leaves=month.half_leaves,
        leave=month.leave,
        other_leave=_other_leave(problem, worked, name),
        absent=month.absent,
        absence=month.absent * problem.contract_of(member).day_minutes,
    )


def _other_leave(
    problem: Problem, worked: Timeline, name: StaffId
) -> tuple[LeaveDays, ...]:
    """Return a person's days of leave that is no paid leave, by kind."""
    duties = (worked.duty(name, date) for date in problem.period.dates)
    days = Counter(
        (one.off, one.kind) for one in duties if one and one.off in OTHER_LEAVE
    )
    return tuple(
        LeaveDays(off=off, kind=kind, days=number)
        for (off, kind), number in days.items()
    )


def _work(timeline: Timeline, name: StaffId) -> Iterator[_WorkedDuty]:
    """Yield a person's duties, the tail first, in order.

    The break of a night on call that is work stands at no set time; it is taken to be
    at the night's end.
    """
    for one in timeline.worked(name):
        if isinstance(one, OnCallNight):
            span = Interval(one.span.start, one.span.end - one.rest)
            yield _WorkedDuty(one.date, (span,))
        else:
            yield _WorkedDuty(one.date, tuple(piece for piece, _role in one.at_work))


def _nights(problem: Problem) -> list[Interval]:
    """Return the night hours of all dates that a duty of the period may touch."""
    rule, period = rules_of(problem)["F-09"], problem.period
    night = Interval(rule.int("night_start"), DAY + rule.int("night_end"))
    eve = period.first - ONE_DAY
    return [
        night.shifted(period.offset(eve + n * ONE_DAY)) for n in range(period.days + 3)
    ]


def _statutory_holidays(rosters: _Rosters, member: StaffMember) -> set[dt.date]:
    """Return the statutory holidays on which a person worked.

    Where a week has a free day, there is none: that day is the holiday.  Else it is the
    last of the days off of the plan on which there was work (with four holidays in four
    weeks, the last ones), or where the plan had none the last date with work.  A week
    that ends after the period is judged with it and what is known by then.
    """
    problem, worked, planned = rosters.problem, rosters.worked, rosters.planned
    touched = worked.touched(member.name)
    found: set[dt.date] = set()
    for window in holiday_windows(worked, problem, member):
        dates = [
            date
            for date in reversed(window.dates)
            if date in touched and date >= problem.period.first
        ]
        # A stable sort: days off of the plan first, each the later before the earlier.
        dates.sort(key=lambda d: planned.off(member.name, d) is not OffKind.DAY_OFF)
        found |= set(dates[: window.missing])
    return found


def _overtime(
    rosters: _Rosters, member: StaffMember, on_holidays: Sequence[Interval]
) -> Overtime:
    """Return a person's overtime: of the day, then of the week, then of the month."""
    problem, dates = rosters.problem, rosters.problem.period.dates
    minutes = _by_date(rosters.worked, member, on_holidays)
    # Outside the flexible scheme no plan moves a limit (F-01).
    fixed = _by_date(rosters.planned, member, on_holidays)
    if member.no_flex:
        fixed.clear()
    rule = rules_of(problem)["F-01"]
    least = rule.int("day_minutes")
    beyond = {d: max(0, m - max(least, fixed[d])) for d, m in minutes.items()}
    day = sum(beyond.get(date, 0) for date in dates)
    week = 0
    for stretch in _weeks(problem, member):
        limit = part_of_weeks(problem, len(stretch))
        if member.no_flex:
            limit = rule.int("week_minutes")
        limit = max(limit, sum(fixed[date] for date in stretch))
        rest = sum(minutes[date] - beyond.get(date, 0) for date in stretch)
        week += max(0, rest - limit)
    whole = sum(minutes[date] for date in dates)
    cap = whole if member.no_flex else month_cap(problem)
    return Overtime(day=day, week=week, month=max(0, whole - day - week - cap))


def _by_date(
    timeline: Timeline, member: StaffMember, on_holidays: Sequence[Interval]
) -> Counter[dt.date]:
    """Return a person's minutes by the date of the duty, without some stretches."""
    minutes: Counter[dt.date] = Counter()
    for one in _work(timeline, member.name):
        minutes[one.date] += one.minutes - one.within(on_holidays)
    return minutes


def _weeks(problem: Problem, member: StaffMember) -> Iterator[Sequence[dt.date]]:
    """Yield the dates by which the week's hours of a person are judged.

    In the flexible scheme they are the parts of weeks inside the period, outside of it
    the whole weeks that end in the period, last month's dates included.
    """
    for week in problem.weeks:
        if not member.no_flex:
            yield [date for date in week if date in problem.period]
        elif week[-1] in problem.period:
            yield week


def _missed(cells: Timeline, stint: Stint) -> int:
    """Return the minutes of the cell's shift before coming and after going."""
    worked, person = stint.duty.worked, stint.person
    was = next((one for one in cells.stints[person] if one.date == stint.date), None)
    if worked is None or was is None or was.shift != stint.shift:
        return 0
    span = worked.shifted(stint.offset)
    return sum(
        piece.minutes - piece.intersection(span).minutes for piece, _role in was.at_work
    )
