"""Work that contracts leave out, and that their people could still be asked for."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from scheduler.domain.agreements import ON_CALL, Spot
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Shift


def extra_duties(
    problem: Problem, dates: Collection[dt.date], moved: Collection[Shift]
) -> Iterator[Spot]:
    """Yield limits on dates and kinds of duty (L-01) that may give way.

    Nobody is asked for a kind of shift that is none of theirs: no nights of those who
    do none.  Nights on call are asked of those who do nights.

    Parameters
    ----------
    dates
        On which people may be asked.
    moved
        Shifts with other clock times, which are in nobody's contract.
    """
    for member, date in product(problem.staff, dates):
        kinds = {problem.shift_by_symbol[symbol].kind for symbol in member.shifts}
        names = [
            shift.symbol
            for shift in (*problem.shifts, *moved)
            if shift.kind in kinds and not shift.on_request
        ]
        on_call = [ON_CALL] if ShiftKind.NIGHT in kinds else []
        cell = Spot(rule="L-01", facet="available", staff=member.name, date=date)
        yield cell
        for name in (*names, *on_call):
            yield cell.model_copy(update={"facet": "duty", "name": name})
