"""P-02: a newcomer is not alone at night, and not without a mentor by day.

Breach: N is new, and M the mentor, who is not there at night::

    N 日夜明
    M 日休日

Correct, with A on the night as well::

    N 日夜明
    M 日休日
    A 休夜明
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase, without_overlap
from scheduler.domain.base import StaffId
from scheduler.domain.office import Hold
from scheduler.domain.problem import Problem


def check(case: RuleCase) -> Findings:
    """Find newcomers' nights without an experienced worker, days without a mentor."""
    settings = case.settings
    if settings.newcomer_nights is not Hold.OFF:
        facet = f"night_{settings.newcomer_nights.value}"
        yield from _nights(case, facet)
    mentors = _of_group(case.problem, settings.mentors)
    if settings.newcomer_days is not Hold.OFF and mentors:
        facet = f"day_{settings.newcomer_days.value}"
        for newcomer in _of_group(case.problem, settings.newcomers):
            others = [name for name in mentors if name != newcomer]
            for stint in case.timeline.stints_of_period(newcomer):
                if not stint.shift.is_night:
                    yield from without_overlap(case, facet, stint, others)


def _of_group(problem: Problem, group: str) -> list[StaffId]:
    return [member.name for member in problem.staff if group in member.groups]


def _nights(case: RuleCase, facet: str) -> Findings:
    newcomers = _of_group(case.problem, case.settings.newcomers)
    accompanied = {
        stint.date
        for name, stints in case.timeline.stints.items()
        if name not in newcomers
        for stint in stints
        if stint.is_night_here
    }
    for newcomer in newcomers:
        for stint in case.timeline.stints_of_period(newcomer):
            if stint.is_night_here and stint.date not in accompanied:
                yield case.missing(facet, newcomer, date=stint.date, span=stint.span)
