"""Offers: what could make a month legal, around the dates on which it is not.

Temporary workers, shifts with other clock times, days with fewer or other users, limits
that may be exceeded: what a manager would think of, where it could help.  The elastic
month (`scheduler.advice.elastic`) decides which are used.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product

from scheduler.advice.temporary_workers import Help, help_on, help_on_any_date
from scheduler.domain.agreements import ON_CALL, Concession, Spot
from scheduler.domain.base import ShiftId
from scheduler.domain.clock import HOUR, LATEST, ONE_DAY, Interval
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.homes import homes, is_lent
from scheduler.domain.office_kind import Capacity
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import ENTERED, Duty, Shift, ShiftKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

MOVES = tuple(sorted((30 * step for step in range(-6, 7) if step), key=abs))
"""Minutes by which a shift may be moved, the smallest moves first."""

LONGEST = 4 * HOUR
"""Longest gap, in minutes, that moving a shift is tried for."""

MINUTE = dt.timedelta(minutes=1)


def moved_shifts(problem: Problem, broken: Sequence[Finding]) -> Iterator[Shift]:
    """Yield shifts moved as little as needed to cover a gap, with new symbols.

    Nights are not moved, because everybody's rest depends on their times.
    """
    stretches = sorted(set(_stretches(broken)))
    known = {(shift.start, shift.end) for shift in problem.shifts}
    symbols = {shift.symbol for shift in problem.shifts}
    for shift in problem.shifts:
        if shift.is_night or shift.on_request:
            continue
        for stretch in stretches:
            moved = _moved(shift, stretch)
            if moved is not None and (moved.start, moved.end) not in known:
                known.add((moved.start, moved.end))
                symbol = _symbol(shift, symbols)
                symbols.add(symbol)
                yield moved.model_copy(update={"symbol": symbol})


def _stretches(broken: Sequence[Finding]) -> Iterator[Interval]:
    """Yield the gaps: clock times of a day at which people are missing."""
    for finding in broken:
        if finding.date and finding.begin and finding.end:
            midnight = dt.datetime.combine(finding.date, dt.time())
            begin, end = finding.begin - midnight, finding.end - midnight
            stretch = Interval(begin // MINUTE, end // MINUTE)
            if stretch.minutes <= LONGEST:
                yield stretch


def _moved(shift: Shift, stretch: Interval) -> Shift | None:
    """Return a shift moved to cover a gap; ``None`` if it does already or cannot."""
    if shift.interval.covers(stretch):
        return None
    for minutes in MOVES:
        times = shift.interval.shifted(minutes)
        if times.covers(stretch) and times.start >= 0 and times.end <= LATEST:
            return shift.model_copy(
                update={
                    "start": times.start,
                    "end": times.end,
                    "cuts": tuple(cut + minutes for cut in shift.cuts),
                    "breaks": tuple(
                        tuple(rest.shifted(minutes) for rest in option)
                        for option in shift.breaks
                    ),
                }
            )
    return None


def _symbol(shift: Shift, taken: set[ShiftId]) -> ShiftId:
    """Return an unused symbol: the shift's own, followed by a number."""
    number = 1
    while (symbol := ShiftId(f"{shift.symbol[:2]}{number}")) in taken:
        number += 1
    return symbol


STAY_DAYS = 3
"""Most days by which a guest's night may be moved."""

FEWER_STEPS = 2
"""Most steps of the day-care ratio (A-03) by which day users may be fewer."""


def other_days(problem: Problem, dates: Collection[dt.date]) -> Iterator[ForecastDay]:
    """Yield forecast days that may replace the expected ones.

    Parameters
    ----------
    dates
        Dates to relieve; their guests may move to dates nearby.
    """
    most = _most(problem).overnight
    for day in problem.forecast.days:
        if day.date in dates:
            yield from _quieter(problem, day)
        near = any(abs((day.date - date).days) <= STAY_DAYS for date in dates)
        if near and day.overnight is not None and day.overnight < most:
            yield day.model_copy(update={"overnight": day.overnight + 1})


def exceeds(problem: Problem, day: ForecastDay) -> bool:
    """Return whether a day exceeds a capacity without a reason that allows it (D)."""
    most = _most(problem)
    over = day.day_users > most.day_use or (day.overnight or 0) > most.overnight
    return over and not day.over_capacity_reason


