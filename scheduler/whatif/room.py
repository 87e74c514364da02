"""How many more guests a roster carries if a few cells may change.

For each number of guests, the changes are found that ask fewest people, then touch
fewest cells, and on demand further ways that spare somebody of each.
Breaks may move as well: nobody is asked for that.  Each room is a task for a worker
process, which builds the month's model once and keeps it.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import lru_cache

from pydantic import Field

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import (
    house_of_room,
    most,
    other_day,
)
from scheduler.constraints.language.linear import expression
from scheduler.domain.forecast import ForecastDay, Service
from scheduler.domain.homes import MonthOrder
from scheduler.domain.plan import GuestWay, Room
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, changes, people_of
from scheduler.domain.scenario import Scenario
from scheduler.rulebook import rules_of
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.executors import Workers, ended, is_unanswered, stop_request
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.breaks import with_breaks_kept
from scheduler.solver.standing.edits import Settled
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import Disruption, fewest_people

WAYS = 3
"""Most ways to choose from for one number of guests, where one date is asked about."""


class RoomOrder(MonthOrder):
    """A month and its rooms.  Hand edits in its roster stay."""

    rooms: tuple[Room, ...]
    """What fits without changes (`scheduler.audit.figures.more_guests`)."""
    changes: int = Field(ge=0)
    """Most cells, and nights on call taken or given, that may change for one number of
    guests."""
    now: dt.date
    """First date that may change."""
    ways: int = Field(default=1, ge=1)
    """Most ways for one number of guests; each spares somebody whom the others ask."""


def with_changes(
    order: RoomOrder,
    workers: Workers,
    *,
    on_done: Callable[[int, int], None] = lambda done, of: None,
    stop: threading.Event | None = None,
) -> tuple[Room, ...]:
    """Return rooms with the ways to take further guests, in the order given.

    Parameters
    ----------
    on_done
        Called from this thread with the number of rooms done, and of all.
    stop
        Set it from another thread, or a signal's handler: rooms not done by then are
        returned without ways, and not certain.
    """
    text = order.model_dump_json()
    found = list(order.rooms)
    tasks: dict[Future[Room], int] = {}
    for place, room in enumerate(order.rooms):
        if room.stopped_by:
            found[place] = room.model_copy(update={"is_certain": False})
            tasks[workers.submit(asked, text, place)] = place
    done = 0
    for some in ended(workers, tasks, stop):
        for task in some:
            if not is_unanswered(task):
                found[tasks[task]] = task.result()
        done += len(some)
        on_done(done, len(tasks))
    return tuple(found)


def asked(order: str, place: int) -> Room:
    """Return one room of an order with its ways; without any after a stop request.

    Parameters
    ----------
    order
        A `RoomOrder` as JSON.
    place
        Index of the room in the order.
    """
    stop = stop_request()
    known, asking = _asking(order)
    room = known.rooms[place]
    if stop.is_set():
        return room.model_copy(update={"is_certain": False})
    limits = SearchLimits(BUDGETS.each, workers=1, seed=known.seed)
    return asking.ask(room, Search(limits, stop))


@lru_cache(maxsize=1)
def _asking(order: str) -> tuple[RoomOrder, Asking]:
    known = RoomOrder.model_validate_json(order)
    return known, Asking(known)


class Asking:
    """A month's model in which more guests may come on some dates."""

    def __init__(self, order: RoomOrder) -> None:
        by_hand = order.problem, order.made, order.roster
        self._settled = Settled.by_hand(*by_hand, Scenario(now=order.now))

        def alternatives(month: Problem) -> tuple[ForecastDay, ...]:
            days = (
                other_day(month, room, number)
                for room in order.rooms
                for number in _numbers(month, room)
            )
            return tuple(dict.fromkeys(days))

        self._month = StandingMonth.by_hand(*by_hand, alternatives=alternatives)
        self._most_cells = order.changes
        self._most_ways = order.ways

    def ask(self, room: Room, search: Search) -> Room:
        """Return the room with the ways found for further guests, number by number."""
        ways: list[GuestWay] = []
        rosters: list[Roster] = []
        is_certain = _ends_full(self._month.problem, room)
        for number in _numbers(self._month.problem, room):
            rosters = [one for one in rosters if self._carries(one, room, number)]
            more = number - room.expected
            found = [_told(self._month, one, more) for one in rosters]
            # Where nobody has to be asked, there is nobody to spare.
            while len(found) < self._most_ways and all(way.asked for way in found):
                roster, is_impossible = self._least(room, number, search, found)
                if roster is None:
                    break
                rosters.append(roster)
                found.append(_told(self._month, roster, more))
            if not found:
                is_certain = is_impossible
                break
            ways += found
        return room.model_copy(update={"ways": tuple(ways), "is_certain": is_certain})

    def _carries(self, roster: Roster, room: Room, number: int) -> bool:
        """Tell whether the roster found for one guest fewer carries this number too.

        It is then the least for this number as well; not so for day users, of whom two
        may need less than one (`as_it_stands`).
        """
        if room.service is Service.DAY_USE:
            return False
        changed = self._month.problem.with_more(days=[self._day(room, number)])
        return not self._month.tolerated.beyond(audit(changed, roster))

    def _least(
        self, room: Room, number: int, search: Search, others: Iterable[GuestWay]
    ) -> tuple[Roster | None, bool]:
        """Return the least changed roster, or ``None`` and whether none can exist.

        It spares somebody of each of the other ways.
        """
        month, day = self._month, self._day(room, number)
        cp, _ = month.cp()
        for days in month.model.alternatives.values():
            for other, comes in days.items():
                cp.add(comes == int(other == day))
        baseline = month.baseline(now=self._settled.now)
        disruption = Disruption(baseline, cp)
        baseline.hold(cp, self._settled)
        cp.add(expression(baseline.cells()) <= self._most_cells)
        for way in others:
            cp.add(expression(disruption.people(way.asked)) <= len(way.asked) - 1)
        # With so few cells to change the search is small: no step-by-step increase.
        people = (self._most_cells, self._most_cells)
        work = search.budgets.room.work
        found = fewest_people(disruption, cp, search, others=people, work=work)
        if not found.values:
            return None, found.is_impossible
        changed = month.problem.with_more(days=[day])
        roster = baseline.read_held(found.values, changed)
        kept = with_breaks_kept(changed, month.roster, roster, month.tolerated)
        return kept, False

    def _day(self, room: Room, number: int) -> ForecastDay:
        return other_day(self._month.problem, room, number)


def _told(month: StandingMonth, after: Roster, more: int) -> GuestWay:
    """Return the way from the current roster to another, for ``more`` guests."""
    changed = tuple(changes(month.problem, month.roster, after))
    cells = {(change.staff, change.date) for change in changed if change.after}
    return GuestWay(
        more=more,
        changes=changed,
        asked=people_of(month.problem, changed),
        breaks=tuple(
            duty
            for cell, duty in after.by_cell.items()
            if cell not in cells and duty.breaks != month.roster.by_cell[cell].breaks
        ),
    )


def _numbers(problem: Problem, room: Room) -> range:
    """Return the numbers of guests to ask about."""
    first = room.expected + room.as_it_stands + 1
    return range(first, min(_end(problem, room), first + BUDGETS.room.beyond - 1) + 1)


def _ends_full(problem: Problem, room: Room) -> bool:
    """Tell whether capacity ends with the numbers asked about; visits have none."""
    numbers = _numbers(problem, room)
    is_last = not numbers or numbers[-1] == _end(problem, room)
    return is_last and room.service is not Service.VISIT


def _end(problem: Problem, room: Room) -> int:
    house = house_of_room(problem, room)
    return most(house, rules_of(house), room.date, room.service)
