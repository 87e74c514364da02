"""Data and layout that all sheets of a roster workbook share.

The reader does not rely on the layout: it finds people by name and dates by date, so
rows and columns may be moved by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.audit.figures.bands import DayHours, Night, day_hours, nights
from scheduler.audit.figures.day_curve import HeatRow, Moment, day_curves, heat_row
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.figures.summary import Kept, Remaining, kept, remaining
from scheduler.audit.papers.shortage import Shortage, shortage
from scheduler.domain.advice import Advice
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.finding import Finding
from scheduler.domain.homes import homes
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, RosterRecord
from scheduler.domain.roster import Change
from scheduler.domain.shifts import Duty, OffKind, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.dates import day_fill
from scheduler.files.workbook.references import Fixed, area
from scheduler.files.workbook.roster.symbols import ChoiceLists, SymbolTables
from scheduler.files.workbook.styles import Edge
from scheduler.rulebook import Rulebook, rules_of
from scheduler.wording.duties import events_on
from scheduler.wording.names import short_names
from scheduler.wording.notation import CellLanguage
from scheduler.wording.places import marked
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.actual import AsWorked
    from scheduler.domain.plan import Plan, Room

TAIL_DATES = 5
"""Most dates of the tail that are shown at the left."""

DATE_ROW = 3
WEEKDAY_ROW = 4
HOLIDAY_ROW = 5
EVENT_ROW = 6
FIRST_STAFF_ROW = 7

ROLE_COLUMN = 1
NAME_COLUMN = 2
TERMS_COLUMN = 3
DATE_WIDTH = 4.3
"""Width of the column of a date, in characters."""
FIRST_DATE_COLUMN = 4

GROUPS = (Role.MANAGER, Role.PLANNER, Role.NURSE, Role.CARE)
"""Order of the main roles on the sheets."""


class Labels(Frozen):
    """Titles and headings by which the reader finds cells; stored in the workbook."""

    roster: str
    """Title of the sheet whose cells are the roster."""
    breaks: str
    name: str
    on_call: str
    break_row: str
    wall: str = ""
    """Title of the wall sheet; empty in files of versions that had none."""

    @classmethod
    def translated(cls) -> Labels:
        """Return the labels in the current language."""
        return cls(
            roster=_("Manager's sheet"),
            breaks=_("Breaks, care hours"),
            name=_("Name"),
            on_call=_("On call"),
            break_row=_("Break"),
            wall=_("Wall sheet"),
        )


def shifts_shown(problem: Problem, roster: RosterRecord) -> tuple[Shift, ...]:
    """Return the shift table, and the kinds of work that a roster has somewhere."""
    begun = {duty.shift for duty in roster.duties}
    return tuple(
        shift
        for shift in problem.all_shifts
        if shift.own_kind is None or shift.symbol in begun
    )


@dataclass(frozen=True)
class RosterGrid:
    """Rows and columns of the manager's sheet."""

    problem: Problem

    @cached_property
    def members(self) -> tuple[StaffMember, ...]:
        """The staff by main role, and within a role as on the staff list."""
        return tuple(
            member
            for role in GROUPS
            for member in self.problem.staff
            if member.roles[0] is role
        )

    @cached_property
    def edges(self) -> dict[StaffId, Edge]:
        """The border of each person's cells, strong above the first of a main role."""
        before = (None, *(member.roles[0] for member in self.members))
        return {
            member.name: "grid" if member.roles[0] is role else "group"
            for member, role in zip(self.members, before, strict=False)
        }

    @cached_property
    def tail(self) -> tuple[dt.date, ...]:
        """The dates of the tail that are shown."""
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
    def last_column(self) -> int:
        """Column of the period's last date."""
        return self.columns[self.problem.period.last]

    @property
    def first_column(self) -> int:
        """Column of the period's first date."""
        return self.columns[self.problem.period.first]

    def month(self, row: int, fixed: Fixed = "column") -> str:
        """Return the reference to a row's cells in the period."""
        return area(row, self.first_column, row, self.last_column, fixed)


