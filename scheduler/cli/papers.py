"""The command `papers`: the statutory staffing table of a roster."""

from __future__ import annotations

from pathlib import Path

from scheduler.audit.papers.statutory import Edition, TableSpan
from scheduler.cli.arguments import page_path
from scheduler.cli.form import write_form
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.files.actual.record import roster_as_worked
from scheduler.files.papers import statutory_paper
from scheduler.files.rosters import read_roster
from scheduler.wording.statutory import equivalents_text
from scheduler.wording.translation import _


def write_papers(
    session: Session,
    source: Path,
    output: Path | None,
    form: Path | None = None,
    *,
    four_weeks: bool,
    actual: bool,
) -> Exit:
    """Write the table, and print what it counts.

    Parameters
    ----------
    source
        The roster's file.
    output
        The workbook to write; beside the roster if not given.
    form
        The office's own copy of a form, which is filled instead (`cli.form`).
    four_weeks
        Whether the table covers four weeks instead of the calendar month.
    actual
        Whether the table as worked is written even if nothing was changed.
    """
    file = read_roster(source)
    span = TableSpan.FOUR_WEEKS if four_weeks else TableSpan.MONTH
    if form is not None:
        month = roster_as_worked(source, file)
        return write_form(
            session, month, source, form, output, span=span, actual=actual
        )
    path = page_path(output, source, _("{name}-staffing table"))
    paper = statutory_paper(source, file, span, actual=actual)
    tables = paper.tables
    written = session.keep(paper.write, path)
    session.say_written(_("Staffing table written: {path}"), written, path)
    for table in tables:
        session.say(equivalents_text(table))
    if not any(table.edition is Edition.ACTUAL for table in tables):
        session.say(
            _(
                "Nothing was changed since the period began: there is only the plan. "
                "With --actual the same table is written as worked."
            )
        )
    if not all(table.is_whole for table in tables):
        session.say(
            _(
                "A table does not cover a whole calendar month, or four weeks: the "
                "figures are of its dates alone."
            )
        )
    session.say(_("The layout is our own (to be confirmed with your municipality)."))
    code = session.code(Exit.DONE)
    session.give(exit=code, path=written, tables=list(tables))
    return code
