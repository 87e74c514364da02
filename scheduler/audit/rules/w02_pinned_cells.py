"""W-02: cells that the manager has fixed beforehand (pins).

Breach: B was to be on call in the second night::

    A 日早日
    B 日日日
    宿 AAA

Correct::

    A 日早日
    B 日日日
    宿 ABA

A pin is not broken if the person did not come (欠, or 有 that was not requested).
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Want
from scheduler.domain.shifts import Duty, OffKind


def check(case: RuleCase) -> Findings:
    """Find pins that the roster does not follow."""
    nights = {(night.staff, night.date) for night in case.problem.pins.on_call}
    for pin in case.problem.pin_by_cell.values():
        duty = case.timeline.duty(pin.staff, pin.date)
        called = (
            pin.off is OffKind.DAY_OFF
            and case.timeline.on_call(pin.date) == pin.staff
            and (pin.staff, pin.date) not in nights
        )
        if called or not (_is_kept(pin, duty) or _did_not_come(case.problem, duty)):
            yield case.missing(
                "duty",
                pin.staff,
                date=pin.date,
                facts=_facts(pin, duty) | ({"called": 1} if called else {}),
            )
    for night in case.problem.pins.on_call:
        name = case.timeline.on_call(night.date)
        if name != night.staff:
            yield case.missing(
                "on_call",
                night.staff,
                date=night.date,
                facts={"pinned": night.staff, "planned": name or ""},
            )


def _is_kept(pin: Duty, duty: Duty | None) -> bool:
    if duty is None or (duty.shift, duty.off) != (pin.shift, pin.off):
        return False
    return not pin.roles or duty.roles == pin.roles


def _did_not_come(problem: Problem, duty: Duty | None) -> bool:
    """Tell whether the person did not come: absent, or on leave not requested."""
    if duty is None:
        return False
    if duty.off is OffKind.PAID_LEAVE:
        return not any(
            request.want is Want.PAID_LEAVE
            and (request.staff, request.date) == (duty.staff, duty.date)
            for request in problem.requests
        )
    return duty.off is OffKind.ABSENT


def _facts(pin: Duty, duty: Duty | None) -> dict[str, int | str]:
    """Return the facts of a broken pin: pinned and planned duty, and pinned roles.

    A duty is a symbol or a kind of day off, empty for an empty cell.
    """
    facts: dict[str, int | str] = {"pinned": pin.shift or pin.off or ""}
    facts["planned"] = (duty.shift or duty.off or "") if duty else ""
    if pin.roles:
        facts["pinned_roles"] = "/".join(pin.roles)
        facts["planned_roles"] = "/".join(duty.roles) if duty else ""
    return facts
