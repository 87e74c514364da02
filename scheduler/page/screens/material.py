"""来月の材料: wishes, settled cells, events and expected users of the month to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse

from scheduler.domain.errors import InputError, OutputError
from scheduler.files.workbook.month_cells import MaterialCell, MaterialPart
from scheduler.page.editing import ChangedOutside, NotUnderstood
from scheduler.page.material_grid import ROWS, brushes, material_grid
from scheduler.page.material_language import FIXED, told_at_cell
from scheduler.page.rendering import desk_of, part, screen
from scheduler.page.screens.home import next_input
from scheduler.page.screens.month import MOST_TEXT, PIECES
from scheduler.wording.duties import request_text
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.times import period_text
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from scheduler.page.material import OpenMaterial

MOST_TOLD = 3
"""Most mistakes that are told where a workbook could not be saved."""


def latest(request: Request) -> Response:
    """Go to the input of the month that is to be made."""
    desk = desk_of(request)
    found = next_input(desk, desk.library.rosters())
    if found is None:
        return screen(request, "material_none.html", here="material")
    return RedirectResponse(f"/material/{found.id}", 303)


def show(request: Request) -> Response:
    """Show the grid."""
    opened = _opened(request)
    with opened.lock:
        date = _date_shown(request, opened)
        return screen(request, "material.html", **_values(opened, date))


def type_cell(request: Request) -> Response:
    """Take what was typed, or laid over a stretch, and answer with what it changes.

    The form has ``row``, ``day``, the ``text``; ``until`` for a stretch; ``again`` if
    the cell was clicked once more, which changes the strength of its wish.
    """
    form = request.state.form
    opened = _opened(request)
    row, text = str(form.get("row", "")), str(form.get("text", ""))
    if len(text) > MOST_TEXT:
        raise HTTPException(413)
    try:
        first = _number(str(form.get("day", "")))
        last = _number(str(form.get("until", "") or first))
        dates = opened.problem.period.dates[min(first, last) : max(first, last) + 1]
        who = "" if row in ROWS.values() else opened.problem.staff[_number(row)].name
        ends = opened.problem.period.dates[first], opened.problem.period.dates[last]
    except IndexError:
        raise HTTPException(404) from None
    again = bool(form.get("again"))

    def take() -> None:
        if not who:
            named = next(one for one, name in ROWS.items() if name == row)
            opened.type(named, "", dates, text)
            return
        opened.change(_for_person(opened, who, dates, text, again=again))

    return _step(request, opened, take, ends[0])


def _for_person(
    opened: OpenMaterial, who: str, dates: Sequence[dt.date], text: str, *, again: bool
) -> dict[MaterialCell, str]:
    """Return the texts of a person's cells by what was typed into them."""
    now = opened.texts
    texts: dict[MaterialCell, str] = {}
    for date in dates:
        wish = MaterialCell(MaterialPart.WISH, who, date)
        settled = MaterialCell(MaterialPart.SETTLED, who, date)
        if not text.strip():
            texts |= {wish: "", settled: ""}
            continue
        part, meant = told_at_cell(
            opened.language, text, now.get(wish, ""), again=again
        )
        texts[settled if part is MaterialPart.SETTLED else wish] = meant
    return texts


def undo(request: Request) -> Response:
    """Take the last step back."""
    opened = _opened(request)
    return _step(request, opened, opened.undo, None)


def redo(request: Request) -> Response:
    """Do again what was taken back last."""
    opened = _opened(request)
    return _step(request, opened, opened.redo, None)


def drop(request: Request) -> Response:
    """Give up all that is not saved."""
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
    """Write what was typed into the workbook."""
    opened = _opened(request)
    with opened.lock:
        if opened.is_behind:
            return _again(opened)
        try:
            opened.save()
        except ChangedOutside:
            return _again(opened)
        except InputError as error:
            told = " ".join(mistake_texts(error.mistakes)[:MOST_TOLD])
            return _told(_("Not saved: {reason}").format(reason=told), 422)
        except OutputError as error:
            return _told(str(error), 409)
    return _again(opened)


def day(request: Request) -> Response:
    """Show what is asked for on a date."""
    opened = _opened(request)
    with opened.lock:
        values = _day(opened, _date_shown(request, opened))
        text = f"<template>{part('material_day.html', **values)}</template>"
        return HTMLResponse(text, headers=PIECES)


def _opened(request: Request) -> OpenMaterial:
    try:
        return desk_of(request).material(request.path_params["book"])
    except KeyError:
        raise HTTPException(404) from None


def _again(opened: OpenMaterial) -> Response:
    """Have the browser load the screen anew."""
    return HTMLResponse("", headers={"HX-Redirect": f"/material/{opened.book.id}"})


def _told(text: str, status: int = 200) -> Response:
    return HTMLResponse(part("month_told.html", text=text), status, headers=PIECES)


def _number(text: str) -> int:
    """Return a row or column; a number that is none lies outside of everything."""
    if not text.isascii() or not text.isdecimal() or len(text) > 4:
        raise IndexError(text)
    return int(text)


def _step(
    request: Request,
    opened: OpenMaterial,
    step: Callable[[], None],
    date: dt.date | None,
) -> Response:
    """Take a step, and answer with the cells that changed and all sums."""
    with opened.lock:
        if opened.is_behind:
            return _again(opened)
        before = material_grid(opened)
        try:
            step()
        except NotUnderstood as error:
            return _told(str(error), 422)
        values = _values(opened, date or _date_shown(request, opened))
        old = {cell.id: cell for row in _rows(before) for cell in row}
        new = [cell for row in _rows(values["grid"]) for cell in row]
        values["cells"] = [cell for cell in new if old.get(cell.id) != cell]
        return HTMLResponse(part("material_changes.html", **values), headers=PIECES)


def _rows(grid: Any) -> list[Any]:
    return [line.cells for line in (*grid.people, *grid.parts)]


def _date_shown(request: Request, opened: OpenMaterial) -> dt.date:
    dates = opened.problem.period.dates
    form = getattr(request.state, "form", {})
    asked = request.query_params.get("date") or str(form.get("shown", ""))
    return {str(date): date for date in dates}.get(asked, dates[0])


def _day(opened: OpenMaterial, date: dt.date) -> dict[str, Any]:
    problem = opened.current()
    asked = [one for one in problem.requests if one.date == date]
    return {
        "date": date,
        "asked": [request_text(one) for one in asked],
        "held": [one for one in problem.events if one.is_held_on(date)],
        "forecast": problem.forecast_by_date[date],
    }


def _values(opened: OpenMaterial, date: dt.date) -> dict[str, Any]:
    """Return what the templates of the screen need."""
    number = len(opened.edits)
    text = ngettext("{number} change", "{number} changes", number)
    return {
        "book": opened.book.id,
        "opened": opened,
        "grid": material_grid(opened),
        "title": period_text(opened.problem.period),
        "changed": text.format(number=number) if number else "",
        "stand": _("Not saved: {number}").format(number=number) if number else "",
        "brushes": brushes(opened.problem),
        "sign": FIXED[0],
        **_day(opened, date),
    }
