"""Users, staff required and staff at work over the day (A-04, A-06, K-01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from scheduler.audit.bands import (
    heads,
    in_the_house,
    narrowest,
    pieces_with,
    pool,
    task_spans,
    under_way,
)
from scheduler.audit.rules.k01_house_ratio import needed_by_day, needed_by_night
from scheduler.audit.stints import Stretch
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.audit.users import (
    movement_minutes,
    night_is_needed,
    on_call_is_needed,
    staff_on_visits,
    users_in_house,
)
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import DAY, HOUR, ONE_DAY, Clock, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Role


class Worker(Frozen):
    """A person in the house, with role and break."""

    staff: StaffId
    role: Role | None
    on_break: bool = False
    counts: bool = True
    """Whether the person's shift counts for cover; if not, ``role`` is ``None``."""

    @property
    def in_pool(self) -> bool:
        """Whether the person is at work in the care pool at this moment."""
        return self.role is not None and self.role.in_care_pool and not self.on_break


class Moment(Frozen):
    """An interval of one calendar date in which nothing changes.

    ``begin`` and ``end`` are clock minutes from 0:00 to 24:00 of ``date``.
    """

    date: dt.date
    begin: Clock
    end: Clock
    night: dt.date | None
    """The date on which the current night began; ``None`` in the day band."""
    users: int
    """Users in the house."""
    visits: int
    """Staff out on visits."""
    tasks: int = 0
    """People whom tasks beside the need take (K-02)."""
    helpers: int = 0
    """How many of them need not come from the care pool."""
    house_required: int
    """Care pool required by K-01, tasks included: at work by day, present during visits
    and tasks at night; 0 at night without them."""
    awake_required: int
    """Least people by law: at work by day (A-04), awake by night (A-06, A-07); 0 in the
    night before the period if nobody is known to have been there."""
    on_call_required: int
    """People required on call (A-06); 0 in the day band, and in the night before the
    period if it is not known who was on call."""
    workers: tuple[Worker, ...]
    """Everybody present, in any role, breaks included."""
    on_call: StaffId | None
    """Who is on call in the current night."""

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.begin

    @property
    def pool(self) -> int:
        """People at work in care or nurse, those on a break left out."""
        return len({worker.staff for worker in self.workers if worker.in_pool})

    @property
    def awake(self) -> int:
        """People present in care or nurse, breaks counted as present (A-06)."""
        return len({w.staff for w in self.workers if w.role and w.role.in_care_pool})

    @property
    def on_call_ready(self) -> int:
        """1 if somebody is on call who is not at work at the same time, else 0."""
        present = {worker.staff for worker in self.workers}
        return int(self.on_call is not None and self.on_call not in present)

    @property
    def required(self) -> int:
        """The care pool required: the larger of house rule and least by law."""
        return max(self.house_required, self.awake_required)

    @property
    def planned(self) -> int:
        """Compared with ``required``: the pool by day, people awake by night."""
        return self.pool if self.night is None else self.awake

    @property
    def in_house(self) -> int:
        """Compared with ``house_required``: ``planned``, and helpers for the tasks."""
        return self.planned + self.helpers

    @property
    def is_house_held(self) -> bool:
        """Whether K-01 applies: by day, and at night during visits or tasks."""
        return self.night is None or self.house_required > 0

    @property
    def margin(self) -> int:
        """People above the requirement, negative if short; at night also on call."""
        by_law = self.planned - self.awake_required
        margin = min(by_law, self.in_house - self.house_required)
        if self.on_call_required:
            margin = min(margin, self.on_call_ready - self.on_call_required)
        return margin


class HeatRow(Frozen):
    """The smallest margin in each of the 24 hours of a date."""

    date: dt.date
    margins: tuple[int, ...]


def day_curve(problem: Problem, roster: Roster, date: dt.date) -> tuple[Moment, ...]:
    """Divide a calendar date as `day_curves` does."""
    return day_curves(problem, roster, (date,))[date]


def day_curves(
    problem: Problem, roster: Roster, dates: Iterable[dt.date]
) -> dict[dt.date, tuple[Moment, ...]]:
    """Divide calendar dates, 0:00 to 24:00, into moments in which nothing changes.

    Parameters
    ----------
    problem, roster
        The month; shifts of last month's tail that reach into a date count.

    Raises
    ------
    KeyError
        If one of them is not in the period.
    """
    timeline = timeline_of(problem, roster)
    return {date: _curve(timeline, problem, date) for date in dates}


