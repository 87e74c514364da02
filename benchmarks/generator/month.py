"""Draw the month of an office: users, settings, wishes and the office's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.generator.frame import MOST, Strain
from benchmarks.generator.patterns import NIGHT
from benchmarks.generator.staff import DRIVERS, NEWCOMERS, NIGHTS_USUAL
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY
from scheduler.domain.ledger import Carried, LedgerEntry
from scheduler.domain.office import (
    Capacity,
    Hold,
    HolidayReading,
    HouseRatio,
    Office,
    Settings,
    Standby,
    UsersReading,
    UsersRecord,
)
from scheduler.domain.qualifications import CERTIFIED_CARE_WORKER
from scheduler.domain.requests import CoverRule, Pair, PairKind
from scheduler.domain.shifts import Role
from scheduler.domain.year import UsersMethod
from scheduler.files.samples.building import (
    DAY_MINUTES,
    HOLIDAY_PROFILE,
    WEEKDAY_PROFILE,
    WEEKDAYS,
    Expected,
    assemble,
    day_profile,
    house,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from benchmarks.generator.frame import Frame
    from benchmarks.generator.staff import Team
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

HOUSES = "ひだまり あおば こもれび つくし なごみ みなみ風 かたくり 結 みずほ"

PLANNING, MANAGEMENT = 90, 75
"""Minutes at the desk for each date of the period."""

NO_SUNDAY_GUESTS = 25
"""Percentage of the offices in which nobody stays from Sunday to Monday."""


def cover(name: str, **fields: Any) -> CoverRule:
    """Make a cover rule; a band is written ``9:00-10:00``."""
    return CoverRule.model_validate({"name": name, **fields})


def pair(first: str, second: str, kind: PairKind, *, must: bool = True) -> Pair:
    """Make a pair of people who are kept apart, or work together."""
    return Pair(first=StaffId(first), second=StaffId(second), kind=kind, must=must)


class Users(NamedTuple):
    """The users expected, and how many were usual last year."""

    expected: Expected
    usual: int
    capacity: Capacity


def draw_month(team: Team) -> Problem:
    """Draw the month of a team."""
    frame = team.frame
    users = _users(team)
    problem = assemble(
        frame.period,
        _office(team, users),
        frame.pattern.shifts,
        team.staff,
        users.expected,
        team.tail,
        _wishes(team),
        tuple(_cover_rules(team, users)),
        tuple(_pairs(team)),
    )
    return problem.model_copy(update={"ledger": tuple(_ledger(team))})


def _users(team: Team) -> Users:
    """Draw users by weekday, such that the hours required are the strain's load."""
    rnd, large = team.frame.rnd, team.frame.people > MOST
    places = 99 if large else 18
    # Of so many full-timers' days a date, one is for visits; each other is three users.
    days = min(_days_of_care(team) * team.frame.strain.load, places / 3 + 1)
    threes = max(1, int(days) - 1)
    busy = round((days - int(days)) * len(WEEKDAYS))
    # Weekends are busy last.
    order = [*rnd.sample(range(5), 5), 5, 6]
    day_users = [
        3 * threes + (rnd.randint(1, 2) if day in order[:busy] else -rnd.randint(0, 1))
        for day in range(len(WEEKDAYS))
    ]
    guests = [rnd.randint(1, team.frame.guests_most) for _ in WEEKDAYS]
    if _day_is_covered(team.frame) and team.frame.chance(NO_SUNDAY_GUESTS):
        guests[-1] = 0
    expected = Expected(
        tuple(min(one, places) for one in day_users),
        tuple(map(min, guests, day_users)),
        tuple(rnd.randint(2, 8) for _ in WEEKDAYS),
    )
    most = max(expected.day_users)
    registered = min(99 if large else 29, max(most * 2 - 3, 18))
    capacity = Capacity(
        registered=registered,
        day_use=max(most, -(-registered // 2)),
        overnight=max(guests[0], *guests, -(-most // 3)),
    )
    return Users(expected, 3 * threes, capacity)


def _day_is_covered(frame: Frame) -> bool:
    """Tell whether shifts by day fill the day band, so that a night may be left out."""
    own = [one for one in frame.pattern.shifts if one.symbol in frame.pattern.by_day]
    band = frame.night_band
    first, last = min(one.start for one in own), max(one.end for one in own)
    return first <= band.end - DAY and band.start <= last


def _days_of_care(team: Team) -> float:
    """Return full-timers' days of care a date outside the night band (A-03)."""
    frame = team.frame
    given = sum(m.contract.minutes_max or 0 for m in team.staff if m.gives_care)
    awake = frame.night_band.minutes - frame.night.interval.minutes
    in_band = awake + frame.night.work_minutes
    by_night = (in_band + frame.lost_by_night) * frame.nights
    # A third of the staff has a day of leave.
    leave = len(team.staff) / 3 * DAY_MINUTES
    desks = (PLANNING + MANAGEMENT) * frame.period.days
    left = given - by_night - desks - leave
    return left / frame.period.days / DAY_MINUTES


def _office(team: Team, users: Users) -> Office:
    frame, rnd = team.frame, team.frame.rnd
    capacity = users.capacity
    large = frame.people > MOST
    visits: dict[str, Any] = {"span": "10:00-11:30", "visits_per_worker": 8}
    sunday = {**visits, "span": "10:00-11:00"}
    flow = rnd.choice(
        (
            ("9:30=60 10:00=40", "15:30=40 16:30=60"),
            ("9:00=40 9:30=30 10:00=30", "13:30=20 15:30=40 16:30=40"),
            ("9:30=100", "16:30=100"),
        )
    )
    away = f"{flow[0].split('=')[0]}-16:30"
    return house(
        name=f"小規模多機能ホーム {rnd.choice(HOUSES.split())}",
        monthly_revenue=280_000 * capacity.registered,
        capacity=capacity,
        capacity_limit=capacity if large else None,
        registered=max(*users.expected.day_users, capacity.registered - 1),
        users_record=UsersRecord(
            method=UsersMethod.PREVIOUS_YEAR, total=365 * users.usual, days=365
        ),
        night_band=frame.band,
        contact_system=frame.chance(60) or not min(users.expected.overnight),
        profiles=(
            day_profile(WEEKDAY_PROFILE, *flow, away, visits),
            day_profile(HOLIDAY_PROFILE, *flow, away, sunday),
        ),
        settings=_settings(team),
    )


def _settings(team: Team) -> Settings:
    frame, rnd = team.frame, team.frame.rnd
    callers = sum(member.on_call for member in team.staff)
    permission = callers > 9 and frame.chance(40)
    four_weeks = frame.chance(20)
    desk = PLANNING * frame.period.days
    limits = [member.contract.nights_max or 0 for member in team.staff]
    nights_most = rnd.choice((None, None, max(NIGHTS_USUAL + 1, *limits)))
    ratio = (HouseRatio.MUST,) * 3 + (HouseRatio.GUIDELINE,) * 2 + (HouseRatio.REPORT,)
    return Settings(
        standby=Standby(permission=permission, from_home=True),
        full_time_month=168 * 60 if frame.period.days == 31 else None,
        house_ratio=rnd.choice(ratio),
        users_reading=rnd.choice((*[UsersReading.LARGER] * 3, UsersReading.AVERAGE)),
        holiday_reading=HolidayReading.FOUR_WEEKS
        if four_weeks
        else HolidayReading.WEEKLY,
        four_weeks_from=frame.period.first if four_weeks else None,
        nights_in_a_row_most=rnd.choice((1, 2, 2)),
        long_nights_apart=Hold.MUST,
        day_off_after_long_night=Hold.GUIDELINE,
        nights_most=nights_most if frame.strain is Strain.LOOSE else None,
        nurse_shifts=frame.period.days // 4,
        planner_desk=desk,
        planner_desk_early=desk // 3,
        planner_desk_late=desk // 3,
        manager_desk=MANAGEMENT * frame.period.days,
        days_off_together=rnd.choice((Hold.OFF, Hold.COMFORT, Hold.GUIDELINE)),
        weekend_off=rnd.choice((Hold.OFF, Hold.COMFORT)),
        lone_work_day=rnd.choice((Hold.OFF, Hold.OFF, Hold.COMFORT)),
        forward_rotation=rnd.choice((Hold.OFF, Hold.OFF, Hold.COMFORT)),
        overtime_most=45 * 60,
    )


def _cover_rules(team: Team, users: Users) -> Iterator[CoverRule]:
    frame = team.frame
    least = frame.at_night
    drivers = 2 if min(users.expected.day_users) >= 9 else 1
    yield cover("朝の送迎", group=DRIVERS, band="9:00-10:00", at_least=drivers)
    yield cover("夕の送迎", group=DRIVERS, band="15:30-16:30", at_least=drivers)
    if users.expected.overnight[-1]:
        yield cover("夜勤の人数", shift=NIGHT, at_least=least, at_most=least)
    else:
        week = {"weekdays": tuple(range(6)), "at_least": least, "at_most": least}
        yield cover("夜勤の人数", shift=NIGHT, **week)
        yield cover("日曜の夜勤なし", shift=NIGHT, weekdays=(6,), at_most=0)
    if frame.chance(50):
        papers = CERTIFIED_CARE_WORKER
        yield cover("介護福祉士", qualification=papers, band="10:00-16:00", at_least=1)
    if frame.chance(40):
        bath: dict[str, Any] = {"band": "10:00-11:30", "weekdays": (1, 4)}
        yield cover("入浴", role=Role.CARE, at_least=2, **bath)
    if frame.chance(50):
        nurse: dict[str, Any] = {"band": "10:00-12:00", "weekdays": (0, 2, 4)}
        yield cover("看護職員", role=Role.NURSE, at_least=1, must=False, **nurse)


def _pairs(team: Team) -> Iterator[Pair]:
    part_timers = [m.name for m in team.staff if not m.contract.full_time]
    if team.frame.chance(30) and part_timers:
        others = (
            team.frame.rnd.choice(team.rotation),
            team.frame.rnd.choice(part_timers),
        )
        yield pair(*others, PairKind.APART, must=False)


def _wishes(team: Team) -> dict[str, str]:
    """Draw wishes, in the notation of the samples; they pile up on some dates."""
    frame = team.frame
    dates = frame.period.dates
    rest = [date for date in dates if frame.period.is_day_of_rest(date)]
    wanted = set(frame.rnd.sample(rest, min(3, len(rest))))
    wanted.add(frame.rnd.choice(dates))
    return {
        member.name: " ".join(_own_wishes(frame, member, wanted))
        for member in team.staff
    }


def _own_wishes(
    frame: Frame, member: StaffMember, wanted: set[dt.date]
) -> Iterator[str]:
    rnd = frame.rnd
    own = [
        date
        for date in frame.period.dates
        if date in member.employed and date.weekday() in member.contract.weekdays
    ]
    weights = [12 if date in wanted else 1 for date in own]
    most = 4 if member.contract.full_time else 2
    chosen = set(rnd.choices(own, weights, k=rnd.randint(1, most)))
    leave = member.contract.full_time and frame.chance(35)
    for date in sorted(chosen):
        number = frame.period.dates.index(date) + 1
        if leave:
            yield f"{number}有{rnd.choice(('◎', '', ''))}"
            leave = False
        elif NIGHT in member.shifts and len(member.shifts) > 1 and frame.chance(15):
            yield f"{number}×{NIGHT}{rnd.choice(('', '△'))}"
        elif member.on_call and frame.chance(8):
            yield f"{number}×宿△"
        elif len(member.shifts) > 2 and frame.chance(10):
            yield f"{number}{member.shifts[1]}/{member.shifts[0]}△"
        else:
            yield f"{number}休{rnd.choice(('', '', '', '△'))}"


def _ledger(team: Team) -> Iterator[LedgerEntry]:
    """Draw, for some offices, what those who work nights bore in three months."""
    rnd = team.frame.rnd
    if not team.frame.chance(50):
        return
    times = [rnd.randint(10, 13) for _ in team.rotation]
    share = 1000 * sum(times) // len(times)
    for name, borne in zip(team.rotation, times, strict=True):
        member = next(one for one in team.staff if one.name == name)
        if NEWCOMERS not in member.groups:
            asked = rnd.randint(3, 9)
            yield LedgerEntry(
                staff=member.name,
                night=Carried(times=borne, share=share),
                wishes_asked=asked,
                wishes_granted=asked - rnd.randint(0, 1),
            )
