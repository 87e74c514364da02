"""N-01: nobody at night where nobody is needed, and no second night worker.

Breach: two night shifts begin where one will do::

    A 夜明
    B 夜明

Correct::

    A 夜明
    B 日日
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.bands import is_needed, night_band
from scheduler.audit.witness import witness
from scheduler.domain.shifts import ShiftKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def check(timeline: Timeline, problem: Problem, rule: Rule) -> Iterator[Finding]:
    """Find night shifts beyond the one a night needs, and standby without need."""
    for date in problem.period.dates:
        needed = int(is_needed(problem, date, timeline.rulebook))
        night = night_band(problem, date)
        workers = tuple(
            stint.person
            for stint in timeline.around(problem.period.day(date))
            if stint.date == date and stint.shift.kind is ShiftKind.NIGHT
        )
        person = timeline.on_call(date)
        standby = () if person is None else (person,)
        for facet, people in (
            ("surplus_night", workers),
            ("surplus_on_call", standby),
        ):
            if len(people) > needed:
                yield witness(
                    problem,
                    rule,
                    facet,
                    len(people) - needed,
                    required=needed,
                    actual=len(people),
                    people=people,
                    date=date,
                    span=night,
                )
