"""Whether the parts of a problem fit together: all that is wrong, at once.

The types see to single values; here are names that must exist, dates that must lie in
the period, breaks that must lie in their shift, and limits that contradict each other.
Words for the codes stand in `scheduler.wording.mistakes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency import (
    agreements,
    company,
    dates,
    history,
    hopes,
    ledger,
    office,
    people,
    pins,
    profiles,
    shift_table,
    texts,
    wishes,
)
from scheduler.audit.consistency.finished import mistakes as roster_mistakes
from scheduler.audit.consistency.report import mistake
from scheduler.rulebook import RulebookError, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem

__all__ = ["mistakes", "roster_mistakes", "warnings"]


def mistakes(problem: Problem) -> tuple[Mistake, ...]:
    """Return everything that makes a problem unusable, in the order of its parts.

    Returns
    -------
    tuple of Mistake
        ``loc`` of each is the path to the value in the problem.
    """
    return (
        *texts.mistakes(problem),
        *office.mistakes(problem),
        *shift_table.mistakes(problem),
        *_by_law(problem),
        *people.mistakes(problem),
        *dates.mistakes(problem),
        *hopes.mistakes(problem),
        *company.mistakes(problem),
        *pins.mistakes(problem),
        *history.mistakes(problem),
        *ledger.mistakes(problem),
        *agreements.mistakes(problem),
    )


def warnings(problem: Problem) -> tuple[Mistake, ...]:
    """Return what a roster can be made with, but is likely not meant."""
    return (
        *office.warnings(problem),
        *profiles.warnings(problem),
        *people.warnings(problem),
        *dates.warnings(problem),
        *hopes.warnings(problem),
        *company.warnings(problem),
        *wishes.warnings(problem),
        *history.warnings(problem),
        *agreements.warnings(problem),
    )


def _by_law(problem: Problem) -> Iterator[Mistake]:
    try:
        rulebook = load(problem.period)
    except RulebookError as error:
        yield mistake("no_rules_for_period", ("period", "first"), rule=error)
        return
    yield from office.above_the_law(problem, rulebook["D"])
    yield from shift_table.short_breaks(problem, rulebook["F-05"])
    yield from people.short_times(problem, rulebook["B-05"])
    yield from office.break_on_call(problem)
