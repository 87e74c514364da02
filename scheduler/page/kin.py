"""The houses of a month on every screen: which there are, and what is between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scheduler.audit.consistency import joint_mistakes
from scheduler.audit.consistency.report import mistake
from scheduler.domain.finding import Stance
from scheduler.domain.homes import house_of
from scheduler.page.books import WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.rulebook import rules_of
from scheduler.wording.findings import finding_text
from scheduler.wording.mistakes import contradiction_texts, mistake_texts
from scheduler.wording.translation import N_

if TYPE_CHECKING:
    from scheduler.page.audited import AllHouses
    from scheduler.page.editing import OpenRoster
    from scheduler.page.front_desk import FrontDesk

MOST_BREACHES = 3
"""Most breaches in other houses that are told; their own screens have all."""

BOTH = N_(
    "Who works in both stands in both rosters; what is changed here is saved there, "
    "too."
)
ALL = N_("Plans, substitutes and absences are looked for in all of them.")
NOTES = {"month": BOTH, "sick": ALL, "ask": ALL, "hard": ALL, "review": ALL}
"""What is said beside the houses, by the screen."""

SCREENS = {
    BookKind.ROSTER: (
        *("month", "sick", "ask", "hard", "review"),
        *("papers", "wall", "slips", "versions"),
    ),
    BookKind.INPUT: ("material", "office", "check"),
}
"""Screens whose addresses have a workbook; from others the way leads to the first."""


def kin_of(desk: FrontDesk, book: WorkbookFile, here: str) -> dict[str, Any]:
    """Return what a screen tells of the houses that a workbook's people work in, too.

    Of rosters: where they contradict each other, and what that which was typed here
    breaks in the other houses.

    Parameters
    ----------
    here
        The screen's name, which is that of its template.
    """
    houses = desk.library.houses(book)
    told: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    unsaved: tuple[str, ...] = ()
    if book.kind is BookKind.ROSTER:
        opened = desk.roster(book.id)
        told = tuple(_between(opened))
        if here == "month":
            breaches = tuple(_broken_elsewhere(opened))
        unsaved = tuple(one.book.id for one in opened.others if one.edits)
    is_one = len(houses) < 2 and not told
    known = screens_of(book)
    return {
        "kin": () if is_one else houses or (book,),
        "kin_screen": here if here in known else known[0],
        "kin_note": NOTES.get(here, "") if book.kind is BookKind.ROSTER else "",
        "kin_here": book.id,
        "kin_told": told,
        "kin_unsaved": unsaved,
        "kin_breaches": breaches[:MOST_BREACHES],
        "kin_more": len(breaches[MOST_BREACHES:]),
    }


def screens_of(book: WorkbookFile) -> tuple[str, ...]:
    """Return the screens that show a workbook."""
    return SCREENS.get(book.kind, ("check",))


def _between(opened: OpenRoster) -> Iterator[str]:
    """Yield what is wrong between the houses' workbooks."""
    mark = opened.file.plan.together
    if mark is not None and len(opened.others) + 1 < len(mark.files):
        there = {one.book.path.name for one in (opened, *opened.others)}
        yield from mistake_texts(
            [
                mistake("joint_missing", (), path=opened.book.path.name, other=name)
                for name in mark.files
                if name not in there
            ]
        )
    houses = opened.now.houses
    if houses is not None:
        yield from contradiction_texts(houses.problem, houses.contradictions)
    elif opened.others:
        problems = (one.now.problem for one in (opened, *opened.others))
        yield from mistake_texts(joint_mistakes(tuple(problems)))


def _broken_elsewhere(opened: OpenRoster) -> Iterator[str]:
    """Yield what the cells typed here break in other houses."""
    now, before = opened.now.houses, opened.saved.houses
    if now is None or before is None or now is before:
        return
    known = set(_elsewhere(before, opened))
    for text in _elsewhere(now, opened):
        if text not in known:
            yield text


def _elsewhere(houses: AllHouses, opened: OpenRoster) -> Iterator[str]:
    for one in houses.findings:
        is_told = one.stance.is_hard or one.stance is Stance.CONTRACT
        if is_told and one.house != opened.problem.office.name:
            yield finding_text(one, rules_of(house_of(houses.problem, one)))
