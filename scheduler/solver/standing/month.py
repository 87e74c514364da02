"""A month whose roster stands, and the model in which it may change."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Self

from scheduler.audit import audit
from scheduler.domain.errors import Disagreement
from scheduler.domain.scenario import Scenario
from scheduler.model import build
from scheduler.rulebook import load
from scheduler.solver.standing.edits import whole, with_leave_held, with_pins
from scheduler.solver.standing.standard import ALL, Standard

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.linear import LinearSum
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.base import StaffId
    from scheduler.domain.finding import Finding, Stance
    from scheduler.domain.forecast import ForecastDay
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.solver.standing.disturbance import Disturbance


class Month:
    """What is the same for all that is asked of a roster.

    The model is built when it is first needed; questions are asked of clones.

    Parameters
    ----------
    problem
        The month as it is now.
    roster
        As it stands, hand edits included.
    usual
        The month that the roster was held against, if something has changed since.
    absences
        Cells in which somebody may turn out to be absent.
    otherwise
        Days that may come instead of those expected.

    Attributes
    ----------
    standard
        What no change may fall short of; the roster as it stands, to begin with.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        *,
        usual: Problem | None = None,
        absences: Collection[tuple[StaffId, dt.date]] = (),
        otherwise: Sequence[ForecastDay] = (),
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.rulebook = load(problem.period)
        before = usual or problem
        self.standard = Standard(self.rulebook, audit(before, roster, self.rulebook))
        self._standing = whole(before, roster)
        if self._standing != roster:
            # A cell that was left empty was a day off.
            self.standard.allow(audit(before, self._standing, self.rulebook))
        self._standing = _of_staff(problem, before, self._standing)
        self._absences = absences
        self._otherwise = otherwise
        self._model: RosterModel | None = None
        self._held: dict[tuple[Stance, ...], tuple[CpModel, LinearSum]] = {}
        self._building = RLock()

    @classmethod
    def standing(
        cls,
        problem: Problem,
        plan: Roster,
        roster: Roster,
        *,
        absences: Collection[tuple[StaffId, dt.date]] = (),
        otherwise: Callable[[Problem], Sequence[ForecastDay]] = lambda _: (),
    ) -> Self:
        """Return the month in which what was changed by hand, and leave, is held.

        Parameters
        ----------
        problem, plan, roster
            The month, the roster as it was made, and as it stands.  Empty cells are
            days off.
        absences
            Cells in which somebody may turn out to be absent.
        otherwise
            Returns the days of the month that may come instead of those expected.
        """
        nothing = Scenario(now=problem.period.first)
        stands = whole(problem, roster)
        held = with_leave_held(with_pins(problem, plan, roster, nothing), stands)
        return cls(held, stands, absences=absences, otherwise=otherwise(held))

    def audit(self, roster: Roster) -> tuple[Finding, ...]:
        """Return what is found in another roster of the month."""
        return audit(self.problem, roster, self.rulebook)

    @property
    def model(self) -> RosterModel:
        """The month's model, which can spell out the roster as it stands."""
        with self._building:
            if self._model is None:
                self._model = build(
                    self.problem,
                    self.rulebook,
                    self.standard.allowed,
                    self._otherwise,
                    self._standing,
                    self._absences,
                )
            return self._model

    def cp(self, stances: tuple[Stance, ...] = ALL) -> tuple[CpModel, LinearSum]:
        """Return a clone that keeps to the standard, and what else costs.

        Parameters
        ----------
        stances
            Whose limits are held; those of the others may be broken at a price.
        """
        with self._building:
            if stances not in self._held:
                held = self.model.cp.clone()
                price = self.standard.hold(self.model, held, stances)
                self._held[stances] = held, price
            held, price = self._held[stances]
            return held.clone(), price

    def read(
        self,
        values: Sequence[int],
        disturbance: Disturbance,
        problem: Problem | None = None,
        stances: Collection[Stance] = ALL,
    ) -> Roster:
        """Turn values into a roster, audited; breaks stay where nothing has changed.

        Parameters
        ----------
        problem
            What it is audited against; the month by default.
        stances
            Whose limits were held.

        Raises
        ------
        Disagreement
            If the audit finds one of them broken more than it was.  Our bug.
        """
        read = self.model.read(lambda variable: values[variable.index])
        duties = tuple(disturbance.with_breaks(read))
        roster = read.model_copy(update={"duties": duties})
        found = audit(problem or self.problem, roster, self.rulebook)
        beyond = self.standard.beyond(found, stances)
        if beyond:
            raise Disagreement(f"{beyond[0].rule} {beyond[0].facet}")
        return roster


def _of_staff(problem: Problem, usual: Problem, roster: Roster) -> Roster:
    """Return the roster without what stands after the last day of those who leave."""
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
