"""Check that the parts of a problem fit together, and report all mistakes at once.

The types validate single values; checked here are names that must exist, dates that
must lie in the period, breaks that must lie in their shift, and limits that contradict
each other.  Texts for the codes are in `scheduler.wording.mistakes`.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.consistency.history import (
    forecast_mistakes,
    forecast_warnings,
    history_mistakes,
    history_warnings,
    ledger_mistakes,
    roster_mistakes,
)
from scheduler.audit.consistency.kinds import (
    kind_mistakes,
    spell_mistakes,
    spell_shifts,
    spell_warnings,
)
from scheduler.audit.consistency.office import (
    above_the_law,
    break_on_call,
    office_mistakes,
    office_warnings,
    profile_warnings,
    shift_mistakes,
    short_breaks,
)
from scheduler.audit.consistency.people import (
    limit_mistakes,
    pair_mistakes,
    pair_warnings,
    people_mistakes,
    people_warnings,
    short_times,
    task_mistakes,
    task_warnings,
)
from scheduler.audit.consistency.registrants import user_mistakes, user_warnings
from scheduler.audit.consistency.report import mistake, texts_mistakes
from scheduler.audit.consistency.wishes import (
    agreement_mistakes,
    agreement_warnings,
    event_mistakes,
    event_warnings,
    pin_mistakes,
    quota_warnings,
    request_mistakes,
    request_warnings,
)
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
        *office_mistakes(problem),
        *shift_mistakes(problem),
        *kind_mistakes(problem),
        *_by_law(problem),
        *people_mistakes(problem),
        *user_mistakes(problem),
        *forecast_mistakes(problem),
        *request_mistakes(problem),
        *event_mistakes(problem),
        *pair_mistakes(problem),
        *limit_mistakes(problem),
        *task_mistakes(problem),
        *pin_mistakes(problem),
        *spell_mistakes(problem),
        *history_mistakes(problem),
        *ledger_mistakes(problem),
        *agreement_mistakes(problem),
    )


def warnings(problem: Problem) -> tuple[Mistake, ...]:
    """Return oddities of the input that do not prevent a roster but look unintended."""
    return (
        *office_warnings(problem),
        *profile_warnings(problem),
        *people_warnings(problem),
        *user_warnings(problem),
        *forecast_warnings(problem),
        *request_warnings(problem),
        *event_warnings(problem),
        *task_warnings(problem),
        *pair_warnings(problem),
        *quota_warnings(problem),
        *spell_warnings(problem),
        *history_warnings(problem),
        *agreement_warnings(problem),
    )


def _by_law(problem: Problem) -> Iterator[Mistake]:
    try:
        rulebook = rules_of(problem)
    except RulebookError as error:
        yield mistake("no_rules_for_period", ("period", "first"), rule=error)
        return
    yield from above_the_law(problem, rulebook["D"])
    yield from short_breaks(problem, rulebook["F-05"])
    yield from spell_shifts(problem, rulebook["F-05"])
    yield from short_times(problem, rulebook["B-05"])
    yield from break_on_call(problem)
