"""How many more guests a roster carries once few cells say something else.

For each number of guests the way is looked for that asks fewest people, then changes
fewest cells.  Breaks may move besides: nobody is asked for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.figures.other_days import most, other_day, with_day
from scheduler.constraints.language.scope import expression
from scheduler.domain.plan import changes
from scheduler.domain.room import Service, Way
from scheduler.domain.scenario import Scenario
from scheduler.rulebook import load
from scheduler.solver.standing.by_hand import cells_by_hand, nights_by_hand
from scheduler.solver.standing.disturbance import Disturbance
from scheduler.solver.standing.fewest import fewest
from scheduler.solver.standing.month import Month
from scheduler.whatif.room.breaks import with_breaks_kept

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.room import Room
    from scheduler.domain.roster import Roster
    from scheduler.solver.search import Search

MOST_BEYOND = 4
"""So many guests more than the roster carries are asked about at most."""

WORK = 2.0
"""What one search may take, in the solver's deterministic time."""


class Asking:
    """A month and its model, in which more guests may come on some dates.

    Parameters
    ----------
    problem, plan, roster
        The month, the roster as it was made, and as it stands.  What was changed by
        hand stays.
    rooms
        As the roster stands: of these dates and services questions will be asked.
    most_cells
        How many cells may change.
    now
        First date that may change.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Roster,
        roster: Roster,
        rooms: Iterable[Room],
        most_cells: int,
        now: dt.date,
    ) -> None:
        self._by_hand = problem, plan, roster, Scenario(now=now)

        def otherwise(month: Problem) -> tuple[ForecastDay, ...]:
            days = (
                other_day(month, room.date, room.service, number)
                for room in rooms
                for number in _numbers(month, room)
            )
            return tuple(dict.fromkeys(days))

        self._month = Month.standing(problem, plan, roster, otherwise=otherwise)
        self._most_cells = most_cells
        self._now = now

    def ask(self, room: Room, search: Search) -> Room:
        """Return the room with the ways found for each number of guests beyond.

        Raises
        ------
        Disagreement
            If model and audit differ.  Our bug.
        """
        ways: list[Way] = []
        roster: Roster | None = None
        is_certain = _ends_full(self._month.problem, room)
        for number in _numbers(self._month.problem, room):
            if roster is None or not self._carries(roster, room, number):
                roster, is_impossible = self._least(room, number, search)
            if roster is None:
                is_certain = is_impossible
                break
            ways.append(_told(self._month, roster, number - room.expected))
        return room.model_copy(update={"ways": tuple(ways), "is_certain": is_certain})

    def _carries(self, roster: Roster, room: Room, number: int) -> bool:
        """Whether the least way for one guest fewer is enough, and so the least again.

        Of day users two may ask for less than one (`as_it_stands`).
        """
        if room.service is Service.DAY_USE:
            return False
        changed = with_day(self._month.problem, self._day(room, number))
        return not self._month.standard.beyond(audit(changed, roster))

    def _least(
        self, room: Room, number: int, search: Search
    ) -> tuple[Roster | None, bool]:
        """Return the least way for so many guests, or whether there surely is none."""
        month, day = self._month, self._day(room, number)
        cp, _ = month.cp()
        for others in month.model.otherwise.values():
            for other, comes in others.items():
                cp.add(comes == int(other == day))
        disturbance = Disturbance(
            month.model, cp, month.roster, self._now, month.problem.staff
        )
        disturbance.hold_past(cp)
        disturbance.hold_cells(cp, cells_by_hand(*self._by_hand))
        disturbance.hold_nights(cp, nights_by_hand(*self._by_hand))
        cp.add(expression(disturbance.cells()) <= self._most_cells)
        # So few cells make a small model: the fewest people are found at once.
        people = (self._most_cells, self._most_cells)
        found = fewest(month, cp, disturbance, search, others=people, work=WORK)
        if not found.values:
            return None, found.is_impossible
        changed = with_day(month.problem, day)
        roster = month.read(found.values, disturbance, changed)
        kept = with_breaks_kept(changed, month.roster, roster, month.standard)
        return kept, False

    def _day(self, room: Room, number: int) -> ForecastDay:
        return other_day(self._month.problem, room.date, room.service, number)


def _told(month: Month, after: Roster, more: int) -> Way:
    changed = tuple(changes(month.problem, month.roster, after))
    cells = {(change.staff, change.date) for change in changed if change.after}
    asked = {change.staff for change in changed}
    return Way(
        more=more,
        changes=changed,
        asked=tuple(one.name for one in month.problem.staff if one.name in asked),
        breaks=tuple(
            duty
            for cell, duty in after.by_cell.items()
            if cell not in cells and duty.breaks != month.roster.by_cell[cell].breaks
        ),
    )


def _numbers(problem: Problem, room: Room) -> range:
    """Return the numbers of guests to be asked about."""
    first = room.expected + room.as_it_stands + 1
    return range(first, min(_end(problem, room), first + MOST_BEYOND - 1) + 1)


def _ends_full(problem: Problem, room: Room) -> bool:
    """Whether beyond the numbers asked about there is no place, or nothing is asked."""
    numbers = _numbers(problem, room)
    is_last = not numbers or numbers[-1] == _end(problem, room)
    return is_last and room.service is not Service.VISIT


def _end(problem: Problem, room: Room) -> int:
    return most(problem, load(problem.period), room.date, room.service)
