"""Which mistakes only follow from a line elsewhere whose name could not be read.

A name that is on no list may be the one of a line without a name, or with a wrong one.
As many different names as there are such lines are then no news; whatever goes beyond
them is told at once, with all the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.likeness import look_of
from scheduler.files.workbook.layout import (
    COVER_RULES,
    DESK_TASKS,
    EVENTS,
    KINDS,
    PROFILES,
    SHIFTS,
    STAFF,
    USERS,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.files.workbook.reading.notes import LostLines, Notes

OF_SYMBOLS = frozenset({SHIFTS.title, KINDS.title})
NAMED_ON = {
    "unknown_person": frozenset({STAFF.title}),
    "unknown_shift": OF_SYMBOLS,
    "unknown_kind": frozenset({KINDS.title}),
    "not_request": OF_SYMBOLS,
    "not_pin": OF_SYMBOLS,
    "not_duty": OF_SYMBOLS,
    "unknown_profile": frozenset({PROFILES.title}),
    "unknown_user": frozenset({USERS.title}),
    "unknown_cover_rule": frozenset({COVER_RULES.title}),
    "unknown_event": frozenset({EVENTS.title}),
    "unknown_stretch": frozenset({DESK_TASKS.title}),
}
"""Titles of the sheets that would hold the name, by the code of the mistake."""


def without_consequences(notes: Notes) -> list[Mistake]:
    """Return the mistakes, without those that follow from names not read."""
    echoes = [
        one
        for titles in sorted(set(NAMED_ON.values()), key=sorted)
        for one in _echoes(titles, notes)
    ]
    return [one for one in notes.mistakes if not any(one is echo for echo in echoes)]


def _echoes(titles: Collection[str], notes: Notes) -> Iterator[Mistake]:
    """Yield what follows from the lines lost on the sheets of some titles."""
    unknown = [one for one in notes.mistakes if NAMED_ON.get(one.code) == titles]
    if not notes.nameless.isdisjoint(titles):
        yield from unknown
        return
    lost = [one for title in titles if (one := notes.lost.get(title))]
    typed = {word for one in lost for word in one.typed if word}
    repeats = [one for one in unknown if _holds(one, typed)]
    yield from repeats
    others = [one for one in unknown if not any(one is echo for echo in repeats)]
    if len(_cores(others)) <= _unexplained(lost, repeats):
        yield from others


def _unexplained(lost: Iterable[LostLines], repeats: list[Mistake]) -> int:
    """Return how many lost lines are none whose own text stands elsewhere."""
    told = [text for one in lost for text in one.typed]
    return sum(
        not text or not any(_holds(one, {text}) for one in repeats) for text in told
    )


def _holds(mistake: Mistake, words: Collection[str]) -> bool:
    look = look_of(mistake.facts.get("value", ""))
    return any(word in look for word in words)


def _cores(mistakes: Iterable[Mistake]) -> set[str]:
    """Return the different texts; 早◎ is no other than 早, if that is one."""
    cores: set[str] = set()
    looks = {look_of(one.facts.get("value", "")) for one in mistakes}
    for look in sorted(looks, key=lambda one: (len(one), one)):
        if not any(core in look for core in cores):
            cores.add(look)
    return cores
