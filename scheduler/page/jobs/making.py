"""The search of a month's roster, as `shotaki roster` makes it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.advice import Stage, Wanted, make
from scheduler.audit import audit
from scheduler.domain.errors import GaveUp, InputError
from scheduler.files.houses import read_alone
from scheduler.files.problems import read_problem
from scheduler.files.rescue import kept
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.saving import held
from scheduler.files.versions import save_version
from scheduler.page.jobs.best import BestSoFar, figures
from scheduler.page.jobs.reports import seconds_left
from scheduler.solver.search import SearchLimits
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import threading

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile, RosterRecord
    from scheduler.page.jobs.reports import Reports
    from scheduler.page.state import SearchRun
    from scheduler.solver.solve import Progress


def make_roster(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Make the roster of a workbook, write it, and return where it is.

    The workbook is an input, or a roster whose month is made anew, what is fixed in it
    held.  Several candidates are kept in files of their own beside the best.
    """
    problem = _problem_of(run)
    limits = SearchLimits(seconds=seconds_left(run))
    wanted = Wanted(candidates=int(run.asked.get("candidates", 1)))
    with BestSoFar(problem, reports, run.best) as best:

        def hear(progress: Progress | Stage) -> None:
            if not isinstance(progress, Stage) and progress.best is not None:
                best.hear(progress.best)

        found = make(problem, limits, wanted, hear, stop)
    first = found[0]
    reports.tell(**figures(problem, first.roster, first.findings))
    if reports.dropped.is_set():
        best.forget()
        raise GaveUp
    for number, one in enumerate(found if len(found) > 1 else (), start=1):
        path = run.candidate(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_roster(path, problem, one.roster, one.findings)
        reports.tell(candidates=number)
    path = write_made(problem, first.roster, Path(run.target))
    best.forget()
    return path


def _problem_of(run: SearchRun) -> Problem:
    source = Path(run.source)
    return (
        read_alone(source).problem if run.asked.get("again") else read_problem(source)
    )


def write_made(
    problem: Problem, roster: RosterRecord, target: Path, why: str = ""
) -> Path:
    """Write a roster that was made: a new file, or the next version of the one there.

    Parameters
    ----------
    why
        What made the version; that the month was made anew if not given.

    Raises
    ------
    OutputError
        If it can be written nowhere.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    findings = audit(problem, roster)

    def write(path: Path) -> Path:
        with held(path):
            standing = _standing(path, problem)
            if standing is None:
                return write_roster(path, problem, roster, findings)
            when = dt.datetime.now().replace(microsecond=0)
            told = why or _("made anew")
            save_version(path, standing, problem, roster, when, told, findings)
            return path

    return kept(write, target).path


def _standing(path: Path, problem: Problem) -> RosterFile | None:
    """Return the roster that a file has of the same month and office, if it has one."""
    if not path.exists():
        return None
    try:
        found = read_roster(path)
    except InputError:
        return None
    same = found.problem.period == problem.period
    return found if same and found.problem.office.name == problem.office.name else None
