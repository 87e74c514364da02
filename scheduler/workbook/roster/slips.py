"""Personal slips (個人票): a printed page for each person, the month as a calendar.

Made to be read on a phone's photo: the symbol of a date is large, its times stand
below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.pagebreak import Break

from scheduler.domain.clock import HOUR
from scheduler.domain.shifts import OffKind
from scheduler.i18n import _
from scheduler.wording import (
    date_text,
    off_name,
    role_name,
    span_text,
    want_text,
    weekday_text,
)
from scheduler.wording.duties import shift_name
from scheduler.workbook.roster.page import LINE_POINTS, Page, lines_of
from scheduler.workbook.roster.slip_cells import Formula
from scheduler.workbook.roster.symbols import OFF_SYMBOLS, WISHED_DAY_OFF
from scheduler.workbook.roster.words import period_text
from scheduler.workbook.styles import (
    BAND,
    GOOD,
    HEADING,
    INK,
    SATURDAY,
    SATURDAY_INK,
    SOFT_INK,
    SUNDAY,
    SUNDAY_INK,
    Edge,
    Look,
    fill,
    print_setup,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.staff import StaffMember
    from scheduler.reports import PersonMonth
    from scheduler.workbook.roster.slip_cells import Day, SlipCells, Value
    from scheduler.workbook.styles import Stylist

WEEK = 7
WIDTHS = (11.8,) * WEEK
PAGE = 740
"""Points of a page's height inside the margins, A4 upright."""

HEAD = (34, 16, 18)
"""Heights: name and month, office and issue, weekdays."""
FOOT = (14, 22)
"""Heights of the totals and their headings."""
LINES = (15, 0, 15, 20, 20, 14)
"""Heights of a date, its symbol, times, jobs, breaks and night on call; the symbol
takes what is left."""
SYMBOL = (26, 46)
"""Height of a symbol, at least and at most."""

AS_WISHED = "★"

NAME = Look(size=24, bold=True, edge="none", across="left", shrink=True)
MONTH = Look(size=18, bold=True, edge="none", across="right", shrink=True)
FACT = Look(size=9, ink=SOFT_INK, edge="none", across="left")
HEADINGS = Look(size=9, fill=HEADING, bold=True)
COUNT = Look(size=13, bold=True, number="0")
HOURS = Look(size=13, bold=True, number="0.0", shrink=True)
CONTRACT = Look(size=10, shrink=True)
BELOW = Look(size=8.5, edge="none", across="left", wrap=True)
BELOW_BOLD = Look(size=8.5, bold=True, edge="none", across="left", wrap=True)


@dataclass(frozen=True)
class Slips:
    """All that the slips are written from."""

    stylist: Stylist
    problem: Problem
    months: Mapping[StaffId, PersonMonth]
    cells: SlipCells
    reasons: Mapping[Request, str]
    """Why wishes were refused, each a line."""
    issued: str
    """Which roster this is."""
    note: str = ""
    """What to know about the page."""


def write_slips(slips: Slips, sheet: Worksheet, members: Sequence[StaffMember]) -> None:
    """Fill a sheet with a page for each person."""
    page = Page(slips.stylist, sheet, WIDTHS)
    highest = 0.0
    for number, member in enumerate(members):
        if number:
            sheet.row_breaks.append(Break(page.row - 1))
        highest = max(highest, _Slip(slips, page, member).write())
    symbols = (
        OFF_SYMBOLS[OffKind.DAY_OFF],
        WISHED_DAY_OFF,
        OFF_SYMBOLS[OffKind.PAID_LEAVE],
    )
    off = ",".join(f'A1="{symbol}"' for symbol in symbols)
    rule = FormulaRule(formula=[f"OR({off})"], fill=fill(GOOD))
    sheet.conditional_formatting.add(f"A1:G{page.row}", rule)
    scale = min(100, int(100 * PAGE / highest)) if highest else 100
    print_setup(sheet, landscape=False, scale=scale)


