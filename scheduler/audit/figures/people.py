"""Figures of each person's month: hours, nights, days off, wishes, rests, elsewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise
from typing import NamedTuple

from scheduler.audit.bands import day_band
from scheduler.audit.figures.limits import month_cap
from scheduler.audit.figures.stretches import runs
from scheduler.audit.rules.w01_requests import is_granted
from scheduler.audit.stints import Stint
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.base import Frozen, ShiftId, StaffId
from scheduler.domain.clock import ONE_DAY, Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import RELEASED, OffKind, Role, ShiftKind
from scheduler.domain.staff import StaffMember


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
    """Work in nights on call without their breaks, if they count as work."""
    total: int
    """Hours of work (労働時間): the sum of both, limited by the month cap (F-02)."""
    leave: int
    """Credit for paid leave, whole days and halves."""
    absence: int
    """Credit for absence and special leave: a contract day for each (L-03)."""
    credited: int
    """Hours by contract (契約上の時間): work, leave and absence together (L-03)."""
    contract_min: int | None
    contract_max: int | None
    cap: int
    """Month cap of the flexible-hours scheme (F-02)."""
    shifts: tuple[tuple[ShiftId, int], ...]
    """Number of times the person works each shift of the shift table."""
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
    special_leave: int = 0
    long_leave: int = 0
    """Dates on leave of absence, which are taken from the contract."""
    free_days: int
    """Holidays by law: no minute of work, and neither paid leave nor absence (F-06)."""
    longest_run: int
    """Longest run of dates with work that ends in the period or on the date after it,
    the tail included."""
    shortest_rest: int | None
    """Least rest before work that begins in the period; ``None`` if there is none."""
    wishes: tuple[WishVerdict, ...]

    @property
    def half_leaves(self) -> int:
        """Half days of paid leave; a whole day is two."""
        return 2 * self.paid_leave + self.half_leave

    @property
    def leave_days(self) -> float:
        """Days of paid leave, halves counted in."""
        return self.half_leaves / 2

    @property
    def wishes_granted(self) -> int:
        """Number of requests granted."""
        return sum(wish.granted for wish in self.wishes)

    @property
    def dates_as_wished(self) -> frozenset[dt.date]:
        """Dates for which something was requested, and all of it granted."""
        refused = {wish.request.date for wish in self.wishes if not wish.granted}
        return frozenset(wish.request.date for wish in self.wishes) - refused


class Rest(NamedTuple):
    """Minutes of rest; ``None`` if no work is known on that side."""

    before: int | None
    after: int | None


def people(problem: Problem, roster: Roster) -> tuple[PersonMonth, ...]:
    """Return every person's month, in the order of the staff list."""
    timeline = timeline_of(problem, roster)
    return tuple(_month(problem, timeline, member) for member in problem.staff)


def person_month(problem: Problem, roster: Roster, name: StaffId) -> PersonMonth:
    """Return one person's month."""
    return _month(problem, timeline_of(problem, roster), problem.member_by_name[name])


def no_holidays(problem: Problem, roster: Roster, name: StaffId) -> set[dt.date]:
    """Return the dates that do not count as a person's holidays by law (F-06).

    They have at least a minute of work, or are paid leave or absence.
    """
    timeline = timeline_of(problem, roster)
    return timeline.touched(name) | _released(timeline, name)


def refused_wishes(problem: Problem, roster: Roster) -> tuple[Request, ...]:
    """Return the requests that a roster does not grant (W-01), in their order."""
    timeline = timeline_of(problem, roster)
    return tuple(
        one for one in problem.requests if not is_granted(timeline, problem, one)
    )


def rest_around(
    problem: Problem, roster: Roster, name: StaffId, work: Interval
) -> Rest:
    """Return a person's rest before and after an interval of work in a roster.

    Parameters
    ----------
    work
        Absolute minutes.  If other work overlaps it, the rest on that side is 0; events
        that the person comes to with it are no other work.

    Notes
    -----
    A night on call is work if the office counts it so, as in F-11.
    """
    timeline = timeline_of(problem, roster)
    # An event after the shift belongs to the same work, it does not follow it.
    spans = {one.span: one.whole for one in timeline.worked(name)}
    own = spans.get(work, work)
    others = [one for one in timeline.work(name) if one != own]
    before = [own.start - one.end for one in others if one.start < own.start]
    after = [one.start - own.end for one in others if one.start >= own.start]
    return Rest(
        max(0, min(before)) if before else None, max(0, min(after)) if after else None
    )


