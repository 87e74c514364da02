"""Substitutes, room and absences of houses planned together, against enumeration."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.empty_nights import empty_night
from scheduler.audit.figures.more_guests import as_it_stands, other_day
from scheduler.audit.findings import Tolerated
from scheduler.cli.whatif import Events, read_events
from scheduler.constraints.language.doubles import Doubles
from scheduler.domain.absences import Ability, Outcome, Vacancy
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.between_houses import Origin
from scheduler.domain.forecast import HouseDay, Service
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.registrants import Registrant
from scheduler.domain.scenario import Case, Event, Happening, Words
from scheduler.domain.shifts import Duty, OffKind
from scheduler.model import build
from scheduler.rulebook import rules_of
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.edits import with_duty
from scheduler.solver.standing.month import StandingMonth
from scheduler.whatif.gaps import find_gap
from scheduler.whatif.mending import scenario_in
from scheduler.whatif.resilience import Absences, Judge, Loss, cases
from scheduler.whatif.room import Asking, RoomOrder
from scheduler.whatif.scenario_parser import parse_scenario
from scheduler.whatif.substitutes import substitutes
from scheduler.wording.plans import scenario_texts
from tests.houses.test_joint import few_rosters, rostered, two_houses
from tests.support.fixing import any_allowed
from tests.support.hand_edits import edited, spelled
from tests.support.joint_month import SATELLITE, joint_month, joint_roster
from tests.support.joint_worlds import a_joint_problem, disturbed_together
from tests.support.legal import date as day_of
from tests.support.thorough import first_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.finding import Finding
    from scheduler.domain.roster import Roster

MAIN, FLOWER = "本館", "花"
M, S, P = map(StaffId, "MSP")


def of_flower(problem: JointProblem, symbol: str) -> ShiftId:
    """Return the main office's symbol for a shift of the satellite."""
    return problem.symbols[0][Origin(1, ShiftId(symbol))]


@pytest.mark.parametrize(
    ("travel", "start", "verdict"),
    [
        (120, 2, Ability.AS_IS),
        (121, 1, Ability.WITH_CHANGES),
        (121, 2, Ability.STOPPED),
    ],
)
def test_who_works_in_both_can_help_where_the_travel_leaves_rest(
    travel: int, start: int, verdict: Ability
) -> None:
    """P is late in the main office on the day before: eight hours are left, or 7:59."""
    problem = two_houses(travel)
    roster = rostered(problem, "M 休休休\nP 遅休休", "S 休早休\nP 休休休")
    dates = problem.period.dates
    gap = find_gap(problem, roster, dates[1], of_flower(problem, "早"), "S")
    assert gap.instead_of == S
    found = substitutes(problem, roster, gap, now=dates[start - 1])
    by_name = {one.staff: one for one in found}
    assert by_name[P].verdict is verdict
    assert by_name[P].minutes == 960
    # Nobody from the main office alone is thought able to stand in the satellite.
    assert (by_name[M].verdict, by_name[M].not_of) == (Ability.NEVER, FLOWER)


def test_on_call_is_taken_by_who_is_on_the_main_office_s_list() -> None:
    problem = two_houses(guests=1)
    main = "M 休休休\nP 休休休\n宿 MMM"
    roster = rostered(problem, main, "S 休休休\nP 休休休")
    date = problem.period.dates[0]
    gap = find_gap(problem, roster, date, "宿直")
    found = {one.staff: one for one in substitutes(problem, roster, gap)}
    assert found[P].can
    assert (found[S].verdict, found[S].not_of) == (Ability.NEVER, MAIN)


@pytest.mark.parametrize("seed", range(6))
def test_verdicts_agree_with_all_rosters_written_out(seed: int) -> None:
    """Somebody can take a shift just where one of all rosters lets them."""
    rnd = random.Random(seed)
    problem, rosters = few_rosters(users=rnd.choice([0, 1, 3]))
    roster = rnd.choice([one for one in rosters if any(d.shift for d in one.duties)])
    duty = rnd.choice([one for one in roster.duties if one.shift])
    gap = Vacancy(date=duty.date, shift=duty.shift, instead_of=duty.staff)
    found = substitutes(problem, roster, gap, now=problem.period.first, others=3)
    assert len(found) == 2
    for one in found:
        if one.has_it:
            continue
        fits = any(
            carries(problem, roster, other, duty.staff)
            for other in rosters
            if other.by_cell[one.staff, duty.date].shift == duty.shift
            and other.by_cell[duty.staff, duty.date].shift is None
        )
        assert one.can == fits, one


def carries(
    problem: JointProblem, before: Roster, after: Roster, spared: StaffId
) -> bool:
    """Tell whether a roster breaks nothing that another does not break as far.

    But for what is of one person alone.
    """
    tolerated = Tolerated(rules_of(problem), audit(problem, before))
    beyond = tolerated.beyond(audit(problem, after))
    return not [one for one in beyond if one.people != (spared,)]


