"""`StandingMonth`: a month with a current roster, and the models to change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from threading import RLock
from typing import Self

from ortools.sat.python.cp_model import CpModel

from scheduler.audit import audit
from scheduler.audit.findings import ALL, Tolerated
from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.language.scope import no_relaxation
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Scenario
from scheduler.model import build
from scheduler.rulebook import rules_of
from scheduler.solver.standing.baseline import Baseline
from scheduler.solver.standing.edits import (
    Settled,
    with_days_off,
    with_leave_held,
    with_pins,
)


class StandingMonth:
    """A month with a current roster, and the models in which that may change.

    The month's own model is built on first use; searches work on clones of it.

    Parameters
    ----------
    problem
        The month as it is now.
    roster
        The current roster, hand edits included.
    settled
        What of it may not change; nothing by default.
    tolerated
        How far each limit may be broken; by default as far as the current roster does.
    usual
        The month for which the roster was made, if something has changed since.
    absences
        Cells that get the option of being absent.
    alternatives
        Forecast days that may replace the expected ones.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        settled: Settled | None = None,
        tolerated: Tolerated | None = None,
        *,
        usual: Problem | None = None,
        absences: Collection[tuple[StaffId, dt.date]] = (),
        alternatives: Sequence[ForecastDay] = (),
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.settled = settled or Settled(problem.period.first)
        self.rulebook = rules_of(problem)
        self._stands = roster
        self._absences = absences
        self._alternatives = alternatives
        self._held: dict[tuple[Stance, ...], tuple[CpModel, LinearSum]] = {}
        self._building = RLock()
        if tolerated is None:
            before = usual or problem
            tolerated = Tolerated(self.rulebook, audit(before, roster, self.rulebook))
            self._stands = with_days_off(before, roster)
            if self._stands != roster:
                # Filling empty cells with days off may break more; that is tolerated
                # too.
                tolerated.allow(audit(before, self._stands, self.rulebook))
            self._stands = _of_staff(problem, before, self._stands)
        self.tolerated = tolerated

    @classmethod
    def untouched(cls, problem: Problem, roster: Roster) -> Self:
        """Return a month in which nothing is settled and no breach tolerated."""
        return cls(problem, roster, tolerated=Tolerated(rules_of(problem), ()))

    @classmethod
    def by_hand(
        cls,
        problem: Problem,
        made: Roster,
        roster: Roster,
        *,
        absences: Collection[tuple[StaffId, dt.date]] = (),
        alternatives: Callable[[Problem], Sequence[ForecastDay]] = lambda _: (),
    ) -> Self:
        """Return the month with hand edits and leave pinned.

        Parameters
        ----------
        problem, made, roster
            The month, the roster as it was solved, and the current roster, whose empty
            cells are days off.
        absences
            Cells that get the option of being absent.
        alternatives
            Returns the forecast days of the month that may replace the expected ones.
        """
        unchanged = Scenario(now=problem.period.first)
        stands = with_days_off(problem, roster)
        held = with_leave_held(with_pins(problem, made, roster, unchanged), stands)
        return cls(held, stands, absences=absences, alternatives=alternatives(held))

    @property
    def since(self) -> dt.date | None:
        """The first date that can change, or None if none of the month is past."""
        now = self.settled.now
        return now if any(duty.date < now for duty in self.roster.duties) else None

    def audit(
        self, roster: Roster, only: Collection[str] | None = None
    ) -> tuple[Finding, ...]:
        """Return the findings of another roster of the month, by some or all rules."""
        return audit(self.problem, roster, self.rulebook, only)

    # -- its models --------------------------------------------------------------------

    @cached_property
    def _own_model(self) -> RosterModel:
        return self._build(self.problem, no_relaxation, self._alternatives)

    @property
    def model(self) -> RosterModel:
        """The month's model, which can represent the current roster."""
        with self._building:
            return self._own_model

    def cp(self, stances: tuple[Stance, ...] = ALL) -> tuple[CpModel, LinearSum]:
        """Return a clone with the tolerated limits enforced, and the price of others.

        Parameters
        ----------
        stances
            Stances whose limits are enforced; those of others may be broken at the
            price.
        """
        with self._building:
            if stances not in self._held:
                held = self.model.cp.clone()
                price = self.baseline().hold_limits(held, stances)
                self._held[stances] = held, price
            held, price = self._held[stances]
            return held.clone(), price

    def baseline(
        self, roster: Roster | None = None, now: dt.date | None = None
    ) -> Baseline:
        """Return a roster, by default the current one, in the month's model."""
        now = now or self.settled.now
        return Baseline(self.model, roster or self.roster, now, self.tolerated)

    def varied(
        self,
        problem: Problem,
        relaxation: Callable[[Spot], int] = no_relaxation,
        alternatives: Sequence[ForecastDay] = (),
        *,
        pins_may_go: bool = False,
    ) -> Baseline:
        """Return the roster in the model of a variant month, what is settled fixed.

        Parameters
        ----------
        problem
            The variant, perhaps with more people (who are off in the current roster),
            other shifts or other users.
        relaxation, alternatives
            As for `RosterModel`.
        pins_may_go
            Whether settled cells that have a pin are held only by the pin, which can
            then be relaxed like any other limit.
        """
        model = self._build(problem, relaxation, alternatives)
        stands = with_days_off(problem, self.roster)
        baseline = Baseline(model, stands, self.settled.now, self.tolerated)
        settled = self.settled
        baseline.hold(
            model.cp, settled.unpinned(problem.pins) if pins_may_go else settled
        )
        return baseline

    def _build(
        self,
        problem: Problem,
        relaxation: Callable[[Spot], int],
        alternatives: Sequence[ForecastDay],
    ) -> RosterModel:
        return build(
            problem,
            lambda spot: relaxation(spot) + self.tolerated.allowed(spot),
            alternatives,
            self._stands,
            self._absences,
        )


def _of_staff(problem: Problem, usual: Problem, roster: Roster) -> Roster:
    """Return the roster without duties after the last day of people who leave."""
    members = problem.member_by_name

    def is_there(name: StaffId, date: dt.date) -> bool:
        member, before = members.get(name), usual.member_by_name.get(name)
        left = before is not None and date in before.employed
        return member is not None and (date in member.employed or not left)

    return roster.model_copy(
        update={
            "duties": tuple(d for d in roster.duties if is_there(d.staff, d.date)),
            "on_call": tuple(n for n in roster.on_call if is_there(n.staff, n.date)),
        }
    )
