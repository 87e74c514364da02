"""The month as variables, and the questions that rules ask of them.

A `RosterModel` says who begins what, who is free, who is at work in an interval.  Dates
of the period are answered with variables, dates of last month's tail with numbers.  The
rules in `scheduler.constraints` state their limits through `RosterModel.scope`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ortools.sat.python.cp_model import CpModel

from scheduler.constraints.language.doubles import Doubles
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.constraints.language.options import (
    HOLIDAYS,
    RESTS,
    Option,
    Possible,
    option_of,
    passes_midnight,
)
from scheduler.constraints.language.scope import Objectives, nothing
from scheduler.constraints.language.standing import StandingCells
from scheduler.constraints.language.tail import Tail
from scheduler.constraints.language.variables import Variables
from scheduler.domain.agreements import Spot
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.shifts import OffKind
from scheduler.rulebook import Rule, Rulebook, load

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Sequence,
    )

    from ortools.sat.python.cp_model import IntVar

    from scheduler.constraints.language.crew import Counts, Selector
    from scheduler.constraints.language.options import Exclusion, Wanted
    from scheduler.domain.base import ShiftId, StaffId
    from scheduler.domain.clock import Interval
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.domain.requests import Request
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty, Shift
    from scheduler.domain.staff import StaffMember

    Build = Callable[["RosterModel", Problem, Rule], None]


def _any(shift: Shift, option: Option) -> bool:
    return True


class RosterModel(Objectives):
    """Variables of one problem, the rules posted on them, and the levels' penalties.

    Parameters
    ----------
    problem
        A problem without mistakes.
    rulebook
        The thresholds in force; those of the problem's period by default.
    gives
        How far an enforced limit may give way at a spot, beyond what is agreed.
    otherwise
        Days that may come instead of those expected; at most one a date.
    standing
        A roster that the model can spell out whatever it says, hand edits included.
    absences
        Cells in which somebody may turn out to be absent: for whoever holds each at
        what it is, for absence is no choice.
    exclusions
        What can never be, by rule: it gets no variable.

    Attributes
    ----------
    cp
        The solver's model.
    refusals
        For every request the slack that is one if it is refused.
    otherwise
        By date, the other days that may come instead of the one expected, each with
        the variable that is one if it does.
    doubles
        Duties at the same time in the roster that stands.
    """

    def __init__(
        self,
        problem: Problem,
        rulebook: Rulebook | None = None,
        gives: Callable[[Spot], int] = nothing,
        otherwise: Sequence[ForecastDay] = (),
        standing: Roster | None = None,
        absences: Collection[tuple[StaffId, dt.date]] = (),
        exclusions: Sequence[tuple[str, Exclusion]] = (),
    ) -> None:
        self.problem = problem
        self.rulebook = rulebook or load(problem.period)
        super().__init__(CpModel(), _agreed(problem, self.rulebook), gives)
        self._tail = Tail(problem)
        self.otherwise: dict[dt.date, dict[ForecastDay, IntVar]] = defaultdict(dict)
        for day in otherwise:
            literal = self.cp.new_bool_var(f"{day.date}/otherwise")
            self.otherwise[day.date][day] = literal
        for days in self.otherwise.values():
            self.cp.add_at_most_one(days.values())
        self._standing = StandingCells(problem, standing)
        self._possible = Possible(
            problem, self.rulebook, exclusions, self._penalties.room
        )
        self._variables = Variables(
            self.cp,
            problem,
            self._possible,
            self._standing,
            absences,
        )
        self.doubles = Doubles(self.cp, problem, self._standing, self._variables)
        self.refusals: dict[Request, IntVar] = {}
        self._free: dict[tuple[StaffId, dt.date, tuple[OffKind, ...]], LinearSum] = {}

    def post(self, rules: Iterable[tuple[str, Build]]) -> None:
        """State the rules, once and in this order, and add up what they charge."""
        for rule_id, build in rules:
            build(self, self.problem, self.rulebook[rule_id])
        self._penalties.settle(self.cp)

    def gives_way(self, spot: Spot) -> bool:
        """Whether an enforced limit may be passed at a spot, agreed or at a price."""
        return self._possible.gives_way(spot)

    def stands_broken(
        self, rule: str, facet: str, member: StaffMember, date: dt.date
    ) -> bool:
        """Whether the roster that stands passes a limit of a person and a date."""
        return self.gives_way(
            Spot(rule=rule, facet=facet, staff=member.name, date=date)
        )

    # -- questions that rules ask ------------------------------------------------

    def starts(
        self, member: StaffMember, date: dt.date, wanted: Wanted = _any
    ) -> LinearSum:
        """One if the person begins a shift that is wanted."""
        if date not in self.problem.period:
            return LinearSum(int(self._tail.starts(member, date, wanted)))
        shifts = self.problem.shift_by_symbol
        return LinearSum.of(
            literal
            for option, literal in self._variables.cells[member.name, date].items()
            if option.shift is not None and wanted(shifts[option.shift], option)
        )

    def symbols(self, member: StaffMember, date: dt.date) -> set[ShiftId]:
        """Return the shifts a person may begin on a date of the period."""
        cell = self._variables.cells[member.name, date]
        return {option.shift for option in cell if option.shift is not None}

    def off(self, member: StaffMember, date: dt.date, *kinds: OffKind) -> LinearSum:
        """One if the date is one of ``kinds`` for the person."""
        if date not in self.problem.period:
            return LinearSum(int(self._tail.off(member, date, kinds)))
        return LinearSum.of(
            literal
            for option, literal in self._variables.cells[member.name, date].items()
            if option.off in kinds
        )

    def same(self, member: StaffMember, date: dt.date, duty: Duty) -> LinearSum:
        """One if the person does on a date of the period what a duty says."""
        literal = self._variables.cells[member.name, date].get(option_of(duty))
        return LinearSum() if literal is None else LinearSum.of([literal])

    def may_be(self, member: StaffMember, date: dt.date, kind: OffKind) -> bool:
        """Whether a date of the period can be of a kind for the person."""
        cell = self._variables.cells[member.name, date]
        return any(option.off is kind for option in cell)

    def own_minutes(self, member: StaffMember, date: dt.date) -> LinearSum:
        """Minutes of work beyond those of the shift, by breaks of a cell's own."""
        stands = self._standing.known((member.name, date))
        if stands is None or stands.shift is None:
            return LinearSum()
        minutes = self._standing.minutes(stands)
        minutes -= self.problem.shift_by_symbol[stands.shift].work_minutes
        if date not in self.problem.period:
            return LinearSum(minutes)
        return self.same(member, date, stands) * minutes

    def on_call(self, member: StaffMember, date: dt.date) -> LinearSum:
        """One if the person is on call in the night that begins on the date."""
        if date not in self.problem.period:
            return LinearSum(int(self._tail.on_call(member, date)))
        literal = self._variables.on_call.get((member.name, date))
        return LinearSum() if literal is None else LinearSum.of([literal])

    def free(self, member: StaffMember, date: dt.date) -> LinearSum:
        """One if no work touches the calendar date.

        Where nights on call are work only an upper limit is posted: the value may be
        zero on a free date of the period or after it.  Every rule gains by a larger
        one.
        """
        return self._without_work(member, date, RESTS)

    def holiday(self, member: StaffMember, date: dt.date) -> LinearSum:
        """One if the date is free, and neither paid leave nor absence (F-06)."""
        return self._without_work(member, date, HOLIDAYS)

    def could_be_free(self, member: StaffMember, date: dt.date) -> bool:
        """Whether the tail leaves a date a chance of being free."""
        return not self._tail.touches(member, date)

    def _without_work(
        self, member: StaffMember, date: dt.date, kinds: tuple[OffKind, ...]
    ) -> LinearSum:
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
        """One at most, and nothing if work touches the date or it is of another kind.

        The tail does not reach into the date.
        """
        before = date - ONE_DAY
        if self._says_what_is(member, date):
            # A morning after a night says so: no sum over two dates is needed.
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
        """Whether a cell is a day off exactly where no shift touches the date.

        Not so where nobody is employed, and not in every roster that stands (F-07).
        """
        return (
            date in self.problem.period
            and date in member.employed
            and not self.may_be(member, date, OffKind.AWAY)
            and not self.stands_broken("F-07", "after_night", member, date)
        )

    def minutes(self, begins: dt.date, inside: Interval, counts: Counts) -> LinearSum:
        """Minutes at work by duties that begin on a date.

        Parameters
        ----------
        begins
            A date of the period or of the tail.
        inside
            Clock minutes of that date; past 1440 for the next morning.
        counts
            Who counts in which roles.
        """
        if begins not in self.problem.period:
            return LinearSum(self._tail.minutes(begins, inside, counts))
        crews = self._variables.crews[begins]
        return LinearSum.total(crew.minutes(inside, counts) for crew in crews)

    def at_work(
        self, interval: Interval, counts: Selector, *, breaks_count: bool = False
    ) -> LinearSum:
        """People at work throughout an elementary interval.

        Parameters
        ----------
        interval
            Absolute minutes between two cut points, so that nobody comes or goes,
            changes role or takes a break within it.
        counts
            Who counts.
        breaks_count
            Whether a person on a break counts as well.
        """
        period = self.problem.period
        date = period.moment(interval.start).date()
        total = LinearSum()
        for begins in (date, date - ONE_DAY):
            clock = interval.shifted(-period.offset(begins))
            if begins not in period:
                total += LinearSum(
                    self._tail.at_work(begins, clock, counts, breaks_count=breaks_count)
                )
                continue
            for crew in self._variables.crews[begins]:
                total += crew.at_work(clock, counts, breaks_count=breaks_count)
        return total - self.doubles.at_work(interval, counts, breaks_count=breaks_count)

    def times(self, date: dt.date) -> set[int]:
        """Return clock minutes of a date at which breaks that stand begin or end."""
        return {
            minute + days * DAY
            for days in (-1, 0, 1)
            for minute in self._standing.times.get(date + dt.timedelta(days), ())
        }

    def expected(
        self, date: dt.date, amount: Callable[[ForecastDay], int]
    ) -> LinearSum:
        """Return what the day that comes on a date of the period asks for."""
        usual = amount(self.problem.forecast_by_date[date])
        total = LinearSum(usual)
        for day, comes in self.otherwise.get(date, {}).items():
            total += LinearSum.of([comes], amount(day) - usual)
        return total

    def note_refusal(self, request: Request, slack: IntVar | None) -> None:
        """Remember which slack says that a request is refused."""
        if slack is not None:
            self.refusals[request] = slack

    # -- objectives and answers --------------------------------------------------

    def read(self, value: Callable[[IntVar], int]) -> RosterRecord:
        """Turn variable values into a roster, dealing breaks to names fairly."""
        return self._variables.read(value)

    def values_of(self, roster: Roster) -> dict[int, int] | None:
        """Return the values, by variable index, that spell out a roster, if any do."""
        return self._variables.values_of(roster)

    def values_on(self, date: dt.date, roster: Roster) -> dict[int, int] | None:
        """Return the same of one date of the period."""
        return self._variables.values_on(date, roster)

    def decisions(self, date: dt.date) -> Iterator[IntVar]:
        """Yield the decisions of a date: duties, the night on call, breaks."""
        return self._variables.of_date(date)


def _agreed(problem: Problem, rulebook: Rulebook) -> Counter[Spot]:
    """Add up what is agreed at each spot whose limit may give way."""
    agreed: Counter[Spot] = Counter()
    for agreement in problem.agreements:
        spot = agreement.spot
        if rulebook[spot.rule].facet[spot.facet].yields is not None:
            agreed[spot] += agreement.amount
    return agreed
