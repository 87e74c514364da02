"""A roster workbook is read back as it was written, and as it was edited."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scheduler.audit import audit
from scheduler.audit.figures.people import people
from scheduler.domain.base import StaffId
from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.kinds import GIVEN, Spell
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.saving import save
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_workbook
from scheduler.files.workbook.sheet_writer import lines_of
from scheduler.rulebook import load
from scheduler.wording.findings import finding_text
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.notation import CellLanguage
from scheduler.wording.translation import use_language
from tests.support import busy_month
from tests.support.builders import FIRST, make_problem, make_roster
from tests.support.busy_month import (
    CARER,
    FORMULA,
    MANAGER,
    NURSE,
    PART_TIMER,
    PLANNER,
    SISTER,
    busy_problem,
    busy_roster,
    day,
)
from tests.support.workbooks import opened
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile
    from scheduler.domain.roster import Roster

PROBLEM = busy_problem()
PLAN = busy_roster(PROBLEM)
FRONT, BREAKS, HIDDEN = "管理用", "休憩・介護時間", "shotaki"


@pytest.fixture(scope="module", name="written")
def _written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return busy_month.put(tmp_path_factory.mktemp("roster") / "r.xlsx").read_bytes()


@pytest.fixture(name="edited")
def _edited(tmp_path: Path) -> Editor:
    return Editor(busy_month.put_slim(tmp_path / "roster.xlsx"))


@pytest.fixture(name="whole")
def _whole(tmp_path: Path) -> Editor:
    return Editor(busy_month.put(tmp_path / "roster.xlsx"))


class Editor:
    """Edits the file as a person would, by names and dates."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = opened(path)
        self.front: Worksheet = self.book[FRONT]
        self.breaks: Worksheet = self.book[BREAKS]

    def cell(self, name: str, number: int, sheet: Worksheet | None = None) -> Any:
        """Return the cell of a person and a day of the period."""
        sheet = sheet or self.front
        row = next(
            cells[0].row
            for cells in sheet.iter_rows()
            if name in {cell.value for cell in cells[:2]}
            and (sheet is self.front or cells[1].value == "休憩")
        )
        column = next(
            cell.column
            for cell in sheet[3]
            if getattr(cell.value, "date", lambda: None)() == day(number)
        )
        return sheet.cell(row, column)

    def read(self) -> RosterFile:
        """Save, and read back."""
        self.book.save(self.path)
        return read_roster(self.path)

    def mistakes(self) -> list[tuple[str, str, str]]:
        """Save, read back, and return code, sheet and cell of every mistake."""
        self.book.save(self.path)
        with pytest.raises(InputError) as caught:
            read_roster(self.path)
        assert all(mistake_text(mistake) for mistake in caught.value.mistakes)
        return [(m.code, m.sheet, m.cell) for m in caught.value.mistakes]


def test_what_was_written_is_read(whole: Editor) -> None:
    """Problem, roster and provenance are the same, and nothing has changed."""
    file = read_roster(whole.path)
    assert file.problem == PROBLEM
    assert file.roster == file.plan == PLAN
    assert file.changed == ()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_any_roster_is_read_as_it_was_written(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Random offices, random duties, also unlawful ones and empty cells."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    roster = _any_roster(rnd, problem)
    path = tmp_path_factory.mktemp("world") / "roster.xlsx"
    book = build_workbook(Book(problem, roster, audit(problem, roster)))
    save(bytes_of(book), path)
    file = read_roster(path)
    assert file.problem == problem
    assert file.roster == roster
    assert file.changed == ()


def test_a_changed_cell_is_a_changed_duty(edited: Editor) -> None:
    """A new shift takes its first breaks; all other duties stay the plan's."""
    cell = edited.cell(SISTER, 1)
    cell.value = "日"
    file = edited.read()
    duty = file.roster.by_cell[PROBLEM.member_by_name[SISTER].name, day(1)]
    assert (duty.shift, duty.roles) == ("日", (Role.CARE, Role.CARE))
    assert duty.breaks == PROBLEM.shifts[1].breaks[0]
    assert [change.model_dump() for change in file.changed] == [
        {
            "sheet": FRONT,
            "cell": cell.coordinate,
            "staff": SISTER,
            "date": day(1),
            "before": "休",
            "after": "日",
        }
    ]
    others = set(file.roster.duties) - {duty}
    assert others < set(PLAN.duties)
    assert len(others) == len(PLAN.duties) - 1
    assert file.roster.on_call == PLAN.on_call
    assert file.roster.provenance is None


def test_absence_is_written_where_it_happens(edited: Editor) -> None:
    """欠 in place of any shift: no breach of the contract; on call it is one."""
    before = {(f.rule, f.facet, f.people, f.date) for f in audit(PROBLEM, PLAN)}
    edited.cell(CARER, 5).value = "欠"
    file = edited.read()
    name = PROBLEM.member_by_name[CARER].name
    assert file.roster.by_cell[name, day(5)].off is OffKind.ABSENT
    found = [f for f in audit(PROBLEM, file.roster) if f.rule == "L-01"]
    assert {(f.rule, f.facet, f.people, f.date) for f in found} <= before
    edited.cell("宿直", 5).value = CARER
    file = edited.read()
    found = [f for f in audit(PROBLEM, file.roster) if f.rule == "L-01"]
    assert ("absent", day(5)) in {(f.facts["reason"], f.date) for f in found}
    assert "欠勤の日の宿直" in finding_text(
        next(f for f in found if f.facts["reason"] == "absent"), load(PROBLEM.period)
    )


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("日管", (Role.MANAGER, Role.MANAGER)),
        ("日/介管", (Role.CARE, Role.MANAGER)),
        ("日　管介", (Role.MANAGER, Role.CARE)),
        ("日", (Role.CARE, Role.CARE)),
    ],
)
def test_roles_are_read_from_the_cell(
    edited: Editor, text: str, roles: tuple[Role, ...]
) -> None:
    """Marks name the role of both segments, or one each; none is care work."""
    edited.cell(MANAGER, 2).value = text
    roster = edited.read().roster
    assert roster.by_cell[PROBLEM.staff[0].name, day(2)].roles == roles


