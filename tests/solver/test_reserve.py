"""In reserve: counted twice, least among rosters of the same worth, no level worse."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit
from scheduler.domain.absences import Reserve, ReserveGap, ReserveGapKind, cost
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import CoverRule, Request, Want
from scheduler.domain.shifts import Role
from scheduler.model import build
from scheduler.rulebook import rules_of
from scheduler.solver.reserve import ReserveModel
from scheduler.solver.reserve_gaps import reserve_gaps
from scheduler.solver.solve import SearchLimits, solve
from scheduler.wording.resilience import reserve_lines
from scheduler.wording.translation import use_language
from tests.support.builders import (
    FIRST,
    make_contract,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.thorough import many
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

QUICK = SearchLimits(seconds=60)
DAY = make_shift("日", "9:00-18:00", ["12:00-13:00"])
OPEN_BY_DAY: dict[str, Any] = {"contact_system": True, "night_band": "18:00-33:00"}


def kinds(problem: Problem, grid: str) -> dict[str, list[int]]:
    """Return the dates that lack in a drawn roster, from 0, by kind."""
    found: dict[str, list[int]] = {}
    for lack in reserve_gaps(problem, make_roster(problem, grid)):
        days = (lack.date - problem.period.first).days
        found.setdefault(str(lack.kind), []).append(days)
    return found


# -- what counts as reserve ------------------------------------------------------


def by_day(*limits: dict[str, Any], **fields: Any) -> Problem:
    """Make five dates of one shift by day, for A, B and so on."""
    staff = [
        make_staff(name, **{"shifts": ["日"], **own})
        for name, own in zip("AB", limits, strict=False)
    ]
    office = make_office(**OPEN_BY_DAY)
    return make_problem(staff, days=5, shifts=[DAY], office=office, **fields)


def test_by_day_somebody_has_two_days_off_in_a_row() -> None:
    """Of a lone day off nobody is asked to give up."""
    problem = by_day({}, {})
    assert kinds(problem, "A 日日休日日\nB 日日日休休") == {"day": [0, 1, 2]}


def test_the_days_before_the_period_count_as_beside() -> None:
    """A day off on the last of the month before makes two in a row."""
    problem = by_day({}, {}, tail="A 休\nB 日")
    assert kinds(problem, "A 休日日日日\nB 日日日日日")["day"] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("limits", "ready"),
    [
        ({"minutes_max": 4 * 480}, True),
        ({"minutes_max": 4 * 480 - 1}, False),
        ({"days_off_min": 1}, True),
        ({"days_off_min": 2}, False),
        ({"weekdays": [1, 2, 3, 5, 6]}, False),
        ({"weekdays": [1, 2, 3, 4]}, True),
    ],
)
def test_by_day_the_contract_leaves_room(limits: dict[str, Any], ready: bool) -> None:
    """One shift more, and one day off fewer: of a Friday and a Saturday, the Friday."""
    lacking = kinds(by_day(limits), "A 日日日休休")["day"]
    assert (3 not in lacking) is ready


@pytest.mark.parametrize("want", [Want.DAY_OFF, Want.NOT_SHIFT])
def test_nobody_is_asked_on_a_day_off_they_wished_for(want: Want) -> None:
    """Who wished for the day off is not in reserve on it; other wishes are no bar."""
    wish = Request.model_validate(
        {
            "staff": "A",
            "date": FIRST,
            "want": want,
            "shifts": ["日"] if want is Want.NOT_SHIFT else [],
        }
    )
    problem = by_day({}, requests=[wish])
    wished = want is Want.DAY_OFF
    assert (0 in kinds(problem, "A 休休休休休").get("day", [])) is wished


def test_nobody_is_asked_where_a_cell_is_pinned() -> None:
    """What is pinned is settled."""
    pinned = {"duties": [{"staff": "A", "date": FIRST, "off": "day_off"}]}
    assert kinds(by_day({}, pins=pinned), "A 休休休休休") == {"day": [0]}


def test_a_short_shift_is_no_reserve_for_a_long_one() -> None:
    """Who only does half a day cannot stand in for a full-timer."""
    half = make_shift("半日", "9:00-13:00", [])
    staff = [make_staff("A", shifts=["半日"])]
    office = make_office(**OPEN_BY_DAY)
    problem = make_problem(staff, days=3, shifts=[DAY, half], office=office)
    assert kinds(problem, "A 休 休 休") == {"day": [0, 1, 2]}


def nights(guests: list[int], **limits: Any) -> Problem:
    """Make five dates with guests in some nights, for A and B who pass them."""
    period = make_period(5)
    return make_problem(
        [make_staff(name, **limits) for name in "AB"],
        period=period,
        office=make_office(contact_system=True),
        forecast=make_forecast(period, overnight=guests),
    )


@pytest.mark.parametrize(
    ("limits", "lacking"),
    [
        ({}, []),
        ({"nights_max": 2}, []),
        ({"nights_max": 1}, [3]),
        ({"minutes_max": 900 + 899}, [3]),
        ({"days_off_min": 2}, [3]),
        ({"no_night": {"first": FIRST, "last": FIRST}}, [0]),
    ],
)
def test_at_night_there_is_room_or_a_night_to_exchange(
    limits: dict[str, Any], lacking: list[int]
) -> None:
    """B gives a later night for the first; of the last A must have one to spare."""
    problem = nights([1, 0, 0, 1, 0], **limits)
    found = kinds(problem, "A 夜明休休休\nB 休休休夜明\n宿 A--A-")
    # A is on call in the last night, so only B's is without: see below.
    assert found.get("night", []) == sorted({*lacking, 3})


@pytest.mark.parametrize(("limits", "lacking"), [({}, []), ({"nights_max": 1}, [3])])
def test_the_last_night_has_none_to_exchange(
    limits: dict[str, Any], lacking: list[int]
) -> None:
    """With nobody on call from the two, A has both dates off."""
    staff = [*(make_staff(name, **limits) for name in "AB"), make_staff("C")]
    problem = nights([1, 0, 0, 1, 0]).model_copy(update={"staff": tuple(staff)})
    grid = "A 夜明休休休\nB 休休休夜明\nC 日日日日日\n宿 C--C-"
    assert kinds(problem, grid).get("night", []) == lacking


@pytest.mark.parametrize(
    ("grid", "lacking"),
    [
        ("A 夜明休休休\nB 休休日日日\n宿 B----", [0]),
        ("A 夜明休休休\nB 休休日日日\n宿 -----", []),
        ("A 夜明休休休\nB 休休日日日\nC 有休休休休\n宿 B----", [0]),
        ("A 夜明休休休\nB 休休日日日\nC 夜明休休休\n宿 B----", [0]),
        ("A 夜明休休休\nB 休休日日日\nC 日日休休休\n宿 B----", []),
        ("A 夜明休休休\nB 休休日日日\nC 日日休休休\n宿 BC---", []),
    ],
)
def test_of_the_others_somebody_could_be_on_call(grid: str, lacking: list[int]) -> None:
    """Not on leave, not on a shift in that night; a later night can be exchanged."""
    people = [row[0] for row in grid.splitlines() if row[0] in "ABC"]
    problem = nights([1, 0, 0, 0, 0])
    staff = tuple(make_staff(name) for name in people)
    problem = problem.model_copy(update={"staff": staff})
    assert kinds(problem, grid).get("on_call", []) == lacking


def test_a_night_on_call_earlier_in_the_week_is_enough() -> None:
    """With a permit it is one a week: B had it, and C has it later."""
    problem = nights([1, 1, 0, 0, 0])
    staff = tuple(make_staff(name) for name in "ABC")
    problem = problem.model_copy(update={"staff": staff})
    grid = "A 夜明休休休\nB 日日日日日\nC 日夜明休休\n宿 BA---"
    assert kinds(problem, grid)["on_call"] == [1]


def test_a_night_takes_both_dates() -> None:
    """A day off before a day of work is none for a night."""
    problem = nights([1, 0, 0, 0, 0])
    assert kinds(problem, "A 夜明休休休\nB 休日休休休")["night"] == [0]
    assert "night" not in kinds(problem, "A 夜明休休休\nB 休休日日日")


def desks(**quota: int) -> Problem:
    """Make four dates on which P plans or cares, eight hours each."""
    office = make_office(**OPEN_BY_DAY, **quota)
    planner = make_staff(
        "P",
        shifts=["日"],
        roles=["planner", "care"],
        qualifications=["介護支援専門員", "計画作成担当者研修"],
    )
    return make_problem([planner], days=4, shifts=[DAY], office=office)


@pytest.mark.parametrize(
    ("jobs", "lacking"),
    [
        ("ppcc", []),
        ("ccpp", [2, 3]),
        ("pcpc", []),
        ("pccp", [3]),
        ("ppp-", []),
        ("-pp-", [1, 2]),
    ],
)
def test_planning_is_made_up_by_surplus_or_on_later_shifts(
    jobs: str, lacking: list[int]
) -> None:
    """Two shifts of planning are asked for; care on a later one can become planning."""
    problem = desks(planner_desk=960)
    duties = [
        make_duty(problem, "P", date, "休")
        if job == "-"
        else make_duty(
            problem, "P", date, "日", roles=["planner" if job == "p" else "care"]
        )
        for date, job in zip(problem.period.dates, jobs, strict=True)
    ]
    found = reserve_gaps(problem, RosterRecord(duties=tuple(duties)))
    dates = [one.date for one in found if one.kind is ReserveGapKind.PLANNING]
    assert [(date - FIRST).days for date in dates] == lacking


# -- counted twice ---------------------------------------------------------------


@pytest.mark.parametrize("offices", [8, many(40)])
def test_model_and_report_agree(offices: int) -> None:
    """Fixed to a roster, the model counts what the report counts.

    Forty random offices say something of every kind, now and then.
    """
    some: Counter[ReserveGapKind] = Counter()
    for seed in range(offices):
        problem, roster, model = draw(seed)
        reserve = ReserveModel(model, problem)
        for index, value in (model.values_of(roster) or {}).items():
            model.cp.add(model.variable(index) == value)
        model.cp.minimize(reserve.penalty)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(model.cp) == cp_model.OPTIMAL, seed
        found = reserve_gaps(problem, roster)
        assert reserve.cost_at(solver.response_proto.solution) == cost(found), seed
        days = problem.period.days
        counted = Counter(lack.kind for lack in found)
        some.update(kind for kind, count in counted.items() if 0 < count < days)
    if offices >= 40:
        assert all(some[kind] >= 2 for kind in ReserveGapKind), some


def draw(seed: int) -> tuple[Problem, Roster, RosterModel]:
    """Draw an office with a desk for its first, a roster at random, and the model."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    some = {
        quota: rnd.choice([120, 480, 960])
        for quota in ("planner_desk", "planner_desk_early", "manager_desk")
    }
    of_office = problem.office.settings.model_copy(update=some)
    office = problem.office.model_copy(update={"settings": of_office})
    first, *others = problem.staff
    busy = {"roles": (Role.CARE, Role.PLANNER, Role.MANAGER)}
    staff = (first.model_copy(update=busy), *others)
    problem = problem.model_copy(update={"office": office, "staff": staff})
    model = build(problem)
    drawn = [v for date in problem.period.dates for v in model.decisions(date)]
    worth = [rnd.randint(-9, 9) for _ in drawn]
    model.cp.minimize(LinearExpr.weighted_sum(drawn, worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 0.1
    assert solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return problem, model.read(solver.response_proto.solution), model


# -- looked for ------------------------------------------------------------------


def turns(days: int = 4, people: str = "AB") -> Problem:
    """Make an office in which one of the people is enough on every date."""
    return make_problem(
        [make_staff(name, shifts=["日"], on_call=False) for name in people],
        days=days,
        shifts=[DAY],
        office=make_office(**OPEN_BY_DAY),
        cover_rules=[CoverRule(name="日", shift=DAY.symbol, at_least=1, at_most=1)],
    )


def planning() -> Problem:
    """Make an office in which P plans on two of four dates, and K always cares."""
    problem = desks(planner_desk=960)
    carer = make_staff("K", shifts=["日"], on_call=False)
    planner = problem.staff[0].model_copy(update={"on_call": False})
    rule = CoverRule.model_validate(
        {"name": "介", "role": "care", "band": "9:00-12:00", "at_least": 1}
    )
    few = {"days_off_min": 1}
    contract = planner.contract.model_copy(update=few)
    planner = planner.model_copy(update={"contract": contract})
    changes = {"staff": (planner, carer), "cover_rules": (rule,)}
    return problem.model_copy(update=changes)


def every_roster(problem: Problem) -> Iterator[tuple[tuple[int, ...], Roster]]:
    """Yield every roster of an office without nights that breaks nothing enforced.

    Each with its worth.
    """
    cells = [(m, date) for m in problem.staff for date in problem.period.dates]
    choices = []
    for member, date in cells:
        shifts = [
            make_duty(problem, member.name, date, "日", roles=[role])
            for role in member.roles
        ]
        choices.append([make_duty(problem, member.name, date, "休"), *shifts])
    for duties in product(*choices):
        roster = RosterRecord(duties=duties)
        found = audit(problem, roster)
        if not any(f.stance is Stance.ENFORCED for f in found):
            yield worth(problem, found), roster


def worth(problem: Problem, found: Iterable[Finding]) -> tuple[int, ...]:
    """Return the levels' totals, the most important first."""
    totals = rules_of(problem).level_totals(found)
    return tuple(totals.get(level, 0) for level in LEVELS)


@pytest.mark.parametrize("make", [turns, planning])
def test_no_roster_of_the_same_worth_has_more_in_reserve(make: Any) -> None:
    """Held against all rosters there are: same worth, and the least that lacks."""
    problem = make()
    rosters = list(every_roster(problem))
    best = min(levels for levels, _ in rosters)
    costs = [
        cost(reserve_gaps(problem, one)) for levels, one in rosters if levels == best
    ]
    solution = solve(problem, QUICK, robust=True)
    assert worth(problem, audit(problem, solution.roster)) == best
    assert min(costs) < max(costs)
    assert cost(reserve_gaps(problem, solution.roster)) == min(costs)
    gained = reserve_of(solution.roster)
    assert gained.after == reserve_gaps(problem, solution.roster)
    assert gained.bound == min(costs)
    assert gained.is_best


def reserve_of(roster: Roster) -> Reserve:
    """Return what the roster says was gained."""
    assert roster.provenance is not None
    assert roster.provenance.reserve is not None
    return roster.provenance.reserve


def test_without_the_option_nothing_is_looked_for_or_said() -> None:
    """A roster that just came out says nothing of reserve."""
    solution = solve(turns(), QUICK)
    assert solution.roster.provenance is not None
    assert solution.roster.provenance.reserve is None


def test_where_nobody_can_be_in_reserve_the_bound_says_so() -> None:
    """Contracts with no day off to spare: nothing to gain, and that is known."""
    problem = turns()
    owed = make_contract(days_off_min=4)
    staff = (one.model_copy(update={"contract": owed}) for one in problem.staff)
    problem = problem.model_copy(update={"staff": tuple(staff)})
    gained = reserve_of(solve(problem, QUICK, robust=True).roster)
    assert gained.after == gained.before
    assert [lack.kind for lack in gained.after] == [ReserveGapKind.DAY] * 4
    assert gained.bound == 4
    assert gained.is_best


def test_it_never_costs_a_level() -> None:
    """A week of four people with wishes: what was reached is what is held."""
    wishes = [
        Request.model_validate({"staff": name, "date": date, "want": "day_off"})
        for name, date in zip("AAB", turns(7).period.dates, strict=False)
    ]
    problem = turns(7, "ABCD").model_copy(update={"requests": tuple(wishes)})
    plain, robust = (solve(problem, QUICK, robust=one) for one in (False, True))
    assert all(one.is_best for one in plain.outcomes)
    assert [(o.level, o.value) for o in plain.outcomes] == [
        (o.level, o.value) for o in robust.outcomes
    ]
    gained = reserve_of(robust.roster)
    assert gained.bound <= cost(gained.after) <= cost(gained.before)
    assert robust.findings == audit(problem, robust.roster)


# -- in words --------------------------------------------------------------------


@pytest.fixture
def _english() -> None:
    use_language("en")


@pytest.mark.usefixtures("_english")
def test_it_is_told_by_kind_with_what_is_left() -> None:
    """Counts before and after, the dates that are left, and how good that is."""
    dates = make_period(3).dates
    before = tuple(ReserveGap(date=date, kind=ReserveGapKind.DAY) for date in dates)
    night = ReserveGap(date=dates[1], kind=ReserveGapKind.NIGHT)
    gained = Reserve(before=(*before, night), after=(night,), bound=10, seconds=1.0)
    night_line, day_line, last = reserve_lines(gained)
    assert night_line.startswith("Nobody in reserve for the night: 1 → 1 (")
    assert day_line == "Nobody in reserve by day: 3 → 0"
    assert last == "Nothing better was found; the bound is equal."


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(
    ("before", "after", "bound", "last"),
    [
        (0, 0, 0, "On every date somebody was in reserve already."),
        (2, 0, 0, "On every date somebody is in reserve."),
        (2, 1, 0, "Perhaps there is still better; the time was up."),
        (2, 2, 0, "Nothing better was found in the time given."),
    ],
)
def test_what_is_known_of_it(before: int, after: int, bound: int, last: str) -> None:
    """What was not shown is not claimed."""
    some = tuple(
        ReserveGap(date=d, kind=ReserveGapKind.DAY) for d in make_period(3).dates
    )
    gained = Reserve(before=some[:before], after=some[:after], bound=bound, seconds=1.0)
    assert [*reserve_lines(gained)][-1] == last