def _curve(timeline: Timeline, problem: Problem, date: dt.date) -> tuple[Moment, ...]:
    offset = problem.period.offset(date)
    here = [
        stretch._replace(interval=stretch.interval.shifted(-offset))
        for stint in timeline.begun_between(date - ONE_DAY, date)
        if not stint.shift.elsewhere
        for stretch in stint.stretches
    ]
    edges = {0, DAY} | movement_minutes(problem, date)
    edges |= {minute for stretch in here for minute in stretch.interval}
    edges |= {
        minute - offset
        for span, _ in task_spans(problem, problem.period.day(date))
        for minute in span
    }
    bands = *problem.office.night_band, *problem.office.on_call_band
    edges |= {minute - back for minute in bands for back in (0, DAY)}
    moments: list[Moment] = []
    for begin, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= DAY)):
        moment = _moment(problem, timeline, date, begin, end, here)
        # Join it with the moment before if they differ in clock times only.
        before = moments[-1] if moments else None
        if before and moment == before.model_copy(update={"begin": begin, "end": end}):
            moments[-1] = before.model_copy(update={"end": end})
        else:
            moments.append(moment)
    return tuple(moments)


def heat_row(date: dt.date, curve: tuple[Moment, ...]) -> HeatRow:
    """Return the smallest margin in each hour of one day's curve."""
    return HeatRow(
        date=date,
        margins=tuple(
            min(
                moment.margin
                for moment in curve
                if moment.begin < hour + HOUR and hour < moment.end
            )
            for hour in range(0, DAY, HOUR)
        ),
    )


def _moment(
    problem: Problem,
    timeline: Timeline,
    date: dt.date,
    begin: int,
    end: int,
    here: list[Stretch],
) -> Moment:
    rulebook = timeline.rulebook
    users = users_in_house(problem, date, begin)
    visits = staff_on_visits(problem, date, begin)
    night = _night_at(problem.office.night_band, date, begin)
    called = _night_at(problem.office.on_call_band, date, begin)
    tasks, helpers = _tasks(timeline, problem, date, begin, by_day=night is None)
    house = awake = on_call = 0
    present = [s for s in here if s.interval.start <= begin < s.interval.end]
    if night is None:
        out = under_way(problem, problem.period.offset(date) + begin)
        house = needed_by_day(problem, date, begin, out)
        awake = rulebook["A-04"].int("present_min")
    else:
        if visits or tasks:
            house = needed_by_night(problem, night, date, begin)
        # The night before the first date is judged with its own month: where nobody
        # wrote down who was there, nobody is known to be missing.
        is_own = night in problem.period
        if night_is_needed(problem, night) and (is_own or present):
            awake = rulebook["A-06"].int("awake_min")
        if on_call_is_needed(problem, night) and (is_own or timeline.on_call(night)):
            on_call = rulebook["A-06"].int("on_call_min")
    return Moment(
        date=date,
        begin=begin,
        end=end,
        night=night,
        users=users,
        visits=visits,
        tasks=tasks,
        helpers=helpers,
        house_required=house + tasks,
        awake_required=awake,
        on_call_required=on_call,
        workers=tuple(
            Worker(staff=s.staff, role=s.role, on_break=s.on_break, counts=s.counts)
            for s in present
        ),
        on_call=None if called is None else timeline.on_call(called),
    )


def _tasks(
    timeline: Timeline, problem: Problem, date: dt.date, begin: int, *, by_day: bool
) -> tuple[int, int]:
    """Return the people tasks take, and those outside the pool.

    As many count from outside as help in the set of tasks that leaves least.
    """
    at = problem.period.offset(date) + begin
    minute = Interval(at, at + 1)
    if not task_spans(problem, minute):
        return 0, 0
    counted = (pool if by_day else in_the_house)(timeline, minute)
    ((_, there, tasks),) = pieces_with(
        timeline, problem, minute, counted, breaks_count=not by_day
    )
    everybody = heads(task for task, _ in tasks)
    tightest = narrowest(minute, 0, there, tasks)
    spared = tightest.actual - tightest.required - (len(there) - everybody)
    return everybody, spared


def _night_at(band: Interval, date: dt.date, minute: int) -> dt.date | None:
    for night, clock in ((date, minute), (date - ONE_DAY, minute + DAY)):
        if band.start <= clock < band.end:
            return night
    return None
