"""Sums of nights that need somebody on call (A-06, F-10)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from scheduler.audit.rules.f10_standby import weekly_limit
from scheduler.audit.stints import minutes_on_call
from scheduler.audit.users import night_is_needed, on_call_is_needed
from scheduler.domain.agreements import ON_CALL
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY, WEEK
from scheduler.domain.office import Hold
from scheduler.domain.precheck import (
    BlockedBy,
    Blocker,
    Line,
    Topic,
    Verdict,
    is_tight,
    line_of,
)
from scheduler.domain.requests import Counted, Per, Want
from scheduler.domain.shifts import LEAVE, OffKind
from scheduler.domain.staff import StaffMember
from scheduler.precheck.cells import Cells
from scheduler.precheck.nights import least_moment
from scheduler.precheck.work_dates import most_begins

AGAINST = {
    Want.DAY_OFF: BlockedBy.LEAVE,
    Want.PAID_LEAVE: BlockedBy.LEAVE,
    Want.NOT_ON_CALL: BlockedBy.WISH,
    Want.AFTERNOON_OFF: BlockedBy.WISH,
}
"""Must-have wishes that exclude a night on call, and the reason given (W-01)."""

EXCLUDED = {"F-05": BlockedBy.BREAKS, "F-09": BlockedBy.NO_NIGHT}
"""Why the model has no such night on call, by the rule that excludes it."""

Able = dict[dt.date, set[StaffId]]
"""Who could be on call, by date."""


def on_call(cells: Cells) -> Iterator[Line]:
    """Yield the sums of nights on call: of the month, of weeks and of single dates."""
    if not cells.rulebook["A-06"].int("on_call_min"):
        return  # the main office's person on call serves the satellite
    able: Able = {
        date: {m.name for m in cells.problem.staff if not call_blocked(cells, m, date)}
        for date in cells.problem.period.dates
        if on_call_is_needed(cells.problem, date)
    }
    if not able:
        return
    weeks = [[date for date in week if date in able] for week in cells.problem.weeks]
    caps = [_caps(cells, week, able) for week in weeks]
    total: Counter[StaffId] = Counter()
    for of_week in caps:
        total.update(of_week)
    total = _within_own(cells, total)
    short = [len(week) - one.total() for week, one in zip(weeks, caps, strict=True)]
    yield line_of(
        Topic.ON_CALL,
        "on_call_month",
        len(able),
        total.total(),
        tight=is_tight(len(able), total.total()),
        shares=total,
        facts={
            **_limit(cells, max(*short, min(1, len(able) - total.total()))),
            "by_week": sum(max(0, nights) for nights in short),
        },
    )
    for week, of_week in zip(weeks, caps, strict=True):
        if of_week.total() < len(week) and all(able[date] for date in week):
            yield line_of(
                Topic.ON_CALL,
                "on_call_span",
                len(week),
                of_week.total(),
                dates=tuple(week),
                shares=of_week,
                facts=_limit(cells, len(week) - of_week.total()),
            )
    for date, names in able.items():
        yield from _on(cells, date, names)


def _limit(cells: Cells, short: int) -> dict[str, int | str]:
    """Return the limit a week, if any, and how many more people are needed at least.

    Parameters
    ----------
    short
        Nights missing in the week that misses most; not positive if none does.
    """
    weekly = weekly_limit(cells.problem) or 0
    permitted = cells.problem.office.settings.standby.permission
    more = -(-short // (weekly or WEEK)) if short > 0 else 0
    return {
        "weekly": weekly,
        "permitted": int(bool(permitted)),
        "more": more,
        "by_week": 0,
    }


def _within_own(cells: Cells, total: Counter[StaffId]) -> Counter[StaffId]:
    """Return the most nights on call of the month, by each person's own must (P-09).

    Where nobody is on call on a day off (P-07), they are as many as shifts can be.
    """
    most = Counter(total)
    if cells.problem.office.settings.on_call_on_days_off is Hold.MUST:
        for member in cells.problem.staff:
            if member.shifts and not cells.agreed_somewhere(
                "P-07", "must", member.name
            ):
                begins = sum(number for _, number in most_begins(cells, member))
                most[member.name] = min(total[member.name], begins)
        most = +most
    for one in cells.problem.personal_limits:
        is_meant = one.counted is Counted.ON_CALL and one.per is Per.MONTH
        if is_meant and one.must and one.at_most is not None:
            agreed = cells.agreed("P-09", "most_must", one.staff, name=ON_CALL)
            most[one.staff] = min(most[one.staff], one.at_most + agreed)
    return most


def call_blocked(cells: Cells, member: StaffMember, date: dt.date) -> BlockedBy | None:
    """Return why a person cannot be on call in a night, or ``None``."""
    excluded = _excluded(cells, member, date)
    if excluded is not None:
        return excluded
    pinned, pin = _pinned(cells, date), cells.pin(member, date)
    if member.name not in pinned:
        if pinned:
            return BlockedBy.TAKEN
        if pin is not None and pin.off is OffKind.DAY_OFF:
            return BlockedBy.PIN
    if _only_free(cells, member, date):
        return BlockedBy.LEAVE
    against = [AGAINST.get(one.want) for one in cells.musts(member, date)]
    if any(against):
        return BlockedBy.LEAVE if BlockedBy.LEAVE in against else BlockedBy.WISH
    limit = weekly_limit(cells.problem)
    if limit is not None and member.name not in pinned:
        week = next(week for week in cells.problem.weeks if date in week)
        if _known(cells, member.name, week) >= limit:
            return BlockedBy.PER_WEEK
    return _beside(cells, member, date)


def _excluded(cells: Cells, member: StaffMember, date: dt.date) -> BlockedBy | None:
    """Return why contract or labour law exclude a night on call, or ``None``."""
    office, rule = cells.problem.office, cells.on_call_excluded_by(member, date)
    takes = cells.agreed("L-01", "duty", member.name, date, ON_CALL)
    if not member.on_call and not takes:
        return BlockedBy.SYMBOL
    if rule == "L-01":
        known = date in member.employed
        return BlockedBy.LAST_DATE if known else BlockedBy.EMPLOYED
    if rule is not None:
        return EXCLUDED[rule]
    day = cells.rulebook["F-01"].int("day_minutes")
    is_work = member.no_flex and office.settings.standby.is_work
    too_long = is_work and minutes_on_call(cells.problem) > day
    return BlockedBy.NO_FLEX if too_long else None


def _only_free(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether only days off and 明 are left, and exclude being on call (P-07)."""
    hold = cells.problem.office.settings.on_call_on_days_off
    if hold is not Hold.MUST or not member.shifts:
        return False
    if cells.agreed("P-07", "must", member.name, date):
        return False
    left = cells.left(member, date)
    return bool(left) and set(left) <= {OffKind.DAY_OFF, OffKind.AFTER_NIGHT}


