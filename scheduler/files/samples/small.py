"""ひなた: 18 registered, 12 staff, nights without guests and a contact system.

Night duty and on call are needed only where somebody stays (A-07): not in the night
from Sunday, nor from Wednesday.  On call is permitted standby, once a week each.
Statutory holidays are read as four in four weeks.

Hours a date (A-03): at most 9 day users need 3 + 1 full-timers, 32 hours.  With 6 day
users or fewer it is still 3, by the recorded average (U = 7.0), so 32 hours on every
date.  The night workers who leave at 9:30 and come at 16:30 provide 8 of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.office import (
    Hold,
    HolidayReading,
    Office,
    Settings,
    Standby,
    UsersMethod,
    UsersRecord,
)
from scheduler.domain.office_kind import Capacity
from scheduler.domain.shifts import Role
from scheduler.domain.staff import (
    ASSISTANT_NURSE,
    CARE_MANAGER_LICENCE,
    CERTIFIED_CARE_WORKER,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    StaffMember,
)
from scheduler.files.samples.building import (
    AROUND,
    CARE,
    CERTIFIED,
    DRIVERS,
    HOLIDAY_PROFILE,
    SAMPLE_MONTH,
    WEEKDAY_PROFILE,
    Expected,
    SampleTail,
    assemble,
    cover,
    day_profile,
    full_time,
    house,
    part_time,
    person,
    shift_table,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

SHIFTS = shift_table(
    """
    早 早番 early 6:00-15:00 11:00-12:00 12:00-13:00 13:00-14:00
    日 日勤 day 8:30-17:30 12:00-13:00 13:00-14:00 14:00-15:00 /13:00
    遅 遅番 late 12:00-21:00 15:00-16:00 16:00-17:00 17:00-18:00
    夜 夜勤 night 16:30-33:30 24:00-25:00 25:00-26:00 26:00-27:00
    パ パート day 9:30-14:30
    """
)


DAY_USE = ("9:30=60 10:00=40", "15:30=50 16:30=50", "9:30-16:30")
"""Arrivals, departures, and when overnight guests leave and return; on every day."""

EXPECTED = Expected(
    day_users=(7, 8, 6, 8, 9, 6, 5),
    overnight=(2, 3, 0, 2, 3, 3, 0),
    visits=(4, 3, 5, 4, 3, 2, 2),
)

OFFICE = house(
    name="小規模多機能ホーム ひなた（見本）",
    number="0000000002",
    monthly_revenue=4_300_000,
    capacity=Capacity(registered=18, day_use=12, overnight=4),
    registered=16,
    users_record=UsersRecord(method=UsersMethod.LAST_12_MONTHS, total=2555, days=365),
    night_band="21:00-30:00",
    contact_system=True,
    profiles=(
        day_profile(WEEKDAY_PROFILE, *DAY_USE, {"span": "10:00-11:30", "workers": 1}),
        day_profile(HOLIDAY_PROFILE, *DAY_USE, {"span": "10:00-11:00", "workers": 1}),
    ),
    settings=Settings(
        standby=Standby(permission=True, from_home=False),
        full_time_month=168 * 60,
        holiday_reading=HolidayReading.FOUR_WEEKS,
        nights_most=6,
        long_nights_apart=Hold.MUST,
        day_off_after_long_night=Hold.GUIDELINE,
        nurse_shifts=8,
        planner_desk=48 * 60,
        planner_desk_early=16 * 60,
        planner_desk_late=16 * 60,
        manager_desk=40 * 60,
        overtime_most=45 * 60,
    ),
)


def _office(period: Period) -> Office:
    settings = OFFICE.settings.model_copy(update={"four_weeks_from": period.first})
    return OFFICE.model_copy(update={"settings": settings})


def _staff(period: Period) -> tuple[StaffMember, ...]:
    full = full_time(period)
    planner = part_time(period, "月火木金", 480, days_a_week=3)
    driver: dict[str, Any] = {"groups": (DRIVERS,)}
    caller: dict[str, Any] = {"on_call": True}
    return (
        person(
            "砂原 なぎさ",
            full_time(period, nights_max=0),
            "早日遅",
            (Role.MANAGER, Role.CARE),
            (CERTIFIED_CARE_WORKER, MANAGER_TRAINING),
            **driver,
            **caller,
        ),
        person(
            "丘野 つばめ",
            planner,
            "日",
            (Role.PLANNER, Role.CARE),
            (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
            **driver,
            **caller,
        ),
        person(
            "泉 しずく",
            part_time(period, "月水金", 300),
            "パ",
            (Role.NURSE,),
            (ASSISTANT_NURSE,),
        ),
        person("朝日 のぼる", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("春風 そよか", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("若葉 めぐみ", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("木陰 やすら", full, AROUND, CARE, (), **driver, **caller),
        person("麦畑 みのる", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("雨宮 しとね", full, AROUND, CARE, (), **caller),
        person("菜花 ゆらら", part_time(period, "火木土", 300), "パ"),
        person("雲井 ふわり", part_time(period, "水金日", 300), "パ"),
        person("霜月 きらら", part_time(period, "月土日", 300), "パ"),
    )


TAIL = SampleTail(
    cycle="夜明休日遅休",
    rotation=(
        "朝日 のぼる",
        "春風 そよか",
        "若葉 めぐみ",
        "木陰 やすら",
        "麦畑 みのる",
        "雨宮 しとね",
    ),
    weekly={
        "砂原 なぎさ": "日日日日日--",
        "丘野 つばめ": "日日-日---",
        "泉 しずく": "パ-パ-パ--",
        "菜花 ゆらら": "-パ-パ-パ-",
        "雲井 ふわり": "--パ-パ-パ",
        "霜月 きらら": "パ----パパ",
    },
    on_call_when="日",
    on_call_saturdays="砂原 なぎさ",
)

WISHES = {
    "砂原 なぎさ": "5休 6休 24×遅△",
    "丘野 つばめ": "金2休 木4有",
    "泉 しずく": "水3休 月4休△",
    "朝日 のぼる": "8休 19休 30休",
    "春風 そよか": "12休 13休△ 23有◎",
    "若葉 めぐみ": "3休 16日△ 25休",
    "木陰 やすら": "10休◎ 20休 27×夜",
    "麦畑 みのる": "5×夜 15休 31休",
    "雨宮 しとね": "18休 24休 11×宿△",
    "菜花 ゆらら": "土2休 火4休△",
    "雲井 ふわり": "日3休 水2休△",
    "霜月 きらら": "土3休 月2休△",
}

COVER = (
    cover("朝の送迎", group=DRIVERS, band="9:00-10:00", at_least=1),
    cover("夕の送迎", group=DRIVERS, band="15:30-16:30", at_least=1),
    cover(
        name="介護福祉士（平日）",
        qualification=CERTIFIED_CARE_WORKER,
        band="10:00-16:00",
        at_least=1,
        weekdays=(0, 1, 2, 3, 4),
    ),
    cover("夜勤は1人まで", shift="夜", at_most=1),
)


def small(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office ひなた for a period."""
    staff = _staff(period)
    return assemble(
        period, _office(period), SHIFTS, staff, EXPECTED, TAIL, WISHES, COVER
    )
