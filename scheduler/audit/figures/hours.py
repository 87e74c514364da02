"""What the month asks of each person: hours, nights, days off, wishes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures import standby
from scheduler.audit.figures.bands import day_band
from scheduler.audit.figures.limits import month_cap
from scheduler.audit.figures.presence import (
    begun,
    duties,
    duties_between,
    on_call_nights,
    stretches,
)
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import Duty, OffKind, Role, ShiftKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

RESTS = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.ABSENT)
"""Kinds of a date that somebody who is employed has for themselves."""


class RoleMinutes(Frozen):
    """Minutes at work in one role, split by the office's bands (A-08)."""

    role: Role
    day: int
    night: int

    @property
    def total(self) -> int:
        """Minutes in both bands."""
        return self.day + self.night


class WishVerdict(Frozen):
    """A request and whether the roster grants it (W-01)."""

    request: Request
    granted: bool


class PersonMonth(Frozen):
    """One person's month.  Durations are minutes; shifts count by their first date."""

    staff: StaffId
    roles: tuple[RoleMinutes, ...]
    """Work of the shifts that begin in the period, by role, main job first."""
    worked: int
    """Work of the shifts that begin in the period."""
    on_call_work: int
    """Nights on call, where they count as work, without their breaks."""
    total: int
    """Hours of work (労働時間): both, held against the month cap (F-02)."""
    leave: int
    """Credit for paid leave, whole days and halves."""
    absence: int
    """Credit for absence: the hours agreed on that fell away (L-03)."""
    credited: int
    """Hours by contract (契約上の時間): work, leave and absence together (L-03)."""
    contract_min: int | None
    contract_max: int | None
    cap: int
    """Month cap of the flexible-hours scheme (F-02)."""
    shifts: tuple[tuple[ShiftId, int], ...]
    """How often each shift of the shift table."""
    early: int
    late: int
    nights: int
    on_call: int
    rest_days: int
    """Shifts that begin on a Saturday, a Sunday or a public holiday."""
    days_off: int
    paid_leave: int
    """Whole days of paid leave."""
    half_leave: int
    """Half days of paid leave, each beside a shift."""
    absent: int
    """Days of absence at short notice."""
    free_days: int
    """Holidays by law: no minute of work, and neither paid leave nor absence (F-06)."""
    longest_run: int
    """Most dates with work in a row, the tail counted in, that end in the period or on
    the date after it."""
    shortest_rest: int | None
    """Least rest before work that begins in the period; ``None`` if none did."""
    wishes: tuple[WishVerdict, ...]

    @property
    def leave_days(self) -> float:
        """Days of paid leave, halves counted in."""
        return self.paid_leave + self.half_leave / 2

    @property
    def wishes_granted(self) -> int:
        """Number of requests granted."""
        return sum(wish.granted for wish in self.wishes)

    @property
    def dates_as_wished(self) -> frozenset[dt.date]:
        """Dates for which something was requested, and all of it granted."""
        refused = {wish.request.date for wish in self.wishes if not wish.granted}
        return frozenset(wish.request.date for wish in self.wishes) - refused


class _Work(NamedTuple):
    interval: Interval
    date: dt.date


def people(problem: Problem, roster: Roster) -> tuple[PersonMonth, ...]:
    """Return every person's month, in the order of the staff list."""
    own: dict[StaffId, list[Duty]] = defaultdict(list)
    for duty in duties(problem, roster):
        own[duty.staff].append(duty)
    nights: dict[StaffId, list[dt.date]] = defaultdict(list)
    for date, name in on_call_nights(problem, roster).items():
        nights[name].append(date)
    return tuple(
        _month(problem, roster, member, own[member.name], nights[member.name])
        for member in problem.staff
    )


def no_holidays(problem: Problem, roster: Roster, name: StaffId) -> set[dt.date]:
    """Return the dates that are no holidays of a person by law (F-06).

    Work shares a minute with them, or they are paid leave or absence.
    """
    own = [duty for duty in duties(problem, roster) if duty.staff == name]
    nights = on_call_nights(problem, roster).items()
    called = [date for date, on_call in nights if on_call == name]
    return _touched(problem, _work(problem, own, called)) | _released(own)


def wish_granted(problem: Problem, roster: Roster, request: Request) -> bool:
    """Tell whether a roster grants a request (W-01).

    A day off is granted by a day off, paid leave, absence or no employment, without a
    night on call; paid leave by paid leave without one; half a day off by no work in
    that half, and for the afternoon no night on call.
    """
    noon = problem.office.settings.half_day_at
    duty = roster.by_cell.get((request.staff, request.date))
    shift = None if duty is None else duty.shift
    off = None if duty is None else duty.off
    free_night = roster.on_call_by_date.get(request.date) != request.staff
    match request.want:
        case Want.DAY_OFF:
            return off in (*RESTS, OffKind.AWAY) and free_night
        case Want.PAID_LEAVE:
            return off is OffKind.PAID_LEAVE and free_night
        case Want.SHIFT:
            return shift in request.shifts
        case Want.NOT_SHIFT:
            return shift not in request.shifts
        case Want.NOT_ON_CALL:
            return free_night
        case Want.MORNING_OFF:
            return not _is_in(problem, roster, request, Interval(0, noon))
        case Want.AFTERNOON_OFF:
            busy = _is_in(problem, roster, request, Interval(noon, DAY))
            return free_night and not busy


