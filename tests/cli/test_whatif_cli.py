"""``shotaki whatif`` as a manager meets it: the line, the answer, the workbooks."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.changes.plans import phone_list, plan_sums
from scheduler.cli.app import main
from scheduler.cli.whatif import Events, read_events
from scheduler.domain.errors import Exit, InputError
from scheduler.domain.plan import Plan
from scheduler.domain.scenario import Absence, Leaving, Scenario
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.rosters import read_roster
from scheduler.files.workbook.styles import CHANGED_LINE
from scheduler.rulebook import load
from scheduler.solver.standing.edits import Settled
from scheduler.wording.command_line import of_plans
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.plans import change_text, why_texts
from scheduler.wording.translation import use_language
from tests.support import week
from tests.support.builders import make_duty, with_duties, with_on_call
from tests.support.impossible import (
    CARER,
    MANAGER,
    NURSE,
    date_of,
)
from tests.support.programs import called
from tests.support.week import (
    FIRST_NIGHT,
    FRONT,
    GRID,
    ILL,
    OTHER,
    PROBLEM,
    ROSTER,
    duty,
    edit,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.domain.base import StaffId
    from tests.support.programs import Ended

    Shotaki = Callable[..., Ended]

CHANGES, PHONE, COMPARED = "変更", "連絡先リスト", "案の比較"


@pytest.fixture
def shotaki(shotaki: Shotaki, tmp_path: Path) -> Shotaki:
    """Run commands in a folder with the roster in it."""
    week.put(tmp_path / "r.xlsx")
    return shotaki


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """Have the command answer with one plan; return its folder and what it said."""
    folder = tmp_path_factory.mktemp("answered")
    week.put(folder / "r.xlsx")
    return folder, called(folder, *ILL, "--plans", "1")


def test_the_roster_is_legal() -> None:
    assert not [f for f in audit(PROBLEM, ROSTER) if f.stance.is_hard]


# --- the answer


def test_it_answers_and_writes(answered: tuple[Path, Ended]) -> None:
    """Whom to call for what, and the plan in a workbook that can be checked."""
    folder, ran = answered
    assert (ran.code, ran.err) == (0, "")
    assert (
        "案1: 法令の基準、事業所の必須ルール、全員の契約を、すべて守れています。"
        in ran.out
    )
    assert "これより少ない人数・セルで済む案はありません" in ran.out
    assert f"1. {OTHER}: 12月2日(水) 公休 → 夜 13:00-翌8:00" in ran.out
    written = read_roster(folder / "r-案1.xlsx")
    assert written.changed == ()
    assert written.roster.by_cell[FIRST_NIGHT, date_of(1)].off is OffKind.ABSENT
    assert written.roster.by_cell[OTHER, date_of(1)].shift == "夜"
    assert main(["check", str(folder / "r-案1.xlsx")]) == 0


def test_what_a_plan_changes_is_framed_and_listed(
    answered: tuple[Path, Ended],
) -> None:
    """The four cells of two people, and no other; before and after; the phone list."""
    book = load_workbook(answered[0] / "r-案1.xlsx")
    framed = {
        (book[FRONT].cell(cell.row, 2).value, cell.value)
        for row in book[FRONT].iter_rows(min_row=7, max_row=6 + len(GRID))
        for cell in row
        if cell.border.left.style == "thick"
        and cell.border.left.color.rgb.endswith(CHANGED_LINE)
    }
    assert framed == {
        (FIRST_NIGHT, "欠"),
        (OTHER, "夜"),
        (OTHER, "明"),
    }
    listed = rows(book[CHANGES])
    assert ["12月2日(水)", OTHER, "公休", "夜 13:00-翌8:00"] in [r[:4] for r in listed]
    assert ["12月3日(木)", FIRST_NIGHT, "夜勤明け", "欠勤"] in [r[:4] for r in listed]
    [called] = [row for row in rows(book[PHONE]) if row[1] == OTHER]
    assert called[0] == 1
    assert called[2].startswith("12月2日(水) 13:00 まで")
    assert called[6] is None
    assert COMPARED not in book.sheetnames
    legend = {str(cell) for row in rows(book[FRONT]) for cell in row}
    assert "この案で変わる所" in legend


def test_no_legal_plan_is_said_and_told_to_the_shell(
    shotaki: Shotaki, tmp_path: Path
) -> None:
    """Both night workers ill: the night stays empty, in every plan there is."""
    ran = shotaki(*ILL, "--absent", "楓=12-02")
    assert ran.code == Exit.NOT_LEGAL
    assert "× 12月2日(水)" in ran.out
    assert "夜勤の不在" in ran.out
    assert (tmp_path / "r-案1.xlsx").exists()


def test_plans_are_laid_side_by_side(shotaki: Shotaki, tmp_path: Path) -> None:
    """A day worker ill: several can stand in, and each file knows all plans."""
    ran = shotaki("whatif", "r.xlsx", "--absent", "柳=2", "--plans", "3")
    assert ran.code == 0
    books = [load_workbook(tmp_path / f"r-案{i}.xlsx") for i in (1, 2, 3)]
    for number, book in enumerate(books, start=1):
        page = rows(book[COMPARED])
        assert page[0][0] == f"案の比較（このファイルは案{number}）"
        heads = next(row for row in page if row[1] == "案1")
        assert heads[1:] == ["案1", "案2", "案3"]
        asked = next(row for row in page if row[0] == "お願いする人")
        assert len(set(asked[1:])) == 3


def test_for_machines(shotaki: Shotaki) -> None:
    """One JSON document with each plan, its changes, calls and breaches."""
    told = json.loads(shotaki(*ILL, "--json", "--plans", "1").out)
    assert told["exit"] == 0
    assert told["scenario"]["absences"] == [
        {"staff": FIRST_NIGHT, "first": "2026-12-02", "last": "2026-12-03"}
    ]
    [plan] = told["plans"]
    assert plan["legal"]
    assert plan["disturbed"] == [OTHER]
    assert plan["cells"] == 2
    assert plan["calls"][0]["asks"][0] == "12月2日(水) 公休 → 夜 13:00-翌8:00"
    assert plan["breaches"] == []
    assert plan["path"] == "r-案1.xlsx"


def test_in_english(shotaki: Shotaki, tmp_path: Path) -> None:
    ran = shotaki("--lang", "en", *ILL, "--plans", "1", "-o", "plan.xlsx")
    told = "Plan 1: Law, every must of the office and everybody's contract are kept."
    assert told in ran.out
    book = load_workbook(tmp_path / "plan.xlsx")
    assert {"Changes", "Phone list"} <= set(book.sheetnames)


# --- what stays


def test_cells_edited_by_hand_stay(shotaki: Shotaki, tmp_path: Path) -> None:
    """The other night worker was given leave by hand: nobody is left for the night."""
    edit(tmp_path / "r.xlsx", OTHER, date_of(1), "有")
    ran = shotaki(*ILL, "--plans", "1")
    assert ran.code == Exit.NOT_LEGAL
    plan = read_roster(tmp_path / "r-案1.xlsx").roster
    assert plan.by_cell[OTHER, date_of(1)].off is OffKind.PAID_LEAVE


def test_an_edited_plan_is_never_replaced(
    shotaki: Shotaki, answered: tuple[Path, Ended], tmp_path: Path
) -> None:
    shutil.copy(answered[0] / "r-案1.xlsx", tmp_path)
    edit(tmp_path / "r-案1.xlsx", CARER, date_of(5), "日")
    before = (tmp_path / "r-案1.xlsx").read_bytes()
    ran = shotaki(*ILL, "--plans", "1")
    assert (tmp_path / "r-案1.xlsx").read_bytes() == before
    assert (tmp_path / "r-案1-2.xlsx").exists()
    assert "r-案1-2.xlsx" in ran.out


def test_the_roster_itself_is_no_output(shotaki: Shotaki) -> None:
    assert shotaki(*ILL, "-o", "r.xlsx").code == Exit.WRONG_USE


def test_by_hand_is_what_differs_from_the_plan_and_was_not_asked_for() -> None:
    """Cells and nights on call; not those of the absent, nor their mornings after."""
    edited = with_duties(
        ROSTER,
        make_duty(PROBLEM, CARER, date_of(5), "日"),
        make_duty(PROBLEM, FIRST_NIGHT, date_of(3), "有"),
    )
    edited = with_on_call(edited, date_of(3), CARER)
    ill = Absence(staff=FIRST_NIGHT, first=date_of(1), last=date_of(2))
    scenario = Scenario(now=date_of(1), absences=(ill,))
    settled = Settled.by_hand(PROBLEM, ROSTER, edited, scenario)
    assert settled.cells == {(CARER, date_of(5))}
    assert settled.nights == {date_of(3)}


# --- the line


@pytest.mark.parametrize(
    "text",
    [
        "杉 よるこ=2026-12-02..2026-12-03",
        "杉=2026-12-02..03",
        "杉=12/2〜12/3",
        "杉=12-02..3",
        "杉＝２〜３",
        "杉よるこ=2026年12月2日~3日",
    ],
)
def test_dates_and_names_may_be_short(text: str) -> None:
    scenario = read_events(Events(absent=[text]), PROBLEM, ROSTER)
    ill = Absence(staff=FIRST_NIGHT, first=date_of(1), last=date_of(2))
    assert scenario == Scenario(now=date_of(1), absences=(ill,))


def test_everything_that_can_be_told() -> None:
    told = Events(
        leave=["桃=5"],
        shift=["柳=6:日", "桜=7:有"],
        overnight=["4=3"],
        day_users=["4=2", "5=1"],
        visits=["4=7"],
    )
    scenario = read_events(told, PROBLEM, ROSTER)
    assert scenario.now == date_of(3)
    assert scenario.leaving == (Leaving(staff=NURSE, last=date_of(4)),)
    assert [(d.staff, d.date, d.shift, d.off) for d in scenario.duties] == [
        (CARER, date_of(5), "日", None),
        (MANAGER, date_of(6), None, OffKind.PAID_LEAVE),
    ]
    assert [
        (day.date, day.day_users, day.overnight, day.visits) for day in scenario.days
    ] == [(date_of(3), 2, 3, 7), (date_of(4), 1, 0, 0)]


def test_the_past_begins_where_it_is_told() -> None:
    told = Events(absent=["杉=2..3"], start="12/3")
    assert read_events(told, PROBLEM, ROSTER).now == date_of(2)


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (Events(), ["scenario_empty"]),
        (Events(absent=["佐藤=2"]), ["unknown_person"]),
        (Events(absent=["=2"]), ["not_told"]),
        (Events(absent=["杉"]), ["not_told"]),
        (Events(absent=["杉=32"]), ["not_date"]),
        (Events(absent=["杉=2026-02-30"]), ["not_date"]),
        (Events(absent=["杉=1..2..3"]), ["not_date"]),
        (Events(absent=["杉=3..2"]), ["dates_reversed"]),
        (Events(absent=["杉=2027-01-05"]), ["date_outside"]),
        (Events(absent=["杉=2", "杉=1..3"]), ["absence_twice"]),
        (Events(absent=["杉=2"], start="3"), ["date_past"]),
        (
            Events(absent=["杉=2"], start="2027-01-01"),
            ["date_outside", "date_past"],
        ),
        (Events(absent=["杉=2"], shift=["杉=2:休"]), ["asked_while_absent"]),
        (Events(shift=["柳=2"]), ["not_told"]),
        (Events(shift=["柳=2:ん"]), ["not_asked"]),
        (Events(shift=["柳=2:明"]), ["not_asked"]),
        (Events(shift=["柳=2:夜"]), ["asked_symbol"]),
        (Events(shift=["柳=2:日", "柳=2:休"]), ["asked_twice"]),
        (Events(shift=["柳=2:日"], start="3"), ["date_past"]),
        (Events(leave=["柳=2026-11-20"]), ["date_outside"]),
        (Events(leave=["柳=2", "柳=3"]), ["person_twice"]),
        (Events(overnight=["2=x"]), ["not_integer"]),
        (Events(overnight=["2=-1"]), ["not_integer"]),
        (Events(overnight=["2=100"]), ["too_large"]),
        (Events(overnight=["2=1", "2=2"]), ["two_values"]),
        (Events(visits=["1=1"], start="2"), ["date_past"]),
        (Events(day_users=["2026-11-30=3"]), ["date_outside"]),
    ],
)
def test_a_mistake_is_told_with_its_place(told: Events, codes: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        read_events(told, PROBLEM, ROSTER)
    found = caught.value.mistakes
    assert [mistake.code for mistake in found] == codes
    for language in ("ja", "en"):
        use_language(language)
        assert all(mistake_text(mistake) for mistake in found)
    assert all(m.sheet.startswith("--") for m in found if m.code != "scenario_empty")


def test_a_name_that_several_begin_with() -> None:
    """Who they are is told, so that one can be chosen."""
    twin = PROBLEM.staff[3].model_copy(update={"name": "柳 みどり"})
    problem = PROBLEM.model_copy(update={"staff": (*PROBLEM.staff, twin)})
    with pytest.raises(InputError) as caught:
        read_events(Events(absent=["柳=2"]), problem, ROSTER)
    [mistake] = caught.value.mistakes
    assert mistake.code == "name_unclear"
    assert mistake.facts["known"] == "柳 まもる、柳 みどり"


def test_whoever_is_not_employed_cannot_be_ill() -> None:
    gone = PROBLEM.staff[3].model_copy(
        update={
            "employed": PROBLEM.staff[3].employed.model_copy(
                update={"last": date_of(2)}
            )
        }
    )
    staff = (*PROBLEM.staff[:3], gone, *PROBLEM.staff[4:])
    problem = PROBLEM.model_copy(update={"staff": staff})
    for told in (
        Events(absent=["柳=5"]),
        Events(shift=["柳=6:日"]),
        Events(leave=["柳=7"]),
    ):
        with pytest.raises(InputError) as caught:
            read_events(told, problem, ROSTER)
        codes = [mistake.code for mistake in caught.value.mistakes]
        assert codes == ["asked_not_employed"]


def test_all_mistakes_come_at_once_and_nothing_is_written(
    shotaki: Shotaki, tmp_path: Path
) -> None:
    ran = shotaki(
        *("whatif", "r.xlsx", "--absent", "佐藤=2", "--absent", "杉=3..2"),
        *("--overnight", "2=many", "--shift", "柳=3:夜", "--leave", "梅=2027-03-01"),
    )
    assert ran.code == Exit.BAD_INPUT
    for place in ("佐藤=2", "杉=3..2", "2=many", "柳=3:夜", "梅=2027-03-01"):
        assert place in ran.err
    assert "Traceback" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]


# --- the phone list


def changed(*duties: Duty, **on_call: StaffId) -> Plan:
    """Make a plan by hand: these cells, and the nights on call by day."""
    roster = with_duties(ROSTER, *duties)
    for day, name in on_call.items():
        roster = with_on_call(roster, date_of(int(day.removeprefix("day"))), name)
    ill = Absence(staff=FIRST_NIGHT, first=date_of(1), last=date_of(1))
    return Plan(
        scenario=Scenario(now=date_of(1), absences=(ill,)),
        problem=PROBLEM,
        before=ROSTER,
        roster=roster,
        findings=audit(PROBLEM, roster),
        is_least=False,
    )


def test_whoever_must_be_reached_first_comes_first() -> None:
    """By when the day would begin, as it was or as it is; not by the staff list."""
    plan = changed(
        duty(MANAGER, 2, "休"),
        duty(CARER, 1, "休"),
        duty(OTHER, 1, "夜"),
        duty(OTHER, 2, "明"),
        duty(FIRST_NIGHT, 1, "休"),
    )
    calls = phone_list(plan)
    assert [(call.staff, call.by, call.notice) for call in calls] == [
        (CARER, dt.datetime(2026, 12, 2, 8), 0),
        (OTHER, dt.datetime(2026, 12, 2, 13), 0),
        (MANAGER, dt.datetime(2026, 12, 3, 8), 1),
    ]


def test_rest_hours_and_burdens_are_those_of_the_plan() -> None:
    """夜 ends on the 3rd at 8:00, and begins again on the 4th at 13:00."""
    [call] = phone_list(changed(duty(OTHER, 1, "夜"), duty(OTHER, 2, "明")))
    assert (call.rest_before, call.rest_after) == (None, 29 * 60)
    assert (call.before.total, call.after.total) == (18 * 60, 36 * 60)
    [nights] = [b for b in call.borne if b.burden.kind == "night"]
    # Two nights become three, of which half are fair.
    assert (nights.before, nights.after, nights.share) == (1, 2, 1500)
    assert call.taken == (date_of(1),)
    assert call.freed == ()
    assert call.breaches == ()


def test_what_comes_in_return() -> None:
    [call] = phone_list(changed(duty(MANAGER, 1, "日"), duty(MANAGER, 2, "休")))
    assert (call.taken, call.freed) == ((date_of(1),), (date_of(2),))


def test_a_breach_is_told_of_whom_it_concerns() -> None:
    """夜 is no shift of the carer's, and 日 is one of the manager's (L-01)."""
    plan = changed(duty(CARER, 5, "夜"), duty(CARER, 6, "明"), duty(MANAGER, 5, "日"))
    by_name = {call.staff: call for call in phone_list(plan)}
    assert "L-01" in {finding.rule for finding in by_name[CARER].breaches}
    assert by_name[MANAGER].breaches == ()
    told = why_texts(by_name[CARER], load(PROBLEM.period))
    assert any(text.startswith("守れない") for text in told)


def test_a_night_on_call_that_goes_to_somebody_else() -> None:
    plan = changed(day3=CARER)
    asks = {
        call.staff: [change_text(change, PROBLEM) for change in call.changes]
        for call in phone_list(plan)
    }
    assert asks == {
        NURSE: ["12月4日(金) 宿直 13:00-翌8:00 から外れる"],
        CARER: ["12月4日(金) 宿直 13:00-翌8:00 に入る"],
    }
    sums = plan_sums(plan)
    assert (sums.cells, sums.nearest) == (2, date_of(3))
    assert sums.disturbed == (NURSE, CARER)


def test_exit_codes_of_plans() -> None:
    legal = changed()
    broken = changed(duty(OTHER, 3, "休"))
    assert legal.is_legal
    assert not broken.is_legal
    proven = Plan(**{**vars(changed(duty(OTHER, 3, "休"))), "is_least": True})
    assert of_plans([broken, legal]) is Exit.DONE
    assert of_plans([broken]) is Exit.OUT_OF_TIME
    assert of_plans([proven]) is Exit.NOT_LEGAL
