"""The decision variables of a month, and their translation to and from rosters.

``x[person, date, option]`` is in ``cells``, ``o[person, date]`` in ``on_call``,
``y[crew, break option]`` in ``crews`` (docs/design.md, "The model").
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from scheduler.constraints.language.crew import (
    Crew,
    could_count,
    individually_counted,
    planners,
)
from scheduler.constraints.language.options import (
    Cell,
    CellFilter,
    Option,
    breaks_beside,
    option_of,
    options_of,
    spans_of,
)
from scheduler.constraints.language.standing import StandingCells
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import BreakOption, Duty, OffKind, OnCall, Role
from scheduler.domain.staff import StaffMember

_Signature = tuple[StaffId | None, tuple[bool, ...]]


class Variables:
    """The decision variables of a month.

    Parameters
    ----------
    cell_filter
        Tests which single decisions the rules exclude; these get no variable.
    standing
        The current roster, whose duties, breaks and nights on call get variables even
        if excluded.  Breaks that the shift table does not have belong to their cell
        alone.
    absences
        Cells that get the option of being absent.
    """

    def __init__(
        self,
        cp: CpModel,
        problem: Problem,
        cell_filter: CellFilter,
        standing: StandingCells,
        absences: Collection[Cell] = (),
    ) -> None:
        self.cp = cp
        self._problem = problem
        self._cell_filter = cell_filter
        self._standing = standing
        self._absences = absences
        self._planners = planners(problem)
        self._individual = individually_counted(problem)
        self.cells: dict[Cell, dict[Option, IntVar]] = {}
        self.on_call: dict[Cell, IntVar] = {}
        self.crews: dict[dt.date, list[Crew]] = {}
        for date in problem.period.dates:
            self._add_date(date)

    def _add_date(self, date: dt.date) -> None:
        """Add the variables of one date: cells, night on call, breaks."""
        cp, staff = self.cp, self._problem.staff
        for member in staff:
            options = self._options(member, date)
            cell = {
                option: cp.new_bool_var(f"{member.name}/{date}/{option}")
                for option in dict.fromkeys(
                    (*options, *self._unconditional(member, date))
                )
            }
            cp.add_exactly_one(cell.values())
            self.cells[member.name, date] = cell
        night = {
            (member.name, date): cp.new_bool_var(f"{member.name}/{date}/on call")
            for member in staff
            if self._takes_call(member, date)
            or self._standing.is_called((member.name, date))
        }
        cp.add_at_most_one(night.values())
        self.on_call.update(night)
        self._add_crews(date)

    def _add_crews(self, date: dt.date) -> None:
        """Add the variables of the breaks of one date."""
        self.crews[date] = self._crews_of(date)
        for crew in self.crews[date]:
            _share_breaks(self.cp, crew)

    def _options(self, member: StaffMember, date: dt.date) -> Iterator[Option]:
        """Yield the options of a cell that no rule excludes."""
        for option in options_of(self._problem, member, date):
            if self._cell_filter.excluded_by(member, date, option) is None:
                yield option

    def _takes_call(self, member: StaffMember, date: dt.date) -> bool:
        """Tell whether no rule excludes the person from the night on call."""
        return self._cell_filter.on_call_excluded_by(member, date) is None

    def _unconditional(self, member: StaffMember, date: dt.date) -> Iterator[Option]:
        """Yield the options that a cell has whatever the rules and requests say."""
        cell = member.name, date
        stands = self._standing.duty(cell)
        if stands is not None:
            yield option_of(stands)
        if cell in self._absences and date in member.employed:
            yield Option(None, (), OffKind.ABSENT)

    def _own_break(self, cell: Cell, option: Option) -> BreakOption | None:
        """Return the cell's own breaks if an option is its current duty and has any."""
        stands = self._standing.duty(cell)
        if stands is None or option != option_of(stands):
            return None
        return self._standing.own_breaks(cell)

    def _crews_of(self, date: dt.date) -> list[Crew]:
        """Group the cells of a date that no rule about clock times can tell apart."""
        crews: dict[tuple[Option, bool, BreakOption | None, _Signature], Crew] = {}
        for member in self._problem.staff:
            signature = self._signature(member)
            for option, literal in self.cells[member.name, date].items():
                if option.shift is None:
                    continue
                plans = Role.PLANNER in option.roles and member.name in self._planners
                own = self._own_break((member.name, date), option)
                key = option, plans, own, signature
                if key not in crews:
                    shift = self._problem.shift_by_symbol[option.shift]
                    offered = breaks_beside(self._problem, shift, option.events)
                    breaks = offered if own is None else (own,)
                    away = spans_of(self._problem, option.events)
                    crews[key] = Crew(date, option, shift, breaks, away)
                crews[key].members.append(member)
                crews[key].literals.append(literal)
        return list(crews.values())

    def _signature(self, member: StaffMember) -> _Signature:
        """Return who is counted alone, and which cover rules with a band could count.

        People of the same signature are alike to rules about clock times.
        """
        bands = (rule for rule in self._problem.cover_rules if rule.band is not None)
        alone = member.name if member.name in self._individual else None
        return alone, tuple(could_count(rule, member) for rule in bands)

    def of_date(self, date: dt.date) -> Iterator[IntVar]:
        """Yield all decision variables of a date."""
        for member in self._problem.staff:
            yield from self.cells[member.name, date].values()
            if (member.name, date) in self.on_call:
                yield self.on_call[member.name, date]
        for crew in self.crews[date]:
            yield from crew.takers

    def read(self, values: Sequence[int]) -> RosterRecord:
        """Return the roster of variable values, by index; breaks shared out evenly."""
        breaks = self._deal_breaks(values)
        pins = self._problem.pin_by_cell
        duties = tuple(
            Duty(
                staff=staff,
                date=date,
                shift=option.shift,
                roles=option.roles,
                off=option.off,
                events=option.events,
                breaks=breaks.get((staff, date), ()),
                kind=_symbol(pins.get((staff, date)), option),
            )
            for (staff, date), cell in self.cells.items()
            for option, literal in cell.items()
            if values[literal.index]
        )
        on_call = tuple(
            OnCall(staff=staff, date=date)
            for (staff, date), literal in self.on_call.items()
            if values[literal.index]
        )
        return RosterRecord(duties=duties, on_call=on_call)

    def _deal_breaks(self, values: Sequence[int]) -> dict[Cell, BreakOption]:
        """Give each break option to the crew members who had it least so far."""
        had: dict[BreakOption, Counter[StaffId]] = defaultdict(Counter)
        dealt: dict[Cell, BreakOption] = {}
        for date, crews in self.crews.items():
            for crew in crews:
                waiting = [
                    member.name
                    for member, literal in zip(crew.members, crew.literals, strict=True)
                    if values[literal.index]
                ]
                counts = [values[one.index] for one in crew.takers] or [len(waiting)]
                for breaks, count in zip(crew.breaks, counts, strict=True):
                    waiting.sort(key=had[breaks].__getitem__)
                    had[breaks].update(waiting[:count])
                    dealt |= {(name, date): breaks for name in waiting[:count]}
                    del waiting[:count]
        return dealt

    def values_of(self, roster: Roster) -> dict[int, int] | None:
        """Return the variable values, by index, that represent a roster.

        ``None`` if the roster has a duty, break or night on call without a variable, or
        an empty cell.
        """
        if any((call.staff, call.date) not in self.on_call for call in roster.on_call):
            return None
        values: dict[int, int] = {}
        for date in self._problem.period.dates:
            found = self.values_on(date, roster)
            if found is None:
                return None
            values |= found
        return values

    def values_on(self, date: dt.date, roster: Roster) -> dict[int, int] | None:
        """Return the values that represent a roster on one date, or ``None``.

        A night on call without a variable is ignored here.
        """
        values: dict[int, int] = {}
        for member in self._problem.staff:
            cell = self.cells[member.name, date]
            duty = roster.by_cell.get((member.name, date))
            if duty is None or option_of(duty) not in cell or not self._offers(duty):
                return None
            for option, literal in cell.items():
                values[literal.index] = int(option == option_of(duty))
            called = self.on_call.get((member.name, date))
            if called is not None:
                has = roster.on_call_by_date.get(date) == member.name
                values[called.index] = int(has)
        values.update(self.takers_on(date, roster))
        return values

    def takers_on(self, date: dt.date, roster: Roster) -> Iterator[tuple[int, int]]:
        """Yield, by index, how many of each crew of a date take each break."""
        for crew in self.crews[date]:
            yield from _takers(crew, roster)

    def _offers(self, duty: Duty) -> bool:
        """Return whether the breaks of a duty are an option of its cell."""
        if duty.shift is None:
            return not duty.breaks
        own = self._own_break((duty.staff, duty.date), option_of(duty))
        if own is not None:
            return duty.breaks == own
        shift = self._problem.shift_by_symbol[duty.shift]
        return duty.breaks in breaks_beside(self._problem, shift, duty.events)


def _symbol(pin: Duty | None, option: Option) -> ShiftId | None:
    """Return the office's own symbol of a day off that is as pinned, if it has one."""
    return pin.kind if pin is not None and pin.off is option.off else None


def _share_breaks(cp: CpModel, crew: Crew) -> None:
    """Add the variables that divide a crew among its break options."""
    options = crew.breaks
    # With one break option everybody takes it, so no variable is needed.
    if len(options) > 1:
        crew.takers = tuple(
            cp.new_int_var(
                0, len(crew.literals), f"{crew.date}/{crew.option}/break {k}"
            )
            for k in range(len(options))
        )
        cp.add(LinearExpr.sum(crew.takers) == LinearExpr.sum(crew.literals))


def _takers(crew: Crew, roster: Roster) -> Iterator[tuple[int, int]]:
    """Yield the index of each taker variable with its value in a roster."""
    duties = [roster.by_cell[member.name, crew.date] for member in crew.members]
    breaks = [duty.breaks for duty in duties if option_of(duty) == crew.option]
    for taker, option in zip(crew.takers, crew.breaks, strict=False):
        yield taker.index, breaks.count(option)
