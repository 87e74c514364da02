"""Words of the input workbook: values as text, and what a field means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from scheduler.domain.clock import HOUR, Interval
from scheduler.domain.events import Circle
from scheduler.domain.fields import FieldKind
from scheduler.domain.finding import Unit
from scheduler.domain.likeness import look_of, spelling_of
from scheduler.domain.qualifications import (
    ASSISTANT_NURSE,
    CARE_MANAGER_LICENCE,
    REGISTERED_NURSE,
    names_of_licence,
)
from scheduler.domain.registrants import ChangeReason, UsePlan, WeeklyUse
from scheduler.domain.requests import MetBy, PairKind
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.files.workbook.columns import TEXTS, Column
from scheduler.rulebook import Facet, yielding
from scheduler.wording.findings import exception_name
from scheduler.wording.names import NAMES, name_of
from scheduler.wording.times import WEEKDAYS, clock_text, span_text, weekday_text
from scheduler.wording.translation import N_, _, spellings

GUIDELINE = N_("guideline")
"""Word for the stance; `_ALSO` has the words of older workbooks."""

YES = N_("yes")
NO = N_("no")
FULL_TIME = N_("full-time")
PART_TIME = N_("part-time")
UNKNOWN = N_("unknown")
NONE = N_("none")
EVERY_DAY = N_("every day")
WORKDAYS = N_("Monday to Friday")

WEEKDAY_ROW = N_("Weekday")
HOLIDAY_ROW = N_("Public holiday")
ON_CALL_ROW = N_("On call")
REMARKS = N_("Remarks")
"""Labels of rows and columns beside the people and dates of a grid."""

LABELS = (
    WEEKDAY_ROW,
    HOLIDAY_ROW,
    ON_CALL_ROW,
    REMARKS,
)
"""First cells of rows that belong to no person."""

UNREAD_ROWS = frozenset({WEEKDAY_ROW, REMARKS})
"""Rows that are not read."""

ALSO_NAMES: dict[type[StrEnum], dict[str, tuple[str, ...]]] = {
    Role: {
        Role.CARE: (
            "介護職",
            "介護職員",
            "介護従業者",
            "介護スタッフ",
            "介護員",
            "ヘルパー",
        ),
        Role.NURSE: (
            *("看護職", "看護職員", "看護", "ナース"),
            *names_of_licence(REGISTERED_NURSE),
            *names_of_licence(ASSISTANT_NURSE),
        ),
        Role.PLANNER: (
            *("計画作成担当", "計画作成担当者", "計画作成", "CM"),
            *names_of_licence(CARE_MANAGER_LICENCE),
        ),
        Role.MANAGER: ("管理者", "管理職", "施設長", "ホーム長", "所長"),
    },
    ShiftKind: {
        ShiftKind.EARLY: ("早", "早出"),
        ShiftKind.DAY: ("日", "日中"),
        ShiftKind.LATE: ("遅", "遅出"),
        ShiftKind.NIGHT: ("夜", "夜間"),
    },
    Circle: {
        Circle.FULL_TIMERS: ("常勤", "正職員", "常勤者"),
        Circle.EVERYBODY: ("全員", "全職員", "職員全員"),
    },
    MetBy: {
        MetBy.PRESENT: ("在館者", "兼ねる"),
        MetBy.ON_TOP: ("上乗せ", "館内"),
        MetBy.OUT: ("外出", "送迎"),
    },
    ChangeReason: {
        ChangeReason.OTHER_USE: ("変更", "振替", "変更あり"),
        ChangeReason.ABSENT: ("休み", "お休み", "休", "欠席"),
        ChangeReason.HOSPITAL: ("入院", "入院中"),
    },
    PairKind: {
        PairKind.TOGETHER: ("一緒", "組む"),
        PairKind.APART: ("別", "別々"),
    },
}
"""Other names that people use for values of the domain's enumerations."""

_ALSO = {
    YES: (
        *("○", "◎", "●", "☑", "✓", "✔", "✅", "√", "レ", "true", "1", "y", "ok"),
        *("可", "あり", "有り", "有", "する", "できる", "済", "済み"),
    ),
    EVERY_DAY: ("毎日", "○"),
    WORKDAYS: ("平日", "平日のみ", "平日だけ", "weekdays"),
    FULL_TIME: ("常", "正社員", "正職員", "正規", "正規職員", "正規雇用"),
    PART_TIME: ("非", "パート", "パートタイム", "アルバイト", "バイト", "パート職員"),
    NO: (
        *("×", "☐", "□", "false", "0", "n", "ng", "-"),
        *("不可", "なし", "無し", "無", "しない", "できない", "未"),
    ),
    NONE: ("-", "×", "無し", "無", "ない", "特になし"),
    GUIDELINE: ("wish", "wished", "希望", "努力目標"),
}


