"""`shotaki actual`: stamps in, differences decided, the month closed as it was worked.

The week of `tests.support.week`: 日 is 8:00-13:00 without a break; 柳 まもる has five
of them, from 1 December 2026 on, then two days off.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.domain.shifts import OffKind
from scheduler.files.actual.record import actual_path, roster_as_worked
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.workbook.roster.write import build_wall_print
from scheduler.files.workbook.styles import PAPER_A3
from scheduler.files.years import read_year, year_path
from tests.support.week import CARER, PROBLEM, ROSTER, edit, put, rows
from tests.support.workbooks import with_decimals

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.support.programs import Ended

    Run = Callable[..., Ended]

PAGE = "r-打刻との差.xlsx"
DAYS = ("8:00,13:00", "8:20,13:00", "8:00,14:10", "8:00,", "8:00,13:00")
"""Coming and going: 20 minutes late on the second date, 70 of overtime on the third,
no stamp of going on the fourth."""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    stamps(tmp_path, *DAYS)
    return write_roster(tmp_path / "r.json", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))


def stamps(folder: Path, *days: str, name: str = "c.csv") -> None:
    """Write a file of the carer's stamps, a line for each date."""
    lines = [f"{CARER},2026/12/{day},{pair}" for day, pair in enumerate(days, start=1)]
    text = "\n".join(("氏名,日付,出勤,退勤", *lines, ""))
    (folder / name).write_bytes(text.encode("cp932"))


def standing(told: Ended) -> tuple[int, list[tuple[str, str]]]:
    """Return the exit code, and kind and decision of each difference."""
    found = told.json
    return told.code, [(one["kind"], one["decision"]) for one in found["differences"]]


def closed_hours(folder: Path) -> int:
    """Return the minutes of the care pool in the record of the year."""
    office = PROBLEM.office.name
    record = read_year(year_path(folder, office, 2026), office, 2026)
    return sum(month.staffing.pool for month in record.months)


def decide(path: Path, words: dict[int, str]) -> None:
    """Type decisions into the page, by the number of the difference."""
    book = load_workbook(path)
    for row in book.active.iter_rows():
        if row[0].value in words:
            row[8].value = words[row[0].value]
    book.save(path)


def test_differences_are_shown_and_nothing_is_changed_by_them(
    shotaki: Run, roster: Path
) -> None:
    told = shotaki("actual", "r.json", "--clock", "c.csv", "--json")
    assert standing(told) == (
        0,
        [("late", ""), ("stayed", ""), ("missing_out", "")],
    )
    month = roster_as_worked(roster)
    assert month.roster.by_cell == month.cells.by_cell
    cells = [
        cell
        for row in rows(load_workbook(roster.with_name(PAGE)).active)
        for cell in row
    ]
    assert "掲示しない（管理者と給与担当だけが見るページ）" in cells
    assert {"遅刻", "20分", "8:20-13:00", "残業", "1時間10分"} <= set(cells)
    said = shotaki("actual", "r.json").out
    assert "未決定 3" in said
    assert "8:20 からの勤務とする" in said


def test_one_by_one_and_all(shotaki: Run, roster: Path) -> None:
    shotaki("actual", "r.json", "--clock", "c.csv")
    told = shotaki("actual", "r.json", "--accept", "2", "--as-planned", "1", "--json")
    assert standing(told)[1] == [
        ("late", "予定のまま"),
        ("stayed", "採用"),
        ("missing_out", ""),
    ]
    told = shotaki("actual", "r.json", "--accept", "all", "--json")
    # What was decided stays.
    assert standing(told)[1] == [
        ("late", "予定のまま"),
        ("stayed", "採用"),
        ("missing_out", "採用"),
    ]
    month = roster_as_worked(roster)
    worked = {duty.date.day: duty.worked for duty in month.roster.duties if duty.worked}
    assert worked == {3: (480, 850)}


def test_a_kind_is_decided_on_at_once(shotaki: Run, roster: Path) -> None:
    """With the stamps too; what was decided stays, and other kinds are left."""
    line = ("--clock", "c.csv", "--as-planned", "残業", "--json")
    assert standing(shotaki("actual", "r.json", *line))[1] == [
        ("late", ""),
        ("stayed", "予定のまま"),
        ("missing_out", ""),
    ]
    both = ("--accept", "all", "--as-planned", "遅刻", "--json")
    assert standing(shotaki("actual", "r.json", *both, *line[:2]))[1] == [
        ("late", "予定のまま"),
        ("stayed", "予定のまま"),
        ("missing_out", "採用"),
    ]


