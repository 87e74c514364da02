"""The month's wishes, settled cells and expected users as texts, and a month with them.

A typed text means what it would mean in Excel, for it is read by the same reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.audit import consistency
from scheduler.domain.base import StaffId
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OnCall
from scheduler.files.workbook.layout import PINS, REQUESTS
from scheduler.files.workbook.month_cells import (
    COLUMNS,
    GRIDS,
    MaterialCell,
    MaterialPart,
)
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import show
from scheduler.files.workbook.writing.draft import draft_of
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.errors import Mistake
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.page.material_language import MaterialLanguage

Texts = dict[MaterialCell, str]

OF_PEOPLE = (MaterialPart.WISH, MaterialPart.SETTLED)
NUMBERS = (MaterialPart.DAY_USE, MaterialPart.OVERNIGHT, MaterialPart.VISIT)


def with_material(
    problem: Problem, edits: Texts, language: MaterialLanguage
) -> Problem:
    """Return a month with typed cells in the places of its own."""
    changed = {(cell.part, cell.who, cell.date) for cell in edits}
    requests = [
        one
        for one in problem.requests
        if (MaterialPart.WISH, one.staff, one.date) not in changed
    ]
    duties = [
        one
        for one in problem.pins.duties
        if (MaterialPart.SETTLED, one.staff, one.date) not in changed
    ]
    nights = [
        one
        for one in problem.pins.on_call
        if (MaterialPart.ON_CALL, "", one.date) not in changed
    ]
    days: dict[dt.date, dict[str, Any]] = {}
    for (part, who, date), text in edits.items():
        if part in COLUMNS and (text or part is MaterialPart.REMARK):
            days.setdefault(date, {})[part.value] = _value(part, text)
        elif text and part is MaterialPart.WISH:
            requests += [
                Request(staff=StaffId(who), date=date, **wish)
                for wish in language.wishes_of(text)
            ]
        elif text and part is MaterialPart.SETTLED:
            duties.append(language.duty_of(text, who, date))
        elif text:
            nights.append(OnCall(staff=StaffId(text), date=date))
    pins = problem.pins.model_copy(
        update={"duties": tuple(duties), "on_call": tuple(nights)}
    )
    known = problem.forecast_by_date
    forecast = problem.forecast.with_days(
        _with(known[date], values) for date, values in days.items()
    )
    update = {"requests": tuple(requests), "pins": pins, "forecast": forecast}
    return problem.model_copy(update=update)


def doubts(problem: Problem) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """Return what makes a month unusable, and what in it looks unintended.

    Each has the person and date that it is about, where the cell is a person's.
    """
    wrong, odd = consistency.mistakes(problem), consistency.warnings(problem)
    return (
        tuple(_placed(problem, one) for one in wrong),
        tuple(_placed(problem, one) for one in odd),
    )


def _placed(problem: Problem, mistake: Mistake) -> Mistake:
    match mistake.loc:
        case ("requests", int(number), *_rest):
            one: Request | Duty | OnCall = problem.requests[number]
            sheet = REQUESTS
        case ("pins", "duties", int(number), *_rest):
            one, sheet = problem.pins.duties[number], PINS
        case ("pins", "on_call", int(number), *_rest):
            one, sheet = problem.pins.on_call[number], PINS
        case _:
            return mistake.model_copy(update={"loc": (), "more": ()})
    place = {"sheet": _(sheet.title), "name": one.staff, "date": one.date}
    return mistake.model_copy(update={**place, "loc": (), "more": ()})


def written_texts(problem: Problem) -> Texts:
    """Return the texts of a month as its workbook would be written."""
    draft = draft_of(problem)
    found = {
        MaterialCell(part, who, date): text
        for part in (MaterialPart.WISH, MaterialPart.SETTLED)
        for (who, date), text in draft.grids[GRIDS[part].title].cells.items()
    }
    for date, name in draft.grids[PINS.title].on_call.items():
        found[MaterialCell(MaterialPart.ON_CALL, "", date)] = str(name)
    for day in problem.forecast.days:
        for part, column in COLUMNS.items():
            shown = show(column, getattr(day, part.value))
            found[MaterialCell(part, "", day.date)] = (
                "" if shown is None else str(shown)
            )
    return found


def _value(part: MaterialPart, text: str) -> Any:
    return read_value(COLUMNS[part], text) if text else ""


def _with(day: ForecastDay, values: dict[str, Any]) -> ForecastDay:
    """Return a date with typed numbers; what came from users' plans gives way."""
    plans = {
        f"{name}_at": None for name in values if f"{name}_at" in type(day).model_fields
    }
    return day.model_copy(update={**values, **plans})
