"""Make the rosters of many offices, each as a task for a worker.

This process reads the inputs and writes the rosters; workers, perhaps on other
machines, get problems and return rosters.  A failing office does not stop the others.
"""

from __future__ import annotations

import glob
import os
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from scheduler.advice.lending import loans
from scheduler.advice.visits import OfficeMonth
from scheduler.api.batch_tasks import (
    BatchOrder,
    Handed,
    NoRoster,
    OfficeRoster,
    Task,
    line,
    make,
    read,
    tasks,
)
from scheduler.audit.consistency.report import mistake
from scheduler.audit.figures.summary import BatchLine, BatchVerdict
from scheduler.domain.advice import Loan
from scheduler.domain.errors import Mistake
from scheduler.domain.likeness import look_of
from scheduler.files.houses import rosters_on_hand
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import proof_path
from scheduler.files.validation import LOCK
from scheduler.solver.executors import Workers

TICK = 0.2
"""Seconds between two checks for a stop request."""

MADE_APART = "made_apart"
"""Code of the warning that an office shares people with another of the batch."""


def inputs(given: Iterable[Path]) -> tuple[Path, ...]:
    """Return the input files, each once, with patterns expanded.

    The Windows shell leaves expansion to the program.  A pattern without matches is
    returned as it is; lock files of Excel are left out.
    """
    found: dict[str, Path] = {}
    for path in given:
        for one in _filled_in(path):
            if not one.name.startswith(LOCK):
                found.setdefault(os.path.realpath(one), one)
    return tuple(found.values())


def targets(
    sources: Sequence[Path], folder: Path, taken: Collection[str]
) -> tuple[Path, ...]:
    """Return for each input the path of the workbook for its roster.

    It is named after the input; inputs of the same name from several folders are
    numbered from the second on.

    Parameters
    ----------
    taken
        Names that must not be used.
    """
    seen = {_plain(name) for name in taken}
    paths = []
    for source in sources:
        path = folder / f"{source.stem}{WORKBOOK}"
        number = 1
        while not seen.isdisjoint(_names(path)):
            number += 1
            path = folder / f"{source.stem} ({number}){WORKBOOK}"
        seen |= _names(path)
        paths.append(path)
    return tuple(paths)


def _names(path: Path) -> set[str]:
    """Return the names of a roster's workbook and of its proof."""
    return {_plain(path.name), _plain(proof_path(path).name)}


def _filled_in(path: Path) -> Iterator[Path]:
    """Yield the files that match a pattern; the path itself if none does."""
    if os.path.exists(path):
        yield path
        return
    matches = sorted(glob.glob(str(path)))
    yield from map(Path, matches or [str(path)])


def _plain(name: str) -> str:
    """Return a name in normal form, equal for names that some file systems equate."""
    return unicodedata.normalize("NFC", name).casefold()


def make_all(
    sources: Sequence[Path],
    targets: Sequence[Path],
    workers: Workers,
    order: BatchOrder,
    *,
    on_office: Callable[[BatchLine], None],
    on_start: Callable[[Path], object] = lambda path: None,
    stop: threading.Event,
) -> tuple[BatchLine, ...]:
    """Make and write the rosters of many offices; return one batch line for each.

    Parameters
    ----------
    sources, targets
        Input files, and for each the path at which `write_roster` writes its roster.
    on_office
        Called, in this thread, with the batch line of each office as it ends.
    on_start
        Called with the file of each roster from which a search begins: one of the same
        month that is there already.
    stop
        Set it from another thread or a signal handler: searches end with the best
        roster so far, and offices not begun are left out.  A `KeyboardInterrupt` does
        not wait for running searches.
    """
    batch = _Batch(workers, order, on_start, stop)
    ended = {}
    try:
        for office in batch.run(zip(sources, targets, strict=True)):
            ended[office.source] = office
            on_office(office)
    except KeyboardInterrupt:
        workers.shutdown(wait=False, cancel_futures=True)
    for source, told in batch.made_apart():
        warnings = (*ended[source].warnings, told)
        ended[source] = ended[source].model_copy(update={"warnings": warnings})
    if order.advice:
        for source, found in batch.lent():
            ended[source] = ended[source].model_copy(update={"loans": found})
    return tuple(
        ended.get(str(source)) or line(source, BatchVerdict.STOPPED)
        for source in sources
    )


class _Batch:
    """The offices whose tasks were submitted and have not ended."""

    def __init__(
        self,
        workers: Workers,
        order: BatchOrder,
        on_start: Callable[[Path], object],
        stop: threading.Event,
    ) -> None:
        self._workers = workers
        self._order = order
        self._on_start = on_start
        self._stop = stop
        self._out: dict[Future[OfficeRoster | NoRoster], Task] = {}
        self._months: dict[str, tuple[BatchLine, OfficeMonth]] = {}

    def run(self, wanted: Iterable[tuple[Path, Path]]) -> Iterator[BatchLine]:
        """Yield the batch line of each office as it ends, passing on a stop request."""
        handed = []
        for source, target in wanted:
            one = self._read(source, target)
            if isinstance(one, Handed):
                handed.append(one)
            else:
                yield one
        for task in tasks(handed):
            yield from self._begin(task)
            yield from self._arrived(0)
        asked = False
        while self._out:
            if self._stop.is_set() and not asked:
                self._workers.ask_to_stop()
                asked = True
            yield from self._arrived(TICK)

    def _read(self, source: Path, target: Path) -> Handed | BatchLine:
        if self._stop.is_set():
            return line(source, BatchVerdict.STOPPED)
        return read(source, target)

    def _begin(self, task: Task) -> Iterator[BatchLine]:
        """Submit a task; yield the lines of its offices if that fails."""
        if self._stop.is_set():
            for office in task.offices:
                yield line(office.source, BatchVerdict.STOPPED)
        elif self._workers.is_gone:
            yield from (told for told, _month in task.lost())
        else:
            start = task.offices[0].target
            on_hand = rosters_on_hand(start, task.problem)
            if on_hand:
                self._on_start(start)
            future = self._workers.submit(make, task.problem, self._order, on_hand)
            self._out[future] = task

    def _arrived(self, seconds: float) -> Iterator[BatchLine]:
        """Yield the batch lines of ended tasks, waiting some seconds for the first."""
        done, _rest = wait(self._out, seconds, FIRST_COMPLETED)
        if self._workers.is_gone:
            # No further results will come: end all tasks, cancelling the unfinished.
            done = set(self._out)
        for answer in done:
            answer.cancel()
            task = self._out.pop(answer)
            for told, month in task.ended(answer, was_stopped=self._stop.is_set()):
                if month is not None:
                    self._months[told.source] = told, OfficeMonth(*month)
                yield told

    def made_apart(self) -> Iterator[tuple[str, Mistake]]:
        """Yield a warning for each office with people of another one made beside it."""
        for source, (told, house) in self._months.items():
            for _line, other in self._months.values():
                both = [
                    one.name
                    for one in house.problem.staff
                    if look_of(one.home) == look_of(other.name)
                    and one.name in other.problem.member_by_name
                ]
                if both and other.name not in told.together:
                    facts = {"names": "、".join(both), "other": other.name}
                    yield source, mistake(MADE_APART, ("staff",), **facts)

    def lent(self) -> Iterator[tuple[str, tuple[Loan, ...]]]:
        """Yield for each office with a roster whom the others could lend it."""
        sources = sorted(self._months)
        houses = [self._months[source][1] for source in sources]
        found = loans(houses, self._order.travel, self._stop)
        yield from zip(sources, found, strict=True)
