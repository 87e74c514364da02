"""What people say for a day without a shift, in whatever sheet they say it.

Requests, pins, last month's tail, the roster read back and what-ifs are read by this
one table; the first word of each is the one that is written.
"""

from __future__ import annotations

from scheduler.domain.likeness import look_of
from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind

DAYS: dict[OffKind, tuple[str, ...]] = {
    OffKind.DAY_OFF: (
        *("休", "公", "公休", "休み", "お休み", "やすみ", "休日", "公休日", "週休"),
        *("希", "希休", "希望休", "希望休み", "オフ", "off"),
    ),
    OffKind.PAID_LEAVE: (
        *("有", "有休", "有給", "有給休暇", "有休休暇", "年休", "年次休暇"),
        *("年次有給休暇", "年次有休"),
    ),
    OffKind.AFTER_NIGHT: (
        *("明", "明け", "あけ", "アケ", "夜明", "夜明け", "夜勤明", "夜勤明け"),
    ),
    OffKind.ABSENT: ("欠", "欠勤", "病欠"),
    OffKind.AWAY: ("・", "在籍外", "在籍なし"),
}
"""Whole days."""

HALVES: dict[Want, tuple[str, ...]] = {
    Want.MORNING_OFF: ("前休", "午前休", "午前休み", "午前半休", "午前有休", "am休"),
    Want.AFTERNOON_OFF: ("後休", "午後休", "午後休み", "午後半休", "午後有休", "pm休"),
}
"""Half a day, which can only be asked for."""

ON_CALL = ("宿", "宿直")
"""The night on call."""

NOT = ("×", "✕", "✖", "✗", "✘", "❌")
"""Before or behind what somebody asks not to be given."""

NOT_BEHIND = (*NOT, "不可", "できません", "できない", "無理", "NG", "以外")
"""Only behind it."""

_WANTS = {OffKind.DAY_OFF: Want.DAY_OFF, OffKind.PAID_LEAVE: Want.PAID_LEAVE}


def _heard(text: str) -> str:
    return look_of(text).casefold()


_DAYS = {_heard(word): kind for kind, words in DAYS.items() for word in words}
_HALVES = {_heard(word): want for want, words in HALVES.items() for word in words}
_ON_CALL = frozenset(map(_heard, ON_CALL))


def day_off_of(text: str) -> OffKind | None:
    """Return the kind of day without a shift that a text says, if it says one."""
    return _DAYS.get(_heard(text))


def want_of(text: str) -> Want | None:
    """Return the day off, or half of one, that a text asks for, if it asks for one."""
    said = day_off_of(text)
    return _HALVES.get(_heard(text)) or (_WANTS.get(said) if said else None)


def says_on_call(text: str) -> bool:
    """Tell whether a text says the night on call."""
    return _heard(text) in _ON_CALL


def without_not(text: str) -> tuple[str, bool]:
    """Return what a text asks not to be given, and whether it asks so at all."""
    for sign in NOT:
        if text.startswith(sign):
            return text.removeprefix(sign).strip(), True
    for word in NOT_BEHIND:
        if text.casefold().endswith(word.casefold()):
            return text[: -len(word)].strip(), True
    return text, False
