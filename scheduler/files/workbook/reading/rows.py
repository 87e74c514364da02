"""Reading rows of tables and lines of keys and values, by the layout.

For the ledger and agreements, names, symbols and amounts of a row are resolved too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency.report import unknown_facts
from scheduler.audit.figures.stretches import stretches
from scheduler.domain.agreements import ON_CALL
from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import look_of, person_named, recognised
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.layout import AGREEMENTS, LINE, STAFF
from scheduler.files.workbook.reading.quantities import few_hours
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import is_empty, is_timed, show
from scheduler.rulebook import yielding
from scheduler.wording.notation import says_on_call
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import CellPlace, Loc, Notes
    from scheduler.files.workbook.reading.tables import Keys, Table, TableLine


NO_DATE = dt.date(2026, 12, 1)
"""Substitute for a date that could not be read."""

STAND_INS: dict[FieldKind, Any] = {
    FieldKind.TEXT: "-",
    FieldKind.SYMBOL: "-",
    FieldKind.QUALIFICATION: "-",
    FieldKind.INTEGER: 1,
    FieldKind.SIGNED: 0,
    FieldKind.HALVES: 0,
    FieldKind.THOUSANDTHS: 0,
    FieldKind.OVERNIGHT: 0,
    FieldKind.WEEKLY: [],
    FieldKind.CLOCK: 0,
    FieldKind.SPAN: (1260, 1800),
    FieldKind.YES_NO: False,
    FieldKind.FULL_TIME: True,
    FieldKind.EXCEPTION: next(iter(yielding())),
    FieldKind.AMOUNT: 1,
    FieldKind.DATE: NO_DATE,
}
"""Substitutes for wrong values of required fields, by kind.

The input is refused anyway, but the rest of it can still be checked.
"""


def stand_in(column: Column) -> Any:
    """Return a valid substitute for a value that was reported."""
    if column.kind is FieldKind.CHOICE and column.enum:
        return next(iter(column.enum))
    if column.kind is FieldKind.CHOICES and column.enum:
        return [next(iter(column.enum))]
    return STAND_INS.get(column.kind)


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Set the value at a dotted path, adding the dictionaries above it."""
    *above, last = path.split(".")
    for name in above:
        data = data.setdefault(name, {})
    data[last] = value


def read_cell(
    column: Column,
    raw: Any,
    place: CellPlace,
    loc: Loc,
    notes: Notes,
    period: Period | None = None,
) -> Any:
    """Return the value of a filled cell; if it is wrong, report it and substitute."""
    try:
        value = read_value(column, raw, period)
    except Wrong as wrong:
        notes.report(wrong.code, place, loc, **wrong.facts)
        return stand_in(column)
    if few := few_hours(column, raw, value):
        notes.warn("few_hours", [place], **few)
    return value


def read_keys(keys: Keys, notes: Notes, data: dict[str, Any]) -> None:
    """Read a sheet of keys and values into ``data``."""
    page = keys.page
    for column in page.layout.columns:
        row = keys.rows.get(column.path)
        if row is not None:
            cells = page.cells[row]
            raw = cells[keys.values] if len(cells) > keys.values else None
            loc = tuple(column.path.split("."))
            place = page.place(row, keys.values)
            notes.remember(loc, place, page.layout, column)
            _fill(data, column, raw, place, loc, notes)
        elif column.required:
            put(data, column.path, stand_in(column))


def read_rows(
    table: Table, notes: Notes, period: Period | None = None
) -> list[dict[str, Any]]:
    """Read the lines of a table; lines without a key are reported and left out.

    Parameters
    ----------
    period
        Period by which dates without a year are completed; by default that of
        ``notes``.
    """
    layout = table.page.layout
    dated_by = period or notes.period or notes.any_period
    read: list[dict[str, Any]] = []
    for line in table.rows():
        if not _has_key(line, notes, dated_by):
            continue
        if lacks := _lacking(line):
            places = [line.place(one.path) for one in (layout.key, *lacks)]
            headings = "、".join(_(one.label) for one in lacks)
            facts = {"value": shown(line.key), "headings": headings}
            notes.report_all("name_alone", places, **facts)
            notes.lose(layout, line.key)
            continue
        loc: Loc = (*layout.section, len(read))
        notes.remember(loc, line.key_place, layout)
        values: dict[str, Any] = {}
        for column in layout.columns:
            if column.path in table.where and not column.shown_only:
                place, at = line.place(column.path), (*loc, *column.path.split("."))
                notes.remember(at, place, layout, column)
                _fill(values, column, line.raw(column.path), place, at, notes, dated_by)
        read.append(values)
    return read


