"""もみじ: 20 registered, 13 staff, only just legal.

Nights: somebody stays every night, and the six who do nights may do as many together
as the month has nights, not one more (`nights_shared`): 31 = 6 + 5 + 5 + 5 + 5 + 5.
On call: a permit allows once a week each, and seven people take it: seven nights a
week.  Take one night, or one person on call, away and a night is short by law.

Hours of the day band: U = 9.1 asks for 4 + 1 full-timers, 40 hours a date, 1,240 in
31 dates.  At most 1,356 are there: six on nights 6 x 168 - 31 x 8 in the night band,
the nurse 168, the manager 168 - 40 at the desk, the care manager 80 - 40, four
part-timers about 65 each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.forecast import DayProfile
from scheduler.domain.office import (
    Capacity,
    Settings,
    Standby,
    UsersMethod,
    UsersRecord,
)
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role, ShiftKind
from scheduler.domain.staff import (
    CARE_MANAGER_LICENCE,
    CERTIFIED_CARE_WORKER,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
    StaffMember,
)
from scheduler.files.samples.building import (
    HOLIDAY_PROFILE,
    SAMPLE_MONTH,
    WEEKDAY_PROFILE,
    Expected,
    Tail,
    cover,
    full_time,
    house,
    part_time,
    person,
    shift,
    wishes,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period

DRIVERS = "運転"

SHIFTS = (
    shift(
        "早",
        "早番",
        ShiftKind.EARLY,
        "6:00-15:00",
        ("10:30-11:30", "11:30-12:30", "12:30-13:30"),
    ),
    shift(
        "日",
        "日勤",
        ShiftKind.DAY,
        "8:30-17:30",
        ("11:30-12:30", "12:30-13:30", "13:30-14:30"),
        cuts=("13:00",),
    ),
    shift(
        "遅",
        "遅番",
        ShiftKind.LATE,
        "12:00-21:00",
        ("15:00-16:00", "16:00-17:00", "17:00-18:00"),
    ),
    shift(
        "夜",
        "夜勤",
        ShiftKind.NIGHT,
        "16:30-33:30",
        ("24:00-25:00", "25:00-26:00", "26:00-27:00"),
    ),
    shift("パ", "パート", ShiftKind.DAY, "9:30-14:30"),
)


def _profile(name: str, visits: str) -> DayProfile:
    return DayProfile.model_validate(
        {
            "name": name,
            "arrivals": [{"at": "9:30", "percent": 60}, {"at": "10:00", "percent": 40}],
            "departures": [
                {"at": "15:30", "percent": 50},
                {"at": "16:30", "percent": 50},
            ],
            "guests_leave": "9:30",
            "guests_return": "16:30",
            "visits": [{"span": visits, "workers": 1}],
        }
    )


EXPECTED = Expected(
    day_users=(9, 9, 9, 9, 10, 8, 7),
    overnight=(2, 3, 2, 3, 3, 3, 1),
    visits=(4, 5, 4, 5, 4, 3, 3),
)

OFFICE = house(
    name="小規模多機能ホーム もみじ（見本）",
    number="0000000003",
    monthly_revenue=5_200_000,
    capacity=Capacity(registered=20, day_use=12, overnight=4),
    registered=19,
    users_record=UsersRecord(method=UsersMethod.LAST_6_MONTHS, total=1655, days=182),
    night_band="21:00-30:00",
    profiles=(
        _profile(WEEKDAY_PROFILE, "9:00-10:30"),
        _profile(HOLIDAY_PROFILE, "10:00-11:00"),
    ),
    settings=Settings(
        standby=Standby(permission=True, from_home=True),
        nights_wished=5,
        nurse_shifts=12,
        planner_desk=40 * 60,
        planner_desk_early=12 * 60,
        planner_desk_late=12 * 60,
        manager_desk=40 * 60,
        overtime_most=45 * 60,
    ),
)

AROUND = "早日遅夜"
CARE = (Role.CARE,)
CERTIFIED = (CERTIFIED_CARE_WORKER,)

ON_NIGHTS = (
    "楓 いろは",
    "銀杏 こがね",
    "柊 とうか",
    "椿 べにか",
    "欅 たかし",
    "栗生 まろん",
)
"""Who does nights; together as many as `nights_shared`."""


def nights_shared(period: Period) -> tuple[int, ...]:
    """Share out the nights of a period among `ON_NIGHTS`, one or none apart."""
    each, over = divmod(period.days, len(ON_NIGHTS))
    return tuple(each + (place < over) for place in range(len(ON_NIGHTS)))


def _staff(period: Period) -> tuple[StaffMember, ...]:
    driver: dict[str, Any] = {"groups": (DRIVERS,)}
    by_day = full_time(period, nights_max=0)
    return (
        person(
            "奥山 しげる",
            by_day,
            "早日遅",
            (Role.MANAGER, Role.CARE),
            (CERTIFIED_CARE_WORKER, MANAGER_TRAINING),
            on_call=True,
            **driver,
        ),
        person(
            "谷川 みお",
            part_time(period, "月火木金", 480, days_a_week=2),
            "日",
            (Role.PLANNER, Role.CARE),
            (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
            **driver,
        ),
        person(
            "白樺 れいか",
            by_day,
            "早日遅",
            (Role.NURSE,),
            (REGISTERED_NURSE,),
            **driver,
        ),
        *(
            person(
                name,
                full_time(period, nights_max=nights),
                AROUND,
                CARE,
                CERTIFIED,
                on_call=True,
                **driver,
            )
            for name, nights in zip(ON_NIGHTS, nights_shared(period), strict=True)
        ),
        person("紅葉谷 あき", part_time(period, "月水金", 300), "パ"),
        person("苔野 しずか", part_time(period, "火木土", 300), "パ"),
        person("木下 こりす", part_time(period, "月木日", 300), "パ"),
        person("栗林 ころん", part_time(period, "水土日", 300), "パ"),
    )


TAIL = Tail(
    cycle="夜明休日遅休",
    rotation=ON_NIGHTS,
    weekly={
        "奥山 しげる": "日日日日日--",
        "谷川 みお": "日--日---",
        "白樺 れいか": "日日-日日日-",
        "紅葉谷 あき": "パ-パ-パ--",
        "苔野 しずか": "-パ-パ-パ-",
        "木下 こりす": "パ--パ--パ",
        "栗林 ころん": "--パ--パパ",
    },
    on_call_when="日",
    on_call_saturdays="奥山 しげる",
)

WISHES = {
    "奥山 しげる": "6休 20休△",
    "谷川 みお": "金2休",
    "白樺 れいか": "12休 23休",
    "楓 いろは": "8休 19休△",
    "銀杏 こがね": "13休 24休",
    "柊 とうか": "3休 22有◎",
    "椿 べにか": "10休 26休△",
    "欅 たかし": "17休 31休",
    "栗生 まろん": "5休 15休",
    "紅葉谷 あき": "水3休△",
    "苔野 しずか": "土2休",
    "木下 こりす": "日3休△",
    "栗林 ころん": "水2休",
}

COVER = (
    cover("朝の送迎", group=DRIVERS, band="9:00-10:00", at_least=1),
    cover("夕の送迎", group=DRIVERS, band="15:30-16:30", at_least=1),
)


def tight(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office もみじ for a period."""
    staff = _staff(period)
    return Problem(
        period=period,
        office=OFFICE,
        shifts=SHIFTS,
        staff=staff,
        forecast=EXPECTED.forecast(period),
        requests=wishes(period, WISHES),
        history=TAIL.history(period, staff, SHIFTS),
        cover_rules=COVER,
    )
