"""Words of the input workbook that a user may write in either language."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from scheduler.i18n import N_, spellings
from scheduler.wording.names import NAMES
from scheduler.wording.times import WEEKDAYS

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

_ALSO = {
    YES: ("○", "◯", "true", "1", "y", "可", "あり", "する"),
    NO: ("×", "false", "0", "n", "不可", "なし", "しない", "-"),
    GUIDELINE: ("wish", "wished", "希望", "努力目標"),
}


def plain(value: object) -> str:
    """Return text without blanks, full-width forms and capitals, for comparing."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split()).casefold()


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
    for value in enum:
        if means(text, NAMES[enum][value]) or plain(text) == plain(value.value):
            return value
    return None


def weekday_of(text: str) -> int | None:
    """Return the weekday a user's text names, 0 for Monday."""
    short = plain(text).removesuffix("曜日").removesuffix("曜")
    return next((day for day, word in enumerate(WEEKDAYS) if means(short, word)), None)
