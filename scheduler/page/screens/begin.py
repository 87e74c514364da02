"""A new office: the empty workbook that `shotaki init` writes, by a form."""

from __future__ import annotations

import calendar
import datetime as dt
import io

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from scheduler.domain.errors import OutputError
from scheduler.domain.period import Period
from scheduler.files.holidays_jp import make_period
from scheduler.files.paths import make_folder, safe_name
from scheduler.files.problems import WORKBOOK
from scheduler.files.saving import save_new
from scheduler.files.workbook.in_place import with_cells
from scheduler.files.workbook.input_cells import InputCells
from scheduler.files.workbook.layout import OFFICE
from scheduler.files.workbook.write_input import input_writer
from scheduler.page.rendering import desk_of, screen
from scheduler.page.screens.review import INPUTS
from scheduler.wording.translation import _

MOST_PEOPLE = 200
LONGEST_NAME = 60


def show(request: Request) -> Response:
    """Ask for what a new workbook needs to begin with."""
    return _asked(request)


def begin(request: Request) -> Response:
    """Write the workbook of a new office, and go to its set-up.

    The form has the ``name``, the ``month`` as YYYY-MM, and how many ``people``.
    """
    form = request.state.form
    name = " ".join(str(form.get("name", "")).split())[:LONGEST_NAME]
    period, people = _month(str(form.get("month", ""))), str(form.get("people", ""))
    if not name:
        return _asked(request, _("Type the name of the office."))
    if period is None:
        return _asked(request, _("Choose the month, such as 2027-02."))
    is_number = people.isascii() and people.isdecimal() and len(people) < 4
    if not is_number or not 1 <= int(people) <= MOST_PEOPLE:
        told = _("Type how many people work there, 1 to {most}.")
        return _asked(request, told.format(most=MOST_PEOPLE))
    desk = desk_of(request)
    folder = desk.library.folder / INPUTS
    make_folder(folder)
    target = folder / f"{safe_name(name)}-{period.first:%Y-%m}{WORKBOOK}"
    data = new_office(name, period, int(people))
    try:
        save_new(lambda file: file.write(data), target)
    except OutputError as error:
        return _asked(request, str(error))
    return RedirectResponse(f"/office/{desk.library.at(target).id}", 303)


def new_office(name: str, period: Period, people: int) -> bytes:
    """Return the workbook of a new office with nothing but its name."""
    written = io.BytesIO()
    input_writer(period, people)(written)
    cells = InputCells(written.getvalue())
    column = next(one for one in OFFICE.columns if one.path == "office.name")
    row = cells.key_row(OFFICE, column)
    place = cells.place(OFFICE, row, column) if row else None
    return with_cells(written.getvalue(), {place: name} if place else {})


def _month(text: str) -> Period | None:
    try:
        first = dt.datetime.strptime(text, "%Y-%m").date()
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return make_period(first, last)
    except ValueError:
        return None


def _asked(request: Request, told: str = "") -> Response:
    form = getattr(request.state, "form", {})
    today = dt.date.today()
    soon = (today.replace(day=1) + dt.timedelta(days=32)).strftime("%Y-%m")
    given = {
        "told": told,
        "typed": str(form.get("name", "")),
        "month": str(form.get("month", "")) or soon,
        "people": str(form.get("people", "")) or "15",
    }
    status = 422 if told else 200
    return screen(request, "begin.html", here="office", status=status, **given)
