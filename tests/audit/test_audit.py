"""The audit as a whole: order, totals, and rosters that make no sense."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.audit import audit
from scheduler.audit.timeline import timeline_of
from scheduler.domain.clock import LATEST, Interval
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from scheduler.rulebook import load
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
    with_duties,
    with_on_call,
    without_duty,
)
from tests.support.legal import DAYS, date, legal_problem, legal_roster
from tests.support.thorough import THOROUGH

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

LEGAL = legal_problem()
ORDER = list(Stance)


def test_findings_go_from_strict_to_mild_and_then_by_date() -> None:
    """The strictest stance comes first, within it the earliest date."""
    roster = legal_roster(LEGAL)
    for day in (9, 4, 2):
        roster = with_on_call(roster, date(day), None)
        roster = without_duty(roster, "T", date(day))
    found = audit(LEGAL, roster)
    keys = [(ORDER.index(one.stance), one.date or date(1)) for one in found]
    assert keys == sorted(keys)
    assert len({key[0] for key in keys}) > 2


def test_the_order_of_cells_does_not_matter() -> None:
    """Duties in another order are the same roster."""
    roster = with_on_call(legal_roster(LEGAL), date(4), None)
    turned = RosterRecord(duties=roster.duties[::-1], on_call=roster.on_call[::-1])
    assert audit(LEGAL, turned) == audit(LEGAL, roster)


def test_a_rulebook_may_be_given() -> None:
    """The rulebook of the period is what is used without one."""
    roster = legal_roster(LEGAL)
    assert audit(LEGAL, roster, load(LEGAL.period)) == audit(LEGAL, roster)


def test_some_rules_alone_find_what_they_find_among_all() -> None:
    """A roster audited by some rules has their findings, and no others."""
    roster = with_on_call(legal_roster(LEGAL), date(4), None)
    roster = without_duty(roster, "T", date(4))
    found = audit(LEGAL, roster)
    assert {"A-06", "A-07"} < {one.rule for one in found}
    some = tuple(one for one in found if one.rule == "A-06")
    assert audit(LEGAL, roster, only={"A-06"}) == some


def test_level_totals_are_weight_times_amount() -> None:
    """A level adds up its facets, each in the level's unit."""
    period = make_period(1)
    problem = make_problem(
        [make_staff("A", nights_min=1, days_off_min=2)],
        period=period,
        office=make_office(nurse_shifts=2),
        forecast=make_forecast(period, overnight=1),
    )
    totals = load(period).level_totals(audit(problem, make_roster(problem, "A 日")))
    assert totals == {
        Stance.PINNED: 0,
        # hours kept; nobody at 6:00-9:00, 12:00-13:00, 18:00-21:00; two at night
        Stance.STATUTORY: 0 + 420 + 2 * 540,
        # two nurse shifts of 480; a guest alone at 18:00-21:00 (no user by day)
        Stance.MUST: 2 * 480 + 180,
        # a night and two days off, 480 each
        Stance.CONTRACT: 3 * 480,
        Stance.WISH: 0,
        Stance.FAIR: 0,
        Stance.GUIDELINE: 0,
        Stance.COMFORT: 0,
    }


def test_the_staff_list_is_no_part_of_a_level() -> None:
    """What no roster can change is found, and left out of the totals."""
    period = make_period(1)
    problem = make_problem([make_staff("A", full_time=False)], period=period)
    roster = make_roster(problem, "A 休")
    found = audit(problem, roster)
    missing = [one for one in found if one.facet == "on_list"]
    assert [one.rule for one in missing] == ["A-09", "A-10", "A-11", "A-13"]
    assert load(period).level_totals(missing) == dict.fromkeys(LEVELS, 0)


spans = (
    st.lists(st.integers(0, LATEST), min_size=2, max_size=2, unique=True)
    .map(sorted)
    .map(lambda pair: Interval(*pair))
)
names = st.sampled_from([*(member.name for member in LEGAL.staff), "見知らぬ人"])
dates = st.integers(-3, DAYS + 2).map(lambda day: FIRST + dt.timedelta(days=day))
odd_duties = st.builds(
    Duty,
    staff=names,
    date=dates,
    shift=st.sampled_from([None, "早", "日", "遅", "夜", "短", "？"]),
    roles=st.lists(st.sampled_from(Role), max_size=3).map(tuple),
    breaks=st.lists(spans, max_size=3).map(tuple),
    off=st.sampled_from([None, *OffKind]),
)
odd_nights = st.builds(OnCall, staff=names, date=dates)


ODD = {
    "duties": st.lists(odd_duties, max_size=12),
    "nights": st.lists(odd_nights, max_size=4),
    "dropped": st.sets(st.tuples(names, dates), max_size=6),
}


@settings(max_examples=30, deadline=None, derandomize=True)
@given(**ODD)
def test_some_rosters_are_not_too_odd(**odd: Any) -> None:
    answers(**odd)


@THOROUGH
@settings(max_examples=150, deadline=None, derandomize=True)
@given(**ODD)
def test_no_roster_is_too_odd(**odd: Any) -> None:
    answers(**odd)


def answers(
    duties: list[Duty], nights: list[OnCall], dropped: set[tuple[str, object]]
) -> None:
    """Whatever the cells hold, the audit answers, and every finding is in order."""
    roster = with_duties(legal_roster(LEGAL), *duties)
    left = tuple(one for one in roster.duties if (one.staff, one.date) not in dropped)
    on_call = {one.date: one for one in (*roster.on_call, *nights)}
    rulebook = load(LEGAL.period)
    for found in audit(
        LEGAL, RosterRecord(duties=left, on_call=tuple(on_call.values()))
    ):
        facet = rulebook.facet_of(found)
        assert found.amount > 0
        assert (found.stance, found.unit) == (facet.stance, facet.unit)
        assert (found.begin is None) == (found.end is None)


@pytest.mark.parametrize(
    ("symbol", "rule"), [("？", "A-18"), ("短", "L-01")], ids=["unknown", "not agreed"]
)
def test_an_odd_symbol_is_named(symbol: str, rule: str) -> None:
    """A symbol outside the table is no duty; one outside the contract is one."""
    duty = Duty.model_validate(
        {"staff": "T", "date": date(8), "shift": symbol, "roles": ["care"]}
    )
    found = audit(LEGAL, with_duties(legal_roster(LEGAL), duty))
    assert rule in {one.rule for one in found if one.people == ("T",)}


def hard(problem: Problem, roster: Roster) -> set[str]:
    return {one.rule for one in audit(problem, roster) if one.stance.is_hard}


def test_a_stranger_counts_for_nobody() -> None:
    """Somebody who is not on the list neither covers a night nor is on call."""
    roster = with_on_call(legal_roster(LEGAL), date(4), "見知らぬ人")
    assert hard(LEGAL, roster) == {"A-06", "L-01"}


def test_the_timeline_of_a_roster_is_kept_and_of_no_other() -> None:
    """Figures of one roster share it; an equal roster or another input has its own."""
    problem = make_problem(days=2)
    roster = make_roster(problem, "A 日日")
    first = timeline_of(problem, roster)
    assert timeline_of(problem, roster) is first
    assert timeline_of(problem, roster.model_copy()) is not first
    assert timeline_of(problem.model_copy(), roster) is not first
    for _ in range(10):
        timeline_of(problem, roster.model_copy())
    assert timeline_of(problem, roster) is not first
