"""Offices for the tests of the input workbook: one by hand, and random ones."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from scheduler.audit.figures.stretches import stretches
from scheduler.domain.agreements import ON_CALL, Agreement, Prices, Spot
from scheduler.domain.clock import DAY, Interval
from scheduler.domain.events import DeskTask
from scheduler.domain.forecast import Forecast, ForecastDay
from scheduler.domain.kinds import GIVEN, DayKind, Spell, given_beside
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.office import (
    FteDenominator,
    Hold,
    HolidayReading,
    HouseRatio,
    Office,
    StaffingReading,
    UsersReading,
)
from scheduler.domain.period import Period
from scheduler.domain.problem import History, Pins, Problem
from scheduler.domain.requests import (
    Counted,
    CoverRule,
    MetBy,
    Pair,
    PairKind,
    Per,
    PersonalLimit,
    Request,
    Strength,
    Want,
)
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role, Shift, ShiftKind
from scheduler.domain.year import UsersMethod
from scheduler.files.workbook.write_input import write_input
from scheduler.rulebook import yielding
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)
from tests.support.workbooks import once

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scheduler.domain.staff import StaffMember

NAMES = ["桜 あおい", "海野　みなと", "=1+1", "+A1", "'引用", "1", "髙橋 ﾐｵ", "-x@y"]
SYMBOLS = ["早", "日", "遅", "夜", "A1", "=", "日2", "Ｐ", "ﾊﾟ"]
WORDS = ["介護福祉士", "運転", "看護師", "=SUM(A1)", "新人 B"]


def day(number: int) -> dt.date:
    """Return a date of December 2026."""
    return FIRST.replace(day=number)


def agree(rule: str, facet: str, amount: int, **about: Any) -> Agreement:
    """Return an agreement at a spot with the given person, date or name."""
    spot = {"rule": rule, "facet": facet, **about}
    return Agreement.model_validate({"spot": spot, "amount": amount})


def by_hand() -> Problem:
    """Return an office that uses every sheet; tests refer to its cells.

    Staff: 桜 in row 4, 梅 in row 5, 桃 in row 6.  Period 1 to 7 December 2026.
    """
    period = make_period(7, holidays=[FIRST + dt.timedelta(days=2)])
    return make_problem(
        [
            make_staff("桜", roles=["manager", "care"], qualifications=["介護福祉士"]),
            make_staff("梅", groups=["運転"]),
            make_staff("桃", roles=["nurse"], minutes_min=600, minutes_max=9600),
        ],
        period=period,
        office=make_office(
            profiles=[
                make_profile(visits=[{"span": "10:00-11:00"}]),
                make_profile(name="日祝"),
            ],
            fair_shifts=["日"],
        ),
        forecast=make_forecast(period, 6, 3, 2),
        requests=[
            Request.model_validate({"staff": "桜", "date": FIRST, "want": "day_off"})
        ],
        cover_rules=[
            CoverRule.model_validate(
                {"name": "送迎", "group": "運転", "band": "9:00-10:00", "at_least": 1}
            )
        ],
        pairs=[
            Pair.model_validate({"first": "桜", "second": "梅", "kind": "apart"}),
            Pair.model_validate({"first": "桃", "second": "梅", "kind": "together"}),
        ],
        pins={
            "duties": [
                {"staff": "桜", "date": day(2), "shift": "日", "roles": ["manager"]},
                {"staff": "桜", "date": day(4), "shift": "早"},
                {"staff": "梅", "date": day(2), "off": "after_night"},
                {"staff": "梅", "date": day(3), "off": "absent"},
            ],
            "on_call": [{"staff": "桃", "date": day(2)}],
        },
        ledger=[
            LedgerEntry.model_validate(
                {
                    "staff": "桜",
                    "night": {"times": 3, "share": 2667},
                    "shifts": [{"shift": "早", "times": 3, "share": 2500}],
                    "wishes_asked": 4,
                    "wishes_granted": 3,
                    "paid_leave": 5,
                    "days_off_owed": -2,
                }
            )
        ],
        agreements=[
            agree("L-03", "hours_max", 90, staff="桃"),
            agree("K-02", "band_must", 30, date=day(3), name="送迎"),
            agree("W-02", "duty", 1, staff="桜", date=day(2)),
        ],
        kinds=GIVEN,
        spells=[
            Spell.model_validate(
                {"staff": "梅", "kind": "研", "first": day(5), "last": day(5)}
            )
        ],
        tail="""
            桜 日日休日日夜明
            梅 休日日日休日日
            桃 日休日日日日休
            宿 梅桃梅桃梅桃梅
        """,
    )


@once
def put_by_hand(path: Path) -> None:
    """Write its workbook to a path."""
    write_input(by_hand(), path)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a problem with all that a workbook can contain, in the workbook's order."""
    days = draw(st.integers(1, 31))
    first = FIRST + dt.timedelta(days=draw(st.integers(0, 40)))
    period = Period.model_validate(
        {
            "first": first,
            "last": first + dt.timedelta(days=days - 1),
            "holidays": [
                {"date": first + dt.timedelta(days=offset), "name": "祝日"}
                for offset in draw(_subset(range(-7, days)))
            ],
        }
    )
    shifts = draw(_shifts())
    staff = draw(_staff(shifts))
    office = draw(_offices(shifts))
    cover_rules = draw(_cover_rules(period, shifts))
    bare = Problem(
        period=period,
        office=office,
        shifts=tuple(shifts),
        staff=tuple(staff),
        forecast=draw(_forecasts(period, office)),
        requests=tuple(draw(_requests(period, staff, shifts))),
        pins=draw(_pins(period, staff, shifts)),
        history=draw(_histories(period, staff, shifts)),
        cover_rules=tuple(cover_rules),
        ledger=tuple(draw(_ledgers(staff, shifts))),
        pairs=tuple(draw(_pairs(staff))),
        personal_limits=tuple(draw(_limits(staff, shifts))),
        desk_tasks=tuple(draw(_desk_tasks())),
    )
    kinds = (*given_beside(shifts), OWN_KIND)
    spells = tuple(draw(_spells(bare, kinds)))
    bare = bare.model_copy(update={"kinds": kinds, "spells": spells})
    agreements = tuple(draw(_agreements(bare)))
    return bare.model_copy(update={"agreements": agreements})


