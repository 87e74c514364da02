"""The map of absences: what each would do to a roster, as `shotaki resilience` asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.domain.homes import at_home, named_for_all
from scheduler.files.houses import read_month
from scheduler.files.workbook.resilience import write_resilience
from scheduler.page.jobs.reports import in_time, seconds_left
from scheduler.rulebook import rules_of
from scheduler.solver.executors import cores, local
from scheduler.whatif.resilience import resilience
from scheduler.wording.findings import finding_words
from scheduler.wording.resilience import (
    counts_text,
    percent_text,
    request_texts,
    sign,
    singles_text,
    what_breaks,
    work_text,
)
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    import threading

    from scheduler.domain.absences import Dropout
    from scheduler.domain.problem import Problem
    from scheduler.page.jobs.reports import Reports
    from scheduler.page.state import SearchRun
    from scheduler.rulebook import Rulebook

WORKBOOK = "map.xlsx"


def map_absences(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Judge every absence of a roster, tell the map, and keep it as a workbook."""
    source = Path(run.source)
    file = read_month(source)
    problem = file.problem
    first = problem.period.first
    reports.tell(of=file.roster.fingerprint)
    with in_time(seconds_left(run), stop), local(cores()) as workers:
        found = resilience(
            problem,
            file.plan,
            file.roster,
            workers,
            first=first,
            on_judged=lambda done, every: reports.tell(done=done, every=every),
            stop=stop,
        )
    rulebook = rules_of(problem)
    rows = {member.name: number for number, member in enumerate(problem.staff)}
    reports.tell(
        percent=percent_text(found),
        counts=counts_text(found),
        singles=singles_text(found),
        people=[(one.name, at_home(problem, one.name).name) for one in problem.staff],
        cases=[
            _case(one, rows[one.staff], problem, rulebook) for one in found.dropouts
        ],
    )
    run.place.mkdir(parents=True, exist_ok=True)
    path = run.place / WORKBOOK
    write_resilience(
        named_for_all(problem), found, path, source=source.name, first=first
    )
    return path


def _case(
    one: Dropout, row: int, problem: Problem, rulebook: Rulebook
) -> dict[str, Any]:
    broken = [finding_words(found, rulebook) for found in what_breaks(one)]
    return {
        "row": row,
        "day": (one.date - problem.period.first).days,
        "name": one.staff,
        "date": date_text(one.date),
        "work": work_text(one, problem),
        "sign": sign(one),
        "outcome": str(one.outcome),
        "asks": list(request_texts(one, problem)),
        "broken": list(dict.fromkeys(f"{one.when} {one.what}" for one in broken)),
    }
