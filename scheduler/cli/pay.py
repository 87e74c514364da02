"""The command `pay`: the figures of a month for the pay office."""

from __future__ import annotations

from pathlib import Path

from scheduler.audit.figures.pay import pay_months
from scheduler.audit.papers.statutory import Edition
from scheduler.cli.arguments import page_path
from scheduler.cli.session import Session, worded
from scheduler.domain.errors import Exit
from scheduler.files.actual.pay_table import pay_table, write_pay_csv
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.workbook.pay import write_pay
from scheduler.wording.pay import pay_alarms, pay_notes
from scheduler.wording.statutory import edition_name
from scheduler.wording.translation import _

CSV = ".csv"


def write_for_pay(
    session: Session, source: Path, output: Path | None, *, as_planned: bool
) -> Exit:
    """Write the sheet and the CSV for the pay office.

    Parameters
    ----------
    source
        The roster's file.
    output
        The workbook to write; beside the roster if not given.  The CSV stands beside
        it.
    as_planned
        Whether the plan is counted, also of a month that was worked.
    """
    month = roster_as_worked(source)
    path = page_path(output, source, _("{name}-pay"))
    is_plan = as_planned or not month.is_worked
    edition = edition_name(Edition.PLANNED if is_plan else Edition.ACTUAL)
    months = pay_months(month, as_planned=is_plan)
    table = pay_table(month.problem, months)
    alarms = tuple(pay_alarms(month, months))
    written = session.keep(
        lambda place: write_pay(
            month.problem,
            table,
            place,
            edition=edition,
            alarms=alarms,
            notes=tuple(pay_notes(month, as_planned=is_plan)),
        ),
        path,
    )
    listed = write_pay_csv(month.problem, table, edition, written.with_suffix(CSV))
    code = session.code(Exit.DONE)
    session.say(_("For the pay office, {edition}:").format(edition=edition))
    session.say_all(f"- {text}" for text in alarms)
    session.say_written(_("Written: {path}"), written, path)
    session.say(_("Written: {path}").format(path=listed))
    session.give(
        exit=code,
        path=written,
        csv=listed,
        edition=edition,
        people=[worded(one) for one in months],
    )
    return code
