"""`RosterModel`: the month as variables, and the sums over them that rules use.

Its methods return linear sums: who begins which shift, who is free, how many are at
work in an interval.  For dates of the period these contain variables, for dates of the
tail they are constants.  The rules in `scheduler.constraints` post their limits through
`RosterModel.scope`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from ortools.sat.python.cp_model import CpModel, IntVar

from scheduler.constraints.language.crew import Crew, Selector, planners
from scheduler.constraints.language.doubles import Doubles
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.options import (
    HOLIDAYS,
    Cell,
    CellFilter,
    Exclusion,
    Option,
    Wanted,
    any_shift,
    option_of,
    passes_midnight,
)
from scheduler.constraints.language.scope import (
    Objectives,
    agreed_amounts,
    no_relaxation,
)
from scheduler.constraints.language.standing import StandingCells, Tail
from scheduler.constraints.language.variables import Variables
from scheduler.domain.agreements import Spot
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import RESTS, Duty, OffKind, Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule, rules_of

Build = Callable[["RosterModel", Problem, Rule], None]


class RosterModel(Objectives):
    """The variables of one problem, the rules posted on them, and their penalties.

    Parameters
    ----------
    relaxation
        Returns how far an enforced limit may be exceeded at a spot, beyond agreements.
    alternatives
        Forecast days that may replace the expected ones; at most one a date does.
    standing
        A roster that the model must be able to represent, hand edits included, whatever
        rules it breaks.
    absences
        Cells that get the option of being absent.  The caller must fix each of them,
        because absence is not the solver's choice.
    exclusions
        Tests, by rule, for duties and nights on call that get no variable.

    Attributes
    ----------
    cp
        The CP-SAT model.
    refusals
        For every request the slack that is 1 if it is refused.
    alternatives
        By date, the forecast days that may replace the expected one, each with the
        variable that is 1 if it does.
    doubles
        Simultaneous duties in the current roster.
    planners
        People whose planning counts, by the papers that the office needs (A-11).
    """

    def __init__(
        self,
        problem: Problem,
        relaxation: Callable[[Spot], int] = no_relaxation,
        alternatives: Sequence[ForecastDay] = (),
        standing: Roster | None = None,
        absences: Collection[Cell] = (),
        exclusions: Sequence[tuple[str, Exclusion]] = (),
        cp: CpModel | None = None,
    ) -> None:
        self.problem = problem
        self.rulebook = rules_of(problem)
        super().__init__(cp or CpModel(), agreed_amounts(problem), relaxation)
        self.planners = planners(problem)
        self._tail = Tail(problem)
        self.alternatives: dict[dt.date, dict[ForecastDay, IntVar]] = defaultdict(dict)
        for day in alternatives:
            literal = self.cp.new_bool_var(f"{day.date}/alternative")
            self.alternatives[day.date][day] = literal
        for days in self.alternatives.values():
            self.cp.add_at_most_one(days.values())
        self._standing = StandingCells(problem, standing)
        self._cell_filter = CellFilter(problem, exclusions, self.allowance)
        self._variables = self._make_variables(absences)
        self.doubles = Doubles(self.cp, problem, self._standing, self._variables)
        self.refusals: dict[Request, IntVar] = {}
        self._floors: dict[tuple[dt.date, Interval], list[tuple[Crew, Role]]] = {}
        self._free: dict[tuple[StaffId, dt.date, tuple[OffKind, ...]], LinearSum] = {}

    def _make_variables(self, absences: Collection[Cell]) -> Variables:
        """Return the decision variables, made in the CP-SAT model."""
        given = self.cp, self.problem, self._cell_filter, self._standing
        return Variables(*given, absences)

    def post(self, rules: Iterable[tuple[str, Build]]) -> None:
        """Post the rules in this order, then compute the penalties; call only once."""
        for rule_id, build in rules:
            rule = self.rulebook[rule_id]
            if rule.is_for(self.rulebook.kind):
                build(self, self.problem.judged_by(rule.of), rule)
        self.settle()

    def may_break(
        self, rule: str, facet: str, member: StaffMember, date: dt.date
    ) -> bool:
        """Return whether a limit of a person and a date may be exceeded.

        So it is where the current roster already exceeds the limit.
        """
        spot = Spot(rule=rule, facet=facet, staff=member.name, date=date)
        return self.allowance(spot) > 0

    # -- questions that rules ask ------------------------------------------------

    def starts(
        self, member: StaffMember, date: dt.date, wanted: Wanted = any_shift
    ) -> LinearSum:
        """Return 1 if the person begins a shift for which ``wanted`` is true."""
        if date not in self.problem.period:
            return LinearSum(int(self._tail.starts(member, date, wanted)))
        shifts = self.problem.shift_by_symbol
        return LinearSum.of(
            literal
            for option, literal in self._variables.cells[member.name, date].items()
            if option.shift is not None and wanted(shifts[option.shift], option)
        )

    def begun(
        self,
        members: Iterable[StaffMember],
        dates: Collection[dt.date],
        wanted: Wanted = any_shift,
    ) -> LinearSum:
        """Return the number of shifts that people begin on some dates (`starts`)."""
        return LinearSum.total(
            self.starts(member, date, wanted) for member in members for date in dates
        )

    def called(
        self, members: Iterable[StaffMember], dates: Collection[dt.date]
    ) -> LinearSum:
        """Return the number of nights of some dates in which people are on call."""
        return LinearSum.total(
            self.on_call(member, date) for member in members for date in dates
        )

    def options(self, member: StaffMember, date: dt.date) -> list[Option]:
        """Return the options of a cell; in the tail, the one that it says."""
        if date in self.problem.period:
            return list(self._variables.cells[member.name, date])
        stands = self._standing.known((member.name, date))
        return [] if stands is None else [option_of(stands)]

    def symbols(self, member: StaffMember, date: dt.date) -> tuple[ShiftId, ...]:
        """Return the shifts a person may begin on a date of the period, in order."""
        begun = (option.shift for option in self.options(member, date))
        return tuple(dict.fromkeys(one for one in begun if one is not None))

    def off(self, member: StaffMember, date: dt.date, *kinds: OffKind) -> LinearSum:
        """Return 1 if the person has a day off of one of ``kinds`` on the date."""
        if date not in self.problem.period:
            return LinearSum(int(self._tail.off(member, date, kinds)))
        return LinearSum.of(
            literal
            for option, literal in self._variables.cells[member.name, date].items()
            if option.off in kinds
        )

    def same(self, member: StaffMember, date: dt.date, duty: Duty) -> LinearSum:
        """Return 1 if the person has the option of ``duty`` on a date of the period."""
        literal = self._variables.cells[member.name, date].get(option_of(duty))
        return LinearSum() if literal is None else LinearSum.of([literal])

    def may_be(self, member: StaffMember, date: dt.date, kind: OffKind) -> bool:
        """Return whether a kind of day off is an option in a cell of the period."""
        cell = self._variables.cells[member.name, date]
        return any(option.off is kind for option in cell)

    def shift_minutes(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Return the work minutes of the shift that the person begins, with events.

        A cell of the current roster counts its own breaks.
        """
        cell = member.name, date
        return LinearSum.total(
            self._chosen(cell, option) * self._standing.minutes(cell, option)
            for option in self.options(member, date)
            if option.shift is not None
        )

    def _chosen(self, cell: Cell, option: Option) -> LinearSum:
        """Return 1 if a cell has one of its options; in the tail it has."""
        literals = self._variables.cells.get(cell)
        return LinearSum(1) if literals is None else LinearSum.of([literals[option]])

    def on_call(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Return 1 if the person is on call in the night that begins on the date."""
        if date not in self.problem.period:
            return LinearSum(int(self._tail.on_call(member, date)))
        literal = self._variables.on_call.get((member.name, date))
        return LinearSum() if literal is None else LinearSum.of([literal])

    def free(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Return 1 if no work touches the calendar date.

        Where nights on call count as work, only an upper bound is posted: the value may
        then be 0 on a free date.  That is safe because every rule gains from a larger
        value.
        """
        return self._without_work(member, date, RESTS)

    def holiday(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Return 1 if the date is free, and neither paid leave nor absence (F-06)."""
        return self._without_work(member, date, HOLIDAYS)

    def could_be_free(self, member: StaffMember, date: dt.date) -> bool:
        """Return whether no work of the tail reaches into the date."""
        return not self._tail.touches(member, date)

    def _without_work(
        self, member: StaffMember, date: dt.date, kinds: tuple[OffKind, ...]
    ) -> LinearSum:
        """Return 1 if no work touches the date and its day off is of ``kinds``."""
        if date < self.problem.period.first:
            released = [kind for kind in RESTS if kind not in kinds]
            free = not self._tail.touches(member, date)
            return LinearSum(int(free and not self._tail.off(member, date, released)))
        if not self.could_be_free(member, date):
            return LinearSum()
        key = (member.name, date, kinds)
        if key not in self._free:
            self._free[key] = self._free_date(member, date, kinds)
        return self._free[key]

    def _free_date(
        self, member: StaffMember, date: dt.date, kinds: tuple[OffKind, ...]
    ) -> LinearSum:
        """Return a sum of at most 1, and 0 unless the date is free and of ``kinds``.

        No work of the tail may reach into the date.
        """
        before = date - ONE_DAY
        if self._says_what_is(member, date):
            # The morning after a night is marked in this cell (F-07), so the cell alone
            # tells whether work touches the date; no sum over two dates is needed.
            touching = [LinearSum(1) - self.off(member, date, *kinds)]
        else:
            others = [kind for kind in RESTS if kind not in kinds]
            touching = [
                self.starts(member, date) + self.off(member, date, *others),
                self.starts(member, before, passes_midnight),
            ]
        if self.problem.office.settings.standby.is_work:
            touching += [self.on_call(member, night) for night in (date, before)]
        touching = [work for work in touching if work.highest > 0] or [LinearSum()]
        if len(touching) == 1:
            return LinearSum(1) - touching[0]
        free = LinearSum.of([self.cp.new_bool_var(f"{member.name}/{date}/free")])
        for work in touching:
            self.cp.add(expression(work + free) <= 1)
        return free

    def _says_what_is(self, member: StaffMember, date: dt.date) -> bool:
        """Return whether a cell is a day off exactly if no shift touches its date.

        That does not hold outside employment, nor where the current roster breaks
        F-07.
        """
        return (
            date in self.problem.period
            and date in member.employed
            and not self.may_be(member, date, OffKind.AWAY)
            and not self.may_break("F-07", "after_night", member, date)
        )

    def minutes(self, begins: dt.date, inside: Interval, counts: Selector) -> LinearSum:
        """Return the counted minutes at work of duties that begin on a date.

        Parameters
        ----------
        begins
            A date of the period or of the tail.
        inside
            Clock minutes of that date; past 1440 for the next morning.
        counts
            Who counts in which roles.
        """
        crews = self._crews(begins)
        return LinearSum.total(crew.minutes(inside, counts) for crew in crews)

    def _crews(self, begins: dt.date) -> Sequence[Crew]:
        """Return the crews of a date of the period or of the tail."""
        if begins in self.problem.period:
            return self._variables.crews[begins]
        return self._tail.crews.get(begins, ())

    def _on_floor(self, begins: dt.date, clock: Interval) -> list[tuple[Crew, Role]]:
        """Return the crews on the floor throughout an elementary interval, with roles.

        Several rules ask about the same interval.
        """
        key = begins, clock
        if key not in self._floors:
            roles = ((crew, crew.role_in(clock)) for crew in self._crews(begins))
            self._floors[key] = [(crew, role) for crew, role in roles if role]
        return self._floors[key]

    def at_work(
        self, interval: Interval, counts: Selector, *, breaks_count: bool = False
    ) -> LinearSum:
        """Return the number of people at work throughout an elementary interval.

        Parameters
        ----------
        interval
            Absolute minutes between two cut points, so that nobody comes or goes,
            changes role or takes a break within it.
        """
        period = self.problem.period
        date = period.moment(interval.start).date()
        total = LinearSum.total(
            crew.present(clock, breaks_count=breaks_count)
            for begins in (date, date - ONE_DAY)
            for clock in (interval.shifted(-period.offset(begins)),)
            for crew, role in self._on_floor(begins, clock)
            if counts(crew.members[0], role, crew.shift)
        )
        return total - self.doubles.at_work(interval, counts, breaks_count=breaks_count)

    def times(self, date: dt.date) -> set[int]:
        """Return the minutes of a date's clock at which known breaks begin or end.

        These are the breaks of the current roster and of the tail.
        """
        return {
            minute + days * DAY
            for days in (-1, 0, 1)
            for minute in self._standing.times.get(date + dt.timedelta(days), ())
        }

    def expected(
        self, date: dt.date, amount: Callable[[ForecastDay], int]
    ) -> LinearSum:
        """Return ``amount`` of the forecast day that applies on a date."""
        usual = amount(self.problem.forecast_by_date[date])
        others = self.alternatives.get(date, {}).items()
        return LinearSum.total(
            [
                LinearSum(usual),
                *(LinearSum.of([comes], amount(day) - usual) for day, comes in others),
            ]
        )

    def note_refusal(self, request: Request, slack: IntVar | None) -> None:
        """Record the slack that is 1 if a request is refused."""
        if slack is not None:
            self.refusals[request] = slack

    # -- objectives and answers --------------------------------------------------

    def read(self, values: Sequence[int]) -> RosterRecord:
        """Return the roster of variable values, by index; breaks shared out evenly."""
        return self._variables.read(values)

    def values_of(self, roster: Roster) -> dict[int, int] | None:
        """Return the variable values, by index, that represent a roster, if any do."""
        return self._variables.values_of(roster)

    def values_on(self, date: dt.date, roster: Roster) -> dict[int, int] | None:
        """Return the variable values, by index, that represent a roster on one date."""
        return self._variables.values_on(date, roster)

    def decisions(self, date: dt.date) -> Iterator[IntVar]:
        """Yield the decision variables of a date: duties, night on call, breaks."""
        return self._variables.of_date(date)
