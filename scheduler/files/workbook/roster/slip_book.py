"""Personal slips as a sheet of the roster workbook, and as a workbook of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.audit.figures.people import people
from scheduler.files.workbook.embedded import CONTENT, embed
from scheduler.files.workbook.roster.book import Grid
from scheduler.files.workbook.roster.content import content_digest
from scheduler.files.workbook.roster.slip_cells import LiveCells, WrittenCells
from scheduler.files.workbook.roster.slips import AS_WISHED, Slips, write_slips
from scheduler.files.workbook.roster.words import full_date_text
from scheduler.files.workbook.styles import Stylist
from scheduler.rulebook import load
from scheduler.wording.reasons import own_reason_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.advice import Reason
    from scheduler.domain.base import StaffId
    from scheduler.domain.record import RosterFile
    from scheduler.domain.requests import Request
    from scheduler.files.workbook.roster.book import Book
    from scheduler.rulebook import Rulebook


def write_live_slips(book: Book, sheet: Worksheet) -> None:
    """Fill the sheet of slips; it follows edits of the break-room sheet."""
    made_at = book.roster.made_at
    slips = Slips(
        stylist=book.stylist,
        problem=book.problem,
        months=book.month_of,
        cells=LiveCells(book),
        reasons=_reasons(book.roster.reasons, book.rulebook),
        issued=_issued(made_at) if made_at else "",
        note=_(
            "Follows edits of the roster by hand, but for {mark} and the wishes below."
            " `shotaki slips` makes them anew."
        ).format(mark=AS_WISHED),
    )
    write_slips(slips, sheet, book.grid.members)


def build_slips(
    file: RosterFile, names: Collection[StaffId], edited: dt.datetime | None
) -> Workbook:
    """Make a workbook of slips alone, unsaved: the roster as it stands, no formulas.

    Parameters
    ----------
    file
        The roster read back.
    names
        Whose slips.
    edited
        When the roster was edited after it was issued, if it was.
    """
    problem = file.problem
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = _("Personal slips")
    months = {month.staff: month for month in people(problem, file.roster)}
    issued = [_issued(file.plan.made_at)] if file.plan.made_at else []
    if edited is not None:
        issued.append(_("edited {date}").format(date=full_date_text(edited)))
    slips = Slips(
        stylist=Stylist(workbook),
        problem=problem,
        months=months,
        cells=WrittenCells(problem, file.roster, months),
        reasons=_reasons(file.plan.reasons, load(problem.period)),
        issued="   ".join(issued),
    )
    members = [m for m in Grid(problem).members if m.name in names]
    write_slips(slips, sheet, members)
    embed(workbook, {CONTENT: content_digest(workbook)})
    return workbook


def _issued(date: dt.date) -> str:
    return _("issued {date}").format(date=full_date_text(date))


def _reasons(reasons: Iterable[Reason], rulebook: Rulebook) -> dict[Request, str]:
    return {reason.request: own_reason_text(reason, rulebook) for reason in reasons}