def _lacking(line: TableLine) -> list[Column]:
    """Return what must be filled in on a line with nothing but its key."""
    table = line.table
    others = [c for c in table.page.layout.columns[1:] if c.path in table.where]
    is_alone = not any(line.is_filled(c.path) for c in others if c.path != LINE.path)
    return [c for c in others if c.required and is_alone]


def report_repeated_lines(table: Table | None, notes: Notes) -> None:
    """Report lines of staff with the same number: other sheets would know only one."""
    known: dict[object, CellPlace] = {}
    for line in table.rows() if table else ():
        if line.is_filled(LINE.path):
            place, raw = line.place(LINE.path), line.raw(LINE.path)
            if place != known.setdefault(raw, place):
                facts = {"heading": _(LINE.heading), "number": shown(raw)}
                notes.report_all("number_twice", [place, known[raw]], **facts)


def _has_key(line: TableLine, notes: Notes, period: Period | None) -> bool:
    """Tell whether a line has a valid key; report it if not."""
    layout: Sheet = line.table.page.layout
    place, raw = line.key_place, line.key
    if is_empty(raw) and place in notes.followed:
        where = line.table.where
        filled = filter(line.is_filled, sorted(where, key=where.__getitem__))
        notes.warn("name_gone", [*map(line.place, filled)], sheet=_(STAFF.title))
        return False
    if is_empty(raw):
        notes.report("missing_value", place, heading=_(layout.key.heading))
        notes.lose(layout)
        return False
    if place in notes.broken:
        notes.lose(layout)
        return False
    try:
        key = read_value(layout.key, raw, period)
    except Wrong as wrong:
        notes.report(wrong.code, place, **wrong.facts)
        notes.lose(layout, raw)
        return False
    about = date_text(key) if isinstance(key, dt.date) else show(layout.key, key)
    notes.names[place.sheet, place.row] = (place.column, str(about))
    return True


def _fill(
    data: dict[str, Any],
    column: Column,
    raw: Any,
    place: CellPlace,
    loc: Loc,
    notes: Notes,
    period: Period | None = None,
) -> None:
    if not is_empty(raw):
        before = len(notes.mistakes)
        value = read_cell(column, raw, place, loc, notes, period)
        is_sound = len(notes.mistakes) == before and place not in notes.broken
        if is_sound or column.required:
            put(data, column.path, value)
    elif column.required:
        notes.report("missing_value", place, loc, heading=_(column.label))
        put(data, column.path, stand_in(column))


def refuse_entries(
    line: TableLine, columns: Iterable[Column], event: str, notes: Notes
) -> None:
    """Report entries of a line in columns that do not apply to what it says."""
    for column in columns:
        if line.is_filled(column.path):
            facts = {"heading": _(column.heading), "event": event}
            notes.report("not_of_event", line.place(column.path), **facts)


Find = Callable[[str, Sequence[str]], str | None]
"""Finds which of the known names a text stands for."""


def by_symbol_or_name(lines: Sequence[dict[str, Any]]) -> Find:
    """Return what finds a symbol by itself, or by the name beside it: 研修 is 研."""
    named = {one["name"]: one["symbol"] for one in lines if one.get("name")}

    def find(text: str, symbols: Sequence[str]) -> str | None:
        symbol = recognised(text, symbols)
        if symbol is not None:
            return symbol
        name = recognised(text, named)
        return None if name is None else named[name]

    return find


def use_known(
    line: dict[str, Any],
    name: str,
    known: Sequence[str],
    find: Find = recognised,
) -> None:
    """Replace a name, or each of a list, by the one of ``known`` that it stands for."""
    given = line.get(name)
    if isinstance(given, list):
        line[name] = [find(one, known) or one for one in given]
    elif given is not None:
        line[name] = find(given, known) or given


