"""The input workbook as a form: lines to fill in, names typed once, words of before."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.domain.errors import InputError
from scheduler.domain.office import Hold, HouseRatio
from scheduler.files.holidays_jp import make_period
from scheduler.files.problems import read_problem
from scheduler.files.workbook.columns import FORMER
from scheduler.files.workbook.following import (
    SORTED_PARTS,
    Source,
    numbered_formula,
    source_of,
)
from scheduler.files.workbook.layout import (
    DECISIONS,
    GUIDE,
    IN_SETTINGS,
    SETTINGS,
    SHEETS,
)
from scheduler.files.workbook.read_input import (
    LoadedInput,
    read_input,
    read_with_warnings,
)
from scheduler.files.workbook.reading.notes import Notes
from scheduler.files.workbook.reading.tables import heading_of, headings_of
from scheduler.files.workbook.words import how_to_type, meaning_of
from scheduler.files.workbook.write_input import SITUATIONS, write_input
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.translation import (
    LANGUAGES,
    Language,
    _,
    in_language,
    spellings,
)
from tests.support.input_offices import by_hand, put_by_hand
from tests.support.libreoffice import converted, needed
from tests.support.workbooks import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.columns import Sheet
    from tests.support.programs import Ended

    Shotaki = Callable[..., Ended]


BOOKS = Path(__file__).parents[1] / "books"
FEBRUARY = make_period(dt.date(2027, 2, 1), dt.date(2027, 2, 28))
GRIDS = {"希望": 6, "固定": 7, "前月": 7}
"""Sheets of people and dates, with the row of the first person."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the workbook of three people that every test changes in its own way."""
    path: Path = tmp_path_factory.mktemp("office") / "office.xlsx"
    put_by_hand(path)
    return path


def saved(book: Workbook, folder: Path) -> Path:
    """Save a workbook into a folder."""
    path = folder / "changed.xlsx"
    book.save(path)
    return path


