"""Reading public holidays: their names in the tail, and in grids of the period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from scheduler.domain.likeness import look_of, spelling_of
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import FORECAST
from scheduler.files.workbook.reading.grids import Filled
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import CellPlace, Notes

NO_NAMES = frozenset(
    map(
        spelling_of,
        ["なし", "無", "無し", "ない", "いいえ", "no", "false", "true", "n/a"],
    )
)
"""Words that people write for "none"."""


def is_holiday_name(text: str) -> bool:
    """Tell whether a text may be a holiday's name: has a letter, and is no "none"."""
    look = spelling_of(text)
    return any(sign.isalpha() for sign in look) and look not in NO_NAMES


def compare_holidays(
    grid: Filled | None,
    days: Sequence[dict[str, Any]],
    known: Sequence[tuple[dt.date, str, CellPlace]],
    notes: Notes,
) -> None:
    """Warn of public holidays in a grid that the forecast has not, or names otherwise.

    Only those of the forecast are used.
    """
    if grid is None or notes.is_partial(FORECAST):
        return
    looks: dict[object, str] = {day.get("date"): "" for day in days}
    looks |= {date: look_of(name) for date, name, _place in known}
    for cell in grid.labelled.get(words.HOLIDAY_ROW, ()):
        if looks.get(cell.date, look_of(cell.text)) != look_of(cell.text):
            facts = {"value": cell.text, "sheet": _(FORECAST.title)}
            notes.warn("holiday_elsewhere", [cell.place], **facts)


def named_holidays(
    tail: Filled, notes: Notes
) -> Iterator[tuple[dt.date, str, CellPlace]]:
    """Yield the public holidays named in the tail."""
    for cell in tail.labelled.get(words.HOLIDAY_ROW, ()):
        if isinstance(cell.raw, str) and is_holiday_name(cell.text):
            yield cell.date, cell.text, cell.place
        else:
            notes.report("not_holiday", cell.place, value=cell.text)
