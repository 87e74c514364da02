"""Reading wishes from a file (CSV) such as a web form exports, or a sheet saved as one.

Either each line is a wish, with columns for name, date and wish, or each line is a
person, with a column for each date.  What is read is a grid like that of the sheet of
wishes, whose cells are those of the file as a spreadsheet shows it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from scheduler.audit.consistency.report import unknown_facts
from scheduler.domain.likeness import look_of, person_named, spelling_of
from scheduler.domain.problem import Problem
from scheduler.files.validation import refused, shown, table_text
from scheduler.files.workbook.reading.grids import GridCell, inside
from scheduler.files.workbook.reading.notes import CellPlace, Notes
from scheduler.files.workbook.reading.times import Wrong, read_date
from scheduler.wording.notation import OFFS

LARGEST = 5_000_000
"""Largest file, in bytes; one of thirty people has some 20,000."""
MOST_TITLES = 20
"""Most lines above the headings."""

NAMES = ("氏名", "名前", "お名前", "職員", "職員名", "スタッフ", "スタッフ名", "name")
DATES = ("日付", "希望日", "月日", "日", "希望する日", "date")
WISHES = ("希望", "希望の内容", "希望内容", "内容", "種類", "記号", "wish", "request")
DAYS_OFF = ("希望休", "希望休の日", "休み希望", "休み希望日", "休みの希望")
"""Headings of dates on which somebody wishes to be off."""
TIMES = ("タイムスタンプ", "回答日時", "送信日時", "日時", "timestamp")
"""Headings by which a later answer of a form is known."""

DAY = re.compile(r"(\d{1,2})日?\s*([(（].[)）])?")
"""A day of the month alone, perhaps with its weekday."""
BRACKETS = re.compile(r"[\[［](.+?)[\]］]")
"""What a form puts around the date in the headings of a question with many lines."""
BETWEEN = re.compile(r"[、,，;；\n]+")


class Answers(NamedTuple):
    """What a file of wishes has.

    Attributes
    ----------
    cells
        The wishes; the text of each as it was typed.
    replaced
        Number of entries that a later answer of the same person replaces.
    unread
        Headings of columns that are no wishes, such as remarks: they are not read.
    """

    cells: tuple[GridCell, ...]
    replaced: int
    unread: tuple[str, ...]


@dataclass
class _Columns:
    """What the columns of a file mean, by their numbers from 0."""

    name: int
    date: int | None = None
    wish: int | None = None
    days_off: int | None = None
    time: int | None = None
    dates: dict[int, dt.date] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def read_answers(path: Path, problem: Problem, notes: Notes) -> Answers:
    """Read a file of wishes; mistakes are added to ``notes``.

    Raises
    ------
    InputError
        If it cannot be read as a table, or has no column of names.
    """
    return _File(path, problem, notes).read()


def _rows(path: Path) -> list[list[str]]:
    text = table_text(path, LARGEST, "wishes_too_large", "wishes_encoding")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_between(text)))
    except csv.Error as error:
        raise refused("wishes_table", path.name) from error


def _between(text: str) -> str:
    """Return what stands between the columns: a tab, or a comma."""
    first = text.partition("\n")[0]
    return "\t" if first.count("\t") > first.count(",") else ","


class _File:
    """A file being read."""

    def __init__(self, path: Path, problem: Problem, notes: Notes) -> None:
        self._title = path.name
        self._notes = notes
        self._period = problem.period
        self._staff = [member.name for member in problem.staff]
        self._rows = _rows(path)
        self._head = self._find_head()

    def read(self) -> Answers:
        """Return the wishes of all lines."""
        columns = self._columns()
        found: dict[tuple[str, dt.date], GridCell] = {}
        replaced = 0
        lines: dict[str, int] = {}
        for number in range(self._head + 1, len(self._rows)):
            if not any(text.strip() for text in self._rows[number]):
                continue
            name = self._name(number, columns)
            if name is None:
                continue
            cells = list(self._cells(number, name, columns))
            if columns.dates and name in lines:
                if columns.time is None:
                    before = self._place(lines[name], columns.name)
                    here = self._place(number, columns.name)
                    self._notes.report_all("person_twice", [here, before], name=name)
                    continue
                # A form that was filled in once more holds all that is wished.
                old = [key for key in found if key[0] == name]
                replaced += len(old)
                for key in old:
                    del found[key]
            lines[name] = number
            for cell in cells:
                replaced += self._add(cell, found, columns)
        return Answers(tuple(found.values()), replaced, tuple(columns.unread))

    def _find_head(self) -> int:
        for number, row in enumerate(self._rows[:MOST_TITLES]):
            if any(_is_one_of(text, NAMES) for text in row):
                return number
        seen = "、".join(text for text in (self._rows or [[]])[0] if text.strip())
        raise refused("wishes_without_names", self._title, headings=seen or "-")

    def _columns(self) -> _Columns:
        heads = self._rows[self._head]

        def where(words: Sequence[str]) -> int | None:
            places = (n for n, text in enumerate(heads) if _is_one_of(text, words))
            return next(places, None)

        columns = _Columns(
            where(NAMES) or 0,
            date=where(DATES),
            wish=where(WISHES),
            days_off=where(DAYS_OFF),
            time=where(TIMES),
        )
        known = {columns.name, columns.date, columns.wish, columns.days_off}
        for number, text in enumerate(heads):
            if number in known | {columns.time} or not text.strip():
                continue
            date = self._date_of_heading(text)
            if date is None:
                columns.unread.append(text.strip())
            elif self._fits(date, self._place(self._head, number)):
                columns.dates[number] = date
        has_lines = columns.date is not None and columns.wish is not None
        if not (has_lines or columns.days_off is not None or columns.dates):
            place = self._place(self._head, columns.name)
            self._notes.report("wishes_without_dates", place)
        return columns

    def _date_of_heading(self, text: str) -> dt.date | None:
        inside_brackets = BRACKETS.search(text)
        for one in (inside_brackets[1] if inside_brackets else "", text):
            try:
                return self._date(one)
            except Wrong:
                continue
        return None

    def _date(self, text: str) -> dt.date:
        """Read a date, as the sheets do, or a day of the month.

        Raises
        ------
        Wrong
            If it is none.
        """
        try:
            return read_date(text.strip(), self._period)
        except Wrong:
            alone = DAY.fullmatch(text.strip())
            dates = [
                date
                for date in self._period.dates
                if alone and date.day == int(alone[1])
            ]
            if not alone or not dates:
                raise
            # With its weekday, which must then be right.
            day = f"{alone[1]}{alone[2]}" if alone[2] else dates[0]
            return read_date(day, self._period)

    def _name(self, number: int, columns: _Columns) -> str | None:
        text = self._text(number, columns.name)
        name = person_named(text, self._staff) if text else None
        if name is None:
            place = self._place(number, columns.name)
            facts = unknown_facts(text, self._staff)
            self._notes.report("unknown_person", place, **facts)
        return name

    def _cells(self, number: int, name: str, columns: _Columns) -> Iterator[GridCell]:
        for column, date in columns.dates.items():
            if text := self._text(number, column):
                yield GridCell(name, date, text, self._place(number, column))
        if columns.date is not None and columns.wish is not None:
            dates = list(self._dates(number, columns.date))
            wish = self._text(number, columns.wish)
            place = self._place(number, columns.wish)
            if bool(wish) != bool(self._text(number, columns.date)):
                empty = columns.date if wish else columns.wish
                heading = self._text(self._head, empty)
                where = self._place(number, empty)
                self._notes.report("missing_value", where, heading=heading)
            for date in dates if wish else ():
                yield GridCell(name, date, wish, place)
        if columns.days_off is not None:
            for date in self._dates(number, columns.days_off):
                place = self._place(number, columns.days_off)
                yield GridCell(name, date, next(iter(OFFS.values())), place)

    def _dates(self, number: int, column: int) -> Iterator[dt.date]:
        """Yield the dates of a cell; several have a comma or a line between them."""
        place = self._place(number, column)
        for part in BETWEEN.split(self._text(number, column)):
            if not part.strip():
                continue
            try:
                date = self._date(part)
            except Wrong as wrong:
                self._notes.report(wrong.code, place, **wrong.facts)
                continue
            if self._fits(date, place):
                yield date

    def _fits(self, date: dt.date, place: CellPlace) -> bool:
        wrong = inside(self._period)(date)
        if wrong is not None:
            self._notes.report(wrong[0], place, **wrong[1])
        return wrong is None

    def _add(
        self,
        cell: GridCell,
        found: dict[tuple[str, dt.date], GridCell],
        columns: _Columns,
    ) -> int:
        """Add a wish, and return how many it replaces."""
        before = found.get((cell.name, cell.date))
        if before is not None and look_of(before.text) != look_of(cell.text):
            if columns.time is None:
                facts = {"value": shown(before.text)}
                places = [cell.place, before.place]
                self._notes.report_all("wish_twice", places, **facts)
                return 0
            found[cell.name, cell.date] = cell
            return 1
        found.setdefault((cell.name, cell.date), cell)
        return 0

    def _text(self, number: int, column: int) -> str:
        row = self._rows[number]
        return row[column].strip() if column < len(row) else ""

    def _place(self, number: int, column: int) -> CellPlace:
        return CellPlace(self._title, number + 1, column + 1)


def _is_one_of(text: str, words: Sequence[str]) -> bool:
    return spelling_of(text) in map(spelling_of, words)
