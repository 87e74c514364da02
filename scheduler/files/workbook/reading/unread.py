"""What somebody typed and no reader takes: said, never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import KEY_HEADINGS
from scheduler.files.workbook.layout import AGREEMENTS
from scheduler.files.workbook.reading.grids import LABELS, UNREAD_ROWS
from scheduler.files.workbook.reading.sheets import Keys, heading_of, headings_of
from scheduler.files.workbook.reading.values import is_empty
from scheduler.files.workbook.writing.agreements import HEADINGS
from scheduler.wording.translation import _, spellings

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import Notes, Place
    from scheduler.files.workbook.reading.sheets import Page, Table


def warn_of_columns(table: Table, no_value: set[Place], notes: Notes) -> None:
    """Tell of entries in columns whose heading is none that is read.

    Parameters
    ----------
    no_value
        Cells that have a formula and no value: they look empty.
    """
    page = table.page
    for number, raw in enumerate(page.cells[table.head]):
        if number in table.where.values() or _may_be_filled(page, raw):
            continue
        filled = [
            place
            for row in range(table.head + 1, len(page.cells))
            if (place := page.place(row, number)) in no_value
            or not is_empty(page.cells[row][number])
        ]
        if filled:
            heading = shown(raw) if not is_empty(raw) else _("(no heading)")
            notes.warn("not_read", filled, heading=heading)


def check_lines(keys: Keys, notes: Notes) -> None:
    """Tell of lines that are none of the sheet's, and of those that stand twice."""
    page, number = keys.page, keys.column
    known = {
        name: column.heading
        for column in page.layout.columns
        for name in headings_of(column)
    }
    seen: dict[str, Place] = {}
    for row, cells in enumerate(page.cells):
        key = "" if is_empty(cells[number]) else heading_of(cells[number])
        place = page.place(row, number)
        if key in known:
            heading = known[key]
            if heading in seen:
                facts = {"heading": _(heading)}
                notes.report_all("line_twice", [place, seen[heading]], **facts)
            seen.setdefault(heading, place)
        elif _has_value(keys, cells) and key not in _key_headings():
            heading = shown(cells[number]) if key else _("(no heading)")
            filled = [page.place(row, keys.values)]
            notes.warn("not_read", filled, heading=heading)
        beyond = range(keys.values + len(KEY_HEADINGS) - 1, len(cells))
        filled = [page.place(row, n) for n in beyond if not is_empty(cells[n])]
        if filled:
            notes.warn("not_read", filled, heading=_("(no heading)"))


def report_uncalculated(found: Table | Keys, cells: set[Place], notes: Notes) -> None:
    """Report formulas whose value the workbook does not hold, where they are read."""
    page = found.page
    read = [
        place
        for place in sorted(cells)
        if place.sheet == page.name and _is_read(found, place)
    ]
    if read:
        notes.report_all("not_calculated", read)
        notes.broken.update(read)
        notes.doubt(page.layout)


def _is_read(found: Table | Keys, place: Place) -> bool:
    """Tell whether a reader looks at a cell."""
    row, number = place.row - 1, place.column - 1
    if isinstance(found, Keys):
        return number in (found.column, found.values)
    table, page = found, found.page
    heading = page.cells[table.head][number]
    if row < table.head or _may_be_filled(page, heading):
        return False
    if page.layout.labels:
        label = str(page.cells[row][table.where["staff"]])
        return words.which(label, LABELS) not in UNREAD_ROWS
    shown_only = {column.path for column in page.layout.columns if column.shown_only}
    read = [number for path, number in table.where.items() if path not in shown_only]
    return row == table.head or number in read


def _may_be_filled(page: Page, raw: object) -> bool:
    """Tell whether a heading is that of remarks, or of a list for reading only."""
    told = "" if is_empty(raw) else str(raw)
    lists = HEADINGS if page.layout is AGREEMENTS else ()
    return words.means(told, words.REMARKS) or any(
        words.means(told, heading) for heading, _width in lists
    )


def _has_value(keys: Keys, cells: tuple[Any, ...]) -> bool:
    return len(cells) > keys.values and not is_empty(cells[keys.values])


def _key_headings() -> set[str]:
    return {heading_of(word) for head in KEY_HEADINGS for word in spellings(head)}
