"""Arguments of the command line checked before any work: paths, dates, processes."""

from __future__ import annotations

import calendar
import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from scheduler.audit.consistency.report import outside
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import PeriodOptions
from scheduler.domain.period import Period
from scheduler.domain.scenario import Words
from scheduler.files.cleanup import called_if_stopped
from scheduler.files.holidays_jp import public_holidays
from scheduler.files.paths import make_folder
from scheduler.files.problems import WORKBOOK
from scheduler.files.saving import prepare
from scheduler.files.validation import JSON
from scheduler.solver.executors import NoCluster, Workers, cores, dask, local
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.times import parse_date
from scheduler.wording.translation import _

INPUTS = Path("inputs")
OUTPUTS = Path("outputs")
"""Default folders for files that are written."""

FORMATS = (WORKBOOK, JSON)

START = "--from"
"""The option for the first date that may change."""


def checked_output(given: Path | None, default: Path, of: Path | None = None) -> Path:
    """Return the path to write to, after checking that it can be written.

    The folder of ``default`` is created if missing; a folder named by the user is not.

    Parameters
    ----------
    of
        The input, which the output must not replace.

    Raises
    ------
    WrongUse
        If the path has another format, no folder, or is the input itself.
    OutputError
        If no file can be written there, or another process is writing it.
    """
    path = given or default
    if given is None:
        make_folder(default.parent)
    if path.suffix.lower() not in FORMATS:
        message = _("{path}: write to a file that ends in .xlsx or .json.")
    elif os.path.isdir(path):
        message = _("{path} is a folder; name a file in it.")
    elif not os.path.isdir(path.parent):
        message = _("{path}: there is no such folder; make it first.")
    elif of is not None and os.path.realpath(path) == os.path.realpath(of):
        message = _("{path} is the input itself; choose another name.")
    else:
        prepare(path)
        return path
    raise WrongUse(message.format(path=path))


def page_path(
    given: Path | None, source: Path, name: str, refusal: str | None = None
) -> Path:
    """Return the path of the workbook to write about a roster, after checking it.

    Parameters
    ----------
    given
        The path on the command line, if there is one.
    source
        The roster's file; the workbook is written beside it by default.
    name
        Default name without suffix; ``{name}`` in it stands for the roster's.
    refusal
        Error message for another format, with ``{path}``.

    Raises
    ------
    WrongUse
        If the path is not a workbook's, and as `checked_output` does.
    """
    default = source.with_name(name.format(name=source.stem) + WORKBOOK)
    path = checked_output(given, default=default, of=source)
    if path.suffix.lower() != WORKBOOK:
        message = refusal or _("{path}: write to a file that ends in .xlsx.")
        raise WrongUse(message.format(path=path))
    return path


def checked_folder(given: Path | None, default: Path) -> Path:
    """Return the folder to write into, created if missing.

    Missing parents are created for ``default`` only, not for ``given``.

    Raises
    ------
    WrongUse
        If it is a file, or its parent is missing.
    OutputError
        If it cannot be created.
    """
    folder = given or default
    if os.path.exists(folder) and not os.path.isdir(folder):
        message = _("{path} is a file; name a folder.")
    elif given is not None and not os.path.isdir(folder.absolute().parent):
        message = _("{path}: there is no such folder; make it first.")
    else:
        make_folder(folder)
        return folder
    raise WrongUse(message.format(path=folder))


def path_of_candidate(first: Path, number: int) -> Path:
    """Return the path of a candidate: beside the first, numbered from 1."""
    if number == 1:
        return first
    if first.suffix.lower() == JSON:
        return first.with_stem(f"{first.stem}-{number}")
    return first.with_stem(
        _("{name}-plan{number}").format(name=first.stem, number=number)
    )


