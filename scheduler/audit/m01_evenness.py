"""M-01: burdens shared evenly among people of equal standing.

Breach: A and B are equals; three nights against none, two beyond the one allowed::

    A 夜明夜明夜明
    B 日日日日日日

Correct::

    A 夜明夜明日日
    B 日日日日夜明
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.audit.witness import witness
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


BURDENS = ("night", "on_call", "rest_day", "early", "late")
"""Nights, nights on call, shifts on Saturdays, Sundays and holidays, early, late."""

OWN_HOURS = {"day_minutes", "minutes_min", "minutes_max", "days_off_min"}
"""Fields of a contract in which equals may differ."""


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find groups of equals in which one has too many of a burden, another too few."""
    free = rule.int("spread_free")
    for group in _groups(problem):
        loads = {person: _load(timeline, problem, person) for person in group}
        for burden in BURDENS:
            counts = {person: load[burden] for person, load in loads.items()}
            most, fewest = max(counts.values()), min(counts.values())
            if most - fewest > free:
                yield witness(
                    problem,
                    rule,
                    "spread",
                    most - fewest - free,
                    required=fewest + free,
                    actual=most,
                    people=tuple(p for p, count in counts.items() if count == most),
                    facts={
                        "burden": burden,
                        "most": most,
                        "fewest": fewest,
                        "group": "、".join(group),
                    },
                )


def _groups(problem: Problem) -> list[list[StaffId]]:
    groups: dict[Hashable, list[StaffId]] = defaultdict(list)
    for member in problem.staff:
        groups[_standing(member)].append(member.name)
    return list(groups.values())


def _standing(member: StaffMember) -> Hashable:
    """Return what two people must have in common to be equals."""
    agreed = member.contract.model_dump(exclude={*OWN_HOURS, "weekdays"})
    return (
        tuple(agreed.values()),
        frozenset(member.contract.weekdays),
        frozenset(member.roles),
        frozenset(member.shifts),
        member.on_call,
        member.no_night,
        member.no_flex,
        member.employed,
    )


def _load(timeline: Timeline, problem: Problem, person: StaffId) -> dict[str, int]:
    stints = list(timeline.stints_of_period(person))
    kinds = [stint.shift.kind for stint in stints]
    return {
        "night": kinds.count(ShiftKind.NIGHT),
        "on_call": sum(1 for _ in timeline.standbys_of_period(person)),
        "rest_day": sum(problem.period.is_day_of_rest(one.date) for one in stints),
        "early": kinds.count(ShiftKind.EARLY),
        "late": kinds.count(ShiftKind.LATE),
    }
