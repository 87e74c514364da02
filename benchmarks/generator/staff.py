"""Draw the staff of an office: names, papers, contracts, and how last month ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from benchmarks.generator.frame import Strain
from benchmarks.generator.patterns import EVENING, LONG, MORNING, NIGHT, SHORT
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.qualifications import (
    ASSISTANT_NURSE,
    CARE_MANAGER_LICENCE,
    CERTIFIED_CARE_WORKER,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
)
from scheduler.domain.shifts import Role
from scheduler.domain.staff import Contract, DateSpan, StaffMember, in_proportion
from scheduler.files.samples.building import (
    DAY_MINUTES,
    WEEKDAYS,
    SampleTail,
    full_time,
    part_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.generator.frame import Frame

DRIVERS = "運転"
"""Group of the staff who drive users."""
CARE = (Role.CARE,)
CERTIFIED = (CERTIFIED_CARE_WORKER,)

FAMILY = """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上
    木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 藤田
    後藤 近藤 長谷川 村上 遠藤 青木 坂本
"""
GIVEN = """
    美咲 健太 由美 恵 大輔 陽子 翔 智子 隆 和子 幸子 直樹 真由美 浩 久美子 さくら 亮
    裕子 誠 明美 優子 達也 千尋 典子 拓也 加奈 洋平 香織 修 奈々
"""

NEWCOMERS, MENTORS = "新人", "指導"

LARGE = 18
"""With more people than this, part-timers come on fewer days."""

NIGHTS_ONLY = 8
"""Most nights of somebody who works nights and nothing else."""

NIGHTS_USUAL = 5
"""Nights of a person that an office plans with."""

CYCLES = {
    5: "夜明休日遅",
    6: "夜明休日遅休",
    7: "夜明休早日遅休",
    8: "夜明休早日遅遅休",
}
"""The end of last month, worked in turn; at most as long as there are people."""


def person(
    name: str,
    contract: Contract,
    shifts: str,
    roles: Sequence[Role] = (Role.CARE,),
    qualifications: Sequence[str] = (),
    **fields: Any,
) -> StaffMember:
    """Make a person; ``shifts`` are symbols of one character each, joined."""
    return StaffMember(
        name=StaffId(name),
        contract=contract,
        roles=tuple(roles),
        qualifications=tuple(qualifications),
        shifts=tuple(ShiftId(symbol) for symbol in shifts),
        **fields,
    )


@dataclass
class Team:
    """The staff drawn so far, and the end of last month of each."""

    frame: Frame
    staff: list[StaffMember] = field(default_factory=list)
    rotation: list[str] = field(default_factory=list)
    weekly: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the names."""
        names = tuple(product(FAMILY.split(), GIVEN.split()))
        chosen = self.frame.rnd.sample(names, self.frame.people)
        self._names = iter(" ".join(name) for name in chosen)

    def join(
        self, contract: Contract, shifts: str, worked: str | None, **fields: Any
    ) -> None:
        """Add a person.

        Parameters
        ----------
        worked
            Symbols of last month by weekday, Monday first; ``None`` if the person
            worked in turn with the others who do.
        """
        one = person(next(self._names), contract, shifts, **fields)
        self.staff.append(one)
        if worked is None:
            self.rotation.append(one.name)
        else:
            self.weekly[one.name] = worked

    @property
    def tail(self) -> SampleTail:
        """How last month ended."""
        cycle = CYCLES[min(len(self.rotation), max(CYCLES))]
        return SampleTail(cycle, tuple(self.rotation), self.weekly, on_call_when="日")


