"""People who are there for a part of the month only, counted by hand.

The office has its care manager, manager and nurse on every date (A-10, A-11, A-13), and
the add-on for nurses in months in which one is there (E-03).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.calendar_months import month_parts
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.papers.addons import addons
from scheduler.audit.papers.deductions import (
    Deduction,
    Outlook,
    deductions,
    night_shortage,
)
from scheduler.audit.staff_list import managers
from scheduler.domain.clock import HOUR
from scheduler.domain.finding import Finding
from scheduler.domain.kinds import GIVEN, Spell
from scheduler.domain.period import Period
from scheduler.domain.precheck import Verdict
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.staff import StaffMember
from scheduler.precheck import precheck
from scheduler.rulebook import load
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

MARCH = dt.date(2027, 3, 1)
PLANS = {
    "roles": ["planner", "care"],
    "qualifications": ["介護支援専門員", "計画作成担当者研修"],
}
Stay = tuple[dt.date | None, dt.date | None]


def day(number: int) -> dt.date:
    return MARCH.replace(day=number)


def member(
    name: str, first: dt.date | None = None, last: dt.date | None = None, **fields: Any
) -> StaffMember:
    return make_staff(name, employed={"first": first, "last": last}, **fields)


def month(staff: list[StaffMember], **fields: Any) -> tuple[Problem, Roster]:
    problem = make_problem(staff, **{"period": make_period(31, MARCH), **fields})
    days = problem.period.days
    rows = "\n".join(f"{one.name} {'休' * days}" for one in staff)
    return problem, make_roster(problem, rows)


def of_planner(problem: Problem, roster: Roster) -> list[Finding]:
    found = audit(problem, roster)
    return [one for one in found if (one.rule, one.facet) == ("A-11", "on_list")]


def cuts(problem: Problem, roster: Roster, facet: str) -> list[Deduction]:
    found = deductions(problem, roster)
    return [one for one in found if (one.rule, one.facet) == ("C-04", facet)]


@pytest.mark.parametrize(
    ("stays", "missing", "outlook"),
    [
        ([(None, None)], [], Outlook.NONE),
        ([(None, day(10)), (day(11), None)], [], Outlook.NONE),
        ([(None, day(10))], [(day(11), 21)], Outlook.MONTH_AFTER_NEXT),
        # Somebody trained is there again before the end of the following month.
        ([(None, day(10)), (day(20), None)], [(day(11), 9)], Outlook.BELOW),
    ],
)
def test_a_care_manager_is_there_on_every_date(
    stays: list[Stay], missing: list[tuple[dt.date, int]], outlook: Outlook
) -> None:
    """One who leaves on the 10th is no care manager from the 11th on (A-11, C-04)."""
    staff = [
        member(name, *stay, **PLANS) for name, stay in zip("AB", stays, strict=False)
    ]
    problem, roster = month(staff)
    found = of_planner(problem, roster)
    assert [(one.date, one.actual) for one in found] == [(d, 0) for d, _n in missing]
    (line,) = cuts(problem, roster, "planner")
    dates = [d + dt.timedelta(n) for d, number in missing for n in range(number)]
    assert (line.outlook, list(line.dates)) == (outlook, dates)
    (sum_,) = (one for one in precheck(problem) if one.code == "planner")
    assert list(sum_.dates) == dates
    assert sum_.verdict is (Verdict.IMPOSSIBLE if missing else Verdict.FINE)


def test_a_month_without_care_manager_is_the_one_of_its_dates() -> None:
    """From the 21st to the 20th; gone since 25 February: cut from April (C-04)."""
    first = dt.date(2028, 2, 21)
    period = Period(first=first, last=dt.date(2028, 3, 20))
    staff = [member("A", None, dt.date(2028, 2, 25), **PLANS)]
    lines = cuts(*month(staff, period=period), "planner")
    assert [one.outlook for one in lines] == [Outlook.MONTH_AFTER_NEXT] * 2
    assert [one.counts_from(period.last) for one in lines] == [
        dt.date(2028, 4, 1),
        dt.date(2028, 5, 1),
    ]
    assert [len(one.dates) for one in lines] == [4, 20]


def test_a_short_leave_leaves_the_care_manager_in_place() -> None:
    """Leave of up to a month counts as worked (B-04), a longer one does not."""
    for last, dates in (("2027-03-24", 0), ("2027-04-20", 22)):
        spell = {"staff": "A", "kind": "休職", "first": "2027-03-10", "last": last}
        leave = [one for one in GIVEN if one.symbol == "休職"]
        spells = [Spell.model_validate(spell)]
        problem, roster = month([member("A", **PLANS)], kinds=leave, spells=spells)
        (line,) = cuts(problem, roster, "planner")
        assert len(line.dates) == dates


def test_a_manager_on_care_leave_is_two_part_timers_from_its_first_date() -> None:
    """Two of 84 h each are a full-timer of 168 h, on the dates of the leave (B-05)."""
    papers = {"roles": ["manager", "care"], "qualifications": ["管理者研修"]}
    half = {**papers, "full_time": False, "minutes_min": 84 * HOUR}
    staff = [member("M", **papers), member("P", **half), member("Q", **half)]
    spell = {"staff": "M", "kind": "介休", "first": "2027-03-16", "last": "2027-06-30"}
    problem, _roster = month(
        staff,
        kinds=[one for one in GIVEN if one.symbol == "介休"],
        spells=[Spell.model_validate(spell)],
        office=make_office(full_time_month=168 * HOUR),
    )
    found = managers(problem)
    assert found.by_date[day(15)] == ("M",)
    assert found.by_date[day(16)] == ("P＋Q",)
    assert found.fewest == 1


def test_the_add_on_for_nurses_asks_for_one_all_month() -> None:
    """A full-time nurse who leaves on 10 March: February yes, March no (E-03)."""
    period = Period(first=dt.date(2027, 2, 21), last=dt.date(2027, 3, 20))
    nurse = {"roles": ["nurse"], "qualifications": ["看護師"]}
    problem, roster = month([member("N", None, day(10), **nurse)], period=period)
    found = [
        line.actual
        for part in month_parts(period)
        for line in addons(problem, roster, part)
        if line.facet == "registered_nurse"
    ]
    assert found == [1, 0]


def test_short_hours_by_law_count_from_the_first_day_of_work() -> None:
    """31 dates are 177.1 h: of 16 dates 177.1 x 16 / 31 = 91.4 h, for 60 h (B-05).

    Any other full-timer who comes in mid-month counts by hours as well.
    """
    short = make_shift("短", "9:00-15:00", [])
    staff = [member("A", day(16), short_time_30h=True, day_minutes=360)]
    problem = make_problem(staff, period=make_period(31, MARCH), shifts=[short])
    roster = make_roster(problem, f"A {'・' * 15}{'短' * 10}{'休' * 6}")
    fte = full_time_equivalents(problem, roster)
    (job,) = fte.jobs
    assert fte.denominators.minutes == 10626
    assert (job.worked, job.minutes) == (60 * HOUR, 10626 * 16 // 31)
    assert (fte.by_hours.total, fte.by_form.total) == (5, 5)


def test_a_short_night_of_last_month_alone_is_none_of_this_month() -> None:
    """It counts in a row with the first night of this month, not by itself (C-03)."""
    rule = load(make_period(31, MARCH))["C-03"]
    eve, first, second = MARCH - dt.timedelta(1), MARCH, day(2)
    for short, row in (([eve], 0), ([eve, first], 2), ([eve, second], 1)):
        found = {
            facet: count for facet, count, _o in night_shortage(short, first, rule)
        }
        assert found["in_a_row"] == row


def test_care_hours_are_cut_by_the_users_on_record() -> None:
    """U = 12.0: (4 + 1) x 8 h = 40 h a date; 15 expected are the office's 48 (C-02).

    With 40 h a date on 31 dates nothing is cut, and the office's own line is missed.
    """
    period = make_period(31, MARCH)
    record = {"method": "previous_year", "total": 4380, "days": 365}
    staff = [member(name) for name in "ABCDE"]
    problem = make_problem(
        staff,
        period=period,
        office=make_office(users_record=record, users_reading="larger"),
        forecast=make_forecast(period, 15),
    )
    roster = make_roster(problem, "\n".join(f"{one} {'日' * 31}" for one in "ABCDE"))
    pool, day_use = (one for one in deductions(problem, roster) if one.rule == "C-02")
    assert (pool.required, pool.actual) == (31 * 40 * HOUR, 31 * 40 * HOUR)
    assert (pool.outlook, len(pool.dates)) == (Outlook.BELOW, 31)
    assert (day_use.required, day_use.outlook) == (31 * 32 * HOUR, Outlook.NONE)
