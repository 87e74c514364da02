"""What the cells of the statutory staffing table stand for, and the hours of each.

The table has a row for each job of a person, so a shift of two jobs has a symbol for
each of them, with its own hours.
"""

from __future__ import annotations

import datetime as dt

from scheduler.audit.bands import day_band
from scheduler.audit.figures.people import role_minutes
from scheduler.audit.stints import Stint
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import Frozen, ShiftId
from scheduler.domain.clock import ONE_DAY, Clock
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import OffKind, Role
from scheduler.domain.staff import StaffMember


class TableSymbol(Frozen):
    """The content of a cell.  Durations are minutes, and belong to its date."""

    shift: ShiftId | None = None
    role: Role | None = None
    """The job, if the cell has only the part of the shift that is done in it."""
    off: OffKind | None = None
    kind: ShiftId | None = None
    """The office's own symbol of the day off."""
    is_on_call: bool = False
    """Whether the person is on call in the night that begins on the date."""
    begin: Clock | None = None
    end: Clock | None = None
    day: int = 0
    """Work in the day bands of this and the next date."""
    next_morning: int = 0
    """The part of it after midnight."""
    night: int = 0
    """Work in the night bands, nights on call that are work included."""
    on_call: int = 0
    """The part of it on call."""
    half_leave: int = 0
    """Half days of paid leave."""
    special_leave: int = 0
    """Days of special leave."""
    training: int = 0
    """Work that counts for no job here, such as training and trips."""

    @property
    def pause(self) -> int:
        """Minutes between begin and end that are no work in the job."""
        if self.begin is None or self.end is None:
            return 0
        return self.end - self.begin - (self.day + self.night - self.on_call)


def symbol_of(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    role: Role,
    date: dt.date,
) -> TableSymbol | None:
    """Return what stands in the row of a person's job on a date, if anything.

    Days off stand in every row of the person; leave, training and whatever has no job
    in the first; nights on call in the first job of the care pool, or else the first.
    """
    duty = timeline.duty(member.name, date)
    first = role is member.roles[0]
    pool = [one for one in member.roles if one.in_care_pool]
    on_call = timeline.on_call(date) == member.name
    called = on_call and role is (pool or member.roles)[0]
    stint = next((s for s in timeline.stints[member.name] if s.date == date), None)
    if stint is not None:
        found = _of_shift(problem, member, role, stint, first=first)
    elif duty is not None and duty.off is not None:
        found = _of_day_off(duty.off, duty.kind)
    else:
        found = None
    return _called(problem, timeline, member, date, found) if called else found


def _of_day_off(off: OffKind, kind: ShiftId | None) -> TableSymbol:
    return TableSymbol(
        off=off,
        kind=kind,
        half_leave=2 * (off is OffKind.PAID_LEAVE),
        special_leave=int(off is OffKind.SPECIAL_LEAVE),
    )


def _of_shift(
    problem: Problem, member: StaffMember, role: Role, stint: Stint, *, first: bool
) -> TableSymbol | None:
    """Return the part of a shift in one job; ``None`` if the cell stays empty."""
    hours = {one.role: one for one in role_minutes(problem, member, [stint])}
    jobs = [one for one, minutes in hours.items() if minutes.total]
    leave = int(stint.shift.half_leave)
    training = stint.minutes if first and not stint.shift.counts else 0
    if role not in jobs and not (first and (leave or training or not jobs)):
        return None
    own = [piece for piece, done in stint.at_work if done is role]
    begin = min((p.start for p in own), default=stint.span.start) - stint.offset
    end = max((p.end for p in own), default=stint.span.end) - stint.offset
    whole = jobs in ([role], [])
    if whole:
        begin, end = stint.span.shifted(-stint.offset)
    following = [day_band(problem, stint.date + n * ONE_DAY) for n in (1, 2)]
    counted = hours.get(role)
    return TableSymbol(
        shift=stint.shift.symbol,
        role=None if whole else role,
        begin=begin,
        end=end,
        day=counted.day if counted else 0,
        night=counted.night if counted else 0,
        next_morning=sum(
            piece.intersection(band).minutes for piece in own for band in following
        ),
        half_leave=leave,
        training=training,
    )


def _called(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    date: dt.date,
    found: TableSymbol | None,
) -> TableSymbol:
    """Return a cell with the night on call added."""
    minutes = 0
    if problem.office.settings.standby.is_work:
        own = timeline.standbys[member.name]
        minutes = next(night.minutes for night in own if night.date == date)
    base = found or TableSymbol()
    return base.model_copy(
        update={
            "is_on_call": True,
            "night": base.night + minutes,
            "on_call": minutes,
        }
    )


def carried_in(problem: Problem, timeline: Timeline, date: dt.date) -> int:
    """Return the pool's minutes in a date's day band of shifts begun the day before."""
    band = day_band(problem, date)
    return sum(
        piece.intersection(band).minutes
        for stint in timeline.begun_between(date - 2 * ONE_DAY, date - ONE_DAY)
        for piece, role in stint.at_work
        if role is not None and role.in_care_pool
    )
