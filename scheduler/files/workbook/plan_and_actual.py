"""The manager's sheet of a month that has begun: the plan, and below it the actual.

A page of the workbook of differences; it is not to be posted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scheduler.audit.changes.as_worked import stamps_by_night
from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import AsWorked
from scheduler.domain.clock import HOUR
from scheduler.domain.roster import Roster
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import (
    day_fill,
    write_date_heads,
)
from scheduler.files.workbook.page import Page
from scheduler.files.workbook.paging import LARGEST_CHARACTER, fit_or_part
from scheduler.files.workbook.references import area
from scheduler.files.workbook.roster.book import RosterGrid
from scheduler.files.workbook.styles import HEAD, NOTE, PAPER_A3, Edge, Fill, Ink, Look
from scheduler.wording.actual import stamps_lines
from scheduler.wording.names import sheet_note
from scheduler.wording.notation import CellLanguage
from scheduler.wording.times import date_text, period_text
from scheduler.wording.translation import N_, _

TITLE = N_("Plan and actual")
DATE_ROW, WEEKDAY_ROW, FIRST_ROW = 4, 5, 6
NAME_COLUMN, LINE_COLUMN, FIRST_DATE = 1, 2, 3
WIDTHS = (14, 6)
DATE_WIDTH, SUM_WIDTH = 5.6, 7
HEIGHTS = (17, 19, 23)
"""Of a person's three lines: plan, actual, stamps."""
LINES = len(HEIGHTS)
STAMPED_LINE = 9.5
"""Height of a line of stamps; one that comes and goes twice has four."""

PLAN = Look(size=11, ink=Ink.SOFT, shrink=True, edge="group")
ACTUAL = Look(size=13, bold=True, shrink=True)
STAMPS = Look(size=6.5, wrap=True)


def write_plan_and_actual(month: AsWorked, page: Page) -> None:
    """Fill the page of a month."""
    _Sheet(month, page).write()


class _Sheet:
    def __init__(self, month: AsWorked, page: Page) -> None:
        self._month = month
        self._problem = month.problem
        self._page = page
        self._language = CellLanguage(month.problem)
        self._dates = month.problem.period.dates
        timeline = Timeline(month.problem, month.cells)
        self._stamps = stamps_by_night(timeline, month.actual.stamps)
        self._open = {(one.staff, one.date) for one in month.undecided}
        self._until = month.actual.stamped_until
        rosters = month.plan, month.roster
        self._timelines = [Timeline(month.problem, roster) for roster in rosters]

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        self._heads()
        members = RosterGrid(self._problem).members
        rows = range(FIRST_ROW, FIRST_ROW + LINES * len(members), LINES)
        for row, member in zip(rows, members, strict=True):
            self._person(row, member)
        page = self._page
        sums = FIRST_DATE + len(self._dates)
        page.widths((*WIDTHS, *[DATE_WIDTH] * len(self._dates), *[SUM_WIDTH] * 3))
        heads = DATE_ROW, WEEKDAY_ROW
        page.finish(heads, freeze=FIRST_DATE, title_columns="A:B", paper=PAPER_A3)
        last = FIRST_ROW + LINES * len(members) - 1
        page.sheet.print_area = area(1, 1, last, sums + 2)
        page.sheet.oddHeader.right.text = _("Not to be posted")
        fit_or_part(page.sheet, heads, rows, LARGEST_CHARACTER)

    def _heads(self) -> None:
        page, period = self._page, self._problem.period
        large = Look(size=16, bold=True, edge="none", across="left")
        text = f"{_(TITLE)}   {period_text(period)}   {self._problem.office.name}"
        page.put(1, NAME_COLUMN, text, large)
        page.put(2, NAME_COLUMN, self._about(), NOTE)
        for row, head in ((DATE_ROW, _("Name")), (WEEKDAY_ROW, _("Weekday"))):
            page.cells(row, NAME_COLUMN, (head, None), HEAD)
        look = Look(bold=True, shrink=True)
        write_date_heads(page, DATE_ROW, FIRST_DATE, period, look, holidays=True)
        sums = FIRST_DATE + len(self._dates)
        texts = (_("Planned h"), _("Worked h"), _("More, less"))
        page.cells(DATE_ROW, sums, texts, HEAD)
        page.cells(WEEKDAY_ROW, sums, (None, None, None), HEAD)

    def _about(self) -> str:
        if self._until is None:
            return _("There are no stamps yet.")
        text = sheet_note("plan_and_actual")
        return text.format(date=date_text(self._until))

    def _person(self, row: int, member: StaffMember) -> None:
        page = self._page
        name = Look(size=11, bold=True, across="left", shrink=True, edge="group")
        labels = (_("plan"), _("actual"), _("stamps"))
        for line, (label, height) in enumerate(zip(labels, HEIGHTS, strict=True)):
            edge: Edge = "grid" if line else "group"
            page.put(row + line, NAME_COLUMN, None if line else member.name, name)
            page.put(row + line, LINE_COLUMN, label, Look(size=8, edge=edge))
            page.height(height, row + line)
        own = (self._stamps.get((member.name, date)) for date in self._dates)
        most = max(stamps_lines(day).count("\n") + 1 for day in own)
        page.height(max(HEIGHTS[-1], most * STAMPED_LINE), row + LINES - 1)
        page.merge(row, NAME_COLUMN, row + LINES - 1, NAME_COLUMN)
        for column, date in enumerate(self._dates, start=FIRST_DATE):
            self._date(row, column, member, date)
        sums = FIRST_DATE + len(self._dates)
        planned, worked = (
            one.minutes_begun(member.name, self._dates) / HOUR
            for one in self._timelines
        )
        numbers = ("0.0", "0.0", "+0.0;-0.0;")
        looks = [Look(size=10, number=number, edge="group") for number in numbers]
        page.cells(row, sums, (planned, worked, worked - planned), looks)
        for place in range(3):
            page.merge(row, sums + place, row + LINES - 1, sums + place)

    def _date(self, row: int, column: int, member: StaffMember, date: dt.date) -> None:
        page, cell = self._page, (member.name, date)
        tint = day_fill(self._problem.period, date)
        rosters = self._month.plan, self._month.roster
        plan, now = (self._text(one, member, date) for one in rosters)
        page.put(row, column, plan, replace(PLAN, fill=tint))
        is_past = self._until is not None and date <= self._until
        look = replace(ACTUAL, fill=tint)
        if now != plan:
            look = replace(look, edge="changed", ink=Ink.ALARM, fill=Fill.SHORT)
        text = now if is_past or now != plan else None
        if cell in self._open:
            text, look = f"{text or ''}?", replace(look, fill=Fill.INPUT)
        page.put(row + 1, column, text, look)
        stamps = stamps_lines(self._stamps.get(cell))
        page.put(row + 2, column, stamps or None, replace(STAMPS, fill=tint))

    def _text(self, roster: Roster, member: StaffMember, date: dt.date) -> str | None:
        duty = roster.by_cell.get((member.name, date))
        return (duty and self._language.write(duty)) or None
