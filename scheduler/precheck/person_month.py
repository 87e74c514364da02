"""The most one person's month can hold after the days off owed (L-02 to L-05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import reduce
from itertools import accumulate, product
from operator import or_
from typing import NamedTuple

from scheduler.audit.rules.k03_events import asks
from scheduler.audit.stints import minutes_on_call
from scheduler.domain.clock import WEEK
from scheduler.domain.shifts import RELEASED, OffKind, Shift, ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.on_call import call_blocked
from scheduler.precheck.work_dates import (
    Chains,
    Weeks,
    chain_of,
    is_night,
    least_mornings,
    most_begins,
    most_by_last,
)

TOO_MANY = 1000
"""More dates than a period has."""


class Nights(NamedTuple):
    """Shifts through the night that one person could work; lengths in minutes."""

    most: int
    """Their largest number, by dates, limits and chains."""
    shortest: int
    """Minutes of work in the shortest; zero if there is none."""
    longest: int
    """Minutes of work in the longest."""
    lengths: frozenset[int]
    """Minutes of work in each shift."""
    mornings: tuple[int, ...]
    """For 0, 1, 2, ... nights, the fewest dates on which one ends and nothing begins;
    empty where another shift can begin on such a date."""

    def dates(self, number: int) -> int:
        """Return the fewest dates of the period that so many nights take."""
        if number < len(self.mornings):
            return number + self.mornings[number]
        return number if not self.mornings else TOO_MANY


class Month(NamedTuple):
    """Counts and lengths possible in one person's month; lengths in minutes."""

    dates: int
    """Dates employed and not on leave of absence."""
    offs: int
    """Dates that may be days off."""
    owed: int
    """Days off owed."""
    begins: int
    """Most dates on which a shift may begin, by weeks."""
    nights: Nights
    days: tuple[int, ...]
    """Minutes of the longest other shift of each date, longest first."""
    lengths: frozenset[int]
    """Minutes of work in each of the other shifts."""
    leave: int
    """Dates that may be paid leave, special leave or absence."""
    absent: int
    """Of these, dates that are certainly absence or special leave."""
    extra: int
    """Most minutes that nights on call, half days of leave and events add."""
    halves: int
    """Of these, the minutes of half days of leave, which are no work."""

    @property
    def room(self) -> int:
        """Dates left after the days off owed."""
        return self.dates - self.owed


class Best(NamedTuple):
    """The fullest month that the law and the days off owed allow."""

    minutes: int
    nights: int
    shifts: int
    leave: int


class MonthSums(NamedTuple):
    """Totals that shifts, leave and absence of a month can reach."""

    minutes: int
    """The sums as bits: bit 480 is set if 480 minutes can be had."""
    best: Best
    beyond_law: int
    """Minutes of work in the fullest month without the law's cap."""

    def below(self, least: int) -> int | None:
        """Return the largest sum that is smaller than some minutes."""
        smaller = self.minutes & ((1 << max(0, least)) - 1)
        return smaller.bit_length() - 1 if smaller else None

    def above(self, most: int) -> int | None:
        """Return the smallest sum that is larger than some minutes."""
        larger = self.minutes >> (most + 1)
        return most + (larger & -larger).bit_length() if larger else None


def month_of(cells: Cells, member: StaffMember) -> Month:
    """Return what is possible in a person's month, by the domains of the cells."""
    dates = cells.dates_of(member)
    through = through_the_night(cells, member)
    symbols = {shift.symbol for shift in through}
    days, every = [], set()
    for date in cells.problem.period.dates:
        lengths = [
            one.shift.work_minutes
            for one in cells.working(member, date)
            if one.shift.symbol not in symbols
        ]
        days += [max(lengths)] if lengths else []
        every |= set(lengths)
    left = {date: cells.left(member, date) for date in dates}
    return Month(
        dates=len(dates),
        offs=sum(OffKind.DAY_OFF in entries for entries in left.values()),
        owed=max(0, cells.limit(member, "days_off_min") or 0),
        begins=sum(number for _, number in most_begins(cells, member)),
        nights=nights_of(cells, member, through),
        days=tuple(sorted(days, reverse=True)),
        lengths=frozenset(every),
        leave=sum(not set(RELEASED).isdisjoint(one) for one in left.values()),
        absent=sum(
            one in ((OffKind.ABSENT,), (OffKind.SPECIAL_LEAVE,))
            for one in left.values()
        ),
        extra=_extra_work(cells, member) + (halves := _half_days(cells, member)),
        halves=halves,
    )


