"""Random small offices that are valid inputs, and random rosters for them."""

from __future__ import annotations

import datetime as dt
import random
from itertools import permutations
from typing import TYPE_CHECKING, Any

from scheduler.domain.base import ShiftId
from scheduler.domain.clock import Interval
from scheduler.domain.events import CalendarEvent, DeskTask
from scheduler.domain.forecast import Service
from scheduler.domain.kinds import DayKind, Extent, Spell
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.office import Hold
from scheduler.domain.office_kind import KANTAKI, OfficeKind, Support
from scheduler.domain.qualifications import CARE_MANAGER_LICENCE, PLANNER_TRAINING
from scheduler.domain.record import RosterRecord
from scheduler.domain.registrants import Registrant, by_plan
from scheduler.domain.requests import (
    Counted,
    CoverRule,
    Pair,
    PairKind,
    Per,
    PersonalLimit,
    Request,
    Want,
)
from scheduler.domain.shifts import (
    ENTERED,
    LEAVE,
    Duty,
    OffKind,
    OnCall,
    Role,
    ShiftKind,
)
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.base import StaffId
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember

SHIFT_TABLE = (
    make_shift("早", "7:00-16:00", ["11:30-12:30", "12:30-13:30"]),
    make_shift("日", "8:30-17:30", ["12:00-13:00", "13:00-14:00"], cuts=["13:00"]),
    make_shift("遅", "12:00-21:30", ["15:00-16:00"], roles=["care", "nurse"]),
    make_shift("夜", "16:30-33:30", [["20:30-21:30", "26:00-27:00"], ["23:00-25:00"]]),
    make_shift("深", "22:00-31:00", ["25:00-26:00"], kind="night"),
    make_shift("短", "9:00-13:00", []),
    make_shift("半", "13:00-17:30", [], half_leave=True),
    make_shift("晩", "15:00-24:00", ["18:00-19:00"], kind="late"),
    make_shift("暁", "4:30-13:00", ["9:00-9:45"], kind="early"),
)
OFFS = (OffKind.DAY_OFF, OffKind.PAID_LEAVE, OffKind.AFTER_NIGHT, OffKind.ABSENT)
KINDS_OF_DAY = (
    DayKind(symbol=ShiftId("修"), hours=True),
    DayKind(symbol=ShiftId("会"), hours=True, extent=Extent.CLOCK),
    DayKind(symbol=ShiftId("応"), hours=True, cover=True, extent=Extent.HALF),
    DayKind(symbol=ShiftId("育"), hours=False, extent=Extent.PERIOD),
    DayKind(symbol=ShiftId("慶"), hours=False),
    DayKind(symbol=ShiftId("夏"), hours=False, day_off=True),
)
TRAINING = make_shift("研", "10:00-15:00", [], counts=False)

PEOPLE_RULES = (
    "newcomer_nights",
    "newcomer_days",
    "days_off_together",
    "lone_work_day",
    "forward_rotation",
    "weekend_off",
)
"""Settings for how strictly rules on people are held."""

LATER_RULES = ("long_nights_apart", "day_off_after_long_night", "on_call_on_days_off")
"""Further such settings, drawn from a second generator so that offices drawn before
these rules existed stay the same."""


