"""Requests of the staff and cover rules of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import (
    all_outside,
    mistake,
    outside,
    repeated,
    repeated_name,
    unknown,
    unknown_facts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import CoverRule


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find strangers, unknown symbols, dates outside and limits reversed."""
    people, shifts = problem.member_by_name, problem.shift_by_symbol
    for i, request in enumerate(problem.requests):
        loc = ("requests", i)
        yield from unknown("unknown_person", request.staff, people, (*loc, "staff"))
        yield from outside(problem.period, request.date, (*loc, "date"))
        for j, symbol in enumerate(request.shifts):
            yield from unknown("unknown_shift", symbol, shifts, (*loc, "shifts", j))
    yield from repeated(
        "duplicate_request",
        [
            (("requests", i), (r.staff, r.date, r.want, r.shifts))
            for i, r in enumerate(problem.requests)
        ],
    )
    for i, rule in enumerate(problem.cover_rules):
        yield from _cover(i, rule, problem)
    yield from all_outside(
        problem.period,
        [
            (("cover_rules", i, "dates", j), date)
            for i, rule in enumerate(problem.cover_rules)
            for j, date in enumerate(rule.dates)
        ],
    )


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find cover rules that speak of a qualification or group nobody has."""
    groups = {group for member in problem.staff for group in member.groups}
    held = {one for member in problem.staff for one in member.qualifications}
    for i, rule in enumerate(problem.cover_rules):
        for field, known in (("group", groups), ("qualification", held)):
            value = getattr(rule, field)
            if value is not None and value not in known:
                loc = ("cover_rules", i, field)
                yield mistake("nobody_has", loc, **unknown_facts(value, known))
    yield from repeated_name(
        "duplicate_rule",
        [
            (("cover_rules", i, "name"), rule.name)
            for i, rule in enumerate(problem.cover_rules)
        ],
    )


def _cover(i: int, rule: CoverRule, problem: Problem) -> Iterator[Mistake]:
    loc = ("cover_rules", i)
    if rule.shift is not None:
        shifts = problem.shift_by_symbol
        yield from unknown("unknown_shift", rule.shift, shifts, (*loc, "shift"))
    least, most = rule.at_least, rule.at_most
    if least is not None and most is not None and least > most:
        yield mistake("limits_reversed", (*loc, "at_least"), least=least, most=most)