def test_a_kind_is_decided_on_in_either_language(shotaki: Run, roster: Path) -> None:
    line = ("--clock", "c.csv", "--as-planned", "残業")
    shotaki("actual", "r.json", *line)
    told = shotaki(
        *("actual", "r.json", "--accept", "came late", "--accept", "残業", "--json")
    )
    assert standing(told)[1] == [
        ("late", "採用"),
        ("stayed", "予定のまま"),
        ("missing_out", ""),
    ]


def test_of_many_differences_minutes_beside_the_shift_are_printed_last(
    shotaki: Run, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three, overtime stands at its date where all fit, and is left out first."""
    told = shotaki("actual", "r.json", "--clock", "c.csv").out
    assert "5分までは差としません" in told
    assert told.index("遅刻  ") < told.index("残業  ") < told.index("退勤の打刻もれ  ")
    monkeypatch.setattr("scheduler.cli.actual.MOST_LINES", 2)
    told = shotaki("actual", "r.json").out.partition("採用すると")[2]
    assert told.index("遅刻") < told.index("退勤の打刻もれ")
    assert "残業" not in told
    assert "ほか1件" in told


def test_a_number_that_is_not_there_changes_nothing(shotaki: Run, roster: Path) -> None:
    shotaki("actual", "r.json", "--clock", "c.csv")
    before = actual_path(roster).read_bytes()
    for words in (("--accept", "4"), ("--accept", "0"), ("--as-planned", "x")):
        assert shotaki("actual", "r.json", *words).code == 2
    together = shotaki("actual", "r.json", "--clock", "c.csv", "--accept", "1")
    assert together.code == 2
    assert actual_path(roster).read_bytes() == before


def test_who_has_no_stamp_is_not_absent_by_all(shotaki: Run, roster: Path) -> None:
    stamps(roster.parent, "8:00,13:00", ",", "8:00,13:00", "8:00,13:00", "8:00,13:00")
    told = shotaki("actual", "r.json", "--clock", "c.csv", "--accept", "all", "--json")
    assert standing(told)[1] == [("no_stamps", "")]
    shotaki("actual", "r.json", "--accept", "1")
    date = dt.date(2026, 12, 2)
    assert roster_as_worked(roster).roster.by_cell[CARER, date].off is OffKind.ABSENT


def test_decisions_typed_on_the_page_are_taken(shotaki: Run, roster: Path) -> None:
    shotaki("actual", "r.json", "--clock", "c.csv")
    page = roster.with_name(PAGE)
    decide(page, {1: "採用", 2: "予定のまま"})
    told = shotaki("actual", "r.json", "--json")
    assert [one[1] for one in standing(told)[1]] == ["採用", "予定のまま", ""]
    # The page is written anew in its place, with what was decided.
    assert sorted(path.name for path in roster.parent.glob("r-打刻*")) == [PAGE]
    decide(page, {1: "たぶん", 3: "採用"})
    refused = shotaki("actual", "r.json")
    assert refused.code == 1
    assert "I9" in refused.err
    assert "たぶん" in refused.err


def test_decisions_typed_in_google_sheets_are_taken(shotaki: Run, roster: Path) -> None:
    """Which writes the numbers of the lines as 1.0."""
    shotaki("actual", "r.json", "--clock", "c.csv")
    page = roster.with_name(PAGE)
    decide(page, {1: "採用", 2: "たぶん"})
    page.write_bytes(with_decimals(page.read_bytes()))
    refused = shotaki("actual", "r.json")
    assert refused.code == 1
    assert "たぶん" in refused.err


def test_what_was_written_with_the_page_is_not_typed(
    shotaki: Run, tmp_path: Path
) -> None:
    """The late date is accepted, and becomes an absence by hand in the roster.

    The page still says 採用 beside it: that is no decision on what stands there now.
    """
    stamps(tmp_path, *DAYS)
    roster = put(tmp_path / "r.xlsx")
    shotaki("actual", "r.xlsx", "--clock", "c.csv")
    shotaki("actual", "r.xlsx", "--accept", "1")
    edit(roster, CARER, dt.date(2026, 12, 2), "休")
    page = roster.with_name(PAGE)
    decide(page, {2: "採用"})
    told = shotaki("actual", "r.xlsx", "--json")
    assert standing(told)[1] == [
        ("unplanned", ""),
        ("stayed", "採用"),
        ("missing_out", ""),
    ]
    decide(page, {3: "すべて"})
    refused = shotaki("actual", "r.xlsx")
    assert refused.code == 1
    assert "すべて" in refused.err


def test_other_things_typed_on_the_page_are_kept(shotaki: Run, roster: Path) -> None:
    shotaki("actual", "r.json", "--clock", "c.csv")
    page = roster.with_name(PAGE)
    book = load_workbook(page)
    book.active["L8"] = "電話で確認"
    book.save(page)
    decide(page, {1: "採用"})
    told = shotaki("actual", "r.json")
    kept = roster.with_name("r-打刻との差-書き込みあり.xlsx")
    assert kept.name in told.out
    assert load_workbook(kept).active["L8"].value == "電話で確認"
    assert len(roster_as_worked(roster).accepted) == 1


def test_nothing_is_lost_on_a_second_import(shotaki: Run, roster: Path) -> None:
    shotaki("actual", "r.json", "--clock", "c.csv")
    shotaki("actual", "r.json", "--accept", "all")
    again = shotaki("actual", "r.json", "--clock", "c.csv", "--json")
    assert [one[1] for one in standing(again)[1]] == ["採用"] * 3
    # A file with the corrected second date alone: that one is open again.
    (roster.parent / "b.csv").write_text(
        f"氏名,日付,出勤,退勤\n{CARER},2026/12/2,8:05,13:00\n", encoding="utf-8"
    )
    told = shotaki("actual", "r.json", "--clock", "b.csv", "--json")
    assert standing(told)[1] == [
        ("late", ""),
        ("stayed", "採用"),
        ("missing_out", "採用"),
    ]
    cells = rows(load_workbook(roster.with_name(PAGE)).active)
    (late,) = (row for row in cells if row[3] == "遅刻")
    assert (late[4], late[9]) == ("5分", "遅刻 20分 採用")


def test_a_month_is_closed_as_it_was_worked_and_opened_only_on_purpose(
    shotaki: Run, roster: Path
) -> None:
    """The carer's five 日 are 25 h; 70 minutes of overtime come, 20 are missing.

    Two nights of 18 h and four 日 of two others are the rest of the pool.
    """
    shotaki("actual", "r.json", "--clock", "c.csv")
    undecided = shotaki("close", "r.json")
    assert undecided.code == 2
    assert "3件" in undecided.err
    assert not list(roster.parent.glob("*年度の記録.json"))
    shotaki("actual", "r.json", "--accept", "all")
    assert shotaki("close", "r.json").code == 0
    planned = 5 * 300 + 2 * (1140 - 60) + 4 * 300
    assert closed_hours(roster.parent) == planned + 70 - 20
    before = actual_path(roster).read_bytes()
    for words in (("--clock", "c.csv"), ("--as-planned", "1")):
        refused = shotaki("actual", "r.json", *words)
        assert refused.code == 2
        assert "--again" in refused.err
    assert actual_path(roster).read_bytes() == before
    # Looking at it is no change.
    assert shotaki("actual", "r.json").code == 0
    assert shotaki("actual", "r.json", "--as-planned", "2", "--again").code == 0
    assert shotaki("close", "r.json").code == 2
    assert shotaki("close", "r.json", "--again").code == 0
    assert closed_hours(roster.parent) == planned - 20


def test_a_month_closed_as_planned_is_closed_for_stamps(
    shotaki: Run, roster: Path
) -> None:
    closed = shotaki("close", "r.json")
    assert closed.code == 0
    # Grants are not known: below what is left of five it is said whose they are.
    assert closed.out.index("年5日は、年次有給休暇が年10日以上ある人が対象です") > (
        closed.out.index(CARER)
    )
    assert shotaki("actual", "r.json", "--clock", "c.csv").code == 2
    assert not actual_path(roster).exists()
    assert shotaki("actual", "r.json", "--clock", "c.csv", "--again").code == 0


def test_the_next_month_counts_it(shotaki: Run, roster: Path) -> None:
    """The third date became an absence; the sheet of last month's end says so."""
    lines: list[Any] = ["8:00,13:00", "8:20,13:00", ",", "8:00,13:00", "8:00,13:00"]
    stamps(roster.parent, *lines)
    shotaki("actual", "r.json", "--clock", "c.csv", "--accept", "all")
    told = shotaki("init", "--previous", "r.json", "before.json")
    assert "まだ決まっていない差 1件" in told.out
    shotaki("actual", "r.json", "--accept", "2")
    told = shotaki("init", "--previous", "r.json", "next.json")
    assert "採用したもの 2件" in told.out
    tail = {
        name: {
            duty.date.day: duty.off
            for duty in read_problem(roster.with_name(name)).history.duties
            if duty.staff == CARER
        }
        for name in ("before.json", "next.json")
    }
    assert tail["before.json"][3] is None
    assert tail["next.json"][3] is OffKind.ABSENT


def test_a_cell_edited_by_hand_ends_the_difference(
    shotaki: Run, tmp_path: Path
) -> None:
    """日 became paid leave by hand, after no stamp was found: nothing is left."""
    stamps(tmp_path, "8:00,13:00", ",", "8:00,13:00", "8:00,13:00", "8:00,13:00")
    roster = put(tmp_path / "r.xlsx")
    shotaki("actual", "r.xlsx", "--clock", "c.csv")
    edit(roster, CARER, dt.date(2026, 12, 2), "有")
    told = shotaki("actual", "r.xlsx", "--json")
    assert standing(told) == (0, [])


def test_without_stamps_the_command_says_what_to_do(shotaki: Run, roster: Path) -> None:
    told = shotaki("actual", "r.json")
    assert told.code == 2
    assert "--clock" in told.err
    assert sorted(path.name for path in roster.parent.iterdir()) == ["c.csv", "r.json"]


def test_a_file_that_is_not_there(shotaki: Run, roster: Path) -> None:
    told = shotaki("actual", "r.json", "--clock", "none.csv")
    assert told.code == 1
    assert "none.csv" in told.err
    assert not actual_path(roster).exists()


def cells_of(sheet: Worksheet, name: str) -> tuple[int, dict[int, Cell]]:
    """Return the row of a person, and the cells of it by day."""
    heads = next(row for row in sheet.iter_rows() if is_date(row[2].value))
    row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == name)
    days = {cell.value.day: cell.column for cell in heads if is_date(cell.value)}
    return row, {day: sheet.cell(row, column) for day, column in days.items()}


