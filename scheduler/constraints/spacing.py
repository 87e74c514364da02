"""Pairs of duties too close to each other, for the rules on overlap and rest."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, LATEST, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember
from scheduler.linear import LinearSum

if TYPE_CHECKING:
    from scheduler.model import RosterModel


def close_shifts(
    model: RosterModel, problem: Problem, member: StaffMember, gap: int
) -> Iterator[LinearSum]:
    """Yield sums of which at most one may be taken: shifts less than ``gap`` apart.

    Each sum pairs the shifts of a later date that clash with the same shifts of an
    earlier one, so that a single bound of one stands for the whole pairwise table.
    The later date lies in the period, the earlier one may lie in the tail.
    """
    for date in problem.period.dates:
        for days in range(1, (LATEST + gap) // DAY + 1):
            earlier = date - dt.timedelta(days=days)
            for first, second in _clashes(problem, member, days, gap).items():
                before = model.starts(member, earlier, lambda s, _, f=first: s in f)
                after = model.starts(member, date, lambda s, _, t=second: s in t)
                if (before.terms or before.constant) and after.terms:
                    yield before + after


def _clashes(
    problem: Problem, member: StaffMember, days: int, gap: int
) -> dict[tuple[Shift, ...], tuple[Shift, ...]]:
    later: dict[tuple[Shift, ...], list[Shift]] = defaultdict(list)
    own = [problem.shift_by_symbol[symbol] for symbol in member.shifts]
    for shift in own:
        first = tuple(
            s for s in problem.shifts if shift.start + days * DAY - s.end < gap
        )
        if first:
            later[first].append(shift)
    return {first: tuple(second) for first, second in later.items()}


def close_standby(
    model: RosterModel, problem: Problem, member: StaffMember, gap: int
) -> Iterator[LinearSum]:
    """Yield sums of a night on call and the shifts less than ``gap`` away from it."""
    band = problem.office.night_band
    for date in problem.period.dates:
        for days in (-2, -1, 0, 1, 2):
            other = date + dt.timedelta(days=days)
            near = model.starts(
                member,
                other,
                lambda s, _, d=days: _apart(s.interval.shifted(d * DAY), band) < gap,
            )
            night = model.on_call(member, date)
            if night.terms and (near.terms or near.constant):
                yield night + near
        yield from _after_tail_standby(model, problem, member, date, gap)


def _after_tail_standby(
    model: RosterModel,
    problem: Problem,
    member: StaffMember,
    date: dt.date,
    gap: int,
) -> Iterator[LinearSum]:
    """Yield the shifts that begin too soon after a night on call of the tail."""
    band = problem.office.night_band
    for days in (1, 2):
        night = model.on_call(member, date - dt.timedelta(days=days))
        if night.constant:
            near = model.starts(
                member,
                date,
                lambda s, _, d=days: _apart(s.interval, band.shifted(-d * DAY)) < gap,
            )
            if near.terms:
                yield night + near


def _apart(first: Interval, second: Interval) -> int:
    """Return the minutes between two intervals; negative where they overlap."""
    return max(first.start, second.start) - min(first.end, second.end)
