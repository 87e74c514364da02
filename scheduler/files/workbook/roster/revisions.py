"""The record of changes (変更の記録): versions, what happened, who was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR
from scheduler.domain.revision import FIRST
from scheduler.files.workbook.roster.change_table import write_changes_table
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.roster.words import full_date_text
from scheduler.files.workbook.styles import BAND, print_setup
from scheduler.wording.names import cells_text
from scheduler.wording.plans import scenario_texts, version_name
from scheduler.wording.times import clock_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.revision import Revision
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (16, 20, 30, 30, 22, 14)
"""Version, when, what had happened, why, who was asked, how many cells; below, the
first four: date, name, before, after."""
VERSION = replace(CENTRE, size=10, bold=True, fill=BAND)
NONE = "-"


def write_revisions(book: Book, sheet: Worksheet) -> None:
    """Fill the page of a roster's versions."""
    page = Page(book.stylist, sheet, COLUMNS)
    revisions = book.roster.revisions
    name = version_name(book.roster.version)
    page.title(_("Record of changes; this is {version}").format(version=name))
    note = _("The versions before lie in files of their own beside this one.")
    page.sentence(note, LEFT)
    page.row += 1
    _versions(book, page, revisions)
    for revision in reversed(revisions):
        page.section(
            _("What changed in {version}").format(
                version=version_name(revision.version)
            )
        )
        write_changes_table(book, page, revision.changes)
    print_setup(sheet)


def _versions(book: Book, page: Page, revisions: tuple[Revision, ...]) -> None:
    page.headings(
        (
            _("Version"),
            _("Accepted"),
            _("What has happened"),
            _("Why"),
            _("Who was asked"),
            _("Cells changed"),
        )
    )
    looks = (VERSION, LEFT, LEFT, LEFT, LEFT, CENTRE)
    first = (version_name(FIRST), NONE, _("the roster as it was first made"))
    page.line((*first, NONE, NONE, NONE), looks)
    for revision in revisions:
        page.line(
            (
                version_name(revision.version),
                _moment(revision.accepted_at),
                "\n".join(scenario_texts(revision.scenario, book.problem)),
                revision.why or NONE,
                "\n".join(revision.asked) or _("nobody"),
                cells_text(len(revision.changes)),
            ),
            looks,
        )


def _moment(when: dt.datetime) -> str:
    """Write when a version was accepted: date with its year, and clock time."""
    minutes = when.hour * HOUR + when.minute
    return f"{full_date_text(when)} {clock_text(minutes)}"
