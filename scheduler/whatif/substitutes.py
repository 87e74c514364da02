"""Who could take a shift: everybody on the staff list, the best first.

First the shift is put into a person's cell and nothing else is changed: if the audit
finds no new breach, they can take it as is.  For the others a search minimises the
other cells that have to change.  Either way no law, must, pin or contract may be broken
more than it was, at any spot.

Who waits for an answer can telephone the first before the last is known, so answers are
told as they come: first of all who need no search.  Who is undecided is searched for
once more when all others are known.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ortools.sat.python.cp_model import CpModel

from scheduler.constraints import EXCLUSIONS
from scheduler.constraints.language.linear import LinearSum, expression
from scheduler.domain.absences import Ability, Substitute, Vacancy
from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, changes
from scheduler.domain.staff import StaffMember
from scheduler.solver.budgets import Reach
from scheduler.solver.executors import cores
from scheduler.solver.search import Search, SearchLimits, Solved
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.breaks import with_breaks_kept
from scheduler.solver.standing.edits import (
    Settled,
    leave_taken,
    with_leave_held,
    with_shift_open,
    with_shift_taken,
)
from scheduler.solver.standing.month import StandingMonth
from scheduler.solver.standing.widening import Disruption, fewest_people, steps
from scheduler.whatif.gaps import Takeover
from scheduler.whatif.takers_counted import TakersCounted

EXCLUDING = {rule for rule, _ in EXCLUSIONS}
"""Rules that exclude a shift for a person, whatever else changes."""

OnKnown = Callable[[tuple[Substitute, ...], int], None]
"""Told who is decided so far, the best first, and how many people are not yet."""


def substitutes(
    problem: Problem,
    roster: Roster,
    gap: Vacancy,
    *,
    now: dt.date | None = None,
    others: int | None = None,
    settled: Settled | None = None,
    limits: SearchLimits | None = None,
    on_known: OnKnown | None = None,
    stop: threading.Event | None = None,
) -> tuple[Substitute, ...]:
    """Return everybody but the person released, the best substitute first.

    Parameters
    ----------
    gap
        The vacant shift, as `scheduler.whatif.gaps.find_gap` returns it.
    now
        First date that may still change; by default that of the shift.
    others
        Most other people whose days may change as well.
    settled
        What must not change beside the shift, such as cells edited by hand.
    limits
        Seconds for all searches together, and the seed.
    on_known
        Called from this thread whenever more people are decided.
    stop
        Set it from another thread; people not judged by then stay undecided.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    # One thread for each: small searches side by side end sooner than one by one.
    search = Search(replace(limits or SearchLimits(), workers=1), stop)
    settled = replace(settled or Settled(gap.date), now=now or gap.date)
    most = search.budgets.substitutes.others if others is None else others
    asking = _Asking(problem, roster, gap, settled, most)
    people = [member for member in problem.staff if member.name != gap.instead_of]
    answers: dict[StaffId, Substitute] = {}

    def tell() -> None:
        decided = [a for a in answers.values() if a.verdict is not Ability.UNDECIDED]
        if on_known is not None:
            best_first = tuple(sorted(decided, key=asking.rank))
            on_known(best_first, len(people) - len(decided))

    def collect(searches: Iterable[Future[Substitute]]) -> None:
        for ended in as_completed(searches):
            answers[ended.result().staff] = ended.result()
            tell()

    with ThreadPoolExecutor(cores()) as pool:
        undecided: dict[StaffId, _Undecided] = {}
        first = []
        for member in people:
            answer = asking.at_once(member)
            if isinstance(answer, _Undecided):
                undecided[member.name] = answer
                first.append(pool.submit(asking.ask, answer, search))
            else:
                answers[member.name] = answer
        tell()
        collect(first)
        if not search.is_over:
            collect(
                pool.submit(asking.ask, one, search, again=True)
                for name, one in undecided.items()
                if answers[name].verdict is Ability.UNDECIDED
            )
    return tuple(sorted(answers.values(), key=asking.rank))


class _Undecided(NamedTuple):
    """A person whom only a search can decide: the shift in the cell breaks rules."""

    member: StaffMember
    alone: Roster
    stopped_by: tuple[Finding, ...]