def a_problem(rnd: random.Random, period: Period | None = None) -> Problem:
    """Draw an office of three to five people over 5 to 12 dates, or a given period."""
    days = rnd.randint(5, 12)
    first = FIRST + dt.timedelta(days=rnd.randint(0, 20))
    holidays = [first + dt.timedelta(days=2)] if rnd.random() < 0.5 else []
    if period is None:
        period = make_period(days, first, holidays)
    days, first = period.days, period.first
    staff = [_a_person(rnd, f"P{i}", first, days) for i in range(rnd.randint(3, 4))]
    if rnd.random() < 0.5:
        staff.append(staff[0].model_copy(update={"name": "Twin"}))
    problem = make_problem(
        staff,
        period=period,
        shifts=_with_limits(random.Random(rnd.getstate()[1][1])),
        office=make_office(
            profiles=[_a_profile(rnd)],
            contact_system=rnd.random() < 0.7,
            night_band=rnd.choice(["21:00-30:00", "20:00-31:00"]),
            users_record={
                "method": rnd.choice(["previous_year", "estimate_90"]),
                "total": rnd.randint(0, 2200),
                "days": 365,
            },
            capacity={"registered": 12, "day_use": rnd.randint(4, 9), "overnight": 4},
            **_some_settings(rnd, first),
        ),
        forecast=make_forecast(
            period,
            [rnd.randint(0, 7) for _ in range(days)],
            [rnd.choice([None, 0, 0, 1, 2]) for _ in range(days)],
            [rnd.randint(0, 4) for _ in range(days)],
            overnight_before=rnd.randint(0, 2),
        ),
        requests=_some_requests(rnd, [p.name for p in staff], period.dates),
        cover_rules=_some_cover_rules(rnd, period.dates),
        pins=_some_pins(rnd, staff, period),
        ledger=_a_ledger(rnd, [p.name for p in staff]),
        tail=_a_tail(rnd, [p.name for p in staff]),
        days_off_before={p.name: rnd.randint(0, 4) for p in staff},
        pairs=_some_pairs(rnd, [p.name for p in staff]),
    )
    later = _with_later_rules(random.Random(rnd.getstate()[1][0]), problem)
    later = _with_spells(random.Random(rnd.getstate()[1][2]), later)
    limits = _some_limits(random.Random(rnd.getstate()[1][3]), later)
    pairs = _of_groups(random.Random(rnd.getstate()[1][4]), later)
    later = later.model_copy(update={"personal_limits": limits, "pairs": pairs})
    later = _with_users(random.Random(rnd.getstate()[1][5]), later)
    later = _with_events(random.Random(rnd.getstate()[1][6]), later)
    tasks = _some_tasks(random.Random(rnd.getstate()[1][7]))
    later = later.model_copy(update={"desk_tasks": tasks})
    later = _of_a_kind(random.Random(rnd.getstate()[1][8]), later)
    return _with_satellites(random.Random(rnd.getstate()[1][9]), later)


def _with_satellites(rnd: random.Random, problem: Problem) -> Problem:
    """Return every third main office with satellites that call on it on some nights."""
    if problem.office.kind.is_satellite or rnd.random() < 0.67:
        return problem
    days = [
        day.model_copy(
            update={
                "satellite_overnight": rnd.choice([0, 0, 2]),
                "satellite_visits": rnd.randint(0, day.visits),
            }
        )
        for day in problem.forecast.days
    ]
    forecast = problem.forecast.with_days(days)
    return problem.model_copy(update={"forecast": forecast})


def _of_a_kind(rnd: random.Random, problem: Problem) -> Problem:
    """Return the office, one time in two as a kantaki or a satellite."""
    kind = rnd.choice([*OfficeKind, *[OfficeKind.MAIN] * 2])
    left = [one for one in Support if kind.is_satellite and rnd.random() < 0.6]
    if kind is OfficeKind.KANTAKI_SATELLITE and Support.NURSE in left:
        left.remove(Support.NURSE)
    update: dict[str, object] = {"kind": kind, "left_to_main": tuple(left)}
    update["group_home_night"] = kind not in KANTAKI and rnd.random() < 0.2
    office = problem.office.model_copy(update=update)
    return problem.model_copy(update={"office": office})


def _some_tasks(rnd: random.Random) -> tuple[DeskTask, ...]:
    """Draw tasks of the care manager (G), most of them in the first days."""
    drawn = []
    for name in ("請求", "訪問", "計画", "会議")[: rnd.choice([0, 0, 1, 3, 4])]:
        first = rnd.randint(1, rnd.choice([6, 28]))
        drawn.append(
            DeskTask(
                name=name,
                minutes=rnd.randint(0, 8) * rnd.choice([7, 60]),
                per_registrant=rnd.random() < 0.3,
                first_day=first,
                last_day=rnd.randint(first, rnd.choice([first, 31])),
                must=rnd.random() < 0.4,
            )
        )
    return tuple(drawn)


