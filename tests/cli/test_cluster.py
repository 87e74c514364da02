"""A Dask cluster, with real processes: the same results, and nobody lost with it."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.audit.figures.summary import BatchVerdict
from scheduler.domain.errors import Exit
from scheduler.files.rosters import read_roster
from scheduler.files.samples import SAMPLE_MONTH, SAMPLES
from scheduler.solver.executors import dask, died
from tests.cli.test_batch import made, named, written
from tests.support.programs import PATIENCE
from tests.support.tasks import until_stopped
from tests.support.tiny import AWAY_ON_FIRST
from tests.support.workers import RUNNING, a_cluster, what_they_did
from tests.whatif.test_resilience import every_outcome, judged_here, the_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client


def test_a_task_that_kills_workers_is_told_apart() -> None:
    """By the name of what Dask raises."""
    from distributed import KilledWorker

    assert died(KilledWorker("make", None, 3))
    assert not died(ValueError())


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Client]]:
    """Start a cluster for the tests below, the last of which ends it."""
    with a_cluster(tmp_path_factory.mktemp("cluster")) as known:
        yield known


@pytest.fixture(autouse=True)
def _a_failed_test_shows_what_they_did(
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Print what the processes of the cluster printed, and where they stand."""
    before = request.session.testsfailed
    yield
    if request.session.testsfailed > before:
        for folder in RUNNING:
            print(what_they_did(folder))


def test_a_cluster_hears_the_wish_to_stop(cluster: tuple[str, Client]) -> None:
    address, _client = cluster
    with dask(address) as workers:
        task = workers.submit(until_stopped)
        workers.ask_to_stop()
        assert task.result(PATIENCE)


def test_every_absence_is_judged_as_in_one_process(
    cluster: tuple[str, Client],
) -> None:
    with dask(cluster[0]) as workers:
        assert the_map(every_outcome(), workers) == judged_here()


def test_a_worker_killed_midway_loses_nothing(
    cluster: tuple[str, Client], tmp_path: Path
) -> None:
    """Four offices, two workers, of which one dies at work: all end all the same."""
    address, client = cluster
    offices = {f"o{n}": named(f"事業所{n}") for n in range(3)}
    offices["s"] = named("不足", **AWAY_ON_FIRST)
    sources = written(tmp_path, **offices)
    processes = client.run(os.getpid)
    gone: list[str] = []

    def kill_one() -> None:
        """Kill the first worker that is seen to have an office."""
        deadline = time.monotonic() + PATIENCE
        while not gone and time.monotonic() < deadline:
            busy = [name for name, tasks in client.processing().items() if tasks]
            for name in busy[:1]:
                os.kill(processes[name], signal.SIGKILL)
                gone.append(name)
            time.sleep(0.01)

    killer = threading.Thread(target=kill_one, daemon=True)
    with dask(address) as workers:
        assert workers.at_once == 2
        killer.start()
        there = made(sources, tmp_path / "there", workers)
    killer.join(PATIENCE)
    assert len(gone) == 1
    verdicts = [office.verdict for office in there]
    assert verdicts == [*[BatchVerdict.LEGAL] * 3, BatchVerdict.SHORT]
    for office in there:
        assert office.path is not None
        assert read_roster(Path(office.path)).problem.office.name == office.name


def test_a_cluster_that_is_gone_is_told(
    cluster: tuple[str, Client], tmp_path: Path
) -> None:
    """Its scheduler is killed at work: what has come is kept, the rest is no fault."""
    address, client = cluster
    big = SAMPLES["sakura"](SAMPLE_MONTH)
    sources = written(tmp_path, tiny=named("小"), big=big, more=big, last=big)
    scheduler = client.run_on_scheduler(os.getpid)
    with dask(address) as workers:
        offices = made(
            sources,
            tmp_path / "out",
            workers,
            on_office=lambda office: os.kill(scheduler, signal.SIGKILL),
        )
        assert workers.is_gone
    verdicts = [office.verdict for office in offices]
    assert verdicts == [BatchVerdict.LEGAL, *[BatchVerdict.LOST] * 3]
    assert {office.exit for office in offices[1:]} == {Exit.OUT_OF_TIME}
    assert not any(office.report for office in offices)
