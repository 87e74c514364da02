"""Newcomers whom nobody can join at night (P-02 beside K-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.office import Hold

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.staff import StaffMember

WEEK = 7


def night_for_one(problem: Problem) -> CoverRule | None:
    """Return the must by which one person works each night; ``None`` if none."""
    nights = {one.symbol for one in problem.all_shifts if one.is_night}
    for rule in problem.cover_rules:
        is_of_all = rule.must and rule.band is None and not rule.dates
        has_filter = rule.role or rule.qualification or rule.group
        if (
            is_of_all
            and not has_filter
            and len(set(rule.weekdays)) == WEEK
            and nights == {rule.shift}
            and rule.at_most is not None
            and rule.at_most <= 1
        ):
            return rule
    return None


def has_no_company(problem: Problem, member: StaffMember) -> bool:
    """Tell whether somebody may not be alone at night, and nobody may be there too.

    Such a newcomer has no night, and no share of the nights.  Any agreement on one of
    the two rules leaves the nights to the solver.
    """
    settings = problem.office.settings
    return (
        settings.newcomer_nights is Hold.MUST
        and settings.newcomers in member.groups
        and night_for_one(problem) is not None
        and not any(one.spot.rule in ("K-02", "P-02") for one in problem.agreements)
    )
