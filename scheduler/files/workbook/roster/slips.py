"""Personal slips (個人票): a printed page for each person, the month as a calendar.

Made to be read on a phone's photo: the symbol of a date is large, its times stand
below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from scheduler.domain.clock import HOUR
from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.roster.page import LINE_POINTS, Page, lines_of
from scheduler.files.workbook.roster.slip_cells import write_value
from scheduler.files.workbook.roster.slip_month import AS_WISHED, WEEK, SlipMonth
from scheduler.files.workbook.roster.words import period_text
from scheduler.files.workbook.styles import HEADING, SOFT_INK, Look, print_setup
from scheduler.wording.duties import shift_name
from scheduler.wording.names import off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    WISHED_DAY_OFF,
    want_text,
)
from scheduler.wording.times import date_text, span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.figures.hours import PersonMonth
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.requests import Request
    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.slip_cells import SlipCells, Value
    from scheduler.files.workbook.styles import Stylist

WIDTHS = (11.2,) * WEEK
"""They fit the page also where LibreOffice lacks the font of Excel's columns."""
MARGIN = 0.25
"""Inches at the left and the right."""
PAGE = 740
"""Points of a page's height inside the margins, A4 upright."""
HEAD = (34, 16)
"""Heights of name and month, and of the line about the roster."""
FOOT = (14, 22, 14, 22)
"""Heights of the totals and their headings: counts, then hours."""
COUNTS = 6
"""Totals in the first of the two rows."""

NAME = Look(size=24, bold=True, edge="none", across="left", shrink=True)
MONTH = Look(size=18, bold=True, edge="none", across="right", shrink=True)
FACTS = Look(size=9, ink=SOFT_INK, edge="none", across="left", shrink=True)
HEADINGS = Look(size=9, fill=HEADING, bold=True, shrink=True)
COUNT = Look(size=13, bold=True, shrink=True)
HOURS = Look(size=13, bold=True, number="0.0", shrink=True)
AGREED = Look(size=10, shrink=True)
BELOW = Look(size=8.5, edge="none", across="left", down="top", wrap=True)
BELOW_BOLD = Look(size=8.5, bold=True, edge="none", across="left", wrap=True)


@dataclass(frozen=True)
class Slips:
    """All that the slips are written from."""

    stylist: Stylist
    problem: Problem
    months: Mapping[StaffId, PersonMonth]
    cells: SlipCells
    reasons: Mapping[Request, str]
    """Why wishes were refused, each in a line."""
    issued: str
    """Which roster this is."""
    note: str = ""
    """What to know about the page."""


def write_slips(slips: Slips, sheet: Worksheet, members: Sequence[StaffMember]) -> None:
    """Fill a sheet with a page for each person."""
    page = Page(slips.stylist, sheet, WIDTHS)
    heights = []
    for number, member in enumerate(members):
        if number:
            sheet.row_breaks.append(Break(page.row - 1))
        heights.append(_Slip(slips, member).write(page))
    scale = min(100, int(100 * PAGE / max(heights, default=PAGE)))
    print_setup(sheet, landscape=False, scale=scale)
    # LibreOffice takes a symbol that was shrunk for one that runs off the page.
    sheet.print_area = f"A1:{get_column_letter(WEEK)}{max(1, page.row - 1)}"
    sheet.page_margins.left = sheet.page_margins.right = MARGIN


