"""What stands in the way of filling the cells of a form: locks, formulas, lists."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter, range_boundaries

from scheduler.domain.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.in_place import Content
    from scheduler.files.workbook.reading.notes import CellPlace

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
    for at, content in values.items():
        by_sheet[at.sheet][at.row, at.column] = content
    for title, cells in by_sheet.items():
        sheet = book[title]
        locked, formulas, merged = [], [], []
        for place in cells:
            cell = sheet.cell(*place)
            if cell.data_type == "f":
                formulas.append(cell.coordinate)
            elif _is_inside(sheet, place):
                merged.append(f"{get_column_letter(place[1])}{place[0]}")
            elif sheet.protection.sheet and cell.protection.locked:
                locked.append(cell.coordinate)
        for code, places in (
            ("form_formula", formulas),
            ("form_merged", merged),
            ("form_locked", locked),
        ):
            if places:
                facts: dict[str, int | str] = {"cells": _named(places)}
                one = Mistake(code=code, sheet=title, cell=places[0], facts=facts)
                found.append(one)
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
            place = f"{get_column_letter(column)}{row}"
            missing = isinstance(value, str) and known and value not in known
            if missing and place in rule.sqref and (str(value), known[0]) not in told:
                told.add((str(value), known[0]))
                facts: dict[str, int | str] = {
                    "value": str(value),
                    "known": _named(known),
                }
                yield Mistake(
                    code="form_choice", sheet=sheet.title, cell=place, facts=facts
                )


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
