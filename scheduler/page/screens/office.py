"""事業所の準備: a new office, its places, shifts, staff, week of use, house rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.likeness import look_of
from scheduler.domain.period import Period
from scheduler.files.holidays_jp import make_period
from scheduler.files.next_month import a_month_after
from scheduler.files.paths import make_folder, safe_name
from scheduler.files.problems import WORKBOOK
from scheduler.files.saving import save_new
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.input_cells import InputCells
from scheduler.files.workbook.layout import OFFICE, SHEETS, SHIFTS, STAFF
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.reading.times import Wrong, read_date
from scheduler.files.workbook.write_input import input_bytes
from scheduler.files.workbook.writing.tables import SPARE_LINES
from scheduler.page import clock
from scheduler.page.books import NoSuchBook
from scheduler.page.office import (
    SEVERAL,
    STEPS,
    OfficeField,
    OfficeGrid,
    OfficeSheet,
    OfficeStep,
    office_grid,
    shown_text,
    ticked_text,
)
from scheduler.page.office_examples import EXAMPLES, SHIFTS_OF, Example
from scheduler.page.open_input import LONGEST, OpenInput
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.edited import EditedScreen, number
from scheduler.page.screens.home import next_input
from scheduler.page.screens.review import INPUTS
from scheduler.page.shift_bars import shift_bars
from scheduler.wording.times import period_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk


SHIFT_PATHS = ("symbol", "name", "kind", "start", "end")
"""Columns of the shift table that stand beside the bars; the others are folded."""

STAFF_PATHS = ("roles", "shifts", "on_call", "qualifications")
"""Lines of a person's card that are always open, below name and employment."""

OF_FEW = (
    "office.capacity_limit.",
    "office.group_home_night",
    "office.last_closed.",
    "office.last_year.",
    "office.left_to_main",
    "office.main_office",
    "office.monthly_revenue",
    "office.same_premises",
    "office.travel",
    "office.users_record.source",
)
"""What paths of the sheet 事業所 begin with that only some offices fill in."""


def latest(request: Request) -> Response:
    """Go to the input that is being filled in: one not complete yet, else the next."""
    desk = desk_of(request)
    found = next(iter(desk.begun()), None) or next_input(desk, desk.library.rosters())
    if found is None:
        return screen(request, "none.html", here="office", missing="office")
    return RedirectResponse(f"/office/{found.id}", 303)


class OfficeScreen(EditedScreen["OpenInput"]):
    """The sheets of an input that say what the office is."""

    name = "office"
    longest = LONGEST
    forms = (*EditedScreen.forms, "add", "remove")

    def find(self, desk: FrontDesk, book_id: str) -> OpenInput:
        """Return the open input."""
        opened = desk.material(book_id)
        try:
            opened.sheets  # noqa: B018 - a workbook that cannot be opened is none
        except InputError as error:
            raise NoSuchBook(book_id) from error
        return opened

    def way(self, request: Request, opened: OpenInput) -> str:
        """Return the address of the screen with the step that is shown."""
        return f"{super().way(request, opened)}?step={_step(request).name}"

    def step_of(self, request: Request, opened: OpenInput) -> Callable[[], None]:
        """Return the step of a form with the ``cell`` and its ``text``.

        With ``ticked``, on or off, the text is a single choice of several.
        """
        form = request.state.form
        layout, row, column = _cell(opened.sheets, str(form.get("cell", "")))
        place = opened.sheets.place(layout, row, column)
        if place is None:
            raise IndexError(row)
        text = str(form.get("text", "")).strip()
        if column.kind in SEVERAL and form.get("ticked"):
            is_on = form["ticked"] == "on"
            text = ticked_text(column, opened.sheets.text(place), text, is_on=is_on)
        if layout is STAFF and column is STAFF.key:
            return lambda: opened.rename(place, text)
        return lambda: opened.put({place: text})

    def add(self, request: Request) -> Response:
        """Add a line to start from, and show the step with it."""
        opened = self.opened(request)
        asked = str(request.state.form.get("example", ""))
        example = next((one for one in EXAMPLES if one.name == asked), None)
        row = opened.sheets.free_line(example.layout) if example else None
        if example is None or row is None:
            raise HTTPException(404)
        texts = dict(_line(opened.sheets, example, row))
        return self.step(request, opened, lambda: opened.put(texts))

    def remove(self, request: Request) -> Response:
        """Take out a line; a person's on every sheet."""
        opened, form = self.opened(request), request.state.form
        try:
            layout = SHEETS[number(form.get("sheet", ""))]
            row = number(form.get("row", ""))
        except IndexError:
            raise HTTPException(404) from None
        with opened.lock:
            if row not in opened.sheets.lines(layout):
                raise HTTPException(404)
        return self.step(request, opened, lambda: opened.remove(layout, row))

    def grid(self, request: Request, opened: OpenInput) -> OfficeGrid:
        """Return the fields of the step as they are now."""
        return office_grid(opened, _step(request))

    def changed(self, before: OfficeGrid, after: OfficeGrid) -> tuple[Any, ...]:
        """Return the fields that differ, and whole sheets whose lines do."""
        old = {field.id: field for field in before.fields}
        rows = {one.number: one.rows for one in before.all_sheets}
        found: list[OfficeSheet | OfficeField] = []
        for sheet in after.all_sheets:
            if rows.get(sheet.number) != sheet.rows:
                found.append(sheet)
                continue
            found += [one for one in sheet.fields if old.get(one.id) != one]
        return tuple(found)

    def values(self, request: Request, opened: OpenInput) -> dict[str, Any]:
        """Return what the templates need."""
        step = _step(request)
        period = opened.sheets.notes.period
        here = STEPS.index(step)
        return {
            "step": step,
            "steps": STEPS,
            "before": STEPS[here - 1] if here else None,
            "after": STEPS[here + 1] if here + 1 < len(STEPS) else None,
            "examples": [one for one in EXAMPLES if one.layout in step.sheets],
            "chart": shift_bars(opened.sheets) if SHIFTS in step.sheets else None,
            "shift_paths": SHIFT_PATHS,
            "staff_paths": STAFF_PATHS,
            "words_of": words_of,
            "parted": parted,
            "month": period_text(period) if period else "",
        }


