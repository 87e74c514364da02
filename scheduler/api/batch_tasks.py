"""What a worker makes of a batch: one office, or a main office and its satellites.

A worker gets a problem and returns a roster, or why there is none; it is written and
told in the process that read the input.
"""

from __future__ import annotations

import time
import traceback
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from scheduler.advice import Wanted
from scheduler.advice import make as make_roster
from scheduler.audit.consistency import joint_mistakes
from scheduler.audit.figures.summary import (
    BatchLine,
    BatchVerdict,
    office_figures,
    summarise,
)
from scheduler.audit.houses import houses_of
from scheduler.domain.errors import Exit, GaveUp, InputError, Mistake, OutputError
from scheduler.domain.finding import Finding
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.likeness import look_of
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, RosterRecord
from scheduler.domain.roster import Roster
from scheduler.files.paths import elsewhere_text, rescued
from scheduler.files.problems import read_with_warnings
from scheduler.files.rosters import proof_path, write_proof, write_roster
from scheduler.files.wall_of_all import wall_of_all_path, write_wall_of_all
from scheduler.solver.executors import died, gone, stop_request
from scheduler.solver.search import SearchLimits
from scheduler.wording.command_line import of_roster
from scheduler.wording.translation import _

CODES = {
    BatchVerdict.BAD_INPUT: Exit.BAD_INPUT,
    BatchVerdict.OUT_OF_TIME: Exit.OUT_OF_TIME,
    BatchVerdict.STOPPED: Exit.OUT_OF_TIME,
    BatchVerdict.NOT_WRITTEN: Exit.WRONG_USE,
    BatchVerdict.LOST: Exit.OUT_OF_TIME,
    BatchVerdict.FAULT: Exit.BUG,
}
"""Exit codes of offices without a written roster."""


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


def make(
    problem: Problem, order: BatchOrder, on_hand: Sequence[Roster] = ()
) -> OfficeRoster | NoRoster:
    """Make an office's roster; errors are returned, as not all can be pickled.

    ``on_hand`` are rosters to begin from.
    """
    began = time.monotonic()
    stop = stop_request()
    try:
        if stop.is_set():
            raise GaveUp
        wanted = Wanted(advice=order.advice, robust=order.robust)
        given = problem, order.limits, wanted
        (solution,) = make_roster(*given, stop=stop, on_hand=on_hand)
    except GaveUp:
        return NoRoster(time.monotonic() - began)
    except Exception as error:
        return NoRoster(time.monotonic() - began, **_fault(error))
    return OfficeRoster(solution.roster, solution.findings, time.monotonic() - began)


def _fault(error: Exception) -> dict[str, Any]:
    """Return an error as the fields of `NoRoster` and `BatchLine`."""
    report = "".join(traceback.format_exception(error))
    return {"error": f"{type(error).__name__}: {error}", "report": report}


@dataclass(frozen=True)
class Handed:
    """An office whose input was read."""

    source: Path
    target: Path
    problem: Problem
    warnings: tuple[Mistake, ...]
    others: tuple[str, ...] = ()
    """Names of the houses that are planned together with it."""

    def made(
        self, month: AuditedMonth, seconds: float, whole: AuditedMonth | None
    ) -> BatchLine:
        """Write a roster and return the batch line of its office."""
        summary = summarise(*month)
        figures = office_figures(month.problem, month.roster)
        given: dict[str, Any] = {"summary": summary, "figures": figures}
        given["seconds"] = seconds
        try:
            path, refused = rescued(
                lambda path: write_roster(path, *month, whole=whole), self.target
            )
            given["path"] = str(path)
            told = f"{refused} {elsewhere_text(path)}" if refused else ""
            if not refused:
                rescued(lambda path: write_proof(path, *month), proof_path(path))
        except OutputError as error:
            told = str(error)
        if told:
            return self.line(BatchVerdict.NOT_WRITTEN, error=told, **given)
        return self.line(
            BatchVerdict.LEGAL if summary.legal else BatchVerdict.SHORT,
            of_roster(month.roster, month.findings),
            kept=None if path == self.target else str(self.target),
            **given,
        )

    def line(
        self, verdict: BatchVerdict, code: Exit | None = None, **facts: Any
    ) -> BatchLine:
        """Return the office's batch line; see `line`."""
        return line(
            self.source,
            verdict,
            code,
            name=self.problem.office.name,
            period=self.problem.period,
            warnings=self.warnings,
            together=self.others,
            **facts,
        )


