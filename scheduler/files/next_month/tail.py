"""Last month's tail, and the days off of the four weeks that run on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.figures.hours import no_holidays
from scheduler.audit.figures.presence import duties, on_call_nights
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import HolidayReading
from scheduler.domain.problem import DaysOffBefore, History
from scheduler.domain.shifts import OnCall
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from scheduler.domain.base import StaffId
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

TAIL = dt.timedelta(days=10)
"""A whole week, whatever its first day, and a run of work across its beginning."""


def history_before(
    problem: Problem, roster: Roster, period: Period, staying: Set[StaffId]
) -> History:
    """Return the tail of a period: what is known of the ten dates before it.

    Parameters
    ----------
    staying
        Those who are still on the staff list; nothing is told of the others.
    """
    start = period.first - TAIL
    tail = History(
        duties=tuple(
            duty
            for duty in duties(problem, roster)
            if duty.date >= start and duty.staff in staying
        ),
        on_call=tuple(
            OnCall(staff=name, date=date)
            for date, name in on_call_nights(problem, roster).items()
            if date >= start and name in staying
        ),
    )
    before = tuple(_days_off_before(problem, roster, period, tail, staying))
    return tail.model_copy(update={"days_off_before": before})


def _days_off_before(
    problem: Problem,
    roster: Roster,
    period: Period,
    tail: History,
    staying: Set[StaffId],
) -> Iterator[DaysOffBefore]:
    """Yield the holidays between the start of the four weeks and the tail (F-06)."""
    start = _four_weeks_start(problem, period)
    if start is None:
        return
    end = min((*tail.dates, period.first))
    known_from = min((*problem.history.dates, problem.period.first))
    dates = [known_from + n * ONE_DAY for n in range((end - known_from).days)]
    counted = {one.staff: one.days for one in problem.history.days_off_before}
    for name in (m.name for m in problem.staff if m.name in staying):
        earlier = 0 if start >= known_from else counted.get(name)
        if start < end and earlier is not None:
            taken = no_holidays(problem, roster, name)
            free = sum(date >= start and date not in taken for date in dates)
            yield DaysOffBefore(staff=name, days=earlier + free)


def _four_weeks_start(problem: Problem, period: Period) -> dt.date | None:
    """Return the first date of the span that runs into the period (F-06)."""
    settings = problem.office.settings
    if settings.holiday_reading is not HolidayReading.FOUR_WEEKS:
        return None
    anchor = settings.four_weeks_from or problem.period.first
    length = load(period)["F-06"].int("four_weeks_days")
    return period.first - (period.first - anchor).days % length * ONE_DAY