def _step(request: Request) -> OfficeStep:
    form = getattr(request.state, "form", {})
    asked = request.query_params.get("step") or str(form.get("step", ""))
    return next((one for one in STEPS if one.name == asked), STEPS[0])


def _cell(cells: InputCells, told: str) -> tuple[Sheet, int, Column]:
    """Return the sheet, row and column that an id of a cell names."""
    numbers = [number(one) for one in told.split("-")]
    if len(numbers) != 3:
        raise IndexError(told)
    layout = SHEETS[numbers[0]]
    known = (*cells.lines(layout), cells.free_line(layout))
    is_there = layout.has_keys or numbers[1] in known
    for column in layout.columns if is_there else ():
        place = cells.place(layout, numbers[1], column)
        if place is not None and place.column == numbers[2]:
            return layout, numbers[1], column
    raise IndexError(told)


def _line(
    cells: InputCells, example: Example, row: int
) -> Iterator[tuple[CellPlace, str]]:
    """Yield the cells of a line to start from."""
    for column in example.layout.columns:
        place = cells.place(example.layout, row, column)
        if place is None:
            continue
        if column.path == SHIFTS_OF and example.kinds:
            yield place, "、".join(_shifts_of(cells, example))
        elif column is STAFF.key:
            yield place, _free_name(cells)
        elif column.path in example.values:
            yield place, shown_text(column, example.values[column.path])


def _shifts_of(cells: InputCells, example: Example) -> Iterator[str]:
    """Yield the office's shifts of such a person: by their kinds, and their roles."""
    kind, roles = (
        next(column for column in SHIFTS.columns if column.path == path)
        for path in ("kind", "roles")
    )
    own = set(example.values["roles"])
    for place, symbol in cells.names(SHIFTS):
        asked = cells.value(SHIFTS, place.row, roles) or own
        if cells.value(SHIFTS, place.row, kind) in example.kinds and own & set(asked):
            yield symbol


def _free_name(cells: InputCells) -> str:
    """Return a name that nobody has yet, to be typed over."""
    taken = {text for _place, text in cells.names(STAFF)}
    names = (_("Person {number}").format(number=n) for n in range(1, 1000))
    return next(name for name in names if name not in taken)


RANGES = {
    N_("contract hours of the month"): ("contract.minutes_min", "contract.minutes_max"),
    N_("nights of the month"): ("contract.nights_min", "contract.nights_max"),
}
"""Two columns that say one thing: the least and the most of it."""
NO_TIME = "0:00"

