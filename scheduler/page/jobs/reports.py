"""What a search says of itself while it works."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.page.state import SearchRun, State


class Reports:
    """What a search says of itself, for the screen.

    Attributes
    ----------
    dropped
        Set when its result is not wanted any more: nothing is to be written then.
    """

    def __init__(self, state: State, number: int) -> None:
        self.dropped = threading.Event()
        self._state = state
        self._number = number
        self._told: dict[str, Any] = {}
        self._lock = threading.Lock()

    def tell(self, **told: Any) -> None:
        """Add to what is known of the search."""
        with self._lock:
            self._told |= told
            self._state.tell(self._number, self._told)


def seconds_left(run: SearchRun) -> float:
    """Return the time that a search may take, less what its start has taken."""
    return max(1.0, run.seconds - (time.time() - run.began))


@contextmanager
def in_time(seconds: float, stop: threading.Event) -> Iterator[None]:
    """Set ``stop`` when time is up, if the work has not ended by then."""
    timer = threading.Timer(seconds, stop.set)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
