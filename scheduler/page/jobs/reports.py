"""What a search says of itself while it works, and the rosters that it keeps.

The best roster so far is shown, and kept against the death of the search.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scheduler.audit import audit
from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.people import refused_wishes
from scheduler.audit.houses import houses_of
from scheduler.domain.finding import Finding
from scheduler.domain.joint import JointProblem
from scheduler.domain.ledger import BurdenKind
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.roster import Roster
from scheduler.files.paths import make_folder
from scheduler.files.rosters import write_roster
from scheduler.files.validation import patiently
from scheduler.page.audited import lamps
from scheduler.wording.duties import wish_text
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan
    from scheduler.page.state import SearchRun, State


class Reports:
    """What a search says of itself, for the screen.

    Attributes
    ----------
    dropped
        Set when its result is not wanted any more: nothing is to be written then.
    """

    def __init__(self, state: State, number: int) -> None:
        self.dropped = threading.Event()
        self._state = state
        self._number = number
        self._told: dict[str, Any] = {}
        self._lock = threading.Lock()

    def tell(self, **told: Any) -> None:
        """Add to what is known of the search."""
        with self._lock:
            self._told |= told
            self._state.tell(self._number, self._told)


def seconds_left(run: SearchRun) -> float:
    """Return the time that a search may take, less what its start has taken."""
    return max(1.0, run.seconds - (time.time() - run.began))


@contextmanager
def in_time(seconds: float, stop: threading.Event) -> Iterator[None]:
    """Set ``stop`` when time is up, if the work has not ended by then."""
    timer = threading.Timer(seconds, stop.set)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def keep_roster(
    path: Path,
    problem: Problem,
    roster: RosterRecord,
    findings: Sequence[Finding],
) -> None:
    """Keep a roster in a file; `read_month` reads it back.

    Of houses that are planned together each has a file, the main office's the one at
    ``path``, which is written last.
    """
    make_folder(path.parent)
    if not isinstance(problem, JointProblem):
        _kept(path, problem, roster, findings)
        return
    places = house_files(path, len(problem.houses))
    made = roster.in_files(place.name for place in places)
    parts = zip(places, houses_of(problem, made), strict=True)
    for place, part in reversed(list(parts)):
        _kept(place, *part)


def keep_plans(path: Path, plans: Sequence[Plan]) -> None:
    """Keep a plan: that of one office, or those of all houses."""
    for place, plan in zip(house_files(path, len(plans)), plans, strict=True):
        write_roster(place, plan.problem, plan.roster, plan.findings)


def house_files(path: Path, houses: int) -> list[Path]:
    """Return where the parts of what is kept at a path are, the main office's first."""
    others = (path.with_stem(f"{path.stem}-of{n}") for n in range(1, houses))
    return [path, *others]


def forget(path: Path) -> None:
    """Take away what was kept at a path."""
    for one in (path, *path.parent.glob(f"{path.stem}-of*{path.suffix}")):
        one.unlink(missing_ok=True)


def _kept(
    path: Path, problem: Problem, roster: RosterRecord, findings: Sequence[Finding]
) -> None:
    draft = write_roster(
        path.with_stem(f"{path.stem}-draft"), problem, roster, findings
    )
    patiently(lambda: draft.replace(path))


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
