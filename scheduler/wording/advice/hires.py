"""What one more person would bring, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import Role
from scheduler.domain.stance import Stance
from scheduler.i18n import _
from scheduler.wording.levels import level_text
from scheduler.wording.names import role_name
from scheduler.wording.times import weekdays_text

if TYPE_CHECKING:
    from scheduler.domain.advice import Hire


def hire_name(hire: Hire) -> str:
    """Name the person: 看護師（月〜金）, 夜勤専従・介護（金・土）."""
    if hire.nights:
        text = _("Nights only, {role} ({weekdays})")
    elif hire.role is Role.NURSE:
        text = _("Nurse ({weekdays})")
    else:
        text = _("Part-timer, {role} ({weekdays})")
    days = weekdays_text(hire.weekdays)
    return text.format(role=role_name(hire.role), weekdays=days)


def shortage_text(minutes: int) -> str:
    """Write the statutory shortage."""
    return level_text(Stance.STATUTORY, minutes)


def musts_text(value: int) -> str:
    """Write by how much the office's musts are missed."""
    return level_text(Stance.MUST, value)


def verdict_text(hire: Hire) -> str:
    """Say whether the person could bring more than what was found."""
    if hire.is_best:
        return _("cannot be better")
    return _("may be better still")


def hires_note() -> str:
    """Say what the table shows."""
    return _(
        "The month solved again with one more person, each of them by themselves: what "
        "would then be short, and how many wishes refused. Hours and musts marked "
        "“cannot be better” are the best that any roster with the person reaches; the "
        "others were found in the time there was, and may be better still."
    )
