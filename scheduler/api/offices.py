"""Make the rosters of many offices, each as a task for a worker.

This process reads the inputs and writes the rosters; workers, perhaps on other
machines, get problems and return rosters.  A failing office does not stop the others.
"""

from __future__ import annotations

import glob
import os
import threading
import time
import traceback
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.advice import Wanted
from scheduler.advice import make as make_roster
from scheduler.advice.lending import loans
from scheduler.advice.visits import OfficeMonth
from scheduler.audit.consistency.report import mistake
from scheduler.audit.figures.summary import (
    BatchLine,
    BatchVerdict,
    office_figures,
    summarise,
)
from scheduler.domain.advice import Loan
from scheduler.domain.errors import Exit, GaveUp, InputError, Mistake, OutputError
from scheduler.domain.finding import Finding
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.paths import elsewhere_text, kept
from scheduler.files.problems import WORKBOOK, read_with_warnings
from scheduler.files.rosters import proof_path, write_proof, write_roster
from scheduler.files.validation import LOCK
from scheduler.solver.executors import Workers, died, gone, stop_request
from scheduler.solver.search import SearchLimits
from scheduler.wording.command_line import of_roster
from scheduler.wording.translation import _

TICK = 0.2
"""Seconds between two checks for a stop request."""


CODES = {
    BatchVerdict.BAD_INPUT: Exit.BAD_INPUT,
    BatchVerdict.OUT_OF_TIME: Exit.OUT_OF_TIME,
    BatchVerdict.STOPPED: Exit.OUT_OF_TIME,
    BatchVerdict.NOT_WRITTEN: Exit.WRONG_USE,
    BatchVerdict.LOST: Exit.OUT_OF_TIME,
    BatchVerdict.FAULT: Exit.BUG,
}
"""Exit codes of offices without a written roster."""


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


@dataclass(frozen=True)
class BatchOrder:
    """The settings common to all offices: search limits and what to work out."""

    limits: SearchLimits
    advice: bool = True
    """Whether to look for causes and repairs if a month cannot be legal."""
    robust: bool = False
    """Whether to look, among equally good rosters, for one with a reserve."""
    travel: int = 30
    """Minutes between two offices whose workbooks tell none, for people lent."""


@dataclass(frozen=True)
class OfficeRoster:
    """A roster that was made, with its audit findings."""

    roster: RosterRecord
    findings: tuple[Finding, ...]
    seconds: float


@dataclass(frozen=True)
class NoRoster:
    """The result without a roster: none was found in time, or an error occurred."""

    seconds: float
    error: str = ""
    """The error in one line; empty if there was none."""
    report: str = ""
    """The traceback, which would otherwise be lost with the worker's process."""


def make(problem: Problem, order: BatchOrder) -> OfficeRoster | NoRoster:
    """Make an office's roster; errors are returned, as not all can be pickled."""
    began = time.monotonic()
    stop = stop_request()
    try:
        if stop.is_set():
            raise GaveUp
        wanted = Wanted(advice=order.advice, robust=order.robust)
        (solution,) = make_roster(problem, order.limits, wanted, stop=stop)
    except GaveUp:
        return NoRoster(time.monotonic() - began)
    except Exception as error:
        return NoRoster(time.monotonic() - began, **_fault(error))
    return OfficeRoster(solution.roster, solution.findings, time.monotonic() - began)


def _fault(error: Exception) -> dict[str, Any]:
    """Return an error as the fields of `NoRoster` and `BatchLine`."""
    report = "".join(traceback.format_exception(error))
    return {"error": f"{type(error).__name__}: {error}", "report": report}


MADE_APART = "made_apart"
"""Code of the warning that an office shares people with another of the batch."""


