"""The search of a month's roster, as `shotaki roster` makes it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.advice import Stage, Wanted, make
from scheduler.audit import audit
from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.people import refused_wishes
from scheduler.domain.errors import GaveUp
from scheduler.domain.ledger import BurdenKind
from scheduler.files.problems import read_problem
from scheduler.files.rescue import kept
from scheduler.files.rosters import write_roster
from scheduler.page.jobs.reports import seconds_left
from scheduler.page.lamps import lamps
from scheduler.solver.search import SearchLimits
from scheduler.wording.duties import wish_text
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    import threading

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.page.jobs.reports import Reports
    from scheduler.page.state import SearchRun
    from scheduler.solver.solve import Progress, Solution

MOST_REFUSED = 6
"""Most wishes still open that are shown while the search works."""


def make_roster(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Make the roster of a workbook, write it, and return where it is."""
    problem = read_problem(Path(run.source))
    limits = SearchLimits(seconds=seconds_left(run))

    def hear(progress: Progress | Stage) -> None:
        if isinstance(progress, Stage):
            reports.tell(step=str(progress.step))
            return
        reports.tell(step=str(progress.level or "reserve"))
        if progress.roster is not None:
            reports.tell(better=time.time(), **_figures(problem, progress.roster))

    (solution, *_rest) = make(problem, limits, Wanted(), hear, stop)
    reports.tell(step="writing", **_figures(problem, solution.roster))
    if reports.dropped.is_set():
        raise GaveUp
    return _written(problem, solution, Path(run.target))


def _written(problem: Problem, solution: Solution, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    found = kept(
        lambda path: write_roster(path, problem, solution.roster, solution.findings),
        target,
    )
    return found.path


def _figures(problem: Problem, roster: Roster) -> dict[str, object]:
    """Return the lamps, the open wishes and the nights of a roster, as plain data."""
    findings = audit(problem, roster)
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
