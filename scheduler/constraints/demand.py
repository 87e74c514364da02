"""People required by the clock, and tasks beside (上乗せ), without the audit.

A cover rule that comes on top (K-02) takes people whom nothing else may count at the
same time.  Whether the rest are enough is a question of sets: for every set of tasks,
those who could do one of them, or the other work, must be as many as both need.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, combinations, pairwise

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.language.crew import Selector, could_count
from scheduler.constraints.selectors import selected
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.forecast import DayProfile, ForecastDay, Movement
from scheduler.domain.office import UsersReading
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, MetBy
from scheduler.domain.shifts import Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.domain.year import UsersMethod
from scheduler.rulebook import rules_of


def ceil_div(number: int, divisor: int) -> int:
    """Divide and round up."""
    return -(-number // divisor)


def day_band(problem: Problem) -> Interval:
    """Return the day band (日中) in clock minutes of its date."""
    night = problem.office.night_band
    return Interval(max(0, night.end - DAY), night.start)


def guests(problem: Problem, day: ForecastDay) -> int:
    """Return the overnight guests of a forecast; unknown ones as A-06 counts them."""
    if day.overnight is None:
        return rules_of(problem)["A-06"].int("stay_when_unknown")
    return day.overnight


def night_needs_staff(problem: Problem, day: ForecastDay) -> bool:
    """Tell whether a night is not exempt from night duty and on call (A-06, A-07)."""
    nobody_stays = guests(problem, day) == 0
    return not (nobody_stays and problem.office.contact_system)


def needed_at_night(model: RosterModel, night: dt.date) -> LinearSum:
    """Return one if a night needs somebody of the office awake, else zero.

    None does where a group home's night worker is awake for the guests (A-16).
    ``night`` is the date on which it begins, in the period or the eve of it.
    """
    if not model.rulebook["A-06"].int("awake_min"):
        return LinearSum()
    return _not_exempt(model, night)


def _not_exempt(model: RosterModel, night: dt.date) -> LinearSum:
    problem = model.problem
    if night not in problem.period:
        nobody_stayed = problem.forecast.overnight_before == 0
        return LinearSum(int(not (nobody_stayed and problem.office.contact_system)))
    return model.expected(night, partial(night_needs_staff, problem))


def on_call_needed(model: RosterModel, night: dt.date) -> LinearSum:
    """Return one if a night needs somebody on call, else zero.

    A main office whose person on call serves a satellite with guests always does.
    """
    if night not in model.problem.period:
        return _not_exempt(model, night)
    return model.expected(
        night,
        lambda day: (
            day.satellite_overnight > 0 or night_needs_staff(model.problem, day)
        ),
    )


def day_users_in_house(profile: DayProfile, day: ForecastDay, minute: int) -> int:
    """Return the day users in the house at a clock minute of a date.

    Those beyond the ones with clock times of their own move as the profile says.
    """
    timed = _count(day.day_users_at or (), minute)
    moving = day.day_users_by_profile
    arrived = ceil_div(moving * _moved(profile.arrivals, minute), 100)
    departed = moving * _moved(profile.departures, minute) // 100
    return min(timed, day.day_users) + arrived - departed


def guests_in_house(
    problem: Problem, night: ForecastDay, clock: int, *, by_profile: bool
) -> int:
    """Return the guests of a night who are in the house, and no day users.

    Parameters
    ----------
    clock
        Minute on the clock of the date on which the night begins.
    by_profile
        Whether guests without clock times of their own are in the house.
    """
    number, known = guests(problem, night), night.overnight_at or ()
    timed = sum(1 for parts in known if _count(parts, clock))
    others = max(0, number - len(known)) if by_profile else 0
    return min(timed, number) + others


def _count(spans: Iterable[Interval], minute: int) -> int:
    return sum(1 for start, end in spans if start <= minute < end)


def _moved(movements: tuple[Movement, ...], minute: int) -> int:
    return sum(move.percent for move in movements if move.at <= minute)


def staff_on_visits(profile: DayProfile, day: ForecastDay, minute: int) -> int:
    """Return the number of staff out on visits at a clock minute of a date.

    Each visit with a clock time takes one; the profile says how many the others take.
    """
    timed = day.visits_at or ()
    out = min(_count(timed, minute), day.visits)
    by_profile = day.visits - len(timed)
    if by_profile <= 0:
        return out
    for window in profile.visits:
        if window.span.start <= minute < window.span.end:
            if window.workers is not None:
                out += window.workers
            else:
                visits = ceil_div(by_profile * window.percent, 100)
                out += ceil_div(visits, window.visits_per_worker)
    return out


def _user_times(problem: Problem, date: dt.date) -> Iterator[int]:
    """Yield the clock minutes of a date at which users or visits change."""
    forecast = problem.forecast_by_date
    if date in forecast:
        day = forecast[date]
        profile = problem.profile_by_name[day.profile]
        yield from (profile.guests_leave, profile.guests_return)
        yield from (move.at for move in (*profile.arrivals, *profile.departures))
        yield from (edge for window in profile.visits for edge in window.span)
        for span in (*(day.day_users_at or ()), *(day.visits_at or ())):
            yield from span
    for night, offset in ((date, 0), (date - ONE_DAY, DAY)):
        if night in forecast:
            for parts in forecast[night].overnight_at or ():
                yield from (edge - offset for part in parts for edge in part)


def day_users_needed(problem: Problem, day: ForecastDay, ratio: int) -> int:
    """Return the care workers required for the day users of a date (A-01, A-05)."""
    forecast = ceil_div(day.day_users, ratio)
    average = average_users_needed(problem, ratio)
    match problem.office.settings.users_reading:
        case UsersReading.AVERAGE:
            return average
        case UsersReading.FORECAST:
            return forecast
        case UsersReading.LARGER:
            return max(average, forecast)


def average_users_needed(problem: Problem, ratio: int) -> int:
    """Return the care workers required for the average users on record."""
    return ceil_div(_average_tenths(problem), 10 * ratio)


def _average_tenths(problem: Problem) -> int:
    """Return the average users U in tenths, rounded up (A-05).

    For a new office it is a percentage of the capacity.
    """
    record = problem.office.users_record
    if record.method is UsersMethod.ESTIMATE_90:
        percent = rules_of(problem)["A-05"].int("estimate_percent")
        return ceil_div(10 * percent * problem.office.capacity.day_use, 100)
    return ceil_div(10 * record.total, record.days)


def elementary_intervals(
    model: RosterModel, date: dt.date, span: Interval
) -> Iterator[Interval]:
    """Yield the pieces of a clock span of ``date``, in absolute minutes.

    Neither the people at work nor the number required can change within a piece: the
    span is divided at the ends of every segment and break of shifts that could begin
    on the date before, the date or the one after, at users' movements and visits, and
    at tasks beside the need and at events.
    """
    problem = model.problem
    cuts = {span.start, span.end, *model.times(date)}
    for offset in (-DAY, 0, DAY):
        cuts.update(time + offset for time in _staff_times(problem))
        cuts.update(time + offset for time in task_times(problem))
        day = date + dt.timedelta(minutes=offset)
        cuts.update(time + offset for time in _event_times(problem, day))
    cuts.update(_user_times(problem, date))
    edges = sorted(cut for cut in cuts if span.start <= cut <= span.end)
    begin = problem.period.offset(date)
    for start, end in pairwise(edges):
        yield Interval(start, end).shifted(begin)


def numbers_at_work(
    model: RosterModel,
    date: dt.date,
    span: Interval,
    counts: Selector,
    *,
    breaks_count: bool = False,
) -> Iterator[tuple[LinearSum, int]]:
    """Yield the numbers at work in a clock span of ``date``, each with its minutes."""
    for (present,), minutes in alike(
        ((model.at_work(interval, counts, breaks_count=breaks_count),), interval)
        for interval in elementary_intervals(model, date, span)
    ):
        yield present, minutes


def alike(
    pieces: Iterable[tuple[Sequence[LinearSum], Interval]],
) -> Iterator[tuple[Sequence[LinearSum], int]]:
    """Yield sums with the minutes of all the intervals for which they are the same."""
    found: dict[tuple[tuple[int, ...], ...], Sequence[LinearSum]] = {}
    minutes: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for sums, interval in pieces:
        key = tuple(one.key for one in sums)
        found.setdefault(key, sums)
        minutes[key] += interval.minutes
    for key, sums in found.items():
        yield sums, minutes[key]


def _event_times(problem: Problem, date: dt.date) -> set[int]:
    held = (e.span for e in problem.events if e.span and e.is_held_on(date))
    return {edge for span in held for edge in span}


def _staff_times(problem: Problem) -> set[int]:
    return {
        edge
        for shift in problem.all_shifts
        for interval in (
            *shift.segments,
            *(pause for option in shift.breaks for pause in option),
        )
        for edge in interval
    }


Tasks = tuple[CoverRule, ...]
"""Cover rules that come on top, in the order of the sheet."""


def tasks_at(problem: Problem, moment: int) -> Tasks:
    """Return the tasks under way at an absolute minute, in the order of the sheet."""
    date, minute = problem.period.moment(moment).date(), moment % DAY
    return tuple(
        cover
        for cover in problem.cover_rules
        if cover.is_on_top
        and any(_holds(problem, cover, date, minute, days) for days in (0, 1))
    )


def _holds(
    problem: Problem, cover: CoverRule, date: dt.date, minute: int, days: int
) -> bool:
    on, clock = date - days * ONE_DAY, minute + days * DAY
    assert cover.band is not None
    return (
        on in problem.period
        and cover.applies_on(on)
        and cover.band.start <= clock < cover.band.end
    )


def sets_of(tasks: Sequence[CoverRule]) -> Iterator[Tasks]:
    """Yield every set of tasks, the empty one first."""
    sizes = range(len(tasks) + 1)
    return chain.from_iterable(combinations(tasks, size) for size in sizes)


def people_for(tasks: Tasks) -> int:
    """Return how many people the tasks take together."""
    return sum(task.at_least or 0 for task in tasks)


def or_able(counts: Selector, tasks: Tasks) -> Selector:
    """Return a selector of those who count, or could do one of the tasks."""
    if not tasks:
        return counts

    def either(member: StaffMember, role: Role, shift: Shift) -> bool:
        return counts(member, role, shift) or any(
            selected(task, member, (role,), shift) for task in tasks
        )

    return either


def is_out(tasks: Tasks) -> bool:
    """Tell whether one of the tasks takes people out of the house."""
    return any(task.met_by is MetBy.OUT for task in tasks)


def in_the_way(problem: Problem, cover: CoverRule, moment: int) -> Tasks:
    """Return the tasks whose people a cover rule cannot count at the same time.

    Of a task, those above it on the sheet; of those present, what takes people out of
    the house.  Only tasks that somebody of the rule could do.
    """
    under_way = tasks_at(problem, moment)
    if cover.is_on_top:
        others = under_way[: under_way.index(cover)]
    else:
        others = tuple(task for task in under_way if task.met_by is MetBy.OUT)
    return tuple(task for task in others if _share_people(problem, cover, task))


def _share_people(problem: Problem, cover: CoverRule, task: CoverRule) -> bool:
    return any(could_count(cover, m) and could_count(task, m) for m in problem.staff)


def task_times(problem: Problem) -> set[int]:
    """Return the clock minutes at which tasks begin or end."""
    return {e for one in problem.cover_rules if one.is_on_top for e in one.band or ()}


def minutes_apart(problem: Problem, date: dt.date, band: Interval) -> int:
    """Return the minutes in a band that do not count for the hours of the day (A-03).

    Parameters
    ----------
    band
        In clock minutes of the date.
    """
    total = 0
    for cover in problem.cover_rules:
        if cover.in_day_hours or not cover.is_on_top or cover.band is None:
            continue
        for days in (0, 1):
            on = date - days * ONE_DAY
            if on in problem.period and cover.applies_on(on):
                inside = cover.band.shifted(-days * DAY).intersection(band)
                total += inside.minutes * people_for((cover,))
    return total