def test_the_same_work_spelled_otherwise_is_no_change(edited: Editor) -> None:
    """日介 is 日 for a carer, 休 is 希, and a blank behind is nothing."""
    edited.cell(CARER, 3).value = "休"  # 希 in the plan
    edited.cell(NURSE, 2).value = "日看"
    edited.cell(FORMULA, 7).value = " 早 "
    assert edited.read().changed == ()


def test_breaks_stay_where_the_new_shift_offers_them(edited: Editor) -> None:
    """12:00-13:00 is a break of 日 (planned) and of 早 (typed)."""
    edited.cell(PLANNER, 1).value = "早"
    duty = edited.read().roster.by_cell[PROBLEM.staff[1].name, day(1)]
    assert duty.shift == "早"
    assert duty.breaks == PROBLEM.shifts[0].breaks[1]


def test_typed_breaks_are_taken_as_they_stand(edited: Editor) -> None:
    """A break of one's own is read, and left to the audit to judge."""
    edited.cell(NURSE, 2, edited.breaks).value = "14:00-14:30"
    edited.cell(SISTER, 5, edited.breaks).value = None
    file = edited.read()
    cells = file.roster.by_cell
    assert cells[PROBLEM.staff[2].name, day(2)].breaks == ((840, 870),)
    assert cells[PROBLEM.staff[4].name, day(5)].breaks == ()
    assert [change.before for change in file.changed] == ["12:00-13:00", "17:00-18:00"]
    found = {finding.rule for finding in audit(file.problem, file.roster)}
    assert "F-05" in found


def test_an_emptied_cell_is_a_missing_duty(edited: Editor) -> None:
    """The audit says what is wrong with that (A-18)."""
    edited.cell(PART_TIMER, 3).value = None
    file = edited.read()
    assert (PROBLEM.staff[6].name, day(3)) not in file.roster.by_cell
    assert [change.after for change in file.changed] == [""]
    assert "A-18" in {finding.rule for finding in audit(file.problem, file.roster)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("桜 は", SISTER),
        (NURSE, NURSE),
        ("海野", NURSE),
        ("桜あおい", CARER),
        (None, None),
    ],
)
def test_the_on_call_row_is_read(
    edited: Editor, text: str | None, name: str | None
) -> None:
    """A full name, or a beginning that only one person has."""
    edited.cell("宿直", 2).value = text  # FORMULA in the plan
    file = edited.read()
    assert file.roster.on_call_by_date.get(day(2)) == name
    assert [(change.staff, change.before) for change in file.changed] == [
        ("宿直", FORMULA)
    ]


