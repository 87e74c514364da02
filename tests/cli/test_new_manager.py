"""An ordinary office's first month: typed into an empty book, counted, corrected."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import Exit
from scheduler.domain.requests import MetBy
from scheduler.files.problems import read_with_warnings
from tests.support.new_manager import Typist, type_office
from tests.support.programs import called

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the office's workbook: written by ``init 2027-02``, then filled in."""
    folder = tmp_path_factory.mktemp("office")
    done = called(folder, "init", "2027-02")
    assert done.code == 0, done.err
    path = folder / "inputs" / "事業所-2027-02.xlsx"
    type_office(path)
    return path


def test_whole_office_is_read_as_it_was_typed(book: Path) -> None:
    problem, warnings = read_with_warnings(book)

    assert not warnings
    assert len(problem.staff) == 14
    away = [one for one in problem.spells if one.kind == "休職"]
    assert [(one.staff, one.first.day, one.last.day) for one in away] == [
        ("山本", 15, 24)
    ]
    meeting = next(one for one in problem.events if one.name == "職員会議")
    held = [date for date in problem.period.dates if meeting.is_held_on(date)]
    assert held == [dt.date(2027, 2, 17)]
    tasks = [one for one in problem.cover_rules if one.met_by is not MetBy.PRESENT]
    assert [one.name for one in tasks] == ["朝の送迎", "夕の送迎", "入浴"]
    assert problem.member_by_name["吉田"].contract.day_minutes == 14 * 60


def test_precheck_names_the_setting_and_is_content_with_it(book: Path) -> None:
    folder = book.parent

    told = called(folder, "precheck", book.name)

    assert told.code == Exit.NOT_LEGAL
    (line,) = [one for one in told.out.splitlines() if one.startswith("  ×")]
    assert "2月1日(月) 6:00-7:00" in line
    assert "「事業所」シートの「夜間帯」を21:00-翌7:00にする" in line

    typist = Typist(book)
    typist.answer("事業所", "夜間帯", "21:00-翌7:00")
    typist.save()

    mended = called(folder, "precheck", book.name)

    assert mended.code == Exit.DONE, mended.out
