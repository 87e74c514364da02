"""The language of a roster's cells: 日, 日管, 日管介, 夜, 明, 休, 希, 有, 欠.

A shift's symbol alone means care work (a nurse's own job for nurses).  A mark after
it names another role: one mark for the whole shift, or one for each segment, as in
日管介: management in the morning, care in the afternoon.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import ShiftId
from scheduler.domain.clock import format_span, parse_span
from scheduler.domain.likeness import look_of
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.spoken import DAYS, day_off_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import BreakOption, Duty, Shift
    from scheduler.domain.staff import StaffMember

ROLE_MARKS = {
    Role.CARE: "介",
    Role.NURSE: "看",
    Role.PLANNER: "ケ",
    Role.MANAGER: "管",
}
OFF_SYMBOLS = {kind: words[0] for kind, words in DAYS.items()}
WISHED_DAY_OFF = "希"
"""A day off that was asked for; reads as a day off."""

ABSENT_ON_PAPER = "―"
"""What paper shows in place of an absence, which is nobody else's business."""

ON_CALL_MARK = "宿"
"""Shown behind the symbol of whoever the on-call row names; never typed."""

SHORT_MARK = "▲"
"""Shown before a date on which law, a pin or a must of the office is not kept."""

_SEPARATOR = "/"
_ROLES = {mark: role for role, mark in ROLE_MARKS.items()}


class Meaning(NamedTuple):
    """What a cell says: a shift, perhaps with roles, or a kind of day off."""

    shift: ShiftId | None = None
    roles: tuple[Role, ...] | None = None
    """One a segment; ``None`` where the cell names none."""
    off: OffKind | None = None


def allowed_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return the roles a person may do in a shift, main job first."""
    return tuple(role for role in member.roles if role in (shift.roles or member.roles))


def plain_role(member: StaffMember, shift: Shift) -> Role | None:
    """Return the role that a symbol without marks stands for, if there is one."""
    allowed = allowed_roles(member, shift)
    return next((role for role in allowed if role.in_care_pool), None)


def plain_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return a role for each segment of a shift that was typed without marks."""
    first = plain_role(member, shift) or next(
        iter(allowed_roles(member, shift)), member.roles[0]
    )
    return (first,) * len(shift.segments)


def break_text(breaks: BreakOption) -> str:
    """Write breaks as ``12:30-13:30``, several joined with ``+`` on a line each."""
    return "+\n".join(format_span(pause) for pause in breaks)


def parse_breaks(text: str) -> BreakOption:
    """Read what `break_text` writes; empty text is no break.

    Raises
    ------
    ValueError
        If a piece is no time span.
    """
    pieces = [piece for piece in look_of(text).split("+") if piece]
    return tuple(parse_span(piece) for piece in pieces)


class CellLanguage:
    """Reads and writes the cells of one problem's roster."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def write(self, duty: Duty, *, wished: bool = False) -> str:
        """Return a duty's cell; ``wished`` marks a day off that was asked for."""
        if duty.off is not None:
            day_off = duty.off is OffKind.DAY_OFF
            return WISHED_DAY_OFF if day_off and wished else OFF_SYMBOLS[duty.off]
        if duty.shift is None:
            return ""
        shift = self._problem.shift_by_symbol[duty.shift]
        member = self._problem.member_by_name[duty.staff]
        return self.shift_text(member, shift, duty.roles)

    def shift_text(
        self, member: StaffMember, shift: Shift, roles: tuple[Role, ...]
    ) -> str:
        """Return the cell of a shift done in ``roles``, one a segment."""
        plain = plain_role(member, shift)
        if len(roles) != len(shift.segments) or set(roles) == {plain}:
            return shift.symbol
        return self.marked(shift, roles)

    def marked(self, shift: Shift, roles: tuple[Role, ...]) -> str:
        """Return the cell of a shift with its roles spelled out, one a segment."""
        marks = "".join(ROLE_MARKS[role] for role in roles)
        text = f"{shift.symbol}{marks[0] if len(set(roles)) == 1 else marks}"
        if self.read(text) == Meaning(shift.symbol, roles):
            return text
        return f"{shift.symbol}/{text.removeprefix(shift.symbol)}"

    def read(self, text: str) -> Meaning | None:
        """Read a cell; ``None`` if it says nothing that we know."""
        exact = self._problem.shift_by_symbol.get(ShiftId(text))
        if exact is not None:
            return Meaning(exact.symbol)
        text = look_of(text)
        if text in self._symbols:
            return Meaning(self._symbols[text].symbol)
        off = day_off_of(text)
        if off is not None:
            return Meaning(off=off)
        for symbol, shift in self._symbols.items():
            if text.startswith(symbol):
                roles = _marks(text.removeprefix(symbol), len(shift.segments))
                if roles:
                    return Meaning(shift.symbol, roles)
        return None

    def choices(self, member: StaffMember) -> tuple[str, ...]:
        """Return every cell that a person may be given, shifts first."""
        return (*self._shift_choices(member), *OFF_SYMBOLS.values(), WISHED_DAY_OFF)

    def _shift_choices(self, member: StaffMember) -> Iterator[str]:
        for shift in self._problem.shifts:
            if shift.symbol in member.shifts and not shift.counts:
                yield shift.symbol
            elif shift.symbol in member.shifts:
                roles = allowed_roles(member, shift)
                for pattern in product(roles, repeat=len(shift.segments)):
                    yield self.shift_text(member, shift, pattern)

    @cached_property
    def _symbols(self) -> dict[str, Shift]:
        shifts = sorted(self._problem.shifts, key=lambda shift: -len(shift.symbol))
        return {look_of(shift.symbol): shift for shift in shifts}


def _marks(text: str, segments: int) -> tuple[Role, ...]:
    marks = text.removeprefix(_SEPARATOR)
    if len(marks) not in (1, segments) or any(mark not in _ROLES for mark in marks):
        return ()
    roles = tuple(_ROLES[mark] for mark in marks)
    return roles if len(roles) == segments else roles * segments
