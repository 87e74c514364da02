"""The month after: what a finished roster, as it stands, leaves to the next problem.

Staff, settings, tail and ledger are taken over; the forecast is a proposal, and what
staff wish for and the manager fixes begins empty.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.files.holidays_jp import make_period
from scheduler.files.next_month.accounts import opening_ledger
from scheduler.files.next_month.contracts import scaled_contract, settings_after
from scheduler.files.next_month.outlook import proposed_forecast
from scheduler.files.next_month.tail import history_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.period import Period
    from scheduler.domain.requests import CoverRule
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

__all__ = ["following_period", "next_month"]
DAYS_OF_ANY_MONTH = 28


def next_month(problem: Problem, roster: Roster, period: Period) -> Problem:
    """Return the problem of a later period, to be completed by the manager.

    Parameters
    ----------
    problem, roster
        The month before, the roster as it was really worked.
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
    settings = settings_after(problem.office.settings, problem.period, period)
    return Problem(
        period=period,
        office=problem.office.model_copy(update={"settings": settings}),
        shifts=problem.shifts,
        staff=staff,
        forecast=proposed_forecast(problem, period),
        history=history_before(problem, roster, period, staying),
        cover_rules=tuple(_still_speaking(problem, period)),
        pairs=tuple(
            pair for pair in problem.pairs if {pair.first, pair.second} <= staying
        ),
        ledger=opening_ledger(problem, roster, staying),
    )


def following_period(period: Period) -> Period:
    """Return the period right after, of the same shape, with its public holidays.

    A month is followed by a month, whatever date it begins on; any other stretch by
    as many dates.
    """
    first = period.last + ONE_DAY
    is_month = first.day == period.first.day and period.days >= DAYS_OF_ANY_MONTH
    last = _a_month_after(first) if is_month else period.last
    days = (last - first).days if is_month else period.days
    return make_period(first, first + dt.timedelta(days=days - 1))


def _a_month_after(date: dt.date) -> dt.date:
    """Return the same day of the next month; the first after it if there is none."""
    beyond = date.replace(day=1) + dt.timedelta(days=31)
    try:
        return beyond.replace(day=date.day)
    except ValueError:
        return (beyond.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def _in_force(member: StaffMember, problem: Problem, period: Period) -> StaffMember:
    """Return a person with the contract of the new period, past protection dropped."""
    contract = scaled_contract(member, problem.period, period)
    no_night = member.no_night
    if no_night and no_night.last and no_night.last < period.first:
        no_night = None
    return member.model_copy(update={"contract": contract, "no_night": no_night})


def _still_speaking(problem: Problem, period: Period) -> Iterator[CoverRule]:
    """Yield the cover rules without their dates of the past."""
    for rule in problem.cover_rules:
        dates = tuple(date for date in rule.dates if date in period)
        if dates or not rule.dates:
            yield rule.model_copy(update={"dates": dates})
