"""Sheets, headings and lines are found where they are, or asked for in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from scheduler.domain.agreements import Prices
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.fields import input_paths
from scheduler.domain.office import Settings, Standby
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.layout import SHEETS
from scheduler.files.workbook.read_input import read_input, read_with_warnings
from scheduler.files.workbook.reading.tables import heading_of, said_by
from scheduler.files.workbook.roster.slip_cells import build_slips
from scheduler.wording.translation import spellings
from tests.files.test_input_mistakes import found, office, told
from tests.files.test_roster_workbook import CARER, PLAN, PROBLEM
from tests.support.input_offices import by_hand
from tests.support.workbooks import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.columns import Sheet

__all__ = ["office"]


def read_spoilt(
    office: Path, tmp_path: Path, spoil: Callable[[Workbook], object]
) -> Problem:
    """Change a copy of the workbook and read it."""
    book = load_workbook(office)
    spoil(book)
    path = tmp_path / "spoilt.xlsx"
    book.save(path)
    return read_input(path)


def test_renamed_sheet(office: Path, tmp_path: Path) -> None:
    """A sheet that is missed is told with the tabs that may be it."""

    def rename(book: Workbook) -> None:
        book["希望"].title = "12月の希望"

    mistakes = found(office, tmp_path, rename)
    assert told(mistakes) == [("renamed_sheet", "希望", "")]
    assert mistakes[0].facts == {"sheet": "希望", "others": "12月の希望"}


def test_sheet_twice(office: Path, tmp_path: Path) -> None:
    """Of two tabs that nobody can tell apart, none is read in silence."""
    mistakes = found(office, tmp_path, lambda book: book.create_sheet("希望 "))
    assert told(mistakes) == [("sheet_twice", "希望 ", "")]


def test_lines_in_another_column(office: Path, tmp_path: Path) -> None:
    """Keys and values are found in whatever columns they stand."""

    def insert(book: Workbook) -> None:
        book["事業所"].insert_cols(1)
        book["設定"].insert_cols(2)
        book["設定"].insert_rows(1, 3)

    assert read_spoilt(office, tmp_path, insert) == by_hand()


def test_sheet_without_a_line(office: Path, tmp_path: Path) -> None:
    """A sheet of which nothing is left is told once, not line by line."""

    def empty(book: Workbook) -> None:
        book["設定"].delete_rows(1, 200)

    mistakes = found(office, tmp_path, empty)
    assert told(mistakes) == [("missing_lines", "設定", "A1")]


@pytest.mark.parametrize("layout", SHEETS, ids=lambda one: one.name)
def test_sheet_of_which_the_first_row_is_left(
    layout: Sheet, office: Path, tmp_path: Path
) -> None:
    """It is empty, or told: where its headings were there is no row at all."""

    def cut(book: Workbook) -> None:
        for title in titles & {*book.sheetnames}:
            book[title].delete_rows(2, 200)
            book[title]["A1"].font = Font(strike=True)

    titles = {*spellings(layout.title)}
    mistakes: tuple[Mistake, ...] = ()
    try:
        read_spoilt(office, tmp_path, cut)
    except InputError as error:
        mistakes = error.mistakes
    assert not mistakes or titles & {one.sheet for one in mistakes}


@pytest.mark.parametrize(
    ("sheet", "cells"), [("職員", "A1:H1"), ("希望", "A2:F2"), ("設定", "A1:D2")]
)
def test_merged_title(sheet: str, cells: str, office: Path, tmp_path: Path) -> None:
    """Merged cells above the headings do no harm."""

    def merge(book: Workbook) -> None:
        book[sheet].merge_cells(cells)

    assert read_spoilt(office, tmp_path, merge) == by_hand()


@pytest.mark.parametrize(
    ("sheet", "cell", "heading"),
    [
        ("職員", "C3", "雇用\n形態"),
        ("職員", "G3", "入れる\n勤務（記号）"),
        ("職員", "A3", "【氏名】※"),
        ("希望", "A3", "氏名（フリガナ）"),
        ("勤務", "D3", "開始\n朝の"),
    ],
)
def test_headings_as_people_set_them(
    sheet: str, cell: str, heading: str, office: Path, tmp_path: Path
) -> None:
    """Words broken by a narrow column, signs and brackets around them do no harm."""

    def change(book: Workbook) -> None:
        before = str(book[sheet][cell].value).split("\n")[0]
        assert heading_of(before) in said_by(heading)
        book[sheet][cell] = heading

    assert read_spoilt(office, tmp_path, change) == by_hand()


def test_rows_and_columns_of_ones_own(office: Path, tmp_path: Path) -> None:
    """Remarks are passed over, sums are told; merged cells among them do no harm."""

    def add(book: Workbook) -> None:
        staff, wishes, expected = (book[one] for one in ("職員", "希望", "利用見込"))
        staff["A20"] = "合計"
        staff["I20"] = "=SUM(I4:I6)"
        staff["A21"] = "備考：入江さんは4月から"
        staff.merge_cells("A21:F21")
        staff["AE3"], staff["AE4"] = "備考（入社日）", "2015/4/1"
        staff.merge_cells("AE4:AF5")
        wishes["A20"] = "休みの人数"
        wishes["B20"] = '=COUNTIF(B6:B8,"休")'
        wishes["N3"], wishes["N6"] = "備考（電話）", "済"
        expected["A40"], expected["D40"] = "平均", 7.5

    book = opened(office)
    add(book)
    path = tmp_path / "own.xlsx"
    book.save(path)
    problem, warned = read_with_warnings(path)
    assert problem == read_input(office)
    before = read_with_warnings(office)[1]
    new = [(one.code, one.sheet, one.cell) for one in warned if one not in before]
    assert new == [
        ("sum_not_read", "職員", "A20"),
        ("sum_not_read", "利用見込", "A40"),
        ("sum_not_read", "希望", "A20"),
    ]


def test_a_sum_hides_nobody(office: Path, tmp_path: Path) -> None:
    """A line with the word of a sum and more is a person's; a stranger is told."""

    def add(book: Workbook) -> None:
        book["職員"]["A20"], book["職員"]["C20"] = "小計", "常勤"
        book["希望"]["A20"], book["希望"]["B20"] = "計画", "休"
        book["職員"]["A22"] = "メモ：4月から"

    mistakes = told(found(office, tmp_path, add))
    assert ("missing_value", "職員", "D20") in mistakes
    assert ("unknown_person", "希望", "A20") in mistakes
    assert ("name_alone", "職員", "A22") in mistakes
    assert len(mistakes) == 3


