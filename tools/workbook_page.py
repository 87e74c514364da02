"""Generate docs/workbook.md, the page on the input workbook, from its layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.layout import SHEETS
from scheduler.files.workbook.words import choices_of, show
from scheduler.rulebook import yielding
from scheduler.wording.translation import spellings, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.files.workbook.columns import Column, Sheet

BLOCK = re.compile(r"(<!-- sheets: generated -->\n).*(<!-- end -->)", re.S)


def workbook_page(page: str) -> str:
    """Return docs/workbook.md with its generated tables brought up to date."""
    before = use_language("ja")
    try:
        sections = ["\n".join(_section(sheet)) for sheet in SHEETS]
    finally:
        use_language(before)
    tables = "\n\n".join(sections)
    return BLOCK.sub(lambda block: f"{block[1]}\n{tables}\n\n{block[2]}", page)


def _section(sheet: Sheet) -> Iterator[str]:
    yield f"## {_both(sheet.title)}"
    yield ""
    yield sheet.hint
    yield ""
    what = "line" if sheet.has_keys else "column"
    yield f"| {what} | in JSON | kind | unit | empty | limits | meaning |"
    yield "|---|---|---|---|---|---|---|"
    for column in sheet.columns:
        yield _row(column)


def _row(column: Column) -> str:
    cells = (
        _both(column.heading),
        f"`{column.path}`",
        column.kind.value,
        column.unit,
        _empty(column),
        _limits(column),
        column.meaning,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _both(message: str) -> str:
    japanese, english = spellings(message)
    return f"{japanese} ({english})"


def _empty(column: Column) -> str:
    """Return the value of an empty cell as text, or that it must not be empty."""
    if column.required:
        return "**required**"
    shown = show(column, column.default)
    return "" if shown is None or column.kind is FieldKind.OVERNIGHT else str(shown)


def _limits(column: Column) -> str:
    choices = choices_of(column)
    if column.kind is FieldKind.EXCEPTION:
        keys = (f"`{rule}` `{facet}`" for rule, facet in yielding())
        choices = [" ".join(pair) for pair in zip(choices, keys, strict=True)]
    if choices:
        return ", ".join(choices)
    limits = column.limits
    if limits.longest is not None:
        return f"to {limits.longest} characters"
    ends = (("from", limits.least), ("to", limits.most))
    return " ".join(
        f"{word} {show(column, limit)}" for word, limit in ends if limit is not None
    )
