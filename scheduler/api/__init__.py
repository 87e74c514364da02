"""The package as a library: read, solve, audit, write (docs/api.md).

Importing it loads OR-Tools; `scheduler.domain` has the types alone.
"""

from __future__ import annotations

from scheduler.advice import advise, needs_advice
from scheduler.audit import audit
from scheduler.audit.figures.summary import Summary, summarise
from scheduler.files.problems import read_problem as read
from scheduler.files.rosters import read_roster
from scheduler.files.rosters import write_roster as write
from scheduler.solver.candidates import candidates
from scheduler.solver.solve import Progress, SearchLimits, Solution, solve

__all__ = [
    "Progress",
    "SearchLimits",
    "Solution",
    "Summary",
    "advise",
    "audit",
    "candidates",
    "needs_advice",
    "read",
    "read_roster",
    "solve",
    "summarise",
    "write",
]
