"""Handing out, and taking in as results arrive; no office stops the others."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING

from scheduler.audit.figures.office_outcome import Office, Verdict
from scheduler.offices.handing import line, read
from scheduler.offices.task import make

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from scheduler.offices.handing import Handed
    from scheduler.offices.task import Made, NotMade, Order
    from scheduler.solver.executors import Workers

TICK = 0.2
"""Seconds between two looks at the wish to stop."""


def make_all(
    sources: Sequence[Path],
    targets: Sequence[Path],
    workers: Workers,
    order: Order,
    *,
    on_office: Callable[[Office], None],
    stop: threading.Event,
) -> tuple[Office, ...]:
    """Make and write the rosters of many offices.

    Files are read and written here, and only here; the workers get problems and
    return rosters.

    Parameters
    ----------
    sources, targets
        Inputs, and where each one's roster is written, as `write_roster` does.
    workers
        Who searches.
    order
        How.
    on_office
        Told of each office as it ends, from this thread.
    stop
        Set it from another thread, or a signal's handler: searches end with the best
        roster so far, offices not begun are left out.  A `KeyboardInterrupt` does not
        wait for searches that run.

    Returns
    -------
    tuple of Office
        One for each source, in their order.
    """
    batch = _Batch(workers, order, stop)
    ended = {}
    try:
        for office in batch.run(zip(sources, targets, strict=True)):
            ended[office.source] = office
            on_office(office)
    except KeyboardInterrupt:
        workers.shutdown(wait=False, cancel_futures=True)
    return tuple(
        ended.get(str(source)) or line(source, Verdict.STOPPED) for source in sources
    )


class _Batch:
    """Offices that were handed out and have not come back."""

    def __init__(self, workers: Workers, order: Order, stop: threading.Event) -> None:
        self._workers = workers
        self._order = order
        self._stop = stop
        self._out: dict[Future[Made | NotMade], Handed] = {}

    def run(self, wanted: Iterable[tuple[Path, Path]]) -> Iterator[Office]:
        for source, target in wanted:
            yield from self._begin(source, target)
            yield from self._arrived(0)
        asked = False
        while self._out:
            if self._stop.is_set() and not asked:
                self._workers.ask_to_stop()
                asked = True
            yield from self._arrived(TICK)

    def _begin(self, source: Path, target: Path) -> Iterator[Office]:
        """Read an input and hand it out; yield it if it has ended already."""
        if self._stop.is_set():
            yield line(source, Verdict.STOPPED)
            return
        handed = read(source, target)
        if isinstance(handed, Office):
            yield handed
        elif self._workers.is_gone:
            yield handed.lost()
        else:
            future = self._workers.submit(make, handed.problem, self._order)
            self._out[future] = handed

    def _arrived(self, seconds: float) -> Iterator[Office]:
        """Take in what is done, waiting so long for a first one."""
        done, _rest = wait(self._out, seconds, FIRST_COMPLETED)
        if self._workers.is_gone:
            # Nothing comes any more; what has come is taken in.
            done = set(self._out)
        for answer in done:
            answer.cancel()
            handed = self._out.pop(answer)
            yield handed.ended(answer, was_stopped=self._stop.is_set())
