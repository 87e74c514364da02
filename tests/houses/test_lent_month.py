"""A month with somebody of another office: told, accepted, typed in, read back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.advice.neighbours import Neighbours
from scheduler.audit import audit
from scheduler.domain.errors import Exit
from scheduler.domain.kinds import DayKind
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import OffKind
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.write_input import write_input
from scheduler.solver.search import Search, SearchLimits
from scheduler.wording.advice import loan_texts
from tests.support import week
from tests.support.builders import make_office, make_period, make_problem, make_staff
from tests.support.impossible import DAY, NIGHT, date_of, night_workers, office
from tests.support.joint_month import HOME, THERE, joint_month, joint_roster
from tests.support.legal import DAYS
from tests.support.lending import house, lender
from tests.support.programs import called
from tests.support.week import FRONT, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.advice.visits import OfficeMonth
    from scheduler.domain.problem import Problem
    from tests.support.programs import Ended

LENT, STAYS = "蓮", "菊"
NOW = 3
"""The night with a guest for which nobody is left, 4 December."""


def peach() -> OfficeMonth:
    """Return もも, where 蓮 has a day off and 菊 works alone on 4 December.

    Its workbook has a symbol for a night in the office that is helped.
    """
    problem = make_problem(
        [make_staff(name, shifts=["日", "夜"]) for name in (LENT, STAYS)],
        office=make_office(
            name="もも",
            night_band="13:00-32:00",
            contact_system=True,
            full_time_day=300,
        ),
        shifts=[DAY, NIGHT],
        kinds=[
            DayKind(
                symbol="応",
                hours=True,
                start=NIGHT.start,
                end=NIGHT.end,
                breaks=NIGHT.breaks,
                elsewhere=week.PROBLEM.office.name,
                travel=20,
            )
        ],
    )
    return house(problem, f"{LENT} 日日休休休日日\n{STAYS} 休日日日日休休")


def write_peach(folder: Path) -> Path:
    month = peach()
    given = month.problem, RosterRecord.of(month.roster), month.findings
    return write_roster(folder / "もも.xlsx", *given)


def sheet_texts(path: Path, sheet: str) -> str:
    cells = (cell for row in rows(load_workbook(path)[sheet]) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


# --- a what-if whose repair is a person who is lent


BOTH_ILL = ("--absent", "杉=12-04", "--absent", "楓=12-04", "--plans", "1")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Plan for a night whose workers are both ill."""
    folder = tmp_path_factory.mktemp("lent")
    week.put(folder / "r.xlsx")
    write_peach(folder)
    given = (*BOTH_ILL, "--neighbour", "もも.xlsx", "--json")
    return folder, called(folder, "whatif", "r.xlsx", *given).json


@pytest.fixture
def plan(planned: tuple[Path, Any], tmp_path: Path) -> str:
    """Return the file of the repair in which 蓮 comes, in the test's own folder."""
    folder, told = planned
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (path,) = (
        one["path"]
        for one in told["advice"]["repairs"]
        if any(helper.get("lent") for helper in one["helpers"])
    )
    return str(path)


def test_the_plan_tells_whom_to_ask_and_of_no_shortage(
    plan: str, tmp_path: Path
) -> None:
    """It is legal, so that it says neither why it is not nor what would help."""
    assert not {"原因", "解決策", "不足"} & set(
        load_workbook(tmp_path / plan).sheetnames
    )
    for sheet in ("変更", "連絡先リスト"):
        text = sheet_texts(tmp_path / plan, sheet)
        assert "(夜)にももの 蓮さんに来てもらう" in text
        assert "ももの 蓮さんが入る（12月4日(金)）" in text
    assert "ほかにお願いする人はいません。" in sheet_texts(
        tmp_path / plan, "連絡先リスト"
    )


