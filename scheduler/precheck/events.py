"""Sums of events: who could come, by what is left in the cells (K-03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from scheduler.audit.rules.k03_events import asks
from scheduler.domain.base import StaffId
from scheduler.domain.events import CalendarEvent
from scheduler.domain.precheck import Line, Topic, Verdict, line_of
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.presence import not_beginning

AT_HOME = (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
"""Kinds of day on which somebody who is named is missed; on others they are excused."""


def events(cells: Cells) -> Iterator[Line]:
    """Yield the events that nobody, too few, or not all of those named can come to."""
    for event in cells.problem.events:
        asked = [member for member in cells.problem.staff if asks(event, member)]
        for date in cells.problem.period.dates:
            if event.span is not None and event.is_held_on(date) and asked:
                yield from _on(cells, event, asked, date)


def _on(
    cells: Cells, event: CalendarEvent, asked: Sequence[StaffMember], date: dt.date
) -> Iterator[Line]:
    able = tuple(m.name for m in asked if cells.may_come(m, date, event.name))
    if event.at_least is not None:
        agreed = cells.agreed("K-03", _facet(event), date=date, name=event.name)
        least = event.at_least - agreed
        if len(able) < least:
            yield _line(
                cells, event, asked, date, able, required=least, is_sure=event.must
            )
        return
    missing = [
        member
        for member in asked
        if member.name not in able
        and (
            member.name in event.people
            or (event.days_off and _is_missed(cells, event, member, date))
        )
    ]
    if missing:
        sure = any(_is_missed(cells, event, member, date) for member in missing)
        came = tuple(m.name for m in asked if m not in missing)
        yield _line(
            cells, event, missing, date, came, required=len(missing), is_sure=sure
        )
    elif not able:
        yield _line(cells, event, asked, date, (), required=1, is_sure=False)


def _line(
    cells: Cells,
    event: CalendarEvent,
    asked: Sequence[StaffMember],
    date: dt.date,
    able: Collection[StaffId],
    *,
    required: int,
    is_sure: bool,
) -> Line:
    """Return a line on who cannot come and why.

    Parameters
    ----------
    is_sure
        Whether a must is then broken, as nobody asked is excused.
    """
    names = tuple(member.name for member in asked)
    others = tuple(m.name for m in cells.problem.staff if m.name not in names)
    obstacles = not_beginning(cells, date, (*able, *others), cells.own_shifts)
    return line_of(
        Topic.QUALIFIED,
        "event_few" if event.at_least is not None else "event_nobody",
        required,
        len(able) if event.at_least is not None else 0,
        verdict=Verdict.IMPOSSIBLE if is_sure else Verdict.TIGHT,
        people=tuple(able) if event.at_least is not None else names,
        dates=(date,),
        obstacles=obstacles,
        facts={"name": event.name},
    )


def _facet(event: CalendarEvent) -> str:
    return "missing_must" if event.must else "missing_guideline"


def _is_missed(
    cells: Cells, event: CalendarEvent, member: StaffMember, date: dt.date
) -> bool:
    """Tell whether a person breaks a must whatever their cell becomes.

    Named, or asked on days off too; of these, who is not named may stay on the floor.
    """
    agreed = cells.agreed("K-03", _facet(event), member.name, date, event.name)
    span, named = event.span, member.name in event.people
    if not event.must or agreed or span is None:
        return False
    left = cells.left(member, date)
    shifts = [cells.shifts[entry] for entry in left if entry in cells.shifts]
    off = [entry for entry in left if entry not in cells.shifts]
    return bool(left) and all(
        [
            *(
                not shift.half_leave
                and (shift.counts if named else not shift.interval.overlaps(span))
                for shift in shifts
            ),
            *(entry in AT_HOME for entry in off),
        ]
    )
