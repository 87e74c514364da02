"""The base class of executors whose tasks can be asked to end early, and may die."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Collection, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from typing import Any

from scheduler.solver.budgets import BUDGETS

KILLED = "KilledWorker"
"""Name of Dask's exception for a task that killed several workers."""

CLOSED = "CommClosedError"
"""Name of Dask's exception for a connection that was closed."""

STOP: ContextVar[threading.Event] = ContextVar("STOP")
"""The stop request of the running task; unset outside tasks."""


class Workers(Executor):
    """An executor whose running tasks can be asked to end early."""

    at_once: int
    """Number of tasks that run at the same time."""

    @property
    def is_gone(self) -> bool:
        """Whether the workers are lost, so that unfinished tasks get no result."""
        return False

    @abstractmethod
    def ask_to_stop(self) -> None:
        """Ask all tasks, running or waiting, to end with the best result so far."""

    def end(self) -> None:
        """End all tasks at once, without results."""
        self.shutdown(wait=False, cancel_futures=True)


def stop_request() -> threading.Event:
    """Return the event that asks the current task to end early.

    Outside tasks of `Workers` it is never set.
    """
    return STOP.get(None) or threading.Event()


def died(error: BaseException) -> bool:
    """Return whether a task failed because its process died each time."""
    # Compared by name, because Dask may not be installed.
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == KILLED


def gone(error: BaseException) -> bool:
    """Return whether a task failed because its workers cannot be reached."""
    return isinstance(error, CancelledError) or type(error).__name__ == CLOSED


def is_unanswered(task: Future[Any]) -> bool:
    """Return whether a finished task has no result through no fault of its own code.

    Its process died on each try, or its cluster is gone.
    """
    if task.cancelled():
        return True
    error = task.exception()
    return error is not None and (died(error) or gone(error))


def ended(
    workers: Workers, tasks: Collection[Future[Any]], stop: threading.Event | None
) -> Iterator[Collection[Future[Any]]]:
    """Yield tasks as they end, passing on a stop request to those that still run.

    Parameters
    ----------
    workers
        The executor to which the tasks were submitted.
    stop
        Set it from another thread or a signal handler to end all tasks early.
    """
    waiting, is_asked = set(tasks), False
    while waiting:
        if stop is not None and stop.is_set() and not is_asked:
            workers.ask_to_stop()
            is_asked = True
        done, waiting = wait(waiting, BUDGETS.tick, FIRST_COMPLETED)
        if done:
            yield done
