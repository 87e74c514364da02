"""Sentences on the sheets of rosters that say how these are read."""

from __future__ import annotations

from scheduler.wording.translation import _, sentences

SHEET_NOTES: dict[str, str] = sentences("sheet_notes")


def sheet_note(name: str) -> str:
    """Return a note, translated; its facts are still to be filled in."""
    return _(SHEET_NOTES[name])