OWN_KIND = DayKind.model_validate(
    {
        "symbol": "応",
        "name": "=応援",
        "hours": True,
        "cover": True,
        "start": "10:00",
        "end": "17:00",
        "breaks": [["12:00-12:45"], ["13:00-13:45"]],
    }
)


@st.composite
def _spells(draw: st.DrawFn, problem: Problem, kinds: Sequence[DayKind]) -> list[Spell]:
    """Draw a spell for some of the people, on a date on which they may work."""
    found = []
    for member in draw(_subset(problem.staff)):
        kind = draw(st.sampled_from(kinds))
        able = [
            date
            for date in problem.period.dates
            if date in member.employed and member.contract.allows(date, problem.period)
        ]
        if not able:
            continue
        date = draw(st.sampled_from(able))
        timed = kind.hours and (kind.interval is None or draw(st.booleans()))
        found.append(
            Spell(
                staff=member.name,
                kind=kind.symbol,
                first=date - dt.timedelta(days=draw(st.integers(0, 9))),
                last=date + dt.timedelta(days=draw(st.integers(0, 60))),
                span=Interval(600, 840) if timed else None,
            )
        )
    return found


def _subset(values: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=4).map(
        lambda chosen: [value for value in values if value in chosen]
    )


def _mixed(values: Sequence[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=4)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def _shifts(draw: st.DrawFn) -> list[Shift]:
    return [draw(_a_shift(symbol)) for symbol in draw(_mixed(SYMBOLS, 1))]


@st.composite
def _a_shift(draw: st.DrawFn, symbol: str) -> Shift:
    start = draw(st.integers(0, 20 * 60))
    end = start + draw(st.integers(601, DAY))
    middle = start + 300
    options = draw(
        st.sampled_from(
            [
                [],
                [[(middle, middle + 60)]],
                [[(middle, middle + 60)], [(start, start + 60)]],
                [
                    [(start, start + 45), (middle, middle + 15)],
                    [(middle, middle + 60)],
                ],
            ]
        )
    )
    if not options or end - start - 60 <= 360:
        end, options = start + 300, draw(st.sampled_from([[], [[]]]))
        middle = start + 150
    kind = draw(st.sampled_from(ShiftKind))
    return make_shift(
        symbol,
        "0:00-1:00",
        start=start,
        end=end,
        breaks=[],
        name=draw(st.sampled_from(["", "早番", "=A1"])),
        kind=kind,
        cuts=draw(st.sampled_from([[], [middle]])),
    ).model_copy(
        update={
            "half_leave": draw(st.booleans()),
            "counts": kind is ShiftKind.NIGHT or draw(st.booleans()),
            "in_a_row_most": draw(st.none() | st.integers(1, 6)),
            "in_a_row_by_kind": draw(st.booleans()),
            "in_a_row_held": draw(st.sampled_from(Hold)),
            "breaks": Shift.model_validate(
                {"symbol": "x", "kind": "day", "start": 0, "end": 60, "breaks": options}
            ).breaks,
        }
    )


@st.composite
def _staff(draw: st.DrawFn, shifts: list[Shift]) -> list[StaffMember]:
    return [draw(_a_person(name, shifts)) for name in draw(_mixed(NAMES, 1))]


@st.composite
def _a_person(draw: st.DrawFn, name: str, shifts: list[Shift]) -> StaffMember:
    least = draw(_maybe(st.integers(0, 9000)))
    span = st.fixed_dictionaries(
        {},
        optional={
            "first": st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 1)),
            "last": st.dates(dt.date(2026, 12, 1), dt.date(2030, 1, 1)),
        },
    )
    most = draw(_maybe(st.integers(least or 0, 12000)))
    weekdays = draw(_subset(range(7)) | st.just(list(range(7))))
    # Short hours are full-time from 30 hours a week on: here five days of 6 or more.
    short = draw(st.booleans()) and most is None and len(weekdays) >= 5
    return make_staff(
        name,
        full_time=draw(st.booleans()),
        short_time_30h=short,
        day_minutes=draw(st.integers(360 if short else 60, 720)),
        minutes_min=least,
        minutes_max=most,
        days_off_min=draw(_maybe(st.just(1))),
        days_per_week_max=draw(_maybe(st.integers(5 if short else 1, 7))),
        week_minutes_max=draw(_maybe(st.integers(1800 if short else 60, 4200))),
        weekdays=weekdays,
        public_holidays=draw(st.booleans()),
        nights_min=draw(_maybe(st.integers(0, 3))),
        nights_max=draw(_maybe(st.integers(3, 9))),
        roles=draw(_mixed(list(Role), 1)),
        qualifications=draw(_mixed(WORDS)),
        groups=draw(_mixed(WORDS)),
        shifts=draw(_mixed([shift.symbol for shift in shifts])),
        on_call=draw(st.booleans()),
        no_night=draw(_maybe(span)),
        no_flex=draw(st.booleans()),
        employed=draw(span),
        other_office=draw(st.booleans()),
        other_job=draw(st.sampled_from(["", "グループホーム 介護職員", "=A1"])),
        other_minutes=draw(_maybe(st.just(1200))),
        number=draw(st.sampled_from(["", "0012", "=A1"])),
        telephone=draw(st.sampled_from(["", "090-1234-5678"])),
    )