MOST = 4
"""Most things that are said."""


def parted(
    sheet: OfficeSheet,
) -> tuple[dict[str, OfficeField], dict[str, OfficeField]]:
    """Return the cells of a sheet of keys that all offices fill in, and the others."""
    fields = sheet.lines[0].fields
    of_few = {path: one for path, one in fields.items() if path.startswith(OF_FEW)}
    return {path: one for path, one in fields.items() if path not in of_few}, of_few


def words_of(
    fields: Mapping[str, OfficeField], told: Collection[str] = ()
) -> tuple[str, ...]:
    """Say what is typed in the columns that are folded, ranges first.

    Parameters
    ----------
    told
        Paths of the columns that stand open.
    """
    paired = {path for pair in RANGES.values() for path in pair}
    rest = (
        f"{one.label} {one.text}"
        for path, one in fields.items()
        if path not in paired and path not in told
        if one.look == "text" and one.text not in ("", NO_TIME)
    )
    return (*_ranges(fields), *rest)[:MOST]


def _ranges(fields: Mapping[str, OfficeField]) -> Iterator[str]:
    for name, pair in RANGES.items():
        least, most = (fields[one].text if one in fields else "" for one in pair)
        if most == "0":
            text = _("{what}: none")
        elif least and most and least != most:
            text = _("{what}: {least} to {most}")
        elif most and least != most:
            text = _("{what}: at most {most}")
        elif least and least != most:
            text = _("{what}: at least {least}")
        elif least:
            text = _("{what}: {least}")
        else:
            continue
        yield text.format(what=_(name), least=least, most=most)


MOST_PEOPLE = 200
LONGEST_NAME = 60


def ask_for_new(request: Request) -> Response:
    """Ask for what a new workbook needs to begin with."""
    return _asked_for_new(request)


def begin(request: Request) -> Response:
    """Write the workbook of a new office, and go to its set-up.

    The form has the ``name``, the ``first`` date of the roster, which goes to the day
    before, a month later, and how many ``people``: in digits of either width, perhaps
    with 人.
    """
    form = request.state.form
    name = " ".join(str(form.get("name", "")).split())[:LONGEST_NAME]
    period = _month_from(str(form.get("first", "")))
    people = look_of(form.get("people", "")).rstrip("人名")
    if not name:
        return _asked_for_new(request, _("Type the name of the office."))
    if period is None:
        return _asked_for_new(request, _("Choose the first date, such as 2027/2/1."))
    is_number = people.isdecimal() and len(people) < 4
    if not is_number or not 1 <= int(people) <= MOST_PEOPLE:
        told = _("Type how many people work there, 1 to {most}.")
        return _asked_for_new(request, told.format(most=MOST_PEOPLE))
    desk = desk_of(request)
    folder = desk.library.folder / INPUTS
    make_folder(folder)
    target = folder / f"{safe_name(name)}-{period.first:%Y-%m}{WORKBOOK}"
    data = new_office(name, period, int(people))
    try:
        save_new(data, target)
    except OutputError as error:
        return _asked_for_new(request, str(error))
    return RedirectResponse(f"/office/{desk.library.at(target).id}", 303)


def new_office(name: str, period: Period, people: int) -> bytes:
    """Return the workbook of a new office with nothing but its name."""
    written = input_bytes(period, people + SPARE_LINES)
    cells = InputCells(written)
    column = next(one for one in OFFICE.columns if one.path == "office.name")
    row = cells.key_row(OFFICE, column)
    place = cells.place(OFFICE, row, column) if row else None
    return with_cells(written, {place: name} if place else {})


def _month_from(text: str) -> Period | None:
    try:
        first = read_date(text)
    except Wrong:
        return None
    return make_period(first, a_month_after(first) - dt.timedelta(days=1))


def _asked_for_new(request: Request, told: str = "") -> Response:
    form = getattr(request.state, "form", {})
    today = clock.today()
    soon = a_month_after(today.replace(day=1))
    given = {
        "told": told,
        "typed": str(form.get("name", "")),
        "first": str(form.get("first", "") or soon),
        "people": str(form.get("people", "")) or "15",
    }
    status = 422 if told else 200
    return screen(request, "begin.html", here="office", status=status, **given)
