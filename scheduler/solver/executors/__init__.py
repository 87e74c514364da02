"""Run tasks in processes of this machine or on a Dask cluster.

Both are executors as in `concurrent.futures`: callers submit functions and plain data
and need not know where they run.  A task whose process died is run again.
"""

from scheduler.solver.executors.cluster import NoCluster, dask
from scheduler.solver.executors.processes import (
    Workers,
    cores,
    died,
    ended,
    gone,
    is_unanswered,
    local,
    stop_request,
)

__all__ = [
    "NoCluster",
    "Workers",
    "cores",
    "dask",
    "died",
    "ended",
    "gone",
    "is_unanswered",
    "local",
    "stop_request",
]
