"""The sheet of what-ifs (もしも): empty lines for a manager, and reading them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from scheduler.domain.errors import Mistake
from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import spelling_of
from scheduler.domain.scenario import Case, Event, Happening, Scenario, Words
from scheduler.domain.shifts import OffKind
from scheduler.files.validation import shown
from scheduler.files.workbook import words
from scheduler.files.workbook.columns import Sheet, columns_of, own_column
from scheduler.files.workbook.container import (
    open_workbook,
    read_rows,
    sheets_named,
    uncalculated,
    workbook_bytes,
)
from scheduler.files.workbook.reading.notes import Notes
from scheduler.files.workbook.reading.rows import refuse_entries
from scheduler.files.workbook.reading.sheets import find_table, report_uncalculated
from scheduler.files.workbook.reading.tables import (
    SheetCells,
    Table,
    TableLine,
    warn_of_columns,
)
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.references import area
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import LEFT, Ink, Look
from scheduler.files.workbook.words import is_empty
from scheduler.files.workbook.writing import frame
from scheduler.wording.names import SHEET_NOTES, name_of
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.times import date_text
from scheduler.wording.translation import N_, _

SCENARIOS = Sheet(
    "scenarios",
    (
        *columns_of(Scenario, "name 20"),
        own_column("scenarios.event", FieldKind.CHOICE, 19, enum=Event, required=True),
        own_column("scenarios.person", FieldKind.TEXT, 20),
        own_column("scenarios.first", FieldKind.TEXT, 18),
        own_column("scenarios.last", FieldKind.TEXT, 18),
        own_column("scenarios.what", FieldKind.TEXT, 20),
        own_column("scenarios.start", FieldKind.TEXT, 20),
    ),
)
COLUMN = {column.path: column for column in SCENARIOS.columns}
TEXTS = ("person", "first", "last", "what")
"""Columns of the texts of a `Happening`, in order."""

NEEDED: dict[Event, frozenset[str]] = {
    Event.ABSENCE: frozenset({"person", "first"}),
    Event.LEAVING: frozenset({"person", "first"}),
    Event.JOINING: frozenset({"person", "first", "what"}),
    Event.DUTY: frozenset({"person", "first", "what"}),
    Event.LOAN: frozenset({"person", "first", "what"}),
    Event.DAY_USERS: frozenset({"first", "what"}),
    Event.OVERNIGHT: frozenset({"first", "what"}),
    Event.VISITS: frozenset({"first", "what"}),
    Event.USE: frozenset({"person", "first", "what"}),
}
"""Columns that must be filled in for each event, by path."""

OF_ONE_DATE = (Event.LEAVING, Event.JOINING)
"""Events that have no last date."""

EXAMPLE = N_("e.g.")
"""Name of example lines, which are not read."""


LINES = 20
"""Number of empty lines."""
LINE_HEIGHT = 17
"""Height of a line, in points."""

GUIDE = (
    SCENARIOS.hint,
    SHEET_NOTES["scenario_lines"],
    N_("Grey lines are examples and do not count; you may delete them."),
)

ENTRY = Look(size=10, across="left", number="@", locked=False)
"""Look of an entry: text, lest a program take 1/14 for a date of another year."""
SAMPLE = replace(ENTRY, ink=Ink.SOFT)
TEXT = replace(LEFT, size=9)


def write_scenarios(book: Book, out: SheetWriter) -> None:
    """Fill the sheet with a guide, examples and empty lines."""
    out.title(_(SCENARIOS.title), [column.width for column in SCENARIOS.columns])
    for text in GUIDE:
        out.sentence(_(text), TEXT)
    head = out.skip()
    for number, column in enumerate(SCENARIOS.columns, start=1):
        frame.heading(out, head, number, column)
    examples = tuple(_examples(book))
    blank = ("",) * len(SCENARIOS.columns)
    for row, texts in enumerate((*examples, *[blank] * LINES), start=head + 1):
        out.cells(row, 1, texts, ENTRY if texts is blank else SAMPLE)
    last = head + len(examples) + LINES
    out.height(LINE_HEIGHT, head + 1, last)
    _offer(book, out, head + 1, last)
    out.finish(head, freeze=1)


def _examples(book: Book) -> Iterator[tuple[str, ...]]:
    """Yield example lines with people, dates and a shift of the office."""
    members, dates = book.problem.staff, book.problem.period.dates
    middle = dates[len(dates) // 2 :]
    first, last = date_text(middle[0]), date_text(middle[: len(dates) // 8 + 1][-1])
    symbol = next(iter(members[0].shifts), OFF_SYMBOLS[OffKind.DAY_OFF])
    for event, *said in (
        (Event.ABSENCE, members[-1].name, first, last, ""),
        (Event.DUTY, members[0].name, first, "", symbol),
        (Event.OVERNIGHT, "", last, "", "6"),
    ):
        yield _(EXAMPLE), name_of(event), *said, ""


def _offer(book: Book, out: SheetWriter, first: int, last: int) -> None:
    """Add drop-downs; other entries are allowed, and checked when they are read."""
    lists, problem = book.lists, book.problem
    names = str(lists.range(tuple(member.name for member in problem.staff)))
    dates = str(lists.range(tuple(date_text(date) for date in problem.period.dates)))
    given = (OFF_SYMBOLS[OffKind.DAY_OFF], OFF_SYMBOLS[OffKind.PAID_LEAVE])
    symbols = str(lists.range((*problem.shift_by_symbol, *given)))
    joining = name_of(Event.JOINING)
    choices = {
        "person": names,
        **dict.fromkeys(("first", "last", "start"), dates),
        "what": f'IF($B{first}="{joining}",{names},{symbols})',
    }
    for number, (path, column) in enumerate(COLUMN.items(), start=1):
        cells = area(first, number, last, number)
        if path in choices:
            frame.offer(out, cells, choices[path], strict=False)
        elif path == "event":
            frame.validate(out, column, cells)


class Lines(NamedTuple):
    """The what-ifs of the sheet, and the mistakes in it."""

    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]


def read_cases(path: Path) -> Lines:
    """Read the what-ifs from the sheet of a workbook, in the order of their lines.

    Names, dates, symbols and numbers are kept as text.

    Raises
    ------
    InputError
        If the file is no workbook.
    """
    data = workbook_bytes(path)
    with closing(open_workbook(data, streaming=True)) as workbook:
        page = _page(workbook)
        no_value = uncalculated(data, (page.name,)) if page else set()
    notes = Notes()
    if page is None:
        notes.report("no_scenario_sheet", None, sheet=_(SCENARIOS.title))
        return Lines((), tuple(notes.mistakes))
    table = find_table(page, notes)
    if table:
        report_uncalculated(table, no_value, notes)
        warn_of_columns(table, no_value, notes)
        notes.mistakes += notes.warnings
    reader = _ScenarioLines(table, notes) if table else None
    cases = reader.read() if reader else ()
    if not cases and not notes.mistakes:
        notes.report("no_scenarios", page.place(table.head + 1 if table else 0, 0))
    return Lines(cases, tuple(notes.mistakes))


def _page(workbook: Workbook) -> SheetCells | None:
    for sheet in sheets_named(workbook, SCENARIOS.titles):
        rows = read_rows(sheet, values_only=True)
        width = max((len(row) for row in rows), default=0)
        cells = tuple((*row, *[None] * (width - len(row))) for row in rows)
        return SheetCells(SCENARIOS, sheet.title, cells)
    return None


class _ScenarioLines:
    """Reads line by line; a line without a name belongs to the what-if above it."""

    def __init__(self, table: Table, notes: Notes) -> None:
        self._table = table
        self._notes = notes
        self._names: dict[str, str] = {}
        self._starts: dict[str, Words] = {}
        self._happenings: dict[str, list[Happening]] = {}

    def read(self) -> tuple[Case, ...]:
        key = ""
        for row in self._table.rows():
            said = {path: _words(row, path) for path in self._table.where}
            name = said.get("name", Words()).text
            if name:
                key = "" if words.means(name, EXAMPLE) else self._key(name, row)
                if not key:
                    continue
            elif not key:
                self._miss("name", row)
            self._line(key, row, said)
        return tuple(
            Case(tuple(told), self._starts.get(key, Words()), self._names.get(key, ""))
            for key, told in self._happenings.items()
        )

    def _key(self, name: str, row: TableLine) -> str:
        """Return the key of a what-if's name; names that look alike have the same."""
        longest = SCENARIOS.key.limits.longest
        if longest is not None and len(name) > longest:
            self._report("too_long", "name", row, limit=longest)
        key = spelling_of(name)
        self._names.setdefault(key, name[:longest])
        return key

    def _line(self, key: str, row: TableLine, said: dict[str, Words]) -> None:
        start = said.get("start", Words())
        known = self._starts.setdefault(key, start)
        if not known.text:
            self._starts[key] = start
        elif start.text and start.text != known.text:
            facts = {"first": known.text, "second": start.text}
            self._report("two_starts", "start", row, **facts)
        event = self._event(row, said["event"].text)
        if event is None:
            return
        parts = {path: said.get(path, Words()) for path in TEXTS}
        before = len(self._notes.mistakes)
        for path, told in parts.items():
            needed = path in NEEDED[event]
            may = needed or (path == "last" and event not in OF_ONE_DATE)
            if needed and not told.text:
                self._miss(path, row)
            if not may:
                refuse_entries(row, [COLUMN[path]], name_of(event), self._notes)
        if len(self._notes.mistakes) == before:
            happening = Happening(event, *parts.values())
            self._happenings.setdefault(key, []).append(happening)

    def _event(self, row: TableLine, text: str) -> Event | None:
        if not text:
            self._miss("event", row)
            return None
        try:
            return Event(read_value(COLUMN["event"], text))
        except Wrong as wrong:
            self._report(wrong.code, "event", row, **wrong.facts)
            return None

    def _miss(self, path: str, row: TableLine) -> None:
        self._report("missing_value", path, row, heading=_(COLUMN[path].heading))

    def _report(self, code: str, path: str, row: TableLine, **facts: int | str) -> None:
        number = self._table.where.get(path, 0)
        self._notes.report(code, self._table.page.place(row.row, number), **facts)


def _words(line: TableLine, path: str) -> Words:
    """Return a cell as somebody would have typed it."""
    raw, place = line.raw(path), line.place(path)
    text = "" if is_empty(raw) else shown(raw, whole=True).strip()
    return Words(text, place.sheet, place.cell)
