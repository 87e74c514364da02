"""Papers made of a roster: of a worked month, and wall sheets as PDF by LibreOffice."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scheduler.audit.figures.pay import PayMonth, pay_months
from scheduler.audit.figures.people import with_work_elsewhere
from scheduler.audit.papers.statutory import (
    Edition,
    StatutoryTable,
    TableSpan,
    statutory_tables,
)
from scheduler.domain.actual import AsWorked
from scheduler.domain.errors import OutputError
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.files.actual.pay import PayTable, pay_table, write_pay
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.saving import Unsaved, save_all
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.forms.fill import FilledForm, Form, fill_form
from scheduler.files.workbook.forms.map import FormMap
from scheduler.files.workbook.package import bytes_of
from scheduler.files.workbook.roster.write import build_wall_print
from scheduler.files.workbook.statutory import build_tables
from scheduler.files.workbook.styles import OURS, PAPER_A3, PAPER_A4
from scheduler.wording.actual import pay_alarms, pay_notes
from scheduler.wording.names import name_of
from scheduler.wording.statutory import worked_from
from scheduler.wording.translation import _


class PayPaper(NamedTuple):
    """The figures for the pay office, with what is not settled and what they mean."""

    month: AsWorked
    edition: str
    people: tuple[PayMonth, ...]
    table: PayTable
    alarms: tuple[str, ...]
    notes: tuple[str, ...]

    def write(self, path: Path) -> Path:
        """Write the sheet; return where it is."""
        return write_pay(
            self.month.problem,
            self.table,
            path,
            edition=self.edition,
            alarms=self.alarms,
            notes=self.notes,
        )


def pay_paper(month: AsWorked, *, as_planned: bool = False) -> PayPaper:
    """Return the figures of a month as it was worked, or as planned if it was not."""
    is_plan = as_planned or not month.is_worked
    homes = {one.name: one.home for one in month.problem.staff}
    # Another office pays those whom it employs, also for their days here.
    people = tuple(
        one for one in pay_months(month, as_planned=is_plan) if not homes[one.staff]
    )
    return PayPaper(
        month,
        name_of(Edition.PLANNED if is_plan else Edition.ACTUAL),
        people,
        pay_table(month.problem, people),
        tuple(pay_alarms(month, people)),
        tuple(pay_notes(month, as_planned=is_plan)),
    )


class StatutoryPaper(NamedTuple):
    """The staffing tables of the plan, and of the month as worked if it is another."""

    month: AsWorked
    tables: tuple[StatutoryTable, ...]
    made_on: dt.date | None

    @property
    def problem(self) -> Problem:
        """The month, with what its people work in other offices."""
        return with_work_elsewhere(self.month.problem, self.month.roster)

    @property
    def remarks(self) -> dict[Edition, str]:
        """A sentence on what the table as worked is taken from."""
        return {Edition.ACTUAL: worked_from(self.month)}

    def write(self, path: Path) -> Path:
        """Write the workbook; return where it is."""
        book = build_tables(
            self.problem,
            self.tables,
            made_on=self.made_on,
            remarks=self.remarks,
            roster=self.month.roster,
        )
        return save_sealed(book, path)


def statutory_paper(
    path: Path,
    file: RosterFile,
    span: TableSpan = TableSpan.MONTH,
    *,
    actual: bool = False,
) -> StatutoryPaper:
    """Return the staffing tables of a roster's file.

    Parameters
    ----------
    span
        Whether they cover the calendar month or four weeks.
    actual
        Whether there is a table as worked even if nothing was changed.
    """
    month, made = roster_as_worked(path, file), file.plan.made_at
    tables = tuple(_tables(month, span, actual=actual))
    return StatutoryPaper(month, tables, made.date() if made else None)


def _tables(
    month: AsWorked, span: TableSpan, *, actual: bool
) -> Iterator[StatutoryTable]:
    yield from statutory_tables(month.problem, month.plan, Edition.PLANNED, span)
    if actual or month.is_actual or month.plan.fingerprint != month.roster.fingerprint:
        yield from statutory_tables(month.problem, month.roster, Edition.ACTUAL, span)


FOUR_WEEKS = 28


class FormPaper(NamedTuple):
    """An office's own form with the staffing table in it, for each calendar month.

    Attributes
    ----------
    is_shorter
        Whether the form has four weeks only where the calendar month was asked for.
    """

    edition: Edition
    tables: tuple[StatutoryTable, ...]
    filled: tuple[FilledForm, ...]
    is_shorter: bool

    @property
    def titles(self) -> tuple[str, ...]:
        """Names for the files, with ``{name}`` for that of the roster's."""
        name = _("{name}-form ({edition})")
        name = name.replace("{edition}", name_of(self.edition))
        if len(self.tables) == 1:
            return (name,)
        return tuple(f"{name} {table.dates[0]:%m}" for table in self.tables)