def is_date(value: object) -> bool:
    return isinstance(value, dt.date)


def test_the_wall_shows_what_was_worked_and_the_plan_below(
    shotaki: Run, roster: Path
) -> None:
    """Work on a day off is there; who was late or stayed is not, nor any stamp."""
    stamps(roster.parent, *DAYS, "8:00,13:00")
    shotaki("actual", "r.json", "--clock", "c.csv", "--accept", "all")
    file = read_roster(roster)
    wall = build_wall_print(file, PAPER_A3, roster_as_worked(roster, file)).active
    row, now = cells_of(wall, CARER)
    assert "".join(now[day].value for day in range(1, 8)) == "日日日日日日休"
    below = {day: wall.cell(row + 1, now[day].column).value for day in now}
    assert below == dict.fromkeys(range(1, 8)) | {6: "休"}
    texts = " ".join(str(cell) for line in rows(wall) for cell in line if cell)
    assert "12月6日(日)まで実績" in texts
    assert not any(word in texts for word in ("8:20", "14:10", "遅刻", "残業"))
    # Without stamps it is as it was: the plan alone.
    plan = build_wall_print(file, PAPER_A3).active
    assert cells_of(plan, CARER)[1][6].value == "休"
    assert "実績" not in str(list(rows(plan)))


def test_the_managers_page_has_plan_actual_and_stamps(
    shotaki: Run, roster: Path
) -> None:
    """Of each date; the month is 20 minutes shorter, and 70 and 5 hours longer."""
    stamps(roster.parent, *DAYS, "8:00,13:00")
    told = shotaki("actual", "r.json", "--clock", "c.csv")
    assert told.code == 0, told
    sheet = load_workbook(roster.with_name(PAGE))["予定と実績"]
    row, plan = cells_of(sheet, CARER)
    lines = [
        [sheet.cell(row + line, plan[day].column).value for day in (2, 4, 6, 7)]
        for line in range(3)
    ]
    assert lines == [
        ["日", "日", "休", "休"],
        ["日?", "日?", "休?", None],
        ["8:20-\n13:00", "8:00-\n?", "8:00-\n13:00", None],
    ]
    shotaki("actual", "r.json", "--accept", "all")
    sheet = load_workbook(roster.with_name(PAGE))["予定と実績"]
    row, plan = cells_of(sheet, CARER)
    assert sheet.cell(row + 1, plan[6].column).value == "日"
    assert sheet.oddHeader.right.text == "掲示しない"
    sums = [sheet.cell(row, plan[7].column + place).value for place in (1, 2, 3)]
    assert sums == pytest.approx([25, 25 - 20 / 60 + 70 / 60 + 5, 5 + 50 / 60])
