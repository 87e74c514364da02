"""こもれび and its satellite つぼみ: 22 and 13 registered, 15 and 8 staff.

The satellite leaves nights on call, nurse, home-service plans and manager to the main
office, 15 minutes away.  One person of each house works in the other too: she of the
satellite also takes nights on call in the main office.

Hours a date (A-03, A-12): the main office needs 40, by U = 9.9 and visits, the
satellite 24, by at most 7 day users, and one person more for visits.  The night worker
of each provides 8 of them.
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
from scheduler.domain.office_kind import Capacity, OfficeKind, Support
from scheduler.domain.shifts import Role
from scheduler.domain.staff import (
    CARE_MANAGER_LICENCE,
    CERTIFIED_CARE_WORKER,
    MANAGER_TRAINING,
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
)
from scheduler.files.samples.small import DAY_USE, SHIFTS

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

MAIN = "小規模多機能ホーム こもれび（見本）"
SATELLITE = "サテライト つぼみ（見本）"

PROFILES = (
    day_profile(WEEKDAY_PROFILE, *DAY_USE, {"span": "10:00-11:30", "workers": 1}),
    day_profile(HOLIDAY_PROFILE, *DAY_USE, {"span": "10:00-11:00", "workers": 1}),
)

SHARED: dict[str, Any] = {
    "night_band": "21:00-30:00",
    "contact_system": True,
    "profiles": PROFILES,
}

SETTINGS = Settings(
    standby=Standby(permission=True, from_home=False),
    full_time_month=168 * 60,
    nights_most=6,
    nights_wished=5,
    long_nights_apart=Hold.MUST,
    day_off_after_long_night=Hold.GUIDELINE,
    nurse_shifts=12,
    planner_desk=56 * 60,
    planner_desk_early=20 * 60,
    planner_desk_late=20 * 60,
    manager_desk=60 * 60,
    overtime_most=45 * 60,
)

MAIN_OFFICE = house(
    name=MAIN,
    number="0000000006",
    monthly_revenue=5_900_000,
    capacity=Capacity(registered=25, day_use=15, overnight=6),
    registered=22,
    users_record=UsersRecord(method=UsersMethod.PREVIOUS_YEAR, total=3603, days=365),
    settings=SETTINGS,
    **SHARED,
)

SATELLITE_OFFICE = house(
    name=SATELLITE,
    number="0000000007",
    kind=OfficeKind.SATELLITE,
    left_to_main=tuple(Support),
    main_office=MAIN,
    travel=15,
    monthly_revenue=3_400_000,
    capacity=Capacity(registered=15, day_use=8, overnight=4),
    registered=13,
    users_record=UsersRecord(method=UsersMethod.PREVIOUS_YEAR, total=2190, days=365),
    settings=SETTINGS.model_copy(
        update={
            "nurse_shifts": 0,
            "planner_desk": 24 * 60,
            "planner_desk_early": 8 * 60,
            "planner_desk_late": 8 * 60,
            "manager_desk": 0,
        }
    ),
    **SHARED,
)

IN_MAIN = Expected(
    day_users=(10, 11, 10, 11, 11, 9, 8),
    overnight=(3, 3, 4, 3, 4, 3, 2),
    visits=(6, 5, 6, 5, 6, 4, 3),
)
IN_SATELLITE = Expected(
    day_users=(6, 7, 6, 7, 6, 5, 4),
    overnight=(2, 2, 1, 2, 2, 2, 1),
    visits=(3, 3, 4, 3, 3, 2, 2),
)

DRIVER: dict[str, Any] = {"groups": (DRIVERS,)}
CALLER: dict[str, Any] = {"on_call": True}


def _main_staff(period: Period) -> tuple[StaffMember, ...]:
    full, by_day = full_time(period), full_time(period, nights_max=0)
    return (
        person(
            "檜山 あおい",
            by_day,
            "早日遅",
            (Role.MANAGER, Role.CARE),
            (CERTIFIED_CARE_WORKER, MANAGER_TRAINING),
            **DRIVER,
            **CALLER,
        ),
        person(
            "楢崎 つむぎ",
            by_day,
            "日",
            (Role.PLANNER, Role.CARE),
            (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
            **DRIVER,
            **CALLER,
        ),
        person(
            "椎名 ことね",
            part_time(period, "月火木金", 480, days_a_week=4),
            "日",
            (Role.NURSE,),
            (REGISTERED_NURSE,),
        ),
        person("橘 そうた", full, AROUND, CARE, CERTIFIED, **DRIVER, **CALLER),
        person("柏木 ゆうな", full, AROUND, CARE, CERTIFIED, **DRIVER, **CALLER),
        person("樫村 たける", full, AROUND, CARE, CERTIFIED, **DRIVER, **CALLER),
        person("桐原 みお", full, AROUND, CARE, (), **DRIVER, **CALLER),
        person("柳瀬 こはる", full, AROUND, CARE, CERTIFIED, **CALLER),
        person("榎本 りく", full, AROUND, CARE, (), **DRIVER, **CALLER),
        person("梅津 はな", full, AROUND, CARE, CERTIFIED, **CALLER),
        person("葉山 いぶき", full, AROUND, CARE, CERTIFIED, **DRIVER),
        person("松永 ふみ", part_time(period, "月水金日", 300), "パ"),
        person("杉浦 のどか", part_time(period, "火木土日", 300), "パ"),
        person("桂 まどか", part_time(period, "火水金土", 300), "パ"),
        _guest("芽吹 ひより", period, "早日夜", SATELLITE, **CALLER),
    )


def _satellite_staff(period: Period) -> tuple[StaffMember, ...]:
    full = full_time(period)
    return (
        person(
            "若木 みちる",
            full_time(period, nights_max=0),
            "早日遅",
            (Role.PLANNER, Role.CARE),
            (CERTIFIED_CARE_WORKER, PLANNER_TRAINING),
            **DRIVER,
        ),
        person("芽吹 ひより", full, AROUND, CARE, CERTIFIED, **DRIVER),
        person("双葉 あさひ", full, AROUND, CARE, CERTIFIED, **DRIVER),
        person("新葉 なつき", full, AROUND, CARE, (), **DRIVER),
        person("青葉 しおん", full, AROUND, CARE, CERTIFIED, **DRIVER),
        person("草野 あかり", full, AROUND, CARE, ()),
        person("花村 すみれ", part_time(period, "月火木土", 300), "パ"),
        person("茎田 まこと", part_time(period, "水金日", 300), "パ"),
        _guest("葉山 いぶき", period, "早日遅夜", MAIN, **DRIVER),
    )


def _guest(
    name: str, period: Period, shifts: str, home: str, **fields: Any
) -> StaffMember:
    """Return the row of somebody whose contract stands in the other house."""
    contract = full_time(period).model_copy(
        update={"minutes_min": None, "minutes_max": None, "days_off_min": None}
    )
    return person(name, contract, shifts, CARE, CERTIFIED, home=home, **fields)


MAIN_TAIL = SampleTail(
    cycle="夜明休日遅休早",
    rotation=(
        "橘 そうた",
        "柏木 ゆうな",
        "樫村 たける",
        "桐原 みお",
        "柳瀬 こはる",
        "榎本 りく",
        "梅津 はな",
    ),
    weekly={
        "檜山 あおい": "日日日日日--",
        "楢崎 つむぎ": "日日日日日--",
        "椎名 ことね": "日日-日日--",
        "葉山 いぶき": "-早日-早日早",
        "松永 ふみ": "パ-パ-パ-パ",
        "杉浦 のどか": "-パ-パ-パパ",
        "桂 まどか": "-パパ-パパ-",
        "芽吹 ひより": "-------",
    },
    on_call_when="日",
)

SATELLITE_TAIL = SampleTail(
    cycle="夜明休日遅",
    rotation=(
        "芽吹 ひより",
        "双葉 あさひ",
        "新葉 なつき",
        "青葉 しおん",
        "草野 あかり",
    ),
    weekly={
        "若木 みちる": "日日日日日--",
        "花村 すみれ": "パパ-パ-パ-",
        "茎田 まこと": "--パ-パ-パ",
        "葉山 いぶき": "-------",
    },
    on_call_when="",
)

MAIN_WISHES = {
    "檜山 あおい": "5休 6休",
    "楢崎 つむぎ": "金2休 木4有",
    "橘 そうた": "8休 19休 30休",
    "柏木 ゆうな": "12休 13休△ 23有◎",
    "樫村 たける": "3休 16日△ 25休",
    "桐原 みお": "10休◎ 20休 27×夜",
    "柳瀬 こはる": "5×夜 15休 31休",
    "榎本 りく": "18休 24休 11×宿△",
    "梅津 はな": "2休 21休 28×遅△",
    "葉山 いぶき": "9休 17休",
    "松永 ふみ": "日3休 水2休△",
    "杉浦 のどか": "土2休 火4休△",
}
SATELLITE_WISHES = {
    "若木 みちる": "4休 14有",
    "芽吹 ひより": "6休 22休◎",
    "双葉 あさひ": "11休 26休",
    "新葉 なつき": "7休 16×夜",
    "青葉 しおん": "13休 29休△",
    "草野 あかり": "1休 18休",
    "花村 すみれ": "土2休",
}

COVER = (
    cover("朝の送迎", group=DRIVERS, band="9:00-10:00", at_least=1),
    cover("夕の送迎", group=DRIVERS, band="15:30-16:30", at_least=1),
    cover("夜勤は1人まで", shift="夜", at_most=1),
)


def komorebi(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the main office こもれび for a period."""
    given = IN_MAIN, MAIN_TAIL, MAIN_WISHES, COVER
    alone = assemble(period, MAIN_OFFICE, SHIFTS, _main_staff(period), *given)
    served = IN_SATELLITE.forecast(period).days
    days = (
        day.model_copy(update={"satellite_overnight": other.overnight})
        for day, other in zip(alone.forecast.days, served, strict=True)
    )
    return alone.model_copy(update={"forecast": alone.forecast.with_days(days)})


def tsubomi(period: Period = SAMPLE_MONTH) -> Problem:
    """Make its satellite つぼみ for a period."""
    given = IN_SATELLITE, SATELLITE_TAIL, SATELLITE_WISHES, COVER
    return assemble(period, SATELLITE_OFFICE, SHIFTS, _satellite_staff(period), *given)
