"""Files of stamps as tables: cells as texts, dates, clock times and people of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, HOUR, LATEST
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.likeness import look_of
from scheduler.files.validation import refused, shown, table_text

if TYPE_CHECKING:
    from scheduler.domain.actual import StampedDay
    from scheduler.domain.problem import Problem
    from scheduler.files.actual.columns import ClockColumns

LARGEST = 20_000_000
"""Largest file, in bytes; a month of thirty people takes some 50,000."""

NAMELESS = re.compile(r"Unnamed: \d+$")
"""What pandas calls a column without a heading."""

MOST_TITLES = 20
"""Most lines above the headings."""

DATE = (
    r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:\s*\(.\))?"
)
TIME = (
    r"(?P<next>翌)?\s*(?P<hour>\d{1,2})[:時](?P<minute>\d{2})分?"
    r"(?::\d{2}(?:\.\d+)?)?(?:\+09:?00)?"
)


class Stamps(NamedTuple):
    """What a file of stamps has for a month, and what it has besides.

    Attributes
    ----------
    strangers
        People who are not on the staff list; their lines are left out.
    outside
        Number of lines on dates outside the period, which are left out too.
    twice
        Number of stamps that were made twice, and are counted once.
    """

    days: tuple[StampedDay, ...]
    strangers: tuple[str, ...]
    outside: int
    twice: int = 0


class ClockTable:
    """A file of stamps as a table of texts, with the headings that it has.

    Raises
    ------
    InputError
        If the file cannot be read as a table.
    """

    def __init__(self, path: Path) -> None:
        self.source = path.name
        text = table_text(path, LARGEST, "clock_too_large", "clock_encoding")
        self._lines = text.splitlines()

    def headings(self, line: int) -> tuple[str, ...]:
        """Return the headings, if they stand on a line, counted from 0."""
        return tuple(map(str, self._read(line, nrows=0).columns))

    def lines(self) -> range:
        """Return the lines on which the headings may stand."""
        return range(min(MOST_TITLES, len(self._lines)))

    def columns(self, line: int) -> dict[str, tuple[str, ...]]:
        """Return the cells below each heading of a line; columns without one not.

        Raises
        ------
        InputError
            If cells stand beyond the last heading; every such line.
        """
        body = self._body(line)
        named = [one for one in body.columns if not NAMELESS.match(one)]
        return {one: tuple(filter(None, body[one].str.strip())) for one in named}

    def frame(self, columns: ClockColumns) -> pd.DataFrame:
        """Return the table, with the numbers of its lines, blanks around left out.

        Raises
        ------
        InputError
            If the headings of the columns stand on no line.
        """
        wanted = set(columns.headings)
        for line in self.lines():
            if wanted <= set(self.headings(line)):
                texts = self._body(line)
                return texts.apply(lambda own: own.str.normalize("NFKC").str.strip())
        known = self.headings(0) if self._lines else ()
        raise refused(
            "columns_missing",
            self.source,
            missing="、".join(sorted(wanted - set(known))),
            headings="、".join(known),
        )

    def _body(self, line: int) -> pd.DataFrame:
        """Return the lines below the headings, all of their cells.

        Raises
        ------
        InputError
            If cells stand beyond the last heading; every such line.
        """
        heads = self.headings(line)
        widest = max(text.count(self._sign(line)) for text in self._lines) + 1
        spare = [f"\0{number}" for number in range(widest - len(heads))]
        found = self._read(line + 1, header=None, names=[*heads, *spare]).fillna("")
        # The line as an editor counts it: from 1, the headings too.
        found.index = pd.RangeIndex(line + 2, line + 2 + len(found))
        beyond = found[spare][(found[spare] != "").any(axis=1)]
        mistakes = [
            Mistake.at(
                "clock_cells",
                self.source,
                line=int(number),
                value="、".join(filter(None, cells)),
            )
            for number, *cells in beyond.itertuples(name=None)
        ]
        if mistakes:
            raise InputError(mistakes)
        return found[list(heads)]

    def _sign(self, line: int) -> str:
        """Return the sign between the columns, by the line of the headings."""
        text = self._lines[line] if line < len(self._lines) else ""
        return "\t" if text.count("\t") > text.count(",") else ","

    def _read(self, line: int, **options: Any) -> pd.DataFrame:
        """Read the lines from one on, the first of them with headings if not told."""
        try:
            return pd.read_csv(
                io.StringIO("\n".join(self._lines[line:])),
                sep=self._sign(max(0, line - ("names" in options))),
                dtype=str,
                keep_default_na=False,
                skip_blank_lines=False,
                index_col=False,
                **options,
            )
        except pd.errors.EmptyDataError:
            return pd.DataFrame(columns=options.get("names", []), dtype=str)
        except pd.errors.ParserError as error:
            raise refused("no_table", self.source) from error


def all_of(mistakes: Iterable[Mistake]) -> InputError:
    """Return all mistakes of a file as one error, by line."""
    return InputError(sorted(mistakes, key=lambda one: int(one.facts["line"])))


def wrong_lines(
    code: str, table: ClockTable, texts: pd.Series, where: pd.Series
) -> Iterator[Mistake]:
    """Yield a mistake for each line of a column where something is wrong."""
    for line, text in texts[where].items():
        told = {"value": shown(text), "column": str(texts.name)}
        yield Mistake.at(code, table.source, line=int(line), **told)


def dates_of(texts: pd.Series, problem: Problem) -> pd.Series:
    """Return the dates of a column; ``NaT`` where there is none.

    Without a year they are those of the period, or next to it.
    """
    digits = texts.str.replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1/\2/\3", regex=True)
    parts = digits.str.extract(rf"^{DATE}(?:[T ]0?0:00(?::00)?)?$")
    return calendar(parts, problem)


def calendar(parts: pd.DataFrame, problem: Problem) -> pd.Series:
    """Return year, month and day as dates."""
    first, last = problem.period.first, problem.period.last
    numbers = parts[["year", "month", "day"]].apply(pd.to_numeric)
    # A period that passes New Year has two years, by the month.
    early = numbers["month"] < first.month
    usual = pd.Series(first.year, index=parts.index).mask(early, last.year)
    numbers["year"] = numbers["year"].fillna(usual)
    found: pd.Series = pd.to_datetime(numbers, errors="coerce")
    return found


def people_of(
    texts: pd.DataFrame, columns: ClockColumns, problem: Problem
) -> tuple[pd.Series, pd.Series]:
    """Return the person of each line, and where number and name are two people's."""
    numbers: dict[str, StaffId] = {}
    for member in problem.staff:
        if member.number:
            numbers[look_of(member.number).lstrip("0")] = member.name
    names = {look_of(member.name): member.name for member in problem.staff}
    nobody = pd.Series(None, index=texts.index, dtype=object)
    by_number, by_name = nobody, nobody
    if columns.number:
        looks = texts[columns.number].map(look_of).str.lstrip("0")
        by_number = looks.map(numbers).astype(object)
    if columns.name:
        by_name = texts[columns.name].map(look_of).map(names).astype(object)
    clash = by_number.notna() & by_name.notna() & (by_number != by_name)
    return by_number.where(by_number.notna(), by_name), clash


def clocks_of(texts: pd.Series, dates: pd.Series, problem: Problem) -> pd.Series:
    """Return the clock times of a column in minutes of the line's date."""
    digits = texts.str.replace(r"^(\d{1,2})(\d{2})$", r"\1:\2", regex=True)
    parts = digits.str.extract(rf"^(?:{DATE}[T ]\s*)?{TIME}$")
    numbers = parts[["hour", "minute"]].apply(pd.to_numeric)
    # The date of the stamp itself, where it has one.
    days = (calendar(parts, problem) - dates).dt.days.where(parts["day"].notna(), 0)
    minutes = numbers["hour"] * HOUR + numbers["minute"]
    minutes += DAY * (parts["next"].notna() + days)
    return minutes.where((numbers["minute"] < HOUR) & minutes.between(0, LATEST))
