"""What all screens share: the folder, what is remembered, the rosters that are open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from scheduler.domain.errors import InputError, OutputError
from scheduler.page.books import Library, NoSuchBook, WorkbookFile
from scheduler.page.contents import BookKind
from scheduler.page.editing import OpenRoster
from scheduler.page.jobs import Searches
from scheduler.page.open_input import OpenInput
from scheduler.page.opened import OpenBook
from scheduler.page.state import State

B = TypeVar("B", bound="OpenBook[Any]")


class FrontDesk:
    """The folder that is open, for all tabs alike.

    Parameters
    ----------
    folder
        The folder with the workbooks.
    loads_ahead
        Whether a process is loaded before a search is asked for.

    Attributes
    ----------
    searches
        Begins searches, each in a process of its own.
    typing
        Held while what is typed is taken, saved or shown: saving takes seconds, in
        which the file is the new one and the roster that is open still the old.
    waiting_stamps
        Name and bytes of a file of stamps by its roster's id, while somebody says what
        its columns mean.  It is kept nowhere else.

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
        self._open: dict[str, OpenRoster] = {}
        self._material: dict[str, OpenInput] = {}
        self.typing = threading.RLock()
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
                    found = known[book_id] = kind(book, self.state)
                found.book = book
            return found
