"""いぶき: a kantaki (看護小規模多機能) with 24 registered and 15 staff.

Three nurses make 2.5 full-timers with little to spare (A-19): two are nothing but
nurses and count as one each, and the manager, a nurse too, is to nurse for 84 hours.
On call is permitted standby, once a week each.

Hours a date (A-03): 10 day users need 4 full-timers, visits 2 more, 48 hours.  With
fewer users it is still 4, by the recorded average (U = 9.8).  The night workers who
leave at 9:30 and come at 16:30 provide 8 of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.office import (
    Hold,
    Settings,
    Standby,
    UsersMethod,
    UsersRecord,
)
from scheduler.domain.office_kind import Capacity, OfficeKind
from scheduler.domain.shifts import Role
from scheduler.domain.staff import (
    ASSISTANT_NURSE,
    CARE_MANAGER_LICENCE,
    CERTIFIED_CARE_WORKER,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
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

VISITS: tuple[dict[str, Any], ...] = (
    {"span": "10:00-11:30", "workers": 1},
    {"span": "14:00-15:00", "workers": 1},
)

EXPECTED = Expected(
    day_users=(10, 9, 10, 9, 10, 8, 7),
    overnight=(3, 4, 3, 4, 4, 3, 2),
    visits=(6, 7, 6, 7, 6, 4, 4),
)

OFFICE = house(
    name="看護小規模多機能ホーム いぶき（見本）",
    number="0000000005",
    kind=OfficeKind.KANTAKI,
    monthly_revenue=9_800_000,
    capacity=Capacity(registered=25, day_use=15, overnight=6),
    registered=24,
    users_record=UsersRecord(method=UsersMethod.PREVIOUS_YEAR, total=3560, days=365),
    night_band="21:00-30:00",
    contact_system=True,
    profiles=(
        day_profile(WEEKDAY_PROFILE, *DAY_USE, *VISITS),
        day_profile(HOLIDAY_PROFILE, *DAY_USE, *VISITS),
    ),
    settings=Settings(
        standby=Standby(permission=True, from_home=False),
        full_time_month=168 * 60,
        nights_wished=5,
        nights_most=6,
        long_nights_apart=Hold.MUST,
        day_off_after_long_night=Hold.GUIDELINE,
        nurse_shifts=40,
        planner_desk=56 * 60,
        planner_desk_early=20 * 60,
        planner_desk_late=20 * 60,
        manager_desk=60 * 60,
        overtime_most=45 * 60,
    ),
)

NURSE = (Role.NURSE,)


def _staff(period: Period) -> tuple[StaffMember, ...]:
    full = full_time(period)
    by_day = full_time(period, nights_max=0)
    driver: dict[str, Any] = {"groups": (DRIVERS,)}
    caller: dict[str, Any] = {"on_call": True}
    return (
        person(
            "綾瀬 みさき",
            by_day,
            "早日遅",
            (Role.MANAGER, Role.NURSE),
            (REGISTERED_NURSE,),
            **caller,
        ),
        person(
            "神田 さゆり",
            part_time(period, "月火水木金", 480, days_a_week=4),
            "日",
            (Role.PLANNER, Role.CARE),
            (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
            **driver,
            **caller,
        ),
        person("早瀬 ことり", by_day, "早日遅", NURSE, (REGISTERED_NURSE,), **caller),
        person("千草 あかね", by_day, "早日遅", NURSE, (ASSISTANT_NURSE,), **caller),
        person("荒井 たくみ", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("岩崎 まどか", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("上原 つかさ", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("江口 ほのか", full, AROUND, CARE, CERTIFIED, **caller),
        person("大野 けいた", full, AROUND, CARE, (), **driver, **caller),
        person("片桐 ゆい", full, AROUND, CARE, CERTIFIED, **caller),
        person("北村 はると", full, AROUND, CARE, (), **driver, **caller),
        person("剣持 りょう", part_time(period, "火木土", 300), "パ"),
        person("小松 えみ", part_time(period, "水金日", 300), "パ"),
        person("佐久間 のぞみ", part_time(period, "月土日", 300), "パ"),
        person("島田 かおり", part_time(period, "月水土日", 300), "パ", **driver),
    )


TAIL = SampleTail(
    cycle="夜明休日遅休日",
    rotation=(
        "荒井 たくみ",
        "岩崎 まどか",
        "上原 つかさ",
        "江口 ほのか",
        "大野 けいた",
        "片桐 ゆい",
        "北村 はると",
    ),
    weekly={
        "綾瀬 みさき": "日日日日日--",
        "神田 さゆり": "日日日-日--",
        "早瀬 ことり": "日日日-日日-",
        "千草 あかね": "-日日日日-日",
        "剣持 りょう": "-パ-パ-パ-",
        "小松 えみ": "--パ-パ-パ",
        "佐久間 のぞみ": "パ----パパ",
        "島田 かおり": "パ-パ--パパ",
    },
    on_call_when="日",
    on_call_saturdays="綾瀬 みさき",
)

WISHES = {
    "綾瀬 みさき": "10休 11休 25×遅△",
    "神田 さゆり": "金2休 木4有",
    "早瀬 ことり": "9休 16休 23休△",
    "千草 あかね": "3休 4休 27有",
    "荒井 たくみ": "8休 19休 30休",
    "岩崎 まどか": "12休 13休△ 23有◎",
    "上原 つかさ": "3休 16日△ 25休",
    "江口 ほのか": "10休◎ 20休 27×夜",
    "大野 けいた": "5×夜 15休 31休",
    "片桐 ゆい": "18休 24休 11×宿△",
    "北村 はると": "6休 17休 22休△",
    "剣持 りょう": "土2休",
    "小松 えみ": "日3休 水2休△",
    "佐久間 のぞみ": "土3休 月2休△",
    "島田 かおり": "日2休",
}

COVER = (
    cover("朝の送迎", group=DRIVERS, band="9:00-10:00", at_least=1),
    cover("夕の送迎", group=DRIVERS, band="15:30-16:30", at_least=1),
    cover("看護職員（日中）", role=Role.NURSE, band="10:00-12:00", at_least=1),
    cover(
        name="介護福祉士（平日）",
        qualification=CERTIFIED_CARE_WORKER,
        band="10:00-16:00",
        at_least=1,
        weekdays=(0, 1, 2, 3, 4),
    ),
    cover("夜勤は1人まで", shift="夜", at_most=1),
)


def kantaki(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office いぶき for a period."""
    return assemble(
        period, OFFICE, SHIFTS, _staff(period), EXPECTED, TAIL, WISHES, COVER
    )
