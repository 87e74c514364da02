"""M-01: burdens shared evenly among peers, who may bear them on equal terms.

Breach: A and B are peers; three nights against none, two beyond the one allowed::

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

TERMS = {"full_time", "short_time_30h", "days_per_week_max", "public_holidays"}
"""Fields of a contract that make two people's terms of employment equal."""


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find groups of peers in which one has too many of a burden, another too few."""
    free = rule.int("spread_free")
    loads = {m.name: _load(timeline, problem, m.name) for m in problem.staff}
    for burden in BURDENS:
        for group in _peers(problem, burden):
            counts = {person: loads[person][burden] for person in group}
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


def _peers(problem: Problem, burden: str) -> list[list[StaffId]]:
    """Return the people who may bear a burden, in groups on equal terms."""
    groups: dict[Hashable, list[StaffId]] = defaultdict(list)
    for member in problem.staff:
        kinds = {problem.shift_by_symbol[one].kind.value for one in member.shifts}
        able = {"on_call": member.on_call, "rest_day": bool(kinds)}
        if able.get(burden, burden in kinds):
            groups[_terms(member, burden)].append(member.name)
    return list(groups.values())


def _terms(member: StaffMember, burden: str) -> Hashable:
    contract = member.contract
    terms = (
        tuple(contract.model_dump(include=TERMS).values()),
        frozenset(contract.weekdays),
        member.no_night,
        member.no_flex,
        member.employed,
    )
    if burden == "night":
        return (*terms, contract.nights_min, contract.nights_max)
    if burden in ("early", "late"):
        return (*terms, frozenset(member.roles), frozenset(member.shifts))
    return terms


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
