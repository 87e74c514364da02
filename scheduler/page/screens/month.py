"""勤務表: the month's roster; every edit is audited before the next key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse

from scheduler.domain.errors import OutputError
from scheduler.domain.finding import Stance
from scheduler.page.day_chart import day_chart
from scheduler.page.editing import ChangedOutside, NotUnderstood
from scheduler.page.grid import ON_CALL_ROW, TOLD, month_grid
from scheduler.page.grid_values import changed_cells
from scheduler.page.lamps import lamps
from scheduler.page.rendering import desk_of, part, screen
from scheduler.rulebook import rules_of
from scheduler.wording.findings import finding_words
from scheduler.wording.plans import version_name
from scheduler.wording.times import period_text
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from scheduler.page.books import WorkbookFile
    from scheduler.page.editing import OpenRoster
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.grid_values import MonthGrid

MOST_TEXT = 40
"""Most characters of a cell."""

PIECES = {"X-Pieces": "1"}
"""Says that the answer's elements take the places of those with the same id."""

ASIDE = (Stance.FAIR, Stance.COMFORT)
"""Stances that are told in the list below the grid only."""


def latest(request: Request) -> Response:
    """Go to the roster of the month in which today lies, else to the latest."""
    found = latest_roster(desk_of(request))
    if found is None:
        return screen(request, "month_none.html", here="month")
    return RedirectResponse(f"/month/{found.id}", 303)


def latest_roster(desk: FrontDesk) -> WorkbookFile | None:
    """Return the roster of the month in which today lies, else the latest."""
    today = dt.date.today()
    found = desk.library.rosters()
    now = [one for one in found if one.covers(today)]
    return next(iter(now or found), None)


def show(request: Request) -> Response:
    """Show the grid."""
    opened = _opened(request)
    with opened.lock:
        grid = month_grid(opened)
        date = _date_shown(request, opened)
        return screen(
            request, "month.html", **_values(opened, grid), **_day(opened, date)
        )


def type_cell(request: Request) -> Response:
    """Take what was typed into a cell, and answer with all that it changes."""
    form = request.state.form
    opened = _opened(request)
    row, day, text = (str(form.get(name, "")) for name in ("row", "day", "text"))
    if len(text) > MOST_TEXT:
        raise HTTPException(413)
    try:
        date = opened.problem.period.dates[_number(day)]
        staff = "" if row == ON_CALL_ROW else opened.problem.staff[_number(row)].name
    except IndexError:
        raise HTTPException(404) from None
    # The date by the clock follows the cell.
    request.state.form = dict(form, shown=str(date))
    return _step(request, opened, lambda: opened.type(staff, date, text))


def undo(request: Request) -> Response:
    """Take the last step back."""
    opened = _opened(request)
    return _step(request, opened, opened.undo)


def redo(request: Request) -> Response:
    """Do again what was taken back last."""
    opened = _opened(request)
    return _step(request, opened, opened.redo)


def drop(request: Request) -> Response:
    """Give up all that was typed since the last version."""
    opened = _opened(request)
    with opened.lock:
        opened.drop()
    return _again(opened)


def take_over(request: Request) -> Response:
    """Lay what was typed over the file as another program has changed it."""
    opened = _opened(request)
    with opened.lock:
        opened.take_over()
    return _again(opened)


def save(request: Request) -> Response:
    """Save a new version; the one before stays beside it."""
    opened = _opened(request)
    with opened.lock:
        if opened.is_behind:
            return _again(opened)
        try:
            opened.save(dt.datetime.now().replace(microsecond=0, second=0))
        except ChangedOutside:
            return _again(opened)
        except OutputError as error:
            return _told(str(error), 409)
    return _again(opened)


def day(request: Request) -> Response:
    """Show a date by the clock."""
    opened = _opened(request)
    with opened.lock:
        date = _date_shown(request, opened)
        given = {"book": opened.book.id, **_day(opened, date)}
        return HTMLResponse(part("month_day.html", **given), headers=PIECES)


def _opened(request: Request) -> OpenRoster:
    try:
        return desk_of(request).roster(request.path_params["book"])
    except KeyError:
        raise HTTPException(404) from None


def _again(opened: OpenRoster) -> Response:
    """Have the browser load the screen anew."""
    return HTMLResponse("", headers={"HX-Redirect": f"/month/{opened.book.id}"})


def _told(text: str, status: int = 200) -> Response:
    return HTMLResponse(part("month_told.html", text=text), status, headers=PIECES)


def _number(text: str) -> int:
    """Return a row or column; a number that is none lies outside of everything."""
    if not text.isascii() or not text.isdecimal() or len(text) > 4:
        raise IndexError(text)
    return int(text)


def _step(request: Request, opened: OpenRoster, step: Callable[[], None]) -> Response:
    """Take a step, and answer with the cells that changed and all sums."""
    with opened.lock:
        if opened.is_behind:
            return _again(opened)
        before = month_grid(opened)
        try:
            step()
        except NotUnderstood as error:
            return _told(str(error), 422)
        after = month_grid(opened)
        given = {
            **_values(opened, after),
            **_day(opened, _date_shown(request, opened)),
            "cells": changed_cells(before, after),
        }
        return HTMLResponse(part("month_changes.html", **given), headers=PIECES)


def _date_shown(request: Request, opened: OpenRoster) -> dt.date:
    """Return the date that is shown by the clock: asked for, today's, or the first."""
    dates = opened.problem.period.dates
    form = getattr(request.state, "form", {})
    asked = request.query_params.get("date") or str(form.get("shown", ""))
    known = {str(date): date for date in dates}
    if asked in known:
        return known[asked]
    today = dt.date.today()
    return today if today in known.values() else dates[0]


def _day(opened: OpenRoster, date: dt.date) -> dict[str, Any]:
    changed = {staff for staff, day in opened.edits if day == date}
    return {"chart": day_chart(opened.problem, opened.now, date, changed)}


def _values(opened: OpenRoster, grid: MonthGrid) -> dict[str, Any]:
    """Return what the templates of the screen need."""
    rulebook = rules_of(opened.problem)
    findings = opened.now.findings
    number = len(opened.edits)
    text = ngettext("{number} change", "{number} changes", number)
    return {
        "book": opened.book.id,
        "opened": opened,
        "grid": grid,
        "lamps": lamps(opened.problem, findings),
        "title": period_text(opened.problem.period),
        "version": version_name(opened.version),
        "following": version_name(opened.version + 1),
        "changed": text.format(number=number) if number else "",
        "told": [finding_words(one, rulebook) for one in findings if _is_told(one)],
        "aside": [
            finding_words(one, rulebook) for one in findings if one.stance in ASIDE
        ],
        "stand": _("Not saved: {number}").format(number=number) if number else "",
    }


def _is_told(finding: Any) -> bool:
    return finding.stance in TOLD