@dataclass(frozen=True)
class Handed:
    """An office whose input was read and whose task can be submitted."""

    source: Path
    target: Path
    problem: Problem
    warnings: tuple[Mistake, ...]

    def ended(
        self, answer: Future[OfficeRoster | NoRoster], *, was_stopped: bool
    ) -> BatchLine:
        """Write the roster, if one was made, and return the office's batch line."""
        try:
            result = answer.result()
            if isinstance(result, OfficeRoster):
                return self._made(result)
        except Exception as error:
            return self._failed(error)
        given: dict[str, Any] = {"seconds": result.seconds, "error": result.error}
        if result.error:
            return self._line(BatchVerdict.FAULT, report=result.report, **given)
        ended = BatchVerdict.STOPPED if was_stopped else BatchVerdict.OUT_OF_TIME
        return self._line(ended, **given)

    def _made(self, made: OfficeRoster) -> BatchLine:
        """Write a roster and return the batch line of its office."""
        summary = summarise(self.problem, made.roster, made.findings)
        figures = office_figures(self.problem, made.roster)
        given: dict[str, Any] = {"summary": summary, "figures": figures}
        given["seconds"] = made.seconds

        data = self.problem, made.roster, made.findings
        try:
            path, refused = kept(lambda path: write_roster(path, *data), self.target)
            given["path"] = str(path)
            told = f"{refused} {elsewhere_text(path)}" if refused else ""
            if not refused:
                kept(lambda path: write_proof(path, *data), proof_path(path))
        except OutputError as error:
            told = str(error)
        if told:
            return self._line(BatchVerdict.NOT_WRITTEN, error=told, **given)
        return self._line(
            BatchVerdict.LEGAL if summary.legal else BatchVerdict.SHORT,
            of_roster(made.roster, made.findings),
            kept=None if path == self.target else str(self.target),
            **given,
        )

    def lost(self) -> BatchLine:
        """Return the batch line of an office whose workers were lost."""
        told = _("The Dask cluster cannot be reached any more.")
        return self._line(BatchVerdict.LOST, error=told)

    def _failed(self, error: Exception) -> BatchLine:
        """Return the batch line of an office whose task raised an error."""
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
    """Read an input; return a batch line instead if it cannot be used."""
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
    """Return a batch line; the exit code follows from the verdict unless given."""
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
    """Make and write the rosters of many offices; return one batch line for each.

    Parameters
    ----------
    sources, targets
        Input files, and for each the path at which `write_roster` writes its roster.
    on_office
        Called, in this thread, with the batch line of each office as it ends.
    stop
        Set it from another thread or a signal handler: searches end with the best
        roster so far, and offices not begun are left out.  A `KeyboardInterrupt` does
        not wait for running searches.
    """
    batch = _Batch(workers, order, stop)
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
        self, workers: Workers, order: BatchOrder, stop: threading.Event
    ) -> None:
        self._workers = workers
        self._order = order
        self._stop = stop
        self._out: dict[Future[OfficeRoster | NoRoster], Handed] = {}
        self._houses: dict[str, OfficeMonth] = {}

    def run(self, wanted: Iterable[tuple[Path, Path]]) -> Iterator[BatchLine]:
        """Yield the batch line of each office as it ends, passing on a stop request."""
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
        """Read an input and submit its task; yield a batch line if that fails."""
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
        """Yield the batch lines of ended tasks, waiting some seconds for the first."""
        done, _rest = wait(self._out, seconds, FIRST_COMPLETED)
        if self._workers.is_gone:
            # No further results will come: end all tasks, cancelling the unfinished.
            done = set(self._out)
        for answer in done:
            answer.cancel()
            handed = self._out.pop(answer)
            ended = handed.ended(answer, was_stopped=self._stop.is_set())
            result = answer.result() if ended.summary else None
            if isinstance(result, OfficeRoster):
                made = handed.problem, result.roster, result.findings
                self._houses[ended.source] = OfficeMonth(*made)
            yield ended

    def made_apart(self) -> Iterator[tuple[str, Mistake]]:
        """Yield a warning for each office with people of another one made beside it."""
        for source, house in self._houses.items():
            for other in self._houses.values():
                both = [
                    one.name
                    for one in house.problem.staff
                    if look_of(one.home) == look_of(other.name)
                    and one.name in other.problem.member_by_name
                ]
                if both:
                    facts = {"names": "、".join(both), "other": other.name}
                    yield source, mistake(MADE_APART, ("staff",), **facts)

    def lent(self) -> Iterator[tuple[str, tuple[Loan, ...]]]:
        """Yield for each office with a roster whom the others could lend it."""
        sources = sorted(self._houses)
        houses = [self._houses[source] for source in sources]
        found = loans(houses, self._order.travel, self._stop)
        yield from zip(sources, found, strict=True)
