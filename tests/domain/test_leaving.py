"""Somebody who leaves in mid-month: what of theirs ends, and what is still owed."""

from __future__ import annotations

import pytest

from scheduler.audit import consistency
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.problem import Pins
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request, Strength, Want
from scheduler.domain.scenario import Leaving, Scenario
from scheduler.domain.shifts import OnCall
from scheduler.solver.solve import solve
from scheduler.whatif import replan
from scheduler.whatif.scenario_effects import apply_scenario
from tests.support.builders import make_duty, with_duties, with_on_call
from tests.support.impossible import CARER, MANAGER, date_of, office

DAYS = 10
LAST = 3
"""Day after the first that is the last of the carer's: four of ten dates."""

USUAL = office(
    days=DAYS,
    carer={
        "on_call": True,
        "contract": {
            "full_time": True,
            "day_minutes": 300,
            "minutes_min": 10 * 300,
            "minutes_max": 12 * 300,
            "days_off_min": 4,
            "nights_min": 3,
            "nights_max": 5,
        },
    },
)


def pinned(name: str) -> Pins:
    return Pins(
        duties=tuple(
            make_duty(USUAL, name, date_of(day), "休") for day in (LAST, LAST + 1)
        ),
        on_call=tuple(OnCall(staff=name, date=date_of(day)) for day in (1, LAST + 2)),
    )


def wished(name: str) -> tuple[Request, ...]:
    return tuple(
        Request(
            staff=name,
            date=date_of(day),
            want=Want.SHIFT,
            shifts=("日",),
            strength=Strength.MUST,
        )
        for day in (LAST, LAST + 1)
    )


def agreed(name: str) -> tuple[Agreement, ...]:
    spots = (
        Spot(rule="L-01", facet="available", staff=name, date=date_of(LAST)),
        Spot(rule="L-01", facet="available", staff=name, date=date_of(LAST + 1)),
        Spot(rule="L-03", facet="hours_max", staff=name),
    )
    return tuple(Agreement(spot=spot, amount=1) for spot in spots)


def left(name: str = CARER) -> tuple[Pins, tuple[Request, ...], tuple[Agreement, ...]]:
    """Let the carer leave, and return what speaks of a person."""
    problem = USUAL.model_copy(
        update={
            "pins": pinned(name),
            "requests": wished(name),
            "agreements": agreed(name),
        }
    )
    leaving = Leaving(staff=CARER, last=date_of(LAST))
    scenario = Scenario(now=date_of(LAST), leaving=(leaving,))
    now = scenario.applied_to(problem, RosterRecord(duties=()))
    return now.pins, now.requests, now.agreements


def test_pins_wishes_and_agreements_end_with_the_last_day() -> None:
    pins, requests, agreements = left()
    assert [pin.date for pin in pins.duties] == [date_of(LAST)]
    assert [night.date for night in pins.on_call] == [date_of(1)]
    assert [request.date for request in requests] == [date_of(LAST)]
    assert [one.spot.date for one in agreements] == [date_of(LAST), None]


def test_those_of_others_stay() -> None:
    assert left(MANAGER) == (pinned(MANAGER), wished(MANAGER), agreed(MANAGER))


def test_what_is_left_is_a_problem_that_can_be_read() -> None:
    """A pin beyond the last day would be a mistake in the accepted roster's JSON."""
    problem = USUAL.model_copy(update={"pins": pinned(CARER)})
    leaving = Leaving(staff=CARER, last=date_of(LAST))
    scenario = Scenario(now=date_of(LAST), leaving=(leaving,))
    now = scenario.applied_to(problem, RosterRecord(duties=()))
    found = {one.code for one in consistency.mistakes(now)}
    assert "pin_not_employed" not in found


@pytest.mark.parametrize(
    ("last", "hours", "days_off", "nights"),
    [(LAST, 4, 2, 1), (DAYS - 1, 10, 4, 3)],
)
def test_the_contract_asks_for_the_part(
    last: int, hours: int, days_off: int, nights: int
) -> None:
    """Four tenths of ten days of 300 minutes, of four days off, and of three nights.

    Days off are rounded, 1.6 to 2, and nights cut, 1.2 to 1; what is allowed at most
    may have been used by then, and stays.
    """
    leaving = Leaving(staff=CARER, last=date_of(last))
    scenario = Scenario(now=date_of(0), leaving=(leaving,))
    now = scenario.applied_to(USUAL, RosterRecord(duties=()))
    contract = now.member_by_name[CARER].contract
    assert contract.minutes_min == hours * 300
    assert contract.days_off_min == days_off
    assert contract.nights_min == nights
    assert (contract.minutes_max, contract.nights_max) == (12 * 300, 5)
    assert now.member_by_name[MANAGER] == USUAL.member_by_name[MANAGER]


@pytest.mark.parametrize(
    ("day", "now"), [(LAST + 2, LAST + 1), (LAST, LAST), (LAST, 0)]
)
def test_whoever_has_left_is_on_call_no_more(day: int, now: int) -> None:
    """Nor in the night that begins on the last day, though the roster has it so."""
    made = solve(USUAL).roster
    night = date_of(day)
    others = [call for call in made.on_call if call.date != night]
    called = (*others, OnCall(staff=CARER, date=night))
    roster = made.model_copy(update={"on_call": called})
    leaving = Leaving(staff=CARER, last=date_of(LAST))
    scenario = Scenario(now=date_of(now), leaving=(leaving,))
    plan = next(replan(USUAL, roster, scenario))
    assert plan.roster.on_call_by_date.get(night) != CARER
    assert {finding.rule for finding in plan.findings}.isdisjoint({"L-01"})


def test_nobody_else_on_call_is_no_reason_to_keep_whoever_leaves() -> None:
    """The night of the last day stays without anybody; the nights before are kept."""
    alone = office(days=DAYS, carer={"on_call": True}, others={"on_call": False})
    needing = alone.office.model_copy(update={"contact_system": False})
    problem = alone.model_copy(update={"office": needing})
    roster = solve(problem).roster
    assert roster.on_call_by_date[date_of(LAST)] == CARER
    leaving = Leaving(staff=CARER, last=date_of(LAST))
    scenario = Scenario(now=date_of(1), leaving=(leaving,))
    plan = next(replan(problem, roster, scenario))
    called = plan.roster.on_call_by_date
    assert {date for date, name in called.items() if name == CARER} == {
        date_of(day) for day in range(LAST)
    }


def test_the_last_day_has_no_night_that_ends_after_it() -> None:
    """夜 and the night on call of the last day are taken off, and what was pinned."""
    pins = Pins(
        duties=(make_duty(USUAL, CARER, date_of(LAST), "夜"),),
        on_call=(OnCall(staff=CARER, date=date_of(LAST)),),
    )
    problem = USUAL.model_copy(update={"pins": pins})
    roster = RosterRecord(
        duties=tuple(
            make_duty(USUAL, member.name, date, "休")
            for member in USUAL.staff
            for date in USUAL.period.dates
        )
    )
    roster = with_on_call(
        with_duties(roster, *pins.duties), date_of(LAST), pins.on_call[0].staff
    )
    leaving = (Leaving(staff=CARER, last=date_of(LAST)),)
    for now, is_past in ((LAST, False), (LAST + 1, True)):
        scenario = Scenario(now=date_of(now), leaving=leaving)
        month = scenario.applied_to(problem, roster)
        stands = apply_scenario(month, roster, scenario)
        assert month.pins == Pins()
        begun = stands.by_cell[CARER, date_of(LAST)].shift
        assert (begun == "夜") is is_past
        assert (date_of(LAST) in stands.on_call_by_date) is is_past
