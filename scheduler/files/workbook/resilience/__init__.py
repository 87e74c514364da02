"""The workbook of how a roster stands absences (欠勤マップ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook

from scheduler.domain.absences import Outcome
from scheduler.files.saving import save
from scheduler.files.workbook.embedded import CONTENT, embed
from scheduler.files.workbook.package import writer_of
from scheduler.files.workbook.resilience.heat_map import FILLS, Sheaf, write_map
from scheduler.files.workbook.roster import is_untouched
from scheduler.files.workbook.roster.content import content_digest
from scheduler.files.workbook.roster.page import CENTRE, LEFT, RIGHT, Page
from scheduler.files.workbook.roster.words import amount_text, article, title
from scheduler.files.workbook.styles import (
    ALARM_INK,
    GOOD,
    SHORT,
    WISH,
    Look,
    Stylist,
    print_setup,
)
from scheduler.rulebook import load
from scheduler.wording.findings import detail_text, finding_text, when_text
from scheduler.wording.resilience import (
    able_text,
    asked_text,
    contracts_broken,
    request_texts,
    sign,
    singles_text,
    what_breaks,
    work_text,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.absences import Dropout, Resilience
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.roster.page import Entry


__all__ = ["write_resilience"]


def write_resilience(
    problem: Problem,
    resilience: Resilience,
    path: Path,
    *,
    source: str,
    first: dt.date,
) -> Path:
    """Write the map, the single points of failure, and what would mend the rest.

    Parameters
    ----------
    problem, resilience
        The month, and what each absence would do.
    path
        Where to write.  A file of ours that nobody edited is replaced; any other, and
        one that is open, is left alone and the next free name taken.
    source
        Name of the roster's file.
    first
        Date from which on absences were looked at.

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
    sheaf = Sheaf(
        stylist=Stylist(workbook),
        problem=problem,
        resilience=resilience,
        rulebook=load(problem.period),
        source=source,
        first=first,
    )
    front = workbook.active
    front.title = _("Absence map")
    write_map(sheaf, front)
    write_single_points(sheaf, workbook.create_sheet(_("Single points of failure")))
    write_repairs(sheaf, workbook.create_sheet(_("Whom to ask")))
    embed(workbook, {CONTENT: content_digest(workbook)})
    return save(writer_of(workbook), path, is_untouched)


POINT_COLUMNS = (4, 12, 14, 20, 6, 30, 25, 22, 11, 30)

NONE = Look(size=11, bold=True, fill=GOOD, across="left")
OPEN = replace(NONE, fill=WISH)
SOME = replace(NONE, fill=SHORT, ink=ALARM_INK)
NAME = replace(LEFT, size=10, bold=True)
WHEN = replace(LEFT, bold=True)
AMOUNT = replace(RIGHT, bold=True, ink=ALARM_INK)


def write_single_points(sheaf: Sheaf, sheet: Worksheet) -> None:
    """Fill the page."""
    page = Page(sheaf.stylist, sheet, POINT_COLUMNS)
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


WAY_COLUMNS = (14, 16, 22, 6, 13, 76, 42)

ASKED = replace(LEFT, size=9)


def write_repairs(sheaf: Sheaf, sheet: Worksheet) -> None:
    """Fill the page, in order of time."""
    page = Page(sheaf.stylist, sheet, WAY_COLUMNS)
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
