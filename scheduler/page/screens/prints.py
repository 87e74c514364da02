"""The wall sheet (掲示用) and the personal slips (個人票), as the roster is saved.

On the wall stands what staff may see: no reasons, no notes, nobody's leave or absence
as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from scheduler.audit.figures.people import PersonMonth, people
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.roster import Change, changes
from scheduler.domain.scenario import FIRST
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.rosters import read_version
from scheduler.files.workbook.roster.slip_cells import WrittenCells
from scheduler.files.workbook.roster.slips import FREE, Day
from scheduler.files.workbook.roster.symbols import PostedSymbols
from scheduler.page.grid import saved_grid
from scheduler.page.grid_values import MonthGrid, PersonRow
from scheduler.page.rendering import roster_of, screen
from scheduler.wording.names import role_name, short_names
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.plans import version_name
from scheduler.wording.times import date_text, full_date_text, period_text, span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.open_roster import OpenRoster


SUMS = 6
"""Sums at the right: leave is nobody else's business."""


class WallRow(NamedTuple):
    """A person's row, ``first`` of those with the same main role; symbols and looks."""

    name: str
    short: str
    first: bool
    cells: tuple[tuple[str, str], ...]
    sums: tuple[str, ...]


def wall(request: Request) -> Response:
    """Show the sheet as it will be printed."""
    opened = roster_of(request)
    with opened.lock:
        grid = saved_grid(opened)
        made = opened.edited_at or opened.made_at
        return screen(
            request,
            "wall.html",
            here="month",
            opened=opened,
            grid=grid,
            rows=tuple(_rows(opened, grid)),
            title=period_text(opened.problem.period),
            version=version_name(opened.version),
            before=version_name(opened.version - 1) if opened.version > 1 else "",
            issued=date_text(made.date()) if made else "",
            legend=tuple(_legend(opened)),
            remarks=tuple(_remarks(opened.problem)),
            sums=SUMS,
        )


def _rows(opened: OpenRoster, grid: MonthGrid) -> Iterator[WallRow]:
    problem, roster = opened.problem, opened.saved.roster
    posted = PostedSymbols(problem)
    short = short_names(member.name for member in problem.staff)
    # A first version has no frames: its edits may well be older than the wall's sheet.
    last = _last_changes(opened, _before_last(opened)) if opened.version > FIRST else ()
    changed = {(one.staff, one.date) for one in last if one.on_call is None}
    groups = {one.rows[0].number for one in grid.groups}
    for row in grid.rows:
        member = problem.staff[row.number]
        cells = tuple(
            _cell(
                opened,
                posted,
                roster.by_cell.get((member.name, one.date)),
                one.look,
                is_changed=marked,
            )
            for one in grid.dates
            for marked in [(member.name, one.date) in changed]
        )
        yield WallRow(
            member.name,
            short[member.name],
            row.number in groups,
            cells,
            _sums(row, cells),
        )


def _sums(row: PersonRow, cells: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the sums, with the days off as they are posted."""
    counted = ("" if text == "·" else text for text in row.sums[: SUMS - 1])
    off = OFF_SYMBOLS[OffKind.DAY_OFF]
    return (*counted, str(sum(symbol == off for symbol, _look in cells)))


def _cell(
    opened: OpenRoster,
    posted: PostedSymbols,
    duty: Duty | None,
    look: str,
    *,
    is_changed: bool,
) -> tuple[str, str]:
    marks = [look.replace("bad", "").strip()]
    if duty is None:
        return "", marks[0]
    if duty.shift is None:
        marks.append("o")
    elif opened.problem.shift_by_symbol[duty.shift].is_night:
        marks.append("n")
    if is_changed:
        marks.append("chg")
    return posted.of_duty(duty), " ".join(filter(None, marks))


def _legend(opened: OpenRoster) -> Iterator[tuple[str, str, bool]]:
    shifts = opened.problem.shift_by_symbol
    posted = PostedSymbols(opened.problem)
    for symbol, text in posted.meanings(opened.saved.roster.duties):
        shift = shifts.get(ShiftId(symbol))
        yield symbol, text, shift is not None and shift.is_night


def _remarks(problem: Problem) -> Iterator[str]:
    """Yield what is held on which dates, and the remarks of dates."""
    for event in problem.events:
        dates = [date for date in problem.period.dates if event.is_held_on(date)]
        if not dates:
            continue
        days = "・".join(str(date.day) for date in dates)
        when = span_text(event.span) if event.span else ""
        yield " ".join(filter(None, (days, event.name, when, event.place)))
    for day in problem.forecast.days:
        if day.remark and day.date in problem.period:
            yield f"{day.date.day} {day.remark}"


class Slip(NamedTuple):
    """One person's page."""

    name: str
    facts: str
    days: dict[dt.date, Day]
    month: PersonMonth


def slips(request: Request) -> Response:
    """Show the slips; with ``changed`` those of whom the last version changed."""
    opened = roster_of(request)
    changed = _changed(opened)
    names = {name for name, _date in changed}
    only = bool(request.query_params.get("changed"))
    period = opened.problem.period
    return screen(
        request,
        "slips.html",
        here="month",
        book=opened.book.id,
        slips=tuple(_slips(opened, names if only else None)),
        period=period,
        weeks=opened.problem.weeks,
        changed=changed,
        free=FREE,
        title=period_text(period),
        version=version_name(opened.version),
        only=only,
        can_choose=bool(names),
        edits=bool(opened.edits),
    )


def _before_last(opened: OpenRoster) -> RosterFile:
    """Return the version before the one in force; of the first, as it was written."""
    number = max(FIRST, opened.version - 1)
    file = read_version(opened.book.path, opened.file, number)
    is_first = opened.version == FIRST
    return file.model_copy(update={"roster": file.plan}) if is_first else file


def _last_changes(opened: OpenRoster, before: RosterFile) -> Iterator[Change]:
    """Yield what the last version changed, and edits by hand since."""
    return changes(opened.problem, before.roster, opened.saved.roster)


def _changed(opened: OpenRoster) -> set[tuple[StaffId, dt.date]]:
    """Return the cells of slips that are other than before; breaks are on them."""
    before = _before_last(opened)
    changed = {(one.staff, one.date) for one in _last_changes(opened, before)}
    for cell, duty in opened.saved.roster.by_cell.items():
        known = before.plan.by_cell.get(cell)
        if known and known.shift == duty.shift and known.breaks != duty.breaks:
            changed.add(cell)
    return changed


def _slips(opened: OpenRoster, names: set[StaffId] | None) -> Iterator[Slip]:
    problem, roster = opened.problem, opened.saved.roster
    months = {month.staff: month for month in people(problem, roster)}
    cells = WrittenCells(problem, roster, months)
    issued = (
        told.format(date=full_date_text(date))
        for told, date in (
            (_("issued {date}"), opened.made_at),
            (_("edited {date}"), opened.edited_at),
        )
        if date is not None
    )
    dates = "　".join(issued)
    for member in problem.staff:
        if names is not None and member.name not in names:
            continue
        jobs = "・".join(role_name(role) for role in member.roles)
        facts = (problem.office.name, jobs, version_name(opened.version), dates)
        yield Slip(
            member.name,
            "　".join(filter(None, facts)),
            {date: cells.day(member, date, "") for date in problem.period.dates},
            months[member.name],
        )
