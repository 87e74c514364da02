"""Kinds of office: numbers by kind, vectors of official answers, what a kind refuses.

Vectors that audited rules decide stand with their cases (V2 in A-06, V5 in A-19), those
of several houses in `tests.houses.test_joint` (V1, V2, V4, V8, V9), those of users in
`tests.domain.test_users` (V17, V18).
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from scheduler.audit import audit
from scheduler.audit.consistency import mistakes, warnings
from scheduler.audit.figures.bands import nights
from scheduler.audit.figures.day_curve import day_curve
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.papers.addons import addons
from scheduler.audit.papers.compliance import compliance
from scheduler.audit.papers.deductions import Outlook, deduction_cost, deductions
from scheduler.audit.users import (
    least_places,
    services,
    square_metres,
    staff_on_visits,
)
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.shifts import Role
from scheduler.model import build
from scheduler.precheck import precheck
from scheduler.rulebook import load, rules_of
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_roster,
    make_staff,
)

PERIOD = make_period(30)
E02_VISITS = ("E-02", "visits")
SUPPORTED = {"kind": "satellite", "left_to_main": list(Support)}


def met(problem: Any, roster: Any, rule: str) -> dict[str, bool]:
    """Return whether each condition of an add-on is met, by facet."""
    return {one.facet: one.met for one in addons(problem, roster) if one.rule == rule}


@pytest.mark.parametrize(
    ("kind", "left", "numbers"),
    [
        # day pool beyond users / 3, visits in people, on call, nurses, managers
        ("main", [], (1, None, 1, 1, 1)),
        ("satellite", [], (1, 0, 1, 1, 1)),
        ("satellite", list(Support), (0, 1, 0, 0, 0)),
        ("satellite", [Support.ON_CALL], (1, 0, 0, 1, 1)),
        ("kantaki", [], (2, None, 1, 2, 1)),
        ("kantaki_satellite", [], (2, 0, 1, 1, 1)),
        ("kantaki_satellite", [Support.VISITS], (0, 2, 1, 1, 1)),
        ("kantaki_satellite", [Support.MANAGER], (2, 0, 1, 1, 0)),
    ],
)
def test_numbers_of_each_kind(
    kind: str, left: list[Support], numbers: tuple[int | None, ...]
) -> None:
    """The table of rulebook 12.3, as far as one office has it."""
    rules = load(PERIOD, OfficeKind(kind), left)
    heads = rules["A-12"]
    assert numbers == (
        rules["A-03"].int("visit_fte"),
        heads.int("visit_people_min") if heads.is_for(rules.kind) else None,
        rules["A-06"].int("on_call_min"),
        rules["A-10"].int("nurses_min"),
        rules["A-13"].int("managers_min"),
    )
    assert rules["A-06"].int("awake_min") == 1


@pytest.mark.parametrize(
    ("kind", "tenths"), [("kantaki", 25), ("kantaki_satellite", 10)]
)
def test_nurses_of_a_kantaki(kind: str, tenths: int) -> None:
    assert load(PERIOD, OfficeKind(kind))["A-19"].int("nurse_fte_tenths") == tenths


def test_a_kind_has_its_articles_and_what_is_recalled_is_told() -> None:
    rules = load(PERIOD, OfficeKind.KANTAKI)
    assert "171" in rules["A-03"].source
    assert rules["E-02"].is_to_be_confirmed("visits")
    assert not load(PERIOD)["E-02"].is_to_be_confirmed("visits")
    assert load(PERIOD, OfficeKind.SATELLITE)["A-12"].is_to_be_confirmed("visit_people")


def test_other_kinds_rules_stand_on_no_page_and_in_no_model() -> None:
    """A main office hears nothing of A-12 and A-19, nor a kantaki of A-12."""
    told = {}
    for kind in OfficeKind:
        problem = make_problem(days=1, office=make_office(kind=kind))
        roster = make_roster(problem, "A 日")
        lines = compliance(problem, roster, audit(problem, roster))
        posted = {spot.rule for spot, _facet, _terms in build(problem).spots()}
        told[kind] = {line.rule for line in lines} & {"A-12", "A-19"}
        assert posted & {"A-12", "A-19"} <= told[kind]
    assert told == {
        OfficeKind.MAIN: set(),
        OfficeKind.SATELLITE: {"A-12"},
        OfficeKind.KANTAKI: {"A-19"},
        OfficeKind.KANTAKI_SATELLITE: {"A-12", "A-19"},
    }


@pytest.mark.parametrize(
    ("office", "code"),
    [
        ({"kind": "main", "left_to_main": ["on_call"]}, "no_satellite"),
        ({"kind": "kantaki", "left_to_main": ["visits"]}, "no_satellite"),
        ({"kind": "kantaki_satellite", "left_to_main": ["nurse"]}, "nurses_of_its_own"),
        (
            {
                "kind": "satellite",
                "capacity": dict(registered=18, day_use=13, overnight=6),
            },
            "capacity_above_law",
        ),
    ],
)
def test_what_a_kind_refuses(office: dict[str, Any], code: str) -> None:
    usual = {"capacity": {"registered": 18, "day_use": 12, "overnight": 6}}
    problem = make_problem(office=make_office(**usual | office))
    assert code in [one.code for one in mistakes(problem)]


def test_v1_visits_for_a_satellite_are_work_here_and_services_there() -> None:
    """30 visits of half an hour are 15 hours out of the house, and no service here."""
    period = make_period(30)
    profile = make_profile(visits=[{"span": "10:00-10:30", "percent": 100}])
    changes = {date: {"satellite_visits": 1} for date in period.dates}
    problem = make_problem(
        period=period,
        office=make_office(profiles=[profile]),
        forecast=make_forecast(period, visits=1, changes=changes),
    )
    out = [staff_on_visits(problem, date, 600) for date in period.dates]
    assert sum(out) * 30 == 15 * 60
    assert services(problem).visits == 0


@pytest.mark.parametrize(
    ("typed", "total", "for_add_on"),
    [
        # V11: a watch by telephone has no field; a word at the door is a visit.
        ({}, 0, 0),
        ({"visits": 1}, 1, 1),
        # V12: fetching with recorded help in dressing is a visit for E-02 alone.
        ({"fetched_with_help": 1}, 0, 1),
    ],
)
def test_v11_and_v12_what_counts_as_a_visit(
    typed: dict[str, int], total: int, for_add_on: int
) -> None:
    period = make_period(1)
    forecast = make_forecast(period, changes={period.first: typed})
    problem = make_problem(["A"], period=period, forecast=forecast)
    made = services(problem)
    assert (made.total, made.visits_of_add_on) == (total, for_add_on)
    roster = make_roster(problem, "A 日")
    (line,) = [a for a in addons(problem, roster) if (a.rule, a.facet) == E02_VISITS]
    assert line.actual == for_add_on
    assert {staff_on_visits(problem, period.first, m) for m in range(1440)} <= {
        0,
        total,
    }


@pytest.mark.parametrize(
    ("kind", "visits", "code"),
    [("satellite", 3, "has_no_satellites"), ("main", 1, "more_than_all_visits")],
)
def test_satellites_of_whom(kind: str, visits: int, code: str) -> None:
    period = make_period(2)
    changes = {period.first: {"satellite_visits": 2}}
    problem = make_problem(
        period=period,
        office=make_office(kind=kind),
        forecast=make_forecast(period, visits=visits, changes=changes),
    )
    assert [one.code for one in mistakes(problem) if one.loc[0] == "forecast"] == [code]


@pytest.mark.parametrize(
    ("kind", "field", "code"),
    [
        ("satellite", "satellite_stays", "has_no_satellites"),
        ("main", "main_visits", "has_no_main"),
        ("main", "main_stays", "has_no_main"),
        ("main", "satellite_stays", "more_than_all_guests"),
        ("satellite", "main_stays", None),
    ],
)
def test_whose_users_sleep_where(kind: str, field: str, code: str | None) -> None:
    period = make_period(2)
    problem = make_problem(
        period=period,
        office=make_office(kind=kind),
        forecast=make_forecast(period, changes={period.first: {field: 1}}),
    )
    found = [one.code for one in mistakes(problem) if one.loc[0] == "forecast"]
    assert found == ([code] if code else [])


def test_a_night_on_call_for_a_satellite_stands_on_every_page() -> None:
    """The day's curve, the compliance page and the precheck ask for it."""
    period = make_period(2)
    changes = {period.first: {"satellite_overnight": 1}}
    problem = make_problem(
        period=period,
        office=make_office(contact_system=True),
        forecast=make_forecast(period, changes=changes),
    )
    roster = make_roster(problem, "A 休休")
    curve = [m for m in day_curve(problem, roster, period.first) if m.night]
    assert [m.on_call_required for m in curve if m.night == period.first] == [1]
    assert [(n.needed, n.called) for n in nights(problem, roster)] == [
        (False, True),
        (False, False),
    ]
    lines = compliance(problem, roster, audit(problem, roster))
    (line,) = [one for one in lines if (one.rule, one.facet) == ("A-06", "on_call")]
    assert line.strictest is not None
    assert (line.strictest.required, line.strictest.actual) == (1, 0)
    (line,) = [one for one in precheck(problem) if one.code == "on_call_month"]
    assert line.required == 1


