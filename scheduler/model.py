"""Build the CP-SAT model of a month, with all rules posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from scheduler.constraints import EXCLUSIONS, RULES
from scheduler.constraints.language.joint import JointModel
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.language.scope import no_relaxation
from scheduler.domain.agreements import Spot
from scheduler.domain.base import StaffId
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster


def build(
    problem: Problem,
    relaxation: Callable[[Spot], int] = no_relaxation,
    alternatives: Sequence[ForecastDay] = (),
    standing: Roster | None = None,
    absences: Collection[tuple[StaffId, dt.date]] = (),
) -> RosterModel:
    """Return the model of a problem, rules posted; parameters as in `RosterModel`."""
    given = relaxation, alternatives, standing, absences, EXCLUSIONS
    model: RosterModel
    if isinstance(problem, JointProblem):
        model = JointModel(problem, *given)
    else:
        model = RosterModel(problem, *given)
    model.post(RULES)
    return model