def hours_by_week(
    cells: Cells,
    member: StaffMember,
    of_dates: Callable[[int], int] | None = None,
) -> int:
    """Return the most minutes of work by law and by the week (F-02, L-06).

    Parameters
    ----------
    of_dates
        The most of up to seven dates in a row that is within the contract.
    """
    cap, agreed = cells.month_cap(member), member.contract.week_minutes_max
    if agreed is None:
        return cap
    dates = cells.problem.period.dates
    more = sum(
        cells.agreed("L-06", "hours_per_week", member.name, date) for date in dates
    )
    weeks, rest = divmod(len(dates), WEEK)
    if of_dates is None or more:
        most = (weeks + (rest > 0)) * agreed
    else:
        most = weeks * of_dates(WEEK) + of_dates(rest)
    return min(cap, most + more)


def shifts_left(cells: Cells, member: StaffMember) -> list[Shift]:
    """Return the shifts that a person could begin on at least one date."""
    found = {
        working.shift.symbol
        for date in cells.problem.period.dates
        for working in cells.working(member, date)
    }
    return [shift for shift in cells.problem.all_shifts if shift.symbol in found]


def nights_of(
    cells: Cells,
    member: StaffMember,
    shifts: Sequence[Shift],
    but: Collection[dt.date] = (),
) -> Nights:
    """Return how many of some shifts a person could work.

    Parameters
    ----------
    but
        Dates on which none of them begins.
    """
    symbols = {shift.symbol for shift in shifts}
    able = [
        date not in but
        and any(one.shift.symbol in symbols for one in cells.working(member, date))
        for date in cells.problem.period.dates
    ]
    counted = {shift.kind for shift in shifts} == {ShiftKind.NIGHT}
    limit = cells.nights_limit(member) if counted else None
    room = Chains(
        able=tuple(able),
        most=len(able) if limit is None else limit,
        next_day=cells.may_repeat(shifts),
        in_a_row=chain_of(cells, member, shifts).most,
    )
    lengths = [shift.work_minutes for shift in shifts]
    takes_morning = _end_in_a_morning(cells, shifts, shifts_left(cells, member))
    return Nights(
        most=most_by_last(room)[-1],
        shortest=min(lengths, default=0),
        longest=max(lengths, default=0),
        lengths=frozenset(lengths),
        mornings=_mornings(cells, member, room) if shifts and takes_morning else (),
    )


def _mornings(cells: Cells, member: StaffMember, room: Chains) -> tuple[int, ...]:
    """Return the fewest mornings after nights, by the number of nights."""
    weeks = list(most_begins(cells, member))
    return least_mornings(
        room,
        Weeks(
            of_date=tuple(n for n, (dates, _) in enumerate(weeks) for _ in dates),
            most=tuple(number for _, number in weeks),
        ),
        counted=tuple(date in member.employed for date in cells.problem.period.dates),
    )


def sums_of(cells: Cells, member: StaffMember, month: Month) -> MonthSums:
    """Return the totals a month can reach with the days off owed left free.

    Sums of shift lengths are bit sets, one for each number of nights and dates of
    leave.  What nights on call and half days of leave add is in `best` alone.
    """
    found, best, beyond = 0, Best(0, 0, 0, 0), 0
    for one in _fillings(cells, member, month):
        beyond = max(beyond, one.longest + month.extra)
        if one.work:
            credit = one.leave * member.contract.day_minutes
            found |= one.work << credit
            work = one.work.bit_length() - 1 + month.extra - month.halves
            total = min(hours_by_week(cells, member), work) + month.halves + credit
            best = max(best, Best(total, one.nights, one.shifts, one.leave))
    return MonthSums(found, best, beyond)


def most_nights(cells: Cells, member: StaffMember, month: Month) -> int | None:
    """Return the most nights with which a contract's hours and days off can be kept.

    ``None`` if they cannot be kept at all.
    """
    least = cells.limit(member, "minutes_min") or 0
    most = cells.limit(member, "minutes_max")
    numbers = [
        one.nights
        for one in _fillings(cells, member, month)
        if _reaches(
            one.work << (one.leave * member.contract.day_minutes), month, least, most
        )
    ]
    return max(numbers, default=None)


