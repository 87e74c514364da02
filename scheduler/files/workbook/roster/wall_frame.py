"""What stands around the symbols of the wall sheet: head, dates, leaders, legend.

Its printing is set up here as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.base import StaffId
from scheduler.domain.homes import Home, homes, symbol_in_all
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import (
    date_format,
    day_fill,
    weekday_or_holiday,
)
from scheduler.files.workbook.paging import MEASURED_CHARACTER, fill_paper
from scheduler.files.workbook.references import area, at, quoted
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.symbols import DAY_OFF
from scheduler.files.workbook.roster.wall_layout import (
    DATE_ROW,
    EVENT_ROW,
    FIRST_DATE,
    FIRST_ROW,
    HEAD_ROW,
    HEADS,
    HOME_ROW,
    MARGIN,
    NAME_COLUMN,
    NAMES,
    NOTES,
    OCCASIONS,
    WEEKDAY_ROW,
    WallGrid,
    is_noted,
    letters,
)
from scheduler.files.workbook.sheet_writer import Entry, SheetWriter
from scheduler.files.workbook.styles import PAPER_A3, Edge, Fill, Look, boxed, fill
from scheduler.wording.notation import OFF_SYMBOLS
from scheduler.wording.places import marked
from scheduler.wording.plans import version_name
from scheduler.wording.times import full_date_text, period_text
from scheduler.wording.translation import _

BLACK, WHITE = "000000", "FFFFFF"
NIGHT, MORNING = "DADFF2", "EEF0F8"
"""Fills of nights and of the mornings after; nights are boxed and bold besides."""
SOFT = "555555"
"""Ink of days off, so that work stands out."""

LARGE, LARGER = 20, 24
"""Sizes of the date of issue, and of month and version."""
MONTH_LETTERS = 20
"""Most letters, in halves, of a title with a calendar month."""
BOX = 105
"""Width of a signature box with its head, at least."""
A4_SCALE = 69
"""Percent of its size at which the sheet is printed on A4."""


def write_head(book: Book, out: SheetWriter, grid: WallGrid) -> None:
    """Write month, version, date of issue, office, and boxes for signatures."""
    look = Look(size=LARGER, bold=True, edge="none", across="left")
    title = _("Roster {period}").format(period=period_text(book.problem.period))
    # A period that is no calendar month is told by two dates; there is less room then.
    size = LARGER if letters(title) <= MONTH_LETTERS else NAMES
    out.put(HEAD_ROW, NAME_COLUMN, title, replace(look, size=size))
    column = _after(grid, NAME_COLUMN, title, size)
    version = _version(book)
    out.put(HEAD_ROW, column, version, look)
    revisions = book.roster.revisions
    made = revisions[-1].accepted_at if revisions else book.roster.made_at
    if made is not None:
        column = _after(grid, column, version, LARGER)
        issued = _("issued {date}").format(date=full_date_text(made))
        out.put(HEAD_ROW, column, issued, replace(look, size=LARGE))
    home = Look(size=NAMES, edge="none", across="left")
    out.put(HOME_ROW, NAME_COLUMN, book.problem.office.name, home)
    _boxes(out, grid)


def _version(book: Book) -> str:
    if book.roster.proposal is not None or book.plan_number:
        return _("a plan, not accepted yet")
    return version_name(book.roster.version)


def _after(grid: WallGrid, column: int, text: str, size: float) -> int:
    """Return the first column behind a text that begins in a column."""
    # Bold Latin letters and digits are wider than half of a Japanese one.
    left = (letters(text) + 2) * size * 0.58
    while left > 0 and column < grid.last_column:
        left -= grid.widths[column - 1]
        column += 1
    return column


def _boxes(out: SheetWriter, grid: WallGrid) -> None:
    head = Look(size=NOTES, edge="wall", upright=True, bold=True)
    end = grid.last_column
    for text in (_("Checked"), _("Prepared")):
        column = end
        while column > FIRST_DATE and sum(grid.widths[column - 1 : end]) < BOX:
            column -= 1
        out.put(HEAD_ROW, column, text, head)
        out.merge(HEAD_ROW, column, HOME_ROW, column)
        if end > column:
            out.put(HEAD_ROW, column + 1, None, head)
            out.merge(HEAD_ROW, column + 1, HOME_ROW, end)
        end = column - 1


def write_dates(
    book: Book, out: SheetWriter, grid: WallGrid, events: Callable[[dt.date], Entry]
) -> None:
    """Write dates, weekdays and events, and the heads of names and totals.

    Sundays and holidays are white on black and Saturdays framed, so that they are told
    apart without colours; holidays are named among the events.
    """
    head = Look(size=NOTES, bold=True, across="left", edge="wall")
    for row, text in (
        (DATE_ROW, book.labels.name),
        (WEEKDAY_ROW, _("Weekday")),
        (EVENT_ROW, _("Events")),
    ):
        out.put(row, NAME_COLUMN, text, head)
    period = book.problem.period
    for date, column in grid.columns.items():
        edge: Edge = "wall week" if date.weekday() == 5 else "wall"
        look = Look(size=HEADS, bold=True, fill=book.day_fill(date), edge=edge)
        look = replace(look, shrink=True, number=date_format(period, date))
        out.put(DATE_ROW, column, date, look)
        text = weekday_or_holiday(period, date)
        weekday = replace(look, size=HEADS - 1)
        if day_fill(period, date) == Fill.SUNDAY:
            weekday = replace(weekday, fill=BLACK, ink=WHITE)
        elif date.weekday() == 5:
            weekday = replace(weekday, edge="box")
        out.put(WEEKDAY_ROW, column, text, weekday)
        several = len(book.occasions[date]) > 1
        event = Look(size=OCCASIONS, fill=book.day_fill(date), edge=edge, wrap=several)
        upright = not is_noted(book.occasions[date])
        event = replace(event, upright=upright, down="top")
        out.put(EVENT_ROW, column, events(date), event)
    _other_heads(out, grid)


def _other_heads(out: SheetWriter, grid: WallGrid) -> None:
    look = Look(size=NOTES, bold=True, edge="wall")
    texts = (*grid.totals, _("Name"))
    for column, text in enumerate(texts, start=grid.first_total):
        out.put(DATE_ROW, column, text, look)
        out.merge(DATE_ROW, column, EVENT_ROW, column)


MOST = 24
"""Most people looked at: a formula holds some sixty conditions, one in the other."""


class Leading(NamedTuple):
    """A cover rule of a house that asks for one of a group on a date, at any hour."""

    home: Home
    rule: CoverRule

    @property
    def label(self) -> str:
        """What its row is called; a satellite's begins as its symbols do."""
        return marked(self.home, self.rule.name)

    def on(self, date: dt.date) -> tuple[StaffMember, ...]:
        """Return who may lead on a date."""
        applies = self.rule.applies_on(date)
        return candidates(self.home.problem, self.rule) if applies else ()

    @property
    def in_turn(self) -> Iterator[frozenset[str]]:
        """The symbols of shifts in which somebody leads: by day, else at night."""
        home = self.home
        for at_night in (False, True):
            yield frozenset(
                symbol_in_all(home.whole, home.of_all(shift))
                for shift in home.problem.shifts
                if shift.counts and shift.is_night == at_night
            )


