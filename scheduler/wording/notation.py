"""Notation of cells: 日, 日ケ, 日管介, 休, 希, 有, 欠; and words for days off.

Requests, pins, last month's tail, rosters and what-ifs are read with one table of
words; the first word of each entry is the one that is written.

A shift's symbol alone means care work (a nurse's own job for nurses).  A mark after
it names another role: one mark for the whole shift, or one for each segment, as in
日管介: management in the morning, care in the afternoon.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.base import ShiftId
from scheduler.domain.clock import parse_span
from scheduler.domain.likeness import look_of, spelling_of
from scheduler.domain.requests import Request, Strength, Want
from scheduler.domain.shifts import BreakOption, Duty, OffKind, Role, Shift
from scheduler.wording.times import span_text

if TYPE_CHECKING:
    from scheduler.domain.kinds import DayKind
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember


DAYS: dict[OffKind, tuple[str, ...]] = {
    OffKind.DAY_OFF: (
        *(
            "休",
            "公",
            "公休",
            "休み",
            "お休み",
            "やすみ",
            "休日",
            "公休日",
            "週休",
            "休みたい",
        ),
        *("こうきゅう", "おやすみ"),
        *("希", "希休", "希望休", "希望休み", "オフ", "off"),
    ),
    OffKind.PAID_LEAVE: (
        *("有", "有休", "有給", "有給休暇", "有休休暇", "年休", "年次休暇"),
        *("年次有給休暇", "年次有休", "ゆうきゅう", "ねんきゅう"),
    ),
    OffKind.AFTER_NIGHT: (
        *("明", "明け", "あけ", "アケ", "夜明", "夜明け", "夜勤明", "夜勤明け"),
    ),
    OffKind.ABSENT: ("欠", "欠勤", "病欠"),
    OffKind.AWAY: ("・", "在籍外", "在籍なし"),
    OffKind.LONG_LEAVE: ("休業", "休職"),
    OffKind.SPECIAL_LEAVE: ("特休", "特別休暇", "慶弔休暇", "忌引"),
}
"""Words for whole days without a shift."""

HALVES: dict[Want, tuple[str, ...]] = {
    Want.MORNING_OFF: ("前休", "午前休", "午前休み", "午前半休", "午前有休", "am休"),
    Want.AFTERNOON_OFF: ("後休", "午後休", "午後休み", "午後半休", "午後有休", "pm休"),
}
"""Words for half a day off, which can only be requested."""

ENDINGS = ("勤", "番")
"""What people say behind a symbol: 夜勤 for 夜, 早番 for 早."""

ON_CALL = ("宿", "宿直")
"""Words for the night on call."""

NOT = ("×", "✕", "✖", "✗", "✘", "❌")
"""Marks before or after a shift that somebody asks not to have."""

NOT_BEFORE = (*NOT, "X", "x", "Ｘ", "ｘ")
"""Marks before such a shift; letters only there, as a symbol may end in one."""

NOT_BEHIND = (*NOT, "不可", "できません", "できない", "無理", "NG", "以外")
"""Words that may follow such a shift."""

_WANTS = {OffKind.DAY_OFF: Want.DAY_OFF, OffKind.PAID_LEAVE: Want.PAID_LEAVE}


OR = "/"
"""Separates shifts any of which would do."""

STRENGTHS = {Strength.MUST: "◎", Strength.STRONG: "", Strength.WEAK: "△"}
"""Mark after a request."""

OFFS = {
    Want.DAY_OFF: DAYS[OffKind.DAY_OFF][0],
    Want.PAID_LEAVE: DAYS[OffKind.PAID_LEAVE][0],
    **{want: words[0] for want, words in HALVES.items()},
}
"""How a request for a day off, or half of one, is written."""


_DAYS = {spelling_of(word): kind for kind, words in DAYS.items() for word in words}
_HALVES = {spelling_of(word): want for want, words in HALVES.items() for word in words}
_ON_CALL = frozenset(map(spelling_of, ON_CALL))


def day_off_of(text: str) -> OffKind | None:
    """Return the kind of day without a shift that a text means, if any."""
    return _DAYS.get(spelling_of(text))


def want_of(text: str) -> Want | None:
    """Return the day off, or half of one, that a text asks for, if any."""
    said = day_off_of(text)
    return _HALVES.get(spelling_of(text)) or (_WANTS.get(said) if said else None)


def says_on_call(text: str) -> bool:
    """Tell whether a text means the night on call."""
    return spelling_of(text) in _ON_CALL


def without_not(text: str) -> tuple[str, bool]:
    """Return a text without its mark of refusal, and whether it had one."""
    for sign in NOT_BEFORE:
        if text.startswith(sign):
            return text.removeprefix(sign).strip(), True
    for word in NOT_BEHIND:
        if text.casefold().endswith(word.casefold()):
            return text[: -len(word)].strip(), True
    return text, False


def off_symbols(problem: Problem) -> dict[str, OffKind]:
    """Return what a cell of a day off is written with, each with its kind.

    The office's own symbols stand last.
    """
    plain = {words[0]: kind for kind, words in DAYS.items()}
    return plain | {str(one.symbol): one.off for one in problem.kinds if one.off}


ROLE_MARKS = {
    Role.CARE: "介",
    Role.NURSE: "看",
    Role.PLANNER: "ケ",
    Role.MANAGER: "管",
}
OFF_SYMBOLS = {kind: words[0] for kind, words in DAYS.items()}
WISHED_DAY_OFF = "希"
"""A day off that was requested; read as a day off."""

ABSENT_ON_PAPER = "―"
"""Printed in place of an absence, which is private."""

ON_CALL_MARK = "宿"
"""Shown after the symbol of the person in the on-call row; never typed."""

SHORT_MARK = "▲"
"""Shown before a date on which law, a pin or a must of the office is not kept."""

_SEPARATOR = "/"
_ROLES = {mark: role for role, mark in ROLE_MARKS.items()}


class Meaning(NamedTuple):
    """Content of a cell: a shift, perhaps with roles, or a kind of day off."""

    shift: ShiftId | None = None
    roles: tuple[Role, ...] | None = None
    """One a segment; ``None`` if the cell names none."""
    off: OffKind | None = None
    kind: ShiftId | None = None
    """The office's own symbol of the day off."""