def is_empty(raw: Any) -> bool:
    """Tell whether a cell holds nothing visible."""
    return raw is None or (isinstance(raw, str) and not look_of(raw))


def means(text: str, message: str) -> bool:
    """Tell whether a user's text means ``message``, in any language."""
    return spelling_of(text) in map(spelling_of, (*spellings(message), *also(message)))


def is_own(text: str) -> bool:
    """Tell whether a heading marks what is the office's own: 備考, 備考（入社日）."""
    said = spelling_of(text)
    return any(said.startswith(spelling_of(word)) for word in spellings(REMARKS))


SUM = re.compile("計|.*(?:合計|総計|小計|平均|数)|total|sum|average")
"""The heading of a row of sums or counts."""


def is_sum(text: str) -> bool:
    """Tell whether the first cell of a row says that it is a sum: 合計, 休みの人数."""
    return bool(SUM.fullmatch(spelling_of(text)))


_UNITS = {"people": ("名",)}
"""Other units that people write behind a number."""


def units(unit: str) -> tuple[str, ...]:
    """Return the units that may stand behind a number whose heading has one."""
    return (*spellings(unit), *_UNITS.get(unit, ())) if unit else ()


def also(message: str) -> tuple[str, ...]:
    """Return the other words that a user may write for a message."""
    return _ALSO.get(message, ())


def which(text: str, messages: tuple[str, ...]) -> str | None:
    """Return the first of several messages that a user's text means, if any."""
    return next((one for one in messages if means(text, one)), None)


def member_of(text: str, enum: type[StrEnum]) -> StrEnum | None:
    """Return the value of an enumeration that a user's text names, if any."""
    told = spelling_of(text)
    for value in enum:
        also_called = (value.value, *ALSO_NAMES.get(enum, {}).get(value, ()))
        name = NAMES[enum.__name__][value]
        if means(text, name) or told in map(spelling_of, also_called):
            return value
    return None


def names_of_kind(kind: ShiftKind) -> tuple[str, ...]:
    """Return what a kind of shift is called: 夜勤, 夜, 夜間."""
    said = ALSO_NAMES[ShiftKind][kind]
    return (*spellings(NAMES["ShiftKind"][kind]), *said)


def weekday_of(text: str) -> int | None:
    """Return the weekday a user's text names, 0 for Monday."""
    short = spelling_of(text).removesuffix("曜日").removesuffix("曜")
    return next((day for day, word in enumerate(WEEKDAYS) if means(short, word)), None)


LIST = "、"
"""Separator of the entries of a list."""

CHOICE = " / "
"""Separator of alternative breaks."""

AND = "+"
"""Separator of the breaks of one alternative."""

TILDE = "～"
"""Separator of the ends of a date span."""

Cell = str | int | float | dt.date | None
"""Value that is written into a cell."""


def show(column: Column, value: Any) -> Cell:
    """Return the cell content for a value; ``None`` leaves the cell empty."""
    if value is None:
        return _(UNKNOWN) if column.kind is FieldKind.OVERNIGHT else None
    return _SHOW[column.kind](value)


def choices_of(column: Column) -> list[str]:
    """Return the choices of a column's drop-down; empty if it has none."""
    match column.kind:
        case FieldKind.YES_NO:
            return [_(YES), _(NO)]
        case FieldKind.FULL_TIME:
            return [_(FULL_TIME), _(PART_TIME)]
        case FieldKind.CHOICE if column.enum is not None:
            return [name_of(value) for value in column.enum]
        case FieldKind.EXCEPTION:
            return [exception_name(key) for key in yielding()]
        case FieldKind.WEEKDAY:
            return [weekday_text(day) for day in range(7)]
        case _:
            return []


def names_of(column: Column) -> list[str]:
    """Return the values that may be typed in a column of one choice or of several."""
    if column.kind is FieldKind.CHOICES and column.enum is not None:
        return [name_of(value) for value in column.enum]
    return choices_of(column)


def date_cell(date: dt.date) -> str:
    """Write a date as text: 2026/12/24."""
    return f"{date.year}/{date.month}/{date.day}"