def test_v3_a_satellite_without_a_nurse_is_legal_and_claims_no_add_on() -> None:
    nurse = make_staff("A", roles=["nurse"], qualifications=["看護師"])
    main = make_problem([nurse], days=1)
    satellite = make_problem(["A"], days=1, office=make_office(**SUPPORTED))
    own = make_roster(satellite, "A 日")
    assert "A-10" not in {one.rule for one in audit(satellite, own)}
    assert met(main, make_roster(main, "A 日"), "E-03")["registered_nurse"]
    assert not any(met(satellite, own, "E-03").values())


def test_v6_and_v7_nurses_of_a_kantaki_add_up_and_one_may_manage_it() -> None:
    """2.5 nurses in all, the manager one of them; visiting nursing asks for no more."""
    manager = make_staff("A", roles=["manager", "nurse"], qualifications=["看護師"])
    others = [
        make_staff(name, roles=["nurse"], qualifications=["看護師"]) for name in "BC"
    ]
    problem = make_problem([manager, *others], office=make_office(kind="kantaki"))
    grid = "\n".join(f"{name} 日日日日日休休" for name in "ABC")
    roster = make_roster(problem, grid)
    duties = [
        duty.model_copy(update={"roles": (Role.NURSE,)})
        if duty.staff == "A" and duty.date.day <= 3
        else duty
        for duty in roster.duties
    ]
    roster = roster.model_copy(update={"duties": tuple(duties)})
    found = {(one.rule, one.facet) for one in audit(problem, roster)}
    assert not found & {("A-13", "on_list"), ("A-19", "nurse_fte"), ("A-10", "on_list")}


