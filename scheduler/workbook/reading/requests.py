"""Entries of the grid of requests: 休◎, 日/遅, ×夜△."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scheduler.domain.requests import Strength, Want
from scheduler.validation import shown
from scheduler.wording.requests import DAY_OFF, NOT, ON_CALL, OR, PAID_LEAVE, STRENGTHS
from scheduler.workbook.layout import SHIFTS
from scheduler.workbook.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.workbook.reading.grids import Grid
    from scheduler.workbook.reading.notes import Notes

BETWEEN = re.compile(r"[、,，\s]+")
MARKS = {mark: strength for strength, mark in STRENGTHS.items() if mark}
WISHED = "希"
CROSSES = (NOT, "✕", "✖")


def read_requests(
    grid: Grid, symbols: Sequence[str], notes: Notes
) -> list[dict[str, Any]]:
    """Read the requests of a grid, row by row.

    Parameters
    ----------
    symbols
        The shift table.  Where it is in doubt, unknown entries are passed over.
    """
    requests: list[dict[str, Any]] = []
    for cell in grid.people:
        for entry in BETWEEN.split(str(cell.raw).strip()):
            request = read_entry(entry, symbols)
            if request is None and SHIFTS.title in notes.doubtful:
                continue
            if request is None:
                notes.report("not_request", cell.place, value=shown(entry))
                continue
            loc = ("requests", len(requests))
            notes.places[loc] = cell.place
            requests.append({"staff": cell.name, "date": cell.date, **request})
    return requests


def symbol_of(text: str, symbols: Sequence[str]) -> str | None:
    """Return the symbol that is meant, whatever widths are used."""
    if text in symbols:
        return text
    return next((one for one in symbols if plain(one) == plain(text)), None)


def read_entry(text: str, symbols: Sequence[str]) -> dict[str, Any] | None:
    """Return what one entry asks for; ``None`` if it says nothing known."""
    strength = MARKS.get(text[-1:], Strength.STRONG)
    what = text[:-1] if text[-1:] in MARKS else text
    refused = what[:1] in CROSSES
    what = what[1:] if refused else what
    if what == ON_CALL and refused:
        return {"want": Want.NOT_ON_CALL, "strength": strength}
    if what in (DAY_OFF, WISHED, PAID_LEAVE) and not refused:
        want = Want.PAID_LEAVE if what == PAID_LEAVE else Want.DAY_OFF
        return {"want": want, "strength": strength}
    found = [symbol_of(one, symbols) for one in what.replace("／", OR).split(OR)]
    shifts = [symbol for symbol in found if symbol is not None]
    if len(shifts) < len(found):
        return None
    want = Want.NOT_SHIFT if refused else Want.SHIFT
    return {"want": want, "shifts": shifts, "strength": strength}