def test_copies_of_sheets_are_told(office: Path, tmp_path: Path) -> None:
    """A copy is not read, and told; a sheet of one's own is nobody's concern."""
    book = opened(office)
    for title in ("職員 (2)", "希望11月"):
        book.copy_worksheet(book[title[:2]]).title = title
    book.create_sheet("勤務の集計")["A1"] = "早番"
    path = tmp_path / "copies.xlsx"
    book.save(path)
    problem, warned = read_with_warnings(path)
    assert problem == read_input(office)
    copies = [one.sheet for one in warned if one.code == "sheet_not_read"]
    assert copies == ["職員 (2)", "希望11月"]


def test_a_deleted_date_is_told(office: Path, tmp_path: Path) -> None:
    """A hole among the dates is told; that there are fewer at the end is not."""
    path = tmp_path / "hole.xlsx"
    for column, holes in ((4, 1), (8, 0)):
        book = opened(office)
        book["希望"].delete_cols(column)
        book.save(path)
        codes = [one.code for one in read_with_warnings(path)[1]]
        assert codes.count("dates_without_column") == holes


def test_a_number_in_a_cell_of_dates(office: Path, tmp_path: Path) -> None:
    """20261205 in a cell with the format of dates is shown as ####, and told so."""

    def spoil(book: Workbook) -> None:
        book["希望"]["C3"] = 20261202
        book["希望"]["C3"].number_format = "yyyy/m/d"

    assert told(found(office, tmp_path, spoil)) == [("number_no_date", "希望", "C3")]


