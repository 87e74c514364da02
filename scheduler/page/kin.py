"""The other houses of a roster: a main office and its satellites share people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency.joint import joint_mistakes
from scheduler.audit.houses import together
from scheduler.domain.joint import joint
from scheduler.page.books import BookKind
from scheduler.wording.houses import contradiction_texts

if TYPE_CHECKING:
    from scheduler.page.books import WorkbookFile
    from scheduler.page.front_desk import FrontDesk


def kin_of(desk: FrontDesk, book: WorkbookFile) -> dict[str, Any]:
    """Return what screens tell of the houses that a workbook's people work in, too.

    Of rosters as they are saved: where they contradict each other.
    """
    houses = desk.library.houses(book)
    told: tuple[str, ...] = ()
    if houses[1:] and book.kind is BookKind.ROSTER:
        files = [desk.roster(one.id) for one in houses]
        problems = [one.file.problem for one in files]
        if not joint_mistakes(problems):
            whole = joint(problems)
            _all, found = together(whole, [one.file.roster for one in files])
            told = tuple(contradiction_texts(whole, found))
    others = tuple(one for one in houses if one.id != book.id)
    return {"kin": others, "contradictions": told}
