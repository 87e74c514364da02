"""Find a vacant shift, and describe what taking it means for a person.

The description covers other changes, rest, hours, fair shares and wishes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from scheduler.audit.consistency.report import mistake, outside, unknown_facts
from scheduler.audit.figures.fairness import fairness
from scheduler.audit.figures.people import (
    Rest,
    person_month,
    refused_wishes,
    rest_around,
)
from scheduler.domain.absences import Ability, Bearing, Substitute, Vacancy
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.clock import ONE_DAY, Interval
from scheduler.domain.errors import InputError, Mistake
from scheduler.domain.finding import Finding
from scheduler.domain.homes import Home, asked_at_home, at_home, homes
from scheduler.domain.joint import JointProblem
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.likeness import begun, recognised
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request
from scheduler.domain.roster import Change, Roster, changes
from scheduler.domain.shares import bears
from scheduler.domain.staff import StaffMember
from scheduler.solver.standing.breaks import moved_breaks
from scheduler.solver.standing.edits import with_shift_open, with_shift_taken
from scheduler.whatif.scenario_effects import name_mistake
from scheduler.wording.notation import says_on_call

ON_CALL = "宿直"
"""Used in place of a shift's symbol for the night on call."""


def find_gap(
    problem: Problem,
    roster: Roster,
    date: dt.date,
    symbol: str,
    instead_of: str | None = None,
    now: dt.date | None = None,
) -> Vacancy:
    """Return the vacancy on a date for a shift or the night on call.

    Parameters
    ----------
    symbol
        Symbol of the shift, or `ON_CALL`.
    instead_of
        Name of the person to release, or its beginning.  Not needed if only one person
        has the shift; if nobody has it, one more person is wanted.
    now
        First date that may still change.

    Raises
    ------
    InputError
        With every mistake in the arguments.
    """
    known = recognised(symbol, problem.shift_by_symbol)
    night = known or symbol.strip()
    shift = None if says_on_call(night) else ShiftId(night)
    found = [*outside(problem.period, date, ()), *_unknown(problem, shift)]
    if now is not None and now > date:
        found.append(mistake("date_past", (), date=date, now=now))
    staff = [member.name for member in problem.staff]
    people = () if instead_of is None else begun(instead_of, staff)
    if instead_of is not None and len(people) != 1:
        found.append(name_mistake(instead_of, staff))
    if found:
        raise InputError(found)
    holders = tuple(_holders(problem, roster, date, shift))
    found += _unclear(date, night, holders, people)
    if found:
        raise InputError(found)
    released = people or holders
    return Vacancy(date=date, shift=shift, instead_of=released[0] if released else None)


def _unknown(problem: Problem, shift: ShiftId | None) -> Iterator[Mistake]:
    """Report an unknown symbol, or a shift that nobody can take over."""
    if shift is None:
        return
    known = problem.shift_by_symbol.get(shift)
    if known is None:
        symbols = (*problem.shift_by_symbol, ON_CALL)
        yield mistake("unknown_shift", (), **unknown_facts(shift, symbols))
        return
    if isinstance(problem, JointProblem) and shift in problem.origins:
        origin = problem.origins[shift]
        known = problem.houses[origin.house].shift_by_symbol[origin.symbol]
    if known.half_leave:
        yield mistake("shift_with_leave", (), symbol=shift)
    elif not known.counts:
        yield mistake("shift_uncounted", (), symbol=shift)


def _holders(
    problem: Problem, roster: Roster, date: dt.date, shift: ShiftId | None
) -> Iterator[StaffId]:
    """Yield the people who have the shift, in the order of the staff list."""
    for member in problem.staff:
        duty = roster.by_cell.get((member.name, date))
        if shift is None:
            has_it = roster.on_call_by_date.get(date) == member.name
        else:
            has_it = duty is not None and duty.shift == shift
        if has_it:
            yield member.name


def _unclear(
    date: dt.date,
    symbol: str,
    holders: tuple[StaffId, ...],
    people: tuple[StaffId, ...],
) -> Iterator[Mistake]:
    facts = {"symbol": symbol, "on": date, "names": "、".join(holders)}
    if not people and len(holders) > 1:
        yield mistake("shift_of_several", (), **facts)
    elif people and not holders:
        yield mistake("shift_of_nobody", (), name=people[0], **facts)
    elif people and people[0] not in holders:
        yield mistake("shift_of_another", (), name=people[0], **facts)