def _with_users(rnd: random.Random, problem: Problem) -> Problem:
    """Return every other problem with some numbers of its forecast from users' plans.

    A number may differ from the plans by one, as after a what-if.
    """
    if rnd.random() < 0.5:
        return problem
    users = tuple(_a_user(rnd, f"U{i}", problem) for i in range(rnd.randint(1, 5)))
    problem = problem.model_copy(update={"registrants": users})
    services = [service for service in Service if rnd.random() < 0.7]
    days = []
    for day in problem.forecast.days:
        planned = by_plan(problem.attendance, day, services)
        for service in services:
            more = rnd.choice([0, 0, 0, 1, -1])
            number = max(0, getattr(planned, service.value) + more)
            planned = planned.model_copy(update={service.value: number})
        days.append(planned)
    forecast = problem.forecast.with_days(days)
    return problem.model_copy(update={"forecast": forecast})


def _a_user(rnd: random.Random, name: str, problem: Problem) -> Registrant:
    def weekly(*spans: str | None) -> list[dict[str, Any]]:
        return [
            {"weekdays": sorted(rnd.sample(range(7), rnd.randint(1, 4))), "span": span}
            for span in spans
            if rnd.random() < 0.7
        ]

    first = {"first": rnd.choice(problem.period.dates)}
    return Registrant.model_validate(
        {
            "name": name,
            "day_use": weekly("9:20-15:40", None),
            "stays": weekly("17:10-32:40", None)[:1],
            "visits": weekly("10:10-10:50", "17:30-18:00"),
            "registered": first if rnd.random() < 0.2 else {},
        }
    )


EVENTS = (
    {"name": "職員会議", "span": "18:00-19:00", "circle": "full_timers"},
    {"name": "朝礼", "span": "8:45-9:15", "circle": "everybody", "must": False},
    {"name": "委員会", "span": "13:30-15:00", "circle": "everybody", "at_least": 2},
    {"name": "研修", "span": "16:00-17:30", "group": "運転", "days_off": True},
    {"name": "健診", "span": "10:00-11:00", "circle": "nobody"},
)  # fmt: skip


def _with_events(rnd: random.Random, problem: Problem) -> Problem:
    """Return the office, one time in two with events on two of its dates."""
    if rnd.random() < 0.5:
        return problem
    dates = rnd.sample(problem.period.dates, 2)
    events = [
        CalendarEvent.model_validate({**one, "dates": dates})
        for one in rnd.sample(EVENTS, rnd.randint(1, 3))
    ]
    if rnd.random() < 0.5:
        named = {"people": [rnd.choice(problem.staff).name]}
        events[0] = CalendarEvent.model_validate(events[0].model_dump() | named)
    return problem.model_copy(update={"events": tuple(events)})


def _come_and_go(
    rnd: random.Random, problem: Problem, cells: dict[tuple[StaffId, dt.date], Duty]
) -> None:
    """Let people on shifts come to events, or stay away, at random."""
    for (name, date), duty in cells.items():
        shift = problem.shift_by_symbol.get(duty.shift) if duty.shift else None
        if shift is None or rnd.random() < 0.3:
            continue
        member, chosen = problem.member_by_name[name], []
        for event in problem.events:
            asked = (
                event.circle == "everybody"
                or (event.circle == "full_timers" and member.contract.full_time)
                or event.group in member.groups
                or name in event.people
            )
            span = event.span
            if not asked or span is None or not event.is_held_on(date):
                continue
            taken = [pause for pause in duty.breaks]
            taken += [problem.event_by_name[one].span for one in chosen]
            busy = shift.interval.overlaps(span) and not shift.counts
            away = shift.half_leave and not shift.interval.covers(span)
            later = shift.kind is ShiftKind.NIGHT and not shift.interval.overlaps(span)
            away |= later and not (event.days_off or name in event.people)
            if busy or away or any(span.overlaps(one) for one in taken if one):
                continue
            if rnd.random() < 0.6:
                chosen.append(event.name)
        cells[name, date] = duty.model_copy(update={"events": tuple(chosen)})


