"""Layout of the personal slips (個人票): a printed calendar page for each person.

It is legible on a photo taken with a phone: the symbol of a date is large, with its
times below.  The content of the cells comes from `slip_cells`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from openpyxl.worksheet.pagebreak import Break

from scheduler.audit.figures.people import PersonMonth
from scheduler.domain import N_
from scheduler.domain.base import StaffId
from scheduler.domain.clock import HOUR, WEEK
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.shifts import ENTERED, OffKind
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import day_fill
from scheduler.files.workbook.references import area, at
from scheduler.files.workbook.roster.totals import Key
from scheduler.files.workbook.sheet_writer import LINE_POINTS, SheetWriter, lines_of
from scheduler.files.workbook.styles import Edge, Fill, Formula, Ink, Look
from scheduler.wording.duties import shift_name
from scheduler.wording.names import off_name, role_name
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    OFF_SYMBOLS,
    ON_CALL_MARK,
    WISHED_DAY_OFF,
    want_text,
)
from scheduler.wording.times import date_text, period_text, span_text, weekday_text
from scheduler.wording.translation import _

WIDTHS = (11.2,) * WEEK
"""Column widths that fit the page also in LibreOffice without Excel's default font."""
MARGIN = 0.25
"""Left and right margin, in inches."""
PAGE = 740
"""Height of an A4 page, portrait, inside the margins, in points, as all heights below.
"""
HEAD = (34, 16)
"""Heights of name and month, and of the line about the roster."""
FOOT = (14, 22, 14, 22)
"""Heights of the totals and their headings: counts, then hours."""
COUNTS = 6
"""Number of totals in the first of the two rows."""
WEEKDAYS = 18
DATE, TIMES, ON_CALL = 14, 14, 13
"""Heights of a date, of clock times and of a night on call."""
LINE = 11
"""Height of a line of jobs or breaks."""
SMALL = 7
"""Size of the letters of jobs and breaks."""
JOBS_WIDTH = WIDTHS[0] * 11 / SMALL
"""Letters of that size in a column, whose width counts letters of 11 points."""
SYMBOL = (28, 48)
"""Least and greatest height of a symbol, which takes the remaining height."""

NAME = Look(size=24, bold=True, edge="none", across="left", shrink=True)
MONTH = Look(size=18, bold=True, edge="none", across="right", shrink=True)
FACTS = Look(size=9, ink=Ink.SOFT, edge="none", across="left", shrink=True)
HEADINGS = Look(size=9, fill=Fill.HEADING, bold=True, shrink=True)
COUNT = Look(size=13, bold=True, shrink=True)
HOURS = Look(size=13, bold=True, number="0.0", shrink=True)
AGREED = Look(size=10, shrink=True)
BELOW = Look(size=8.5, edge="none", across="left", down="top", wrap=True)
BELOW_BOLD = Look(size=8.5, bold=True, edge="none", across="left", wrap=True)

AS_WISHED = "★"
"""Mark of dates for which all wishes are granted."""
FREE = (
    OFF_SYMBOLS[OffKind.DAY_OFF],
    WISHED_DAY_OFF,
    OFF_SYMBOLS[OffKind.PAID_LEAVE],
)
"""Symbols of days off, which are coloured."""

Value = Formula | str | float
"""Content of a cell."""


class Day(NamedTuple):
    """The cells of a date, from top to bottom."""

    symbol: Value = ""
    times: Value = ""
    jobs: Value = ""
    breaks: Value = ""
    on_call: Value = ""


class SlipTotal(NamedTuple):
    """A total of a person's month.

    Attributes
    ----------
    key
        Which columns of the manager's sheet add up to it.
    value
        What it is by the figures of the month.
    """

    heading: str
    key: Key
    value: Callable[[PersonMonth], float]
    look: Look = COUNT


TOTALS = (
    SlipTotal(N_("Days worked"), "shift", lambda one: sum(dict(one.shifts).values())),
    SlipTotal(N_("Nights"), "nights", lambda one: one.nights),
    SlipTotal(N_("On call"), "on_call", lambda one: one.on_call),
    SlipTotal(N_("Days off"), "days_off", lambda one: one.days_off),
    SlipTotal(N_("Weekends, holidays"), "rest_days", lambda one: one.rest_days),
    SlipTotal(N_("Paid leave"), "paid_leave", lambda one: one.leave_days),
    SlipTotal(N_("Hours of work"), "work", lambda one: one.total / HOUR, HOURS),
    SlipTotal(N_("Hours of paid leave"), "leave", lambda one: one.leave / HOUR, HOURS),
    SlipTotal(N_("Hours of absence"), "absence", lambda one: one.absence / HOUR, HOURS),
    SlipTotal(N_("Hours by contract"), "hours", lambda one: one.credited / HOUR, HOURS),
)
"""The totals in order: counts in the first row, hours in the second."""


