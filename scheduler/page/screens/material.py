"""来月の材料: wishes, settled cells, events and expected users of the month to make.

With it go the last days before the month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.audit import audit
from scheduler.audit.findings import new_findings
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.files.next_month import history_before
from scheduler.files.workbook.layout import EVENTS
from scheduler.files.workbook.month_cells import MaterialCell, MaterialPart
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import LIST, date_cell
from scheduler.files.workbook.writing.draft import tail_cell
from scheduler.page.grid import TOLD
from scheduler.page.material import FIXED, Texts, told_at_cell
from scheduler.page.material_grid import (
    ROWS,
    ROWS_BEFORE,
    MaterialGrid,
    before_grid,
    brushes,
    material_grid,
)
from scheduler.page.open_book import NotUnderstood
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.edited import (
    DatedScreen,
    EditedScreen,
    date_shown,
    number,
)
from scheduler.page.screens.home import next_input
from scheduler.rulebook import rules_of
from scheduler.wording.duties import request_text
from scheduler.wording.gathered import Gathered, gathered
from scheduler.wording.notation import CellLanguage
from scheduler.wording.times import period_text, span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import CellPlace
    from scheduler.page.books import WorkbookFile
    from scheduler.page.front_desk import FrontDesk
    from scheduler.page.open_input import OpenInput


def latest(request: Request) -> Response:
    """Go to the input of the month that is to be made."""
    desk = desk_of(request)
    found = next_input(desk, desk.library.rosters())
    if found is None:
        return screen(request, "none.html", here="material", missing="material")
    return RedirectResponse(f"/material/{found.id}", 303)


class MaterialScreen(DatedScreen["OpenInput"]):
    """The grid of the month that is to be made."""

    name = "material"
    forms = (*DatedScreen.forms, "event")

    def find(self, desk: FrontDesk, book_id: str) -> OpenInput:
        """Return the open input."""
        return _readable(desk, book_id)

    def step_of(self, request: Request, opened: OpenInput) -> Callable[[], None]:
        """Return the step of a form.

        It has ``row``, ``day``, the ``text``; ``until`` for a stretch; ``again`` if the
        cell was clicked once more, which changes the strength of its wish.
        """
        form = request.state.form
        row, text = str(form.get("row", "")), str(form.get("text", ""))
        known = opened.problem.period.dates
        dates = _stretch(form, known)
        request.state.form = dict(form, shown=str(known[number(form["day"])]))
        named = next((one for one, name in ROWS.items() if name == row), None)
        if named is not None:
            return lambda: opened.type(named, "", dates, text)
        who = opened.problem.staff[number(row)].name
        again = bool(form.get("again"))
        return lambda: opened.change(_for_person(opened, who, dates, text, again=again))

    def grid(self, request: Request, opened: OpenInput) -> MaterialGrid:
        """Return the grid as it is now."""
        return material_grid(opened)

    def event(self, request: Request) -> Response:
        """Add an event to a date, change one that is held once, or take it out.

        The form has the ``day``, ``name`` and ``span``, and which ``event`` it is; an
        event without a name is taken out.
        """
        opened, form = self.opened(request), request.state.form
        try:
            date = opened.problem.period.dates[number(form.get("day", ""))]
            which = number(form["event"]) if form.get("event") else None
            request.state.form = dict(form, shown=str(date))
            name, span = (str(form.get(one, "")).strip() for one in ("name", "span"))
            step = event_step(opened, date, which, name, span)
        except (IndexError, KeyError):
            raise HTTPException(404) from None
        answer = self.step(request, opened, step)
        is_taken = answer.status_code == HTTPStatus.OK
        return self.again(request, self.current(request)) if is_taken else answer

    def way(self, request: Request, opened: OpenInput) -> str:
        """Return the address of the screen with the date that is shown."""
        date = date_shown(request, opened.problem)
        return f"{super().way(request, opened)}?date={date}"

    def values(self, request: Request, opened: OpenInput) -> dict[str, Any]:
        """Return what the templates need."""
        date = date_shown(request, opened.problem)
        return {
            "title": period_text(opened.problem.period),
            "brushes": brushes(opened.problem),
            "sign": FIXED[0],
            "roster_told": under_users(desk_of(request), opened.book, opened.current()),
            **self.day_values(opened, date),
        }

    def day_values(self, opened: OpenInput, date: dt.date) -> dict[str, Any]:
        """Return what is asked for on a date."""
        problem = opened.current()
        asked = [one for one in problem.requests if one.date == date]
        return {
            "date": date,
            "asked": [request_text(one) for one in asked],
            "day_number": problem.period.dates.index(date),
            "held": [
                (index, one, span_text(one.span) if one.span else "")
                for index, one in enumerate(problem.events)
                if one.is_held_on(date)
            ],
            "forecast": problem.forecast_by_date[date],
            "capacity": problem.office.capacity,
        }


class BeforeScreen(EditedScreen["OpenInput"]):
    """The grid of the last days before the month."""

    name = "before"
    forms = (*EditedScreen.forms, "fill")

    def find(self, desk: FrontDesk, book_id: str) -> OpenInput:
        """Return the open input."""
        return _readable(desk, book_id)

    def step_of(self, request: Request, opened: OpenInput) -> Callable[[], None]:
        """Return the step of a form: ``row``, ``day``, ``until`` and ``text``."""
        form = request.state.form
        row, text = str(form.get("row", "")), str(form.get("text", ""))
        dates = _stretch(form, opened.before)
        for part, name in ROWS_BEFORE.items():
            if name == row:
                return lambda: opened.type(part, "", dates, text)
        who = opened.problem.staff[number(row)].name
        return lambda: opened.type(MaterialPart.BEFORE, who, dates, text)

    def fill(self, request: Request) -> Response:
        """Take over what the roster of the month before has."""
        opened = self.opened(request)
        texts = worked_before(desk_of(request), opened)
        return self.step(request, opened, lambda: opened.change(texts))

    def grid(self, request: Request, opened: OpenInput) -> MaterialGrid:
        """Return the grid as it is now."""
        return before_grid(opened)

    def values(self, request: Request, opened: OpenInput) -> dict[str, Any]:
        """Return what the templates need."""
        return {
            "here": "material",
            "title": period_text(opened.problem.period),
            "to_take": len(worked_before(desk_of(request), opened)),
        }


def _readable(desk: FrontDesk, book_id: str) -> OpenInput:
    opened = desk.material(book_id)
    if not opened.is_readable:
        # It is filled in first; the set-up says what is missing.
        raise HTTPException(303, headers={"location": f"/office/{book_id}"})
    return opened


def _stretch(form: Mapping[str, object], known: Sequence[dt.date]) -> list[dt.date]:
    """Return the dates that a form names, in order."""
    first = number(form.get("day", ""))
    last = number(form.get("until", "") or first)
    ends = (known[first], known[last])
    return [date for date in known if min(ends) <= date <= max(ends)]


def worked_before(desk: FrontDesk, opened: OpenInput) -> Texts:
    """Return what the roster of the month before has otherwise than an input.

    Only people and symbols that the input has, too; nothing if there is no roster.
    """
    period = opened.problem.period
    eve = period.first - ONE_DAY
    made = (one for one in desk.library.rosters() if one.covers(eve))
    books = (one for one in made if one.gist.office == opened.problem.office.name)
    contents = book.contents if (book := next(books, None)) else None
    if contents is None or contents.problem is None or contents.roster is None:
        return {}
    problem, names = contents.problem, opened.problem.member_by_name
    staying = problem.member_by_name.keys() & names.keys()
    history = history_before(problem, contents.roster.roster, period, staying)
    language = CellLanguage(problem)
    typed = [
        (MaterialCell(MaterialPart.BEFORE, one.staff, one.date), text)
        for one in history.duties
        if (text := tail_cell(one, problem, language))
    ]
    typed += [
        (MaterialCell(MaterialPart.NIGHT_BEFORE, "", one.date), str(one.staff))
        for one in history.on_call
    ]
    now, found = opened.texts, {}
    for cell, text in typed:
        with suppress(NotUnderstood):
            meant = opened.language.meant(cell.part, text, cell.who)
            if cell.date in opened.before and now.get(cell) != meant:
                found[cell] = meant
    return found


def _for_person(
    opened: OpenInput, who: str, dates: Iterable[dt.date], text: str, *, again: bool
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


class UnderUsers(NamedTuple):
    """The month's roster, and what it would not keep besides what it does not now."""

    book: str
    told: tuple[Gathered, ...]


