"""もみじ: 20 registered, 13 staff, only just legal.

Nights: a guest stays every night, and the night limits of the six who work nights sum
to exactly the nights of the month (`nights_shared`): 31 = 6 + 5 + 5 + 5 + 5 + 5.
On call: the permit allows once a week each, and seven people do it: seven nights a
week.  With one night, or one person on call, less, a night is short by law.

Hours of the day band: U = 9.1 requires 4 + 1 full-timers, 40 hours a date, 1,240 in
31 dates.  At most 1,356 are available: six on nights 6 x 168 - 31 x 8 in the night
band, the nurse 168, the manager 168 - 40 at the desk, the care manager 80 - 40, four
part-timers about 65 each.
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
from scheduler.domain.office_kind import Capacity
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
    shift_table,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

SHIFTS = shift_table(
    """
    早 早番 early 6:00-15:00 10:30-11:30 11:30-12:30 12:30-13:30
    日 日勤 day 8:30-17:30 11:30-12:30 12:30-13:30 13:30-14:30 /13:00
    遅 遅番 late 12:00-21:00 15:00-16:00 16:00-17:00 17:00-18:00
    夜 夜勤 night 16:30-33:30 24:00-25:00 25:00-26:00 26:00-27:00
    パ パート day 9:30-14:30
    """
)


DAY_USE = ("9:30=60 10:00=40", "15:30=50 16:30=50", "9:30-16:30")
"""Arrivals, departures, and when overnight guests leave and return; on every day."""

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
        day_profile(WEEKDAY_PROFILE, *DAY_USE, {"span": "9:00-10:30", "workers": 1}),
        day_profile(HOLIDAY_PROFILE, *DAY_USE, {"span": "10:00-11:00", "workers": 1}),
    ),
    settings=Settings(
        standby=Standby(permission=True, from_home=True),
        nights_wished=5,
        long_nights_apart=Hold.MUST,
        day_off_after_long_night=Hold.GUIDELINE,
        nurse_shifts=12,
        planner_desk=40 * 60,
        planner_desk_early=12 * 60,
        planner_desk_late=12 * 60,
        manager_desk=40 * 60,
        overtime_most=45 * 60,
    ),
)


ON_NIGHTS = (
    "楓 いろは",
    "銀杏 こがね",
    "柊 とうか",
    "椿 べにか",
    "欅 たかし",
    "栗生 まろん",
)
"""The staff who work nights, up to `nights_shared` each."""


def nights_shared(period: Period) -> tuple[int, ...]:
    """Divide the nights of a period among `ON_NIGHTS`, differing by at most one."""
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


TAIL = SampleTail(
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
    return assemble(period, OFFICE, SHIFTS, staff, EXPECTED, TAIL, WISHES, COVER)


NIGHTS_MISSING = 2
MINUTES_MISSING = NIGHTS_MISSING * 9 * 60
"""Least statutory shortage of any roster of this office, in person-minutes."""


def short(period: Period = SAMPLE_MONTH) -> Problem:
    """Make the office こがらし for a period: もみじ after it lost two nights a month.

    Two of the six who work nights may do one night less each, so on two nights nobody
    is on night duty, and no other shift reaches into the night band of 21:00 to 30:00::

        2 nights x 9 hours x 60 minutes x 1 person = 1,080 person-minutes short (A-06)

    The two work those hours by day instead, so nothing else is short.
    """
    whole = tight(period)
    return whole.model_copy(
        update={
            "office": whole.office.model_copy(
                update={
                    "name": "小規模多機能ホーム こがらし（見本）",
                    "number": "0000000004",
                }
            ),
            "staff": tuple(_one_night_less(member) for member in whole.staff),
        }
    )


def _one_night_less(member: StaffMember) -> StaffMember:
    if member.name not in ON_NIGHTS[-NIGHTS_MISSING:]:
        return member
    nights = member.contract.nights_max or 0
    contract = member.contract.model_copy(update={"nights_max": nights - 1})
    return member.model_copy(update={"contract": contract})
