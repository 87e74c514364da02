"""Periods as they are written on the command line."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

import typer

from scheduler.i18n import _

if TYPE_CHECKING:
    from scheduler.domain.period import Period


def read_period(month: str | None, first: str | None, last: str | None) -> Period:
    """Read ``--month``, or ``--from`` and ``--to``, with the public holidays in it.

    Raises
    ------
    typer.BadParameter
        If they name no period of 1 to 31 dates, or more than one.
    """
    from pydantic import ValidationError

    from scheduler.domain.period import Period
    from scheduler.holidays_jp import public_holidays

    if (month is None) == (first is None) or (first is None) != (last is None):
        raise typer.BadParameter(
            _("Give --month 2026-12, or --from 2026-12-21 and --to 2027-01-20.")
        )
    if month is not None:
        begin, end = _month(month)
    else:
        begin, end = _date(first or ""), _date(last or "")
    try:
        return Period(first=begin, last=end, holidays=public_holidays(begin, end))
    except ValidationError as error:
        raise typer.BadParameter(
            _("A period has 1 to 31 dates, first to last.")
        ) from error


def _month(text: str) -> tuple[dt.date, dt.date]:
    first = _date(f"{text}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _date(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        message = _("{text} is no date; write it like {example}.")
        raise typer.BadParameter(
            message.format(text=text, example="2026-12-21")
        ) from error
