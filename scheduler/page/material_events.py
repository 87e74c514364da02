"""Events of one date, as lines of the sheet of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from scheduler.files.workbook.lists_layout import EVENTS
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import LIST, date_cell
from scheduler.page.opened import NotUnderstood
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import CellPlace
    from scheduler.page.open_input import OpenInput

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
    if not name and not others:
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
