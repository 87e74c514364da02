"""A main office and its satellites as one problem."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scheduler.audit import audit, consistency
from scheduler.audit.consistency import joint_mistakes
from scheduler.audit.figures.day_curve import day_curves
from scheduler.audit.figures.fte import WorkType, full_time_equivalents, work_type
from scheduler.audit.houses import houses_of, together
from scheduler.audit.papers.to_come import law_to_come
from scheduler.audit.timeline import Timeline
from scheduler.audit.users import services, staff_on_visits
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.between_houses import Origin, symbols_of
from scheduler.domain.clock import Interval
from scheduler.domain.events import CalendarEvent
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.requests import CoverRule
from scheduler.domain.roster import Change, Roster
from scheduler.domain.scenario import Revision, Scenario
from scheduler.domain.shifts import OnCall, ShiftKind
from scheduler.files.houses import read_month
from scheduler.files.rosters import write_roster
from scheduler.files.samples import komorebi, tsubomi
from scheduler.files.wall_of_all import write_wall_of_all
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.roster.write import build_wall_print
from scheduler.files.workbook.styles import PAPER_A3
from scheduler.model import build
from scheduler.rulebook import rules_of
from scheduler.solver.solve import SearchLimits, solve
from tests.rules.test_agreement import compare
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.fixing import any_allowed, judge
from tests.support.joint_worlds import a_joint_problem, disturbed_together
from tests.support.thorough import first_of

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem


@pytest.mark.parametrize("seed", first_of(range(16), 3))
def test_model_and_audit_agree(seed: int) -> None:
    """Fixed to a roster of both houses, the model allows what the audit passes."""
    rnd = random.Random(seed)
    problem = a_joint_problem(rnd)
    model = build(problem)
    near = any_allowed(problem, rnd.randint(0, 10_000), model)
    roster = disturbed_together(rnd, problem, near)
    compare(problem, roster, judge(problem, roster, model=model))


def of_office(problem: Problem, **fields: object) -> Problem:
    """Return a house with fields of its office changed."""
    office = problem.office.model_copy(update=fields)
    return problem.model_copy(update={"office": office})


def codes(*houses: Problem) -> set[str]:
    """Return the codes of what keeps houses from being planned together."""
    return {one.code for one in joint_mistakes(houses)}


def test_the_sample_has_no_mistake() -> None:
    houses = tsubomi(), komorebi()
    assert codes(*houses) == set()
    assert all(consistency.mistakes(house) == () for house in joint(houses).houses)


def test_joining_again_changes_nothing() -> None:
    once = joint([tsubomi(), komorebi()])
    assert joint(once.houses) == once


def test_v4_a_satellite_on_the_main_s_premises_is_refused() -> None:
    near = of_office(tsubomi(), same_premises=True)
    assert [one.code for one in consistency.mistakes(near)] == ["same_premises"]
    assert consistency.mistakes(tsubomi()) == ()


def test_v8_staff_of_two_kantaki_visit_in_both() -> None:
    left = tuple(one for one in Support if one is not Support.NURSE)
    main = of_office(komorebi(), kind=OfficeKind.KANTAKI)
    other = of_office(tsubomi(), kind=OfficeKind.KANTAKI_SATELLITE, left_to_main=left)
    assert codes(main, other) == set()
    both = {m.name for m in main.staff} & {m.name for m in other.staff}
    assert {main.office.name, other.office.name} == {
        member.home for house in (main, other) for member in house.staff if member.home
    }
    assert len(both) == 2


def test_v9_nobody_is_named_for_shotaki_and_kantaki() -> None:
    main = of_office(komorebi(), kind=OfficeKind.KANTAKI)
    assert codes(main, tsubomi()) == {"joint_two_services"}
    alone = [
        house.model_copy(update={"staff": house.home.staff})
        for house in (main, tsubomi())
    ]
    assert codes(*alone) == set()


def test_a_kantaki_satellite_has_a_kantaki_as_main() -> None:
    other = of_office(tsubomi(), kind=OfficeKind.KANTAKI_SATELLITE)
    assert "joint_kind" in codes(komorebi(), other)


@pytest.mark.parametrize(
    ("houses", "code"),
    [
        ((komorebi(),), "joint_houses"),
        ((komorebi(), komorebi()), "joint_houses"),
        ((komorebi(), tsubomi(), tsubomi(), tsubomi()), "joint_houses"),
        ((komorebi(), tsubomi(), tsubomi()), "joint_same_name"),
        ((komorebi(), of_office(tsubomi(), main_office="別")), "joint_other_main"),
        ((komorebi(), of_office(tsubomi(), left_to_main=())), "joint_own_on_call"),
        ((komorebi(), of_office(tsubomi(), name="別")), "joint_no_home"),
        (
            (komorebi(), tsubomi().model_copy(update={"staff": komorebi().home.staff})),
            "joint_two_homes",
        ),
    ],
)
def test_houses_that_do_not_fit(houses: tuple[Problem, ...], code: str) -> None:
    assert code in codes(*houses)


def test_wishes_stand_where_the_person_belongs() -> None:
    guest = next(member for member in tsubomi().staff if member.home)
    wish = komorebi().requests[0].model_copy(update={"staff": guest.name})
    other = tsubomi().model_copy(update={"requests": (wish,)})
    assert codes(komorebi(), other) == {"joint_wish_abroad"}


def test_v1_and_v2_the_main_s_work_for_a_satellite_is_computed_from_its_forecast() -> (
    None
):
    """30 visits of half an hour and one stay: work of the main, services of the other.

    The stay makes the main's night one with a guest, who needs 1 + 1 there.
    """
    period = make_period(30)
    there = {date: {"main_visits": 1} for date in period.dates}
    there[period.first]["main_stays"] = 1
    satellite = tsubomi().model_copy(update={"period": period})
    satellite = of_office(satellite, left_to_main=tuple(Support))
    satellite = satellite.model_copy(
        update={"forecast": make_forecast(period, changes=there)}
    )
    profile = make_profile(visits=[{"span": "10:00-10:30", "percent": 100}])
    main = make_problem(
        ["A", "B"],
        period=period,
        office=make_office(profiles=[profile], contact_system=True),
        forecast=make_forecast(period),
    )
    alone = satellite.model_copy(update={"staff": satellite.home.staff})
    whole = joint([main, alone])
    assert joint(whole.houses) == whole
    here, other = whole.houses
    minutes = [staff_on_visits(here, date, 600) * 30 for date in period.dates]
    assert sum(minutes) == 15 * 60
    assert services(here).total == 0
    made = services(other)
    assert (made.visits, made.stays) == (30, 1)
    nights = [here.forecast_by_date[date].overnight for date in period.dates]
    assert nights == [1, *[0] * 29]
    roster = make_roster(here, f"A {'休' * 30}\nB {'休' * 30}")
    short = [f for f in audit(here, roster) if f.rule == "A-06"]
    assert {(f.facet, f.date) for f in short} == {
        ("awake", period.first),
        ("on_call", period.first),
    }


LATE_THEN_EARLY = make_shift("遅", "12:00-21:00", ["15:00-16:00"], kind="late")
EARLY = make_shift("早", "7:00-16:00", ["11:00-12:00"], kind="early")
NIGHT = make_shift("夜", "16:30-33:30", ["24:00-25:00"], kind="night")


def two_houses(travel: int = 0, guests: int = 0, days: int = 3) -> JointProblem:
    """Return a main office without guests, and a satellite; P works in both."""
    period = make_period(days)
    shifts = [EARLY, LATE_THEN_EARLY, NIGHT]
    symbols = [shift.symbol for shift in shifts]
    main = make_problem(
        [make_staff("M", shifts=symbols), make_staff("P", shifts=symbols)],
        period=period,
        shifts=shifts,
        office=make_office(name="本館", contact_system=True, rest_least=480),
        forecast=make_forecast(period, 0, 0),
    )
    satellite = make_problem(
        [make_staff("S", shifts=symbols), make_staff("P", shifts=symbols, home="本館")],
        period=period,
        shifts=shifts,
        office=make_office(
            name="花",
            kind=OfficeKind.SATELLITE,
            left_to_main=tuple(Support),
            travel=travel,
            contact_system=True,
        ),
        forecast=make_forecast(period, 0, guests),
    )
    return joint([main, satellite])


def rostered(problem: JointProblem, main: str, satellite: str) -> RosterRecord:
    """Return a roster of both houses; what is begun in the satellite holds."""
    cells = {(d.staff, d.date): d for d in make_roster(problem.houses[0], main).duties}
    there = make_roster(problem.houses[1], satellite)
    for duty in there.duties:
        if duty.shift or duty.staff == "S":
            cells[duty.staff, duty.date] = problem.in_all(1, duty)
    on_call = make_roster(problem.houses[0], main).on_call
    return RosterRecord(duties=tuple(cells.values()), on_call=on_call)


def both_say(problem: JointProblem, roster: RosterRecord) -> Counter[tuple[str, str]]:
    """Return the amounts by rule and facet, on which model and audit agree."""
    compare(problem, roster, judge(problem, roster))
    found: Counter[tuple[str, str]] = Counter()
    for finding in audit(problem, roster):
        found[finding.rule, finding.facet] += finding.amount
    return found


@pytest.mark.parametrize(("travel", "close"), [(120, 0), (121, 1)])
def test_rest_between_two_houses_is_without_the_travel(travel: int, close: int) -> None:
    """Late in the main office to 21:00, early in the satellite from 7:00: ten hours.

    With two hours of travel eight are left, the least; with a minute more they are not.
    """
    problem = two_houses(travel)
    roster = rostered(problem, "M 休休休\nP 遅休休", "S 休休休\nP 休早休")
    assert both_say(problem, roster)["F-11", "least"] == close
    here = rostered(problem, "M 休休休\nP 遅早休", "S 休休休\nP 休休休")
    assert both_say(problem, here)["F-11", "least"] == 0


@pytest.mark.parametrize("sides", [(0,), (1,), (0, 1)])
def test_who_is_lent_on_named_dates_works_there_on_no_other(
    sides: tuple[int, ...],
) -> None:
    """Either workbook may say it: there on the second alone, at home on any date."""
    problem = two_houses()
    houses = list(problem.houses)
    second = problem.period.dates[1]
    for number in sides:
        staff = (
            one.model_copy(update={"away_on": (second,)}) if one.name == "P" else one
            for one in houses[number].staff
        )
        houses[number] = houses[number].model_copy(update={"staff": tuple(staff)})
    lent = joint(houses)
    for there, breaches in (("休早休", 0), ("早早休", 1), ("休早早", 1), ("早休早", 2)):
        roster = rostered(lent, "M 休休休\nP 休休休", f"S 休休休\nP {there}")
        found = both_say(lent, roster)["L-01", "available"]
        assert found == breaches * len(sides)
    at_home = rostered(lent, "M 休休休\nP 早休早", "S 休休休\nP 休早休")
    assert both_say(lent, at_home)["L-01", "available"] == 0


def test_law_to_come_is_told_where_the_person_belongs() -> None:
    """Ten hours between the late shift here and the early one there, not eleven."""
    problem = two_houses()
    roster = rostered(problem, "M 休休休\nP 遅休休", "S 休休休\nP 休早休")
    told = [
        {
            (law.rule.id, name)
            for law in law_to_come(house.problem, house.roster, dt.date(2027, 4, 1))
            for finding in law.findings or ()
            for name in finding.people
        }
        for house in houses_of(problem, roster)
    ]
    assert ("Z-03", "P") in told[0]
    assert "P" not in {name for _rule, name in told[1]}


@pytest.mark.parametrize(
    ("guests", "call", "missing"), [(1, "-", 540), (1, "M", 0), (0, "-", 0)]
)
def test_the_main_is_on_call_where_its_satellite_has_guests(
    guests: int, call: str, missing: int
) -> None:
    """Without guests of its own it still needs somebody from 21:00 to 6:00 (A-06)."""
    problem = two_houses(guests=guests)
    main = f"M 休休休\nP 休休休\n宿 {call * 3}"
    roster = rostered(problem, main, "S 休休休\nP 休休休")
    assert both_say(problem, roster)["A-06", "on_call"] == 3 * missing


def test_hours_in_both_houses_count_for_the_contract_and_where_they_are_worked() -> (
    None
):
    """P has 8 hours in each house: 16 for the contract, 8 for each house's day."""
    problem = two_houses()
    roster = rostered(problem, "M 休休休\nP 早休休", "S 休休休\nP 休早休")
    for number, dates in enumerate(([0], [1])):
        house, own = problem.houses[number], problem.of_house(roster, number)
        timeline = Timeline(house, own)
        assert timeline.minutes_begun(StaffId("P"), house.period.dates) == 960
        (job,) = [
            job for job in full_time_equivalents(house, own).jobs if job.staff == "P"
        ]
        assert (job.worked, job.credit.total) == (480, 0)
        counted = [stint.date for stint in timeline.stints["P"] if stint.shift.counts]
        assert counted == [house.period.dates[n] for n in dates]