def warned(path: Path) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of each warning."""
    return [(one.code, one.sheet, one.cell) for one in read_with_warnings(path)[1]]


def has_list(sheet: Worksheet, cell: str) -> bool:
    """Tell whether a cell has a drop-down."""
    return any(
        rule.type == "list" and cell in rule.sqref
        for rule in sheet.data_validations.dataValidation
    )


@pytest.mark.parametrize(("asked", "people"), [((), 30), (("--staff", "45"), 45)])
def test_lines_for_staff(
    asked: tuple[str, ...], people: int, tmp_path: Path, shotaki: Shotaki
) -> None:
    """Thirty lines, or as many as asked for, each with its look and its drop-downs."""
    path = tmp_path / "new.xlsx"
    assert shotaki("init", "--month", "2027-02", *asked, str(path)).code == 0
    book = opened(path)
    staff = book["職員"]
    last = 3 + people
    formula = numbered_formula("職員", people, 3, last + 1)
    assert staff.max_row == last
    for column in "ABCDG":
        assert staff[f"{column}{last}"].border.bottom.style == "thin"
    assert has_list(staff, f"C{last}")
    for name, first in GRIDS.items():
        sheet = book[name]
        bottom = first + people - 1
        assert sheet.max_row == bottom
        assert sheet[f"A{bottom}"].value == formula
        assert has_list(sheet, f"C{bottom}")
    assert book["累計"][f"A{last}"].value == formula
    assert book["利用者"].max_row >= 3 + 29 + 5
    assert [book[one]["A6"].value for one in ("固定", "前月")] == ["宿直", "宿直"]


def test_more_lines_than_a_month_can_have(tmp_path: Path, shotaki: Shotaki) -> None:
    """No line, or more than 200, is no number of lines."""
    for number in ("0", "201"):
        asked = shotaki("init", "--month", "2027-02", "--staff", number)
        assert asked.code == 2
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("formula", "source"),
    [
        (
            '=IFERROR(IF(\'職員\'!$A4="","",\'職員\'!$A4),"")',
            Source("職員", "A4", True),
        ),
        ("='it''s'!$A$4", Source("it's", "A4", False)),
        ('=IF(職員!A7="","",職員!A7)', Source("職員", "A7", True)),
        ("=職員!$A$12", Source("職員", "A12", False)),
        ("=B5", Source("", "B5", False)),
        ('=IFERROR(IF(#REF!="","",#REF!),"")', Source("", "", True)),
        (
            '=IFERROR(IF(\'職員\'!#REF!="","",\'職員\'!#REF!),"")',
            Source("職員", "", True),
        ),
        ("=B5+1", None),
        ('="休"', None),
        ("=INDEX(職員!A:A,4)", None),
        ('=IF(A4="","",CHOOSE(WEEKDAY(A4),"日","月"))', None),
    ],
)
def test_what_a_formula_repeats(formula: str, source: Source | None) -> None:
    """Ours, as Excel and LibreOffice save them, and plain references; nothing else."""
    assert source_of(formula) == source


def test_a_name_is_typed_once(office: Path, tmp_path: Path) -> None:
    """Somebody renamed and somebody new on the staff list are so on every sheet."""
    book = opened(office)
    staff = book["職員"]
    staff["A4"] = "桜井"
    for sheet, cell in (("組合せ", "A4"), ("個別合意", "B6")):
        book[sheet][cell] = "桜井"
    for column, value in zip("ACDG", ("椿", "常勤", "介護", "日"), strict=True):
        staff[f"{column}7"] = value
    book["希望"]["C9"] = "休◎"
    problem = read_input(saved(book, tmp_path))
    assert [member.name for member in problem.staff] == ["桜井", "梅", "桃", "椿"]
    wishes = [(one.staff, one.date.day) for one in problem.requests]
    assert wishes == [("桜井", 1), ("椿", 2)]
    assert [one.staff for one in problem.ledger] == ["桜井"]
    assert {duty.staff for duty in problem.history.duties} == {"桜井", "梅", "桃"}


@pytest.mark.parametrize("way", ["emptied", "deleted"])
def test_somebody_is_removed_once(way: str, office: Path, tmp_path: Path) -> None:
    """A line emptied or deleted on the staff list; what is left elsewhere is told."""
    book = opened(office)
    staff = book["職員"]
    for sheet, lines in (("組合せ", (4, 5)), ("個別合意", (6,)), ("研修・休業", (4,))):
        for row in lines:
            for column in range(1, 6):
                book[sheet].cell(row, column).value = None
    if way == "deleted":
        staff.delete_rows(4)
    else:
        for column in range(1, staff.max_column + 1):
            staff.cell(4, column).value = None
    path = saved(book, tmp_path)
    problem = read_input(path)
    assert [member.name for member in problem.staff] == ["梅", "桃"]
    assert problem.requests == ()
    assert problem.ledger == ()
    assert set(warned(path)) >= {
        ("name_gone", "希望", "B6"),
        ("name_gone", "固定", "C7"),
        ("name_gone", "前月", "C7"),
        ("name_gone", "累計", "B4"),
    }
    told = [mistake_text(one) for one in read_with_warnings(path)[1]]
    assert any(text.startswith("希望 B6") and "氏名がない" in text for text in told)


def test_nights_on_call_of_somebody_removed(office: Path, tmp_path: Path) -> None:
    """Those of the month before are told and left out, as the line of the person is."""
    book = opened(office)
    staff = book["職員"]
    for column in range(1, staff.max_column + 1):
        staff.cell(6, column).value = None
    for column in range(1, 6):
        book["組合せ"].cell(5, column).value = None
        book["個別合意"].cell(4, column).value = None
    book["固定"]["C6"] = None
    path = saved(book, tmp_path)
    # 梅 was on call on every other date from 24 November on, 桃 on the rest.
    assert {night.staff for night in read_input(path).history.on_call} == {"梅"}
    told = {cell for code, sheet, cell in warned(path) if sheet == "前月"}
    assert told == {"C9", "D6"}
    book["前月"]["A9"] = None
    for column in range(2, 12):
        book["前月"].cell(9, column).value = None
    with pytest.raises(InputError) as caught:
        read_input(saved(book, tmp_path))
    assert {one.code for one in caught.value.mistakes} == {"unknown_person"}


def test_somebody_between_has_no_line_yet(office: Path, tmp_path: Path) -> None:
    """A line inserted on the staff list has none on the other sheets: it is told."""
    book = opened(office)
    for name, row in GRIDS.items():
        book[name][f"A{row + 1}"] = None
        for column in range(2, 12):
            book[name].cell(row + 1, column).value = None
    told = warned(saved(book, tmp_path))
    lines = [(sheet, cell) for code, sheet, cell in told if code == "no_line_for"]
    assert lines == [("希望", "A3"), ("固定", "A3"), ("前月", "A3")]


def test_a_sorted_list_takes_no_wishes_along(office: Path, tmp_path: Path) -> None:
    """Lines in another order, each with its number, are the same people's as before."""
    before, book = read_input(office), opened(office)
    staff = book["職員"]
    lines = [[cell.value for cell in staff[row]] for row in (4, 5, 6)]
    for row, line in zip((4, 5, 6), reversed(lines), strict=True):
        for column, value in enumerate(line, start=1):
            staff.cell(row, column).value = value
    after = read_input(saved(book, tmp_path))
    assert [one.name for one in after.staff] == ["桃", "梅", "桜"]
    assert set(after.requests) == set(before.requests)
    assert set(after.history.duties) == set(before.history.duties)
    assert set(after.pins.duties) == set(before.pins.duties)


