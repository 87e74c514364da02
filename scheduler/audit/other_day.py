"""What is found once another day is expected, of the rules that read the forecast.

No other rule can find anything else: their checks do not know what is expected.  Those
of evenness and comfort, and what is only shown (M-01, N-01, A-07), know the nights and
are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit import CHECKS
from scheduler.audit.agreed import without_agreed
from scheduler.audit.rules.a06_night import check_night
from scheduler.audit.rules.k01_house_ratio import check_date
from scheduler.domain.clock import ONE_DAY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule

    CheckDate = Callable[[Timeline, Problem, Rule, dt.date], Iterator[Finding]]

READ_BY: dict[str, tuple[str, ...]] = {
    "day_users": ("A-03", "D", "K-01"),
    "overnight": ("A-06", "C-03", "D", "K-01"),
    "visits": ("K-01",),
}
"""By field of `ForecastDay`, the rules on law, musts and contracts that read it."""

BY_DATE: dict[str, CheckDate] = {"A-06": check_night, "K-01": check_date}
"""Rules of which a date's findings depend on that date and the night before alone."""

_CHECKS = dict(CHECKS)


def check_other_day(
    timeline: Timeline, problem: Problem, field: str, date: dt.date
) -> tuple[Finding, ...]:
    """Return all that is found at the spots that the other day can change.

    Parameters
    ----------
    timeline
        Of the roster; it does not depend on what is expected.
    problem
        The month with the other day in it.
    field
        What of the day is other.
    date
        Of the day.

    Returns
    -------
    tuple of Finding
        At each of their spots all that a whole audit would find there.
    """
    found = [
        finding
        for rule_id in READ_BY[field]
        for finding in _check(timeline, problem, rule_id, date)
    ]
    return tuple(without_agreed(found, problem.agreements, timeline.rulebook))


def _check(
    timeline: Timeline, problem: Problem, rule_id: str, date: dt.date
) -> Iterator[Finding]:
    rule = timeline.rulebook[rule_id]
    of_date = BY_DATE.get(rule_id)
    if of_date is None:
        yield from _CHECKS[rule_id](timeline, problem, rule)
        return
    for one in (date, date + ONE_DAY):
        if one in problem.period:
            yield from of_date(timeline, problem, rule, one)
