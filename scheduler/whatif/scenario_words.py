"""The words of a scenario: names of the staff, and dates of the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.domain.base import StaffId
from scheduler.domain.errors import Mistake
from scheduler.domain.likeness import begun
from scheduler.domain.problem import Problem
from scheduler.domain.scenario import Happening, Words
from scheduler.whatif.scenario_effects import name_mistake
from scheduler.wording.mistakes import examples
from scheduler.wording.times import parse_date


class WrongWords(Exception):
    """Words that cannot be parsed; `code` and `facts` are those of the mistake."""

    def __init__(self, code: str, words: Words, **facts: int | str) -> None:
        super().__init__(code)
        self.mistake = Mistake.at(code, words.sheet, words.cell, **facts)


class ScenarioWords:
    """Reads words in the names and dates of a month."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def person(self, words: Words, new: Sequence[StaffId] = ()) -> StaffId:
        """Return who of the staff, or of newcomers, is meant."""
        names = [*(member.name for member in self._problem.staff), *new]
        found = begun(words.text, names)
        if len(found) != 1:
            wrong = name_mistake(words.text, names)
            raise WrongWords(wrong.code, words, **wrong.facts)
        return found[0]

    def dates(self, told: Happening) -> tuple[dt.date, dt.date]:
        """Parse the first and the last date, or the only one."""
        first = self.inside(told.first)
        if not told.last.text:
            return first, first
        last = self.inside(told.last, first)
        if last < first:
            raise WrongWords("dates_reversed", told.last)
        return first, last

    def inside(self, words: Words, after: dt.date | None = None) -> dt.date:
        """Parse a date that must lie in the period."""
        date, period = self.date(words, after), self._problem.period
        if date not in period:
            span = {"first": str(period.first), "last": str(period.last)}
            raise WrongWords("date_outside", words, date=str(date), **span)
        return date

    def date(self, words: Words, after: dt.date | None = None) -> dt.date:
        """Parse a date; missing parts are those of the period, or of ``after``."""
        found = parse_date(words.text, self._problem.period, after)
        if found is None:
            period = self._problem.period
            raise WrongWords("not_date", words, value=words.text, **examples(period))
        return found

    def stretch(self, told: Happening, *, to_end: bool = False) -> list[dt.date]:
        """Return the dates from the first to the last, or to the end of the month."""
        first, last = self.dates(told)
        if to_end and not told.last.text:
            last = self._problem.period.last
        return [date for date in self._problem.period.dates if first <= date <= last]
