"""The workers of a Dask cluster."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from scheduler import __version__
from scheduler.domain.errors import SchedulerError
from scheduler.executors.workers import WISH, Workers
from scheduler.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from distributed import Client

Given = ParamSpec("Given")
Result = TypeVar("Result")

CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""

ASK_SECONDS = 1.0
"""How often a running task asks its cluster whether it should stop."""


class NoCluster(SchedulerError):
    """A cluster cannot be used; the text says why, and what to do."""


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
    before = WISH.set(stop)
    try:
        return function(*args, **kwargs)
    finally:
        WISH.reset(before)
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
