"""The pages of docs/ja/: every sheet and column of the input workbook, in Japanese.

Made from the fields of the domain, as the sheets themselves are, by ``make docs``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.files.workbook.layout import SHEETS
from scheduler.files.workbook.words import how_to_type, if_empty, meaning_of
from scheduler.files.workbook.write_input import (
    SITUATION_HEADINGS,
    SITUATIONS,
    SITUATIONS_HINT,
    STEPS,
    occasion,
)
from scheduler.wording.translation import _, in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.files.workbook.columns import Column, Sheet

JAPANESE = Path(__file__).resolve().parent.parent / "docs" / "ja"
INDEX = "README.md"

HEAD = """\
# 記入用ブックの書き方

`shotaki init` が作るブックの、すべてのシートとすべての欄の説明です。毎月の手順は
[README.ja.md](../../README.ja.md) にあります。
"""
DATES_BELOW = """\
右に期間の日付が並びます。日付の行は書き換えず、氏名と日付の交わる欄に記入します。氏名は
シート「職員」から自動で出ます。上の書き方のほかに書いたものは、場所を示してお知らせします。
"""
BACK = f"[シートの一覧へ]({INDEX})"


def japanese_pages() -> dict[Path, str]:
    """Return the text of every page by its path."""
    with in_language("ja"):
        index = "\n".join(_index())
        sheets = {JAPANESE / page_name(one): "\n".join(_page(one)) for one in SHEETS}
    return {JAPANESE / INDEX: index, **sheets}


def page_name(sheet: Sheet) -> str:
    """Return the file of a sheet's page, by its English title."""
    words = re.sub(r"[^a-z]+", "-", sheet.title.lower().replace("'s", ""))
    return f"{words}.md"


def _index() -> Iterator[str]:
    yield HEAD
    for number, step in enumerate(STEPS, start=1):
        yield f"{number}. {_(step)}"
    yield ""
    yield "| シート | 記入するとき | 記入すること |"
    yield "|---|---|---|"
    for sheet in SHEETS:
        link = f"[{_(sheet.title)}]({page_name(sheet)})"
        yield f"| {link} | {occasion(sheet)} | {_cell(_(sheet.hint))} |"
    yield ""
    yield f"## {_(SITUATIONS_HINT)}"
    yield ""
    yield f"| {' | '.join(_(one) for one in SITUATION_HEADINGS[1:])} |"
    yield "|---|---|---|"
    for one in SITUATIONS:
        link = f"[{_(one.sheet.title)}]({page_name(one.sheet)})"
        yield f"| {_cell(_(one.what))} | {link} | {_cell(_(one.how))} |"
    yield ""


def _page(sheet: Sheet) -> Iterator[str]:
    yield f"# {_(sheet.title)}"
    yield ""
    yield f"記入するとき：{occasion(sheet)}"
    yield ""
    yield _(sheet.hint)
    yield ""
    yield "| 項目 | 意味 | 書き方 | 空欄のとき |"
    yield "|---|---|---|---|"
    for column in sheet.columns:
        yield _row(column, follows=_follows(sheet, column))
    yield ""
    if sheet.labels:
        yield DATES_BELOW
    yield BACK
    yield ""


def _follows(sheet: Sheet, column: Column) -> bool:
    """Tell whether a column repeats the names of the staff list."""
    return column is sheet.key and bool(sheet.labels or sheet.keys_given)


def _row(column: Column, *, follows: bool) -> str:
    unit = f"（{_(column.unit)}）" if column.unit else ""
    meaning = meaning_of(column)
    if column.asked:
        meaning = f"{_(column.heading)}。{meaning}"
    how, empty = how_to_type(column), if_empty(column)
    if follows:
        how, empty = "シート「職員」から自動で出ます", ""
    if column.shown_only:
        how = "自動で出ます"
    cells = (f"{_(column.label)}{unit}", meaning, how, empty)
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