@pytest.mark.parametrize("seed", first_of(range(4), 1))
def test_absences_agree_with_all_rosters_written_out(seed: int) -> None:
    """What each absence ends in is what the best of all rosters with it ends in."""
    rnd = random.Random(seed)
    problem, rosters = few_rosters(users=rnd.choice([1, 3]))
    roster = rnd.choice([one for one in rosters if any(d.shift for d in one.duties)])
    wanted = tuple(cases(problem, roster, problem.period.first))
    first = problem.period.first
    order = Absences(problem=problem, made=roster, roster=roster, first=first)
    judge = Judge(order)
    month = StandingMonth.by_hand(problem, roster, roster, absences=wanted)
    for name, date in wanted:
        found = judge.judge(name, date, Search(SearchLimits(60, workers=1)))
        loss = Loss.of(month, month.audit(month.roster), name, date)
        absent = Duty(staff=name, date=date, off=OffKind.ABSENT)
        with_it = [
            with_duty(problem, other, absent)
            for other in rosters
            if all(
                other.by_cell[cell] == roster.by_cell[cell]
                for cell in roster.by_cell
                if cell[1] < date
            )
        ]
        worst = {
            Outcome.COVERED: 0,
            Outcome.REPAIRABLE: 0,
            Outcome.STRAINED: 1,
            Outcome.FATAL: 2,
        }
        assert worst[found.outcome] == min(
            rank(loss.tolerated.beyond(audit(loss.problem, other))) for other in with_it
        )


def rank(beyond: Iterable[Finding]) -> int:
    """Return 0 if nothing is broken, 1 if contracts, 2 if law, a must or a pin is."""
    stances = [one.stance for one in beyond]
    return 2 if any(one.is_hard for one in stances) else int(bool(stances))


@pytest.mark.parametrize("seed", first_of(range(5), 2))
def test_whatever_stands_in_a_house_both_sides_count_it_alike(seed: int) -> None:
    """Spot by spot, and so with the house of each; edits are those of one house."""
    rnd = random.Random(seed)
    problem = a_joint_problem(rnd)
    made = any_allowed(problem, seed)
    both = spelled(problem, disturbed_together(rnd, problem, made, edited))
    assert both.is_possible
    assert both.model == both.audit
    assert all(one == other for one, other in both.levels.values())


def test_what_two_houses_see_is_counted_by_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """P passes a night in the satellite, on call in the main office: nine hours."""
    problem = two_houses(guests=1)
    main = "M 休休休\nP 休休休\n宿 MPM"
    roster = rostered(problem, main, "S 休休休\nP 休夜明")

    both = spelled(problem, roster)
    told = {s.house: n for s, n in both.model.items() if s.facet == "overlap"}
    assert told == {MAIN: 540}
    assert both.model == both.audit
    # Counted by both it would be more than what stands there, which is tolerated.
    monkeypatch.setattr(Doubles, "first_of", Doubles.of)
    assert not spelled(problem, roster).is_possible


def test_a_joint_problem_survives_json() -> None:
    """Worker processes get the houses, and make the same problem of them again."""
    problem, rosters = few_rosters(users=1)
    date = problem.period.first
    order = Absences(problem=problem, made=rosters[0], roster=rosters[0], first=date)
    again = Absences.model_validate_json(order.model_dump_json())
    assert again.problem == problem
    assert isinstance(again.problem, JointProblem)


def with_guests(*guests: int) -> JointProblem:
    """Return two houses of which the satellite has these guests, and none by day."""
    problem = two_houses()
    house = problem.houses[1]
    days = [
        day.model_copy(update={"overnight": number})
        for day, number in zip(house.forecast.days, guests, strict=True)
    ]
    there = house.model_copy(update={"forecast": house.forecast.with_days(days)})
    return joint([problem.houses[0], there])


@pytest.mark.parametrize(("call", "more"), [("MMM", True), ("MM-", False)])
def test_a_guest_of_the_satellite_needs_somebody_on_call_in_the_main_office(
    call: str, more: bool
) -> None:
    """On the last night S passes it in the satellite, and nobody is a guest yet."""
    problem = with_guests(0, 0, 0)
    main = f"M 休休休\nP 休休休\n宿 {call}"
    roster = rostered(problem, main, "S 休休夜\nP 休休遅")
    date = problem.period.dates[-1]
    rooms = as_it_stands(problem, roster, audit(problem, roster), [date])
    assert [room.house for room in rooms] == [MAIN] * 3 + [FLOWER] * 3
    room = next(
        one for one in rooms if (one.house, one.service) == (FLOWER, Service.OVERNIGHT)
    )
    assert (room.as_it_stands > 0) is more
    if not more:
        assert {(one.house, one.rule) for one in room.stopped_by} == {(MAIN, "A-06")}
    order = RoomOrder(
        problem=problem, made=roster, roster=roster, rooms=rooms, changes=1, now=date
    )
    found = Asking(order).ask(room, Search(SearchLimits(60, workers=1)))
    assert found.with_changes > 0
    if not more:
        assert all(way.changes[-1].on_call for way in found.ways)
        assert {way.asked for way in found.ways} <= {(M,), (P,)}


