"""The problem of the next month, made from a finished roster.

Staff, settings, users, cover rules, pairs, personal limits, tail, ledger and agreements
that are still valid are carried over, the forecast is a proposal, and requests and pins
are left empty.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from statistics import median_high, mode

from scheduler.audit.figures.fairness import closing_ledger
from scheduler.audit.figures.people import no_holidays
from scheduler.audit.timeline import timeline_of
from scheduler.domain.agreements import Agreement
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY, WEEK
from scheduler.domain.events import still_held
from scheduler.domain.forecast import Forecast, ForecastDay, Service
from scheduler.domain.kinds import Spell, given_beside
from scheduler.domain.ledger import Burden, Carried, LedgerEntry
from scheduler.domain.office import HolidayReading, Settings
from scheduler.domain.period import Period
from scheduler.domain.problem import DaysOffBefore, History, Problem
from scheduler.domain.registrants import by_plan
from scheduler.domain.requests import CoverRule
from scheduler.domain.roster import Roster
from scheduler.domain.shares import fair_groups
from scheduler.domain.shifts import Duty, OnCall
from scheduler.domain.staff import StaffMember, minutes_in_proportion
from scheduler.files.holidays_jp import TAIL, make_period
from scheduler.files.next_contracts import contract_after
from scheduler.rulebook import load

__all__ = ["following_period", "next_month"]
DAYS_OF_ANY_MONTH = 28


def next_month(problem: Problem, roster: Roster, period: Period) -> Problem:
    """Return the problem of a later period, to be completed by the manager.

    Parameters
    ----------
    problem, roster
        The month before; the roster as it was really worked.
    period
        The new period; usually `following_period`.

    Raises
    ------
    ValueError
        If the new period begins before the old one has ended.
    """
    if period.first <= problem.period.last:
        raise ValueError("the period begins before the last one has ended")
    staff = tuple(
        _in_force(member, problem, period)
        for member in problem.staff
        if member.employed.last is None or member.employed.last >= period.first
    )
    staying = frozenset(member.name for member in staff)
    left = problem.member_by_name.keys() - staying
    settings = settings_after(problem.office.settings, problem.period, period)
    bare = Problem(
        period=period,
        office=problem.office.model_copy(update={"settings": settings}),
        shifts=problem.shifts,
        staff=staff,
        forecast=proposed_forecast(problem, period),
        history=history_before(problem, roster, period, staying),
        cover_rules=tuple(_still_speaking(problem, period)),
        desk_tasks=problem.desk_tasks,
        events=still_held(
            problem.events,
            problem.period.first,
            min(period.first - TAIL, period.first.replace(day=1)),
            staying,
        ),
        pairs=tuple(
            pair for pair in problem.pairs if not {pair.first, pair.second} & left
        ),
        agreements=tuple(_still_agreed(problem, period, staying)),
        personal_limits=tuple(
            one for one in problem.personal_limits if one.staff in staying
        ),
        ledger=opening_ledger(problem, roster, staying),
        kinds=problem.kinds or given_beside(problem.shifts),
        spells=spells_carried(problem, period, staying),
        registrants=tuple(
            user
            for user in problem.registrants
            if user.registered.last is None or user.registered.last >= period.first
        ),
        use_changes=tuple(
            change
            for change in problem.use_changes
            if (change.last or change.first) >= period.first
        ),
    )
    after = bare.model_copy(update={"history": _in_its_symbols(problem, bare)})
    return _as_planned(problem, after)


def spells_carried(
    problem: Problem, period: Period, staying: Set[StaffId]
) -> tuple[Spell, ...]:
    """Return the spells that reach into a period or its tail, or lie after it."""
    start = period.first - TAIL
    return tuple(
        one for one in problem.spells if one.last >= start and one.staff in staying
    )


def _in_its_symbols(before: Problem, problem: Problem) -> History:
    """Return the tail with work of a kind in the symbols that its times now have."""
    duties = []
    for duty in problem.history.duties:
        shift = before.shift_of(duty)
        if shift is not None and shift.own_kind is not None:
            now = problem.kind_shifts.get((shift.own_kind, shift.interval), shift)
            duties.append(duty.model_copy(update={"shift": now.symbol}))
        else:
            duties.append(duty)
    return problem.history.model_copy(update={"duties": tuple(duties)})


def following_period(period: Period) -> Period:
    """Return the period right after, with its public holidays.

    A month, whatever date it begins on, is followed by a month; any other period by
    one with as many dates.
    """
    first = period.last + ONE_DAY
    is_month = first.day == period.first.day and period.days >= DAYS_OF_ANY_MONTH
    last = a_month_after(first) if is_month else period.last
    days = (last - first).days if is_month else period.days
    return make_period(first, first + dt.timedelta(days=days - 1))


def a_month_after(date: dt.date) -> dt.date:
    """Return the same day of the next month, or the first of the month after that.

    The latter if the next month has no such day.
    """
    beyond = date.replace(day=1) + dt.timedelta(days=31)
    try:
        return beyond.replace(day=date.day)
    except ValueError:
        return (beyond.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def _in_force(member: StaffMember, problem: Problem, period: Period) -> StaffMember:
    """Return a person with the contract scaled to the new period.

    A protection from night work that has ended is dropped, and so is a first date of
    employment that lies before the new tail.
    """
    no_night, employed = member.no_night, member.employed
    if no_night and no_night.last and no_night.last < period.first:
        no_night = None
    if employed.first and employed.first <= period.first - TAIL:
        employed = employed.model_copy(update={"first": None})
    return member.model_copy(
        update={
            "contract": contract_after(member, problem, period),
            "no_night": no_night,
            "employed": employed,
        }
    )


def _still_agreed(
    problem: Problem, period: Period, staying: Set[StaffId]
) -> Iterator[Agreement]:
    """Yield the agreements that are valid in the new period, of people who stay."""
    for one in problem.agreements:
        is_valid = one.until is not None and one.until >= period.first
        if is_valid and (not one.spot.staff or one.spot.staff in staying):
            yield one


def _still_speaking(problem: Problem, period: Period) -> Iterator[CoverRule]:
    """Yield the cover rules that apply in a period, without dates outside it."""
    for rule in problem.cover_rules:
        dates = tuple(date for date in rule.dates if date in period)
        if dates or not rule.dates or len(set(rule.weekdays)) < WEEK:
            yield rule.model_copy(update={"dates": dates})


def settings_after(settings: Settings, old: Period, new: Period) -> Settings:
    """Return the settings with a full-timer's prescribed hours scaled to a period.

    Four-week spans that were counted from the old period's first date still are.
    """
    month = settings.full_time_month
    if new.days != old.days:
        ratio = Fraction(new.days, old.days)
        month = minutes_in_proportion(month, settings.full_time_day, ratio)
    anchor = settings.four_weeks_from
    if settings.holiday_reading is HolidayReading.FOUR_WEEKS:
        anchor = anchor or old.first
    return settings.model_copy(
        update={"full_time_month": month, "four_weeks_from": anchor}
    )


def _as_planned(before: Problem, after: Problem) -> Problem:
    """Return the month with services by the users' plans that were so before."""
    services = [
        service
        for service in Service
        if any(
            getattr(day, f"{service.value}_at") is not None
            for day in before.forecast.days
        )
    ]
    days = tuple(
        by_plan(after.attendance, day, services) for day in after.forecast.days
    )
    forecast = after.forecast.model_copy(update={"days": days})
    return after.model_copy(update={"forecast": forecast})


