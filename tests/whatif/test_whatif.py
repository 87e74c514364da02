"""Plans for the rest of a month: legal, least disturbing, the past untouched."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit
from scheduler.audit.changes.plans import phone_list, plan_sums
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import Interval
from scheduler.domain.errors import GaveUp
from scheduler.domain.finding import Stance
from scheduler.domain.plan import Gain, number_of
from scheduler.domain.requests import CoverRule, Request, Strength, Want
from scheduler.domain.scenario import Absence, Leaving, Scenario
from scheduler.domain.shifts import Duty, OffKind, Role
from scheduler.files.rosters import read_roster
from scheduler.rulebook import rules_of
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.solve import SearchLimits, solve
from scheduler.solver.standing.edits import Settled
from scheduler.whatif import replan
from scheduler.wording.plans import claim_text
from tests.support.builders import make_roster, make_shift
from tests.support.impossible import (
    CARER,
    MANAGER,
    NIGHTLY,
    date_of,
    night_workers,
    office,
)
from tests.support.thorough import first_of
from tests.whatif.test_resilience import by_day
from tests.whatif.test_resilience import month as of_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile
    from scheduler.domain.roster import Roster
    from scheduler.whatif import Plan

DAYS = 7


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Two night workers beside the four by day; a guest on two nights; 6 day users."""
    return office(
        *night_workers(),
        days=DAYS,
        day_users=[6] * DAYS,
        overnight=[0, 1, 0, 1, 0, 0, 0],
    )


@pytest.fixture(scope="module")
def roster(problem: Problem) -> Roster:
    solution = solve(problem)
    assert solution.is_legal
    return solution.roster


def night_worker(roster: Roster, day: int) -> StaffId:
    [name] = [
        duty.staff
        for duty in roster.duties
        if duty.date == date_of(day) and duty.shift == "夜"
    ]
    return name


def ill(name: StaffId, first: int, last: int, now: int | None = None) -> Scenario:
    absence = Absence(staff=name, first=date_of(first), last=date_of(last))
    return Scenario(now=date_of(first if now is None else now), absences=(absence,))


def ill_on(name: StaffId, date: dt.date) -> Scenario:
    return Scenario(now=date, absences=(Absence(staff=name, first=date, last=date),))


def plans(problem: Problem, roster: Roster, scenario: Scenario) -> list[Plan]:
    return list(replan(problem, roster, scenario))


def test_the_other_night_worker_steps_in(problem: Problem, roster: Roster) -> None:
    absent = night_worker(roster, 3)
    [other] = set(NIGHTLY) - {absent}
    first, *_ = plans(problem, roster, ill(absent, 3, 4))
    assert first.is_legal
    assert first.is_least
    assert first.disturbed == (other,)
    changed = {
        (change.staff, change.date, change.after.shift or change.after.off)
        for change in first.changes
        if change.after is not None
    }
    assert changed == {
        (absent, date_of(3), OffKind.ABSENT),
        (absent, date_of(4), OffKind.ABSENT),
        (other, date_of(3), "夜"),
        (other, date_of(4), OffKind.AFTER_NIGHT),
    }


def test_the_past_is_untouched(problem: Problem, roster: Roster) -> None:
    """Breaks and nights on call included."""
    scenario = ill(CARER, 3, 5)
    for plan in plans(problem, roster, scenario):
        for date in problem.period.dates:
            if date >= scenario.now:
                continue
            for member in problem.staff:
                cell = (member.name, date)
                assert plan.roster.by_cell[cell] == roster.by_cell[cell]
            called = plan.roster.on_call_by_date.get(date)
            assert called == roster.on_call_by_date.get(date)


def test_cells_changed_by_hand_are_held(problem: Problem, roster: Roster) -> None:
    """Held on the night that would be taken: nobody can step in, and law is broken."""
    absent = night_worker(roster, 3)
    [other] = set(NIGHTLY) - {absent}
    held = other, date_of(3)
    settled = Settled(date_of(3), cells=frozenset({held}))
    first = next(replan(problem, roster, ill(absent, 3, 4), settled=settled))
    assert first.roster.by_cell[held] == roster.by_cell[held]
    assert not first.is_legal
    assert {f.rule for f in first.findings if f.stance.is_hard} >= {"A-06"}