def leaders(problem: Problem) -> tuple[Leading, ...]:
    """Return who leads by the cover rules of an office, or of each house."""
    return tuple(
        Leading(home, rule)
        for home in homes(problem)
        for rule in home.problem.cover_rules
        if rule.group
        and rule.at_least == 1
        and not any((rule.shift, rule.band, rule.is_on_top))
    )


def candidates(problem: Problem, rule: CoverRule) -> tuple[StaffMember, ...]:
    """Return those of the staff list whom a rule counts, in its order."""
    return tuple(
        member
        for member in problem.staff
        if rule.group in member.groups
        and rule.role in (None, *member.roles)
        and rule.qualification in (None, *member.qualifications)
    )[:MOST]


def leader_on(leading: Leading, date: dt.date, posted: Mapping[StaffId, str]) -> str:
    """Return who leads on a date; empty if nobody does."""
    for symbols in leading.in_turn:
        for member in leading.on(date):
            if posted.get(member.name) in symbols:
                return member.name
    return ""


def leader_formula(
    leading: Leading,
    date: dt.date,
    column: int,
    rows: Mapping[StaffId, int],
    names: Mapping[StaffId, str],
) -> str:
    """Return the same as a formula on the wall's own cells.

    Parameters
    ----------
    rows, names
        Row of each person on the wall, and the name that is written.
    """
    text = '""'
    for symbols in reversed(tuple(leading.in_turn)):
        for member in reversed(leading.on(date)):
            cell, name = at(rows[member.name], column), quoted(names[member.name])
            text = f"IF({_is_any(cell, symbols)},{name},{text})" if symbols else text
    return text


