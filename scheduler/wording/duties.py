"""Shifts, jobs and breaks of one person's day, in the words of a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.i18n import _
from scheduler.wording.names import role_name
from scheduler.wording.times import span_text

if TYPE_CHECKING:
    from scheduler.domain.clock import Interval
    from scheduler.domain.shifts import BreakOption, Role, Shift


def shift_name(shift: Shift) -> str:
    """Return what a shift is called, or its symbol where it has no name."""
    return shift.name or shift.symbol


def jobs_text(shift: Shift, roles: tuple[Role, ...], between: str) -> str:
    """Write the job of a shift: 管理, or 8:30-13:00 管理 for each of several.

    ``between`` stands between the segments.
    """
    if len(set(roles)) < 2:
        return role_name(roles[0]) if roles else ""
    return between.join(
        f"{span_text(segment)} {role_name(role)}"
        for segment, role in zip(shift.segments, roles, strict=True)
    )


def breaks_text(times: str) -> str:
    """Write breaks whose times are already text: 休憩 12:30-13:30."""
    return _("Break {times}").format(times=times)


def break_times(breaks: BreakOption) -> str:
    """Write the times of breaks, several joined: 20:00-21:00+翌1:00-翌2:00."""
    return "+".join(span_text(pause) for pause in breaks)


def on_call_text(night: Interval) -> str:
    """Write a night on call: 宿直 21:00-翌6:00."""
    return _("On call {span}").format(span=span_text(night))
