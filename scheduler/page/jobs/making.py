"""The search of a month's roster, as `shotaki roster` makes it, written."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.advice import Stage, Wanted, make
from scheduler.audit import audit, of_houses
from scheduler.audit.houses import houses_of
from scheduler.domain.errors import GaveUp, InputError, OutputError
from scheduler.domain.homes import HousesFile
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, RosterFile, RosterRecord
from scheduler.files.houses import read_houses, read_month, rosters_on_hand
from scheduler.files.paths import Rescued, free_name, make_folder, rescued
from scheduler.files.problems import read_problem
from scheduler.files.rosters import (
    NextVersion,
    read_roster,
    save_versions,
    write_roster,
)
from scheduler.files.saving import PATIENCE, locked
from scheduler.files.wall_of_all import wall_of_all_path, write_wall_of_all
from scheduler.page import clock
from scheduler.page.jobs.reports import (
    BestSoFar,
    Reports,
    figures,
    keep_roster,
    seconds_left,
)
from scheduler.solver.search import SearchLimits
from scheduler.solver.solve import Progress
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.state import SearchRun


def write_made(
    problem: Problem, roster: RosterRecord, targets: Sequence[Path], why: str = ""
) -> tuple[Rescued, ...]:
    """Write a roster that was made: a new file, or the next version of the one there.

    Of houses that are planned together each gets its own; next versions are written
    in all of them or in none.  Where the one there cannot be replaced, the roster goes
    beside it, where the page shows it.

    Parameters
    ----------
    targets
        Where it goes; for each house, the main office's first.
    why
        What made the version; that the month was made anew if not given.

    Raises
    ------
    OutputError
        If it can be written nowhere.
    """
    if not isinstance(problem, JointProblem):
        month = AuditedMonth(problem, roster, audit(problem, roster))
        return (_written(month, targets[0], why),)
    made = roster.in_files(path.name for path in targets)
    parts = tuple(houses_of(problem, made))
    findings = of_houses(problem, [one.findings for one in parts])
    whole = AuditedMonth(problem, made, findings)
    try:
        saved = _saved_next(parts, targets, why, whole)
    except OutputError as error:
        # Not the one without the others: all go beside those that are there.
        return tuple(
            _written_beside(part, target, error, whole)
            for part, target in zip(parts, targets, strict=True)
        )
    if saved:
        return tuple(map(Rescued, targets))
    return tuple(
        _written(part, target, why, whole)
        for part, target in zip(parts, targets, strict=True)
    )


def _saved_next(
    parts: Sequence[AuditedMonth],
    targets: Sequence[Path],
    why: str,
    whole: AuditedMonth,
) -> bool:
    """Save the next versions of all rosters; not if one of them is not there yet."""
    with ExitStack() as stack:
        there = []
        for part, target in zip(parts, targets, strict=True):
            make_folder(target.parent)
            stack.enter_context(locked(target, PATIENCE))
            there.append(_standing(target, part.problem))
        versions = [
            NextVersion(target, standing, *part, why or _("made anew"), whole)
            for part, target, standing in zip(parts, targets, there, strict=True)
            if standing is not None
        ]
        if len(versions) < len(parts):
            return False
        save_versions(versions, clock.now())
        return True


def _written(
    part: AuditedMonth, target: Path, why: str, whole: AuditedMonth | None = None
) -> Rescued:
    try:
        make_folder(target.parent)
        with locked(target, PATIENCE):
            standing = _standing(target, part.problem)
            if standing is None:
                return Rescued(write_roster(target, *part, whole=whole))
            version = NextVersion(target, standing, *part, why or _("made anew"), whole)
            save_versions([version], clock.now())
            return Rescued(target)
    except (OSError, OutputError) as error:
        return _written_beside(part, target, error, whole)


def _written_beside(
    part: AuditedMonth, target: Path, error: Exception, whole: AuditedMonth | None
) -> Rescued:
    """Write a roster under a free name, for the one there cannot be replaced."""
    found = rescued(
        lambda path: write_roster(path, *part, whole=whole), free_name(target)
    )
    return Rescued(found.path, str(error))


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


def make_roster(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Make the roster of a workbook, write it, and return where it is.

    The workbook is an input, or a roster whose month is made anew, what is fixed in it
    held.  Several candidates are kept in files of their own beside the best.  Of houses
    that are planned together, the rosters of all are made by this one search, and one
    wall sheet has the people of all; the main office's roster is returned.
    """
    problem, targets = _asked(run)
    on_hand = rosters_on_hand(Path(run.asked.get("start", targets[0])), problem)
    limits = SearchLimits(seconds=seconds_left(run))
    wanted = Wanted(candidates=int(run.asked.get("candidates", 1)))
    with BestSoFar(problem, reports, run.best) as best:

        def hear(progress: Progress | Stage) -> None:
            if not isinstance(progress, Stage) and progress.best is not None:
                best.hear(progress.best)

        found = make(problem, limits, wanted, hear, stop, on_hand)
    first = found[0]
    reports.tell(**figures(problem, first.roster, first.findings))
    if reports.dropped.is_set():
        best.forget()
        raise GaveUp
    for number, one in enumerate(found if len(found) > 1 else (), start=1):
        keep_roster(run.candidate(number), problem, one.roster, one.findings)
        reports.tell(candidates=number)
    rescued = write_made(problem, first.roster, targets)
    written = tuple(one.path for one in rescued)
    reports.tell(refused=refusals(rescued))
    if isinstance(problem, JointProblem):
        _tell_of_houses(reports, problem, first.roster, written)
    best.forget()
    return written[0]


def refusals(rescued: Sequence[Rescued]) -> list[str]:
    """Return why rosters could not be written where they should be, each once."""
    return list(dict.fromkeys(one.refused for one in rescued if one.refused))


def _asked(run: SearchRun) -> tuple[Problem, tuple[Path, ...]]:
    """Return a month, and where its roster goes; of several houses that of each."""
    source = Path(run.source)
    if run.asked.get("again"):
        file = read_month(source)
        paths = file.paths if isinstance(file, HousesFile) else (source,)
        return file.problem, paths
    if "houses" not in run.asked:
        return read_problem(source), (Path(run.target),)
    targets = {Path(one): Path(target) for one, target in run.asked["houses"]}
    problem, paths, _warnings = read_houses(list(targets))
    return problem, tuple(targets[path] for path in paths)


def _tell_of_houses(
    reports: Reports,
    problem: JointProblem,
    roster: RosterRecord,
    written: tuple[Path, ...],
) -> None:
    """Tell where the rosters of houses are, and write the wall sheet of all."""
    write = partial(write_wall_of_all, problem=problem, roster=roster)
    wall = rescued(write, wall_of_all_path(written[0])).path
    houses = [str(path) for path in written]
    reports.tell(houses=houses, wall=str(wall))
