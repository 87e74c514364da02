"""What all screens share: the folder, what is remembered, the rosters that are open."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from scheduler.page.books import Library
from scheduler.page.editing import OpenRoster
from scheduler.page.material import OpenMaterial
from scheduler.page.state import State

if TYPE_CHECKING:
    from pathlib import Path


class FrontDesk:
    """The folder that is open, for all tabs alike.

    Parameters
    ----------
    folder
        The folder with the workbooks.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self.state = State.of(folder.resolve())
        self.library = Library(folder.resolve(), self.state)
        self._open: dict[str, OpenRoster] = {}
        self._material: dict[str, OpenMaterial] = {}
        self._lock = threading.RLock()
        # The first screen shows the first of them: read while the browser starts.
        threading.Thread(target=self._look_ahead, daemon=True).start()

    def _look_ahead(self) -> None:
        for book in self.library.rosters()[:1]:
            self.roster(book.id)

    def roster(self, book_id: str) -> OpenRoster:
        """Return a roster that is open, read anew if its file has changed.

        Raises
        ------
        KeyError
            If there is no such roster.
        """
        book = self.library.book(book_id)
        with self._lock:
            known = self._open.get(book_id)
            if known is None or known.book.stamp != book.stamp:
                same = known is not None and known.digest == book.contents.digest
                if not same or known is None:
                    known = OpenRoster(book, self.state)
                known.book = book
                self._open[book_id] = known
            return known

    def material(self, book_id: str) -> OpenMaterial:
        """Return an input that is open, read anew if its file has changed.

        Raises
        ------
        KeyError
            If there is no such input.
        """
        book = self.library.book(book_id)
        with self._lock:
            known = self._material.get(book_id)
            if known is None or known.book.stamp != book.stamp:
                known = OpenMaterial(book, self.state)
                self._material[book_id] = known
            return known
