"""The roster as it was worked: what the stamps of the clock say otherwise."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scheduler.audit.stints import Stint, break_owed, merged
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.domain.actual import (
    Actual,
    AsWorked,
    Difference,
    DifferenceKind,
    StampedDay,
    StampPair,
)
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, HOUR, ONE_DAY, Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember

NEAR = HOUR
"""Stamps farther than this from both ends of a shift are those of another one."""


class _Spells(NamedTuple):
    """The stamps of a date: first coming, last going, and the times away between."""

    start: int | None
    end: int | None
    away: BreakOption
    rest: int | None
    """Minutes of break as a number, if one was entered."""
    is_gapless: bool
    """Whether no stamp between the first and the last is missing."""

    @property
    def span(self) -> Interval | None:
        """From coming to going; ``None`` if one of the two is missing."""
        if self.start is None or self.end is None:
            return None
        return Interval(self.start, self.end)


def differences(
    problem: Problem, roster: Roster, actual: Actual
) -> tuple[Difference, ...]:
    """Return where stamps and roster differ, by date and in the order of the staff.

    Parameters
    ----------
    problem, roster
        The month, with changes accepted and made by hand.
    actual
        The stamps.  People without any stamp do not use the clock: they are taken to
        have worked as planned, and so is everybody after the last date with a stamp.
    """
    timeline = timeline_of(problem, roster)
    stamps = stamps_by_night(timeline, actual.stamps)
    stampers = {day.staff for day in actual.stamps}
    until = actual.stamped_until
    stints = {(one.person, one.date): one for one in timeline.begun}
    return tuple(
        one
        for date in problem.period.dates
        for member in problem.staff
        if member.name in stampers and until is not None and date <= until
        for one in _of_date(
            problem,
            timeline,
            member,
            stints.get((member.name, date)),
            stamps.get((member.name, date)),
            Difference(staff=member.name, date=date, kind=DifferenceKind.NO_STAMPS),
            actual.grace,
        )
    )


def planned_span(stint: Stint) -> Interval:
    """Return the clock minutes from first to last work as planned, with events."""
    return stint.whole.shifted(-stint.offset)


def free_between(stint: Stint) -> BreakOption:
    """Return the clock times between a shift and events outside it."""
    worked = merged((stint.span, *stint.events))
    gaps = (Interval(one.end, other.start) for one, other in pairwise(worked))
    return tuple(gap.shifted(-stint.offset) for gap in gaps)


def stamps_by_night(
    timeline: Timeline, days: Iterable[StampedDay]
) -> dict[tuple[StaffId, dt.date], StampedDay]:
    """Return the stamps by person and date, a going home in the morning by its night.

    Whoever forgot the stamp of a night's beginning has only that of the morning, on the
    date after; that of a night of the month before is no stamp of this one.
    """
    found = {(day.staff, day.date): day for day in days}
    for (name, date), day in list(found.items()):
        eve = date - ONE_DAY
        shift = timeline.shift(name, eve)
        (alone, *others) = day.pairs
        is_morning = alone.start is None and alone.end is not None and not others
        if is_morning and shift and shift.passes_midnight and (name, eve) not in found:
            del found[name, date]
            pair = StampPair(end=(alone.end or 0) + DAY)
            moved = {"date": eve, "pairs": (pair,)}
            found[name, eve] = day.model_copy(update=moved)
    return found


def _of_date(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    stint: Stint | None,
    day: StampedDay | None,
    blank: Difference,
    grace: int,
) -> Iterator[Difference]:
    """Yield the differences of one person and date, each made from ``blank``."""
    if stint is None:
        if day is not None:
            yield from _unplanned(problem, timeline, member, _spells(day), blank)
        return
    blank = blank.model_copy(update={"planned": stint.shift.symbol})
    if day is None:
        # Another house has a clock of its own.
        if not stint.shift.elsewhere:
            yield blank
        return
    found, planned = _spells(day), planned_span(stint)
    if found.span is not None and _is_other(found.span, planned):
        yield _other(problem, member, found, found.span, blank)
        return
    yield from _ends(found, planned, blank, grace)
    yield from _break(found, stint, blank)


def _spells(day: StampedDay) -> _Spells:
    pairs = sorted(
        day.pairs, key=lambda one: one.start if one.start is not None else one.end or 0
    )
    between = [(one.end, other.start) for one, other in pairwise(pairs)]
    away = tuple(
        Interval(left, back)
        for left, back in between
        if left is not None and back is not None and left < back
    )
    is_gapless = all(left is not None and back is not None for left, back in between)
    return _Spells(pairs[0].start, pairs[-1].end, away, day.rest, is_gapless)


def _is_other(span: Interval, planned: Interval) -> bool:
    """Tell whether stamps are not those of the planned shift at either end."""
    is_far = min(abs(span.start - planned.start), abs(span.end - planned.end)) > NEAR
    is_around = span.covers(planned) or planned.covers(span)
    return not span.overlaps(planned) or (is_far and not is_around)


def _ends(
    found: _Spells, planned: Interval, blank: Difference, grace: int
) -> Iterator[Difference]:
    """Yield differences at the beginning and the end of a shift, and missing stamps.

    A stamp without its other half that lies beyond the shift says nothing of it.
    """
    early, late = DifferenceKind.CAME_EARLY, DifferenceKind.LATE
    left, stayed = DifferenceKind.LEFT_EARLY, DifferenceKind.STAYED
    if found.start is None:
        yield _edge(blank, DifferenceKind.MISSING_IN, found.end, 0)
    elif planned.start < found.start < planned.end:
        yield _edge(blank, late, found.start, found.start - planned.start)
    elif planned.start - found.start > grace:
        yield _edge(blank, early, found.start, planned.start - found.start)
    if found.end is None:
        yield _edge(blank, DifferenceKind.MISSING_OUT, found.start, 0)
    elif planned.start < found.end < planned.end:
        yield _edge(blank, left, found.end, planned.end - found.end)
    elif found.end - planned.end > grace:
        yield _edge(blank, stayed, found.end, found.end - planned.end)
    if not found.is_gapless:
        yield blank.model_copy(update={"kind": DifferenceKind.MISSING_BETWEEN})


def _edge(
    blank: Difference, kind: DifferenceKind, at: int | None, minutes: int
) -> Difference:
    return blank.model_copy(update={"kind": kind, "at": at, "minutes": minutes})


def _break(found: _Spells, stint: Stint, blank: Difference) -> Iterator[Difference]:
    """Yield a break of another length than planned."""
    usual = tuple(taken.shifted(-stint.offset) for taken in stint.breaks)
    span = found.span or planned_span(stint)
    taken = _breaks(found, usual, span)
    if taken is not None and total_minutes(taken) != total_minutes(usual):
        yield blank.model_copy(
            update={
                "kind": DifferenceKind.BREAK,
                "minutes": total_minutes(taken),
                "breaks": taken,
            }
        )


def _breaks(found: _Spells, usual: BreakOption, span: Interval) -> BreakOption | None:
    """Return the breaks as taken; ``None`` if neither stamps nor a number tell.

    Times away are part of the number.  What it has beyond them lies where the usual
    break begins, or else in the middle of the longest stretch without one.
    """
    away = found.away
    if found.rest is None:
        return away or None
    more = found.rest - total_minutes(away)
    if more <= 0:
        return away
    begin = usual[0].start if usual else None
    wanted = Interval(begin, begin + more) if begin is not None else None
    if wanted and span.covers(wanted) and not any(map(wanted.overlaps, away)):
        return merged((*away, wanted))
    edges = [span.start, *(edge for one in away for edge in one), span.end]
    longest = max(
        (Interval(*one) for one in zip(edges[::2], edges[1::2], strict=True)),
        key=lambda one: one.minutes,
    )
    start = longest.start + max(0, longest.minutes - more) // 2
    return merged((*away, Interval(start, min(start + more, longest.end))))


def _unplanned(
    problem: Problem,
    timeline: Timeline,
    member: StaffMember,
    found: _Spells,
    blank: Difference,
) -> Iterator[Difference]:
    """Yield work on a date without a shift; stamps of a night on call are none."""
    if found.span is None:
        if found.start is None:
            yield _edge(blank, DifferenceKind.MISSING_IN, found.end, 0)
        else:
            yield _edge(blank, DifferenceKind.MISSING_OUT, found.start, 0)
        return
    if timeline.on_call(blank.date) == member.name:
        band = problem.office.on_call_band
        if Interval(band.start - NEAR, band.end + NEAR).covers(found.span):
            return
    yield _other(problem, member, found, found.span, blank)


def _other(
    problem: Problem,
    member: StaffMember,
    found: _Spells,
    span: Interval,
    blank: Difference,
) -> Difference:
    """Return work that was not planned, as the shift whose times are nearest."""
    shift = nearest_shift(problem, member, span)
    # Work too brief for a break to be owed (F-05) is taken to have had none.
    owed = break_owed(problem, span.minutes)
    options = shift.break_options[0] if owed else ()
    usual = tuple(one for one in options if span.covers(one))
    breaks = _breaks(found, usual, span)
    planned = blank.planned is not None
    kind = DifferenceKind.OTHER_SHIFT if planned else DifferenceKind.UNPLANNED
    return blank.model_copy(
        update={
            "kind": kind,
            "minutes": span.minutes,
            "shift": shift.symbol,
            "roles": (_role(member, shift),) * len(shift.segments),
            "worked": span,
            "breaks": usual if breaks is None else breaks,
        }
    )


def nearest_shift(problem: Problem, member: StaffMember, span: Interval) -> Shift:
    """Return the shift of the table whose begin and end are nearest to a span.

    Of several as near, that with the nearer begin, then one that the person does;
    shifts that are given on request alone count only where there is no other.
    """

    def far(shift: Shift) -> tuple[bool, int, int, bool]:
        late = abs(shift.start - span.start)
        away = late + abs(shift.end - span.end)
        return shift.on_request, away, late, shift.symbol not in member.shifts

    return min(problem.shifts, key=far)


def _role(member: StaffMember, shift: Shift) -> Role:
    """Return the person's first role that may be done in a shift."""
    allowed = shift.roles or tuple(Role)
    return next((role for role in member.roles if role in allowed), member.roles[0])


