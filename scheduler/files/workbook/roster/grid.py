"""Where things stand on the sheets that are read back, when we write them.

The reader does not rely on it: it looks names and dates up, so that rows and
columns may be moved by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from scheduler.domain.base import Frozen
from scheduler.domain.shifts import Role
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

TAIL_DATES = 5
"""Dates of last month shown at the left, at most."""

DATE_ROW = 3
WEEKDAY_ROW = 4
HOLIDAY_ROW = 5
EVENT_ROW = 6
FIRST_STAFF_ROW = 7

ROLE_COLUMN = 1
NAME_COLUMN = 2
TERMS_COLUMN = 3
FIRST_DATE_COLUMN = 4

HOLIDAY_MARK = "祝"

GROUPS = (Role.MANAGER, Role.PLANNER, Role.NURSE, Role.CARE)
"""The order of the main jobs on the sheets."""


class Labels(Frozen):
    """The words by which the reader finds its way; they lie in the workbook."""

    roster: str
    breaks: str
    name: str
    on_call: str
    break_row: str

    @classmethod
    def translated(cls) -> Labels:
        """Return the labels in the language in use."""
        return cls(
            roster=_("Roster"),
            breaks=_("Breaks, care hours"),
            name=_("Name"),
            on_call=_("On call"),
            break_row=_("Break"),
        )


@dataclass(frozen=True)
class Grid:
    """Rows and columns of the break-room sheet."""

    problem: Problem

    @cached_property
    def members(self) -> tuple[StaffMember, ...]:
        """The staff by main job, in the order of the staff list within it."""
        return tuple(
            member
            for role in GROUPS
            for member in self.problem.staff
            if member.roles[0] is role
        )

    @cached_property
    def tail(self) -> tuple[dt.date, ...]:
        """The dates of last month that are shown."""
        return self.problem.history.dates[-TAIL_DATES:]

    @cached_property
    def rows(self) -> dict[StaffId, int]:
        """Row of each person."""
        return {
            member.name: row
            for row, member in enumerate(self.members, start=FIRST_STAFF_ROW)
        }

    @cached_property
    def columns(self) -> dict[dt.date, int]:
        """Column of each date, the tail included."""
        dates = (*self.tail, *self.problem.period.dates)
        return {date: i for i, date in enumerate(dates, start=FIRST_DATE_COLUMN)}

    @property
    def last_staff_row(self) -> int:
        """Row of the last person."""
        return FIRST_STAFF_ROW + len(self.members) - 1

    @property
    def on_call_row(self) -> int:
        """Row of the names on call."""
        return self.last_staff_row + 1

    @property
    def first_column(self) -> int:
        """Column of the period's first date."""
        return self.columns[self.problem.period.first]

    @property
    def last_column(self) -> int:
        """Column of the period's last date."""
        return self.columns[self.problem.period.last]

    def starts_group(self, member: StaffMember) -> bool:
        """Tell whether a person is the first of a main job."""
        index = self.members.index(member)
        before = self.members[index - 1] if index else None
        return before is None or before.roles[0] is not member.roles[0]

    def month(self, row: int) -> str:
        """Return the cells of the period in a row, as formulas name them."""
        first = get_column_letter(self.first_column)
        last = get_column_letter(self.last_column)
        return f"${first}{row}:${last}{row}"

    def fixed_month(self, row: int) -> str:
        """Return the same with the row held when a formula is copied."""
        first = get_column_letter(self.first_column)
        last = get_column_letter(self.last_column)
        return f"${first}${row}:${last}${row}"

    def everybody(self, column: int) -> str:
        """Return the cells of all people in a column."""
        letter = get_column_letter(column)
        return f"{letter}${FIRST_STAFF_ROW}:{letter}${self.last_staff_row}"
