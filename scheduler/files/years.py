"""Closing a month into the record of its fiscal year, one file an office and year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from scheduler.audit.figures.calendar_months import closed_months
from scheduler.domain.actual import AsWorked
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.errors import SchedulerError
from scheduler.domain.office import Office
from scheduler.domain.problem import Problem
from scheduler.domain.year import (
    AVERAGED,
    HALF_A_YEAR,
    OF_A_NEW_OFFICE,
    ClosedMonth,
    LastClosed,
    LastYear,
    Month,
    UsersMethod,
    YearRecord,
    certified_percent,
    days_in,
    fiscal_year,
    full_time_percent,
    months_of,
)
from scheduler.files.actual.record import roster_as_worked, write_actual
from scheduler.files.paths import safe_name
from scheduler.files.problems import json_bytes, read_problem
from scheduler.files.saving import locked, overwrite
from scheduler.files.validation import read_json
from scheduler.wording.actual import closed_text, differences
from scheduler.wording.translation import _

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
    return read_json(path, YearRecord)


def write_year(record: YearRecord, path: Path) -> Path:
    """Write a record in place of the file at ``path``; return where it is."""
    return overwrite(json_bytes(record), path)


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
    date, months = first, []
    for _n in range(number):
        date = date.replace(day=1) - ONE_DAY
        months.append((date.year, date.month))
    return tuple(reversed(months))


def _dates(month: Month) -> list[dt.date]:
    return [dt.date(*month, day) for day in range(1, days_in(month) + 1)]


class NotClosed(SchedulerError):
    """The month cannot be closed as it stands; nothing was changed.

    Attributes
    ----------
    replaces
        What would be replaced, if it is closed already with other numbers.
    """

    def __init__(self, text: str, replaces: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.replaces = replaces


class YearClosed(NamedTuple):
    """The record of a fiscal year with a month in it.

    Attributes
    ----------
    months
        The months that changed; empty if they were closed before with equal numbers.
    """

    record: YearRecord
    path: Path
    months: tuple[ClosedMonth, ...]


class Closed(NamedTuple):
    """A month that was closed, and the records of the fiscal years that it lies in."""

    problem: Problem
    month: AsWorked
    years: tuple[YearClosed, ...]


def close_worked(
    source: Path, users: Path | None = None, folder: Path | None = None, *, again: bool
) -> Closed:
    """Put the month of a roster, as it was worked, into the record of its year.

    Parameters
    ----------
    users
        An input with the users who came; the roster's own forecast if not given.
    folder
        Where the records are; that of the roster if not given.
    again
        Whether months that are closed already with other numbers are replaced.

    Raises
    ------
    NotClosed
        If the input is for other dates, a month is closed with other numbers, or nobody
        has decided on some difference to the stamps.
    InputError
        If a file cannot be read.
    OutputError
        If the record cannot be written.
    """
    month = roster_as_worked(source)
    _check_decided(month)
    problem = month.problem if users is None else _with_users(month.problem, users)
    place = source.absolute().parent if folder is None else folder
    by_year = groupby(
        closed_months(problem, month.roster),
        key=lambda month: fiscal_year(month.days[0].date),
    )
    office = problem.office.name
    found = [
        (year_path(place, office, year), year, tuple(months))
        for year, months in by_year
    ]
    with ExitStack() as stack:
        # From reading them to writing: another process may close a month as well.
        for path, _year, _months in found:
            stack.enter_context(locked(path))
        years = tuple(
            _closed(office, path, year, months, again=again)
            for path, year, months in found
        )
        for one in years:
            if one.months:
                write_year(one.record, one.path)
    if month.is_actual:
        write_actual(month.actual.model_copy(update={"closed": True}), source)
    return Closed(problem, month, years)


def _check_decided(month: AsWorked) -> None:
    if month.undecided:
        text = _(
            "Nobody has decided yet on {count} differences between the stamps and the "
            "roster. Nothing was closed. “shotaki actual” shows them; accept them, or "
            "leave the roster as it is."
        )
        raise NotClosed(text.format(count=len(month.undecided)))


def _with_users(problem: Problem, path: Path) -> Problem:
    """Return the month with the users of another input for the same dates."""
    other = read_problem(path)
    if other.period.dates != problem.period.dates:
        text = _("{path} is for other dates than the roster ({first} to {last}).")
        first, last = problem.period.first, problem.period.last
        raise NotClosed(text.format(path=path, first=first, last=last))
    registered = {"registered": other.office.registered}
    return problem.model_copy(
        update={
            "forecast": other.forecast,
            "registrants": other.registrants,
            "use_changes": other.use_changes,
            "office": problem.office.model_copy(
                update={**registered, "profiles": other.office.profiles}
            ),
        }
    )


def _closed(
    office: str,
    path: Path,
    year: int,
    months: tuple[ClosedMonth, ...],
    *,
    again: bool,
) -> YearClosed:
    """Return a year's record with some months.

    Raises
    ------
    NotClosed
        If one of them is closed with other numbers, and they are not to be replaced.
    """
    record = read_year(path, office, year)
    touched = record.touched(months)
    changes = tuple(differences(touched, months)) if touched else ()
    if touched and not changes:
        return YearClosed(record, path, ())
    if touched and not again:
        text = _(
            "{months} is closed already, with other numbers: {changes}. Nothing was "
            "changed. To replace it on purpose, add --again."
        )
        named = "、".join(map(closed_text, touched))
        raise NotClosed(text.format(months=named, changes="、".join(changes)), changes)
    return YearClosed(record.closed_with(months), path, months)