def people_without_stamps(problem: Problem, actual: Actual) -> tuple[StaffId, ...]:
    """Return the people who have no stamp in a month of which there are any."""
    known = {day.staff for day in actual.stamps}
    names = (member.name for member in problem.staff)
    return tuple(name for name in names if known and name not in known)


def as_worked(file: RosterFile, actual: Actual | None) -> AsWorked:
    """Return a month as it was worked: plan, changes, hand edits, accepted stamps.

    Parameters
    ----------
    file
        The roster's file; its roster has accepted changes and hand edits.
    """
    problem, period = file.problem, file.problem.period
    if actual is None:
        actual = Actual(
            office=problem.office.name, first=period.first, last=period.last
        )
    cells = Roster(duties=file.roster.duties, on_call=file.roster.on_call)
    bare = AsWorked(
        problem=problem,
        # Overtime is held against the roster in force when the period began, for one
        # that has begun may not be changed freely (F-02, F-04).
        plan=file.plan.as_of(period.first),
        cells=cells,
        roster=cells,
        actual=actual,
        differences=differences(problem, cells, actual),
    )
    roster = _with(problem, cells, bare.accepted)
    return bare.model_copy(update={"roster": roster})


def _with(problem: Problem, roster: Roster, accepted: Sequence[Difference]) -> Roster:
    """Return a roster with differences in place of what it says."""
    stints = {(one.person, one.date): one for one in timeline_of(problem, roster).begun}
    by_cell: dict[tuple[StaffId, dt.date], list[Difference]] = defaultdict(list)
    for one in accepted:
        by_cell[one.staff, one.date].append(one)
    cells = dict(roster.by_cell)
    for cell, found in by_cell.items():
        cells[cell] = _duty(stints.get(cell), cells.get(cell), found)
    return roster.model_copy(update={"duties": tuple(cells.values())})


