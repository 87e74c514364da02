"""A mistake on one sheet hides no unknown name, symbol or kind on another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from scheduler.domain.errors import InputError
from scheduler.domain.requests import Counted, Want
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.read_input import read_input, read_with_warnings
from scheduler.wording.mistakes import mistake_text
from tests.support.input_offices import put_by_hand
from tests.support.workbooks import Edit, opened, typed

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.errors import Mistake

UNKNOWN: dict[tuple[str, str], str] = {
    ("職員", "G6"): "謎",
    ("希望", "A9"): "山田",
    ("希望", "B6"): "謎",
    ("固定", "C6"): "川田",
    ("固定", "E7"): "謎",
    ("研修・休業", "A5"): "川田",
    ("研修・休業", "B6"): "謎",
    ("前月", "C9"): "謎",
    ("累計", "A9"): "川田",
    ("配置ルール", "E4"): "謎",
    ("行事", "J4"): "川田",
    ("組合せ", "A5"): "川田",
    ("個別の上限", "A4"): "川田",
    ("個別の上限", "C5"): "謎",
    ("個別合意", "B4"): "川田",
}
"""Cells with a name, a symbol or a kind that no sheet has."""

BESIDE: list[Edit] = [
    ("希望", "B9", "早"),
    ("研修・休業", "B5", "研"),
    ("研修・休業", "C5", "12/3"),
    ("研修・休業", "D5", "12/3"),
    ("研修・休業", "A6", "桜"),
    ("研修・休業", "C6", "12/4"),
    ("研修・休業", "D6", "12/4"),
    ("累計", "B9", 1),
    ("行事", "A4", "会"),
    ("行事", "B4", "12/5"),
    ("行事", "G4", "10:00-11:00"),
    ("個別の上限", "B4", "早番"),
    ("個別の上限", "F4", 2),
    ("個別の上限", "A5", "桜"),
    ("個別の上限", "F5", 2),
]
"""What stands beside them on their lines."""

ELSEWHERE: dict[str, list[Edit]] = {
    "a symbol too long": [("勤務", "A4", "早早早早")],
    "a symbol reserved": [("勤務", "A4", "休")],
    "a symbol twice": [("勤務", "A5", "早")],
    "no symbol": [("勤務", "A4", None)],
    "an impossible time": [("勤務", "D4", "25:61")],
    "a name twice": [("職員", "A5", "桜")],
    "an unknown role": [("職員", "D5", "運転手")],
    "an error beside a name": [("職員", "I5", "#REF!")],
    "a heading of staff": [("職員", "E3", "免許")],
    "a capacity": [("事業所", "B8", "多い")],
    "a line of the office": [("事業所", "A8", None)],
    "users": [("利用見込", "F5", -1)],
    "a date of training": [("研修・休業", "D6", None)],
}
"""A mistake of another kind; the names on its line are known all the same."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the workbook that every test spoils in its own way."""
    path: Path = tmp_path_factory.mktemp("office") / "office.xlsx"
    put_by_hand(path)
    return path


def found(office: Path, edits: list[Edit]) -> tuple[Mistake, ...]:
    """Return the mistakes of the workbook with some cells typed over."""
    path = office.with_name("spoilt.xlsx")
    path.write_bytes(typed(office, edits))
    with pytest.raises(InputError) as caught:
        read_input(path)
    return caught.value.mistakes


def cells_of(mistakes: tuple[Mistake, ...]) -> set[tuple[str, str]]:
    """Return all cells that are told."""
    return {(one.sheet, one.cell) for whole in mistakes for one in (whole, *whole.more)}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_names_are_told_beside_a_mistake(name: str, office: Path) -> None:
    """Whatever is wrong elsewhere, each unknown name is told in the same run."""
    strange: list[Edit] = [(*cell, word) for cell, word in UNKNOWN.items()]
    told = cells_of(found(office, [*strange, *BESIDE, *ELSEWHERE[name]]))
    assert UNKNOWN.keys() - told == set()


