"""Requests in the notation of their grid, and as a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.requests import Strength, Want
from scheduler.wording.names import strength_name
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.requests import Request

DAY_OFF = "休"
PAID_LEAVE = "有"
ON_CALL = "宿"
MORNING_OFF = "前休"
AFTERNOON_OFF = "後休"
NOT = "×"
OR = "/"
STRENGTHS = {Strength.MUST: "◎", Strength.STRONG: "", Strength.WEAK: "△"}
"""The mark behind an entry."""


def want_text(request: Request) -> str:
    """Write what is asked for: 休, 有, 日/遅, ×夜, ×宿."""
    match request.want:
        case Want.DAY_OFF:
            return DAY_OFF
        case Want.PAID_LEAVE:
            return PAID_LEAVE
        case Want.MORNING_OFF:
            return MORNING_OFF
        case Want.AFTERNOON_OFF:
            return AFTERNOON_OFF
        case Want.NOT_ON_CALL:
            return NOT + ON_CALL
        case Want.NOT_SHIFT:
            return NOT + OR.join(request.shifts)
        case Want.SHIFT:
            return OR.join(request.shifts)


def wish_text(request: Request) -> str:
    """Write what is asked for in plain words: 午前休み, 「夜」以外."""
    match request.want:
        case Want.DAY_OFF:
            return _("a day off")
        case Want.PAID_LEAVE:
            return _("paid leave")
        case Want.MORNING_OFF:
            return _("the morning off")
        case Want.AFTERNOON_OFF:
            return _("the afternoon off")
        case Want.NOT_ON_CALL:
            return _("no night on call")
        case Want.NOT_SHIFT:
            return _("any shift but {shifts}").format(shifts=OR.join(request.shifts))
        case Want.SHIFT:
            return _("the shift {shifts}").format(shifts=OR.join(request.shifts))


def request_text(request: Request) -> str:
    """Write a request: 桜あおい 12月14日(月) 休 (必須)."""
    return _("{name}, {date}: {want} ({strength})").format(
        name=request.staff,
        date=date_text(request.date),
        want=want_text(request),
        strength=strength_name(request.strength),
    )
