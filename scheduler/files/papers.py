"""Papers made of a roster as it was worked, for whoever asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.pay import PayMonth, pay_months
from scheduler.audit.figures.people import with_work_elsewhere
from scheduler.audit.papers.statutory import (
    Edition,
    StatutoryTable,
    TableSpan,
    statutory_tables,
)
from scheduler.files.actual.pay_table import PayTable, pay_table
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.workbook.pay import write_pay
from scheduler.files.workbook.statutory import write_tables
from scheduler.wording.actual import pay_alarms, pay_notes
from scheduler.wording.statutory import edition_name, worked_from

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from scheduler.domain.actual import AsWorked
    from scheduler.domain.record import RosterFile


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
    people = tuple(pay_months(month, as_planned=is_plan))
    return PayPaper(
        month,
        edition_name(Edition.PLANNED if is_plan else Edition.ACTUAL),
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
    def remarks(self) -> dict[Edition, str]:
        """A sentence on what the table as worked is taken from."""
        return {Edition.ACTUAL: worked_from(self.month)}

    def write(self, path: Path) -> Path:
        """Write the workbook; return where it is."""
        return write_tables(
            with_work_elsewhere(self.month.problem, self.month.roster),
            self.tables,
            path,
            made_on=self.made_on,
            remarks=self.remarks,
            roster=self.month.roster,
        )


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
    path, file
        The file, and what was read from it.
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