def _quieter(problem: Problem, day: ForecastDay) -> Iterator[ForecastDay]:
    """Yield the day with fewer users, by steps that save a worker, or fewer guests."""
    ratio = rules_of(problem)["A-03"].int("kayoi_ratio")
    most, guests = _most(problem), day.overnight or 0
    whole = day.day_users - (day.day_users % ratio or ratio)
    steps = {whole - ratio * number for number in range(FEWER_STEPS)}
    for fewer in sorted({*steps, most.day_use}, reverse=True):
        if 0 <= fewer < day.day_users:
            yield day.model_copy(update={"day_users": fewer})
    for fewer in range(guests):
        yield day.model_copy(update={"overnight": fewer})
    if day.day_users > most.day_use and guests > most.overnight:
        both = {"day_users": most.day_use, "overnight": most.overnight}
        yield day.model_copy(update=both)


def _most(problem: Problem) -> Capacity:
    """Return the smaller of own capacity and ordinance limit, service by service."""
    own = problem.office.capacity
    limit = problem.office.capacity_limit or own
    return Capacity(
        registered=min(own.registered, limit.registered),
        day_use=min(own.day_use, limit.day_use),
        overnight=min(own.overnight, limit.overnight),
    )


def extra_duties(
    problem: Problem, dates: Collection[dt.date], moved: Collection[Shift]
) -> Iterator[Spot]:
    """Yield the spots of L-01 (available dates, kinds of duty) that may be exceeded.

    Nobody is asked for a kind of shift that they never do.  Nights on call are asked of
    those who do nights.

    Parameters
    ----------
    dates
        Dates on which people may be asked.
    moved
        Shifts with moved clock times, which are in nobody's contract.
    """
    for member, date in product(problem.staff, dates):
        kinds = {problem.shift_by_symbol[symbol].kind for symbol in member.shifts}
        names = [
            shift.symbol
            for shift in (*problem.shifts, *moved)
            if shift.kind in kinds and not shift.on_request
        ]
        on_call = [ON_CALL] if ShiftKind.NIGHT in kinds else []
        cell = Spot(rule="L-01", facet="available", staff=member.name, date=date)
        yield cell
        for name in (*names, *on_call):
            yield cell.model_copy(update={"facet": "duty", "name": name})


__all__ = ["Help", "HelpOfAMonth", "Offered", "Offers", "to_be_mended"]

MOST_RELIEVED = 8
"""Most dates on which help is offered for what is broken on no date."""

EXTRA_NIGHTS = 4
"""Most additional nights that one person may be asked for."""


