"""Every mistake in a workbook is told with its sheet and cell, all at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import InputError
from scheduler.domain.office import Hold
from scheduler.files.workbook.layout import EXPERT_SETTINGS, SETTINGS
from scheduler.files.workbook.read_input import (
    LoadedInput,
    problem_of,
    read_input,
    read_with_warnings,
)
from scheduler.files.workbook.reading.notes import Notes
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.translation import use_language
from tests.support.input_offices import by_hand, put_by_hand
from tests.support.thorough import first_of
from tests.support.workbooks import Edit, opened, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from scheduler.domain.errors import Mistake


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the workbook that every test spoils in its own way."""
    path: Path = tmp_path_factory.mktemp("office") / "office.xlsx"
    put_by_hand(path)
    return path


def found(
    office: Path, tmp_path: Path, spoil: Callable[[Workbook], object] | list[Edit]
) -> tuple[Mistake, ...]:
    """Spoil a copy of the workbook and return the mistakes found in it."""
    path = tmp_path / "spoilt.xlsx"
    if callable(spoil):
        book = opened(office)
        spoil(book)
        book.save(path)
    else:
        path.write_bytes(typed(office, spoil))
    with pytest.raises(InputError) as caught:
        read_input(path)
    for mistake in caught.value.mistakes:
        assert mistake_text(mistake)
    return caught.value.mistakes


@pytest.fixture(scope="module")
def loaded(office: Path) -> LoadedInput:
    """Read the workbook into memory, where cells can be spoilt and put back."""
    return LoadedInput(typed(office, []))


def found_at(loaded: LoadedInput, edits: list[Edit]) -> tuple[Mistake, ...]:
    """Return the mistakes found while cells of the workbook in memory are spoilt."""
    cells = [loaded.workbook[sheet][cell] for sheet, cell, _value in edits]
    before = [cell.value for cell in cells]
    for cell, (_sheet, _cell, value) in zip(cells, edits, strict=True):
        is_date = isinstance(value, dt.date)
        cell.value = dt.datetime.combine(value, dt.time()) if is_date else value
    with pytest.raises(InputError) as caught:
        problem_of(loaded, Notes())
    for cell, value in zip(cells, before, strict=True):
        cell.value = value
    for mistake in caught.value.mistakes:
        assert mistake_text(mistake)
    return caught.value.mistakes


