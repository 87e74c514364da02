"""Qualifications and roles that are asked for, and who has them (A-09, K-02)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scheduler.audit.papers.staff_list import full_timers, managers, nurses, planners
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.precheck.moments import moments
from scheduler.precheck.nights import verdict_of
from scheduler.precheck.obstacles import on_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.requests import CoverRule
    from scheduler.domain.shifts import Role, Shift
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

ON_LIST = {
    "full_timer": (full_timers, "A-09", "full_timers_min"),
    "nurse": (nurses, "A-10", "nurses_min"),
    "planner": (planners, "A-11", "planners_min"),
    "manager": (managers, "A-13", "managers_min"),
}
"""Who must be on the list: how they are found, the rule, and its number."""


def qualified(ground: Ground) -> Iterator[Line]:
    """Yield whom the law wants on the list, and the cover rules that want too many."""
    for code, (find, rule, least) in ON_LIST.items():
        people = tuple(find(ground.problem))
        required = ground.rulebook[rule].int(least)
        yield Line(
            topic=Topic.QUALIFIED,
            code=code,
            verdict=verdict_of(len(people) - required, is_tight=False),
            people=people,
            required=required,
            possible=len(people),
        )
    for cover in ground.problem.cover_rules:
        if cover.must and cover.at_least:
            yield from _cover(ground, cover, cover.at_least)


def _cover(ground: Ground, cover: CoverRule, at_least: int) -> Iterator[Line]:
    """Yield a line for a rule that nobody fits, or for each date that lacks people."""
    dates = [date for date in ground.problem.period.dates if cover.applies_on(date)]
    fitting = [m for m in ground.problem.staff if _may_fit(ground, cover, m)]
    lacking = []
    for date in dates:
        agreed = ground.agreed("K-02", _facet(cover), date=date, name=cover.name)
        if cover.band is not None and agreed:
            continue
        able = _able(ground, cover, date)
        wanted = at_least - agreed
        names = tuple(member.name for member in able)
        if len(able) < wanted:
            lacking.append(
                Line(
                    topic=Topic.QUALIFIED,
                    code="cover_date",
                    verdict=Verdict.IMPOSSIBLE,
                    people=names,
                    dates=(date,),
                    required=wanted,
                    possible=len(able),
                    obstacles=on_date(
                        ground, date, names, partial(_shifts_of, ground, cover)
                    ),
                    facts={"name": cover.name},
                )
            )
    if not dates:
        return
    if len(lacking) == len(dates) and len(fitting) < at_least:
        yield Line(
            topic=Topic.QUALIFIED,
            code="cover_nobody",
            verdict=Verdict.IMPOSSIBLE,
            people=tuple(member.name for member in fitting),
            dates=tuple(dates),
            required=at_least,
            possible=len(fitting),
            facts={"name": cover.name, **_sought(cover)},
        )
        return
    yield from lacking
    if not lacking:
        yield Line(
            topic=Topic.QUALIFIED,
            code="cover",
            verdict=Verdict.FINE,
            people=tuple(member.name for member in fitting),
            required=at_least,
            possible=len(fitting),
            facts={"name": cover.name},
        )


def _facet(cover: CoverRule) -> str:
    return "count_must" if cover.band is None else "band_must"


def _sought(cover: CoverRule) -> dict[str, int | str]:
    """Return what the rule asks of a person, as far as it does."""
    sought = {
        "role": cover.role,
        "qualification": cover.qualification,
        "group": cover.group,
        "shift": cover.shift,
    }
    return {key: str(value) for key, value in sought.items() if value is not None}


def _is_kind(cover: CoverRule, member: StaffMember) -> bool:
    return (cover.group is None or cover.group in member.groups) and (
        cover.qualification is None or cover.qualification in member.qualifications
    )


def _may_fit(ground: Ground, cover: CoverRule, member: StaffMember) -> bool:
    """Tell whether the rule could count a person by contract."""
    own = (shift for shift in ground.own_shifts(member) if shift.counts)
    shifts = {shift.symbol: shift for shift in own}
    if cover.shift is not None:
        shifts = {s: shift for s, shift in shifts.items() if s == cover.shift}
    has_role = cover.role is None or cover.role in member.roles
    return _is_kind(cover, member) and has_role and bool(shifts)


def _able(ground: Ground, cover: CoverRule, date: dt.date) -> list[StaffMember]:
    """Return who could be counted on a date, at the moment of fewest."""
    people = [member for member in ground.problem.staff if _is_kind(cover, member)]
    if cover.band is None:
        return [member for member in people if _begins(ground, cover, member, date)]

    def counts(role: Role) -> bool:
        return cover.role in (None, role)

    found = (
        [
            member
            for member in people
            if ground.could_be_there(
                member, date, piece.start, counts, symbol=cover.shift
            )
        ]
        for piece in moments(ground.problem, cover.band)
    )
    return min(found, key=len)


def _begins(
    ground: Ground, cover: CoverRule, member: StaffMember, date: dt.date
) -> bool:
    return any(
        working.shift.counts
        and cover.shift in (None, working.shift.symbol)
        and (cover.role is None or any(cover.role in roles for roles in working.roles))
        for working in ground.working(member, date)
    )


def _shifts_of(
    ground: Ground, cover: CoverRule, member: StaffMember
) -> tuple[Shift, ...]:
    """Return the shifts of a person that a rule may count."""
    if not _may_fit(ground, cover, member):
        return ()
    shifts = ground.own_shifts(member)
    return tuple(s for s in shifts if s.counts and cover.shift in (None, s.symbol))
