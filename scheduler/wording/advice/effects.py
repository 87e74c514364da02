"""What a repair changes besides, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.i18n import _
from scheduler.wording.duties import entry_text
from scheduler.wording.findings import finding_text
from scheduler.wording.names import burden_name, share_text
from scheduler.wording.requests import request_text
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.advice import Repair
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.rulebook import Rulebook


def lost_texts(repair: Repair) -> tuple[str, ...]:
    """Write the wishes that the repair costs."""
    return tuple(request_text(wish) for wish in repair.effects.wishes_lost)


def won_texts(repair: Repair) -> tuple[str, ...]:
    """Write the wishes that the repair makes room for."""
    return tuple(request_text(wish) for wish in repair.effects.wishes_won)


def fairness_texts(repair: Repair) -> tuple[str, ...]:
    """Write how far the largest deviations from fair shares move."""
    text = _("{burden}: largest difference from a fair share {before} -> {after}")
    return tuple(
        text.format(
            burden=burden_name(burden),
            before=share_text(before),
            after=share_text(after),
        )
        for burden, before, after in repair.effects.fairness
    )


def change_texts(repair: Repair, problem: Problem, roster: Roster) -> tuple[str, ...]:
    """Write the cells that change, by date; breaks and helpers are left out.

    Parameters
    ----------
    roster
        The roster made without the repair.
    """
    entries = [
        *_duties(repair, problem, roster),
        *_nights_on_call(repair, problem, roster),
    ]
    return tuple(text for _date, text in sorted(entries))


def remaining_texts(repair: Repair, rulebook: Rulebook) -> tuple[str, ...]:
    """Write what stays broken all the same."""
    return tuple(finding_text(finding, rulebook) for finding in repair.remaining)


def _duties(
    repair: Repair, problem: Problem, roster: Roster
) -> Iterator[tuple[str, str]]:
    for duty in repair.effects.duties:
        before = roster.by_cell.get((duty.staff, duty.date))
        if duty.staff in problem.member_by_name and not _is_same(before, duty):
            change = _change(_cell(before, duty), _cell(duty, before))
            who = f"{date_text(duty.date)} {duty.staff}"
            yield f"{duty.date}", f"{who} {change}"


def _nights_on_call(
    repair: Repair, problem: Problem, roster: Roster
) -> Iterator[tuple[str, str]]:
    for night in repair.effects.on_call:
        known = night.staff in problem.member_by_name
        after = night.staff if known else _("temporary worker")
        change = _change(roster.on_call_by_date.get(night.date, ""), after)
        text = _("{date} on call {change}")
        yield (
            f"{night.date}~",
            text.format(date=date_text(night.date), change=change),
        )


def _change(before: str, after: str) -> str:
    nothing = _("nothing")
    text = _("{before} -> {after}")
    return text.format(before=before or nothing, after=after or nothing)


def _is_same(one: Duty | None, other: Duty) -> bool:
    return one is not None and (one.shift, one.roles, one.off) == (
        other.shift,
        other.roles,
        other.off,
    )


def _cell(duty: Duty | None, other: Duty | None) -> str:
    """Write a cell, with its jobs where nothing else tells it from the other."""
    if duty is None:
        return ""
    alike = other is not None and duty.shift == other.shift
    return entry_text(duty.shift, duty.off, duty.roles if alike else ())
