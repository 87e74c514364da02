"""The processes among which a command spreads its work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.solver.executors import Workers


@contextmanager
def opened(
    processes: int | None = None, *, most: int | None = None, address: str | None = None
) -> Iterator[Workers]:
    """Give workers, of a Dask cluster or here, that end with the command.

    Parameters
    ----------
    processes
        How many work here; one for each core if not given.
    most
        As many as there is work for.
    address
        Of the scheduler of a Dask cluster, if that is to work.
    """
    from scheduler.files.leftovers import closed_by
    from scheduler.solver.executors import cores, dask, local

    if address is not None:
        with dask(address) as workers:
            yield workers
        return
    wanted = processes or cores()
    here = wanted if most is None else max(1, min(wanted, most))
    with local(here) as workers, closed_by(workers.end):
        yield workers
