"""Content of an input workbook, filled in or empty, before it is written to sheets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from scheduler.domain import events
from scheduler.domain.agreements import Agreement
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.forecast import DayProfile, ForecastDay, ProfileEvent, Service
from scheduler.domain.kinds import GIVEN
from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Duty
from scheduler.files.samples.building import shift_table
from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    ALL_SETTINGS,
    DESK_TASKS,
    FORECAST,
    KINDS,
    LEDGER,
    OFFICE,
    PINS,
    PLAIN_LISTS,
    PROFILES,
    REQUESTS,
    SHIFTS,
    STAFF,
    TAIL,
)
from scheduler.files.workbook.words import (
    LIST,
    breaks_cell,
    duration_cell,
    is_timed,
)
from scheduler.rulebook import yielding
from scheduler.wording.names import counted_name
from scheduler.wording.notation import STRENGTHS, CellLanguage, want_text
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import _

TAIL_DAYS = 7
"""Fewest dates of the tail that are shown, even if nothing is known of them."""

STAFF_LINES = 30
"""Lines for staff in a workbook, if no other number is asked for."""

Row = dict[str, Any]
"""Values of a row by the path of their column."""

Cells = dict[tuple[str, dt.date], str]
"""Cells of a grid by person and date."""


@dataclass
class DraftGrid:
    """The content of a grid of people and dates."""

    dates: tuple[dt.date, ...]
    cells: Cells = field(default_factory=dict)
    on_call: dict[dt.date, StaffId] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    """Days off before the grid's first date, by person."""


@dataclass
class Draft:
    """The content of every sheet."""

    period: Period
    values: Row
    """Values of the office and the settings, by path."""
    rows: dict[str, list[Row]]
    """Rows of tables, by the title of the sheet; missing for other sheets."""
    grids: dict[str, DraftGrid]
    """Grids, by the title of the sheet."""
    people: int = STAFF_LINES
    """Lines for staff on every sheet that lists them."""

    def rows_of(self, sheet: Sheet) -> list[Row]:
        """Return the rows of a table."""
        return self.rows.get(sheet.title, [])

    @property
    def names(self) -> list[str]:
        """The people, in the order of the staff list."""
        return [row[STAFF.key.path] for row in self.rows_of(STAFF)]


def draft_of(problem: Problem) -> Draft:
    """Return the content of the workbook for a problem."""
    language = CellLanguage(problem)
    period, history = problem.period, problem.history
    return Draft(
        period=period,
        values={
            column.path: value_at(problem, column.path)
            for column in (*OFFICE.columns, *ALL_SETTINGS.columns)
        },
        rows={
            PROFILES.title: list(profile_rows(problem.office.profiles)),
            **{
                sheet.title: rows_of(sheet, value_at(problem, ".".join(sheet.section)))
                for sheet in PLAIN_LISTS
            },
            FORECAST.title: [_forecast(day, period) for day in problem.forecast.days],
            AGREEMENTS.title: [_agreement(one) for one in problem.agreements],
            LEDGER.title: _ledger(problem),
        },
        grids={
            REQUESTS.title: DraftGrid(period.dates, _requests(problem)),
            PINS.title: DraftGrid(
                period.dates,
                {
                    (duty.staff, duty.date): _pin(duty, problem, language)
                    for duty in problem.pins.duties
                },
                {night.date: night.staff for night in problem.pins.on_call},
            ),
            TAIL.title: DraftGrid(
                tail_dates(problem),
                {
                    (duty.staff, duty.date): tail_cell(duty, problem, language)
                    for duty in history.duties
                },
                {night.date: night.staff for night in history.on_call},
                {one.staff: one.days for one in history.days_off_before},
            ),
        },
    )


def rows_of(sheet: Sheet, objects: Iterable[Frozen]) -> list[Row]:
    """Return a row for each object of a table."""
    return [
        {column.path: value_at(one, column.path) for column in sheet.columns}
        for one in objects
    ]


def value_at(one: object, path: str) -> Any:
    """Return the value at a dotted path; ``None`` where the path ends early."""
    return reduce(lambda value, name: getattr(value, name, None), path.split("."), one)


def profile_rows(profiles: Iterable[DayProfile]) -> Iterator[Row]:
    """Yield a row for each event of each day profile."""
    for profile in profiles:
        for event in (ProfileEvent.ARRIVAL, ProfileEvent.DEPARTURE):
            for move in getattr(profile, event.value):
                yield _event(profile, event, move.at, percent=move.percent)
        for event in (ProfileEvent.GUESTS_LEAVE, ProfileEvent.GUESTS_RETURN):
            yield _event(profile, event, getattr(profile, event.value))
        for window in profile.visits:
            yield _event(
                profile,
                ProfileEvent.VISITS,
                window.span,
                percent=window.percent,
                visits_per_worker=window.visits_per_worker,
                workers=window.workers,
            )


def _forecast(day: ForecastDay, period: Period) -> Row:
    """Return the row of a date, without the numbers that come from users' plans."""
    (row,) = rows_of(FORECAST, [day])
    typed = {
        path: value
        for path, value in row.items()
        if path not in list(Service) or getattr(day, f"{path}_at") is None
    }
    return {**typed, "holiday": period.holiday_names.get(day.date)}


def _ledger(problem: Problem) -> list[Row]:
    """Return a row for each person: their ledger entry, or only the name."""
    rows = {row[LEDGER.key.path]: row for row in rows_of(LEDGER, problem.ledger)}
    names = [member.name for member in problem.staff]
    return [rows.get(name, {LEDGER.key.path: name}) for name in names]


