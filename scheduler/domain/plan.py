"""Changes of a roster that are proposed: a plan for a scenario, room for guests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from scheduler.domain.advice import Repair
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding
from scheduler.domain.forecast import Service
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.roster import Change, Roster, changes, people_of
from scheduler.domain.scenario import Absence, Scenario
from scheduler.domain.shifts import Duty, OffKind


class Gain(StrEnum):
    """What a plan gains on those before it, of which the first was found quickly."""

    KEEPS_MORE = "keeps_more"
    """It keeps every limit, and the first does not."""
    DISTURBS_LESS = "disturbs_less"
    """It keeps as much, and disturbs fewer people, or as few with fewer changes."""
    SHARES = "shares"
    """It keeps as much, and shares out what the plan of fewest people asks of one."""


@dataclass(frozen=True)
class Amendment:
    """The repair that a plan needs, to be agreed on before people are asked."""

    number: int
    """Number of the repair among those proposed, from 1."""
    repair: Repair
    without: Problem
    """The problem without the repair."""


@dataclass(frozen=True)
class Plan:
    """A changed roster for the rest of the month, proposed in answer to a scenario."""

    scenario: Scenario
    problem: Problem
    """The problem with the scenario applied."""
    before: Roster
    roster: RosterRecord
    """The roster before and after the change."""
    findings: tuple[Finding, ...]
    """The audit's findings in the changed roster."""
    is_least: bool
    """Whether it is proven that no plan keeps the law as well and disturbs fewer
    people, or as few with fewer changes."""
    amendment: Amendment | None = None
    """The repair that the plan needs, if any."""
    gain: Gain | None = None
    """What it gains on the first plan; ``None`` if it is the first, or another way."""

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
        return people_of(self.problem, self.asks)

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


def number_of(plan: Plan, plans: Sequence[Plan]) -> int:
    """Return the number of a plan, from 1: that of one with its roster, or the next."""
    same = (place for place, one in enumerate(plans) if one.roster == plan.roster)
    return next(same, len(plans)) + 1


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


class GuestWay(Frozen):
    """The changes of a roster that make room for a number of further guests."""

    more: int = Field(gt=0)
    """Number of guests beyond those expected."""
    changes: tuple[Change, ...]
    asked: tuple[StaffId, ...]
    breaks: tuple[Duty, ...] = ()
    """Changed duties of which only the breaks move."""


class Room(Frozen):
    """How many more guests of one service can come on a date, all else as expected."""

    date: dt.date
    service: Service
    expected: int = Field(ge=0)
    """Guests expected; where unknown, as many as the rules count (A-07)."""
    as_it_stands: int = Field(ge=0)
    """Greatest number of further guests for which the unchanged roster, with this
    number or any smaller one, breaks nothing new."""
    until_guideline: int | None = Field(default=None, ge=0)
    """How many of these the office's ratio by the clock (K-01) allows without a new
    breach, where it is held as a guideline; ``None`` where it is not."""
    full: bool = False
    """Whether the office's capacity is reached with `as_it_stands`."""
    stopped_by: tuple[Finding, ...] = ()
    """What one more guest would break; empty if the office is full or `is_open`."""
    ways: tuple[GuestWay, ...] = ()
    """Changes for each number beyond `as_it_stands`, as far as some were found.  Of
    several for one number the first asks fewest people."""
    house: str = Field(default="", exclude_if=lambda name: not name)
    """Name of the house, where several are planned together."""
    is_certain: bool = True
    """Whether a search showed that the allowed changes make room for no more; not
    confirmed by a second search."""

    @property
    def is_open(self) -> bool:
        """Whether the count stopped at no limit, as it may for visits (no capacity)."""
        return not self.full and not self.stopped_by

    @property
    def passes_guideline(self) -> bool:
        """Whether the guideline allows fewer further guests than `as_it_stands`."""
        guided = self.until_guideline
        return guided is not None and guided < self.as_it_stands

    @property
    def with_changes(self) -> int:
        """How many more guests can come once cells are changed."""
        return max((way.more for way in self.ways), default=self.as_it_stands)
