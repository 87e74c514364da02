"""Temporary workers who could stand by (応援・派遣)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import StaffId
from scheduler.domain.finding import Unit
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.domain.staff import REGISTERED_NURSE, Contract, DateSpan, StaffMember
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem

MOST = 3
"""Temporary workers of one kind on one date."""


class HelpKind(StrEnum):
    """What a temporary worker is called for; part of the name, like a person's."""

    DAY = "日中"
    NIGHT = "夜勤"
    NURSE = "看護"
    ON_CALL = "宿直"


class Help(NamedTuple):
    """Temporary work of a kind on a date."""

    date: dt.date
    kind: HelpKind


def help_on(
    problem: Problem, broken: Sequence[Finding], dates: Collection[dt.date]
) -> Iterator[tuple[Help, tuple[StaffMember, ...]]]:
    """Yield who could help on dates, as many as are missing there at once.

    Nurses only where a rule that speaks of nurses, or a nurse, is concerned.  Helpers
    hold what the cover rules of the date ask for.
    """
    nurses = any(_is_about_nurses(problem, finding) for finding in broken)
    for date in dates:
        for kind in HelpKind:
            number = 1 if kind is HelpKind.ON_CALL else _missing(problem, broken, date)
            if kind is HelpKind.NURSE and not nurses:
                continue
            helpers = (_helper(problem, date, kind, n) for n in range(1, number + 1))
            able = tuple(one for one in helpers if one.shifts or one.on_call)
            if able:
                yield Help(date, kind), able


def _missing(problem: Problem, broken: Sequence[Finding], date: dt.date) -> int:
    """Return how many people at once are missing on a date, one at least."""
    rulebook = load(problem.period)
    most = 1
    for finding in broken:
        if finding.date == date:
            short = abs(finding.required - finding.actual)
            facet = rulebook[finding.rule].facet[finding.facet]
            if facet.compared_in in (Unit.MINUTES, Unit.PERSON_MINUTES):
                short = -(-short // problem.office.settings.full_time_day)
            most = max(most, short)
    return min(most, MOST)


def _helper(
    problem: Problem, date: dt.date, kind: HelpKind, number: int
) -> StaffMember:
    by_night = kind is HelpKind.NIGHT
    wanted = [rule for rule in problem.cover_rules if rule.applies_on(date)]
    groups = {rule.group for rule in wanted if rule.group}
    skills = {rule.qualification for rule in wanted if rule.qualification}
    nurse = kind is HelpKind.NURSE
    on_call = kind is HelpKind.ON_CALL
    shifts = [
        shift
        for shift in problem.shifts
        if not on_call
        and not shift.on_request
        and (shift.kind is ShiftKind.NIGHT) == by_night
    ]
    # A night ends on the next date, to which the worker must be employed (L-01).
    into_next = on_call or any(shift.passes_midnight for shift in shifts)
    return StaffMember(
        name=StaffId(f"応援{date.month}/{date.day}{kind}{number}"),
        contract=Contract(full_time=False),
        roles=(Role.NURSE if nurse else Role.CARE,),
        qualifications=(
            (REGISTERED_NURSE,) if nurse else tuple(sorted(skills - {REGISTERED_NURSE}))
        ),
        groups=tuple(sorted(groups - {problem.office.settings.newcomers})),
        shifts=tuple(shift.symbol for shift in shifts),
        on_call=on_call,
        employed=DateSpan(first=date, last=date + dt.timedelta(days=into_next)),
    )


def _is_about_nurses(problem: Problem, finding: Finding) -> bool:
    """Whether a nurse could be what is missing, or whoever is asked is one."""
    covers = {rule.name: rule for rule in problem.cover_rules}
    cover = covers.get(str(finding.facts.get("name", "")))
    wanted = cover is not None and (
        cover.role is Role.NURSE or cover.qualification == REGISTERED_NURSE
    )
    members = problem.member_by_name
    asked = any(members[name].is_nurse for name in finding.people if name in members)
    return finding.rule == "A-10" or wanted or asked
