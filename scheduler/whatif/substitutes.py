"""Who could take a shift: everybody on the staff list, the best first.

First the shift is put into a person's cell and nothing else is changed: if the audit
finds nothing that was not broken before, they can take it as is.  Of the others it is
asked how few other cells have to change.  Either way no law, must, pin or contract may
be broken more than it was, at any spot.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.constraints import EXCLUSIONS
from scheduler.constraints.language.linear import expression
from scheduler.domain.absences import Ability, Substitute
from scheduler.domain.revision import changes
from scheduler.solver.executors import cores
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.standing.disruption import Disruption, fewest_people
from scheduler.solver.standing.edits import (
    Settled,
    leave_taken,
    with_leave_held,
    with_shift_open,
    with_shift_taken,
)
from scheduler.solver.standing.month import StandingMonth
from scheduler.whatif.gaps import Takeover

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Iterator

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.linear import LinearSum
    from scheduler.domain.absences import Vacancy
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

EXCLUDING = {rule for rule, _ in EXCLUSIONS}
"""Rules that leave no question of a shift, whatever else changes."""


def substitutes(
    problem: Problem,
    roster: Roster,
    gap: Vacancy,
    *,
    now: dt.date | None = None,
    others: int | None = None,
    settled: Settled | None = None,
    limits: SearchLimits | None = None,
    stop: threading.Event | None = None,
) -> tuple[Substitute, ...]:
    """Return everybody but who is released, whoever can take the shift first.

    Parameters
    ----------
    problem, roster
        The month, and the roster as it stands.
    gap
        The shift, as `scheduler.whatif.gaps.find_gap` gives it.
    now
        First date that may still change; that of the shift if not given.
    others
        How many other people's days may change as well.
    settled
        What stays as it is beside the shift, such as cells changed by hand.
    limits
        Seconds of all searches together, and the seed.
    stop
        Set it from another thread; whoever was not decided by then stays undecided.

    Raises
    ------
    Disagreement
        If model and audit differ.  Our bug.
    """
    # One thread for each: small searches side by side end sooner than one by one.
    search = Search(replace(limits or SearchLimits(), workers=1), stop)
    settled = replace(settled or Settled(gap.date), now=now or gap.date)
    most = search.budgets.substitutes if others is None else others
    asking = _Asking(problem, roster, gap, settled, most)
    able = [member for member in problem.staff if member.name != gap.instead_of]
    with ThreadPoolExecutor(cores()) as pool:
        answers = list(pool.map(lambda member: asking.ask(member, search), able))
    return tuple(sorted(answers, key=asking.rank))


class _Asking:
    """One shift and all that is the same for everybody who is asked to take it."""

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
        # What follows for whoever is released is the same whoever takes the shift.
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

    def ask(self, member: StaffMember, search: Search) -> Substitute:
        """Return whether, and how, a person can take the shift."""
        gap = self._gap
        leave = leave_taken(self._problem, self._before, gap, member)
        known = self._before.by_cell.get((member.name, gap.date))
        has_it = (
            known is not None and gap.shift is not None and known.shift == gap.shift
        )
        if leave is not None or has_it:
            return Substitute(
                staff=member.name, verdict=Ability.NEVER, leave=leave, has_it=has_it
            )
        alone = with_shift_taken(self._problem, self._before, gap, member)
        stopped_by = self._month.tolerated.beyond(self._month.audit(alone))
        if not stopped_by:
            return self._takeover.describe(member, Ability.AS_IS, alone)
        if not self._could(member):
            decisive = [
                finding
                for finding in stopped_by
                if finding.rule in EXCLUDING and member.name in finding.people
            ]
            return Substitute(
                staff=member.name,
                verdict=Ability.NEVER,
                stopped_by=tuple(decisive) or stopped_by,
            )
        roster, is_proven = self._least(member, alone, search)
        if roster is None:
            verdict = Ability.STOPPED if is_proven else Ability.UNDECIDED
            return self._takeover.describe(member, verdict, alone, stopped_by)
        if not self._takeover.knock_on(member, roster):
            return self._takeover.describe(member, Ability.AS_IS, roster)
        told = self._takeover.describe(member, Ability.WITH_CHANGES, roster, stopped_by)
        return told.model_copy(update={"is_least": is_proven})

    def rank(self, one: Substitute) -> tuple[int, ...]:
        """Return what sorts the people, the best first.

        Verdict, whoever is released left alone, people and cells to change, wishes
        lost, rest below what is wished, evenness, hours.
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

    # -- the search ----------------------------------------------------------------

    def _takes(self, member: StaffMember) -> LinearSum:
        """One if the person takes the shift."""
        date, symbol = self._gap.date, self._gap.shift
        if symbol is None:
            return self._month.model.on_call(member, date)
        return self._month.model.starts(
            member, date, lambda shift, _: shift.symbol == symbol
        )

    def _could(self, member: StaffMember) -> bool:
        """Whether contract and law leave the question at all."""
        return bool(self._takes(member).terms)

    def _least(
        self, member: StaffMember, alone: Roster, search: Search
    ) -> tuple[Roster | None, bool]:
        """Return the way that asks fewest others, and then for fewest changes.

        With it whether that is proven, or that there is none.
        """
        cp, _ = self._month.cp()
        cp.add(expression(self._takes(member)) == 1)
        as_taken = self._without_own(member, alone)
        baseline = self._month.baseline(as_taken, self._settled.now)
        disruption = Disruption(baseline, cp)
        baseline.hold(cp, self._settled)
        self._keep_released_from_night(cp)
        # Whoever is released is left alone if others are enough.
        released_alone = cp.clone()
        spared = [name for name in (self._gap.instead_of,) if name is not None]
        released_alone.add(expression(disruption.people(spared)) <= 0)
        for some in (released_alone, cp) if spared else (cp,):
            way = fewest_people(
                disruption,
                some,
                search,
                spoken_to={member.name},
                others=(0, self._others),
            )
            if way.values:
                return baseline.read_held(way.values, self._problem), way.is_proven
        return None, way.is_proven

    def _released_cells(self) -> Iterator[tuple[StaffId, dt.date]]:
        """Yield the cells that whoever is released has off."""
        for change in changes(self._problem, self._before, self._open):
            if change.after is not None:
                yield change.staff, change.date

    def _keep_released_from_night(self, cp: CpModel) -> None:
        """Keep whoever is released from being on call instead."""
        if self._gap.instead_of is not None:
            member = self._problem.member_by_name[self._gap.instead_of]
            calls = self._month.model.on_call(member, self._gap.date)
            has_it = self._open.on_call_by_date.get(self._gap.date) == member.name
            if calls.terms and not has_it:
                cp.add(expression(calls) == 0)

    def _without_own(self, member: StaffMember, alone: Roster) -> Roster:
        """Leave the cell of the shift empty: which jobs are done in it is open."""
        if self._gap.shift is None:
            return alone
        cell = member.name, self._gap.date
        rest = (duty for duty in alone.duties if (duty.staff, duty.date) != cell)
        return alone.model_copy(update={"duties": tuple(rest)})
