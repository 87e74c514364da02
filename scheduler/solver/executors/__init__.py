"""Work spread over processes: those of this machine, or those of a Dask cluster.

Both are executors of `concurrent.futures`, so whoever has many things to work out
submits functions and plain data and does not know where they run.  A task whose
process died is run again.
"""

from scheduler.solver.executors.cluster import NoCluster, dask
from scheduler.solver.executors.processes import cores, local
from scheduler.solver.executors.workers import (
    Workers,
    died,
    ended,
    gone,
    is_unanswered,
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
