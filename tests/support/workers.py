"""Other workers than `local`: a Dask cluster on this machine, this process itself."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.solver.executors import Workers
from tests.support.programs import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

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


LOOKED_AT = 2.0
"""Seconds that a process is given to write where its threads stand."""


RUNNING: dict[Path, list[subprocess.Popen[bytes]]] = {}
"""The processes of each cluster, by its folder."""


def what_they_did(folder: Path) -> str:
    """Return what the processes of a cluster printed, and where those alive stand now.

    For each process there is a file in the folder of the cluster.
    """
    for process in RUNNING.get(folder, ()):
        process.send_signal(signal.SIGUSR1)
    time.sleep(LOOKED_AT)
    texts = ((one.name, one.read_text(errors="replace")) for one in logs_in(folder))
    return "\n".join(f"--- {name}\n{text}" for name, text in texts)


def logs_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.log"))


WRITES_WHERE_IT_STANDS = """
import faulthandler, signal
faulthandler.enable()
faulthandler.register(signal.SIGUSR1, all_threads=True)
"""
"""Loaded by each process of a cluster: says where its threads stand when asked."""


@contextmanager
def a_cluster(folder: Path) -> Iterator[tuple[str, Client]]:
    """Start a scheduler and two workers; yield the address and a client.

    The scheduler writes its address into the folder, each process what it prints.  If
    they do not find each other, the error says what they printed (`what_they_did`).
    """
    file = folder / "scheduler.json"
    common = ("--scheduler-file", str(file), "--host", "127.0.0.1", "--no-dashboard")
    preload = folder / "writes_where_it_stands.py"
    preload.write_text(WRITES_WHERE_IT_STANDS, encoding="utf-8")
    processes = RUNNING[folder] = []

    def start(program: str, *options: str) -> subprocess.Popen[bytes]:
        log = folder / f"{program}-{len(logs_in(folder))}.log"
        line = (*common, "--preload", str(preload), *options)
        with log.open("wb") as printed:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *line],
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
        processes.append(process)
        return process

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
        try:
            client.wait_for_workers(2, timeout=PATIENCE)
        except TimeoutError as error:
            error.add_note(what_they_did(folder))
            raise
        yield address, client
