"""What people do in other offices, as the staffing table names it (H-03)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit.timeline import Stint, Timeline
from scheduler.domain.clock import total_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

JOB_LENGTH = 60
"""Most characters of `StaffMember.other_job`."""


def with_work_elsewhere(
    problem: Problem,
    roster: Roster,
    offices: Callable[[StaffMember], Iterable[str]] = lambda member: (),
) -> Problem:
    """Return the problem with the jobs and hours that a roster has in other offices.

    They are shifts elsewhere, and events of other offices.  Hours that are typed for an
    office stand; those of the offices that are not named there are added.

    Parameters
    ----------
    offices
        Names of further offices in which a person has a job, whatever the roster says.
    """
    known = [shift.elsewhere for shift in problem.all_shifts]
    known += [event.elsewhere for event in problem.events]
    if not any(known):
        return problem
    timeline = Timeline(problem, roster)
    staff = []
    for member in problem.staff:
        hours = Counter(dict.fromkeys(offices(member), 0))
        for stint in timeline.stints_of_period(member.name):
            hours.update(_elsewhere(problem, stint))
        told_all = len(member.other_job) == JOB_LENGTH
        new = {
            name: minutes
            for name, minutes in hours.items()
            if name not in member.other_job and not told_all
        }
        names = filter(None, (member.other_job, *new))
        told = {
            "other_office": True,
            "other_job": "、".join(names)[:JOB_LENGTH],
            "other_minutes": (member.other_minutes or 0) + sum(new.values()),
        }
        staff.append(member.model_copy(update=told) if new else member)
    return problem.model_copy(update={"staff": tuple(staff)})


def _elsewhere(problem: Problem, stint: Stint) -> dict[str, int]:
    """Return the minutes of a duty by the name of the other office."""
    if stint.shift.elsewhere:
        return {stint.shift.elsewhere: stint.minutes}
    held = (problem.event_by_name.get(name) for name in stint.duty.events)
    there: dict[str, int] = {}
    for event in held:
        if event and event.span and event.elsewhere:
            minutes = total_minutes([event.span])
            there[event.elsewhere] = there.get(event.elsewhere, 0) + minutes
    return there
