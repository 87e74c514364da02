"""Entries of the grid of requests: 休◎, 日/遅, ×夜△, 夜不可, 前休できれば."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scheduler.domain.likeness import recognised
from scheduler.domain.requests import Strength, Want
from scheduler.files.validation import shown
from scheduler.files.workbook.layout import SHIFTS
from scheduler.wording.names import NAMES
from scheduler.wording.notation import OR, STRENGTHS, says_on_call, want_of, without_not
from scheduler.wording.translation import spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.files.workbook.reading.grids import Grid
    from scheduler.files.workbook.reading.notes import Notes

BETWEEN = re.compile(r"[、,，;；\s]+")
BRACKETS = "()（）"
"""Around the strength, where somebody writes 休(必ず)."""
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
        for entry, request in read_entries(cell.text, symbols):
            if request is None and SHIFTS.title in notes.doubtful:
                continue
            if request is None:
                notes.report("not_request", cell.place, value=shown(entry))
                continue
            loc = ("requests", len(requests))
            notes.places[loc] = cell.place
            requests.append({"staff": cell.name, "date": cell.date, **request})
    return requests


def read_entries(
    text: str, symbols: Sequence[str]
) -> list[tuple[str, dict[str, Any] | None]]:
    """Return the entries of a cell, each with what it asks for, if it is understood.

    What makes sense as a whole is one entry, even if there are blanks in it: 夜 不可.
    """
    whole = text.strip()
    request = read_entry(whole, symbols)
    if request is not None:
        return [(whole, request)]
    entries = [entry for entry in BETWEEN.split(whole) if entry]
    return [(entry, read_entry(entry, symbols)) for entry in entries]


def read_entry(text: str, symbols: Sequence[str]) -> dict[str, Any] | None:
    """Return what one entry asks for; ``None`` if it says nothing known."""
    symbol = recognised(text, symbols)
    if symbol is not None:
        return _wish(Want.SHIFT, Strength.STRONG, [symbol])
    weighed, strength = _weighed(text)
    what, refused = without_not(weighed)
    if refused and says_on_call(what):
        return _wish(Want.NOT_ON_CALL, strength)
    shifts = _shifts(what, symbols)
    if shifts:
        want = Want.NOT_SHIFT if refused else Want.SHIFT
        return _wish(want, strength, shifts)
    want_off = None if refused else want_of(what)
    return None if want_off is None else _wish(want_off, strength)


def _wish(want: Want, strength: Strength, shifts: Sequence[str] = ()) -> dict[str, Any]:
    wish: dict[str, Any] = {"want": want, "strength": strength}
    return wish | {"shifts": list(shifts)} if shifts else wish


def _shifts(text: str, symbols: Sequence[str]) -> list[str]:
    """Return the shifts that a text names; none if one of them is unknown."""
    found = [recognised(one, symbols) for one in text.replace("／", OR).split(OR)]
    known = [symbol for symbol in found if symbol is not None]
    return known if len(known) == len(found) else []


def _weighed(text: str) -> tuple[str, Strength]:
    """Part an entry from the mark or word behind it that says how much it weighs."""
    for word, strength in _weights():
        bare = text.rstrip(BRACKETS)
        if bare.casefold().endswith(word) and len(bare) > len(word):
            return bare[: -len(word)].rstrip(BRACKETS).strip(), strength
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
