"""A guess of where the cells of an unknown form stand, for the office to check."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.likeness import look_of
from scheduler.files.workbook.forms.map import UPPER_ROWS, FormMap, SymbolLines
from scheduler.files.workbook.references import at

if TYPE_CHECKING:
    from scheduler.files.workbook.forms.fill import Form

LEAST_DAYS, MOST_DAYS = 28, 31
MOST_ROWS, MOST_COLUMNS = 250, 80
USUAL_SLOTS = 20
MOST_LINES = 4
"""Most lines that a person has in a form."""

HEADINGS = {
    "number": r"(no\.?|番号)",
    "job": r"職種.*",
    "form": r"(勤務)?形態.*",
    "qualification": r"(保有)?資格.*",
    "name": r"(従業者の?)?氏名.*",
    "second_job": r"兼務.*",
}
"""Headings that are known, in small letters, without the numbers before them."""

NUMBERED = re.compile(r"^[(（]?\d+[)）.]?")

BEFORE = {
    "年": "year",
    "月": "month",
    "時間/週": "full_time_week",
    "時間/月": "full_time_month",
}
"""Texts before which a cell of the header stands, and what it holds."""

SWITCHES = {"4週": "span", "暦月": "span", "予定": "edition", "実績": "edition"}
"""What stands in a switch of the header, and which one it is."""

LINES = (
    (r".*記号.*", "symbol"),
    (r".*日中.*", "day"),
    (r".*(夜間|深夜).*", "night"),
    (r".*(勤務)?時間.*", "hours"),
)
"""What a label beside the lines of a person says that they hold."""

SYMBOLS_SHEET = "記号"
"""Part of the title of a form's sheet of symbols."""

SYMBOL_HEADINGS = {
    "symbol": r"(シフト|勤務)?記号",
    "begin": r"(始業|開始).*",
    "end": r"(終業|終了).*",
    "pause": r".*休憩.*",
    "day": r"(?!.*(開始|終了|始業|終業|時刻|時間帯$)).*日中.*",
    "night": r"(?!.*(開始|終了|始業|終業|時刻|時間帯$)).*(夜間|深夜).*",
    "meaning": r".*(自由記載|備考|内容|意味|説明|名称).*",
}
"""Headings of the sheet of symbols; the first of several alike is that of the hours of
work.  When a band begins and ends is no number of hours."""

USUAL_SYMBOLS = 30
MOST_HIGH = 5
"""Most rows from the headings of the symbols to the first of them."""

FOOT_LABELS = {
    "day_users": r"(通い|.*利用者数).*",
    "overnight": r"(宿泊|泊).*",
    "visits": r"訪問.*",
}
"""Labels of the rows below the people."""

FOOT_ROWS = 20
"""Rows below the people in which these are looked for."""


class _Dates(NamedTuple):
    """The row in which the dates of a form stand."""

    row: int
    column: int
    days: int


def guess(form: Form) -> FormMap | None:
    """Return a map of a form, not checked yet; ``None`` if it has no row of dates."""
    for sheet in form.book.worksheets:
        dates = _dates(sheet)
        if dates is not None:
            return _guessed(sheet, dates, _symbols(form.book.worksheets))
    return None


def _guessed(sheet: Worksheet, dates: _Dates, symbols: SymbolLines | None) -> FormMap:
    texts = {
        (row, column): look_of(NUMBERED.sub("", str(value))).casefold()
        for row, column, value in _upper(sheet)
    }
    found: dict[str, tuple[int, int]] = {}
    # Nearest to the dates: the title of the form has some of these words too.
    for place in sorted(texts, key=lambda place: abs(place[0] - dates.row)):
        for key, words in HEADINGS.items():
            if key not in found and re.fullmatch(words, texts[place]):
                found[key] = place
    columns = {key: get_column_letter(column) for key, (_r, column) in found.items()}
    columns = {"job": "B", "form": "C", "name": "E", **columns}
    first = _first_row(sheet, dates, columns.get("number", ""))
    height = _height(sheet, first, columns.get("number", ""))
    lines = tuple(_lines(sheet, dates, first, height))
    signs = {
        columns[key]: str(sheet.cell(*found[key]).value).strip()
        for key in ("job", "name")
        if key in found
    }
    slots = _slots(sheet, columns, first, len(lines))
    return FormMap.model_validate(
        {
            "name": sheet.title,
            "checked": False,
            "sheet": sheet.title,
            "signs": signs or {get_column_letter(dates.column): "1"},
            "header": dict(_header(sheet)),
            "columns": columns,
            "first_day": get_column_letter(dates.column),
            "days": dates.days,
            "lines": lines,
            "section": [{"first_row": first, "slots": slots}],
            "symbols": symbols,
            "foot": dict(_foot(sheet, dates, first + slots * len(lines))),
        }
    )


def _symbols(sheets: Sequence[Worksheet]) -> SymbolLines | None:
    """Return the lines of the sheet of symbols; ``None`` if there is none with them."""
    for sheet in sheets:
        if SYMBOLS_SHEET not in look_of(sheet.title):
            continue
        found: dict[str, tuple[int, int]] = {}
        for row, column, value in _upper(sheet):
            text = look_of(NUMBERED.sub("", str(value))).casefold()
            for key, words in SYMBOL_HEADINGS.items():
                if key not in found and re.fullmatch(words, text):
                    found[key] = row, column
        if "symbol" not in found:
            continue
        first = _first_symbol(sheet, *found["symbol"])
        columns = {
            key: get_column_letter(column)
            for key, (_row, column) in found.items()
            if sheet.cell(first, column).data_type != "f"
        }
        slots = next(
            n
            for n in range(MOST_ROWS)
            if all(cell.value is None for cell in sheet[first + n])
        )
        return SymbolLines.model_validate(
            {
                "sheet": sheet.title,
                "first_row": first,
                "slots": slots or USUAL_SYMBOLS,
                **columns,
            }
        )
    return None


