"""Check that the parts of a problem fit together, and report all mistakes at once.

The types validate single values; checked here are names that must exist, dates that
must lie in the period, breaks that must lie in their shift, and limits that contradict
each other.  Texts for the codes are in `scheduler.wording.mistakes`.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.consistency import (
    history,
    kinds,
    office,
    people,
    registrants,
    wishes,
)
from scheduler.audit.consistency.history import roster_mistakes
from scheduler.audit.consistency.report import mistake, texts_mistakes
from scheduler.domain.errors import Mistake
from scheduler.domain.problem import Problem
from scheduler.rulebook import RulebookError, rules_of

__all__ = ["mistakes", "roster_mistakes", "warnings"]


def mistakes(problem: Problem) -> tuple[Mistake, ...]:
    """Return everything that makes a problem unusable, in the order of its parts.

    Returns
    -------
    tuple of Mistake
        ``loc`` of each is the path to the value in the problem.
    """
    return (
        *texts_mistakes(problem),
        *office.office_mistakes(problem),
        *office.shift_mistakes(problem),
        *kinds.kind_mistakes(problem),
        *_by_law(problem),
        *people.people_mistakes(problem),
        *registrants.user_mistakes(problem),
        *history.forecast_mistakes(problem),
        *wishes.request_mistakes(problem),
        *wishes.event_mistakes(problem),
        *people.pair_mistakes(problem),
        *people.limit_mistakes(problem),
        *people.task_mistakes(problem),
        *wishes.pin_mistakes(problem),
        *kinds.spell_mistakes(problem),
        *history.history_mistakes(problem),
        *history.ledger_mistakes(problem),
        *wishes.agreement_mistakes(problem),
    )


def warnings(problem: Problem) -> tuple[Mistake, ...]:
    """Return oddities of the input that do not prevent a roster but look unintended."""
    return (
        *office.office_warnings(problem),
        *office.profile_warnings(problem),
        *people.people_warnings(problem),
        *registrants.user_warnings(problem),
        *history.forecast_warnings(problem),
        *wishes.request_warnings(problem),
        *wishes.event_warnings(problem),
        *people.task_warnings(problem),
        *people.pair_warnings(problem),
        *people.newcomer_warnings(problem),
        *wishes.quota_warnings(problem),
        *kinds.spell_warnings(problem),
        *history.history_warnings(problem),
        *wishes.agreement_warnings(problem),
    )


def _by_law(problem: Problem) -> Iterator[Mistake]:
    try:
        rulebook = rules_of(problem)
    except RulebookError as error:
        yield mistake("no_rules_for_period", ("period", "first"), rule=error)
        return
    yield from office.above_the_law(problem, rulebook["D"])
    yield from office.short_breaks(problem, rulebook["F-05"])
    yield from kinds.spell_shifts(problem, rulebook["F-05"])
    yield from people.short_times(problem, rulebook["B-05"])
    yield from office.break_on_call(problem)
