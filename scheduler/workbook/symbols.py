"""How a duty stands in one cell: 日, 日/管, 日/介管, 夜#2, 休, 明.

Both workbooks write it, so that a roster's last days can be pasted as the next
month's tail.  After the shift's symbol come, where they differ from the usual,

* ``/`` and a role mark for each segment, or one mark for all of them,
* ``#`` and the number of the break option.

The usual roles are the person's first that the shift allows; the usual breaks are
the first option.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.domain.shifts import Duty, OffKind, Role

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember

OFF_MARKS = {
    OffKind.DAY_OFF: "休",
    OffKind.PAID_LEAVE: "有",
    OffKind.AFTER_NIGHT: "明",
    OffKind.AWAY: "・",
}
"""What stands in a cell on a date without a shift."""

GRANTED_MARK = "希"
"""A day off that was asked for; read as a day off."""

ROLE_MARKS = {
    Role.CARE: "介",
    Role.NURSE: "看",
    Role.PLANNER: "計",
    Role.MANAGER: "管",
}
"""One character a role."""

ON_CALL_MARK = "宿"
"""On call in the night that begins on the date."""

RESERVED = (*OFF_MARKS.values(), GRANTED_MARK, ON_CALL_MARK)
"""What no shift may be called."""

_OFF = {mark: off for off, mark in OFF_MARKS.items()} | {GRANTED_MARK: OffKind.DAY_OFF}
_ROLES = {mark: role for role, mark in ROLE_MARKS.items()}
_CELL = re.compile(r"(?P<symbol>[^/#]+)(?:/(?P<roles>[^/#]+))?(?:#(?P<option>\d+))?")


def usual_role(shift: Shift, member: StaffMember) -> Role:
    """Return the first of the person's roles that the shift allows."""
    fits = (role for role in member.roles if role in (shift.roles or member.roles))
    return next(fits, member.roles[0])


def write_duty(duty: Duty, shift: Shift | None, member: StaffMember) -> str:
    """Write a duty as it stands in a cell.

    Parameters
    ----------
    duty
        A day off of some kind, or a duty of ``shift``.
    shift
        The shift of the duty; ``None`` for a day off.
    """
    if duty.off is not None or shift is None:
        return OFF_MARKS[duty.off] if duty.off is not None else ""
    text = str(shift.symbol)
    usual = (usual_role(shift, member),) * len(shift.segments)
    if duty.roles and duty.roles != usual:
        alike = len(set(duty.roles)) == 1
        shown = duty.roles[:1] if alike else duty.roles
        text += "/" + "".join(ROLE_MARKS[role] for role in shown)
    if duty.breaks in shift.break_options[1:]:
        text += f"#{shift.break_options.index(duty.breaks) + 1}"
    return text


def read_duty(
    text: str,
    date: dt.date,
    member: StaffMember,
    shifts: dict[str, Shift],
) -> Duty | None:
    """Read a cell that `write_duty` wrote; ``None`` if it says nothing known.

    Parameters
    ----------
    text
        The cell, cleaned of spaces and full-width forms.
    shifts
        The shift table by symbol.
    """
    if text in _OFF and text not in shifts:
        return Duty(staff=member.name, date=date, off=_OFF[text])
    match = _CELL.fullmatch(text)
    shift = shifts.get(match["symbol"]) if match else None
    if match is None or shift is None:
        return None
    roles = _read_roles(match["roles"], shift, member)
    option = int(match["option"] or 1)
    if roles is None or not 1 <= option <= len(shift.break_options):
        return None
    return Duty(
        staff=member.name,
        date=date,
        shift=shift.symbol,
        roles=roles,
        breaks=shift.break_options[option - 1],
    )


def _read_roles(
    marks: str | None, shift: Shift, member: StaffMember
) -> tuple[Role, ...] | None:
    segments = len(shift.segments)
    if marks is None:
        return (usual_role(shift, member),) * segments
    if any(mark not in _ROLES for mark in marks):
        return None
    roles = tuple(_ROLES[mark] for mark in marks)
    if len(roles) == 1:
        return roles * segments
    return roles if len(roles) == segments else None
