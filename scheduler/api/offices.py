"""The rosters of many offices: each an input, a task for a worker, and a line.

Inputs are read and rosters written here, by one process; workers, perhaps on other
machines, get problems and return rosters.  No office stops the others.
"""

from __future__ import annotations

import glob
import os
import time
import traceback
import unicodedata
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.advice import Wanted
from scheduler.advice import make as make_roster
from scheduler.audit.figures.summary import BatchLine, BatchVerdict, summarise
from scheduler.domain.errors import Exit, GaveUp, InputError, OutputError
from scheduler.files.problems import WORKBOOK, read_with_warnings
from scheduler.files.rescue import elsewhere_text, kept
from scheduler.files.rosters import write_roster
from scheduler.solver.executors import died, gone, stop_request
from scheduler.wording.exits import of_roster
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from scheduler.domain.errors import Mistake
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.solver.executors import Workers
    from scheduler.solver.search import SearchLimits


TICK = 0.2
"""Seconds between two looks at the wish to stop."""

LOCK = "~$"
"""How Excel names the file that it lays beside one that is open."""

CODES = {
    BatchVerdict.BAD_INPUT: Exit.BAD_INPUT,
    BatchVerdict.OUT_OF_TIME: Exit.OUT_OF_TIME,
    BatchVerdict.STOPPED: Exit.OUT_OF_TIME,
    BatchVerdict.NOT_WRITTEN: Exit.WRONG_USE,
    BatchVerdict.LOST: Exit.OUT_OF_TIME,
    BatchVerdict.FAULT: Exit.BUG,
}
"""Of offices that have no roster to judge."""


def inputs(given: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are meant, each once.

    Patterns are filled in, for the shell of Windows leaves that to the program; one
    that fits nothing stays as it is.  Files that Excel lays beside open ones are none
    of the user's.
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
    """Return for each input the workbook that its roster is written to.

    It is named after the input; of inputs in several folders that have the same name,
    those after the first are numbered.

    Parameters
    ----------
    taken
        Names that no roster may have.
    """
    seen = {_plain(name) for name in taken}
    paths = []
    for source in sources:
        stem = source.stem
        number = 1
        while _plain(f"{stem}{WORKBOOK}") in seen:
            number += 1
            stem = f"{source.stem} ({number})"
        seen.add(_plain(f"{stem}{WORKBOOK}"))
        paths.append(folder / f"{stem}{WORKBOOK}")
    return tuple(paths)


def _filled_in(path: Path) -> Iterator[Path]:
    if os.path.exists(path):
        yield path
        return
    matches = sorted(glob.glob(str(path)))
    yield from map(Path, matches or [str(path)])


def _plain(name: str) -> str:
    """Return a name as file systems compare it that ignore case and composition."""
    return unicodedata.normalize("NFC", name).casefold()


@dataclass(frozen=True)
class BatchOrder:
    """What all offices have in common: how to search, and what to say of a shortage."""

    limits: SearchLimits
    advice: bool = True
    """Whether causes and repairs are looked for where a month cannot be legal."""
    robust: bool = False
    """Whether people in reserve are looked for among rosters equally good."""


@dataclass(frozen=True)
class Made:
    """A roster, audited."""

    roster: RosterRecord
    findings: tuple[Finding, ...]
    seconds: float


@dataclass(frozen=True)
class NotMade:
    """No roster: none was found in time, or as ``report`` tells there was a fault."""

    seconds: float
    error: str = ""
    """The fault in a line."""
    report: str = ""
    """The traceback, for its own process is the only one that has it."""


def make(problem: Problem, order: BatchOrder) -> Made | NotMade:
    """Make an office's roster; faults are returned, for not all errors travel."""
    began = time.monotonic()
    stop = stop_request()
    try:
        if stop.is_set():
            raise GaveUp
        wanted = Wanted(advice=order.advice, robust=order.robust)
        (solution,) = make_roster(problem, order.limits, wanted, stop=stop)
    except GaveUp:
        return NotMade(time.monotonic() - began)
    except Exception as error:
        return NotMade(time.monotonic() - began, **_fault(error))
    return Made(solution.roster, solution.findings, time.monotonic() - began)


def _fault(error: Exception) -> dict[str, Any]:
    """Return a fault as `NotMade` and `BatchLine` have it."""
    report = "".join(traceback.format_exception(error))
    return {"error": f"{type(error).__name__}: {error}", "report": report}


@dataclass(frozen=True)
class Handed:
    """An office whose input was read."""

    source: Path
    target: Path
    problem: Problem
    warnings: tuple[Mistake, ...]

    def ended(self, answer: Future[Made | NotMade], *, was_stopped: bool) -> BatchLine:
        """Write the roster that was made, and say how the office ended."""
        try:
            result = answer.result()
            if isinstance(result, Made):
                return self._made(result)
        except Exception as error:
            return self._failed(error)
        given: dict[str, Any] = {"seconds": result.seconds, "error": result.error}
        if result.error:
            return self._line(BatchVerdict.FAULT, report=result.report, **given)
        ended = BatchVerdict.STOPPED if was_stopped else BatchVerdict.OUT_OF_TIME
        return self._line(ended, **given)

    def _made(self, made: Made) -> BatchLine:
        summary = summarise(self.problem, made.roster, made.findings)
        given: dict[str, Any] = {"summary": summary, "seconds": made.seconds}

        written = made.roster, made.findings
        try:
            path, refused = kept(
                lambda path: write_roster(path, self.problem, *written), self.target
            )
        except OutputError as error:
            return self._line(BatchVerdict.NOT_WRITTEN, error=str(error), **given)
        if refused:
            told = f"{refused} {elsewhere_text(path)}"
            return self._line(
                BatchVerdict.NOT_WRITTEN, error=told, path=str(path), **given
            )
        return self._line(
            BatchVerdict.LEGAL if summary.legal else BatchVerdict.SHORT,
            of_roster(made.roster, made.findings),
            path=str(path),
            kept=None if path == self.target else str(self.target),
            **given,
        )

    def lost(self) -> BatchLine:
        """Say that nobody is there any more who could make the roster."""
        told = _("The Dask cluster cannot be reached any more.")
        return self._line(BatchVerdict.LOST, error=told)

    def _failed(self, error: Exception) -> BatchLine:
        if gone(error):
            return self.lost()
        fault = _fault(error)
        if died(error):
            told = _("The process that worked on it died, each time it was tried.")
            fault["error"] = told
        return self._line(BatchVerdict.FAULT, **fault)

    def _line(
        self, verdict: BatchVerdict, code: Exit | None = None, **facts: Any
    ) -> BatchLine:
        return line(
            self.source,
            verdict,
            code,
            name=self.problem.office.name,
            period=self.problem.period,
            warnings=self.warnings,
            **facts,
        )


def read(source: Path, target: Path) -> Handed | BatchLine:
    """Read an input; what cannot be used has ended already."""
    try:
        problem, warnings = read_with_warnings(source)
    except InputError as error:
        return line(source, BatchVerdict.BAD_INPUT, mistakes=error.mistakes)
    except Exception as error:
        return line(source, BatchVerdict.FAULT, **_fault(error))
    return Handed(source, target, problem, warnings)


def line(
    source: Path, verdict: BatchVerdict, code: Exit | None = None, **facts: Any
) -> BatchLine:
    """Return how an office ended, with the code that its verdict has unless given."""
    code = CODES[verdict] if code is None else code
    return BatchLine(source=str(source), verdict=verdict, exit=code, **facts)


def make_all(
    sources: Sequence[Path],
    targets: Sequence[Path],
    workers: Workers,
    order: BatchOrder,
    *,
    on_office: Callable[[BatchLine], None],
    stop: threading.Event,
) -> tuple[BatchLine, ...]:
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
        ended.get(str(source)) or line(source, BatchVerdict.STOPPED)
        for source in sources
    )