def told(mistakes: tuple[Mistake, ...]) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of each mistake."""
    return [(one.code, one.sheet, one.cell) for one in mistakes]


# The sheets of `by_hand`, as far as the cases need them:
# 事業所 B6/B7 first and last date, B8-B10 capacities, B11-B13 ordinance, B18 night band
# DAY row 4 来所 9:00 100, 5 帰宅, 6 宿泊者の朝, 7 宿泊者の夕, 8 訪問 10:00-11:00
# 勤務 row 4 早, 5 日, 6 遅, 7 夜; D begin, E end, F breaks, G cuts, H roles
# 職員 row 4 桜, 5 梅, 6 桃; B employment, C roles, F shifts, I/J hours, Q no night
# 利用見込 rows 4-10 for 1-7 December; D day users, E overnight, F visits, G profile
# 希望 row 3 dates from B, row 6 桜, 7 梅, 8 桃
# 固定 row 3 dates from B, 6 宿直 (C 桃), 7 桜 (C 日管, E 早), 8 梅 (C 明), 9 桃
# 前月 row 3 dates from C (24 November), row 6 宿直, 7 桜, 8 梅, 9 桃
# 組合せ row 4 桜 梅 離す, 5 桃 梅 一緒に
# 累計 row 4 桜, 5 and 6 only names; B/C nights, L shifts, M/N wishes, O leave, P owed
# 個別合意 row 4 契約時間 桃 1:30, 5 送迎 12/3 0:30, 6 固定 桜 12/2 1
# 配置ルール row 4; C role, E shift, G dates, H band, I at least, J at most
ZEROS: list[Edit] = [("利用見込", f"{column}11", 0) for column in "DEF"]


DAY = "曜日ごとの送迎・訪問の時刻"


def another(*cells: object) -> list[Edit]:
    """Return the edits that enter one more agreement, below the three."""
    filled = zip("ABCDE", cells, strict=True)
    return [("個別合意", f"{column}7", cell) for column, cell in filled if cell]


def setting(name: str) -> tuple[str, str]:
    """Return sheet and cell of a line of the settings, which begin in row 4."""
    for sheet, layout in (("設定", SETTINGS), ("詳細設定", EXPERT_SETTINGS)):
        paths = [column.path for column in layout.columns]
        if f"office.settings.{name}" in paths:
            return sheet, f"B{4 + paths.index(f'office.settings.{name}')}"
    raise KeyError(name)


CASES: dict[str, tuple[list[Edit], str]] = {
    "no name": ([("事業所", "B4", None)], "missing_value"),
    "blank name": ([("事業所", "B4", "　 ")], "missing_value"),
    "name too long": ([("事業所", "B4", "長" * 61)], "too_long"),
    "no date": ([("事業所", "B6", "十二月一日")], "not_date"),
    "no capacity": ([("事業所", "B8", "多い")], "not_integer"),
    "half a person": ([("事業所", "B9", 12.5)], "not_integer"),
    "true for a number": ([("事業所", "B9", True)], "not_integer"),
    "capacity of 0": ([("事業所", "B10", 0)], "too_small"),
    "registered above the law": ([("事業所", "B8", 30)], "capacity_above_law"),
    "day use above the law": ([("事業所", "B9", 19)], "capacity_above_law"),
    "overnight above the law": ([("事業所", "B10", 10)], "capacity_above_law"),
    "unknown method": ([("事業所", "B15", "勘")], "not_choice"),
    "band is a time": ([("事業所", "B18", "21:00")], "not_span"),
    "band by day": ([("事業所", "B18", "9:00-17:00")], "night_band"),
    "neither yes nor no": ([("事業所", "B19", "たぶん")], "not_yes_no"),
    "event unknown": ([(DAY, "B4", "散歩")], "not_choice"),
    "event without time": (
        [(DAY, "C4", None)],
        "missing_value",
    ),
    "stretch for a time": (
        [(DAY, "C4", "9:00-10:00")],
        "not_clock",
    ),
    "time for a stretch": ([(DAY, "C8", "9:00")], "not_span"),
    "visits past midnight": (
        [(DAY, "C8", "23:00-24:30")],
        "visit_past_midnight",
    ),
    "share above 100": ([(DAY, "D4", 101)], "too_large"),
    "symbol too long": ([("勤務", "A4", "早早早早")], "too_long"),
    "symbol reserved": ([("勤務", "A4", "休")], "reserved_symbol"),
    "symbol twice": ([("勤務", "A5", "早")], "duplicate_symbol"),
    "no symbol": ([("勤務", "A4", None)], "missing_value"),
    "no kind": ([("勤務", "C4", None)], "missing_value"),
    "impossible time": ([("勤務", "D4", "25:61")], "not_clock"),
    "time after 48:00": ([("勤務", "E7", "翌25:00")], "not_clock"),
    "a bare number for a time": ([("勤務", "D4", 7)], "not_clock"),
    "ends before it begins": ([("勤務", "E6", "9:30")], "shift_ends_early"),
    "longer than a day": ([("勤務", "E7", "翌20:00")], "shift_too_long"),
    "breaks as prose": ([("勤務", "F4", "お昼ごろ")], "not_breaks"),
    "break outside": ([("勤務", "F5", "8:00-9:00 / 12:00-13:00")], "break_outside"),
    "break too short": ([("勤務", "F5", "12:00-12:30")], "break_short"),
    "breaks unequal": (
        [("勤務", "F5", "12:00-13:00 / 13:00-14:30")],
        "breaks_unequal",
    ),
    "breaks overlap": (
        [("勤務", "F5", "12:00-12:45+12:30-13:00 / 14:00-15:15")],
        "breaks_overlap",
    ),
    "cut outside": ([("勤務", "G5", "19:00")], "cut_outside"),
    "role unknown": ([("勤務", "H5", "運転手")], "not_choice"),
    "half leave unknown": ([("勤務", "I5", "半分")], "not_yes_no"),
    "symbol of half a day off": ([("勤務", "A4", "前休")], "reserved_symbol"),
    "duplicate name": ([("職員", "A5", "桜"), ("希望", "A7", None)], "duplicate_name"),
    "employment unknown": ([("職員", "C4", "嘱託")], "not_choice"),
    "no role": ([("職員", "D4", None)], "missing_value"),
    "role twice": ([("職員", "D4", "介護、介護")], "twice_in_cell"),
    "unknown symbol": ([("職員", "G4", "早、朝")], "unknown_shift"),
    "hours as prose": ([("職員", "I4", "普通")], "not_duration"),
    "limits reversed": ([("職員", "J6", "161:00")], "limits_reversed"),
    "too many days off": ([("職員", "L4", 8)], "too_many_days_off"),
    "eight days a week": ([("職員", "M4", 8)], "too_large"),
    "weekdays unknown": ([("職員", "N4", "月、祝")], "not_weekdays"),
    "dates of no night": ([("職員", "R4", "12月から")], "not_date_span"),
    "dates reversed": ([("職員", "U4", "2026/12/9～2026/12/1")], "dates_reversed"),
    "forecast without date": ([("利用見込", "A4", None)], "missing_value"),
    "forecast outside": (
        [
            ("利用見込", "A11", dt.date(2027, 1, 1)),
            *[("利用見込", f"{c}11", 0) for c in "DEF"],
        ],
        "date_outside",
    ),
    "forecast twice": (
        [
            ("利用見込", "A11", dt.date(2026, 12, 7)),
            *[("利用見込", f"{c}11", 0) for c in "DEF"],
        ],
        "duplicate_date",
    ),
    "no day users": ([("利用見込", "D5", None)], "missing_value"),
    "day users in words": ([("利用見込", "D5", "六")], "not_integer"),
    "fewer than nobody": ([("利用見込", "F5", -1)], "too_small"),
    "profile unknown": ([("利用見込", "G5", "休日")], "unknown_profile"),
    "request of a stranger": (
        [("希望", "A9", "椿"), ("希望", "B9", "休")],
        "unknown_person",
    ),
    "request without name": (
        [("希望", "A9", None), ("希望", "C9", "休")],
        "missing_value",
    ),
    "person twice": ([("希望", "A9", "桜")], "person_twice"),
    "unknown entry": ([("希望", "C6", "会食")], "not_request"),
    "unknown symbol asked": ([("希望", "C6", "早/朝")], "not_request"),
    "a remark alone": ([("希望", "C6", "（通院）")], "not_request"),
    "heading misspelt": ([("職員", "G3", "勤務できる記号")], "renamed_column"),
    "heading deleted": ([("職員", "G3", None)], "renamed_column"),
    "request twice": ([("希望", "B6", "休、休△")], "duplicate_request"),
    "another weekday": ([("利用見込", "B5", "木")], "other_weekday"),
    "a weekday that is none": ([("利用見込", "B5", "祝")], "other_weekday"),
    "request outside": ([("希望", "B3", dt.date(2027, 1, 5))], "date_outside"),
    "date as prose": ([("希望", "B3", "月初")], "own_column"),
    "date twice": ([("希望", "C3", dt.date(2026, 12, 1))], "date_twice"),
    "pin of a stranger": (
        [("固定", "A10", "椿"), ("固定", "B10", "休")],
        "unknown_person",
    ),
    "pin of an unknown symbol": ([("固定", "C8", "朝")], "not_pin"),
    "pin of an unknown role": ([("固定", "C7", "日長")], "not_pin"),
    "pin of a role not done": ([("固定", "C8", "日管")], "pin_roles"),
    "pin of two roles, one segment": ([("固定", "C7", "日管介")], "not_pin"),
    "pin of a shift not agreed": (
        [("職員", "G5", "日、遅"), ("固定", "E8", "早")],
        "pin_symbol",
    ),
    "pin of a weekday not agreed": (
        [("職員", "N5", "月火水木土"), ("固定", "E8", "日")],
        "pin_weekday",
    ),
    "pin of a public holiday": (
        [("職員", "O5", "いいえ"), ("固定", "D8", "日")],
        "pin_public_holiday",
    ),
    "pin before employment": (
        [("職員", "U5", "2026/12/3～"), ("固定", "C8", "休")],
        "pin_not_employed",
    ),
    "pin of absence": ([("固定", "D8", "・")], "pin_not_away"),
    "pin on call, not agreed": ([("職員", "H6", "いいえ")], "pin_on_call"),
    "pin on call of a stranger": ([("固定", "D6", "椿")], "unknown_person"),
    "pin outside": ([("固定", "B3", dt.date(2027, 1, 5))], "date_outside"),
    "tail of a stranger": (
        [("前月", "A10", "椿"), ("前月", "C10", "休")],
        "unknown_person",
    ),
    "unknown duty": ([("前月", "C7", "朝")], "not_duty"),
    "tail as it is shown": ([("前月", "C7", "早宿")], "call_in_cell"),
    "pin as it is shown": ([("固定", "C8", "休 宿直")], "call_in_cell"),
    "tail in the period": ([("前月", "C3", dt.date(2026, 12, 1))], "tail_in_period"),
    "stranger on call": ([("前月", "D6", "椿")], "unknown_person"),
    "days off before": ([("前月", "B7", 29)], "too_large"),
    "days off as prose": ([("前月", "B7", "少し")], "not_integer"),
    "account without name": ([("累計", "A4", None)], "missing_value"),
    "account of a stranger": (
        [("累計", "A7", "椿"), ("累計", "B7", 1)],
        "unknown_person",
    ),
    "two accounts": ([("累計", "A7", "桜"), ("累計", "B7", 1)], "duplicate_account"),
    "part of a night": ([("累計", "B4", 1.5)], "not_integer"),
    "share as prose": ([("累計", "C4", "半分")], "not_number"),
    "share below nothing": ([("累計", "C4", -1.5)], "too_small"),
    "tally without share": ([("累計", "L4", "早 3")], "not_tally"),
    "tally of an unknown shift": ([("累計", "L4", "朝 3/2.5")], "unknown_shift"),
    "tally twice": ([("累計", "L4", "早 3/2.5、早 1/1")], "twice_in_cell"),
    "more granted than asked": ([("累計", "N4", 5)], "granted_more"),
    "a quarter of leave": ([("累計", "O4", 1.25)], "not_half"),
    "days owed in words": ([("累計", "P4", "二日")], "not_integer"),
    "rule without name": ([("配置ルール", "A4", None)], "missing_value"),
    "rule without number": ([("配置ルール", "I4", None)], "cover_limits"),
    "rule reversed": ([("配置ルール", "J4", 0)], "limits_reversed"),
    "rule of unknown shift": ([("配置ルール", "E4", "朝")], "unknown_shift"),
    "rule outside": ([("配置ルール", "G4", "12/24")], "date_outside"),
    "rule of no dates": ([("配置ルール", "G4", "クリスマス")], "not_date"),
    "pair without the other": ([("組合せ", "B4", None)], "missing_value"),
    "pair without the one": ([("組合せ", "A4", None)], "missing_value"),
    "pair with a stranger": ([("組合せ", "B4", "椿")], "unknown_person"),
    "pair of one": ([("組合せ", "B4", "桜")], "pair_of_one"),
    "pair of no kind": ([("組合せ", "C4", "なかよし")], "not_choice"),
    "pair twice": (
        [("組合せ", "A6", "梅"), ("組合せ", "B6", "桜"), ("組合せ", "C6", "離す")],
        "duplicate_pair",
    ),
    "pair apart and together": (
        [("組合せ", "C5", "一緒に"), ("組合せ", "A5", "桜")],
        "pair_both",
    ),
    "no exception": ([("個別合意", "A4", None)], "missing_value"),
    "exception unknown": ([("個別合意", "A4", "夜勤を増やす")], "not_exception"),
    "exception to whom": ([("個別合意", "B4", None)], "agreement_needs_staff"),
    "exception to a stranger": ([("個別合意", "B4", "椿")], "unknown_person"),
    "exception for nobody": ([("個別合意", "B5", "桜")], "agreement_without_staff"),
    "exception when": ([("個別合意", "C6", None)], "agreement_needs_date"),
    "exception outside": (
        [("個別合意", "C5", dt.date(2026, 12, 8))],
        "date_outside",
    ),
    "exception on no date": ([("個別合意", "C5", "クリスマス")], "not_date"),
    "exception all month": (
        [("個別合意", "C4", dt.date(2026, 12, 2))],
        "agreement_without_date",
    ),
    "exception to what": ([("個別合意", "D5", None)], "agreement_needs_name"),
    "exception to no rule": ([("個別合意", "D5", "朝礼")], "unknown_cover_rule"),
    "exception to a rule without a band": (
        [("個別合意", "A5", "配置ルールをゆるめる（人数）"), ("個別合意", "E5", 1)],
        "unknown_cover_rule",
    ),
    "exception to nothing": ([("個別合意", "D4", "送迎")], "agreement_without_name"),
    "exception to no shift": (
        [*another("契約にない勤務・宿直をする", "桃", "12/2", "朝", 1)],
        "unknown_shift",
    ),
    "exception while not employed": (
        [
            *another("契約外の日に出勤する", "梅", "12/2", None, 1),
            ("職員", "U5", "2026/12/3～"),
            ("固定", "C8", None),
        ],
        "agreement_not_employed",
    ),
    "exception without amount": ([("個別合意", "E4", None)], "missing_value"),
    "exception of no time": ([("個別合意", "E4", "少し")], "not_duration"),
    "exception of half a time": ([("個別合意", "E6", 0.5)], "not_integer"),
    "exception of times as hours": ([("個別合意", "E6", "1:00")], "not_integer"),
    "exception of nothing": ([("個別合意", "E6", 0)], "too_small"),
    "exception of no minute": ([("個別合意", "E4", "0:00")], "too_small"),
    "exception twice": (
        [*another("契約時間を超える", "桃", None, None, "1:00")],
        "duplicate_agreement",
    ),
    "overtime without an agreement": (
        [*another("36協定内で時間外労働をする", "桃", None, None, "1:00")],
        "overtime_unknown",
    ),
    "a minute of overtime too much": (
        [
            *another("36協定内で時間外労働をする", "桃", None, None, "10:01"),
            (*setting("overtime_most"), "10:00"),
        ],
        "overtime_above",
    ),
    "overtime of the settings unreadable": (
        [
            (*setting("overtime_most"), "多い"),
            *another("36協定内で時間外労働をする", "桃", None, None, "1:00"),
        ],
        "not_duration",
    ),
    "half a day from midnight": (
        [(*setting("half_day_at"), "0:00")],
        "half_day",
    ),
    "half a day to midnight": ([(*setting("half_day_at"), "24:00")], "half_day"),
    "quota of nothing": ([(*setting("wishes_per_person"), 0)], "too_small"),
    "shift shared, unknown": (
        [(*setting("fair_shifts"), "朝")],
        "unknown_shift",
    ),
    "shift shared twice": (
        [(*setting("fair_shifts"), "日、日")],
        "twice_in_cell",
    ),
    "strictness unknown": (
        [(*setting("days_off_together"), "たぶん")],
        "not_choice",
    ),
    "nine stretches": ([(*setting("days_off_together_times"), 9)], "too_large"),
    "no permit": ([(*setting("standby.permission"), None)], "missing_value"),
    "break on call too short": (
        [
            (*setting("standby.break_minutes"), "0:59"),
            (*setting("standby.permission"), "いいえ"),
            (*setting("standby.from_home"), "いいえ"),
        ],
        "standby_break_short",
    ),
    "break on call as long as the night": (
        [
            (*setting("standby.break_minutes"), "9:00"),
            (*setting("standby.permission"), "いいえ"),
            (*setting("standby.from_home"), "いいえ"),
        ],
        "standby_break_long",
    ),
    "rest above a day": ([(*setting("rest_wished"), "25:00")], "too_large"),
    "least rest above wished": (
        [(*setting("rest_least"), "12:00")],
        "limits_reversed",
    ),
    "weekday unknown": ([(*setting("week_starts_on"), "祝")], "not_weekdays"),
    # What looks the same is the same.
    "duplicate name by width": (
        [("職員", "A5", "　桜　"), ("希望", "A7", None)],
        "duplicate_name",
    ),
    "duplicate name by a character unseen": (
        [("職員", "A5", "桜\u200b"), ("希望", "A7", None)],
        "duplicate_name",
    ),
    "symbol twice by look": (
        [("勤務", "A5", "1"), ("勤務", "A4", "①")],
        "duplicate_symbol",
    ),
    "symbol that reads as a day off": ([("勤務", "A4", "㊡")], "reserved_symbol"),
    "symbol that reads as a separator": ([("勤務", "A4", "／")], "reserved_symbol"),
    "name that heads a row": (
        [("職員", "A7", "宿　直"), ("職員", "C7", "常勤"), ("職員", "D7", "介護")],
        "reserved_name",
    ),
    # Nothing that was typed is passed over.
    "wishes without a date": ([("希望", "B3", None)], "no_date_above"),
    "pins without a date": ([("固定", "E3", None)], "no_date_above"),
    "a request beyond the dates": ([("希望", "J6", "休")], "no_date_above"),
    "a row without a name in a column without a date": (
        [("希望", "A9", None), ("希望", "J9", "休")],
        "missing_value",
    ),
    "tail without the eve": ([("前月", "I3", None)], "no_date_above"),
    "who is on call, twice": (
        [("固定", "A30", "宿直"), ("固定", "C30", "梅")],
        "row_twice",
    ),
    "on call among requests": (
        [("希望", "A18", "宿直"), ("希望", "C18", "桃")],
        "row_not_here",
    ),
    "a mark for a public holiday": ([("利用見込", "C5", "○")], "not_holiday"),
    "no public holiday": ([("前月", "D5", "なし")], "not_holiday"),
    "a number for a public holiday": ([("前月", "D5", 1)], "not_holiday"),
    "a line twice": ([("詳細設定", "A200", "週の起算曜日")], "line_twice"),
    "share of guests": ([(DAY, "D6", 100)], "not_of_event"),
    "visits of arrivals": ([(DAY, "E4", 2)], "not_of_event"),
    "breaks of a day off": ([("前月", "C7", "休@12:00-13:00")], "not_duty"),
    "a name of blanks": ([("職員", "A4", "　 ")], "missing_value"),
    "days before of nobody": (
        [("前月", "A10", None), ("前月", "B10", 3)],
        "missing_value",
    ),
    "days before of who is on call": ([("前月", "B6", 3)], "not_of_event"),
    "a stranger's line in the ledger": ([("累計", "A7", "椿")], "unknown_person"),
    "error in a cell": ([("職員", "L4", "#REF!")], "cell_error"),
    "error in a duration": ([(*setting("planner_desk"), "#N/A")], "cell_error"),
}

ELSEWHERE = {
    "days before of nobody": ("前月", "A10"),
    "a request beyond the dates": ("希望", "J3"),
    "a row without a name in a column without a date": ("希望", "A9"),
    # The name stays in the sheet, its place is where the line is missing or lacks one.
    "no symbol": ("勤務", "A4"),
    "request of a stranger": ("希望", "A9"),
    "request without name": ("希望", "A9"),
    "rule without number": ("配置ルール", "A4"),
    "rule reversed": ("配置ルール", "I4"),
    "pair of one": ("組合せ", "A4"),
    "exception to a rule without a band": ("個別合意", "D5"),
    "exception to no shift": ("個別合意", "D7"),
    "exception while not employed": ("個別合意", "C7"),
    "overtime without an agreement": ("個別合意", "E7"),
    "a minute of overtime too much": ("個別合意", "E7"),
    "pin of a stranger": ("固定", "A10"),
    "pin of a shift not agreed": ("固定", "E8"),
    "pin of a weekday not agreed": ("固定", "E8"),
    "pin of a public holiday": ("固定", "D8"),
    "pin before employment": ("固定", "C8"),
    "pin on call, not agreed": ("固定", "C6"),
    "tail of a stranger": ("前月", "A10"),
    "least rest above wished": setting("rest_least"),
}
"""Where a mistake is shown, if not in the first cell that was edited."""


@pytest.mark.parametrize("name", CASES)
def test_one_mistake(
    name: str, office: Path, loaded: LoadedInput, tmp_path: Path
) -> None:
    """One wrong entry gives one mistake, in its cell, and no echo elsewhere."""
    edits, code = CASES[name]
    place = ELSEWHERE.get(name, edits[0][:2])
    # Where a formula is typed over, only the file says that there is none any more.
    formulas = {(one.sheet, one.cell) for one in loaded.formulas}
    is_formula = any(edit[:2] in formulas for edit in edits)
    mistakes = found(office, tmp_path, edits) if is_formula else found_at(loaded, edits)
    assert told(mistakes) == [(code, *place)]


def test_all_at_once(office: Path, tmp_path: Path) -> None:
    """Mistakes of different sheets are told together, in the order of the sheets."""
    names = ["no capacity", "impossible time", "unknown symbol", "unknown duty"]
    edits = [edit for name in names for edit in CASES[name][0]]
    assert sorted(told(found(office, tmp_path, edits))) == sorted(
        (CASES[name][1], *CASES[name][0][0][:2]) for name in names
    )


NEEDED = (
    *("事業所", DAY, "勤務", "職員", "利用見込", "希望", "固定"),
    *("前月", "配置ルール", "組合せ", "個別合意", "設定", "詳細設定"),
)


@pytest.mark.parametrize("sheet", first_of(NEEDED, 5))
def test_missing_sheet(sheet: str, office: Path, tmp_path: Path) -> None:
    """A missing sheet is told once; what leans on it is not."""
    mistakes = found(office, tmp_path, lambda book: book.remove(book[sheet]))
    assert told(mistakes) == [("missing_sheet", sheet, "")]


@pytest.mark.parametrize(
    ("sheet", "cell", "code"),
    [
        ("職員", "G3", "renamed_column"),
        ("職員", "A3", "renamed_column"),
        ("利用見込", "D3", "renamed_column"),
        ("希望", "A3", "renamed_column"),
        ("事業所", "A8", "missing_line"),
        ("設定", "A4", "missing_line"),
    ],
)
def test_missing_heading(
    sheet: str, cell: str, code: str, office: Path, tmp_path: Path
) -> None:
    """A missing heading is told once, by its name."""
    heading = opened(office)[sheet][cell].value.split("\n")[0]
    mistakes = found(office, tmp_path, [(sheet, cell, None)])
    assert [(one.code, one.sheet, one.facts["heading"]) for one in mistakes] == [
        (code, sheet, heading)
    ]


@pytest.mark.parametrize("name", ["small_office", "manager_nights_percent"])
def test_a_line_that_came_later(name: str, office: Path, tmp_path: Path) -> None:
    """Workbooks of before have no such line and are read by its default."""
    book = opened(office)
    name_of_sheet, cell = setting(name)
    book[name_of_sheet].delete_rows(book[name_of_sheet][cell].row)
    path = tmp_path / "before.xlsx"
    book.save(path)
    assert read_input(path) == by_hand()


def test_a_line_that_came_later_has_its_default(office: Path, tmp_path: Path) -> None:
    """A book of before its rule is held to nothing that it does not say."""
    book = opened(office)
    name, cell = setting("long_nights_apart")
    sheet = book[name]
    sheet[cell] = "必ず"
    book.save(office)
    assert read_input(office).office.settings.long_nights_apart is Hold.MUST
    sheet.delete_rows(sheet[cell].row)
    path = tmp_path / "before.xlsx"
    book.save(path)
    assert read_input(path).office.settings.long_nights_apart is Hold.OFF


@pytest.mark.parametrize(
    ("shown_as", "kept", "read"),
    [("0%", 1, 100), ("0.0%", 0.07, 7), ('0"%"', 30, 30), ("General", 30, 30)],
)
def test_percentages_are_what_the_cell_shows(
    shown_as: str, kept: float, read: int, loaded: LoadedInput
) -> None:
    """100% in a cell with the format of percentages is kept as 1."""
    sheet, at = setting("manager_nights_percent")
    cell = loaded.workbook[sheet][at]
    cell.value, cell.number_format = kept, shown_as
    found = problem_of(loaded, Notes()).office.settings.manager_nights_percent
    cell.value, cell.number_format = None, "General"
    assert found == read


def test_a_percentage_of_people_is_told(loaded: LoadedInput) -> None:
    """25 in a cell with the format of percentages shows 2500%: nobody means people."""
    cell = loaded.workbook["事業所"]["B8"]
    before, cell.number_format = cell.number_format, "0%"
    mistakes = found_at(loaded, [("事業所", "B8", 25)])
    cell.number_format = before
    assert told(mistakes) == [("percent", "事業所", "B8")]
    assert "「2500%」" in mistake_text(mistakes[0])
    assert "表示形式" in mistake_text(mistakes[0])


def test_short_hours_that_are_no_full_time(office: Path, tmp_path: Path) -> None:
    """B-05: 8 h on 3 days are 24 a week, told at the cell that says full-time."""
    edits = [("職員", "T5", "はい"), ("職員", "M5", 3)]
    mistakes = found(office, tmp_path, edits)
    assert told(mistakes) == [("short_time_week", "職員", "T5")]
    assert mistake_text(mistakes[0]) == (
        "職員 T5（梅）: 短時間の常勤は週30時間以上が条件ですが、1日8時間×週3日では"
        "足りません。1日の時間か週の日数を直すか「いいえ」にしてください。"
    )


def test_heading_twice(office: Path, tmp_path: Path) -> None:
    """Two columns of one heading are told at the second."""
    mistakes = found(office, tmp_path, [("職員", "W3", "グループ")])
    assert told(mistakes) == [("duplicate_column", "職員", "W3")]


def test_merged_cells(office: Path, tmp_path: Path) -> None:
    """Merged cells are told with their range."""
    mistakes = found(office, tmp_path, lambda b: b["希望"].merge_cells("B6:C6"))
    assert told(mistakes) == [("merged_cells", "希望", "B6")]
    assert mistakes[0].facts == {"range": "B6:C6"}


def test_period_of_two_months(office: Path, tmp_path: Path) -> None:
    """A period too long is told once; its dates are not held against it."""
    mistakes = found(office, tmp_path, [("事業所", "B7", dt.date(2027, 1, 31))])
    assert told(mistakes) == [("period_length", "事業所", "B7")]


def test_a_year_that_is_a_slip(office: Path, tmp_path: Path) -> None:
    """It is told as such, not as a period of too many dates."""
    dates = [dt.date(2226, 12, day) for day in (1, 7)]
    cells = [("事業所", "B6", dates[0]), ("事業所", "B7", dates[1])]
    mistakes = found(office, tmp_path, cells)
    assert told(mistakes) == [
        ("other_year", "事業所", "B6"),
        ("other_year", "事業所", "B7"),
    ]
    assert mistakes[0].facts == {"value": "2226/12/1"}


def test_shares_of_a_profile(office: Path, tmp_path: Path) -> None:
    """Shares that do not add up are told at the profile."""
    mistakes = found(office, tmp_path, [(DAY, "D4", 90)])
    assert told(mistakes) == [("shares", DAY, "A4")]


def test_profile_without_an_event(office: Path, tmp_path: Path) -> None:
    """A profile needs its events."""
    mistakes = found(office, tmp_path, lambda b: b[DAY].delete_rows(6))
    assert told(mistakes) == [("profile_part", DAY, "A4")]


def test_ordinance_half_given(office: Path, tmp_path: Path) -> None:
    """One limit of an ordinance asks for the other two, at their cells."""
    (mistake,) = found(office, tmp_path, [("事業所", "B11", 35)])
    assert told((mistake,)) == [("no_value", "事業所", "B12")]
    assert [spot.cell for spot in mistake.more] == ["B13"]


def test_empty_forecast(office: Path, tmp_path: Path) -> None:
    """A forecast without any number is told once."""
    edits = [("利用見込", f"{c}{row}", None) for c in "DEF" for row in range(4, 11)]
    mistakes = found(office, tmp_path, edits)
    assert told(mistakes) == [("forecast_empty", "利用見込", "D4")]


def test_forecast_lacks_dates(office: Path, tmp_path: Path) -> None:
    """Dates without a line are named."""
    mistakes = found(office, tmp_path, lambda b: b["利用見込"].delete_rows(6, 2))
    assert told(mistakes) == [("forecast_incomplete", "利用見込", "A3")]
    assert mistakes[0].facts == {"dates": "12/3、12/4"}


def test_huge_sheet(office: Path, tmp_path: Path) -> None:
    """A cell far away makes a sheet too large to be meant."""
    mistakes = found(office, tmp_path, [("希望", "XFD1048576", "x")])
    assert told(mistakes) == [("huge_sheet", "希望", "XFD1048576")]


def test_both_languages_say_it(office: Path, tmp_path: Path) -> None:
    """A mistake reads well in either language, with sheet and cell."""
    (mistake,) = found(office, tmp_path, [("職員", "G4", "早、朝")])
    assert mistake_text(mistake) == (
        "職員 G4（桜）: 「朝」は勤務の表にありません。"
        "次の中から選んでください：早、日、遅、夜。"
    )
    use_language("en")
    assert mistake_text(mistake) == (
        "職員 G4 (桜): “朝” is not in the shift table. Known are: 早、日、遅、夜."
    )


def test_a_tail_that_ends_before_the_eve(office: Path, tmp_path: Path) -> None:
    """Without the eve, and with a gap, the dates are named; a whole tail is read."""

    def lose(*columns: str) -> list[Edit]:
        return [
            ("前月", f"{one}{row}", None) for one in columns for row in (6, 7, 8, 9)
        ]

    # Columns C to I are 24 to 30 November.
    (eve,) = found(office, tmp_path, lose("I"))
    assert (eve.code, eve.facts["dates"]) == ("tail_dates_missing", "11/30")
    (gap,) = found(office, tmp_path, lose("E", "F"))
    assert gap.facts["dates"] == "11/26、11/27"
    # The first dates may be missing: the tail is only shorter then.
    path = tmp_path / "short.xlsx"
    path.write_bytes(typed(office, lose("C", "D")))
    assert len(read_input(path).history.dates) == 5


def test_sheets_of_last_month(office: Path, tmp_path: Path) -> None:
    """One line for each sheet whose dates are another month's, whatever their number.

    The week from 1 December stands in a workbook whose period is a week of February.
    """
    edits = [
        ("事業所", "B6", dt.date(2027, 2, 1)),
        ("事業所", "B7", dt.date(2027, 2, 7)),
    ]
    mistakes = found(office, tmp_path, edits)
    assert told(mistakes) == [
        ("dates_outside", "利用見込", "A4"),
        ("dates_outside", "希望", "B3"),
        ("dates_outside", "固定", "B3"),
        ("tail_of_other_dates", "前月", "C3"),
        ("dates_outside", "個別合意", "C5"),
    ]
    assert "shotaki init --previous" in mistake_text(mistakes[0])


def test_one_cause_is_one_line(office: Path, tmp_path: Path) -> None:
    """The same mistake in several cells is told once, with all of them."""
    edits = [("希望", f"{column}{row}", "会食") for row in (7, 8) for column in "CDEF"]
    (mistake,) = found(office, tmp_path, edits)
    assert [spot.cell for spot in mistake.more] == [cell for _s, cell, _v in edits[1:]]
    assert mistake_text(mistake).startswith(
        "希望 C7（梅 12月2日(水)）、D7（梅 12月3日(木)）、E7（梅 12月4日(金)）、"
        "F7（梅 12月5日(土)）、C8（桃 12月2日(水)）、D8（桃 12月3日(木)） ほか2か所: "
        "「会食」は"
    )


def test_sheets_in_the_order_of_the_workbook(office: Path, tmp_path: Path) -> None:
    """A mistake in every sheet is told at once, sheet by sheet as they stand."""
    edits = {
        "事業所": ("B8", "多い"),
        DAY: ("D4", 101),
        "勤務": ("H5", "運転手"),
        "職員": ("I4", "普通"),
        "利用見込": ("D5", "六"),
        "希望": ("C6", "会食"),
        "固定": ("C8", "朝"),
        "前月": ("C7", "朝"),
        "累計": ("C4", "半分"),
        "配置ルール": ("J4", 0),
        "組合せ": ("C4", "なかよし"),
        "個別合意": ("C5", "クリスマス"),
        "設定": ("B10", "たぶん"),
    }

    def spoil(book: Workbook) -> None:
        for sheet, (cell, value) in edits.items():
            book[sheet][cell] = value
        book.move_sheet("設定", -len(book.sheetnames) + 2)

    mistakes = found(office, tmp_path, spoil)
    sheets = [one.sheet for one in mistakes]
    assert sheets == ["設定", *[sheet for sheet in edits if sheet != "設定"]]


def test_formulas_without_a_value(office: Path, tmp_path: Path) -> None:
    """A formula that nobody calculated is told, but not where nothing is read.

    openpyxl writes formulas without values, as the weekdays of our own sheets.
    """
    edits = [("希望", "B6", '="休"'), ("職員", "J6", "=10*60"), ("希望", "D3", "=C3+1")]
    mistakes = found(office, tmp_path, edits)
    assert told(mistakes) == [
        ("not_calculated", "職員", "J6"),
        ("not_calculated", "希望", "D3"),
    ]
    assert [spot.cell for spot in mistakes[1].more] == ["B6"]


def test_what_may_have_been_meant(office: Path, tmp_path: Path) -> None:
    """A name that is near to a known one is told with that one."""
    edits = [("職員", "A4", "加藤 智子"), ("希望", "A6", "加藤 智恵")]
    others = [("固定", "A7"), ("前月", "A7"), ("累計", "A4"), ("組合せ", "A4")]
    others += [("個別合意", "B6")]
    renamed = [(sheet, cell, "加藤　智子") for sheet, cell in others]
    (mistake,) = found(office, tmp_path, [*edits, *renamed])
    assert mistake_text(mistake) == (
        "希望 A6: 「加藤 智恵」は職員の表にいません。もしかして 加藤 智子 ですか。"
        "辞めた人の記入なら、消してください。"
    )


def test_what_may_be_chosen(office: Path, tmp_path: Path) -> None:
    """A wrong word gets the list of the real ones, in columns of several too."""
    for cell in ("D4", "D5"):
        (mistake,) = found(office, tmp_path, [("職員", cell, "運転手")])
        assert mistake.facts["choices"] == "介護、看護、計画作成、管理"


def test_examples_are_of_the_month(office: Path, tmp_path: Path) -> None:
    """A message's example is a date that could be entered: of 1 to 7 December."""
    (mistake,) = found(office, tmp_path, [("希望", "B3", "月初")])
    assert mistake.facts["example"] == "2026/12/3"


