"""Where the cells of a form stand, and what is in the way of filling them.

A map is TOML, small enough to be mended by hand; docs/cli.md tells of it.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import AfterValidator, Field, model_validator

from scheduler.audit.figures.fte import WorkType
from scheduler.domain.base import Frozen
from scheduler.domain.errors import Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.shifts import Role
from scheduler.files.paths import safe_name
from scheduler.files.validation import file_bytes, toml_read
from scheduler.files.workbook.references import at

if TYPE_CHECKING:
    from scheduler.files.workbook.in_place import Content
    from scheduler.files.workbook.reading.notes import CellPlace

SUFFIX = "様式のセル.toml"
"""What the name of a kept map has behind that of the office."""

LARGEST = 100_000
"""Largest map, in bytes; one has some 1,500."""

UPPER_ROWS = 30
"""Rows in which the headings of a form are looked for."""

CONTENTS = ("symbol", "hours", "day", "night", "")
"""What a line of a person may hold on a date; the last is left to the form."""


def _cell(value: str) -> str:
    if value:
        coordinate_from_string(value)
    return value.upper()


def _column(value: str) -> str:
    if value:
        column_index_from_string(value)
    return value.upper()


Cell = Annotated[str, AfterValidator(_cell)]
"""A cell such as M2; empty if the form has none."""

Column = Annotated[str, AfterValidator(_column)]
"""The letters of a column; empty if the form has none."""


class Header(Frozen):
    """Cells of the header."""

    year: Cell = ""
    """Of the Reiwa era if 令和 stands before it, else of the Common Era."""
    month: Cell = ""
    office: Cell = ""
    number: Cell = ""
    service: Cell = ""
    full_time_week: Cell = ""
    full_time_month: Cell = ""
    users: Cell = ""
    """Average of day users (A-05)."""
    span: Cell = ""
    """The switch between four weeks and the calendar month."""
    edition: Cell = ""
    """The switch between plan and actual."""


class Columns(Frozen):
    """Columns beside the dates; each is filled in the first line of a person."""

    number: Column = ""
    job: Column
    form: Column
    """A to D."""
    qualification: Column = ""
    name: Column
    second_job: Column = ""


class Section(Frozen):
    """Slots that follow each other, perhaps for some jobs or forms only."""

    first_row: int = Field(ge=1, le=5000)
    slots: int = Field(ge=1, le=300)
    jobs: tuple[Role, ...] = ()
    """Empty: all."""
    forms: tuple[WorkType, ...] = ()
    """Empty: all."""


class FormWords(Frozen):
    """What the form calls things, as its drop-down lists have them."""

    manager: str = "管理者"
    planner: str = "介護支援専門員"
    nurse: str = "看護職員"
    care: str = "介護職員"
    four_weeks: str = "4週"
    month: str = "暦月"
    planned: str = "予定"
    actual: str = "実績"


class SymbolLines(Frozen):
    """The form's own sheet of symbols, a line for each."""

    sheet: str
    first_row: int = Field(ge=1, le=5000)
    slots: int = Field(ge=1, le=300)
    symbol: Column
    begin: Column = ""
    end: Column = ""
    """A clock time; after midnight that of the next morning, or 24:00 and more if
    ``past_24``."""
    past_24: bool = False
    pause: Column = ""
    day: Column = ""
    """Hours in the day band, where they are typed."""
    night: Column = ""
    meaning: Column = ""


class Foot(Frozen):
    """Rows below the people with a number for each date; 0 if the form has none."""

    day_users: int = Field(default=0, ge=0)
    overnight: int = Field(default=0, ge=0)
    visits: int = Field(default=0, ge=0)


