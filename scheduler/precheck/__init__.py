"""What can be said about a month before any search, by counting alone.

Each line is a sum with both its sides.  *Impossible* is said only where the sum proves
it: everything that a legal roster could still use is counted at its most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.precheck import joined
from scheduler.precheck.care import care
from scheduler.precheck.cells import Cells
from scheduler.precheck.contracts import contracts
from scheduler.precheck.hours import hours
from scheduler.precheck.mends import with_mends
from scheduler.precheck.nights import nights
from scheduler.precheck.office import capacity, qualified, wishes
from scheduler.precheck.on_call import on_call
from scheduler.precheck.pins import pins

if TYPE_CHECKING:
    from scheduler.domain.precheck import Line
    from scheduler.domain.problem import Problem

TOPICS = (capacity, nights, on_call, care, hours, qualified, wishes, contracts, pins)
"""One module a topic, in the order in which they are told."""


def precheck(problem: Problem) -> tuple[Line, ...]:
    """Return what the sums of a problem say, topic by topic.

    Parameters
    ----------
    problem
        A problem without mistakes; what has been agreed on is part of it.
    """
    cells = Cells(problem)
    lines = joined(line for topic in TOPICS for line in topic(cells))
    return with_mends(cells, lines)
