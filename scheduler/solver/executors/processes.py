"""Executors whose tasks can be asked to end early, and one of processes here."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

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


Given = ParamSpec("Given")
Result = TypeVar("Result")

FOR_THE_FIRST = {
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
}
"""Signals that only the parent process handles."""


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local(processes: int) -> Iterator[Workers]:
    """Open a context with processes of this machine, one task each at a time.

    On an exception the context ends them at once, otherwise when all tasks are done.

    Parameters
    ----------
    processes
        How many.  They are spawned, not forked, so the main module must be importable.
    """
    workers = _Local(processes)

    try:
        yield workers
    except BaseException:
        workers.end()
        raise
    workers.shutdown()


class _Local(Workers):
    """Lanes of one process each, so that a dying process loses only its own task."""

    def __init__(self, processes: int) -> None:
        self.at_once = processes
        self._threads = ThreadPoolExecutor(processes, "lane")
        self._lanes = tuple(_Lane() for _number in range(processes))
        self._free: queue.SimpleQueue[_Lane] = queue.SimpleQueue()
        for lane in self._lanes:
            self._free.put(lane)

    def submit(
        self,
        fn: Callable[Given, Result],
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Future[Result]:
        return self._threads.submit(self._run, fn, args, kwargs)

    def _run(
        self,
        function: Callable[..., Result],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> Result:
        lane = self._free.get()
        try:
            return lane.run(function, args, kwargs)
        finally:
            self._free.put(lane)

    def ask_to_stop(self) -> None:
        for lane in self._lanes:
            lane.ask_to_stop()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for lane in self._lanes:
            lane.close()


class _Lane:
    """One worker process, replaced when it dies.

    The parent holds a pipe to it: a message on the pipe is a stop request, and when the
    pipe is closed, for instance because the parent was killed, the process exits.
    """

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._line: Connection | None = None
        self._is_asked = False
        self._is_closed = False

    def run(
        self,
        function: Callable[..., Result],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> Result:
        """Run a task; raise `BrokenProcessPool` if its process died on each try."""
        again = BUDGETS.workers.retries
        while True:
            try:
                return self._submit(function, args, kwargs).result()
            except BrokenProcessPool:
                self._drop()
                if self._is_closed or not again:
                    raise
                again -= 1

    def ask_to_stop(self) -> None:
        with self._lock:
            self._is_asked = True
            if self._line is not None:
                _ring(self._line)

    def close(self) -> None:
        """End the process, even during a task."""
        self._is_closed = True
        self._drop()

    def _submit(
        self,
        function: Callable[..., Result],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> Future[Result]:
        """Submit a task, starting the process first if there is none."""
        with self._lock:
            if self._is_closed:
                raise BrokenProcessPool
            if self._pool is None:
                theirs, self._line = self._context.Pipe(duplex=False)
                self._pool = ProcessPoolExecutor(
                    1, self._context, _begin, initargs=(theirs,)
                )
                with _signals_wait():
                    future = self._pool.submit(function, *args, **kwargs)
                # The process has inherited its end of the pipe; this copy would keep
                # the pipe open.
                theirs.close()
                if self._is_asked:
                    _ring(self._line)
                return future
            return self._pool.submit(function, *args, **kwargs)

    def _drop(self) -> None:
        """Close the pipe to the process and wait for its end."""
        with self._lock:
            pool, line = self._pool, self._line
            self._pool = self._line = None
        if line is not None:
            line.close()
        if pool is not None:
            pool.shutdown()


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Block signals in a process started meanwhile, until it can ignore them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, FOR_THE_FIRST)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ring(line: Connection) -> None:
    """Send a stop request on a pipe, unless it is broken."""
    with suppress(OSError):
        line.send(None)


def _begin(line: Connection) -> None:
    """Initialise a worker process: ignore signals and listen to its pipe."""
    # A terminal sends Ctrl-C to every process; the parent decides for all.
    for number in FOR_THE_FIRST:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, FOR_THE_FIRST)
    stop = threading.Event()
    STOP.set(stop)

    def listen() -> None:
        try:
            while True:
                line.recv()
                stop.set()
        except (EOFError, OSError):
            os._exit(1)

    threading.Thread(target=listen, name="line", daemon=True).start()