class FormMap(Frozen):
    """Where everything stands in one form."""

    name: str
    checked: bool = True
    """Whether somebody has looked at a map that was guessed."""
    sheet: str
    """Title; empty: the first one with the signs."""
    signs: dict[str, str]
    """Texts by which the form is known, by cell, or by column where they stand in one
    of its upper rows."""
    header: Header = Header()
    columns: Columns
    first_day: Column
    days: int = Field(ge=28, le=31)
    lines: tuple[str, ...] = Field(min_length=1, max_length=4)
    """What each line of a person holds; one of `CONTENTS`."""
    days_off: bool = False
    """Whether symbols of days off may stand among hours."""
    section: tuple[Section, ...] = Field(min_length=1)
    words: FormWords = FormWords()
    symbols: SymbolLines | None = None
    foot: Foot = Foot()

    @model_validator(mode="after")
    def _known_lines(self) -> Self:
        if any(line not in CONTENTS for line in self.lines):
            raise ValueError(f"lines are some of {', '.join(CONTENTS)}")
        return self

    @property
    def first_column(self) -> int:
        """Number of the column of the first date."""
        number: int = column_index_from_string(self.first_day)
        return number

    def fits(self, sheet: Worksheet) -> bool:
        """Tell whether a sheet has the texts by which the form is known."""
        return bool(self.signs) and all(
            look_of(text) in look_of(said)
            for place, text in self.signs.items()
            for said in [_said(sheet, place)]
        )

    def stands_as(self, found: FormMap) -> bool:
        """Tell whether a form, as it was guessed, has the rows of this map.

        Copies of the same columns may begin elsewhere, have more people, or other
        columns on their sheet of symbols.  Fewer people do no harm where nothing
        stands below them.
        """
        own, guessed = self.section[0], found.section[0]
        if own.first_row != guessed.first_row:
            return False
        below = any(self.foot.model_dump().values())
        if len(self.section) == 1 and own.slots != guessed.slots:
            return guessed.slots < own.slots and not below
        known, there = self.symbols, found.symbols
        columns = {"symbol", "begin", "end", "pause"}
        return (
            known is None
            or there is None
            or known.model_dump(include=columns) == there.model_dump(include=columns)
        )

    def job_word(self, role: Role) -> str:
        """Return what the form calls a job."""
        word: str = getattr(self.words, role.value)
        return word


def _said(sheet: Worksheet, place: str) -> str:
    """Return the text of a cell, or all texts in the upper rows of a column."""
    if place.isalpha():
        column = column_index_from_string(place)
        cells = [sheet.cell(row, column) for row in range(1, UPPER_ROWS + 1)]
    else:
        cells = [sheet[place]]
    return " ".join(str(cell.value) for cell in cells if cell.value is not None)


def map_path(folder: Path, office: str) -> Path:
    """Return the file in which an office's map is kept."""
    return folder / f"{safe_name(office)}-{SUFFIX}"


def read_map(path: Path) -> FormMap | None:
    """Return the map that an office keeps; ``None`` if there is none.

    Raises
    ------
    InputError
        If the file is no map; all mistakes.
    """
    if not path.exists():
        return None
    return _parsed(file_bytes(path, LARGEST), path.name)


@cache
def given_maps() -> tuple[FormMap, ...]:
    """Return the maps of known forms."""
    folder = resources.files("scheduler.files.workbook.forms") / "given"
    files = sorted(folder.iterdir(), key=lambda one: one.name)
    return tuple(
        _parsed(one.read_bytes(), one.name)
        for one in files
        if one.name.endswith(".toml")
    )


def given_text(name: str) -> str:
    """Return the text of a given map, to be kept and changed by an office."""
    folder = resources.files("scheduler.files.workbook.forms") / "given"
    for one in folder.iterdir():
        if one.name.endswith(".toml"):
            text = one.read_text(encoding="utf-8")
            if tomllib.loads(text)["name"] == name:
                return text
    raise LookupError(name)


def _parsed(data: bytes, name: str) -> FormMap:
    return toml_read(data, name, FormMap, "form_map_unreadable")


Place = tuple[int, int]
"""Row and column."""