def test_all_mistakes_come_at_once_with_their_cells(edited: Editor) -> None:
    """Unknown symbol, unknown and unclear person, and no break."""
    symbol, stranger = edited.cell(CARER, 1), edited.cell("宿直", 3)
    unclear, pause = edited.cell("宿直", 4), edited.cell(NURSE, 1, edited.breaks)
    symbol.value, stranger.value, unclear.value, pause.value = "朝", "鈴木", "桜", "昼"
    assert sorted(edited.mistakes()) == sorted(
        [
            ("not_duty", FRONT, symbol.coordinate),
            ("unknown_person", FRONT, stranger.coordinate),
            ("name_unclear", FRONT, unclear.coordinate),
            ("not_break", BREAKS, pause.coordinate),
        ]
    )


def test_the_mark_of_a_night_on_call_belongs_in_its_row(edited: Editor) -> None:
    """遅宿 is what the sheet shows, not what is typed; what is not 遅 is unknown."""
    shown, unknown = edited.cell(CARER, 1), edited.cell(CARER, 2)
    shown.value, unknown.value = "遅宿", "朝宿"
    assert sorted(edited.mistakes()) == [
        ("call_in_cell", FRONT, shown.coordinate),
        ("not_duty", FRONT, unknown.coordinate),
    ]


def test_missing_rows_and_dates_are_named(edited: Editor) -> None:
    """A renamed person is both missing and a stranger; a lost date is missing."""
    name = edited.front.cell(edited.cell(CARER, 1).row, 2)
    name.value = "桜 あおば"
    edited.front.cell(3, edited.cell(MANAGER, 5).column).value = "五日"
    codes = edited.mistakes()
    assert ("missing_person", FRONT, "") in codes
    assert ("unknown_person", FRONT, name.coordinate) in codes
    assert "missing_date_columns" in {code for code, _, _ in codes}


def test_rows_and_columns_may_be_moved(edited: Editor) -> None:
    """People and dates are found by what their headings say."""
    edited.front.insert_rows(8)
    edited.front.insert_cols(5, 2)
    edited.breaks.insert_rows(2)
    file = edited.read()
    assert file.roster == PLAN


@pytest.mark.parametrize("sheet", [FRONT, BREAKS])
def test_a_missing_sheet_is_named(edited: Editor, sheet: str) -> None:
    """A sheet that was renamed is asked for, and the tabs that are there are named."""
    edited.book[sheet].title = "写し"
    assert edited.mistakes() == [("renamed_sheet", sheet, "")]
    with pytest.raises(InputError) as caught:
        read_roster(edited.path)
    (mistake,) = caught.value.mistakes
    assert "写し" in str(mistake.facts["others"]).split("、")


@pytest.mark.parametrize("sheet", [FRONT, BREAKS])
def test_blanks_and_width_of_a_tab_do_not_matter(edited: Editor, sheet: str) -> None:
    """A blank at the end of a tab cannot be seen."""
    edited.book[sheet].title = f" {sheet}　"
    assert edited.read().roster == PLAN


def test_a_plan_that_was_tampered_with_is_refused(edited: Editor) -> None:
    """One changed letter of a hidden cell is enough."""
    cell = edited.book[HIDDEN].cell(3, 3)
    cell.value = (
        f"{cell.value[:40]}{'A' if cell.value[40] != 'A' else 'B'}" + (cell.value[41:])
    )
    assert edited.mistakes() == [("plan_damaged", HIDDEN, "")]


def test_a_shortened_plan_is_refused(edited: Editor) -> None:
    """A document that is gone is as bad as a changed one."""
    edited.book[HIDDEN].delete_cols(3)
    assert edited.mistakes() == [("plan_damaged", HIDDEN, "")]


def test_other_workbooks_are_refused(edited: Editor) -> None:
    """Without the hidden sheet it is no roster of ours."""
    del edited.book[HIDDEN]
    assert edited.mistakes() == [("not_a_roster", "", "")]


def test_the_plan_is_out_of_sight(edited: Editor) -> None:
    """Excel does not offer a very hidden sheet to be shown."""
    assert edited.book[HIDDEN].sheet_state == "veryHidden"


def test_an_untouched_file_is_replaced(whole: Editor) -> None:
    """Writing the same roster again gives the same name."""
    assert write_roster(whole.path, PROBLEM, PLAN, ()) == whole.path
    assert [path.name for path in whole.path.parent.iterdir()] == ["roster.xlsx"]


