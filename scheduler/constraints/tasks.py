"""Tasks beside the need by the clock (上乗せ): whom they take, and how many.

A cover rule that comes on top (K-02) takes people whom nothing else may count at the
same time.  Whether the rest are enough is a question of sets: for every set of tasks,
those who could do one of them, or the other work, must be as many as both need.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from scheduler.constraints.selectors import selected
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.requests import CoverRule, MetBy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.constraints.language.crew import Selector
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Role, Shift
    from scheduler.domain.staff import StaffMember

Tasks = tuple["CoverRule", ...]


def tasks_at(problem: Problem, moment: int) -> Tasks:
    """Return the tasks under way at an absolute minute, in the order of the sheet."""
    date, minute = problem.period.moment(moment).date(), moment % DAY
    return tuple(
        cover
        for cover in problem.cover_rules
        if cover.is_on_top
        and any(_holds(problem, cover, date, minute, days) for days in (0, 1))
    )


def _holds(
    problem: Problem, cover: CoverRule, date: dt.date, minute: int, days: int
) -> bool:
    on, clock = date - days * ONE_DAY, minute + days * DAY
    assert cover.band is not None
    return (
        on in problem.period
        and cover.applies_on(on)
        and cover.band.start <= clock < cover.band.end
    )


def sets_of(tasks: Sequence[CoverRule]) -> Iterator[Tasks]:
    """Yield every set of tasks, the empty one first."""
    sizes = range(len(tasks) + 1)
    return chain.from_iterable(combinations(tasks, size) for size in sizes)


def people_for(tasks: Tasks) -> int:
    """Return how many people the tasks take together."""
    return sum(task.at_least or 0 for task in tasks)


def or_able(counts: Selector, tasks: Tasks) -> Selector:
    """Return a selector of those who count, or could do one of the tasks."""

    def either(member: StaffMember, role: Role, shift: Shift) -> bool:
        return counts(member, role, shift) or any(
            selected(task, member, (role,), shift) for task in tasks
        )

    return either


def is_out(tasks: Tasks) -> bool:
    """Tell whether one of the tasks takes people out of the house."""
    return any(task.met_by is MetBy.OUT for task in tasks)


def in_the_way(problem: Problem, cover: CoverRule, moment: int) -> Tasks:
    """Return the tasks whose people a cover rule cannot count at the same time.

    Of a task, those above it on the sheet; of those present, what takes people out of
    the house.  Only tasks that somebody of the rule could do.
    """
    under_way = tasks_at(problem, moment)
    if cover.is_on_top:
        others = under_way[: under_way.index(cover)]
    else:
        others = tuple(task for task in under_way if task.met_by is MetBy.OUT)
    return tuple(task for task in others if _share_people(problem, cover, task))


def _share_people(problem: Problem, cover: CoverRule, task: CoverRule) -> bool:
    return any(_is_able(cover, one) and _is_able(task, one) for one in problem.staff)


def _is_able(cover: CoverRule, member: StaffMember) -> bool:
    return (cover.group is None or cover.group in member.groups) and (
        cover.qualification is None or cover.qualification in member.qualifications
    )


def task_times(problem: Problem) -> set[int]:
    """Return the clock minutes at which tasks begin or end."""
    return {e for one in problem.cover_rules if one.is_on_top for e in one.band or ()}


def minutes_apart(problem: Problem, date: dt.date, band: Interval) -> int:
    """Return the minutes in a band that do not count for the hours of the day (A-03).

    Parameters
    ----------
    band
        In clock minutes of the date.
    """
    total = 0
    for cover in problem.cover_rules:
        if cover.in_day_hours or not cover.is_on_top or cover.band is None:
            continue
        for days in (0, 1):
            on = date - days * ONE_DAY
            if on in problem.period and cover.applies_on(on):
                inside = cover.band.shifted(-days * DAY).intersection(band)
                total += inside.minutes * people_for((cover,))
    return total