@pytest.mark.parametrize(
    ("edits", "code", "place"),
    [
        ([("職員", "AF3", "メモ"), ("職員", "AF5", "4月から")], "not_read", "AF5"),
        ([("職員", "AF5", "4月から")], "not_read", "AF5"),
        ([("設定", "B200", "もっと")], "not_read", "B200"),
        ([("設定", "G5", "もっと")], "not_read", "G5"),
        ([("職員", "E5", "准看護")], "unknown_qualification", "E5"),
        ([("希望", "C6", "休◎（通院）")], "remarks_not_read", "C6"),
        ([("固定", "E7", "早(研修)")], "remarks_not_read", "E7"),
        ([("希望", "B5", "創立記念日")], "holiday_elsewhere", "B5"),
        ([("固定", "D5", "休館日")], "holiday_elsewhere", "D5"),
    ],
)
def test_what_is_not_read_is_told(
    edits: list[Edit], code: str, place: str, office: Path, tmp_path: Path
) -> None:
    """Notes of one's own do no harm, but are said not to count; 備考 marks them."""
    path = tmp_path / "notes.xlsx"
    path.write_bytes(typed(office, edits))
    _problem, warnings = read_with_warnings(path)
    told_now = {(one.code, one.sheet, one.cell) for one in warnings}
    assert (code, edits[0][0], place) in told_now
    gone = [("設定", "B200"), ("設定", "G5"), ("職員", "E5")]
    marked = [("職員", "AF3", "備考"), *[(*cell, None) for cell in gone]]
    path.write_bytes(typed(office, [*edits, *marked]))
    left = {one.code for one in read_with_warnings(path)[1]}
    assert not {"not_read", "unknown_qualification"} & left


