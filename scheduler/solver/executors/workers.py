"""What all executors have in common: tasks can be asked to end early, and may die."""

from __future__ import annotations

import threading
from abc import abstractmethod
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from scheduler.solver.budgets import BUDGETS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

KILLED = "KilledWorker"
"""What Dask raises for a task that several workers did not survive."""

CLOSED = "CommClosedError"
"""What Dask raises where nobody is at the other end any more."""

STOP: ContextVar[threading.Event] = ContextVar("STOP")
"""Set where a task runs: the request that it ends early."""


class Workers(Executor):
    """An executor whose running tasks can be asked to end early."""

    at_once: int
    """How many tasks run at the same time."""

    @property
    def is_gone(self) -> bool:
        """Whether nobody works any more; tasks without an answer get none."""
        return False

    @abstractmethod
    def ask_to_stop(self) -> None:
        """Ask all tasks, running or waiting, to end with what they have."""

    def end(self) -> None:
        """End all tasks at once, without their answers."""
        self.shutdown(wait=False, cancel_futures=True)


def stop_request() -> threading.Event:
    """Return what tells the task that runs here that it should end early.

    Outside of a task of `Workers` nobody sets it.
    """
    return STOP.get(None) or threading.Event()


def died(error: BaseException) -> bool:
    """Return whether a task failed because its process died each time."""
    # Without importing a library that need not be there.
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == KILLED


def gone(error: BaseException) -> bool:
    """Return whether a task failed because those who worked on it cannot be reached."""
    return isinstance(error, CancelledError) or type(error).__name__ == CLOSED


def is_unanswered(task: Future[Any]) -> bool:
    """Return whether a task that has ended has no answer, and it is nobody's fault here.

    Its process died each time, or its cluster is gone.
    """
    if task.cancelled():
        return True
    error = task.exception()
    return error is not None and (died(error) or gone(error))


def ended(
    workers: Workers, tasks: Collection[Future[Any]], stop: threading.Event | None
) -> Iterator[Collection[Future[Any]]]:
    """Yield tasks as they end; once a stop is requested, the others end early too.

    Parameters
    ----------
    workers
        Who works on them.
    stop
        Set it from another thread, or a signal's handler.
    """
    waiting, is_asked = set(tasks), False
    while waiting:
        if stop is not None and stop.is_set() and not is_asked:
            workers.ask_to_stop()
            is_asked = True
        done, waiting = wait(waiting, BUDGETS.tick, FIRST_COMPLETED)
        if done:
            yield done
