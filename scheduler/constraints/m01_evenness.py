"""M-01: burdens lie even among people of equal standing.

Uneven: three full-timers with the same contract have 5, 4 and 2 nights. Even: 4, 4, 3.

Source: project.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.constraints.wanted import of_kind
from scheduler.domain.shifts import ShiftKind
from scheduler.modelling.linear import LinearSum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Price the spread of every burden within every group of equals."""
    scope = model.scope(rule, "spread")
    for group in _equals(problem):
        for counts in _burdens(model, problem, group):
            if any(count.terms for count in counts):
                spread = model.largest(counts) - model.smallest(counts)
                scope.at_most(spread, rule.int("spread_free"))


def _equals(problem: Problem) -> list[list[StaffMember]]:
    """Group the staff by everything that decides what they could be given."""
    groups: dict[tuple[object, ...], list[StaffMember]] = defaultdict(list)
    for member in problem.staff:
        contract = member.contract
        standing = (
            contract.full_time,
            contract.short_time_30h,
            contract.days_per_week_max,
            frozenset(contract.weekdays),
            contract.public_holidays,
            contract.nights_min,
            contract.nights_max,
            frozenset(member.roles),
            frozenset(member.shifts),
            member.on_call,
            member.no_night,
            member.no_flex,
            member.employed,
        )
        groups[standing].append(member)
    return [group for group in groups.values() if len(group) > 1]


def _burdens(
    model: RosterModel, problem: Problem, group: list[StaffMember]
) -> Iterator[list[LinearSum]]:
    period = problem.period
    for kind in (ShiftKind.NIGHT, ShiftKind.EARLY, ShiftKind.LATE):
        yield [
            LinearSum.total(
                model.starts(member, date, of_kind(kind)) for date in period.dates
            )
            for member in group
        ]
    yield [
        LinearSum.total(model.on_call(member, date) for date in period.dates)
        for member in group
    ]
    yield [
        LinearSum.total(
            model.starts(member, date)
            for date in period.dates
            if period.is_day_of_rest(date)
        )
        for member in group
    ]
