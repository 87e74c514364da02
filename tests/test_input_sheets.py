"""Sheets, headings and lines are found where they are, or asked for in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.domain.agreements import Prices
from scheduler.domain.errors import InputError
from scheduler.domain.fields import input_paths
from scheduler.domain.office import Settings, Standby
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.layout import SHEETS
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.roster.slip_cells import build_slips
from scheduler.wording.translation import spellings
from tests.input_offices import by_hand
from tests.test_input_mistakes import found, office, told
from tests.test_roster_workbook import CARER, PLAN, PROBLEM

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


@pytest.mark.parametrize(
    ("sheet", "cells"), [("職員", "A1:H1"), ("希望", "A2:F2"), ("設定", "A1:D2")]
)
def test_merged_title(sheet: str, cells: str, office: Path, tmp_path: Path) -> None:
    """Merged cells above the headings do no harm."""

    def merge(book: Workbook) -> None:
        book[sheet].merge_cells(cells)

    assert read_spoilt(office, tmp_path, merge) == by_hand()


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
