"""Numbers and lengths of time as people say them: 5回まで, 月5回以内, 7時間半, 160:00.

Lengths are texts, times of Excel, and bare numbers.

A bare number is one of hours.  But Excel keeps 160:00 as 6.666…, the days it takes, and
that is what stands in a cell whose format of times was lost, as when only values are
pasted.  Where both can be meant, nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scheduler.domain.clock import DAY, HOUR
from scheduler.domain.fields import FieldKind, input_at
from scheduler.domain.likeness import neat
from scheduler.domain.requests import PersonalLimit
from scheduler.files.validation import shown
from scheduler.files.workbook.reading.times import Wrong, excel_minutes
from scheduler.files.workbook.words import duration_cell
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.columns import Column


SAID = re.compile(r"(\d{1,4})時間(?:(半)|([0-5]?\d)分)?")
"""7時間, 7時間半, 7時間45分."""
UNIT_BEHIND = re.compile(r"時間$|[hH]$")
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
        number = UNIT_BEHIND.sub("", text).rstrip()
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
    """Return the facts of a warning if a bare number is little for its stretch."""
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


BEFORE = {
    **dict.fromkeys(("最大", "最高", "最多", "多くても", "多くて", "上限"), "most"),
    **dict.fromkeys(("最低", "最小", "最少", "少なくとも", "下限"), "least"),
}
BEHIND = {
    **dict.fromkeys(("まで", "以内", "以下", "が上限", "が限度"), "most"),
    **dict.fromkeys(("以上", "から", "は必要"), "least"),
}
"""Words before and behind a number, and which limit they make of it."""

SIDES = {
    **dict.fromkeys(("max", "most", "capacity"), "most"),
    **dict.fromkeys(("min", "least", "desk"), "least"),
}
"""What words in the names of fields make of a number."""
SIDE_OF = {
    **dict.fromkeys(("days_in_a_row_wished", "nights_wished"), "most"),
    **dict.fromkeys(("wishes_per_person", "wishes_per_day"), "most"),
    **dict.fromkeys(("rest_wished", "nurse_shifts"), "least"),
}
"""Likewise of fields whose names do not say."""

SPANS = {
    **dict.fromkeys(("月", "毎月", "1か月", "1ヶ月", "1カ月", "1ケ月"), "month"),
    **dict.fromkeys(("週", "毎週", "1週間", "1週"), "week"),
}
LONGEST_FIRST = "|".join(sorted(SPANS, key=len, reverse=True))
SPAN = re.compile(rf"({LONGEST_FIRST})(?:間?に|あたり)?")
"""The stretch in which a limit holds, said before the number."""

OF_THE_MONTH = frozenset(
    {
        *("minutes_min", "minutes_max", "days_off_min", "nights_min", "nights_max"),
        *("nights_wished", "nights_most", "wishes_per_person", "nurse_shifts"),
        *("planner_desk", "manager_desk"),
    }
)
"""Fields that hold for the month; those for the week say so in their names."""
COUNTED_IN = input_at(PersonalLimit, "per").heading
OWN_COLUMN = frozenset({"at_most", "at_least"})
"""Fields beside which the stretch has a column of its own."""


def number_said(path: str, raw: str) -> str:
    """Return what a text leaves of a number, without the words that make it a limit.

    Parameters
    ----------
    path
        Path of the field, whose name says which limit it is.

    Raises
    ------
    Wrong
        If the words make another limit of it than the field is.
    """
    name = path.rpartition(".")[2]
    said, span = _without_span(neat(raw))
    said, sides = _without_sides(said)
    if not span and not sides:
        return said
    side = SIDE_OF.get(name) or next(
        (SIDES[word] for word in re.split(r"[._]", path) if word in SIDES), ""
    )
    if sides and sides != {side}:
        raise Wrong("limit_of_other_side" if side else "limit_no_limit", raw)
    if span and name in OWN_COLUMN:
        raise Wrong("limit_has_span", raw, heading=_(COUNTED_IN))
    if span and span != _span_of(path):
        raise Wrong("limit_other_span", raw)
    return said


def _span_of(path: str) -> str:
    """Return the stretch in which a field holds; empty if it is neither."""
    name = path.rpartition(".")[2]
    return "week" if "week" in name else "month" if name in OF_THE_MONTH else ""


def _without_span(said: str) -> tuple[str, str]:
    match = SPAN.match(said)
    if match is None or not said[match.end() :]:
        return said, ""
    return said[match.end() :].strip(), SPANS[match[1]]


def _without_sides(said: str) -> tuple[str, set[str]]:
    sides: set[str] = set()
    for word, side in BEFORE.items():
        if said.startswith(word):
            said, sides = said.removeprefix(word).strip(), {*sides, side}
    for word, side in BEHIND.items():
        if said.endswith(word):
            said, sides = said.removesuffix(word).strip(), {*sides, side}
    return said, sides