@st.composite
def _offices(draw: st.DrawFn, shifts: list[Shift]) -> Office:
    windows = [
        [],
        [{"span": "10:00-11:30", "percent": 100, "visits_per_worker": 3}],
        [{"span": "8:00-9:00", "percent": 30}, {"span": "16:00-23:30", "percent": 70}],
        [{"span": "9:00-10:00", "workers": 0, "percent": 40}],
    ]
    names = draw(_mixed(["通常", "日祝", "=X"], 1))
    return make_office(
        name=draw(st.sampled_from(["見本", "=1+1", "ホーム「さくら」"])),
        number=draw(st.sampled_from(["", "0123456789"])),
        monthly_revenue=draw(_maybe(st.integers(1, 10**9))),
        capacity_limit=draw(
            _maybe(st.just({"registered": 40, "day_use": 30, "overnight": 20}))
        ),
        registered=draw(st.integers(0, 40)),
        users_record={
            "method": draw(st.sampled_from(UsersMethod)),
            "total": draw(st.integers(0, 9999)),
            "days": draw(st.integers(1, 366)),
        },
        night_band=draw(st.sampled_from(["21:00-30:00", "20:30-31:15"])),
        contact_system=draw(st.booleans()),
        profiles=[
            make_profile(
                name=name,
                arrivals=[{"at": 540, "percent": 30}, {"at": 571, "percent": 70}],
                visits=draw(st.sampled_from(windows)),
            )
            for name in names
        ],
        standby={
            "permission": draw(st.booleans()),
            "from_home": draw(st.booleans()),
            "home_counts_as_work": draw(st.booleans()),
            "home_per_week_max": draw(_maybe(st.integers(1, 7))),
            "break_minutes": draw(_maybe(st.integers(60, 539))),
        },
        full_time_month=draw(_maybe(st.integers(60, 20000))),
        fte_denominator=draw(st.sampled_from(FteDenominator)),
        small_office=draw(st.booleans()),
        manager_nights_percent=draw(_maybe(st.integers(1, 100))),
        staffing_reading=draw(st.sampled_from(StaffingReading)),
        users_reading=draw(st.sampled_from(UsersReading)),
        house_ratio=draw(st.sampled_from(HouseRatio)),
        week_starts_on=draw(st.integers(0, 6)),
        holiday_reading=draw(st.sampled_from(HolidayReading)),
        four_weeks_from=draw(_maybe(st.dates(dt.date(2025, 1, 1)))),
        planner_desk=draw(st.integers(0, 9999)),
        half_day_at=draw(st.integers(1, DAY - 1)),
        wishes_per_person=draw(_maybe(st.integers(1, 31))),
        wishes_per_day=draw(_maybe(st.integers(1, 50))),
        fair_shifts=draw(_mixed([shift.symbol for shift in shifts])),
        newcomers=draw(st.sampled_from(WORDS)),
        mentors=draw(st.sampled_from(["指導", "=1"])),
        newcomer_nights=draw(st.sampled_from(Hold)),
        newcomer_days=draw(st.sampled_from(Hold)),
        days_off_together=draw(st.sampled_from(Hold)),
        days_off_together_times=draw(st.integers(1, 8)),
        lone_work_day=draw(st.sampled_from(Hold)),
        forward_rotation=draw(st.sampled_from(Hold)),
        weekend_off=draw(st.sampled_from(Hold)),
        weekend_off_times=draw(st.integers(1, 5)),
        overtime_most=draw(_maybe(st.integers(0, 6000))),
        prices={name: draw(st.integers(1, 1000)) for name in Prices.model_fields},
    )