def test_as_many_names_as_lines_without_one_are_no_news(office: Path) -> None:
    """One line has no symbol: 早 may be its own; 早 and 謎 cannot both be."""
    no_symbol: list[Edit] = [("勤務", "A4", None)]
    (alone,) = found(office, no_symbol)
    assert (alone.code, alone.cell) == ("missing_value", "A4")
    both = found(office, [*no_symbol, ("希望", "C6", "謎◎")])
    assert ("希望", "C6") in cells_of(both)
    assert {"早", "謎◎"} <= {one.facts.get("value") for one in both}


def test_a_name_that_is_refused_is_known(office: Path) -> None:
    """A name too long is told once, and does not hide one that nobody has."""
    long = "桜" * 50
    pairs: list[Edit] = [("組合せ", "A4", long), ("組合せ", "B5", "山田")]
    mistakes = found(office, [("職員", "A4", long), *pairs])
    told = [(one.code, one.sheet, one.cell) for one in mistakes]
    assert ("unknown_person", "組合せ", "B5") in told
    assert ("unknown_person", "組合せ", "A4") not in told


def test_a_pin_is_held_against_a_sound_line(office: Path) -> None:
    """A mistake on one line of the staff list leaves the pins of others judged."""
    pin: list[Edit] = [("職員", "G6", "早、日"), ("固定", "B9", "遅")]
    mistakes = found(office, [*pin, ("職員", "I5", "普通")])
    assert ("pin_symbol", "固定", "B9") in [(m.code, m.sheet, m.cell) for m in mistakes]
    own = found(office, [*pin, ("職員", "I6", "普通")])
    assert [(one.code, one.cell) for one in own] == [("not_duration", "I6")]


@pytest.mark.parametrize(
    "text", ["0:00-2:00", "0:00～2:00", "翌0:00-2:00", "24:00-26:00"]
)
def test_breaks_of_a_night_by_the_clock(text: str, office: Path) -> None:
    """A break after midnight is that of the night that goes on then."""
    path = office.with_name("night.xlsx")
    tail = ("前月", "H7", f"夜（休憩 {text}）")
    path.write_bytes(typed(office, [("勤務", "F7", text), tail]))
    problem = read_input(path)
    night = next(one for one in problem.shifts if one.symbol == "夜")
    assert [[tuple(one) for one in option] for option in night.breaks] == [
        [(1440, 1560)]
    ]
    worked = [one.breaks for one in problem.history.duties if one.shift == "夜"]
    assert worked == [night.breaks[0]]


@pytest.mark.parametrize("text", ["9:30", dt.time(9, 30), "午前9時30分"])
def test_the_end_of_a_night_by_the_clock(text: object, office: Path) -> None:
    """A night that ends before it begins ends on the next morning; a day does not."""
    path = office.with_name("morning.xlsx")
    path.write_bytes(typed(office, [("勤務", "E7", text)]))
    assert read_input(path) == read_input(office)
    (mistake,) = found(office, [("勤務", "E6", text)])
    assert (mistake.code, mistake.cell) == ("shift_ends_early", "E6")


def test_a_break_over_midnight(office: Path) -> None:
    """A break may begin before midnight; one of a day shift stays outside it.

    It is told as people write it, not by hours beyond the 24th.
    """
    path = office.with_name("over.xlsx")
    path.write_bytes(typed(office, [("勤務", "F7", "23:30-1:30")]))
    night = next(one for one in read_input(path).shifts if one.symbol == "夜")
    assert tuple(night.breaks[0][0]) == (1410, 1530)
    (mistake,) = found(office, [("勤務", "F5", "0:00-1:00")])
    assert (mistake.code, mistake.cell) == ("break_outside", "F5")
    (late,) = found(office, [("勤務", "F5", "翌0:00-翌2:00")])
    assert "休憩 翌0:00-翌2:00 が勤務 9:00-18:00 の外" in mistake_text(late)


@pytest.mark.parametrize("text", ["通院", "テスト", " 通院　"])
def test_a_reason_alone_is_no_request(text: str, office: Path) -> None:
    """Why somebody asks does not say what for; the message says what to type."""
    (mistake,) = found(office, [("希望", "C6", text)])
    assert mistake.code == "reason_alone"
    assert f"休（{text.strip()}）" in mistake_text(mistake)