def test_what_is_struck_out_is_read_and_told(office: Path, tmp_path: Path) -> None:
    """Whether a struck entry is cancelled only its manager knows."""
    book = opened(office)
    book["希望"]["N3"], book["希望"]["N6"] = "備考", "済"
    for sheet, cell in (("希望", "B6"), ("希望", "N6"), ("職員", "A5"), ("希望", "C9")):
        book[sheet][cell].font = Font(strike=True)
    assert book["希望"]["B6"].value
    path = tmp_path / "struck.xlsx"
    book.save(path)
    problem, warned = read_with_warnings(path)
    assert problem == read_input(office)
    struck = [(one.sheet, one.cell) for one in warned if one.code == "struck_out"]
    assert struck == [("職員", "A5"), ("希望", "B6")]


def test_the_mark_of_an_open_workbook_is_no_workbook(tmp_path: Path) -> None:
    """Excel keeps a small file beside a workbook that is open."""
    path = tmp_path / "~$office.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        read_input(path)
    assert [one.code for one in caught.value.mistakes] == ["file_is_lock"]


def test_other_kinds_of_workbook(tmp_path: Path) -> None:
    """A finished roster, its slips and a stranger's workbook are told in one line."""
    written = tmp_path / "roster.xlsx"
    write_roster(written, PROBLEM, PLAN, ())
    slips = build_slips(read_roster(written), [CARER], None)
    slips.save(tmp_path / "slips.xlsx")
    strange = Workbook()
    strange.active.title = "シフト表"
    strange.save(tmp_path / "strange.xlsx")
    for name, code in (
        ("roster", "is_a_roster"),
        ("slips", "is_a_printout"),
        ("strange", "not_an_input"),
    ):
        with pytest.raises(InputError) as caught:
            read_problem(tmp_path / f"{name}.xlsx")
        assert [one.code for one in caught.value.mistakes] == [code]


def test_input_given_as_a_roster(office: Path) -> None:
    """An input workbook is recognised where a finished roster is wanted."""
    with pytest.raises(InputError) as caught:
        read_roster(office)
    assert [one.code for one in caught.value.mistakes] == ["is_an_input"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_field_says_what_it_means(sheet: Sheet) -> None:
    """Heading and meaning stand on each field, in both languages."""
    for column in sheet.columns:
        assert column.heading
        assert column.meaning
        japanese, english = spellings(column.meaning)
        assert japanese != english


def test_every_setting_stands_on_its_sheet() -> None:
    """A setting without a title would be in JSON alone."""
    names = {path.split(".")[0] for path in input_paths(Settings)}
    assert names == set(Settings.model_fields)
    for model in (Standby, Prices):
        assert list(input_paths(model)) == list(model.model_fields)


def test_few_hours_for_a_month_are_told(office: Path, tmp_path: Path) -> None:
    """168:00 of which only a number is left, 7 days, is read as hours, and told."""
    book = opened(office)
    column = next(
        cell.column
        for cell in book["職員"][3]
        if str(cell.value).startswith("月の契約時間 まで")
    )
    for row, value in ((4, 7), (5, "7"), (6, 160)):
        book["職員"].cell(row, column).value = value
    path = tmp_path / "few.xlsx"
    book.save(path)
    problem, warned = read_with_warnings(path)
    assert [one.contract.minutes_max for one in problem.staff] == [420, 420, 9600]
    (few,) = (one for one in warned if one.code == "few_hours")
    assert few.cell == book["職員"].cell(4, column).coordinate
    assert few.facts == {"value": "7", "hours": "7:00", "days": "168:00"}


def test_an_error_that_was_pasted_is_no_date(office: Path, tmp_path: Path) -> None:
    """The value #VALUE! in a cell of texts is a formula's, which was pasted."""

    def paste(book: Workbook) -> None:
        book["職員"]["C4"] = "#VALUE!"
        book["職員"]["C4"].data_type = "e"

    assert told(found(office, tmp_path, paste)) == [("cell_error", "職員", "C4")]
