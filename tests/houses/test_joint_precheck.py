"""The precheck of houses planned together: each by itself, and everybody once."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import Wanted, make
from scheduler.audit.houses import houses_of
from scheduler.cli.advice import advice_text
from scheduler.domain.finding import Stance
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.precheck import Line, Verdict
from scheduler.domain.problem import Pins
from scheduler.domain.record import AuditedMonth
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.samples import komorebi, tsubomi
from scheduler.files.samples.building import SATURDAY
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_workbook
from scheduler.model import build
from scheduler.precheck import precheck, precheck_houses
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search, hold_levels
from scheduler.solver.solve import SearchLimits, solve
from tests.houses.test_joint import two_houses
from tests.houses.test_joint_cli import main_office, satellite
from tests.support.builders import make_forecast
from tests.support.joint_worlds import a_joint_problem
from tests.support.thorough import first_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.problem import Problem
    from scheduler.solver.solution import Solution

LIMITS = SearchLimits(60, workers=2)


def with_guests_everywhere(nights_of_main: int) -> JointProblem:
    """Return two houses with a guest each on the first night; M has so many nights."""
    most = {"M": nights_of_main, "S": 0, "P": 1}
    houses = []
    for house in two_houses().houses:
        first, *rest = make_forecast(house.period, 0, 0).days
        days = (first.model_copy(update={"overnight": 1}), *rest)
        contracts = (
            member.contract.model_copy(update={"nights_max": most[member.name]})
            for member in house.staff
        )
        staff = (
            member.model_copy(update={} if member.home else {"contract": contract})
            for member, contract in zip(house.staff, contracts, strict=True)
        )
        forecast = house.forecast.model_copy(update={"days": days})
        update = {"forecast": forecast, "staff": tuple(staff)}
        houses.append(house.model_copy(update=update))
    return joint(houses)


def pooled(problem: JointProblem, code: str) -> Line:
    """Return the line of all houses together with a code."""
    name, lines = precheck_houses(problem)[-1]
    assert name == ""
    return next(line for line in lines if line.code == code)


@pytest.mark.parametrize(("nights", "is_enough"), [(0, False), (1, True)])
def test_who_works_in_both_houses_counts_once(nights: int, *, is_enough: bool) -> None:
    """P can pass the night in either house, but not in both.

    Each house alone has as many nights as it needs.
    """
    problem = with_guests_everywhere(nights)
    for _name, lines in precheck_houses(problem)[:-1]:
        assert not [
            line
            for line in lines
            if line.code.startswith("night") and line.verdict is Verdict.IMPOSSIBLE
        ]
    line = pooled(problem, "night_month")
    assert (line.required, line.possible) == (2, 1 + nights)
    assert (line.verdict is Verdict.IMPOSSIBLE) is not is_enough


def nights_of_samples(
    change: Callable[[Problem], Problem] = lambda house: house,
) -> tuple[Verdict, int, int]:
    """Return what is said of the nights of both sample houses, the satellite changed.

    Of the nights needed, and of those that contracts allow.
    """
    problem = joint([komorebi(), change(tsubomi())])
    line = pooled(problem, "night_month")
    return line.verdict, line.required, line.possible


def test_the_joint_samples_have_as_many_nights_as_they_need() -> None:
    """31 in the main office, 24 in the satellite: none on 5 Sundays and 2 holidays.

    The satellite's own people pass 23 of its 24: she of the main office the last.
    """
    assert nights_of_samples() == (Verdict.TIGHT, 55, 55)
    own = tsubomi().home
    (alone,) = (one for one in precheck(own) if one.code == "night_month")
    assert (alone.required, alone.possible) == (24, 23)


def test_with_one_guest_more_the_joint_samples_miss_a_night() -> None:
    """On the first Sunday, on which nobody stays in the satellite otherwise."""

    def with_a_guest(house: Problem) -> Problem:
        date = dt.date(2027, 1, 3)
        day = house.forecast_by_date[date]
        assert day.overnight == 0
        days = [day.model_copy(update={"overnight": 1})]
        return house.model_copy(update={"forecast": house.forecast.with_days(days)})

    assert nights_of_samples(with_a_guest) == (Verdict.IMPOSSIBLE, 56, 55)


def test_without_one_day_of_a_part_timer_the_joint_samples_miss_a_night() -> None:
    """Who passes the five Saturdays in the satellite is on leave on one of them."""

    def on_leave(house: Problem) -> Problem:
        name = next(m.name for m in house.staff if m.contract.weekdays == (SATURDAY,))
        leave = Duty(staff=name, date=dt.date(2027, 1, 9), off=OffKind.PAID_LEAVE)
        return house.model_copy(update={"pins": Pins(duties=(leave,))})

    assert nights_of_samples(on_leave) == (Verdict.IMPOSSIBLE, 55, 54)


def test_hours_of_a_date_go_to_one_house() -> None:
    """With a user in each house by day, P cannot bring their day to both."""
    problem = joint(
        [
            house.model_copy(update={"forecast": make_forecast(house.period, 1, 0)})
            for house in two_houses().houses
        ]
    )
    line = pooled(problem, "care_hours")
    alone = [
        next(one for one in lines if one.code == "care_hours")
        for _name, lines in precheck_houses(problem)[:-1]
    ]
    assert line.required == sum(one.required for one in alone)
    assert line.possible < sum(one.possible for one in alone)
    assert set(line.people) == {"M", "S", "P"}


@pytest.mark.parametrize("seed", first_of(range(5), 2))
def test_what_is_called_impossible_is(seed: int) -> None:
    """No roster of both houses keeps law, musts and pins then; nor contracts."""
    problem = a_joint_problem(random.Random(seed))
    _name, lines = precheck_houses(problem)[-1]
    called = [line for line in lines if line.verdict is Verdict.IMPOSSIBLE]
    if not called:
        return
    model = build(problem)
    kept = [Stance.PINNED, Stance.STATUTORY, Stance.MUST]
    if all(line.contract for line in called):
        kept.append(Stance.CONTRACT)
    hold_levels(model, model.cp, dict.fromkeys(kept, 0))
    assert not Search(LIMITS).run(model.cp, LIMITS.seconds).values


def test_causes_and_repairs_name_the_house_whose_limits_they_are() -> None:
    """Both who belong to the satellite are pinned off: either pin's end is enough.

    Two are needed there on each date (A-12), and only one more works there.
    """
    there = satellite()
    date = there.period.dates[1]
    off = {"date": date, "off": OffKind.DAY_OFF}
    own = [member.name for member in there.home.staff]
    pins = Pins(duties=tuple(Duty(staff=name, **off) for name in own))
    problem = joint([main_office(), there.model_copy(update={"pins": pins})])
    (made,) = make(problem, LIMITS, Wanted())
    advice = made.roster.advice
    assert advice is not None
    (cause,) = advice.causes
    assert {(one.rule, one.house) for one in cause.spots} == {("A-12", "花")}
    pinned = {("W-02", name, "花") for name in own}
    assert {(one.rule, one.staff, one.house) for one in cause.conditions} == pinned
    *agreed, helped = advice.repairs
    spots = [one.spot for repair in agreed for one in repair.agreements]
    assert {(one.rule, one.staff, one.house) for one in spots} == pinned
    (helper,) = helped.helpers
    assert (helper.house, helper.date, helped.agreements) == (1, date, ())
    told = advice_text(problem, made.roster, rules_of(problem))
    assert {line.house for line in advice.sums} == {"花"}
    # Somebody more in the main office brings nothing to the satellite.
    short = {one.house: one.short_after for one in advice.hires if one.is_best}
    assert set(short) == {"本館", "花"}
    assert {one.short_after for one in advice.hires if one.house == "本館"} == {360}
    assert 0 in {one.short_after for one in advice.hires if one.house == "花"}
    assert_in_both_books(problem, made, told)
    # With each repair the month is legal, and what it brings is in its own house.
    for repair in (agreed[0], helped):
        mended = repair.applied_to(problem)
        assert isinstance(mended, JointProblem)
        main, there = mended.houses
        assert (main.agreements, main.staff) == ((), problem.houses[0].staff)
        more = len(there.agreements), len(there.staff) - len(problem.houses[1].staff)
        assert more == ((1, 0) if repair is agreed[0] else (0, 1))
        assert solve(mended, LIMITS).is_legal


def assert_in_both_books(problem: JointProblem, made: Solution, told: str) -> None:
    """Both workbooks tell causes and repairs of all houses, and name the house."""
    whole = AuditedMonth(problem, made.roster, made.findings)
    pages = []
    for house in houses_of(problem, made.roster):
        assert house.roster.advice is None
        assert house.roster.advice_of_all == made.roster.advice
        book = build_workbook(Book(*house, whole=whole))
        pages.append(
            [
                str(cell.value)
                for title in ("原因", "解決策", "増員の効果")
                for row in book[title].iter_rows()
                for cell in row
                if cell.value is not None
            ]
        )
    assert pages[0] == pages[1]
    steps = [text for text in pages[0] if text.startswith("花：12月2日")]
    assert any("応援" in text for text in steps)
    assert all(text in told for text in steps)
