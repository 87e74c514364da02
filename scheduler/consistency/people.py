"""The staff list: names, shifts, dates and limits of contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.consistency.report import mistake, repeated, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

NO_NAMES = (
    *("宿直", "宿", "行事", "備考", "曜日", "祝日"),
    *("On call", "Events", "Remarks", "Weekday", "Public holiday"),
)
"""Headings of rows in a grid; no person can be told from them."""


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find repeated names, unknown shifts, reversed dates and limits."""
    yield from repeated(
        "duplicate_name",
        [(("staff", i, "name"), m.name) for i, m in enumerate(problem.staff)],
    )
    for i, member in enumerate(problem.staff):
        if member.name in NO_NAMES:
            yield mistake("reserved_name", ("staff", i, "name"), name=member.name)
        yield from _shifts(i, member, problem)
        yield from _limits(i, member, problem)


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find people who can do nothing, limits that clash, and nobody to be on call."""
    office = problem.office.settings.nights_most
    for i, member in enumerate(problem.staff):
        own = member.contract.nights_max
        if office is not None and own is not None and own > office:
            yield mistake(
                "nights_above_office",
                ("staff", i, "contract", "nights_max"),
                name=member.name,
                own=own,
                office=office,
            )
        if not member.shifts and not member.on_call:
            loc = ("staff", i, "shifts")
            yield mistake("person_without_work", loc, name=member.name)
    if not any(member.on_call for member in problem.staff):
        yield mistake("nobody_on_call", ("staff",))


def _shifts(i: int, member: StaffMember, problem: Problem) -> Iterator[Mistake]:
    for j, symbol in enumerate(member.shifts):
        loc = ("staff", i, "shifts", j)
        yield from unknown("unknown_shift", symbol, problem.shift_by_symbol, loc)
        shift = problem.shift_by_symbol.get(symbol)
        if shift and shift.roles and not set(shift.roles) & set(member.roles):
            yield mistake("shift_without_role", loc, symbol=symbol)


def _limits(i: int, member: StaffMember, problem: Problem) -> Iterator[Mistake]:
    contract = member.contract
    for low, high in (("minutes_min", "minutes_max"), ("nights_min", "nights_max")):
        least, most = getattr(contract, low), getattr(contract, high)
        if least is not None and most is not None and least > most:
            loc = ("staff", i, "contract", low)
            yield mistake("limits_reversed", loc, least=least, most=most)
    if (contract.days_off_min or 0) > problem.period.days:
        loc = ("staff", i, "contract", "days_off_min")
        yield mistake("too_many_days_off", loc, days=problem.period.days)
    for name in ("no_night", "employed"):
        span = getattr(member, name)
        if span and span.first and span.last and span.first > span.last:
            yield mistake("dates_reversed", ("staff", i, name))
