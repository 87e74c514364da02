"""M-01: burdens lie even among peers, the people who may bear them on equal terms.

Uneven: three full-timers who do nights have 5, 4 and 2 of them. Even: 4, 4, 3.

Source: project.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.constraints.wanted import of_kind
from scheduler.domain.shifts import ShiftKind
from scheduler.modelling.linear import LinearSum

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.model import RosterModel
    from scheduler.rulebook import Rule

ON_CALL = "on_call"
REST_DAY = "rest_day"


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Price the spread of every burden within every group of peers."""
    scope = model.scope(rule, "spread")
    for wanted, groups in _burdens(problem):
        for group in groups:
            counts = [_count(model, problem, member, wanted) for member in group]
            if len(group) > 1 and any(count.terms for count in counts):
                spread = model.largest(counts) - model.smallest(counts)
                scope.at_most(spread, rule.int("spread_free"))


def _burdens(
    problem: Problem,
) -> Iterator[tuple[ShiftKind | str, Iterable[list[StaffMember]]]]:
    """Yield every burden with those who may bear it, in groups of peers."""
    staff = problem.staff
    on_nights = [m for m in staff if _does(problem, m, ShiftKind.NIGHT)]
    yield ShiftKind.NIGHT, _alike(on_nights, _employment, _night_limits)
    yield ON_CALL, _alike([m for m in staff if m.on_call], _employment)
    yield REST_DAY, _alike([m for m in staff if m.shifts], _employment)
    for kind in (ShiftKind.EARLY, ShiftKind.LATE):
        able = [m for m in staff if _does(problem, m, kind)]
        yield kind, _alike(able, _employment, _jobs)


def _count(
    model: RosterModel,
    problem: Problem,
    member: StaffMember,
    burden: ShiftKind | str,
) -> LinearSum:
    period = problem.period
    if burden == ON_CALL:
        return LinearSum.total(model.on_call(member, date) for date in period.dates)
    if burden == REST_DAY:
        rest = filter(period.is_day_of_rest, period.dates)
        return LinearSum.total(model.starts(member, date) for date in rest)
    wanted = of_kind(ShiftKind(burden))
    return LinearSum.total(model.starts(member, date, wanted) for date in period.dates)


def _does(problem: Problem, member: StaffMember, kind: ShiftKind) -> bool:
    return any(problem.shift_by_symbol[s].kind is kind for s in member.shifts)


def _alike(
    people: Iterable[StaffMember], *traits: Callable[[StaffMember], Hashable]
) -> Iterable[list[StaffMember]]:
    groups: dict[Hashable, list[StaffMember]] = defaultdict(list)
    for member in people:
        groups[tuple(trait(member) for trait in traits)].append(member)
    return groups.values()


def _employment(member: StaffMember) -> Hashable:
    contract = member.contract
    return (
        contract.full_time,
        contract.short_time_30h,
        contract.days_per_week_max,
        frozenset(contract.weekdays),
        contract.public_holidays,
        member.no_night,
        member.no_flex,
        member.employed,
    )


def _night_limits(member: StaffMember) -> Hashable:
    return member.contract.nights_min, member.contract.nights_max


def _jobs(member: StaffMember) -> Hashable:
    return frozenset(member.roles), frozenset(member.shifts)
