"""F-13: how many nights, how many in a row, and how many days of work in a row.

Breach: 夜明夜明夜 with at most two nights in a row; work on seven dates running with at
most six. Correct: 夜明夜明休; six dates, the last of them 明.

Source: JNA guideline; the limits are the office's.
"""

from __future__ import annotations

import datetime as dt
from itertools import accumulate, product
from typing import TYPE_CHECKING

from scheduler.constraints.wanted import is_night, nights_of
from scheduler.modelling.linear import LinearSum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit nights and runs of work, with the tail in view."""
    settings = problem.office.settings
    most = model.scope(rule, "nights_most")
    wished = model.scope(rule, "nights_wished")
    chain = model.scope(rule, "nights_in_a_row")
    runs = {
        "days_in_a_row_most": settings.days_in_a_row_most,
        "days_in_a_row_wished": settings.days_in_a_row_wished,
    }
    for member in problem.staff:
        nights = nights_of(model, problem, member)
        if settings.nights_most is not None:
            most.at_most(nights, settings.nights_most)
        own = max(settings.nights_wished, member.contract.nights_min or 0)
        wished.at_most(nights, own)
        for nights_in_a_row in _chains(model, problem, member):
            chain.at_most(nights_in_a_row, settings.nights_in_a_row_most)
        for facet, limit in runs.items():
            scope = model.scope(rule, facet)
            for touched in _runs(model, problem, member, limit + 1):
                scope.at_most(touched, limit)


def _chains(
    model: RosterModel, problem: Problem, member: StaffMember
) -> Iterator[LinearSum]:
    """Yield every set of nights that would make a chain one too long."""
    limit = problem.office.settings.nights_in_a_row_most
    for last in problem.period.dates:
        for steps in product((1, 2), repeat=limit):
            back = (0, *accumulate(steps))
            yield LinearSum.total(
                model.starts(member, last - dt.timedelta(days=days), is_night)
                for days in back
            )


def _runs(
    model: RosterModel, problem: Problem, member: StaffMember, length: int
) -> Iterator[LinearSum]:
    """Yield the touched dates of every run of ``length`` that ends in the period."""
    for last in problem.period.dates:
        run = (last - dt.timedelta(days=days) for days in range(length))
        yield LinearSum.total(LinearSum(1) - model.free(member, date) for date in run)
