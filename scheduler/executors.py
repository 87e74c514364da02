"""Work spread over processes: those of this machine, or those of a Dask cluster.

Both are executors of `concurrent.futures`, so whoever has many things to work out
submits functions and plain data and does not know where they run.  A task whose
process died is run again.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from abc import abstractmethod
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from scheduler import __version__
from scheduler.domain.errors import SchedulerError
from scheduler.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

    from distributed import Client

Given = ParamSpec("Given")
Result = TypeVar("Result")

RETRIES = 2
"""How often a task is run again after its process died."""

CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""

ASK_SECONDS = 1.0
"""How often a running task asks its cluster whether it should stop."""

KILLED = "KilledWorker"
"""What Dask raises for a task that several workers did not survive."""

_wish: ContextVar[threading.Event] = ContextVar("wish")


class NoCluster(SchedulerError):
    """A cluster cannot be used; the text says why, and what to do."""


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
    return _wish.get(None) or threading.Event()


def died(error: BaseException) -> bool:
    """Tell whether a task failed because its process died each time."""
    # Without importing a library that need not be there.
    return (
        isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"
    )


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local(processes: int) -> Iterator[Workers]:
    """Give processes of this machine, each working on one task at a time.

    Left by an exception, it ends them at once, else when the tasks are done.

    Parameters
    ----------
    processes
        How many.  They are started anew, not forked, so the main module must be one
        that can be imported.
    """
    workers = _Local(processes)
    try:
        yield workers
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        raise
    workers.shutdown()


@contextmanager
def dask(address: str) -> Iterator[Workers]:
    """Give the workers of a Dask cluster.

    Left by an exception, it drops the tasks, else when they are done.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://host:8786``.  Every worker needs this
        package, in this version.

    Raises
    ------
    NoCluster
        If the library is missing, nobody answers, or the workers do not fit.
    """
    with _client(address) as client:
        workers = _Dask(client)
        try:
            yield workers
        except BaseException:
            workers.shutdown(wait=False)
            raise
        workers.shutdown()


class _Local(Workers):
    """Lanes with a process each, so that it is known whose task killed which."""

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
    """One process, replaced when it dies.

    A line leads to it: a message asks its task to stop, and when the line is cut, be
    it that whoever holds the other end was killed, the process ends.
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
        """Run a task; `BrokenProcessPool` if its process died each time."""
        again = RETRIES
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
        """End the process, whatever it does."""
        self._is_closed = True
        self._drop()

    def _submit(
        self,
        function: Callable[..., Result],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> Future[Result]:
        with self._lock:
            if self._is_closed:
                raise BrokenProcessPool
            if self._pool is None:
                theirs, self._line = self._context.Pipe(duplex=False)
                self._pool = ProcessPoolExecutor(
                    1, self._context, _begin, initargs=(theirs,)
                )
                future = self._pool.submit(function, *args, **kwargs)
                # Started, the process has an end of its own.
                theirs.close()
                if self._is_asked:
                    _ring(self._line)
                return future
            return self._pool.submit(function, *args, **kwargs)

    def _drop(self) -> None:
        with self._lock:
            pool, line = self._pool, self._line
            self._pool = self._line = None
        if line is not None:
            line.close()
        if pool is not None:
            pool.shutdown()


def _ring(line: Connection) -> None:
    with suppress(OSError):
        line.send(None)


def _begin(line: Connection) -> None:
    """Make a new process listen to its line alone."""
    # A terminal sends Ctrl-C to every process; the first one decides for all.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = threading.Event()
    _wish.set(stop)

    def listen() -> None:
        try:
            while True:
                line.recv()
                stop.set()
        except (EOFError, OSError):
            os._exit(1)

    threading.Thread(target=listen, name="line", daemon=True).start()


class _Dask(Workers):
    """A cluster: it runs tasks of killed workers again by itself."""

    def __init__(self, client: Client) -> None:
        from distributed import Event

        self.at_once = sum(client.nthreads().values())
        self._executor = client.get_executor(pure=False)
        self._stop = Event(client=client)

    def submit(
        self,
        fn: Callable[Given, Result],
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Future[Result]:
        future: Future[Result] = self._executor.submit(
            _run_on_cluster, self._stop.name, fn, args, kwargs
        )
        return future

    def ask_to_stop(self) -> None:
        self._stop.set()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)


def _run_on_cluster(
    name: str,
    function: Callable[..., Result],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> Result:
    """Run a task in a thread of a worker; ask for the wish to stop while it runs."""
    from distributed import Event, get_client

    asked = Event(name, client=get_client())
    stop, done = threading.Event(), threading.Event()

    def listen() -> None:
        while not (done.is_set() or stop.is_set()):
            # A scheduler that cannot be asked right now asks for nothing.
            with suppress(Exception):
                if asked.is_set():
                    stop.set()
            done.wait(ASK_SECONDS)

    if asked.is_set():
        stop.set()
    threading.Thread(target=listen, name="stop", daemon=True).start()
    before = _wish.set(stop)
    try:
        return function(*args, **kwargs)
    finally:
        _wish.reset(before)
        done.set()


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        text = _("Dask is not installed here: pip install 'shotaki[dask]'")
        raise NoCluster(text) from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        text = _("No Dask scheduler answers at {address}. Is it running?")
        raise NoCluster(text.format(address=address)) from error
    with client:
        _check(client, address)
        yield client


def _check(client: Client, address: str) -> None:
    """Refuse a cluster without workers, or with another version of this package."""
    try:
        versions = client.run(_version)
    except ModuleNotFoundError as error:
        text = _("A worker of {address} lacks a package: {name}")
        raise NoCluster(text.format(address=address, name=error.name)) from error
    if not versions:
        text = _("No worker has come to the Dask scheduler at {address} yet.")
        raise NoCluster(text.format(address=address))
    others = {found for found in versions.values() if found != __version__}
    if others:
        text = _("Workers of {address} have shotaki {others}; here it is {own}.")
        names = ", ".join(sorted(others))
        raise NoCluster(text.format(address=address, others=names, own=__version__))


def _version() -> str:
    return __version__
