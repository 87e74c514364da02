"""The rulebook's test vectors that speak of figures; those of audited rules are cases.

All expected numbers are literal, so that a slip in the rulebook data fails too.
"""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.audit.figures.fte import fte_tenths, work_type
from scheduler.audit.figures.people import people
from scheduler.audit.papers.deductions import (
    Outlook,
    care_shortage,
    deductions,
    night_shortage,
)
from scheduler.audit.staff_list import denominators
from scheduler.audit.users import (
    average_users,
    services,
    services_floor,
    services_per_week,
    staff_for_users,
)
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.shifts import Role
from scheduler.rulebook import Rulebook, load
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)

HOUR = 60
MONTH = 10_284
"""171.4 hours, a full-timer's month of 30 days, in minutes."""


@pytest.fixture
def rulebook() -> Rulebook:
    return load(make_period(30))


def test_t06_a_new_office_counts_90_percent_of_its_capacity(rulebook: Rulebook) -> None:
    office = make_office(
        capacity={"registered": 25, "day_use": 15, "overnight": 9},
        users_record={"method": "estimate_90"},
    )
    users = average_users(office, rulebook["A-05"])
    assert users.tenths == 135
    assert staff_for_users(users.tenths, rulebook["A-03"].int("kayoi_ratio")) == 5
    # 5 for day use and 1 for visits, 8 hours each: 48 hours a day.
    staff = 5 + rulebook["A-03"].int("visit_fte")
    assert staff * 8 == 48


@pytest.mark.parametrize(("total", "tenths", "staff"), [(4380, 120, 4), (4384, 121, 5)])
def test_t07_the_average_is_rounded_up_at_the_second_decimal(
    rulebook: Rulebook, total: int, tenths: int, staff: int
) -> None:
    record = {"method": "previous_year", "total": total, "days": 365}
    users = average_users(make_office(users_record=record), rulebook["A-05"])
    assert users.tenths == tenths
    assert staff_for_users(users.tenths, 3) == staff


def test_t09_a_supported_satellite_has_night_duty_and_nobody_on_call() -> None:
    night = load(make_period(30), OfficeKind.SATELLITE, [Support.ON_CALL])["A-06"]
    assert night.int("awake_min") == 1
    assert night.int("on_call_min") == 0


def test_t11_kantaki_asks_for_two_on_visits() -> None:
    rulebook = load(make_period(30), OfficeKind.KANTAKI)
    staff = staff_for_users(150, 3) + rulebook["A-03"].int("visit_fte")
    assert staff == 7
    assert staff * 8 == 56


@pytest.mark.parametrize(("tenths_of_hours", "meets"), [(4285, True), (4284, False)])
def test_t12_kantaki_nurses_are_cut_not_rounded(
    tenths_of_hours: int, meets: bool
) -> None:
    rulebook = load(make_period(30), OfficeKind.KANTAKI)
    fte = fte_tenths(tenths_of_hours * 6, MONTH)
    assert (fte >= rulebook["A-19"].int("nurse_fte_tenths")) is meets


