"""Whatever stands in a cell, by hand or of last month, both sides count it alike."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import pytest

import scheduler.model
from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.constraints import RULES
from scheduler.domain.absences import Outcome
from scheduler.domain.clock import Interval
from scheduler.domain.record import RosterFile
from scheduler.domain.scenario import Absence, Leaving, Scenario
from scheduler.solver.search import Search, SearchLimits
from scheduler.whatif.mending import plans_of
from scheduler.whatif.resilience import Absences, cases, judged
from scheduler.whatif.room import Asking, RoomOrder
from tests.rules.test_agreement import with_agreements
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
    with_duties,
)
from tests.support.fixing import any_allowed
from tests.support.hand_edits import Spelled, edited, spelled, with_odd_tail
from tests.support.impossible import NIGHTLY, NURSE
from tests.support.thorough import first_of
from tests.support.week import PROBLEM, ROSTER
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.plan import Room
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

BAND = 9 * 60
"""Minutes of the night band, 21:00-6:00."""

LATE = make_shift("長", "14:00-23:00", ["18:00-19:00"], kind="late")
FEW = SearchLimits(4, workers=2)
ALONE = SearchLimits(20, workers=1)


def amounts(both: Spelled, rule: str, facet: str) -> list[int]:
    """Return what both sides say of a limit, by date, and that they agree on all."""
    assert both.is_possible
    assert both.model == both.audit
    assert all(one == other for one, other in both.levels.values())
    found = [
        (spot.date or dt.date.min, amount)
        for spot, amount in both.audit.items()
        if (spot.rule, spot.facet) == (rule, facet)
    ]
    return [amount for _, amount in sorted(found)]


def a_week(*staff: Any, grid: str, **fields: Any) -> tuple[Problem, Roster]:
    """Make an office in which a guest stays each night, and its roster."""
    settings = fields.pop("settings", {})
    period = make_period(7)
    problem = make_problem(
        staff,
        period=period,
        office=make_office(**settings),
        forecast=make_forecast(period, 0, 1),
        **fields,
    )
    return problem, make_roster(problem, grid)


# -- one kind of edit each, worked out by hand ----------------------------------------


@pytest.mark.parametrize(("name", "short"), [("A", [BAND]), ("B", [])])
def test_on_call_and_on_night_duty_at_once(name: str, short: list[int]) -> None:
    """A has the night, 16:30-9:30: A cannot be on call from 21:00 to 6:00, B can."""
    problem, roster = a_week(
        make_staff("A"),
        make_staff("B"),
        grid=f"A 夜明休休休休休\nB 休休休休休休休\n宿 {name}BBBBBB",
    )
    both = spelled(problem, roster)
    assert amounts(both, "A-06", "on_call") == short
    assert amounts(both, "A-15", "overlap") == short


def test_on_call_while_a_shift_goes_on_for_a_part_of_the_night() -> None:
    """長 until 23:00 takes two of the nine hours."""
    problem, roster = a_week(
        make_staff("A", shifts=["長"]),
        make_staff("B", shifts=["長"]),
        grid="A 長休休休休休休\nB 休休休休休休休\n宿 ABBBBBB",
        shifts=[LATE],
    )
    both = spelled(problem, roster)
    assert amounts(both, "A-06", "on_call") == [2 * 60]
    assert amounts(both, "A-15", "overlap") == [2 * 60]


def test_a_minute_on_two_shifts_counts_once() -> None:
    """夜 until 9:30 and 早 from 7:00 share two hours and a half, awake and in hours."""
    problem, roster = a_week(make_staff("A"), grid="A 夜早休休休休休")
    both = spelled(problem, roster)
    assert amounts(both, "A-15", "overlap") == [150]
    # 6:00-16:00 without the break from 11:00; a day asks for 8 hours (visits).
    alone = spelled(*a_week(make_staff("A"), grid="A 夜明休休休休休"))
    assert amounts(both, "A-04", "presence")[1] == 15 * 60 - 10 * 60 + 60
    assert amounts(alone, "A-04", "presence")[1] == 15 * 60 - 210


@pytest.mark.parametrize(("last", "broken"), [("休", [1]), ("明", [1])])
def test_a_day_off_after_a_night_is_touched(last: str, broken: list[int]) -> None:
    """Six dates of work and the morning of the seventh, whatever is written there."""
    problem, roster = a_week(
        make_staff("A"),
        grid=f"A 日日日日日夜{last}",
        settings={"days_in_a_row_most": 6},
    )
    both = spelled(problem, roster)
    assert amounts(both, "F-13", "days_in_a_row_most") == broken
    assert amounts(both, "F-07", "after_night") == ([1] if last == "休" else [])


@pytest.mark.parametrize("kind", ["明", "・", "休"])
def test_a_date_on_which_nobody_works_is_free(kind: str) -> None:
    """明 without a night, and ・ of somebody who is employed, end a run of work too."""
    problem, roster = a_week(
        make_staff("A"),
        grid=f"A 日日日{kind}日日日",
        settings={"days_in_a_row_most": 3},
    )
    assert amounts(spelled(problem, roster), "F-13", "days_in_a_row_most") == []


def test_breaks_of_a_cell_s_own_count_as_hours() -> None:
    """日 without its hour of break is nine hours; two days of it are above 16."""
    problem, roster = a_week(make_staff("A", minutes_max=960), grid="A 日日休休休休休")
    typed = make_duty(problem, "A", FIRST, "日", breaks=())
    both = spelled(problem, with_duties(roster, typed))
    assert amounts(both, "L-03", "hours_max") == [60]
    assert amounts(spelled(problem, roster), "L-03", "hours_max") == []


def test_a_break_at_another_time_leaves_the_house_then() -> None:
    """From 9:00 to 9:20 instead of at noon: twenty minutes of A-04, not sixty."""
    problem, roster = a_week(make_staff("A"), grid="A 日休休休休休休")
    typed = make_duty(problem, "A", FIRST, "日", breaks=(Interval(540, 560),))
    usual = amounts(spelled(problem, roster), "A-04", "presence")[0]
    both = spelled(problem, with_duties(roster, typed))
    assert amounts(both, "A-04", "presence")[0] == usual - 40


def test_a_shift_where_nobody_is_employed() -> None:
    """Written into the cell all the same: work of the date, and a breach of L-01."""
    problem, roster = a_week(
        make_staff("A", employed={"last": FIRST}), grid="A 日・・・・・・"
    )
    typed = make_duty(problem, "A", FIRST + dt.timedelta(days=2), "日")
    found = with_duties(roster, typed)
    short = amounts(spelled(problem, found), "A-04", "presence")
    assert short[0] == short[2] == 15 * 60 - 8 * 60
    assert short[1] == 15 * 60


def test_breaks_of_last_month_s_tail_count_too() -> None:
    """On Tuesday a week of 32 hours has nine more: 41, by the break not taken."""
    problem, roster = a_week(
        make_staff("A", no_flex=True),
        grid="A 日日日日休休休",
        tail="A 日",
        settings={"week_starts_on": 0},
    )
    [done] = problem.history.duties
    history = problem.history.model_copy(
        update={"duties": (done.model_copy(update={"breaks": ()}),)}
    )
    odd = problem.model_copy(update={"history": history})
    assert amounts(spelled(problem, roster), "F-01", "week") == []
    assert amounts(spelled(odd, roster), "F-01", "week") == [60]


def test_on_call_and_on_night_duty_at_once_in_the_tail() -> None:
    """0:00 to 5:00 of the first protected date is five hours once, not twice (F-09)."""
    problem, roster = a_week(
        make_staff("A", no_night={"first": FIRST}),
        grid="A 明休休休休休休",
        tail="A 夜\n宿 A",
        settings={"standby": {"permission": False, "from_home": False}},
    )
    found = [one for one in audit(problem, roster) if one.rule == "F-09"]
    assert [one.amount for one in found] == [5 * 60]
    assert amounts(spelled(problem, roster), "F-13", "nights_most") == []


# -- anything anywhere ----------------------------------------------------------------


@pytest.mark.parametrize("seed", first_of(range(24), 3))
def test_model_and_audit_count_what_stands_alike(seed: int) -> None:
    problem, _plan, roster = a_file(random.Random(seed))
    both = spelled(problem, roster)
    assert both.is_possible
    assert both.model == both.audit
    assert all(one == other for one, other in both.levels.values())


def a_file(rnd: random.Random) -> tuple[Problem, Roster, Roster]:
    """Draw an office, a roster made for it, and what people made of that by hand."""
    problem = a_problem(rnd)
    plan = any_allowed(problem, seed=rnd.randint(0, 10_000))
    problem = with_odd_tail(rnd, problem)
    roster = edited(rnd, problem, plan)
    if rnd.random() < 0.3:
        problem = with_agreements(rnd, problem, roster)
    return problem, plan, roster


@pytest.mark.parametrize("seed", first_of(range(8), 2))
def test_plans_after_any_edit(seed: int) -> None:
    """A plan is given, audited like any other, and what is past stays as it is."""
    rnd = random.Random(seed)
    problem, plan, roster = a_file(rnd)
    file = RosterFile(problem=problem, roster=roster, plan=plan)
    scenario = some_scenario(rnd, problem)
    found = list(plans_of(file, scenario, FEW, 1))
    assert found
    past = [date for date in problem.period.dates if date < scenario.now]
    for date in past:
        after = found[0].roster
        assert after.on_call_by_date.get(date) == roster.on_call_by_date.get(date)
        for member in problem.staff:
            stands = roster.by_cell.get((member.name, date))
            assert stands in (None, after.by_cell[member.name, date])


def some_scenario(rnd: random.Random, problem: Problem) -> Scenario:
    """Draw an absence, more users than there are places, or somebody who leaves."""
    now = rnd.choice(problem.period.dates)
    member = rnd.choice([m for m in problem.staff if now in m.employed])
    last = min(problem.period.last, now + dt.timedelta(days=2))
    day = problem.forecast_by_date[now].model_copy(update={"day_users": 12})
    return rnd.choice(
        [
            Scenario(
                now=now, absences=(Absence(staff=member.name, first=now, last=last),)
            ),
            Scenario(now=now, days=(day,)),
            Scenario(now=now, leaving=(Leaving(staff=member.name, last=now),)),
        ]
    )


@pytest.mark.parametrize("seed", first_of(range(6), 2))
def test_absences_and_room_after_any_edit(seed: int) -> None:
    rnd = random.Random(seed + 100)
    problem, plan, roster = a_file(rnd)
    for name, date in rnd.sample(tuple(cases(problem, roster, FIRST)), 2):
        order = Absences(problem=problem, made=plan, roster=roster, first=FIRST)
        [one] = judged(order.model_dump_json(), [(name, date)])
        assert not one.fault
    for room in some_rooms(rnd, problem, roster):
        asked = {"rooms": (room,), "changes": 2, "now": problem.period.first}
        order = RoomOrder(problem=problem, made=plan, roster=roster, **asked)
        Asking(order).ask(room, Search(ALONE))


def some_rooms(rnd: random.Random, problem: Problem, roster: Roster) -> Iterator[Room]:
    rooms = as_it_stands(problem, roster, audit(problem, roster))
    stopped = [room for room in rooms if room.stopped_by]
    yield from rnd.sample(stopped, min(1, len(stopped)))


# -- where they differ all the same ---------------------------------------------------


def test_an_absence_that_cannot_be_judged_is_undecided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the rule on nights the model finds a way that the audit refuses."""
    order = Absences(problem=PROBLEM, made=ROSTER, roster=ROSTER, first=FIRST)
    every = tuple(cases(PROBLEM, ROSTER, FIRST))
    assert not any(one.fault for one in judged(order.model_dump_json(), every))
    left = tuple(entry for entry in RULES if entry[0] not in ("A-06", "C-03"))
    monkeypatch.setattr(scheduler.model, "RULES", left)
    order = order.model_copy(update={"seed": 1})
    found = judged(order.model_dump_json(), every)
    assert [(one.staff, one.date) for one in found] == list(every)
    faults = {(one.staff, one.fault) for one in found if one.fault}
    on_call = (NURSE, "A-06 on_call")
    assert faults == {on_call, *((name, "A-06 awake") for name in NIGHTLY)}
    for one in found:
        if one.fault:
            assert (one.outcome, one.is_least) == (Outcome.UNDECIDED, False)
