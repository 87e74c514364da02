"""The map itself: people and dates, marked by sign and by colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.domain.absences import Outcome
from scheduler.files.workbook.roster.book import Grid
from scheduler.files.workbook.roster.page import LINE_POINTS, lines_of
from scheduler.files.workbook.roster.words import date_fill, period_text
from scheduler.files.workbook.styles import (
    ALARM_INK,
    BAND,
    GOOD,
    HEAD,
    HEADING,
    MORE,
    MUCH,
    NOTE,
    SHORT,
    SOFT_INK,
    STRAIN,
    SURPLUS,
    TAIL,
    TITLE,
    WISH,
    Look,
    print_setup,
    widths,
)
from scheduler.wording.names import role_name
from scheduler.wording.resilience import (
    kind_sign,
    meaning_text,
    outcome_name,
    percent_text,
    score_definition,
    score_text,
    sign,
    singles_text,
)
from scheduler.wording.times import weekday_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.absences import Dropout, Resilience
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.styles import Edge, Stylist
    from scheduler.rulebook import Rulebook


@dataclass(frozen=True)
class Sheaf:
    """A map on its way into a workbook.

    Attributes
    ----------
    source
        Name of the roster's file.
    first
        Date from which on absences were looked at.
    """

    stylist: Stylist
    problem: Problem
    resilience: Resilience
    rulebook: Rulebook
    source: str
    first: dt.date

    @property
    def origin(self) -> str:
        """Write whose roster of which period it is, and where it stands."""
        office, period = self.problem.office, self.problem.period
        told = _("{office}   {period}   roster: {file}")
        return told.format(
            office=office.name, period=period_text(period), file=self.source
        )


ROLE_COLUMN = 1
NAME_COLUMN = 2
FIRST_DATE_COLUMN = 3
HEAD_ROW = 7
"""Dates; weekdays stand below, then the people."""

ROLE_WIDTH, NAME_WIDTH, DATE_WIDTH, COUNT_WIDTH = 9.0, 15.0, 3.6, 5.0
HEAD_HEIGHT, ROW_HEIGHT, FOOT_HEIGHT = 15, 19, 15

REPAIRS = ((2, WISH), (5, MORE))
"""Colours of repairs that change so many cells at most."""

FILLS = {
    Outcome.COVERED: GOOD,
    Outcome.REPAIRABLE: WISH,
    Outcome.STRAINED: STRAIN,
    Outcome.UNDECIDED: SURPLUS,
    Outcome.FATAL: SHORT,
}
SCORE = Look(size=12, bold=True, edge="none", across="left")
ALARM = replace(SCORE, size=10, ink=ALARM_INK)
SENTENCE = Look(size=9, edge="none", across="left", wrap=True)
SIGN = Look(size=11, bold=True)
BLANK = Look(size=9)
COUNT = Look(size=9, shrink=True)
LABEL = Look(size=8, bold=True, fill=HEADING, across="left", shrink=True)


def write_map(sheaf: Sheaf, sheet: Worksheet) -> None:
    """Fill the page of the map."""
    _Map(sheaf, sheet).write()


class _Map:
    """The page and where on it things stand."""

    def __init__(self, sheaf: Sheaf, sheet: Worksheet) -> None:
        self._sheaf = sheaf
        self._sheet = sheet
        self._problem = sheaf.problem
        self._resilience = sheaf.resilience
        self._grid = Grid(sheaf.problem)
        dates = sheaf.problem.period.dates
        self._columns = {
            date: column for column, date in enumerate(dates, start=FIRST_DATE_COLUMN)
        }
        self._count_column = FIRST_DATE_COLUMN + len(dates)
        self._last_column = self._count_column + len(Outcome)

    def write(self) -> None:
        """Write from top to bottom."""
        sizes = [ROLE_WIDTH, NAME_WIDTH, *[DATE_WIDTH] * len(self._columns)]
        self._sizes = [*sizes, *[COUNT_WIDTH] * (len(Outcome) + 1)]
        widths(self._sheet, 1, self._sizes)
        self._top()
        self._heads()
        row = HEAD_ROW + 2
        for member in self._grid.members:
            self._person(row, member)
            row += 1
        self._totals(row)
        row = self._foot(row + 1)
        self._legend(row + 1)
        self._sheet.freeze_panes = self._sheet.cell(HEAD_ROW + 2, FIRST_DATE_COLUMN)
        print_setup(
            self._sheet,
            title_rows=f"{HEAD_ROW}:{HEAD_ROW + 1}",
            title_columns="A:B",
        )

    def _put(self, row: int, column: int, value: object, look: Look) -> None:
        self._sheaf.stylist.put(self._sheet, row, column, value, look)

    def _height(self, row: int, points: float) -> None:
        self._sheet.row_dimensions[row].height = points

    def _across(self, row: int, text: str, look: Look, first: int = 1) -> None:
        """Write text over the rest of the page, as many lines as it takes."""
        self._put(row, first, text, look)
        self._sheet.merge_cells(
            start_row=row,
            end_row=row,
            start_column=first,
            end_column=self._last_column,
        )
        lines = lines_of(text, sum(self._sizes[first - 1 :]))
        self._height(row, lines * LINE_POINTS + 3)

    def _top(self) -> None:
        resilience = self._resilience
        self._put(1, 1, _("Absence map: what if one person drops out?"), TITLE)
        self._height(1, 2 * LINE_POINTS)
        self._put(2, 1, self._sheaf.origin, NOTE)
        self._across(3, score_text(resilience), SCORE)
        self._height(3, 1.6 * LINE_POINTS)
        broken = bool(resilience.single_points)
        self._across(4, singles_text(resilience), ALARM if broken else SENTENCE)
        self._across(5, score_definition(), SENTENCE)

    def _heads(self) -> None:
        period = self._problem.period
        for row in (HEAD_ROW, HEAD_ROW + 1):
            first = row == HEAD_ROW
            self._put(row, ROLE_COLUMN, _("Job") if first else None, HEAD)
            self._put(row, NAME_COLUMN, _("Name") if first else None, HEAD)
            self._height(row, HEAD_HEIGHT)
        for date, column in self._columns.items():
            colour = date_fill(period, date) or HEADING
            look = Look(bold=True, fill=colour, shrink=True)
            with_month = date == period.first or date.day == 1
            number = replace(look, number="m/d" if with_month else "d")
            self._put(HEAD_ROW, column, date, number)
            self._put(HEAD_ROW + 1, column, weekday_text(date.weekday()), look)
        counted = HEAD_ROW + 1
        for column, outcome in enumerate(Outcome, start=self._count_column):
            self._put(HEAD_ROW, column, None, HEAD)
            look = replace(HEAD, fill=FILLS[outcome], shrink=True, wrap=False)
            self._put(counted, column, kind_sign(outcome), look)
        self._put(HEAD_ROW, self._count_column, _("Cases"), HEAD)
        self._sheet.merge_cells(
            start_row=HEAD_ROW,
            end_row=HEAD_ROW,
            start_column=self._count_column,
            end_column=self._last_column - 1,
        )
        self._put(HEAD_ROW, self._last_column, _("Strength"), replace(HEAD, size=7.5))
        self._put(counted, self._last_column, "%", HEAD)

    def _person(self, row: int, member: StaffMember) -> None:
        edge: Edge = "group" if self._grid.starts_group(member) else "grid"
        role = Look(size=8, edge=edge, shrink=True)
        self._put(row, ROLE_COLUMN, role_name(member.roles[0]), role)
        name = Look(size=9.5, bold=True, across="left", shrink=True, edge=edge)
        self._put(row, NAME_COLUMN, member.name, name)
        for date, column in self._columns.items():
            one = self._resilience.by_cell.get((member.name, date))
            if one is None:
                look = replace(BLANK, fill=self._blank(member, date), edge=edge)
                self._put(row, column, None, look)
            else:
                self._put(row, column, _entry(one), replace(_look(one), edge=edge))
        own = self._resilience.of(member.name)
        for column, outcome in enumerate(Outcome, start=self._count_column):
            look = replace(_counted(outcome, own), edge=edge)
            self._put(row, column, own.count(outcome) or None, look)
        percent = percent_text(own) if own.dropouts else None
        self._put(row, self._last_column, percent, replace(COUNT, bold=True, edge=edge))
        self._height(row, ROW_HEIGHT)

    def _blank(self, member: StaffMember, date: dt.date) -> str:
        """Return the colour of an empty cell: grey where nothing was asked."""
        is_asked = date >= self._sheaf.first and date in member.employed
        return "" if is_asked else TAIL

    def _totals(self, row: int) -> None:
        """Write how many absences there are on each date, and in all how they end."""
        label = replace(LABEL, edge="group")
        self._label(row, _("Cases"), label)
        look = replace(COUNT, bold=True, edge="group")
        for date, column in self._columns.items():
            number = len(self._resilience.on(date).dropouts)
            fill = date_fill(self._problem.period, date) or BAND
            self._put(row, column, number or None, replace(look, fill=fill))
        for column, outcome in enumerate(Outcome, start=self._count_column):
            counted = replace(_counted(outcome, self._resilience), bold=True)
            number = self._resilience.count(outcome)
            self._put(row, column, number, replace(counted, edge="group"))
        self._put(row, self._last_column, percent_text(self._resilience), look)
        self._height(row, FOOT_HEIGHT)

    def _foot(self, row: int) -> int:
        """Write for each date how many of its absences end how."""
        for outcome in Outcome:
            self._label(row, f"{kind_sign(outcome)} {outcome_name(outcome)}", LABEL)
            for date, column in self._columns.items():
                there = self._resilience.on(date)
                look = _counted(outcome, there)
                fill = look.fill or date_fill(self._problem.period, date) or BAND
                value = there.count(outcome) or None
                self._put(row, column, value, replace(look, fill=fill))
            self._height(row, FOOT_HEIGHT)
            row += 1
        return row

    def _label(self, row: int, text: str, look: Look) -> None:
        self._put(row, ROLE_COLUMN, text, look)
        self._put(row, NAME_COLUMN, None, look)
        self._sheet.merge_cells(
            start_row=row,
            end_row=row,
            start_column=ROLE_COLUMN,
            end_column=NAME_COLUMN,
        )

    def _legend(self, row: int) -> None:
        self._put(row, 1, _("Legend"), Look(bold=True, edge="none", across="left"))
        row += 1
        for outcome in Outcome:
            fill = FILLS[outcome]
            ink = ALARM_INK if outcome is Outcome.FATAL else Look.ink
            look = replace(SIGN, size=9.5, fill=fill, ink=ink)
            self._put(row, ROLE_COLUMN, kind_sign(outcome), look)
            text = f"{outcome_name(outcome)}: {meaning_text(outcome)}"
            self._across(row, f" {text}", SENTENCE, NAME_COLUMN)
            row += 1
        self._put(row, ROLE_COLUMN, None, Look(fill=TAIL))
        text = _("Not asked: before the first date looked at, or not employed.")
        self._across(row, f" {text}", SENTENCE, NAME_COLUMN)
        text = _("The deeper a number's colour, the more cells: up to {steps}, more.")
        steps = "、".join(str(most) for most, _colour in REPAIRS)
        note = replace(SENTENCE, ink=SOFT_INK)
        self._across(row + 1, " " + text.format(steps=steps), note, NAME_COLUMN)


def _entry(one: Dropout) -> str | int:
    return len(one.changes) if one.outcome is Outcome.REPAIRABLE else sign(one)


def _look(one: Dropout) -> Look:
    fill = FILLS[one.outcome]
    if one.outcome is Outcome.REPAIRABLE:
        cells = len(one.changes)
        fill = next((colour for most, colour in REPAIRS if cells <= most), MUCH)
    ink = ALARM_INK if one.outcome is Outcome.FATAL else Look.ink
    return replace(SIGN, fill=fill, ink=ink)


def _counted(outcome: Outcome, among: Resilience) -> Look:
    """Return the look of a number of cases: those that break law stand out."""
    if outcome is Outcome.FATAL and among.count(outcome):
        return replace(COUNT, bold=True, ink=ALARM_INK, fill=SHORT)
    return COUNT