def _with_limits(rnd: random.Random) -> tuple[Shift, ...]:
    """Return the shift table with random limits of shifts in a row (P-08).

    They have a generator of their own, so that the other draws stay the same.
    """
    limited = rnd.sample(SHIFT_TABLE, rnd.choice([0, 0, 1, 2]))
    return tuple(
        shift.model_copy(
            update={
                "in_a_row_most": rnd.randint(1, 3),
                "in_a_row_by_kind": rnd.random() < 0.5,
                "in_a_row_held": rnd.choice(list(Hold)),
            }
        )
        if shift in limited
        else shift
        for shift in (*SHIFT_TABLE, TRAINING)
    )


def _of_groups(rnd: random.Random, problem: Problem) -> tuple[Pair, ...]:
    """Return the pairs, some of nights only, some of groups in place of people."""
    groups = sorted({group for member in problem.staff for group in member.groups})
    sides = [*groups, *(member.name for member in problem.staff)]
    pairs = []
    for pair in problem.pairs:
        update: dict[str, Any] = {"nights": rnd.random() < 0.4}
        if rnd.random() < 0.5:
            first, second = rnd.sample(sides, 2)
            update |= {"first": first, "second": second}
        pairs.append(pair.model_copy(update=update))
    return tuple(pairs)


def _some_limits(rnd: random.Random, problem: Problem) -> tuple[PersonalLimit, ...]:
    """Draw limits of single people (P-09), each of another thing.

    Nights are drawn apart, so that all else is drawn as before they could be.
    """
    drawn = []
    apart = random.Random(f"{rnd.getstate()[1][0]} nights")
    others = [one for one in Counted if one is not Counted.NIGHT]
    for counted in rnd.sample([*others, None], rnd.choice([0, 1, 3, 6])):
        in_a_row = counted is Counted.DAYS_IN_A_ROW
        most = rnd.choice([None, rnd.randint(int(in_a_row), 3)])
        no_least = counted in (Counted.DAYS_IN_A_ROW, Counted.EARLY_AFTER_LATE)
        least = None if no_least else rnd.randint(0, 2 if most is None else most)
        drawn.append(
            PersonalLimit(
                staff=rnd.choice(problem.staff).name,
                counted=counted,
                shift=None if counted else rnd.choice(SHIFT_TABLE).symbol,
                per=Per.MONTH if in_a_row else rnd.choice(list(Per)),
                at_least=least,
                at_most=2 if most is None and no_least else most,
                must=rnd.random() < 0.5,
            )
        )
    if apart.random() < 0.2:
        drawn.append(
            PersonalLimit(
                staff=apart.choice(problem.staff).name,
                counted=Counted.NIGHT,
                per=apart.choice(list(Per)),
                at_most=apart.randint(0, 2),
                must=apart.random() < 0.5,
            )
        )
    return tuple(drawn)


def _with_later_rules(rnd: random.Random, problem: Problem) -> Problem:
    """Return the problem with random settings of later rules, and pins of training."""
    settings = problem.office.settings.model_copy(
        update={rule: rnd.choice(list(Hold)) for rule in LATER_RULES}
    )
    trained = rnd.sample(problem.staff, rnd.choice([0, 1, 2]))
    staff = tuple(
        one.model_copy(update={"shifts": (*one.shifts, TRAINING.symbol)})
        if one in trained
        else one
        for one in problem.staff
    )
    cells = [
        (member, date)
        for member in trained
        for date in problem.period.dates
        if date in member.employed
        and (member.name, date) not in problem.pin_by_cell
        and date.weekday() in member.contract.weekdays
        and (
            member.contract.public_holidays or date not in problem.period.holiday_names
        )
    ]
    pinned = [
        Duty(staff=member.name, date=date, shift=TRAINING.symbol)
        for member, date in rnd.sample(cells, min(len(cells), rnd.randint(0, 2)))
    ]
    duties = (*problem.pins.duties, *pinned)
    return problem.model_copy(
        update={
            "office": problem.office.model_copy(update={"settings": settings}),
            "staff": staff,
            "pins": problem.pins.model_copy(update={"duties": duties}),
        }
    )