def test_nobody_is_asked_where_nobody_need_be(problem: Problem, roster: Roster) -> None:
    """Whoever is off anyway may be ill; there is no other plan to look for."""
    idle = next(
        duty
        for duty in roster.duties
        if duty.off is OffKind.DAY_OFF and duty.date == date_of(2)
    )
    found = plans(problem, roster, ill(idle.staff, 2, 2))
    assert len(found) == 1
    assert found[0].disturbed == ()
    assert found[0].is_least
    assert found[0].changes == ()


def test_a_night_that_was_passed_stays(problem: Problem, roster: Roster) -> None:
    """Ill from the morning on: the night of the date before was worked."""
    absent = night_worker(roster, 1)
    [first, *_] = plans(problem, roster, ill(absent, 2, 3))
    assert first.roster.by_cell[absent, date_of(1)].shift == "夜"
    assert first.roster.by_cell[absent, date_of(2)].off is OffKind.AFTER_NIGHT
    assert first.roster.by_cell[absent, date_of(3)].off is not None


def test_more_users_need_more_people(problem: Problem, roster: Roster) -> None:
    """Nine users instead of six: one worker more, the date after tomorrow."""
    day = problem.forecast_by_date[date_of(2)].model_copy(update={"day_users": 9})
    scenario = Scenario(now=date_of(1), days=(day,))
    first = plans(problem, roster, scenario)[0]
    assert first.is_legal
    began = sum(
        duty.shift == "日" for duty in first.roster.duties if duty.date == date_of(2)
    )
    assert began >= 4


def test_somebody_leaves(problem: Problem, roster: Roster) -> None:
    leaving = Leaving(staff=CARER, last=date_of(2))
    first = plans(problem, roster, Scenario(now=date_of(3), leaving=(leaving,)))[0]
    after = [first.roster.by_cell[CARER, date_of(day)].off for day in (3, 4, 5)]
    assert after == [OffKind.AWAY] * 3
    assert CARER not in first.disturbed


def absent_by_day(**b: Any) -> list[Plan]:
    """Plan again after A, who has the first of three dates, is ill on it.

    One 日 a date is what law asks for; B has the other two.
    """
    month = of_days(by_day("A"), by_day("B", **b))
    standing = make_roster(month, "A 日休休\nB 休日日")
    return plans(month, standing, ill(StaffId("A"), 0, 0))


def broken_by(plan: Plan) -> set[tuple[str, StaffId]]:
    """Return what breaks law, musts and contracts and did not before, with for whom."""
    before = audit(plan.problem, plan.before)
    return {
        (one.rule, one.people[0] if one.people else StaffId(""))
        for one in plan.findings
        if (one.stance.is_hard or one.stance is Stance.CONTRACT) and one not in before
    }


def test_who_is_ill_is_left_alone_on_other_dates() -> None:
    """B comes, though B then lacks a day off: A could come for B tomorrow."""
    plan, *_ = absent_by_day(days_off_min=1)
    assert broken_by(plan) == {("L-02", "B")}
    assert plan.disturbed == ("B",)
    assert [change.date for change in plan.asks] == [date_of(0)]


def test_least_is_true_of_plans_that_break_contracts() -> None:
    """Against every roster that asks fewer, A absent on the first two dates.

    B and C lack a day off for each date on which they come, and more for a second.
    """
    month = of_days(
        by_day("A"),
        by_day("B", days_off_min=2, days_per_week_max=2),
        by_day("C", days_off_min=3, days_per_week_max=1),
    )
    stands = {"A": "日日休", "B": "休休日", "C": "休休休"}
    standing = make_roster(month, lines(stands))
    plan = next(replan(month, standing, ill(StaffId("A"), 0, 1)))
    assert plan.is_least
    assert plan.disturbed == ("B", "C")
    most = broken(plan.problem, plan.findings)
    assert most > broken(month, audit(month, standing))
    for name in "ABC":
        for row in itertools.product("日休", repeat=3):
            changed = {**stands, "A": "欠欠休", name: "".join(row)}
            if name == "A":
                changed["A"] = f"欠欠{row[-1]}"
            other = make_roster(plan.problem, lines(changed))
            assert broken(plan.problem, audit(plan.problem, other)) > most, changed


def lines(cells: dict[str, str]) -> str:
    """Return the cells of people as text, a line each."""
    return "\n".join(f"{name} {row}" for name, row in cells.items())


def broken(problem: Problem, findings: Collection[Finding]) -> tuple[int, int]:
    """Return how often law and musts are broken, and how much contracts are."""
    totals = rules_of(problem).level_totals(tuple(findings))
    hard = sum(finding.stance.is_hard for finding in findings)
    return hard, totals[Stance.CONTRACT]