def test_t13_the_week_is_never_below_32_hours(rulebook: Rulebook) -> None:
    floor = rulebook["A-03"].int("fte_week_floor_minutes")
    office = make_office(full_time_week=30 * HOUR)
    assert denominators(make_problem(office=office)).four_weeks == 4 * 32 * HOUR
    assert floor == 32 * HOUR
    assert fte_tenths(MONTH // 2 + MONTH // 2, MONTH) == 10


def test_t14_a_thousand_hours_are_5_8() -> None:
    assert fte_tenths(1000 * HOUR, MONTH) == 58


@pytest.mark.parametrize(
    ("days", "tenths_of_hours", "cap"),
    [(28, 1600, 9600), (29, 1657, 9942), (30, 1714, 10_285), (31, 1771, 10_628)],
)
def test_t15_month_of_a_40_hour_week(days: int, tenths_of_hours: int, cap: int) -> None:
    problem = make_problem(days=days)
    assert denominators(problem).week_x_days_over_7 == tenths_of_hours * 6
    (month,) = people(problem, make_roster(problem, "A " + "休" * days))
    assert month.cap == cap


@pytest.mark.parametrize(
    ("days", "tenths_of_hours"), [(28, 1760), (29, 1822), (30, 1885), (31, 1948)]
)
def test_t16_month_of_a_44_hour_week(days: int, tenths_of_hours: int) -> None:
    problem = make_problem(office=make_office(full_time_week=44 * HOUR), days=days)
    assert denominators(problem).week_x_days_over_7 == tenths_of_hours * 6


@pytest.mark.parametrize(("days", "hours"), [(20, 160), (21, 168), (22, 176)])
def test_t17_prescribed_month_and_four_weeks(days: int, hours: int) -> None:
    office = make_office(full_time_month=days * 8 * HOUR)
    bases = denominators(make_problem(office=office))
    assert bases.minutes == hours * HOUR
    assert bases.four_weeks == 160 * HOUR


@pytest.mark.parametrize(
    ("assigned", "outlook"),
    [
        (1440, Outlook.NONE),
        (1296, Outlook.MONTH_AFTER_NEXT),
        (1295, Outlook.NEXT_MONTH),
    ],
)
def test_t18_ten_percent_is_the_edge(
    rulebook: Rulebook, assigned: int, outlook: Outlook
) -> None:
    assert care_shortage(1440, assigned, rulebook["C-02"]) is outlook


@pytest.mark.parametrize(
    ("days", "deducted"),
    [
        ((3, 4), True),
        ((3, 5, 9), False),
        ((1, 8, 15, 22), True),
        ((0, 1), True),  # day 0: the previous month's last
    ],
)
def test_t19_two_nights_in_a_row_or_four_in_the_month(
    rulebook: Rulebook, days: tuple[int, ...], deducted: bool
) -> None:
    eve = dt.date(2026, 11, 30)
    short = [eve + dt.timedelta(days=day) for day in days]
    first = dt.date(2026, 12, 1)
    found = night_shortage(short, first, rulebook["C-03"])
    assert any(outlook.is_deducted for _facet, _number, outlook in found) is deducted


def test_t20_four_services_a_week_for_each_of_25(rulebook: Rulebook) -> None:
    floor = services_floor(25 * 30, rulebook["C-06"].int("per_week"))
    assert round(float(floor), 1) == 428.6


def test_t21_one_user_with_26_services_has_6_1_a_week() -> None:
    assert round(float(services_per_week(13 + 9 + 4, 1 * 30)), 1) == 6.1


def test_t22_25_such_users_pass_the_visit_line(rulebook: Rulebook) -> None:
    period = make_period(30)
    problem = make_problem(
        period=period,
        forecast=make_forecast(
            period,
            day_users=[10] * 5 + [11] * 25,  # 325
            overnight=[3] * 20 + [4] * 10,  # 100
            visits=[7] * 15 + [8] * 15,  # 225
        ),
    )
    expected = services(problem)
    assert (expected.day_use, expected.visits, expected.stays) == (325, 225, 100)
    assert expected.visits >= rulebook["E-02"].int("visits") == 200
    assert round(rulebook["E-02"].int("visits") / 30, 1) == 6.7


def test_t23_a_third_of_25_registered_is_about_8() -> None:
    office = make_office(
        capacity={"registered": 25, "day_use": 15, "overnight": 9}, registered=25
    )
    problem = make_problem(office=office)
    lines = deductions(problem, make_roster(problem, "A 休休休休休休休"))
    assert [line.required for line in lines if line.rule == "C-07"] == [8]


@pytest.mark.parametrize(
    ("full_time", "roles", "code"),
    [
        (True, [Role.CARE], "A"),
        (True, [Role.MANAGER, Role.CARE], "B"),
        (False, [Role.CARE], "C"),
        (False, [Role.PLANNER, Role.CARE], "D"),
    ],
)
def test_t28_work_type_codes(full_time: bool, roles: list[Role], code: str) -> None:
    assert work_type(make_staff(full_time=full_time, roles=roles)) == code
