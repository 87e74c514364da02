"""Limits of single people: what is wrong with them, and what they leave."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import consistency
from scheduler.domain.requests import PersonalLimit
from scheduler.files.next_month import following_period, next_month
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.precheck import precheck
from scheduler.rulebook import load
from scheduler.wording.places import agreement_text, spot_text
from tests.support.builders import (
    FIRST,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.input_offices import agree

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem


def limit(staff: str = "A", **fields: Any) -> PersonalLimit:
    return PersonalLimit.model_validate({"staff": staff, **fields})


def office(*limits: PersonalLimit, **fields: Any) -> Problem:
    staff = [make_staff("A", roles=["care", "planner"]), make_staff("B", shifts=["早"])]
    return make_problem(staff, personal_limits=limits, **fields)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"staff": "C", "counted": "late", "at_most": 1}, "unknown_person", "staff"),
        ({"shift": "特", "at_most": 1}, "unknown_shift", "shift"),
        (
            {"counted": "early", "at_least": 3, "at_most": 2},
            "limits_reversed",
            "at_least",
        ),
        (
            {"counted": "early_after_late", "at_least": 1, "at_most": 2},
            "limit_only_most",
            "at_least",
        ),
        (
            {"counted": "days_in_a_row", "per": "week", "at_most": 3},
            "limit_in_a_row_by_week",
            "per",
        ),
        ({"counted": "days_in_a_row", "at_most": 0}, "too_small", "at_most"),
        ({"counted": "early", "per": "week", "at_least": 8}, "too_large", "at_least"),
        (
            {"staff": "B", "counted": "late", "at_least": 1},
            "limit_out_of_reach",
            "at_least",
        ),
        (
            {"staff": "B", "counted": "planning_day", "at_least": 1},
            "limit_out_of_reach",
            "at_least",
        ),
    ],
)
def test_a_mistake_names_its_cell(wrong: dict[str, Any], code: str, field: str) -> None:
    """One mistake, at the field that is wrong."""
    (found,) = consistency.mistakes(office(limit(**wrong)))
    assert (found.code, found.loc) == (code, ("personal_limits", 0, field))


def test_the_same_limit_twice() -> None:
    """By month and by week are two limits, twice by month is one too many."""
    lines = [limit(counted="on_call", at_most=n) for n in (1, 2)]
    by_week = limit(counted="on_call", per="week", at_most=1)
    (found,) = consistency.mistakes(office(lines[0], by_week, lines[1]))
    assert (found.code, found.loc) == ("duplicate_limit", ("personal_limits", 2))


def test_a_workbook_keeps_limits_and_exceptions(tmp_path: Path) -> None:
    """What is counted is written in words, in the sheet of agreements as well."""
    limits = (
        limit(counted="planning_day", per="week", at_least=2),
        limit(counted="on_call", at_most=2, must=False),
        limit("B", shift="早", at_most=3),
    )
    week = {"staff": "A", "date": FIRST + dt.timedelta(days=5), "name": "planning_day"}
    agreed = agree("P-09", "week_least_must", 1, **week)
    problem = office(*limits, agreements=[agreed], days=12)
    path = tmp_path / "input.xlsx"
    write_input(problem, path)
    assert read_input(path) == problem


def test_sentences_name_what_is_counted() -> None:
    """In Japanese, with the number in force and the one asked for."""
    problem = office(limit(counted="on_call", at_most=2))
    one = agree("P-09", "most_must", 1, staff="A", name="on_call")
    rules = load(problem.period)
    assert spot_text(one.spot, rules, problem).startswith("Aさんの宿直は月2回まで")
    assert agreement_text(one, rules, problem) == (
        "Aさんに宿直を月にあと1回お願いする（2回→3回）"
    )


def test_precheck_counts_the_limits_of_on_call() -> None:
    """Two people, once a week each in two weeks: four nights; A takes one in all."""
    free, once = office(), limit(counted="on_call", at_most=1)
    wish = limit(counted="on_call", at_most=1, must=False)
    more = agree("P-09", "most_must", 1, staff="A", name="on_call")
    assert _possible(free) == 4
    assert _possible(office(once)) == 3
    assert _possible(office(wish)) == 4
    assert _possible(office(once, agreements=[more])) == 4


def _possible(problem: Problem) -> int:
    (line,) = [one for one in precheck(problem) if one.code == "on_call_month"]
    return line.possible


def test_the_next_month_keeps_the_limits_of_those_who_stay() -> None:
    """B has left."""
    staff = [make_staff("A"), make_staff("B", employed={"last": FIRST})]
    limits = [limit(name, counted="late", at_most=1) for name in "AB"]
    problem = make_problem(
        staff, personal_limits=limits, shifts=[make_shift("日"), make_shift("遅")]
    )
    roster = make_roster(problem, "A 日日日日日休休\nB 日・・・・・・")
    after = next_month(problem, roster, following_period(problem.period))
    assert after.personal_limits == (limits[0],)


@pytest.mark.parametrize(
    ("shifts", "minutes", "wrong"),
    [
        (["夜"], 840, False),
        (["夜", "日"], 840, True),
        ([], 840, True),
        (["夜", "日"], 720, False),
        (["夜", "日"], 721, True),
    ],
)
def test_a_usual_day_above_twelve_hours_is_for_nights_only(
    shifts: list[str], minutes: int, *, wrong: bool
) -> None:
    """A night-only worker of 14 hours may be entered, and leave is worth a night."""
    night = make_shift("夜", "17:00-33:00", ["24:00-26:00"])
    member = make_staff("A", shifts=shifts, day_minutes=minutes)
    problem = make_problem([member], shifts=[make_shift("日"), night])
    found = [(one.code, one.loc) for one in consistency.mistakes(problem)]
    loc = ("staff", 0, "contract", "day_minutes")
    assert found == ([("day_too_long", loc)] if wrong else [])