def test_who_is_ill_is_asked_where_nobody_else_is_enough() -> None:
    """B works on two dates of a week at most: one of the others is A's, or nobody's.

    A is then named, and A's cell counted beside the two of B.
    """
    first, *_ = absent_by_day(days_per_week_max=2)
    assert broken_by(first) == set()
    assert first.disturbed == ("A", "B")
    assert first.is_least
    sums = plan_sums(first)
    assert (sums.disturbed, sums.cells) == (("A", "B"), 3)
    called = {call.staff: call.changes for call in phone_list(first)}
    assert set(called) == {"A", "B"}
    [own] = called[StaffId("A")]
    assert own.date > date_of(0)
    assert own.after is not None
    assert own.after.shift == "日"
    absent = [c for c in first.changes if c not in first.asks]
    assert [(c.staff, c.date) for c in absent] == [("A", date_of(0))]


def test_plans_that_leave_the_ill_alone_come_first(
    problem: Problem, roster: Roster
) -> None:
    for duty in (one for one in roster.duties if one.date == date_of(2) and one.shift):
        found = plans(problem, roster, ill(duty.staff, 2, 3))
        legal = [plan for plan in found if plan.is_legal]
        asked = [duty.staff in plan.disturbed for plan in legal]
        assert asked == sorted(asked)
        for plan in found:
            own = {c.date for c in plan.asks if c.staff == duty.staff}
            assert bool(own) == (duty.staff in plan.disturbed)
            assert not own & {date_of(2), date_of(3)}


def test_plans_spare_different_people(problem: Problem, roster: Roster) -> None:
    worker = next(
        duty.staff
        for duty in roster.duties
        if duty.date == date_of(4) and duty.shift == "日" and duty.staff != MANAGER
    )
    found = plans(problem, roster, ill(worker, 4, 5))
    sets = [set(plan.disturbed) for plan in found]
    for first, second in itertools.combinations(sets, 2):
        assert not first <= second
    costs = [(not plan.is_legal, len(plan.disturbed)) for plan in found]
    assert costs == sorted(costs)


@pytest.mark.parametrize("seed", first_of(range(6), 2))
def test_no_plan_disturbs_less(problem: Problem, roster: Roster, seed: int) -> None:
    """Try every change of fewer people, or of fewer cells, by hand."""
    rnd = random.Random(seed)
    absent = rnd.choice([duty for duty in roster.duties if duty.shift is not None])
    day = max(1, (absent.date - date_of(0)).days)
    scenario = ill(absent.staff, day, min(day + 1, DAYS - 1))
    plan = plans(problem, roster, scenario)[0]
    assert plan.is_least
    if not plan.is_legal:
        return
    cells = [change for change in plan.changes if change.staff in plan.disturbed]
    cells = [change for change in cells if change.after is not None]
    assert not any(cells_changed_by_hand(plan, len(plan.disturbed), len(cells)))


def cells_changed_by_hand(plan: Plan, people: int, cells: int) -> Iterator[bool]:
    """Tell of every set of fewer changes whether it would be legal.

    The absent person's cells are as planned; changes of nights on call are left out.
    """
    base = {(duty.staff, duty.date): duty for duty in plan.before.duties}
    for change in plan.changes:
        if change.staff not in plan.disturbed and change.after is not None:
            base[change.staff, change.date] = change.after
    names = [m.name for m in plan.problem.staff if m.name in set(CANDIDATES)]
    dates = [d for d in plan.problem.period.dates if d >= plan.scenario.now]
    for size in range(min(cells, 3)):
        for some in itertools.combinations(itertools.product(names, dates), size):
            if len({name for name, _ in some}) > people:
                continue
            for values in itertools.product(*(options(*cell) for cell in some)):
                changed = base | dict(zip(some, values, strict=True))
                roster = plan.roster.model_copy(
                    update={"duties": tuple(changed.values())}
                )
                yield not any(f.stance.is_hard for f in audit(plan.problem, roster))


CANDIDATES = (MANAGER, CARER, *NIGHTLY)


def options(name: StaffId, date: dt.date) -> Iterator[Duty]:
    yield Duty(staff=name, date=date, off=OffKind.DAY_OFF)
    if name in NIGHTLY:
        yield Duty(staff=name, date=date, off=OffKind.AFTER_NIGHT)
        yield Duty(
            staff=name,
            date=date,
            shift=ShiftId("夜"),
            roles=(Role.CARE,),
            breaks=(Interval(22 * 60, 23 * 60),),
        )
    else:
        yield Duty(staff=name, date=date, shift=ShiftId("日"), roles=(Role.CARE,))


