"""The empty form for wishes, and wishes from a file."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.cli.app import main
from scheduler.domain.errors import InputError
from scheduler.domain.requests import Strength, Want
from scheduler.files.problems import read_problem
from scheduler.files.workbook.wishes import take_in
from scheduler.files.workbook.write_input import write_input
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)
from tests.support.libreoffice import converted, needed

if TYPE_CHECKING:
    from scheduler.domain.requests import Request

OAK, ELM = "樫 はるか", "楡 みのる"
FIRST = dt.date(2027, 1, 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    period = make_period(14, FIRST)
    shifts = (
        make_shift("日", "8:30-17:30", ["12:00-13:00"]),
        make_shift("夜", "16:30-33:30", ["24:00-26:00"]),
    )
    problem = make_problem(
        [make_staff(name, shifts=["日", "夜"]) for name in (OAK, ELM)],
        shifts=shifts,
        period=period,
        office=make_office(profiles=[make_profile()]),
        forecast=make_forecast(period, 3),
    )
    path = tmp_path_factory.mktemp("input") / "in.xlsx"
    write_input(problem, path)
    return path


@pytest.fixture
def office(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an input workbook without wishes, in the folder that is open."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(written, tmp_path / "in.xlsx"))


def answers(text: str, encoding: str = "utf-8-sig") -> Path:
    path = Path("回答.csv")
    path.write_text(text, encoding=encoding)
    return path


def wishes(path: Path) -> set[tuple[str, int, Want, Strength, tuple[str, ...]]]:
    def told(one: Request) -> tuple[str, int, Want, Strength, tuple[str, ...]]:
        shifts = tuple(map(str, one.shifts))
        return (str(one.staff), one.date.day, one.want, one.strength, shifts)

    return set(map(told, read_problem(path).requests))


LINES = f"""氏名,日付,希望,備考
樫はるか,1/5,休◎,通院
{ELM},2027-01-06,×夜,
{ELM},"7(木), 8日",有,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_line_for_each_wish(office: Path, encoding: str) -> None:
    """In the words of the sheet; several dates in one cell; remarks are not read."""
    taken = take_in(office, answers(LINES, encoding))
    assert (taken.new, taken.known, taken.people) == (4, 0, 2)
    assert taken.unread == ("備考",)
    assert wishes(office) == {
        (OAK, 5, Want.DAY_OFF, Strength.MUST, ()),
        (ELM, 6, Want.NOT_SHIFT, Strength.STRONG, ("夜",)),
        (ELM, 7, Want.PAID_LEAVE, Strength.STRONG, ()),
        (ELM, 8, Want.PAID_LEAVE, Strength.STRONG, ()),
    }


def test_a_column_for_each_date_as_a_form_exports_it(office: Path) -> None:
    """The later answer of a person counts alone."""
    file = answers(
        "タイムスタンプ,氏名,希望 [1/5(火)],希望 [1/6(水)]\n"
        f"2026/12/01 9:00,{OAK},休,夜\n"
        f"2026/12/02 9:00,{ELM},,有\n"
        f"2026/12/03 9:00,{OAK},,前休△\n"
    )
    taken = take_in(office, file)
    assert (taken.new, taken.replaced) == (2, 2)
    assert wishes(office) == {
        (ELM, 6, Want.PAID_LEAVE, Strength.STRONG, ()),
        (OAK, 6, Want.MORNING_OFF, Strength.WEAK, ()),
    }


def test_dates_of_days_off_alone(office: Path) -> None:
    file = answers(f'名前,希望休\n{OAK},"1/5、1/9"\n{ELM},\n')
    take_in(office, file)
    assert {one[1] for one in wishes(office)} == {5, 9}


def test_all_mistakes_at_once_and_nothing_is_entered(office: Path) -> None:
    """Each with the cell of the file as a spreadsheet shows it."""
    before = office.read_bytes()
    file = answers(
        "氏名,日付,希望\n"
        "樹 しらず,1/5,休\n"  # a stranger
        f"{OAK},2/5,休\n"  # outside
        f"{OAK},月初,休\n"  # no date
        f"{OAK},1/5,出張\n"  # no wish
        f"{OAK},1/6,\n"  # no wish at all
        f"{ELM},1/7,休\n"
        f"{ELM},1/7,有\n"  # twice
    )
    with pytest.raises(InputError) as raised:
        take_in(office, file)
    told = {(one.code, one.sheet, one.cell) for one in raised.value.mistakes}
    assert told == {
        ("unknown_person", "回答.csv", "A2"),
        ("date_outside", "回答.csv", "B3"),
        ("not_date", "回答.csv", "B4"),
        ("not_request", "回答.csv", "C5"),
        ("missing_value", "回答.csv", "C6"),
        ("wish_twice", "回答.csv", "C8"),
    }
    assert office.read_bytes() == before
    assert [path.name for path in Path().iterdir()].count("in.xlsx") == 1