def test_a_night_in_the_satellite_is_no_night_of_the_main() -> None:
    """It is no surplus there, where nobody stays, but a night of the person."""
    problem = two_houses(guests=1)
    main = "M 休休休\nP 休休休\n宿 MMM"
    alone = rostered(problem, main, "S 休休休\nP 夜明休")
    said = both_say(problem, alone)
    assert said["N-01", "surplus_night"] == 0
    timeline = Timeline(problem.houses[0], problem.of_house(alone, 0))
    assert [s.shift.kind for s in timeline.stints["P"]] == [ShiftKind.NIGHT]


def test_of_two_workbooks_that_contradict_each_other_home_holds() -> None:
    problem = two_houses()
    roster = rostered(problem, "M 休休休\nP 早休休", "S 休休休\nP 休早休")
    rosters = [problem.of_house(roster, number) for number in (0, 1)]
    again, none = together(problem, rosters)
    assert again.by_cell == roster.by_cell
    assert none == ()
    other = rostered(problem, "M 休休休\nP 早休休", "S 休休休\nP 休休早")
    rosters[1] = problem.of_house(other, 1)
    again, found = together(problem, rosters)
    assert [(one.staff, one.date.day) for one in found] == [("P", 2), ("P", 3)]
    assert [again.by_cell[cell].shift for cell in roster.by_cell] == [
        duty.shift for duty in roster.by_cell.values()
    ]