def test_two_rules_of_one_name(office: Path, tmp_path: Path) -> None:
    """Both cells are told."""
    book = opened(office)
    for cell, value in (("A5", "送　迎"), ("D5", "運転"), ("I5", 1)):
        book["配置ルール"][cell] = value
    path = tmp_path / "rules.xlsx"
    book.save(path)
    warnings = read_with_warnings(path)[1]
    (mistake,) = [one for one in warnings if one.code == "duplicate_rule"]
    assert (mistake.cell, [spot.cell for spot in mistake.more]) == ("A5", ["A4"])


def test_both_cells_of_a_name_twice(office: Path, tmp_path: Path) -> None:
    """Where a name stands twice, both places are told."""
    edits: list[Edit] = [("職員", "A5", "桜　"), ("希望", "A7", None)]
    (mistake,) = found(office, tmp_path, edits)
    assert mistake_text(mistake).startswith("職員 A4、A5: ")


def test_a_name_over_two_lines_is_on_one(office: Path, tmp_path: Path) -> None:
    """A line break in a name (Alt+Enter) is a blank; another control is a mistake."""
    book = opened(office)
    book["職員"]["A5"] = "梅\nけいこ"
    for sheet, cell in (
        ("希望", "A7"),
        ("固定", "A8"),
        ("前月", "A8"),
        ("組合せ", "B4"),
        ("組合せ", "B5"),
        ("累計", "A5"),
        ("研修・休業", "A4"),
    ):
        book[sheet][cell] = "梅けいこ"
    path = tmp_path / "lines.xlsx"
    for column in "CEGI":
        book["前月"][f"{column}6"] = "梅 けいこ"
    book.save(path)
    assert read_input(path).staff[1].name == "梅 けいこ"