def _with_spells(rnd: random.Random, problem: Problem) -> Problem:
    """Return the problem with kinds of day and up to three spells of them.

    They come after all other draws, so that offices drawn before they existed stay.
    """
    spells = []
    for _ in range(rnd.choice([0, 0, 1, 3])):
        kind = rnd.choice(KINDS_OF_DAY)
        first = rnd.choice(problem.period.dates) - dt.timedelta(rnd.choice([0, 0, 3]))
        start = rnd.choice([540, 1020, 1080])
        given = kind.hours and (kind.extent is Extent.CLOCK or rnd.random() < 0.5)
        span = Interval(start, start + rnd.choice([60, 180, 300])) if given else None
        spells.append(
            Spell(
                staff=rnd.choice(problem.staff).name,
                kind=kind.symbol,
                first=first,
                last=first + dt.timedelta(days=rnd.choice([0, 1, 4, 9])),
                span=span,
            )
        )
    update = {"kinds": KINDS_OF_DAY, "spells": tuple(spells)}
    return problem.model_copy(update=update)


def _a_person(rnd: random.Random, name: str, first: dt.date, days: int) -> StaffMember:
    roles = rnd.choice(
        [["care"], ["care"], ["nurse"], ["planner", "care"], ["manager", "care"]]
    )
    fields: dict[str, Any] = {
        "roles": roles,
        "qualifications": rnd.choice([[], ["介護福祉士"], ["看護師"]]),
        "groups": rnd.choice([[], ["運転"], ["新人"], ["指導", "運転"]]),
        "shifts": rnd.sample([s.symbol for s in SHIFT_TABLE], rnd.randint(2, 6)),
        "on_call": rnd.random() < 0.7,
        "no_flex": rnd.random() < 0.1,
        "full_time": rnd.random() < 0.7,
    }
    if rnd.random() < 0.3:
        fields["no_night"] = _a_span(rnd, first, days)
    if "planner" in roles and "看護師" not in fields["qualifications"]:
        # A third of the planners stay unqualified: their planning does not count.
        fields["qualifications"] = [CARE_MANAGER_LICENCE, PLANNER_TRAINING]
    if rnd.random() < 0.2:
        fields["employed"] = _a_span(rnd, first, days)
    limits = {
        "minutes_min": rnd.randint(0, 60) * 60,
        "minutes_max": rnd.randint(10, 90) * 60,
        "days_off_min": rnd.randint(1, 4),
        "days_per_week_max": rnd.randint(2, 5),
        "weekdays": sorted(rnd.sample(range(7), 5)),
        "public_holidays": False,
        "nights_min": rnd.randint(0, 2),
        "nights_max": rnd.randint(1, 3),
    }
    fields.update({k: v for k, v in limits.items() if rnd.random() < 0.25})
    apart = random.Random(f"{rnd.getstate()[1][0]} {name}")
    if apart.random() < 0.25:
        fields["week_minutes_max"] = apart.randint(12, 40) * 60
    return make_staff(name, **fields)


def _a_span(rnd: random.Random, first: dt.date, days: int) -> dict[str, dt.date]:
    """Draw a span of dates with ends at or near the period's, or anywhere in it."""
    edges = [-1, 0, 1, days - 2, days - 1, days, rnd.randint(0, days)]
    start, end = sorted(rnd.choices(edges, k=2))
    span = {
        "first": first + dt.timedelta(days=start),
        "last": first + dt.timedelta(days=end),
    }
    open_end = rnd.choice(["first", "last", None])
    return {name: date for name, date in span.items() if name != open_end}


def _a_profile(rnd: random.Random) -> Any:
    first = rnd.randint(1, 99)
    return make_profile(
        arrivals=[
            {"at": "9:00", "percent": first},
            {"at": "9:45", "percent": 100 - first},
        ],
        departures=[
            {"at": "15:30", "percent": 100 - first},
            {"at": "16:30", "percent": first},
        ],
        visits=[
            {"span": "10:00-11:45", "percent": 60, "visits_per_worker": 2},
            {"span": "11:00-12:15", "percent": 40},
            {"span": "18:00-19:00", "workers": rnd.randint(0, 1)},
            *rnd.choice(
                [
                    [],
                    [],
                    [{"span": "5:00-7:30", "workers": 1}],
                    [{"span": "20:30-22:30", "workers": 1}],
                ]
            ),
        ],
    )


