"""People as they are called on a line: in full, or by a beginning that only one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.consistency.report import mistake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.base import StaffId
    from scheduler.domain.errors import Mistake


def named(text: str, staff: Iterable[StaffId]) -> tuple[StaffId, ...]:
    """Return who may be meant; exactly one if the text is clear.

    Parameters
    ----------
    text
        A name, or its beginning such as the surname; spaces do not count.
    staff
        The people there are.
    """
    names = tuple(staff)
    wanted = _plain(text)
    exact = tuple(name for name in names if _plain(name) == wanted)
    begun = (name for name in names if wanted and _plain(name).startswith(wanted))
    return exact or tuple(begun)


def name_mistake(text: str, staff: Iterable[StaffId]) -> Mistake:
    """Return the mistake of a text that names no one, or several."""
    names = tuple(staff)
    found = named(text, names)
    if found:
        return mistake("name_unclear", (), value=text, known="、".join(found))
    return mistake("unknown_person", (), value=text, known="、".join(names))


def _plain(text: str) -> str:
    return "".join(text.split())
