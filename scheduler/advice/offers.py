"""Offers: what could make a month legal, around the dates on which it is not.

Temporary workers, shifts with other clock times, days with fewer or other users, limits
that may be exceeded: what a manager would think of, where it could help.  The elastic
month (`scheduler.advice.elastic`) decides which are used.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.staff_list import is_nurse
from scheduler.domain.agreements import ON_CALL, Concession, Spot
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.capacity import Capacity
from scheduler.domain.clock import HOUR, LATEST, ONE_DAY, Interval
from scheduler.domain.finding import Stance, Unit
from scheduler.domain.homes import homes
from scheduler.domain.joint import JointProblem
from scheduler.domain.shifts import ENTERED, Role, ShiftKind
from scheduler.domain.staff import REGISTERED_NURSE, Contract, DateSpan, StaffMember
from scheduler.rulebook import rules_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty, Shift


MOST = 3
"""Most temporary workers of one kind on one date."""


class HelpKind(StrEnum):
    """The kind of work of a temporary worker, as it appears in the name."""

    DAY = "日中"
    NIGHT = "夜勤"
    NURSE = "看護"
    ON_CALL = "宿直"


class Help(NamedTuple):
    """Temporary work of one kind on one date."""

    date: dt.date
    kind: HelpKind


def help_on(
    problem: Problem, broken: Sequence[Finding], dates: Collection[dt.date]
) -> Iterator[tuple[Help, tuple[StaffMember, ...]]]:
    """Yield the temporary workers for some dates, as many as are missing at once.

    Nurses are offered only if a finding is about nurses.  Temporary workers have the
    groups and qualifications that the cover rules of the date ask for.
    """
    nurses = any(_is_about_nurses(problem, finding) for finding in broken)
    for date in dates:
        for kind in HelpKind:
            number = 1 if kind is HelpKind.ON_CALL else _missing(problem, broken, date)
            if kind is HelpKind.NURSE and not nurses:
                continue
            helpers = (_helper(problem, date, kind, n) for n in range(1, number + 1))
            able = tuple(one for one in helpers if one.shifts or one.on_call)
            if able:
                yield Help(date, kind), able


def _missing(problem: Problem, broken: Sequence[Finding], date: dt.date) -> int:
    """Return how many people are missing at once on a date, from 1 to `MOST`."""
    rulebook = rules_of(problem)
    most = 1
    for finding in broken:
        if finding.date == date:
            short = abs(finding.required - finding.actual)
            facet = rulebook[finding.rule].facet[finding.facet]
            if facet.compared_in in (Unit.MINUTES, Unit.PERSON_MINUTES):
                short = -(-short // problem.office.settings.full_time_day)
            most = max(most, short)
    return min(most, MOST)


def _helper(
    problem: Problem, date: dt.date, kind: HelpKind, number: int
) -> StaffMember:
    """Return a temporary worker for one date, as its cover rules ask for."""
    by_night = kind is HelpKind.NIGHT
    wanted = [rule for rule in problem.cover_rules if rule.applies_on(date)]
    groups = {rule.group for rule in wanted if rule.group}
    skills = {rule.qualification for rule in wanted if rule.qualification}
    nurse = kind is HelpKind.NURSE
    on_call = kind is HelpKind.ON_CALL
    shifts = [
        shift
        for shift in problem.shifts
        if not on_call
        and not shift.on_request
        and (shift.kind is ShiftKind.NIGHT) == by_night
    ]
    # A night ends on the next date, to which the worker must be employed (L-01).
    into_next = on_call or any(shift.passes_midnight for shift in shifts)
    return StaffMember(
        name=StaffId(f"応援{date.month}/{date.day}{kind}{number}"),
        contract=Contract(full_time=False),
        roles=(Role.NURSE if nurse else Role.CARE,),
        qualifications=(
            (REGISTERED_NURSE,) if nurse else tuple(sorted(skills - {REGISTERED_NURSE}))
        ),
        groups=tuple(sorted(groups - {problem.office.settings.newcomers})),
        shifts=tuple(shift.symbol for shift in shifts),
        on_call=on_call,
        employed=DateSpan(first=date, last=date + dt.timedelta(days=into_next)),
    )


def _is_about_nurses(problem: Problem, finding: Finding) -> bool:
    """Return whether a finding asks for a nurse or names one."""
    covers = {rule.name: rule for rule in problem.cover_rules}
    cover = covers.get(str(finding.facts.get("name", "")))
    wanted = cover is not None and (
        cover.role is Role.NURSE or cover.qualification == REGISTERED_NURSE
    )
    members = (problem.member_by_name.get(name) for name in finding.people)
    asked = any(is_nurse(problem, member) for member in members if member)
    return finding.rule in ("A-10", "A-19") or wanted or asked


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
        if shift.kind is ShiftKind.NIGHT or shift.on_request:
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


__all__ = ["Help", "Offers", "to_be_mended"]

EXTRA_NIGHTS = 4
"""Most additional nights that one person may be asked for."""


def to_be_mended(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that need causes and repairs: hard limits and contracts."""
    return tuple(
        finding
        for finding in findings
        if finding.stance.is_hard or finding.stance is Stance.CONTRACT
    )


