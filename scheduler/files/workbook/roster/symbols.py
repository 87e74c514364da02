"""The hidden sheets of symbols (記号) and tables, which formulas look up.

Formulas never search for a symbol by pattern: every spelling of a shift (日, 日管,
日管介) has a row of its own, and cells are compared with these rows exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.base import ShiftId
from scheduler.domain.clock import DAY, HOUR, Interval
from scheduler.domain.homes import homes
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import LEAVE, BreakOption, Duty, OffKind, Role, Shift
from scheduler.files.workbook.references import Range
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter
from scheduler.files.workbook.styles import HEAD, NOTE, TITLE, Look
from scheduler.wording.names import day_kind_name, off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    DAYS,
    OFF_SYMBOLS,
    ROLE_MARKS,
    WISHED_DAY_OFF,
    CellLanguage,
    break_text,
    off_symbols,
)
from scheduler.wording.times import clock_text, span_text
from scheduler.wording.translation import _

FIRST_ROW = 4
TABLES_ROW = 3
"""First row of the hidden tables; row 1 has all spellings, row 2 their clock times."""

POSTED_COLUMN = 10
"""Column of the texts that are posted as the symbols beside them."""

KEY = "|"
"""Separator of spelling and breaks in the keys of the care hours."""


class Spelling(NamedTuple):
    """A text that means a shift, and its roles by segment."""

    text: str
    shift: Shift
    roles: tuple[Role, ...] | None
    """``None`` for a spelling without marks, which is care work throughout."""


class CareHours(NamedTuple):
    """Care-pool minutes of a spelling with certain breaks (A-03)."""

    key: str
    today: int
    """Minutes in the day band of its own date."""
    tomorrow: int
    """Minutes in the day band of the next date."""


class SymbolTables:
    """Tables of all spellings of a roster's shifts, with ranges for formulas."""

    def __init__(self, problem: Problem, roster: RosterRecord) -> None:
        self.spellings = tuple(_spellings(problem, roster))
        self.care_hours = tuple(_care_hours(problem, roster, self.spellings))
        self.posted_symbols = PostedSymbols(problem).table(
            spelling.text for spelling in self.spellings
        )
        self.sheet = _("Symbols")
        self.tables = _("Tables")

    def texts(self, shift: ShiftId | None = None) -> Range:
        """Return the vertical range of the spellings of one shift, or of all."""
        first, last = self._places(shift)
        return Range(self.sheet, 1, FIRST_ROW + first, 1, FIRST_ROW + last)

    def texts_across(self, shift: ShiftId | None = None) -> Range:
        """Return the horizontal range of the same spellings.

        Compared with a column of people, it gives a matrix in array formulas.
        """
        first, last = self._places(shift)
        return Range(self.tables, 1 + first, 1, 1 + last, 1)

    @property
    def times_across(self) -> Range:
        """Horizontal range of the clock times of all spellings."""
        return self.texts_across()._replace(top=2, bottom=2)

    @property
    def hours(self) -> Range:
        """Hours of work of each spelling."""
        return self.texts().in_column(6)

    @property
    def nights(self) -> Range:
        """1 for each spelling of a night shift, else 0."""
        return self.texts().in_column(8)

    @property
    def care_keys(self) -> Range:
        """Spelling and breaks, the keys of the care hours."""
        bottom = TABLES_ROW + len(self.care_hours) - 1
        return Range(self.tables, 1, TABLES_ROW, 1, bottom)

    @property
    def care_today(self) -> Range:
        """Care hours in the day band of the date."""
        return self.care_keys.in_column(2)

    @property
    def care_tomorrow(self) -> Range:
        """Care hours in the day band of the next date."""
        return self.care_keys.in_column(3)

    def posted(self, cell: str) -> str:
        """Return the formula for what a cell is posted as on the wall sheet."""
        bottom = FIRST_ROW + len(self.posted_symbols) - 1
        texts = Range(self.sheet, POSTED_COLUMN, FIRST_ROW, POSTED_COLUMN, bottom)
        symbols = texts.in_column(POSTED_COLUMN + 1)
        # LOOKUP as in the slips: it finds the text that is equal to the letter.
        return f'IFERROR(LOOKUP(2,1/EXACT({cell},{texts}),{symbols}),{cell}&"")'

    def _places(self, shift: ShiftId | None) -> tuple[int, int]:
        places = [
            place
            for place, spelling in enumerate(self.spellings)
            if shift is None or spelling.shift.symbol == shift
        ]
        return places[0], places[-1]


