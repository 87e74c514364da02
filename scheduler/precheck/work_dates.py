"""On how many dates one person can work: nights in chains, weeks, legal holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from scheduler.audit.figures.stretches import known_windows
from scheduler.constraints.language.options import HOLIDAYS, any_shift
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold, HolidayReading
from scheduler.domain.precheck import Line, Topic, line_of
from scheduler.domain.shifts import RELEASED, Shift
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.settled import Fixed

APART = 3
"""Least days between two nights that makes them two chains (F-13)."""


class Chain(NamedTuple):
    """The limit on nights one or two dates apart, and which shifts count."""

    most: int | None
    """``None``: any number."""
    counts: Callable[[Shift], bool]


class Chains(NamedTuple):
    """Dates on which a person could work a night, and the limits on their number."""

    able: tuple[bool, ...]
    """Whether they can work a night, date by date."""
    most: int
    """Most nights in the whole period."""
    next_day: bool
    """Whether a night may begin on the date after another one."""
    in_a_row: int | None
    """Most nights in a chain, each one or two dates apart; ``None``: any number."""
    chain_before: tuple[bool, ...] = ()
    """Whether they worked a night on each date before the first, the nearest last."""
    tail: int = 0
    """How many of the nights are of last month's tail, counted in ``most``."""

    def since(self, start: int) -> Chains:
        """Return the part from a date on, with all dates before taken as free."""
        if start == 0:
            return self
        return self._replace(
            able=self.able[start:], most=self.most - self.tail, tail=0, chain_before=()
        )


def chain_of(settled: Fixed, member: StaffMember, shifts: Collection[Shift]) -> Chain:
    """Return the limit on chains for a person who covers nights by some shifts."""
    if any(not is_night(shift) for shift in shifts):
        return Chain(None, is_night)
    is_long = long_night(settled)
    if all(map(is_long, shifts)) and come_alone(settled, member):
        return Chain(1, is_long)
    if settled.agreed_somewhere("F-13", "nights_in_a_row", member.name):
        return Chain(None, is_night)
    return Chain(settled.problem.office.settings.nights_in_a_row_most, is_night)


def is_night(shift: Shift) -> bool:
    """Tell whether a shift counts as a night."""
    return shift.is_night


def long_night(settled: Fixed) -> Callable[[Shift], bool]:
    """Return a test for nights of 12 hours or more, breaks included."""
    least = settled.rulebook["F-13"].int("long_night")
    return lambda shift: is_night(shift) and shift.interval.minutes >= least


def come_alone(settled: Fixed, member: StaffMember | None = None) -> bool:
    """Tell whether long nights must come one at a time: for anybody, or a person."""
    settings, shifts = settled.problem.office.settings, settled.problem.all_shifts
    is_asked = settings.long_nights_apart is Hold.MUST
    if member is None:
        return is_asked and any(map(long_night(settled), shifts))
    agreed = settled.agreed_somewhere("F-13", "long_apart_must", member.name)
    return is_asked and not agreed


class Weeks(NamedTuple):
    """The dates of a period by week, and on how many of each week shifts may begin."""

    of_date: tuple[int, ...]
    """The number of the week, date by date."""
    most: tuple[int, ...]


def least_mornings(
    room: Chains, weeks: Weeks, counted: tuple[bool, ...]
) -> tuple[int, ...]:
    """Return, for 0, 1, 2, ... nights, the fewest dates on which only one ends.

    Dynamic programming like `most_by_last`.  The state also holds the nights so far and
    those of the week; its value is the fewest such dates.

    Parameters
    ----------
    counted
        Whether a date counts if a night ends on it and nothing begins.
    """
    found: dict[tuple[int, int, int, int], int] = {(*_state_before(room), 0, 0): 0}
    for number, able in enumerate(room.able):
        week = weeks.of_date[number]
        is_new = number == 0 or week != weeks.of_date[number - 1]
        following: dict[tuple[int, int, int, int], int] = {}
        for (ago, chain, nights, of_week), mornings in found.items():
            begun = 0 if is_new else of_week
            rest = (min(ago + 1, APART), chain if ago + 1 < APART else 0, nights, begun)
            cost = mornings + (ago == 1 and counted[number])
            following[rest] = min(cost, following.get(rest, cost))
            longer = _chain(room, ago, chain)
            fits = begun < weeks.most[week] and nights < room.most
            if able and fits and longer is not None:
                one_more = (1, longer, nights + 1, begun + 1)
                following[one_more] = min(mornings, following.get(one_more, mornings))
        found = following
    least: dict[int, int] = {}
    for (_, _, nights, _), mornings in found.items():
        least[nights] = min(mornings, least.get(nights, mornings))
    return tuple(least[number] for number in range(len(least)))


