"""What a typed cell of a finished roster means as a duty.

A shift without marks means care work.  Breaks and events stand in no cell: they stay
those of the roster as it was written where the shift offers them, else the breaks are
the shift's first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import Duty
from scheduler.wording.notation import plain_roles

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import BreakOption
    from scheduler.wording.notation import CellLanguage, Meaning


def typed_duty(
    problem: Problem,
    language: CellLanguage,
    text: str,
    name: StaffId,
    date: dt.date,
    planned: Duty | None,
) -> Duty | None:
    """Return the duty that a text means; ``None`` if it has no known meaning.

    Parameters
    ----------
    planned
        The cell's duty in the roster as it was written.
    """
    meaning = language.read(text)
    if meaning is None:
        return None
    duty = meant_duty(problem, name, date, meaning)
    if planned is not None and is_same_work(duty, planned):
        return planned
    if planned is None or duty.shift is None:
        return duty
    kept = kept_breaks(problem, duty, planned)
    return duty.model_copy(update={"breaks": kept, "events": planned.events})


def meant_duty(
    problem: Problem, name: StaffId, date: dt.date, meaning: Meaning
) -> Duty:
    """Return the duty of a cell's meaning, with the first breaks of its shift."""
    if meaning.shift is None:
        return Duty(staff=name, date=date, off=meaning.off, kind=meaning.kind)
    shift = problem.shift_by_symbol[meaning.shift]
    member = problem.member_by_name[name]
    return Duty(
        staff=name,
        date=date,
        shift=shift.symbol,
        roles=meaning.roles or plain_roles(member, shift),
        breaks=shift.break_options[0],
    )


def kept_breaks(problem: Problem, duty: Duty, planned: Duty | None) -> BreakOption:
    """Return the breaks of a duty with a shift for which none were typed."""
    if planned is None or duty.shift is None:
        return duty.breaks
    offered = problem.shift_by_symbol[duty.shift].break_options
    stays = planned.shift == duty.shift or planned.breaks in offered
    return planned.breaks if stays else duty.breaks


def is_same_work(one: Duty, other: Duty) -> bool:
    """Tell whether two duties are the same but for breaks and events."""
    return (one.shift, one.roles, one.off) == (other.shift, other.roles, other.off)