class _Slip:
    """One person's page on its way down the sheet."""

    def __init__(self, slips: Slips, page: Page, member: StaffMember) -> None:
        self._slips = slips
        self._page = page
        self._member = member
        self._month = slips.months[member.name]
        period, settings = slips.problem.period, slips.problem.office.settings
        self._weeks = tuple(period.weeks(settings.week_starts_on))

    def write(self) -> float:
        """Write the page and return its height in points."""
        below = tuple(self._below())
        texts = sum(
            lines_of(text, sum(WIDTHS)) * LINE_POINTS + 2 for text, _look in below
        )
        rest = PAGE - sum(HEAD) - sum(FOOT) - texts
        heights = self._line_heights(rest / len(self._weeks))
        self._head()
        for week in self._weeks:
            self._week(week, heights)
        self._totals()
        for text, look in below:
            self._page.sentence(text, look)
        weeks = sum(heights) * len(self._weeks)
        return sum(HEAD) + sum(FOOT) + texts + weeks

    def _line_heights(self, room: float) -> tuple[float, ...]:
        """Divide the height of a week; who has one job needs no line for it."""
        jobs = len(self._member.roles) > 1
        date, _symbol, times, job, breaks, on_call = LINES
        least, most = SYMBOL
        others = (times, job if jobs else 0, breaks, on_call)
        symbol = min(most, max(least, room - date - sum(others)))
        return (date, symbol, *others)

    def _head(self) -> None:
        problem, member = self._slips.problem, self._member
        self._across(member.name, NAME, 1, 4)
        self._across(period_text(problem.period), MONTH, 5, WEEK)
        self._end(HEAD[0])
        jobs = "・".join(role_name(role) for role in member.roles)
        facts = (problem.office.name, jobs, self._slips.issued)
        self._put(1, "   ".join(fact for fact in facts if fact), FACT)
        self._end(HEAD[1])
        for column, date in enumerate(self._weeks[0], start=1):
            weekday = date.weekday()
            ink = {5: SATURDAY_INK, 6: SUNDAY_INK}.get(weekday, INK)
            look = Look(size=10, bold=True, fill=HEADING, ink=ink)
            self._put(column, weekday_text(weekday), look)
        self._end(HEAD[2])

    def _week(self, week: Sequence[dt.date], heights: Sequence[float]) -> None:
        top = self._page.row
        for column, date in enumerate(week, start=1):
            self._page.row = top
            inside = date in self._slips.problem.period
            self._put(column, self._date(date, inside), self._date_look(date, inside))
            here = self._page.sheet.cell(top + 1, column).coordinate
            day = self._slips.cells.day(self._member, date, here) if inside else None
            self._day(column, day, heights[1:])
        self._page.row = top
        for height in heights:
            if height:
                self._end(height)

    def _day(self, column: int, day: Day | None, heights: Sequence[float]) -> None:
        shown = [
            (line, look)
            for line, look, height in zip(
                day or [""] * len(heights),
                _looks(day is not None),
                heights,
                strict=True,
            )
            if height
        ]
        for line, look in shown:
            self._page.row += 1
            self._put(column, line, look)

    def _date(self, date: dt.date, inside: bool) -> str:
        if not inside:
            return f"{date.month}/{date.day}"
        first = date.day == 1 or date == self._slips.problem.period.first
        text = f"{date.month}/{date.day}" if first else f"{date.day}"
        holiday = self._slips.problem.period.holiday_names.get(date, "")
        mark = AS_WISHED if date in self._month.dates_as_wished else ""
        return " ".join(part for part in (text, mark, holiday) if part)

    def _date_look(self, date: dt.date, inside: bool) -> Look:
        ink, colour = INK, ""
        if not inside:
            ink, colour = SOFT_INK, BAND
        elif date in self._slips.problem.period.holiday_names or date.weekday() == 6:
            ink, colour = SUNDAY_INK, SUNDAY
        elif date.weekday() == 5:
            ink, colour = SATURDAY_INK, SATURDAY
        return Look(
            size=11,
            bold=inside,
            ink=ink,
            fill=colour,
            edge="roof",
            across="left",
            shrink=True,
        )

    def _totals(self) -> None:
        headings = (
            _("Days worked"),
            _("Nights"),
            _("On call"),
            _("Days off"),
            _("Paid leave"),
            _("Hours"),
            _("Hours agreed"),
        )
        for column, heading in enumerate(headings, start=1):
            self._put(column, heading, HEADINGS)
        self._end(FOOT[0])
        *counts, hours = self._slips.cells.totals(self._member)
        for column, count in enumerate(counts, start=1):
            self._put(column, count, COUNT)
        self._put(WEEK - 1, hours, HOURS)
        self._put(WEEK, self._agreed(), CONTRACT)
        self._end(FOOT[1])

    def _agreed(self) -> str:
        least, most = self._month.contract_min, self._month.contract_max
        if least is None and most is None:
            return "-"
        return _("{least} to {most}").format(
            least="" if least is None else f"{least / HOUR:.1f}",
            most="" if most is None else f"{most / HOUR:.1f}",
        )

    def _below(self) -> Iterator[tuple[str, Look]]:
        yield "　".join(self._symbols()), BELOW
        if self._slips.note:
            yield self._slips.note, BELOW
        refused = [wish.request for wish in self._month.wishes if not wish.granted]
        if refused:
            yield _("Wishes that could not be granted"), BELOW_BOLD
        for request in refused:
            wish = f"{date_text(request.date)} {want_text(request)}"
            reason = self._slips.reasons.get(request, "")
            yield _("{wish}: {reason}").format(wish=wish, reason=reason or "-"), BELOW

    def _symbols(self) -> Iterator[str]:
        for symbol in self._member.shifts:
            shift = self._slips.problem.shift_by_symbol[symbol]
            yield f"{symbol}={shift_name(shift)} {span_text(shift.interval)}"
        for kind, mark in OFF_SYMBOLS.items():
            if kind is not OffKind.AWAY:
                yield f"{mark}={off_name(kind)}"
        yield f"{WISHED_DAY_OFF}={_('Day off as wished')}"
        yield f"{AS_WISHED}={_('As wished')}"

    def _put(self, column: int, value: Value, look: Look) -> None:
        stylist, sheet, row = self._slips.stylist, self._page.sheet, self._page.row
        if isinstance(value, Formula):
            stylist.formula(sheet, row, column, str(value), look)
        else:
            stylist.put(sheet, row, column, value, look)

    def _across(self, text: str, look: Look, first: int, last: int) -> None:
        self._put(first, text, look)
        self._page.sheet.merge_cells(
            start_row=self._page.row,
            end_row=self._page.row,
            start_column=first,
            end_column=last,
        )

    def _end(self, height: float) -> None:
        self._page.sheet.row_dimensions[self._page.row].height = height
        self._page.row += 1


def _looks(inside: bool) -> tuple[Look, ...]:
    """Return the looks of a date's symbol, times, jobs, breaks and night on call."""
    colour = "" if inside else BAND

    def look(
        size: float, edge: Edge, *, bold: bool = False, lines: bool = False
    ) -> Look:
        return Look(
            size=size, bold=bold, edge=edge, fill=colour, wrap=lines, shrink=not lines
        )

    return (
        look(24, "walls", bold=True),
        look(10, "walls", bold=True),
        look(7.5, "walls", lines=True),
        look(7.5, "walls", lines=True),
        look(8.5, "floor", bold=True),
    )