@pytest.mark.parametrize("place", ["cell", "remark", "comment on a page"])
def test_an_edited_file_is_never_overwritten(whole: Editor, place: str) -> None:
    """Not even if only a remark was added."""
    sheet = whole.book["公平さ"] if "page" in place else whole.front
    target = whole.cell(CARER, 1) if place == "cell" else sheet.cell(60, 2)
    target.value = "日"
    whole.book.save(whole.path)
    before = whole.path.read_bytes()
    second = write_roster(whole.path, PROBLEM, PLAN, ())
    assert second.name == "roster-2.xlsx"
    assert whole.path.read_bytes() == before
    assert read_roster(second).roster == PLAN
    assert write_roster(whole.path, PROBLEM, PLAN, ()) == second


def test_foreign_files_are_never_overwritten(tmp_path: Path) -> None:
    """Whatever stands there under the name."""
    path = tmp_path / "roster.xlsx"
    path.write_text("something else", encoding="utf-8")
    assert write_roster(path, PROBLEM, PLAN, ()).name == "roster-2.xlsx"
    assert path.read_text(encoding="utf-8") == "something else"


def test_a_missing_folder_is_an_output_error(tmp_path: Path) -> None:
    """Nothing is written, and no folder made."""
    with pytest.raises(OutputError):
        write_roster(tmp_path / "nowhere" / "roster.xlsx", PROBLEM, PLAN, ())
    assert list(tmp_path.iterdir()) == []


def test_text_that_looks_like_a_formula_stays_text(whole: Editor) -> None:
    """The person called =1+1 is text on every sheet."""
    found = [
        cell
        for sheet in whole.book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == FORMULA
    ]
    assert len({cell.parent.title for cell in found}) >= 4
    assert {cell.data_type for cell in found} == {"s"}


def test_an_english_workbook_is_read_in_japanese(tmp_path: Path) -> None:
    """The labels lie in the file, so the language of the reader does not matter."""
    use_language("en")
    path = write_roster(tmp_path / "roster.xlsx", PROBLEM, PLAN, ())
    use_language("ja")
    assert "Manager's sheet" in load_workbook(path, read_only=True).sheetnames
    assert read_roster(path).roster == PLAN


def test_pinned_cells_are_boxed(edited: Editor) -> None:
    """A pin has strong lines all around, kept or not; so has the night on call."""
    row = next(cells for cells in edited.front.iter_rows() if cells[1].value == "宿直")
    pinned = [
        edited.cell(MANAGER, 2),
        edited.cell(SISTER, 3),
        edited.cell(PLANNER, 3),
        row[edited.cell(CARER, 4).column - 1],
    ]
    boxed = [
        cell
        for cells in edited.front.iter_rows(min_row=4, max_row=row[0].row)
        for cell in cells
        if cell.border.bottom.style == cell.border.left.style == "medium"
    ]
    assert {cell.coordinate for cell in boxed} == {cell.coordinate for cell in pinned}


def test_granted_wishes_show(edited: Editor) -> None:
    """They are underlined; refused ones carry a comment, others nothing."""
    shown = {
        (month.staff, wish.request.date): wish.granted
        for month in people(PROBLEM, PLAN)
        for wish in month.wishes
    }
    assert set(shown.values()) == {True, False}
    for member in PROBLEM.staff:
        for number, date in enumerate(PROBLEM.period.dates, start=1):
            cell = edited.cell(member.name, number)
            granted = shown.get((member.name, date))
            assert (cell.font.underline == "single") == (granted is True)
            assert (cell.comment is not None) == (granted is False)


def _any_roster(rnd: random.Random, problem: Problem) -> Roster:
    language = CellLanguage(problem)
    duties = tuple(_any_duties(rnd, problem, language))
    names = [member.name for member in problem.staff]
    on_call = tuple(
        OnCall(staff=rnd.choice(names), date=date)
        for date in problem.period.dates
        if rnd.random() < 0.8
    )
    return RosterRecord(duties=duties, on_call=on_call)


def _any_duties(
    rnd: random.Random, problem: Problem, language: CellLanguage
) -> Iterator[Duty]:
    for member in problem.staff:
        for date in problem.period.dates:
            kind = rnd.random()
            shift = rnd.choice(problem.shifts)
            if kind < 0.6:
                yield Duty(
                    staff=member.name,
                    date=date,
                    shift=shift.symbol,
                    roles=tuple(rnd.choice(list(Role)) for _ in shift.segments),
                    breaks=rnd.choice((*shift.break_options, ())),
                )
            elif kind < 0.95:
                choice = rnd.choice(language.choices(member)[-5:])
                meaning = language.read(choice)
                assert meaning is not None
                yield Duty(staff=member.name, date=date, off=meaning.off)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("公休", OffKind.DAY_OFF),
        ("休み", OffKind.DAY_OFF),
        ("希望休", OffKind.DAY_OFF),
        ("有給", OffKind.PAID_LEAVE),
        ("年休", OffKind.PAID_LEAVE),
        ("明け", OffKind.AFTER_NIGHT),
        ("欠勤", OffKind.ABSENT),
    ],
)
def test_words_that_people_use(edited: Editor, text: str, kind: OffKind) -> None:
    """What is said in the sheet of requests is understood in the roster too."""
    edited.cell(CARER, 1).value = text
    duty = edited.read().roster.by_cell[CARER, day(1)]
    assert duty.off is kind