class ChoiceLists:
    """Lists for drop-downs, each a column of the sheet of tables."""

    FIRST_COLUMN = 5

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Range] = {}

    def range(self, choices: tuple[str, ...]) -> Range:
        """Return the range of a list, adding it unless there is an equal one."""
        if choices not in self._known:
            column = self.FIRST_COLUMN + len(self._known)
            bottom = TABLES_ROW + len(choices) - 1
            place = Range(_("Tables"), column, TABLES_ROW, column, bottom)
            self._known[choices] = place
        return self._known[choices]

    def write(self, sheet: Worksheet) -> None:
        """Write all lists that were added."""
        for choices, place in self._known.items():
            for row, choice in enumerate(choices, start=place.top):
                sheet.cell(row, place.left, choice).data_type = "s"


def write_symbols(out: SheetWriter, tables: SymbolTables, problem: Problem) -> None:
    """Fill the hidden sheet of every symbol, with times, hours and what is posted."""
    out.sheet.sheet_state = "hidden"
    out.put(1, 1, _("Symbols of the roster"), TITLE)
    headings = (
        _("Symbol"),
        _("Shift"),
        _("Jobs by time"),
        _("From"),
        _("To"),
        _("Hours"),
        _("Breaks to choose from"),
        _("Night"),
    )
    out.cells(FIRST_ROW - 1, 1, headings, HEAD)
    left, centre = Look(across="left", wrap=True), Look()
    bold, hours = Look(bold=True, size=11), Look(number="0.00")
    looks = (bold, left, left, centre, centre, hours, left, centre)
    for row, spelling in enumerate(tables.spellings, start=FIRST_ROW):
        out.cells(row, 1, _explained(spelling), looks)
    row = FIRST_ROW + len(tables.spellings) + 1
    for symbol, kind in off_symbols(problem).items():
        own = symbol in problem.kind_by_symbol
        told = day_kind_name(problem, symbol) if own else off_name(kind)
        out.cells(row, 1, (symbol, told), looks[:2])
        row += 1
    out.cells(row, 1, (WISHED_DAY_OFF, _("Day off as wished")), looks[:2])
    marks = "  ".join(f"{mark}={role_name(role)}" for role, mark in ROLE_MARKS.items())
    note = _("A symbol without a mark is care or nursing. Marks: {marks}")
    out.put(row + 2, 1, note.format(marks=marks), NOTE)
    out.put(FIRST_ROW - 1, POSTED_COLUMN, _("Posted"), HEAD)
    for place, pair in enumerate(tables.posted_symbols.items(), start=FIRST_ROW):
        out.cells(place, POSTED_COLUMN, pair, looks[:2])
    out.widths((9, 18, 44, 8, 8, 8, 40, 6))
    out.finish(FIRST_ROW - 1, freeze=2)


def write_tables(sheet: Worksheet, tables: SymbolTables, lists: ChoiceLists) -> None:
    """Fill the hidden sheet of tables; call after all other sheets are written."""
    sheet.sheet_state = "hidden"
    for column, spelling in enumerate(tables.spellings, start=1):
        sheet.cell(1, column, spelling.text).data_type = "s"
        sheet.cell(2, column, span_text(spelling.shift.interval))
    for row, care in enumerate(tables.care_hours, start=TABLES_ROW):
        sheet.cell(row, 1, care.key).data_type = "s"
        sheet.cell(row, 2, care.today / HOUR)
        sheet.cell(row, 3, care.tomorrow / HOUR)
    lists.write(sheet)


def _explained(spelling: Spelling) -> tuple[Entry, ...]:
    shift = spelling.shift
    return (
        spelling.text,
        shift.name or shift.symbol,
        _jobs(spelling),
        clock_text(shift.start),
        clock_text(shift.end),
        shift.work_minutes / HOUR,
        " / ".join(break_text(option) for option in shift.breaks),
        int(shift.kind is shift.kind.NIGHT),
    )


def _jobs(spelling: Spelling) -> str:
    segments = spelling.shift.segments
    if spelling.roles is None:
        return ""
    return "  ".join(
        f"{span_text(segment)} {role_name(role)}"
        for segment, role in zip(segments, spelling.roles, strict=True)
    )