def sorted_apart(path: Path) -> set[tuple[str, str]]:
    """Return what is told of a sort of a part: the code, and the first cell."""
    notes = Notes()
    LoadedInput(path.read_bytes()).read(notes)
    told = (one for one in notes.warnings if one.code in SORTED_PARTS)
    return {(one.code, one.cell or "") for one in told}


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (lambda column: column == 1, {("names_sorted_alone", "A4")}),
        (lambda column: column != 2, {("names_sorted_alone", "A4")}),
        (lambda column: column > 2, {("lines_sorted_without_names", "A4")}),
        (lambda column: column < 3, {("lines_sorted_without_names", "A4")}),
        (lambda _column: True, set()),
    ],
    ids=["names", "all but numbers", "all but names", "names and numbers", "all"],
)
def test_a_part_of_the_list_that_was_sorted_is_told(
    columns: Callable[[int], bool],
    told: set[tuple[str, str]],
    office: Path,
    tmp_path: Path,
) -> None:
    """Whole lines may be sorted; of a part the names are told that changed places."""
    book = opened(office)
    staff = book["職員"]
    for column in filter(columns, range(1, staff.max_column + 1)):
        values = [staff.cell(row, column).value for row in (4, 5, 6)]
        for row, value in zip((4, 5, 6), reversed(values), strict=True):
            staff.cell(row, column).value = value
    assert sorted_apart(saved(book, tmp_path)) == told


@pytest.mark.parametrize("sheet", [*GRIDS, "累計"])
def test_rows_of_other_sheets_that_were_sorted(
    sheet: str, office: Path, tmp_path: Path
) -> None:
    """Whole rows keep their entries; names alone do not: either is told, once."""
    before, book = read_input(office), opened(office)
    page = book[sheet]
    rows = GRIDS.get(sheet, 4), GRIDS.get(sheet, 4) + 1
    _exchange(page, rows, range(1, page.max_column + 1))
    path = saved(book, tmp_path)
    after = read_input(path)
    assert set(after.requests) == set(before.requests)
    assert set(after.pins.duties) == set(before.pins.duties)
    assert set(after.history.duties) == set(before.history.duties)
    assert after.ledger == before.ledger
    sort = ("rows_sorted", sheet, f"A{rows[1]}")
    assert [one for one in warned(path) if one[0] == "rows_sorted"] == [sort]
    _exchange(page, rows, range(2, page.max_column + 1))
    notes = Notes()
    LoadedInput(saved(book, tmp_path).read_bytes()).read(notes)
    assert sort in [(one.code, one.sheet, one.cell) for one in notes.warnings]


