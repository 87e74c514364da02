"""The record of a fiscal year, and what closing a month changes in it, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.year import days_in
from scheduler.wording.names import people_text
from scheduler.wording.times import dates_text, month_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.year import ClosedMonth, Month, YearRecord
    from scheduler.rulebook import Rulebook

TENTHS = 10


def months_text(months: Iterable[Month]) -> str:
    """Write months: 2026年4月、2026年5月."""
    return "、".join(month_text(dt.date(*month, 1)) for month in months)


def closed_text(month: ClosedMonth) -> str:
    """Write a closed month, with its dates where it is only a part of one."""
    name = month_text(month.days[0].date)
    if len(month.days) == days_in(month.month):
        return name
    return f"{name} ({dates_text(month.days[0].date, month.days[-1].date)})"


def differences(
    old: Sequence[ClosedMonth], new: Sequence[ClosedMonth]
) -> Iterator[str]:
    """Yield what closing anew would change, month by month; nothing if all is equal."""
    before = {day.date: day for month in old for day in month.days}
    for month in new:
        others = [day for day in month.days if before.get(day.date, day) != day]
        if others:
            text = _("{month}: other numbers of users on {dates} dates")
            yield text.format(month=closed_text(month), dates=len(others))
    known = {day.date for month in new for day in month.days}
    left = sorted(date for date in before if date not in known)
    if left:
        text = _("the numbers of {dates} would be lost")
        yield text.format(dates=dates_text(left[0], left[-1]))
    people = [
        {one for month in months for one in month.people} for months in (old, new)
    ]
    changed = {one.staff for one in people[0] ^ people[1]}
    if changed:
        text = _("other nights, nights on call or leave: {people}")
        yield text.format(people=people_text(len(changed)))
    if [_rest(month) for month in old] != [_rest(month) for month in new]:
        yield _("other registrants, services or hours")


def _rest(month: ClosedMonth) -> ClosedMonth:
    """Return a closed month without what is compared by date and person."""
    return month.model_copy(update={"people": (), "days": (), "roster": ""})


def year_lines(record: YearRecord, until: Month, rulebook: Rulebook) -> Iterator[str]:
    """Yield the figures of a year so far, each with the rule that it is for.

    Parameters
    ----------
    until
        The last month that could be closed by now.
    rulebook
        The numbers in force then.
    """
    least_services = rulebook["C-06"].int("per_week")
    least_visits = rulebook["E-02"].int("visits")
    days = list(record.days)
    total = sum(day.day_users for day in days)
    tenths = -(-TENTHS * total // len(days))
    yield _("Average of day users: {average} ({total} / {days} dates)").format(
        average=f"{tenths / TENTHS:.1f}", total=total, days=len(days)
    )
    if record.per_week is not None:
        text = _("Services a week and registrant: {number} ({least} or more)")
        average = f"{int(record.per_week * TENTHS) / TENTHS:.1f}"
        yield text.format(number=average, least=least_services)
    for month, visits in record.visits.items():
        if visits < least_visits:
            text = _("{month}: {visits} visits, fewer than {least}")
            name = month_text(dt.date(*month, 1))
            yield text.format(month=name, visits=visits, least=least_visits)
    certified, full_time = record.certified_percent, record.full_time_percent
    if certified is not None and full_time is not None:
        text = _(
            "Certified care workers {certified} %, full-timers {full_time} % (April to "
            "February)"
        )
        yield text.format(certified=certified, full_time=full_time)
    missing = record.missing(until)
    if missing:
        text = _("Not closed yet: {months}. The averages are without them.")
        yield text.format(months=months_text(missing))
