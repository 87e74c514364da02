"""What has changed, as it is told on the line: 佐藤=2026-12-14..16."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.scenario import Absence, Leaving, Scenario
from scheduler.domain.shifts import Duty, OffKind
from scheduler.validation import mistakes_of
from scheduler.whatif.dates import meant
from scheduler.whatif.mistakes import mistakes
from scheduler.whatif.names import name_mistake, named
from scheduler.workbook.roster.symbols import CellLanguage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

Value = TypeVar("Value")

ABSENT, LEAVE, SHIFT, FROM = "--absent", "--leave", "--shift", "--from"
COUNTS = {
    "--overnight": "overnight",
    "--day-users": "day_users",
    "--visits": "visits",
}
"""Options on users of a date, and what of the forecast they change."""

EXAMPLES = {
    ABSENT: "佐藤=2026-12-14..16",
    LEAVE: "佐藤=2026-12-20",
    SHIFT: "佐藤=2026-12-14:日",
    **{option: "2026-12-20=6" for option in COUNTS},
}

GIVEN = (OffKind.DAY_OFF, OffKind.PAID_LEAVE)
"""Kinds of day that can be asked for in place of a shift."""

ONE_DAY = dt.timedelta(days=1)
RANGE = re.compile(r"\.{2,}|[~〜]")


class Place(NamedTuple):
    """Where on the line something was told."""

    option: str
    text: str


class Told(NamedTuple):
    """What was said on the line: the values of each option, in order."""

    absent: Sequence[str] = ()
    leave: Sequence[str] = ()
    shift: Sequence[str] = ()
    overnight: Sequence[str] = ()
    day_users: Sequence[str] = ()
    visits: Sequence[str] = ()
    start: str = ""


def read_scenario(told: Told, problem: Problem, roster: Roster) -> Scenario:
    """Return what has changed, or say all that is wrong with how it was told.

    Names may be cut to a beginning that only one person has.  Dates may go without
    year, or without month where the period has the day once.

    Raises
    ------
    InputError
        With every mistake; its place is the option and its value.
    """
    return _Reader(told, problem).read(roster)


class _Wrong(Exception):
    """A value that says nothing; `code` and `facts` are those of the mistake."""

    def __init__(self, code: str, **facts: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class _Reader:
    """Reads option by option, collecting mistakes and where each value was told."""

    def __init__(self, told: Told, problem: Problem) -> None:
        self._told = told
        self._problem = problem
        self._language = CellLanguage(problem)
        self._mistakes: list[Mistake] = []
        self._places: dict[tuple[str | int, ...], Place] = {}

    def read(self, roster: Roster) -> Scenario:
        told = self._told
        absences = self._part("absences", ABSENT, told.absent, self._absence)
        duties = self._part("duties", SHIFT, told.shift, self._duty)
        leaving = self._part("leaving", LEAVE, told.leave, self._leaving)
        days = self._days()
        begins = [
            *(absence.first for absence in absences),
            *(duty.date for duty in duties),
            *(one.last + ONE_DAY for one in leaving),
            *(day.date for day in days),
        ]
        scenario = Scenario(
            now=self._now(begins),
            absences=tuple(absences),
            duties=tuple(duties),
            leaving=tuple(leaving),
            days=tuple(days),
        )
        found = [
            *self._mistakes,
            *(
                self._placed(one)
                for one in mistakes(scenario, self._problem, roster)
                # What was told and not understood is no lack of telling.
                if not (self._mistakes and one.code == "scenario_empty")
            ),
        ]
        if found:
            raise InputError(found)
        return scenario

    def _now(self, begins: Sequence[dt.date]) -> dt.date:
        """Return the first date that may change: told, or the first that does."""
        start, period = self._told.start, self._problem.period
        for place, told in self._read(FROM, [start] if start else (), self._date):
            self._places["now",] = place
            return told
        first = min(begins, default=period.first)
        return max(period.first, min(period.last, first))

    def _part(
        self,
        part: str,
        option: str,
        texts: Sequence[str],
        read: Callable[[str], Value],
    ) -> list[Value]:
        """Read a part of the scenario, and keep where each of it was told."""
        found = list(self._read(option, texts, read))
        for index, (place, _) in enumerate(found):
            self._places[part, index] = place
        return [value for _, value in found]

    def _read(
        self, option: str, texts: Sequence[str], read: Callable[[str], Value]
    ) -> Iterator[tuple[Place, Value]]:
        """Yield what the values of an option say, each with its place."""
        for text in texts:
            place = Place(option, text)
            try:
                yield place, read(unicodedata.normalize("NFKC", text))
            except _Wrong as wrong:
                facts = {"example": EXAMPLES.get(option, ""), **wrong.facts}
                self._wrong(place, wrong.code, **facts)

    def _wrong(self, place: Place, code: str, **facts: int | str) -> None:
        mistake = Mistake(code=code, facts=facts, sheet=place.option, cell=place.text)
        self._mistakes.append(mistake)

    def _placed(self, found: Mistake) -> Mistake:
        """Say by option and value where a mistake is."""
        for path in (found.loc[:2], found.loc[:1]):
            if path in self._places:
                place = self._places[path]
                told = {"sheet": place.option, "cell": place.text}
                return found.model_copy(update=told)
        return found

    # -- one value -------------------------------------------------------------------

    def _absence(self, text: str) -> Absence:
        name, when = _sides(text)
        staff = self._person(name)
        first, last = self._dates(when)
        if last < first:
            raise _Wrong("dates_reversed")
        return Absence(staff=staff, first=first, last=last)

    def _leaving(self, text: str) -> Leaving:
        name, when = _sides(text)
        return Leaving(staff=self._person(name), last=self._date(when))

    def _duty(self, text: str) -> Duty:
        name, rest = _sides(text)
        when, between, symbol = rest.partition(":")
        if not between:
            raise _Wrong("not_told", value=text)
        staff, date = self._person(name), self._date(when)
        meaning = self._language.read(symbol)
        if meaning is None or (meaning.shift is None and meaning.off not in GIVEN):
            symbols = (*self._problem.shift_by_symbol, "休", "有")
            raise _Wrong("not_asked", value=symbol, choices="、".join(symbols))
        return Duty(
            staff=staff,
            date=date,
            shift=meaning.shift,
            roles=meaning.roles or (),
            off=meaning.off,
        )

    def _person(self, text: str) -> StaffId:
        names = [member.name for member in self._problem.staff]
        found = named(text, names)
        if len(found) != 1:
            wrong = name_mistake(text, names)
            raise _Wrong(wrong.code, **wrong.facts)
        return found[0]

    def _dates(self, text: str) -> tuple[dt.date, dt.date]:
        """Read one date, or the first and the last of several."""
        first, *others = RANGE.split(text)
        if len(others) > 1:
            raise _Wrong("not_date", value=text)
        begin = self._date(first)
        return begin, self._date(others[0], begin) if others else begin

    def _date(self, text: str, after: dt.date | None = None) -> dt.date:
        """Read a date; what it leaves out is that of the period, or of ``after``."""
        found = meant(text, self._problem.period, after)
        if found is None:
            raise _Wrong("not_date", value=text)
        return found

    # -- users -----------------------------------------------------------------------

    def _days(self) -> list[ForecastDay]:
        """Return the dates with other users than expected, in order."""
        days: dict[dt.date, ForecastDay] = {}
        told: dict[dt.date, Place] = {}
        for option, field in COUNTS.items():
            numbers: dict[dt.date, int] = {}
            texts: Sequence[str] = getattr(self._told, field)
            for place, (date, number) in self._read(option, texts, self._count):
                if date in numbers:
                    first = numbers[date]
                    self._wrong(place, "two_values", first=first, second=number)
                    continue
                numbers[date] = number
                day = days.get(date) or self._expected(date)
                days[date] = self._with(day, field, number, place)
                told.setdefault(date, place)
        for index, date in enumerate(sorted(days)):
            self._places["days", index] = told[date]
        return [days[date] for date in sorted(days)]

    def _count(self, text: str) -> tuple[dt.date, int]:
        when, number = _sides(text)
        date = self._date(when)
        if not number.strip().isdecimal():
            raise _Wrong("not_integer", value=number)
        return date, int(number)

    def _expected(self, date: dt.date) -> ForecastDay:
        """Return what was expected; of a date outside, that of any other."""
        known = self._problem.forecast_by_date
        usual = known.get(date) or next(iter(known.values()))
        return usual.model_copy(update={"date": date})

    def _with(
        self, day: ForecastDay, field: str, number: int, place: Place
    ) -> ForecastDay:
        try:
            return type(day).model_validate({**day.model_dump(), field: number})
        except ValidationError as error:
            for found in mistakes_of(error):
                self._wrong(place, found.code, **found.facts)
            return day


def _sides(text: str) -> tuple[str, str]:
    """Return what stands before and behind the equals sign."""
    before, sign, after = text.rpartition("=")
    if not (sign and before.strip() and after.strip()):
        raise _Wrong("not_told", value=text)
    return before, after