def _exchange(page: Worksheet, rows: tuple[int, int], columns: Iterable[int]) -> None:
    for column in columns:
        one, other = (page.cell(row, column) for row in rows)
        one.value, other.value = other.value, one.value


def test_other_changes_of_the_list_are_no_sort(office: Path, tmp_path: Path) -> None:
    """A new name, another contract, a line that is gone; and a book without marks."""
    book = opened(office)
    staff = book["職員"]
    staff["A4"] = "松"
    staff.cell(5, 12).value = staff.cell(6, 12).value
    for column in range(1, staff.max_column + 1):
        staff.cell(6, column).value = None
    assert sorted_apart(saved(book, tmp_path)) == set()
    book = opened(office)
    staff = book["職員"]
    staff["A4"], staff["A5"] = staff["A5"].value, staff["A4"].value
    path = saved(book, tmp_path)
    assert sorted_apart(path) == {("names_sorted_alone", "A4")}
    for one in book.custom_doc_props.names:
        del book.custom_doc_props[one]
    assert sorted_apart(saved(book, tmp_path)) == set()


def test_a_sort_of_a_part_is_told_with_the_mistakes_it_makes(
    office: Path, tmp_path: Path
) -> None:
    """Wishes of another person are mistakes; what they come from stands beside them."""
    book = opened(office)
    staff = book["職員"]
    for column in (1, *range(3, staff.max_column + 1)):
        values = [staff.cell(row, column).value for row in (4, 5, 6)]
        for row, value in zip((4, 5, 6), reversed(values), strict=True):
            staff.cell(row, column).value = value
    with pytest.raises(InputError) as caught:
        read_input(saved(book, tmp_path))
    assert SORTED_PARTS[0] in {one.code for one in caught.value.mistakes}


def test_a_number_stands_once(office: Path, tmp_path: Path) -> None:
    """A line copied with its number would take the wishes of the other one."""
    book = opened(office)
    book["職員"]["B5"] = book["職員"]["B4"].value
    with pytest.raises(InputError) as caught:
        read_input(saved(book, tmp_path))
    (mistake,) = caught.value.mistakes
    assert (mistake.code, mistake.cell) == ("number_twice", "B5")
    assert [one.cell for one in mistake.more] == ["B4"]


def test_the_formula_of_libreoffice_is_followed(office: Path, tmp_path: Path) -> None:
    """It writes no quotes where a sheet's name needs none."""
    book = opened(office)
    for name, row in GRIDS.items():
        for line in range(row, row + 3):
            cell = book[name][f"A{line}"]
            cell.value = str(cell.value).replace("'職員'", "職員")
    assert read_input(saved(book, tmp_path)) == read_input(office)


@needed[0]
@needed[1]
def test_names_follow_in_libreoffice(office: Path, tmp_path: Path) -> None:
    """Saved by LibreOffice, with values of all formulas, the office is the same."""
    (path,) = converted(Path(shutil.copy(office, tmp_path)))
    stored = load_workbook(path, data_only=True)
    assert [stored[name][f"A{row}"].value for name, row in GRIDS.items()] == ["桜"] * 3
    assert read_input(path) == by_hand()


def test_a_book_of_the_version_before() -> None:
    """Names on each sheet, headings of then, one sheet of settings: read as before."""
    path = BOOKS / "small-2027-01.xlsx"
    book = opened(path)
    assert "詳細設定" not in book.sheetnames
    assert "深夜業の制限" in {cell.value for cell in book["職員"][3]}
    problem, _warnings = read_with_warnings(path)
    assert problem == read_problem(path.with_suffix(".json"))


