"""An office's own copy of the form is filled, and everything else in it is kept.

The forms are made here in the layouts of the given maps, with formulas, lists of
choices, styles and merged cells.
"""

from __future__ import annotations

import io
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from scheduler.audit import audit
from scheduler.audit.papers.statutory import Edition, TableSpan, statutory_tables
from scheduler.domain.clock import HOUR
from scheduler.domain.errors import Exit
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Role
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.forms.fill import Form
from scheduler.files.workbook.forms.guess import guess
from scheduler.files.workbook.forms.kept import as_toml
from scheduler.files.workbook.forms.map import (
    FormMap,
    SymbolLines,
    given_maps,
    spelled,
)
from scheduler.files.workbook.reading.notes import CellPlace
from tests.support.libreoffice import converted, needed, recalculated
from tests.support.municipal_forms import (
    by_job_form,
    lines_form,
    month_form,
)
from tests.support.paper_month import PROBLEM, ROSTER
from tests.support.programs import called

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.support.programs import Ended

HEADINGS = ("No", "職種", "勤務形態", "資格", "氏名")
MAP = "見本-様式のセル.toml"


def stored(folder: Path, book: Workbook, name: str = "own.xlsx") -> tuple[Path, Path]:
    """Store the roster and a form; return the paths of both."""
    roster, own = folder / "roster.json", folder / name
    if not roster.exists():
        write_roster(roster, PROBLEM, RosterRecord.of(ROSTER), audit(PROBLEM, ROSTER))
    book.save(own)
    return roster, own


def figures(span: TableSpan = TableSpan.MONTH) -> dict[tuple[str, Role], float]:
    """Return the hours of each person and job, nights on call included."""
    (table,) = statutory_tables(PROBLEM, ROSTER, Edition.PLANNED, span)
    return {(r.job.staff, r.job.role): r.minutes / HOUR for r in table.rows}


def lines_of(sheet: Worksheet, column: str = "E", rows: range = range(11, 31)) -> Any:
    """Return the rows of the people by name and word for the job."""
    job = "B" if column == "E" else "C"
    return {
        (sheet[f"{column}{row}"].value, sheet[f"{job}{row}"].value): row
        for row in rows
        if sheet[f"{column}{row}"].value
    }


WORDS = dict(
    zip(Role, ("介護職員", "看護職員", "介護支援専門員", "管理者"), strict=True)
)


class Filled(NamedTuple):
    """A form, what the command said of it, and the filled one, worked out as well."""

    own: Path
    done: Ended
    made: Path
    book: Workbook


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Filled]:
    """Fill a form of each kind; LibreOffice saves two of them before, all after."""
    folder = tmp_path_factory.mktemp("forms")
    forms = {"month": month_form(), "lines": lines_form(), "by job": by_job_form()}
    owns = [stored(folder, form, f"{name}.xlsx")[1] for name, form in forms.items()]
    owns[:2] = converted(*owns[:2])
    said, made = [], []
    for name, own in zip(forms, owns, strict=True):
        # A folder each: in one, where the cells of the first form are is kept.
        place = tmp_path_factory.mktemp("filled")
        shutil.copy(folder / "roster.json", place)
        form, before = Path(shutil.copy(own, place / "own.xlsx")), own.read_bytes()
        said.append(called(place, "papers", "roster.json", "--form", str(form)))
        assert form.read_bytes() == before
        done = place / "roster-様式（予定）.xlsx"
        made.append(Path(shutil.copy(done, folder / f"{name} filled.xlsx")))
    found = zip(owns, said, made, recalculated(*made), strict=True)
    return dict(zip(forms, map(Filled._make, found), strict=True))


