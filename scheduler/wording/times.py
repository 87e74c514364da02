"""Write dates, weekdays and clock times, and parse dates."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, HOUR, Interval
from scheduler.domain.likeness import look_of
from scheduler.wording.translation import N_, _, language, spellings

if TYPE_CHECKING:
    from scheduler.domain.period import Period


WEEKDAYS = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)
"""From Monday, as `datetime.date.weekday` counts."""

SHORTEST_RUN = 3
"""Least weekdays in a row that are written by first and last."""

MANY_RUNS = 3
"""Gaps between dates from which on they are written by weekdays."""

MANY_DATES = 10
"""Most dates in so many runs that are all written."""


def weekday_text(weekday: int) -> str:
    """Write a weekday, 0 for Monday, in short: 月."""
    return _(WEEKDAYS[weekday])


def weekdays_text(weekdays: Collection[int]) -> str:
    """Write weekdays, 0 for Monday: 月〜金, 日〜木, 金・土, 曜日を問わず."""
    days = sorted(set(weekdays))
    if len(days) == len(WEEKDAYS):
        return _("any day of the week")
    # A run may pass from Sunday to Monday; it begins where the day before is missing.
    starts = [day for day in days if (day - 1) % len(WEEKDAYS) not in days]
    if len(starts) == 1 and len(days) >= SHORTEST_RUN:
        first = starts[0]
        last = (first + len(days) - 1) % len(WEEKDAYS)
        text = _("{first} to {last}")
        return text.format(first=weekday_text(first), last=weekday_text(last))
    first = starts[0] if len(starts) == 1 else 0
    days.sort(key=lambda day: (day - first) % len(WEEKDAYS))
    return "・".join(weekday_text(day) for day in days)


def date_text(date: dt.date) -> str:
    """Write a date: 12月14日(月)."""
    text = _("{weekday} {month}/{day}")
    weekday = weekday_text(date.weekday())
    return text.format(weekday=weekday, month=date.month, day=date.day)


def month_text(date: dt.date) -> str:
    """Write the month of a date: 2027年1月."""
    return _("{year}-{month:02}").format(year=date.year, month=date.month)


def full_date_text(date: dt.date) -> str:
    """Write a date with its year."""
    return _("{year}-{month:02}-{day:02}").format(
        year=date.year, month=date.month, day=date.day
    )


def period_text(period: Period) -> str:
    """Write a calendar month by its name, another period by first and last date.

    The year is written once: 2026年11月21日～12月20日.
    """
    first, last = period.first, period.last
    if first.day == 1 and last.month == first.month and _ends_month(last):
        return month_text(first)
    until = full_date_text(last)
    if last.year == first.year:
        until = _("{month:02}-{day:02}").format(month=last.month, day=last.day)
    return _("{first} – {last}").format(first=full_date_text(first), last=until)


def _ends_month(date: dt.date) -> bool:
    return date.day == monthrange(date.year, date.month)[1]


def dates_text(first: dt.date, last: dt.date) -> str:
    """Write whole dates: 12月6日(日)〜12月12日(土), or the only one."""
    if first == last:
        return date_text(first)
    text = _("{first} to {last}")
    return text.format(first=date_text(first), last=date_text(last))


def runs(dates: Iterable[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the runs of dates one after the other, each by its first and last."""
    days = sorted(set(dates))
    for _start, run in groupby(enumerate(days), lambda at: at[1].toordinal() - at[0]):
        (_number, first), *others = run
        yield first, others[-1][1] if others else first


def runs_text(dates: Iterable[dt.date]) -> str:
    """Write dates, runs by first and last: 12月1日(火)〜12月3日(木)."""
    return "、".join(dates_text(first, last) for first, last in runs(dates))


def dates_told(dates: Iterable[dt.date]) -> str:
    """Write dates as `dates_shortly` does, with their number where they are many."""
    days = sorted(set(dates))
    text = dates_shortly(days)
    if text == runs_text(days):
        return text
    return _("{dates} ({count} days)").format(dates=text, count=len(days))


def dates_shortly(dates: Iterable[dt.date]) -> str:
    """Write dates; many by weekday: 12月1日(火)〜12月30日(水)の火・水曜."""
    days = sorted(set(dates))
    text = dates_exactly(days)
    if text != runs_text(days) or len(days) <= MANY_DATES or not _are_many(days):
        return text
    return _("dates from {stretch}").format(stretch=dates_text(days[0], days[-1]))


