"""Stamps taken in and decided on: what is known of a month, and the page of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from scheduler.audit.changes.as_worked import as_worked
from scheduler.domain.actual import Actual, AsWorked
from scheduler.domain.errors import SchedulerError
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.year import fiscal_year
from scheduler.files.actual.clock import Clocked, read_clock
from scheduler.files.actual.columns import ClockColumns
from scheduler.files.actual.record import read_actual, write_actual
from scheduler.files.problems import WORKBOOK
from scheduler.files.rosters import read_roster
from scheduler.files.saving import locked
from scheduler.files.workbook.differences import (
    Decided,
    read_decisions,
    write_differences,
)
from scheduler.files.years import read_year, year_path
from scheduler.wording.translation import N_, _

PAGE_NAME = N_("{name}-stamps")
"""What the page of differences is called, without suffix."""


class MonthClosed(SchedulerError):
    """The month is closed and is not to be opened; nothing was changed."""


class NoStamps(SchedulerError):
    """There are no stamps of the month; nothing was changed."""


class StampsGiven(NamedTuple):
    """What is to be taken in of a month's stamps.

    Attributes
    ----------
    told, columns
        What their columns mean, if that is not known: as for `read_clock`.
    again
        Whether a closed month is opened.
    decide
        Returns what is known with decisions on the differences there are then.
    """

    clocks: tuple[Path, ...] = ()
    told: tuple[str, ...] = ()
    columns: ClockColumns | None = None
    again: bool = False
    decide: Callable[[AsWorked], Actual] | None = None


class StampsTaken(NamedTuple):
    """A month with its stamps, the page that was written, and what to say of both."""

    month: AsWorked
    path: Path
    notes: tuple[str, ...]


def differences_path(roster: Path) -> Path:
    """Return the page of differences beside a roster."""
    return roster.with_name(_(PAGE_NAME).format(name=roster.stem) + WORKBOOK)


def typed_decisions(page: Path, month: AsWorked) -> Decided:
    """Return what was decided on the page of differences that stands, if there is one.

    Raises
    ------
    InputError
        If the page cannot be read, or a cell of it is no decision.
    """
    return read_decisions(page, month) if page.exists() else Decided()


def take_stamps(
    source: Path, page: Path, given: StampsGiven, file: RosterFile | None = None
) -> StampsTaken:
    """Read stamps, take decisions, and write the page of differences anew.

    Parameters
    ----------
    source
        The roster's file; stamps and decisions are kept beside it.
    page
        The page; what was decided on it since it was written is taken first.
    file
        What was read from the roster's file, if it was read already.

    Raises
    ------
    MonthClosed
        If the month is closed and not to be opened.
    NoStamps
        If there are no stamps, old or new.
    InputError
        If a file cannot be read; nothing is changed then.
    """
    with locked(source):
        file = file or read_roster(source)
        period, office = file.problem.period, file.problem.office.name
        known = read_actual(source, file.problem)
        actual = known or Actual(office=office, first=period.first, last=period.last)
        typed = typed_decisions(page, as_worked(file, actual))
        if given.clocks or given.decide or typed.accepted or typed.planned:
            if not given.again and is_closed(file.problem, actual, source):
                raise MonthClosed
            actual = actual.model_copy(update={"closed": False})
        actual = actual.deciding(typed.accepted, accepted=True)
        actual = actual.deciding(typed.planned, accepted=False)
        actual, notes = _with_files(file, actual, source, given)
        month = as_worked(file, actual)
        if given.decide is not None:
            month = as_worked(file, given.decide(month))
        if not month.is_actual:
            raise NoStamps
        write_actual(month.actual, source)
    kept = page.with_stem(_("{name}-typed").format(name=page.stem))
    written = write_differences(month, page, kept=kept if typed.others else None)
    if typed.others:
        text = _("Other cells of {path} were edited too; that file is kept as {kept}.")
        notes.append(text.format(path=page.name, kept=kept.name))
    return StampsTaken(month, written, tuple(notes))


def is_closed(problem: Problem, actual: Actual | None, source: Path) -> bool:
    """Tell whether a month is closed, with stamps or as planned."""
    folder, office = source.absolute().parent, problem.office.name
    years = {fiscal_year(date) for date in problem.period.dates}
    dates = {
        day.date
        for year in years
        for day in read_year(year_path(folder, office, year), office, year).days
    }
    with_stamps = actual is not None and actual.closed
    return with_stamps or not dates.isdisjoint(problem.period.dates)


def _with_files(
    file: RosterFile, actual: Actual, source: Path, given: StampsGiven
) -> tuple[Actual, list[str]]:
    """Return what is known with the stamps of some files, and what to say of them."""
    notes: list[str] = []
    for path in given.clocks:
        folder = source.absolute().parent
        found = read_clock(
            path, folder, file.problem, file.roster, given.told, given.columns
        )
        actual = actual.with_stamps(found.stamps.days, path.name)
        actual = actual.model_copy(update={"grace": found.columns.grace})
        notes += _told(path, found)
        if found.is_new and given.columns is None:
            headings = "、".join(found.columns.headings)
            text = _(
                "Columns read: {headings}. They are kept in {path}; mend it there. "
                "Up to {grace} minutes before a shift and after it are no difference; "
                "that is “grace” in the same file."
            )
            grace = found.columns.grace
            notes.append(
                text.format(headings=headings, path=found.path.name, grace=grace)
            )
    return actual, notes


def _told(path: Path, found: Clocked) -> Iterator[str]:
    """Yield what was read of a file, and what was left out or counted once."""
    stamps = found.stamps
    text = _("{path}: stamps on {count} days of people")
    yield text.format(path=path.name, count=len(stamps.days))
    if stamps.strangers:
        text = _("Not on the staff list, and left out: {names}")
        yield text.format(names="、".join(stamps.strangers))
    if stamps.outside:
        text = _("Lines on other dates, left out: {count}")
        yield text.format(count=stamps.outside)
    if stamps.twice:
        text = _("Stamped twice, and counted once: {count}")
        yield text.format(count=stamps.twice)