def _some_settings(rnd: random.Random, first: dt.date) -> dict[str, Any]:
    return {
        "standby": {
            "permission": rnd.random() < 0.5,
            "from_home": rnd.random() < 0.5,
            "home_counts_as_work": rnd.random() < 0.5,
            "home_per_week_max": rnd.choice([None, 1, 2]),
            "break_minutes": rnd.choice([None, None, 30, 60, 100]),
        },
        "staffing_reading": rnd.choice(["daily", "monthly"]),
        "users_reading": rnd.choice(["average", "forecast", "larger"]),
        "house_ratio": rnd.choice(["must", "guideline", "report"]),
        "fte_denominator": rnd.choice(["prescribed", "four_weeks_160"]),
        "small_office": first.day % 7 == 0,
        "manager_nights_percent": 40,
        "week_starts_on": rnd.randint(0, 6),
        "holiday_reading": rnd.choice(["weekly", "four_weeks"]),
        "four_weeks_from": first - dt.timedelta(days=rnd.randint(0, 27)),
        "rest_wished": rnd.choice([540, 660, 900]),
        "rest_least": rnd.choice([0, 480, 600]),
        "days_in_a_row_wished": rnd.randint(2, 5),
        "days_in_a_row_most": rnd.randint(3, 6),
        "nights_in_a_row_most": rnd.randint(1, 3),
        "nights_wished": rnd.randint(0, 3),
        "nights_most": rnd.choice([None, 1, 3]),
        "nurse_shifts": rnd.randint(0, 2),
        "planner_desk": rnd.randint(0, 12) * 60,
        "planner_desk_early": rnd.randint(0, 8) * 60,
        "planner_desk_late": rnd.randint(0, 8) * 60,
        "manager_desk": rnd.randint(0, 12) * 60,
        **{rule: rnd.choice(list(Hold)) for rule in PEOPLE_RULES},
        "days_off_together_times": rnd.randint(1, 3),
        "weekend_off_times": rnd.randint(1, 2),
        "half_day_at": rnd.choice(["12:00", "13:00", "13:30"]),
    }


def _some_requests(
    rnd: random.Random, names: list[Any], dates: tuple[dt.date, ...]
) -> list[Request]:
    requests = []
    for _ in range(rnd.randint(0, 6)):
        want = rnd.choice(list(Want))
        named = want in (Want.SHIFT, Want.NOT_SHIFT)
        shifts = rnd.choice([["早", "夜"], ["半"], ["半", "日"]]) if named else []
        requests.append(
            Request.model_validate(
                {
                    "staff": rnd.choice(names),
                    "date": rnd.choice(dates),
                    "want": want,
                    "shifts": shifts,
                    "strength": rnd.choice(["must", "strong", "weak"]),
                }
            )
        )
    return requests


def _a_ledger(rnd: random.Random, names: list[Any]) -> list[LedgerEntry]:
    return [
        LedgerEntry.model_validate(
            {
                "staff": name,
                "wishes_asked": rnd.randint(0, 15),
                "wishes_granted": rnd.randint(0, 5),
                **{
                    burden: {"times": rnd.randint(0, 4), "share": rnd.randint(0, 4000)}
                    for burden in ("night", "on_call", "rest_day", "early", "late")
                },
            }
        )
        for name in names
        if rnd.random() < 0.5
    ]


def _some_cover_rules(
    rnd: random.Random, dates: tuple[dt.date, ...]
) -> list[CoverRule]:
    drawn = [
        {"name": "運転", "group": "運転", "band": "9:00-10:00", "at_least": 1},
        {"name": "福祉士", "qualification": "介護福祉士", "band": "10:00-16:00",
         "at_least": 1, "must": False},
        {"name": "夜間", "role": "care", "band": "20:00-31:00", "at_most": 1},
        {"name": "早番", "shift": "早", "at_least": 1, "at_most": 1},
        {"name": "看護", "role": "nurse", "weekdays": [0, 2, 4], "at_least": 1,
         "must": False},
        {"name": "行事", "dates": [dates[1]], "at_most": 2},
        {"name": "送迎", "group": "運転", "band": "8:45-9:30", "at_least": 1,
         "met_by": "out", "in_day_hours": rnd.random() < 0.5},
        {"name": "入浴", "role": "care", "weekdays": [1, 4], "band": "9:15-11:30",
         "at_least": 2, "must": rnd.random() < 0.5, "met_by": "on_top"},
        {"name": "夜の巡回", "band": "22:00-25:00", "at_least": 1, "met_by": "on_top"},
    ]  # fmt: skip
    chosen = rnd.sample(drawn, rnd.randint(0, 4))
    return [CoverRule.model_validate(rule) for rule in chosen]