def test_v10_a_part_time_care_manager_with_a_job_elsewhere_is_enough() -> None:
    papers = ["介護支援専門員", "計画作成担当者研修"]
    planner = make_staff(
        "A",
        roles=["planner"],
        qualifications=papers,
        full_time=False,
        other_office=True,
    )
    problem = make_problem([planner], days=1)
    found = audit(problem, make_roster(problem, "A 日"))
    assert "A-11" not in {one.rule for one in found}


def test_days_in_the_group_home_next_door_are_work_and_nothing_here() -> None:
    """48 hours there are too many for seven dates, and none for this office."""
    kind = {
        "symbol": "隣",
        "name": "介護",
        "hours": True,
        "elsewhere": "グループホーム",
    }
    problem = make_problem(["A"], days=7, kinds=[kind])
    roster = make_roster(problem, "A 隣隣隣隣隣隣休")
    assert full_time_equivalents(problem, roster).by_hours.total == 0
    found = {(one.rule, one.facet) for one in audit(problem, roster)}
    assert ("F-02", "month") in found
    assert ("A-04", "presence") in found
    curve = day_curve(problem, roster, problem.period.first)
    assert not any(moment.workers for moment in curve)


@pytest.mark.parametrize(
    ("group_home", "line", "facets"),
    [
        (False, "宿 A", {"awake"}),
        (True, "宿 A", set()),
        (True, "宿 -", {"on_call"}),
    ],
)
def test_a_group_homes_night_worker_is_awake_for_both(
    group_home: bool, line: str, facets: set[str]
) -> None:
    """One guest: nobody of the office is awake, and somebody is on call (A-16)."""
    period = make_period(1)
    problem = make_problem(
        ["A", "B"],
        period=period,
        office=make_office(group_home_night=group_home),
        forecast=make_forecast(period, overnight=1),
    )
    roster = make_roster(problem, f"A 日\nB 休\n{line}")
    found = [one for one in audit(problem, roster) if one.rule == "A-06"]
    assert {one.facet for one in found} == facets
    assert rules_of(problem)["A-06"].is_to_be_confirmed("awake") is group_home
    sums = {one.code for one in precheck(problem)}
    assert ("no_nights" in sums) is group_home


