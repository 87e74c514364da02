"""Reading the input workbook into a problem, or a list of mistakes with their cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl.workbook.workbook import Workbook
from pydantic import ValidationError

from scheduler.audit import consistency
from scheduler.audit.consistency.office import is_reserved
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import different, look_of
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.container import (
    formulas_in,
    open_workbook,
    painted_in,
    sheets_named,
    uncalculated,
    workbook_bytes,
)
from scheduler.files.workbook.embedded import check_is_input
from scheduler.files.workbook.following import (
    SORTED_PARTS,
    followed,
    marks_in,
    moved_rows,
    warn_of_sorted_parts,
)
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    ALL_SETTINGS,
    EXPERT_SETTINGS,
    FIRST_ROW,
    FORECAST,
    LEDGER,
    OFFICE,
    PINS,
    PLAIN_LISTS,
    PROFILES,
    REQUESTS,
    SETTINGS,
    SHEETS,
    SHIFTS,
    STAFF,
    TAIL,
)
from scheduler.files.workbook.package import comments_of
from scheduler.files.workbook.reading.build import (
    add_found,
    place_past_midnight,
    places_of,
    report_period,
    use_words_offered,
    validated,
    without_consequences,
)
from scheduler.files.workbook.reading.cells import (
    read_pins,
    read_requests,
    read_tail,
    words_in,
)
from scheduler.files.workbook.reading.forecast import read_forecast, read_profiles
from scheduler.files.workbook.reading.grids import (
    Filled,
    Refusal,
    before,
    inside,
    read_grid,
    tail_span,
)
from scheduler.files.workbook.reading.holidays import compare_holidays, named_holidays
from scheduler.files.workbook.reading.notes import CellPlace, Notes, in_order
from scheduler.files.workbook.reading.rows import (
    put,
    read_agreements,
    read_keys,
    read_ledger,
    read_rows,
    report_repeated_lines,
    stand_in,
)
from scheduler.files.workbook.reading.sheets import (
    check_lines,
    find_keys,
    find_table,
    has_lines_of,
    is_huge,
    open_page,
    report_missing,
    report_uncalculated,
    warn_of_comments,
    warn_of_struck,
)
from scheduler.files.workbook.reading.tables import (
    Keys,
    Table,
    warn_of_columns,
    warn_of_copies,
)
from scheduler.wording.translation import _


def read_input(path: Path) -> Problem:
    """Read an input workbook.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell where it has one.
    """
    return read_noting(path, Notes())


def read_with_warnings(path: Path) -> tuple[Problem, tuple[Mistake, ...]]:
    """Read an input workbook, with warnings about entries probably not intended.

    Raises
    ------
    InputError
        With every mistake found, each with sheet and cell where it has one.
    """
    notes = Notes()
    problem = read_noting(path, notes)
    for warning in consistency.warnings(problem):
        places = places_of(warning, notes)
        notes.report_all(warning.code, places, warning.loc, **warning.facts)
    found = [*notes.warnings, *notes.mistakes]
    return problem, tuple(in_order(found, notes.sheets))


def read_noting(path: Path, notes: Notes) -> Problem:
    """Read an input workbook as `read_input` does, and note where things stand."""
    return problem_of(LoadedInput(workbook_bytes(path)), notes)


def problem_of(loaded: LoadedInput, notes: Notes) -> Problem:
    """Return the problem of an input workbook in memory as `read_noting` does."""
    problem = loaded.read(notes)
    if problem is None or notes.mistakes:
        # A sort of a part of a list may be why there are mistakes at all.
        sorts = (*SORTED_PARTS, "rows_sorted")
        sorted_parts = [one for one in notes.warnings if one.code in sorts]
        told = [*sorted_parts, *without_consequences(notes)]
        raise InputError(in_order(told, notes.sheets))
    return problem


NO_PERIOD = {"first": dt.date(2026, 12, 1), "last": dt.date(2026, 12, 31)}
"""Substitute for a period that could not be read, so that reading can go on."""

FIRST_ENTRIES: dict[str, dict[str, Any]] = {
    PROFILES.title: {
        "name": "-",
        "arrivals": [{"at": 0, "percent": 100}],
        "departures": [{"at": 0, "percent": 100}],
        "guests_leave": 0,
        "guests_return": 0,
    },
    SHIFTS.title: {"symbol": "-", "kind": "day", "start": 0, "end": 60},
    STAFF.title: {"name": "-", "contract": {"full_time": True}, "roles": ["care"]},
}
"""Substitutes for sheets without any line, so that reading can go on."""


class LoadedInput:
    """An input workbook in memory, which may be read again with other cells.

    Raises
    ------
    InputError
        If it is no input workbook.

    Attributes
    ----------
    tables, keys
        The tables, and the sheets of keys and values, as they were read last, by the
        title of their layout.
    """

    def __init__(self, data: bytes) -> None:
        self.workbook = open_workbook(data)
        check_is_input(self.workbook)
        titles = [title for layout in SHEETS for title in layout.titles]
        found = sheets_named(self.workbook, titles)
        read = {sheet.title for sheet in found if not is_huge(sheet)}
        self.formulas = formulas_in(data, read)
        self._no_value = uncalculated(data, read)
        self._painted = painted_in(data, read)
        self._marks = marks_in(data)
        self._comments = comments_of(data)
        self.tables: dict[str, Table] = {}
        self.keys: dict[str, Keys] = {}

    def read(self, notes: Notes) -> Problem | None:
        """Return the problem; it may be used only if no mistake was noted."""
        notes.sheets = tuple(self.workbook.sheetnames)
        notes.formulas = frozenset(self.formulas)
        notes.painted = self._painted
        notes.followed = followed(self.workbook, self.formulas)
        warn_of_copies(self.workbook, notes)
        reader = _Reader(self.workbook, notes)
        reader.find_tables(self._no_value - notes.followed.keys())
        warn_of_sorted_parts(self.workbook, self._marks, notes)
        warn_of_comments(self._comments, reader.tables.values(), notes)
        for place in moved_rows(self.formulas):
            notes.warn("rows_sorted", [place], staff=_(STAFF.title))
        self.keys = reader.keys
        self.tables = reader.tables
        return reader.read()


class _Reader:
    """Reads sheet by sheet; later ones use names and symbols of earlier ones."""

    def __init__(self, workbook: Workbook, notes: Notes) -> None:
        self._notes = notes
        self._pages = {
            layout.title: open_page(workbook, layout, notes) for layout in SHEETS
        }
        self._find_settings(workbook)
        self.tables: dict[str, Table] = {}
        self.keys: dict[str, Keys] = {}
        self._data: dict[str, Any] = {}

    def _find_settings(self, workbook: Workbook) -> None:
        """Read all settings from one sheet, if it is that of an earlier version."""
        page = self._pages[SETTINGS.title]
        if page is None or self._pages[EXPERT_SETTINGS.title] is not None:
            return
        if has_lines_of(page, EXPERT_SETTINGS):
            self._pages[SETTINGS.title] = replace(page, layout=ALL_SETTINGS)
        elif has_lines_of(page, SETTINGS):
            report_missing(workbook, EXPERT_SETTINGS, self._notes)

    def find_tables(self, no_value: set[CellPlace]) -> None:
        """Find the tables of the sheets, and report formulas without a value."""
        for layout in SHEETS:
            page = self._pages[layout.title]
            found: Table | Keys | None = None
            if page and layout.has_keys:
                found = self.keys[layout.title] = find_keys(page, self._notes)
            elif page and (found := find_table(page, self._notes)):
                self.tables[layout.title] = found
                place = found.page.place(found.head, 0)
                self._notes.remember(layout.section, place, layout)
                if not layout.labels:
                    warn_of_columns(found, no_value, self._notes)
            if found:
                report_uncalculated(found, no_value, self._notes)
                warn_of_struck(found, self._notes)

    def read(self) -> Problem | None:
        """Return the problem; it may be used only if no mistake was reported."""
        data = self._data
        self._read_keys()
        period = self._notes.period = self._read_period()
        data["office"]["profiles"] = self._lines(PROFILES, read_profiles)
        for layout in PLAIN_LISTS:
            (section,) = layout.section
            data[section] = self._lines(layout, read_rows)
        for line in (*data["shifts"], *data["kinds"]):
            place_past_midnight(line)
        report_repeated_lines(self.tables.get(STAFF.title), self._notes)
        holidays = self._read_forecast()
        names = self._usable(STAFF, [one["name"] for one in data["staff"]])
        symbols = self._usable(SHIFTS, [one["symbol"] for one in data["shifts"]])
        for _reserved in filter(is_reserved, symbols):
            self._notes.lose(SHIFTS)
        use_words_offered(data, names, symbols)
        ledger = self.tables.get(LEDGER.title)
        data["ledger"] = (
            read_ledger(ledger, names, symbols, self._notes) if ledger else []
        )

        def grid(
            layout: Sheet,
            span: Period | None,
            fits: Callable[[dt.date], Refusal | None],
        ) -> Filled | None:
            table = self.tables.get(layout.title)
            if table is None:
                return None
            return read_grid(table, names, span, fits, self._notes)

        requests = grid(REQUESTS, period, inside(period))
        data["requests"] = []
        if requests:
            words = words_in(data, symbols)
            data["requests"] = read_requests(requests, words, self._notes)
        pins = grid(PINS, period, inside(period))
        tail = grid(TAIL, tail_span(period), before(period))
        for filled in (requests, pins):
            compare_holidays(filled, data["forecast"]["days"], holidays, self._notes)
        if tail:
            holidays += named_holidays(tail, self._notes)
        holidays.sort(key=lambda one: one[0])
        for index, (_date, _name, place) in enumerate(holidays):
            self._notes.places["period", "holidays", index] = place
        data["period"]["holidays"] = [
            {"date": date, "name": name} for date, name, _place in holidays
        ]
        return self._finish(pins, tail)

    def _read_keys(self) -> None:
        for layout in (OFFICE, SETTINGS, EXPERT_SETTINGS):
            keys = self.keys.get(layout.title)
            if keys:
                check_lines(keys, self._notes)
                read_keys(keys, self._notes, self._data)
                continue
            for column in layout.columns:
                if column.required:
                    put(self._data, column.path, stand_in(column))

    def _read_period(self) -> Period | None:
        """Return the period, or ``None`` if it is wrong and a substitute is used."""
        given = self._data.setdefault("period", {})
        wrong = any(one.loc[:1] == ("period",) for one in self._notes.mistakes)
        if not wrong and OFFICE.title in self.keys:
            try:
                period = Period.model_validate(given)
            except ValidationError as error:
                report_period(given, error, self._notes)
            else:
                # Of this sheet, others lean on the dates alone.
                self._notes.doubtful.discard(OFFICE.title)
                return period
        self._notes.doubt(OFFICE)
        self._data["period"] = dict(NO_PERIOD)
        self._notes.any_period = Period.model_validate(NO_PERIOD)
        return None

    def _lines(
        self, layout: Sheet, read: Callable[[Table, Notes], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Read a sheet; one that must have a line gets a substitute if it has none."""
        table = self.tables.get(layout.title)
        lines = read(table, self._notes) if table else []
        if lines or layout.title not in FIRST_ENTRIES:
            return lines
        if table and not self._notes.is_partial(layout):
            place = CellPlace(table.page.name, FIRST_ROW, 1)
            heading = _(layout.key.heading)
            self._notes.report("missing_value", place, heading=heading)
        self._notes.doubt(layout)
        return [dict(FIRST_ENTRIES[layout.title])]

    def _usable(self, layout: Sheet, words: list[str]) -> list[str]:
        """Return names or symbols without those that look like an earlier one."""
        found = list(different(words))
        for one in found:
            alike = [word for word in words if look_of(word) == look_of(one)]
            # Of one text typed twice, one line is sound; of two texts, neither may be.
            sound = len(set(alike)) == 1
            for _lost in alike[1:] if sound else alike:
                self._notes.lose(layout)
        return found

    def _read_forecast(self) -> list[tuple[dt.date, str, CellPlace]]:
        """Read the forecast; return the public holidays it names."""
        forecast = self._data.setdefault("forecast", {})
        forecast["days"] = []
        table = self.tables.get(FORECAST.title)
        if table is None:
            return []
        profiles = [one["name"] for one in self._data["office"]["profiles"]]
        has_users = bool(self._data["registrants"])
        given = table, profiles, self._notes
        forecast["days"], holidays = read_forecast(*given, has_users=has_users)
        return holidays

    def _finish(self, pins: Filled | None, tail: Filled | None) -> Problem | None:
        """Read pins, tail and agreements, and check the problem as a whole.

        They come last because reading them needs a valid problem.
        """
        notes = self._notes
        problem = validated(self._data, notes)
        table, agreed = self.tables.get(TAIL.title), self.tables.get(AGREEMENTS.title)
        if problem is not None:
            if pins:
                self._data["pins"] = read_pins(pins, problem, notes)
            if tail and table:
                self._data["history"] = read_tail(table, tail, problem, notes)
            if agreed:
                self._data["agreements"] = read_agreements(agreed, problem, notes)
            problem = validated(self._data, notes)
        if problem is not None:
            add_found(problem, notes)
        return problem