class _Batch:
    """Offices that were handed out and have not come back."""

    def __init__(
        self, workers: Workers, order: BatchOrder, stop: threading.Event
    ) -> None:
        self._workers = workers
        self._order = order
        self._stop = stop
        self._out: dict[Future[Made | NotMade], Handed] = {}

    def run(self, wanted: Iterable[tuple[Path, Path]]) -> Iterator[BatchLine]:
        for source, target in wanted:
            yield from self._begin(source, target)
            yield from self._arrived(0)
        asked = False
        while self._out:
            if self._stop.is_set() and not asked:
                self._workers.ask_to_stop()
                asked = True
            yield from self._arrived(TICK)

    def _begin(self, source: Path, target: Path) -> Iterator[BatchLine]:
        """Read an input and hand it out; yield it if it has ended already."""
        if self._stop.is_set():
            yield line(source, BatchVerdict.STOPPED)
            return
        handed = read(source, target)
        if isinstance(handed, BatchLine):
            yield handed
        elif self._workers.is_gone:
            yield handed.lost()
        else:
            future = self._workers.submit(make, handed.problem, self._order)
            self._out[future] = handed

    def _arrived(self, seconds: float) -> Iterator[BatchLine]:
        """Take in what is done, waiting so long for a first one."""
        done, _rest = wait(self._out, seconds, FIRST_COMPLETED)
        if self._workers.is_gone:
            # Nothing comes any more; what has come is taken in.
            done = set(self._out)
        for answer in done:
            answer.cancel()
            handed = self._out.pop(answer)
            yield handed.ended(answer, was_stopped=self._stop.is_set())
