"""Places of mistakes: sheet and cells with name and date, or a path in the JSON."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.errors import Location

MOST_PLACES = 6
"""Most cells written for one mistake; the others are counted."""

CELL = re.compile(r"([A-Z]+)(\d+)")


def places_text(spots: Sequence[Location]) -> str:
    """Write locations, sheet by sheet: 職員 A4、A7."""
    placed = [spot for spot in spots if spot.sheet]
    if not placed:
        paths = (_path(spot) for spot in spots if spot.loc)
        return "、".join(dict.fromkeys(paths))
    sheets = (
        f"{sheet} {_cells_text(list(cells))}".rstrip()
        for sheet, cells in groupby(placed, key=lambda spot: spot.sheet)
    )
    return "、".join(sheets)


def _cells_text(spots: Sequence[Location]) -> str:
    """Write cells in the order of the sheet, each with its person and date.

    Text that is not a cell address, such as the value of an option, is kept.
    """
    ordered = sorted(spots, key=_row_and_column)
    texts = list(dict.fromkeys(_cell_text(spot) for spot in ordered))
    text = "、".join(texts[:MOST_PLACES])
    if len(texts) > MOST_PLACES:
        more = _("and {count} more").format(count=len(texts) - MOST_PLACES)
        text = f"{text} {more}"
    return text


def _cell_text(spot: Location) -> str:
    about = [spot.name] if spot.name else []
    if spot.date:
        about.append(date_text(spot.date))
    if not about:
        return spot.cell
    return _("{cell} ({about})").format(cell=spot.cell, about=" ".join(about))


def _row_and_column(spot: Location) -> tuple[int, int, str]:
    match = CELL.fullmatch(spot.cell)
    return (int(match[2]), len(match[1]), match[1]) if match else (0, 0, spot.cell)


def _path(spot: Location) -> str:
    return "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in spot.loc
    ).lstrip(".")
