"""What a repair changes besides, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scheduler.wording.duties import entry_text
from scheduler.wording.findings import finding_text
from scheduler.wording.names import burden_name, share_text
from scheduler.wording.requests import request_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.domain.advice import Effects, Repair
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
    return evenness_texts(repair.effects)


def evenness_texts(effects: Effects) -> tuple[str, ...]:
    """Write how far the largest deviations from fair shares move."""
    text = _("{burden}: largest difference from a fair share {before} -> {after}")
    return tuple(
        text.format(
            burden=burden_name(burden),
            before=share_text(before),
            after=share_text(after),
        )
        for burden, before, after in effects.fairness
    )


class Change(NamedTuple):
    """A cell that is not as in the roster made without the repair."""

    date: dt.date
    text: str
    """Who, and what before and after: 桃 みるこ 公休 → 夜."""


def changes(repair: Repair, problem: Problem, roster: Roster) -> tuple[Change, ...]:
    """Write the cells that change, by date; breaks and helpers are left out.

    Parameters
    ----------
    roster
        The roster made without the repair.
    """
    found = (*_duties(repair, problem, roster), *_on_call(repair, problem, roster))
    return tuple(sorted(found, key=lambda change: change.date))


def change_texts(found: Sequence[Change], most: int) -> tuple[str, ...]:
    """Write changes, a line for each date, and how many there are beyond ``most``."""
    lines = []
    for date, own in groupby(found[:most], key=lambda change: change.date):
        text = _("{date}: {changes}")
        listed = "、".join(change.text for change in own)
        lines.append(text.format(date=date_text(date), changes=listed))
    if len(found) > most:
        lines.append(_("and {more} more").format(more=len(found) - most))
    return tuple(lines)


def remaining_texts(repair: Repair, rulebook: Rulebook) -> tuple[str, ...]:
    """Write what stays broken all the same."""
    return tuple(finding_text(finding, rulebook) for finding in repair.remaining)


def _duties(repair: Repair, problem: Problem, roster: Roster) -> Iterator[Change]:
    for duty in repair.effects.duties:
        before = roster.by_cell.get((duty.staff, duty.date))
        if duty.staff in problem.member_by_name and not _is_same(before, duty):
            sides = _sides(_cell(before, duty), _cell(duty, before))
            yield Change(duty.date, f"{duty.staff} {sides}")


def _on_call(repair: Repair, problem: Problem, roster: Roster) -> Iterator[Change]:
    for night in repair.effects.on_call:
        known = night.staff in problem.member_by_name
        after = night.staff if known else _("temporary worker")
        sides = _sides(roster.on_call_by_date.get(night.date, ""), after)
        yield Change(night.date, _("on call {change}").format(change=sides))


def _sides(before: str, after: str) -> str:
    nothing = _("none")
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
