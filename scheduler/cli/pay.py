"""The command `pay`: the figures of a month for the pay office."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli.arguments import page_path
from scheduler.cli.session import Session, worded
from scheduler.domain.errors import Exit
from scheduler.files.actual.pay_table import write_pay_csv
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.papers import pay_paper
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
    paper = pay_paper(month, as_planned=as_planned)
    written = session.keep(paper.write, path)
    listed = write_pay_csv(
        month.problem, paper.table, paper.edition, written.with_suffix(CSV)
    )
    code = session.code(Exit.DONE)
    session.say(_("For the pay office, {edition}:").format(edition=paper.edition))
    session.say_all(f"- {text}" for text in paper.alarms)
    session.say_written(_("Written: {path}"), written, path)
    session.say(_("Written: {path}").format(path=listed))
    session.give(
        exit=code,
        path=written,
        csv=listed,
        edition=paper.edition,
        people=[worded(one) for one in paper.people],
    )
    return code