def _reaches(sums: int, month: Month, least: int, most: int | None) -> bool:
    """Tell whether one of some sums can lie between the least and the most hours."""
    if most is not None:
        sums &= (1 << (max(0, most) + 1)) - 1
    return bool(sums >> max(0, least - month.extra))


class _Filling(NamedTuple):
    """A number of nights and of dates of leave, and what the other dates can add."""

    nights: int
    leave: int
    shifts: int
    """Most other shifts beside them."""
    longest: int
    """Minutes of the longest nights and shifts, whatever the law allows."""
    work: int
    """The sums of nights and of up to so many shifts that the law allows, as bits."""


def _fillings(cells: Cells, member: StaffMember, month: Month) -> Iterator[_Filling]:
    """Yield the numbers of nights and of leave that fit beside the days off owed."""
    cap = hours_by_week(cells, member)
    longest = (0, *accumulate(month.days))
    of_nights = _exactly(month.nights.lengths, month.nights.most)
    of_days = list(accumulate(_exactly(month.lengths, len(month.days)), or_))
    leaves = range(month.absent, month.leave + 1)
    for nights, leave in product(range(month.nights.most + 1), leaves):
        room = month.room - month.nights.dates(nights) - leave
        if room < 0 or nights > month.begins:
            continue
        shifts = min(room, month.begins - nights, len(month.days))
        most = nights * month.nights.longest + longest[shifts]
        # Sums up to the law's cap that the longest shifts of these dates can reach.
        legal = (1 << (min(cap, most) + 1)) - 1
        work = _together(of_nights[nights], of_days[shifts]) & legal
        yield _Filling(nights, leave, shifts, most, work)


def _exactly(lengths: Collection[int], most: int) -> list[int]:
    """Return, for 0, 1, 2, ... shifts, the sums of their lengths as bits."""
    sums = [1]
    for _ in range(most):
        sums.append(reduce(or_, (sums[-1] << length for length in lengths), 0))
    return sums


def _together(first: int, second: int) -> int:
    """Return all sums of a number from one set and one from another, as bits."""
    found = 0
    while first:
        # The lowest bit set; shifting by its place adds that sum to all of the others.
        last = first & -first
        found |= second << (last.bit_length() - 1)
        first ^= last
    return found


def through_the_night(cells: Cells, member: StaffMember) -> list[Shift]:
    """Return a person's nights, and other shifts followed by a morning without work."""
    own = shifts_left(cells, member)
    before = _before_a_morning(cells, own)
    return [s for s in own if is_night(s) or s.symbol in before]


def _before_a_morning(cells: Cells, shifts: Collection[Shift]) -> set[str]:
    """Return the shifts past midnight that only shifts of this set can follow."""
    found = [shift for shift in shifts if shift.passes_midnight]
    while not _end_in_a_morning(cells, found, shifts):
        others = [shift for shift in shifts if shift not in found]
        found = [one for one in found if not _any_follows(cells, one, others)]
    return {shift.symbol for shift in found}


def _end_in_a_morning(
    cells: Cells, shifts: Collection[Shift], own: Collection[Shift]
) -> bool:
    """Tell whether a run of these shifts ends with a date on which nothing can begin.

    That date is no day off either, as the last shift reaches into it (F-07).
    """
    others = [shift for shift in own if shift not in shifts]
    return all(
        shift.passes_midnight and not _any_follows(cells, shift, others)
        for shift in shifts
    )


def _any_follows(cells: Cells, shift: Shift, others: Collection[Shift]) -> bool:
    return any(cells.may_follow[shift.symbol, other.symbol] for other in others)


def _half_days(cells: Cells, member: StaffMember) -> int:
    """Return the most minutes that half days of leave add."""
    halves = sum(
        any(one.shift.half_leave for one in cells.working(member, date))
        for date in cells.problem.period.dates
    )
    return halves * (member.contract.day_minutes // 2)


def _extra_work(cells: Cells, member: StaffMember) -> int:
    """Return the most minutes of work that nights on call and events add."""
    problem = cells.problem
    extra = sum(
        event.span.minutes
        for event in problem.events
        if event.span and asks(event, member)
        for date in problem.period.dates
        if event.is_held_on(date)
    )
    if problem.office.settings.standby.is_work:
        nights = sum(
            not call_blocked(cells, member, date) for date in problem.period.dates
        )
        extra += nights * minutes_on_call(problem)
    return extra
