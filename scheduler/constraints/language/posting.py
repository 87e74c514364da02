"""How a rule is stated to the model, and how it says beforehand what can never be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.constraints.language.options import Option
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.staff import StaffMember

Build = Callable[["RosterModel", Problem, Rule], None]


def _never(model: RosterModel, rule: Rule, member: StaffMember, date: dt.date) -> bool:
    return False


class Exclusion(NamedTuple):
    """Tests of one duty, or one night on call, that need no other cell."""

    shift: Callable[[RosterModel, Rule, StaffMember, dt.date, Option], bool]
    on_call: Callable[[RosterModel, Rule, StaffMember, dt.date], bool] = _never
