"""The records of fiscal years as files, one an office and year, beside the rosters."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.errors import InputError
from scheduler.domain.office import UsersMethod
from scheduler.domain.year import (
    AVERAGED,
    HALF_A_YEAR,
    OF_A_NEW_OFFICE,
    LastClosed,
    LastYear,
    Month,
    YearRecord,
    certified_percent,
    days_in,
    fiscal_year,
    full_time_percent,
    months_of,
)
from scheduler.files.json_input import load_problem
from scheduler.files.problems import json_writer
from scheduler.files.saving import safe_name, save
from scheduler.files.validation import mistakes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scheduler.domain.office import Office
    from scheduler.domain.problem import Problem
    from scheduler.domain.year import ClosedMonth

RECORD = "年度の記録"
"""What the input names as the source of an average from records."""

ROLLING = {UsersMethod.LAST_6_MONTHS: 6, UsersMethod.LAST_12_MONTHS: 12}
"""Months over which the methods of newer offices average (A-05)."""


def year_path(folder: Path, office: str, year: int) -> Path:
    """Return the file of an office's record of a fiscal year."""
    return folder / f"{safe_name(office)}-{year}{RECORD}.json"


def read_year(path: Path, office: str, year: int) -> YearRecord:
    """Read a record, or return an empty one if there is no file.

    Raises
    ------
    InputError
        If the file is no record.
    """
    if not path.exists():
        return YearRecord(office=office, year=year)
    try:
        return YearRecord.model_validate_json(load_problem(path))
    except ValidationError as error:
        raise InputError(tuple(mistakes_of(error))) from error


def write_year(record: YearRecord, path: Path) -> Path:
    """Write a record in place of the file at ``path``; return where it is."""
    return save(json_writer(record), path)


class FromRecord(NamedTuple):
    """What the records say of a new month.

    Attributes
    ----------
    problem
        The month with the average of day users (A-05), of last year's shares (E-01),
        and of the month last closed (C-06, E-02), as far as the records have them.
    months
        First and last month of the average; empty if it was not taken over.
    missing
        Months that the average needs and that are not closed.
    shares
        Whether shares of staff were taken over: last year's, or a new office's of the
        three months before.
    closed
        The month last closed; ``None`` if there is none.
    """

    problem: Problem
    months: tuple[Month, ...] = ()
    missing: tuple[Month, ...] = ()
    shares: bool = False
    closed: Month | None = None


def with_records(problem: Problem, folder: Path) -> FromRecord:
    """Return a month with what the records in a folder say of the time before it.

    Where there is no record at all, nothing is changed and nothing missing.

    Raises
    ------
    InputError
        If a file of that name is no record.
    """
    office = problem.office
    year = fiscal_year(problem.period.first)
    records = {
        one: read_year(path, office.name, one)
        for one in (year - 1, year)
        if (path := year_path(folder, office.name, one)).exists()
    }
    if not records:
        return FromRecord(problem)
    found = _with_closed(problem, records.values())
    wanted = _wanted(office.users_record.method, problem.period.first)
    known = {day.date: day for record in records.values() for day in record.days}
    missing = tuple(
        month for month in wanted if any(date not in known for date in _dates(month))
    )
    found = found._replace(missing=missing)
    if wanted and not missing:
        dates = [date for month in wanted for date in _dates(month)]
        record = office.users_record.model_copy(
            update={
                "total": sum(known[date].day_users for date in dates),
                "days": len(dates),
                "source": RECORD,
            }
        )
        office = found.problem.office.model_copy(update={"users_record": record})
        changed = _with_office(found.problem, office)
        found = found._replace(problem=changed, months=(wanted[0], wanted[-1]))
    closed = [month for record in records.values() for month in record.months]
    shares = _shares(office.users_record.method, problem.period.first, closed)
    if shares is not None:
        office = found.problem.office.model_copy(update={"last_year": shares})
        found = found._replace(problem=_with_office(found.problem, office), shares=True)
    return found


def _shares(
    method: UsersMethod, first: dt.date, closed: Sequence[ClosedMonth]
) -> LastYear | None:
    """Return the shares that count in a month (E-01); ``None`` if a month is missing.

    They are of last year, April to February; a newer office, which averages its users
    over other months too, needs half of it, to February, or else three months.
    """
    known = Counter(month.month for month in closed for _day in month.days)
    last_year = months_of(fiscal_year(first) - 1)[:AVERAGED]
    whole = tuple(month for month in last_year if known[month] >= days_in(month))
    three = _before(first, OF_A_NEW_OFFICE)
    is_new = method in (UsersMethod.ESTIMATE_90, *ROLLING)
    least = HALF_A_YEAR if is_new else AVERAGED
    if len(whole) >= least and whole == last_year[-len(whole) :]:
        wanted = whole
    elif is_new and all(known[month] >= days_in(month) for month in three):
        wanted = three
    else:
        return None
    return LastYear(
        certified_percent=certified_percent(closed, wanted),
        full_time_percent=full_time_percent(closed, wanted),
        three_months=wanted is three,
    )


def _with_closed(problem: Problem, records: Iterable[YearRecord]) -> FromRecord:
    """Return a month with the figures of the whole month closed last before it."""
    first = problem.period.first
    closed = {
        month: record
        for record in records
        for month in record.closed_whole()
        if month < (first.year, first.month)
    }
    if not closed:
        return FromRecord(problem)
    month = max(closed)
    a_week = closed[month].services_a_week(month)
    last = LastClosed(
        month=dt.date(*month, 1),
        visits=closed[month].visits[month],
        per_week=None if a_week is None else int(a_week * 1000),
    )
    office = problem.office.model_copy(update={"last_closed": last})
    return FromRecord(_with_office(problem, office), closed=month)


def _with_office(problem: Problem, office: Office) -> Problem:
    return problem.model_copy(update={"office": office})


def _wanted(method: UsersMethod, first: dt.date) -> tuple[Month, ...]:
    """Return the months that a method averages for a period that begins on a date."""
    if method is UsersMethod.PREVIOUS_YEAR:
        return months_of(fiscal_year(first) - 1)
    return _before(first, ROLLING.get(method, 0))


def _before(first: dt.date, number: int) -> tuple[Month, ...]:
    """Return so many calendar months before that of a date."""
    date, months = first, []
    for _n in range(number):
        date = date.replace(day=1) - ONE_DAY
        months.append((date.year, date.month))
    return tuple(reversed(months))


def _dates(month: Month) -> list[dt.date]:
    return [dt.date(*month, day) for day in range(1, days_in(month) + 1)]
