"""Building blocks of the sample offices: shifts, contracts, tails, requests."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.forecast import DayProfile, Forecast, ForecastDay
from scheduler.domain.kinds import given_beside
from scheduler.domain.office import Office
from scheduler.domain.period import Period
from scheduler.domain.problem import History, Problem
from scheduler.domain.requests import CoverRule, Pair, Request, Strength, Want
from scheduler.domain.shifts import Duty, OffKind, OnCall, Shift
from scheduler.domain.staff import Contract, StaffMember
from scheduler.files.holidays_jp import TAIL, make_period

SAMPLE_MONTH = make_period(dt.date(2027, 1, 1), dt.date(2027, 1, 31))
"""Default month of the samples."""

DAY_MINUTES = 480
SATURDAY = 5
SUNDAY = 6
WEEKDAYS = "月火水木金土日"
HOLIDAY_PROFILE = "日祝"
WEEKDAY_PROFILE = "平日"

OFF = {
    "休": OffKind.DAY_OFF,
    "有": OffKind.PAID_LEAVE,
    "明": OffKind.AFTER_NIGHT,
}


def shift_table(text: str) -> tuple[Shift, ...]:
    """Parse one shift per line, as in ``早 早番 early 6:00-15:00 10:00-11:00 /13:00``.

    After the time span come the alternative breaks; a time after a slash is a segment
    boundary, at which the role may change.
    """
    return tuple(_shift(*line.split()) for line in text.strip().splitlines())


def _shift(symbol: str, name: str, kind: str, span: str, *more: str) -> Shift:
    start, end = span.split("-")
    return Shift.model_validate(
        {
            "symbol": symbol,
            "name": name,
            "kind": kind,
            "start": start,
            "end": end,
            "breaks": [[entry] for entry in more if entry[0] != "/"],
            "cuts": [entry[1:] for entry in more if entry[0] == "/"],
        }
    )


def day_profile(
    name: str, arrivals: str, departures: str, away: str, *visits: Mapping[str, Any]
) -> DayProfile:
    """Make a day profile; arrivals and departures are written ``9:30=60 10:00=40``.

    The numbers are percent of the day's users.

    Parameters
    ----------
    away
        Time span in which overnight guests are day users or gone.
    """
    leave, back = away.split("-")
    return DayProfile.model_validate(
        {
            "name": name,
            "arrivals": _flow(arrivals),
            "departures": _flow(departures),
            "guests_leave": leave,
            "guests_return": back,
            "visits": visits,
        }
    )


def _flow(text: str) -> list[dict[str, str]]:
    pairs = (entry.split("=") for entry in text.split())
    return [{"at": at, "percent": percent} for at, percent in pairs]


def full_time(period: Period, **fields: Any) -> Contract:
    """Make a full-timer's contract: ten days off in 31 dates, 8 hours on the others.

    In 31 dates, 20 to 21 days of 8 hours are 160 to 168 hours, below the monthly cap
    of 177.1 hours.
    """
    days_off = round(period.days * 10 / 31)
    most = (period.days - days_off) * DAY_MINUTES
    return Contract(
        full_time=True,
        day_minutes=DAY_MINUTES,
        minutes_min=most - DAY_MINUTES,
        minutes_max=most,
        days_off_min=days_off,
        **fields,
    )


def part_time(
    period: Period,
    weekdays: str,
    day_minutes: int,
    *,
    days_a_week: int | None = None,
) -> Contract:
    """Make a part-timer's contract with fixed weekdays.

    All of these dates but one to three are worked; with ``days_a_week``, as many days
    as that makes.
    """
    numbers = tuple(WEEKDAYS.index(weekday) for weekday in weekdays)
    most = sum(date.weekday() in numbers for date in period.dates)
    if days_a_week is not None:
        most = -(-period.days * days_a_week // len(WEEKDAYS))
    return Contract(
        full_time=False,
        day_minutes=day_minutes,
        weekdays=numbers,
        days_per_week_max=days_a_week,
        minutes_min=max(0, most - 3) * day_minutes,
        minutes_max=most * day_minutes,
    )


def house(**fields: Any) -> Office:
    """Make an office; a night band is written ``21:00-30:00``."""
    return Office.model_validate(fields)


def assemble(
    period: Period,
    office: Office,
    shifts: Sequence[Shift],
    staff: Sequence[StaffMember],
    expected: Expected,
    tail: SampleTail,
    asked: Mapping[str, str],
    cover_rules: Sequence[CoverRule],
    pairs: Sequence[Pair] = (),
) -> Problem:
    """Assemble a problem; ``asked`` holds requests in the notation of `wishes`."""
    return Problem(
        period=period,
        office=office,
        shifts=tuple(shifts),
        staff=tuple(staff),
        forecast=expected.forecast(period),
        requests=wishes(period, asked),
        history=tail.history(period, staff, shifts),
        cover_rules=tuple(cover_rules),
        pairs=tuple(pairs),
        kinds=given_beside(shifts),
    )


class Expected(NamedTuple):
    """Users expected by weekday, Monday first."""

    day_users: tuple[int, ...]
    overnight: tuple[int, ...]
    visits: tuple[int, ...]

    def forecast(self, period: Period) -> Forecast:
        """Return the forecast of a period; a public holiday counts as a Sunday."""
        days = []
        for date in period.dates:
            weekday = SUNDAY if date in period.holiday_names else date.weekday()
            days.append(
                ForecastDay(
                    date=date,
                    day_users=self.day_users[weekday],
                    overnight=self.overnight[weekday],
                    visits=self.visits[weekday],
                    profile=HOLIDAY_PROFILE if weekday == SUNDAY else WEEKDAY_PROFILE,
                )
            )
        eve = period.first - ONE_DAY
        return Forecast(
            days=tuple(days), overnight_before=self.overnight[eve.weekday()]
        )


class SampleTail(NamedTuple):
    """The end of last month, from a pattern that is legal in any month.

    Everybody in ``rotation`` works through ``cycle``, each shifted by one date: with as
    many people as the cycle has dates, each of its symbols occurs once on every date.
    The others work their ``weekly`` pattern, Monday first.
    """

    cycle: str
    rotation: tuple[str, ...]
    weekly: Mapping[str, str]
    on_call_when: str
    """Symbol of the cycle; whoever works it is on call that night; empty: nobody."""
    on_call_saturdays: str | None = None
    """Person who is on call on Saturdays instead, so that in a cycle of six nobody is
    on call twice from Sunday to Saturday."""

    def history(
        self, period: Period, staff: Sequence[StaffMember], shifts: Sequence[Shift]
    ) -> History:
        """Return the tail before a period."""
        table = {one.symbol: one for one in shifts}
        dates = [period.first - back * ONE_DAY for back in range(TAIL.days, 0, -1)]
        return History(
            duties=tuple(
                _duty(member, date, self._symbol(member.name, period, date), table)
                for member in staff
                for date in dates
            ),
            on_call=tuple(
                self._on_call(period, date) for date in dates if self.on_call_when
            ),
        )

    def _symbol(self, name: str, period: Period, date: dt.date) -> str:
        if name in self.rotation:
            return self.cycle[self._place(name, period, date)]
        symbol = self.weekly[name][date.weekday()]
        return "休" if symbol == "-" else symbol

    def _place(self, name: str, period: Period, date: dt.date) -> int:
        days = (date - period.first).days
        return (days + self.rotation.index(name)) % len(self.cycle)

    def _on_call(self, period: Period, date: dt.date) -> OnCall:
        if self.on_call_saturdays and date.weekday() == SATURDAY:
            return OnCall(staff=StaffId(self.on_call_saturdays), date=date)
        place = self.cycle.index(self.on_call_when)
        names = (n for n in self.rotation if self._place(n, period, date) == place)
        return OnCall(staff=StaffId(next(names)), date=date)


def _duty(
    member: StaffMember, date: dt.date, symbol: str, table: Mapping[ShiftId, Shift]
) -> Duty:
    if symbol in OFF:
        return Duty(staff=member.name, date=date, off=OFF[symbol])
    line = table[ShiftId(symbol)]
    role = next(role for role in member.roles if role in (line.roles or member.roles))
    return Duty(
        staff=member.name,
        date=date,
        shift=line.symbol,
        roles=(role,) * len(line.segments),
        breaks=line.break_options[0],
    )


_WISH = re.compile(
    r"(?P<weekday>[月火水木金土日])?(?P<number>\d+)"
    r"(?P<what>×?[^\d◎△]+)(?P<strength>[◎△])?"
)
_STRENGTH = {"◎": Strength.MUST, "△": Strength.WEAK, None: Strength.STRONG}
_WANT = {"休": Want.DAY_OFF, "有": Want.PAID_LEAVE, "×宿": Want.NOT_ON_CALL}


def wishes(period: Period, sheet: Mapping[str, str]) -> tuple[Request, ...]:
    """Parse requests such as ``8休 15有◎ 月2日/遅△ 20×夜 24×宿``, sorted by date.

    A number counts dates from the first of the period, or, after a weekday, the
    occurrences of that weekday.  ``◎`` is a must, ``△`` a weak wish.  Requests for
    dates beyond a short period are left out.
    """
    asked: list[Request] = []
    for name, text in sheet.items():
        own = (
            request
            for entry in text.split()
            for request in _wish(period, StaffId(name), entry)
        )
        asked.extend(sorted(own, key=lambda request: request.date))
    return tuple(asked)


def _wish(period: Period, name: StaffId, entry: str) -> Iterator[Request]:
    match = _WISH.fullmatch(entry)
    if match is None:
        raise ValueError(entry)
    dates: Iterable[dt.date] = period.dates
    if match["weekday"]:
        weekday = WEEKDAYS.index(match["weekday"])
        dates = [date for date in dates if date.weekday() == weekday]
    what = match["what"]
    want = _WANT.get(what, Want.NOT_SHIFT if what[0] == "×" else Want.SHIFT)
    symbols = () if what in _WANT else tuple(what.removeprefix("×").split("/"))
    number = int(match["number"])
    for date in tuple(dates)[number - 1 : number]:
        yield Request(
            staff=name,
            date=date,
            want=want,
            shifts=tuple(ShiftId(symbol) for symbol in symbols),
            strength=_STRENGTH[match["strength"]],
        )