def test_papers_of_a_house_name_the_hours_in_the_other() -> None:
    """Who works in both has two jobs (B), with the hours there beside (H-03, B-07)."""
    problem = two_houses()
    roster = rostered(problem, "M 休休休\nP 早休休", "S 休休休\nP 休早休")
    for house, other in zip(houses_of(problem, roster), ("花", "本館"), strict=True):
        member = house.problem.member_by_name[StaffId("P")]
        assert (member.other_job, member.other_minutes) == (other, 480)
        assert work_type(member) is WorkType.B
        alone = next(m for m in house.problem.staff if m.name != "P")
        assert work_type(alone) is WorkType.A


def test_symbols_of_another_house_keep_what_tells_them_apart() -> None:
    main, there = two_houses().houses
    shifts = [
        one.model_copy(update={"symbol": symbol})
        for one, symbol in zip(there.shifts, ("P1", "P2", "夜"), strict=True)
    ]
    member = there.member_by_name[StaffId("S")].model_copy(update={"shifts": ("P1",)})
    there = there.model_copy(update={"shifts": tuple(shifts), "staff": (member,)})
    seen = symbols_of([main, there])[0]
    assert [seen[Origin(1, ShiftId(one))] for one in ("P1", "P2", "夜")] == [
        "花1",
        "花2",
        "花夜",
    ]


