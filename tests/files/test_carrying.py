"""What was typed into a roster stands in its next version, or is told as lost."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl.comments import Comment

from scheduler.audit import audit
from scheduler.cli.app import main
from scheduler.files import rosters
from scheduler.files.rosters import (
    NextVersion,
    next_version,
    read_roster,
    save_versions,
)
from scheduler.files.saving import replace_file
from scheduler.files.workbook.package import comments_of
from scheduler.whatif.accepting import Accepted, accept
from tests.support import busy_month, week
from tests.support.busy_month import day as busy_day
from tests.support.impossible import CARER, date_of
from tests.support.libreoffice import converted, needed
from tests.support.workbooks import opened
from tests.whatif.test_accepting import folder, planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.files.workbook.roster.carrying import Edited

__all__ = ["folder", "planned"]

WHEN = dt.datetime(2026, 12, 2, 5, 30)
FRONT, BREAKS, SCENARIOS, FAIRNESS = "管理用", "休憩・介護時間", "もしも", "公平さ"
MEMO = "担当メモ"


def place(sheet: Worksheet, label: str, date: dt.date) -> Cell:
    """Return the cell of a row that is called so, on a date."""
    [row] = [c.row for c in sheet["B"] if c.value == label]
    [column] = [
        cell.column
        for cell in sheet[3]
        if isinstance(cell.value, dt.datetime) and cell.value.date() == date
    ]
    return sheet.cell(row, column)


def type_everywhere(path: Path) -> None:
    """Type into a roster all that a person may."""
    book = opened(path)
    front = book[FRONT]
    place(front, "行事", date_of(2)).value = "クリスマス会"
    place(front, "備考", date_of(3)).value = "面会あり"
    place(front, "通い", date_of(4)).value = 5
    place(front, CARER, date_of(5)).comment = Comment("午後は研修", "所長")
    front.cell(front.max_row + 2, 2, "鍵は事務所の棚")
    front.cell(place(front, CARER, date_of(0)).row, front.max_column + 2, "電話 090")
    front["A1"] = "さくらの家の勤務表"
    book[BREAKS].cell(book[BREAKS].max_row + 1, 1, "休憩室は2階")
    book[FAIRNESS].cell(1, 20, "社労士に確認済み")
    sheet = book[SCENARIOS]
    [row] = [c.row for c in sheet["A"] if c.value is None and c.row > 8][:1]
    for column, text in enumerate(("A", "欠勤", "柳", "12/6", "", ""), start=1):
        sheet.cell(row, column, text)
    memo = book.create_sheet(MEMO)
    memo["A1"], memo["A2"], memo["B2"] = "買い物", dt.date(2026, 12, 5), "=1+1"
    memo.merge_cells("A4:C4")
    memo["A4"] = "ゴミ当番：浅田"
    memo["A1"].comment = Comment("牛乳", "浅田")
    book.save(path)


def check_everything(book: Workbook) -> None:
    front = book[FRONT]
    assert place(front, "行事", date_of(2)).value == "クリスマス会"
    assert place(front, "備考", date_of(3)).value == "面会あり"
    assert place(front, "通い", date_of(4)).value == 5
    comment = place(front, CARER, date_of(5)).comment
    assert comment is not None
    assert "午後は研修" in comment.text
    assert front["A1"].value == "さくらの家の勤務表"
    assert "鍵は事務所の棚" in set(texts(front))
    [phone] = [cell for cell in cells(front) if cell.value == "電話 090"]
    assert phone.row == place(front, CARER, date_of(0)).row
    assert "休憩室は2階" in set(texts(book[BREAKS]))
    assert book[FAIRNESS].cell(1, 20).value == "社労士に確認済み"
    lines = [[c.value for c in row][:4] for row in book[SCENARIOS].iter_rows()]
    assert ["A", "欠勤", "柳", "12/6"] in lines
    memo = book[MEMO]
    assert memo["A1"].value == "買い物"
    assert memo["A2"].value == dt.datetime(2026, 12, 5)
    assert memo["A4"].value == "ゴミ当番：浅田"
    assert [str(area) for area in memo.merged_cells.ranges] == ["A4:C4"]
    assert memo["A1"].comment is not None


def cells(sheet: Worksheet) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from row


def texts(sheet: Worksheet) -> Iterator[str]:
    return (str(cell.value) for cell in cells(sheet) if cell.value is not None)


def accepted() -> Accepted:
    return accept(Path("r.xlsx"), Path("r-案1.xlsx"), WHEN)


def test_all_that_was_typed_is_carried_over(folder: Path) -> None:
    type_everywhere(folder / "r.xlsx")
    typed = accepted().typed
    check_everything(opened(folder / "r.xlsx"))
    sheets = {one.sheet for one in typed.carried}
    assert sheets == {FRONT, BREAKS, SCENARIOS, FAIRNESS, MEMO}
    # A formula that nothing has calculated has no value.
    assert [(one.sheet, one.cell, one.text) for one in typed.lost] == [
        (MEMO, "B2", "=1+1")
    ]


def test_the_roster_itself_is_the_plan_s(folder: Path) -> None:
    """Nothing that is read back is carried, and what is read is as without it."""
    shutil.copytree(folder, folder / "plain")
    type_everywhere(folder / "r.xlsx")
    accepted()
    accept(folder / "plain/r.xlsx", folder / "plain/r-案1.xlsx", WHEN)
    with_notes = read_roster(folder / "r.xlsx")
    assert with_notes.changed == ()
    assert with_notes == read_roster(folder / "plain/r.xlsx")


def test_where_nothing_was_typed_nothing_is_told(folder: Path) -> None:
    typed = accepted().typed
    assert (typed.carried, typed.lost) == ((), ())


def test_whoever_was_to_be_ill_comes_after_all(tmp_path: Path) -> None:
    """Work typed over an absence lets its pin go; the version before has it still."""
    path, kept = tmp_path / "r.xlsx", tmp_path / "r-before.xlsx"
    week.put_ill(path)
    written = read_roster(path)
    week.edit(path, CARER, date_of(0), "日")
    file = read_roster(path)
    assert [one.after for one in file.changed] == ["日"]
    assert file.problem.pins.duties == ()
    assert not [one for one in audit(file.problem, file.roster) if one.rule == "W-02"]
    edited = [(path, file, ())]
    new, typed = next_version(path, file.problem, file.roster, (), edited)
    replace_file(new, path, kept)
    assert (typed.carried, typed.lost) == ((), ())
    assert read_roster(path).problem == file.problem
    assert read_roster(kept).problem_of_plan == written.problem


def test_it_stands_in_the_version_after_next_too(folder: Path) -> None:
    type_everywhere(folder / "r.xlsx")
    accepted()
    line = ("whatif", "r.xlsx", "--absent", "柳=2026-12-05", "--plans", "1")
    assert main([*line, "-o", "next.xlsx", "--time-limit", "20"]) in (0, 3)
    accept(folder / "r.xlsx", folder / "next.xlsx", WHEN)
    check_everything(opened(folder / "r.xlsx"))


def test_what_was_typed_into_the_plan_is_taken_too(folder: Path) -> None:
    """Where both say something else in one place, the plan's is told as lost."""
    for name, event in (("r.xlsx", "餅つき"), ("r-案1.xlsx", "避難訓練")):
        book = opened(folder / name)
        place(book[FRONT], "行事", date_of(2)).value = event
        place(book[FRONT], "備考", date_of(5)).value = f"備考 {name}"
        book.save(folder / name)
    book = opened(folder / "r-案1.xlsx")
    place(book[FRONT], "行事", date_of(6)).value = "往診"
    book.save(folder / "r-案1.xlsx")
    typed = accepted().typed
    front = opened(folder / "r.xlsx")[FRONT]
    assert place(front, "行事", date_of(2)).value == "餅つき"
    assert place(front, "行事", date_of(6)).value == "往診"
    lost = {(one.file, one.text) for one in typed.lost}
    assert lost == {("r-案1.xlsx", "避難訓練"), ("r-案1.xlsx", "備考 r-案1.xlsx")}


