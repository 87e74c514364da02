"""Stretches of the month in which the care manager's tasks must find their time (G)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scheduler.domain.desk import stretch_name

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem


class DeskDays(NamedTuple):
    """Days of the month, from a task's first to a task's last, and what lies inside."""

    name: str
    dates: frozenset[dt.date]
    required: int
    """Minutes of all tasks that lie wholly inside."""


def stretches(problem: Problem, *, must: bool) -> list[DeskDays]:
    """Return the stretches, of the musts or of all tasks.

    Tasks of which the period has no day are left out; so are, of the guideline, the
    stretches that hold musts only.
    """
    dates = problem.period.dates
    registered = problem.office.registered
    tasks = [one for one in problem.desk_tasks if any(map(one.is_on, dates))]
    chosen = [one for one in tasks if one.must or not must]
    bounds = {(begin.first_day, end.last_day) for begin, end in product(chosen, chosen)}
    found = []
    for first, last in sorted(bounds):
        inside = [
            one for one in chosen if first <= one.first_day and one.last_day <= last
        ]
        is_tight = any(one.first_day == first for one in inside) and any(
            one.last_day == last for one in inside
        )
        if is_tight and (must or not all(one.must for one in inside)):
            found.append(
                DeskDays(
                    stretch_name(first, last),
                    frozenset(date for date in dates if first <= date.day <= last),
                    sum(
                        one.minutes * (registered if one.per_registrant else 1)
                        for one in inside
                    ),
                )
            )
    return found


def desk_tasks(problem: Problem, spot: Spot) -> int | None:
    """Return the minutes that the tasks of a spot of G need, if it is a stretch."""
    for one in stretches(problem, must=spot.facet == "tasks_must"):
        if one.name == spot.name:
            return one.required
    return None