def dates_exactly(dates: Iterable[dt.date]) -> str:
    """Write dates; many by weekday if they are all of these, else one by one."""
    days = sorted(set(dates))
    if not _are_many(days):
        return runs_text(days)
    weekdays = {date.weekday() for date in days}
    length = (days[-1] - days[0]).days + 1
    between = (days[0] + dt.timedelta(days=one) for one in range(length))
    if sum(date.weekday() in weekdays for date in between) != len(days):
        return runs_text(days)
    stretch = dates_text(days[0], days[-1])
    text = _("{weekdays} from {stretch}")
    return text.format(weekdays=weekdays_text(weekdays), stretch=stretch)


def _are_many(days: Sequence[dt.date]) -> bool:
    """Return whether dates in order are many runs."""
    return sum((b - a).days > 1 for a, b in pairwise(days)) >= MANY_RUNS


def seconds_text(seconds: float) -> str:
    """Write seconds as people wait: 4分10秒."""
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=rest)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def clock_text(minutes: int) -> str:
    """Write clock minutes: 9:30, 翌9:30 after midnight (English: 33:30), 前日21:00."""
    if minutes < 0:
        return _("(day before) {clock}").format(clock=clock_text(minutes + DAY))
    if minutes > DAY and language() == "ja":
        return f"翌{clock_text(minutes - DAY)}"
    return hours_and_minutes(minutes)


def hours_and_minutes(minutes: int) -> str:
    """Write minutes as hours and minutes: 152:30."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def span_text(span: Interval) -> str:
    """Write a clock interval: 16:30-翌9:30."""
    return f"{_begin_text(span.start)}-{clock_text(span.end)}"


def _begin_text(minutes: int) -> str:
    """Write when something begins; at midnight that is the next date: 翌0:00."""
    return "翌0:00" if minutes == DAY and language() == "ja" else clock_text(minutes)


def stretch_text(begin: dt.datetime, end: dt.datetime, date: dt.date) -> str:
    """Write a stretch of time by the clock of ``date``, if near, else with dates."""
    return f"{_moment_text(begin, date, _begin_text)}-{_moment_text(end, date)}"


def _moment_text(
    moment: dt.datetime, date: dt.date, write: Callable[[int], str] = clock_text
) -> str:
    minutes = (moment.date() - date).days * DAY + moment.hour * HOUR + moment.minute
    if -DAY <= minutes <= 2 * DAY:
        return write(minutes)
    return f"{date_text(moment.date())} {moment.hour}:{moment.minute:02d}"


ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
"""The year before the first of an era."""
OF_ERA = re.compile(rf"^({'|'.join(ERAS)})(元|\d{{1,2}})(?=[-/.年])", re.IGNORECASE)
"""The year of a date such as 令和9年3月1日, R9/3/1."""

FORM = re.compile(
    r"(?P<before>[A-Za-z]{3})?"
    r"(?:(?:(?P<year>\d{4})[-/年])?(?P<month>\d{1,2})[-/月])?(?P<day>\d{1,2})日?"
    r"(?:\((?P<behind>\w+)\))?"
)


def parse_date(
    text: str, period: Period | None, after: dt.date | None = None
) -> dt.date | None:
    """Parse a date; return ``None`` if the text is none.

    Parameters
    ----------
    text
        A date, perhaps without year, or without month too.  If it gives a weekday, that
        must be right.
    period
        Missing parts are taken from a date of the period.  Dates outside are returned
        too, so that the caller can report them.  Without a period nothing may be
        missing.
    after
        First date of a span: dates from it on are preferred to earlier ones.
    """
    form = FORM.fullmatch(OF_ERA.sub(_western, look_of(text)))
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


def _western(year: re.Match[str]) -> str:
    number = 1 if year[2] == "元" else int(year[2])
    return str(ERAS[year[1].upper()] + number)


def _dates(
    form: re.Match[str], period: Period | None, after: dt.date | None
) -> Iterator[dt.date]:
    """Yield the dates that a text may mean, the likeliest first."""
    day, month, year = (form[part] for part in ("day", "month", "year"))
    dates = period.dates if period else ()
    for date in sorted(dates, key=lambda one: after is not None and one < after):
        said = ((day, date.day), (month, date.month), (year, date.year))
        if all(part is None or int(part) == number for part, number in said):
            yield date
    if month is not None and (year or period):
        with suppress(ValueError):
            first = period.first if period else dt.date.min
            yield dt.date(int(year or first.year), int(month), int(day))
