"""The workbook over all offices (まとめ): a line for each, and all mistakes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from openpyxl import Workbook

from scheduler.audit.figures.summary import Verdict
from scheduler.domain.finding import Stance
from scheduler.files.saving import save
from scheduler.files.workbook.embedded import CONTENT, embed
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.roster import is_untouched
from scheduler.files.workbook.roster.content import content_digest
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT, Page
from scheduler.files.workbook.roster.words import period_text
from scheduler.files.workbook.styles import (
    ALARM_INK,
    GOOD,
    SATURDAY_INK,
    SHORT,
    WISH,
    Stylist,
    print_setup,
)
from scheduler.wording.batch import (
    certainty_text,
    counts_text,
    missing_text,
    remark_text,
    verdict_name,
)
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.audit.figures.summary import Office
    from scheduler.files.workbook.roster.page import Entry
    from scheduler.files.workbook.styles import Look

COLUMNS = (4, 18, 13, 10, 11, 11, 11, 8, 16, 6, 11, 20, 34)
MISTAKE_COLUMNS = (4, 26, 90)

LEVELS = (Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)
FILLS = {Verdict.LEGAL: GOOD, Verdict.SHORT: SHORT, Verdict.STOPPED: WISH}
"""Anything else is an alarm like a shortage."""

NAME = replace(LEFT, bold=True, size=9.5)
MISSING = replace(RIGHT, bold=True, ink=ALARM_INK)
YEN = replace(RIGHT, number="#,##0")
SECONDS = replace(RIGHT, number="0")
LINK = replace(LEFT, underline=True, ink=SATURDAY_INK)
LINK_COLUMN = 12


def write_batch(offices: Sequence[Office], path: Path) -> Path:
    """Write the workbook over all offices.

    Parameters
    ----------
    offices
        In the order of the lines.
    path
        Where to write.  A file of ours that nobody edited is replaced; any other, and
        one that is open, is left alone and the next free name taken.

    Returns
    -------
    Path
        Where the workbook stands.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    workbook = Workbook()
    stylist = Stylist(workbook)
    front = workbook.active
    front.title = _("All offices")
    _write_offices(Page(stylist, front, COLUMNS), offices, path.parent)
    if any(office.mistakes or office.warnings for office in offices):
        sheet = workbook.create_sheet(_("Mistakes and notes"))
        _write_mistakes(Page(stylist, sheet, MISTAKE_COLUMNS), offices)
    embed(workbook, {CONTENT: content_digest(workbook)})
    return save(writer_of(workbook), path, is_untouched)


def _write_offices(page: Page, offices: Sequence[Office], folder: Path) -> None:
    page.title(_("Rosters of all offices"))
    page.sentence(counts_text(offices), NAME)
    note = _(
        "Shortages are hours of people in sum. A deduction is an upper estimate of a"
        " month, where the office told its fees; thresholds are to be confirmed."
    )
    page.sentence(note, LEFT)
    page.row += 1
    heads = page.row
    page.headings(
        (
            "",
            _("Office"),
            _("Period"),
            _("Verdict"),
            _("Statutory shortage"),
            _("Musts of the office"),
            _("Contracts"),
            _("Wishes granted"),
            _("How sure that is"),
            _("Seconds"),
            _("Deduction, yen a month"),
            _("File"),
            _("Remarks"),
        )
    )
    for number, office in enumerate(offices, start=1):
        _write_office(page, number, office, folder)
    sheet = page.sheet
    sheet.freeze_panes = sheet.cell(heads + 1, 3)
    print_setup(sheet, title_rows=f"{heads}:{heads}")


def _write_office(page: Page, number: int, office: Office, folder: Path) -> None:
    fill = FILLS.get(office.verdict, SHORT)
    link = _link(office, folder)
    values: list[Entry] = [
        number,
        office.name or Path(office.source).name,
        "" if office.period is None else period_text(office.period),
        verdict_name(office.verdict),
        *_numbers(office),
        link or "",
        remark_text(office),
    ]
    looks: list[Look] = [
        CENTRE,
        NAME,
        CENTRE,
        replace(CENTRE, bold=True, fill=fill),
        *(MISSING if values[4 + place] not in ("0", "") else RIGHT for place in (0, 1)),
        RIGHT,
        CENTRE,
        LEFT,
        SECONDS,
        YEN,
        LINK if link else LEFT,
        LEFT,
    ]
    row = page.row
    page.line(values, looks)
    if link:
        # Relative, so that the folder may move; encoded as addresses are.
        page.sheet.cell(row, LINK_COLUMN).hyperlink = quote(link)


def _numbers(office: Office) -> list[Entry]:
    """Return what the summary of the roster says, in cells; blanks without one."""
    summary = office.summary
    if summary is None:
        return [*[""] * (len(LEVELS) + 2), round(office.seconds) or "", ""]
    cost = summary.shortage.cost
    return [
        *(missing_text(summary, level) for level in LEVELS),
        f"{summary.wishes_granted}/{summary.wishes_asked}",
        certainty_text(summary),
        round(office.seconds),
        "" if cost is None or cost.yen is None else cost.yen,
    ]


def _link(office: Office, folder: Path) -> str | None:
    """Return the roster's file as seen from the summary's folder."""
    if office.path is None:
        return None
    path = Path(office.path)
    return path.name if path.parent == folder else str(path)


def _write_mistakes(page: Page, offices: Sequence[Office]) -> None:
    page.title(_("Mistakes and notes"))
    note = _("A mistake keeps the roster from being made; a note does not.")
    page.sentence(note, LEFT)
    page.row += 1
    heads = page.row
    page.headings(("", _("Input"), _("What is wrong, and what to do")))
    for number, office in enumerate(offices, start=1):
        name = Path(office.source).name
        notes = (mistake_text(warning) for warning in office.warnings)
        told = [
            *map(mistake_text, office.mistakes),
            *(_("Note: {text}").format(text=text) for text in notes),
        ]
        for text in told:
            page.line((number, name, text), (CENTRE, LEFT, LEFT))
    print_setup(page.sheet, title_rows=f"{heads}:{heads}")
