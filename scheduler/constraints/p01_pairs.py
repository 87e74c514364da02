"""P-01: two people kept apart, or working together.

Breach: A and B apart, A's night until 9:30 and B's day shift from 8:30. A with B
together, A's late shift from 12:00 to 21:00 and B's early shift until 16:00, which is
four hours of nine. Correct: B begins at 9:30; B's day shift until 17:30.

Source: the office's sheet of pairs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from scheduler.constraints.language import LinearSum, RosterModel
from scheduler.constraints.overlap import NEAR, ask_for_overlap, cliques
from scheduler.constraints.selectors import one_of
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, ONE_DAY
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Pair, PairKind
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Keep some pairs apart, and require that others work together."""
    for pair in problem.pairs:
        facet = f"{pair.kind}_{Stance.as_set(must=pair.must)}"
        met: set[frozenset[StaffId]] = set()
        for first in problem.people_of(pair.first):
            scope = model.scope(rule, facet).at(staff=first.name)
            others = [one for one in problem.people_of(pair.second) if one != first]
            if pair.kind is PairKind.TOGETHER:
                shifts, half = _shifts(problem, pair), rule.int("half_percent")
                ask_for_overlap(model, scope, first, others, shifts, half)
                continue
            for second in others:
                # Two people of both groups are apart once.
                if frozenset((first.name, second.name)) not in met:
                    met.add(frozenset((first.name, second.name)))
                    for meeting in _meetings(model, pair, first, second):
                        scope.all_at_most(meeting, 1)


def _meetings(
    model: RosterModel, pair: Pair, first: StaffMember, second: StaffMember
) -> Iterator[list[LinearSum]]:
    """Yield sums, at most one, of overlapping duties of two people, by their dates.

    A night on call is no shift that is counted as a night.
    """
    problem = model.problem
    period = problem.period
    shifts = _shifts(problem, pair)
    meeting = {days: [*cliques(shifts, shifts, _meets(days))] for days in NEAR}
    from_home = problem.office.settings.standby.from_home
    beside_band = {days: one_of(_beside_band(problem, days)) for days in NEAR}
    for date in (period.first - ONE_DAY, *period.dates):
        for days in NEAR:
            other = date + dt.timedelta(days)
            if date not in period and other not in period:
                continue
            yield [
                model.starts(first, date, one_of(own))
                + model.starts(second, other, one_of(theirs))
                for own, theirs in meeting[days]
            ]
            if not (from_home or pair.nights):
                for caller, worker in ((first, second), (second, first)):
                    stays = model.on_call(caller, date)
                    yield [stays + model.starts(worker, other, beside_band[days])]


def _shifts(problem: Problem, pair: Pair) -> list[Shift]:
    here = (shift for shift in problem.all_shifts if not shift.elsewhere)
    return [s for s in here if s.is_night or not pair.nights]


def _meets(days: int) -> Callable[[Shift, Shift], bool]:
    """Return a predicate that is true if a shift overlaps one begun ``days`` later."""
    return lambda own, theirs: own.interval.overlaps(
        theirs.interval.shifted(days * DAY)
    )


def _beside_band(problem: Problem, days: int) -> tuple[Shift, ...]:
    """Return the shifts that, begun ``days`` later, overlap a night band."""
    band = problem.office.on_call_band.shifted(-days * DAY)
    here = (shift for shift in problem.all_shifts if not shift.elsewhere)
    return tuple(shift for shift in here if shift.interval.overlaps(band))