def draw_team(frame: Frame) -> Team:
    """Draw the staff, the manager first."""
    team = Team(frame)
    _manager(team)
    _planner(team)
    for place in range(max(1, frame.people // 13)):
        _nurse(team, place)
    only_nights = 0
    if frame.pattern.night_staff:
        only_nights = frame.at_night * frame.rnd.choice((1, 2))
    nights = frame.nights - only_nights * NIGHTS_ONLY
    left = frame.people - len(team.staff) - only_nights
    share = round(left * frame.rnd.uniform(0.4, 0.6))
    # One of them may join within the month, and did not work in turn before.
    around = min(left, max(share, -(-nights // NIGHTS_USUAL), min(CYCLES) + 1))
    for place, most in enumerate(_night_limits(frame, nights, around)):
        _carer(team, place, most)
    for place in range(only_nights):
        _night_worker(team, place)
    if len(team.staff) < frame.people and frame.chance(40):
        _short_time(team)
    while len(team.staff) < frame.people:
        _part_timer(team)
    return team


def _night_limits(frame: Frame, nights: int, people: int) -> Iterator[int | None]:
    """Yield the most nights of each who works around the clock."""
    spare = {Strain.LAW: -2, Strain.TIGHT: 1}.get(frame.strain)
    if spare is None:
        for _ in range(people):
            own = -(-nights // people) + 1
            yield frame.rnd.choice((None, None, None, own))
        return
    each, over = divmod(nights + spare, people)
    yield from (each + (place < over) for place in range(people))


def _manager(team: Team) -> None:
    frame = team.frame
    by_night = frame.people < 16 and frame.strain is Strain.LOOSE
    team.join(
        full_time(frame.period, nights_max=2 if by_night else 0),
        frame.pattern.around if by_night else frame.pattern.by_day,
        "日日日日日--",
        roles=(Role.MANAGER, Role.CARE),
        qualifications=(CERTIFIED_CARE_WORKER, MANAGER_TRAINING),
        groups=(DRIVERS, MENTORS),
        on_call=True,
    )


def _planner(team: Team) -> None:
    whole = team.frame.people >= 16 and team.frame.chance(50)
    period = team.frame.period
    team.join(
        full_time(period, nights_max=0)
        if whole
        else part_time(period, WEEKDAYS[:6], DAY_MINUTES, days_a_week=4),
        "日",
        "日日日日日--" if whole else "日日-日日--",
        roles=(Role.PLANNER, Role.CARE),
        qualifications=(CARE_MANAGER_LICENCE, PLANNER_TRAINING),
        groups=(DRIVERS,),
        on_call=whole,
    )


def _nurse(team: Team, place: int) -> None:
    frame = team.frame
    fields: dict[str, Any] = {
        "roles": frame.rnd.choice(((Role.NURSE,), (Role.NURSE, Role.CARE))),
        "qualifications": (frame.rnd.choice((REGISTERED_NURSE, ASSISTANT_NURSE)),),
    }
    if place == 0 and frame.chance(60):
        own = full_time(frame.period, nights_max=0)
        team.join(own, frame.pattern.by_day, "-日日日日日-", on_call=True, **fields)
        return
    days = frame.rnd.choice(("月水金", "火木土", "月火木"))
    own = part_time(frame.period, days, frame.pattern.minutes(SHORT))
    team.join(own, SHORT, _on(days, SHORT), **fields)


def _carer(team: Team, place: int, nights_most: int | None) -> None:
    """Draw somebody who works around the clock."""
    frame = team.frame
    own = full_time(frame.period, nights_max=nights_most)
    least = (own.minutes_min or 0) - frame.lost_by_night * NIGHTS_USUAL
    own = own.model_copy(update={"minutes_min": least})
    groups = (DRIVERS,) if place < 2 or frame.chance(70) else ()
    papers = CERTIFIED if place < 3 or frame.chance(50) else ()
    if place == 4 and frame.chance(50):
        groups, papers = (*groups, NEWCOMERS), ()
    employed, worked = DateSpan(), None
    if place == 6 and frame.strain is not Strain.LAW and frame.chance(40):
        own, employed = _part_of_the_month(frame, own)
        worked = "-------" if employed.first else None
    team.join(
        own,
        frame.pattern.around,
        worked,
        qualifications=papers,
        groups=groups,
        employed=employed,
        on_call=True,
    )


def _part_of_the_month(frame: Frame, whole: Contract) -> tuple[Contract, DateSpan]:
    """Draw contract and dates of somebody who joins or leaves within the month."""
    dates = frame.period.dates
    place = frame.rnd.randint(7, len(dates) - 7)
    joins = frame.chance(60)
    part = len(dates) - place if joins else place
    span = DateSpan(first=dates[place]) if joins else DateSpan(last=dates[place - 1])
    return in_proportion(whole, Fraction(part, len(dates))), span


def _night_worker(team: Team, place: int) -> None:
    work = team.frame.night.work_minutes
    own = Contract(
        full_time=False,
        minutes_min=(NIGHTS_ONLY - 3) * work,
        minutes_max=NIGHTS_ONLY * work,
        nights_max=NIGHTS_ONLY,
    )
    team.join(own, NIGHT, ("夜明-----", "---夜明--")[place % 2])


def _short_time(team: Team) -> None:
    """Draw somebody full-time on short hours for childcare (B-05): 30 a week."""
    period = team.frame.period
    whole = full_time(period, nights_max=0)
    day = team.frame.pattern.minutes(LONG)
    workdays = sum(not period.is_day_of_rest(date) for date in period.dates)
    days = max(workdays, period.days - (whole.days_off_min or 0))
    own = whole.model_copy(
        update={
            "short_time_30h": True,
            "day_minutes": day,
            "minutes_min": (days - 1) * day,
            "minutes_max": days * day,
            "days_off_min": period.days - days,
        }
    )
    fields: dict[str, Any] = {"no_night": DateSpan(), "groups": (DRIVERS,)}
    team.join(own, LONG, _on(WEEKDAYS[:5], LONG), roles=CARE, **fields)


def _part_timer(team: Team) -> None:
    rnd, pattern = team.frame.rnd, team.frame.pattern
    large = team.frame.people > LARGE
    drawn = rnd.sample(WEEKDAYS, rnd.choice((2, 2, 3) if large else (3, 3, 4)))
    days = "".join(day for day in WEEKDAYS if day in drawn)
    shifts = rnd.choice((MORNING, SHORT, SHORT, LONG, EVENING, MORNING + EVENING))
    own = part_time(team.frame.period, days, pattern.minutes(shifts[0]))
    groups = (DRIVERS,) if team.frame.chance(20) else ()
    team.join(own, shifts, _on(days, shifts[0]), groups=groups)


def _on(days: str, symbol: str) -> str:
    """Return the symbols of a week in which a shift is worked on some days."""
    return "".join(symbol if day in days else "-" for day in WEEKDAYS)
