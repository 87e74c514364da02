"""Other offices of the operator, asked for people where a month is short."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from scheduler.advice import Wanted, make
from scheduler.advice.neighbours import Neighbours
from scheduler.advice.visits import OfficeMonth
from scheduler.audit import audit
from scheduler.cli.screen import Reporter, watch
from scheduler.domain.advice import Advice, Step
from scheduler.domain.problem import Problem
from scheduler.files.houses import read_neighbours
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import Solution
from scheduler.wording.advice import step_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.cli.options import OtherOffices, RosterExtras, RosterLimits
    from scheduler.cli.session import Session
    from scheduler.domain.roster import Roster


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
            self._kept = min(BUDGETS.advice.loans, limits.seconds / 5)
        self.limits = replace(limits, seconds=limits.seconds - self._kept)

    @property
    def search(self) -> Search:
        """A clock for asking: what is left, and what was kept if others took longer."""
        seconds = max(self._whole.left, self._kept)
        limits = replace(self._whole.limits, seconds=seconds)
        return Search(limits, self._session.stopping.wish)

    def say(self, advice: Advice) -> None:
        """Print how many offers were found."""
        self._session.note(step_text(Step.LOANS, len(advice.loans)))


def make_month(
    session: Session,
    problem: Problem,
    neighbours: Neighbours,
    limits: RosterLimits,
    extras: RosterExtras,
    on_hand: Sequence[Roster],
) -> tuple[Solution, ...]:
    """Make a month and its candidates, the first with what the offices could do.

    Parameters
    ----------
    on_hand
        Rosters of the month to begin from.
    """
    session.begin_search()
    asking = AskedOffices(session, neighbours, limits.of_search())
    stop = session.stopping.wish

    def search(report: Reporter) -> tuple[Solution, ...]:
        given = Wanted(**asdict(extras)), report, stop, on_hand
        return make(problem, asking.limits, *given)

    seconds = None if limits.repeatable else asking.limits.seconds
    first, *rest = watch(search, sys.stderr, seconds)
    if neighbours.offices:
        advice = neighbours.help(problem, first.roster, asking.search).advice
        asking.say(advice)
        advised = first.roster.model_copy(update={"advice": advice})
        first = replace(first, roster=advised)
    return first, *rest