def _month(problem: Problem, timeline: Timeline, member: StaffMember) -> PersonMonth:
    period, name = problem.period, member.name
    stints = tuple(timeline.stints_of_period(name))
    standbys = tuple(timeline.standbys_of_period(name))
    shifts = Counter(stint.shift.symbol for stint in stints)
    kinds = Counter(stint.shift.kind for stint in stints)
    offs = Counter(timeline.off(name, date) for date in period.dates)
    taken = timeline.touched(name) | _released(timeline, name)
    worked = sum(stint.minutes for stint in stints)
    on_call_work = problem.office.settings.standby.is_work * sum(
        night.minutes for night in standbys
    )
    leave = leave_minutes(timeline, member, period.dates)
    contract = problem.contract_of(member)
    missed = offs[OffKind.ABSENT] + offs[OffKind.SPECIAL_LEAVE]
    absence = missed * contract.day_minutes
    return PersonMonth(
        staff=name,
        roles=role_minutes(problem, member, stints),
        worked=worked,
        on_call_work=on_call_work,
        total=worked + on_call_work,
        leave=leave,
        absence=absence,
        credited=worked + on_call_work + leave + absence,
        contract_min=contract.minutes_min,
        contract_max=contract.minutes_max,
        cap=month_cap(problem),
        shifts=tuple(
            (shift.symbol, shifts[shift.symbol]) for shift in problem.all_shifts
        ),
        early=kinds[ShiftKind.EARLY],
        late=kinds[ShiftKind.LATE],
        nights=kinds[ShiftKind.NIGHT],
        on_call=len(standbys),
        rest_days=sum(period.is_day_of_rest(stint.date) for stint in stints),
        days_off=offs[OffKind.DAY_OFF],
        paid_leave=offs[OffKind.PAID_LEAVE],
        half_leave=sum(stint.shift.half_leave for stint in stints),
        absent=offs[OffKind.ABSENT],
        special_leave=offs[OffKind.SPECIAL_LEAVE],
        long_leave=offs[OffKind.LONG_LEAVE],
        free_days=sum(date not in taken for date in period.dates),
        longest_run=_longest_run(problem, timeline.touched(name)),
        shortest_rest=_shortest_rest(problem, timeline, name),
        wishes=tuple(
            WishVerdict(request=wish, granted=is_granted(timeline, problem, wish))
            for wish in problem.requests
            if wish.staff == name
        ),
    )


def leave_minutes(
    timeline: Timeline, member: StaffMember, dates: Collection[dt.date]
) -> int:
    """Return the minutes of paid leave on some dates, half days included."""
    offs = [timeline.off(member.name, date) for date in dates]
    stints = timeline.stints[member.name]
    halves = sum(stint.shift.half_leave for stint in stints if stint.date in dates)
    day = member.contract.day_minutes
    return offs.count(OffKind.PAID_LEAVE) * day + halves * (day // 2)


def role_minutes(
    problem: Problem, member: StaffMember, stints: Iterable[Stint]
) -> tuple[RoleMinutes, ...]:
    """Return a person's minutes at work by role, main job first."""
    day: Counter[Role] = Counter()
    total: Counter[Role] = Counter()
    for stint in stints:
        bands = [day_band(problem, stint.date + days * ONE_DAY) for days in (0, 1, 2)]
        for piece, role in stint.at_work:
            if role is not None:
                total[role] += piece.minutes
                day[role] += sum(piece.intersection(band).minutes for band in bands)
    order = (*member.roles, *(role for role in Role if role not in member.roles))
    return tuple(
        RoleMinutes(role=role, day=day[role], night=total[role] - day[role])
        for role in order
        if role in member.roles or total[role]
    )


def _released(timeline: Timeline, name: StaffId) -> set[dt.date]:
    """Return the dates of paid leave or absence, the tail included."""
    own = (duty for duty in timeline.duties if duty.staff == name)
    return {duty.date for duty in own if duty.off in RELEASED}


def _longest_run(problem: Problem, touched: set[dt.date]) -> int:
    first = problem.period.first
    return max((len(run) for run in runs(touched) if run[-1] >= first), default=0)


def _shortest_rest(problem: Problem, timeline: Timeline, name: StaffId) -> int | None:
    rests = [
        later.whole.start - earlier.whole.end
        for earlier, later in pairwise(timeline.worked(name))
        if later.date in problem.period
    ]
    return min(rests, default=None)


JOB_LENGTH = 60
"""Most characters of `StaffMember.other_job`."""


def with_work_elsewhere(
    problem: Problem,
    roster: Roster,
    offices: Callable[[StaffMember], Iterable[str]] = lambda member: (),
) -> Problem:
    """Return the problem with the jobs and hours that a roster has in other offices.

    They are shifts elsewhere, and events of other offices.  Hours that are typed for an
    office stand; those of the offices that are not named there are added.

    Parameters
    ----------
    offices
        Names of further offices in which a person has a job, whatever the roster says.
    """
    known = [shift.elsewhere for shift in problem.all_shifts]
    known += [event.elsewhere for event in problem.events]
    if not any(known):
        return problem
    timeline = timeline_of(problem, roster)
    staff = []
    for member in problem.staff:
        hours = Counter(dict.fromkeys(offices(member), 0))
        for stint in timeline.stints_of_period(member.name):
            hours.update(_elsewhere(problem, stint))
        told_all = len(member.other_job) == JOB_LENGTH
        new = {
            name: minutes
            for name, minutes in hours.items()
            if name not in member.other_job and not told_all
        }
        names = filter(None, (member.other_job, *new))
        changed = {
            "other_office": True,
            "other_job": "、".join(names)[:JOB_LENGTH],
            "other_minutes": (member.other_minutes or 0) + sum(new.values()),
        }
        staff.append(member.model_copy(update=changed) if new else member)
    return problem.model_copy(update={"staff": tuple(staff)})


def _elsewhere(problem: Problem, stint: Stint) -> dict[str, int]:
    """Return the minutes of a duty by the name of the other office."""
    if stint.shift.elsewhere:
        return {stint.shift.elsewhere: stint.minutes}
    held = (problem.event_by_name.get(name) for name in stint.duty.events)
    there: dict[str, int] = {}
    for event in held:
        if event and event.span and event.elsewhere:
            minutes = total_minutes([event.span])
            there[event.elsewhere] = there.get(event.elsewhere, 0) + minutes
    return there
