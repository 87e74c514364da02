"""Offices that no roster can satisfy, each for a reason known by construction.

In all of them 日 is 8:00-13:00, five hours without a break, and fills the day band; 夜
is 13:00-32:00, eighteen hours of work, and fills the night band.  There are no guests
and there is a contact system, so that a night needs nobody unless stated; one 日 a date
is enough (A-03: 300 x (0 / 3 + 1), A-04).  The first date is Tuesday, 1 December; weeks
begin on Sunday.  Prices are the defaults of `Prices`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Stance
from scheduler.domain.qualifications import (
    CARE_MANAGER_LICENCE,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
)
from scheduler.domain.requests import CoverRule, Request, Strength, Want
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember

DAY = make_shift("日", "8:00-13:00", [])
NIGHT = make_shift("夜", "13:00-32:00", ["22:00-23:00"])
DAY_MINUTES = 5 * 60
BAND_MINUTES = 19 * 60
"""Minutes of the night band, by which a night without anybody is short (A-06)."""

MANAGER = StaffId("桜 かんこ")
PLANNER = StaffId("梅 けいこ")
NURSE = StaffId("桃 みるこ")
CARER = StaffId("柳 まもる")
NIGHTLY = (StaffId("杉 よるこ"), StaffId("楓 よいち"))

AT_HOME = {"permission": False, "from_home": True, "home_per_week_max": 7}
GUESTS = 3
"""Guests in a night; moving all (3 x 25) costs more than any other repair but help."""


class Core(NamedTuple):
    """An irreducible set of limits: not all can be kept, but all except any one can."""

    broken: frozenset[Spot]
    """Limits of which the best roster breaks one; which one is open."""
    held: frozenset[Spot]
    """Limits that the best roster keeps."""

    @property
    def spots(self) -> frozenset[Spot]:
        """All limits of the set."""
        return self.broken | self.held

    def conditions(self, broken: Spot) -> frozenset[Spot]:
        """Return the other limits, which force ``broken`` to be broken."""
        return self.spots - {broken}


class Impossible(NamedTuple):
    """An office, with its best level values, causes and cheapest repair."""

    problem: Problem
    values: dict[Stance, int]
    """Values of the levels down to contracts in the best roster, without zeros."""
    cores: tuple[Core, ...]
    price: int
    """Price of the cheapest repair, in points."""


def no_night_worker_wished() -> Impossible:
    """Return an office with guests in two nights, both night workers on must leave.

    A night makes the next date 明, which is no day off, so leave on either date
    excludes it.  Of the musts one is broken a night: 2 x 480.  Price: two wishes,
    2 x 40 = 80; the guests of a night moved are 3 x 25, a night's help 18 x 12 = 216.
    """
    leaves = [(NIGHTLY[0], 1), (NIGHTLY[1], 2), (NIGHTLY[0], 4), (NIGHTLY[1], 4)]
    problem = office(
        *night_workers(),
        overnight=guests_on(1, 4),
        requests=[leave(name, day) for name, day in leaves],
    )
    wishes = [_spot("W-01", "must", name, day) for name, day in leaves]
    return Impossible(
        problem,
        {Stance.MUST: 2 * 480},
        (
            _core(broken=wishes[:2], held=[_awake(1)]),
            _core(broken=wishes[2:], held=[_awake(4)]),
        ),
        price=2 * 40,
    )


def no_night_worker_pinned() -> Impossible:
    """Return an office with guests in two nights, both night workers pinned off.

    Pins come before law, so that law is broken.

    Price: one pin a night, 2 x 20 = 40.
    """
    offs = [(NIGHTLY[0], 1), (NIGHTLY[1], 2), (NIGHTLY[0], 4), (NIGHTLY[1], 4)]
    problem = office(
        *night_workers(),
        overnight=guests_on(1, 4),
        pins={"duties": [_off(name, day) for name, day in offs]},
    )
    pins = [_spot("W-02", "duty", name, day) for name, day in offs]
    return Impossible(
        problem,
        {Stance.STATUTORY: 2 * BAND_MINUTES},
        (
            _core(broken=[_awake(1)], held=pins[:2]),
            _core(broken=[_awake(4)], held=pins[2:]),
        ),
        price=2 * 20,
    )


def one_night_too_many() -> Impossible:
    """Return an office with guests in three nights, two workers with a night each.

    One night, whichever, is short.  Price: one more night for either, 30.
    """
    nights = [0, 2, 4]
    problem = office(*night_workers(nights_max=1), overnight=guests_on(*nights))
    limits = [_spot("L-05", "nights_max", name) for name in NIGHTLY]
    return Impossible(
        problem,
        {Stance.STATUTORY: BAND_MINUTES},
        (_core(broken=[_awake(day) for day in nights], held=limits),),
        price=30,
    )


def only_nurse_on_leave() -> Impossible:
    """Return an office that needs a nurse on a date, the only one on must leave.

    Both weigh 480.  Price: the wish, 40; a nurse for the shift is 5 x 12 = 60, the
    rule given up 480 / 60 x 20 = 160.
    """
    problem = office(cover_rules=[_nurse_wanted(2)], requests=[leave(NURSE, 2)], days=5)
    return Impossible(problem, {Stance.MUST: 480}, (_nurse_core(2),), price=40)


def desk_against_day_cover() -> Impossible:
    """Return an office that needs the care manager at the desk and, once, in care.

    Desk: 5 dates x 300 = 1,500.  Seven users on the third date need, by A-03,
    300 x (7 / 3 rounded up + 1) = 1,200 minutes: all four people.  The law is kept and
    the desk is short by 300.  Price: a user less, 20, for six need but 900; help is
    5 x 12 = 60, the desk 5 x 20 = 100.
    """
    problem = office(
        day_users=[0, 0, 7, 0, 0],
        days=5,
        planner_desk=5 * DAY_MINUTES,
    )
    desk = _spot("A-11", "desk")
    return Impossible(
        problem,
        {Stance.MUST: DAY_MINUTES},
        (_core(broken=[desk], held=[_spot("A-03", "daily", day=2)]),),
        price=20,
    )


def days_off_against_hours() -> Impossible:
    """Return an office with a contract for three days off and 15 hours in five dates.

    5 - 3 = 2 shifts are 600 minutes, 900 are agreed: 300 missing, or one of the days
    off, which weighs 480.  Price: five hours less, 5 x 4 = 20; a day off less is 30.
    """
    problem = office(days=5, carer={"days_off_min": 3, "minutes_min": 3 * DAY_MINUTES})
    return Impossible(
        problem, {Stance.CONTRACT: DAY_MINUTES}, (_days_off_core(),), price=20
    )


def three_pins() -> Impossible:
    """Return an office with three nights on call pinned in a week, two allowed (F-10).

    Any two of the pins can be kept.  Price: one pin, 20.
    """
    nights = [OnCall(staff=MANAGER, date=date_of(day)) for day in range(3)]
    problem = office(
        pins={"on_call": nights}, days=5, standby={**AT_HOME, "home_per_week_max": 2}
    )
    pins = [_spot("W-02", "on_call", MANAGER, day) for day in range(3)]
    return Impossible(
        problem, {Stance.PINNED: 1}, (_core(broken=pins, held=[]),), price=20
    )


def two_causes() -> Impossible:
    """Return an office with two independent causes: a night, and a nurse on leave.

    The night's workers are pinned off.  Price: a pin and a wish, 20 + 40 = 60.
    """
    offs = [(NIGHTLY[0], 4), (NIGHTLY[1], 5)]
    problem = office(
        *night_workers(),
        overnight=guests_on(4),
        pins={"duties": [_off(name, day) for name, day in offs]},
        cover_rules=[_nurse_wanted(2)],
        requests=[leave(NURSE, 2)],
    )
    pins = [_spot("W-02", "duty", name, day) for name, day in offs]
    return Impossible(
        problem,
        {Stance.STATUTORY: BAND_MINUTES, Stance.MUST: 480},
        (_core(broken=[_awake(4)], held=pins), _nurse_core(2)),
        price=20 + 40,
    )


IMPOSSIBLE = (
    no_night_worker_wished,
    no_night_worker_pinned,
    one_night_too_many,
    only_nurse_on_leave,
    desk_against_day_cover,
    days_off_against_hours,
    three_pins,
    two_causes,
)
"""All of the offices."""


def office(
    *more: StaffMember,
    days: int = 7,
    carer: dict[str, Any] | None = None,
    others: dict[str, Any] | None = None,
    day_shift: Shift = DAY,
    overnight: Any = 0,
    day_users: Any = 0,
    standby: Any = None,
    planner_desk: int = 0,
    **fields: Any,
) -> Problem:
    """Return an office with a manager, a care manager, a nurse, a carer, all by day.

    Parameters
    ----------
    carer, others
        Fields of the carer, and of the three others.
    day_shift
        The only shift of these four.
    """
    usual = {"shifts": [day_shift.symbol], **(others or {})}
    staff = [
        make_staff(
            MANAGER,
            roles=["manager", "care"],
            qualifications=[MANAGER_TRAINING],
            **usual,
        ),
        make_staff(
            PLANNER,
            roles=["planner", "care"],
            qualifications=[CARE_MANAGER_LICENCE, PLANNER_TRAINING],
            **usual,
        ),
        make_staff(NURSE, roles=["nurse"], qualifications=[REGISTERED_NURSE], **usual),
        make_staff(CARER, **({"shifts": [day_shift.symbol]} | (carer or {}))),
        *more,
    ]
    period = make_period(days)
    return make_problem(
        staff,
        period=period,
        shifts=[day_shift, NIGHT],
        office=make_office(
            contact_system=True,
            night_band="13:00-32:00",
            full_time_day=DAY_MINUTES,
            standby=standby or AT_HOME,
            planner_desk=planner_desk,
        ),
        forecast=make_forecast(period, day_users, overnight),
        **fields,
    )


def night_workers(**contract: Any) -> list[StaffMember]:
    return [
        make_staff(name, shifts=["夜"], on_call=False, **contract) for name in NIGHTLY
    ]


def guests_on(*days: int) -> list[int]:
    return [GUESTS if day in days else 0 for day in range(7)]


def date_of(day: int) -> dt.date:
    return FIRST + dt.timedelta(days=day)


def leave(name: StaffId, day: int) -> Request:
    return Request(
        staff=name, date=date_of(day), want=Want.DAY_OFF, strength=Strength.MUST
    )


def _off(name: StaffId, day: int) -> Duty:
    return Duty(staff=name, date=date_of(day), off=OffKind.DAY_OFF)


def _nurse_wanted(day: int) -> CoverRule:
    return CoverRule(
        name="看護",
        role=Role.NURSE,
        shift=DAY.symbol,
        dates=(date_of(day),),
        at_least=1,
    )


def _nurse_core(day: int) -> Core:
    rule = Spot(rule="K-02", facet="count_must", date=date_of(day), name="看護")
    return _core(broken=[rule, _spot("W-01", "must", NURSE, day)], held=[])


def _days_off_core() -> Core:
    days = _spot("L-02", "days_off", CARER)
    return _core(broken=[_spot("L-03", "hours_min", CARER)], held=[days])


def _awake(day: int) -> Spot:
    return _spot("A-06", "awake", day=day)


def _spot(rule: str, facet: str, name: str = "", day: int | None = None) -> Spot:
    date = None if day is None else date_of(day)
    return Spot(rule=rule, facet=facet, staff=StaffId(name), date=date)


def _core(broken: list[Spot], held: list[Spot]) -> Core:
    return Core(frozenset(broken), frozenset(held))