def _is_in(problem: Problem, roster: Roster, request: Request, clock: Interval) -> bool:
    """Tell whether a shift lies in a part of the date; none is longer than two."""
    part = clock.shifted(problem.period.offset(request.date))
    near = duties_between(problem, roster, request.date - ONE_DAY, request.date)
    return any(
        shift.interval.shifted(problem.period.offset(duty.date)).overlaps(part)
        for duty, shift in begun(problem, near)
        if duty.staff == request.staff
    )


def _month(
    problem: Problem,
    roster: Roster,
    member: StaffMember,
    known: list[Duty],
    nights_on_call: list[dt.date],
) -> PersonMonth:
    period = problem.period
    own = [duty for duty in known if duty.date in period]
    shifts = Counter(shift.symbol for _, shift in begun(problem, own))
    kinds = Counter(shift.kind for _, shift in begun(problem, own))
    offs = Counter(duty.off for duty in own)
    halves = sum(shift.half_leave for _, shift in begun(problem, own))
    day_minutes = member.contract.day_minutes
    work = _work(problem, known, nights_on_call)
    touched, released = _touched(problem, work), _released(own)
    on_call = [date for date in nights_on_call if date in period]
    counted = problem.office.settings.standby.is_work
    worked = sum(
        stretch.interval.minutes
        for stretch in stretches(problem, own)
        if not stretch.on_break
    )
    on_call_work = counted * len(on_call) * standby.work_minutes(problem)
    leave = leave_minutes(problem, member, own)
    absence = offs[OffKind.ABSENT] * day_minutes
    return PersonMonth(
        staff=member.name,
        roles=role_minutes(problem, member, own),
        worked=worked,
        on_call_work=on_call_work,
        total=worked + on_call_work,
        leave=leave,
        absence=absence,
        credited=worked + on_call_work + leave + absence,
        contract_min=member.contract.minutes_min,
        contract_max=member.contract.minutes_max,
        cap=month_cap(problem),
        shifts=tuple((shift.symbol, shifts[shift.symbol]) for shift in problem.shifts),
        early=kinds[ShiftKind.EARLY],
        late=kinds[ShiftKind.LATE],
        nights=kinds[ShiftKind.NIGHT],
        on_call=len(on_call),
        rest_days=sum(
            period.is_day_of_rest(duty.date) for duty, _ in begun(problem, own)
        ),
        days_off=offs[OffKind.DAY_OFF],
        paid_leave=offs[OffKind.PAID_LEAVE],
        half_leave=halves,
        absent=offs[OffKind.ABSENT],
        free_days=sum(date not in touched | released for date in period.dates),
        longest_run=_longest_run(problem, touched),
        shortest_rest=_shortest_rest(problem, work),
        wishes=tuple(
            WishVerdict(request=wish, granted=wish_granted(problem, roster, wish))
            for wish in problem.requests
            if wish.staff == member.name
        ),
    )


def leave_minutes(problem: Problem, member: StaffMember, own: Iterable[Duty]) -> int:
    """Return what a person's duties are worth as paid leave, whole days and halves."""
    own = list(own)
    whole = sum(duty.off is OffKind.PAID_LEAVE for duty in own)
    halves = sum(shift.half_leave for _, shift in begun(problem, own))
    day = member.contract.day_minutes
    return whole * day + halves * (day // 2)


def role_minutes(
    problem: Problem, member: StaffMember, own: Iterable[Duty]
) -> tuple[RoleMinutes, ...]:
    """Return a person's minutes at work by role, main job first.

    Parameters
    ----------
    problem, member
        The month and the person.
    own
        Duties of the person.
    """
    day: Counter[Role] = Counter()
    total: Counter[Role] = Counter()
    for duty in own:
        bands = [day_band(problem, duty.date + days * ONE_DAY) for days in (0, 1, 2)]
        for stretch in stretches(problem, [duty]):
            if stretch.role is not None and not stretch.on_break:
                total[stretch.role] += stretch.interval.minutes
                day[stretch.role] += sum(
                    stretch.interval.intersection(band).minutes for band in bands
                )
    order = (*member.roles, *(role for role in Role if role not in member.roles))
    return tuple(
        RoleMinutes(role=role, day=day[role], night=total[role] - day[role])
        for role in order
        if role in member.roles or total[role]
    )


def _work(
    problem: Problem, known: Iterable[Duty], nights: Iterable[dt.date]
) -> list[_Work]:
    period = problem.period
    work = [
        _Work(shift.interval.shifted(period.offset(duty.date)), duty.date)
        for duty, shift in begun(problem, known)
    ]
    if problem.office.settings.standby.is_work:
        band = problem.office.night_band
        work += [_Work(band.shifted(period.offset(night)), night) for night in nights]
    return sorted(work)


def _touched(problem: Problem, work: list[_Work]) -> set[dt.date]:
    first = problem.period.first
    return {
        first + dt.timedelta(days=day)
        for interval, _ in work
        for day in range(interval.start // DAY, -(-interval.end // DAY))
    }


def _released(own: Iterable[Duty]) -> set[dt.date]:
    released = (OffKind.PAID_LEAVE, OffKind.ABSENT)
    return {duty.date for duty in own if duty.off in released}


def _longest_run(problem: Problem, touched: set[dt.date]) -> int:
    longest = run = 0
    for date in sorted(touched):
        run = run + 1 if date - ONE_DAY in touched else 1
        if date >= problem.period.first:
            longest = max(longest, run)
    return longest


def _shortest_rest(problem: Problem, work: list[_Work]) -> int | None:
    rests = [
        later.interval.start - earlier.interval.end
        for earlier, later in pairwise(work)
        if later.date in problem.period
    ]
    return min(rests, default=None)