def _spellings(problem: Problem, roster: RosterRecord) -> Iterator[Spelling]:
    language = CellLanguage(problem)
    texts = dict.fromkeys(
        text for member in problem.staff for text in language.choices(member)
    )
    texts |= dict.fromkeys(language.write(duty) for duty in roster.duties)
    known = [(text, language.read(text)) for text in texts]
    for shift in problem.all_shifts:
        yield Spelling(shift.symbol, shift, None)
        for text, meaning in known:
            if meaning and meaning.shift == shift.symbol and meaning.roles:
                yield Spelling(text, shift, meaning.roles)


def _care_hours(
    problem: Problem, roster: RosterRecord, spellings: Iterable[Spelling]
) -> Iterator[CareHours]:
    language = CellLanguage(problem)
    taken = {
        (language.write(duty), duty.breaks) for duty in roster.duties if duty.shift
    }
    for spelling in spellings:
        options = spelling.shift.break_options
        extra = {
            breaks
            for text, breaks in taken
            if text == spelling.text and breaks not in options
        }
        first = options[0]
        # The row without breaks is used for breaks that are not in the table.
        yield _hours(problem, spelling, "", first)
        for breaks in (*options, *sorted(extra)):
            if breaks:
                yield _hours(problem, spelling, break_text(breaks), breaks)


def _hours(
    problem: Problem, spelling: Spelling, text: str, breaks: BreakOption
) -> CareHours:
    night = problem.office.night_band
    today = Interval(night.end - DAY, night.start)
    return CareHours(
        key=f"{spelling.text}{KEY}{text}",
        today=_pool_minutes(spelling, breaks, today),
        tomorrow=_pool_minutes(spelling, breaks, today.shifted(DAY)),
    )


def _pool_minutes(spelling: Spelling, breaks: BreakOption, band: Interval) -> int:
    segments = spelling.shift.segments
    roles = spelling.roles
    minutes = 0
    for index, segment in enumerate(segments):
        counts = roles is None or roles[index].in_care_pool
        if spelling.shift.counts and counts:
            part = segment.intersection(band)
            minutes += part.minutes
            minutes -= sum(pause.intersection(part).minutes for pause in breaks)
    return minutes


DAY_OFF = OFF_SYMBOLS[OffKind.DAY_OFF]


class PostedSymbols:
    """What each text of a cell is posted as."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._language = CellLanguage(problem)
        self._shows_leave = problem.office.settings.wall_leave
        self._offs = off_symbols(problem)

    def of_duty(self, duty: Duty | None) -> str:
        """Return the posted symbol of a duty; empty if there is none."""
        return "" if duty is None else self.of_text(self._language.write(duty))

    def of_text(self, text: str) -> str:
        """Return the posted symbol of a cell's text; unknown text stays as it is."""
        meaning = self._language.read(text) if text else None
        if meaning is None:
            return text
        if meaning.shift is not None:
            return meaning.shift
        return self._off(meaning.kind or OFF_SYMBOLS[meaning.off or OffKind.DAY_OFF])

    def table(self, spellings: Iterable[str]) -> dict[str, str]:
        """Return what spellings of shifts and all words for days off are posted as."""
        words = (word for words in DAYS.values() for word in words)
        texts = dict.fromkeys((*spellings, *self._offs, *words))
        return {text: self.of_text(text) for text in texts}

    def meanings(self, duties: Iterable[Duty]) -> Iterator[tuple[str, str]]:
        """Yield the posted symbols of duties with what they mean: shifts first."""
        problem = self._problem
        here = {self.of_duty(duty): duty for duty in duties}
        # On a sheet of all houses the marks are told in its head.
        told = {home.name for home in homes(problem)} - {""}
        for shift in problem.all_shifts:
            if shift.symbol in here:
                kind = shift.own_kind
                is_told = shift.elsewhere in told
                named = day_kind_name(problem, kind) if kind and not is_told else None
                times = span_text(shift.interval)
                yield shift.symbol, " ".join(filter(None, (named, times)))
        for symbol, duty in here.items():
            if duty.off is OffKind.ABSENT:
                yield symbol, _("away")
            elif symbol == DAY_OFF:
                yield symbol, _("free")
            elif duty.off is not None:
                own = duty.kind and day_kind_name(problem, duty.kind)
                yield symbol, own or off_name(duty.off)

    def _off(self, symbol: str) -> str:
        kind = self._offs[symbol]
        if kind is OffKind.ABSENT:
            return ABSENT_ON_PAPER
        return DAY_OFF if kind in LEAVE and not self._shows_leave else symbol
