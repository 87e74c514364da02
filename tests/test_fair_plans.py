"""Of plans that ask as much of people, the one that is fairer comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.domain.base import StaffId
from scheduler.domain.ledger import Carried, LedgerEntry
from scheduler.domain.scenario import Absence, Scenario
from scheduler.solver.search import SearchLimits
from scheduler.whatif.replan import replan
from tests.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

SATURDAY = dt.date(2027, 2, 6)


@pytest.mark.parametrize(("burdened", "asked"), [("B", "C"), ("C", "B")])
def test_whoever_had_fewer_weekends_is_asked(burdened: str, asked: str) -> None:
    """A is ill on a Saturday; B and C are off, and one has six weekends too many."""
    ledger = [
        LedgerEntry(staff=StaffId(burdened), rest_day=Carried(times=10, share=4_000))
    ]
    problem = make_problem(
        [make_staff(name, shifts=["日"]) for name in "ABC"],
        period=(period := make_period(1, SATURDAY)),
        shifts=(make_shift("日", "7:00-12:30", []),),
        office=make_office(
            night_band="12:30-31:00",
            contact_system=True,
            users_reading="forecast",
            full_time_day=60,
            house_ratio="must",
            capacity={"registered": 12, "day_use": 6, "overnight": 4},
        ),
        forecast=make_forecast(period, 1, 0, 0),
        ledger=ledger,
    )
    roster = make_roster(problem, "A 日\nB 休\nC 休")
    absent = Absence(staff=StaffId("A"), first=SATURDAY, last=SATURDAY)
    scenario = Scenario(now=SATURDAY, absences=(absent,))
    plan = next(replan(problem, roster, scenario, SearchLimits(20, 1)))
    assert plan.disturbed == (asked,)
    assert plan.is_least