@dataclass(frozen=True)
class Task:
    """What one search makes: an office, or a main office and its satellites."""

    problem: Problem
    offices: tuple[Handed, ...]
    """In the order of the houses."""

    def ended(
        self, answer: Future[OfficeRoster | NoRoster], *, was_stopped: bool
    ) -> Iterator[tuple[BatchLine, AuditedMonth | None]]:
        """Write what was made; yield the line of each office, and its month."""
        try:
            result = answer.result()
            if isinstance(result, OfficeRoster):
                yield from self._made(result)
                return
            given: dict[str, Any] = {"seconds": result.seconds, "error": result.error}
            verdict = BatchVerdict.STOPPED if was_stopped else BatchVerdict.OUT_OF_TIME
            if result.error:
                verdict = BatchVerdict.FAULT
                given["report"] = result.report
        except Exception as error:
            if gone(error):
                yield from self.lost()
                return
            verdict, given = BatchVerdict.FAULT, _fault(error)
            if died(error):
                told = _("The process that worked on it died, each time it was tried.")
                given["error"] = told
        for office in self.offices:
            yield office.line(verdict, **given), None

    def _made(self, made: OfficeRoster) -> Iterator[tuple[BatchLine, AuditedMonth]]:
        whole = AuditedMonth(self.problem, made.roster, made.findings)
        if not isinstance(self.problem, JointProblem):
            (office,) = self.offices
            yield office.made(whole, made.seconds, None), whole
            return
        targets = [office.target for office in self.offices]
        roster = made.roster.in_files(path.name for path in targets)
        whole = whole._replace(roster=roster)
        parts = tuple(houses_of(self.problem, roster))
        found = [
            office.made(part, made.seconds, whole)
            for office, part in zip(self.offices, parts, strict=True)
        ]
        if all(one.path for one in found):
            write = partial(write_wall_of_all, problem=self.problem, roster=roster)
            wall = str(rescued(write, wall_of_all_path(targets[0])).path)
            found[0] = found[0].model_copy(update={"wall": wall})
        yield from zip(found, parts, strict=True)

    def lost(self) -> Iterator[tuple[BatchLine, None]]:
        """Yield the lines of offices whose workers were lost."""
        told = _("The Dask cluster cannot be reached any more.")
        for office in self.offices:
            yield office.line(BatchVerdict.LOST, error=told), None


def tasks(offices: Sequence[Handed]) -> Iterator[Task]:
    """Yield what is made by one search: houses that name each other together.

    Where they cannot be planned together, each is made by itself, and why is told.
    """
    of_main: dict[int, list[Handed]] = defaultdict(list)
    for one in offices:
        mains = [main for main in offices if _is_satellite_of(one, main)]
        if len(mains) == 1:
            of_main[id(mains[0])].append(one)
    planned = {id(one) for found in of_main.values() for one in found}
    for office in offices:
        if id(office) in planned:
            continue
        houses = office, *of_main[id(office)]
        problems = [one.problem for one in houses]
        told = joint_mistakes(problems) if len(houses) > 1 else ()
        if len(houses) == 1 or told:
            for one in houses:
                apart = replace(one, warnings=(*one.warnings, *told))
                yield Task(one.problem, (apart,))
            continue
        names = [one.office.name for one in problems]
        named = (
            replace(one, others=tuple(name for name in names if name != own))
            for one, own in zip(houses, names, strict=True)
        )
        yield Task(joint(problems), tuple(named))


def _is_satellite_of(one: Handed, main: Handed) -> bool:
    """Tell whether a satellite names a main office of the same period as its own."""
    own, other = one.problem, main.problem
    named = own.office.main_office
    names = [named] if named else [member.home for member in own.staff if member.home]
    return (
        own.office.kind.is_satellite
        and not other.office.kind.is_satellite
        and own.period == other.period
        and look_of(other.office.name) in map(look_of, names)
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