def to_be_mended(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that need causes and repairs: hard limits and contracts."""
    return tuple(
        finding
        for finding in findings
        if finding.stance.is_hard or finding.stance is Stance.CONTRACT
    )


class Offered:
    """What an elastic month has on offer beside its soft limits; here nothing.

    Attributes
    ----------
    help
        Temporary workers by date and kind.
    shifts
        Shifts of the table with moved clock times.
    days
        Forecast days that may replace the expected ones.
    absent
        Cells of absence, leave and work in other offices that the roster keeps: nobody
        away is asked to work.
    """

    def __init__(self, problem: Problem, broken: Iterable[Finding]) -> None:
        self.help: dict[Help, tuple[StaffMember, ...]] = {}
        self.shifts: tuple[Shift, ...] = ()
        self.days: tuple[ForecastDay, ...] = ()
        self.absent = tuple(_absent(problem, broken))

    @property
    def helpers(self) -> tuple[tuple[int, StaffMember], ...]:
        """All temporary workers, with the number of their house."""
        return tuple(
            (help.house, one) for help, found in self.help.items() for one in found
        )

    def relaxation(self, spot: Spot) -> int:
        """Return how far an enforced limit may be exceeded at a spot."""
        return 0


class HelpOfAMonth(Offered):
    """Temporary workers who may come on any date, and nothing else.

    With so little on offer the month is built and searched in seconds.
    """

    def __init__(self, problem: Problem, broken: Sequence[Finding]) -> None:
        super().__init__(problem, broken)
        for home in homes(problem):
            own = [one for one in broken if one.house == home.name]
            self.help |= help_on_any_date(home, own)


class Offers(Offered):
    """All offers for one problem and the findings of its best roster.

    Parameters
    ----------
    since
        First date that can change, if the month has begun.  Offers are then limited to
        the dates of the findings, unless a finding over the whole month has no
        concession.
    roster
        The best roster, if there is one: where findings have no date, help and other
        users are offered on the dates on which their people are at work most.

    Attributes
    ----------
    broken_on
        Dates of the findings; empty if offers are for all dates.
    dates
        Those dates and the dates next to them; all dates if one finding has none.
    """

    def __init__(
        self,
        problem: Problem,
        broken: Sequence[Finding],
        since: dt.date | None = None,
        roster: Roster | None = None,
    ) -> None:
        super().__init__(problem, broken)
        self._rulebook = rules_of(problem)
        self._overtime = problem.office.settings.overtime_most or 0
        found = {finding.date for finding in broken}
        everywhere = any(
            finding.date is None and not (since and self._can_yield(finding))
            for finding in broken
        )
        dates = [d for d in problem.period.dates if since is None or d >= since]
        self.broken_on = tuple(d for d in dates if d in found and not everywhere)
        around = {date + n * ONE_DAY for date in self.broken_on for n in (-1, 0, 1)}
        self.dates = tuple(date for date in dates if everywhere or date in around)
        relieved = self.broken_on or tuple(dates)
        if everywhere and roster is not None and not since:
            relieved = tuple(self._relieved(problem, broken, roster))
        near = {date + n * ONE_DAY for date in relieved for n in (-1, 0, 1)}
        named = {name for finding in broken for name in finding.people}
        extra: set[Spot] = set()
        for home in homes(problem):
            own = [one for one in broken if one.house == home.name]
            self.help |= help_on(home, own, relieved)
            moved = tuple(moved_shifts(home.problem, own))
            if not home.keeps_symbols(moved):
                moved = ()
            self.shifts += tuple(map(home.of_all, moved))
            days = other_days(home.problem, [d for d in self.dates if d in near])
            self.days += tuple(home.of_all(day) for day in days if day.date in dates)
            extra |= {
                spot.model_copy(update={"house": home.name})
                for spot in extra_duties(home.problem, self.dates, moved)
                if spot.date in near
                or (spot.facet == "available" and spot.staff in named)
            }
        self._extra = frozenset(extra)

    def _relieved(
        self, problem: Problem, broken: Sequence[Finding], roster: Roster
    ) -> Iterator[dt.date]:
        """Yield the dates on which help, or fewer users, would relieve somebody.

        All of them would be many models in one.  Where people have too little to do no
        date would.
        """
        dated = {one.date for one in broken} - {None}
        undated = [one for one in broken if one.date is None]
        heavy = [one for one in undated if not self._is_too_little(one)]
        names = {name for one in heavy for name in one.people}
        load = Counter(
            duty.date
            for duty in roster.duties
            if duty.shift is not None and (not names or duty.staff in names)
        )
        worst = sorted(load, key=lambda date: (-load[date], date))
        chosen = {*dated, *(worst[:MOST_RELIEVED] if heavy else ())}
        yield from (date for date in problem.period.dates if date in chosen)

    def _is_too_little(self, finding: Finding) -> bool:
        yields = self._rulebook.facet_of(finding).yields
        return yields in (Concession.HOUR_FEWER, Concession.NIGHT_FEWER)

    def _can_yield(self, finding: Finding) -> bool:
        return self._rulebook.facet_of(finding).yields is not None

    def relaxation(self, spot: Spot) -> int:
        """Return how far an enforced limit may be exceeded at a spot."""
        match self._rulebook.facet_of(spot).yields:
            case Concession.EXTRA_NIGHT:
                return EXTRA_NIGHTS
            case Concession.OVERTIME_HOUR:
                return self._overtime
            case Concession.LONGER_RUN:
                return 1
            case Concession.EXTRA_DAY:
                return int(spot.rule == "L-04" or spot in self._extra)
            case _:
                return 0


def _absent(problem: Problem, broken: Iterable[Finding]) -> Iterator[Duty]:
    """Yield the cells of absence, leave and work elsewhere that the roster keeps.

    Those that an agreement releases are left out.
    """
    spots = [one.spot for one in problem.agreements if one.spot.rule == "W-02"]
    changed = {(spot.staff, spot.date) for spot in spots}
    changed |= {(one.people[0], one.date) for one in broken if one.rule == "W-02"}
    for pin in problem.pin_by_cell.values():
        is_away = pin.off in ENTERED or is_lent(problem, pin)
        if is_away and (pin.staff, pin.date) not in changed:
            yield pin