def _duty(stint: Stint | None, duty: Duty | None, found: Sequence[Difference]) -> Duty:
    """Return what a person did on a date, by the differences accepted there."""
    first = found[0]
    if first.kind is DifferenceKind.NO_STAMPS:
        return Duty(staff=first.staff, date=first.date, off=OffKind.ABSENT)
    if first.kind in (DifferenceKind.OTHER_SHIFT, DifferenceKind.UNPLANNED):
        return Duty(
            staff=first.staff,
            date=first.date,
            shift=first.shift,
            roles=first.roles,
            breaks=first.breaks or (),
            worked=first.worked,
        )
    if stint is None:
        # A single stamp on a date without a shift tells of no work yet.
        return duty or Duty(staff=first.staff, date=first.date, off=OffKind.DAY_OFF)
    return _at_other_times(stint, found)


def _at_other_times(stint: Stint, found: Sequence[Difference]) -> Duty:
    """Return the duty of a shift with other begin, end or breaks."""
    planned = planned_span(stint)
    at = {one.kind: one.at for one in found}
    start = at.get(DifferenceKind.LATE, at.get(DifferenceKind.CAME_EARLY))
    end = at.get(DifferenceKind.LEFT_EARLY, at.get(DifferenceKind.STAYED))
    breaks = next(
        (one.breaks for one in found if one.breaks is not None), stint.duty.breaks
    )
    worked = Interval(
        planned.start if start is None else start, planned.end if end is None else end
    )
    changed: dict[str, object] = {"breaks": breaks}
    if worked != planned:
        # An event that was left before its end is work like any other.
        lasting = {span.shifted(-stint.offset) for span in stint.events}
        changed["worked"] = worked
        changed["breaks"] = merged((*breaks, *free_between(stint)))
        if not all(map(worked.covers, lasting)):
            changed["events"] = ()
    return stint.duty.model_copy(update=changed)