def allowed_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return the roles a person may do in a shift, main job first."""
    return tuple(role for role in member.roles if role in (shift.roles or member.roles))


def plain_role(member: StaffMember, shift: Shift) -> Role | None:
    """Return the role that a symbol without marks means, if there is one."""
    allowed = allowed_roles(member, shift)
    return next((role for role in allowed if role.in_care_pool), None)


def plain_roles(member: StaffMember, shift: Shift) -> tuple[Role, ...]:
    """Return a role for each segment of a shift that was typed without marks."""
    first = plain_role(member, shift) or next(
        iter(allowed_roles(member, shift)), member.roles[0]
    )
    return (first,) * len(shift.segments)


def break_text(breaks: BreakOption) -> str:
    """Write breaks as 12:30-13:30, 翌1:00-翌2:00; several with ``+``, a line each."""
    return "+\n".join(map(span_text, breaks))


def parse_breaks(text: str) -> BreakOption:
    """Parse what `break_text` writes; empty text is no break.

    Raises
    ------
    ValueError
        If a piece is no time span.
    """
    pieces = [piece for piece in look_of(text).split("+") if piece]
    return tuple(parse_span(piece) for piece in pieces)


def want_text(request: Request) -> str:
    """Write what is asked for: 休, 有, 日/遅, ×夜, ×宿."""
    if request.want in OFFS:
        return OFFS[request.want]
    if request.want is Want.NOT_ON_CALL:
        return NOT[0] + ON_CALL_MARK
    shifts = OR.join(request.shifts)
    return NOT[0] + shifts if request.want is Want.NOT_SHIFT else shifts


class CellLanguage:
    """Writes and parses the cells of a problem's roster."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def write(self, duty: Duty, *, wished: bool = False) -> str:
        """Return the text of a duty's cell; ``wished`` marks a day off as requested."""
        if duty.off is not None:
            if duty.kind is not None:
                return duty.kind
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
        """Return the text of a shift worked in ``roles``, one a segment."""
        plain = plain_role(member, shift)
        if len(roles) != len(shift.segments) or set(roles) == {plain}:
            return shift.symbol
        return self.marked(shift, roles)

    def marked(self, shift: Shift, roles: tuple[Role, ...]) -> str:
        """Return the text of a shift with its roles marked, one a segment."""
        marks = "".join(ROLE_MARKS[role] for role in roles)
        text = f"{shift.symbol}{marks[0] if len(set(roles)) == 1 else marks}"
        if self.read(text) == Meaning(shift.symbol, roles):
            return text
        return f"{shift.symbol}/{text.removeprefix(shift.symbol)}"

    def read(self, text: str) -> Meaning | None:
        """Parse the text of a cell; ``None`` if it has no known meaning."""
        exact = self._problem.shift_by_symbol.get(ShiftId(text))
        if exact is not None:
            return Meaning(exact.symbol)
        text = look_of(text)
        if text in self._symbols:
            return Meaning(self._symbols[text].symbol)
        if text in self._kinds:
            kind = self._kinds[text]
            return Meaning(off=kind.off, kind=kind.symbol)
        off = day_off_of(text)
        if off is not None:
            return Meaning(off=off)
        for symbol, shift in self._symbols.items():
            if text.startswith(symbol):
                roles = _marks(text.removeprefix(symbol), len(shift.segments))
                if roles:
                    return Meaning(shift.symbol, roles)
        return self._said.get(spelling_of(text))

    def refused(self, code: str, text: str) -> tuple[str, dict[str, str]]:
        """Return code and facts of the mistake that a text without a meaning is.

        That is ``code``, unless all before the mark of a night on call has a meaning.
        The mark is shown in cells, as in 遅宿, so it is typed too; but who is on call
        stands in a row of its own.
        """
        said = look_of(text)
        for word in sorted(ON_CALL, key=len, reverse=True):
            rest = said.removesuffix(word)
            if rest not in ("", said) and self.read(rest) is not None:
                return "call_in_cell", {"rest": rest}
        return code, {}

    def choices(self, member: StaffMember) -> tuple[str, ...]:
        """Return every text that a person's cell may have, shifts first."""
        kinds = (kind.symbol for kind in self._kinds.values())
        offs = OFF_SYMBOLS.values()
        return (*self._shift_choices(member), *kinds, *offs, WISHED_DAY_OFF)

    def _shift_choices(self, member: StaffMember) -> Iterator[str]:
        for shift in self._problem.all_shifts:
            mine = shift.symbol in member.shifts or shift.own_kind is not None
            if mine and not shift.counts:
                yield shift.symbol
            elif mine:
                roles = allowed_roles(member, shift)
                for pattern in product(roles, repeat=len(shift.segments)):
                    yield self.shift_text(member, shift, pattern)

    @cached_property
    def _kinds(self) -> dict[str, DayKind]:
        """The office's own kinds of day off."""
        return {look_of(one.symbol): one for one in self._problem.kinds if one.off}

    @cached_property
    def _said(self) -> dict[str, Meaning]:
        """What people write in place of a symbol, where it can mean one thing only."""
        found: dict[str, set[Meaning]] = {}
        for shift in self._problem.all_shifts:
            said = (shift.name, *(f"{shift.symbol}{one}" for one in ENDINGS))
            for word in filter(None, said):
                found.setdefault(spelling_of(word), set()).add(Meaning(shift.symbol))
        for kind in self._kinds.values():
            meant = Meaning(off=kind.off, kind=kind.symbol)
            found.setdefault(spelling_of(kind.name), set()).add(meant)
        return {word: min(all_of) for word, all_of in found.items() if len(all_of) == 1}

    @cached_property
    def _symbols(self) -> dict[str, Shift]:
        shifts = sorted(self._problem.all_shifts, key=lambda shift: -len(shift.symbol))
        return {look_of(shift.symbol): shift for shift in shifts}


def _marks(text: str, segments: int) -> tuple[Role, ...]:
    marks = text.removeprefix(_SEPARATOR)
    if len(marks) not in (1, segments) or any(mark not in _ROLES for mark in marks):
        return ()
    roles = tuple(_ROLES[mark] for mark in marks)
    return roles if len(roles) == segments else roles * segments
