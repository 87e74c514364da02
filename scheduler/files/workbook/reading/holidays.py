"""Public holidays: named in the forecast, and beside last month's dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.likeness import look_of
from scheduler.files.workbook import words
from scheduler.files.workbook.layout import FORECAST
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.files.workbook.reading.grids import Grid
    from scheduler.files.workbook.reading.notes import Notes, Place

NO_NAMES = frozenset(
    {"なし", "無", "無し", "ない", "いいえ", "no", "false", "true", "n/a"}
)
"""What people write for nothing."""


def is_holiday_name(text: str) -> bool:
    """Tell whether a text is a name: it has a letter, and does not say “none”."""
    look = look_of(text).casefold()
    return any(sign.isalpha() for sign in look) and look not in NO_NAMES


def compare_holidays(
    grid: Grid | None,
    days: Sequence[dict[str, Any]],
    known: Sequence[tuple[dt.date, str, Place]],
    notes: Notes,
) -> None:
    """Tell of a public holiday that the forecast does not have, or calls otherwise.

    Only there it makes the date one.

    Parameters
    ----------
    days
        The dates of the forecast.
    known
        The public holidays that it names.
    """
    if grid is None or FORECAST.title in notes.doubtful:
        return
    looks: dict[object, str] = {day.get("date"): "" for day in days}
    looks |= {date: look_of(name) for date, name, _place in known}
    for cell in grid.labelled.get(words.HOLIDAY_ROW, ()):
        if looks.get(cell.date, look_of(cell.text)) != look_of(cell.text):
            facts = {"value": cell.text, "sheet": _(FORECAST.title)}
            notes.warn("holiday_elsewhere", [cell.place], **facts)


def named_holidays(tail: Grid, notes: Notes) -> Iterator[tuple[dt.date, str, Place]]:
    """Yield the public holidays that last month's dates name."""
    for cell in tail.labelled.get(words.HOLIDAY_ROW, ()):
        if isinstance(cell.raw, str) and is_holiday_name(cell.text):
            yield cell.date, cell.text, cell.place
        else:
            notes.report("not_holiday", cell.place, value=cell.text)