FEW = {"M": "早休", "S": "早休", "P": "早遅休"}
"""What each person may do in the month of two dates that is written out."""


def few_rosters(users: int = 0, travel: int = 0) -> tuple[JointProblem, list[Roster]]:
    """Return two houses for two dates without nights on call, and all their rosters."""
    houses = [
        house.model_copy(
            update={
                "forecast": make_forecast(house.period, users * number, 0),
                "staff": tuple(
                    member.model_copy(
                        update={
                            "shifts": tuple(FEW[member.name][:-1]),
                            "on_call": False,
                        }
                    )
                    for member in house.staff
                ),
            }
        )
        for number, house in enumerate(two_houses(days=2).houses)
    ]
    whole = joint(houses)
    begun = [(whole.houses[0], 0, "M"), (whole.houses[1], 1, "S")]
    begun += [(whole.houses[0], 0, "P"), (whole.houses[1], 1, "P")]
    cells = [
        [
            whole.in_all(number, make_duty(house, name, date, symbol))
            for house, number, name in begun
            if name == person
            for symbol in FEW[person]
            if symbol != "休" or number == whole.home_of[StaffId(name)]
        ]
        for person in FEW
        for date in whole.period.dates
    ]
    return whole, [Roster(duties=duties) for duties in product(*cells)]


