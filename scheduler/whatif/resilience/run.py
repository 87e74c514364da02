"""All absences of a month, handed out in small lots and taken in as they are judged."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING

from scheduler.domain.resilience import Dropout, Outcome, Resilience
from scheduler.solver.executors import is_unanswered
from scheduler.whatif.resilience.cases import cases, dropout
from scheduler.whatif.resilience.task import Order, judged

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.solver.executors import Workers
    from scheduler.whatif.resilience.cases import Case

LOT = 6
"""Absences handed out together: few, so that all processes end at about one time."""

TICK = 0.2
"""Seconds between two looks at the wish to stop."""


def resilience(
    problem: Problem,
    plan: Roster,
    roster: Roster,
    workers: Workers,
    *,
    first: dt.date,
    seed: int = 0,
    on_judged: Callable[[int, int], None] = lambda done, of: None,
    stop: threading.Event | None = None,
) -> Resilience:
    """Judge what every single absence of a month would do.

    Parameters
    ----------
    problem, plan, roster
        The month, the roster as it was made, and as it stands.  What was changed by
        hand stays.
    workers
        Who searches.
    first
        Date from which on absences are looked at.
    seed
        Of every search.
    on_judged
        Told how many absences of how many are judged, from this thread.
    stop
        Set it from another thread, or a signal's handler: what is not judged by then
        stays undecided.
    """
    wanted = tuple(cases(problem, roster, first))
    order = Order(problem=problem, plan=plan, roster=roster, first=first, seed=seed)
    text = order.model_dump_json()
    lots = [wanted[i : i + LOT] for i in range(0, len(wanted), LOT)]
    tasks = {workers.submit(judged, text, lot) for lot in lots}
    found: dict[Case, Dropout] = {}
    done = 0
    asked = False
    while tasks:
        if stop is not None and stop.is_set() and not asked:
            workers.ask_to_stop()
            asked = True
        ended, tasks = wait(tasks, TICK, FIRST_COMPLETED)
        for task in ended:
            for one in _dropouts(task):
                found[one.staff, one.date] = one
        if len(found) > done:
            done = len(found)
            on_judged(done, len(wanted))
    return Resilience(tuple(_in_order(problem, roster, wanted, found)))


def _dropouts(task: Future[tuple[Dropout, ...]]) -> tuple[Dropout, ...]:
    """Return what a task has judged; nothing if nobody could answer."""
    return () if is_unanswered(task) else task.result()


def _in_order(
    problem: Problem,
    roster: Roster,
    wanted: Iterable[Case],
    found: dict[Case, Dropout],
) -> Iterable[Dropout]:
    """Yield what was judged by person, then date; what was not, as undecided."""
    place = {member.name: i for i, member in enumerate(problem.staff)}
    for case in sorted(wanted, key=lambda one: (place[one[0]], one[1])):
        yield found.get(case) or dropout(
            roster, case, Outcome.UNDECIDED, is_least=False
        )