def _agreement(agreement: Agreement) -> Row:
    """Return the row of an agreement, with its amount as a duration or a number."""
    spot = agreement.spot
    key = (spot.rule, spot.facet)
    timed = is_timed(yielding()[key])
    return {
        "spot.facet": key,
        "spot.staff": spot.staff,
        "spot.date": spot.date,
        "spot.name": counted_name(spot.name),
        "until": agreement.until,
        "amount": duration_cell(agreement.amount) if timed else agreement.amount,
    }


def tail_before(first: dt.date, days: int = TAIL_DAYS) -> tuple[dt.date, ...]:
    """Return the dates just before a period, in order."""
    return tuple(first - dt.timedelta(days=back) for back in range(days, 0, -1))


def _event(
    profile: DayProfile, event: ProfileEvent, at: int | Interval, **more: Any
) -> Row:
    return {"name": profile.name, "event": event, "at": at, **more}


def _requests(problem: Problem) -> Cells:
    entries: dict[tuple[str, dt.date], list[str]] = defaultdict(list)
    for request in problem.requests:
        text = want_text(request) + STRENGTHS[request.strength]
        entries[request.staff, request.date].append(text)
    return {cell: LIST.join(texts) for cell, texts in entries.items()}


def _pin(duty: Duty, problem: Problem, language: CellLanguage) -> str:
    """Return the cell text of a pin; a shift without marks leaves the roles open."""
    if duty.shift is None or not duty.roles:
        return language.write(duty)
    return language.marked(problem.shift_by_symbol[duty.shift], duty.roles)


def tail_dates(problem: Problem) -> tuple[dt.date, ...]:
    """Return the dates before the period that its workbook has columns for."""
    first = problem.period.first
    known = [*problem.history.dates, *(n.date for n in problem.history.on_call)]
    reach = max(((first - date).days for date in known), default=0)
    return tail_before(first, max(reach, TAIL_DAYS))


def tail_cell(duty: Duty, problem: Problem, language: CellLanguage) -> str:
    """Return the cell text of a duty before the period, with what is unusual in it."""
    text = language.write(duty)
    if duty.shift is None:
        return text
    usual = problem.shift_by_symbol[duty.shift].break_options[0]
    if duty.breaks != usual:
        told = _("{entry} (break {breaks})")
        text = told.format(entry=text, breaks=breaks_cell((duty.breaks,)))
    if duty.events:
        told = _("{entry} (event {names})")
        text = told.format(entry=text, names=LIST.join(duty.events))
    return text


NIGHT_BAND = Interval(21 * HOUR, 30 * HOUR)
"""Night band in the example of the notice (A-08)."""

SHIFTS_TO_CHANGE = shift_table(
    """
    早 早番 early 7:00-16:00 11:30-12:30 12:30-13:30
    日 日勤 day 8:30-17:30 11:30-12:30 12:30-13:30 13:30-14:30 /13:30
    遅 遅番 late 12:00-21:00 15:00-16:00 16:00-17:00
    夜 夜勤 night 16:30-翌9:30 翌0:00-翌2:00 翌2:00-翌4:00
    """
)

PROFILE_TO_CHANGE = DayProfile.model_validate(
    {
        "name": "通常",
        "arrivals": [{"at": "9:00", "percent": 50}, {"at": "9:30", "percent": 50}],
        "departures": [{"at": "16:00", "percent": 50}, {"at": "16:30", "percent": 50}],
        "guests_leave": "9:00",
        "guests_return": "16:00",
        "visits": [
            {"span": "10:00-11:30", "percent": 50, "visits_per_worker": 3},
            {"span": "14:00-15:30", "percent": 50, "visits_per_worker": 3},
        ],
    }
)


START = {
    "office.settings.house_ratio": HouseRatio.GUIDELINE,
    "office.settings.long_nights_apart": Hold.MUST,
    "office.settings.day_off_after_long_night": Hold.GUIDELINE,
}
"""Settings that a new office can keep with the people it has; it may ask for more."""


def empty_draft(period: Period) -> Draft:
    """Return the content of an empty workbook, with examples to change."""
    defaults = {
        column.path: column.default
        for sheet in (OFFICE, ALL_SETTINGS)
        for column in sheet.columns
    }
    return Draft(
        period=period,
        values={
            **defaults,
            "period.first": period.first,
            "period.last": period.last,
            "office.night_band": NIGHT_BAND,
            **START,
        },
        rows={
            PROFILES.title: list(profile_rows([PROFILE_TO_CHANGE])),
            SHIFTS.title: rows_of(SHIFTS, SHIFTS_TO_CHANGE),
            KINDS.title: rows_of(KINDS, GIVEN),
            DESK_TASKS.title: rows_of(DESK_TASKS, events.GIVEN_TASKS),
            FORECAST.title: [
                {
                    "date": date,
                    "holiday": period.holiday_names.get(date),
                }
                for date in period.dates
            ]
            + [
                {
                    FORECAST.key.path: weekday_text(day),
                    "profile": PROFILE_TO_CHANGE.name,
                }
                for day in range(7)
            ],
        },
        grids={
            REQUESTS.title: DraftGrid(period.dates),
            PINS.title: DraftGrid(period.dates),
            TAIL.title: DraftGrid(tail_before(period.first)),
        },
    )
