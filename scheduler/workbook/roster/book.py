"""What every sheet of a roster workbook is written from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.workbook.roster.symbols import CellLanguage
from scheduler.workbook.roster.words import short_names
from scheduler.workbook.styles import SATURDAY, SUNDAY

if TYPE_CHECKING:
    import datetime as dt

    from openpyxl.workbook.workbook import Workbook

    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.reports import PersonMonth
    from scheduler.workbook.roster.grid import Grid, Labels
    from scheduler.workbook.roster.symbol_sheet import ChoiceLists, SymbolTables
    from scheduler.workbook.styles import Stylist


@dataclass(frozen=True)
class Book:
    """One roster on its way into a workbook."""

    workbook: Workbook
    stylist: Stylist
    problem: Problem
    roster: Roster
    findings: tuple[Finding, ...]
    months: tuple[PersonMonth, ...]
    labels: Labels
    grid: Grid
    tables: SymbolTables
    lists: ChoiceLists

    @cached_property
    def language(self) -> CellLanguage:
        """How the cells are spelled."""
        return CellLanguage(self.problem)

    @cached_property
    def short_names(self) -> dict[StaffId, str]:
        """Family names where they suffice."""
        return short_names(member.name for member in self.problem.staff)

    @cached_property
    def month_of(self) -> dict[StaffId, PersonMonth]:
        """The month of each person."""
        return {month.staff: month for month in self.months}

    def day_fill(self, date: dt.date) -> str:
        """Return the colour of a date: Saturday, Sunday or holiday, or none."""
        if date in self.problem.period.holiday_names or date.weekday() == 6:
            return SUNDAY
        return SATURDAY if date.weekday() == 5 else ""
