"""P-08: a limit on how often a shift, or a kind of shift, is worked in a row.

Breach, early shifts, twice at most::

    A 早早早休

Correct::

    A 早早日早
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.stints import Stint
from scheduler.domain.office import Hold
from scheduler.domain.shifts import Shift


def check(case: RuleCase) -> Findings:
    """Find each shift beyond the limit of its run, the tail included."""
    for shift in case.problem.shifts:
        most = shift.in_a_row_most
        if most is None or shift.in_a_row_held is Hold.OFF:
            continue
        for member in case.staff:
            own = [
                stint
                for stint in case.timeline.stints[member.name]
                if _is_alike(stint.shift, shift)
            ]
            for stint, length in _lengths(own):
                if length > most and stint.date in case.period:
                    yield case.once(
                        shift.in_a_row_held.value,
                        member.name,
                        required=most,
                        actual=length,
                        date=stint.date,
                        facts={"name": shift.symbol},
                    )


def _is_alike(other: Shift, shift: Shift) -> bool:
    if shift.in_a_row_by_kind:
        return other.kind is shift.kind and other.own_kind is None
    return other.symbol == shift.symbol


def _lengths(stints: list[Stint]) -> Iterator[tuple[Stint, int]]:
    """Yield each stint with the length of the run up to it.

    The next shift of a run begins a date later, or two after one past midnight.
    """
    length, before = 0, None
    for stint in stints:
        apart = (stint.date - before.date).days if before else 0
        goes_on = apart == 1 or (
            apart == 2 and before is not None and before.shift.passes_midnight
        )
        length = length + 1 if goes_on else 1
        before = stint
        yield stint, length
