"""Why guidelines are missed where they are: the best roster that keeps one there.

Each place at which the finished roster misses a guideline is kept by force and the
month solved again: first with all that comes before guidelines held as it is, then with
evenness free, and at last with everything free; each time near the place first, then in
the whole month.  What the first roster found has and
the finished one has not is the reason.  As with wishes (`scheduler.solver.reasons`), it
needs no proof: allow what it names, and the guideline can be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit
from scheduler.audit.figures.hours import wish_granted
from scheduler.audit.figures.order import in_order_of_time
from scheduler.constraints.language.scope import total_of
from scheduler.domain.advice import Obstacle
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.period import LONGEST_PERIOD
from scheduler.rulebook.spots import spot_of
from scheduler.solver.weights import LOST, weighed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ortools.sat.python.cp_model import CpModel

    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.constraints.language.scope import Terms
    from scheduler.domain.agreements import Spot
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.solver.search import Found, Search

OBSTACLE_SECONDS = 10.0
"""What the reasons of all places together may take."""

SECONDS = 1.2
"""Most that one attempt may take."""

MOST_PLACES = 12
"""Places looked into; of more, the rest is told with what holds for all."""

COST = 1_000
"""Weight of what is given up against cells changed."""


AROUND = 5
"""Dates before and after a place that may change, where it is tried near it first."""


class Attempt(NamedTuple):
    """What is held at its value, what may be given up for a place, and how near it."""

    held: tuple[Stance, ...]
    free: tuple[Stance, ...]
    days: int


_BEFORE = LEVELS[: LEVELS.index(Stance.GUIDELINE)]
ATTEMPTS = (
    Attempt(_BEFORE, (Stance.GUIDELINE,), AROUND),
    Attempt(_BEFORE, (Stance.GUIDELINE,), LONGEST_PERIOD),
    Attempt(_BEFORE[:-1], (Stance.FAIR,), AROUND),
    Attempt(_BEFORE[:-1], (Stance.FAIR,), LONGEST_PERIOD),
    Attempt((), tuple(LOST), AROUND),
    Attempt((), tuple(LOST), LONGEST_PERIOD),
)
"""In the order in which a manager would give up something."""


class Obstacles:
    """The places at which one finished roster misses guidelines.

    Parameters
    ----------
    problem
        What the roster was made from.
    model
        Its model.
    cp
        The model as it was before the levels were held.
    values
        The roster, by variable index.
    search
        Clock and set-up of its own.
    """

    def __init__(
        self,
        problem: Problem,
        model: RosterModel,
        cp: CpModel,
        values: Sequence[int],
        search: Search,
    ) -> None:
        self._problem = problem
        self._model = model
        self._cp = cp
        self._values = values
        self._search = search
        self._roster = self._read(values)
        self._found = tuple(audit(problem, self._roster))
        self._reached = {
            level: model.penalty_at(level, values)
            for level in LEVELS
            if model.penalty(level) is not None
        }

    def found(self) -> Iterator[Obstacle]:
        """Yield what stands in the way at each place, as long as there is time."""
        terms = {spot: terms for spot, _facet, terms in self._model.spots()}
        for spot, finding in list(self._places().items())[:MOST_PLACES]:
            if self._search.is_over:
                return
            if spot in terms:
                yield self._obstacle(finding, terms[spot])

    def _places(self) -> dict[Spot, Finding]:
        """Return the first finding at each place, in order of time."""
        places: dict[Spot, Finding] = {}
        for finding in in_order_of_time(self._found):
            if finding.stance is Stance.GUIDELINE:
                rule = self._model.rulebook[finding.rule]
                places.setdefault(spot_of(finding, rule), finding)
        return places

    def _obstacle(self, finding: Finding, terms: Terms) -> Obstacle:
        for attempt in ATTEMPTS:
            if finding.date is None and attempt.days == AROUND:
                continue
            answer = self._kept(terms, attempt, finding.date)
            if answer.values:
                return self._compared(finding, attempt, answer.values)
            if self._search.is_over:
                return Obstacle(finding=finding)
        return Obstacle(finding=finding, impossible=answer.is_impossible)

    def _kept(self, terms: Terms, attempt: Attempt, around: dt.date | None) -> Found:
        """Search for the best roster that keeps a place and holds what is held."""
        cp = self._cp.clone()
        cp.clear_objective()  # type: ignore[no-untyped-call]
        cp.clear_hints()  # type: ignore[no-untyped-call]
        cp.add(total_of(terms) == 0)
        for level in attempt.held:
            penalty = self._model.penalty(level)
            if penalty is not None:
                cp.add(penalty <= self._reached[level])
        changed = []
        for date in self._problem.period.dates:
            for variable in self._model.decisions(date):
                value = self._values[variable.index]
                if around and abs((date - around).days) > attempt.days:
                    cp.add(variable == value)
                else:
                    cp.add_hint(variable, value)
                    changed.append(variable if value == 0 else -variable)
        weights = {level: LOST.get(level, 1) for level in attempt.free}
        cp.minimize(weighed(self._model, weights) * COST + LinearExpr.sum(changed))
        return self._search.run(cp, min(SECONDS, self._search.left))

    def _compared(
        self, finding: Finding, attempt: Attempt, values: Sequence[int]
    ) -> Obstacle:
        roster = self._read(values)
        known = {_key(one): one.amount for one in self._found}
        breaches = tuple(
            one
            for one in audit(self._problem, roster)
            if one.stance in attempt.free
            and one.rule != "W-01"
            and one.amount > known.get(_key(one), 0)
        )
        gives_way = tuple(
            one
            for one in self._problem.requests
            if wish_granted(self._problem, self._roster, one)
            and not wish_granted(self._problem, roster, one)
        )
        return Obstacle(
            finding=finding,
            breaches=breaches,
            gives_way=gives_way,
            unfinished=not (breaches or gives_way),
        )

    def _read(self, values: Sequence[int]) -> Roster:
        return self._model.read(lambda variable: values[variable.index])


def _key(finding: Finding) -> tuple[object, ...]:
    """Return what a finding is about, however much it is."""
    facts = finding.facts
    what = facts.get("name"), facts.get("burden"), facts.get("shift")
    where = finding.date, finding.begin, finding.end
    return finding.rule, finding.facet, finding.people, what, where
