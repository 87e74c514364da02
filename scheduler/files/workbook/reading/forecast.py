"""Reading expected users, by date and by weekday, and the day profiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scheduler.domain.fields import FieldKind
from scheduler.domain.forecast import ProfileEvent, Service
from scheduler.domain.likeness import look_of
from scheduler.files.validation import shown
from scheduler.files.workbook.layout import FORECAST, PROFILES
from scheduler.files.workbook.reading.holidays import is_holiday_name
from scheduler.files.workbook.reading.rows import (
    put,
    read_cell,
    read_rows,
    refuse_entries,
    stand_in,
    use_known,
)
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import is_empty
from scheduler.wording.names import name_of
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.reading.notes import CellPlace, Loc, Notes
    from scheduler.files.workbook.reading.tables import Table, TableLine

POINTS = (ProfileEvent.GUESTS_LEAVE, ProfileEvent.GUESTS_RETURN)
"""Events that a profile has exactly once; it may have several of the others."""
OF_VISITS = ("visits_per_worker", "workers")
"""Columns that apply to visits only."""
COLUMNS = {column.path: column for column in PROFILES.columns}

Profile = dict[str, Any]


def read_profiles(table: Table, notes: Notes) -> list[Profile]:
    """Read the day profiles in the order in which their names appear."""
    found: dict[str, tuple[int, Profile]] = {}
    """Index and profile, by the look of the name."""
    unclear: set[str] = set()
    for line in table.rows():
        name = _required(line, "name", (), notes)
        event = _required(line, "event", (), notes)
        if name is None:
            notes.lose(PROFILES)
            continue
        look = look_of(name)
        if look not in found:
            loc = ("office", "profiles", len(found))
            found[look] = (len(found), _empty(name))
            notes.remember(loc, line.place("name"), PROFILES)
            notes.remember((*loc, "name"), line.place("name"), PROFILES)
        if event is None:
            unclear.add(look)
        else:
            _add(*found[look], event, line, notes)
    if "percent" not in table.where:
        return [flat_profile(profile["name"]) for _index, profile in found.values()]
    for look, (index, profile) in found.items():
        _check_profile(index, profile, notes, silent=look in unclear)
    return [profile for _index, profile in found.values()]


def _optional(line: TableLine, path: str, loc: Loc, notes: Notes) -> Any:
    """Return the value of a cell; ``None`` if nothing, or something wrong, is there."""
    if not line.is_filled(path):
        return None
    place, before = line.place(path), len(notes.mistakes)
    notes.remember(loc, place, PROFILES, COLUMNS[path])
    value = read_cell(COLUMNS[path], line.raw(path), place, loc, notes)
    return value if len(notes.mistakes) == before else None


def _required(line: TableLine, path: str, loc: Loc, notes: Notes) -> Any:
    """Return the value of a cell likewise; report it if nothing is there."""
    if path in line.table.where and not line.is_filled(path):
        heading = _(COLUMNS[path].heading)
        notes.report("missing_value", line.place(path), loc, heading=heading)
    return _optional(line, path, loc, notes)


def flat_profile(name: str) -> Profile:
    """Return a substitute for a profile that could not be read."""
    at_once = [{"at": 0, "percent": 100}]
    moves = {"arrivals": at_once, "departures": at_once}
    return {"name": name, **moves, "guests_leave": 0, "guests_return": 0}


def _empty(name: str) -> Profile:
    return {"name": name, "arrivals": [], "departures": [], "visits": []}


def _add(
    index: int, profile: Profile, event: ProfileEvent, line: TableLine, notes: Notes
) -> None:
    base: Loc = ("office", "profiles", index)
    if event in POINTS:
        part = event.value
        _refuse(line, ("percent", *OF_VISITS), event, notes)
        at = _required(line, "at", (*base, part), notes)
        if isinstance(at, tuple):
            notes.report("not_clock", line.place("at"), (*base, part), value=at)
            at = None
        if part in profile:
            facts = {"profile": profile["name"], "event": name_of(event)}
            notes.report("profile_part_twice", line.place("event"), base, **facts)
        profile[part] = at or 0
        return
    entries = profile[event.value]
    loc = (*base, event.value, len(entries))
    notes.remember(loc, line.place("at"), PROFILES)
    visits = event is ProfileEvent.VISITS
    at = _required(line, "at", (*loc, "span" if visits else "at"), notes)
    if at is not None and isinstance(at, tuple) != visits:
        code = "not_span" if visits else "not_clock"
        notes.report(code, line.place("at"), (*loc, "at"), value=at)
        at = None
    percent = _optional if visits else _required
    entry = {"percent": percent(line, "percent", (*loc, "percent"), notes)}
    if visits:
        entry["span"] = at or (0, 1)
        for path in OF_VISITS:
            entry[path] = _optional(line, path, (*loc, path), notes)
    else:
        entry["at"] = at or 0
        _refuse(line, OF_VISITS, event, notes)
    entries.append({key: value for key, value in entry.items() if value is not None})


def _refuse(
    line: TableLine, paths: Iterable[str], event: ProfileEvent, notes: Notes
) -> None:
    refuse_entries(line, (COLUMNS[path] for path in paths), name_of(event), notes)


def _check_profile(index: int, profile: Profile, notes: Notes, *, silent: bool) -> None:
    """Report and substitute the events that a profile must have but has not.

    Nothing is reported if ``silent``: a line that was not understood may be the one.
    """
    loc: Loc = ("office", "profiles", index)
    for event in (ProfileEvent.ARRIVAL, ProfileEvent.DEPARTURE, *POINTS):
        part = event.value
        if part in profile and profile[part] != []:
            continue
        facts = {"profile": profile["name"], "event": name_of(event)}
        if not silent:
            notes.report("profile_part", notes.place_of(loc), loc, **facts)
        profile[part] = 0 if event in POINTS else [{"at": 0, "percent": 100}]


BY_WEEKDAY = replace(FORECAST.key, kind=FieldKind.WEEKDAYS)
"""The first column of a line whose numbers hold for weekdays."""
WEEKDAY = "weekday"
"""Path of the column that shows the weekday of a date."""
NUMBERS = tuple(Service)
BY_PLAN = replace(
    FORECAST,
    columns=tuple(
        replace(column, required=column.required and column.path not in NUMBERS)
        for column in FORECAST.columns
    ),
)
"""The sheet with numbers that may be left out."""
OF_WEEKDAYS = replace(
    BY_PLAN,
    columns=(
        BY_WEEKDAY,
        *(c for c in BY_PLAN.columns if c.path in (*NUMBERS, "profile")),
    ),
    section=("forecast", "weekdays"),
)

Holidays = list[tuple[dt.date, str, "CellPlace"]]


def read_forecast(
    table: Table, profiles: Sequence[str], notes: Notes, *, has_users: bool
) -> tuple[list[dict[str, Any]], Holidays]:
    """Return the dates and the public holidays that the sheet names.

    A number that a date leaves empty is that of its weekday's line, if there is one.
    Otherwise it stays out where users are entered one by one, or is reported.
    """
    table = _with_typed_weekdays(table, notes)
    page = table.page
    if not has_users and _is_blank(table):
        place = page.place(table.head + 1, table.where["day_users"])
        notes.report("forecast_empty", place)
        notes.doubt(FORECAST)
        return [], []
    named = _part(table, _names_weekdays)
    named = replace(named, page=replace(named.page, layout=OF_WEEKDAYS))
    dated = _part(table, lambda raw: not _names_weekdays(raw))
    dated = replace(dated, page=replace(dated.page, layout=BY_PLAN))
    _warn_of_dates_own(named, notes)
    weekdays = read_rows(named, notes)
    days, holidays = read_rows(dated, notes), Holidays()
    for index, day in enumerate(days):
        loc = ("forecast", "days", index)
        name, date = day.pop("holiday", None), day.get("date")
        if name and isinstance(date, dt.date):
            place = notes.places[(*loc, "holiday")]
            if is_holiday_name(name):
                holidays.append((date, name, place))
            else:
                notes.report("not_holiday", place, value=name)
        _complete(day, index, weekdays, notes, has_users=has_users)
        day.setdefault("profile", profiles[0])
        use_known(day, "profile", profiles)
    return days, holidays


def _complete(
    day: dict[str, Any],
    index: int,
    weekdays: Sequence[dict[str, Any]],
    notes: Notes,
    *,
    has_users: bool,
) -> None:
    """Fill in a date's numbers from its weekday's line; report those still missing.

    What is missing in a weekday's line that has other numbers is reported there, once.
    """
    date = day["date"]
    own = [n for n, line in enumerate(weekdays) if date.weekday() in line["date"]]
    begun = [n for n in own if any(one.value in weekdays[n] for one in NUMBERS)]
    for path in (*(service.value for service in NUMBERS), "profile"):
        if path in day:
            continue
        loc = ("forecast", "days", index, path)
        line = next((number for number in own if path in weekdays[number]), None)
        _sheet, column = notes.columns.get(loc, (None, None))
        if line is not None:
            day[path] = weekdays[line][path]
            place = notes.places[("forecast", "weekdays", line, path)]
            notes.remember(loc, place, BY_PLAN, column)
        elif path in NUMBERS and not has_users and column is not None:
            at = ("forecast", "weekdays", begun[0], path) if begun else loc
            if not any(mistake.loc == at for mistake in notes.mistakes):
                facts = {"heading": _(column.heading)}
                notes.report("missing_value", notes.places[at], at, **facts)
            put(day, path, stand_in(column))


def _with_typed_weekdays(table: Table, notes: Notes) -> Table:
    """Take a weekday typed beside an empty date for the first cell of its line.

    Beside a date it must be the date's own; a formula is only for reading.
    """
    where = table.where
    key, number = where[FORECAST.key.path], where.get(WEEKDAY)
    if number is None:
        return table
    cells = list(table.page.cells)
    for row in range(table.head + 1, len(cells)):
        line, place = cells[row], table.page.place(row, number)
        raw = line[number]
        if is_empty(raw) or place in notes.formulas:
            continue
        if is_empty(line[key]):
            cells[row] = tuple(
                raw if one == key else cell for one, cell in enumerate(line)
            )
        elif not _is_weekday_of(raw, line[key], notes):
            notes.report("other_weekday", place, value=shown(raw))
    return replace(table, page=replace(table.page, cells=tuple(cells)))


def _is_weekday_of(raw: Any, key: Any, notes: Notes) -> bool:
    """Tell whether a typed weekday fits the first cell of its line.

    A first cell that is wrong is told by itself.
    """
    try:
        days = read_value(BY_WEEKDAY, raw)
    except Wrong:
        return False
    if _names_weekdays(key):
        return bool(days == read_value(BY_WEEKDAY, key))
    try:
        date: dt.date = read_value(FORECAST.key, key, notes.period)
    except Wrong:
        return True
    return bool(days == [date.weekday()])


def _warn_of_dates_own(table: Table, notes: Notes) -> None:
    """Warn of entries on lines of weekdays that only a date can have."""
    read = {column.path for column in OF_WEEKDAYS.columns} | {WEEKDAY}
    for column in FORECAST.columns:
        lines = [one for one in table.rows() if one.is_filled(column.path)]
        if lines and column.path not in read:
            filled = [one.place(column.path) for one in lines]
            notes.warn("not_read", filled, heading=_(column.heading))


def _part(table: Table, keeps: Callable[[Any], bool]) -> Table:
    others = {one.row for one in table.below() if not keeps(one.key)}
    return replace(table, own=table.own | others)


def _names_weekdays(raw: Any) -> bool:
    if not isinstance(raw, str) or is_empty(raw):
        return False
    try:
        return bool(read_value(BY_WEEKDAY, raw))
    except Wrong:
        return False


def _is_blank(table: Table) -> bool:
    return all(one.raw(path) is None for one in table.rows() for path in NUMBERS)
