"""Reading day profiles: a line for each event, grouped by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.forecast import ProfileEvent
from scheduler.domain.likeness import look_of
from scheduler.files.workbook.layout import PROFILES
from scheduler.files.workbook.reading.rows import read_cell
from scheduler.files.workbook.words import is_empty
from scheduler.wording.names import name_of
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.files.workbook.columns import Column
    from scheduler.files.workbook.reading.notes import CellPlace, Loc, Notes
    from scheduler.files.workbook.reading.sheets import Table

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
    for row, cells in table.rows():
        line = _Line(table, row, cells, notes)
        name, event = line.required("name"), line.required("event")
        if name is None:
            notes.doubt(PROFILES)
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
        _complete(index, profile, notes, silent=look in unclear)
    return [profile for _index, profile in found.values()]


class _Line:
    """A line of the sheet, read cell by cell."""

    def __init__(
        self, table: Table, row: int, cells: tuple[Any, ...], notes: Notes
    ) -> None:
        self._table, self._row, self._cells, self._notes = table, row, cells, notes

    def place(self, path: str) -> CellPlace:
        return self._table.page.place(self._row, self._table.where[path])

    def optional(self, path: str, loc: Loc = ()) -> Any:
        number = self._table.where.get(path)
        if number is None or is_empty(self._cells[number]):
            return None
        column: Column = COLUMNS[path]
        place = self.place(path)
        self._notes.remember(loc or (), place, PROFILES, column)
        before = len(self._notes.mistakes)
        value = read_cell(column, self._cells[number], place, loc, self._notes)
        return value if len(self._notes.mistakes) == before else None

    def refuse(self, paths: Iterable[str], event: ProfileEvent) -> None:
        """Report entries in columns that do not apply to an event."""
        for path in paths:
            number = self._table.where.get(path)
            if number is not None and not is_empty(self._cells[number]):
                facts = {"heading": _(COLUMNS[path].heading), "event": name_of(event)}
                self._notes.report("not_of_event", self.place(path), **facts)

    def required(self, path: str, loc: Loc = ()) -> Any:
        if path not in self._table.where:
            return None
        if is_empty(self._cells[self._table.where[path]]):
            heading = _(COLUMNS[path].heading)
            self._notes.report("missing_value", self.place(path), loc, heading=heading)
            return None
        return self.optional(path, loc)


def flat_profile(name: str) -> Profile:
    """Return a substitute for a profile that could not be read."""
    at_once = [{"at": 0, "percent": 100}]
    moves = {"arrivals": at_once, "departures": at_once}
    return {"name": name, **moves, "guests_leave": 0, "guests_return": 0}


def _empty(name: str) -> Profile:
    return {"name": name, "arrivals": [], "departures": [], "visits": []}


def _add(
    index: int, profile: Profile, event: ProfileEvent, line: _Line, notes: Notes
) -> None:
    base: Loc = ("office", "profiles", index)
    if event in POINTS:
        part = event.value
        line.refuse(("percent", *OF_VISITS), event)
        at = line.required("at", (*base, part))
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
    at = line.required("at", (*loc, "span" if visits else "at"))
    if at is not None and isinstance(at, tuple) != visits:
        code = "not_span" if visits else "not_clock"
        notes.report(code, line.place("at"), (*loc, "at"), value=at)
        at = None
    percent = line.optional if visits else line.required
    entry: dict[str, Any] = {"percent": percent("percent", (*loc, "percent"))}
    if visits:
        entry["span"] = at or (0, 1)
        for path in OF_VISITS:
            entry[path] = line.optional(path, (*loc, path))
    else:
        entry["at"] = at or 0
        line.refuse(OF_VISITS, event)
    entries.append({key: value for key, value in entry.items() if value is not None})


def _complete(index: int, profile: Profile, notes: Notes, *, silent: bool) -> None:
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