def test_only_small_multifunctional_care_shares_its_night() -> None:
    """A kantaki may not; whoever may is told to have it confirmed."""
    shared = make_problem(office=make_office(group_home_night=True))
    assert [one.code for one in warnings(shared)].count("group_home_night_open") == 1
    kantaki = make_problem(office=make_office(kind="kantaki", group_home_night=True))
    assert "group_home_night" in [one.code for one in mistakes(kantaki)]


@pytest.mark.parametrize(("visits", "is_met"), [(199, False), (200, True)])
def test_v13_two_full_timers_absent_on_some_dates(visits: int, is_met: bool) -> None:
    number = [visits - 29 * 6, *[6] * 29]
    problem = make_problem(
        ["A", "B"], period=PERIOD, forecast=make_forecast(PERIOD, visits=number)
    )
    days = "日" + "休" * 29
    roster = make_roster(problem, f"A {days}\nB {days}")
    assert met(problem, roster, "E-02") == {"visits": is_met, "full_timers": True}


def test_v14_a_nurse_who_is_manager_earns_no_add_on() -> None:
    nurse = make_staff("A", roles=["nurse", "manager"], qualifications=["看護師"])
    problem = make_problem([nurse], days=1)
    assert not met(problem, make_roster(problem, "A 休"), "E-03")["registered_nurse"]


def test_a_kantaki_has_no_nurse_add_on() -> None:
    problem = make_problem(days=1, office=make_office(kind="kantaki"))
    assert met(problem, make_roster(problem, "A 日"), "E-03") == {}


@pytest.mark.parametrize(
    ("registered", "day_use", "metres"), [(26, 15, 0), (29, 15, 0), (28, 16, 48)]
)
def test_v15_from_16_places_on_3_square_metres_a_head(
    registered: int, day_use: int, metres: int
) -> None:
    capacity = {"registered": registered, "day_use": day_use, "overnight": 9}
    problem = make_problem(office=make_office(capacity=capacity))
    assert "capacity_above_law" not in [one.code for one in mistakes(problem)]
    assert least_places(problem).day_use <= day_use
    assert square_metres(problem) == metres


