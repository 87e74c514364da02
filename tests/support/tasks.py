"""Tasks for processes, in a module that a new process loads in no time."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from scheduler.solver.executors import stop_request
from tests.support.programs import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem


def own_id() -> int:
    return os.getpid()


def killed(*given: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_once(mark: Path) -> str:
    if mark.exists():
        return "done"
    mark.touch()
    killed()
    return "never"


def faulty(problem: Problem, *order: object) -> object:
    from scheduler.api.batch_tasks import make

    return make(problem.office, *order)  # type: ignore[arg-type]


def never(problem: Problem, *order: object) -> object:
    from scheduler.api.batch_tasks import NoRoster

    return NoRoster(1.0)


def until_stopped() -> bool:
    return stop_request().wait(PATIENCE)