class SlipCells(Protocol):
    """Source of the cells of the slips: values or formulas."""

    def day(self, member: StaffMember, date: dt.date, here: str) -> Day:
        """Return the lines of a date; ``here`` is the cell its symbol goes into."""

    def total(self, member: StaffMember, total: SlipTotal) -> Value:
        """Return a total of a person."""


@dataclass(frozen=True)
class Slips:
    """The data that the slips are written from."""

    problem: Problem
    months: Mapping[StaffId, PersonMonth]
    cells: SlipCells
    reasons: Mapping[Request, str]
    """Reasons for refused wishes, as text."""
    jobs: Mapping[tuple[StaffId, dt.date], str]
    """Roles and events of the dates that have any."""
    issued: str
    """Line that says when the roster was issued."""
    note: str = ""
    """Note to the reader of the page."""


def fill_slips(slips: Slips, out: SheetWriter, members: Iterable[StaffMember]) -> None:
    """Fill a sheet with a page for each person."""
    out.widths(WIDTHS)
    sheet = out.sheet
    heights = []
    for number, member in enumerate(members):
        if number:
            sheet.row_breaks.append(Break(out.row - 1))
        heights.append(_Slip(slips, out, member).write())
    scale = min(100, int(100 * PAGE / max(heights, default=PAGE)))
    out.finish(landscape=False, scale=scale)
    # Without a print area, LibreOffice takes symbols that are shrunk to fit for text
    # that runs off the page.
    sheet.print_area = area(1, 1, max(1, out.row - 1), WEEK)
    sheet.page_margins.left = sheet.page_margins.right = MARGIN