class TestAMonthALine:
    """The form of 31 days, filled and worked out."""

    pytestmark = needed

    def test_totals_are_the_audits(self, filled: dict[str, Filled]) -> None:
        """A form that LibreOffice saved, filled, and worked out by LibreOffice."""
        month = filled["month"]
        assert month.done.code == Exit.DONE, month.done.err
        sheet = month.book.active
        rows = lines_of(sheet)
        expected = figures()
        assert len(rows) == len(expected)
        for (name, role), hours in expected.items():
            row = rows[name, WORDS[role]]
            assert sheet[f"AK{row}"].value == pytest.approx(hours)
        care = sum(one for (_name, role), one in expected.items() if role is Role.CARE)
        assert sheet["AK31"].value == pytest.approx(care)
        # 2027 is the ninth year of Reiwa, which stands before the cell.
        assert (sheet["M2"].value, sheet["S2"].value) == (9, 1)
        assert sheet["AI2"].value == "見本"
        assert sheet[f"AM{rows['介護くに', '介護職員']}"].value == "GH 介護 50時間"
        # Two days of leave of the planner, which are no hours of the form.
        assert "計画いく子 16時間" in month.done.out
        assert "常勤換算で勤務したものとして数える時間" in month.done.out

    def test_a_second_month_empties_the_first(
        self, shotaki: Callable[..., Ended], tmp_path: Path
    ) -> None:
        """A form that was filled for last month: nothing of it stays."""
        book = month_form()
        book.active["E30"], book.active["F30"] = "前月の人", 8
        roster, own = stored(tmp_path, book)
        shotaki("papers", str(roster), "--form", str(own))
        sheet = load_workbook(tmp_path / "roster-様式（予定）.xlsx").active
        assert (sheet["E30"].value, sheet["F30"].value) == (None, None)
        assert sheet["A30"].value == 20


