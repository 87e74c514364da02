"""Finding sheets by what their tabs say, and saying which tabs there are instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.errors import Mistake
from scheduler.files.workbook.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_NAMED = 6
"""Tabs that a message lists."""


def sheets_named(workbook: Workbook, titles: Iterable[str]) -> list[Worksheet]:
    """Return the sheets whose tab says one of some titles, whatever its width."""
    wanted = {plain(title) for title in titles}
    return [sheet for sheet in workbook.worksheets if plain(sheet.title) in wanted]


def missing_sheet(workbook: Workbook, title: str, known: Sequence[str]) -> Mistake:
    """Return the mistake of a sheet that is not there.

    Parameters
    ----------
    title
        What its tab should say.
    known
        What the tabs of all sheets say that are read or written; the others that can
        be seen may be the one that is missed, under another name.
    """
    ours = {plain(one) for one in known}
    others = [
        sheet.title
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible" and plain(sheet.title) not in ours
    ]
    facts: dict[str, int | str] = {"sheet": title}
    if not others:
        return Mistake(code="missing_sheet", facts=facts, sheet=title)
    more = "…" if len(others) > MOST_NAMED else ""
    facts["others"] = "、".join(others[:MOST_NAMED]) + more
    return Mistake(code="renamed_sheet", facts=facts, sheet=title)
