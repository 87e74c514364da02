"""The best roster so far of a search that works: shown, and kept against its death."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.people import refused_wishes
from scheduler.domain.ledger import BurdenKind
from scheduler.domain.record import RosterRecord
from scheduler.page.jobs.keeping import forget, keep_roster
from scheduler.page.lamps import lamps
from scheduler.wording.duties import wish_text
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Self

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.page.jobs.reports import Reports

MOST_REFUSED = 6
"""Most wishes still open that are shown while the search works."""

PAUSE = 1.0
"""Seconds between two looks, so that the search has the cores for itself."""


class BestSoFar:
    """Shows the best roster of a search, and keeps it in a file.

    A search finds better rosters by the dozen within a second, from its own threads:
    they only leave a way to read the newest, and a thread of this class looks at it.

    Parameters
    ----------
    file
        Where the roster is kept; taken away when the search has ended.
    """

    def __init__(self, problem: Problem, reports: Reports, file: Path) -> None:
        self._problem = problem
        self._reports = reports
        self._file = file
        self._newest: Callable[[], Roster] | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Look no more.  The file stays until the roster itself is written."""
        self._ended.set()
        self._thread.join()

    def hear(self, newest: Callable[[], Roster]) -> None:
        """Take the way to read a better roster."""
        self._newest = newest

    def forget(self) -> None:
        """Take the file away: the roster is written, or not wanted."""
        forget(self._file)

    def _look(self) -> None:
        seen = ""
        while not self._ended.wait(PAUSE):
            newest, self._newest = self._newest, None
            roster = newest() if newest else None
            if roster is None or roster.fingerprint == seen:
                continue
            seen = roster.fingerprint
            findings = audit(self._problem, roster)
            made = RosterRecord.of(roster)
            keep_roster(self._file, self._problem, made, findings)
            told = figures(self._problem, roster, findings)
            self._reports.tell(better=time.time(), **told)


def figures(
    problem: Problem, roster: Roster, findings: Sequence[Finding]
) -> dict[str, object]:
    """Return the lamps, the open wishes and the nights of a roster, as plain data."""
    nights = [
        (one.staff, one.times, one.share / 1000)
        for sharing in fairness(problem, roster)
        if sharing.burden.kind is BurdenKind.NIGHT
        for one in sharing.standings
    ]
    return {
        "lamps": [list(lamp) for lamp in lamps(problem, findings)],
        "open": [
            (date_text(one.date), one.staff, wish_text(one))
            for one in refused_wishes(problem, roster)[:MOST_REFUSED]
        ],
        "nights": nights,
    }