def test_the_least_of_all_rosters_is_found() -> None:
    """Of all rosters of two dates, written out, none is better than the one made."""
    whole, rosters = few_rosters()
    rulebook = rules_of(whole)
    worth = []
    for roster in rosters:
        findings = audit(whole, roster)
        if not any(one.stance is Stance.ENFORCED for one in findings):
            totals = rulebook.level_totals(findings)
            worth.append([totals[level] for level in LEVELS])
    assert len(worth) == 81
    made = solve(whole, SearchLimits(60, workers=2))
    found = {one.level: one for one in made.outcomes}
    assert all(one.is_best for one in made.outcomes)
    assert [found[lv].value if lv in found else 0 for lv in LEVELS] == min(worth)


def test_of_all_days_in_two_houses_model_and_audit_say_the_same() -> None:
    """All that P can do on two dates, of four so that two days are few enough hours.

    From 21:00 in one house to 7:00 in the other are ten hours, seven and a half without
    the travel; nothing else that is enforced is broken by that.
    """
    problem = two_houses(travel=150, days=4)
    days = [*product(("休", "早", "遅"), ("休",)), *product(("休",), ("早", "遅"))]
    too_close = 0
    for (here, there), (then, then_there) in product(days, repeat=2):
        main = f"M 休休休休\nP {here}{then}休休"
        roster = rostered(problem, main, f"S 休休休休\nP {there}{then_there}休休")
        compare(problem, roster, judge(problem, roster))
        broken = {
            (one.rule, one.facet)
            for one in audit(problem, roster)
            if one.stance is Stance.ENFORCED
        }
        too_close += broken == {("F-11", "least")}
    assert too_close == 2


def test_what_was_edited_in_one_house_is_a_version_of_its_own(tmp_path: Path) -> None:
    """M's day at 10:00 in the main office alone, P's at 11:00 in both: two versions."""
    main, flower = two_houses().houses
    places = {"registered": 18, "day_use": 12, "overnight": 6}
    capacity = flower.office.capacity.model_copy(update=places)
    settings = main.office.settings.model_copy(update={"rest_least": 0})
    houses = of_office(main, settings=settings), of_office(flower, capacity=capacity)
    problem = joint(houses)
    roster = rostered(problem, "M 休休休\nP 休早休", "S 休休休\nP 休休休")
    first = problem.period.first

    def revision(version: int, hour: int, name: str, text: str) -> Revision:
        house = problem.houses[text.startswith("本")]
        after = make_duty(house, name, first, text)
        return Revision(
            version=version,
            accepted_at=dt.datetime(2026, 12, 1, hour),
            scenario=Scenario(now=first),
            changes=(Change(staff=name, date=first, before=None, after=after),),
            asked=(StaffId(name),),
        )

    edited = revision(2, 10, "M", "早")
    known = (
        (edited, revision(3, 11, "P", "早")),
        (revision(2, 11, "P", "本早"),),
    )
    paths = [tmp_path / name for name in ("main.json", "flower.json")]
    made = roster.in_files(path.name for path in paths)
    for path, house, revisions in zip(
        paths, houses_of(problem, made), known, strict=True
    ):
        record = house.roster.model_copy(update={"revisions": revisions})
        write_roster(path, house.problem, record, house.findings)
    found = read_month(paths[1]).plan.revisions
    assert [one.version for one in found] == [2, 3]
    assert [one.asked for one in found] == [("M",), ("P",)]
    (change,) = found[1].changes
    assert change.after is not None
    assert change.after.shift == "早"


