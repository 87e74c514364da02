"""What each single absence would do to a roster.

Absences go to worker processes in small lots, and results are collected as they come;
a process builds the month's model once and keeps it for the lots that follow.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.errors import Disagreement
from scheduler.domain.homes import MonthOrder
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.executors import Workers, ended, is_unanswered, stop_request
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.resilience.judge import Case, Judge, cases, dropout


class Absences(MonthOrder):
    """A month whose absences are to be judged."""

    first: dt.date
    """First date whose absences are judged."""


def judged(order: str, wanted: Sequence[Case]) -> tuple[Dropout, ...]:
    """Judge some absences of an order, until all are done or a stop is requested.

    If model and audit differ on one, a bug of ours, it is returned as undecided with
    the fault, so that the others are not lost.

    Parameters
    ----------
    order
        `Absences` as JSON.
    wanted
        Who is absent, and on which date.
    """
    stop = stop_request()
    found: list[Dropout] = []
    for name, date in wanted:
        if stop.is_set():
            break
        judge, seed = _judge(order)
        limits = SearchLimits(BUDGETS.absences.each, workers=1, seed=seed)
        try:
            found.append(judge.judge(name, date, Search(limits, stop)))
        except Disagreement as error:
            found.append(judge.undecided(name, date, str(error)))
    return tuple(found)


@lru_cache(maxsize=1)
def _judge(order: str) -> tuple[Judge, int]:
    known = Absences.model_validate_json(order)
    every = tuple(cases(known.problem, known.roster, known.first))
    return Judge(known.problem, known.made, known.roster, every), known.seed


def resilience(
    problem: Problem,
    made: Roster,
    roster: Roster,
    workers: Workers,
    *,
    first: dt.date,
    seed: int = 0,
    on_judged: Callable[[int, int], None] = lambda done, of: None,
    stop: threading.Event | None = None,
) -> Resilience:
    """Return what every single absence of a month would do.

    Parameters
    ----------
    problem, made, roster
        The month, the roster as it was made, and the current one.  Hand edits stay.
    workers
        Processes that search.
    first
        First date whose absences are judged.
    seed
        Seed of every search.
    on_judged
        Called from this thread with the number of absences judged, and of all.
    stop
        Set it from another thread, or a signal's handler: absences not judged by then
        stay undecided.
    """
    wanted = tuple(cases(problem, roster, first))
    order = Absences(problem=problem, made=made, roster=roster, first=first, seed=seed)
    text = order.model_dump_json()
    size = BUDGETS.absences.lot
    lots = [wanted[i : i + size] for i in range(0, len(wanted), size)]
    tasks = {workers.submit(judged, text, lot) for lot in lots}
    found: dict[Case, Dropout] = {}
    for some in ended(workers, tasks, stop):
        before = len(found)
        for task in some:
            for one in () if is_unanswered(task) else task.result():
                found[one.staff, one.date] = one
        if len(found) > before:
            on_judged(len(found), len(wanted))
    return Resilience(tuple(_in_order(problem, roster, wanted, found)))


def _in_order(
    problem: Problem,
    roster: Roster,
    wanted: Iterable[Case],
    found: dict[Case, Dropout],
) -> Iterable[Dropout]:
    """Yield all absences by person, then date; those not judged as undecided."""
    place = {member.name: i for i, member in enumerate(problem.staff)}
    for case in sorted(wanted, key=lambda one: (place[one[0]], one[1])):
        yield found.get(case) or dropout(
            roster, case, Outcome.UNDECIDED, is_least=False
        )


__all__ = ["resilience"]