def test_a_note_over_a_figure_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure that is worked out anew is no place for what was typed over it."""
    book = opened(folder / "r.xlsx")
    cell = place(book[FRONT], "出勤者数", date_of(2))
    cell.value = "要確認"
    where = cell.coordinate
    book.save(folder / "r.xlsx")
    assert main(["accept", "r.xlsx", "1"]) == 0
    out = capsys.readouterr().out
    assert f"r-第1版.xlsx {FRONT} {where} 要確認" in out


def test_rows_and_columns_inserted_by_hand(folder: Path) -> None:
    """Notes follow the dates and names beside which they stand."""
    book = opened(folder / "r.xlsx")
    front = book[FRONT]
    place(front, "行事", date_of(2)).value = "餅つき"
    front.insert_cols(1)
    front.insert_rows(1, amount=2)
    front["A1"] = "回覧"
    book.save(folder / "r.xlsx")
    accepted()
    front = opened(folder / "r.xlsx")[FRONT]
    assert place(front, "行事", date_of(2)).value == "餅つき"


@needed[0]
@needed[1]
def test_a_file_that_another_program_saved(folder: Path) -> None:
    type_everywhere(folder / "r.xlsx")
    (other,) = converted(folder / "r.xlsx")
    shutil.copy(other, folder / "r.xlsx")
    typed = accepted().typed
    book = opened(folder / "r.xlsx")
    check_everything(book)
    assert book[MEMO]["B2"].value == 2
    assert not typed.lost


def a_cell(book: Workbook) -> None:
    place(book[FRONT], "備考", busy_day(3)).value = "面会あり"


def a_comment(book: Workbook) -> None:
    place(book[FRONT], busy_month.CARER, busy_day(5)).comment = Comment(
        "午後は研修", "所長"
    )


def below_a_comment(book: Workbook) -> None:
    [cell, *_others] = [one for one in cells(book[FRONT]) if one.comment]
    cell.comment = Comment(f"{cell.comment.text}\n聞いた", cell.comment.author)


def a_sheet(book: Workbook) -> None:
    book.create_sheet(MEMO)


def nothing(book: Workbook) -> None:
    """Save it in another program, no more."""


@pytest.mark.parametrize(
    "typed", [nothing, a_cell, a_comment, below_a_comment, a_sheet]
)
def test_a_workbook_is_made_again_only_where_somebody_typed(
    tmp_path: Path, typed: Callable[[Workbook], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To compare takes as long as to write the next version."""
    path = tmp_path / "r.xlsx"
    busy_month.put(path)
    book = opened(path)
    typed(book)
    book.save(path)
    compared: list[Path] = []
    whole = rosters.edited_workbook

    def compare(one: Path, *given: Any) -> Edited:
        compared.append(one)
        return whole(one, *given)

    monkeypatch.setattr(rosters, "edited_workbook", compare)
    file = read_roster(path)
    findings = audit(file.problem, file.roster)
    version = NextVersion(path, file, file.problem, file.roster, findings)
    save_versions([version], WHEN)
    assert compared == ([] if typed is nothing else [path])
    after = opened(path)
    assert read_roster(path).plan.version == 2
    if typed is a_cell:
        assert place(after[FRONT], "備考", busy_day(3)).value == "面会あり"
    if typed is below_a_comment:
        assert any(
            one.comment and "聞いた" in one.comment.text for one in cells(after[FRONT])
        )


