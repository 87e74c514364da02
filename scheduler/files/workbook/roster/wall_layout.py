"""Rows, columns and sizes of the wall sheet, in points on A3.

Everything is laid out for A3 at its own size.  On A4 the sheet is printed at 69 % of
it, so that 15 points are more than 10.  Neither program enlarges a sheet to fit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import NamedTuple

from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.homes import Home, homes, symbol_in_all
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import ShiftKind
from scheduler.files.workbook.references import area
from scheduler.files.workbook.roster.book import Book, shifts_shown
from scheduler.wording.places import marked
from scheduler.wording.translation import _

MARGIN = 0.25
"""Margins of the paper, in inches."""
WIDTH, HEIGHT = 1080, 802
"""What margins leave of an A3 page, in points; widths are less exact than heights."""

HEAD_ROW, HOME_ROW, DATE_ROW, WEEKDAY_ROW, EVENT_ROW, FIRST_ROW = range(1, 7)
NAME_COLUMN, FIRST_DATE = 1, 2

SYMBOL, WIDE_SYMBOL, LARGEST_SYMBOL = 15, 14.5, 20
"""Sizes of the symbols: of one letter, of two, and of one where there is room."""
NAMES, HEADS, COUNTS, OCCASIONS, NOTES = 13, 15, 12, 10, 11
MOST_EVENTS = 110
"""Height of the row of events; a date with more is told among the remarks."""
NOTED = "※"
"""Stands for events that are told among the remarks."""
LEAST_ROW, MOST_ROW = 16.5, 36
"""Heights of a person's row; with less than the first, symbols would be cut."""
EASY_ROW = 19
"""Height of a person's row below which all other rows are made lower."""

ON_CALL, OFF = "宿", "休"

BROKEN, LINE = 1.1, 1.4
"""Of remarks: what ends of lines waste, and their height as a multiple of its size."""
LETTER = 1.5
"""Height of a stacked letter, as a multiple of its size."""


KINDS: dict[ShiftKind, str] = {
    ShiftKind.EARLY: "早",
    ShiftKind.DAY: "日",
    ShiftKind.LATE: "遅",
    ShiftKind.NIGHT: "夜",
}
"""Kinds of shifts that are counted, with their marks."""


class CountRow(NamedTuple):
    """A row that counts the shifts of one kind, of an office or of one of its houses.

    Attributes
    ----------
    symbols
        As they stand on the wall.
    """

    home: Home
    kind: ShiftKind
    symbols: tuple[ShiftId, ...]

    @property
    def label(self) -> str:
        """What their row is called."""
        label = _("{shift} (people)").format(shift=KINDS[self.kind])
        return marked(self.home, label)


def counted(problem: Problem, roster: RosterRecord) -> Iterator[CountRow]:
    """Yield what is counted: only kinds that the office, or the house, has."""
    for home in homes(problem):
        if home.number == MAIN:
            shifts = [(one.symbol, one) for one in shifts_shown(home.whole, roster)]
        else:
            shifts = [
                (symbol_in_all(home.whole, home.of_all(one)), one)
                for one in home.problem.shifts
                if one.counts
            ]
        for kind in KINDS:
            symbols = tuple(
                symbol for symbol, one in shifts if one.kind is kind and one.counts
            )
            if symbols:
                yield CountRow(home, kind, symbols)


class OtherRows(NamedTuple):
    """Heights of the rows that are no people's, and the size of the names on call."""

    on_call: float
    counts: float
    remarks: float
    legend: float
    events: float


ROWS = OtherRows(on_call=SYMBOL, counts=17, remarks=34, legend=16, events=44)
SMALL_ROWS = OtherRows(on_call=COUNTS, counts=14.5, remarks=24, legend=14, events=20)
"""Where the staff are many."""


def letters(text: str) -> int:
    """Return the width of a text, in letters half as wide as Japanese ones."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def height_of(events: Sequence[str]) -> float:
    """Return the height of a date's events, letter below letter."""
    stacked = sum(map(len, events)) + max(0, len(events) - 1)
    return stacked * LETTER * OCCASIONS + 4


def is_noted(events: Sequence[str]) -> bool:
    """Tell whether a date has more events than fit in their row."""
    return height_of(events) > MOST_EVENTS


