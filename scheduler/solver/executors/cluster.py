"""Run tasks on the workers of a Dask cluster."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from scheduler import __version__
from scheduler.domain.errors import SchedulerError
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.executors.processes import STOP, Workers
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from distributed import Client

Given = ParamSpec("Given")
Result = TypeVar("Result")

SCHEMES = ("tcp", "tls", "ucx", "ws", "wss", "inproc")
"""URL schemes of Dask addresses."""

KNOCKED = ("tcp", "tls", "ws", "wss")
"""Schemes whose addresses can be tested by opening a TCP connection."""


class NoCluster(SchedulerError):
    """A cluster cannot be used; the message says why, and what to do."""


@contextmanager
def dask(address: str) -> Iterator[Workers]:
    """Open a context with the workers of a Dask cluster.

    On an exception the context drops all tasks, otherwise it waits for them.

    Parameters
    ----------
    address
        Address of the Dask scheduler, such as ``tcp://host:8786``.  Every worker needs
        this version of this package.

    Raises
    ------
    NoCluster
        If Dask is not installed, the scheduler does not answer, or the workers have no
        or another version of this package.
    """
    with _client(address) as client:
        workers = _Dask(client)
        try:
            yield workers
        except BaseException:
            workers.shutdown(wait=False)
            raise
        workers.shutdown(wait=not workers.is_gone)


class _Dask(Workers):
    """The workers of a cluster; Dask itself runs tasks of killed workers again."""

    def __init__(self, client: Client) -> None:
        from distributed import Event

        self.at_once = sum(client.nthreads().values())
        self._client = client
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

    @property
    def is_gone(self) -> bool:
        # When the client is reconnecting, its tasks are lost already.
        return self._client.status != "running"

    def ask_to_stop(self) -> None:
        def ask() -> None:
            with suppress(Exception):
                self._stop.set()

        # In a thread, so that a cluster that does not answer blocks nobody.
        threading.Thread(target=ask, name="ask", daemon=True).start()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)


def _run_on_cluster(
    name: str,
    function: Callable[..., Result],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> Result:
    """Run a task in a thread of a worker, polling for a stop request meanwhile."""
    from distributed import Event, get_client

    asked = Event(name, client=get_client())
    stop, done = threading.Event(), threading.Event()

    def listen() -> None:
        while not (done.is_set() or stop.is_set()):
            # A scheduler that cannot be reached counts as no stop request.
            with suppress(Exception):
                if asked.is_set():
                    stop.set()
            done.wait(BUDGETS.workers.ask)

    if asked.is_set():
        stop.set()
    threading.Thread(target=listen, name="stop", daemon=True).start()
    before = STOP.set(stop)
    try:
        return function(*args, **kwargs)
    finally:
        STOP.reset(before)
        done.set()


@contextmanager
def _client(address: str) -> Iterator[Client]:
    """Open a client of a cluster, after checking that the cluster is usable."""
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        text = _("Dask is not installed here: pip install 'shotaki[dask]'")
        raise NoCluster(text) from error
    no_answer = _("No Dask scheduler answers at {address}. Is it running?")
    _silence()
    try:
        _reach(address)
        client = Client(address, timeout=BUDGETS.workers.connect, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(no_answer.format(address=address)) from error
    try:
        _check(client, address)
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=BUDGETS.workers.close)


def _silence() -> None:
    """Silence the loggers of Dask; errors are reported as `NoCluster` in one line.

    Each logger is set, because Dask configures them one by one.
    """
    for name in tuple(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _reach(address: str) -> None:
    """Check that the address accepts a connection, which Dask would retry for long.

    Raises
    ------
    OSError, ValueError
        If the connection is refused, or the address is not valid.
    """
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme not in SCHEMES:
        raise ValueError(parts.scheme)
    if parts.scheme in KNOCKED:
        if not parts.hostname or not parts.port:
            raise ValueError(address)
        socket.create_connection(
            (parts.hostname, parts.port), timeout=BUDGETS.workers.connect
        ).close()


def _check(client: Client, address: str) -> None:
    """Refuse a cluster without workers, or with another version of this package."""
    try:
        versions = client.run(_version, on_error="return")
    except Exception as error:
        text = _("The workers of {address} cannot run shotaki: {error}")
        raise NoCluster(text.format(address=address, error=error)) from error
    if not versions:
        text = _("No worker has come to the Dask scheduler at {address} yet.")
        raise NoCluster(text.format(address=address))
    for found in versions.values():
        if isinstance(found, ModuleNotFoundError):
            text = _("A worker of {address} lacks a package: {name}")
            raise NoCluster(text.format(address=address, name=found.name))
        if not isinstance(found, str):
            text = _("The workers of {address} cannot run shotaki: {error}")
            raise NoCluster(text.format(address=address, error=found))
    others = {found for found in versions.values() if found != __version__}
    if others:
        text = _("Workers of {address} have shotaki {others}; here it is {own}.")
        names = ", ".join(sorted(others))
        raise NoCluster(text.format(address=address, others=names, own=__version__))


def _version() -> str:
    return __version__
