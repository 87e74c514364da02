"""Tasks of the care manager: stretches of days, their sheet, precheck, next month."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from scheduler.audit import audit
from scheduler.audit.figures.stretches import stretches
from scheduler.domain.errors import InputError
from scheduler.domain.events import GIVEN_TASKS, DeskTask
from scheduler.domain.qualifications import CARE_MANAGER_LICENCE, PLANNER_TRAINING
from scheduler.domain.shifts import Role
from scheduler.files.next_month import next_month
from scheduler.files.problems import read_problem
from scheduler.files.workbook.layout import DESK_TASKS
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.precheck import precheck
from scheduler.wording.translation import _
from tests.support.builders import (
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem


def office(*tasks: DeskTask, days: int = 31, registered: int = 10) -> Problem:
    """Return December with a care manager who does nothing but planning."""
    planner = make_staff(
        "P",
        roles=[Role.PLANNER],
        shifts=["日"],
        qualifications=[CARE_MANAGER_LICENCE, PLANNER_TRAINING],
    )
    return make_problem(
        [planner, "A"],
        days=days,
        office=make_office(registered=registered),
        desk_tasks=tasks,
    )


def task(name: str = "請求", minutes: int = 60, **fields: Any) -> DeskTask:
    """Return a task of an hour, on any day of the month."""
    return DeskTask(name=name, minutes=minutes, **fields)


@pytest.mark.parametrize("seed", range(20))
def test_the_stretches_are_all_that_matters(seed: int) -> None:
    """No two days ask for more than the stretches between them, whatever is planned."""
    rnd = random.Random(seed)
    tasks = []
    for name in "abcd":
        first = rnd.randint(1, 28)
        last = rnd.randint(first, 31)
        amount = rnd.randint(1, 900)
        tasks.append(task(name, amount, first_day=first, last_day=last, must=True))
    found = {one.name: one.required for one in stretches(office(*tasks), must=True)}
    for first in range(1, 32):
        for last in range(first, 32):
            inside = [
                one for one in tasks if first <= one.first_day and one.last_day <= last
            ]
            if inside:
                begins = min(one.first_day for one in inside)
                ends = max(one.last_day for one in inside)
                needed = sum(one.minutes for one in inside)
                assert found[f"{begins}日〜{ends}日"] == needed
    assert len(found) <= 16


def test_what_is_missing_is_told_with_its_days() -> None:
    """Ten users of an hour are 10 hours; a day of 8 was planned up to the 10th."""
    problem = office(task(per_registrant=True, last_day=10), days=12)
    roster = make_roster(problem, f"P {'休' * 9}日日日\nA {'日' * 12}")
    (found,) = (one for one in audit(problem, roster) if one.facet == "tasks_guideline")
    assert (found.required, found.actual, found.amount) == (600, 480, 120)
    assert found.facts["name"] == "1日〜10日"


@pytest.mark.parametrize(("minutes", "verdict"), [(480, "tight"), (481, "impossible")])
def test_precheck_sums_the_musts(minutes: int, verdict: str) -> None:
    """One day of 8 hours: 8 hours are possible, a minute more is not."""
    problem = office(task(minutes=minutes, first_day=3, last_day=3, must=True))
    others = tuple(make_staff(name) for name in "BCDEFG")
    problem = problem.model_copy(update={"staff": (*problem.staff, *others)})
    (line,) = (one for one in precheck(problem) if one.code == "desk_tasks")
    assert (line.verdict, line.required, line.possible) == (verdict, minutes, 480)


def test_the_sheet_is_read_as_written(tmp_path: Path) -> None:
    """Every field of a task comes back."""
    problem = office(*GIVEN_TASKS, task("面接", first_day=3, last_day=20, must=True))
    write_input(problem, tmp_path / "a.xlsx")
    assert read_input(tmp_path / "a.xlsx").desk_tasks == problem.desk_tasks


def test_a_workbook_without_the_sheet_has_no_tasks(tmp_path: Path) -> None:
    """Workbooks written before there were tasks are read as before."""
    write_input(office(*GIVEN_TASKS), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    del book[_(DESK_TASKS.title)]
    book.save(tmp_path / "b.xlsx")
    assert read_input(tmp_path / "b.xlsx").desk_tasks == ()


@pytest.mark.parametrize(
    ("tasks", "code", "loc"),
    [
        ([task(first_day=11, last_day=10)], "task_days", (0, "last_day")),
        ([task(), task()], "duplicate_task", (1, "name")),
    ],
)
def test_what_cannot_be_is_told(
    tasks: list[DeskTask], code: str, loc: tuple[object, ...], tmp_path: Path
) -> None:
    """The end before the begin, and a name that stands twice."""
    (tmp_path / "a.json").write_text(office(*tasks).model_dump_json(), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_problem(tmp_path / "a.json")
    (mistake,) = error.value.mistakes
    assert (mistake.code, mistake.loc) == (code, ("desk_tasks", *loc))


def test_next_month_keeps_the_tasks() -> None:
    """They are those of every month."""
    problem = office(*GIVEN_TASKS, days=2)
    roster = make_roster(problem, "P 日日\nA 日日")
    after = next_month(problem, roster, make_period(31, dt.date(2027, 1, 1)))
    assert after.desk_tasks == GIVEN_TASKS


def test_given_tasks_fit_the_usual_planning_hours() -> None:
    """25 users take 37:20 of the 40 hours of a new office, 8:20 up to the 10th.

    What is due for each of them every month is a must; the meetings are not.
    """
    problem = office(*GIVEN_TASKS, registered=25)
    musts, all_of_them = (
        {one.name: one.required for one in stretches(problem, must=must)}
        for must in (True, False)
    )
    assert musts == {"1日〜10日": 500, "1日〜31日": 2000, "15日〜31日": 750}
    assert all_of_them == {"1日〜31日": 2240}