class Offers:
    """All offers for one problem and the findings of its best roster.

    Parameters
    ----------
    problem
        The month.
    broken
        The findings to be repaired.
    since
        First date that can change, if the month has begun.  Offers are then limited to
        the dates of the findings, unless a finding over the whole month has no
        concession.

    Attributes
    ----------
    broken_on
        Dates of the findings; empty if offers are for all dates.
    dates
        Those dates and the dates next to them; all dates if one finding has none.
    help
        Temporary workers by date and kind.
    shifts
        Shifts of the table with moved clock times.
    days
        Forecast days that may replace the expected ones.
    absent
        Cells of absence and leave that the roster keeps: nobody away is asked to work.
    """

    def __init__(
        self,
        problem: Problem,
        broken: Sequence[Finding],
        since: dt.date | None = None,
    ) -> None:
        self._rulebook = rules_of(problem)
        self._overtime = problem.office.settings.overtime_most or 0
        found = {finding.date for finding in broken}
        everywhere = any(
            finding.date is None and not (since and self._can_yield(finding))
            for finding in broken
        )
        dates = [d for d in problem.period.dates if since is None or d >= since]
        self.broken_on = tuple(d for d in dates if d in found and not everywhere)
        near = {date + n * ONE_DAY for date in self.broken_on for n in (-1, 0, 1)}
        self.dates = tuple(date for date in dates if everywhere or date in near)
        # Of houses planned together only limits are asked to give way.
        is_one = not isinstance(problem, JointProblem)
        helpers = help_on(problem, broken, self.broken_on or dates) if is_one else ()
        self.help = dict(helpers)
        self.shifts = tuple(moved_shifts(problem, broken) if is_one else ())
        days = other_days(problem, self.dates) if is_one else ()
        self.days = tuple(day for day in days if day.date in dates)
        self.absent = tuple(_absent(problem, broken))
        self._extra = frozenset(
            spot.model_copy(update={"house": home.name})
            for home in homes(problem)
            for spot in extra_duties(home.problem, self.dates, self.shifts)
        )

    def _can_yield(self, finding: Finding) -> bool:
        return self._rulebook[finding.rule].facet[finding.facet].yields is not None

    @property
    def helpers(self) -> tuple[StaffMember, ...]:
        """All temporary workers, each for one date."""
        return tuple(one for members in self.help.values() for one in members)

    def gives(self, spot: Spot) -> int:
        """Return how far an enforced limit may be exceeded at a spot."""
        match self._rulebook[spot.rule].facet[spot.facet].yields:
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


def _absent(problem: Problem, broken: Sequence[Finding]) -> Iterator[Duty]:
    """Yield the cells of absence and leave that the roster keeps.

    Those that an agreement releases are left out.
    """
    spots = [one.spot for one in problem.agreements if one.spot.rule == "W-02"]
    changed = {(spot.staff, spot.date) for spot in spots}
    changed |= {(one.people[0], one.date) for one in broken if one.rule == "W-02"}
    for pin in problem.pin_by_cell.values():
        if pin.off in ENTERED and (pin.staff, pin.date) not in changed:
            yield pin
