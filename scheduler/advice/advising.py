"""The parts of an advice, each worked out in a time of its own, and told meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.advice.causes import Causes
from scheduler.advice.hiring import hires
from scheduler.advice.repairs import Repairs
from scheduler.domain.advice import Advice, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scheduler.advice.open_part import OpenPart
    from scheduler.advice.repairs import Mended
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.solver.search import Search


LEAST_SECONDS = 0.5
"""Below this a part finds nothing, and is not begun."""


@dataclass(frozen=True)
class Working:
    """What is being worked out right now.

    ``seconds`` counts from the start of the advice.
    """

    seconds: float
    step: Step
    found: int


class Advising:
    """The advice on one roster, as far as it has come.

    Parameters
    ----------
    problem
        The month.
    roster, findings
        The best roster of it, and what the audit found.
    part
        What of the month can change.
    search
        Clock and set-up; each part gets a clock of its own.
    on_progress
        Told, from this thread, whenever something was found.

    Attributes
    ----------
    advice
        What was found so far.
    mended
        The month as it would be with each repair, cheapest first.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        findings: Sequence[Finding],
        part: OpenPart,
        search: Search,
        on_progress: Callable[[Working], None] | None = None,
    ) -> None:
        self._given = problem, roster, findings
        self._part = part
        self._search = search
        self._report = on_progress or (lambda working: None)
        self.advice = Advice(since=part.since)
        self.mended: tuple[Mended, ...] = ()

    def look_for_causes(self, seconds: float) -> None:
        """Say why each limit cannot be kept."""
        if not self._begins(Step.CAUSES, seconds):
            return
        causes = Causes(*self._given, self._search.another(seconds), self._part)
        for number, cause in enumerate(causes.find(), start=1):
            self._take(causes=(*self.advice.causes, cause))
            self._tell(Step.CAUSES, number)
        self._take(unexplained=tuple(causes.unexplained))

    def look_for_repairs(self, seconds: float) -> None:
        """Say what would make the month legal."""
        if not self._begins(Step.REPAIRS, seconds):
            return
        repairs = Repairs(*self._given, self._search.another(seconds), self._part)
        for number, mended in enumerate(repairs.find(), start=1):
            found = (*self.mended, mended)
            self.mended = tuple(sorted(found, key=lambda one: one.repair.price))
            self._take(repairs=tuple(one.repair for one in self.mended))
            self._tell(Step.REPAIRS, number)

    def look_for_hires(self, seconds: float) -> None:
        """Say what one more person would bring."""
        if not self._begins(Step.HIRES, seconds):
            return
        problem, roster, _ = self._given
        found = hires(problem, roster, self._search.another(seconds))
        for number, hire in enumerate(found, start=1):
            self._take(hires=(*self.advice.hires, hire))
            self._tell(Step.HIRES, number)

    def _begins(self, step: Step, seconds: float) -> bool:
        """Tell that a part begins, or note that there is no time for it."""
        if self._search.is_over or seconds < LEAST_SECONDS:
            self._take(left_out=(*self.advice.left_out, step))
            return False
        self._tell(step, 0)
        return True

    def _take(self, **found: Sequence[object]) -> None:
        self.advice = self.advice.model_copy(update=found)

    def _tell(self, step: Step, number: int) -> None:
        self._report(Working(self._search.seconds, step, number))