class _Asking:
    """A vacant shift, and what all people who may take it have in common."""

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        gap: Vacancy,
        settled: Settled,
        others: int,
    ) -> None:
        self._takeover = Takeover(problem, roster, gap)
        self._problem = with_leave_held(problem, roster)
        self._month = StandingMonth(self._problem, roster)
        self._before = roster
        self._open = with_shift_open(problem, roster, gap)
        self._gap = gap
        self._others = others
        self._counting = threading.Lock()
        self._takers: TakersCounted | None = None
        # Findings about the released person alone do not depend on who takes the shift.
        self._month.tolerated.allow(
            finding
            for finding in self._month.audit(self._open)
            if finding.people == (gap.instead_of,)
        )
        self._settled = replace(
            settled,
            cells=settled.cells | set(self._released_cells()),
            nights=settled.nights - {gap.date},
        )

    def at_once(self, member: StaffMember) -> Substitute | _Undecided:
        """Return what the shift in a person's cell alone decides."""
        gap = self._gap
        leave = leave_taken(self._problem, self._before, gap, member)
        known = self._before.by_cell.get((member.name, gap.date))
        has_it = (
            known is not None and gap.shift is not None and known.shift == gap.shift
        )
        not_of = self._not_of(member)
        if leave is not None or has_it or not_of:
            return Substitute(
                staff=member.name,
                verdict=Ability.NEVER,
                leave=leave,
                has_it=has_it,
                not_of=not_of,
            )
        alone = with_shift_taken(self._problem, self._before, gap, member)
        could = self._could(member)
        excluded_by = () if could else tuple(self._excluding(member, alone))
        stopped_by = excluded_by or self._breaches(alone)
        if not stopped_by:
            return self._takeover.describe(member, Ability.AS_IS, alone)
        if not could:
            return Substitute(
                staff=member.name, verdict=Ability.NEVER, stopped_by=stopped_by
            )
        return _Undecided(member, alone, stopped_by)

    def ask(
        self, one: _Undecided, search: Search, *, again: bool = False
    ) -> Substitute:
        """Return whether a person can take the shift if others' days change as well.

        Parameters
        ----------
        again
            Whether a first search has left it undecided.
        """
        member, alone, stopped_by = one
        roster, is_proven = self._least(member, alone, search, again=again)
        if roster is None:
            verdict = Ability.STOPPED if is_proven else Ability.UNDECIDED
            return self._takeover.describe(member, verdict, alone, stopped_by)
        if not self._takeover.knock_on(member, roster):
            return self._takeover.describe(member, Ability.AS_IS, roster)
        told = self._takeover.describe(member, Ability.WITH_CHANGES, roster, stopped_by)
        return told.model_copy(update={"is_least": is_proven})

    def rank(self, one: Substitute) -> tuple[int, ...]:
        """Return the sort key of a person, the best first.

        Verdict, the released person left alone, people and cells to change, wishes
        lost, rest below what is wished, fair shares, hours.
        """
        wished = self._problem.office.settings.rest_wished
        rests = [r for r in (one.rest_before, one.rest_after) if r is not None]
        return (
            tuple(Ability).index(one.verdict),
            int(self._gap.instead_of in one.asked),
            len(one.asked),
            len(one.changes),
            len(one.wishes_lost),
            max(0, wished - min(rests, default=wished)),
            max((bearing.after for bearing in one.bearings), default=0),
            one.minutes,
        )

    def _not_of(self, member: StaffMember) -> str:
        """Return the name of the shift's house if the person does not work there."""
        joint = self._problem
        if not isinstance(joint, JointProblem):
            return ""
        house = joint.not_listed_for(member.name, self._gap.shift)
        return "" if house is None else joint.houses[house].office.name

    def _excluding(self, member: StaffMember, alone: Roster) -> Iterator[Finding]:
        """Yield what excludes the shift for a person, by the few rules that exclude."""
        for finding in self._breaches(alone, EXCLUDING):
            if member.name in finding.people:
                yield finding

    def _breaches(
        self, roster: Roster, only: Collection[str] | None = None
    ) -> tuple[Finding, ...]:
        """Return what of law, musts, pins and contracts a roster newly breaks."""
        return self._month.tolerated.beyond(self._month.audit(roster, only))

    # -- the search ----------------------------------------------------------------

    def _takes(self, member: StaffMember) -> LinearSum:
        """Return a sum that is one if the person takes the shift, else zero."""
        date, symbol = self._gap.date, self._gap.shift
        if symbol is None:
            return self._month.model.on_call(member, date)
        return self._month.model.starts(
            member, date, lambda shift, _: shift.symbol == symbol
        )

    def _could(self, member: StaffMember) -> bool:
        """Tell whether the model has any option for the person to take the shift."""
        return bool(self._takes(member).terms)

    def _least(
        self, member: StaffMember, alone: Roster, search: Search, *, again: bool
    ) -> tuple[Roster | None, bool]:
        """Return the roster that asks fewest others, then changes fewest cells.

        The flag tells whether that is proven, or, without a roster, that there is none.
        """
        budget = search.budgets.substitutes
        counted = self._counted(member, search)
        if counted.is_impossible:
            return None, True
        cp, _ = self._month.cp()
        cp.add(expression(self._takes(member)) == 1)
        as_taken = self._without_own(member, alone)
        baseline = self._month.baseline(as_taken, self._settled.now)
        disruption = Disruption(baseline, cp)
        baseline.hold(cp, self._settled)
        self._keep_released_from_night(cp)
        spared = [name for name in (self._gap.instead_of,) if name is not None]
        ask = partial(
            fewest_people,
            disruption,
            search=search,
            spoken_to={member.name},
            last=spared,
            last_as=self._others + 1,
            people_first=True,
        )
        # The largest number settles it at once: nobody can, or this is the least.
        most = self._others, self._others
        if again:
            disruption.hint(cp, counted.values)
            way = ask(cp, others=most, work=budget.longer, first_found=True)
            cp.clear_hints()  # type: ignore[no-untyped-call]
        else:
            # Near the date a roster is found soon; that fewer are not enough, or that
            # nobody can, is proven over the rest of the month.
            reach = Reach(budget.around)
            ((close, _),) = steps(baseline, cp, (self._gap.date,), (reach,))
            way = ask(close, others=most, work=budget.work)
        if way.values or not again:
            disruption.hint(cp, way.values)
            best = ask(cp, others=most, work=budget.work)
            is_lost = bool(way.values) and not best.values
            way = way._replace(is_proven=False) if is_lost else best
        roster = self._read(baseline, way.values) if way.values else None
        return roster, way.is_proven

    def _read(self, baseline: Baseline, values: Sequence[int]) -> Roster:
        """Return the roster for values, with the breaks that can stay as they are."""
        found = baseline.read_held(values, self._problem)
        given = self._problem, self._before, found, self._month.tolerated
        return with_breaks_kept(*given)

    def _counted(self, member: StaffMember, search: Search) -> Solved:
        """Return by counting whether so few others are enough if a person takes it.

        A roster found so is a hint alone: it may change many cells.
        """
        rounds = search.budgets.substitutes.rounds
        with self._counting:
            if rounds and self._takers is None:
                self._takers = self._all_takers(search)
        query = self._takers.of(member.name) if self._takers is not None else None
        return Solved() if query is None else query.solve(self._others, rounds, search)

    def _all_takers(self, search: Search) -> TakersCounted:
        """Return the model of all who may take the shift."""
        cp, _ = self._month.cp()
        baseline = self._month.baseline(self._open, self._settled.now)
        released, date = self._gap.instead_of, self._gap.date
        own = {date, date + ONE_DAY}
        kept = {
            (name, day)
            for name, day in self._settled.cells
            if name == released or day not in own
        }
        baseline.hold(cp, replace(self._settled, cells=frozenset(kept)))
        self._keep_released_from_night(cp)
        staff = self._problem.staff
        takes = {one.name: self._takes(one) for one in staff if one.name != released}
        return TakersCounted(cp, baseline, takes, search)

    def _released_cells(self) -> Iterator[tuple[StaffId, dt.date]]:
        """Yield the cells that the released person has off."""
        for change in changes(self._problem, self._before, self._open):
            if change.after is not None:
                yield change.staff, change.date

    def _keep_released_from_night(self, cp: CpModel) -> None:
        """Keep the released person from being on call instead."""
        if self._gap.instead_of is not None:
            member = self._problem.member_by_name[self._gap.instead_of]
            calls = self._month.model.on_call(member, self._gap.date)
            has_it = self._open.on_call_by_date.get(self._gap.date) == member.name
            if calls.terms and not has_it:
                cp.add(expression(calls) == 0)

    def _without_own(self, member: StaffMember, alone: Roster) -> Roster:
        """Return the roster with the shift's cell empty: its roles are left open."""
        if self._gap.shift is None:
            return alone
        cell = member.name, self._gap.date
        rest = (duty for duty in alone.duties if (duty.staff, duty.date) != cell)
        return alone.model_copy(update={"duties": tuple(rest)})