@pytest.mark.parametrize("trained", [True, False])
def test_v16_a_care_manager_without_training_costs_from_the_month_after_next(
    trained: bool,
) -> None:
    papers = ["介護支援専門員", *(["計画作成担当者研修"] if trained else [])]
    planner = make_staff("A", roles=["planner"], qualifications=papers)
    problem = make_problem([planner], period=make_period(31))
    lines = deductions(problem, make_roster(problem, "A " + "休" * 31))
    (line,) = [one for one in lines if (one.rule, one.facet) == ("C-04", "planner")]
    assert line.outlook is (Outlook.NONE if trained else Outlook.MONTH_AFTER_NEXT)
    cost = deduction_cost(problem, [line])
    if trained:
        assert cost is None
    else:
        # December: short until the end of January, and cut from February on.
        assert cost is not None
        assert cost.mend_by == dt.date(2027, 1, 31)
        assert cost.first_month == dt.date(2027, 2, 1)


def test_the_precheck_counts_nurses_and_people_for_visits() -> None:
    """A sum below what a kind needs is told before any search."""
    nurse = make_staff(
        "A",
        roles=["nurse"],
        qualifications=["看護師"],
        full_time=False,
        minutes_max=600,
    )
    kantaki = make_problem([nurse, "B"], office=make_office(kind="kantaki"))
    (line,) = [one for one in precheck(kantaki) if one.code == "nurse_minutes"]
    # 2.5 of 2400 in seven dates; one shift of 480 fits in ten hours.
    assert (line.required, line.possible) == (6000, 480)
    satellite = make_problem(["A"], office=make_office(**SUPPORTED))
    (line,) = [one for one in precheck(satellite) if one.code == "visit_people"]
    assert (line.required, line.possible, line.breaks_law) == (1, 1, False)
    busy = satellite.model_copy(
        update={"forecast": make_forecast(satellite.period, day_users=1)}
    )
    (line,) = [one for one in precheck(busy) if one.code == "visit_people"]
    assert (line.required, line.possible, line.breaks_law) == (2, 1, True)
    codes = {one.code for one in precheck(satellite)}
    assert not codes & {"on_call_month", "nurse", "manager"}
    assert "planner" in codes


def test_a_satellite_needs_no_hours_of_whom_its_main_office_sends() -> None:
    """As ``init`` writes them, settings ask for management and for nurses."""
    asked = {"manager_desk": 2400, "nurse_shifts": 1, "planner_desk": 0}
    kinds = {"main": {}, "satellite": SUPPORTED}
    codes = {
        kind: {
            one.code
            for one in precheck(
                make_problem(["A"], office=make_office(**asked, **given))
            )
        }
        for kind, given in kinds.items()
    }
    assert codes["main"] - codes["satellite"] >= {"manager_desk", "nurse_shifts"}


def test_what_was_typed_for_a_satellite_stays_for_when_it_stands_alone() -> None:
    """Its own hours are not asked for, and not lost."""
    asked = {"manager_desk": 2400, "nurse_shifts": 1, "planner_desk": 0}
    office = make_office(**asked, **SUPPORTED)
    assert (office.manager_desk, office.nurse_shifts) == (0, 0)
    alone = office.model_copy(update={"left_to_main": ()})
    assert (alone.manager_desk, alone.nurse_shifts) == (2400, 1)


@pytest.mark.parametrize("number", range(1, 19))
def test_every_vector_of_official_answers_has_a_test(number: int) -> None:
    """By the name of a test or of a case of a rule."""
    folder = Path(__file__).parents[1]
    tests = (path.read_text(encoding="utf-8") for path in folder.glob("*/test_*.py"))
    cases = (path.read_text(encoding="utf-8") for path in folder.glob("cases/*.toml"))
    named = re.compile(rf"^def test_(\w+_)?v{number}_", re.MULTILINE)
    as_case = re.compile(rf'^name = "V{number}:', re.MULTILINE)
    assert any(map(named.search, tests)) or any(map(as_case.search, cases))


def test_rules_of_a_problem_are_those_of_its_kind() -> None:
    problem = make_problem(office=make_office(kind="kantaki"))
    assert rules_of(problem)["A-03"].int("visit_fte") == 2
