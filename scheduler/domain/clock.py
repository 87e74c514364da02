"""Clock times and intervals: whole minutes, half-open.

Two scales are used and never mixed:

* *clock* minutes, counted from 00:00 of the date a thing belongs to.  They run
  past 1440 where a shift passes midnight: 09:30 on the next morning is 2010,
  written ``33:30`` or ``翌9:30``.
* *absolute* minutes, counted from 00:00 of the first date of the period.  Last
  month's tail lies on negative minutes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from scheduler.domain.fields import Entry, FieldKind
from scheduler.domain.likeness import neat

DAY = 24 * 60
"""Minutes in a calendar day."""

ONE_DAY = dt.timedelta(days=1)
"""The step from one date to the next."""

WEEK = 7
"""Days in a week."""

HOUR = 60
"""Minutes in an hour."""

LATEST = 2 * DAY
"""Latest clock minute allowed on a date: midnight at the end of the next day."""

_CLOCK = re.compile(
    r"(?P<next>翌[朝日]?)?\s*(?P<half>午前|午後|am|pm)?\s*"
    r"(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::00)?",
    re.IGNORECASE,
)
_SAID = re.compile(r"(\d{1,2})時(?:(半)|(\d{1,2})分)?")
"""9時, 9時半, 9時30分: as people say it."""
BETWEEN_TIMES = re.compile(r"\s*(?:[-~]|から)\s*")
"""What stands between begin and end, once dashes and waves are alike."""
_HOUR_ALONE = re.compile(r"^(?:翌[朝日]?|午前|午後)?\s*\d{1,2}$")
NOON = DAY // 2
"""Minutes from midnight to noon."""


class Interval(NamedTuple):
    """Half-open minutes ``[start, end)``, on either scale."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Length in minutes; zero for an empty or reversed interval."""
        return max(0, self.end - self.start)

    def shifted(self, by: int) -> Interval:
        """Return the same interval moved ``by`` minutes later."""
        return Interval(self.start + by, self.end + by)

    def intersection(self, other: Interval) -> Interval:
        """Return the overlap with ``other``; of zero minutes where there is none."""
        return Interval(max(self.start, other.start), min(self.end, other.end))

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share at least a minute."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Interval) -> bool:
        """Tell whether all of ``other`` lies inside."""
        return self.start <= other.start and other.end <= self.end


def parse_clock(value: Any) -> int:
    """Read a clock time as minutes from 00:00.

    Parameters
    ----------
    value
        Minutes (``int``), or text such as ``"9:30"``, ``"33:30"`` or ``"翌9:30"``, also
        ``"0930"`` and ``"午後9時半"``; full-width digits are understood.

    Raises
    ------
    ValueError
        If the text is no clock time or lies after ``48:00``.
    """
    if isinstance(value, bool):
        raise ValueError("not a clock time")
    if isinstance(value, int):
        minutes = value
    else:
        text = neat(str(value))
        match = _CLOCK.fullmatch(_SAID.sub(_as_typed, text))
        if match is None or int(match["minute"]) >= HOUR:
            raise ValueError("not a clock time")
        minutes = int(match["hour"]) * HOUR + int(match["minute"])
        if match["half"]:
            if minutes > NOON:
                raise ValueError("half a day has twelve hours")
            is_later = match["half"].casefold() in ("午後", "pm")
            minutes = minutes % NOON + (NOON if is_later else 0)
        if match["next"]:
            minutes += DAY
    if not 0 <= minutes <= LATEST:
        raise ValueError("clock time after 48:00")
    return minutes


def _as_typed(said: re.Match[str]) -> str:
    minute = 30 if said[2] else int(said[3] or 0)
    return f"{said[1]}:{minute:02d}"


def format_clock(minutes: int) -> str:
    """Write clock minutes as ``HH:MM``; hours run past 24 after midnight."""
    return f"{minutes // HOUR:02d}:{minutes % HOUR:02d}"


def format_span(interval: Interval) -> str:
    """Write a clock interval as ``HH:MM-HH:MM``."""
    return f"{format_clock(interval.start)}-{format_clock(interval.end)}"


def ends_of(text: str) -> tuple[str, str]:
    """Return begin and end of a stretch of time; hours alone are full ones.

    Such as 9:00-18:00, ９：００〜１８：００, 9-18, 9時～18時半, 9:00から18:00まで.

    Raises
    ------
    ValueError
        If it has not two ends.
    """
    parts = BETWEEN_TIMES.split(neat(text).removesuffix("まで"))
    if len(parts) != 2:
        raise ValueError("not a time span such as 12:30-13:30")
    begin, end = (_HOUR_ALONE.sub(r"\g<0>:00", part.strip()) for part in parts)
    return begin, end


def parse_span(value: Any) -> Interval:
    """Read ``"12:30-13:30"``, as `ends_of` does, as an interval.

    Raises
    ------
    ValueError
        If it is not two clock times, the second later than the first.
    """
    if isinstance(value, (tuple, list)) and len(value) == 2:
        first, second = value
    else:
        first, second = ends_of(str(value))
    interval = Interval(parse_clock(first), parse_clock(second))
    if interval.minutes == 0:
        raise ValueError("a time span ends after it starts")
    return interval


Clock = Annotated[
    int,
    BeforeValidator(parse_clock),
    PlainSerializer(format_clock, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}$"}),
    Entry(FieldKind.CLOCK),
]
"""Clock minutes; in JSON the text ``HH:MM``, past 24 after midnight."""

Span = Annotated[
    Interval,
    BeforeValidator(parse_span),
    PlainSerializer(format_span, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}-\d{2}:\d{2}$"}),
    Entry(FieldKind.SPAN),
]
"""A clock interval; in JSON the text ``HH:MM-HH:MM``."""


def total_minutes(intervals: Iterable[Interval]) -> int:
    """Return the total minutes of intervals that do not overlap."""
    return sum(interval.minutes for interval in intervals)


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of intervals as disjoint intervals in order of time."""
    apart: list[Interval] = []
    for interval in sorted(one for one in intervals if one.minutes):
        if apart and interval.start <= apart[-1].end:
            last = apart.pop()
            interval = Interval(last.start, max(last.end, interval.end))
        apart.append(interval)
    return apart


def without(piece: Interval, spans: Iterable[Interval]) -> Iterator[Interval]:
    """Yield what disjoint spans, in order, leave of a piece."""
    start = piece.start
    for span in spans:
        if span.overlaps(piece):
            if start < span.start:
                yield Interval(start, span.start)
            start = max(start, span.end)
    if start < piece.end:
        yield Interval(start, piece.end)
