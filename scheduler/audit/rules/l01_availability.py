"""L-01: only what the contract allows, and 「・」 exactly on dates without employment.

A night, or a night on call, that ends after the last date of employment is not allowed,
nor a night on call that ends on a date of leave of absence.  A kind of day of the
office's own is in nobody's contract and may be given to anybody.

Breach: A works on Mondays to Fridays; from Friday on::

    A 日日休

Correct::

    A 日休休
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.agreements import ON_CALL
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Duty, OffKind, OnCall
from scheduler.domain.staff import StaffMember

FACETS = {
    "weekday": "available",
    "public_holiday": "available",
    "other_house": "available",
    "symbol": "duty",
    "on_call": "duty",
}
"""Facets of reasons about which exceptions can be agreed; the others are ``employed``.
"""


def check(case: RuleCase) -> Findings:
    """Find duties and nights on call outside the contract, or of unknown people."""
    for duty in case.timeline.roster.duties:
        for reason in _against_duty(case.problem, duty):
            yield _breach(case, duty, reason)
    for night in case.timeline.roster.on_call:
        off = case.timeline.off(night.staff, night.date)
        following = case.timeline.off(night.staff, night.date + ONE_DAY)
        for reason in _against_on_call(case.problem, night, off, following):
            yield _breach(case, night, reason)


def _against_duty(problem: Problem, duty: Duty) -> Iterator[str]:
    """Yield why a duty is outside the contract: by its date, by its shift, or both."""
    member = problem.member_by_name.get(duty.staff)
    if member is None:
        yield "stranger"
        return
    contract = member.contract
    holiday = duty.date in problem.period.holiday_names
    away = duty.shift is None and duty.off is OffKind.AWAY
    reasons = {
        "period": duty.date not in problem.period,
        "employed": (duty.date in member.employed) == away,
    }
    if duty.shift is not None:
        shift = problem.shift_by_symbol.get(duty.shift)
        late = shift is not None and shift.end > DAY
        reasons["ends_after"] = late and _is_last(member, duty.date)
        if not (member.home and shift is not None and shift.elsewhere):
            reasons["weekday"] = duty.date.weekday() not in contract.weekdays
            reasons["public_holiday"] = holiday and not contract.public_holidays
        if member.away_on and shift is not None:
            is_home = not shift.elsewhere if not member.home else bool(shift.elsewhere)
            reasons["other_house"] = not is_home and duty.date not in member.away_on
    yield from [reason for reason, holds in reasons.items() if holds][:1]
    if duty.shift is not None and duty.shift not in member.shifts:
        known = problem.shift_by_symbol.get(duty.shift)
        if known is None or known.own_kind is None:
            yield "symbol"


def _against_on_call(
    problem: Problem,
    night: OnCall,
    off: OffKind | None,
    following: OffKind | None,
) -> Iterator[str]:
    """Yield why a night on call is outside the contract: by its date, by its kind."""
    member = problem.member_by_name.get(night.staff)
    if member is None:
        yield "stranger"
        return
    into_next = problem.office.on_call_band.end > DAY
    reasons = {
        "period": night.date not in problem.period,
        "employed": night.date not in member.employed,
        "ends_after": into_next and _is_last(member, night.date),
        "paid_leave": off is OffKind.PAID_LEAVE,
        "absent": off is OffKind.ABSENT,
        "leave": off in (OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE)
        or (into_next and following is OffKind.LONG_LEAVE),
    }
    yield from [reason for reason, holds in reasons.items() if holds][:1]
    if not member.on_call:
        yield "on_call"


def _is_last(member: StaffMember, date: dt.date) -> bool:
    last = member.employed.last
    return last is not None and date >= last


def _breach(case: RuleCase, cell: Duty | OnCall, reason: str) -> Finding:
    symbol = cell.shift or "" if isinstance(cell, Duty) else ""
    kind = {"symbol": symbol, "on_call": ON_CALL}.get(reason)
    facts = {"reason": reason, "shift": symbol} | ({"name": kind} if kind else {})
    facet = FACETS.get(reason, "employed")
    return case.once(facet, cell.staff, date=cell.date, facts=facts)
