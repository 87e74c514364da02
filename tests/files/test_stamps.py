"""Files of stamps: encodings, columns, nights on two lines, all mistakes at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.actual import Actual
from scheduler.domain.errors import InputError
from scheduler.domain.roster import Roster
from scheduler.files.actual.clock import read_clock
from scheduler.files.actual.columns import (
    ClockColumns,
    columns_path,
    guessed,
    read_columns,
    write_columns,
)
from scheduler.wording.mistakes import mistake_text
from tests.support.builders import (
    make_duty,
    make_period,
    make_problem,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.files.actual.clock import Clocked

PROBLEM = make_problem(
    [make_staff("桜 かんこ", number="0012"), make_staff("柳 まもる", number="0007")],
    days=5,
)
EMPTY = Roster(duties=(), on_call=())
HEADS = "社員番号,氏名,日付,出勤,退勤,休憩"


def read(
    folder: Path,
    *lines: str,
    heads: str = HEADS,
    encoding: str = "utf-8",
    told: tuple[str, ...] = (),
    problem: Problem = PROBLEM,
    roster: Roster = EMPTY,
) -> Clocked:
    path = folder / "stamps.csv"
    path.write_bytes("\r\n".join((heads, *lines, "")).encode(encoding))
    return read_clock(path, folder, problem, roster, told)


def days(
    clocked: Clocked,
) -> list[tuple[str, int, list[tuple[int | None, int | None]]]]:
    return [
        (day.staff[0], day.date.day, [(pair.start, pair.end) for pair in day.pairs])
        for day in clocked.stamps.days
    ]


def codes(caught: pytest.ExceptionInfo[InputError]) -> list[tuple[str, int | str]]:
    return [(one.code, one.facts.get("line", 0)) for one in caught.value.mistakes]


# --- reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_utf_8_and_shift_jis(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "0012,桜 かんこ,2026/12/1,9:00,18:00,60", encoding=encoding)
    assert days(found) == [("桜", 1, [(540, 1080)])]
    assert found.stamps.days[0].rest == 60


def test_a_file_in_neither_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, encoding="utf-16")
    assert codes(caught) == [("clock_encoding", 0)]


@pytest.mark.parametrize(
    "date",
    [
        "2026/12/1",
        "2026-12-01",
        "2026年12月1日",
        "20261201",
        "12/1",
        "２０２６/１２/１(火)",
    ],
)
def test_ways_of_writing_a_date(tmp_path: Path, date: str) -> None:
    assert days(read(tmp_path, f"12,,{date},9:00,18:00,")) == [("桜", 1, [(540, 1080)])]


@pytest.mark.parametrize(
    ("came", "went"),
    [
        ("16:30", "33:30"),
        ("16:30", "翌9:30"),
        ("16:30", "9:30"),
        ("1630", "0930"),
        ("2026/12/01 16:30:00", "2026/12/02 09:30:00"),
        ("12/1 16:30", "12/2 9:30"),
    ],
)
def test_a_night_on_one_line(tmp_path: Path, came: str, went: str) -> None:
    found = read(tmp_path, f"12,,2026/12/1,{came},{went},")
    assert days(found) == [("桜", 1, [(990, 2010)])]


def test_a_night_on_two_lines(tmp_path: Path) -> None:
    """The lines of two people are mixed; the last night ends after the period."""
    found = read(
        tmp_path,
        "12,,2026/12/1,16:30,,",
        "7,,2026/12/1,9:00,,",
        "12,,2026/12/2,,9:35,",
        "7,,2026/12/1,,18:02,",
        "12,,2026/12/5,16:30,,",
        "12,,2026/12/6,,9:30,",
    )
    assert days(found) == [
        ("柳", 1, [(540, 1082)]),
        ("桜", 1, [(990, 2015)]),
        ("桜", 5, [(990, 2010)]),
    ]
    assert found.stamps.outside == 0


def test_stamps_more_than_a_day_apart_are_no_pair(tmp_path: Path) -> None:
    """16:30 and 16:30 of the next date are one, a minute later they are not."""
    lines = ("12,,2026/12/1,16:30,,", "12,,2026/12/2,,16:30,")
    assert days(read(tmp_path, *lines)) == [("桜", 1, [(990, 2430)])]
    apart = (lines[0], "12,,2026/12/2,,16:31,")
    assert days(read(tmp_path, *apart)) == [
        ("桜", 1, [(990, None)]),
        ("桜", 2, [(None, 991)]),
    ]


def test_several_pairs_a_day_on_lines_or_in_columns(tmp_path: Path) -> None:
    expected = [("桜", 1, [(540, 720), (780, 1080)])]
    lines = ("12,,12/1,13:00,18:00,", "12,,12/1,9:00,12:00,", "12,,12/1,9:00,12:00,")
    assert days(read(tmp_path, *lines)) == expected
    columns_path(tmp_path, "見本").unlink()
    heads = "氏名,日付,出勤1,退勤1,出勤2,退勤2"
    line = "桜かんこ,12/1,9:00,12:00,13:00,18:00"
    assert days(read(tmp_path, line, heads=heads)) == expected
    assert days(read(tmp_path, "桜かんこ,12/1,9:00,18:00,,", heads=heads)) == [
        ("桜", 1, [(540, 1080)])
    ]


@pytest.mark.parametrize(
    ("text", "minutes"), [("60", 60), ("1:00", 60), ("1時間30分", 90), ("", None)]
)
def test_lengths_of_breaks(tmp_path: Path, text: str, minutes: int | None) -> None:
    found = read(tmp_path, f"12,,12/1,9:00,18:00,{text}")
    assert found.stamps.days[0].rest == minutes


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        ("12:00,12:45,15:00,15:15", 60),
        ("12:00,12:45,,", 45),
        ("23:50,0:20,,", 30),
        (",,,", None),
        ("12:00,,,", None),
    ],
)
def test_breaks_by_their_clock_times(
    tmp_path: Path, cells: str, minutes: int | None
) -> None:
    heads = "氏名,日付,出勤,退勤,休憩開始1,休憩終了1,休憩開始2,休憩終了2"
    found = read(tmp_path, f"桜かんこ,12/1,9:00,18:00,{cells}", heads=heads)
    assert found.stamps.days[0].rest == minutes


def test_people_by_number_or_name_and_strangers_are_told(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "0012,,12/1,9:00,18:00,",
        ",柳　まもる,12/1,9:00,18:00,",
        "99,よその 人,12/1,9:00,18:00,",
        "12,,11/30,9:00,18:00,",
        "12,,12/6,9:00,18:00,",
    )
    assert [day[0] for day in days(found)] == ["柳", "桜"]
    assert found.stamps.strangers == ("よその 人",)
    assert found.stamps.outside == 2


def test_a_period_over_new_year_without_years(tmp_path: Path) -> None:
    period = make_period(10, dt.date(2026, 12, 28))
    problem = make_problem([make_staff("桜 かんこ")], period=period)
    lines = (",桜かんこ,12/31,9:00,18:00,", ",桜かんこ,1/1,9:00,18:00,")
    found = read(tmp_path, *lines, problem=problem)
    dates = [day.date for day in found.stamps.days]
    assert dates == [dt.date(2026, 12, 31), dt.date(2027, 1, 1)]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(
            tmp_path,
            "12,,12/1,9:00,18:00,60",
            "12,,13/1,9:00,18:00,60",
            "12,,12/2,9:60,18:00,60",
            "12,,12/3,9:00,49:00,60",
            "12,,12/4,9:00,18:00,ながい",
            "12,柳まもる,12/5,9:00,18:00,60",
        )
    assert codes(caught) == [
        ("clock_date", 3),
        ("clock_time", 4),
        ("clock_time", 5),
        ("clock_length", 6),
        ("clock_person", 7),
    ]
    text = mistake_text(caught.value.mistakes[1])
    assert text == (
        "stamps.csv: 4行目の出勤: 「9:60」は時刻ではありません（例 8:30、翌9:30）。"
    )


def test_cells_beyond_the_last_heading_are_told(tmp_path: Path) -> None:
    """An empty one behind a last comma is none."""
    lines = ("12,,12/1,9:00,18:00,60,", "12,,12/2,9:00,18:00,60,,8:00")
    with pytest.raises(InputError) as caught:
        read(tmp_path, *lines)
    assert codes(caught) == [("clock_cells", 3)]
    assert days(read(tmp_path, lines[0])) == [("桜", 1, [(540, 1080)])]


def test_a_file_without_lines_has_no_stamps(tmp_path: Path) -> None:
    assert read(tmp_path).stamps.days == ()
    with pytest.raises(InputError) as caught:
        read(tmp_path, heads="", told=("name=氏名",))
    assert codes(caught) == [("column_heading", 0)]


# --- columns


def test_columns_are_guessed_kept_and_used_again(tmp_path: Path) -> None:
    heads = "従業員コード,従業員名,勤務日,出勤打刻,退勤打刻,休憩時間,備考"
    line = "12,桜かんこ,12/1,9:00,18:00,1:00,なし"
    found = read(tmp_path, line, heads=heads)
    assert found.is_new
    kept = read_columns(columns_path(tmp_path, "見本"))
    assert kept == found.columns
    assert (kept.number, kept.name, kept.came) == (
        "従業員コード",
        "従業員名",
        ("出勤打刻",),
    )
    assert not read(tmp_path, line, heads=heads).is_new
    with pytest.raises(InputError) as caught:
        read(tmp_path, "12,桜,12/1,9:00,18:00,60")
    assert codes(caught) == [("columns_missing", 0)]


def test_headings_may_stand_below_a_title(tmp_path: Path) -> None:
    title, line = "月次データ,2026年12月", "12,,12/1,9:00,18:00,"
    found = read(tmp_path, HEADS, line, heads=title)
    assert days(found) == [("桜", 1, [(540, 1080)])]


def test_columns_that_nobody_can_guess_are_said_once(tmp_path: Path) -> None:
    heads, line = "だれ,いつ,から,まで", "桜かんこ,12/1,9:00,18:00"
    with pytest.raises(InputError) as caught:
        read(tmp_path, line, heads=heads)
    assert codes(caught) == [("columns_unclear", 0)]
    told = ("name=だれ", "date=いつ", "in=から", "out=まで")
    assert days(read(tmp_path, line, heads=heads, told=told)) == [
        ("桜", 1, [(540, 1080)])
    ]
    assert not read(tmp_path, line, heads=heads).is_new
    with pytest.raises(InputError) as caught:
        read(tmp_path, line, heads=heads, told=("name=なに", "wer=だれ", *told[1:]))
    assert codes(caught) == [("column_heading", 0), ("column_word", 0)]


def test_what_columns_mean_is_written_and_read_back(tmp_path: Path) -> None:
    columns = ClockColumns(
        name='氏"名\\', date="日", came=("入1", "入2"), went=("出1", "出2"), grace=0
    )
    path = write_columns(columns, tmp_path / "c.toml")
    assert read_columns(path) == columns


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name = ", "columns_unreadable"),
        ('date = "日"\nin = ["入"]\nout = ["出"]\n', "columns_person"),
        (
            'name = "名"\ndate = "日"\nin = ["入"]\nout = ["出", "外"]\n',
            "columns_pairs",
        ),
        ('name = "名"\ndate = "日"\nin = ["入"]\n', "columns_which"),
        (
            'name = "名"\ndate = "日"\nin = ["入"]\nout = ["出"]\nstamp = "時"\n',
            "columns_which",
        ),
        (
            'name = "名"\ndate = "日"\nin = ["入"]\nout = ["出"]\nx = 1\n',
            "unknown_field",
        ),
    ],
)
def test_a_file_of_columns_that_says_something_else(
    tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_columns(path)
    assert [one.code for one in caught.value.mistakes] == [code]


def test_a_mistake_in_the_file_of_columns_is_at_the_key_that_stands_there(
    tmp_path: Path,
) -> None:
    """Not at the name of the field of which nobody knows."""
    path = tmp_path / "c.toml"
    path.write_text('name = "名"\nin = 3\nbreak = 5\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_columns(path)
    assert {one.cell for one in caught.value.mistakes} == {"in", "break"}


def test_what_is_no_column_of_stamps_is_not_taken_for_one() -> None:
    headings = ["氏名", "出勤日", "出勤区分", "出勤", "退勤", "休憩区分"]
    found = guessed(headings)
    assert found is not None
    assert (found.date, found.came, found.rest) == ("出勤日", ("出勤",), "")
    assert guessed(["氏名", "出勤", "退勤"]) is None


# --- logs of one line a stamp

DAY_SHIFT = make_shift("日", "9:00-18:00", ["12:00-13:00"])
NIGHT_SHIFT = make_shift("夜", "16:30-33:30", ["24:00-26:00"])
WEEK = make_problem(
    [
        make_staff("桜 かんこ", number="0012", shifts=["日", "夜"]),
        make_staff("柳 まもる", number="0007", shifts=["日", "夜"]),
    ],
    shifts=(DAY_SHIFT, NIGHT_SHIFT),
    period=make_period(5, dt.date(2026, 12, 1)),
)
PLANNED = Roster(
    duties=tuple(
        make_duty(WEEK, name, date, symbol)
        for name, symbols in (("桜 かんこ", "日夜明休日"), ("柳 まもる", "休日日夜明"))
        for date, symbol in zip(WEEK.period.dates, symbols, strict=True)
    ),
    on_call=(),
)


def logged(
    folder: Path, *lines: str, heads: str, told: tuple[str, ...] = ()
) -> Clocked:
    return read(folder, *lines, heads=heads, told=told, problem=WEEK, roster=PLANNED)


def test_a_log_that_says_what_a_stamp_is(tmp_path: Path) -> None:
    """Two people mixed, a night over midnight, a break, and stamps that are missing."""
    found = logged(
        tmp_path,
        "桜 かんこ,2026/12/01 08:57:12,出勤",
        "桜 かんこ,2026/12/01 08:58:40,出勤",  # twice
        "桜 かんこ,2026/12/01 12:00:00,外出",
        "柳 まもる,2026/12/02 09:00:00,出勤",  # no going
        "桜 かんこ,2026/12/01 13:05:00,戻り",
        "桜 かんこ,2026/12/01 18:02:00,退勤",
        "桜 かんこ,2026/12/02 16:25:00,出勤",
        "桜 かんこ,2026/12/03 09:41:00,退勤",
        "柳 まもる,2026/12/03 18:00:00,退勤",  # no coming
        "柳 まもる,2026/12/05 09:30:00,退勤",  # of the night of the 4th
        heads="氏名,打刻日時,区分",
    )
    assert days(found) == [
        ("柳", 2, [(540, None)]),
        ("柳", 3, [(None, 1080)]),
        ("柳", 4, [(None, 2010)]),
        ("桜", 1, [(537, 720), (785, 1082)]),
        ("桜", 2, [(985, 2021)]),
    ]
    assert found.columns.stamp == "打刻日時"
    assert not logged(tmp_path, heads="氏名,打刻日時,区分").is_new


def test_a_log_that_says_nothing_finds_its_shifts(tmp_path: Path) -> None:
    """Coming and going take turns within a shift; the roster tells which is missing."""
    found = logged(
        tmp_path,
        "12,12/1,8:55",
        "12,12/1,18:05",
        "12,12/2,16:28",
        "12,12/3,2:00",  # a break of the night
        "12,12/3,3:00",
        "12,12/3,9:35",
        "12,12/5,17:50",  # no coming
        "7,12/1,10:00",  # no shift
        "7,12/1,15:00",
        "7,12/2,9:02",  # no going
        "7,12/3,8:50",
        "7,12/3,12:10",  # no coming back
        "7,12/3,18:01",
        "7,12/5,9:30",  # the night of the 4th, without its coming
        heads="社員番号,日付,時刻",
    )
    assert days(found) == [
        ("柳", 1, [(600, 900)]),
        ("柳", 2, [(542, None)]),
        ("柳", 3, [(530, 730), (None, 1081)]),
        ("柳", 4, [(None, 2010)]),
        ("桜", 1, [(535, 1085)]),
        ("桜", 2, [(988, 1560), (1620, 2015)]),
        ("桜", 5, [(None, 1070)]),
    ]


def test_words_of_a_log_are_asked_for_once(tmp_path: Path) -> None:
    """Whatever is not known by itself; all such lines are told."""
    heads = "氏名,日時,種別"
    lines = ("桜かんこ,2026-12-01T09:00:00+09:00,1", "桜かんこ,2026-12-01T18:00,2")
    with pytest.raises(InputError) as caught:
        logged(tmp_path, *lines, "桜かんこ,2026-12-01,出勤", heads=heads)
    assert codes(caught) == [("clock_kind", 2), ("clock_kind", 3), ("clock_date", 4)]
    told = ("in-word=1", "out-word=2")
    assert days(logged(tmp_path, *lines, heads=heads, told=told)) == [
        ("桜", 1, [(540, 1080)])
    ]
    assert days(logged(tmp_path, *lines, heads=heads)) == [("桜", 1, [(540, 1080)])]


def test_a_second_log_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    """In a date, in a night, and with all lines once more: nothing is lost."""
    lines = (
        "桜 かんこ,2026/12/01 09:00,出勤",
        "桜 かんこ,2026/12/01 18:00,退勤",
        "桜 かんこ,2026/12/02 16:30,出勤",
        "桜 かんこ,2026/12/03 09:30,退勤",
        "桜 かんこ,2026/12/05 09:00,出勤",
        "桜 かんこ,2026/12/05 18:00,退勤",
    )
    heads = "氏名,打刻日時,区分"
    whole = logged(tmp_path, *lines, heads=heads).stamps.days
    period = WEEK.period
    for cuts in ((1,), (3,), (1, 3, 5), (2,)):
        actual = Actual(office="見本", first=period.first, last=period.last)
        for begin, end in zip((0, *cuts), (*cuts, None), strict=True):
            part = logged(tmp_path, *lines[begin:end], heads=heads).stamps.days
            actual = actual.with_stamps(part, "a")
        assert actual.stamps == tuple(sorted(whole, key=lambda day: day.date))
        assert actual.with_stamps(whole, "a").stamps == actual.stamps
