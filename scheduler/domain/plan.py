"""A plan for the rest of the month, and how it differs from the roster before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.base import StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.revision import Change, changes
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.shifts import OffKind

if TYPE_CHECKING:
    from scheduler.domain.advice import Repair
    from scheduler.domain.finding import Finding
    from scheduler.domain.record import RosterRecord
    from scheduler.domain.roster import Roster


@dataclass(frozen=True)
class Amendment:
    """The repair that a plan needs, to be agreed on before people are asked.

    Attributes
    ----------
    number
        Number of the repair among those proposed, from 1.
    repair
        The repair.
    without
        The problem without the repair.
    """

    number: int
    repair: Repair
    without: Problem


@dataclass(frozen=True)
class Plan:
    """A changed roster for the rest of the month, proposed in answer to a scenario.

    Attributes
    ----------
    scenario
        What has changed.
    problem
        The problem with the scenario applied.
    before, roster
        The roster before and after the change.
    findings
        The audit's findings in the changed roster.
    is_least
        Whether it is proven that no plan keeps the law as well and disturbs fewer
        people, or as few with fewer changes.
    amendment
        The repair that the plan needs, if any.
    """

    scenario: Scenario
    problem: Problem
    before: Roster
    roster: RosterRecord
    findings: tuple[Finding, ...]
    is_least: bool
    amendment: Amendment | None = None

    @property
    def is_legal(self) -> bool:
        """Whether no law, must or pin is broken."""
        return not any(finding.stance.is_hard for finding in self.findings)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in order of time, then of the staff list."""
        return tuple(changes(self.problem, self.before, self.roster))

    @cached_property
    def asks(self) -> tuple[Change, ...]:
        """The changes that people have to be asked for: all but the scenario's own.

        An absent person's changes on other dates are included.
        """
        return tuple(one for one in self.changes if not self._has_happened(one))

    @cached_property
    def disturbed(self) -> tuple[StaffId, ...]:
        """The people who have to be asked, in the order of the staff list."""
        asked = {change.staff for change in self.asks}
        return tuple(m.name for m in self.problem.staff if m.name in asked)

    def _has_happened(self, change: Change) -> bool:
        """Tell whether a change is the absence, leaving or joining of its person."""
        name, date = change.staff, change.date
        scenario = self.scenario
        return (
            any(member.name == name for member in scenario.joining)
            or any(one.staff == name and one.last < date for one in scenario.leaving)
            or any(
                one.staff == name and (date in one or _is_morning_after(one, change))
                for one in scenario.absences
            )
        )


def _is_morning_after(absence: Absence, change: Change) -> bool:
    """Tell whether a change frees the morning after a night dropped by an absence."""
    before, after = change.before, change.after
    return (
        change.date == absence.last + ONE_DAY
        and before is not None
        and before.off is OffKind.AFTER_NIGHT
        and after is not None
        and after.off is OffKind.DAY_OFF
    )
