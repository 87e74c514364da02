"""The absence map (欠勤マップ): people and dates, marked by sign and by colour."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from scheduler.domain.absences import Dropout, Outcome, Resilience
from scheduler.domain.problem import Problem
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import day_fill, write_date_heads
from scheduler.files.workbook.page import LINE_POINTS, Page, lines_of
from scheduler.files.workbook.roster.book import RosterGrid
from scheduler.files.workbook.styles import HEAD, NOTE, TITLE, Edge, Fill, Ink, Look
from scheduler.rulebook import Rulebook
from scheduler.wording.names import name_of, role_name
from scheduler.wording.resilience import (
    kind_sign,
    meaning_text,
    percent_text,
    score_definition,
    score_text,
    sign,
    singles_text,
)
from scheduler.wording.times import period_text
from scheduler.wording.translation import _

ROLE_COLUMN = 1
NAME_COLUMN = 2
FIRST_DATE_COLUMN = 3
HEAD_ROW = 7
"""Row of the dates; below it the weekdays, then the people."""

ROLE_WIDTH, NAME_WIDTH, DATE_WIDTH, COUNT_WIDTH = 9.0, 15.0, 3.6, 5.0
HEAD_HEIGHT, ROW_HEIGHT, FOOT_HEIGHT = 15, 19, 15

REPAIRS = ((2, Fill.WISH), (5, Fill.MORE))
"""Colours of repairs, by the most cells that they change."""

FILLS = {
    Outcome.COVERED: Fill.GOOD,
    Outcome.REPAIRABLE: Fill.WISH,
    Outcome.STRAINED: Fill.STRAIN,
    Outcome.UNDECIDED: Fill.SURPLUS,
    Outcome.FATAL: Fill.SHORT,
}
SCORE = Look(size=12, bold=True, edge="none", across="left")
ALARM = replace(SCORE, size=10, ink=Ink.ALARM)
SENTENCE = Look(size=9, edge="none", across="left", wrap=True)
SIGN = Look(size=11, bold=True)
BLANK = Look(size=9)
COUNT = Look(size=9, shrink=True)
LABEL = Look(size=8, bold=True, fill=Fill.HEADING, across="left", shrink=True)


@dataclass(frozen=True)
class MapContext:
    """The data from which every sheet of an absence map's workbook is written.

    Attributes
    ----------
    source
        Name of the roster's file.
    first
        First date whose absences were examined.
    """

    problem: Problem
    resilience: Resilience
    rulebook: Rulebook
    source: str
    first: dt.date

    @property
    def origin(self) -> str:
        """Return a line with the office, the period and the roster's file."""
        office, period = self.problem.office, self.problem.period
        told = _("{office}   {period}   roster: {file}")
        return told.format(
            office=office.name, period=period_text(period), file=self.source
        )


def write_map(context: MapContext, page: Page) -> None:
    """Fill the page of the map."""
    _Map(context, page).write()