def test_dates_are_not_refused_where_the_period_is_unknown(
    office: Path, tmp_path: Path
) -> None:
    """Without a last date of the period, 12/3 in another sheet is no mistake."""
    spelt = [("研修・休業", f"{column}4", text) for column, text in SPELL.items()]
    mistakes = found(office, tmp_path, [("事業所", "B7", None), *spelt])
    assert told(mistakes) == [("missing_value", "事業所", "B7")]


SPELL = {"A": "桜", "B": "研", "C": "12/3", "D": "１２月３日"}


def test_symbols_without_anything_between(office: Path, tmp_path: Path) -> None:
    """早日 are two shifts if there is none of that name."""
    path = tmp_path / "joined.xlsx"
    path.write_bytes(typed(office, [("職員", "G4", "早日遅")]))
    assert read_input(path).staff[0].shifts == ("早", "日", "遅")


def test_a_text_that_is_no_request_is_told_once_and_whole(
    office: Path, tmp_path: Path
) -> None:
    """A name in a cell for wishes is one mistake, not one for each of its words."""
    path = tmp_path / "names.xlsx"
    path.write_bytes(
        typed(office, [("希望", "C6", "桜 あおい"), ("希望", "D6", "休 子の 入学式")])
    )
    with pytest.raises(InputError) as caught:
        read_input(path)
    told = {one.cell: one.facts["value"] for one in caught.value.mistakes}
    assert told == {"C6": "桜 あおい", "D6": "子の、入学式"}
    assert len(caught.value.mistakes) == 2


def test_family_names_and_names_of_kinds_are_read(office: Path, tmp_path: Path) -> None:
    """桜 on other sheets is 桜 あおい of the staff list, and 研修 the symbol 研."""
    path = tmp_path / "family.xlsx"
    spell = [("研修・休業", "A4", "桃"), ("研修・休業", "B4", "研修")]
    days = [("研修・休業", f"{column}4", "12/3") for column in "CD"]
    whole: list[Edit] = [("職員", "A4", "桜 あおい"), ("職員", "A6", "桃　みるこ")]
    path.write_bytes(typed(office, [*whole, *spell, *days, ("固定", "E9", None)]))
    problem = read_input(path)
    assert [one.staff for one in problem.pins.on_call] == ["桃　みるこ"]
    assert {one.staff for one in problem.requests} == {"桜 あおい"}
    spell_read = problem.spells[0]
    assert (spell_read.staff, spell_read.kind) == ("桃　みるこ", "研")