class _Slip:
    """One person's page."""

    def __init__(self, slips: Slips, out: SheetWriter, member: StaffMember) -> None:
        self._slips = slips
        self._out = out
        self._member = member
        self._month = slips.months[member.name]
        jobs = (
            text for (name, _date), text in slips.jobs.items() if name == member.name
        )
        self._jobs = max((lines_of(text, JOBS_WIDTH) for text in jobs), default=0)
        """Lines that roles and events of a date take at most."""
        self._weeks = slips.problem.weeks

    def write(self) -> float:
        """Write the page and return its height in points."""
        below = tuple(self._below())
        lines = sum(lines_of(text, sum(WIDTHS)) for text, _look in below)
        others = sum(HEAD) + sum(FOOT) + lines * LINE_POINTS + 2 * len(below)
        room = PAGE - others - WEEKDAYS
        heights = self._divided(room / len(self._weeks))
        self._head()
        self._calendar(heights)
        self._totals()
        for text, look in below:
            self._out.sentence(text, look)
        # The rows of the month may need more height than the page has.
        return others + WEEKDAYS + len(self._weeks) * sum(heights)

    def _head(self) -> None:
        out, problem, member = self._out, self._slips.problem, self._member
        jobs = "・".join(role_name(role) for role in member.roles)
        number = _("No. {number}").format(number=member.number) if member.number else ""
        facts = (problem.office.name, number, jobs, self._slips.issued)
        line = "   ".join(fact for fact in facts if fact)
        for below, first, last, text, look in (
            (0, 1, 4, member.name, NAME),
            (0, 5, WEEK, period_text(problem.period), MONTH),
            (1, 1, WEEK, line, FACTS),
        ):
            out.across(out.row + below, first, last, text, look)
        self._end(HEAD)

    def _divided(self, room: float) -> tuple[float, ...]:
        """Divide the height of a week among the lines of its dates."""
        known = self._slips.problem.shift_by_symbol
        shifts = [known[symbol] for symbol in self._member.shifts]
        options = [option for shift in shifts for option in shift.break_options]
        breaks = max(map(len, options), default=1)
        lines = [TIMES, LINE * self._jobs, LINE * max(1, breaks), ON_CALL]
        if not self._jobs:
            del lines[1]
        least, most = SYMBOL
        symbol = min(most, max(least, room - DATE - sum(lines)))
        return (DATE, symbol, *lines)

    def _calendar(self, heights: Sequence[float]) -> None:
        """Write the month: a row of boxes a week, each a few cells high."""
        out = self._out
        for column, date in enumerate(self._weeks[0], start=1):
            weekday = date.weekday()
            ink = {5: Ink.SATURDAY, 6: Ink.SUNDAY}.get(weekday, Ink.PLAIN)
            look = Look(size=10, bold=True, fill=Fill.HEADING, ink=ink)
            out.put(out.row, column, weekday_text(weekday), look)
        self._end((WEEKDAYS,))
        for week in self._weeks:
            for column, date in enumerate(week, start=1):
                self._box(column, date)
            # A conditional format, as symbols may be formulas that follow edits.
            symbols, last = out.row + 1, out.row + len(heights) - 1
            tests = ",".join(f'A${symbols}="{symbol}"' for symbol in self._free)
            cells = area(symbols, 1, last, WEEK)
            out.colour(cells, f"OR({tests})", Fill.GOOD)
            self._end(heights)

    @property
    def _free(self) -> tuple[str, ...]:
        return (*FREE, *(one.symbol for one in self._slips.problem.kinds if one.off))

    def _box(self, column: int, date: dt.date) -> None:
        out = self._out
        inside = date in self._slips.problem.period
        out.put(out.row, column, self._date(date), self._date_look(date))
        here = at(out.row + 1, column)
        day = self._slips.cells.day(self._member, date, here) if inside else Day()
        looks = _looks("" if inside else Fill.BAND)
        lines = [*zip(day, looks, strict=True)]
        if not self._jobs:
            del lines[Day._fields.index("jobs")]
        for row, (value, look) in enumerate(lines, start=out.row + 1):
            out.put(row, column, value, look)

    def _date(self, date: dt.date) -> str:
        period = self._slips.problem.period
        if date not in period:
            return f"{date.month}/{date.day}"
        with_month = date.day == 1 or date == period.first
        text = f"{date.month}/{date.day}" if with_month else f"{date.day}"
        mark = AS_WISHED if date in self._month.dates_as_wished else ""
        parts = (text, mark, period.holiday_names.get(date, ""))
        return " ".join(part for part in parts if part)

    def _date_look(self, date: dt.date) -> Look:
        period = self._slips.problem.period
        inside = date in period
        colour = day_fill(period, date) if inside else Fill.BAND
        inks = {
            Fill.SUNDAY: Ink.SUNDAY,
            Fill.SATURDAY: Ink.SATURDAY,
            Fill.BAND: Ink.SOFT,
        }
        return Look(
            size=11,
            bold=inside,
            ink=inks.get(colour, Ink.PLAIN),
            fill=colour,
            edge="roof",
            across="left",
            shrink=True,
        )

    def _totals(self) -> None:
        cells, member = self._slips.cells, self._member
        found = [(_(one.heading), cells.total(member, one), one.look) for one in TOTALS]
        found.append((_("Hours agreed"), self._agreed(), AGREED))
        for below, own in ((0, found[:COUNTS]), (2, found[COUNTS:])):
            row = self._out.row + below
            for column, (heading, value, look) in enumerate(own, start=1):
                self._out.put(row, column, heading, HEADINGS)
                self._out.put(row + 1, column, value, look)
        self._end(FOOT)

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
        problem, month = self._slips.problem, dict(self._month.shifts)
        own = (one for one in problem.kind_shifts.values() if month[one.symbol])
        for symbol in (*self._member.shifts, *(one.symbol for one in own)):
            shift = problem.shift_by_symbol[symbol]
            yield symbol, f"{shift_name(shift)} {span_text(shift.interval)}"
        for kind, mark in OFF_SYMBOLS.items():
            if kind not in (OffKind.AWAY, *ENTERED):
                yield mark, off_name(kind)
        if self._month.special_leave or self._month.long_leave:
            for one in problem.kinds:
                if one.off:
                    yield one.symbol, one.name
        yield ABSENT_ON_PAPER, _("away")
        yield WISHED_DAY_OFF, _("Day off as wished")
        yield ON_CALL_MARK, _("On call")
        yield "( )", _("Break")
        yield AS_WISHED, _("As wished")

    def _end(self, heights: Sequence[float]) -> None:
        for height in heights:
            self._out.height(height, self._out.row)
            self._out.row += 1


def _looks(colour: str) -> tuple[Look, ...]:
    def look(size: float, edge: Edge = "walls", *, bold: bool = True) -> Look:
        return Look(
            size=size, bold=bold, edge=edge, fill=colour, wrap=not bold, shrink=bold
        )

    small = look(SMALL, bold=False)
    return (look(26), look(10), small, small, look(9, "floor"))