class _Map:
    """The page of the map, with its layout."""

    def __init__(self, context: MapContext, page: Page) -> None:
        self._context = context
        self._page = page
        self._problem = context.problem
        self._resilience = context.resilience
        self._grid = RosterGrid(context.problem)
        self._dates = context.problem.period.dates
        self._count_column = FIRST_DATE_COLUMN + len(self._dates)
        self._last_column = self._count_column + len(Outcome)

    def write(self) -> None:
        """Write the page from top to bottom."""
        sizes = [ROLE_WIDTH, NAME_WIDTH, *[DATE_WIDTH] * len(self._dates)]
        self._sizes = [*sizes, *[COUNT_WIDTH] * (len(Outcome) + 1)]
        self._page.widths(self._sizes)
        self._top()
        self._heads()
        row = HEAD_ROW + 2
        for member in self._grid.members:
            self._person(row, member)
            row += 1
        self._totals(row)
        row = self._foot(row + 1)
        self._legend(row + 1)
        heads = (HEAD_ROW, HEAD_ROW + 1)
        self._page.finish(heads, freeze=FIRST_DATE_COLUMN, title_columns="A:B")

    def _across(self, row: int, text: str, look: Look, first: int = 1) -> None:
        """Write wrapped text from column ``first`` to the right edge of the page."""
        self._page.across(row, first, self._last_column, text, look)
        lines = lines_of(text, sum(self._sizes[first - 1 :]))
        self._page.height(lines * LINE_POINTS + 3, row)

    def _top(self) -> None:
        page, resilience = self._page, self._resilience
        page.put(1, 1, _("Absence map: what if one person drops out?"), TITLE)
        page.height(2 * LINE_POINTS, 1)
        page.put(2, 1, self._context.origin, NOTE)
        self._across(3, score_text(resilience), SCORE)
        page.height(1.6 * LINE_POINTS, 3)
        broken = bool(resilience.single_points)
        self._across(4, singles_text(resilience), ALARM if broken else SENTENCE)
        self._across(5, score_definition(), SENTENCE)

    def _heads(self) -> None:
        page, period = self._page, self._problem.period
        page.cells(HEAD_ROW, ROLE_COLUMN, (_("Job"), _("Name")), HEAD)
        page.cells(HEAD_ROW + 1, ROLE_COLUMN, (None, None), HEAD)
        page.height(HEAD_HEIGHT, HEAD_ROW, HEAD_ROW + 1)
        look = Look(bold=True, fill=Fill.HEADING, shrink=True)
        write_date_heads(page, HEAD_ROW, FIRST_DATE_COLUMN, period, look)
        for column, outcome in enumerate(Outcome, start=self._count_column):
            look = replace(HEAD, fill=FILLS[outcome], shrink=True, wrap=False)
            page.put(HEAD_ROW + 1, column, kind_sign(outcome), look)
        last = self._last_column - 1
        page.across(HEAD_ROW, self._count_column, last, _("Cases"), HEAD)
        page.put(HEAD_ROW, self._last_column, _("Strength"), replace(HEAD, size=7.5))
        page.put(HEAD_ROW + 1, self._last_column, "%", HEAD)

    def _person(self, row: int, member: StaffMember) -> None:
        page, edge = self._page, self._grid.edges[member.name]
        role = Look(size=8, edge=edge, shrink=True)
        name = Look(size=9.5, bold=True, across="left", shrink=True, edge=edge)
        names = (role_name(member.roles[0]), member.name)
        page.cells(row, ROLE_COLUMN, names, (role, name))
        for column, date in enumerate(self._dates, start=FIRST_DATE_COLUMN):
            one = self._resilience.by_cell.get((member.name, date))
            if one is None:
                # Grey: not examined (before the first date, or not employed).
                asked = date >= self._context.first and date in member.employed
                look = replace(BLANK, fill="" if asked else Fill.TAIL, edge=edge)
                page.put(row, column, None, look)
            else:
                page.put(row, column, _entry(one), replace(_look(one), edge=edge))
        own = self._resilience.of(member.name)
        self._counts(row, own, edge=edge, zero=None)
        percent = percent_text(own) if own.dropouts else None
        page.put(row, self._last_column, percent, replace(COUNT, bold=True, edge=edge))
        page.height(ROW_HEIGHT, row)

    def _counts(
        self,
        row: int,
        among: Resilience,
        *,
        edge: Edge,
        zero: int | None,
        bold: bool = False,
    ) -> None:
        """Write, in the columns at the right, the number of absences by outcome."""
        for column, outcome in enumerate(Outcome, start=self._count_column):
            look = _counted(outcome, among)
            look = replace(look, edge=edge, bold=bold or look.bold)
            self._page.put(row, column, among.count(outcome) or zero, look)

    def _totals(self, row: int) -> None:
        """Write the number of absences on each date, and their total by outcome."""
        page, whole = self._page, self._resilience
        page.across(
            row, ROLE_COLUMN, NAME_COLUMN, _("Cases"), replace(LABEL, edge="group")
        )
        look = replace(COUNT, bold=True, edge="group")
        for column, date in enumerate(self._dates, start=FIRST_DATE_COLUMN):
            number = len(whole.on(date).dropouts)
            fill = day_fill(self._problem.period, date) or Fill.BAND
            page.put(row, column, number or None, replace(look, fill=fill))
        self._counts(row, whole, edge="group", zero=0, bold=True)
        page.put(row, self._last_column, percent_text(whole), look)
        page.height(FOOT_HEIGHT, row)

    def _foot(self, row: int) -> int:
        """Write the number of absences on each date by outcome; return the next row."""
        for outcome in Outcome:
            self._page.across(
                row,
                ROLE_COLUMN,
                NAME_COLUMN,
                f"{kind_sign(outcome)} {name_of(outcome)}",
                LABEL,
            )
            for column, date in enumerate(self._dates, start=FIRST_DATE_COLUMN):
                there = self._resilience.on(date)
                look = _counted(outcome, there)
                fill = look.fill or day_fill(self._problem.period, date) or Fill.BAND
                value = there.count(outcome) or None
                self._page.put(row, column, value, replace(look, fill=fill))
            self._page.height(FOOT_HEIGHT, row)
            row += 1
        return row

    def _legend(self, row: int) -> None:
        heading = Look(bold=True, edge="none", across="left")
        self._page.put(row, 1, _("Legend"), heading)
        row += 1
        for outcome in Outcome:
            ink = Ink.ALARM if outcome is Outcome.FATAL else Look.ink
            look = replace(SIGN, size=9.5, fill=FILLS[outcome], ink=ink)
            self._page.put(row, ROLE_COLUMN, kind_sign(outcome), look)
            text = f"{name_of(outcome)}: {meaning_text(outcome)}"
            self._across(row, f" {text}", SENTENCE, NAME_COLUMN)
            row += 1
        self._page.put(row, ROLE_COLUMN, None, Look(fill=Fill.TAIL))
        text = _("Not asked: before the first date looked at, or not employed.")
        self._across(row, f" {text}", SENTENCE, NAME_COLUMN)
        text = _("The deeper a number's colour, the more cells: up to {steps}, more.")
        steps = "、".join(str(most) for most, _colour in REPAIRS)
        note = replace(SENTENCE, ink=Ink.SOFT)
        self._across(row + 1, " " + text.format(steps=steps), note, NAME_COLUMN)


def _entry(one: Dropout) -> str | int:
    return len(one.changes) if one.outcome is Outcome.REPAIRABLE else sign(one)


def _look(one: Dropout) -> Look:
    fill = FILLS[one.outcome]
    if one.outcome is Outcome.REPAIRABLE:
        cells = len(one.changes)
        fill = next((colour for most, colour in REPAIRS if cells <= most), Fill.MUCH)
    ink = Ink.ALARM if one.outcome is Outcome.FATAL else Look.ink
    return replace(SIGN, fill=fill, ink=ink)


def _counted(outcome: Outcome, among: Resilience) -> Look:
    """Return the look of a number of cases, highlighted if their outcome is fatal."""
    if outcome is Outcome.FATAL and among.count(outcome):
        return replace(COUNT, bold=True, ink=Ink.ALARM, fill=Fill.SHORT)
    return COUNT
