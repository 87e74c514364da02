"""Closing a worked month: putting it into the record of its fiscal year."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.closing import closed_months
from scheduler.domain.errors import SchedulerError
from scheduler.domain.year import fiscal_year
from scheduler.files.actual.record import roster_as_worked, write_actual
from scheduler.files.problems import read_problem
from scheduler.files.saving import held
from scheduler.files.years import read_year, write_year, year_path
from scheduler.wording.translation import _
from scheduler.wording.year import closed_text, differences

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.actual import AsWorked
    from scheduler.domain.problem import Problem
    from scheduler.domain.year import ClosedMonth, YearRecord


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
    source
        The roster's file.
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
            stack.enter_context(held(path))
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
    """Raise `NotClosed` if a difference to the stamps is undecided."""
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
