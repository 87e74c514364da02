"""Periods as they are written on the command line."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.period import Period


def read_period(month: str | None, first: str | None, last: str | None) -> Period:
    """Read ``--month``, or ``--from`` and ``--to``, with the public holidays in it.

    Raises
    ------
    WrongUse
        If they name no period of 1 to 31 dates, or more than one.
    """
    from pydantic import ValidationError

    from scheduler.domain.period import Period
    from scheduler.files.holidays_jp import public_holidays

    if (month is None) == (first is None) or (first is None) != (last is None):
        raise WrongUse(
            _("Give --month 2026-12, or --from 2026-12-21 and --to 2027-01-20.")
        )
    if month is not None:
        begin, end = _month(month)
    else:
        begin, end = _date(first or ""), _date(last or "")
    try:
        return Period(first=begin, last=end, holidays=public_holidays(begin, end))
    except ValidationError as error:
        raise WrongUse(_("A period has 1 to 31 dates, first to last.")) from error


def _month(text: str) -> tuple[dt.date, dt.date]:
    first = _parsed(text, "%Y-%m", "2026-12")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _date(text: str) -> dt.date:
    return _parsed(text, "%Y-%m-%d", "2026-12-21")


def _parsed(text: str, form: str, example: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, form).date()
    except ValueError as error:
        message = _("“{text}” is no date; write it like {example}.")
        raise WrongUse(message.format(text=text, example=example)) from error
