"""Steps of the month's screen: cells, pins and users, and the month they lead to."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from scheduler.domain.base import StaffId
from scheduler.domain.problem import Pins, Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import OnCall

Cell = tuple[str, dt.date]
"""A person's name and a date; the empty name stands for the row of nights on call."""


class Part(StrEnum):
    """What of a roster can be changed on the page."""

    CELL = "cell"
    PIN = "pin"
    """Whether a cell is fixed: whatever is searched anew leaves it as it is."""
    BREAKS = "breaks"
    """When somebody rests in the shift that stands in the cell; comes with an answer of
    a search, and is typed by nobody."""
    USERS = "users"
    """How many users are expected on a date."""


class RosterEdit(NamedTuple):
    """One change of a step.

    Attributes
    ----------
    who
        A person of the staff list, empty for the row of nights on call; of a number of
        users, the service.
    text
        What was typed; empty takes back what the workbook says.  Of a pin `FIXED` or
        `OPEN`.
    """

    part: Part
    who: str
    date: dt.date
    text: str


Step = tuple[RosterEdit, ...]
"""What is undone together: one typed cell, a stretch, two cells exchanged."""

FIXED, OPEN = "fixed", "open"


class SteppedMonth:
    """A month as steps leave it: duties, nights on call, pins, users expected."""

    def __init__(self, problem: Problem, roster: RosterRecord) -> None:
        self._problem = problem
        self._roster = roster
        self.duties = dict(roster.by_cell)
        self.nights = dict(roster.on_call_by_date)
        self.pins = {(one.staff, one.date): one for one in problem.pins.duties}
        self.pinned_nights = {one.date: one.staff for one in problem.pins.on_call}
        self.days = dict(problem.forecast_by_date)

    def pin(self, who: str, date: dt.date) -> None:
        """Fix what stands in a cell."""
        if not who and date in self.nights:
            self.pinned_nights[date] = self.nights[date]
        elif (StaffId(who), date) in self.duties:
            self.pins[StaffId(who), date] = self.duties[StaffId(who), date]

    def unpin(self, who: str, date: dt.date) -> None:
        """Let a cell go again."""
        if who:
            self.pins.pop((StaffId(who), date), None)
        else:
            self.pinned_nights.pop(date, None)

    @property
    def roster(self) -> RosterRecord:
        """The roster; the very same if no duty differs."""
        base = self._roster
        if self.duties == base.by_cell and self.nights == base.on_call_by_date:
            return base
        return RosterRecord(
            duties=tuple(self.duties.values()),
            on_call=tuple(
                OnCall(staff=name, date=date)
                for date, name in sorted(self.nights.items())
            ),
        )

    @property
    def problem(self) -> Problem:
        """The month's input; the very same if neither pins nor users differ."""
        base = self._problem
        pins = Pins(
            duties=tuple(self.pins.values()),
            on_call=tuple(
                OnCall(staff=name, date=date)
                for date, name in self.pinned_nights.items()
            ),
        ).in_force(self._roster.by_cell, self.duties)
        if pins == base.pins and self.days == base.forecast_by_date:
            return base
        forecast = base.forecast.with_days(self.days.values())
        return base.model_copy(update={"pins": pins, "forecast": forecast})


def pinned(pins: Pins) -> set[Cell]:
    """Return the cells that are fixed."""
    cells: set[Cell] = {(one.staff, one.date) for one in pins.duties}
    return cells | {("", one.date) for one in pins.on_call}