class _Slip:
    """One person's page."""

    def __init__(self, slips: Slips, member: StaffMember) -> None:
        self._slips = slips
        self._member = member
        self._month = slips.months[member.name]

    def write(self, page: Page) -> float:
        """Write the page and return its height in points."""
        below = tuple(self._below())
        lines = sum(lines_of(text, sum(WIDTHS)) for text, _look in below)
        others = sum(HEAD) + sum(FOOT) + lines * LINE_POINTS + 2 * len(below)
        month = SlipMonth(self._slips, self._member, PAGE - others)
        self._head(page)
        page.row = month.write(page.sheet, page.row)
        self._totals(page)
        for text, look in below:
            page.sentence(text, look)
        return others + month.height

    def _head(self, page: Page) -> None:
        problem, member = self._slips.problem, self._member
        jobs = "・".join(role_name(role) for role in member.roles)
        facts = (problem.office.name, jobs, self._slips.issued)
        line = "   ".join(fact for fact in facts if fact)
        self._across(page, member.name, NAME, 1, 4)
        self._across(page, period_text(problem.period), MONTH, 5, WEEK)
        self._across(page, line, FACTS, 1, WEEK, below=1)
        self._end(page, HEAD)

    def _totals(self, page: Page) -> None:
        counts = (
            _("Days worked"),
            _("Nights"),
            _("On call"),
            _("Days off"),
            _("Weekends, holidays"),
            _("Paid leave"),
        )
        hours = (
            _("Hours of work"),
            _("Hours of paid leave"),
            _("Hours of absence"),
            _("Hours by contract"),
            _("Hours agreed"),
        )
        found = self._slips.cells.totals(self._member)
        looks = (*[HOURS] * (len(hours) - 1), AGREED)
        self._row(page, 0, counts, found[:COUNTS], [COUNT] * COUNTS)
        self._row(page, 2, hours, (*found[COUNTS:], self._agreed()), looks)
        self._end(page, FOOT)

    def _row(
        self,
        page: Page,
        below: int,
        headings: Sequence[str],
        values: Sequence[Value],
        looks: Sequence[Look],
    ) -> None:
        """Write headings, and what they head below them."""
        stylist, sheet, row = self._slips.stylist, page.sheet, page.row + below
        entries = zip(headings, values, looks, strict=True)
        for column, (heading, value, look) in enumerate(entries, start=1):
            stylist.put(sheet, row, column, heading, HEADINGS)
            write_value(stylist, sheet, row + 1, column, value, look)

    def _agreed(self) -> str:
        least, most = self._month.contract_min, self._month.contract_max
        if least is None and most is None:
            return "-"
        return _("{least} to {most}").format(
            least="" if least is None else f"{least / HOUR:.1f}",
            most="" if most is None else f"{most / HOUR:.1f}",
        )

    def _below(self) -> Iterator[tuple[str, Look]]:
        symbols = (f"{symbol}={text}" for symbol, text in self._symbols())
        yield "　".join(symbols), BELOW
        if self._slips.note:
            yield self._slips.note, BELOW
        refused = [wish.request for wish in self._month.wishes if not wish.granted]
        if refused:
            yield _("Wishes that could not be granted"), BELOW_BOLD
        for request in refused:
            wish = f"{date_text(request.date)} {want_text(request)}"
            reason = self._slips.reasons.get(request)
            line = _("{wish}: {reason}").format(wish=wish, reason=reason)
            yield line if reason else wish, BELOW

    def _symbols(self) -> Iterator[tuple[str, str]]:
        for symbol in self._member.shifts:
            shift = self._slips.problem.shift_by_symbol[symbol]
            yield symbol, f"{shift_name(shift)} {span_text(shift.interval)}"
        for kind, mark in OFF_SYMBOLS.items():
            if kind not in (OffKind.AWAY, OffKind.ABSENT):
                yield mark, off_name(kind)
        yield ABSENT_ON_PAPER, _("away")
        yield WISHED_DAY_OFF, _("Day off as wished")
        yield ON_CALL_MARK, _("On call")
        yield "( )", _("Break")
        yield AS_WISHED, _("As wished")

    def _across(
        self, page: Page, text: str, look: Look, first: int, last: int, below: int = 0
    ) -> None:
        row = page.row + below
        self._slips.stylist.put(page.sheet, row, first, text, look)
        page.sheet.merge_cells(
            start_row=row, end_row=row, start_column=first, end_column=last
        )

    def _end(self, page: Page, heights: Sequence[float]) -> None:
        for height in heights:
            page.sheet.row_dimensions[page.row].height = height
            page.row += 1
