"""The month as a CP-SAT model: variables, and scopes that rules post through.

Rules ask questions of the `RosterModel` (who begins what, who is free, who is at
work in an interval) and state their limits in a `Scope`, which alone knows whether a
limit is enforced or may be broken at a price on one of the objective's levels.

Variables are those of docs/design.md: ``x[person, date, option]``, ``o[person,
date]`` for nights on call, and ``y[date, class, break option]`` for how many people
of a class take a break option; breaks need no variable a person.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from scheduler.constraints import EXCLUSIONS, RULES
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, Interval, total_minutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import LEVELS, Roster, Stance
from scheduler.domain.shifts import BreakOption, Duty, OffKind, OnCall, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.linear import LinearSum
from scheduler.options import Option, options_of
from scheduler.rulebook import Rule, Rulebook, load

Selector = Callable[[StaffMember, Role, Shift], bool]
"""Whether a person, in a role of a shift, is one that a rule counts."""


@dataclass
class Crew:
    """People who could begin the same shift in the same roles on one date.

    They are alike to every rule that looks at the clock, so it is enough to know how
    many of them take each break option.
    """

    date: dt.date
    option: Option
    shift: Shift
    members: list[StaffMember] = field(default_factory=list)
    literals: list[IntVar] = field(default_factory=list)
    takers: tuple[IntVar, ...] = ()
    """People a break option, in the order of the shift's options."""

    @cached_property
    def size(self) -> LinearSum:
        """How many people begin it."""
        return LinearSum.of(self.literals)

    def role_in(self, interval: Interval) -> Role | None:
        """Role at an interval of the date's clock that no cut point divides."""
        for segment, role in zip(self.shift.segments, self.option.roles, strict=True):
            if segment.covers(interval):
                return role
        return None

    def minutes(self, inside: Interval, counts: Callable[[Role], bool]) -> LinearSum:
        """Minutes at work inside an interval of the date's clock, in some roles."""
        pieces = [
            segment.intersection(inside)
            for segment, role in zip(
                self.shift.segments, self.option.roles, strict=True
            )
            if counts(role)
        ]
        worked = [
            total_minutes(pieces)
            - sum(total_minutes(p.intersection(b) for p in pieces) for b in breaks)
            for breaks in self.shift.break_options
        ]
        if len(set(worked)) == 1:
            return self.size * worked[0]
        most = len(self.literals)
        return LinearSum.total(
            LinearSum.of([taker], minutes, upper=most)
            for taker, minutes in zip(self.takers, worked, strict=True)
        )


class Scope:
    """Where one rule, for one limit, states what it asks."""

    def __init__(self, model: RosterModel, rule: Rule, facet: str) -> None:
        self._model = model
        self._key = (rule.id, facet)
        self._stance = rule.facet[facet].stance
        self._weight = rule.facet[facet].weight

    def slack(self, most: int, times: int = 1) -> IntVar | None:
        """Return a slack that several limits may share, or none if enforced.

        Parameters
        ----------
        most
            Largest amount it can be needed for.
        times
            Units of the facet that one step of the slack stands for.
        """
        if self._stance is Stance.ENFORCED:
            return None
        slack = self._model.new_slack(most, "/".join(self._key))
        self._model.charge(self._stance, self._key, slack, times, self._weight)
        return slack

    def at_least(
        self,
        total: LinearSum,
        bound: int,
        *,
        times: int = 1,
        slack: IntVar | None = None,
        reachable: int | None = None,
    ) -> None:
        """Ask that ``total >= bound``, up to the slack.

        ``reachable`` is the most that the tail leaves possible; where an enforced
        limit lies above it, only so much is asked and the limit noted as inherited.
        """
        if (
            self._stance is Stance.ENFORCED
            and reachable is not None
            and reachable < bound
        ):
            self._model.note_inherited(self._key)
            bound = reachable
        short = bound - total.lowest
        if short > 0:
            if slack is None:
                slack = self.slack(short, times)
            self._model.post(total, slack, 1, bound, None)

    def at_most(
        self,
        total: LinearSum,
        bound: int,
        *,
        times: int = 1,
        slack: IntVar | None = None,
    ) -> None:
        """Ask that ``total <= bound``, up to the slack.

        An enforced limit that the tail alone passes is noted as inherited
        and asks that nothing be added to it.
        """
        if self._stance is Stance.ENFORCED and total.lowest > bound:
            self._model.note_inherited(self._key)
            bound = total.lowest
        over = total.highest - bound
        if over > 0:
            if slack is None:
                slack = self.slack(over, times)
            self._model.post(total, slack, -1, None, bound)


