"""What is fixed beforehand is what the search gives, unless law or contract forbid."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit, consistency
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Pins
from scheduler.domain.requests import Request
from scheduler.domain.shifts import OffKind
from scheduler.solver.solve import SearchLimits, solve
from scheduler.wording.command_line import of_roster
from tests.support.builders import FIRST, make_duty, make_problem, make_roster
from tests.support.fixing import judge
from tests.support.tiny import STAFF, tiny_problem

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.solver.solve import Solution

MANAGER, PLANNER, NURSE, CARER = (str(person["name"]) for person in STAFF)
QUICK = SearchLimits(seconds=30, workers=2)


def day(number: int) -> dt.date:
    """Return a date of the tiny office's December."""
    return dt.date(2026, 12, number)


def pinned(*duties: dict[str, Any], on_call: tuple[Any, ...] = ()) -> Problem:
    """Make the tiny office with pins."""
    pins = Pins.model_validate({"duties": duties, "on_call": on_call})
    return tiny_problem().model_copy(update={"pins": pins})


def level(solution: Solution, stance: Stance) -> int:
    return next(o.value for o in solution.outcomes if o.level is stance)


def test_pins_are_kept() -> None:
    """A shift in a role, a day off, leave nobody asked for, and a night on call."""
    problem = pinned(
        {"staff": MANAGER, "date": day(1), "shift": "遅", "roles": ["manager"]},
        {"staff": CARER, "date": day(1), "off": "day_off"},
        {"staff": NURSE, "date": day(2), "off": "paid_leave"},
        on_call=({"staff": PLANNER, "date": day(3)},),
    )
    assert consistency.mistakes(problem) == ()
    solution = solve(problem, QUICK)
    for pin in problem.pins.duties:
        duty = solution.roster.by_cell[pin.staff, pin.date]
        assert (duty.shift, duty.roles, duty.off) == (pin.shift, pin.roles, pin.off)
    assert solution.roster.on_call_by_date[day(3)] == PLANNER
    assert level(solution, Stance.PINNED) == 0
    assert solution.is_legal


@pytest.mark.parametrize(
    ("pin", "stands", "broken"),
    [
        ({"shift": "早"}, "欠", 0),
        ({"shift": "早"}, "有", 0),
        ({"shift": "早"}, "休", 1),
        ({"off": "day_off"}, "欠", 0),
        ({"off": "day_off"}, "有", 0),
        ({"off": "absent"}, "欠", 0),
        ({"off": "absent"}, "有", 0),
        ({"off": "absent"}, "休", 1),
        ({"off": "paid_leave"}, "欠", 0),
    ],
)
def test_whoever_did_not_come_broke_no_pin(
    pin: dict[str, str], stands: str, broken: int
) -> None:
    """An absence, also one that was made paid leave; audit and model say the same."""
    problem = make_problem(
        ["A"],
        days=3,
        pins={"duties": [{"staff": "A", "date": FIRST + ONE_DAY, **pin}]},
    )
    roster = make_roster(problem, f"A 日{stands}日")
    found = [one for one in audit(problem, roster) if one.rule == "W-02"]
    assert sum(one.amount for one in found) == broken
    verdict = judge(problem, roster, standing=roster)
    assert verdict.amounts.get(("W-02", "duty"), 0) == broken


def test_leave_that_was_asked_for_takes_no_pin_away() -> None:
    """The manager fixed the shift although leave was wished for."""
    wish = {"staff": "A", "date": FIRST + ONE_DAY, "want": "paid_leave"}
    problem = make_problem(
        ["A"],
        days=3,
        pins={"duties": [{"staff": "A", "date": FIRST + ONE_DAY, "shift": "早"}]},
        requests=[Request.model_validate(wish)],
    )
    roster = make_roster(problem, "A 日有日")
    assert [one.rule for one in audit(problem, roster)].count("W-02") == 1
    verdict = judge(problem, roster, standing=roster)
    assert verdict.amounts["W-02", "duty"] == 1


