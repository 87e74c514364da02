"""In reserve in houses planned together: counted twice, least of all rosters."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from ortools.sat.python import cp_model

from scheduler.audit import audit
from scheduler.audit.houses import houses_of
from scheduler.domain.absences import cost
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.joint import joint
from scheduler.domain.problem import Pins
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request, Want
from scheduler.rulebook import rules_of
from scheduler.solver.reserve import ReserveModel
from scheduler.solver.reserve_gaps import reserve_gaps
from scheduler.solver.search import SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.edits import with_days_off
from scheduler.solver.standing.month import StandingMonth
from tests.houses.test_joint import few_rosters, rostered, two_houses
from tests.support.builders import make_duty
from tests.support.fixing import any_allowed
from tests.support.joint_worlds import a_joint_problem

if TYPE_CHECKING:
    from scheduler.domain.joint import JointProblem

MAIN, FLOWER = "本館", "花"


def lacking(problem: JointProblem, main: str, satellite: str) -> dict[str, list[int]]:
    """Return the dates that lack in a drawn roster, from 0, by house and kind."""
    found: dict[str, list[int]] = {}
    roster = rostered(problem, main, satellite)
    lacks = reserve_gaps(problem, roster)
    assert cost_in_model(problem, roster) == cost(lacks)
    for lack in lacks:
        days = (lack.date - problem.period.first).days
        found.setdefault(f"{lack.house} {lack.kind}", []).append(days)
    return found


def cost_in_model(problem: JointProblem, roster: RosterRecord) -> int:
    """Return what the model counts of a roster, to which it is fixed."""
    month = StandingMonth(problem, roster)
    reserve = ReserveModel(month.model, problem)
    cp, _penalty = month.cp()
    for date in problem.period.dates:
        values = month.model.values_on(date, with_days_off(problem, roster))
        assert values is not None, date
        for index, value in values.items():
            cp.add(month.model.variable(index) == value)
    cp.minimize(reserve.penalty)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(cp) == cp_model.OPTIMAL
    return reserve.cost_at(solver.response_proto.solution)


def with_p(number: int, problem: JointProblem, **fields: Any) -> JointProblem:
    """Return the houses with the line of P in one of them changed."""
    houses = list(problem.houses)
    staff = tuple(
        one.model_copy(update=fields) if one.name == "P" else one
        for one in houses[number].staff
    )
    houses[number] = houses[number].model_copy(update={"staff": staff})
    return joint(houses)


def with_contract(problem: JointProblem, **limits: Any) -> JointProblem:
    """Return the houses with limits in P's contract, as it stands at home."""
    contract = problem.houses[0].member_by_name["P"].contract
    return with_p(0, problem, contract=contract.model_copy(update=limits))


M_AND_S_WORK = "M 早早早\nP 休休休", "S 早早早\nP 休休休"
ALL = [0, 1, 2]
NOBODY = {f"{MAIN} day": ALL, f"{FLOWER} day": ALL}


def test_who_works_in_both_is_in_reserve_in_both() -> None:
    """P is off on all dates; in the satellite only as long as P has shifts there."""
    problem = two_houses()
    assert lacking(problem, *M_AND_S_WORK) == {}
    elsewhere = with_p(1, problem, shifts=())
    assert lacking(elsewhere, *M_AND_S_WORK) == {f"{FLOWER} day": ALL}


@pytest.mark.parametrize(
    ("limits", "is_ready"),
    [
        ({"minutes_max": 480}, True),
        ({"minutes_max": 479}, False),
        ({"days_off_min": 2}, True),
        ({"days_off_min": 3}, False),
    ],
)
def test_the_contract_is_that_of_the_person_s_home(
    limits: dict[str, int], is_ready: bool
) -> None:
    """One shift of eight hours more, and one day off fewer, in either house."""
    problem = with_contract(two_houses(), **limits)
    assert lacking(problem, *M_AND_S_WORK) == ({} if is_ready else NOBODY)


def test_hours_worked_in_the_satellite_are_used_up_in_the_main_office() -> None:
    """P has 16 hours: eight are worked on the first date, in the other house."""
    rosters = "M 早早早\nP 休休休", "S 早早早\nP 早休休"
    first = {f"{MAIN} day": [0], f"{FLOWER} day": [0]}
    problem = with_contract(two_houses(), minutes_max=960)
    assert lacking(problem, *rosters) == first
    problem = with_contract(two_houses(), minutes_max=959)
    assert lacking(problem, *rosters) == NOBODY


def test_wishes_and_pins_at_home_hold_in_the_satellite() -> None:
    """Of the second date only; days off before and behind it are still beside one."""
    main, flower = two_houses().houses
    date = main.period.dates[1]
    wish = Request(staff="P", date=date, want=Want.DAY_OFF)
    pin = make_duty(main, "P", date, "休")
    for given in ({"requests": (wish,)}, {"pins": Pins(duties=(pin,))}):
        problem = joint([main.model_copy(update=given), flower])
        found = lacking(problem, *M_AND_S_WORK)
        assert found == {f"{MAIN} day": [1], f"{FLOWER} day": [1]}


def test_nights_on_call_are_the_main_office_s_alone() -> None:
    """P passes the second night in the satellite, so only M could be on call in it."""
    problem = two_houses(guests=1)
    rosters = "M 休休休\nP 休休休\n宿 MMM", "S 休休休\nP 休夜明"
    assert lacking(problem, *rosters)[f"{MAIN} on_call"] == [1]
    assert f"{FLOWER} on_call" not in lacking(problem, *rosters)
    free = "M 休休休\nP 休休休\n宿 MMM", "S 休休休\nP 休休休"
    assert lacking(problem, *free) == {}


def test_model_and_report_agree() -> None:
    """Fixed to a roster of both houses, the model counts what the report counts."""
    some: Counter[str] = Counter()
    for seed in (1, 3, 6, 10, 14):
        problem = a_joint_problem(random.Random(seed))
        roster = RosterRecord.of(any_allowed(problem, seed))
        found = reserve_gaps(problem, roster)
        assert cost_in_model(problem, roster) == cost(found), seed
        some.update(f"{lack.house} {lack.kind}" for lack in found)
    assert {
        f"{house} {kind}" for house in (MAIN, FLOWER) for kind in ("day", "night")
    } <= {*some}
    assert some[f"{MAIN} on_call"]
    assert not some[f"{FLOWER} on_call"]


def test_no_roster_of_the_same_worth_has_more_in_reserve() -> None:
    """Held against all rosters of two dates; each house is told its own part."""
    problem, rosters = few_rosters()
    best: list[int] = []
    costs: list[int] = []
    for roster in rosters:
        findings = audit(problem, roster)
        if any(one.stance is Stance.ENFORCED for one in findings):
            continue
        totals = rules_of(problem).level_totals(findings)
        worth = [totals[level] for level in LEVELS]
        if not best or worth < best:
            best, costs = worth, []
        if worth == best:
            costs.append(cost(reserve_gaps(problem, roster)))
    made = solve(problem, SearchLimits(60, workers=2), robust=True).roster
    assert cost(reserve_gaps(problem, made)) == min(costs)
    assert made.provenance is not None
    gained = made.provenance.reserve
    assert gained is not None
    assert (gained.bound, gained.is_best) == (min(costs), True)
    told = []
    for house in houses_of(problem, RosterRecord.of(made)):
        assert house.roster.provenance is not None
        own = house.roster.provenance.reserve
        assert own is not None
        assert own.is_best
        told += [
            (house.problem.office.name, lack.date, lack.kind) for lack in own.after
        ]
    assert told == [(one.house, one.date, one.kind) for one in gained.after]
