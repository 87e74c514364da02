"""Lengths of time in cells: texts, times of Excel, and bare numbers.

A bare number is one of hours.  But Excel keeps 160:00 as 6.666…, the days it takes, and
that is what stands in a cell whose format of times was lost, as when only values are
pasted.  Where both can be meant, nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scheduler.domain.clock import DAY, HOUR
from scheduler.domain.fields import FieldKind
from scheduler.files.validation import shown
from scheduler.files.workbook.reading.times import Wrong, excel_minutes
from scheduler.files.workbook.words import duration_cell, neat

if TYPE_CHECKING:
    from scheduler.files.workbook.columns import Column

SAID = re.compile(r"(\d{1,4})時間(?:(半)|([0-5]?\d)分)?")
"""7時間, 7時間半, 7時間45分."""
BEHIND = re.compile(r"時間$|[hH]$")
"""What stands behind a number of hours: 7.5時間, 88h."""
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::00)?")
DECIMAL = re.compile(r"\d{1,4}(?:\.\d+)?")

TYPED = 3
"""Most decimals of hours that people type: 7.75, 7.667."""
LONGEST = 300 * HOUR
"""Most that may have been meant by a number of days; nobody works more in a period."""
NEAR = 0.01
"""How far, in minutes, a number of days may be from whole minutes: it is rounded."""

OF_A_STRETCH = frozenset(
    {
        *("full_time_week", "full_time_month", "week_minutes_max"),
        *("minutes_min", "minutes_max", "planner_desk", "manager_desk"),
    }
)
"""Fields of hours in a week or in the period."""
FEW = 12 * HOUR
"""Less in a week or in the period is told; 300:00 is kept as 12.5 days."""


def read_duration(raw: Any) -> int:
    """Return the minutes of a length of time.

    Raises
    ------
    Wrong
        If the cell holds none, or a number that may be hours or days.
    """
    minutes = excel_minutes(raw)
    if minutes is not None:
        return minutes
    if isinstance(raw, int | float | str) and not isinstance(raw, bool):
        text = neat(str(raw))
        if match := CLOCK.fullmatch(text):
            return int(match[1]) * HOUR + int(match[2])
        if match := SAID.fullmatch(text):
            return int(match[1]) * HOUR + (
                HOUR // 2 if match[2] else int(match[3] or 0)
            )
        number = BEHIND.sub("", text).rstrip()
        if DECIMAL.fullmatch(number):
            is_bare = number == text
            return _bare(float(number), raw) if is_bare else round(float(number) * HOUR)
    raise Wrong("not_duration", raw)


def _bare(number: float, raw: Any) -> int:
    """Return the minutes of a number without a unit: hours, or days of Excel's."""
    hours, days = number * HOUR, number * DAY
    if days > LONGEST or not _is_whole(days):
        return round(hours)
    if not _is_whole(hours):
        return round(days)
    if number == round(number, TYPED):
        return round(hours)
    either = {"hours": duration_cell(round(hours)), "days": duration_cell(round(days))}
    raise Wrong("hours_or_days", raw, **either)


def _is_whole(minutes: float) -> bool:
    return abs(minutes - round(minutes)) < NEAR


def few_hours(column: Column, raw: Any, minutes: Any) -> dict[str, str] | None:
    """Return the facts of a warning if a bare number is little for its stretch.

    Parameters
    ----------
    minutes
        What was read of it.
    """
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    name = column.path.rpartition(".")[2]
    if column.kind is not FieldKind.DURATION or name not in OF_A_STRETCH:
        return None
    if not is_number or not 0 < minutes < FEW or minutes != round(raw * HOUR):
        return None
    return {
        "value": shown(raw),
        "hours": duration_cell(minutes),
        "days": duration_cell(round(raw * DAY)),
    }
