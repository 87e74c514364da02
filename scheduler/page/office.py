"""事業所の準備 as fields: each cell of the office's sheets, and what is said of it.

Headings, units, meanings, limits and choices are those of the workbook's layout; what a
text means, and what is wrong with it, says the reader of workbooks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from scheduler.domain.errors import Mistake
from scheduler.domain.fields import FieldKind
from scheduler.domain.qualifications import OF_RULES
from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.input_cells import InputCells, by_place, place_of
from scheduler.files.workbook.layout import (
    COVER_RULES,
    DESK_TASKS,
    EVENTS,
    EXPERT_SETTINGS,
    FORECAST,
    KINDS,
    OFFICE,
    PAIRS,
    PERSONAL_LIMITS,
    PROFILES,
    SETTINGS,
    SHEETS,
    SHIFTS,
    STAFF,
    USE_CHANGES,
    USERS,
)
from scheduler.files.workbook.reading.forecast import OF_WEEKDAYS
from scheduler.files.workbook.reading.notes import CellPlace
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import BETWEEN_WORDS, read_value
from scheduler.files.workbook.words import (
    LIST,
    choices_of,
    names_of,
    show,
    weekday_of,
    weekdays_cell,
)
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from scheduler.page.open_input import OpenInput


class OfficeStep(NamedTuple):
    """A part of the set-up: the sheets that it shows, and those it keeps folded."""

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    more: tuple[Sheet, ...] = ()


STEPS = (
    OfficeStep("house", N_("Places and night"), (OFFICE,), (PROFILES,)),
    OfficeStep("shifts", N_("Shifts"), (SHIFTS,), (KINDS,)),
    OfficeStep("staff", N_("Staff"), (STAFF,), (PERSONAL_LIMITS, PAIRS)),
    OfficeStep("week", N_("A week of use"), (FORECAST,), (USERS, USE_CHANGES)),
    OfficeStep(
        "rules",
        N_("House rules"),
        (SETTINGS, COVER_RULES),
        (DESK_TASKS, EXPERT_SETTINGS),
    ),
    OfficeStep("events", N_("Events"), (EVENTS,)),
)
"""The set-up in order; together they show every sheet but those of the month."""

SHAPES = {SHIFTS.title: "shifts", STAFF.title: "people", FORECAST.title: "week"}
"""How sheets are drawn that are no plain tables, by their title."""

BARE = {"loc": (), "sheet": "", "cell": "", "more": ()}
"""What a mistake need not say where its cell is seen."""

SEVERAL = (FieldKind.CHOICES, FieldKind.SYMBOLS, FieldKind.WEEKDAYS)
"""Kinds of which several are ticked."""

RULES = re.compile(
    r"\s*[（(](?:rule |ルール)?[A-Z](?:-\d\d)?(?:[、,]\s*[A-Z]-\d\d)*[)）]"
    r"|[、,]?\s*\b[A-Z]-\d\d\b"
)
"""Numbers of rules behind a meaning: they stand in the handbook, not on the page."""

LONG, SHORT, SHORTEST = 24, 12, 4
"""Characters that fields show."""

MOST_TICKED = 4
"""Most choices of one that stand beside each other; more are a list to open."""


class OfficeOption(NamedTuple):
    """Something that can be chosen."""

    text: str
    is_chosen: bool


class OfficeField(NamedTuple):
    """One cell.

    Attributes
    ----------
    look
        ``one`` of a list, ``few`` beside each other, ``many`` to tick, ``text``.
    options
        What can be chosen; for a text, what can be completed.
    says
        What is wrong with it, or looks unintended.
    """

    id: str
    cell: str
    text: str
    label: str
    unit: str
    meaning: str
    look: str
    options: tuple[OfficeOption, ...]
    says: tuple[str, ...]
    is_wrong: bool
    is_fixed: bool
    is_changed: bool
    width: int


class OfficeLine(NamedTuple):
    """A line of a table, or all lines of a sheet of keys; ``row`` 0 for the latter."""

    row: int
    fields: dict[str, OfficeField]
    is_new: bool = False


class OfficeSheet(NamedTuple):
    """A sheet with its lines; the last one of a table is empty.

    Attributes
    ----------
    shape
        How it is drawn: ``keys``, ``shifts``, ``people``, ``week`` or ``table``.
    """

    number: int
    title: str
    hint: str
    columns: tuple[Column, ...]
    lines: tuple[OfficeLine, ...]
    shape: str
    is_there: bool

    @property
    def rows(self) -> tuple[tuple[int, str], ...]:
        """The rows of its lines, with what each is called: its buttons say it."""
        first = (next(iter(line.fields.values()), None) for line in self.lines)
        return tuple(
            (line.row, one.text if line.row and one else "")
            for line, one in zip(self.lines, first, strict=True)
        )

    @property
    def fields(self) -> Iterator[OfficeField]:
        """All cells."""
        for line in self.lines:
            yield from line.fields.values()


class OfficeGrid(NamedTuple):
    """What a step of the set-up shows.

    Attributes
    ----------
    elsewhere
        What is wrong with cells that the step does not show, each with its step.
    """

    step: OfficeStep
    sheets: tuple[OfficeSheet, ...]
    more: tuple[OfficeSheet, ...]
    elsewhere: tuple[tuple[OfficeStep | None, str], ...]
    wrong: dict[str, int]

    @property
    def all_sheets(self) -> tuple[OfficeSheet, ...]:
        """The sheets, those that are folded last."""
        return (*self.sheets, *self.more)

    @property
    def fields(self) -> Iterator[OfficeField]:
        """All cells."""
        for sheet in self.all_sheets:
            yield from sheet.fields


def office_grid(opened: OpenInput, step: OfficeStep) -> OfficeGrid:
    """Return a step of the set-up as it is now, with all that was typed."""
    return _Drawing(opened).build(step)


class _Drawing:
    def __init__(self, opened: OpenInput) -> None:
        self._cells: InputCells = opened.sheets
        self._edits = opened.sheet_edits
        self._wrong = by_place(self._cells.notes.mistakes)
        self._odd = by_place(self._cells.notes.warnings)
        self._symbols = self._names(SHIFTS)

    def build(self, step: OfficeStep) -> OfficeGrid:
        """Return the sheets of a step."""
        sheets = tuple(map(self._sheet, step.sheets))
        more = tuple(map(self._sheet, step.more))
        shown = {
            f.cell for s in (*sheets, *more) for n in s.lines for f in n.fields.values()
        }
        wrong: dict[str, int] = defaultdict(int)
        elsewhere: dict[tuple[OfficeStep | None, str], None] = {}
        for mistake in self._cells.notes.mistakes:
            at = place_of(mistake)
            home = self._step_of(mistake.sheet)
            wrong[home.name if home else ""] += 1
            if at is None or self._cell(at) not in shown:
                bare = mistake.model_copy(update=BARE) if home else mistake
                told = mistake_text(bare)
                elsewhere[home, told] = None
        return OfficeGrid(step, sheets, more, tuple(elsewhere), dict(wrong))

    def _step_of(self, title: str) -> OfficeStep | None:
        for step in STEPS:
            for layout in (*step.sheets, *step.more):
                if title in layout.titles or title == _(layout.title):
                    return step
        return None

    def _cell(self, place: CellPlace) -> str:
        layout = self._cells.layout_at(place.sheet)
        number = SHEETS.index(layout) if layout else -1
        return f"{number}-{place.row}-{place.column}"

    def _sheet(self, layout: Sheet) -> OfficeSheet:
        lines: list[OfficeLine] = []
        columns = tuple(
            OF_WEEKDAYS.columns
            if layout is FORECAST
            else (c for c in layout.columns if not c.shown_only)
        )
        if layout.has_keys:
            fields: dict[str, OfficeField] = {}
            for column in columns:
                row = self._cells.key_row(layout, column)
                if row is not None:
                    fields |= self._fields(layout, row, (column,))
            lines.append(OfficeLine(0, fields))
        else:
            rows = self._cells.lines(layout)
            if layout is FORECAST:
                rows = tuple(filter(self._is_weekday, rows))
            free = None if layout is FORECAST else self._cells.free_line(layout)
            for row in (*rows, *([free] if free else [])):
                fields = self._fields(layout, row, columns)
                lines.append(OfficeLine(row, fields, row == free))
        return OfficeSheet(
            SHEETS.index(layout),
            _(layout.title),
            _(layout.hint),
            columns,
            tuple(lines),
            "keys" if layout.has_keys else SHAPES.get(layout.title, "table"),
            self._cells.has(layout),
        )

    def _is_weekday(self, row: int) -> bool:
        place = self._cells.place(FORECAST, row, FORECAST.key)
        return place is not None and weekday_of(self._cells.text(place)) is not None

    def _fields(
        self, layout: Sheet, row: int, columns: tuple[Column, ...]
    ) -> dict[str, OfficeField]:
        found = {}
        for column in columns:
            place = self._cells.place(layout, row, column)
            if place is not None:
                found[column.path] = self._field(layout, place, column)
        return found

    def _field(self, layout: Sheet, place: CellPlace, column: Column) -> OfficeField:
        text = self._cells.text(place)
        wrong, odd = self._wrong.get(place, ()), self._odd.get(place, ())
        if any(one.code == "name_alone" for one in wrong):
            # Nobody leaves notes here: the line is being begun, and lacks the rest.
            lacking = {"code": "missing_value", "facts": {"heading": _(column.label)}}
            is_name = column is layout.key
            wrong = [] if is_name else [Mistake.model_validate(lacking)]
        bare = (one.model_copy(update=BARE) for one in (*wrong, *odd))
        look, options = self._options(column, text)
        if look == "few" and not (layout.has_keys or layout is STAFF):
            look = "one"
        cell = self._cell(place)
        return OfficeField(
            id=f"f{cell}",
            cell=cell,
            text=text,
            label=_(column.label),
            unit=_(column.unit) if column.unit else "",
            meaning=RULES.sub("", _(column.meaning)) if column.meaning else "",
            look=look,
            options=options,
            says=tuple(dict.fromkeys(map(mistake_text, bare))),
            is_wrong=bool(wrong),
            is_fixed=self._cells.is_fixed(place),
            is_changed=place in self._edits,
            width=max(width_of(layout, column), min(LONG, columns_of(text))),
        )

    def _options(
        self, column: Column, text: str
    ) -> tuple[str, tuple[OfficeOption, ...]]:
        known = self._choices(column)
        if column.kind in SEVERAL:
            chosen = chosen_of(column, text)
            known = (*known, *(one for one in chosen if one not in known))
            return "many", tuple(OfficeOption(one, one in chosen) for one in known)
        if choices_of(column):
            known = known if text in ("", *known) else (*known, text)
            look = "few" if len(known) <= MOST_TICKED else "one"
            return look, tuple(OfficeOption(one, one == text) for one in known)
        return "text", tuple(OfficeOption(one, is_chosen=False) for one in known)

    def _choices(self, column: Column) -> tuple[str, ...]:
        """Return what the cells of a column may say, or be completed to."""
        match column.kind:
            case FieldKind.SYMBOLS:
                return self._symbols
            case FieldKind.WEEKDAYS:
                return tuple(map(weekday_text, range(7)))
            case FieldKind.QUALIFICATION | FieldKind.QUALIFICATIONS:
                return OF_RULES
        if column.offers:
            offered = next(one for one in SHEETS if one.title == column.offers)
            return self._names(offered)
        return tuple(names_of(column))

    def _names(self, layout: Sheet) -> tuple[str, ...]:
        return tuple(text for _place, text in self._cells.names(layout) if text)


def width_of(layout: Sheet, column: Column) -> int:
    """Return how many characters a field shows."""
    if layout.has_keys:
        return LONG if column.kind in (FieldKind.TEXT, FieldKind.PROSE) else SHORT
    return max(SHORTEST, min(LONG, round(column.width)))


def columns_of(text: str) -> int:
    """Return how many characters wide a text is; full-width ones take two."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def chosen_of(column: Column, text: str) -> tuple[str, ...]:
    """Return what is ticked in a cell of several choices, by its text."""
    if column.kind is not FieldKind.WEEKDAYS:
        return tuple(one for one in BETWEEN_WORDS.split(text) if one)
    try:
        days = read_value(column, text) if text else column.default or ()
    except Wrong:
        return ()
    return tuple(map(weekday_text, days))


def ticked_text(column: Column, text: str, choice: str, *, is_on: bool) -> str:
    """Return the text of a cell after a choice was ticked or not; its order stays."""
    chosen = [one for one in chosen_of(column, text) if one != choice]
    if is_on:
        chosen = list(dict.fromkeys((*chosen_of(column, text), choice)))
    if column.kind is not FieldKind.WEEKDAYS:
        return LIST.join(chosen)
    days = sorted(day for one in chosen if (day := weekday_of(one)) is not None)
    return str(weekdays_cell(tuple(days))) if days or column.default else ""


def shown_text(column: Column, value: object) -> str:
    """Return the text of a cell for a value of the model."""
    found = show(column, value)
    return "" if found is None else str(found)
