"""Public holidays of Japan (国民の祝日・休日), from the ``holidays`` library."""

from __future__ import annotations

import datetime as dt

from scheduler.domain.period import Holiday, Period

TAIL = dt.timedelta(days=10)
"""Length of the tail: a whole week, whatever weekday it starts on, and some days
before it, for runs of work that reach into it."""


def public_holidays(first: dt.date, last: dt.date) -> tuple[Holiday, ...]:
    """Return the public holidays from ``first`` to ``last``, both included."""
    # Slow to load, and needed only where a period is made.
    from holidays import country_holidays

    calendar = country_holidays(
        "JP", years=range(first.year, last.year + 1), language="ja"
    )
    return tuple(
        Holiday(date=date, name=name)
        for date, name in sorted(calendar.items())
        if first <= date <= last
    )


def make_period(first: dt.date, last: dt.date) -> Period:
    """Return a period with the public holidays in it and in its tail.

    Raises
    ------
    ValueError
        If the period has not 1 to 31 dates, or ends before it begins.
    """
    return Period(first=first, last=last, holidays=public_holidays(first - TAIL, last))
