"""Somebody of the office is lent to another one: said of the finished roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.datastructures import FormData

from scheduler.audit import audit
from scheduler.audit.figures.people import person_month
from scheduler.domain.base import StaffId
from scheduler.domain.errors import InputError
from scheduler.domain.scenario import Case, Event, Happening, Scenario, Words
from scheduler.files.rosters import write_roster
from scheduler.page.asked_plans import asked_by, lent_text
from scheduler.page.jobs.replanning import scenario_of
from scheduler.whatif.lent_out import times_and_office
from scheduler.whatif.replan import replan
from scheduler.whatif.scenario_effects import apply_scenario
from scheduler.whatif.scenario_parser import parse_scenario
from scheduler.wording.plans import scenario_texts
from tests.houses.test_joint import both_say, rostered, two_houses
from tests.support.pages import application, visitor

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.page.front_desk import FrontDesk

THERE = "ひだまり"


def said(
    problem: Problem, roster: Roster, *lines: tuple[str, str, str], house: int = 0
) -> Scenario:
    """Return what was said: whose, when, and from when to when where."""
    told = (
        Happening(Event.LOAN, Words(who), Words(when), Words(), Words(what))
        for who, when, what in lines
    )
    return parse_scenario(Case(tuple(told)), problem, roster, house=house)


def test_the_hours_count_at_home_and_nobody_is_used_there() -> None:
    """For people of both houses, in each workbook, by model and audit alike."""
    problem = two_houses()
    roster = rostered(problem, "M 早早早\nP 早早休", "S 早早早\nP 休休休")
    _first, second, third = problem.period.dates
    scenario = said(
        problem,
        roster,
        ("P", str(second), f"9:00-18:00 {THERE}"),
        ("S", str(third), f"9:00〜18:00　{THERE}"),
        ("P", str(third), f"16:00-25:00@{THERE}"),
    )
    (told, *_others) = scenario_texts(scenario, problem)
    assert THERE in told
    assert "9:00-18:00" in told
    month = scenario.applied_to(problem, roster)
    made = apply_scenario(month, roster, scenario)
    found = both_say(month, made)
    assert not [key for key in found if key[0] in ("L-01", "W-02")]
    for number, who, minutes in ((0, "P", 3 * 480), (1, "S", 3 * 480)):
        house = month.houses[number]
        own = month.of_house(made, number)
        assert person_month(house, own, StaffId(who)).credited == minutes
    for number, who, date in ((0, "P", second), (1, "S", third), (0, "P", third)):
        house = month.houses[number]
        duty = month.of_house(made, number).by_cell[StaffId(who), date]
        shift = house.shift_by_symbol[duty.shift]
        assert (shift.elsewhere, shift.counts) == (THERE, False)
    # One kind of day for each stretch of hours; the cells are fixed from then on.
    kinds = [kind for kind in month.houses[0].kinds if kind.elsewhere == THERE]
    assert [str(kind.symbol) for kind in kinds] == ["応", "応1"]
    pinned = {(one.staff, one.date) for one in month.pins.duties}
    assert {("P", second), ("S", third), ("P", third)} <= pinned


def test_the_rest_is_planned_without_them() -> None:
    """The cells that stand for the loan stay, and the next what-if knows the kind."""
    problem = two_houses().houses[0]
    roster = two_houses().of_house(
        rostered(two_houses(), "M 休休休\nP 早休休", "S 休休休\nP 休休休"), 0
    )
    second = problem.period.dates[1]
    scenario = said(problem, roster, ("P", str(second), f"9:00-18:00 {THERE}"))
    plan, *_others = replan(problem, roster, scenario)
    duty = plan.roster.by_cell[StaffId("P"), second]
    assert plan.problem.shift_by_symbol[duty.shift].elsewhere == THERE
    again = said(plan.problem, plan.roster, ("M", str(second), f"9:00-18:00 {THERE}"))
    assert [one.kind for one in again.lent] == [one.kind for one in scenario.lent]
    assert again.applied_to(plan.problem, plan.roster).kinds == plan.problem.kinds


@pytest.mark.parametrize("text", ["", "ひだまり", "9:00-18:00", "9:00-8:00 ひだまり"])
def test_what_says_not_when_and_where_is_refused(text: str) -> None:
    assert times_and_office(text) is None
    problem = two_houses()
    roster = rostered(problem, "M 早早早\nP 早早休", "S 早早早\nP 休休休")
    with pytest.raises(InputError) as found:
        said(problem, roster, ("P", str(problem.period.first), text))
    assert [one.code for one in found.value.mistakes] == ["not_loan"]


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [("09:00", "18:00", "09:00-18:00"), ("16:30", "09:30", "16:30-33:30")],
)
def test_the_page_asks_where_and_from_when_to_when(
    tmp_path: Path, begin: str, end: str, told: str
) -> None:
    """Until a time that is not later, the next morning is meant."""
    problem = two_houses().houses[0]
    made = rostered(two_houses(), "M 休休休\nP 早休休", "S 休休休\nP 休休休")
    roster = two_houses().of_house(made, 0)
    (tmp_path / "outputs").mkdir()
    path = tmp_path / "outputs" / "main.xlsx"
    write_roster(path, problem, roster, audit(problem, roster))
    client = visitor(application(tmp_path))
    desk: FrontDesk = client.app.state.desk  # type: ignore[attr-defined]
    (book,) = desk.library.rosters()
    first = str(problem.period.first)
    form = {"who": "1", "date": first, "kind": "lent", "begin": begin, "end": end}
    answer = client.post(f"/sick/{book.id}", data=form)
    assert "応援先の事業所と" in answer.text
    asked = asked_by(FormData({**form, "office": THERE}), desk.roster(book.id))
    assert lent_text(asked["lent"]) == f"{told} {THERE}"
    scenario = scenario_of(asked, problem, roster)
    (lending,) = scenario.lent
    assert (lending.duty.staff, lending.kind.elsewhere) == ("P", THERE)
