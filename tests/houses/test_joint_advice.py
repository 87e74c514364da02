"""Advice on a joint month that cannot be legal: as for one office, house by house.

The main office has four people and the satellite 花 two of its own and one of the
main office's, for three dates (`tests.houses.test_joint_cli`).  Nobody uses either,
the day is from 7:00 to 21:00, and two people are needed by day in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.advice.repairs import Repairs
from scheduler.advice.settings import changes
from scheduler.audit import audit
from scheduler.audit.changes.plans import compare, effects
from scheduler.domain.advice import Advice, Repair
from scheduler.domain.agreements import Prices
from scheduler.domain.base import ShiftId
from scheduler.domain.between_houses import Origin
from scheduler.domain.forecast import HouseDay
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import CoverRule, Request
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty, HouseShift, OffKind, Role, Shift
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.wording.advice import settings_texts
from scheduler.wording.repairs import (
    step_texts,
)
from tests.houses.test_joint_cli import SATELLITE, main_office, satellite
from tests.support.builders import make_forecast

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

LIMITS = SearchLimits(60, workers=2)
SECOND = satellite().period.dates[1]


def cheapest(problem: JointProblem) -> Repair:
    """Return the cheapest repair of a month."""
    made = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, made.roster)
    return next(Repairs(month, made.findings, Search(LIMITS)).find()).repair


def with_house(prices: Prices | None = None, **changed: Any) -> JointProblem:
    """Return both houses, with something changed in the satellite.

    Concessions have the prices of the house in which they are asked for.
    """
    flower = satellite()
    own = flower.office.settings.model_copy(update={"prices": prices or Prices()})
    office = flower.office.model_copy(update={"settings": own})
    flower = flower.model_copy(update={"office": office})
    return joint([main_office(), flower.model_copy(update=changed)])


def legal(problem: Problem) -> bool:
    """Tell whether the best roster keeps law and musts, by its audit."""
    made = solve(problem, LIMITS)
    return not any(one.stance.is_hard for one in audit(problem, made.roster))


def test_somebody_comes_to_the_house_that_is_short() -> None:
    """花 wants four people at ten, and only three could be there."""
    rule = {"name": "行事", "band": "10:00-11:00", "dates": [SECOND], "at_least": 4}
    problem = with_house(cover_rules=(CoverRule.model_validate(rule),))
    made = solve(problem, LIMITS)
    month = StandingMonth.untouched(problem, made.roster)
    mended = Repairs(month, made.findings, Search(LIMITS)).with_help()
    assert mended is not None
    repair = mended.repair
    assert {(one.house, one.date) for one in repair.helpers} == {(1, SECOND)}
    assert not repair.agreements
    steps = step_texts(repair, rules_of(problem), problem)
    assert all(one.startswith(SATELLITE) for one in steps)
    assert legal(repair.applied_to(problem))


def test_a_shift_is_moved_in_the_house_that_needs_it() -> None:
    """Somebody is wanted at 6:00, and the earliest shift of either house is at 7:00.

    The rule itself is dear.
    """
    rule = {"name": "早朝", "band": "6:00-7:00", "dates": [SECOND], "at_least": 1}
    rules = (CoverRule.model_validate(rule),)
    problem = with_house(Prices(must_hour=1000), cover_rules=rules)
    repair = cheapest(problem)
    (shift,) = repair.shifts
    assert isinstance(shift, HouseShift)
    assert (shift.house, shift.start, shift.symbol) == (1, 6 * 60, "早1")
    mended = repair.applied_to(problem)
    assert isinstance(mended, JointProblem)
    main, flower = mended.houses
    assert len(main.shifts) == len(problem.houses[0].shifts)
    assert type(flower.shift_by_symbol[shift.symbol]) is Shift
    assert {kind.start for kind in main.kinds if kind.elsewhere == SATELLITE} >= {360}
    assert legal(mended)
    told = step_texts(repair, rules_of(problem), problem)
    assert told[-1].startswith("花：勤務「早1」")


def test_a_lost_wish_is_told_as_its_house_has_it() -> None:
    """The early shift of the satellite has another symbol in the main office."""
    asked = {"staff": "椿 ちよこ", "date": SECOND, "want": "shift", "shifts": ["早"]}
    wish = Request.model_validate(asked)
    problem = with_house(requests=(wish,))
    symbol = problem.symbols[0][Origin(1, ShiftId("早"))]
    assert symbol != "早"
    cell: dict[str, Any] = {"staff": wish.staff, "date": SECOND}
    granted = Duty(**cell, shift=symbol, roles=(Role.CARE,))
    refused = Duty(**cell, off=OffKind.DAY_OFF)
    before, after = (Roster(duties=(duty,)) for duty in (granted, refused))
    assert effects(problem, before, after).wishes_lost == (wish,)
    (_first, candidate) = compare(
        problem, [RosterRecord.of(roster) for roster in (before, after)]
    )
    assert candidate.refused == (wish,)


def test_fewer_users_are_asked_of_the_house_that_has_too_many() -> None:
    """Each of the three has a day off, so that two work on a date, as law asks.

    During their breaks there is one, who is enough for three users (K-01).  Four fewer
    are 4 x 20 points, less than a temporary worker for 8 hours at 12.
    """
    forecast = make_forecast(satellite().period, [0, 7, 0], 0)
    problem = with_house(forecast=forecast)
    repair = cheapest(problem)
    (day,) = repair.forecast
    assert isinstance(day, HouseDay)
    assert (day.house, day.date, day.day_users) == (1, SECOND, 3)
    mended = repair.applied_to(problem)
    assert isinstance(mended, JointProblem)
    users = [house.forecast_by_date[SECOND].day_users for house in mended.houses]
    assert users == [problem.houses[0].forecast_by_date[SECOND].day_users, 3]
    assert legal(mended)
    told = step_texts(repair, rules_of(problem), problem)
    assert told == ("花：12月2日(水)の通いを7人から3人にする",)


def test_a_setting_is_changed_in_the_house_whose_it_is() -> None:
    """A rule wants nobody at noon, when law wants one (A-04).

    At most one will do: the other then has the break.
    """
    rule = {"name": "昼", "band": "12:30-13:00", "dates": [SECOND], "at_most": 0}
    problem = with_house(cover_rules=(CoverRule.model_validate(rule),))
    (change,) = changes(problem, Search(LIMITS))
    told = change.house, change.mend.code, change.mend.facts["most"]
    assert told == (SATELLITE, "cover_most", 1)
    texts = tuple(settings_texts(Advice(settings=(change,))))
    assert texts[1].startswith("花：")


def test_a_repair_survives_json() -> None:
    """It is stored in the workbooks of the houses, each part with its house."""
    day = HouseDay.model_construct(**dict(satellite().forecast.days[0]), house=1)
    shift = HouseShift.model_construct(**dict(satellite().shifts[0]), house=1)
    repair = Repair(forecast=(day,), shifts=(shift,), price=1, bound=0)
    assert Repair.model_validate_json(repair.model_dump_json()) == repair