@st.composite
def _forecasts(draw: st.DrawFn, period: Period, office: Office) -> Forecast:
    names = [profile.name for profile in office.profiles]
    return Forecast(
        days=tuple(
            ForecastDay(
                date=date,
                day_users=draw(st.integers(0, 30)),
                overnight=draw(_maybe(st.integers(0, 12))),
                visits=draw(st.integers(0, 20)),
                profile=draw(st.sampled_from(names)),
                over_capacity_reason=draw(st.sampled_from(["", "家族の急病"])),
            )
            for date in period.dates
        ),
        overnight_before=draw(st.integers(0, 9)),
    )


@st.composite
def _requests(
    draw: st.DrawFn, period: Period, staff: list[StaffMember], shifts: list[Shift]
) -> list[Request]:
    found = []
    wants = st.lists(st.sampled_from(Want), unique=True, max_size=2)
    for member in staff:
        for date in draw(_subset(period.dates)):
            for want in draw(wants):
                named = want in (Want.SHIFT, Want.NOT_SHIFT)
                chosen = draw(_mixed([shift.symbol for shift in shifts], 1))
                found.append(
                    Request(
                        staff=member.name,
                        date=date,
                        want=want,
                        shifts=tuple(chosen) if named else (),
                        strength=draw(st.sampled_from(Strength)),
                    )
                )
    return found


@st.composite
def _pins(
    draw: st.DrawFn, period: Period, staff: list[StaffMember], shifts: list[Shift]
) -> Pins:
    duties = [
        draw(_a_pin(period, member, date, shifts))
        for member in staff
        for date in draw(_subset(period.dates))
    ]
    nights = [
        OnCall(staff=draw(st.sampled_from(able)).name, date=date)
        for date in draw(_subset(period.dates))
        if (able := [m for m in staff if m.on_call and date in m.employed])
    ]
    return Pins(duties=tuple(duties), on_call=tuple(nights))


