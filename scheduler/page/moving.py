"""A cell dragged onto another: what stands in them is exchanged.

A night takes the morning after along, as nobody works one without the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import Duty, OffKind
from scheduler.page.month_steps import Cell, Part, RosterEdit, Step
from scheduler.page.opened import NotUnderstood
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.page.editing import OpenRoster


def exchanged(opened: OpenRoster, one: Cell, other: Cell) -> Step:
    """Return the step that exchanges two cells; empty if they are the same.

    Raises
    ------
    NotUnderstood
        If one is fixed, or a person's and the other the night on call's.
    """
    if bool(one[0]) != bool(other[0]):
        raise NotUnderstood(_("A night on call goes only to another night."))
    pairs = dict(_pairs(opened, one, other))
    for cell in pairs:
        if opened.is_pinned(*cell):
            raise NotUnderstood(_("What is fixed stays; let it go first."))
    return tuple(
        RosterEdit(Part.CELL, *cell, _text_for(opened, cell[0], source))
        for cell, source in pairs.items()
    )


def _pairs(opened: OpenRoster, one: Cell, other: Cell) -> Iterator[tuple[Cell, Cell]]:
    """Yield each cell that gets something, with the cell whose content it gets."""
    if one == other:
        return
    length = max(_length(opened, one), _length(opened, other))
    period = opened.problem.period
    apart = abs((one[1] - other[1]).days)
    if one[0] == other[0] and apart < length:
        # A night moves by one day: the day beside it goes to its other side.
        first = min(one[1], other[1])
        dates = [first, first + ONE_DAY, first + 2 * ONE_DAY]
        if dates[-1] in period:
            is_first = _length(opened, (one[0], first)) > 1
            sources = dates[-1:] + dates[:-1] if is_first else dates[1:] + dates[:1]
            for date, source in zip(dates, sources, strict=True):
                yield (one[0], date), (one[0], source)
            return
        length = 1
    for number in range(length):
        here = one[0], one[1] + number * ONE_DAY
        there = other[0], other[1] + number * ONE_DAY
        if here[1] in period and there[1] in period:
            yield here, there
            yield there, here


def _length(opened: OpenRoster, cell: Cell) -> int:
    """Return how many cells go together: two if a night's morning follows."""
    duty = _duty(opened, cell)
    if duty is None or duty.shift is None:
        return 1
    after = _duty(opened, (cell[0], cell[1] + ONE_DAY))
    passes = opened.problem.shift_by_symbol[duty.shift].passes_midnight
    follows = after is not None and after.off is OffKind.AFTER_NIGHT
    return 2 if passes and follows else 1


def _duty(opened: OpenRoster, cell: tuple[str, dt.date]) -> Duty | None:
    return opened.now.roster.by_cell.get((StaffId(cell[0]), cell[1]))


def _text_for(opened: OpenRoster, who: str, source: Cell) -> str:
    """Return what is typed for a person who gets what stands in a cell.

    Jobs that the person does not do stay behind.
    """
    duty = _duty(opened, source)
    if not who:
        return opened.text_at(*source)
    if duty is None:
        return OFF_SYMBOLS[OffKind.DAY_OFF]
    able = opened.problem.member_by_name[StaffId(who)].roles
    if duty.shift is not None and not set(duty.roles) <= set(able):
        return str(duty.shift)
    return opened.text_at(*source)
