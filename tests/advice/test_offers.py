"""Each kind of thing that can be offered is the cheapest way out of some office."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.advice.offers import Offers, to_be_mended
from scheduler.advice.repairs import Repairs
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.shifts import Role
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.weights import POINT
from tests.support.builders import make_shift
from tests.support.impossible import (
    BAND_MINUTES,
    CARER,
    NIGHTLY,
    date_of,
    guests_on,
    leave,
    night_workers,
    office,
)

if TYPE_CHECKING:
    from scheduler.domain.advice import Repair
    from scheduler.domain.problem import Problem

HOUR = 60


def cheapest(problem: Problem) -> Repair:
    """Return the cheapest repair, which was confirmed and mends everything."""
    solution = solve(problem)
    month = StandingMonth.untouched(problem, solution.roster)
    mender = Repairs(month, solution.findings, Search(SearchLimits()))
    repair = next(mender.find()).repair
    assert repair.is_cheapest
    assert not repair.remaining
    return repair


def with_settings(problem: Problem, **settings: Any) -> Problem:
    own = problem.office.settings.model_copy(update=settings)
    return problem.model_copy(
        update={"office": problem.office.model_copy(update={"settings": own})}
    )


def test_a_part_timer_comes_on_another_day() -> None:
    """Saturday's only day worker has weekdays; one more day is 15, help 5 x 12."""
    weekdays = [0, 1, 2, 3, 4]
    problem = office(
        days=5, carer={"weekdays": weekdays}, others={"weekdays": weekdays}
    )
    repair = cheapest(problem)
    saturday = date_of(4)
    assert saturday.weekday() == 5
    assert repair.price == 15 * POINT
    [agreement] = repair.agreements
    assert agreement.spot.facet == "available"
    assert agreement.spot.date == saturday


def test_a_guest_stays_on_another_night() -> None:
    """Both night workers have leave, 40 each; to move the one guest is 25."""
    leaves = [leave(NIGHTLY[0], 1), leave(NIGHTLY[1], 1)]
    problem = office(*night_workers(), overnight=[0, 1, 0, 0, 0, 0, 0], requests=leaves)
    repair = cheapest(problem)
    assert repair.price == 25 * POINT
    moved = {day.date: day.overnight for day in repair.forecast}
    assert moved[date_of(1)] == 0
    assert sum(1 for guests in moved.values() if guests) == 1
    assert not repair.agreements
    assert not repair.helpers


def test_a_guest_does_not_stay_where_the_house_is_full() -> None:
    problem = office(overnight=[9, 1, 9, 9, 9, 9, 9])
    full = problem.office.capacity.overnight
    problem = office(overnight=[full, 1, full, full, full, full, full])
    offers = Offers(problem, to_be_mended(solve(problem).findings))
    more = [
        day
        for day in offers.days
        if (day.overnight or 0) > (problem.forecast_by_date[day.date].overnight or 0)
    ]
    assert [day.date for day in more] == [date_of(1)]


def test_nobody_absent_is_asked_to_come() -> None:
    """Both night workers are off, as it was pinned: 20; absent, the guest moves: 25."""
    off, absent = (
        office(
            *night_workers(),
            overnight=[0, 1, 0, 0, 0, 0, 0],
            pins={
                "duties": [
                    {"staff": name, "date": date_of(1), "off": kind} for name in NIGHTLY
                ]
            },
        )
        for kind in ("day_off", "absent")
    )
    assert cheapest(off).price == 20 * POINT
    repair = cheapest(absent)
    assert repair.price == 25 * POINT
    assert not repair.agreements


def test_overtime_within_the_agreement() -> None:
    """Three nights of 18 hours are 54, the cap of seven days is 40: 14 x 10 points."""
    [worker, _] = night_workers()
    problem = with_settings(
        office(worker, overnight=guests_on(0, 2, 4)),
        overtime_most=14 * HOUR,
    )
    repair = cheapest(problem)
    cap = Spot(rule="F-02", facet="month", staff=worker.name)
    assert repair.agreements == (Agreement(spot=cap, amount=14 * HOUR),)
    assert repair.price == 14 * 10 * POINT


def test_no_overtime_beyond_the_agreement() -> None:
    """One hour less, and it is no way out: a night's help is 18 x 12."""
    [worker, _] = night_workers()
    problem = with_settings(
        office(worker, overnight=guests_on(0, 2, 4)),
        overtime_most=13 * HOUR,
    )
    repair = cheapest(problem)
    assert repair.price == 18 * 12 * POINT
    [helper] = repair.helpers
    assert helper.role is Role.CARE
    assert helper.minutes == 18 * HOUR
    assert helper.begin.time() == dt.time(13)
    assert (helper.end - helper.begin) == dt.timedelta(hours=19)


def test_a_third_night_in_a_row() -> None:
    """With overtime to spare the row of three is what has to be agreed: 25 + 140."""
    [worker, _] = night_workers()
    problem = with_settings(
        office(worker, overnight=guests_on(0, 2, 4)),
        nights_in_a_row_most=2,
        overtime_most=45 * HOUR,
    )
    repair = cheapest(problem)
    assert repair.price == (25 + 140) * POINT
    facets = {agreement.spot.facet for agreement in repair.agreements}
    assert facets == {"month", "nights_in_a_row"}


def test_a_shift_at_other_hours() -> None:
    """Nobody is there from 12:30 on; a shift moved by half an hour is 15 points."""
    early = make_shift("早", "8:00-12:30", [])
    problem = office(days=2, day_shift=early)
    repair = cheapest(problem)
    dates = {agreement.spot.date for agreement in repair.agreements}
    assert dates == {date_of(0), date_of(1)}
    assert repair.price == 2 * 15 * POINT
    [shift] = repair.shifts
    assert (shift.start, shift.end) == (8 * HOUR + 30, 13 * HOUR)


def test_one_who_works_nights_is_asked_to_be_on_call() -> None:
    """Nobody is on call in a night with guests: somebody is asked for just that."""
    problem = office(
        *night_workers(),
        overnight=guests_on(2),
        carer={"on_call": False},
        others={"on_call": False},
    )
    solution = solve(problem)
    broken = to_be_mended(solution.findings)
    assert [(one.rule, one.facet) for one in broken] == [("A-06", "on_call")]
    assert broken[0].amount == BAND_MINUTES
    repair = cheapest(problem)
    assert repair.price == 15 * POINT
    [agreement] = repair.agreements
    assert agreement.spot.name == "on_call"
    assert agreement.spot.staff in NIGHTLY


def test_nobody_is_asked_for_nights_who_does_none() -> None:
    problem = office(overnight=guests_on(2))
    offers = Offers(problem, to_be_mended(solve(problem).findings))
    night = Spot(rule="L-01", facet="duty", staff=CARER, date=date_of(2), name="夜")
    assert offers.relaxation(night) == 0
    assert offers.relaxation(night.model_copy(update={"name": "日"})) == 1