SUNDAY, HOLIDAY = 6, 7
"""Kinds of date beside the other weekdays."""


def proposed_forecast(problem: Problem, period: Period) -> Forecast:
    """Return a forecast with the median numbers and usual profile of each weekday.

    Public holidays are like those of the month before; where it had none, like Sundays.
    """
    alike: dict[int, list[ForecastDay]] = defaultdict(list)
    for day in problem.forecast.days:
        alike[_kind(problem.period, day.date)].append(day)
    alike[HOLIDAY] = alike[HOLIDAY] or alike[SUNDAY]
    eve = problem.forecast_by_date.get(period.first - ONE_DAY)
    return Forecast(
        days=tuple(
            _like(alike[_kind(period, date)] or problem.forecast.days, date)
            for date in period.dates
        ),
        overnight_before=(eve.overnight or 0) if eve else 0,
    )


def _kind(period: Period, date: dt.date) -> int:
    return HOLIDAY if date in period.holiday_names else date.weekday()


def _like(days: Sequence[ForecastDay], date: dt.date) -> ForecastDay:
    known = [day.overnight for day in days if day.overnight is not None]
    return ForecastDay(
        date=date,
        day_users=median_high(day.day_users for day in days),
        overnight=median_high(known) if 2 * len(known) >= len(days) else None,
        visits=median_high(day.visits for day in days),
        profile=mode(day.profile for day in days),
    )


