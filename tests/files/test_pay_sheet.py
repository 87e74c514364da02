"""The sheet and the CSV for the pay office, of the week of `tests.support.week`.

日 is 8:00-13:00 without a break, 夜 13:00-32:00 with an hour from 22:00.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.changes.as_worked import as_worked
from scheduler.audit.figures.pay import pay_months
from scheduler.audit.figures.people import people
from scheduler.domain.base import ShiftId
from scheduler.domain.kinds import DayKind
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.shifts import OffKind
from scheduler.files.papers import pay_paper
from scheduler.files.rosters import RosterDocument, write_roster
from scheduler.wording.actual import pay_alarms
from tests.support.builders import (
    make_duty,
    make_office,
    make_problem,
    make_roster,
    make_staff,
    with_duties,
)
from tests.support.week import CARER, NIGHTLY, PROBLEM, ROSTER, duty, put, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.programs import Ended

    Run = Callable[..., Ended]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return write_roster(tmp_path / "r.json", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))


def listed(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV by heading; it begins with the mark of UTF-8."""
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_csv_of_a_plan(shotaki: Run, roster: Path) -> None:
    """A night has 18 h, of which 6 between 22:00 and 5:00: the hour's break is not."""
    assert shotaki("pay", "r.json").code == 0
    lines = listed(roster.with_name("r-給与用.csv"))
    assert [line["氏名"] for line in lines] == [one.name for one in PROBLEM.staff]
    assert {line["予定・実績"] for line in lines} == {"予定"}
    by_name = {line["氏名"]: line for line in lines}
    carer, nightly = by_name[CARER], by_name[NIGHTLY[0]]
    assert (carer["出勤日数"], carer["労働時間"]) == ("5", "25:00")
    assert (nightly["労働時間"], nightly["夜勤"]) == ("18:00", "1")
    assert nightly["労働時間の内数 深夜 22-5時"] == "6:00"
    assert nightly["時間外（労働時間の内数） 計"] == "0:00"


def test_the_sheet_says_plan_or_actual_and_is_not_to_be_posted(
    shotaki: Run, roster: Path
) -> None:
    """An hour more in a 日 of five: 26 h, and no overtime beyond day, week or month."""
    shotaki("pay", "r.json")
    path = roster.with_name("r-給与用.xlsx")
    cells = rows(load_workbook(path).active)
    assert cells[1][0].startswith("予定   ")
    assert cells[2][0] == "掲示しない（管理者と給与担当だけが見るページ）"
    lines = f"氏名,日付,出勤,退勤\n{CARER},2026/12/1,8:00,14:00\n"
    (roster.parent / "c.csv").write_text(lines, encoding="utf-8")
    shotaki("actual", "r.json", "--clock", "c.csv")
    told = shotaki("pay", "r.json")
    assert "打刻との差 1件がまだ決まっておらず" in told.out
    shotaki("actual", "r.json", "--accept", "all")
    assert "まだ決まっておらず" not in shotaki("pay", "r.json").out
    cells = rows(load_workbook(path).active)
    assert cells[1][0].startswith("実績   ")
    (line,) = (row for row in cells if CARER in row)
    assert (line[4], line[11]) == (dt.timedelta(hours=26), dt.timedelta())
    lines_of = {one["氏名"]: one for one in listed(path.with_suffix(".csv"))}
    assert lines_of[CARER]["労働時間"] == "26:00"
    shotaki("pay", "r.json", "--plan")
    assert listed(path.with_suffix(".csv"))[0]["予定・実績"] == "予定"


def test_one_name_has_one_number_on_every_page(shotaki: Run, tmp_path: Path) -> None:
    """労働時間 of the pay sheet, of the page of labour law and of the summary."""
    path = put(tmp_path / "r.xlsx")
    told = shotaki("pay", "r.xlsx", "--json").json["people"]
    paid = {one["staff"]: one["worked"] for one in told}
    assert paid == {one.staff: one.total for one in people(PROBLEM, ROSTER)}
    shotaki("check", "r.xlsx", "--proof")
    labour = rows(load_workbook(path.with_name("r-根拠.xlsx"))["労務"])
    (heads,) = (row for row in labour if "労働時間" in row)
    column = heads.index("労働時間")
    shown = {row[0]: row[column] for row in labour if row[0] in paid}
    assert shown == {name: minutes / 60 for name, minutes in paid.items()}