def test_what_stands_there_already_is_kept(office: Path) -> None:
    """The same in other words is known; anything else is told, with both cells."""
    take_in(office, answers(f"氏名,日付,希望\n{OAK},1/5,休\n"))
    again = take_in(office, answers(f"氏名,日付,希望\n{OAK},1/5,公休\n"))
    assert (again.new, again.known, again.kept) == (0, 1, None)
    with pytest.raises(InputError) as raised:
        take_in(office, answers(f"氏名,日付,希望\n{OAK},1/5,有\n"))
    (mistake,) = raised.value.mistakes
    assert (mistake.code, mistake.cell) == ("wish_elsewhere", "C2")
    assert mistake.facts["value"] == "休"


def test_all_else_in_the_workbook_stays(office: Path) -> None:
    """Notes, drop-downs and colours; and the workbook before is kept."""
    book = load_workbook(office)
    book["希望"]["AK2"] = "所長のメモ"
    book.save(office)
    before = office.read_bytes()
    taken = take_in(office, answers(LINES))
    assert taken.kept is not None
    assert taken.kept.read_bytes() == before
    sheet, old = load_workbook(office)["希望"], book["希望"]
    assert sheet["AK2"].value == "所長のメモ"
    assert len(sheet.data_validations.dataValidation) == len(
        old.data_validations.dataValidation
    )
    changed = {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != old[cell.coordinate].value
    }
    assert len(changed) == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("名,日\n".encode("utf-16"), "wishes_encoding"),
        ("日付,希望\n1/5,休\n".encode(), "wishes_without_names"),
        (f"氏名,好きな色\n{OAK},青\n".encode(), "wishes_without_dates"),
    ],
)
def test_files_that_are_none(office: Path, data: bytes, code: str) -> None:
    file = Path("回答.csv")
    file.write_bytes(data)
    with pytest.raises(InputError) as raised:
        take_in(office, file)
    assert [one.code for one in raised.value.mistakes] == [code]


def test_the_command(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Said in Japanese: how many, what was not read, where the old file is."""
    answers(LINES)
    assert main(["wishes", "in.xlsx", "--from", "回答.csv"]) == 0
    out = capsys.readouterr().out
    assert "2人の希望" in out
    assert "備考" in out
    assert "in-希望の取込前.xlsx" in out
    answers("氏名,日付,希望\nだれか,1/5,休\n")
    assert main(["wishes", "in.xlsx", "--from", "回答.csv"]) == 1
    assert "回答.csv A2" in capsys.readouterr().err


def test_the_form_is_empty_and_says_until_when(office: Path) -> None:
    """Everybody and every date, the closing date, and no wish of anybody."""
    take_in(office, answers(LINES))
    assert main(["wishes", "in.xlsx", "--closing", "2026-12-10"]) == 0
    sheet = load_workbook("in-希望記入用紙.xlsx").active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "締切：12月10日(木)" in texts
    assert {OAK, ELM} <= set(texts)
    dates = [cell.value for cell in sheet[3] if isinstance(cell.value, dt.datetime)]
    assert len(dates) == 14
    people = [row for row in sheet.iter_rows() if row[0].value in (OAK, ELM)]
    assert not any(cell.value for row in people for cell in row[1:])


@needed[0]
@needed[1]
def test_the_form_is_one_page(office: Path) -> None:
    """On A4; LibreOffice alone tells."""
    assert main(["wishes", "in.xlsx"]) == 0
    (paper,) = converted(Path("in-希望記入用紙.xlsx").absolute(), to="pdf")
    told = subprocess.run(
        ["pdfinfo", str(paper)], check=True, capture_output=True, text=True
    ).stdout
    assert "Pages:           1\n" in told
    assert "A4" in told