@pytest.mark.parametrize("seed", first_of(range(4), 1))
def test_room_agrees_with_the_audit_of_the_months_with_more_guests(seed: int) -> None:
    """As it stands, a guest more breaks something just if it is the first that does."""
    rnd = random.Random(seed)
    problem = a_joint_problem(rnd)
    model = build(problem)
    roster = any_allowed(problem, seed, model)
    before = audit(problem, roster)
    tolerated = Tolerated(rules_of(problem), before)
    date = rnd.choice(problem.period.dates)
    for room in as_it_stands(problem, roster, before, [date]):
        for more in (room.as_it_stands, room.as_it_stands + 1):
            day = other_day(problem, room, room.expected + more)
            breaks = tolerated.beyond(audit(problem.with_more(days=[day]), roster))
            if more == room.as_it_stands:
                assert not breaks
            elif room.stopped_by:
                assert {(one.house, one.rule) for one in breaks} == {
                    (one.house, one.rule) for one in room.stopped_by
                }


def test_a_what_if_is_in_the_words_of_the_house_that_tells_it() -> None:
    """早 is the satellite's own there, and its guests are not the main office's."""
    problem = two_houses(guests=1)
    roster = rostered(problem, "M 休休休\nP 休休休", "S 休休休\nP 休休休")
    date = problem.period.dates[1]
    nobody = Words()
    told = (
        Happening(Event.DUTY, Words("S"), Words("2"), nobody, Words("早")),
        Happening(Event.OVERNIGHT, nobody, Words("2"), nobody, Words("3")),
    )
    scenario = parse_scenario(Case(told), problem, roster, house=1)
    (duty,) = scenario.duties
    assert duty.shift == of_flower(problem, "早")
    (day,) = scenario.days
    assert isinstance(day, HouseDay)
    assert (day.house, day.overnight) == (1, 3)
    now = scenario.applied_to(problem, roster)
    main, flower = (house.forecast_by_date[date] for house in now.houses)
    assert (main.overnight, main.satellite_overnight) == (0, 3)
    assert flower == problem.houses[1].forecast_by_date[date].model_copy(
        update={"overnight": 3}
    )
    own = scenario_in(now, scenario, 1)
    assert [one.shift for one in own.duties] == ["早"]
    assert own.days == (flower,)
    assert scenario_in(now, scenario, 0).days == ()
    assert scenario_texts(scenario, problem)[1].startswith("花：12月2日")
    # Told of the main office, the same is the main office's.
    there = (told[0]._replace(name=Words("M")), told[1])
    scenario = parse_scenario(Case(there), problem, roster)
    assert (scenario.duties[0].shift, scenario.days[0].overnight) == ("早", 3)
    assert scenario_in(problem, scenario, 1).days == ()
    assert scenario_texts(scenario, problem)[1].startswith("本館：12月2日")


def test_who_passes_a_night_in_another_house_is_none_of_an_empty_one_here() -> None:
    """On the 6th G has the night of the main office, and SG that of the satellite."""
    problem = joint_month()
    here, date = problem.houses[SATELLITE], day_of(6)
    night = here.forecast_by_date[date].model_copy(update={"overnight": 0})
    here = here.model_copy(update={"forecast": here.forecast.with_days([night])})
    roster = problem.of_house(joint_roster(problem), SATELLITE)
    found = empty_night(here, roster, date)
    assert found is not None
    assert found.workers == ("SG",)


@pytest.mark.parametrize("number", [0, SATELLITE])
def test_another_week_of_a_user_stays_with_the_house_that_accepts_it(
    number: int,
) -> None:
    """As with an office by itself: the change of use, and the numbers that follow.

    Users come on Tuesdays in place of Mondays, from the 2nd on: a Wednesday.
    """
    problem = joint_month()
    user = {"name": "U", "day_use": [{"weekdays": [0]}], "visits": []}
    known = Registrant.model_validate(user)
    houses = [
        house.model_copy(update={"registrants": (known,)}) if place == number else house
        for place, house in enumerate(problem.houses)
    ]
    problem = joint(houses)
    before = problem.houses[number].forecast_by_date
    roster = joint_roster(problem)
    events = Events(use=["U=2026-12-02:通い 火"])
    scenario = read_events(events, problem, roster, number)
    assert len(scenario.uses) == 1
    told = [text for text in scenario_texts(scenario, problem) if "U" in text]
    assert all(problem.houses[number].office.name in one for one in told)
    applied = scenario.applied_to(problem, roster)
    assert isinstance(applied, JointProblem)
    assert [len(one.use_changes) for one in applied.houses] == [
        int(place == number) for place in range(2)
    ]
    after = applied.houses[number].forecast_by_date
    moved = {
        day.day: after[day].day_users - before[day].day_users
        for day in before
        if after[day].day_users != before[day].day_users
    }
    assert moved == {7: -1, 8: 1}
    parts = [scenario_in(problem, scenario, place).uses for place in range(2)]
    assert [len(one) for one in parts] == [len(h.use_changes) for h in applied.houses]
    assert parts[number] == applied.houses[number].use_changes