def test_a_line_missing_in_a_book_of_before(tmp_path: Path) -> None:
    """Its one sheet of settings must have the lines that it had."""
    book = opened(BOOKS / "small-2027-01.xlsx")
    sheet = book["設定"]
    (row,) = (c.row for c in sheet["A"] if c.value == "週の起算曜日")
    sheet.delete_rows(row)
    with pytest.raises(InputError) as caught:
        read_input(saved(book, tmp_path))
    told = [(one.code, one.sheet) for one in caught.value.mistakes]
    assert told == [("missing_line", "設定")]


@pytest.mark.parametrize("layout", SHEETS, ids=lambda sheet: sheet.title)
def test_no_word_has_two_meanings(layout: Sheet) -> None:
    """On a sheet, a word of before is not the word of another column today."""
    words = [word for column in layout.columns for word in headings_of(column)]
    assert len(set(words)) == len(words)


def test_former_words_are_of_today() -> None:
    """The table names words that are in use, and no word as its own former one."""
    used = {sheet.title for sheet in (GUIDE, *SHEETS)} | {
        column.heading for sheet in SHEETS for column in sheet.columns
    }
    assert set(FORMER) <= used
    for word, former in FORMER.items():
        assert not set(map(heading_of, former)) & set(map(heading_of, spellings(word)))


def test_a_manager_decides_a_dozen_things(tmp_path: Path) -> None:
    """Twelve sentences; all other settings stand on the sheet for experts."""
    path = tmp_path / "new.xlsx"
    write_input(FEBRUARY, path)
    book = opened(path)
    rows = [row[:2] for row in book["設定"].iter_rows(min_row=4, max_row=15)]
    sentences = [sentence.value for sentence, _value in rows]
    assert len(DECISIONS) == 12
    assert sentences == [spellings(one.asked)[0] for one in SETTINGS.columns]
    assert all(str(text).endswith("か") for text in sentences)
    first = {str(sentence.value): value.value for sentence, value in rows}
    asked = {path: spellings(text)[0] for path, text in DECISIONS.items()}
    assert first[asked[IN_SETTINGS + "house_ratio"]] == "目安"
    assert first[asked[IN_SETTINGS + "long_nights_apart"]] == "必ず"
    assert first[asked[IN_SETTINGS + "day_off_after_long_night"]] == "目安"


def test_a_choice_of_a_sentence_is_read(office: Path, tmp_path: Path) -> None:
    """What is chosen beside a sentence is the setting."""
    book = opened(office)
    sheet = book["設定"]
    lines = {one.path: row for row, one in enumerate(SETTINGS.columns, start=4)}
    sheet.cell(lines[IN_SETTINGS + "house_ratio"], 2).value = "参考表示"
    sheet.cell(lines[IN_SETTINGS + "forward_rotation"], 2).value = "目安"
    settings = read_input(saved(book, tmp_path)).office.settings
    assert settings.house_ratio is HouseRatio.REPORT
    assert settings.forward_rotation is Hold.GUIDELINE


def weekday_lines(book: Workbook) -> Worksheet:
    """Return the forecast without numbers on its dates."""
    sheet = book["利用見込"]
    for row in range(4, 11):
        for column in "DEFG":
            sheet[f"{column}{row}"] = None
    return sheet


@pytest.mark.parametrize("column", ["A", "B"])
def test_a_weekday_in_either_column(column: str, office: Path, tmp_path: Path) -> None:
    """A line of a weekday counts, in the first column and in that of weekdays."""
    book = opened(office)
    sheet = weekday_lines(book)
    for row, days in ((11, "月火水木金"), (12, "土日")):
        sheet[f"{column}{row}"] = days
        for cell, value in zip("DEFG", (row, 3, 2, "日祝"), strict=True):
            sheet[f"{cell}{row}"] = value
    days = read_input(saved(book, tmp_path)).forecast.days
    # 1 to 7 December 2026 are a Tuesday to a Monday.
    assert [day.day_users for day in days] == [11, 11, 11, 11, 12, 12, 11]
    assert {day.profile for day in days} == {"日祝"}


def test_what_a_line_of_a_weekday_cannot_say(office: Path, tmp_path: Path) -> None:
    """A public holiday is of a date; on the line of a weekday it is said to be lost."""
    book = opened(office)
    sheet = book["利用見込"]
    sheet["A11"], sheet["C11"] = "月", "振替"
    assert ("not_read", "利用見込", "C11") in warned(saved(book, tmp_path))


