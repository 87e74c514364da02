"""What all executors have in common: tasks can be asked to end early, and may die."""

from __future__ import annotations

import threading
from abc import abstractmethod
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar

KILLED = "KilledWorker"
"""What Dask raises for a task that several workers did not survive."""

WISH: ContextVar[threading.Event] = ContextVar("WISH")
"""Set where a task runs: the wish that it ends early."""


class Workers(Executor):
    """An executor whose running tasks can be asked to end early."""

    at_once: int
    """How many tasks run at the same time."""

    @abstractmethod
    def ask_to_stop(self) -> None:
        """Ask all tasks, running or waiting, to end with what they have."""


def stop_wish() -> threading.Event:
    """Return what tells the task that runs here that it should end early.

    Outside of a task of `Workers` nobody sets it.
    """
    return WISH.get(None) or threading.Event()


def died(error: BaseException) -> bool:
    """Tell whether a task failed because its process died each time."""
    # Without importing a library that need not be there.
    return (
        isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"
    )