def test_wishes_for_other_dates_are_told_where_they_belong(office: Path) -> None:
    """10日休み may be the 10th or ten days off: it is told, and nothing is guessed."""
    (mistake,) = found(office, [("希望", "C6", "10日休み希望、15〜17有休")])
    assert mistake.code == "wishes_of_dates"
    assert "その日付の列に" in mistake_text(mistake)


def test_what_is_asked_for_beside_the_cells_is_told(
    office: Path, tmp_path: Path
) -> None:
    """A comment of a cell, and a remark that asks for something, are not read."""
    book = opened(office)
    sheet = book["希望"]
    column = sheet.max_column + 1
    sheet.cell(3, column).value = "備考"
    sheet.cell(7, column).value = "10日休み希望、15〜17有休"
    sheet.cell(8, column).value = "2人目の産休明け"
    sheet["D6"].comment = Comment("この日は参観日で休みたいです", "桜")
    path = tmp_path / "beside.xlsx"
    book.save(path)
    told = {one.code: one for one in read_with_warnings(path)[1]}
    assert told["comments_not_read"].cell == "D6"
    remark = told["wish_in_remarks"]
    assert (remark.cell, remark.more) == (sheet.cell(7, column).coordinate, ())


def test_a_colour_without_a_word_is_told(office: Path, tmp_path: Path) -> None:
    """A day off marked as on paper; a coloured row or column is only a help to read."""
    book = opened(office)
    sheet = book["希望"]
    yellow = PatternFill("solid", fgColor="FFFF00")
    marked = ["E6", "F7"]
    rows, last = range(6, sheet.max_row + 1), sheet.max_column
    whole = [f"H{row}" for row in rows]
    whole += [sheet.cell(8, column).coordinate for column in range(2, last + 1)]
    for cell in (*marked, *whole):
        sheet[cell].value, sheet[cell].fill = None, yellow
    sheet["G6"].value, sheet["G6"].fill = "休", yellow
    path = tmp_path / "coloured.xlsx"
    book.save(path)
    told = [one for one in read_with_warnings(path)[1] if one.code == "colour_alone"]
    assert [(one.sheet, one.cell) for one in told] == [("希望", marked[0])]
    assert [one.cell for one in told[0].more] == marked[1:]


def test_pins_are_read_as_wishes_are(office: Path, tmp_path: Path) -> None:
    """Names of shifts, half-width kana; a dash asks for nothing and fixes nothing."""
    edits: list[Edit] = [
        ("希望", "C6", "－"),
        ("希望", "D6", "ﾔｽﾐ"),
        ("希望", "E6", "休みたい"),
    ]
    pins: list[Edit] = [
        ("固定", "C7", "早番"),
        ("固定", "F7", "ー"),
        ("固定", "G7", "ﾕｳｷｭｳ"),
    ]
    path = tmp_path / "typed.xlsx"
    path.write_bytes(typed(office, [*edits, *pins]))
    problem = read_input(path)
    before = read_input(office)
    new = [one.want for one in problem.requests if one not in before.requests]
    assert new == [Want.DAY_OFF, Want.DAY_OFF]
    fixed = [one for one in problem.pins.duties if one not in before.pins.duties]
    assert [(one.shift, one.off) for one in fixed] == [
        ("早", None),
        (None, OffKind.PAID_LEAVE),
    ]


def test_nights_are_counted_by_a_personal_limit(office: Path) -> None:
    """夜勤 can be chosen, and limits words are read beside it."""
    path = office.with_name("limits.xlsx")
    cells: list[Edit] = [("個別の上限", "A4", "桃"), ("個別の上限", "B4", "夜勤")]
    path.write_bytes(typed(office, [*cells, ("個別の上限", "F4", "2回まで")]))
    (limit,) = read_input(path).personal_limits
    assert (limit.counted, limit.at_most) == (Counted.NIGHT, 2)
