"""Constraints on duties that overlap or are too close: rest, pairs and newcomers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Sequence,
)
from functools import partial
from typing import NamedTuple, TypeVar

from scheduler.constraints.language import LinearSum, Option, RosterModel, Scope, Wanted
from scheduler.constraints.language.options import hull
from scheduler.constraints.selectors import one_of
from scheduler.domain.base import ShiftId
from scheduler.domain.clock import DAY, LATEST, ONE_DAY, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember


class Close(NamedTuple):
    """Duties of which two are too close to each other; each sum must be at most one."""

    date: dt.date
    """The date of the later duty."""
    totals: tuple[LinearSum, ...]


class Span(NamedTuple):
    """The minutes of a shift with its events, and where it is worked."""

    whole: Interval
    elsewhere: str
    travel: int

    def after(self, other: Span, days: int) -> int:
        """Return the minutes of rest since another shift, begun ``days`` before."""
        free = self.whole.start + days * DAY - other.whole.end
        if self.elsewhere == other.elsewhere:
            return free
        return free - self.travel - other.travel


T = TypeVar("T", bound=Hashable)

SpanOf = Callable[[Shift, Option], Span]


def close_shifts(
    model: RosterModel, member: StaffMember, gap: int, *, travel: bool = False
) -> Iterator[Close]:
    """Yield a person's shifts of two dates that are less than ``gap`` minutes apart.

    With ``travel``, that between the offices of two shifts is no part of the minutes.
    The later date is in the period, the earlier one maybe in the tail.
    """
    problem = model.problem
    span = _spans_known(problem, travel=travel)
    travels = {shift.elsewhere: shift.travel for shift in problem.all_shifts}
    farthest = sum(sorted(travels.values())[-2:]) if travel else 0
    for date in problem.period.dates:
        for days in range(1, (LATEST + gap + farthest) // DAY + 1):
            earlier = date - dt.timedelta(days=days)
            own = sorted(_spans(model, member, date, span))
            known = sorted(_spans(model, member, earlier, span))
            sums = tuple(
                model.starts(member, earlier, _within(span, first))
                + model.starts(member, date, _within(span, second))
                for first, second in cliques(known, own, partial(_is_close, days, gap))
            )
            if sums:
                yield Close(date, sums)


def _spans_known(problem: Problem, *, travel: bool) -> SpanOf:
    """Return a function that gives the span of a shift; each is reckoned once."""
    known: dict[tuple[ShiftId, tuple[str, ...]], Span] = {}

    def span(shift: Shift, option: Option) -> Span:
        key = shift.symbol, option.events
        if key not in known:
            known[key] = _span(problem, shift, option, travel=travel)
        return known[key]

    return span


def _span(problem: Problem, shift: Shift, option: Option, *, travel: bool) -> Span:
    whole = hull(problem, shift, option.events)
    return Span(whole, shift.elsewhere, shift.travel) if travel else Span(whole, "", 0)


def _spans(
    model: RosterModel, member: StaffMember, date: dt.date, span: SpanOf
) -> set[Span]:
    """Return the spans of work, with events, that may begin on a date."""
    shifts = model.problem.shift_by_symbol
    return {
        span(shifts[option.shift], option)
        for option in model.options(member, date)
        if option.shift is not None
    }


def _is_close(days: int, gap: int, one: Span, two: Span) -> bool:
    return two.after(one, days) < gap


def cliques(
    earlier: Sequence[T], later: Sequence[T], clash: Callable[[T, T], bool]
) -> Iterator[tuple[list[T], list[T]]]:
    """Yield earlier and later choices, each of which clashes with each of the others.

    Every clash is in one of them.  As one choice is made of the earlier ones and one of
    the later ones, a sum of both sides that is at most one replaces a sum for each pair
    of them, and says more in the linear relaxation.
    """
    against = {two: [one for one in earlier if clash(one, two)] for two in later}
    for first in {tuple(found): found for found in against.values() if found}.values():
        yield first, [two for two in later if all(one in against[two] for one in first)]


def _within(span: SpanOf, spans: Collection[Span]) -> Wanted:
    """Return a predicate for shifts that make one of the spans with their events."""
    return lambda shift, option: span(shift, option) in spans


def none_can_follow(
    problem: Problem, shifts: Iterable[Shift], later: Collection[Shift]
) -> bool:
    """Tell whether after any of ``shifts`` none of ``later`` may begin the next date.

    The least rest of the office excludes it (F-11).
    """
    rest = problem.office.settings.rest_least
    return all(two.start + DAY < one.end + rest for one in shifts for two in later)


def close_standby(model: RosterModel, member: StaffMember, gap: int) -> Iterator[Close]:
    """Yield nights on call, each with one duty that is less than ``gap`` away."""
    problem = model.problem
    first = problem.period.first
    tail = [first - dt.timedelta(days=days) for days in (2, 1)]
    near = {days: _near_band(problem, days, gap) for days in range(-2, 3)}
    nights_are_near = DAY - problem.office.on_call_band.minutes < gap
    for date in (*tail, *problem.period.dates):
        night = model.on_call(member, date)
        if not night.terms and not night.constant:
            continue
        if nights_are_near:
            after = date + ONE_DAY
            both = night + model.on_call(member, after)
            if both.terms and both.highest > 1:
                yield Close(after, (both,))
        for days, shifts in near.items():
            other = date + dt.timedelta(days)
            total = night + model.starts(member, other, shifts)
            if total.terms and total.highest > 1:
                yield Close(max(date, other), (total,))


def _near_band(problem: Problem, days: int, gap: int) -> Wanted:
    """Return a predicate for shifts that, begun ``days`` after, are too close."""
    band = problem.office.on_call_band.shifted(-days * DAY)
    return lambda shift, option: _apart(hull(problem, shift, option.events), band) < gap


def _apart(first: Interval, second: Interval) -> int:
    """Return the minutes between two intervals; negative where they overlap."""
    return max(first.start, second.start) - min(first.end, second.end)


Overlapping = tuple[tuple[int, tuple[Shift, ...]], ...]
"""Shifts that overlap a given shift enough, by the number of dates they begin later."""

NEAR = (-1, 0, 1)
"""Offsets in dates at which another shift can begin and still overlap a shift."""


def ask_for_overlap(
    model: RosterModel,
    scope: Scope,
    member: StaffMember,
    others: Sequence[StaffMember],
    shifts: Iterable[Shift],
    percent: int,
) -> None:
    """Require that each of a person's shifts is overlapped by one of ``others``.

    Parameters
    ----------
    shifts
        The person's shifts that must be overlapped.  Shifts that do not count for
        cover (training, errands) are ignored on both sides.
    percent
        Least share of the shift's minutes that a single shift of ``others`` covers,
        breaks included.
    """
    # Shifts with the same overlapping shifts share a constraint.
    own: dict[Overlapping, list[Shift]] = defaultdict(list)
    for shift in (one for one in shifts if one.counts):
        own[_overlapping(model.problem, shift, percent)].append(shift)
    for date in model.problem.period.dates:
        at_date = scope.at(staff=member.name, date=date)
        # One slack for all constraints of the date, which counts as one breach.
        slack = at_date.slack(1)
        for overlapping, alike in own.items():
            begins = model.starts(member, date, one_of(alike))
            there = _beginning(model, others, date, overlapping)
            at_date.at_least(there - begins, 0, slack=slack)


def _overlapping(problem: Problem, shift: Shift, percent: int) -> Overlapping:
    return tuple(
        (days, tuple(_covering(problem, shift, days, percent))) for days in NEAR
    )


def _covering(
    problem: Problem, shift: Shift, days: int, percent: int
) -> Iterator[Shift]:
    for other in problem.all_shifts:
        shared = shift.interval.intersection(other.interval.shifted(days * DAY))
        if other.counts and shared.minutes * 100 >= shift.interval.minutes * percent:
            yield other


def _beginning(
    model: RosterModel,
    others: Sequence[StaffMember],
    date: dt.date,
    overlapping: Overlapping,
) -> LinearSum:
    return LinearSum.total(
        model.begun(others, [date + dt.timedelta(days)], one_of(shifts))
        for days, shifts in overlapping
        if shifts
    )
