"""Run tasks in processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from scheduler.solver.budgets import BUDGETS
from scheduler.solver.executors.workers import STOP, Workers

Given = ParamSpec("Given")
Result = TypeVar("Result")

FOR_THE_FIRST = {
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
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
