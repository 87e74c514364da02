"""The roster as it was worked: with what was accepted of the stamps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from scheduler.audit.changes.clocked import differences, free_between, planned_span
from scheduler.audit.stints import Stint, merged
from scheduler.audit.timeline import timeline_of
from scheduler.domain.actual import Actual, AsWorked, Difference, DifferenceKind
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, OffKind

STARTS = (DifferenceKind.LATE, DifferenceKind.CAME_EARLY)
ENDS = (DifferenceKind.LEFT_EARLY, DifferenceKind.STAYED)
OTHERS = (DifferenceKind.OTHER_SHIFT, DifferenceKind.UNPLANNED)


def as_worked(file: RosterFile, actual: Actual | None) -> AsWorked:
    """Return a month as it was worked: plan, changes, hand edits, accepted stamps.

    Parameters
    ----------
    file
        The roster's file; its roster has accepted changes and hand edits.
    actual
        Stamps and decisions; ``None`` if there are none.
    """
    problem, period = file.problem, file.problem.period
    if actual is None:
        actual = Actual(
            office=problem.office.name, first=period.first, last=period.last
        )
    cells = Roster(duties=file.roster.duties, on_call=file.roster.on_call)
    bare = AsWorked(
        problem=problem,
        plan=plan_at_start(file.plan, period),
        cells=cells,
        roster=cells,
        actual=actual,
        differences=differences(problem, cells, actual),
    )
    roster = _with(problem, cells, bare.accepted)
    return bare.model_copy(update={"roster": roster})


def plan_at_start(roster: RosterRecord, period: Period) -> Roster:
    """Return the roster that was in force when the period began.

    Overtime is held against it, for a roster that has begun may not be changed freely
    (F-02, F-04).
    """
    return roster.as_of(period.first)


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
    if first.kind in OTHERS:
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
    start = next((at[kind] for kind in STARTS if kind in at), None)
    end = next((at[kind] for kind in ENDS if kind in at), None)
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
