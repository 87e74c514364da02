"""Mistakes as they are told: by sheet and cell, one line for one cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from scheduler.domain.errors import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.errors import Mistake


def in_order(mistakes: Iterable[Mistake], sheets: Sequence[str]) -> list[Mistake]:
    """Return mistakes sheet by sheet as the workbook has them, row by row.

    The same mistake in several cells of a sheet is one, with all its places.
    """
    merged: dict[tuple[str, str, str], Mistake] = {}
    for mistake in mistakes:
        key = (mistake.code, mistake.sheet, str(sorted(mistake.facts.items())))
        merged[key] = _with(merged[key], mistake) if key in merged else mistake
    order = {title: index for index, title in enumerate(sheets)}
    return sorted(
        merged.values(),
        key=lambda one: (order.get(one.sheet, len(order)), _row_and_column(one)),
    )


def _with(first: Mistake, again: Mistake) -> Mistake:
    """Return a mistake with the places of the same one elsewhere."""
    known = {(spot.sheet, spot.cell) for spot in (first, *first.more)}
    spots = (again, *again.more)
    new = (_bare(spot) for spot in spots if (spot.sheet, spot.cell) not in known)
    return first.model_copy(update={"more": (*first.more, *new)})


def _bare(spot: Spot) -> Spot:
    return Spot.model_validate(spot.model_dump(include=set(Spot.model_fields)))


def _row_and_column(spot: Spot) -> tuple[int, int]:
    """Return where a spot stands in its sheet; the sheet as a whole comes first."""
    if not spot.cell:
        return 0, 0
    letters, row = coordinate_from_string(spot.cell)
    return row, column_index_from_string(letters)
