"""What all executors have in common: tasks can be asked to end early, and may die."""

from __future__ import annotations

import threading
from abc import abstractmethod
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from typing import Any

KILLED = "KilledWorker"
"""What Dask raises for a task that several workers did not survive."""

CLOSED = "CommClosedError"
"""What Dask raises where nobody is at the other end any more."""

WISH: ContextVar[threading.Event] = ContextVar("WISH")
"""Set where a task runs: the wish that it ends early."""


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


def stop_wish() -> threading.Event:
    """Return what tells the task that runs here that it should end early.

    Outside of a task of `Workers` nobody sets it.
    """
    return WISH.get(None) or threading.Event()


def died(error: BaseException) -> bool:
    """Tell whether a task failed because its process died each time."""
    # Without importing a library that need not be there.
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == KILLED


def gone(error: BaseException) -> bool:
    """Tell whether a task failed because those who worked on it cannot be reached."""
    return isinstance(error, CancelledError) or type(error).__name__ == CLOSED


def is_unanswered(task: Future[Any]) -> bool:
    """Tell whether a task that has ended has no answer, and it is nobody's fault here.

    Its process died each time, or its cluster is gone.
    """
    if task.cancelled():
        return True
    error = task.exception()
    return error is not None and (died(error) or gone(error))
