"""January 2027 of an office with every case that the statutory table knows.

Dual roles, a night whose break lies elsewhere, leave, training, special leave, leave of
absence, legal short hours, a job elsewhere, and nights on call that are work.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR
from scheduler.domain.kinds import GIVEN, Spell
from scheduler.domain.shifts import Role
from tests.support.builders import (
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
    with_duties,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

JANUARY = dt.date(2027, 1, 1)
SHIFTS = (
    make_shift("早", "7:00-16:00", ["11:00-12:00", "12:00-13:00"]),
    make_shift("日", "8:30-17:30", ["12:00-13:00"], cuts=["13:00"], name="日勤"),
    make_shift("遅", "12:00-21:30", ["16:00-17:00", "17:00-18:00"]),
    make_shift("夜", "16:30-33:30", ["24:00-26:00", ["20:00-21:00", "25:00-26:00"]]),
    make_shift("半", "13:00-17:15", [], half_leave=True),
    make_shift("a", "9:00-15:30", ["12:00-12:30"]),
)
GRID = """
管理あきら 早日日休日日休日早日休日日休日日日日日休休日日日日日休休日日日
計画いく子 日日休日日有休日日休日日日休日日休日日有休日日休日日日休日日日
看護うみ 休aaa休aaa休休aaa休aaa休休aaa休aaaaaa休a
介護えみ 夜明休遅早夜明休遅早夜明休遅早夜明休遅早夜明休遅早夜明半研休夜
介護おさむ 明休夜明休遅早夜明休遅早夜明休遅早夜明休遅早夜明休遅早夜明有特
介護かよ aaaa休休aaaaa休休aaaaa休休aaaaa休休aaaa
介護きく 育育育育育育育育育育育日日日休日日日日日休休日日日日日休休日日
介護くに aa休aa休有aa休aa休有aa休aa休aa休aa休aa休aa
"""
TAIL = "介護おさむ 夜"


def _problem() -> Problem:
    period = make_period(31, JANUARY)
    kinds = [
        one.model_copy(update={"symbol": one.symbol[:1]})
        for one in GIVEN
        if one.symbol in ("研", "育休", "特")
    ]
    spells = [
        _spell("介護きく", "育", 1, 11),
        _spell("介護えみ", "研", 29, 29),
        _spell("介護おさむ", "特", 31, 31),
    ]
    care = {"shifts": ["早", "遅", "夜", "半"]}
    licences = ["看護師"]
    return make_problem(
        [
            make_staff("管理あきら", roles=["manager", "care"], shifts=["早", "日"]),
            make_staff("計画いく子", roles=["planner", "care"], shifts=["日"]),
            make_staff("看護うみ", roles=["nurse"], qualifications=licences),
            make_staff("介護えみ", **care),
            make_staff("介護おさむ", **care),
            make_staff("介護かよ", full_time=False, short_time_30h=True),
            make_staff("介護きく", shifts=["日"]),
            make_staff(
                "介護くに", full_time=False, other_job="GH 介護", other_minutes=3000
            ),
        ],
        period=period,
        shifts=SHIFTS,
        kinds=kinds,
        spells=spells,
        tail=TAIL,
        office=make_office(
            full_time_month=168 * HOUR,
            users_record={"method": "previous_year", "total": 4380, "days": 365},
            standby={"permission": False, "from_home": False},
        ),
        forecast=make_forecast(period, [9, 12, 13] * 11, 2, 6),
    )


def _spell(name: str, kind: str, first: int, last: int) -> Spell:
    return Spell.model_validate(
        {
            "staff": name,
            "kind": kind,
            "first": JANUARY.replace(day=first),
            "last": JANUARY.replace(day=last),
        }
    )


def _roster(problem: Problem) -> Roster:
    nights = " ".join(["介護えみ", "-", "介護おさむ"] * 11).split()[:31]
    base = make_roster(problem, f"{GRID}\n宿 {' '.join(nights)}")
    both = (Role.MANAGER, Role.CARE)
    second = SHIFTS[3].breaks[1]
    return with_duties(
        base,
        make_duty(problem, "管理あきら", JANUARY.replace(day=2), "日", roles=both),
        make_duty(
            problem, "管理あきら", JANUARY.replace(day=3), "日", roles=both[::-1]
        ),
        make_duty(problem, "介護えみ", JANUARY, "夜", breaks=second),
    )


PROBLEM = _problem()
ROSTER = _roster(PROBLEM)
