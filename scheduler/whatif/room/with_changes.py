"""The rooms of a month with changes, handed out to processes one by one."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING

from scheduler.solver.executors import is_unanswered
from scheduler.whatif.room.task import Order, asked

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from scheduler.domain.problem import Problem
    from scheduler.domain.room import Room
    from scheduler.domain.roster import Roster
    from scheduler.solver.executors import Workers

TICK = 0.2
"""Seconds between two looks at the wish to stop."""


def with_changes(
    problem: Problem,
    plan: Roster,
    roster: Roster,
    rooms: Sequence[Room],
    workers: Workers,
    *,
    changes: int,
    now: dt.date,
    seed: int = 0,
    on_done: Callable[[int, int], None] = lambda done, of: None,
    stop: threading.Event | None = None,
) -> tuple[Room, ...]:
    """Return rooms with the ways in which more guests can be had, in their order.

    Parameters
    ----------
    problem, plan, roster
        The month, the roster as it was made, and as it stands.  What was changed by
        hand stays.
    rooms
        As the roster stands (`scheduler.audit.figures.room`).
    workers
        Who searches.
    changes
        Most cells, and nights on call taken or given, that may change for one number of
        guests.
    now
        First date that may change.
    seed
        Of every search.
    on_done
        Told how many rooms of how many are done, from this thread.
    stop
        Set it from another thread, or a signal's handler: what is not done by then is
        returned without ways, and not certain.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    order = Order(
        problem=problem,
        plan=plan,
        roster=roster,
        rooms=tuple(rooms),
        changes=changes,
        now=now,
        seed=seed,
    ).model_dump_json()
    found = list(rooms)
    tasks: dict[Future[Room], int] = {}
    for place, room in enumerate(rooms):
        if room.stopped_by:
            found[place] = room.model_copy(update={"is_certain": False})
            tasks[workers.submit(asked, order, place)] = place
    waiting = set(tasks)
    is_asked_to_stop = False
    while waiting:
        if stop is not None and stop.is_set() and not is_asked_to_stop:
            workers.ask_to_stop()
            is_asked_to_stop = True
        ended, waiting = wait(waiting, TICK, FIRST_COMPLETED)
        for task in ended:
            if not is_unanswered(task):
                found[tasks[task]] = task.result()
        if ended:
            on_done(len(tasks) - len(waiting), len(tasks))
    return tuple(found)
