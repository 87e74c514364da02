"""The page of whom to ask: for each absence that can be mended, the least changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.absences import Outcome
from scheduler.files.workbook.resilience.heat_map import FILLS
from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import print_setup
from scheduler.wording.findings import finding_text
from scheduler.wording.resilience import (
    asked_text,
    contracts_broken,
    request_texts,
    sign,
    work_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.absences import Dropout
    from scheduler.files.workbook.resilience.sheaf import Sheaf

COLUMNS = (14, 16, 22, 6, 13, 76, 42)

NAME = replace(LEFT, size=10, bold=True)
WHEN = replace(LEFT, bold=True)
ASKED = replace(LEFT, size=9)


def write_repairs(sheaf: Sheaf, sheet: Worksheet) -> None:
    """Fill the page, in order of time."""
    page = Page(sheaf.stylist, sheet, COLUMNS)
    page.title(_("Whom to ask if somebody drops out"))
    page.sentence(sheaf.origin, LEFT)
    page.sentence(
        _(
            "The way that asks fewest people, then changes fewest cells. Made anew for "
            "the day by `shotaki whatif`, with other ways to choose from."
        ),
        LEFT,
    )
    page.row += 1
    ways = [one for one in sheaf.resilience.dropouts if _has_way(one)]
    if not ways:
        page.sentence(_("There is no absence that others could mend."), LEFT)
        print_setup(sheet)
        return
    heads = page.row
    page.headings(
        (
            _("Date"),
            _("Who drops out"),
            _("Shift"),
            "",
            _("People and cells"),
            _("Who would be asked for what"),
            _("Beyond the contract"),
        )
    )
    for one in sorted(ways, key=lambda way: way.date):
        _way(sheaf, page, one)
    print_setup(sheet, title_rows=f"{heads}:{heads}")


def _has_way(one: Dropout) -> bool:
    return one.outcome in (Outcome.REPAIRABLE, Outcome.STRAINED)


def _way(sheaf: Sheaf, page: Page, one: Dropout) -> None:
    asked = list(request_texts(one, sheaf.problem))
    beyond = [
        finding_text(finding, sheaf.rulebook) for finding in contracts_broken(one)
    ]
    if not one.is_least:
        asked.append(_("(There may be a way that asks less.)"))
    fill = FILLS[one.outcome]
    page.line(
        (
            date_text(one.date),
            one.staff,
            work_text(one, sheaf.problem),
            sign(one),
            asked_text(one),
            "\n".join(asked),
            "\n".join(beyond) or None,
        ),
        (
            WHEN,
            NAME,
            LEFT,
            replace(CENTRE, bold=True, fill=fill),
            CENTRE,
            ASKED,
            LEFT,
        ),
    )