class RosterModel:
    """Variables of one problem, the rules posted on them, and the levels' penalties.

    Parameters
    ----------
    problem
        A problem without mistakes.
    rulebook
        The thresholds in force; those of the problem's period by default.
    """

    def __init__(self, problem: Problem, rulebook: Rulebook | None = None) -> None:
        self.problem = problem
        self.rulebook = rulebook or load(problem.period)
        self.cp = CpModel()
        self.inherited: set[tuple[str, str]] = set()
        self._penalties: dict[Stance, list[tuple[IntVar, int]]] = defaultdict(list)
        self._amounts: dict[tuple[str, str], list[tuple[IntVar, int]]] = defaultdict(
            list
        )
        self._cells: dict[tuple[StaffId, dt.date], dict[Option, IntVar]] = {}
        self._on_call: dict[tuple[StaffId, dt.date], IntVar] = {}
        self._free: dict[tuple[StaffId, dt.date], LinearSum] = {}
        self._crews: dict[dt.date, list[Crew]] = defaultdict(list)
        self._tail = {(d.staff, d.date): d for d in problem.history.duties}
        self._tail_on_call = {(c.staff, c.date) for c in problem.history.on_call}
        self._make_cells()
        self._make_on_call()
        self._make_crews()
        for rule_id, build in RULES:
            build(self, problem, self.rulebook[rule_id])

    # -- variables ---------------------------------------------------------------

    def _make_cells(self) -> None:
        for member in self.problem.staff:
            for date in self.problem.period.dates:
                cell = {
                    option: self.cp.new_bool_var(f"{member.name}/{date}/{option}")
                    for option in options_of(self.problem, member, date)
                    if not self._excluded(member, date, option)
                }
                self.cp.add_exactly_one(cell.values())
                self._cells[member.name, date] = cell

    def _excluded(self, member: StaffMember, date: dt.date, option: Option) -> bool:
        return option.shift is not None and any(
            exclusion.shift(self.problem, self.rulebook[rule_id], member, date, option)
            for rule_id, exclusion in EXCLUSIONS
        )

    def _make_on_call(self) -> None:
        for date in self.problem.period.dates:
            for member in self.problem.staff:
                if not any(
                    exclusion.on_call(
                        self.problem, self.rulebook[rule_id], member, date
                    )
                    for rule_id, exclusion in EXCLUSIONS
                ):
                    name = f"{member.name}/{date}/on call"
                    self._on_call[member.name, date] = self.cp.new_bool_var(name)
            self.cp.add_at_most_one(
                literal for (_, night), literal in self._on_call.items() if night == date
            )

    def _make_crews(self) -> None:
        """Group the cells that no clock rule can tell apart, and share out breaks."""
        for date in self.problem.period.dates:
            crews: dict[tuple[Option, tuple[bool, ...]], Crew] = {}
            for member in self.problem.staff:
                for option, literal in self._cells[member.name, date].items():
                    if option.shift is None:
                        continue
                    key = (option, self._signature(member))
                    if key not in crews:
                        shift = self.problem.shift_by_symbol[option.shift]
                        crews[key] = Crew(date, option, shift)
                    crews[key].members.append(member)
                    crews[key].literals.append(literal)
            for crew in crews.values():
                self._share_breaks(crew)
            self._crews[date] = list(crews.values())

    def _signature(self, member: StaffMember) -> tuple[bool, ...]:
        """Tell which of the office's banded cover rules could count the person."""
        return tuple(
            (rule.qualification is None or rule.qualification in member.qualifications)
            and (rule.group is None or rule.group in member.groups)
            for rule in self.problem.cover_rules
            if rule.band is not None
        )

    def _share_breaks(self, crew: Crew) -> None:
        options = crew.shift.break_options
        if len(options) == 1:
            crew.takers = ()
            return
        most = len(crew.literals)
        crew.takers = tuple(
            self.cp.new_int_var(0, most, f"{crew.date}/{crew.option}/break {k}")
            for k in range(len(options))
        )
        self.cp.add(LinearExpr.sum(crew.takers) == LinearExpr.sum(crew.literals))

    # -- questions that rules ask ------------------------------------------------

    def starts(
        self,
        member: StaffMember,
        date: dt.date,
        wanted: Callable[[Shift, Option], bool] = lambda shift, option: True,
    ) -> LinearSum:
        """One if the person begins a shift that is wanted, on a date or in the tail."""
        shifts = self.problem.shift_by_symbol
        if date not in self.problem.period:
            duty = self._tail.get((member.name, date))
            if duty is None or duty.shift is None:
                return LinearSum()
            option = Option(duty.shift, duty.roles, None)
            return LinearSum(int(wanted(shifts[duty.shift], option)))
        return LinearSum.of(
            literal
            for option, literal in self._cells[member.name, date].items()
            if option.shift is not None and wanted(shifts[option.shift], option)
        )

    def off(self, member: StaffMember, date: dt.date, *kinds: OffKind) -> LinearSum:
        """One if the date is one of ``kinds`` for the person."""
        if date not in self.problem.period:
            duty = self._tail.get((member.name, date))
            return LinearSum(int(duty is not None and duty.off in kinds))
        return LinearSum.of(
            literal
            for option, literal in self._cells[member.name, date].items()
            if option.off in kinds
        )

    def on_call(self, member: StaffMember, date: dt.date) -> LinearSum:
        """One if the person is on call in the night that begins on the date."""
        if date not in self.problem.period:
            return LinearSum(int((member.name, date) in self._tail_on_call))
        literal = self._on_call.get((member.name, date))
        return LinearSum() if literal is None else LinearSum.of([literal])

    def free(self, member: StaffMember, date: dt.date) -> LinearSum:
        """One if no work touches the calendar date; for dates of the period.

        Only a lower bound is posted: the value may be zero on a free date where
        nights on call are work, and every rule gains by a larger one.
        """
        key = (member.name, date)
        if key not in self._free:
            self._free[key] = self._make_free(member, date)
        return self._free[key]

    def _make_free(self, member: StaffMember, date: dt.date) -> LinearSum:
        if self._tail_reaches(member, date):
            return LinearSum()
        off = self.off(member, date, OffKind.DAY_OFF, OffKind.PAID_LEAVE)
        if date not in member.employed:
            # The last night of a contract may still reach into the date.
            before = date - dt.timedelta(days=1)
            night = self.starts(member, before, lambda shift, _: shift.passes_midnight)
            off = LinearSum(1) - night
        if not self.problem.office.settings.standby.is_work:
            return off
        free = self.cp.new_bool_var(f"{member.name}/{date}/free")
        claim = LinearSum.of([free])
        self.post(off - claim, None, 1, 0, None)
        for night in (date, date - dt.timedelta(days=1)):
            on_call = self.on_call(member, night)
            self.post(on_call + claim, None, -1, None, 1)
        return claim

    def _tail_reaches(self, member: StaffMember, date: dt.date) -> bool:
        before = date - dt.timedelta(days=1)
        if before in self.problem.period:
            return False
        night = self.starts(member, before, lambda shift, _: shift.passes_midnight)
        standby = self.problem.office.settings.standby.is_work
        return bool(
            night.constant or (standby and self.on_call(member, before).constant)
        )

    def could_be_free(self, member: StaffMember, date: dt.date) -> bool:
        """Whether the tail leaves the date a chance of being free."""
        return not self._tail_reaches(member, date)

    def crews(self, date: dt.date) -> Sequence[Crew]:
        """Groups of people who could begin the same shift on a date of the period."""
        return self._crews[date]

    def minutes(
        self, begins: dt.date, inside: Interval, counts: Callable[[Role], bool]
    ) -> LinearSum:
        """Minutes at work by duties that begin on a date, inside its clock interval.

        Parameters
        ----------
        begins
            A date of the period, or of the tail.
        inside
            Clock minutes of that date; past 1440 for the next morning.
        counts
            The roles that count.
        """
        if begins in self.problem.period:
            return LinearSum.total(
                crew.minutes(inside, counts) for crew in self._crews[begins]
            )
        return LinearSum(
            sum(
                self._tail_minutes(duty, inside, counts)
                for duty in self.problem.history.duties
                if duty.date == begins and duty.shift is not None
            )
        )

    def _tail_minutes(
        self, duty: Duty, inside: Interval, counts: Callable[[Role], bool]
    ) -> int:
        pieces = [
            piece.intersection(inside)
            for piece, role in self._tail_pieces(duty)
            if counts(role)
        ]
        breaks = [p.intersection(b) for p in pieces for b in duty.breaks]
        return total_minutes(pieces) - total_minutes(breaks)

    def _tail_pieces(self, duty: Duty) -> Iterator[tuple[Interval, Role]]:
        if duty.shift is not None:
            shift = self.problem.shift_by_symbol[duty.shift]
            yield from zip(shift.segments, duty.roles, strict=False)

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
        date = self.problem.period.moment(interval.start).date()
        total = LinearSum()
        for begins in (date, date - dt.timedelta(days=1)):
            clock = interval.shifted(-self.problem.period.offset(begins))
            if begins in self.problem.period:
                for crew in self._crews[begins]:
                    total += _crew_at_work(crew, clock, counts, breaks_count)
            else:
                total += LinearSum(
                    self._tail_at_work(begins, clock, counts, breaks_count)
                )
        return total

    def _tail_at_work(
        self, begins: dt.date, clock: Interval, counts: Selector, breaks_count: bool
    ) -> int:
        return sum(
            1
            for duty in self.problem.history.duties
            if duty.date == begins and duty.shift is not None
            for piece, role in self._tail_pieces(duty)
            if piece.covers(clock)
            and counts(
                self.problem.member_by_name[duty.staff],
                role,
                self.problem.shift_by_symbol[duty.shift],
            )
            and (breaks_count or not any(b.overlaps(clock) for b in duty.breaks))
        )

    def largest(self, totals: Sequence[LinearSum]) -> LinearSum:
        """Return a variable no smaller than any of ``totals``; minimise it."""
        most = max(total.highest for total in totals)
        bound = LinearSum.of([self.cp.new_int_var(0, most, "largest")], upper=most)
        for total in totals:
            self.post(bound - total, None, 1, 0, None)
        return bound

    def smallest(self, totals: Sequence[LinearSum]) -> LinearSum:
        """Return a variable no larger than any of ``totals``; maximise it."""
        most = min(total.highest for total in totals)
        bound = LinearSum.of([self.cp.new_int_var(0, most, "smallest")], upper=most)
        for total in totals:
            self.post(total - bound, None, 1, 0, None)
        return bound

    # -- what scopes need --------------------------------------------------------

    def scope(self, rule: Rule, facet: str) -> Scope:
        """Open the scope of one limit of a rule."""
        return Scope(self, rule, facet)

    def new_slack(self, most: int, name: str) -> IntVar:
        """Return a new slack variable from zero to ``most``."""
        return self.cp.new_int_var(0, most, name)

    def charge(
        self,
        stance: Stance,
        key: tuple[str, str],
        slack: IntVar,
        times: int,
        weight: int,
    ) -> None:
        """Put a slack on its level's objective and on its facet's amount."""
        if stance in LEVELS:
            self._penalties[stance].append((slack, times * weight))
            self._amounts[key].append((slack, times))

    def note_inherited(self, key: tuple[str, str]) -> None:
        """Remember that the tail alone breaks an enforced limit."""
        self.inherited.add(key)

    def post(
        self,
        total: LinearSum,
        slack: IntVar | None,
        sign: int,
        lower: int | None,
        upper: int | None,
    ) -> None:
        """Add ``lower <= total + sign * slack <= upper``; ``None`` is open."""
        variables = [variable for variable, _ in total.terms]
        coefficients = [coefficient for _, coefficient in total.terms]
        if slack is not None:
            variables.append(slack)
            coefficients.append(sign)
        expression = LinearExpr.weighted_sum(variables, coefficients) + total.constant
        if lower is not None:
            self.cp.add(expression >= lower)
        if upper is not None:
            self.cp.add(expression <= upper)

    # -- objective and answers ---------------------------------------------------

    def penalty(self, level: Stance) -> LinearExpr | int:
        """Return a level's objective: the sum of weight x amount of its limits."""
        charged = self._penalties[level]
        if not charged:
            return 0
        return LinearExpr.weighted_sum(
            [slack for slack, _ in charged], [weight for _, weight in charged]
        )

    def penalty_at(self, level: Stance, values: Sequence[int]) -> int:
        """Return a level's objective at variable values, by index."""
        return sum(
            values[slack.index] * weight for slack, weight in self._penalties[level]
        )

    def amounts(self, value: Callable[[IntVar], int]) -> dict[tuple[str, str], int]:
        """Return the amount on every soft limit, by rule and facet."""
        return {
            key: sum(value(slack) * times for slack, times in slacks)
            for key, slacks in self._amounts.items()
        }

    def read(self, value: Callable[[IntVar], int]) -> Roster:
        """Turn variable values into a roster, dealing breaks to names fairly."""
        breaks = self._deal_breaks(value)
        duties = tuple(
            Duty(
                staff=member.name,
                date=date,
                shift=option.shift,
                roles=option.roles,
                off=option.off,
                breaks=breaks.get((member.name, date), ()),
            )
            for member in self.problem.staff
            for date in self.problem.period.dates
            for option, literal in self._cells[member.name, date].items()
            if value(literal)
        )
        on_call = tuple(
            OnCall(staff=staff, date=date)
            for (staff, date), literal in self._on_call.items()
            if value(literal)
        )
        return Roster(duties=duties, on_call=on_call)

    def _deal_breaks(
        self, value: Callable[[IntVar], int]
    ) -> dict[tuple[StaffId, dt.date], BreakOption]:
        """Give each break option to whoever of the crew had it least so far."""
        had: dict[tuple[StaffId, BreakOption], int] = defaultdict(int)
        dealt: dict[tuple[StaffId, dt.date], BreakOption] = {}
        for date in self.problem.period.dates:
            for crew in self._crews[date]:
                waiting = [
                    member.name
                    for member, literal in zip(
                        crew.members, crew.literals, strict=True
                    )
                    if value(literal)
                ]
                for breaks, count in self._options_taken(crew, value, len(waiting)):
                    waiting.sort(key=lambda name, b=breaks: had[name, b])
                    for name in waiting[:count]:
                        dealt[name, date] = breaks
                        had[name, breaks] += 1
                    del waiting[:count]
        return dealt

    @staticmethod
    def _options_taken(
        crew: Crew, value: Callable[[IntVar], int], present: int
    ) -> Iterator[tuple[BreakOption, int]]:
        if crew.takers:
            counts: Iterable[int] = (value(taker) for taker in crew.takers)
        else:
            counts = (present,)
        yield from zip(crew.shift.break_options, counts, strict=True)

    def values_of(self, roster: Roster) -> dict[int, int] | None:
        """Return the values, by variable index, that spell out a roster.

        ``None`` if it holds a duty, a break or a night on call that the model has no
        variable for, or leaves a cell empty.
        """
        values: dict[int, int] = {}
        for (staff, date), cell in self._cells.items():
            duty = roster.by_cell.get((staff, date))
            chosen = duty and Option(duty.shift, duty.roles, duty.off)
            if duty is None or chosen not in cell or not self._break_exists(duty):
                return None
            for option, literal in cell.items():
                values[literal.index] = int(option == chosen)
        for key, literal in self._on_call.items():
            values[literal.index] = 0
        for on_call in roster.on_call:
            literal = self._on_call.get((on_call.staff, on_call.date))
            if literal is None:
                return None
            values[literal.index] = 1
        for date in self.problem.period.dates:
            for crew in self._crews[date]:
                values.update(_takers_of(crew, roster))
        return values

    def _break_exists(self, duty: Duty) -> bool:
        if duty.shift is None:
            return not duty.breaks
        return duty.breaks in self.problem.shift_by_symbol[duty.shift].break_options

    def variable(self, index: int) -> IntVar:
        """Return the variable of an index."""
        return self.cp.get_int_var_from_proto_index(index)


def _crew_at_work(
    crew: Crew, clock: Interval, counts: Selector, breaks_count: bool
) -> LinearSum:
    role = crew.role_in(clock)
    if role is None or not counts(crew.members[0], role, crew.shift):
        return LinearSum()
    working = [
        breaks_count or not any(pause.overlaps(clock) for pause in breaks)
        for breaks in crew.shift.break_options
    ]
    if all(working):
        return crew.size
    return LinearSum.of(
        (taker for taker, works in zip(crew.takers, working, strict=False) if works),
        upper=len(crew.literals),
    )


def _takers_of(crew: Crew, roster: Roster) -> Iterator[tuple[int, int]]:
    taken: dict[BreakOption, int] = defaultdict(int)
    for member in crew.members:
        duty = roster.by_cell[member.name, crew.date]
        if Option(duty.shift, duty.roles, duty.off) == crew.option:
            taken[duty.breaks] += 1
    for taker, breaks in zip(crew.takers, crew.shift.break_options, strict=False):
        yield taker.index, taken[breaks]