def test_the_plan_is_accepted_and_read_back(
    plan: str, shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """Of the roster, of what is told of the lender's, and on the sheets handed out."""
    accepted = shotaki("accept", "r.xlsx", plan)
    assert accepted.code == 0
    assert (
        "ももの勤務表は、これでは変わっていません。12月4日(金)の 蓮さんは"
        "他の事業所での勤務と、そちらにも書いてもらってください。" in accepted.out
    )
    file = read_roster(tmp_path / "r.xlsx")
    member = file.problem.member_by_name[LENT]  # type: ignore[index]
    assert (member.home, member.contract.full_time) == ("もも", False)
    assert (member.employed.first, member.employed.last) == (date_of(3), date_of(4))
    cells = [file.roster.by_cell[member.name, date_of(day)] for day in (2, 3, 4, 5)]
    assert [cell.shift or cell.off for cell in cells] == [
        OffKind.AWAY,
        "夜",
        OffKind.AFTER_NIGHT,
        OffKind.AWAY,
    ]
    assert [f for f in audit(file.problem, file.roster) if f.stance.is_hard] == []
    assert file.plan.advice is None
    book = load_workbook(tmp_path / "r.xlsx")
    row = next(row for row in rows(book[FRONT]) if row[1] == LENT)
    assert row[3:10] == ["・", "・", "・", "夜", "明", "・", "・"]
    assert any(row[0] == LENT for row in rows(book["掲示用"]))
    for sheet, text in (("個人票", LENT), ("変更の記録", "ももの 蓮さん")):
        assert text in sheet_texts(tmp_path / "r.xlsx", sheet).splitlines()
    checked = shotaki("check", "r.xlsx")
    assert checked.code == 0
    assert (
        "法令の基準、事業所の必須ルール、全員の契約を、すべて守れています"
        in checked.out
    )


def test_the_lender_s_roster_takes_the_night_elsewhere(tmp_path: Path) -> None:
    """Typed into もも's sheet with the symbol for it, the night breaks nothing."""
    path = write_peach(tmp_path)
    for day, symbol in ((NOW, "応"), (NOW + 1, "明")):
        week.edit(path, peach().problem.staff[0].name, date_of(day), symbol)
    file = read_roster(path)
    assert len(file.changed) == 2
    found = audit(file.problem, file.roster)
    assert peach().tolerated.beyond(found) == ()
    shift = file.roster.by_cell[file.problem.staff[0].name, date_of(NOW)].shift
    assert shift == "応"


# --- a month that has not begun: typed into its input as the sheet says


def without_night() -> Problem:
    """Return an office whose only night worker begins after the night with a guest."""
    (worker, _other) = night_workers()
    begins = {"employed": {"first": date_of(5)}}
    late = worker.model_validate(worker.model_dump() | begins)
    return office(late, days=7, overnight=[0, 0, 0, 1, 0, 0, 0])


@pytest.fixture(scope="module")
def advised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Make the roster with もも named; the input and what was told."""
    folder = tmp_path_factory.mktemp("advised")
    write_input(without_night(), folder / "in.xlsx")
    write_peach(folder)
    given = ("-o", "made.xlsx", "--neighbour", "もも.xlsx", "--repeatable", "--json")
    return folder, called(folder, "roster", "in.xlsx", *given).json


def test_a_roster_names_who_could_come(advised: tuple[Path, Any]) -> None:
    """菊 is at work alone on the 4th, so that 蓮 comes; the sheet says what to type."""
    folder, told = advised
    (loan,) = told["advice"]["loans"]
    assert (loan["staff"], loan["lender"], loan["travel"]) == (LENT, "もも", 20)
    assert loan["text"].startswith("12月4日(金) 13:00-翌8:00 (夜)：ももの 蓮さん。")
    text = sheet_texts(folder / "made.xlsx", "解決策")
    assert "12月4日(金) 13:00-翌8:00 (夜)\nももの 蓮さん" in text
    assert "「在籍期間」（その日だけ。夜勤は翌日まで）" in text
    assert "本人の事業所の勤務表は、これでは変わりません。" in text


@pytest.mark.parametrize(("last", "broken"), [(5, []), (4, ["A-06"])])
def test_what_is_agreed_on_is_typed_in(
    last: int,
    broken: list[str],
    advised: tuple[Path, Any],
    shotaki: Callable[..., Ended],
    tmp_path: Path,
) -> None:
    """A night takes until the morning after, as the sheet says; a date less fails."""
    folder, told = advised
    (loan,) = told["advice"]["loans"]
    book = load_workbook(folder / "in.xlsx")
    sheet = book["職員"]
    heads = {str(cell.value): cell.column for cell in sheet[3]}
    line = next(row for row in range(4, 99) if sheet.cell(row, 1).value is None)
    typed = {
        "氏名": loan["staff"],
        "雇用形態": "非常勤",
        "職務": "介護",
        "入れる勤務": loan["shift"],
        "所属": loan["lender"],
        "在籍期間": f"2026/12/4～2026/12/{last}",
    }
    for head, text in typed.items():
        sheet.cell(line, heads[head]).value = text
    book.save(tmp_path / "in.xlsx")
    given = ("-o", "made.xlsx", "--repeatable", "--no-advice")
    made = shotaki("roster", "in.xlsx", *given)
    assert made.code == (Exit.NOT_LEGAL if broken else 0)
    file = read_roster(tmp_path / "made.xlsx")
    found = audit(file.problem, file.roster)
    assert [one.rule for one in found if one.stance.is_hard] == broken


# --- houses that are planned together


def test_each_of_the_houses_together_may_borrow() -> None:
    """A day shift is missing in both; 蓮 is free and can fill one, which is no repair.

    The joint month is legal but for the two, so that one of them stays short.
    """
    problem = joint_month()
    roster = joint_roster(problem)
    off = {"shift": None, "roles": (), "breaks": (), "off": OffKind.DAY_OFF}
    short = tuple(
        duty.model_copy(update=off)
        if (duty.staff, duty.date) in {("B", date_of(8)), ("SB", date_of(8))}
        else duty
        for duty in roster.duties
    )
    grid = "蓮 日日日休日休休日休日日日\n菊 日休休日日日日日日日休休"
    other = lender(grid, LENT, STAYS, period=make_period(DAYS))
    found = Neighbours((other,), 30).help(
        problem,
        roster.model_copy(update={"duties": short}),
        Search(SearchLimits(60.0)),
    )
    told = [
        (one.house, one.staff, one.shift, one.date, one.group)
        for one in found.advice.loans
    ]
    assert told == [(name, LENT, "日", date_of(8), 1) for name in (HOME, THERE)]
    assert found.mended is None
    assert found.advice.repairs == ()
    (text, _second) = loan_texts(found.advice.loans, problem.period)
    assert text.startswith("本館：12月9日(水) 9:00-18:00 (日)：ももの 蓮さん。")
