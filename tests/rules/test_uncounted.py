"""Shifts that count for no cover: training, where it is pinned, and for nobody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.day_curve import day_curve
from scheduler.audit.figures.people import people
from scheduler.domain.precheck import BlockedBy
from scheduler.domain.problem import Pins
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_proof, build_workbook
from scheduler.precheck import precheck
from scheduler.precheck.cells import Cells
from scheduler.solver.solve import SearchLimits, solve
from tests.support.builders import SHIFTS, make_shift
from tests.support.tiny import STAFF, tiny_problem

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

QUICK = SearchLimits(seconds=30, workers=2)
MANAGER, CARER = str(STAFF[0]["name"]), str(STAFF[3]["name"])
SECOND = dt.date(2026, 12, 2)
TRAINING = make_shift("研", "9:00-18:00", counts=False)


def trained() -> Problem:
    """Make the tiny office; the carer, who could have 研 anywhere, is pinned to one."""
    problem = tiny_problem(shifts=["早", "日", "遅", "研"], minutes_min=2 * 480)
    pin = {"staff": CARER, "date": SECOND, "shift": "研"}
    update = {
        "shifts": (*SHIFTS, TRAINING),
        "pins": Pins.model_validate({"duties": [pin]}),
    }
    return problem.model_copy(update=update)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return trained()


@pytest.fixture(scope="module")
def roster(problem: Problem) -> Roster:
    return solve(problem, QUICK).roster


def test_what_is_pinned_once_stands_once(problem: Problem, roster: Roster) -> None:
    """Though everybody has hours to fill, only the pin brings training."""
    found = [(d.staff, d.date) for d in roster.duties if d.shift == "研"]
    assert found == [(CARER, SECOND)]
    (month,) = (one for one in people(problem, roster) if one.staff == CARER)
    assert month.worked == 2 * 480
    assert all(f.rule != "L-03" for f in audit(problem, roster))


def test_by_the_clock_nobody_is_counted(problem: Problem, roster: Roster) -> None:
    """The carer is there from 9:00 to 18:00 and in no role."""
    noon = next(m for m in day_curve(problem, roster, SECOND) if m.begin <= 600 < m.end)
    (carer,) = (worker for worker in noon.workers if worker.staff == CARER)
    assert (carer.role, carer.counts, carer.in_pool) == (None, False, False)
    assert noon.pool == sum(w.in_pool for w in noon.workers) < len(noon.workers)


def test_the_workbook_counts_nobody(problem: Problem, roster: Roster) -> None:
    """No care hours go with the symbol, and the page by the clock says 外."""
    book = build_workbook(Book(problem, roster, audit(problem, roster)))
    hours = {row[0]: row[1:3] for row in book["計算用"].iter_rows(values_only=True)}
    assert hours["研|"] == (0, 0)
    assert hours["日|"][0] == 8
    page = build_proof(Book(problem, roster, audit(problem, roster)))["時間帯別配置"]
    by_clock = [cell for row in page.iter_rows(values_only=True) for cell in row]
    assert "外" in by_clock
    assert any("外: 配置に数えない勤務" in str(cell) for cell in by_clock)


def test_nobody_is_trained_unasked() -> None:
    """On other dates the sums count nobody in training, and say why."""
    cells = Cells(trained())
    member = cells.problem.member_by_name[CARER]  # type: ignore[index]
    assert "研" not in cells.blocked(member, SECOND)
    assert cells.blocked(member, dt.date(2026, 12, 1))["研"] is BlockedBy.ON_REQUEST
    (training,) = cells.working(member, SECOND)
    assert training.roles == ((),)
    assert not any(line.breaks_law for line in precheck(cells.problem))


def test_whoever_asks_may_have_it() -> None:
    """A wish for 研 is granted like one for any shift."""
    wish = {"staff": MANAGER, "date": SECOND, "want": "shift", "shifts": ["研"]}
    asked = tiny_problem([wish], shifts=["早", "日", "遅", "研"])
    asked = asked.model_copy(update={"shifts": (*SHIFTS, TRAINING)})
    roster = solve(asked, QUICK).roster
    assert [(d.staff, d.date) for d in roster.duties if d.shift == "研"] == [
        (MANAGER, SECOND)
    ]
