"""People as they are called on a line: in full, or by a beginning that only one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, unknown_facts
from scheduler.domain.likeness import begun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.base import StaffId
    from scheduler.domain.errors import Mistake


def named(text: str, staff: Iterable[StaffId]) -> tuple[StaffId, ...]:
    """Return who may be meant; exactly one if the text is clear.

    Parameters
    ----------
    text
        A name, or its beginning such as the surname; spaces and width do not count.
    staff
        The people there are.
    """
    return begun(text, staff)


def name_mistake(text: str, staff: Iterable[StaffId]) -> Mistake:
    """Return the mistake of a text that names no one, or several."""
    names = tuple(staff)
    found = named(text, names)
    if found:
        return mistake("name_unclear", (), value=text, known="、".join(found))
    return mistake("unknown_person", (), **unknown_facts(text, names))