def apart(given: Sequence[str], symbols: Sequence[str]) -> list[str]:
    """Part what was typed without anything between the symbols: 早日遅 is three."""
    found: list[str] = []
    for text in given:
        signs = [recognised(sign, symbols) for sign in look_of(text)]
        together = text not in symbols and None not in signs
        found += [sign for sign in signs if sign] if together else [text]
    return list(dict.fromkeys(found))


def read_ledger(
    table: Table, names: Sequence[str], symbols: Sequence[str], notes: Notes
) -> list[dict[str, Any]]:
    """Read the ledger, with names and symbols as the other sheets write them."""
    _check_names(table, names, notes)
    lines = read_rows(table, notes)
    for line in lines:
        use_known(line, "staff", names, person_named)
        for one in line.get("shifts", ()):
            use_known(one, "shift", symbols)
    return lines


def _check_names(table: Table, names: Sequence[str], notes: Notes) -> None:
    """Report unknown names on lines that have nothing but a name."""
    read = {line.row for line in table.rows()} | table.own
    for line in table.below():
        if line.row in read or is_empty(line.key):
            continue
        if person_named(shown(line.key, whole=True), names) is None:
            facts = unknown_facts(shown(line.key), names)
            notes.report("unknown_person", line.key_place, **facts)


AMOUNT = next(one for one in AGREEMENTS.columns if one.kind is FieldKind.AMOUNT)


def read_agreements(
    table: Table, problem: Problem, notes: Notes
) -> list[dict[str, Any]]:
    """Read the agreements, given a problem that is otherwise complete.

    Names and symbols are replaced by those of the problem that look alike, and for a
    limit by the week, a date by the first date of its week in the period.
    """
    lines = read_rows(table, notes, problem.period)
    return [_agreement(index, line, problem, notes) for index, line in enumerate(lines)]


def _agreement(
    index: int, line: dict[str, Any], problem: Problem, notes: Notes
) -> dict[str, Any]:
    spot = line["spot"]
    key = spot["facet"]
    spot["rule"], spot["facet"] = key
    use_known(spot, "staff", [member.name for member in problem.staff], person_named)
    if "name" in spot:
        spot["name"] = _name(key, spot["name"], problem)
    if "date" in spot and yielding()[key].weekly:
        spot["date"] = _first_of_week(spot["date"], problem)
    amount = _amount(("agreements", index, "amount"), key, line["amount"], notes)
    until = {"until": line["until"]} if "until" in line else {}
    return {"spot": spot, "amount": amount, **until}


def _name(key: tuple[str, str], text: str, problem: Problem) -> str:
    """Return the cover rule, days, shift, on-call key or count that a text names."""
    if key[0] == "K-02":
        rules = [rule.name for rule in problem.cover_rules]
        return recognised(text, rules) or text
    if key[0] == "G":
        names = [one.name for one in stretches(problem, must=True)]
        return recognised(text, names) or text
    symbol = recognised(text, [shift.symbol for shift in problem.shifts])
    if symbol is not None:
        return symbol
    if key[0] == "P-09":
        counted = words.member_of(text, Counted)
        return text if counted is None else counted.value
    on_call = says_on_call(text) or words.means(text, words.ON_CALL_ROW)
    return ON_CALL if on_call else text


def _first_of_week(date: dt.date, problem: Problem) -> dt.date:
    first_weekday = problem.office.settings.week_starts_on
    week = problem.period.week_in_period(date, first_weekday)
    return week[0] if date in problem.period else date


def _amount(loc: Loc, key: tuple[str, str], raw: Any, notes: Notes) -> Any:
    """Read an amount as a duration or a number, by the unit of the exception."""
    kind = FieldKind.DURATION if is_timed(yielding()[key]) else FieldKind.INTEGER
    column = replace(AMOUNT, kind=kind)
    place = notes.places[loc]
    notes.remember(loc, place, AGREEMENTS, column)
    if any(mistake.loc == loc for mistake in notes.mistakes):
        return raw
    return read_cell(column, raw, place, loc, notes)
