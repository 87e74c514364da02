"""Columns of text on a screen on which a Japanese character is two wide."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

GAP = "  "


def width(text: str) -> int:
    """Return how many columns a terminal gives to ``text``."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def filled(text: str, columns: int) -> str:
    """Cut ``text``, or add spaces, so that it takes just ``columns``."""
    while width(text) > columns:
        text = text[:-1]
    return text + " " * (columns - width(text))


def table(rows: Sequence[Sequence[str | int]], right: Container[int] = ()) -> str:
    """Write rows as columns; those whose numbers are in ``right`` end flush."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    lines = []
    for cells in texts:
        padded = []
        for number, (cell, columns) in enumerate(zip(cells, widths, strict=True)):
            space = " " * (columns - width(cell))
            padded.append(space + cell if number in right else cell + space)
        lines.append(GAP.join(padded).rstrip())
    return "\n".join(lines)
