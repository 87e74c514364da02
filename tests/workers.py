"""Other workers than `local`: a Dask cluster on this machine, this process itself."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from scheduler.solver.executors import Workers
from tests.programs import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from distributed import Client


class Here(Workers):
    """The test's own process, where only what becomes of the results is asked."""

    at_once = 1

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        task: Future[Any] = Future()
        task.set_result(fn(*args, **kwargs))
        return task

    def ask_to_stop(self) -> None:
        """Do nothing: no task is still running."""


@contextmanager
def a_cluster(folder: Path) -> Iterator[tuple[str, Client]]:
    """Start a scheduler and two workers; yield the address and a client.

    The scheduler writes its address into the folder.
    """
    file = folder / "scheduler.json"
    common = ("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard")

    def start(program: str, *options: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *common, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    from distributed import Client

    with ExitStack() as stack:

        def ended(process: subprocess.Popen[bytes]) -> None:
            process.kill()
            process.wait()

        # Where this process is killed itself, they end once nothing is asked of them.
        idle = ("--idle-timeout", f"{PATIENCE} seconds")
        stack.callback(ended, start("dask_scheduler", "--port", "0", *idle))
        alone = ("--death-timeout", f"{PATIENCE}")
        for _number in range(2):
            worker = start("dask_worker", "--nthreads", "1", "--no-nanny", *alone)
            stack.callback(ended, worker)
        deadline = time.monotonic() + PATIENCE
        # The scheduler makes the file before it writes into it.
        while not (file.exists() and file.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        address: str = json.loads(file.read_text())["address"]
        client = Client(address, set_as_default=False)
        stack.callback(client.close)
        client.wait_for_workers(2, timeout=PATIENCE)
        yield address, client