def test_who_is_paid_by_another_office_is_left_to_it() -> None:
    """Else one person would be paid by two offices for the same days."""
    problem = make_problem(["A", make_staff("B", home="花")], days=7)
    record = RosterRecord.of(make_roster(problem, "A 日休休休休休休\nB 休日休休休休休"))
    file = RosterFile(problem=problem, plan=record, roster=record)
    paper = pay_paper(as_worked(file, None))
    assert [one.staff for one in paper.people] == ["A"]
    assert "B（花）" in "".join(paper.notes)


def test_the_sums_are_formulas(shotaki: Run, roster: Path) -> None:
    shotaki("pay", "r.json")
    cells = rows(load_workbook(roster.with_name("r-給与用.xlsx")).active)
    (sums,) = (row for row in cells if row[1] == "合計")
    first = next(
        n for n, row in enumerate(cells, start=1) if row[1] == PROBLEM.staff[0].name
    )
    assert sums[4] == f"=SUM(E{first}:E{first + len(PROBLEM.staff) - 1})"


def test_kinds_of_leave_have_columns_and_numbers_are_those_of_the_pay_system(
    shotaki: Run, tmp_path: Path
) -> None:
    kinds = [DayKind(symbol=ShiftId("慶"), name="慶弔休暇", hours=False)]
    problem = make_problem(
        [make_staff("A", number="0012"), make_staff("B")], days=4, kinds=kinds
    )
    plan = make_roster(problem, "A 慶慶欠有\nB 日休休休")
    write_roster(tmp_path / "r.json", problem, plan, audit(problem, plan))
    told = shotaki("pay", "r.json")
    assert "職員番号がない人（職員シートで入れてください）: B" in told.out
    first, second = listed(tmp_path / "r-給与用.csv")
    assert first["職員番号"] == "0012"
    kind = "ほかの休暇（日） 慶弔休暇"
    assert (first[kind], second[kind]) == ("2", "0")
    assert (first["欠勤（特休を除く） 日数"], first["欠勤（特休を除く） 時間"]) == (
        "1",
        "8:00",
    )
    assert (first["有休 日数"], first["有休 時間"]) == ("1", "8:00")


@pytest.mark.parametrize(
    ("span", "is_told"), [("9:00-19:00", False), ("9:00-19:01", True)]
)
def test_overtime_beyond_the_agreement_is_told(span: str, is_told: bool) -> None:
    """An hour is allowed in the period; names come with it."""
    office = make_office(overtime_most=60)
    problem = make_problem(["A"], days=7, office=office)
    plan = RosterRecord.of(make_roster(problem, "A 日休休休休休休"))
    longer = make_duty(problem, "A", problem.period.first, "日", worked=span)
    file = RosterFile(problem=problem, plan=plan, roster=plan)
    month = as_worked(file, None).model_copy(
        update={"roster": with_duties(plan, longer)}
    )
    told = list(pay_alarms(month, pay_months(month)))
    assert (told[0] == "時間外が36協定の上限（1時間）を超える人: A") is is_told


def test_a_sheet_somebody_has_written_on_is_kept(shotaki: Run, roster: Path) -> None:
    shotaki("pay", "r.json")
    path = roster.with_name("r-給与用.xlsx")
    book = load_workbook(path)
    book.active["A30"] = "確認済み"
    book.save(path)
    told = shotaki("pay", "r.json")
    assert "r-給与用-2.xlsx" in told.out
    assert "r-給与用-2.csv" in told.out
    assert load_workbook(path).active["A30"].value == "確認済み"


def test_a_roster_edited_by_hand_is_worked(shotaki: Run, tmp_path: Path) -> None:
    """Without any stamp: a 日 that became an absence by hand is 実績."""
    ill = duty(CARER, 0, "日").model_copy(
        update={"shift": None, "roles": (), "breaks": (), "off": OffKind.ABSENT}
    )
    assert ill.date == dt.date(2026, 12, 1)
    path = write_roster(tmp_path / "r.json", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))
    text = path.read_text(encoding="utf-8")
    document = RosterDocument.model_validate_json(text)
    edited = document.model_copy(
        update={"roster": RosterRecord.of(with_duties(document.roster, ill))}
    )
    path.write_text(edited.model_dump_json(), encoding="utf-8")
    shotaki("pay", "r.json")
    by_name = {one["氏名"]: one for one in listed(tmp_path / "r-給与用.csv")}
    carer = by_name[CARER]
    assert (
        carer["予定・実績"],
        carer["労働時間"],
        carer["欠勤（特休を除く） 日数"],
    ) == (
        "実績",
        "20:00",
        "1",
    )
