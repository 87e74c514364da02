"""Accounts of the months before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, repeated, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find strangers, unknown symbols, two accounts of one, more granted than asked."""
    people, shifts = problem.member_by_name, problem.shift_by_symbol
    yield from repeated(
        "duplicate_account",
        [(("ledger", i, "staff"), one.staff) for i, one in enumerate(problem.ledger)],
    )
    for i, entry in enumerate(problem.ledger):
        loc = ("ledger", i)
        yield from unknown("unknown_person", entry.staff, people, (*loc, "staff"))
        for j, one in enumerate(entry.shifts):
            at = (*loc, "shifts", j, "shift")
            yield from unknown("unknown_shift", one.shift, shifts, at)
        if entry.wishes_granted > entry.wishes_asked:
            yield mistake(
                "granted_more",
                (*loc, "wishes_granted"),
                granted=entry.wishes_granted,
                asked=entry.wishes_asked,
            )