def _pinned(cells: Cells, date: dt.date) -> set[StaffId]:
    return {
        night.staff
        for night in cells.problem.pins.on_call
        if night.date == date and not cells.agreed("W-02", "on_call", night.staff, date)
    }


def _known(cells: Cells, name: StaffId, week: Collection[dt.date]) -> int:
    """Return the number of a person's nights on call in a week by tail and pins."""
    tail = sum(
        night.staff == name and night.date in week and night.date < cells.first
        for night in cells.problem.history.on_call
    )
    inside = (date for date in week if date in cells.problem.period)
    return tail + sum(name in _pinned(cells, date) for date in inside)


def _beside(cells: Cells, member: StaffMember, date: dt.date) -> BlockedBy | None:
    """Return why all duties left on or beside a date exclude its night (A-15, F-11)."""
    left = cells.left(member, date)
    if left and all(entry in LEAVE or _near(cells, entry, 0) for entry in left):
        return BlockedBy.PIN if cells.pin(member, date) else BlockedBy.WISH
    if _is_eve_of_leave(cells, member, date):
        return BlockedBy.LEAVE_AFTER
    for days, why in ((-1, BlockedBy.BEFORE), (1, BlockedBy.AFTER)):
        begins = date + days * ONE_DAY
        if begins in cells.problem.period:
            left = cells.left(member, begins)
        else:
            duty = cells.tail(member, begins)
            left = (str(duty.shift),) if duty and duty.shift else ()
        if left and all(_near(cells, entry, days) for entry in left):
            return why
    return None


def _is_eve_of_leave(cells: Cells, member: StaffMember, date: dt.date) -> bool:
    """Tell whether a night on call would end on a date of leave of absence (L-01)."""
    problem, after = cells.problem, date + ONE_DAY
    if problem.office.on_call_band.end <= DAY or after not in problem.period:
        return False
    left = cells.left(member, after)
    return bool(left) and set(left) <= {OffKind.LONG_LEAVE}


def _near(cells: Cells, entry: str, days: int) -> bool:
    """Tell whether a shift begun ``days`` after a night on call is too near to it."""
    shift = cells.shifts.get(entry)
    if shift is None:
        return False
    settings = cells.problem.office.settings
    gap = settings.rest_least if settings.standby.is_work else 0
    begins, ends = shift.interval.shifted(days * DAY)
    band = cells.problem.office.on_call_band
    return max(begins, band.start) - min(ends, band.end) < gap


def _caps(cells: Cells, week: Sequence[dt.date], able: Able) -> Counter[StaffId]:
    """Return the most nights on call in a week, by person."""
    staff = [member.name for member in cells.problem.staff]
    counts = Counter(name for name in staff for date in week if name in able[date])
    limit = weekly_limit(cells.problem)
    if limit is None or not week:
        return counts
    whole = next(one for one in cells.problem.weeks if week[0] in one)
    before = [date for date in whole if date < cells.first]
    for name, number in counts.items():
        counts[name] = min(number, max(0, limit - _known(cells, name, before)))
    return counts


def _on(cells: Cells, date: dt.date, able: Collection[StaffId]) -> Iterator[Line]:
    """Yield a line if at most one person can be on call, or one has two tasks.

    A night pinned to somebody who can is settled, and no reason to worry.
    """
    staff = cells.problem.staff
    if len(able) <= 1 and not (able and _pinned(cells, date)):
        blocked = ((m.name, call_blocked(cells, m, date)) for m in staff)
        yield line_of(
            Topic.ON_CALL,
            "on_call_date",
            1,
            len(able),
            tight=True,
            dates=(date,),
            people=tuple(able),
            obstacles=tuple(
                Blocker(staff=name, why=why)
                for name, why in blocked
                if why not in (None, BlockedBy.SYMBOL)
            ),
        )
    if not night_is_needed(cells.problem, date):
        return
    minute, awake = least_moment(cells, date)
    both = {*able, *awake}
    if able and awake and len(both) == 1:
        yield line_of(
            Topic.ON_CALL,
            "night_pair",
            2,
            1,
            verdict=Verdict.IMPOSSIBLE,
            dates=(date,),
            people=tuple(both),
            facts={"minute": minute},
        )