def form_paper(
    month: AsWorked,
    form: Form,
    layout: FormMap,
    span: TableSpan = TableSpan.MONTH,
    *,
    actual: bool = False,
) -> FormPaper:
    """Fill an office's form, of four weeks if it has no room for more.

    Raises
    ------
    InputError
        If something stands in the way of filling it.
    """
    edition = Edition.ACTUAL if actual else Edition.PLANNED
    roster = month.roster if actual else month.plan
    is_shorter = layout.days == FOUR_WEEKS and span is TableSpan.MONTH
    tables = statutory_tables(
        month.problem, roster, edition, TableSpan.FOUR_WEEKS if is_shorter else span
    )
    told = with_work_elsewhere(month.problem, roster)
    filled = tuple(fill_form(form, layout, told, table) for table in tables)
    return FormPaper(edition, tuple(tables), filled, is_shorter)


PAPERS = {"A3": PAPER_A3, "A4": PAPER_A4}

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    *(
        os.path.join(os.environ.get(name, ""), "LibreOffice/program/soffice.com")
        for name in ("ProgramFiles", "ProgramFiles(x86)")
    ),
)
"""Where LibreOffice is installed without being on the path."""

SECONDS = 180
"""Most seconds for LibreOffice; the first start on a slow computer takes one minute."""

_AUTHOR = OURS.encode("utf-16-be").hex().encode()
"""Our name as it stands among a PDF's properties: as UTF-16, in hexadecimal."""


def libre_office() -> str | None:
    """Return the program of LibreOffice, or ``None`` if there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in PLACES if os.path.isfile(place)), None)


def wall_path(path: Path, paper: str) -> Path:
    """Return the name of the PDF of a roster's wall sheet, beside the roster."""
    word = _("Wall sheet")
    return path.with_name(f"{path.stem}-{word}{paper}.pdf")


def write_wall_prints(
    file: RosterFile, path: Path, program: str, month: AsWorked | None = None
) -> tuple[Path, ...]:
    """Write the wall sheet of a roster, hand edits included, as PDF on A3 and A4.

    Parameters
    ----------
    path
        The roster's file, beside which they are written.
    month
        The month as it was worked, where it has begun.

    Raises
    ------
    OutputError
        If LibreOffice fails, or a file cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="shotaki-") as folder:
        made = list(_made(file, Path(folder), program, month))
    return save_all(
        [
            Unsaved(data, wall_path(path, paper), _is_ours)
            for paper, data in zip(PAPERS, made, strict=True)
        ]
    )


def _made(
    file: RosterFile, folder: Path, program: str, month: AsWorked | None
) -> Iterator[bytes]:
    names = []
    for paper, size in PAPERS.items():
        workbook = build_wall_print(file, size, month)
        workbook.properties.creator = OURS
        (folder / f"{paper}.xlsx").write_bytes(bytes_of(workbook))
        names.append(f"{paper}.xlsx")
    # A profile of its own: with the user's, a LibreOffice that is open would take
    # the order and end at once.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    line = [program, profile, "--headless", "--convert-to", "pdf", *names]
    failed = _("LibreOffice made no PDF of the wall sheet. Print it from the workbook.")
    try:
        subprocess.run(
            line,
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )
        for paper in PAPERS:
            yield (folder / f"{paper}.pdf").read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        raise OutputError(failed) from error


def _is_ours(path: Path) -> bool:
    """Tell whether a file is a PDF that this module has written."""
    data = path.read_bytes()
    return data.startswith(b"%PDF") and _AUTHOR in data.lower()