@st.composite
def _a_pin(
    draw: st.DrawFn,
    period: Period,
    member: StaffMember,
    date: dt.date,
    shifts: list[Shift],
) -> Duty:
    """Draw a pin the contract allows: a shift, with or without roles, or a day off."""
    contract = member.contract
    holiday = date in period.holiday_names and not contract.public_holidays
    agreed = [shift for shift in shifts if shift.symbol in member.shifts]
    cell = {"staff": member.name, "date": date}
    if date not in member.employed:
        return Duty.model_validate({**cell, "off": OffKind.AWAY})
    free = holiday or date.weekday() not in contract.weekdays or not agreed
    if free or draw(st.booleans()):
        offs = [kind for kind in OffKind if kind is not OffKind.AWAY]
        return Duty.model_validate({**cell, "off": draw(st.sampled_from(offs))})
    shift = draw(st.sampled_from(agreed))
    roles = [draw(st.sampled_from(member.roles)) for _segment in shift.segments]
    named = roles if draw(st.booleans()) else ()
    return Duty.model_validate({**cell, "shift": shift.symbol, "roles": named})


@st.composite
def _histories(
    draw: st.DrawFn, period: Period, staff: list[StaffMember], shifts: list[Shift]
) -> History:
    dates = [period.first - dt.timedelta(days=back) for back in range(9, 0, -1)]
    duties = [
        draw(_a_duty(member, date, shifts))
        for member in staff
        for date in draw(_subset(dates))
    ]
    # From its first date to the eve of the period, no date may be missing.
    known = {duty.date for duty in duties}
    missing = [date for date in dates if known and min(known) <= date not in known]
    own = [duty for duty in duties if duty.staff == staff[0].name]
    others = [duty for duty in duties if duty.staff != staff[0].name]
    own += [draw(_a_duty(staff[0], date, shifts)) for date in missing]
    duties = [*sorted(own, key=lambda duty: duty.date), *others]
    nights = [
        OnCall(staff=draw(st.sampled_from(staff)).name, date=date)
        for date in draw(_subset(dates))
    ]
    counted = [member for member in staff if draw(st.booleans())]
    before = [{"staff": m.name, "days": draw(st.integers(0, 28))} for m in counted]
    return History.model_validate(
        {"duties": duties, "on_call": nights, "days_off_before": before}
    )


@st.composite
def _a_duty(
    draw: st.DrawFn, member: StaffMember, date: dt.date, shifts: list[Shift]
) -> Duty:
    if draw(st.booleans()):
        return Duty(staff=member.name, date=date, off=draw(st.sampled_from(OffKind)))
    shift = draw(st.sampled_from(shifts))
    roles = st.sampled_from(Role)
    return Duty(
        staff=member.name,
        date=date,
        shift=shift.symbol,
        roles=tuple(draw(roles) for _segment in shift.segments),
        breaks=draw(st.sampled_from(shift.break_options)),
    )


@st.composite
def _ledgers(
    draw: st.DrawFn, staff: list[StaffMember], shifts: list[Shift]
) -> list[LedgerEntry]:
    return [draw(_an_account(one, shifts)) for one in staff if draw(st.booleans())]


@st.composite
def _an_account(
    draw: st.DrawFn, member: StaffMember, shifts: list[Shift]
) -> LedgerEntry:
    carried = st.fixed_dictionaries(
        {"times": st.integers(0, 400), "share": st.integers(0, 400_000)}
    )
    named = draw(_mixed([shift.symbol for shift in shifts]))
    asked = draw(st.integers(0, 99))
    return LedgerEntry.model_validate(
        {
            "staff": member.name,
            **{name: draw(carried) for name in ("night", "on_call", "rest_day")},
            **{name: draw(carried) for name in ("early", "late")},
            "shifts": [{"shift": symbol, **draw(carried)} for symbol in named],
            "wishes_asked": asked,
            "wishes_granted": draw(st.integers(0, asked)),
            "paid_leave": draw(st.integers(0, 80)),
            "days_off_owed": draw(st.integers(-30, 30)),
        }
    )


@st.composite
def _cover_rules(
    draw: st.DrawFn, period: Period, shifts: list[Shift]
) -> list[CoverRule]:
    lines = [
        {
            "name": name,
            "role": draw(_maybe(st.sampled_from(Role))),
            "qualification": draw(_maybe(st.sampled_from(WORDS))),
            "group": draw(_maybe(st.sampled_from(WORDS))),
            "shift": draw(_maybe(st.sampled_from([s.symbol for s in shifts]))),
            "weekdays": draw(_subset(range(7)) | st.just(list(range(7)))),
            "dates": draw(_subset(period.dates)),
            "band": draw(_maybe(st.sampled_from(["9:00-10:00", "22:00-29:00"]))),
            "at_least": draw(st.integers(0, 5)),
            "at_most": draw(_maybe(st.integers(5, 9))),
            "must": draw(st.booleans()),
            "met_by": draw(st.sampled_from(MetBy)),
            "in_day_hours": draw(st.booleans()),
        }
        for name in draw(_mixed(["送迎", "=1", "早番は1人"]))
    ]
    for line in lines:
        if line["band"] is None:
            line["met_by"] = MetBy.PRESENT
    return [CoverRule.model_validate(line) for line in lines]


