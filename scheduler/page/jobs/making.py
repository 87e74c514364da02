"""The search of a month's roster, as `shotaki roster` makes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scheduler.advice import Stage, Wanted, make
from scheduler.domain.errors import GaveUp
from scheduler.domain.homes import HousesFile
from scheduler.domain.joint import JointProblem
from scheduler.files.houses import (
    read_houses,
    read_month,
    wall_of_all_path,
    write_wall_of_all,
)
from scheduler.files.problems import read_problem
from scheduler.files.rescue import kept
from scheduler.page.jobs.best import BestSoFar, figures
from scheduler.page.jobs.keeping import keep_roster
from scheduler.page.jobs.reports import seconds_left
from scheduler.page.jobs.writing import write_made
from scheduler.solver.search import SearchLimits

if TYPE_CHECKING:
    import threading

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.page.jobs.reports import Reports
    from scheduler.page.state import SearchRun
    from scheduler.solver.solve import Progress


class _Month(NamedTuple):
    """A month, and where its roster goes; of several houses that of each."""

    problem: Problem
    targets: tuple[Path, ...]


def make_roster(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Make the roster of a workbook, write it, and return where it is.

    The workbook is an input, or a roster whose month is made anew, what is fixed in it
    held.  Several candidates are kept in files of their own beside the best.  Of houses
    that are planned together, the rosters of all are made by this one search, and one
    wall sheet has the people of all; the main office's roster is returned.
    """
    problem, targets = _asked(run)
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
        keep_roster(run.candidate(number), problem, one.roster, one.findings)
        reports.tell(candidates=number)
    written = write_made(problem, first.roster, targets)
    if isinstance(problem, JointProblem):
        _tell_of_houses(reports, problem, first.roster, written)
    best.forget()
    return written[0]


def _asked(run: SearchRun) -> _Month:
    source = Path(run.source)
    if run.asked.get("again"):
        file = read_month(source)
        paths = file.paths if isinstance(file, HousesFile) else (source,)
        return _Month(file.problem, paths)
    if "houses" not in run.asked:
        return _Month(read_problem(source), (Path(run.target),))
    targets = {Path(one): Path(target) for one, target in run.asked["houses"]}
    problem, paths, _warnings = read_houses(list(targets))
    return _Month(problem, tuple(targets[path] for path in paths))


def _tell_of_houses(
    reports: Reports,
    problem: JointProblem,
    roster: RosterRecord,
    written: tuple[Path, ...],
) -> None:
    """Tell where the rosters of houses are, and write the wall sheet of all."""
    write = partial(write_wall_of_all, problem=problem, roster=roster)
    wall = kept(write, wall_of_all_path(written[0])).path
    houses = [str(path) for path in written]
    reports.tell(houses=houses, wall=str(wall))
