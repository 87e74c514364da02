"""Headings as they are compared, whatever stands around them."""

from __future__ import annotations

from functools import cache
from typing import Any

from scheduler.files.workbook.columns import Column, Sheet
from scheduler.files.workbook.words import is_empty, plain

HEADINGS_WITHIN = 10
"""Number of first rows in which the headings are searched."""
AROUND = "*※:【】[]■□●○◆◇★☆▼ "
"""Signs that people put before or behind a heading."""


def heading_of(raw: Any) -> str:
    """Return a heading in the form in which it is compared, without its unit."""
    return _bare(str(raw).split("\n")[0])


def said_by(raw: Any) -> tuple[str, ...]:
    """Return what a heading may be: its first line, or all its lines as one.

    A unit stands on a second line, but a narrow column breaks the words too.
    """
    return () if is_empty(raw) else (heading_of(raw), _bare(str(raw)))


def _bare(text: str) -> str:
    return plain(text.replace("（", "(").split("(")[0]).strip(AROUND)


def column_of(layout: Sheet, raw: Any) -> Column | None:
    """Return the column of a layout that a heading names, if any."""
    said = said_by(raw)
    return next((c for c in layout.columns if headings_of(c) & set(said)), None)


@cache
def headings_of(column: Column) -> frozenset[str]:
    """Return all headings of a column, in the form in which they are compared."""
    return frozenset(heading_of(word) for word in column.known_as)
