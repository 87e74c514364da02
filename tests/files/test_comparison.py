"""Candidates side by side: what is counted, on the page and on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.changes.plans import compare
from scheduler.cli.overview import comparison
from scheduler.domain.requests import Request
from scheduler.files.rosters import read_roster, write_roster
from tests.support.builders import FIRST, make_problem, make_roster

if TYPE_CHECKING:
    from pathlib import Path

PROBLEM = make_problem(
    ["A", "B", "C"],
    days=4,
    requests=[
        Request.model_validate({"staff": "A", "date": FIRST, "want": "day_off"}),
        Request.model_validate({"staff": "B", "date": FIRST, "want": "day_off"}),
        Request.model_validate({"staff": "C", "date": FIRST, "want": "day_off"}),
    ],
)
FIRST_PLAN = make_roster(
    PROBLEM,
    """
    A 夜明休早
    B 休日日遅
    C 休日日日
    宿 CCC-
    """,
)
SECOND_PLAN = make_roster(
    PROBLEM,
    """
    A 休日日遅
    B 夜明休早
    C 休日日日
    宿 CC-C
    """,
)
PLANS = (FIRST_PLAN, SECOND_PLAN)
PAGE = "案の比較"


def test_every_cell_and_night_that_differs_is_counted() -> None:
    """A and B have exchanged four dates each, and two nights on call differ."""
    first, second = compare(PROBLEM, PLANS)
    assert (first.cells_changed, second.cells_changed) == (0, 8 + 2)


def test_breaks_make_no_difference() -> None:
    """Another break on the same shift is no other cell."""
    changed = tuple(
        duty.model_copy(update={"breaks": PROBLEM.shifts[1].breaks[1]})
        if duty.shift == "日"
        else duty
        for duty in FIRST_PLAN.duties
    )
    other = FIRST_PLAN.model_copy(update={"duties": changed})
    assert other != FIRST_PLAN
    assert compare(PROBLEM, (FIRST_PLAN, other))[1].cells_changed == 0


def test_who_carries_what() -> None:
    """The night and the early shift go from A to B, and so does the refused wish.

    C is on call in the first night, so that the wish for it is refused in both.
    """
    first, second = compare(PROBLEM, PLANS)
    sums = [
        [(month.nights, month.early, month.late) for month in one.people]
        for one in (first, second)
    ]
    assert sums == [
        [(1, 1, 0), (0, 0, 1), (0, 0, 0)],
        [(0, 0, 1), (1, 1, 0), (0, 0, 0)],
    ]
    assert [request.staff for request in first.refused] == ["A", "C"]
    assert [request.staff for request in second.refused] == ["B", "C"]


@pytest.fixture(scope="module", name="written")
def _written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("plans") / "plan2.xlsx"
    findings = audit(PROBLEM, SECOND_PLAN)
    return write_roster(path, PROBLEM, SECOND_PLAN, findings, candidates=PLANS)


def test_the_page_shows_both(written: Path) -> None:
    """Nights, hours and refusals stand side by side; what differs is bold."""
    sheet = load_workbook(written)[PAGE]
    rows = [[cell for cell in row if cell.value is not None] for row in sheet.rows]
    shown = {row[0].value: row[1:] for row in rows if row}
    assert "案2" in sheet["A1"].value
    values = {name: [cell.value for cell in cells] for name, cells in shown.items()}
    nights, hours = slice(0, 2), slice(10, 12)
    assert values["A"][nights] == [1, 0]
    assert values["A"][hours] == [15 + 8, 8 * 3]
    assert values["C"][nights] == [0, 0]
    assert values["案1と違うセル"] == ["0", "10"]
    assert [cell.font.bold for cell in shown["A"][nights]] == [False, True]
    assert [cell.font.bold for cell in shown["C"][nights]] == [False, False]
    wishes = {name[0]: signs for name, signs in values.items() if "12月1日" in name}
    assert wishes == {"A": ["×", "○"], "B": ["○", "×"], "C": ["×", "×"]}


def test_the_roster_beside_the_page_is_read_back(written: Path) -> None:
    """The page is for people only."""
    file = read_roster(written)
    assert file.roster == SECOND_PLAN
    assert file.changed == ()


def test_no_page_without_others(tmp_path: Path) -> None:
    """A single roster has nothing to be compared with."""
    findings = audit(PROBLEM, FIRST_PLAN)
    for candidates in ((), (FIRST_PLAN,)):
        path = tmp_path / f"{len(candidates)}.xlsx"
        write_roster(path, PROBLEM, FIRST_PLAN, findings, candidates=candidates)
        assert PAGE not in load_workbook(path).sheetnames


def test_the_terminal_names_those_whose_month_differs() -> None:
    """A value stands once where all candidates agree; C, without a change, nowhere."""
    text = comparison(compare(PROBLEM, PLANS), ["one.xlsx", "two.xlsx"])
    lines = text.splitlines()
    assert any("two.xlsx" in line and "10" in line for line in lines)
    rows = {
        line.split()[0]: line.split()[1:] for line in lines if line[:2] in ("A ", "B ")
    }
    assert rows == {
        "A": ["1/0", "0", "0", "1/0", "0/1", "23/24", "1/0"],
        "B": ["0/1", "0", "0", "0/1", "1/0", "24/23", "0/1"],
    }
    assert not any(line.startswith("C ") for line in lines)


def test_nothing_but_dates() -> None:
    """Two plans with the same sums are said to differ in dates only."""
    other = make_roster(PROBLEM, "A 休夜明早\nB 休日日遅\nC 休日日日\n宿 CCC-")
    again = make_roster(PROBLEM, "A 休早夜明\nB 休日日遅\nC 休日日日\n宿 CCC-")
    text = comparison(compare(PROBLEM, (other, again)), ["one", "two"])
    assert text.endswith("回数・時間はどの案も同じで、日付だけが違います。")
