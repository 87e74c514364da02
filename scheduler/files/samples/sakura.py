"""さくら: 29 registered, 16 staff of about 11.5 FTE, on call from home.

Care hours in 31 dates, where a full-timer works 160 to 168::

    eight on nights, 8 x 168                     1,344
    nurse 168, part-time nurse about 60            228
    manager 168, of it 56 at the desk              112
    care manager about 108, of it 64 at the desk    44
    four part-timers, 70 + 65 + 56 + 52            243
    less 31 nights x 8 in the night band          -248
    less 4 days of paid leave                      -32
    care pool in the day band, at most           1,691, 54.5 a date

The law requires 40 (12 day users), 48 (15) or 56 (16) hours a date (A-03), about 43.1
on average.  The ratio by the clock (K-01) requires 30 to 50, about 41.5, but is
tighter: shifts of 8 hours cannot follow the users without waste.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.office import (
    FteDenominator,
    Hold,
    Settings,
    Standby,
    UsersMethod,
    UsersRecord,
)
from scheduler.domain.office_kind import Capacity
from scheduler.domain.requests import PairKind
from scheduler.domain.shifts import Role
from scheduler.domain.staff import (
    ASSISTANT_NURSE,
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
    pair,
    part_time,
    person,
    shift_table,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

NEWCOMERS = "新人"
MENTORS = "指導"

SHIFTS = shift_table(
    """
    早 早番 early 6:00-15:00 10:00-11:00 11:00-12:00 12:00-13:00
    日 日勤 day 8:30-17:30 11:30-12:30 12:00-13:00 13:00-14:00 14:00-15:00 /13:00
    遅 遅番 late 12:00-21:00 14:00-15:00 15:00-16:00 16:30-17:30 17:00-18:00
    夜 夜勤 night 16:30-33:30 24:00-25:00 25:00-26:00 26:00-27:00
    計 計画・介護 day 9:00-16:00 12:00-13:00 13:00-14:00 /13:00
    パ パート day 9:30-14:30
    短 午前 day 9:30-13:30
    夕 夕方 late 16:30-20:30
    """
)

DAY_USE = (
    day_profile(
        WEEKDAY_PROFILE,
        "9:00=40 9:30=30 10:00=30",
        "13:30=20 15:30=40 16:30=40",
        "9:00-16:30",
        {"span": "8:30-10:00", "percent": 60, "visits_per_worker": 5},
        {"span": "16:30-17:30", "percent": 40, "visits_per_worker": 4},
    ),
    day_profile(
        HOLIDAY_PROFILE,
        "9:30=50 10:00=50",
        "15:30=50 16:30=50",
        "9:30-16:30",
        {"span": "9:00-10:30", "percent": 60, "visits_per_worker": 5},
        {"span": "16:30-17:30", "percent": 40, "visits_per_worker": 5},
    ),
)

EXPECTED = Expected(
    day_users=(12, 15, 12, 12, 16, 10, 9),
    overnight=(3, 4, 3, 5, 3, 7, 2),
    visits=(8, 7, 10, 8, 7, 6, 5),
)

OFFICE = house(
    name="小規模多機能ホーム さくら（見本）",
    number="0000000001",
    monthly_revenue=8_200_000,
    capacity=Capacity(registered=29, day_use=18, overnight=9),
    registered=29,
    users_record=UsersRecord(method=UsersMethod.PREVIOUS_YEAR, total=4380, days=365),
    night_band="21:00-30:00",
    profiles=DAY_USE,
    settings=Settings(
        standby=Standby(permission=False, from_home=True, home_per_week_max=2),
        fte_denominator=FteDenominator.WEEK_X_DAYS_OVER_7,
        nights_most=5,
        long_nights_apart=Hold.MUST,
        day_off_after_long_night=Hold.GUIDELINE,
        nurse_shifts=12,
        planner_desk=64 * 60,
        planner_desk_early=20 * 60,
        planner_desk_late=20 * 60,
        manager_desk=56 * 60,
        overtime_most=45 * 60,
        newcomers=NEWCOMERS,
        mentors=MENTORS,
        newcomer_days=Hold.GUIDELINE,
        days_off_together=Hold.COMFORT,
        weekend_off=Hold.COMFORT,
    ),
)

NURSE = (Role.NURSE,)


def _staff(period: Period) -> tuple[StaffMember, ...]:
    full = full_time(period)
    by_day = full_time(period, nights_max=0)
    few_nights = full_time(period, nights_max=2)
    planner = part_time(period, "月火水木金土", 360, days_a_week=4)
    driver: dict[str, Any] = {"groups": (DRIVERS,)}
    mentor: dict[str, Any] = {"groups": (DRIVERS, MENTORS)}
    caller: dict[str, Any] = {"on_call": True}
    return (
        person(
            "海野 みなと",
            by_day,
            "早日遅",
            (Role.MANAGER, Role.CARE),
            (CERTIFIED_CARE_WORKER, MANAGER_TRAINING),
            **driver,
            **caller,
        ),
        person(
            "森田 しおり",
            planner,
            "計",
            (Role.PLANNER, Role.CARE),
            (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
            **driver,
        ),
        person(
            "白石 ゆき", by_day, "日", NURSE, (REGISTERED_NURSE,), **driver, **caller
        ),
        person(
            "青木 なぎ",
            part_time(period, "水土日", 300),
            "パ",
            NURSE,
            (ASSISTANT_NURSE,),
        ),
        person("星野 ひかる", full, AROUND, CARE, CERTIFIED, **mentor, **caller),
        person("月島 みちる", full, AROUND, CARE, CERTIFIED, **mentor, **caller),
        person("空田 はるか", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("川上 せせらぎ", full, AROUND, CARE, CERTIFIED, **driver, **caller),
        person("山吹 いぶき", full, AROUND, CARE, **driver, **caller),
        person("松風 みどり", full, AROUND, CARE, CERTIFIED, **mentor, **caller),
        person("竹林 すずね", full, AROUND, CARE, **caller),
        person("花村 つぼみ", few_nights, AROUND, CARE, **caller),
        person("梅園 こうめ", part_time(period, "月火木", 300), "パ"),
        person(
            "小春 ひより",
            part_time(period, "水金土", 300),
            "パ",
            groups=(NEWCOMERS,),
        ),
        person("夏木 わかば", part_time(period, "火木日", 240), "短夕"),
        person("冬野 こゆき", part_time(period, "月水土", 240), "夕"),
    )


TAIL = SampleTail(
    cycle="夜明休早日遅遅休",
    rotation=(
        "星野 ひかる",
        "月島 みちる",
        "空田 はるか",
        "川上 せせらぎ",
        "山吹 いぶき",
        "松風 みどり",
        "竹林 すずね",
        "花村 つぼみ",
    ),
    weekly={
        "海野 みなと": "日日日日日--",
        "森田 しおり": "計計-計計--",
        "白石 ゆき": "日日-日日日-",
        "青木 なぎ": "--パ--パパ",
        "梅園 こうめ": "パパ-パ---",
        "小春 ひより": "--パ-パパ-",
        "夏木 わかば": "-短-短--夕",
        "冬野 こゆき": "夕-夕--夕-",
    },
    on_call_when="日",
)

WISHES = {
    "海野 みなと": "6休 13休 24×遅△",
    "森田 しおり": "土3休 23有 月4休△",
    "白石 ゆき": "12休 19有◎ 26休",
    "青木 なぎ": "水2休 日3休△ 土4休",
    "星野 ひかる": "5休 6休 17有◎ 25×夜",
    "月島 みちる": "12休 13休△ 22日/早",
    "空田 はるか": "8休 20休 31×夜△",
    "川上 せせらぎ": "19休 20休 28有",
    "山吹 いぶき": "4×夜 15休 26休 27休△",
    "松風 みどり": "10休◎ 24休 25休△",
    "竹林 すずね": "2×宿 18休 31休",
    "花村 つぼみ": "6休 16休◎ 24×遅 29有",
    "梅園 こうめ": "火2休 木4休 木2休△",
    "小春 ひより": "水3休 土2休 金2休△",
    "夏木 わかば": "木3休 日4休 火1短△",
    "冬野 こゆき": "水3休 月2休 土1休△",
}

WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
COVER = (
    *(
        cover(name, group=DRIVERS, band=band, at_least=least, weekdays=weekdays)
        for name, band, least, weekdays in (
            ("朝の送迎（平日）", "9:00-10:00", 2, WORKDAYS),
            ("朝の送迎（土日）", "9:00-10:00", 1, WEEKEND),
            ("夕の送迎（平日）", "15:30-17:00", 2, WORKDAYS),
            ("夕の送迎（土日）", "15:30-17:00", 1, WEEKEND),
        )
    ),
    cover(
        "介護福祉士",
        qualification=CERTIFIED_CARE_WORKER,
        band="9:00-17:00",
        at_least=1,
    ),
    cover("夜勤は1人", shift="夜", at_least=1, at_most=1),
    cover(
        "看護職員（平日）",
        role=Role.NURSE,
        band="10:00-12:00",
        at_least=1,
        weekdays=WORKDAYS,
        must=False,
    ),
)

PAIRS = (pair("花村 つぼみ", "夏木 わかば", PairKind.APART),)


def sakura(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office さくら for a period."""
    staff = _staff(period)
    return assemble(period, OFFICE, SHIFTS, staff, EXPECTED, TAIL, WISHES, COVER, PAIRS)
