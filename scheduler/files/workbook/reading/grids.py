"""Reading grids of people and dates: headings, their dates, public holidays."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency.history import LONGEST_TAIL
from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.likeness import person_named
from scheduler.domain.period import Period
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.layout import (
    PERSON,
    PINS,
    REQUESTS,
    STAFF,
    TAIL,
)
from scheduler.files.workbook.reading.rows import refuse_entries
from scheduler.files.workbook.reading.tables import (
    SheetCells,
    Table,
    TableLine,
    tell_sum,
)
from scheduler.files.workbook.reading.times import Wrong, read_date
from scheduler.files.workbook.words import is_empty
from scheduler.wording.times import dates_told
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import CellPlace, Notes

Refusal = tuple[str, dict[str, object]]
"""Code and facts of the mistake for a date that does not belong in a grid."""

OF_MANY = {
    "date_outside": "dates_outside",
    "tail_in_period": "tail_of_other_dates",
    "tail_far": "tail_of_other_dates",
}
"""Code of the single mistake that replaces those of several dates of a sheet."""


@dataclass(frozen=True)
class GridCell:
    """A filled cell of a person and a date, or of a labelled row."""

    name: str
    date: dt.date
    raw: Any
    place: CellPlace

    @property
    def text(self) -> str:
        """Text of the cell, as somebody would have typed it."""
        return shown(self.raw, whole=True).strip()


@dataclass(frozen=True)
class Filled:
    """The filled cells of a grid."""

    people: tuple[GridCell, ...]
    labelled: dict[str, tuple[GridCell, ...]]
    rows: dict[str, int]
    """Row of each person, from 0."""
    dates: tuple[dt.date, ...]


ASKS = re.compile(r"\d(日|[/~〜～-]\d).*(休|有給|夜|早|遅|日勤|希望|不可)")
"""A remark that asks for something on a date: 10日休み希望."""


@dataclass
class _Found:
    """Rows and columns of a grid that is being read."""

    dates: dict[int, dt.date] = field(default_factory=dict)
    """Date of each column that is read."""
    told: set[int] = field(default_factory=set)
    """Columns that need no report: with a date or a mistake, or free for any text."""
    people: dict[str, int] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)


def read_grid(
    table: Table,
    names: Sequence[str],
    period: Period | None,
    fits: Callable[[dt.date], Refusal | None],
    notes: Notes,
) -> Filled:
    """Read a grid; unknown people and dates that do not belong in it are reported.

    Parameters
    ----------
    period
        Period by which dates without a year are completed.
    fits
        Returns what is wrong with a date, or ``None`` if it belongs in the grid.
    """
    page = table.page
    found = _Found()
    _read_dates(table, period, fits, notes, found)
    for line in table.below():
        _read_name(line, names, notes, found)
    _report_undated(table, notes, found)
    _warn_of_lineless(table, names, notes, found)
    people = tuple(
        cell
        for name, row in found.people.items()
        for cell in _cells(page, row, name, found.dates)
    )
    labelled = {
        label: tuple(_cells(page, row, label, found.dates))
        for label, row in found.labels.items()
    }
    heads = enumerate(page.row(table.head)) if page.layout is REQUESTS else ()
    own = [number for number, raw in heads if words.is_own(str(raw))]
    for row, number in product(found.people.values(), own):
        if ASKS.search(str(page.cells[row][number])):
            notes.warn("wish_in_remarks", [page.place(row, number)])
    if page.layout in (REQUESTS, PINS):
        _warn_of_colours(table, notes, found)
    dates = tuple(found.dates.values())
    return Filled(people, labelled, found.people, dates)


def _warn_of_colours(table: Table, notes: Notes, found: _Found) -> None:
    """Warn of cells that are marked by a colour alone, as on paper.

    A row or a column that has it for the most part is only easier to read by it.
    """
    page, dates, people = table.page, found.dates, found.people
    painted = {
        (row, number)
        for row, number in product(people.values(), dates)
        if page.place(row, number) in notes.painted
        and is_empty(page.cells[row][number])
    }
    rows = Counter(row for row, _number in painted)
    painted = {one for one in painted if 2 * rows[one[0]] <= len(dates)}
    columns = Counter(number for _row, number in painted)
    marked = sorted(one for one in painted if 2 * columns[one[1]] <= len(people))
    if marked:
        notes.warn("colour_alone", [page.place(*one) for one in marked])


def _read_dates(
    table: Table,
    period: Period | None,
    fits: Callable[[dt.date], Refusal | None],
    notes: Notes,
    found: _Found,
) -> None:
    page = table.page
    refused: dict[str, list[tuple[CellPlace, dt.date, dict[str, object]]]]
    refused = defaultdict(list)
    seen = False
    for number, raw in enumerate(page.row(table.head)):
        if number in table.where.values() or words.is_own(str(raw)):
            found.told.add(number)
            continue
        if is_empty(raw):
            continue
        place = page.place(table.head, number)
        found.told.add(number)
        seen = True
        try:
            date = read_date(raw, period)
        except Wrong as wrong:
            is_word = isinstance(raw, str) and not any(map(str.isdecimal, raw))
            code = "own_column" if is_word else wrong.code
            notes.report(code, place, **wrong.facts)
            notes.doubt(page.layout)
            continue
        refusal = fits(date)
        if date in found.dates.values():
            notes.report("date_twice", place, date=date)
        elif refusal is not None:
            refused[refusal[0]].append((place, date, refusal[1]))
        else:
            notes.dates[page.name, number + 1] = (table.head + 1, date)
            found.dates[number] = date
    _report_refused(refused, page.layout, notes)
    _warn_of_gap(table, found, notes)
    if not seen and page.layout.title not in notes.doubtful:
        notes.report("missing_dates", page.place(table.head, 0))
        notes.doubt(page.layout)


def _warn_of_gap(table: Table, found: _Found, notes: Notes) -> None:
    """Warn of dates between those of the headings that have no column."""
    dates = set(found.dates.values())
    if table.page.layout is TAIL or table.page.layout.title in notes.doubtful:
        return
    length = (max(dates) - min(dates)).days if dates else 0
    between = (min(dates) + dt.timedelta(days=one) for one in range(1, length))
    if gap := [date for date in between if date not in dates]:
        place = table.page.place(table.head, 0)
        notes.warn("dates_without_column", [place], dates=dates_told(gap))


def _report_refused(
    refused: dict[str, list[tuple[CellPlace, dt.date, dict[str, object]]]],
    layout: Sheet,
    notes: Notes,
) -> None:
    """Report dates that do not belong in the grid, several of a kind as one mistake."""
    for code, cells in refused.items():
        notes.doubt(layout)
        (place, _date, facts), *others = cells
        if not others:
            notes.report(code, place, **facts)
            continue
        dates = [date for _place, date, _facts in cells]
        span = {"from": min(dates), "to": max(dates)}
        notes.report(OF_MANY[code], place, **facts, **span)


def _cells(
    page: SheetCells, row: int, name: str, dates: dict[int, dt.date]
) -> Iterator[GridCell]:
    for number, date in dates.items():
        raw = page.cells[row][number]
        if not is_empty(raw):
            yield GridCell(name, date, raw, page.place(row, number))


def _read_name(
    line: TableLine, names: Sequence[str], notes: Notes, found: _Found
) -> None:
    """Read the name of a row; a row without a name must have no entries."""
    place = line.key_place
    if is_empty(line.key):
        _report_nameless(line, notes, found)
        return
    text = shown(line.key, whole=True).strip()
    is_own = words.is_own(text)
    label = words.REMARKS if is_own else words.which(text, words.LABELS)
    if label is not None:
        _add_label(line, label, notes, found)
        return
    name = person_named(text, names)
    if name is None and words.is_sum(text):
        tell_sum(place, text, notes)
    elif name is None:
        notes.report("unknown_person", place, **unknown_facts(text, names))
    elif name in found.people:
        if place in notes.followed and notes.is_partial(STAFF):
            return
        before = line.table.line(found.people[name]).key_place
        notes.report_all("person_twice", [place, before], name=name)
    else:
        notes.names[place.sheet, place.row] = (place.column, name)
        found.people[name] = line.row


def _report_nameless(line: TableLine, notes: Notes, found: _Found) -> None:
    """Report entries of a row without a name; those of somebody removed are no mistake.

    The name is then a formula that repeats an empty line of the staff list.
    """
    place, entries = line.key_place, _entries(line, found)
    if not entries:
        return
    if place in notes.followed:
        notes.warn("name_gone", entries, sheet=_(STAFF.title))
        notes.left_behind.add(place.sheet)
    else:
        notes.report("missing_value", place, heading=_(PERSON.heading))


def _warn_of_lineless(
    table: Table, names: Sequence[str], notes: Notes, found: _Found
) -> None:
    """Warn of people without a line where names follow the staff list by formula."""
    follows = any(line.key_place in notes.followed for line in table.below())
    left = [name for name in names if name not in found.people]
    partial = any(map(notes.is_partial, (STAFF, table.page.layout)))
    if follows and left and not partial:
        place = table.line(table.head).key_place
        notes.warn("no_line_for", [place], names="、".join(left))


def _add_label(line: TableLine, label: str, notes: Notes, found: _Found) -> None:
    """Add a labelled row; each label may occur once, and only where it is read.

    Entries in columns that are for people only are reported.
    """
    place, table = line.key_place, line.table
    if label in words.UNREAD_ROWS or not _entries(line, found):
        return
    if label in found.labels:
        before = table.line(found.labels[label]).key_place
        notes.report_all("row_twice", [place, before], heading=_(label))
    elif label not in table.page.layout.labels:
        notes.report("row_not_here", place, heading=_(label))
    else:
        found.labels[label] = line.row
        refuse_entries(line, table.page.layout.columns[1:], _(label), notes)


def _entries(line: TableLine, found: _Found) -> list[CellPlace]:
    """Return the filled cells of a row: of dates, of fields, or without a heading."""
    page, where = line.table.page, line.table.where
    cells = page.cells[line.row]
    undated = set(range(len(cells))) - found.told
    own = set(where.values()) - {where[PERSON.path]}
    columns = found.dates.keys() | undated | own
    return [
        page.place(line.row, number)
        for number in sorted(columns)
        if not is_empty(cells[number])
    ]


def _report_undated(table: Table, notes: Notes, found: _Found) -> None:
    """Report entries in columns without a heading."""
    page = table.page
    rows = [*found.people.values(), *found.labels.values()]
    for number in range(len(page.row(table.head))):
        if number in found.told:
            continue
        filled = [
            page.place(row, number)
            for row in sorted(rows)
            if not is_empty(page.cells[row][number])
        ]
        if filled:
            cells = "、".join(place.cell for place in filled)
            notes.report("no_date_above", page.place(table.head, number), cells=cells)
            notes.doubt(page.layout)


def inside(period: Period | None) -> Callable[[dt.date], Refusal | None]:
    """Return what tells why a date does not belong in a grid of the period."""

    def fits(date: dt.date) -> Refusal | None:
        if period is None or date in period:
            return None
        span = {"first": period.first, "last": period.last}
        return "date_outside", {"date": date, **span}

    return fits


def tail_span(period: Period | None) -> Period | None:
    """Return the dates that the tail may have, to complete dates without a year."""
    if period is None:
        return None
    eve = period.first - ONE_DAY
    return Period(first=period.first - dt.timedelta(days=LONGEST_TAIL), last=eve)


def before(period: Period | None) -> Callable[[dt.date], Refusal | None]:
    """Return what tells why a date does not belong in the tail before the period."""

    def fits(date: dt.date) -> Refusal | None:
        if period is None or 0 < (period.first - date).days <= LONGEST_TAIL:
            return None
        if date < period.first:
            facts = {"date": date, "limit": LONGEST_TAIL, "first": period.first}
            return "tail_far", facts
        return "tail_in_period", {"date": date, "first": period.first}

    return fits