def _is_any(cell: str, symbols: Collection[str]) -> str:
    listed = ",".join(map(quoted, sorted(symbols)))
    return f"SUMPRODUCT(--EXACT({cell},{{{listed}}}))>0"


def write_legend(out: SheetWriter, grid: WallGrid, entries: Sequence[str]) -> None:
    """Write the entries of the legend in rows, from below the remarks on."""
    look = Look(size=NOTES, edge="none", across="left")
    for text, (line, column) in zip(entries, grid.legend_cells, strict=True):
        out.put(grid.legend_row + line, column, text, look)


def finish(book: Book, out: SheetWriter, grid: WallGrid) -> None:
    """Set sizes, marks of nights and days off, printing, and what typing says."""
    sheet = out.sheet
    out.widths(points / MEASURED_CHARACTER for points in grid.widths)
    for row, points in grid.heights.items():
        out.height(points, row)
    people = area(FIRST_ROW, FIRST_DATE, grid.on_call_row - 1, grid.last_date)
    for rule in _rules(book, at(FIRST_ROW, FIRST_DATE)):
        sheet.conditional_formatting.add(people, rule)
    out.finish((HEAD_ROW, EVENT_ROW), freeze=FIRST_DATE)
    set_paper(sheet, PAPER_A3, grid.page_ends)
    fill_paper(sheet, MARGIN)
    sheet.print_area = area(1, 1, grid.last_row, grid.last_column)
    _refuse_typing(out, area(FIRST_ROW, FIRST_DATE, grid.on_call_row, grid.last_date))


def set_paper(sheet: Worksheet, paper: int, page_ends: Iterable[int] = ()) -> None:
    """Print on a paper: on one page, or on several that end after some rows."""
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToHeight = 1
    for row in page_ends:
        sheet.row_breaks.append(Break(row))
    if sheet.row_breaks.brk:
        # Excel ignores such ends on a sheet that is fitted to the paper.
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
        sheet.page_setup.scale = 100 if paper == PAPER_A3 else A4_SCALE


def _rules(book: Book, first: str) -> Iterator[FormulaRule]:
    """Yield the looks of nights, mornings after and days off, whatever is typed."""
    problem = book.problem
    nights = [one.symbol for one in problem.all_shifts if one.is_night]
    frame = boxed(Side("thin", color=BLACK))
    for symbols, look in (
        (nights, {"font": Font(bold=True), "border": frame, "fill": fill(NIGHT)}),
        ([OFF_SYMBOLS[OffKind.AFTER_NIGHT]], {"fill": fill(MORNING)}),
        ([DAY_OFF], {"font": Font(color=SOFT)}),
    ):
        if symbols:
            yield FormulaRule(formula=[_is_one_of(first, symbols)], **look)


def _is_one_of(cell: str, symbols: Iterable[str]) -> str:
    tests = (f"EXACT({cell},{quoted(symbol)})" for symbol in symbols)
    return f"OR({','.join(tests)})"


def _refuse_typing(out: SheetWriter, cells: str) -> None:
    """Say, where somebody types into the sheet, on which sheet that is done."""
    rule = DataValidation("custom", formula1="FALSE", allow_blank=False)
    rule.errorTitle = _("Wall sheet")
    rule.error = _("Please type it into the manager's sheet; this one follows it.")
    rule.showErrorMessage = True
    rule.add(cells)
    out.sheet.add_data_validation(rule)
