"""Crews: groups of people whom no rule tells apart, and licences asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.constraints.language.linear import LinearSum
from scheduler.constraints.language.options import (
    Option,
    on_floor,
    option_of,
    spans_of,
)
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval, joined, total_minutes
from scheduler.domain.requests import CoverRule
from scheduler.domain.shifts import BreakOption, Duty, Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from scheduler.domain.problem import Problem


def planners(problem: Problem) -> frozenset[StaffId]:
    """Return those who plan with the papers that the office needs (A-11)."""
    licence = bool(rules_of(problem)["A-11"].int("licence"))
    return frozenset(m.name for m in problem.staff if m.plans(with_licence=licence))


def nurses(problem: Problem) -> frozenset[StaffId]:
    """Return those who hold one of the licences that count as a nurse's (A-10)."""
    licences = rules_of(problem)["A-10"].names("licences")
    return frozenset(m.name for m in problem.staff if m.holds_one_of(licences))


def individually_counted(problem: Problem) -> frozenset[StaffId]:
    """Return the nurses, if a rule counts the minutes of each of them (A-19)."""
    rulebook = rules_of(problem)
    counted = rulebook["A-19"].is_for(rulebook.kind)
    return nurses(problem) if counted else frozenset()


def could_count(cover: CoverRule, member: StaffMember) -> bool:
    """Tell whether a cover rule applies to a person, by group and qualification."""
    return cover.group in (None, *member.groups) and (
        cover.qualification in (None, *member.qualifications)
    )


Selector = Callable[[StaffMember, Role, Shift], bool]
"""Returns whether a rule counts a person working in a role of a shift."""


@dataclass
class Crew:
    """People who could begin the same shift in the same roles on one date.

    Rules about clock times depend only on how many members take each break option, not
    on who does.  So the model has one integer variable per break option instead of one
    per person, which also removes this symmetry.
    """

    date: dt.date
    option: Option
    shift: Shift
    breaks: tuple[BreakOption, ...]
    """Break options to choose from: those of the shift, or one cell's own breaks."""
    away: tuple[Interval, ...] = ()
    """Clock times of the events that its members come to, in order."""
    members: list[StaffMember] = field(default_factory=list)
    literals: list[IntVar] = field(default_factory=list)
    takers: tuple[IntVar, ...] = ()
    """Number of people for each of ``breaks``; empty if there is only one option."""
    begun: int = 0
    """Number of members who have begun it, and so have no literal."""
    _present: dict[Interval, LinearSum] = field(default_factory=dict, init=False)

    @cached_property
    def floor(self) -> tuple[tuple[Interval, Role], ...]:
        """The pieces of the shift on the floor, each with its role."""
        return tuple(on_floor(self.shift, self.option.roles, self.away))

    @cached_property
    def size(self) -> LinearSum:
        """Number of people who begin the shift."""
        return LinearSum(self.begun) + LinearSum.of(self.literals)

    def takers_of(self, chosen: Callable[[BreakOption], bool]) -> LinearSum:
        """Return the number of people who take a break option that is ``chosen``."""
        wanted = [chosen(breaks) for breaks in self.breaks]
        if all(wanted):
            return self.size
        takers = (taker for taker, yes in zip(self.takers, wanted, strict=False) if yes)
        return LinearSum.of(takers, upper=len(self.literals))

    def minutes(self, inside: Interval, counts: Selector) -> LinearSum:
        """Return the counted minutes at work inside an interval of the date's clock."""
        if not self.shift.counts:
            return LinearSum()
        pieces = [
            piece.intersection(inside)
            for piece, role in self.floor
            # Members of a crew are alike to every rule, so the first one speaks for
            # all.
            if counts(self.members[0], role, self.shift)
        ]
        worked = [minutes_at_work(pieces, b) for b in self.breaks]
        if len(set(worked)) == 1:
            return self.size * worked[0]
        most = len(self.literals)
        return LinearSum.total(
            LinearSum.of([taker], minutes, upper=most)
            for taker, minutes in zip(self.takers, worked, strict=True)
        )

    def present(self, clock: Interval, *, breaks_count: bool) -> LinearSum:
        """Return the number at work throughout an interval, of a crew on the floor.

        Several rules ask about the same interval.
        """
        if breaks_count:
            return self.size
        if clock not in self._present:
            self._present[clock] = self.takers_of(
                lambda breaks: not any(one.overlaps(clock) for one in breaks)
            )
        return self._present[clock]

    def role_in(self, clock: Interval) -> Role | None:
        """Return the role on the floor throughout an elementary interval.

        ``None`` if the crew is not on the floor then.
        """
        if self.shift.counts:
            for piece, role in self.floor:
                if piece.covers(clock):
                    return role
        return None


def crew_of(problem: Problem, duty: Duty) -> Crew:
    """Return a crew of one, who has begun a shift as a roster says."""
    shift = problem.shift_of(duty)
    assert shift is not None
    member, away = problem.member_by_name[duty.staff], spans_of(problem, duty.events)
    option, breaks = option_of(duty), (duty.breaks,)
    return Crew(duty.date, option, shift, breaks, away, [member], begun=1)


def minutes_at_work(pieces: list[Interval], breaks: BreakOption) -> int:
    """Return the total minutes of ``pieces``, less the breaks that fall into them."""
    pauses = joined(breaks)
    resting = (piece.intersection(pause) for piece in pieces for pause in pauses)
    return total_minutes(pieces) - total_minutes(resting)