MOST_CELLS = 6
"""Most cells that a mistake names."""


def obstacles(
    book: Workbook, values: Mapping[CellPlace, Content]
) -> tuple[Mistake, ...]:
    """Return what stands in the way of filling cells, sheet by sheet."""
    found: list[Mistake] = []
    by_sheet: dict[str, dict[Place, Content]] = defaultdict(dict)
    for (title, row, column), content in values.items():
        by_sheet[title][row, column] = content
    for title, cells in by_sheet.items():
        sheet = book[title]
        locked, formulas, merged = [], [], []
        for place in cells:
            cell = sheet.cell(*place)
            if cell.data_type == "f":
                formulas.append(cell.coordinate)
            elif _is_inside(sheet, place):
                merged.append(at(*place))
            elif sheet.protection.sheet and cell.protection.locked:
                locked.append(cell.coordinate)
        for code, places in (
            ("form_formula", formulas),
            ("form_merged", merged),
            ("form_locked", locked),
        ):
            if places:
                named = _named(places)
                found.append(Mistake.at(code, title, places[0], cells=named))
        found += _choices(book, sheet, cells)
    return tuple(found)


def _is_inside(sheet: Worksheet, place: Place) -> bool:
    """Tell whether a cell lies in a merged area without being its first."""
    row, column = place
    return any(
        area.min_row <= row <= area.max_row
        and area.min_col <= column <= area.max_col
        and place != (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
    )


def _named(places: list[str]) -> str:
    more = "…" if len(places) > MOST_CELLS else ""
    return "、".join(places[:MOST_CELLS]) + more


def _choices(
    book: Workbook, sheet: Worksheet, cells: Mapping[Place, Content]
) -> Iterator[Mistake]:
    """Yield a mistake for each list of choices that has not the word for its cells."""
    told: set[tuple[str, str]] = set()
    for rule in sheet.data_validations.dataValidation:
        if rule.type != "list" or not rule.showErrorMessage:
            continue
        known = _listed(book, sheet, str(rule.formula1 or ""))
        for (row, column), value in cells.items():
            place = at(row, column)
            missing = isinstance(value, str) and known and value not in known
            if missing and place in rule.sqref and (str(value), known[0]) not in told:
                told.add((str(value), known[0]))
                facts = {"value": str(value), "known": _named(known)}
                yield Mistake.at("form_choice", sheet.title, place, **facts)


def spelled(
    book: Workbook, values: Mapping[CellPlace, Content]
) -> dict[CellPlace, Content]:
    """Return values with words as the form spells them in a cell or its choices."""
    found = dict(values)
    for place, value in values.items():
        if isinstance(value, str):
            sheet = book[place.sheet]
            cell = sheet.cell(place.row, place.column)
            known = [str(cell.value or "")]
            for rule in sheet.data_validations.dataValidation:
                if rule.type == "list" and cell.coordinate in rule.sqref:
                    known += _listed(book, sheet, str(rule.formula1 or ""))
            alike = (one for one in known if look_of(one) == look_of(value))
            found[place] = next(alike, value)
    return found


def _listed(book: Workbook, sheet: Worksheet, formula: str) -> list[str]:
    """Return the words of a list of choices; none if it cannot be told."""
    if formula.startswith('"'):
        return [one.strip() for one in formula.strip('"').split(",")]
    name = book.defined_names.get(formula.removeprefix("="))
    reference = (name.attr_text if name else formula).removeprefix("=")
    title, _sign, area = reference.rpartition("!")
    title = title.strip("'").replace("''", "'")
    if title and title not in book.sheetnames:
        return []
    source = book[title] if title else sheet
    try:
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
    except ValueError:
        return []
    rows = source.iter_rows(top, bottom, left, right, values_only=True)
    words = [str(value) for row in rows for value in row if value is not None]
    return [] if any(word.startswith("=") for word in words) else words
