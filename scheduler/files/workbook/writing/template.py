"""An empty office: headings, dates, defaults, and examples to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.forecast import DayProfile
from scheduler.domain.shifts import Shift
from scheduler.files.workbook.layout import OFFICE, SETTINGS, SHIFTS
from scheduler.files.workbook.writing.draft import (
    Draft,
    profile_rows,
    rows_of,
    tail_before,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period

NIGHT_BAND = Interval(21 * HOUR, 30 * HOUR)
"""The band of the notice's example (A-08)."""

SHIFTS_TO_CHANGE: tuple[dict[str, Any], ...] = (
    {
        "symbol": "早",
        "name": "早番",
        "kind": "early",
        "start": "7:00",
        "end": "16:00",
        "breaks": [["11:30-12:30"], ["12:30-13:30"]],
    },
    {
        "symbol": "日",
        "name": "日勤",
        "kind": "day",
        "start": "8:30",
        "end": "17:30",
        "breaks": [["11:30-12:30"], ["12:30-13:30"], ["13:30-14:30"]],
        "cuts": ["13:30"],
    },
    {
        "symbol": "遅",
        "name": "遅番",
        "kind": "late",
        "start": "12:00",
        "end": "21:00",
        "breaks": [["15:00-16:00"], ["16:00-17:00"]],
    },
    {
        "symbol": "夜",
        "name": "夜勤",
        "kind": "night",
        "start": "16:30",
        "end": "翌9:30",
        "breaks": [["翌0:00-翌2:00"], ["翌2:00-翌4:00"]],
    },
)

PROFILE_TO_CHANGE: dict[str, Any] = {
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


def empty_draft(period: Period) -> Draft:
    """Return the content of a workbook that waits to be filled in."""
    profile = DayProfile.model_validate(PROFILE_TO_CHANGE)
    shifts = [Shift.model_validate(one) for one in SHIFTS_TO_CHANGE]
    defaults = {
        column.path: column.default
        for sheet in (OFFICE, SETTINGS)
        for column in sheet.columns
    }
    return Draft(
        period=period,
        values={
            **defaults,
            "period.first": period.first,
            "period.last": period.last,
            "office.night_band": NIGHT_BAND,
        },
        profiles=list(profile_rows([profile])),
        shifts=rows_of(SHIFTS, shifts),
        forecast=[
            {
                "date": date,
                "holiday": period.holiday_names.get(date),
                "profile": profile.name,
            }
            for date in period.dates
        ],
        tail_dates=tail_before(period.first),
    )
