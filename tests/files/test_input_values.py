"""Cells as people fill them in: full-width, Excel's own times, either language."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.domain.fields import FieldKind
from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.period import Period
from scheduler.domain.requests import Strength, Want
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.files.workbook.columns import Column
from scheduler.files.workbook.reading.cells import read_entry, shift_words
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value

PERIOD = Period(first=dt.date(2026, 12, 21), last=dt.date(2027, 1, 20))

GOOD: list[tuple[FieldKind, Any, Any]] = [
    (FieldKind.TEXT, " 桜　あおい　", "桜　あおい"),
    (FieldKind.TEXT, 1234567890.0, "1234567890"),
    (FieldKind.INTEGER, "１２", 12),
    (FieldKind.INTEGER, 12.0, 12),
    (FieldKind.INTEGER, "８，２００，０００", 8_200_000),
    (FieldKind.INTEGER, "-1,234", -1234),
    (FieldKind.SIGNED, "－３", -3),
    (FieldKind.HALVES, 3.5, 7),
    (FieldKind.HALVES, "３．０", 6),
    (FieldKind.THOUSANDTHS, 2.5, 2500),
    (FieldKind.THOUSANDTHS, 1 / 3, 333),
    (FieldKind.THOUSANDTHS, "０．００１", 1),
    (FieldKind.THOUSANDTHS, 2, 2000),
    (
        FieldKind.TALLIES,
        "計　３／２．５、A1 0/0.333",
        [
            {"shift": "計", "times": 3, "share": 2500},
            {"shift": "A1", "times": 0, "share": 333},
        ],
    ),
    (FieldKind.OVERNIGHT, "不明", None),
    (FieldKind.OVERNIGHT, "unknown", None),
    (FieldKind.CLOCK, "９：３０", 570),
    (FieldKind.CLOCK, "翌9:30", 2010),
    (FieldKind.CLOCK, "33:30", 2010),
    (FieldKind.CLOCK, dt.time(9, 30), 570),
    (FieldKind.CLOCK, dt.timedelta(hours=33, minutes=30), 2010),
    # Excel's day 1 is 1 January 1900: the serial 1.3958 in a cell of h:mm.
    (FieldKind.CLOCK, dt.datetime(1900, 1, 1, 9, 30), 2010),
    # The same, and 160:00, in a workbook that counts from 1904 (Excel for Mac).
    (FieldKind.CLOCK, dt.datetime(1904, 1, 2, 9, 30), 2010),
    (FieldKind.DURATION, dt.datetime(1904, 1, 7, 16, 0), 9600),
    (FieldKind.CLOCK, 0.5, 720),
    (FieldKind.CLOCKS, "13:00、15:00", [780, 900]),
    (FieldKind.CLOCKS, dt.time(13), [780]),
    (FieldKind.SPAN, "21:00～翌6:00", (1260, 1800)),
    (FieldKind.SPAN, "21:00－30:00", (1260, 1800)),
    (FieldKind.SPAN, "9:00ー10:00", (540, 600)),
    (FieldKind.BREAKS, "11:30-12:30／12:30-13:30", [[(690, 750)], [(750, 810)]]),
    (FieldKind.BREAKS, "12:00-12:45+15:00-15:15", [[(720, 765), (900, 915)]]),
    (FieldKind.BREAKS, "なし", [[]]),
    (FieldKind.MOMENT, "10:00", 600),
    (FieldKind.MOMENT, "10:00-11:00", (600, 660)),
    (FieldKind.DURATION, "160:00", 9600),
    (FieldKind.DURATION, "７：４５", 465),
    (FieldKind.DURATION, 7.75, 465),
    # 7:40 as 7.667, and a third of 100 hours.
    (FieldKind.DURATION, 7.667, 460),
    (FieldKind.DURATION, 100 / 3, 2000),
    (FieldKind.DURATION, 168, 10080),
    # 7:30 and 175:30 as Excel keeps them.
    (FieldKind.DURATION, 7.5 / 24, 450),
    (FieldKind.DURATION, 175.5 / 24, 10530),
    (FieldKind.DURATION, "0.3125", 450),
    # Said to be hours.
    (FieldKind.DURATION, "6.6667時間", 400),
    (FieldKind.DURATION, "８０時間", 4800),
    (FieldKind.DURATION, "7時間半", 450),
    (FieldKind.DURATION, "7時間45分", 465),
    (FieldKind.CLOCK, "9時半", 570),
    (FieldKind.CLOCK, "翌朝9時", 1980),
    (FieldKind.SPAN, "１３時～17時30分", (780, 1050)),
    (FieldKind.DURATION, 40, 2400),
    (FieldKind.DURATION, dt.time(8), 480),
    (FieldKind.DURATION, dt.timedelta(hours=160), 9600),
    (FieldKind.DATE, dt.datetime(2026, 12, 24), dt.date(2026, 12, 24)),
    (FieldKind.DATE, "2026年12月24日", dt.date(2026, 12, 24)),
    (FieldKind.DATE, "2026-12-24", dt.date(2026, 12, 24)),
    # Excel counts days from 30 December 1899: 46380 of them.
    (FieldKind.DATE, 46380, dt.date(2026, 12, 24)),
    (FieldKind.DATES, "12/24、1/3", [dt.date(2026, 12, 24), dt.date(2027, 1, 3)]),
    (FieldKind.DATE_SPAN, "はい", {}),
    (FieldKind.DATE_SPAN, "いいえ", None),
    (FieldKind.DATE_SPAN, "2026/12/10〜", {"first": dt.date(2026, 12, 10)}),
    (FieldKind.DATE_SPAN, "～2026/12/10", {"last": dt.date(2026, 12, 10)}),
    # Without the year only dates of the period are clear.
    (
        FieldKind.DATE_SPAN,
        "12/24～1月3日",
        {"first": dt.date(2026, 12, 24), "last": dt.date(2027, 1, 3)},
    ),
    (FieldKind.DURATION, "88h", 5280),
    # As years are counted in offices, and as other programs write dates.
    (FieldKind.DATE, "令和８年12月24日(木)", dt.date(2026, 12, 24)),
    (FieldKind.DATE, "R8.12.24", dt.date(2026, 12, 24)),
    (FieldKind.DATE, "r元/5/1", dt.date(2019, 5, 1)),
    (FieldKind.DATE_SPAN, "H27.4.1～", {"first": dt.date(2015, 4, 1)}),
    (FieldKind.DATE, "20261224", dt.date(2026, 12, 24)),
    (FieldKind.DATE, 20261224, dt.date(2026, 12, 24)),
    (FieldKind.CLOCK, "0930", 570),
    (FieldKind.CLOCK, 930, 570),
    (FieldKind.CLOCK, "翌日9:30", 2010),
    (FieldKind.CLOCK, "午前9時半", 570),
    (FieldKind.CLOCK, "午後0:30", 750),
    (FieldKind.CLOCK, "PM 9:30", 1290),
    (FieldKind.CLOCK, "午前12:00", 0),
    (FieldKind.SPAN, "21:00～6:00", (1260, 1800)),
    (FieldKind.SPAN, "16:30-翌朝9:30", (990, 2010)),
    (FieldKind.SPAN, "16:30から9:30まで", (990, 2010)),
    (FieldKind.SPAN, "18:00-0:00", (1080, 1440)),
    # 18 hours are a night, and more are none (see the bad ones).
    (FieldKind.SPAN, "16:00-10:00", (960, 2040)),
    (FieldKind.SPAN, "2100-0600", (1260, 1800)),
    *((FieldKind.YES_NO, text, True) for text in ("〇", "☑", "✓", "レ", "有", "OK")),
    *((FieldKind.YES_NO, text, False) for text in ("✕", "☐", "無", "—")),
    (FieldKind.INTEGER, "14.0", 14),
    (FieldKind.WEEKDAYS, "毎週火曜", [1]),
    (FieldKind.WEEKDAYS, "毎日", [0, 1, 2, 3, 4, 5, 6]),
    (FieldKind.DURATION, "7.5時間", 450),
    # A stretch of dates, across the turn of the year too.
    (
        FieldKind.DATES,
        "12/30～1/1、1/5～6日",
        [*(dt.date(2026, 12, day) for day in (30, 31)), dt.date(2027, 1, 1)]
        + [dt.date(2027, 1, day) for day in (5, 6)],
    ),
    (FieldKind.WEEKDAYS, "月～金", [0, 1, 2, 3, 4]),
    (FieldKind.WEEKDAYS, "火曜日～木曜日、日", [1, 2, 3, 6]),
    (FieldKind.WEEKDAYS, "平日", [0, 1, 2, 3, 4]),
    (FieldKind.FULL_TIME, "正社員", True),
    (FieldKind.FULL_TIME, "パート", False),
    (FieldKind.TEXTS, "なし", []),
    (FieldKind.QUALIFICATIONS, "なし", []),
    (FieldKind.DATE, "12月24日(木)", dt.date(2026, 12, 24)),
    (FieldKind.CHOICE, "早出", ShiftKind.EARLY),
    (FieldKind.TEXT, "柳\nまもる", "柳 まもる"),
    (FieldKind.YES_NO, "○", True),
    (FieldKind.YES_NO, "No", False),
    (FieldKind.YES_NO, False, False),
    (FieldKind.FULL_TIME, "非常勤", False),
    (FieldKind.FULL_TIME, "Full-time", True),
    (FieldKind.WEEKDAY, "日曜日", 6),
    (FieldKind.WEEKDAYS, "月水金", [0, 2, 4]),
    (FieldKind.WEEKDAYS, "Fri Mon", [0, 4]),
    (FieldKind.WEEKDAYS, "なし", []),
    (FieldKind.SYMBOLS, "早、日 夜", ["早", "日", "夜"]),
    (FieldKind.TEXTS, "看護師、運転", ["看護師", "運転"]),
    # Half-width kana, hours alone, other waves and dashes; one table of spellings.
    *(
        (FieldKind.SPAN, text, (540, 1080))
        for text in (
            "9〜18",
            "９：00－18：00",
            "9時～18時",
            "9:00∼18:00",
            "9時から18時",
        )
    ),
    (FieldKind.SPAN, "9時～18時半", (540, 1110)),
    (FieldKind.SPAN, "16:30〜翌9", (990, 1980)),
    (FieldKind.BREAKS, "12〜13／13〜14", [[(720, 780)], [(780, 840)]]),
    (
        FieldKind.WEEKLY,
        "月水 9時30分〜16時",
        [{"weekdays": [0, 2], "span": (570, 960)}],
    ),
    (FieldKind.WEEKDAYS, "月から金", [0, 1, 2, 3, 4]),
    (FieldKind.YES_NO, "ﾅｼ", False),
    *((FieldKind.YES_NO, text, True) for text in ("◯", "⭕", "✔", "ﾚ", "できる")),
    *((FieldKind.YES_NO, text, False) for text in ("ー", "－", "‐", "─", "ｰ")),
    (FieldKind.FULL_TIME, "ﾊﾟｰﾄ", False),
    *((FieldKind.QUALIFICATIONS, text, []) for text in ("ー", "－", "無", "特になし")),
    *(
        (FieldKind.QUALIFICATIONS, text, [found])
        for text, found in (
            ("正看護師", "看護師"),
            ("正看", "看護師"),
            ("准看", "准看護師"),
            ("ｹｱﾏﾈ", "介護支援専門員"),
            ("けあまねーじゃー", "介護支援専門員"),
            ("介護福祉士（有資格）", "介護福祉士"),
            ("ﾍﾙﾊﾟｰ２級", "ヘルパー2級"),
        )
    ),
]

UNITS: list[tuple[FieldKind, str, Any, Any]] = [
    (FieldKind.INTEGER, "people", "２５人", 25),
    (FieldKind.INTEGER, "people", "18名", 18),
    (FieldKind.INTEGER, "yen", "5,800,000円", 5_800_000),
    (FieldKind.OVERNIGHT, "people", "5 人", 5),
    (FieldKind.HALVES, "days", "1.5日", 3),
    (FieldKind.SIGNED, "days", "-2日", -2),
]

BAD: list[tuple[FieldKind, Any, str]] = [
    (FieldKind.TEXT, dt.date(2026, 12, 1), "not_text"),
    (FieldKind.INTEGER, "1.5", "not_integer"),
    (FieldKind.INTEGER, float("nan"), "not_integer"),
    (FieldKind.INTEGER, "1,2", "not_integer"),
    (FieldKind.INTEGER, "1234,567", "not_integer"),
    (FieldKind.CLOCK, 9, "not_clock"),
    (FieldKind.CLOCK, "翌33:30", "not_clock"),
    (FieldKind.CLOCK, dt.datetime(2026, 12, 1, 9, 30), "not_clock"),
    (FieldKind.CLOCK, dt.timedelta(hours=-1), "not_clock"),
    (FieldKind.SPAN, "10:00-9:00", "not_span"),
    (FieldKind.SPAN, "16:00-10:01", "not_span"),
    (FieldKind.SPAN, "11:59-1:00", "not_span"),
    (FieldKind.SPAN, "13:00-12:30", "not_span"),
    (FieldKind.SPAN, "21:00-21:00", "not_span"),
    (FieldKind.CLOCK, 8, "not_clock"),
    (FieldKind.CLOCK, "961", "not_clock"),
    (FieldKind.CLOCK, "午後13:00", "not_clock"),
    (FieldKind.INTEGER, "14.5", "not_integer"),
    # 12 in a cell with the format of dates.
    (FieldKind.DATE, dt.datetime(1900, 1, 12), "not_date"),
    (FieldKind.DATE, dt.datetime(1904, 1, 13), "not_date"),
    (FieldKind.SPAN, "9:00-10:00-11:00", "not_span"),
    (FieldKind.DURATION, "-8", "not_duration"),
    # 160:00 as Excel keeps it, or 6:40 in hours; 8:00, or 20 minutes.
    (FieldKind.DURATION, 160 / 24, "hours_or_days"),
    (FieldKind.DURATION, "6.666666667", "hours_or_days"),
    (FieldKind.DURATION, 8 / 24, "hours_or_days"),
    # Excel drops the zero of 12.10 and 12.20.
    (FieldKind.DATE, 12.1, "not_date"),
    (FieldKind.DATE, 12.2, "not_date"),
    (FieldKind.DURATION, float("inf"), "not_duration"),
    (FieldKind.DATE, "2026/2/30", "not_date"),
    (FieldKind.DATE, 12, "not_date"),
    (FieldKind.DATES, "13/1", "not_date"),
    (FieldKind.DATES, "12/24～12/22", "not_date"),
    (FieldKind.DATES, "12/24～40", "not_date"),
    (FieldKind.WEEKDAYS, "金～月", "not_weekdays"),
    (FieldKind.DATE_SPAN, "～", "not_date_span"),
    (FieldKind.DATE_SPAN, "4/1～", "not_date_span"),
    # 24 December 2026 is a Thursday.
    (FieldKind.DATE, "12/24(金)", "not_date"),
    (FieldKind.DATE_SPAN, dt.datetime(2026, 12, 1), "not_date_span"),
    (FieldKind.WEEKDAYS, "月月", "twice_in_cell"),
    (FieldKind.SYMBOLS, "早、早", "twice_in_cell"),
]


def column(kind: FieldKind, **fields: Any) -> Column:
    """Return a column of a kind."""
    return Column("path", "Heading", kind, "Note.", **fields)


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD)
def test_what_is_understood(kind: FieldKind, raw: Any, value: Any) -> None:
    """Each way of writing a value gives that value."""
    enum = ShiftKind if kind is FieldKind.CHOICE else None
    assert read_value(column(kind, enum=enum), raw, PERIOD) == value


@pytest.mark.parametrize(("kind", "unit", "raw", "value"), UNITS)
def test_numbers_with_their_unit(
    kind: FieldKind, unit: str, raw: Any, value: Any
) -> None:
    """The unit of the heading may stand behind a number, and no other."""
    assert read_value(column(kind, unit=unit), raw, PERIOD) == value
    with pytest.raises(Wrong):
        read_value(column(kind, unit="%"), raw, PERIOD)


@pytest.mark.parametrize(("kind", "raw", "code"), BAD)
def test_what_is_not(kind: FieldKind, raw: Any, code: str) -> None:
    """What cannot be meant is refused with a code."""
    with pytest.raises(Wrong) as caught:
        read_value(column(kind), raw, PERIOD)
    assert caught.value.code == code


@pytest.mark.parametrize("enum", [Hold, HouseRatio])
@pytest.mark.parametrize("text", ["目安", "希望", "努力目標", "wish", "Guideline"])
def test_a_guideline_by_the_words_of_older_workbooks(text: str, enum: Any) -> None:
    """What is 目安 now was 希望 for people and 努力目標 for the ratio."""
    assert read_value(column(FieldKind.CHOICE, enum=enum), text) is enum.GUIDELINE


@pytest.mark.parametrize(
    "text", ["管理、介護", "管理・介護", "管理者兼介護職員", "management care"]
)
def test_roles_in_either_language(text: str) -> None:
    """Choices are known by their name in either language."""
    roles = read_value(column(FieldKind.CHOICES, enum=Role), text)
    assert roles == [Role.MANAGER, Role.CARE]


SHIFTS = shift_words((symbol, "", "") for symbol in ("日", "遅", "夜", "A1"))


@pytest.mark.parametrize(
    ("text", "want", "shifts", "strength"),
    [
        ("休", Want.DAY_OFF, [], Strength.STRONG),
        ("希◎", Want.DAY_OFF, [], Strength.MUST),
        ("有△", Want.PAID_LEAVE, [], Strength.WEAK),
        ("日/遅", Want.SHIFT, ["日", "遅"], Strength.STRONG),
        ("×夜△", Want.NOT_SHIFT, ["夜"], Strength.WEAK),
        ("✕宿◎", Want.NOT_ON_CALL, [], Strength.MUST),
        ("Ａ1", Want.SHIFT, ["A1"], Strength.STRONG),
        ("前休", Want.MORNING_OFF, [], Strength.STRONG),
        ("後休◎", Want.AFTERNOON_OFF, [], Strength.MUST),
        ("午前休△", Want.MORNING_OFF, [], Strength.WEAK),
        ("午後休", Want.AFTERNOON_OFF, [], Strength.STRONG),
        ("ＡＭ休できれば", Want.MORNING_OFF, [], Strength.WEAK),
        ("pm休", Want.AFTERNOON_OFF, [], Strength.STRONG),
        ("希望休", Want.DAY_OFF, [], Strength.STRONG),
        ("有給", Want.PAID_LEAVE, [], Strength.STRONG),
        ("休必ず", Want.DAY_OFF, [], Strength.MUST),
        ("休必須", Want.DAY_OFF, [], Strength.MUST),
        *((f"休{circle}", Want.DAY_OFF, [], Strength.STRONG) for circle in "○◯〇⭕"),
        ("休(必ず)", Want.DAY_OFF, [], Strength.MUST),
        ("休（できれば）", Want.DAY_OFF, [], Strength.WEAK),
        ("日/遅できれば", Want.SHIFT, ["日", "遅"], Strength.WEAK),
        ("×夜希望", Want.NOT_SHIFT, ["夜"], Strength.STRONG),
        ("夜×", Want.NOT_SHIFT, ["夜"], Strength.STRONG),
        ("夜不可◎", Want.NOT_SHIFT, ["夜"], Strength.MUST),
        ("夜 不可", Want.NOT_SHIFT, ["夜"], Strength.STRONG),
        ("日/遅不可", Want.NOT_SHIFT, ["日", "遅"], Strength.STRONG),
        ("宿直不可", Want.NOT_ON_CALL, [], Strength.STRONG),
        ("Ｘ夜", Want.NOT_SHIFT, ["夜"], Strength.STRONG),
        ("夜勤不可", Want.NOT_SHIFT, ["夜"], Strength.STRONG),
        ("日勤/遅番△", Want.SHIFT, ["日", "遅"], Strength.WEAK),
        ("公", Want.DAY_OFF, [], Strength.STRONG),
        ("公休△", Want.DAY_OFF, [], Strength.WEAK),
        ("休み", Want.DAY_OFF, [], Strength.STRONG),
        ("年休", Want.PAID_LEAVE, [], Strength.STRONG),
        ("日／遅", Want.SHIFT, ["日", "遅"], Strength.STRONG),
    ],
)
def test_requests(text: str, want: Want, shifts: list[str], strength: Strength) -> None:
    """An entry of the grid says what, and how much it weighs."""
    expected = {"want": want, "strength": strength}
    if shifts:
        expected["shifts"] = shifts  # type: ignore[assignment]
    assert read_entry(text, SHIFTS) == expected


BIRDS = (
    *(("か", "かもめ", "day"), ("ふ", "ふくろう", "night"), ("よ", "よたか", "night")),
    *(("遅", "遅番", "late"), ("お", "遅め", "late"), ("研", "研修", "")),
)
"""Symbol, name and kind: two kinds of nights, none with the symbol 夜."""


@pytest.mark.parametrize(
    ("text", "want", "shifts"),
    [
        ("夜勤", Want.SHIFT, ["ふ", "よ"]),
        ("×夜", Want.NOT_SHIFT, ["ふ", "よ"]),
        ("夜勤不可", Want.NOT_SHIFT, ["ふ", "よ"]),
        ("ふくろう", Want.SHIFT, ["ふ"]),
        ("日勤/ふ", Want.SHIFT, ["か", "ふ"]),
        # The office's own symbol comes before the word of a kind.
        ("遅番", Want.SHIFT, ["遅"]),
        ("遅出", Want.SHIFT, ["遅", "お"]),
        ("研修", Want.SHIFT, ["研"]),
    ],
)
def test_words_of_shifts(text: str, want: Want, shifts: list[str]) -> None:
    """A name stands for its shift, the word of a kind for all shifts of that kind."""
    expected = {"want": want, "strength": Strength.STRONG, "shifts": shifts}
    assert read_entry(text, shift_words(BIRDS)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *["", "×", "◎", "×休", "×前休", "宿", "日/", "/", "日/朝", "必ず", "できれば"],
        *["()", "不可", "×夜×", "朝不可", "明け"],
    ],
)
def test_no_requests(text: str) -> None:
    """What says nothing known is no request."""
    assert read_entry(text, SHIFTS) is None


def number(path: str, raw: str, unit: str, kind: FieldKind = FieldKind.INTEGER) -> Any:
    """Return a number typed into the field at a path."""
    return read_value(Column(path, "", kind, unit=unit), raw)


@pytest.mark.parametrize(
    ("path", "raw", "unit", "value"),
    [
        ("contract.nights_max", "5回まで", "times", 5),
        ("contract.nights_max", "月５回以内", "times", 5),
        ("contract.nights_max", "1か月に最大5回", "times", 5),
        ("contract.nights_min", "最低2回", "times", 2),
        ("contract.nights_min", "月2回以上", "times", 2),
        ("contract.days_off_min", "9日以上", "days", 9),
        ("contract.days_per_week_max", "週3日まで", "days", 3),
        ("contract.days_per_week_max", "週に3日以内", "days", 3),
        ("at_most", "5回まで", "times", 5),
        ("at_least", "少なくとも2人", "people", 2),
        ("in_a_row_most", "3回まで", "times", 3),
        ("office.capacity.registered", "29人以下", "people", 29),
        ("office.settings.days_in_a_row_wished", "5日まで", "days", 5),
        ("office.settings.nights_most", "月6回まで", "times", 6),
    ],
)
def test_limits_as_people_say_them(path: str, raw: str, unit: str, value: int) -> None:
    """What makes a limit of a number is understood where it is that limit."""
    assert number(path, raw, unit) == value


def test_hours_as_people_say_them() -> None:
    """Hours of a contract have the same words around them."""
    hours = FieldKind.DURATION
    for raw in ("160時間まで", "月160時間以内", "最大160時間"):
        assert number("contract.minutes_max", raw, "h:min", hours) == 9600
    assert number("contract.week_minutes_max", "週20時間まで", "h:min", hours) == 1200


@pytest.mark.parametrize(
    ("path", "raw", "code"),
    [
        ("contract.nights_max", "2回以上", "limit_of_other_side"),
        ("contract.nights_min", "最大5回", "limit_of_other_side"),
        ("contract.nights_max", "週2回まで", "limit_other_span"),
        ("contract.days_per_week_max", "月20日まで", "limit_other_span"),
        ("at_most", "月5回まで", "limit_has_span"),
        ("line", "5番まで", "limit_no_limit"),
        ("contract.nights_max", "何回まで", "not_integer"),
    ],
)
def test_words_of_another_limit(path: str, raw: str, code: str) -> None:
    """Words that make another limit than the column holds are refused."""
    with pytest.raises(Wrong) as caught:
        number(path, raw, "times")
    assert caught.value.code == code