@dataclass(frozen=True)
class Book:
    """A roster and the figures that are written into its workbook."""

    problem: Problem
    roster: RosterRecord
    findings: Sequence[Finding]
    candidates: Sequence[RosterRecord] = ()
    """All candidates, this roster among them, for the page that compares them."""
    plans: Sequence[Plan] = ()
    """All plans for the rest of a month, this roster that of one: its changes are
    framed, and there are pages on whom to ask and on the other plans."""
    rooms: Sequence[Room] = ()
    """How many more guests can come by date and service; empty if not computed."""
    whole: AuditedMonth | None = None
    """The month of all houses, where this is one of several."""
    worked: AsWorked | None = None
    """The month as it was worked, whose roster this is; ``None`` if it is a plan."""
    lists: ChoiceLists = field(default_factory=ChoiceLists)
    """Lists for drop-downs, added while sheets are written."""

    @cached_property
    def labels(self) -> Labels:
        """Titles and headings by which the reader finds cells."""
        return Labels.translated()

    @cached_property
    def grid(self) -> RosterGrid:
        """Rows of people and columns of dates."""
        return RosterGrid(self.problem)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts that are counted, as of `shifts_shown`."""
        return shifts_shown(self.problem, self.roster)

    @cached_property
    def has_other_leave(self) -> bool:
        """Whether anybody is on leave for which there is a column of its own."""
        other = (OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE)
        return any(duty.off in other for duty in self.roster.duties)

    @cached_property
    def tables(self) -> SymbolTables:
        """Tables of spellings, which formulas refer to."""
        return SymbolTables(self.problem, self.roster)

    @cached_property
    def language(self) -> CellLanguage:
        """Notation of the cells."""
        return CellLanguage(self.problem)

    @cached_property
    def short_names(self) -> dict[StaffId, str]:
        """Short name of each person: the family name, or more if that is not unique."""
        return short_names(member.name for member in self.problem.staff)

    @cached_property
    def months(self) -> dict[StaffId, PersonMonth]:
        """Figures of each person's month."""
        return {month.staff: month for month in people(self.problem, self.roster)}

    @cached_property
    def plan_number(self) -> int:
        """Number, from 1, of the plan whose roster this is; 0 if there is none."""
        rosters = [plan.roster for plan in self.plans]
        return rosters.index(self.roster) + 1 if self.roster in rosters else 0

    @property
    def plan(self) -> Plan:
        """The plan whose roster the book holds.

        Raises
        ------
        LookupError
            If there is none.
        """
        if not self.plan_number:
            raise LookupError
        return self.plans[self.plan_number - 1]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Changes of the plan, or else of the last revision."""
        if self.plan_number:
            return self.plan.changes
        revisions = self.roster.revisions
        return revisions[-1].changes if revisions else ()

    @cached_property
    def elsewhere(self) -> frozenset[tuple[StaffId, dt.date]]:
        """Cells of people at work off the floor, or on leave that was entered."""
        shifts = self.problem.shift_by_symbol
        return frozenset(
            (duty.staff, duty.date)
            for duty in self.roster.duties
            if duty.off in (OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE)
            or (duty.shift is not None and not shifts[duty.shift].counts)
        )

    @cached_property
    def changed_cells(self) -> dict[tuple[StaffId, dt.date], Change]:
        """Changes of duties, by person and date."""
        return {(c.staff, c.date): c for c in self.changes if c.on_call is None}

    @cached_property
    def changed_nights(self) -> dict[dt.date, StaffId]:
        """Nights with another person on call, and who was on call before."""
        had = {c.date: c.staff for c in self.changes if c.on_call is False}
        dates = (c.date for c in self.changes if c.on_call is not None)
        return {date: had.get(date, StaffId("")) for date in dates}

    @cached_property
    def former(self) -> dict[tuple[StaffId, dt.date], Duty | None]:
        """The first plan of the cells that say something else since it was issued.

        Of dates that have stamps, what was worked is such a cell too.
        """
        found: dict[tuple[StaffId, dt.date], Duty | None] = {}
        for change in self._since_issued:
            if change.on_call is None:
                found.setdefault((change.staff, change.date), change.before)
        if self.worked is not None:
            until = self.worked.actual.stamped_until
            for cell, duty in self.worked.plan.by_cell.items():
                if until is not None and cell[1] <= until:
                    found.setdefault(cell, duty)
        now = self.roster.by_cell
        return {
            cell: before
            for cell, before in found.items()
            if cell not in now or before is None or before.entry != now[cell].entry
        }

    @cached_property
    def former_nights(self) -> dict[dt.date, StaffId]:
        """Nights with another person on call than in the first plan, and that one."""
        found: dict[dt.date, StaffId] = {}
        for change in self._since_issued:
            if change.on_call is False:
                found.setdefault(change.date, change.staff)
        now = self.roster.on_call_by_date
        return {date: had for date, had in found.items() if now.get(date) != had}

    @property
    def _since_issued(self) -> tuple[Change, ...]:
        """All changes since the roster was first issued, the oldest first."""
        accepted = [one for new in self.roster.revisions for one in new.changes]
        return (*accepted, *(self.plan.changes if self.plan_number else ()))

    @cached_property
    def occasions(self) -> dict[dt.date, list[str]]:
        """The holiday and the events of each date, the tail included."""
        holidays = self.problem.period.holiday_names
        return {
            date: [
                *([holidays[date]] if date in holidays else ()),
                *(
                    marked(home, name)
                    for home in homes(self.problem)
                    for name in events_on(home.problem, date)
                ),
            ]
            for date in self.grid.columns
        }

    @property
    def advice(self) -> Advice:
        """Advice on a month that is short of people; may be empty."""
        return self.advised.roster.advice or Advice()

    @property
    def advised(self) -> AuditedMonth:
        """The month that the advice is about: of several houses that of all."""
        if self.whole is not None:
            return self.whole
        return AuditedMonth(self.problem, self.roster, tuple(self.findings))

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force in the period."""
        return rules_of(self.problem)

    @cached_property
    def curves(self) -> dict[dt.date, tuple[Moment, ...]]:
        """Staffing of each date by the clock."""
        return day_curves(self.problem, self.roster, self.problem.period.dates)

    @cached_property
    def heat(self) -> dict[dt.date, HeatRow]:
        """The smallest margin of each date and hour."""
        return {date: heat_row(date, curve) for date, curve in self.curves.items()}

    @cached_property
    def hours(self) -> dict[dt.date, DayHours]:
        """Care hours of each date (A-03)."""
        return {day.date: day for day in day_hours(self.problem, self.roster)}

    @cached_property
    def nights(self) -> dict[dt.date, Night]:
        """Staffing of each night."""
        return {night.date: night for night in nights(self.problem, self.roster)}

    @cached_property
    def shortage(self) -> Shortage:
        """The shortage of the roster."""
        return shortage(self.problem, self.roster, self.findings)

    @cached_property
    def kept(self) -> Kept:
        """Whether the roster keeps law, musts and contracts."""
        return kept(self.problem, self.findings)

    @cached_property
    def remaining(self) -> tuple[Remaining, ...]:
        """Penalties that remain on the levels below law."""
        return remaining(self.findings, self.roster.outcomes)

    def day_fill(self, date: dt.date) -> str:
        """Return the colour of a Saturday, or of a Sunday or holiday; else empty."""
        return day_fill(self.problem.period, date)
