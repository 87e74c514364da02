"""Prechecks: what counting alone shows about a month, before any search.

Each line compares what is required with what is possible.  Possible is an upper bound:
all that a legal roster could still use counts at its most.  *Impossible* is therefore
a proof.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.precheck import Line, Mend, joined
from scheduler.domain.problem import Problem
from scheduler.precheck.by_clock import once_a_reason, one_line_a_cause
from scheduler.precheck.care import care
from scheduler.precheck.cells import Cells
from scheduler.precheck.contract_mends import (
    FIELDS,
    contract_mends,
    mends_for_all,
    night_mends,
)
from scheduler.precheck.contracts import contracts
from scheduler.precheck.events import events
from scheduler.precheck.hours import hours
from scheduler.precheck.mends import Trials
from scheduler.precheck.nights import nights
from scheduler.precheck.office import capacity, nurse_hours, qualified, visits, wishes
from scheduler.precheck.on_call import on_call
from scheduler.precheck.pins import pins

TOPICS = (
    *(capacity, nights, on_call, care, visits, hours, nurse_hours),
    *(qualified, events, wishes, contracts, pins),
)
"""One function a topic, in the order of the report."""


def precheck(problem: Problem) -> tuple[Line, ...]:
    """Return the sums of a problem, topic by topic.

    Parameters
    ----------
    problem
        A problem without mistakes; its agreements count.
    """
    cells = Cells(problem)
    lines = joined(line for topic in TOPICS for line in topic(cells))
    return tuple(once_a_reason(one_line_a_cause(_with_mends(cells, lines))))


def _with_mends(cells: Cells, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with the changes that would mend short hours and contracts."""
    short = [line for line in lines if line.code in ("hours_short", "hours_span")]
    trials = Trials(cells) if short else None
    found = []
    for line in lines:
        mends: tuple[Mend, ...] = ()
        if line.code in FIELDS and line.is_impossible:
            mends = tuple(contract_mends(cells.problem, line))
        elif line.code == "night_month" and line.is_impossible:
            mends = tuple(night_mends(cells, line))
        elif line.code == "contract_nights" and line.is_impossible:
            mends = tuple(mends_for_all(cells, line))
        elif trials is not None and line in short:
            mends = tuple(trials.mends(line, short))
        found.append(line.model_copy(update={"mends": mends}))
    return tuple(found)