LINKS = "http://schemas.microsoft.com/office/2017/10/relationships"
PARTS = {
    "_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="book.xml"/></R>',
    "book.xml": '<workbook><sheets><sheet name="管理用" r:id="s" xmlns:r="r"/></sheets>'
    "</workbook>",
    "_rels/book.xml.rels": '<R><Relationship Id="s" Type="x/worksheet" Target="s.xml"/>'
    f'<Relationship Type="{LINKS}/person" Target="people.xml"/></R>',
    "_rels/s.xml.rels": '<R><Relationship Type="x/comments" Target="c.xml"/>'
    f'<Relationship Type="{LINKS}/threadedComment" Target="t.xml"/></R>',
    "people.xml": '<personList><person displayName="所長" id="1"/>'
    '<person displayName="柳" id="2"/></personList>',
    "c.xml": "<comments><authors><author>tc={1}</author><author>浅田</author></authors>"
    '<comment ref="B2" authorId="0"><t>[スレッド化されたコメント] …</t></comment>'
    '<comment ref="C3" authorId="1"><t>牛乳</t></comment></comments>',
    "t.xml": '<ThreadedComments><threadedComment ref="B2" personId="1"><text>午後は研修'
    '</text></threadedComment><threadedComment ref="B2" personId="2"><text>了解'
    "</text></threadedComment></ThreadedComments>",
}


def test_comments_of_excel_on_the_web_are_what_people_wrote(tmp_path: Path) -> None:
    """Not what Excel writes for its older versions, which cannot show threads."""
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w") as zipped:
        for name, part in PARTS.items():
            zipped.writestr(name, part)
    remarks = comments_of(path.read_bytes())["管理用"]
    assert remarks == (("B2", "午後は研修\n柳: 了解", "所長"), ("C3", "牛乳", "浅田"))
