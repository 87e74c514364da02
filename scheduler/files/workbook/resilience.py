"""The workbook of the absence map (欠勤マップ): what each absence would do to a roster.

After the map come the single points of failure, with the limits that break, and the
people to ask for each absence that can be repaired.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.problem import Problem
from scheduler.files.workbook.absence_map import FILLS, MapContext, write_map
from scheduler.files.workbook.embedded import save_sealed
from scheduler.files.workbook.page import Entry, Page, Pages, TableColumn
from scheduler.files.workbook.styles import BOLD, CENTRE, LEFT, MISSING, Fill, Ink, Look
from scheduler.rulebook import rules_of
from scheduler.wording.findings import (
    amount_of,
    detail_text,
    finding_text,
    limit_text,
    source_text,
    when_text,
)
from scheduler.wording.names import sheet_note
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


def write_resilience(
    problem: Problem,
    resilience: Resilience,
    path: Path,
    *,
    source: str,
    first: dt.date,
) -> Path:
    """Write map, single points of failure and repairs of the others; return where.

    Raises
    ------
    OutputError
        If no file can be written there.
    """
    pages = Pages()
    rulebook = rules_of(problem)
    context = MapContext(problem, resilience, rulebook, source, first)
    for title, write in (
        (_("Absence map"), write_map),
        (_("Single points of failure"), _write_single_points),
        (_("Whom to ask"), _write_repairs),
    ):
        write(context, pages.add(title))
    return save_sealed(pages.workbook, path)


POINT_COLUMNS = (4, 12, 14, 20, 30, 25, 22, 11, 30)

NONE = Look(size=11, bold=True, fill=Fill.GOOD, across="left")
OPEN = replace(NONE, fill=Fill.WISH)
SOME = replace(NONE, fill=Fill.SHORT, ink=Ink.ALARM)
NAME = replace(LEFT, size=10, bold=True)
POINT_LOOKS = (CENTRE, BOLD, NAME, LEFT, LEFT, LEFT, BOLD, MISSING, LEFT)


def _write_single_points(context: MapContext, page: Page) -> None:
    """Fill the page of single points of failure."""
    page.widths(POINT_COLUMNS)
    page.title(_("Single points of failure"))
    page.sentence(context.origin)
    found = context.resilience.single_points
    undecided = [
        one for one in context.resilience.dropouts if one.outcome is Outcome.UNDECIDED
    ]
    look = SOME if found else OPEN if undecided else NONE
    page.sentence(singles_text(context.resilience), look)
    page.sentence(sheet_note("single_points"))
    page.row += 1
    heads = page.row if found else 0
    if found:
        page.headings(
            (
                "",
                _("Date"),
                _("Name"),
                _("Shift"),
                _("Limit"),
                _("Source"),
                _("Date and time"),
                _("Missing"),
                _("Who else may do it"),
            )
        )
    for number, one in enumerate(found, start=1):
        _point(context, page, number, one)
    page.finish(heads)
    if undecided:
        # Listed, because an undecided absence may be a single point too.
        page.section(_("Undecided"))
        told = _("{date} {name} ({shift})")
        texts = (
            told.format(
                date=date_text(one.date),
                name=one.staff,
                shift=work_text(one, context.problem),
            )
            for one in undecided
        )
        page.sentence("、".join(texts))


def _point(context: MapContext, page: Page, number: int, one: Dropout) -> None:
    """Write a single point of failure, with a line for each limit that breaks."""
    problem, rulebook = context.problem, context.rulebook
    who: tuple[Entry, ...]
    who = (number, date_text(one.date), one.staff, work_text(one, problem))
    looks = [replace(look, edge="group") for look in POINT_LOOKS]
    for finding in what_breaks(one):
        rule = rulebook[finding.rule]
        limit = (
            limit_text(rule, finding.facet, detail_text(finding)),
            source_text(rule, finding.facet),
            when_text(finding) or _("whole period"),
            amount_of(rulebook, finding, finding.amount),
            able_text(finding, one, problem, rulebook),
        )
        page.line((*who, *limit), looks)
        who, looks = (None,) * len(who), [*POINT_LOOKS]


WAY_COLUMNS = (14, 16, 22, 6, 13, 76, 42)
ASKED = replace(LEFT, size=9)


def _write_repairs(context: MapContext, page: Page) -> None:
    """Fill the page of whom to ask: the least repair of each absence, by date."""
    page.widths(WAY_COLUMNS)
    page.title(_("Whom to ask if somebody drops out"))
    page.sentence(context.origin)
    page.sentence(sheet_note("whom_to_ask"))
    page.row += 1
    mended = (Outcome.REPAIRABLE, Outcome.STRAINED)
    ways = [one for one in context.resilience.dropouts if one.outcome in mended]
    heads = page.row if ways else 0
    if ways:
        page.table(_ways(context), sorted(ways, key=lambda way: way.date))
    else:
        page.sentence(_("There is no absence that others could mend."))
    page.finish(heads)


def _ways(context: MapContext) -> tuple[TableColumn[Dropout], ...]:
    problem, rulebook = context.problem, context.rulebook

    def asked(one: Dropout) -> str:
        texts = list(request_texts(one, problem))
        if not one.is_least:
            texts.append(_("(There may be a way that asks less.)"))
        return "\n".join(texts)

    def beyond(one: Dropout) -> str:
        return "\n".join(finding_text(f, rulebook) for f in contracts_broken(one))

    def mark(one: Dropout) -> Look:
        return replace(CENTRE, bold=True, fill=FILLS[one.outcome])

    return (
        TableColumn(_("Date"), lambda one: date_text(one.date), BOLD),
        TableColumn(_("Who drops out"), lambda one: one.staff, NAME),
        TableColumn(_("Shift"), lambda one: work_text(one, problem)),
        TableColumn("", sign, mark),
        TableColumn(_("People and cells"), asked_text, CENTRE),
        TableColumn(_("Who would be asked for what"), asked, ASKED),
        TableColumn(_("Beyond the contract"), beyond),
    )