@dataclass(frozen=True)
class WallGrid:
    """Rows and columns of the wall sheet, and their sizes."""

    book: Book
    former: frozenset[StaffId]
    """People some of whose cells were changed: below them is a row of the plan."""
    former_nights: bool
    """Whether somebody else is on call some night than was planned."""
    leaders: int
    """Number of rows that say who leads."""
    symbols: frozenset[str]
    """The symbols that stand on the sheet."""
    legend: tuple[str, ...]
    """Entries of the legend."""
    remarks: str = ""
    """What the line of remarks says."""

    @cached_property
    def rows(self) -> dict[StaffId, int]:
        """Row of each person."""
        found, row = {}, FIRST_ROW
        for member in self.book.grid.members:
            found[member.name] = row
            row += 2 if member.name in self.former else 1
        return found

    @cached_property
    def columns(self) -> dict[dt.date, int]:
        """Column of each date of the period."""
        dates = self.book.problem.period.dates
        return {date: column for column, date in enumerate(dates, start=FIRST_DATE)}

    @property
    def on_call_row(self) -> int:
        """Row of the names on call."""
        return FIRST_ROW + len(self.book.grid.members) + len(self.former)

    @property
    def leader_row(self) -> int:
        """First row of the leaders of the day."""
        return self.on_call_row + (2 if self.former_nights else 1)

    @property
    def count_row(self) -> int:
        """First row of the counts."""
        return self.leader_row + self.leaders

    @property
    def remark_row(self) -> int:
        """Row of the remarks."""
        return self.count_row + len(self.counted)

    @property
    def legend_row(self) -> int:
        """First row of the legend."""
        return self.remark_row + 2

    @property
    def last_row(self) -> int:
        """Last row of the sheet."""
        lines = (line for line, _column in self.legend_cells)
        return self.legend_row + max(lines, default=-1)

    @property
    def last_date(self) -> int:
        """Column of the last date."""
        return FIRST_DATE + len(self.columns) - 1

    @cached_property
    def counted(self) -> tuple[CountRow, ...]:
        """What is counted date by date."""
        return tuple(counted(self.book.problem, self.book.roster))

    @cached_property
    def kinds(self) -> dict[ShiftKind, tuple[ShiftId, ...]]:
        """The symbols of the shifts of each kind, wherever they are worked."""
        shown = {s: one.kind for one in self.counted for s in one.symbols}
        for shift in shifts_shown(self.book.problem, self.book.roster):
            if shift.elsewhere:
                shown.setdefault(shift.symbol, shift.kind)
        own = {kind: tuple(s for s in shown if shown[s] is kind) for kind in KINDS}
        return {kind: symbols for kind, symbols in own.items() if symbols}

    @cached_property
    def is_wide(self) -> bool:
        """Whether some symbol has two letters, so that dates need the room."""
        return any(letters(symbol) > 2 for symbol in self.symbols)

    @cached_property
    def symbol_size(self) -> float:
        """Size of the symbols: what row and column hold."""
        if self.is_wide:
            return WIDE_SYMBOL
        held = min(self.heights[FIRST_ROW] * 0.67, self.date_width * 0.75)
        return max(SYMBOL, min(LARGEST_SYMBOL, int(held)))

    @cached_property
    def on_call_size(self) -> float:
        """Size of the names on call, whose letters are stacked."""
        return self._usual[0].on_call

    @cached_property
    def totals(self) -> tuple[str, ...]:
        """Marks of the totals at the right; those of shifts alone if room is short."""
        marks = tuple(KINDS[kind] for kind in self.kinds)
        return marks if self.is_wide else (*marks, ON_CALL, OFF)

    @property
    def first_total(self) -> int:
        """Column of the first total."""
        return self.last_date + 1

    @property
    def last_column(self) -> int:
        """Column of the names at the right."""
        return self.first_total + len(self.totals)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Widths of all columns."""
        book = self.book
        full = max(letters(member.name) for member in book.grid.members)
        short = max(letters(name) for name in book.short_names.values())
        name = min(110, max(56, full * NAMES / 2 + 8))
        again = min(64, max(30, short * NAMES / 2 + 8))
        total = 15 if self.is_wide else 21
        rest = WIDTH - name - again - total * len(self.totals)
        date = min(60, rest / len(self.columns))
        dates = [date] * len(self.columns)
        return (name, *dates, *[total] * len(self.totals), again)

    @property
    def date_width(self) -> float:
        """Width of a date."""
        return self.widths[1]

    @cached_property
    def legend_step(self) -> int:
        """Columns of dates that an entry of the legend takes."""
        return max(1, ceil(118 / self.date_width))

    @property
    def legend_places(self) -> int:
        """Entries of the legend in one row: at the name, and at every step."""
        return 1 + (self.last_date - FIRST_DATE) // self.legend_step

    @cached_property
    def legend_cells(self) -> tuple[tuple[int, int], ...]:
        """Line and column of each entry; a long one takes the room of several."""
        found: list[tuple[int, int]] = []
        line = place = 0
        step = self.legend_step * self.date_width
        for text in self.legend:
            takes = max(1, ceil((letters(text) * NOTES / 2 + 4) / step))
            if place and place + takes > self.legend_places:
                line, place = line + 1, 0
            column = FIRST_DATE + 1 + (place - 1) * self.legend_step
            found.append((line, column if place else NAME_COLUMN))
            place += takes
        return tuple(found)

    @cached_property
    def heights(self) -> dict[int, float]:
        """Height of each row; the people share what the others leave."""
        return self._heights(*self._usual)

    @cached_property
    def _usual(self) -> tuple[OtherRows, int]:
        """Heights of the other rows, and pages: rather several than small letters."""
        if self._heights(ROWS)[FIRST_ROW] >= EASY_ROW:
            return ROWS, 1
        pages = ceil((sum(self._heights(SMALL_ROWS).values()) - 1) / HEIGHT)
        return (SMALL_ROWS, 1) if pages == 1 else (ROWS, pages)

    def _heights(self, usual: OtherRows, pages: int = 1) -> dict[int, float]:
        names = self.book.short_names.values()
        called = max(map(len, names)) * LETTER * usual.on_call + 4
        fixed: dict[int, float] = {
            HEAD_ROW: 36,
            HOME_ROW: 18,
            DATE_ROW: 22,
            WEEKDAY_ROW: 21,
        }
        fixed[EVENT_ROW] = self._events(usual)
        fixed |= dict.fromkeys(range(self.on_call_row, self.count_row), min(96, called))
        fixed |= dict.fromkeys(range(self.count_row, self.remark_row), usual.counts)
        fixed |= {self.remark_row: self._remarks(usual), self.remark_row + 1: 3}
        fixed |= dict.fromkeys(range(self.legend_row, self.last_row + 1), usual.legend)
        people = range(FIRST_ROW, self.on_call_row)
        room = (HEIGHT - sum(fixed.values())) / ceil(len(people) / pages)
        return fixed | dict.fromkeys(people, min(MOST_ROW, max(LEAST_ROW, room)))

    @cached_property
    def page_ends(self) -> tuple[int, ...]:
        """Rows of people after which a page ends: none if all fit on one.

        Each page has title, version and dates, as many rows as the others, and nobody's
        two rows are parted.  The last has the fewest, for it has the foot too.
        """
        pages, starts = self._usual[1], self.rows.values()
        shares = [
            FIRST_ROW + (self.on_call_row - FIRST_ROW) * page / pages
            for page in range(1, pages)
        ]
        return tuple(next(row for row in starts if row >= one) - 1 for one in shares)

    def _remarks(self, usual: OtherRows) -> float:
        """Return the height of the remarks, in which all of their lines fit."""
        wide = sum(self.widths[1:])
        lines = ceil(letters(self.remarks) * NOTES / 2 * BROKEN / wide)
        return max(usual.remarks, lines * LINE * NOTES + 4)

    def _events(self, usual: OtherRows) -> float:
        """Return the height of the row of events, in which all fit in that are told."""
        told = (self.book.occasions[date] for date in self.columns)
        heights = (height_of(one) for one in told if not is_noted(one))
        return max(usual.events, *heights)

    def month(self, row: int) -> str:
        """Return the reference to a row's cells of the period."""
        return area(row, FIRST_DATE, row, self.last_date, "column")
