"""One office at the operator's end: its input read, its roster written."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.audit.figures.office_outcome import Office, Verdict
from scheduler.audit.figures.summary import summarise
from scheduler.domain.errors import Exit, InputError, OutputError
from scheduler.files.problems import read_with_warnings
from scheduler.files.rescue import elsewhere_text, kept
from scheduler.files.rosters import write_roster
from scheduler.offices.task import Made
from scheduler.solver.executors import died, gone
from scheduler.wording.exits import of_roster
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.offices.task import NotMade

CODES = {
    Verdict.BAD_INPUT: Exit.BAD_INPUT,
    Verdict.OUT_OF_TIME: Exit.OUT_OF_TIME,
    Verdict.STOPPED: Exit.OUT_OF_TIME,
    Verdict.NOT_WRITTEN: Exit.WRONG_USE,
    Verdict.LOST: Exit.OUT_OF_TIME,
    Verdict.FAULT: Exit.BUG,
}
"""Of offices that have no roster to judge."""


@dataclass(frozen=True)
class Handed:
    """An office whose input was read."""

    source: Path
    target: Path
    problem: Problem
    warnings: tuple[Mistake, ...]

    def ended(self, answer: Future[Made | NotMade], *, was_stopped: bool) -> Office:
        """Write the roster that was made, and say how the office ended."""
        try:
            result = answer.result()
            if isinstance(result, Made):
                return self._made(result)
        except Exception as error:
            return self._failed(error)
        given: dict[str, Any] = {"seconds": result.seconds, "error": result.error}
        if result.error:
            return self._line(Verdict.FAULT, report=result.report, **given)
        ended = Verdict.STOPPED if was_stopped else Verdict.OUT_OF_TIME
        return self._line(ended, **given)

    def _made(self, made: Made) -> Office:
        summary = summarise(self.problem, made.roster, made.findings)
        given: dict[str, Any] = {"summary": summary, "seconds": made.seconds}

        def write(path: Path) -> Path:
            return write_roster(path, self.problem, made.roster, made.findings)

        try:
            path, refused = kept(write, self.target)
        except OutputError as error:
            return self._line(Verdict.NOT_WRITTEN, error=str(error), **given)
        if refused:
            told = f"{refused} {elsewhere_text(path)}"
            return self._line(Verdict.NOT_WRITTEN, error=told, path=str(path), **given)
        return self._line(
            Verdict.LEGAL if summary.legal else Verdict.SHORT,
            of_roster(made.roster, made.findings),
            path=str(path),
            kept=None if path == self.target else str(self.target),
            **given,
        )

    def lost(self) -> Office:
        """Say that nobody is there any more who could make the roster."""
        told = _("The Dask cluster cannot be reached any more.")
        return self._line(Verdict.LOST, error=told)

    def _failed(self, error: Exception) -> Office:
        if gone(error):
            return self.lost()
        told = f"{type(error).__name__}: {error}"
        if died(error):
            told = _("The process that worked on it died, each time it was tried.")
        return self._line(Verdict.FAULT, error=told, report=_report(error))

    def _line(self, verdict: Verdict, code: Exit | None = None, **facts: Any) -> Office:
        return line(
            self.source,
            verdict,
            code,
            name=self.problem.office.name,
            period=self.problem.period,
            warnings=self.warnings,
            **facts,
        )


def read(source: Path, target: Path) -> Handed | Office:
    """Read an input; what cannot be used has ended already."""
    try:
        problem, warnings = read_with_warnings(source)
    except InputError as error:
        return line(source, Verdict.BAD_INPUT, mistakes=error.mistakes)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        return line(source, Verdict.FAULT, error=told, report=_report(error))
    return Handed(source, target, problem, warnings)


def line(
    source: Path, verdict: Verdict, code: Exit | None = None, **facts: Any
) -> Office:
    """Return how an office ended, with the code that its verdict has unless given."""
    code = CODES[verdict] if code is None else code
    return Office(source=str(source), verdict=verdict, exit=code, **facts)


def _report(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
