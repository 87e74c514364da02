"""Some absences of one month as a task for another process: plain data in and out.

A process builds the month's model once and keeps it for the tasks that follow.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from scheduler.domain.base import Frozen
from scheduler.domain.errors import Disagreement
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.solver.executors import stop_wish
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.resilience.cases import cases
from scheduler.whatif.resilience.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.resilience import Dropout
    from scheduler.whatif.resilience.cases import Case

CASE_SECONDS = 600.0
"""Most that one absence may take.  What ends its searches long before is the amount of
work each may take, so that the answers are the same on a busy machine."""


class Order(Frozen):
    """A month whose absences are to be judged."""

    problem: Problem
    plan: Roster
    """The roster as it was made."""
    roster: Roster
    """As it stands."""
    first: dt.date
    """Date from which on absences are looked at."""
    seed: int = 0


def judged(order: str, wanted: Sequence[Case]) -> tuple[Dropout, ...]:
    """Judge absences of an order, as JSON; those left when a stop was asked are not.

    One on which model and audit differ, our bug, is undecided and says so: the others
    are worth knowing.
    """
    stop = stop_wish()
    found: list[Dropout] = []
    for name, date in wanted:
        if stop.is_set():
            break
        judge, seed = _judge(order)
        limits = SearchLimits(CASE_SECONDS, workers=1, seed=seed)
        try:
            found.append(judge.judge(name, date, Search(limits, stop)))
        except Disagreement as error:
            found.append(judge.undecided(name, date, str(error)))
    return tuple(found)


@lru_cache(maxsize=1)
def _judge(order: str) -> tuple[Judge, int]:
    known = Order.model_validate_json(order)
    every = tuple(cases(known.problem, known.roster, known.first))
    return Judge(known.problem, known.plan, known.roster, every), known.seed