def _first_symbol(sheet: Worksheet, row: int, column: int) -> int:
    """Return the first row of the symbols below their heading.

    It has a symbol or formulas in it, or comes next below all headings.
    """
    for first in range(row + 1, row + MOST_HIGH):
        has_formula = any(cell.data_type == "f" for cell in sheet[first])
        if sheet.cell(first, column).value is not None or has_formula:
            return first
    merged = (area for area in sheet.merged_cells.ranges if area.min_row == row)
    return max([row, *(int(area.max_row) for area in merged)]) + 1


def _foot(sheet: Worksheet, dates: _Dates, first: int) -> Iterator[tuple[str, int]]:
    """Yield the rows below the people that want a number for each date."""
    known = set()
    for row in range(first, first + FOOT_ROWS):
        texts = [sheet.cell(row, column).value for column in range(1, dates.column)]
        labels = [look_of(NUMBERED.sub("", str(one))) for one in texts if one]
        if sheet.cell(row, dates.column).data_type == "f":
            continue
        for key, words in FOOT_LABELS.items():
            if key not in known and any(re.fullmatch(words, one) for one in labels):
                known.add(key)
                yield key, row
                break


def _upper(sheet: Worksheet) -> Iterator[tuple[int, int, object]]:
    """Yield row, column and value of the filled cells in the upper rows."""
    rows = sheet.iter_rows(max_row=UPPER_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None:
                yield row, column, value


def _dates(sheet: Worksheet) -> _Dates | None:
    """Return where the days 1, 2, 3 ... stand side by side, or formulas like them."""
    for row, column, value in _upper(sheet):
        if _day(value) != 1:
            continue
        days = 1
        while days < MOST_DAYS:
            following = sheet.cell(row, column + days).value
            is_formula = isinstance(following, str) and following.startswith("=")
            if _day(following) != days + 1 and not is_formula:
                break
            days += 1
        if days >= LEAST_DAYS:
            return _Dates(row, column, days)
    return None


def _day(value: object) -> int | None:
    if isinstance(value, dt.date):
        return value.day
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = look_of(str(value)).removesuffix("日").removesuffix(".0")
    return int(text) if text.isdecimal() else None


def _first_row(sheet: Worksheet, dates: _Dates, numbers: str) -> int:
    """Return the first row of the people.

    It has the number 1 beside it, or is no row of weekdays or headings.
    """
    for row in range(dates.row + 1, dates.row + 12):
        if numbers and _day(sheet[f"{numbers}{row}"].value) == 1:
            return row
    for row in range(dates.row + 1, dates.row + 8):
        cells = [sheet.cell(row, dates.column + n).value for n in range(7)]
        if all(value is None for value in cells):
            return row
        hours = sheet.cell(row + 1, dates.column).value
        if cells[0] is None and isinstance(hours, str) and hours.startswith("="):
            return row
    return dates.row + 2


def _height(sheet: Worksheet, first: int, numbers: str) -> int | None:
    """Return the lines of a person, by the number of the next; ``None`` if untold."""
    for lines in range(1, MOST_LINES + 1):
        value = sheet[f"{numbers}{first + lines}"].value if numbers else None
        if _day(value) == 2 or str(value).startswith("="):
            return lines
    return None


def _lines(
    sheet: Worksheet, dates: _Dates, first: int, height: int | None
) -> Iterator[str]:
    """Yield what the lines of a person hold, by the labels before the dates.

    Of several without labels, the first holds symbols.
    """
    seen: list[str] = []
    for row in range(first, first + (height or MOST_LINES)):
        labels = (
            look_of(str(sheet.cell(row, column).value or ""))
            for column in range(1, dates.column)
        )
        held = next(
            (
                content
                for label in labels
                for words, content in LINES
                if label and re.fullmatch(words, label)
            ),
            None,
        )
        if held is None and height:
            held = "symbol" if row == first and height > 1 else "hours"
        if held is None or (held in seen and not height):
            break
        seen.append(held)
        cell = sheet.cell(row, dates.column)
        yield "" if cell.data_type == "f" else held
    if not seen:
        yield "hours"


def _slots(sheet: Worksheet, columns: Mapping[str, str], first: int, lines: int) -> int:
    """Return how many people there is room for, by the numbers beside them."""
    letter = columns.get("number")
    slots = 0
    while letter and first + slots * lines <= MOST_ROWS:
        value = sheet[f"{letter}{first + slots * lines}"].value
        if _day(value) != slots + 1 and not str(value).startswith("="):
            break
        slots += 1
    return slots or USUAL_SLOTS


def _header(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield the cells before 年, 月 and units, switches, and the name of the office."""
    known = set()
    for row, column, value in _upper(sheet):
        text = look_of(str(value))
        key = BEFORE.get(text) or SWITCHES.get(text)
        if key and key not in known and (column > 1 or text in SWITCHES):
            known.add(key)
            yield key, at(row, column - (text in BEFORE))
        elif re.fullmatch(r"[(（]?事業所(名.*)?", text) and "office" not in known:
            known.add("office")
            yield from _behind(sheet, row, column)


def _behind(sheet: Worksheet, row: int, column: int) -> Iterator[tuple[str, str]]:
    """Yield the empty cell for the office: of several the first that is merged."""
    cells = [sheet.cell(row, behind) for behind in range(column + 1, column + 10)]
    free = [c for c in cells if c.value is None and not isinstance(c, MergedCell)]
    wide = {(one.min_row, one.min_col) for one in sheet.merged_cells.ranges}
    first = [one for one in free if (one.row, one.column) in wide] or free
    if first:
        yield "office", first[0].coordinate