def duration_cell(minutes: int) -> str:
    """Write minutes as hours and minutes: 160:00."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def is_timed(facet: Facet) -> bool:
    """Tell whether agreements at a facet are durations, not numbers."""
    return facet.unit in (Unit.MINUTES, Unit.PERSON_MINUTES)


def breaks_cell(options: tuple[tuple[Interval, ...], ...]) -> str:
    """Write alternative breaks: 11:30-12:30 / 12:30-13:30."""
    return CHOICE.join(
        AND.join(span_text(pause) for pause in option) or _(NONE) for option in options
    )


def weekdays_cell(weekdays: tuple[int, ...]) -> str:
    """Write weekdays: 月火水; empty for all of them."""
    if len(weekdays) == 7:
        return ""
    between = "" if all(len(weekday_text(day)) == 1 for day in weekdays) else " "
    return between.join(weekday_text(day) for day in weekdays) or _(NONE)


def weekly_cell(uses: tuple[WeeklyUse, ...]) -> str | None:
    """Write a service of the week: 月水金 9:30-16:00、土; without times at the end."""
    ordered = sorted(uses, key=lambda use: use.span is None)
    return LIST.join(map(_weekly, ordered)) or None


def plan_text(plan: UsePlan) -> str:
    """Write all services of a week: 通い 月水金 9:30-16:00、訪問 火 10:00-10:30."""
    services = (
        (_("Day use"), plan.day_use),
        (_("Overnight stays"), plan.stays),
        (_("Visits at home"), plan.visits),
    )
    return LIST.join(f"{name} {weekly_cell(uses)}" for name, uses in services if uses)


def _weekly(use: WeeklyUse) -> str:
    days = weekdays_cell(use.weekdays) or _(EVERY_DAY)
    return f"{days} {span_text(use.span)}" if use.span else days


def tally_cell(one: Any) -> str:
    """Write a shift's ledger entry, times and fair share: 計 3/2.5."""
    return f"{one.shift} {one.times}/{one.share / 1000:g}"


def date_span_cell(span: Any) -> str:
    """Write a date span, which may be open at an end: 2026/12/10～; はい if at both."""
    if span.first is None and span.last is None:
        return _(YES)
    ends = (date_cell(date) if date else "" for date in (span.first, span.last))
    return TILDE.join(ends)


def _same(value: Any) -> Cell:
    return value or None if isinstance(value, str) else value


def _listed(one: Callable[[Any], str]) -> Callable[[Any], Cell]:
    return lambda values: LIST.join(one(value) for value in values) or None


def _moment(value: Any) -> str:
    return span_text(value) if isinstance(value, Interval) else clock_text(value)


_SHOW: dict[FieldKind, Callable[[Any], Cell]] = {
    FieldKind.TEXT: _same,
    FieldKind.PROSE: _same,
    FieldKind.TEXTS: _listed(str),
    FieldKind.QUALIFICATION: _same,
    FieldKind.QUALIFICATIONS: _listed(str),
    FieldKind.SYMBOL: _same,
    FieldKind.SYMBOLS: _listed(str),
    FieldKind.INTEGER: _same,
    FieldKind.INTEGERS: _listed(str),
    FieldKind.SIGNED: _same,
    FieldKind.HALVES: lambda value: value / 2,
    FieldKind.THOUSANDTHS: lambda value: value / 1000,
    FieldKind.TALLIES: _listed(tally_cell),
    FieldKind.WEEKLY: weekly_cell,
    FieldKind.OVERNIGHT: _same,
    FieldKind.CLOCK: clock_text,
    FieldKind.CLOCKS: _listed(clock_text),
    FieldKind.SPAN: span_text,
    FieldKind.BREAKS: lambda value: breaks_cell(value) or None,
    FieldKind.MOMENT: _moment,
    FieldKind.DURATION: duration_cell,
    FieldKind.DATE: _same,
    FieldKind.DATES: _listed(date_cell),
    FieldKind.DATE_SPAN: date_span_cell,
    FieldKind.YES_NO: lambda value: _(YES if value else NO),
    FieldKind.FULL_TIME: lambda value: _(FULL_TIME if value else PART_TIME),
    FieldKind.CHOICE: name_of,
    FieldKind.CHOICES: _listed(name_of),
    FieldKind.WEEKDAY: weekday_text,
    FieldKind.WEEKDAYS: lambda value: weekdays_cell(value) or None,
    FieldKind.EXCEPTION: exception_name,
    FieldKind.AMOUNT: _same,
}


def meaning_of(column: Column) -> str:
    """Return what a field means, translated."""
    return _(column.meaning)


def how_to_type(column: Column) -> str:
    """Return how a field is typed, translated: its choices, or a form with examples."""
    choices = names_of(column)
    if column.kind is FieldKind.EXCEPTION or not choices:
        form: str = TEXTS["typed"][column.kind]
        return _(form)
    text = "、".join(choices)
    if column.kind is not FieldKind.CHOICES:
        return text
    return _("{choices}; several with 、 between").format(choices=text)


def if_empty(column: Column) -> str:
    """Return what an empty cell stands for, translated; empty if nothing is said."""
    if column.required:
        return _("must be filled in")
    if column.kind in (FieldKind.OVERNIGHT, FieldKind.DATE_SPAN):
        return ""
    shown = show(column, column.default)
    return "" if shown is None else str(shown)
