"""Entries of the grid of requests: 休◎, 日/遅, ×夜△, 前休できれば."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scheduler.domain.requests import Strength, Want
from scheduler.i18n import spellings
from scheduler.validation import shown
from scheduler.wording.names import NAMES
from scheduler.wording.requests import (
    AFTERNOON_OFF,
    DAY_OFF,
    MORNING_OFF,
    NOT,
    ON_CALL,
    OR,
    PAID_LEAVE,
    STRENGTHS,
)
from scheduler.workbook.layout import SHIFTS
from scheduler.workbook.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.workbook.reading.grids import Grid
    from scheduler.workbook.reading.notes import Notes

BETWEEN = re.compile(r"[、,，\s]+")
BRACKETS = "()（）"
"""Around the strength, where somebody writes 休(必ず)."""
CROSSES = (NOT, "✕", "✖")
OFFS = {
    DAY_OFF: Want.DAY_OFF,
    "希": Want.DAY_OFF,
    "公休": Want.DAY_OFF,
    "希望休": Want.DAY_OFF,
    PAID_LEAVE: Want.PAID_LEAVE,
    "有休": Want.PAID_LEAVE,
    "有給": Want.PAID_LEAVE,
    MORNING_OFF: Want.MORNING_OFF,
    "午前休": Want.MORNING_OFF,
    "am休": Want.MORNING_OFF,
    AFTERNOON_OFF: Want.AFTERNOON_OFF,
    "午後休": Want.AFTERNOON_OFF,
    "pm休": Want.AFTERNOON_OFF,
}
"""What may stand for a day off, or half of one, however wide or capital."""
ALSO = {"○": Strength.STRONG, "◯": Strength.STRONG, "必須": Strength.MUST}


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
    what, strength = _weighed(text)
    refused = what[:1] in CROSSES
    what = what[1:] if refused else what
    if what == ON_CALL and refused:
        return {"want": Want.NOT_ON_CALL, "strength": strength}
    if what not in symbols and plain(what) in OFFS and not refused:
        return {"want": OFFS[plain(what)], "strength": strength}
    found = [symbol_of(one, symbols) for one in what.replace("／", OR).split(OR)]
    shifts = [symbol for symbol in found if symbol is not None]
    if len(shifts) < len(found):
        return None
    want = Want.NOT_SHIFT if refused else Want.SHIFT
    return {"want": want, "shifts": shifts, "strength": strength}


def _weighed(text: str) -> tuple[str, Strength]:
    """Part an entry from the mark or word behind it that says how much it weighs."""
    for word, strength in _weights():
        bare = text.rstrip(BRACKETS)
        if bare.casefold().endswith(word) and len(bare) > len(word):
            return bare[: -len(word)].rstrip(BRACKETS), strength
    return text, Strength.STRONG


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[str, Strength], ...]:
    marks = ((mark, strength) for strength, mark in STRENGTHS.items() if mark)
    words = (
        (word.casefold(), strength)
        for strength in Strength
        for word in spellings(NAMES[Strength][strength])
    )
    return (*marks, *words, *ALSO.items())