def _chain(room: Chains, ago: int, chain: int) -> int | None:
    """Return the length of a chain with one more night; ``None`` if it cannot be."""
    longer = chain + 1 if ago < APART else 1
    fits = (ago > 1 or room.next_day) and (
        room.in_a_row is None or longer <= room.in_a_row
    )
    if not fits:
        return None
    return longer if room.in_a_row else 0


@lru_cache(maxsize=10_000)
def most_by_last(room: Chains) -> tuple[int, ...]:
    """Return, for each date, the most nights from the first date up to it.

    Dynamic programming over dates.  A state is the number of dates since the last
    night, at most `APART`, and the length of its chain; its value is the most nights.
    """
    counts = {_state_before(room): 0}
    found = []
    for able in room.able:
        following: dict[tuple[int, int], int] = {}
        for (ago, chain), count in counts.items():
            rested = (min(ago + 1, APART), chain if ago + 1 < APART else 0)
            following[rested] = max(count, following.get(rested, 0))
            longer = _chain(room, ago, chain)
            if able and longer is not None and count < room.most:
                one_more = following.get((1, longer), 0)
                following[1, longer] = max(count + 1, one_more)
        counts = following
        found.append(max(counts.values()))
    return tuple(found)


def _state_before(room: Chains) -> tuple[int, int]:
    """Return the state before the first date, from the nights of the tail."""
    ago, chain = APART, 0
    for night in room.chain_before:
        if night:
            chain = chain + 1 if ago < APART else 1
        ago = 1 if night else min(ago + 1, APART)
    return (ago, chain if ago < APART else 0)


# -- legal holidays (F-06) -------------------------------------------------------------


def holidays(cells: Cells) -> Iterator[Line]:
    """Yield the weeks, or four-week spans, in which too few dates could be holidays."""
    for member in cells.problem.staff:
        for _, dates, least, before in known_windows(cells.problem, member):
            left = [date for date in dates if could_be_holiday(cells, member, date)]
            open_to = [date for date in dates if _tail_leaves(cells, member, date)]
            if len(left) < least - before <= len(open_to):
                yield line_of(
                    Topic.PINS,
                    "no_holiday",
                    least - before,
                    len(left),
                    people=(member.name,),
                    dates=(dates[0], dates[-1]),
                )


def could_be_holiday(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a date could be free of work, not as paid leave or absence."""
    if not _tail_leaves(cells, member, date):
        return False
    if date in cells.problem.period:
        left = cells.left(member, date)
        # An empty cell is reported as a contradiction of its own (`pins`).
        return (
            date not in member.employed
            or not left
            or not set(HOLIDAYS).isdisjoint(left)
        )
    eve = date - ONE_DAY
    left = cells.left(member, eve) if eve == cells.problem.period.last else ()
    begun = (cells.shifts.get(entry) for entry in left)
    return not left or not all(shift and shift.passes_midnight for shift in begun)


def holiday_dates_needed(
    cells: Cells,
    member: StaffMember,
    week: Sequence[dt.date],
    able: Sequence[dt.date],
) -> int:
    """Return on how many of the ``able`` dates no work may begin, for a weekly holiday.

    Parameters
    ----------
    able
        Dates of the period on which work could begin.
    """
    problem = cells.problem
    if problem.office.settings.holiday_reading is not HolidayReading.WEEKLY:
        return 0
    could_be = {date for date in week if could_be_holiday(cells, member, date)}
    wanted = min(cells.rulebook["F-06"].int("week_min"), len(could_be))
    return max(0, wanted - len(could_be - set(able)))


def _tail_leaves(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a date could be a holiday as far as last month's tail goes."""
    worked = cells.worked
    return not (worked.off(member, date, RELEASED) or worked.touches(member, date))


# -- how many shifts may begin, week by week (L-04) ------------------------------------


def most_begins(
    cells: Cells, member: StaffMember
) -> Iterator[tuple[tuple[dt.date, ...], int]]:
    """Yield each week's dates in the period, and on how many a shift may begin."""
    problem = cells.problem
    for week in cells.problem.weeks:
        inside = tuple(date for date in week if date in problem.period)
        able = [date for date in inside if cells.working(member, date)]
        limits = [len(able) - holiday_dates_needed(cells, member, week, able)]
        own = member.contract.days_per_week_max
        if own is not None:
            agreed = cells.agreed("L-04", "days_per_week", member.name, inside[0])
            begun = sum(cells.worked.starts(member, date, any_shift) for date in week)
            limits.append(own + agreed - begun)
        yield inside, max(0, min(limits))
