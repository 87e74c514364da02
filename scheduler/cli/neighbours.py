"""Other offices of the operator, asked for people where a month is short."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.advice.neighbours import SECONDS, Neighbours
from scheduler.advice.visits import OfficeMonth
from scheduler.audit import audit
from scheduler.domain.advice import Advice, Step
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.neighbours import read_neighbours
from scheduler.solver.search import Search, SearchLimits
from scheduler.wording.hires import step_text

if TYPE_CHECKING:
    from scheduler.cli.file_arguments import OtherOffices
    from scheduler.cli.session import Session


def named_offices(told: OtherOffices, problem: Problem) -> Neighbours:
    """Return the offices that may lend people, read from their rosters.

    Raises
    ------
    InputError
        With every mistake in their files.
    """
    files = read_neighbours(told.neighbour or (), problem)
    months = (
        OfficeMonth(file.problem, file.roster, audit(file.problem, file.roster))
        for file in files
    )
    return Neighbours(tuple(months), told.travel)


class AskedOffices:
    """Asks the offices within the time limit of a command, of which it keeps a part.

    Parameters
    ----------
    limits
        Limits of all that the command searches.

    Attributes
    ----------
    neighbours
        The offices.
    limits
        Those of what comes before.
    """

    def __init__(
        self, session: Session, neighbours: Neighbours, limits: SearchLimits
    ) -> None:
        self._session = session
        self.neighbours = neighbours
        self._whole = Search(limits, session.stopping.wish)
        self._kept = 0.0
        if neighbours.offices and not limits.repeatable:
            self._kept = min(SECONDS, limits.seconds / 5)
        self.limits = replace(limits, seconds=limits.seconds - self._kept)

    @property
    def search(self) -> Search:
        """A clock for asking: what is left, and what was kept if others took longer."""
        seconds = max(self._whole.left, self._kept)
        limits = replace(self._whole.limits, seconds=seconds)
        return Search(limits, self._session.stopping.wish)

    def asked(self, problem: Problem, roster: RosterRecord) -> RosterRecord:
        """Return a roster whose advice has what the offices could do."""
        if not self.neighbours.offices:
            return roster
        advice = self.neighbours.help(problem, roster, self.search).advice
        self.say(advice)
        return roster.model_copy(update={"advice": advice})

    def say(self, advice: Advice) -> None:
        """Print how many offers were found."""
        self._session.note(step_text(Step.LOANS, len(advice.loans)))
