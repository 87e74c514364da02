"""People on the staff list, counted for the rules that ask for a kind of person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.witness import witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rule


def missing_on_list(
    problem: Problem, rule: Rule, required: int, fits: Callable[[StaffMember], bool]
) -> Iterator[Finding]:
    """Find that too few people fit who are employed on some date of the period."""
    actual = sum(
        fits(member) and any(date in member.employed for date in problem.period.dates)
        for member in problem.staff
    )
    if actual < required:
        yield witness(
            problem,
            rule,
            "on_list",
            required - actual,
            required=required,
            actual=actual,
        )
