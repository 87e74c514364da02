"""One office's roster as a task for another process: plain data in, plain data out.

Whoever runs it may be a machine that has none of the operator's files.
"""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.advice import Wanted
from scheduler.advice import make as make_roster
from scheduler.domain.errors import GaveUp
from scheduler.solver.executors import stop_wish

if TYPE_CHECKING:
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.solver.search import SearchLimits


@dataclass(frozen=True)
class Order:
    """What all offices have in common: how to search, and what to say of a shortage."""

    limits: SearchLimits
    advice: bool = True
    """Whether causes and repairs are looked for where a month cannot be legal."""
    robust: bool = False
    """Whether people in reserve are looked for among rosters equally good."""


@dataclass(frozen=True)
class Made:
    """A roster, audited."""

    roster: Roster
    findings: tuple[Finding, ...]
    seconds: float


@dataclass(frozen=True)
class NotMade:
    """No roster: none was found in time, or as ``report`` tells there was a fault."""

    seconds: float
    error: str = ""
    """The fault in a line."""
    report: str = ""
    """The traceback, for its own process is the only one that has it."""


def make(problem: Problem, order: Order) -> Made | NotMade:
    """Make an office's roster; faults are returned, for not all errors travel."""
    began = time.monotonic()
    stop = stop_wish()
    try:
        if stop.is_set():
            raise GaveUp
        wanted = Wanted(advice=order.advice, robust=order.robust)
        (solution,) = make_roster(problem, order.limits, wanted, stop=stop)
    except GaveUp:
        return NotMade(time.monotonic() - began)
    except Exception as error:
        return NotMade(
            time.monotonic() - began,
            error=f"{type(error).__name__}: {error}",
            report="".join(traceback.format_exception(error)),
        )
    return Made(solution.roster, solution.findings, time.monotonic() - began)
