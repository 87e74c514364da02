"""Reading a service of the week: 月水金 9:30-16:00、土 10:00-15:00、木."""

from __future__ import annotations

import re
from typing import Any

from scheduler.domain.clock import DAY, parse_clock
from scheduler.domain.registrants import EVERY_DAY
from scheduler.files.workbook import words

BETWEEN = re.compile(r"[、,，;/・\s]+")
HYPHEN = re.compile(r"\s*[-~〜]\s*")
BEFORE_TIME = re.compile(r"(?<=[^\s\d:~翌-])(?=\d)")
"""Where a time follows a weekday without a blank."""


def parse_weekly(text: str) -> list[dict[str, Any]]:
    """Return the uses of a text; a time is that of all weekdays before it.

    Several times may follow the same weekdays, and times without weekdays are those of
    every day.

    Raises
    ------
    ValueError
        If something else stands there, or a weekday twice before one time.
    """
    uses: list[dict[str, Any]] = []
    days: list[int] = []
    is_open = False
    plain = HYPHEN.sub("-", words.neat(text))
    for token in BETWEEN.split(BEFORE_TIME.sub(" ", plain)):
        if token[:1].isdigit():
            uses.append({"weekdays": days or EVERY_DAY, "span": _span(token)})
            is_open = False
        else:
            days = sorted([*(days if is_open else ()), *_weekdays(token)])
            is_open = True
            if len(set(days)) < len(days):
                raise ValueError("a weekday twice")
    return [*uses, {"weekdays": days}] if is_open else uses


def _weekdays(token: str) -> tuple[int, ...]:
    if words.means(token, words.EVERY_DAY):
        return EVERY_DAY
    whole = words.weekday_of(token)
    found = [whole] if whole is not None else map(words.weekday_of, token)
    days = tuple(day for day in found if day is not None)
    if not days or (whole is None and len(days) < len(token)):
        raise ValueError("no weekday")
    return days


def _span(text: str) -> tuple[int, int]:
    """Read a span; one that ends before it begins ends on the next morning."""
    start, end = map(parse_clock, text.split("-"))
    return start, end if end > start else end + DAY