def test_absence_is_where_it_was_entered_and_nowhere_else() -> None:
    """Hours and days off would gain by more of it."""
    absent = {"staff": CARER, "date": day(2), "off": "absent"}
    problem = pinned(absent)
    staff = tuple(_with_contract(m, days_off_min=3) for m in problem.staff)
    solution = solve(problem.model_copy(update={"staff": staff}), QUICK)
    found = [duty for duty in solution.roster.duties if duty.off is OffKind.ABSENT]
    assert [(duty.staff, duty.date) for duty in found] == [(CARER, day(2))]
    assert level(solution, Stance.PINNED) == 0


def test_absence_after_last_month_s_night_is_given_up() -> None:
    """F-07 forbids the pin as it forbids a day off, and the roster says so."""
    problem = pinned({"staff": CARER, "date": day(1), "off": "absent"})
    night = make_duty(problem, CARER, FIRST - ONE_DAY, "夜")
    history = problem.history.model_copy(update={"duties": (night,)})
    solution = solve(problem.model_copy(update={"history": history}), QUICK)
    assert level(solution, Stance.PINNED) == 1
    off = solution.roster.by_cell[CARER, day(1)].off
    assert off in (None, OffKind.AFTER_NIGHT)


def test_pins_come_before_the_law_on_staffing() -> None:
    """Everybody fixed off: the pins hold, and the shortage is told."""
    problem = pinned(
        *(
            {"staff": person["name"], "date": day(2), "off": "day_off"}
            for person in STAFF
        )
    )
    solution = solve(problem, QUICK)
    assert level(solution, Stance.PINNED) == 0
    assert level(solution, Stance.STATUTORY) > 0
    assert of_roster(solution.roster, solution.findings) is Exit.NOT_LEGAL


def test_a_pin_against_an_enforced_rule_is_given_up() -> None:
    """A night for somebody protected from night work: told, and proven not possible."""
    problem = pinned({"staff": CARER, "date": day(2), "shift": "夜"})
    staff = tuple(_without_nights(member) for member in problem.staff)
    solution = solve(problem.model_copy(update={"staff": staff}), QUICK)
    assert {f.rule for f in solution.findings if f.stance.is_hard} == {"W-02"}
    assert level(solution, Stance.PINNED) == 1
    assert of_roster(solution.roster, solution.findings) is Exit.NOT_LEGAL


def _without_nights(member: StaffMember) -> StaffMember:
    changed = {**member.model_dump(), "no_night": {"first": day(1)}}
    return type(member).model_validate(changed)


def _with_contract(member: StaffMember, **fields: Any) -> StaffMember:
    contract = member.contract.model_copy(update=fields)
    return member.model_copy(update={"contract": contract})


def test_without_pins_there_is_no_such_level() -> None:
    """Nothing is said of pins where there are none."""
    outcomes = solve(tiny_problem(), QUICK).outcomes
    assert Stance.PINNED not in {outcome.level for outcome in outcomes}


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ({"date": day(9), "shift": "早"}, "date_outside"),
        ({"date": day(1)}, "duty_unclear"),
        ({"date": day(1), "shift": "朝"}, "unknown_shift"),
        ({"date": day(1), "shift": "早", "roles": ["care"] * 2}, "duty_roles"),
        ({"date": day(1), "shift": "早", "roles": ["nurse"]}, "pin_roles"),
        ({"date": day(1), "off": "away"}, "pin_not_away"),
    ],
)
def test_pins_that_cannot_be_are_mistakes(pin: dict[str, Any], code: str) -> None:
    """What no roster could give is told before anything is searched."""
    problem = pinned({"staff": CARER, **pin})
    assert {one.code for one in consistency.mistakes(problem)} == {code}


def test_a_cell_and_a_night_are_pinned_once() -> None:
    """Two pins for one cell cannot both hold."""
    twice = {"staff": CARER, "date": day(1)}
    problem = pinned(
        {**twice, "shift": "早"},
        {**twice, "shift": "遅"},
        on_call=(twice, {**twice, "staff": PLANNER}),
    )
    codes = [one.code for one in consistency.mistakes(problem)]
    assert codes == ["duplicate_duties", "duplicate_on_call"]
