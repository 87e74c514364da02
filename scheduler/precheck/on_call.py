"""Nights that need somebody on call, and who could be (A-06, F-10)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit.figures.able import is_protected
from scheduler.audit.timeline import break_is_enough, break_on_call, minutes_on_call
from scheduler.domain.agreements import ON_CALL
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.precheck import Bar, Line, Obstacle, Share, Topic, Verdict
from scheduler.domain.requests import Want
from scheduler.domain.shifts import OffKind
from scheduler.precheck.nights import (
    TENTH,
    least_moment,
    needed_nights,
    verdict_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.domain.base import StaffId
    from scheduler.domain.staff import StaffMember
    from scheduler.precheck.ground import Ground

AGAINST = (
    Want.DAY_OFF,
    Want.PAID_LEAVE,
    Want.NOT_ON_CALL,
    Want.AFTERNOON_OFF,
)
"""Wishes that a night on call refuses (W-01)."""

OUT = (OffKind.PAID_LEAVE, OffKind.ABSENT)
"""Kinds of a date on which nobody is on call (L-01)."""


def on_call(ground: Ground) -> Iterator[Line]:
    """Yield the sums of the nights on call: of the month, of weeks and of dates."""
    needed = needed_nights(ground)
    if not needed:
        return
    able = {
        date: {
            m.name for m in ground.problem.staff if on_call_bar(ground, m, date) is None
        }
        for date in needed
    }
    weeks = [
        [date for date in week if date in able]
        for week in ground.problem.period.weeks(
            ground.problem.office.settings.week_starts_on
        )
    ]
    caps = [_caps(ground, week, able) for week in weeks]
    yield _month(needed, caps)
    for week, of_week in zip(weeks, caps, strict=True):
        possible = sum(of_week.values())
        if possible < len(week) and all(able[date] for date in week):
            yield Line(
                topic=Topic.ON_CALL,
                code="on_call_span",
                verdict=Verdict.IMPOSSIBLE,
                dates=tuple(week),
                people=tuple(of_week),
                required=len(week),
                possible=possible,
                shares=_shares(of_week),
            )
    for date in needed:
        yield from _on(ground, date, able[date])


def on_call_bar(ground: Ground, member: StaffMember, date: dt.date) -> Bar | None:
    """Return what keeps a person from being on call in a night, or nothing."""
    name = member.name
    takes = member.on_call or ground.agreed("L-01", "duty", name, date, ON_CALL)
    if not takes:
        return Bar.SYMBOL
    by_law = _by_law(ground, member, date)
    if by_law is not None:
        return by_law
    pinned = _pinned(ground, date)
    if pinned and name not in pinned:
        return Bar.PIN
    pin = ground.pin(member, date)
    if name not in pinned and pin is not None and pin.off is OffKind.DAY_OFF:
        return Bar.PIN
    if _only_free(ground, member, date):
        return Bar.LEAVE
    musts = {one.want for one in ground.musts(member, date)}
    if musts & {Want.DAY_OFF, Want.PAID_LEAVE}:
        return Bar.LEAVE
    if musts & set(AGAINST):
        return Bar.WISH
    limit = weekly_limit(ground)
    if limit is not None and name not in pinned:
        week = _week(ground, date)
        if _known(ground, name, week) >= limit:
            return Bar.PER_WEEK
    return _beside(ground, member, date)


def _by_law(ground: Ground, member: StaffMember, date: dt.date) -> Bar | None:
    """Return what employment and labour law have against a night on call."""
    problem = ground.problem
    if date not in member.employed:
        return Bar.EMPLOYED
    if not member.is_employed_through(date, problem.office.night_band):
        return Bar.LAST_DATE
    if not problem.office.settings.standby.is_work:
        return None
    if is_protected(problem, member, date, problem.office.night_band):
        return Bar.NO_NIGHT
    rest = break_on_call(problem)
    if not break_is_enough(problem, rest):
        return Bar.BREAKS
    day = ground.rulebook["F-01"].int("day_minutes")
    if member.no_flex and minutes_on_call(problem) > day:
        return Bar.NO_FLEX
    return None


def _only_free(ground: Ground, member: StaffMember, date: dt.date) -> bool:
    """Tell whether nothing but days off and 明 is left, and neither may do (P-07)."""
    hold = ground.problem.office.settings.on_call_on_days_off
    if hold is not Hold.MUST or not member.shifts:
        return False
    if ground.agreed("P-07", "must", member.name, date):
        return False
    free = (OffKind.DAY_OFF, OffKind.AFTER_NIGHT)
    left = ground.left(member, date)
    return bool(left) and all(entry in free for entry in left)


def weekly_limit(ground: Ground) -> int | None:
    """Return how many nights on call a person may have in a week (F-10)."""
    standby = ground.problem.office.settings.standby
    if standby.permission:
        return ground.rulebook["F-10"].int("per_week_max")
    return standby.home_per_week_max if standby.from_home else None


def _pinned(ground: Ground, date: dt.date) -> set[StaffId]:
    return {
        night.staff
        for night in ground.problem.pins.on_call
        if night.date == date
        and not ground.agreed("W-02", "on_call", night.staff, date)
    }


def _known(ground: Ground, name: StaffId, week: Sequence[dt.date]) -> int:
    """Return the nights on call of a week that the tail and the pins hold."""
    tail = sum(
        night.staff == name and night.date in week and night.date < ground.first
        for night in ground.problem.history.on_call
    )
    return tail + sum(
        name in _pinned(ground, date) for date in week if date in ground.problem.period
    )


def _week(ground: Ground, date: dt.date) -> tuple[dt.date, ...]:
    weeks = ground.problem.period.weeks(ground.problem.office.settings.week_starts_on)
    return next(week for week in weeks if date in week)


def _beside(ground: Ground, member: StaffMember, date: dt.date) -> Bar | None:
    """Return whether every duty left for a date around leaves no room (A-15, F-11)."""
    left = ground.left(member, date)
    if left and all(e in OUT or _near(ground, e, 0) for e in left):
        return Bar.PIN if ground.pin(member, date) else Bar.WISH
    for days, bar in ((-1, Bar.BEFORE), (1, Bar.AFTER)):
        begins = date + days * ONE_DAY
        if begins in ground.problem.period:
            left = ground.left(member, begins)
        else:
            duty = ground.tail(member, begins)
            left = (str(duty.shift),) if duty and duty.shift else ()
        if left and all(_near(ground, entry, days) for entry in left):
            return bar
    return None


def _near(ground: Ground, entry: str, days: int) -> bool:
    """Tell whether a shift, begun some dates after a night on call, is too near."""
    shift = ground.shifts.get(entry)
    if shift is None:
        return False
    settings = ground.problem.office.settings
    gap = settings.rest_least if settings.standby.is_work else 0
    begins, ends = shift.interval.shifted(days * DAY)
    band = ground.problem.office.night_band
    return max(begins, band.start) - min(ends, band.end) < gap


def _caps(
    ground: Ground, week: Sequence[dt.date], able: dict[dt.date, set[StaffId]]
) -> dict[StaffId, int]:
    """Return the most nights of a week for everybody who could have any."""
    limit = weekly_limit(ground)
    counts = Counter(
        m.name for m in ground.problem.staff for date in week if m.name in able[date]
    )
    if limit is None or not week:
        return dict(counts)
    whole = _week(ground, week[0])
    before = [date for date in whole if date < ground.first]
    return {
        name: min(number, max(0, limit - _known(ground, name, before)))
        for name, number in counts.items()
    }


def _month(needed: Sequence[dt.date], caps: Sequence[dict[StaffId, int]]) -> Line:
    total: Counter[StaffId] = Counter()
    for of_week in caps:
        total.update(of_week)
    to_spare = sum(total.values()) - len(needed)
    return Line(
        topic=Topic.ON_CALL,
        code="on_call_month",
        verdict=verdict_of(to_spare, is_tight=to_spare * TENTH < len(needed)),
        people=tuple(total),
        required=len(needed),
        possible=sum(total.values()),
        shares=_shares(total),
    )


def _shares(caps: dict[StaffId, int]) -> tuple[Share, ...]:
    return tuple(Share(staff=name, amount=number) for name, number in caps.items())


def _on(ground: Ground, date: dt.date, able: set[StaffId]) -> Iterator[Line]:
    """Yield a line if a night has nobody to be on call, or one person for two tasks."""
    if len(able) <= 1:
        obstacles = []
        for member in ground.problem.staff:
            bar = on_call_bar(ground, member, date)
            if bar not in (None, Bar.SYMBOL):
                obstacles.append(Obstacle(staff=member.name, bar=bar))
        yield Line(
            topic=Topic.ON_CALL,
            code="on_call_date",
            verdict=Verdict.TIGHT if able else Verdict.IMPOSSIBLE,
            dates=(date,),
            people=_in_order(ground, able),
            required=1,
            possible=len(able),
            obstacles=tuple(obstacles),
        )
    minute, awake = least_moment(ground, date)
    both = able | {member.name for member in awake}
    if able and awake and len(both) == 1:
        yield Line(
            topic=Topic.ON_CALL,
            code="night_pair",
            verdict=Verdict.IMPOSSIBLE,
            dates=(date,),
            people=_in_order(ground, both),
            required=2,
            possible=1,
            facts={"minute": minute},
        )


def _in_order(ground: Ground, names: set[StaffId]) -> tuple[StaffId, ...]:
    return tuple(m.name for m in ground.problem.staff if m.name in names)