def test_nothing_typed_beside_the_month_is_lost(edited: Editor) -> None:
    """Last month's cells, rows without a name, columns without a date, idle breaks."""
    person = edited.cell(CARER, 1)
    tail = next(
        cell
        for cell in edited.front[3]
        if isinstance(cell.value, dt.datetime) and cell.value.date() < day(1)
    )
    past = edited.front.cell(person.row, tail.column)
    past.value = "遅" if past.value != "遅" else "早"
    off = next(
        edited.cell(CARER, number, edited.breaks)
        for number in range(1, 8)
        if edited.cell(CARER, number).value in ("休", "希")
    )
    off.value = "12:00-13:00"
    edited.front.insert_cols(person.column + 1)
    between = edited.front.cell(person.row, person.column + 1)
    between.value = "日"
    row = person.row
    edited.front.insert_rows(row)
    edited.front.cell(row, person.column).value = "日"
    assert sorted(edited.mistakes()) == sorted(
        [
            ("tail_changed", FRONT, past.coordinate),
            ("break_without_shift", BREAKS, off.coordinate),
            ("no_date_above", FRONT, edited.front.cell(3, between.column).coordinate),
            ("row_without_name", FRONT, edited.front.cell(row, 2).coordinate),
        ]
    )


def test_a_formula_without_a_value_is_told(edited: Editor) -> None:
    """What openpyxl writes has no value: the cell is not taken for an empty one."""
    cell, night = edited.cell(CARER, 2), edited.cell("宿直", 3)
    cell.value = night.value = '=IF(1=1,"日","")'
    assert edited.mistakes() == [("not_calculated", FRONT, cell.coordinate)]


def test_dates_may_be_typed_as_text(edited: Editor) -> None:
    """A heading such as 12/5 or 12月5日 is the date of the period."""
    for number, text in ((1, "12/1"), (2, "12月2日(水)"), (3, "2026-12-03")):
        edited.front.cell(3, edited.cell(CARER, number).column).value = text
    assert edited.read().changed == ()


def test_the_legend_is_not_cut_off(edited: Editor) -> None:
    """Each text of the legend ends before the next one, or within the dates."""
    assert cut_off(edited.front) == []


def cut_off(sheet: Worksheet) -> list[str]:
    """Return the texts of a legend that the next one covers."""
    rows = list(sheet.iter_rows(min_row=1))
    (head,) = [i for i, row in enumerate(rows) if row[0].value == "凡例"]
    wide = {letter: one.width for letter, one in sheet.column_dimensions.items()}
    found = []
    for row in rows[head + 1 : head + 8]:
        filled = [cell for cell in row if isinstance(cell.value, str)]
        for cell, after in pairwise(filled):
            room = sum(
                wide.get(get_column_letter(number), 8.0)
                for number in range(cell.column, after.column)
            )
            if lines_of(cell.value, room * 11 / cell.font.sz) > 1:
                found.append(cell.value)
    return found


def test_the_legend_of_a_month_with_training_and_pins(tmp_path: Path) -> None:
    """The colour of training has its text, and a pinned cell's comes after it."""
    training = Spell(staff=StaffId("A"), kind="研", first=FIRST, last=FIRST)
    pin = {"staff": "B", "date": str(FIRST), "off": "day_off"}
    given = {"kinds": GIVEN, "spells": (training,), "pins": {"duties": [pin]}}
    problem = make_problem(days=28, staff=("A", "B"), **given)
    rest = "休" * 26
    roster = make_roster(problem, f"A 研休{rest}\nB 休日{rest}")
    path = tmp_path / "r.xlsx"
    write_roster(path, problem, roster, audit(problem, roster))
    sheet = load_workbook(path)["管理用"]
    assert cut_off(sheet) == []
    texts = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert "研修・休業など" in texts
    needed = texts["期間の必要"]
    # Beside the hours of each date stands their sum, by the same reading.
    assert str(sheet.cell(needed.row, needed.column + 1).value).startswith("=SUM(")