def history_before(
    problem: Problem, roster: Roster, period: Period, staying: Set[StaffId]
) -> History:
    """Return the tail of a period: duties and nights on call of the ten dates before.

    The breaks of duties that end before the period are those of the shift table, for
    nothing looks at them any more.  So are all times of a duty that was worked at
    others: the sheet of the tail has symbols, and the events that people came to.

    Parameters
    ----------
    staying
        Those who are still on the staff list; the tail omits all others.
    """
    start = period.first - TAIL
    known = timeline_of(problem, roster)
    tail = History(
        duties=tuple(
            _with_usual_breaks(duty, problem, period)
            for duty in known.duties
            if duty.date >= start and duty.staff in staying
        ),
        on_call=tuple(
            OnCall(staff=name, date=date)
            for date, name in known.nights.items()
            if date >= start and name in staying
        ),
    )
    before = tuple(_days_off_before(problem, roster, period, tail, staying))
    return tail.model_copy(update={"days_off_before": before})


def _with_usual_breaks(duty: Duty, problem: Problem, period: Period) -> Duty:
    shift = problem.shift_of(duty)
    reaches = shift and shift.passes_midnight and duty.date == period.first - ONE_DAY
    if shift is None or (reaches and duty.worked is None):
        return duty
    return duty.model_copy(update={"breaks": shift.break_options[0], "worked": None})


def _days_off_before(
    problem: Problem,
    roster: Roster,
    period: Period,
    tail: History,
    staying: Set[StaffId],
) -> Iterator[DaysOffBefore]:
    """Yield the holidays taken between the start of the four weeks and the tail (F-06).

    One number for each person of whom it is known.
    """
    start = _four_weeks_start(problem, period)
    if start is None:
        return
    end = min((*tail.dates, period.first))
    known_from = problem.known_since
    dates = [known_from + n * ONE_DAY for n in range((end - known_from).days)]
    counted = {one.staff: one.days for one in problem.history.days_off_before}
    for name in (m.name for m in problem.staff if m.name in staying):
        earlier = 0 if start >= known_from else counted.get(name)
        if start < end and earlier is not None:
            taken = no_holidays(problem, roster, name)
            free = sum(date >= start and date not in taken for date in dates)
            yield DaysOffBefore(staff=name, days=earlier + free)


def _four_weeks_start(problem: Problem, period: Period) -> dt.date | None:
    """Return the first date of the four-week span that the period begins in (F-06).

    ``None`` if the office does not count holidays by four weeks.
    """
    settings = problem.office.settings
    if settings.holiday_reading is not HolidayReading.FOUR_WEEKS:
        return None
    anchor = settings.four_weeks_from or problem.period.first
    length = load(period)["F-06"].int("four_weeks_days")
    return period.first - (period.first - anchor).days % length * ONE_DAY


Entries = dict["StaffId", "LedgerEntry"]


def opening_ledger(
    problem: Problem, roster: Roster, staying: Set[StaffId]
) -> tuple[LedgerEntry, ...]:
    """Return the ledger entries of those who stay.

    The balance of somebody who leaves (burden borne minus fair share) is divided among
    the rest of the fair group, in proportion to their shares.  So the balances of the
    group still sum to zero, and nobody stays behind for good.
    """
    entries: Entries = {one.staff: one for one in closing_ledger(problem, roster)}
    for group in fair_groups(problem):
        left = sum(
            entries[name].carried(group.burden).balance
            for name in group.weights
            if name not in staying
        )
        heirs = [name for name in group.weights if name in staying]
        _divide(entries, group.burden, heirs, left)
    return tuple(entry for name, entry in entries.items() if name in staying)


def _divide(entries: Entries, burden: Burden, heirs: list[StaffId], left: int) -> None:
    """Lower the heirs' shares by ``left`` thousandths in all (raise them if negative).

    The amount is split in proportion to the shares.
    """
    shares = [entries[name].carried(burden).share for name in heirs]
    whole, given = sum(shares), 0
    if not whole or not left:
        return
    before = 0
    for name, share in zip(heirs, shares, strict=True):
        # Rounding the running total, not each part, keeps the sum of parts exact.
        before += share
        part = left * before // whole - given
        given += part
        account = entries[name].carried(burden)
        changed = Carried(times=account.times, share=max(0, share - part))
        entries[name] = entries[name].with_account(burden, changed)
