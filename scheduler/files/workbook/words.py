"""Words of the input workbook that a user may write in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.likeness import look_of
from scheduler.domain.requests import PairKind
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.wording.names import NAMES
from scheduler.wording.times import WEEKDAYS
from scheduler.wording.translation import N_, spellings

if TYPE_CHECKING:
    from enum import StrEnum

GUIDELINE = N_("guideline")
"""How strictly something is held; the other words are those of older workbooks."""

YES = N_("yes")
NO = N_("no")
FULL_TIME = N_("full-time")
PART_TIME = N_("part-time")
UNKNOWN = N_("unknown")
NONE = N_("none")

ARRIVAL = N_("arrival")
DEPARTURE = N_("departure")
GUESTS_LEAVE = N_("guests leave")
GUESTS_RETURN = N_("guests return")
VISITS = N_("visit window")
EVENTS = (ARRIVAL, DEPARTURE, GUESTS_LEAVE, GUESTS_RETURN, VISITS)
"""Events of a day profile, in the order in which they are written."""

WEEKDAY_ROW = N_("Weekday")
HOLIDAY_ROW = N_("Public holiday")
ON_CALL_ROW = N_("On call")
REMARKS = N_("Remarks")
"""Labels of rows and columns beside the people and dates of a grid."""

ALSO_NAMES: dict[type[StrEnum], dict[str, tuple[str, ...]]] = {
    Role: {
        Role.CARE: ("介護職", "介護職員", "介護従業者", "介護スタッフ"),
        Role.NURSE: ("看護職", "看護職員", "看護師", "准看護師", "ナース"),
        Role.PLANNER: (
            *("計画作成担当", "計画作成担当者", "介護支援専門員", "CM"),
            *("ケアマネ", "ケアマネージャー", "ケアマネジャー"),
        ),
        Role.MANAGER: ("管理者", "管理職"),
    },
    ShiftKind: {
        ShiftKind.EARLY: ("早", "早出"),
        ShiftKind.DAY: ("日", "日中"),
        ShiftKind.LATE: ("遅", "遅出"),
        ShiftKind.NIGHT: ("夜", "夜間"),
    },
    PairKind: {
        PairKind.TOGETHER: ("一緒", "組む"),
        PairKind.APART: ("別", "別々"),
    },
}
"""What else people call the values of the domain's types."""

_ALSO = {
    YES: ("○", "◯", "true", "1", "y", "可", "あり", "する"),
    NO: ("×", "false", "0", "n", "不可", "なし", "しない", "-"),
    GUIDELINE: ("wish", "wished", "希望", "努力目標"),
}


def plain(value: object) -> str:
    """Return text as words are compared: by its look, whatever its capitals."""
    return look_of(value).casefold()


def means(text: str, message: str) -> bool:
    """Tell whether a user's text is ``message``, in whatever language."""
    told = plain(text)
    return any(told == plain(word) for word in (*spellings(message), *also(message)))


def also(message: str) -> tuple[str, ...]:
    """Return what else a user may write for it."""
    return _ALSO.get(message, ())


def which(text: str, messages: tuple[str, ...]) -> str | None:
    """Return the one of several messages that a user's text is."""
    return next((one for one in messages if means(text, one)), None)


def member_of(text: str, enum: type[StrEnum]) -> StrEnum | None:
    """Return the value of an enumeration that a user's text names."""
    told = plain(text)
    for value in enum:
        also_called = (value.value, *ALSO_NAMES.get(enum, {}).get(value, ()))
        if means(text, NAMES[enum][value]) or told in map(plain, also_called):
            return value
    return None


def weekday_of(text: str) -> int | None:
    """Return the weekday a user's text names, 0 for Monday."""
    short = plain(text).removesuffix("曜日").removesuffix("曜")
    return next((day for day, word in enumerate(WEEKDAYS) if means(short, word)), None)
