"""What all screens share: the folder, what is remembered, what is open, the houses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from scheduler.audit.consistency import joint_mistakes
from scheduler.audit.consistency.report import mistake
from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.finding import Stance
from scheduler.domain.homes import house_of
from scheduler.page.books import Library, NoSuchBook, WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.page.jobs import Searches
from scheduler.page.open_book import OpenBook
from scheduler.page.open_input import OpenInput
from scheduler.page.open_roster import OpenRoster
from scheduler.page.state import State
from scheduler.rulebook import rules_of
from scheduler.wording.findings import finding_text
from scheduler.wording.mistakes import contradiction_texts, mistake_texts
from scheduler.wording.translation import N_

if TYPE_CHECKING:
    from scheduler.files.workbook.forms.map import FormMap
    from scheduler.page.audited import AllHouses


B = TypeVar("B", bound="OpenBook[Any]")


class WaitingForm(NamedTuple):
    """An office's form to be filled, and how.

    Attributes
    ----------
    is_anew
        Whether it is another form than that of which the office keeps a map.
    layout
        Its map as it was corrected; ``None`` for the kept one, or a guess.
    """

    name: str
    data: bytes
    is_actual: bool = False
    is_month: bool = True
    is_anew: bool = False
    layout: FormMap | None = None


class FrontDesk:
    """The folder that is open, for all tabs alike.

    Parameters
    ----------
    loads_ahead
        Whether a process is loaded before a search is asked for.

    Attributes
    ----------
    searches
        Begins searches, each in a process of its own.
    typing
        Held while what is typed is taken, saved or shown: saving takes seconds, in
        which the file is the new one and the roster that is open still the old.
    closing
        Set when the server ends: what was asked for is answered, and no stream goes on.
    waiting_stamps
        Name and bytes of a file of stamps by its roster's id, while somebody says what
        its columns mean.  It is kept nowhere else.
    waiting_forms
        An office's form that was chosen, by its roster's id.  It is kept nowhere else.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """

    def __init__(self, folder: Path, *, loads_ahead: bool = False) -> None:
        self.state = State.of(folder.resolve())
        self.searches = Searches(self.state, loads_ahead=loads_ahead)
        self.library = Library(folder.resolve(), self.state)
        self.waiting_stamps: dict[str, tuple[str, bytes]] = {}
        self.waiting_forms: dict[str, WaitingForm] = {}
        self._open: dict[str, OpenRoster] = {}
        self._material: dict[str, OpenInput] = {}
        self.typing = threading.RLock()
        self.closing = threading.Event()
        # The first screen shows the first of them: read while the browser starts.
        threading.Thread(target=self._look_ahead, daemon=True).start()

    def _look_ahead(self) -> None:
        # What cannot be opened is told where it is asked for.
        with suppress(InputError, OutputError, NoSuchBook):
            for book in self.library.rosters()[:1]:
                self.roster(book.id)

    def roster(self, book_id: str) -> OpenRoster:
        """Return a roster that is open, read anew if its file has changed.

        It knows the rosters of the houses that are planned together with it.

        Raises
        ------
        NoSuchBook
            If there is no such roster.
        """
        opened = self._opened(OpenRoster, self._open, book_id)
        houses = self.library.houses(opened.book)
        opened.meet(
            tuple(
                self._opened(OpenRoster, self._open, one.id)
                for one in houses
                if one.id != book_id
            )
        )
        return opened

    def material(self, book_id: str) -> OpenInput:
        """Return an input that is open, read anew if its file has changed.

        Raises
        ------
        NoSuchBook
            If there is no such input.
        """
        return self._opened(OpenInput, self._material, book_id)

    def unsaved(self, book_id: str) -> int:
        """Return how many cells of a workbook were typed here and are not saved."""
        opened = self._open.get(book_id) or self._material.get(book_id)
        if opened is not None:
            return len(opened.edits)
        typed = self.state.typed(book_id)
        return abs(typed.done - typed.saved) if typed else 0

    def begun(self) -> tuple[WorkbookFile, ...]:
        """Return the inputs that are not complete yet, but can be filled in here."""
        faulty = (b for b in self.library.all() if b.kind is BookKind.FAULTY)
        return tuple(filter(self._can_be_filled_in, faulty))

    def _can_be_filled_in(self, book: WorkbookFile) -> bool:
        try:
            return bool(self.material(book.id).sheets)
        except (NoSuchBook, InputError):
            return False

    def _opened(
        self,
        kind: Callable[[WorkbookFile, State], B],
        known: dict[str, B],
        book_id: str,
    ) -> B:
        book = self.library.book(book_id)
        found = known.get(book_id)
        if found is not None and found.book.stamp == book.stamp:
            return found
        with self.typing:
            # It may have been saved meanwhile.
            book, found = self.library.book(book_id), known.get(book_id)
            if found is None or found.book.stamp != book.stamp:
                was = found.book.contents.digest if found else ""
                if found is None or was != book.contents.digest:
                    earlier, found = found, kind(book, self.state)
                    known[book_id] = found
                    if earlier is not None:
                        found.follow(earlier)
                found.book = book
            return found


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
    BookKind.INPUT: ("material", "before", "office", "check"),
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
