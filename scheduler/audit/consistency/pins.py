"""Cells fixed beforehand: whether they can be at all, by shift table and contract.

What law or the rest of the month forbids is no mistake: the pin is then broken, and
the roster says so (W-02).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.history import of_duty
from scheduler.audit.consistency.report import mistake, outside, repeated, unknown
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty, OnCall
    from scheduler.domain.staff import StaffMember


def mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find strangers, dates outside, cells fixed twice, and what no contract allows."""
    pins = problem.pins
    for part in ("duties", "on_call"):
        for i, entry in enumerate(getattr(pins, part)):
            loc = ("pins", part, i)
            known = problem.member_by_name
            yield from unknown("unknown_person", entry.staff, known, (*loc, "staff"))
            yield from outside(problem.period, entry.date, (*loc, "date"))
    duties, nights = tuple(enumerate(pins.duties)), tuple(enumerate(pins.on_call))
    yield from repeated(
        "duplicate_duties",
        [(("pins", "duties", i), (duty.staff, duty.date)) for i, duty in duties],
    )
    yield from repeated(
        "duplicate_on_call", [(("pins", "on_call", i), n.date) for i, n in nights]
    )
    for i, duty in duties:
        yield from _of_pin(i, duty, problem)
    for i, night in nights:
        yield from _of_night(i, night, problem)


def _of_pin(i: int, duty: Duty, problem: Problem) -> Iterator[Mistake]:
    loc = ("pins", "duties", i)
    yield from of_duty(loc, duty, problem, roles_open=True)
    member = problem.member_by_name.get(duty.staff)
    code = _against_contract(problem, member, duty) if member else ""
    if member and code:
        yield mistake(code, loc, name=member.name, symbol=duty.shift or "")


def _against_contract(problem: Problem, member: StaffMember, duty: Duty) -> str:
    """Return the code of what the contract forbids; empty if it allows the pin."""
    away = duty.off is OffKind.AWAY
    if (duty.date in member.employed) == away:
        return "pin_not_away" if away else "pin_not_employed"
    shift = problem.shift_by_symbol.get(duty.shift) if duty.shift else None
    if shift is None:
        return ""
    contract = member.contract
    holiday = duty.date in problem.period.holiday_names
    able = set(member.roles) & set(shift.roles or member.roles)
    reasons = {
        "pin_symbol": shift.symbol not in member.shifts,
        "pin_weekday": duty.date.weekday() not in contract.weekdays,
        "pin_public_holiday": holiday and not contract.public_holidays,
        "pin_roles": not set(duty.roles) <= able,
    }
    return next((code for code, holds in reasons.items() if holds), "")


def _of_night(i: int, night: OnCall, problem: Problem) -> Iterator[Mistake]:
    member = problem.member_by_name.get(night.staff)
    if member is None:
        return
    loc = ("pins", "on_call", i)
    if not member.on_call:
        yield mistake("pin_on_call", loc, name=member.name)
    elif night.date not in member.employed:
        yield mistake("pin_not_employed", loc, name=member.name)