def _some_pins(
    rnd: random.Random, staff: list[StaffMember], period: Period
) -> dict[str, Any]:
    """Draw pins of up to three cells and two nights on call, as contracts allow."""
    cells = [(member, date) for member in staff for date in period.dates]
    able = [member.name for member in staff if member.on_call]
    nights = rnd.sample(period.dates, rnd.randint(0, 2)) if able else []
    return {
        "duties": [
            _a_pin(rnd, member, date, period)
            for member, date in rnd.sample(cells, rnd.choice([0, 0, 1, 3]))
        ],
        "on_call": [{"staff": rnd.choice(able), "date": date} for date in nights],
    }


def _a_pin(
    rnd: random.Random, member: StaffMember, date: dt.date, period: Period
) -> dict[str, Any]:
    pin: dict[str, Any] = {"staff": member.name, "date": date}
    contract = member.contract
    holiday = date in period.holiday_names and not contract.public_holidays
    if date not in member.employed:
        return {**pin, "off": OffKind.AWAY}
    if date.weekday() not in contract.weekdays or holiday or rnd.random() < 0.4:
        return {**pin, "off": rnd.choice(OFFS)}
    symbol = rnd.choice(member.shifts)
    if rnd.random() < 0.5:
        shift = next(one for one in SHIFT_TABLE if one.symbol == symbol)
        pin["roles"] = [rnd.choice(member.roles) for _ in shift.segments]
    return {**pin, "shift": symbol}


def _some_pairs(rnd: random.Random, names: list[StaffId]) -> list[Pair]:
    return [
        Pair(
            first=first,
            second=second,
            kind=rnd.choice(list(PairKind)),
            must=rnd.random() < 0.5,
        )
        for first, second in permutations(names, 2)
        if rnd.random() < 0.15
    ]


def _a_tail(rnd: random.Random, names: list[Any]) -> str:
    if rnd.random() < 0.2:
        return ""
    tails = ["早日遅夜深休休休短", "日休休欠休有夜休", "日夜有欠晩", "日有短欠有"]
    symbols = rnd.choice(tails)
    rows = [f"{name} {''.join(_a_tail_row(rnd, symbols))}" for name in names]
    calls = " ".join(rnd.choice([*names, "-", "-", "-"]) for _ in range(8))
    return "\n".join([*rows, f"宿 {calls}"])


def _a_tail_row(rnd: random.Random, symbols: str) -> list[str]:
    row: list[str] = []
    while len(row) < 8:
        if row and row[-1] in "夜深":
            row.append("明")
        else:
            row.append(rnd.choice(symbols))
    return row


def disturbed(rnd: random.Random, problem: Problem, roster: Roster) -> Roster:
    """Return the roster with some cells and nights on call changed at random."""
    cells = dict(roster.by_cell)
    calls = {on_call.date: on_call for on_call in roster.on_call}
    for _ in range(rnd.randint(0, 4)):
        date = rnd.choice(problem.period.dates)
        member = rnd.choice(problem.staff)
        if rnd.random() < 0.25:
            calls.pop(date, None)
            if rnd.random() < 0.7:
                calls[date] = OnCall(staff=member.name, date=date)
        else:
            cells[member.name, date] = _a_duty(rnd, problem, member, date)
    if rnd.random() < 0.2:
        _end_in_a_night(rnd, problem, cells, calls)
    if rnd.random() < 0.1:
        cells.update(_day_after_day(rnd, rnd.choice(problem.staff), problem))
    if rnd.random() < 0.1:
        cells.update(_night_after_night(rnd.choice(problem.staff), problem))
    if problem.events:
        _come_and_go(random.Random(rnd.getstate()[1][4]), problem, cells)
    halves = [one for one in problem.requests if "半" in one.shifts]
    if halves and rnd.random() < 0.4:
        half = rnd.choice(halves)
        if half.want is Want.SHIFT:
            duty = make_duty(problem, half.staff, half.date, "半")
            cells[half.staff, half.date] = duty
    out = LEAVE
    takers = {member.name for member in problem.staff if member.on_call}
    on_leave = [d for d in cells.values() if d.off in out and d.staff in takers]
    if on_leave and rnd.random() < 0.2:
        leave = rnd.choice(on_leave)
        calls[leave.date] = OnCall(staff=leave.staff, date=leave.date)
    return RosterRecord(duties=tuple(cells.values()), on_call=tuple(calls.values()))


