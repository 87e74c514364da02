"""The search of one roster for a main office and its satellites."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.audit.houses import houses_of
from scheduler.domain.errors import GaveUp
from scheduler.files.houses import read_houses, wall_of_all_path, write_wall_of_all
from scheduler.files.rescue import kept
from scheduler.page.jobs.best import BestSoFar, figures
from scheduler.page.jobs.making import write_made
from scheduler.page.jobs.reports import seconds_left
from scheduler.solver.search import SearchLimits
from scheduler.solver.solve import solve

if TYPE_CHECKING:
    import threading

    from scheduler.page.jobs.reports import Reports
    from scheduler.page.state import SearchRun
    from scheduler.solver.solve import Progress


def make_rosters(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Make the rosters of all houses together, and return where the main office's is.

    What was asked has the ``houses``: the input of each and where its roster goes, the
    main office's first.  One wall sheet has the people of all.
    """
    targets = {Path(source): Path(target) for source, target in run.asked["houses"]}
    problem, paths, _warnings = read_houses(list(targets))
    with BestSoFar(problem, reports, None) as best:

        def hear(progress: Progress) -> None:
            if progress.best is not None:
                best.hear(progress.best)

        limits = SearchLimits(seconds=seconds_left(run))
        made = solve(problem, limits, hear, stop)
    reports.tell(**figures(problem, made.roster, made.findings))
    if reports.dropped.is_set():
        raise GaveUp
    written = [
        write_made(house.problem, house.roster, targets[path])
        for path, house in zip(paths, houses_of(problem, made.roster), strict=True)
    ]
    write = partial(write_wall_of_all, problem=problem, roster=made.roster)
    wall = kept(write, wall_of_all_path(written[0])).path
    reports.tell(houses=[str(path) for path in written], wall=str(wall))
    return written[0]