def test_the_time_is_that_of_all_plans(problem: Problem, roster: Roster) -> None:
    """With next to none there is no second plan."""
    scenario = ill(night_worker(roster, 3), 3, 4)
    limits = SearchLimits(seconds=0.01)
    try:
        found = list(replan(problem, roster, scenario, limits))
    except GaveUp:
        found = []
    assert len(found) <= 1


# --- a first plan that was found too quickly

SAKURA = Path(__file__).parents[2] / "outputs" / "sample" / "sakura-2027-01.xlsx"
LATE = dt.date(2027, 1, 28)


@pytest.fixture(scope="module")
def sakura() -> RosterFile:
    return read_roster(SAKURA)


def hurried(work: float) -> SearchLimits:
    """Give the first plan hardly any work, and the longer search its usual."""
    little = replace(BUDGETS.replan, work=work, fewer=0.001)
    return SearchLimits(workers=1, budgets=replace(BUDGETS, replan=little))


def worth(plan: Plan) -> tuple[int, int]:
    return len(plan.disturbed), len(plan.asks)


@pytest.mark.parametrize(("work", "is_found"), [(0.03, True), (0.15, False)])
def test_a_longer_search_finds_less_or_proves_the_first(
    sakura: RosterFile, work: float, is_found: bool
) -> None:
    """海野 is ill on the 28th; with next to no work the first plan asks ten times."""
    scenario = ill_on(StaffId("海野 みなと"), LATE)
    given = sakura.problem, sakura.roster, scenario, hurried(work)
    first, second = itertools.islice(replan(*given, most=2), 2)
    assert not first.is_least
    assert second.is_least
    gain = Gain.DISTURBS_LESS if is_found else None
    assert (second.gain, number_of(second, [first])) == (gain, 1 + is_found)
    assert (worth(second) < worth(first)) is is_found
    assert claim_text(second, 1) != claim_text(first, 1)
    assert claim_text(second, 1) in claim_text(second, 1 + is_found)
    assert ("案1より" in claim_text(second, 1 + is_found)) is is_found
    [alone] = replan(*given, most=1)
    assert (worth(alone), alone.is_least) == (worth(first), False)


def test_a_longer_search_finds_what_keeps_all(sakura: RosterFile) -> None:
    """花村 is ill on the 27th: with next to no work contracts give way for nothing."""
    scenario = ill_on(StaffId("花村 つぼみ"), dt.date(2027, 1, 27))
    given = sakura.problem, sakura.roster, scenario, hurried(0.03)
    first, second = itertools.islice(replan(*given, most=2), 2)
    is_contract = [
        [finding.stance is Stance.CONTRACT for finding in plan.findings]
        for plan in (first, second)
    ]
    assert [any(found) for found in is_contract] == [True, False]
    assert (second.gain, second.is_least) == (Gain.KEEPS_MORE, True)
    assert worth(second) > worth(first)
    assert "案1では守れない" in claim_text(second, 2)


# --- a past that no search would have made


def with_cell(roster: Roster, duty: Duty) -> Roster:
    cells = {**roster.by_cell, (duty.staff, duty.date): duty}
    return roster.model_copy(update={"duties": tuple(cells.values())})


def test_a_past_that_no_rule_allows_stays(problem: Problem, roster: Roster) -> None:
    """A night worker helped by day, with a break that no shift of the table has."""
    idle = next(
        name
        for name in NIGHTLY
        if roster.by_cell[name, date_of(0)].off is OffKind.DAY_OFF
    )
    helped = Duty(
        staff=idle,
        date=date_of(0),
        shift=ShiftId("日"),
        roles=(Role.CARE,),
        breaks=(Interval(10 * 60, 10 * 60 + 15),),
    )
    edited = with_cell(roster, helped)
    broken = {f.rule for f in audit(problem, edited)} - {
        f.rule for f in audit(problem, roster)
    }
    assert "L-01" in broken
    first = plans(problem, edited, ill(CARER, 3, 3))[0]
    for name in problem.member_by_name:
        assert (
            first.roster.by_cell[name, date_of(0)] == edited.by_cell[name, date_of(0)]
        )
    assert not [f for f in first.findings if f.stance.is_hard and f.date != date_of(0)]