def test_the_weekday_of_a_date_may_be_typed(office: Path, tmp_path: Path) -> None:
    """The right weekday typed over the formula does no harm; 2 December is a We."""
    book = opened(office)
    book["利用見込"]["B5"] = "水曜日"
    assert read_input(saved(book, tmp_path)) == by_hand()


def test_the_guide_lists_every_sheet(tmp_path: Path) -> None:
    """With when it is filled in, a link to it, and one to the pages on all columns."""
    path = tmp_path / "new.xlsx"
    write_input(FEBRUARY, path)
    book = opened(path)
    guide = book["使い方"]
    assert book.sheetnames[0] == guide.title
    links = {
        cell.value: cell.hyperlink.location or cell.hyperlink.target
        for row in guide.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    for name in book.sheetnames[1:]:
        assert links[name].strip("#").replace("'", "") == f"{name}!A1"
    (page,) = (link for text, link in links.items() if "docs/ja" in text)
    assert page == "../docs/ja/README.md"
    assert (BOOKS.parents[1] / "inputs" / page).is_file()
    when = {row[1].value: row[2].value for row in guide.iter_rows() if row[1].value}
    assert (when["職員"], when["希望"], when["行事"]) == (
        "はじめに1度",
        "毎月",
        "必要なとき",
    )


def test_where_it_is_said_names_columns_that_are_there() -> None:
    """Whatever is quoted is a column of the sheet, or another sheet and its column."""
    with in_language("ja"):
        sheets = {_(one.title): {_(c.label) for c in one.columns} for one in SHEETS}
        for one in SITUATIONS:
            here = sheets[_(one.sheet.title)] | set(sheets)
            for quoted in re.findall("「(.+?)」", _(one.how)):
                elsewhere = any(
                    quoted in columns
                    for title, columns in sheets.items()
                    if f"「{title}」" in _(one.how)
                )
                assert quoted in here or elsewhere, (one.what, quoted)
    assert {one.sheet.title for one in SITUATIONS} <= {one.title for one in SHEETS}


def test_managers_read_no_numbers_of_rules(tmp_path: Path) -> None:
    """No cell and no comment of a new workbook names a rule by its number."""
    path = tmp_path / "new.xlsx"
    write_input(FEBRUARY, path)
    for sheet in opened(path):
        for row in sheet.iter_rows():
            for cell in row:
                texts = (
                    str(cell.value or ""),
                    cell.comment.text if cell.comment else "",
                )
                assert not any(re.search(r"\b[A-Z]-\d\d\b", text) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_names_a_rule_by_its_number(language: Language) -> None:
    """Managers read what a field means, not where it stands in the rulebook."""
    with in_language(language):
        texts = {meaning_of(one) for sheet in SHEETS for one in sheet.columns}
    number = re.compile(
        r"\b[A-Z]-\d{2}\b|\brule [A-Z]\b|(?:規則|ルール)[A-Z]|[(（]G[)）]"
    )
    assert not [text for text in texts if number.search(text)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_column_says_how_it_is_typed(sheet: Sheet) -> None:
    """By its choices, or by a form with an example."""
    for column in sheet.columns:
        assert how_to_type(column)


def test_numbers_that_are_printed_have_plain_digits(tmp_path: Path) -> None:
    """What was typed as １２９ goes into no paper as it stands."""
    problem = by_hand()
    office = problem.office.model_copy(update={"number": "１２９０１００４５６"})
    member = problem.staff[0].model_copy(
        update={"telephone": "０９０－１２３４－５６７８"}
    )
    changed = {"office": office, "staff": (member, *problem.staff[1:])}
    path = tmp_path / "wide.xlsx"
    write_input(problem.model_copy(update=changed), path)
    read = read_input(path)
    assert read.office.number == "1290100456"
    assert read.staff[0].telephone == "090-1234-5678"