def under_users(
    desk: FrontDesk, book: WorkbookFile, month: Problem
) -> UnderUsers | None:
    """Return what the roster of a month lacks with the users that an input expects.

    ``None`` if there is no roster, or it was made with the same numbers.
    """
    made = desk.library.roster_of(book)
    if made is None:
        return None
    opened = desk.roster(made.id)
    if opened.problem.forecast == month.forecast:
        return None
    problem = opened.problem.model_copy(update={"forecast": month.forecast})
    new = new_findings(audit(problem, opened.saved.roster), opened.saved.findings)
    found = tuple(one for one in new if one.stance in TOLD)
    rulebook = rules_of(problem)
    return UnderUsers(made.id, gathered(found, rulebook, by_clock=True))


COLUMNS = {column.path: column for column in EVENTS.columns}


def event_step(
    opened: OpenInput, date: dt.date, which: int | None, name: str, span: str
) -> Callable[[], None]:
    """Return the step that puts an event on a date, changes it, or takes it out.

    Parameters
    ----------
    which
        Number of the event in the month; a new one if not given.
    name, span
        As in Excel; without a name it is taken out of the date.

    Raises
    ------
    KeyError
        If there is no such event, or it is repeated: that is changed on its sheet.
    """
    sheets = opened.sheets
    if which is None:
        free = sheets.free_line(EVENTS)
        if free is None or not name:
            raise KeyError(name)
        texts = {"name": name, "dates": date_cell(date), "span": span}
        return lambda: opened.put(_line(opened, free, texts))
    event = opened.problem.events[which]
    row = sheets.notes.places["events", which].row
    if date not in event.dates:
        raise KeyError(which)
    others = LIST.join(date_cell(one) for one in event.dates if one != date)
    if not name and not others and not event.weekdays:
        return lambda: opened.remove(EVENTS, row)
    if not name:
        return lambda: opened.put(_line(opened, row, {"dates": others}))
    return lambda: opened.put(_line(opened, row, {"name": name, "span": span}))


def _line(opened: OpenInput, row: int, texts: dict[str, str]) -> dict[CellPlace, str]:
    """Return the cells of a line; a time that is none is refused here already."""
    if texts.get("span"):
        try:
            read_value(COLUMNS["span"], texts["span"])
        except Wrong as error:
            told = _("“{text}” is no time from and to, such as 13:00-14:00.")
            raise NotUnderstood(told.format(text=texts["span"][:20])) from error
    places = {path: opened.sheets.place(EVENTS, row, COLUMNS[path]) for path in texts}
    return {place: texts[path] for path, place in places.items() if place is not None}
