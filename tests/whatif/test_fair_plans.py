"""Of plans that ask as much of people, the one that is fairer comes first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pytest
from ortools.sat.python.cp_model import CpModel

from scheduler.audit.findings import Tolerated
from scheduler.constraints.language.scope import Objectives
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.ledger import Carried, LedgerEntry
from scheduler.domain.plan import Gain
from scheduler.domain.problem import Problem
from scheduler.domain.scenario import Absence, Scenario
from scheduler.page.jobs.replanning import plan_card
from scheduler.rulebook import load, rules_of
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.widening import best_in_order
from scheduler.solver.weights import EXACT, TIES, in_order
from scheduler.whatif.replan import replan
from scheduler.wording.plans import claim_text
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

SATURDAY = dt.date(2027, 2, 6)


def of_one_a_day(people: str, days: int, ledger: Sequence[LedgerEntry] = ()) -> Problem:
    """Return an office in which one person works by day, whoever it is."""
    return make_problem(
        [make_staff(name, shifts=["日"]) for name in people],
        period=(period := make_period(days, SATURDAY)),
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


@pytest.mark.parametrize(("burdened", "asked"), [("B", "C"), ("C", "B")])
def test_whoever_had_fewer_weekends_is_asked(burdened: str, asked: str) -> None:
    """A is ill on a Saturday; B and C are off, and one has six weekends too many."""
    ledger = [
        LedgerEntry(staff=StaffId(burdened), rest_day=Carried(times=10, share=4_000))
    ]
    problem = of_one_a_day("ABC", 1, ledger)
    roster = make_roster(problem, "A 日\nB 休\nC 休")
    absent = Absence(staff=StaffId("A"), first=SATURDAY, last=SATURDAY)
    scenario = Scenario(now=SATURDAY, absences=(absent,))
    plan = next(replan(problem, roster, scenario, SearchLimits(20, 1)))
    assert plan.disturbed == (asked,)
    assert plan.is_least


@pytest.mark.parametrize(("days", "shared"), [(3, "BCD"), (1, "")])
def test_what_one_person_would_do_alone_is_shared_out(days: int, shared: str) -> None:
    """A is ill for three days; B can take them all, or B, C and D one each."""
    problem = of_one_a_day("ABCD", days)
    cells = "\n".join(f"{name} {'日' if name == 'A' else '休'}" for name in "ABCD")
    roster = make_roster(problem, re.sub("([日休])", r"\1" * days, cells))
    last = SATURDAY + (days - 1) * ONE_DAY
    absent = Absence(staff=StaffId("A"), first=SATURDAY, last=last)
    scenario = Scenario(now=SATURDAY, absences=(absent,))
    plans = list(replan(problem, roster, scenario, SearchLimits(60, 1), most=4))
    first = plans[0]
    assert (len(first.disturbed), first.is_least, first.gain) == (1, True, None)
    found = [one for one in plans if one.gain is Gain.SHARES]
    assert ["".join(one.disturbed) for one in found] == [shared] * bool(shared)
    for one in found:
        assert plans.index(one) == 1
        assert {ask.staff: ask.date for ask in one.asks}.keys() == set(shared)
        assert len(one.asks) == days
        assert claim_text(one, 2).startswith("分担する案")
        assert plan_card(one, rules_of(problem), Tolerated(rules_of(problem), ()))[
            "shares"
        ]


@pytest.mark.parametrize("guidelines", [9_000, 20_000, 2**51, 2**52 + 2**51])
def test_one_step_of_fairness_outweighs_all_guidelines(guidelines: int) -> None:
    """Up to 2^51 one search has both levels, above it one follows the other."""
    cp = CpModel()
    objectives = Objectives(cp, {})
    rulebook = load(make_period(1, SATURDAY))
    unfair, missed = cp.new_bool_var("unfair"), cp.new_int_var(0, guidelines, "missed")
    cp.add(missed + guidelines * unfair >= guidelines)
    for key, slack in ((("M-01", "off_1"), unfair), (("P-04", "guideline"), missed)):
        spot = Spot(rule=key[0], facet=key[1])
        facet = rulebook.facet_of(spot).model_copy(update={"weight": 1})
        objectives.charge(spot, facet, slack, 1)
    objectives.settle()
    searches = list(in_order({level: objectives.highest(level) for level in TIES[1:]}))
    assert len(searches) == 1 + (guidelines > 2**51)
    search = Search(SearchLimits(20, 1))
    assert best_in_order(objectives, cp, (1, 0), search, 1.0) == (0, guidelines)


@pytest.mark.parametrize("more", [0, 1])
def test_sums_of_levels_stay_exact(more: int) -> None:
    """Eight wishes, 2^30 of fairness and 2^20 guidelines come to 2^53 less one."""
    highest = {
        Stance.WISH: 7,
        Stance.FAIR: 2**30 - 1,
        Stance.GUIDELINE: 2**20 - 1 + more,
    }
    weights, *others = in_order(highest)
    assert len(others) == more
    sums = [weight * highest[level] for level, weight in weights.items()]
    assert sum(sums) < EXACT
    # All that the lower ones come to is one less than one unit of the next.
    units = list(weights.values())
    assert [sum(sums[place:]) for place in range(1, len(sums))] == [
        one - 1 for one in units[:-1]
    ]
