"""The frame of a grid: dates in a row, people in a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.i18n import _
from scheduler.workbook import words
from scheduler.workbook.layout import STAFF
from scheduler.workbook.reading.values import Wrong, is_empty, read_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from scheduler.workbook.reading.notes import Notes, Place
    from scheduler.workbook.reading.sheets import Page, Table

Refusal = tuple[str, dict[str, object]]
"""Code and facts of a mistake."""

LABELS = (
    words.WEEKDAY_ROW,
    words.HOLIDAY_ROW,
    words.ON_CALL_ROW,
    words.REMARKS,
)
"""First cells of rows that are no person's."""


@dataclass(frozen=True)
class GridCell:
    """A filled cell of a person and a date, or of a labelled row."""

    name: str
    date: dt.date
    raw: Any
    place: Place


@dataclass(frozen=True)
class Grid:
    """The filled cells of a grid."""

    people: tuple[GridCell, ...]
    labelled: dict[str, tuple[GridCell, ...]]
    rows: dict[str, int]
    """Row of each person, from 0."""
    dates: tuple[dt.date, ...]


def read_grid(
    table: Table,
    names: Sequence[str],
    fits: Callable[[dt.date], Refusal | None],
    notes: Notes,
) -> Grid:
    """Read a grid; rows of strangers and columns of other dates are reported.

    Parameters
    ----------
    names
        The staff list.  Where it is in doubt, strangers are passed over in silence.
    fits
        Says what is wrong with a date that does not belong in the grid.
    """
    page = table.page
    dates = _dates(table, fits, notes)
    rows: dict[str, int] = {}
    labelled: dict[str, tuple[GridCell, ...]] = {}
    for row in range(table.head + 1, len(page.cells)):
        raw = page.cells[row][table.where["staff"]]
        if is_empty(raw):
            _check_nameless(page, row, table, dates, notes)
            continue
        label = words.which(str(raw), LABELS)
        if label is not None:
            labelled[label] = tuple(_cells(page, row, label, dates))
        else:
            _add_person(
                str(raw), page.place(row, table.where["staff"]), rows, names, notes
            )
    people = tuple(
        cell for name, row in rows.items() for cell in _cells(page, row, name, dates)
    )
    return Grid(people, labelled, rows, tuple(dates.values()))


def person_of(text: str, names: Sequence[str]) -> str | None:
    """Return the person that is meant, whatever blanks and widths are used."""
    if text.strip() in names:
        return text.strip()
    told = words.plain(text)
    found = [name for name in names if words.plain(name) == told]
    return found[0] if len(found) == 1 else None


def _dates(
    table: Table, fits: Callable[[dt.date], Refusal | None], notes: Notes
) -> dict[int, dt.date]:
    page = table.page
    dates: dict[int, dt.date] = {}
    seen = False
    for number, raw in enumerate(page.cells[table.head]):
        known = number in table.where.values()
        if known or is_empty(raw) or words.means(str(raw), words.REMARKS):
            continue
        place = page.place(table.head, number)
        seen = True
        try:
            date = read_date(raw)
        except Wrong as wrong:
            notes.report(wrong.code, place, **wrong.facts)
            notes.doubt(page.layout)
            continue
        if date in dates.values():
            notes.report("date_twice", place, date=date)
            continue
        refusal = fits(date)
        if refusal is not None:
            notes.report(refusal[0], place, **refusal[1])
            continue
        dates[number] = date
    if not seen and page.layout.title not in notes.doubtful:
        notes.report("missing_dates", page.place(table.head, 0))
        notes.doubt(page.layout)
    return dates


def _cells(
    page: Page, row: int, name: str, dates: dict[int, dt.date]
) -> Iterator[GridCell]:
    for number, date in dates.items():
        raw = page.cells[row][number]
        if not is_empty(raw):
            yield GridCell(name, date, raw, page.place(row, number))


def _add_person(
    text: str, place: Place, rows: dict[str, int], names: Sequence[str], notes: Notes
) -> None:
    name = person_of(text, names)
    if name is None and STAFF.title in notes.doubtful:
        return
    if name is None:
        facts = {"value": text.strip(), "known": "、".join(names)}
        notes.report("unknown_person", place, **facts)
    elif name in rows:
        notes.report("person_twice", place, name=name)
    else:
        rows[name] = place.row - 1


def _check_nameless(
    page: Page, row: int, table: Table, dates: dict[int, dt.date], notes: Notes
) -> None:
    """Report a row that has entries but no name."""
    if any(True for _cell in _cells(page, row, "", dates)):
        place = page.place(row, table.where["staff"])
        heading = _(page.layout.key.heading)
        notes.report("missing_value", place, heading=heading)
