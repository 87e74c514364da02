"""What the shifts of several houses are called in the workbook of each.

Symbols of other houses have two characters, of which the first stands for the house:
本早 in a satellite for the early shift of its main office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import ShiftId
from scheduler.domain.likeness import look_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.shifts import Duty, Role, Shift
    from scheduler.domain.staff import StaffMember

MAIN = 0
"""Number of the main office among the houses."""

MARK = "本"
"""How symbols of the main office begin in the workbooks of its satellites."""


class Origin(NamedTuple):
    """A shift by the number of its house and its symbol there."""

    house: int
    symbol: ShiftId


Symbols = dict[Origin, ShiftId]


def names_of(houses: Sequence[Problem]) -> set[str]:
    """Return the names of houses."""
    return {house.office.name for house in houses}


def own_shifts(houses: Sequence[Problem], number: int) -> list[Shift]:
    """Return the shifts worked in a house, and its kinds of work that are used."""
    house, names = houses[number], names_of(houses)
    used = {d.shift for d in (*house.pin_by_cell.values(), *house.history.duties)}
    used |= {symbol for request in house.requests for symbol in request.shifts}
    return [
        shift
        for shift in house.all_shifts
        if shift.elsewhere not in names
        if shift.own_kind is None or shift.symbol in used
    ]


def marks_of(houses: Sequence[Problem]) -> tuple[str, ...]:
    """Return a character for each house with which no symbol of any begins."""
    names = names_of(houses)
    symbols = [s.symbol for n in range(len(houses)) for s in own_shifts(houses, n)]
    symbols += [
        kind.symbol
        for house in houses
        for kind in house.kinds
        if kind.elsewhere not in names
    ]
    taken = {look_of(symbol)[:1] for symbol in symbols}
    marks: list[str] = []
    for number, house in enumerate(houses):
        name = house.office.name.partition("（")[0].split()[-1]
        wanted = (MARK if number == MAIN else "", *name, *"ABCDEFGHJKLMNP")
        free = (c for c in wanted if c and look_of(c) not in taken and c not in marks)
        marks.append(next(free))
    return tuple(marks)


def symbols_of(houses: Sequence[Problem]) -> tuple[Symbols, ...]:
    """Return for each house its symbols for the shifts of all houses."""
    own = [own_shifts(houses, number) for number in range(len(houses))]
    marks = marks_of(houses)
    return tuple(
        {
            Origin(number, shift.symbol): symbol
            for number, shifts in enumerate(own)
            for shift, symbol in zip(
                shifts,
                [s.symbol for s in shifts]
                if number == viewer
                else _abroad(marks[number], shifts),
                strict=True,
            )
        }
        for viewer in range(len(houses))
    )


def _abroad(mark: str, shifts: Sequence[Shift]) -> list[ShiftId]:
    """Return a symbol of two characters for each shift of another house."""
    found: list[str] = []
    for shift in shifts:
        wanted = (shift.symbol[0], *"123456789", *"abcdefghijklmnopqrstuvwxyz")
        free = (mark + c for c in wanted if mark + c not in found)
        found.append(next(free))
    return [ShiftId(symbol) for symbol in found]


def in_all(symbols: Sequence[Symbols], house: int, duty: Duty) -> Duty:
    """Return a duty of a house as the main office has it."""
    if duty.shift is None:
        return duty
    origin = next((o for o, s in symbols[house].items() if s == duty.shift), None)
    if origin is None:
        return duty
    return duty.model_copy(update={"shift": symbols[MAIN][origin]})


def asked_in_all(symbols: Sequence[Symbols], house: int, request: Request) -> Request:
    """Return a request of a house as the main office has it."""
    if not request.shifts:
        return request
    known = {symbol: origin for origin, symbol in symbols[house].items()}
    shifts = (
        symbols[MAIN][known[one]] if one in known else one for one in request.shifts
    )
    return request.model_copy(update={"shifts": tuple(shifts)})


def plain_role(member: StaffMember) -> Role:
    """Return the role that stands in a cell for work that counts for no cover."""
    return next((r for r in member.roles if r.in_care_pool), member.roles[0])