def read_period(told: PeriodOptions) -> Period:
    """Return the period given by the options, with its public holidays.

    Raises
    ------
    WrongUse
        If the options give no period of 1 to 31 dates, or contradict each other.
    """
    month, first, last = told.month, told.first, told.last
    if (month is None) == (first is None) or (first is None) != (last is None):
        raise WrongUse(
            _("Give --month 2026-12, or --from 2026-12-21 and --to 2027-01-20.")
        )
    if month is not None:
        begin = _parsed(month, "%Y-%m", "2026-12")
        end = begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
    else:
        begin, end = (
            _parsed(text or "", "%Y-%m-%d", "2026-12-21") for text in (first, last)
        )
    try:
        return Period(first=begin, last=end, holidays=public_holidays(begin, end))
    except ValidationError as error:
        if any(one["loc"] for one in error.errors()):
            text = _("{year}: the year seems to be a slip.")
            raise WrongUse(text.format(year=begin.year)) from error
        raise WrongUse(_("A period has 1 to 31 dates, first to last.")) from error


def month_from(text: str) -> dt.date:
    """Return the first date of a month, from text such as 2027-04.

    Raises
    ------
    WrongUse
        If the text is no month.
    """
    return _parsed(text, "%Y-%m", "2027-04")


def _parsed(text: str, form: str, example: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, form).date()
    except ValueError as error:
        raise WrongUse(no_date_text(text, example)) from error


def no_date_text(text: str, example: object) -> str:
    """Return the message that a text is not a date, with an example."""
    message = _("“{text}” is no date; write it like {example}.")
    return message.format(text=text, example=example)


class DateReader:
    """Reads typed dates of a period and collects all mistakes in them."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._wrong: list[str] = []

    def read(
        self, option: str, text: str, after: dt.date | None = None
    ) -> dt.date | None:
        """Return the date that a text means; note a mistake if it means none.

        Parameters
        ----------
        option
            The option, for the message.
        after
            A missing part is filled in so that the date lies after this one.
        """
        date = parse_date(text, self._period, after)
        if date is None:
            self._wrong.append(f"{option}: {no_date_text(text, self._period.first)}")
        else:
            found = outside(self._period, date, ())
            self._wrong.extend(mistake_text(one) for one in found)
        return date

    def start(self, text: str | None) -> dt.date:
        """Return the first date that may change; that of the period if not given."""
        date = None if text is None else self.read(START, text)
        return date or self._period.first

    def check(self) -> None:
        """Raise `WrongUse` with all mistakes found so far, if there are any."""
        if self._wrong:
            raise WrongUse("\n".join(dict.fromkeys(self._wrong)))


def start_of(text: str | None) -> Words:
    """Return the first date that may change, as typed; empty if not given."""
    return Words(text, START, text) if text else Words()


@dataclass(frozen=True)
class Processes:
    """The processes that share the work of a command: local, or a Dask cluster.

    Attributes
    ----------
    processes
        Number of processes on this machine; one for each core if not given.
    address
        Address of the cluster's scheduler; local processes if not given.

    Raises
    ------
    WrongUse
        If both are given.
    """

    processes: int | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        if self.address is not None and self.processes is not None:
            raise WrongUse(_("Give either --processes or --dask."))

    @contextmanager
    def at_work(self, most: int | None = None) -> Iterator[Workers]:
        """Start the workers and yield them; they end with the command.

        Parameters
        ----------
        most
            Number of tasks: no more processes than that are started here.

        Raises
        ------
        WrongUse
            If the cluster cannot be used.
        """
        if self.address is not None:
            try:
                with dask(self.address) as workers:
                    yield workers
            except NoCluster as error:
                raise WrongUse(str(error)) from error
            return
        wanted = self.processes or cores()
        here = wanted if most is None else max(1, min(wanted, most))
        with local(here) as workers, called_if_stopped(workers.end):
            yield workers


def in_house(path: Path, source: Path, house: Path) -> Path:
    """Return the path for another house of what is written beside a roster.

    Parameters
    ----------
    path
        The path for the house whose roster is ``source``.
    house
        The other house's roster.
    """
    if house == source:
        return path
    name = path.stem.replace(source.stem, house.stem)
    return path.with_stem(name if name != path.stem else f"{name}-{house.stem}")
