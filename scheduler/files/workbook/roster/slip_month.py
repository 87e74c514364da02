"""The month of a personal slip: a row of boxes a week, each a few cells high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter

from scheduler.domain.shifts import OffKind
from scheduler.files.workbook.roster.slip_cells import Day, write_value
from scheduler.files.workbook.styles import (
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
)
from scheduler.wording.notation import OFF_SYMBOLS, WISHED_DAY_OFF
from scheduler.wording.times import weekday_text

if TYPE_CHECKING:
    import datetime as dt

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.staff import StaffMember
    from scheduler.files.workbook.roster.slips import Slips

WEEK = 7
WEEKDAYS = 18
"""Height of the weekdays; this and all below in points."""
DATE, TIMES, ON_CALL = 14, 14, 13
"""Heights of a date, of clock times and of a night on call."""
SMALL = 11
"""Height of a line of jobs or breaks."""
SYMBOL = (28, 48)
"""Height of a symbol, at least and at most; it takes what is left."""

AS_WISHED = "★"
"""Behind the dates for which all that was asked is granted."""
FREE = (
    OFF_SYMBOLS[OffKind.DAY_OFF],
    WISHED_DAY_OFF,
    OFF_SYMBOLS[OffKind.PAID_LEAVE],
)
"""Symbols of the days that are tinted."""


class SlipMonth:
    """One person's month, to be written into as many points as there are."""

    def __init__(self, slips: Slips, member: StaffMember, room: float) -> None:
        period, settings = slips.problem.period, slips.problem.office.settings
        self._slips = slips
        self._member = member
        self._as_wished = slips.months[member.name].dates_as_wished
        self._has_jobs = len(member.roles) > 1
        self._weeks = tuple(period.weeks(settings.week_starts_on))
        self._heights = self._divided((room - WEEKDAYS) / len(self._weeks))

    @property
    def height(self) -> float:
        """Points that the month takes, which may be more than there are."""
        return WEEKDAYS + len(self._weeks) * sum(self._heights)

    def write(self, sheet: Worksheet, row: int) -> int:
        """Write the month from ``row`` on, and return the row after it."""
        for column, date in enumerate(self._weeks[0], start=1):
            weekday = date.weekday()
            ink = {5: SATURDAY_INK, 6: SUNDAY_INK}.get(weekday, INK)
            look = Look(size=10, bold=True, fill=HEADING, ink=ink)
            self._slips.stylist.put(sheet, row, column, weekday_text(weekday), look)
        sheet.row_dimensions[row].height = WEEKDAYS
        row += 1
        for week in self._weeks:
            for column, date in enumerate(week, start=1):
                self._box(sheet, row, column, date)
            _tint(sheet, row + 1, row + len(self._heights) - 1)
            for height in self._heights:
                sheet.row_dimensions[row].height = height
                row += 1
        return row

    def _divided(self, room: float) -> tuple[float, ...]:
        """Divide the height of a week among the lines of its dates."""
        known = self._slips.problem.shift_by_symbol
        shifts = [known[symbol] for symbol in self._member.shifts]
        jobs = max((len(shift.segments) for shift in shifts), default=1)
        options = [option for shift in shifts for option in shift.break_options]
        breaks = max(map(len, options), default=1)
        lines = [TIMES, SMALL * jobs, SMALL * max(1, breaks), ON_CALL]
        if not self._has_jobs:
            del lines[1]
        least, most = SYMBOL
        symbol = min(most, max(least, room - DATE - sum(lines)))
        return (DATE, symbol, *lines)

    def _box(self, sheet: Worksheet, row: int, column: int, date: dt.date) -> None:
        stylist = self._slips.stylist
        inside = date in self._slips.problem.period
        stylist.put(sheet, row, column, self._date(date), self._date_look(date))
        here = f"{get_column_letter(column)}{row + 1}"
        day = self._slips.cells.day(self._member, date, here) if inside else Day()
        looks = _looks("" if inside else BAND)
        lines = [*zip(day, looks, strict=True)]
        if not self._has_jobs:
            del lines[Day._fields.index("jobs")]
        for below, (value, look) in enumerate(lines, start=1):
            write_value(stylist, sheet, row + below, column, value, look)

    def _date(self, date: dt.date) -> str:
        period = self._slips.problem.period
        if date not in period:
            return f"{date.month}/{date.day}"
        with_month = date.day == 1 or date == period.first
        text = f"{date.month}/{date.day}" if with_month else f"{date.day}"
        mark = AS_WISHED if date in self._as_wished else ""
        parts = (text, mark, period.holiday_names.get(date, ""))
        return " ".join(part for part in parts if part)

    def _date_look(self, date: dt.date) -> Look:
        period = self._slips.problem.period
        inside, ink, colour = date in period, INK, ""
        if not inside:
            ink, colour = SOFT_INK, BAND
        elif date in period.holiday_names or date.weekday() == 6:
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


def _looks(colour: str) -> tuple[Look, ...]:
    """Return the looks of the lines of a `Day`."""

    def look(size: float, edge: Edge = "walls", *, bold: bool = True) -> Look:
        return Look(
            size=size, bold=bold, edge=edge, fill=colour, wrap=not bold, shrink=bold
        )

    small = look(8, bold=False)
    return (look(26), look(10), small, small, look(9, "floor"))


def _tint(sheet: Worksheet, symbols: int, last: int) -> None:
    """Tint days off by the symbols of a row, whatever they come to be."""
    tests = ",".join(f'A${symbols}="{symbol}"' for symbol in FREE)
    rule = FormulaRule(formula=[f"OR({tests})"], fill=fill(GOOD))
    area = f"A{symbols}:{get_column_letter(WEEK)}{last}"
    sheet.conditional_formatting.add(area, rule)
