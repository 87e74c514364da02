"""How a rule is stated to the model, and how it says beforehand what can never be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.problem import Problem
from scheduler.rulebook import Rule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from scheduler.constraints.language.options import Option
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.agreements import Spot
    from scheduler.domain.staff import StaffMember
    from scheduler.rulebook import Rulebook

Build = Callable[["RosterModel", Problem, Rule], None]


def never(possible: Possible, rule: Rule, member: StaffMember, date: dt.date) -> bool:
    """Exclude no night on call."""
    return False


class Exclusion(NamedTuple):
    """Tests of one duty, or one night on call, that need no other cell."""

    shift: Callable[[Possible, Rule, StaffMember, dt.date, Option], bool]
    on_call: Callable[[Possible, Rule, StaffMember, dt.date], bool] = never


class Possible:
    """Which single duties and nights on call can be, by what rules exclude.

    Parameters
    ----------
    problem, rulebook
        The month, and the thresholds in force.
    exclusions
        What can never be, by rule.
    room
        How far a limit may be passed at a spot, agreed or at a price.
    """

    def __init__(
        self,
        problem: Problem,
        rulebook: Rulebook,
        exclusions: Sequence[tuple[str, Exclusion]],
        room: Callable[[Spot], int],
    ) -> None:
        self.problem = problem
        self._exclusions = [(rulebook[rule], tests) for rule, tests in exclusions]
        self._room = room

    def gives_way(self, spot: Spot) -> bool:
        """Whether an enforced limit may be passed at a spot, agreed or at a price."""
        return self._room(spot) > 0

    def barred_by(
        self, member: StaffMember, date: dt.date, option: Option
    ) -> str | None:
        """Return the first rule that excludes a duty, if any does."""
        if option.shift is None:
            return None
        for rule, excludes in self._exclusions:
            if excludes.shift(self, rule, member, date, option):
                return rule.id
        return None

    def call_barred_by(self, member: StaffMember, date: dt.date) -> str | None:
        """Return the first rule that excludes a night on call, if any does."""
        for rule, excludes in self._exclusions:
            if excludes.on_call(self, rule, member, date):
                return rule.id
        return None