def test_the_wall_sheet_of_all_has_leaders_and_events_of_each_house(
    tmp_path: Path,
) -> None:
    """A satellite's begin with its mark; who works there leads there and nowhere else.

    M leads the main office and P whichever house P is in: the satellite on the second
    date, the main office on the third, on which M is off.
    """
    leads = CoverRule(name="責任者", group="リーダー", at_least=1, must=False)
    meeting = CalendarEvent(name="会議", dates=(FIRST,), span=Interval(840, 900))
    drill = CalendarEvent(name="訓練", dates=(FIRST,), place="庭")
    houses = []
    for house, event in zip(two_houses().houses, (meeting, drill), strict=True):
        staff = tuple(
            one.model_copy(update={"groups": ("リーダー",)})
            if one.name in "MP"
            else one
            for one in house.staff
        )
        given = {"staff": staff, "cover_rules": (leads,), "events": (event,)}
        houses.append(house.model_copy(update=given))
    problem = joint(houses)
    roster = rostered(problem, "M 早早休\nP 早休早", "S 早早早\nP 休早休")
    path = write_wall_of_all(tmp_path / "wall.xlsx", problem, roster)
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()
    ]
    (here,) = (row for row in rows if row[0] == "責任者")
    (there,) = (row for row in rows if row[0] == "花：責任者")
    assert here[1:4] == ["M", "M", "P"]
    assert there[1:4] == [None, "P", None]
    counts = [row[:4] for row in rows if row[0] in ("早（人）", "花：早（人）")]
    assert counts == [["早（人）", 2, 1, 1], ["花：早（人）", 1, 2, 1]]
    # P has three early shifts in all, one of them in the satellite.
    (total,) = (row[4] for row in rows if row[0] == "P")
    assert total == 3
    assert not any("本館" in str(row[0]) for row in rows if "7:00" in str(row[0]))
    assert "会議\n花：訓練" in [row[1] for row in rows]
    (remarks,) = (row[1] for row in rows if row[0] == "備考")
    assert remarks == "会議 14:00-15:00　花：訓練 庭　"


def test_a_house_s_wall_sheet_counts_what_is_worked_in_the_other(
    tmp_path: Path,
) -> None:
    """P: one early shift here and two there, of which the house has one name less."""
    whole = two_houses()
    roster = rostered(whole, "M 休休休\nP 早休休", "S 休休休\nP 休早早")
    for number, house in enumerate(whole.houses):
        own = whole.of_house(roster, number)
        file = RosterFile(problem=house, roster=own, plan=own)
        path = save_sealed(
            build_wall_print(file, PAPER_A3), tmp_path / f"{number}.xlsx"
        )
        rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        line = next(list(row) for row in rows if "P" in row)
        counts = [cell for cell in line if isinstance(cell, int) and cell]
        assert sum(counts[:2]) == 3, line


def test_on_call_is_drawn_in_the_main_office_s_night() -> None:
    """P is on call there from 20:00; the satellite's own night begins at 21:00."""
    whole = two_houses()
    main, satellite = whole.houses
    band = {"night_band": Interval(20 * 60, 30 * 60)}
    office = main.office.model_copy(update=band)
    whole = joint([main.model_copy(update={"office": office}), satellite])
    roster = rostered(whole, "M 休休休\nP 早休休", "S 休休休\nP 休休休")
    first = whole.period.first
    roster = roster.model_copy(
        update={"on_call": (OnCall(staff=StaffId("P"), date=first),)}
    )
    own = whole.of_house(roster, 1)
    curve = day_curves(whole.houses[1], own, [first])[first]
    begins = [one.begin for one in curve if one.on_call == "P"]
    assert min(begins) == 20 * 60