def test_an_emptied_past_cell_is_not_worked(problem: Problem, roster: Roster) -> None:
    cell = CARER, date_of(1)
    rest = tuple(d for d in roster.duties if (d.staff, d.date) != cell)
    edited = roster.model_copy(update={"duties": rest})
    first = plans(problem, edited, ill(MANAGER, 3, 3))[0]
    assert first.roster.by_cell[cell].off is OffKind.DAY_OFF


def test_leave_to_come_stays(problem: Problem, roster: Roster) -> None:
    """Also where whoever has it could step in for the absent."""
    absent = night_worker(roster, 3)
    [other] = set(NIGHTLY) - {absent}
    leave = Duty(staff=other, date=date_of(3), off=OffKind.PAID_LEAVE)
    edited = with_cell(roster, leave)
    first = plans(problem, edited, ill(absent, 3, 4))[0]
    assert first.roster.by_cell[other, date_of(3)] == leave
    assert not first.is_legal


def test_a_told_cell_wins_over_a_pin_that_was_broken(
    problem: Problem, roster: Roster
) -> None:
    """The broken pin of the cell is no excuse for not doing what is told."""
    date = date_of(4)
    works = next(
        duty for duty in roster.duties if duty.date == date and duty.shift == "日"
    )
    off = Duty(staff=works.staff, date=date, off=OffKind.DAY_OFF)
    pinned = problem.model_copy(
        update={"pins": problem.pins.model_copy(update={"duties": (off,)})}
    )
    absence = Absence(staff=works.staff, first=date, last=date)
    scenario = Scenario(now=date_of(3), absences=(absence,))
    first = plans(pinned, roster, scenario)[0]
    assert first.roster.by_cell[works.staff, date].off is OffKind.ABSENT


def test_leave_that_is_held_is_no_pin_of_the_plan(
    problem: Problem, roster: Roster
) -> None:
    """What the office has fixed stays told apart from what a plan leaves alone."""
    leave = Duty(staff=CARER, date=date_of(5), off=OffKind.PAID_LEAVE)
    edited = with_cell(roster, leave)
    first = plans(problem, edited, ill(MANAGER, 3, 3))[0]
    assert first.roster.by_cell[CARER, date_of(5)] == leave
    pinned = {(pin.staff, pin.date) for pin in first.problem.pins.duties}
    assert pinned == {(MANAGER, date_of(3))}


def test_breaks_of_whoever_keeps_the_shift_stay() -> None:
    """They stand on slips: only law moves one, not that others would be nicer.

    B and C rest at the same time, which the office would rather not have; once A is
    ill, nobody is there then, and one of the two has to rest earlier on that date.
    """
    shift = make_shift("日", "8:00-13:00", ["10:00-10:30", "11:00-11:30"])
    early, late = shift.break_options
    two_there = CoverRule(name="11時", band="11:00-11:30", at_least=2, must=False)
    month = of_days(by_day("A"), by_day("B"), by_day("C"), cover_rules=[two_there])
    month = month.model_copy(update={"shifts": (shift, *month.shifts[1:])})
    drawn = make_roster(month, "A 日日日\nB 日日日\nC 日日日")
    duties = (
        one.model_copy(update={"breaks": early if one.staff == "A" else late})
        for one in drawn.duties
    )
    stands = drawn.model_copy(update={"duties": tuple(duties)})
    plan, *_ = plans(month, stands, ill(StaffId("A"), 0, 0))
    moved = [
        one.date
        for cell, one in plan.roster.by_cell.items()
        if one.shift and one.breaks != stands.by_cell[cell].breaks
    ]
    assert moved == [date_of(0)]
    assert not broken_by(plan)


def test_who_is_ill_already_is_asked_only_if_nobody_else_is_enough() -> None:
    """C, ill until the day before, stays at home though B has a wish for that day."""
    wish = Request(
        staff=StaffId("B"),
        date=date_of(2),
        want=Want.DAY_OFF,
        strength=Strength.STRONG,
    )
    month = of_days(by_day("A"), by_day("B"), by_day("C"), requests=[wish])
    for c, asked in (("休休休", "C"), ("休欠休", "B")):
        drawn = {"A": "日日日", "B": "休休休", "C": c}
        standing = make_roster(month, lines(drawn))
        plan, *_ = plans(month, standing, ill(StaffId("A"), 2, 2, now=1))
        assert plan.disturbed == (asked,)
        assert plan.is_least
