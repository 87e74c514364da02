"""Shifts of the table moved so that they cover a stretch that is short of people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.base import ShiftId
from scheduler.domain.clock import HOUR, LATEST, Interval
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Shift

MOVES = tuple(sorted((30 * step for step in range(-6, 7) if step), key=abs))
"""Minutes by which a shift may be moved, the smallest first."""

LONGEST = 4 * HOUR
"""Stretches longer than this are no matter of a shift's hours."""

MINUTE = dt.timedelta(minutes=1)


def moved_shifts(problem: Problem, broken: Sequence[Finding]) -> Iterator[Shift]:
    """Yield each shift moved as little as needed, with a symbol of its own.

    Nights are not moved: everybody's rest hangs on them.
    """
    stretches = sorted(set(_stretches(broken)))
    known = {(shift.start, shift.end) for shift in problem.shifts}
    symbols = {shift.symbol for shift in problem.shifts}
    for shift in problem.shifts:
        if shift.kind is ShiftKind.NIGHT or shift.on_request:
            continue
        for stretch in stretches:
            moved = _moved(shift, stretch)
            if moved is not None and (moved.start, moved.end) not in known:
                known.add((moved.start, moved.end))
                symbol = _symbol(shift, symbols)
                symbols.add(symbol)
                yield moved.model_copy(update={"symbol": symbol})


def _stretches(broken: Sequence[Finding]) -> Iterator[Interval]:
    """Yield the clock times of a day on which people are missing."""
    for finding in broken:
        if finding.date and finding.begin and finding.end:
            midnight = dt.datetime.combine(finding.date, dt.time())
            begin, end = finding.begin - midnight, finding.end - midnight
            stretch = Interval(begin // MINUTE, end // MINUTE)
            if stretch.minutes <= LONGEST:
                yield stretch


def _moved(shift: Shift, stretch: Interval) -> Shift | None:
    """Move a shift over a stretch; ``None`` if it is there already or cannot be."""
    if shift.interval.covers(stretch):
        return None
    for minutes in MOVES:
        times = shift.interval.shifted(minutes)
        if times.covers(stretch) and times.start >= 0 and times.end <= LATEST:
            return shift.model_copy(
                update={
                    "start": times.start,
                    "end": times.end,
                    "cuts": tuple(cut + minutes for cut in shift.cuts),
                    "breaks": tuple(
                        tuple(rest.shifted(minutes) for rest in option)
                        for option in shift.breaks
                    ),
                }
            )
    return None


def _symbol(shift: Shift, taken: set[ShiftId]) -> ShiftId:
    """Return the shift's symbol with a number that is free."""
    number = 1
    while (symbol := ShiftId(f"{shift.symbol[:2]}{number}")) in taken:
        number += 1
    return symbol
