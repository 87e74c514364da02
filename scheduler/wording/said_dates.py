"""Dates as they are said of a month: 2026-12-14, 12/14, 12月14日(月), 14."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from scheduler.domain.likeness import look_of
from scheduler.wording.times import WEEKDAYS
from scheduler.wording.translation import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.period import Period

FORM = re.compile(
    r"(?P<before>[A-Za-z]{3})?"
    r"(?:(?:(?P<year>\d{4})[-/年])?(?P<month>\d{1,2})[-/月])?(?P<day>\d{1,2})日?"
    r"(?:\((?P<behind>\w+)\))?"
)


def meant(
    text: str, period: Period | None, after: dt.date | None = None
) -> dt.date | None:
    """Return the date that a text means; ``None`` if it is none.

    Parameters
    ----------
    text
        A date, perhaps without year, or without month too.  A weekday told with it
        must be the date's.
    period
        What the text leaves out is that of a date of the period.  A date outside is
        returned as well, for more can be said of it than of text.  Without one, the
        text must leave nothing out.
    after
        The first of several dates: the text means one behind it rather than before.
    """
    form = FORM.fullmatch(look_of(text))
    if not form:
        return None
    weekday = form["before"] or form["behind"]
    return next(
        (
            date
            for date in _dates(form, period, after)
            if weekday is None or weekday in spellings(WEEKDAYS[date.weekday()])
        ),
        None,
    )


def _dates(
    form: re.Match[str], period: Period | None, after: dt.date | None
) -> Iterator[dt.date]:
    """Yield the dates that may be meant, the likeliest first."""
    day, month, year = (form[part] for part in ("day", "month", "year"))
    dates = period.dates if period else ()
    for date in sorted(dates, key=lambda one: after is not None and one < after):
        told = ((day, date.day), (month, date.month), (year, date.year))
        if all(part is None or int(part) == number for part, number in told):
            yield date
    if month is not None and (year or period):
        with suppress(ValueError):
            first = period.first if period else dt.date.min
            yield dt.date(int(year or first.year), int(month), int(day))