class Takeover:
    """Compares rosters in which somebody takes a vacant shift with the current one."""

    def __init__(self, problem: Problem, before: Roster, gap: Vacancy) -> None:
        self._problem = problem
        self._before = before
        self._gap = gap
        self._open = with_shift_open(problem, before, gap)

    def describe(
        self,
        member: StaffMember,
        verdict: Ability,
        roster: Roster,
        stopped_by: tuple[Finding, ...] = (),
    ) -> Substitute:
        """Return what taking the shift means for a person, from the roster with it."""
        home = at_home(self._problem, member.name)
        there = home.roster(roster)
        rest = Rest(None, None)
        if self._gap.shift is not None or home.problem.office.settings.standby.is_work:
            rest = rest_around(home.problem, there, member.name, self._work())
        return Substitute(
            staff=member.name,
            verdict=verdict,
            own=tuple(self._own(member, roster)),
            changes=self.knock_on(member, roster),
            breaks=moved_breaks(self._before, roster),
            stopped_by=stopped_by,
            rest_before=rest.before,
            rest_after=rest.after,
            minutes=person_month(home.problem, there, member.name).credited,
            bearings=tuple(self._bearings(member, roster)),
            wishes_lost=tuple(self._wishes_lost(roster)),
        )

    def _work(self) -> Interval:
        """Return the interval of the shift or night on call, in absolute minutes."""
        symbol = self._gap.shift
        band = self._problem.office.on_call_band
        clock = self._problem.shift_by_symbol[symbol].interval if symbol else band
        return Interval(*clock).shifted(self._problem.period.offset(self._gap.date))

    def _own(self, member: StaffMember, roster: Roster) -> Iterator[Change]:
        """Yield the changes the shift itself brings: its date, and 明 on the next."""
        for change in changes(self._problem, self._before, roster):
            if self._is_own(change, member):
                yield change

    def knock_on(self, member: StaffMember, roster: Roster) -> tuple[Change, ...]:
        """Return all other differences from the roster with the shift open."""
        return tuple(
            change
            for change in changes(self._problem, self._open, roster)
            if not self._is_own(change, member)
        )

    def _is_own(self, change: Change, member: StaffMember) -> bool:
        if change.staff != member.name:
            return False
        date, symbol = self._gap.date, self._gap.shift
        if symbol is None or change.after is None:
            return symbol is None and change.on_call is True and change.date == date
        if change.date == date:
            return True
        as_taken = with_shift_taken(self._problem, self._before, self._gap, member)
        cell = member.name, change.date
        return (
            change.date == date + ONE_DAY and as_taken.by_cell.get(cell) == change.after
        )

    def _bearings(self, member: StaffMember, roster: Roster) -> Iterator[Bearing]:
        """Yield the person's deviation in each burden that the shift counts as."""
        before = self._deviations_before
        home = at_home(self._problem, member.name)
        for (name, burden), after in self._deviations(roster).items():
            if name == member.name and self._is(burden, home):
                yield Bearing(burden=burden, before=before[name, burden], after=after)

    @cached_property
    def _deviations_before(self) -> dict[tuple[StaffId, Burden], int]:
        return self._deviations(self._before)

    def _deviations(self, roster: Roster) -> dict[tuple[StaffId, Burden], int]:
        """Return everybody's deviation from their fair share of each burden."""
        return {
            (standing.staff, sharing.burden): standing.deviation
            for home in homes(self._problem)
            for sharing in fairness(home.problem, home.roster(roster))
            for standing in sharing.standings
            if standing.staff in home.people
        }

    def _is(self, burden: Burden, home: Home) -> bool:
        """Tell whether the shift counts as a burden where the person belongs."""
        date, symbol = self._gap.date, self._gap.shift
        if symbol is None:
            return burden.kind is BurdenKind.ON_CALL
        there = home.problem.shift_by_symbol[home.symbol(symbol)]
        return bears(home.problem, burden, there, date)

    def _wishes_lost(self, roster: Roster) -> Iterator[Request]:
        """Yield wishes newly refused, except those of the person released."""
        for request in refused_wishes(self._problem, roster):
            is_new = request not in self._refused_before
            if request.staff != self._gap.instead_of and is_new:
                yield asked_at_home(self._problem, request)

    @cached_property
    def _refused_before(self) -> tuple[Request, ...]:
        return refused_wishes(self._problem, self._before)