@st.composite
def _pairs(draw: st.DrawFn, staff: list[StaffMember]) -> list[Pair]:
    """Draw pairs of neighbours on the staff list, of any kind."""
    names = [member.name for member in staff]
    return [
        Pair(
            first=first,
            second=second,
            kind=draw(st.sampled_from(PairKind)),
            nights=draw(st.booleans()),
            must=draw(st.booleans()),
        )
        for second, first in pairwise(names)
        if draw(st.booleans())
    ]


@st.composite
def _limits(
    draw: st.DrawFn, staff: list[StaffMember], shifts: list[Shift]
) -> list[PersonalLimit]:
    """Draw limits of single people, each of another thing."""
    drawn = []
    for counted in draw(_mixed([*Counted, None])):
        in_a_row = counted is Counted.DAYS_IN_A_ROW
        most = draw(st.integers(1, 9))
        drawn.append(
            PersonalLimit(
                staff=draw(st.sampled_from(staff)).name,
                counted=counted,
                shift=None if counted else draw(st.sampled_from(shifts)).symbol,
                per=Per.MONTH if in_a_row else draw(st.sampled_from(Per)),
                at_least=None if in_a_row or counted else draw(_maybe(st.just(0))),
                at_most=most,
                must=draw(st.booleans()),
            )
        )
    return drawn


@st.composite
def _desk_tasks(draw: st.DrawFn) -> list[DeskTask]:
    """Draw tasks of the care manager."""
    drawn = []
    for name in draw(_mixed(WORDS)):
        first = draw(st.integers(1, 28))
        drawn.append(
            DeskTask(
                name=name,
                minutes=draw(st.integers(0, 9999)),
                per_registrant=draw(st.booleans()),
                first_day=first,
                last_day=draw(st.integers(first, 31)),
                must=draw(st.booleans()),
            )
        )
    return drawn


@st.composite
def _agreements(draw: st.DrawFn, problem: Problem) -> list[Agreement]:
    """Draw agreements on any facets at spots of the problem, each spot once."""
    found: dict[Spot, Agreement] = {}
    for rule, facet in draw(_mixed(list(yielding()))):
        one = draw(_an_agreement(problem, rule, facet))
        if one is not None:
            found[one.spot] = one
    return list(found.values())


@st.composite
def _an_agreement(
    draw: st.DrawFn, problem: Problem, rule: str, facet: str
) -> Agreement | None:
    settings = problem.office.settings
    most = settings.overtime_most if rule == "F-02" else 9999
    banded = facet == "band_must"
    covers = [
        cover.name
        for cover in problem.cover_rules
        if cover.must and (cover.band is not None) == banded
    ]
    symbols = [str(shift.symbol) for shift in problem.shifts]
    member = draw(st.sampled_from(problem.staff))
    limits = [one.name for one in problem.personal_limits if one.staff == member.name]
    days = [one.name for one in stretches(problem, must=True)]
    own: dict[str, list[str]] = {"K-02": covers, "P-09": limits, "G": days, "K-03": []}
    names = own.get(rule, [*symbols, ON_CALL])
    dates = [
        date
        for date in problem.period.dates
        if rule != "L-01" or date in member.employed
    ]
    if yielding()[rule, facet].weekly:
        weeks = problem.period.weeks(settings.week_starts_on)
        dates = [max(week[0], problem.period.first) for week in weeks]
    kinds: dict[str, list[Any]] = {
        "staff": [member.name],
        "date": dates,
        "name": names,
    }
    about = yielding()[rule, facet].about
    if not most or not all(kinds[part] for part in about):
        return None
    chosen = {part: draw(st.sampled_from(kinds[part])) for part in about}
    made = agree(rule, facet, draw(st.integers(1, most)), **chosen)
    until = None if "date" in chosen else draw(_maybe(st.just(problem.period.last)))
    return made.model_copy(update={"until": until})
