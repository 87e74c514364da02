"""Parse a scenario from text: names, dates, symbols, numbers.

Options of the command line and the sheet of a roster workbook are parsed alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from pydantic import ValidationError

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.homes import at_number, homes
from scheduler.domain.likeness import begun, look_of, on_one_line
from scheduler.domain.problem import Problem
from scheduler.domain.registrants import UseChange, WeeklyUse
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import (
    USERS,
    Absence,
    Case,
    Event,
    Happening,
    Leaving,
    Lending,
    Scenario,
    Words,
    with_lent,
)
from scheduler.domain.shifts import Duty, OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.validation import mistakes_of
from scheduler.whatif.lent_out import lend, times_and_office
from scheduler.whatif.other_users import (
    goes_on,
    parse_services,
    parse_visits,
    use_changes,
    with_changes,
    with_visits,
)
from scheduler.whatif.scenario_effects import mistakes, newcomer
from scheduler.whatif.scenario_words import ScenarioWords, WrongWords
from scheduler.wording.notation import DAYS, CellLanguage

Value = TypeVar("Value")

GIVEN = (
    OffKind.DAY_OFF,
    OffKind.PAID_LEAVE,
    OffKind.LONG_LEAVE,
    OffKind.SPECIAL_LEAVE,
)
"""Kinds of day that can be asked for in place of a shift."""

GIVEN_WORDS = tuple(DAYS[kind][0] for kind in GIVEN)


def parse_scenario(
    case: Case,
    problem: Problem,
    roster: Roster,
    found: Iterable[Mistake] = (),
    house: int = MAIN,
) -> Scenario:
    """Return the scenario that a case describes, or raise all of its mistakes.

    Names may be cut to a beginning that only one person has.  Dates may go without
    year, or without month where the period has the day once.

    Parameters
    ----------
    found
        Mistakes already known.
    house
        Where several houses are planned together, the one whose symbols and users are
        meant.

    Raises
    ------
    InputError
        With every mistake and its place.
    """
    return _Parser(case, problem, found, house).read(roster)


def parse_scenarios(
    cases: Iterable[Case],
    problem: Problem,
    roster: Roster,
    found: Iterable[Mistake] = (),
    house: int = MAIN,
) -> tuple[Scenario, ...]:
    """Return the scenarios of several cases, or raise the mistakes of all of them.

    Raises
    ------
    InputError
        With every mistake and its place.
    """
    scenarios: list[Scenario] = []
    wrong = list(found)
    for case in cases:
        try:
            scenarios.append(parse_scenario(case, problem, roster, house=house))
        except InputError as error:
            wrong += error.mistakes
    if wrong:
        raise InputError(wrong)
    return tuple(scenarios)


class _Parser(ScenarioWords):
    """Parses event by event, collecting mistakes and the place of each value."""

    def __init__(
        self, case: Case, problem: Problem, found: Iterable[Mistake], house: int
    ) -> None:
        self._case = case
        super().__init__(problem)
        self._home = at_number(problem, house)
        self._language = CellLanguage(self._home.problem)
        self._mistakes = list(found)
        self._places: dict[tuple[str | int, ...], Words] = {}
        self._lent: list[Lending] = []

    def read(self, roster: Roster) -> Scenario:
        absences = self._part("absences", Event.ABSENCE, self._absence)
        joining = self._joining()
        duties = self._duties(joining)
        leaving = self._part("leaving", Event.LEAVING, self._leaving)
        uses, days = self._other_users()
        begins = [
            *(absence.first for absence in absences),
            *(duty.date for duty in duties),
            *(one.last + ONE_DAY for one in leaving),
            *(member.employed.first for member in joining if member.employed.first),
            *(day.date for day in days),
        ]
        scenario = Scenario(
            name=self._case.name,
            now=self._now(begins),
            absences=tuple(absences),
            duties=tuple(duties),
            lent=tuple(self._lent),
            joining=tuple(joining),
            leaving=tuple(leaving),
            days=tuple(days),
            uses=tuple(uses),
        )
        found = [
            *self._mistakes,
            *(
                self._placed(one)
                for one in mistakes(scenario, self._problem, roster)
                # Events that could not be parsed do not make the scenario empty.
                if not (self._mistakes and one.code == "scenario_empty")
            ),
        ]
        if found:
            # Several dates of one cell may be wrong alike.
            unique = {(one.code, one.sheet, one.cell): one for one in reversed(found)}
            raise InputError(tuple(reversed(unique.values())))
        return scenario

    def _now(self, begins: Sequence[dt.date]) -> dt.date:
        """Return the first date that may change: as given, or of the first event."""
        start, period = self._case.start, self._problem.period
        if start.text:
            self._places["now",] = start
            try:
                return self.date(start)
            except WrongWords as wrong:
                self._mistakes.append(wrong.mistake)
        first = min(begins, default=period.first)
        return max(period.first, min(period.last, first))

    def _part(
        self, part: str, event: Event, read: Callable[[Happening], Value]
    ) -> list[Value]:
        """Parse a part of the scenario, and remember the place of each value."""
        values: list[Value] = []
        for told, value in self._read(event, read):
            self._remember((part, len(values)), told)
            values.append(value)
        return values

    def _read(
        self, event: Event, read: Callable[[Happening], Value]
    ) -> Iterator[tuple[Happening, Value]]:
        """Yield the case's entries of a kind of event, each with its parsed value."""
        for told in self._case.happenings:
            if told.event is event:
                try:
                    yield told, read(told)
                except WrongWords as wrong:
                    self._mistakes.append(wrong.mistake)

    def _remember(self, path: tuple[str | int, ...], told: Happening) -> None:
        self._places[path] = told.what if told.what.text else told.first
        self._places[*path, "staff"] = self._places[*path, "name"] = told.name
        self._places[*path, "first"] = self._places[*path, "date"] = told.first
        self._places[*path, "last"] = told.last if told.last.text else told.first

    def _placed(self, found: Mistake) -> Mistake:
        """Return a mistake with the sheet and cell of the value that it is about."""
        for length in range(len(found.loc), 0, -1):
            words = self._places.get(found.loc[:length])
            if words is not None:
                place = {"sheet": words.sheet, "cell": words.cell}
                return found.model_copy(update=place)
        return found

    # -- one thing -------------------------------------------------------------------

    def _absence(self, told: Happening) -> Absence:
        staff = self.person(told.name)
        first, last = self.dates(told)
        return Absence(staff=staff, first=first, last=last)

    def _leaving(self, told: Happening) -> Leaving:
        return Leaving(staff=self.person(told.name), last=self.date(told.first))

    def _joining(self) -> list[StaffMember]:
        """Return who joins, a line for each house that lists whom they are like."""
        joining: list[StaffMember] = []
        for told, lines in self._read(Event.JOINING, self._lines):
            for member in lines:
                self._remember(("joining", len(joining)), told)
                joining.append(member)
        return joining

    def _lines(self, told: Happening) -> list[StaffMember]:
        first = self.inside(told.first)
        like = self.person(told.what)
        name = StaffId(on_one_line(told.name.text.strip()))
        return [
            home.of_all(self._newcomer(told, name, first, row))
            for home in homes(self._problem)
            if (row := home.problem.member_by_name.get(like)) is not None
        ]

    def _newcomer(
        self, told: Happening, name: StaffId, first: dt.date, like: StaffMember
    ) -> StaffMember:
        try:
            new = newcomer(name, first, like, self._problem.period)
            return type(new).model_validate(new.model_dump())
        except ValidationError as error:
            [mistake, *_others] = mistakes_of(error)
            raise WrongWords(mistake.code, told.name, **mistake.facts) from error

    def _duties(self, joining: Sequence[StaffMember]) -> list[Duty]:
        """Return the duties that are to change, newcomers' included."""
        new = [member.name for member in joining]
        duties: list[Duty] = []
        for told, cells in self._read(Event.DUTY, lambda one: self._cells(one, new)):
            for duty in cells:
                self._remember(("duties", len(duties)), told)
                duties.append(duty)
        for told, cells in self._read(Event.LOAN, self._lending):
            for duty in cells:
                self._remember(("duties", len(duties)), told)
                duties.append(duty)
        return duties

    def _lending(self, told: Happening) -> list[Duty]:
        """Return the cells of somebody who is lent, in the symbols of all houses."""
        staff = self.person(told.name)
        first, last = self.dates(told)
        where = times_and_office(told.what.text)
        if where is None:
            raise WrongWords("not_loan", told.what, value=told.what.text)
        dates = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
        new = lend(with_lent(self._problem, self._lent), staff, dates, *where)
        self._lent += new
        whole = with_lent(self._problem, self._lent)
        return [at_number(whole, one.house).duty_in_all(one.duty) for one in new]

    def _cells(self, told: Happening, new: Sequence[StaffId]) -> list[Duty]:
        staff = self.person(told.name, new)
        first, last = self.dates(told)
        symbol = told.what
        meaning = self._language.read(symbol.text)
        if meaning is None or (meaning.shift is None and meaning.off not in GIVEN):
            choices = "、".join((*self._home.problem.shift_by_symbol, *GIVEN_WORDS))
            code, facts = self._language.refused("not_asked", symbol.text)
            facts |= {"value": symbol.text, "choices": choices}
            raise WrongWords(code, symbol, **facts)
        duties = (
            Duty(
                staff=staff,
                date=first + dt.timedelta(days=number),
                shift=meaning.shift,
                roles=meaning.roles or (),
                off=meaning.off,
                kind=meaning.kind,
            )
            for number in range((last - first).days + 1)
        )
        return [self._home.duty_in_all(duty) for duty in duties]

    # -- users -----------------------------------------------------------------------

    def _other_users(self) -> tuple[list[UseChange], list[ForecastDay]]:
        """Return other weeks of users, and the dates with other users, in order."""
        days: dict[dt.date, ForecastDay] = {}
        places: dict[dt.date, Happening] = {}
        uses: list[UseChange] = []
        for told, changes in self._read(Event.USE, self._use):
            uses += changes
            for date in self._problem.period.dates:
                usual = self._expected(date)
                day = with_changes(self._home.problem, usual, uses)
                if day != usual:
                    places.setdefault(date, told)
                    days[date] = day
        for event in USERS:
            numbers: dict[dt.date, int] = {}
            for told, (dates, number) in self._read(event, self._count):
                for date in dates:
                    if not isinstance(number, int):
                        day = days.get(date) or self._expected(date)
                        days[date] = with_visits(day, number)
                        places.setdefault(date, told)
                        continue
                    if date in numbers:
                        facts = {"first": numbers[date], "second": number}
                        wrong = WrongWords("two_values", told.what, **facts)
                        self._mistakes.append(wrong.mistake)
                        continue
                    numbers[date] = number
                    day = days.get(date) or self._expected(date)
                    days[date] = self._with(day, event, number, told.what)
                    places.setdefault(date, told)
        for index, date in enumerate(sorted(days)):
            self._remember(("days", index), places[date])
        if self._home.number != MAIN:
            uses = [self._home.of_all(use) for use in uses]
        return uses, [days[date] for date in sorted(days)]

    def _use(self, told: Happening) -> list[UseChange]:
        """Parse a user's other week; without a last date it goes on to the end."""
        users = {user.name: user for user in self._home.problem.registrants}
        names = begun(told.name.text, users)
        if len(names) != 1:
            facts = unknown_facts(told.name.text, users)
            raise WrongWords("unknown_user", told.name, **facts)
        try:
            services = parse_services(told.what.text)
            given = users[names[0]], services, self.stretch(told, to_end=True)
            return list(use_changes(self._home.problem, *given))
        except ValueError as error:
            raise WrongWords("not_services", told.what, value=told.what.text) from error

    def _count(
        self, told: Happening
    ) -> tuple[list[dt.date], int | tuple[WeeklyUse, ...]]:
        """Parse dates with their number, or with the times of further visits."""
        number = look_of(told.what.text)
        if number.isdecimal():
            return self.stretch(told), int(number)
        if told.event is not Event.VISITS:
            raise WrongWords("not_integer", told.what, value=told.what.text)
        try:
            visits = parse_visits(told.what.text)
        except ValueError as error:
            raise WrongWords("not_visits", told.what, value=told.what.text) from error
        dates = self.stretch(told, to_end=goes_on(visits))
        weekdays = {day for visit in visits for day in visit.weekdays}
        return [date for date in dates if date.weekday() in weekdays], visits

    def _expected(self, date: dt.date) -> ForecastDay:
        """Return the forecast of a date; of a date outside, that of any other."""
        known = self._home.problem.forecast_by_date
        usual = known.get(date) or next(iter(known.values()))
        day = usual.model_copy(update={"date": date})
        return day if self._home.number == MAIN else self._home.of_all(day)

    def _with(
        self, day: ForecastDay, event: Event, number: int, words: Words
    ) -> ForecastDay:
        try:
            return type(day).model_validate({**day.model_dump(), event.value: number})
        except ValidationError as error:
            for found in mistakes_of(error):
                self._mistakes.append(
                    WrongWords(found.code, words, **found.facts).mistake
                )
            return day