def test_formulas_lists_and_styles_are_untouched(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """All other parts of the file are the same bytes; the sheet has other values."""
    roster, own = stored(tmp_path, month_form())
    shotaki("papers", str(roster), "--form", str(own))
    made = tmp_path / "roster-様式（予定）.xlsx"
    with ZipFile(own) as old, ZipFile(made) as new:
        assert old.namelist() == new.namelist()
        differing = {n for n in old.namelist() if old.read(n) != new.read(n)}
        other = new.read("xl/worksheets/sheet2.xml")
    sheets = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    assert differing == {*sheets, "xl/workbook.xml"}
    # Of a sheet that is not filled only the results of formulas go.
    assert b"<f>1+1</f>" in other
    assert b"<v" not in other
    before, after = load_workbook(own).active, load_workbook(made).active
    for line in before.iter_rows():
        for cell in line:
            other = after[cell.coordinate]
            assert other.style_id == cell.style_id
            if cell.data_type == "f":
                assert other.value == cell.value
    rules = [
        [
            (one.formula1, str(one.sqref))
            for one in sheet.data_validations.dataValidation
        ]
        for sheet in (before, after)
    ]
    assert rules[0] == rules[1]
    assert after.print_title_rows == before.print_title_rows
    assert [str(one) for one in after.merged_cells.ranges] == ["A1:K1"]


@needed[0]
@needed[1]
def test_three_lines_a_person_with_a_sheet_of_symbols(
    filled: dict[str, Filled],
) -> None:
    """Symbols are written into both sheets; the form looks their hours up."""
    lines = filled["lines"]
    assert lines.done.code == Exit.DONE, lines.done.err
    assert formulas(lines.made) == formulas(lines.own)
    sheet = lines.book.worksheets[0]
    rows = lines_of(sheet, "L", range(25, 76, 3))
    (table,) = statutory_tables(PROBLEM, ROSTER, Edition.PLANNED, TableSpan.MONTH)
    for row in table.rows:
        place = rows[row.job.staff, WORDS[row.job.role]]
        # The form's sheet of symbols has no hours for nights on call.
        hours = (row.minutes - row.on_call) / HOUR
        assert sheet[f"AX{place}"].value == pytest.approx(hours)
    assert sheet["S77"].value == 9
    # Numbers, weekdays and heads by job are worked out by the form itself.
    assert [sheet[f"B{row}"].value for row in (25, 28, 73)] == [1, 2, 17]
    assert (sheet["S23"].value, sheet["S24"].value) == (6, "金")
    on_shift = {
        row.job.staff
        for row in table.rows
        if row.job.role is Role.CARE and row.cells[0] and row.cells[0].day
    }
    assert sheet["S83"].value >= len(on_shift)
    assert sheet["S84"].value == sum(sheet[f"S{row}"].value for row in range(80, 84))


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """Return every formula of a workbook, by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(path)
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }


@needed[0]
@needed[1]
def test_lines_by_job_and_form_with_sub_totals(filled: dict[str, Filled]) -> None:
    """28 dates: four weeks, and each part of the form has its own people."""
    by_job = filled["by job"]
    assert by_job.done.code == Exit.DONE, by_job.done.err
    assert "最初の4週間" in by_job.done.out
    sheet = by_job.book.active
    expected = figures(TableSpan.FOUR_WEEKS)
    (table,) = statutory_tables(PROBLEM, ROSTER, Edition.PLANNED, TableSpan.FOUR_WEEKS)
    care = [row for row in table.rows if row.job.role is Role.CARE]
    for row, forms in ((31, "A"), (42, "BCD")):
        own_hours = sum(
            expected[one.job.staff, Role.CARE]
            for one in care
            if one.job.work_type.value in forms
        )
        assert sheet[f"AH{row}"].value == pytest.approx(own_hours)


class TestWhatStandsInTheWay:
    """Nothing is filled, and it is said what to do."""

    @pytest.fixture
    def told(
        self, shotaki: Callable[..., Ended], tmp_path: Path
    ) -> Callable[[Workbook], str]:
        """Return a function that tries to fill a form and returns what is said."""

        def tried(book: Workbook) -> str:
            roster, own = stored(tmp_path, book)
            done = shotaki("papers", str(roster), "--form", str(own))
            assert done.code == Exit.BAD_INPUT
            assert not list(tmp_path.glob("roster-様式*"))
            return done.err

        return tried

    def test_protected_cells(self, told: Callable[[Workbook], str]) -> None:
        """Locked cells are named; those that are open to typing are not."""
        book = month_form()
        book.active.protection.sheet = True
        for line in book.active["C11:AM30"]:
            for cell in line:
                cell.protection = Protection(locked=False)
        for cell in ("M2", "S2", "AI2"):
            book.active[cell].protection = Protection(locked=False)
        text = told(book)
        assert "B11、B12" in text
        assert "C11" not in text
        assert "シート保護の解除" in text

    def test_a_formula_where_hours_belong(
        self, told: Callable[[Workbook], str]
    ) -> None:
        """It is never overwritten."""
        book = month_form()
        book.active["G12"] = "=F12"
        assert "計算式があります: G12" in told(book)

    def test_a_word_that_the_list_has_not(
        self, told: Callable[[Workbook], str]
    ) -> None:
        """The form calls care staff otherwise: the map's words are to be mended."""
        book = month_form()
        book.active.data_validations.dataValidation[
            0
        ].formula1 = '"管理者,計画作成担当者,看護職員,介護従業者"'
        text = told(book)
        assert "「介護職員」" in text
        assert "介護従業者" in text

    def test_merged_cells(self, told: Callable[[Workbook], str]) -> None:
        """A cell inside of a merged area would not be seen."""
        book = month_form()
        book.active.merge_cells("D11:E11")
        assert "結合セルの途中にあります: E11" in told(book)

    def test_macros(self, shotaki: Callable[..., Ended], tmp_path: Path) -> None:
        """A form with macros is refused with the reason."""
        roster, own = stored(tmp_path, month_form())
        data = io.BytesIO(own.read_bytes())
        with ZipFile(data, "a") as zipped:
            zipped.writestr("xl/vbaProject.bin", b"macro")
        own.write_bytes(data.getvalue())
        done = shotaki("papers", str(roster), "--form", str(own))
        assert done.code == Exit.BAD_INPUT
        assert "マクロ" in done.err

    def test_no_such_form(self, told: Callable[[Workbook], str]) -> None:
        """A workbook without dates is no staffing table."""
        assert "並ぶ行がありません" in told(Workbook())


def test_too_few_slots_name_who_is_left_out(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """A form with eight lines: the others are named with their jobs, the sum stays."""
    book = month_form(8)
    book.active["A19"] = "計"
    roster, own = stored(tmp_path, book)
    done = shotaki("papers", str(roster), "--form", str(own), "-o", "again.xlsx")
    assert done.code == Exit.DONE
    assert "計画いく子 (介護職員)、介護くに (介護職員)" in done.out
    sheet = load_workbook(tmp_path / "again.xlsx").active
    assert sheet["E18"].value
    assert sheet["E19"].value is None
    assert (sheet["A19"].value, sheet["B19"].value) == ("計", "介護職員の合計")


def test_an_unknown_form_is_asked_for_once(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """The cells are guessed and written down; once they are checked, it is filled."""
    book = month_form()
    sheet = book.active
    sheet.insert_cols(2, 2)
    sheet["C3"], sheet["AH2"] = "形態一覧表", "事業所"
    # Its totals still speak of the old columns, which does not matter here.
    roster, own = stored(tmp_path, book)
    first = shotaki("papers", str(roster), "--form", str(own))
    assert first.code == Exit.BAD_INPUT
    assert "初めての様式" in first.err
    kept = tmp_path / MAP
    guessed = tomllib.loads(kept.read_text("utf-8"))
    assert guessed["first_day"] == "H"
    assert guessed["days"] == 31
    assert guessed["section"] == [{"first_row": 11, "slots": 20}]
    assert guessed["columns"]["name"] == "G"
    assert guessed["columns"]["form"] == "E"
    assert guessed["header"]["office"] == "AI2"
    assert guessed["columns"]["second_job"] == "AO"
    # Unless somebody has looked at it, it is asked again and nothing is changed.
    again = shotaki("papers", str(roster), "--form", str(own))
    assert again.code == Exit.BAD_INPUT
    text = kept.read_text("utf-8").replace("checked = false", "checked = true")
    kept.write_text(text, "utf-8")
    done = shotaki("papers", str(roster), "--form", str(own))
    assert done.code == Exit.DONE, done.err
    filled = load_workbook(tmp_path / "roster-様式（予定）.xlsx").active
    assert filled["G11"].value == "管理あきら"
    assert kept.read_text("utf-8") == text


def test_every_given_map_has_its_own_name_and_signs() -> None:
    """No two given maps can be taken for each other."""
    maps = given_maps()
    assert len({one.name for one in maps}) == len(maps) == 3
    for book in (month_form(), by_job_form(), lines_form()):
        assert sum(one.fits(book.worksheets[0]) for one in maps) == 1


def test_a_form_of_known_columns_but_other_rows_is_guessed() -> None:
    """Merged lines of symbol and hours, a number for each person, a merged office."""
    book = Workbook()
    book.active.title = "記入要領"
    sheet = book.create_sheet("勤務表")
    sheet["V2"] = "事業所名"
    sheet.merge_cells("V2:Y2")
    sheet.merge_cells("Z2:AK2")
    for column, text in zip("ABCDE", HEADINGS, strict=True):
        sheet[f"{column}5"] = text
        sheet.merge_cells(f"{column}5:{column}7")
    sheet["AK5"] = "月の合計時間数"
    for day in range(31):
        sheet.cell(6, 6 + day).value = day + 1
    for slot in range(22):
        top = 8 + 2 * slot
        sheet.cell(top, 1).value = slot + 1
        for column in "ABCDE":
            sheet.merge_cells(f"{column}{top}:{column}{top + 1}")
        for day in range(31):
            symbol = f"{get_column_letter(6 + day)}{top}"
            sheet.cell(top + 1, 6 + day).value = f"=LEN({symbol})"
    (alike,) = (one for one in given_maps() if one.fits(sheet))
    found = guess(Form("form.xlsx", b"", book))
    assert found is not None
    assert not alike.stands_as(found)
    assert found.symbols is None
    assert "# [symbols]" in as_toml(found)
    assert found.lines == ("symbol", "")
    assert [(one.first_row, one.slots) for one in found.section] == [(8, 22)]
    assert found.header.office == "Z2"


@pytest.mark.parametrize(("first", "slots"), [(25, 40), (25, 14), (13, 17)])
def test_a_copy_of_known_columns_with_other_rows_is_guessed(
    first: int, slots: int
) -> None:
    """Of 40 people the given map would leave out 23, of a copy from row 13 on four.

    The rows of users stand below the people, wherever these end.
    """
    book = lines_form(first, slots)
    sheet = book.worksheets[0]
    (alike,) = (one for one in given_maps() if one.fits(sheet))
    found = guess(Form("form.xlsx", b"", book))
    assert found is not None
    assert not alike.stands_as(found)
    assert [(one.first_row, one.slots) for one in found.section] == [(first, slots)]
    assert found.foot.day_users == first + 3 * slots + 1


def test_a_sheet_of_symbols_with_other_columns_is_guessed() -> None:
    """Breaks stand in G; the given map would type them over the formulas of H."""
    book = lines_form()
    symbols = book["シフト記号表（勤務時間帯）"]
    for column, text in zip(
        "CDFGH", ("記号", "始業", "終業", "休憩", "勤務時間"), strict=True
    ):
        symbols[f"{column}5"] = text
    for row in range(6, 36):
        symbols[f"H{row}"] = f"=(F{row}-D{row}-G{row})*24"
    (alike,) = (one for one in given_maps() if one.fits(book.worksheets[0]))
    found = guess(Form("form.xlsx", b"", book))
    assert found is not None
    assert found.symbols is not None
    assert found.symbols.pause == "G"
    assert not alike.stands_as(found)


def test_hours_that_the_form_works_out_stay_formulas(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """A map says that they are typed; this copy has formulas in all their cells."""
    book = lines_form()
    symbols = book["シフト記号表（勤務時間帯）"]
    for column, text in zip("CDFH", ("記号", "始業", "終業", "休憩"), strict=True):
        symbols[f"{column}5"] = text
    layout = guess(Form("own.xlsx", b"", book))
    assert layout is not None
    assert layout.symbols is not None
    lines = layout.symbols.model_copy(update={"day": "J", "night": "K"})
    update = {"checked": True, "symbols": lines, "lines": ("symbol", "hours", "")}
    (tmp_path / MAP).write_text(
        as_toml(layout.model_copy(update=update)), encoding="utf-8"
    )
    roster, own = stored(tmp_path, book)
    done = shotaki("papers", str(roster), "--form", str(own))
    assert done.code == Exit.DONE, done.err
    assert formulas(tmp_path / "roster-様式（予定）.xlsx") == formulas(own)


def test_a_sheet_of_symbols_and_the_rows_below_are_guessed() -> None:
    """What is guessed is read back as it was; hours that are formulas stay."""
    book = lines_form()
    symbols = book["シフト記号表（勤務時間帯）"]
    for column, text in (
        ("C", "記号"),
        ("D", "始業時刻"),
        ("F", "終業時刻"),
        ("H", "うち、休憩時間"),
        ("J", "日中"),
        ("L", "自由記載欄"),
    ):
        symbols[f"{column}5"] = text
    symbols["D4"] = "サービスの始業時刻"
    found = guess(Form("form.xlsx", b"", book))
    assert found is not None
    assert found.symbols == SymbolLines(
        sheet=symbols.title,
        first_row=6,
        slots=30,
        symbol="C",
        begin="D",
        end="F",
        pause="H",
        meaning="L",
    )
    assert found.foot.day_users == 77
    assert FormMap.model_validate(tomllib.loads(as_toml(found))) == found


def test_hours_of_a_band_are_not_typed_where_it_begins() -> None:
    """日中 開始 and 終了 stand before the hours by day, which have their own column."""
    book = lines_form()
    symbols = book["シフト記号表（勤務時間帯）"]
    for row in range(6, 36):
        symbols[f"J{row}"] = symbols[f"K{row}"] = None
    for column, text in (
        ("C", "記号"),
        ("D", "始業"),
        ("F", "終業"),
        ("H", "うち休憩"),
        ("J", "日中の開始時刻"),
        ("K", "日中終了"),
        ("L", "日中の勤務時間数"),
        ("M", "夜間・深夜の開始"),
        ("N", "夜間・深夜の時間"),
    ):
        symbols[f"{column}5"] = text
    symbols["J4"], symbols["M4"] = "日中の時間帯", "夜間の時間帯"
    found = guess(Form("form.xlsx", b"", book))
    assert found is not None
    assert found.symbols is not None
    assert (found.symbols.day, found.symbols.night) == ("L", "N")


def test_the_header_is_guessed_by_its_units_and_switches() -> None:
    """Else it says four weeks and 160 h of a month of 162.75, as its sample did."""
    book = lines_form()
    sheet = book.worksheets[0]
    for cell, value in (
        ("AO2", "事業所名"),
        ("AX6", 40),
        ("AY6", "時間／週"),
        ("BB6", 160),
        ("BC6", "時間/月"),
        ("AO3", "(1)"),
        ("AS3", "４週"),
        ("AS4", "予定"),
    ):
        sheet[cell] = value
    sheet.merge_cells("AS2:BB2")
    found = guess(Form("form.xlsx", b"", book))
    assert found is not None
    head = found.header
    assert (head.full_time_week, head.full_time_month) == ("AX6", "BB6")
    assert (head.span, head.edition, head.office) == ("AS3", "AS4", "AS2")


def test_words_are_spelled_as_the_form_has_them() -> None:
    """Formulas compare the switch with ４週; 4週 would be no four weeks for them."""
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = "４週", "暦月"
    choices = DataValidation(type="list", formula1='"４週,暦月"')
    sheet.add_data_validation(choices)
    choices.add("A2")
    places = [CellPlace(sheet.title, row, 1) for row in (1, 2, 3)]
    found = spelled(book, dict.fromkeys(places, "4週"))
    assert list(found.values()) == ["４週", "４週", "4週"]