def _end_in_a_night(
    rnd: random.Random,
    problem: Problem,
    cells: dict[tuple[StaffId, dt.date], Duty],
    calls: dict[dt.date, OnCall],
) -> None:
    """Put somebody on a night, or on call, on their last date in the period."""
    member = rnd.choice(problem.staff)
    last = min(member.employed.last or problem.period.last, problem.period.last)
    if last < problem.period.first:
        return
    if rnd.random() < 0.5:
        calls[last] = OnCall(staff=member.name, date=last)
    else:
        symbol = rnd.choice(["夜", "深", "晩"])
        cells[member.name, last] = make_duty(problem, member.name, last, symbol)


def _day_after_day(
    rnd: random.Random, member: StaffMember, problem: Problem
) -> dict[tuple[StaffId, dt.date], Duty]:
    """Return cells with a person's longest day shift on all but one or two dates."""
    own = [problem.shift_by_symbol[symbol] for symbol in member.shifts]
    by_day = [s for s in own if not s.passes_midnight and not s.half_leave]
    dates = [date for date in problem.period.dates if date in member.employed]
    if not by_day or not dates:
        return {}
    longest = max(by_day, key=lambda shift: shift.work_minutes).symbol
    off = rnd.sample(dates, min(len(dates), rnd.randint(1, 2)))
    return {
        (member.name, date): make_duty(
            problem, member.name, date, "休" if date in off else longest
        )
        for date in dates
    }


def _night_after_night(
    member: StaffMember, problem: Problem
) -> dict[tuple[StaffId, dt.date], Duty]:
    row = {}
    for place, date in enumerate(problem.period.dates):
        night = make_duty(problem, member.name, date, "明" if place % 2 else "夜")
        row[member.name, date] = night
    return row


def _a_duty(
    rnd: random.Random, problem: Problem, member: StaffMember, date: dt.date
) -> Duty:
    pin = problem.pin_by_cell.get((member.name, date))
    if pin is not None and pin.off in ENTERED and rnd.random() < 0.5:
        return pin
    if rnd.random() < 0.3:
        off = rnd.choice([OffKind.DAY_OFF, OffKind.AFTER_NIGHT, OffKind.AWAY])
        return Duty(staff=member.name, date=date, off=off)
    asked = problem.requests_by_cell.get((member.name, date), ())
    leave = {symbol for one in asked if one.want is Want.SHIFT for symbol in one.shifts}
    own = problem.shift_by_symbol.get(pin.shift) if pin and pin.shift else None
    if own is not None and own.on_request and not own.half_leave:
        leave.add(own.symbol)
    choice = [s for s in problem.all_shifts if not s.on_request or s.symbol in leave]
    shift = rnd.choice(choice)
    roles = member.roles if rnd.random() < 0.9 else tuple(Role)
    return Duty(
        staff=member.name,
        date=date,
        shift=shift.symbol,
        roles=(
            tuple(rnd.choice(roles) for _ in shift.segments)
            if shift.counts
            else _roles_that_do_not_count(member, pin)
        ),
        breaks=rnd.choice(shift.break_options),
    )


def _roles_that_do_not_count(member: StaffMember, pin: Duty | None) -> tuple[Role, ...]:
    """Return the roles that the model gives training: those pinned, or care first."""
    if pin is not None and pin.roles:
        return pin.roles
    return (next((r for r in member.roles if r.in_care_pool), member.roles[0]),)
