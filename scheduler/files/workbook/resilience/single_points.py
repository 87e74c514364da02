"""The page of single points of failure: who may not drop out when, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.absences import Outcome
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT, Page
from scheduler.files.workbook.roster.words import amount_text, article, title
from scheduler.files.workbook.styles import (
    ALARM_INK,
    GOOD,
    SHORT,
    WISH,
    Look,
    print_setup,
)
from scheduler.wording.findings import detail_text, when_text
from scheduler.wording.resilience import (
    able_text,
    singles_text,
    what_breaks,
    work_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.absences import Dropout
    from scheduler.domain.finding import Finding
    from scheduler.files.workbook.resilience.sheaf import Sheaf
    from scheduler.files.workbook.roster.page import Entry

COLUMNS = (4, 12, 14, 20, 6, 30, 25, 22, 11, 30)

NONE = Look(size=11, bold=True, fill=GOOD, across="left")
OPEN = replace(NONE, fill=WISH)
SOME = replace(NONE, fill=SHORT, ink=ALARM_INK)
NAME = replace(LEFT, size=10, bold=True)
WHEN = replace(LEFT, bold=True)
AMOUNT = replace(RIGHT, bold=True, ink=ALARM_INK)


def write_single_points(sheaf: Sheaf, sheet: Worksheet) -> None:
    """Fill the page."""
    page = Page(sheaf.stylist, sheet, COLUMNS)
    page.title(_("Single points of failure"))
    page.sentence(sheaf.origin, LEFT)
    found = sheaf.resilience.single_points
    is_open = sheaf.resilience.count(Outcome.UNDECIDED) > 0
    look = SOME if found else OPEN if is_open else NONE
    page.sentence(singles_text(sheaf.resilience), look)
    note = _(
        "What breaks is that which stays broken in the best way found. Who else may do "
        "the work is by qualification and contract alone: leave, rest and other shifts "
        "are what stands in their way."
    )
    page.sentence(note, LEFT)
    page.row += 1
    if found:
        heads = page.row
        page.headings(
            (
                "",
                _("Date"),
                _("Name"),
                _("Shift"),
                _("Rule"),
                _("Limit"),
                _("Source"),
                _("Date and time"),
                _("Missing"),
                _("Who else may do it"),
            )
        )
        for number, one in enumerate(found, start=1):
            _point(sheaf, page, number, one)
        print_setup(sheet, title_rows=f"{heads}:{heads}")
    else:
        print_setup(sheet)
    _undecided(sheaf, page)


def _point(sheaf: Sheaf, page: Page, number: int, one: Dropout) -> None:
    """Write a single point, a line for each limit that breaks."""
    who: tuple[Entry, ...] = (
        number,
        date_text(one.date),
        one.staff,
        work_text(one, sheaf.problem),
    )
    for place, finding in enumerate(what_breaks(one)):
        looks = [CENTRE, WHEN, NAME, LEFT, CENTRE, LEFT, LEFT, WHEN, AMOUNT, LEFT]
        if place == 0:
            looks = [replace(look, edge="group") for look in looks]
        own = who if place == 0 else (None,) * len(who)
        page.line((*own, *_limit(sheaf, one, finding)), looks)


def _limit(sheaf: Sheaf, one: Dropout, finding: Finding) -> tuple[Entry, ...]:
    rule = sheaf.rulebook[finding.rule]
    facet = rule.facet[finding.facet]
    detail = detail_text(finding)
    name = f"{title(rule)}: {title(facet)}"
    return (
        finding.rule,
        f"{name} ({detail})" if detail else name,
        article(rule, finding.facet),
        when_text(finding) or _("whole period"),
        amount_text(facet.unit, finding.amount),
        able_text(finding, one, sheaf.problem, sheaf.rulebook),
    )


def _undecided(sheaf: Sheaf, page: Page) -> None:
    """Name the absences that were not decided: they may be single points as well."""
    found = [
        one for one in sheaf.resilience.dropouts if one.outcome is Outcome.UNDECIDED
    ]
    if not found:
        return
    page.section(_("Undecided"))
    told = _("{date} {name} ({shift})")
    text = "、".join(
        told.format(
            date=date_text(one.date),
            name=one.staff,
            shift=work_text(one, sheaf.problem),
        )
        for one in found
    )
    page.sentence(text, LEFT)
