"""The day band, the night band and who may stay in it, for the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import DAY, Interval

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.audit.timeline import Timeline
    from scheduler.domain.base import StaffId
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rulebook


def night_band(problem: Problem, date: dt.date) -> Interval:
    """Return the night band that begins on ``date``, in absolute minutes."""
    return problem.office.night_band.shifted(problem.period.offset(date))


def day_band(problem: Problem, date: dt.date) -> Interval:
    """Return the stretch from the end of last night's band to tonight's (A-08)."""
    band = problem.office.night_band
    return Interval(band.end - DAY, band.start).shifted(problem.period.offset(date))


def guests(problem: Problem, date: dt.date, rulebook: Rulebook) -> int:
    """Return who stays in the night of ``date``; not known counts as some (A-07).

    The night before the first date of the period may be asked for too.
    """
    if date < problem.period.first:
        return problem.forecast.overnight_before
    stay = problem.forecast_by_date[date].overnight
    return rulebook["A-06"].int("stay_when_unknown") if stay is None else stay


def is_needed(problem: Problem, date: dt.date, rulebook: Rulebook) -> bool:
    """Tell whether the night of ``date`` needs somebody awake and on call (A-07)."""
    return guests(problem, date, rulebook) > 0 or not problem.office.contact_system


def pool(timeline: Timeline, window: Interval) -> Iterator[tuple[Interval, StaffId]]:
    """Yield who is at work in a role of the care pool, and when, around a window."""
    for stint in timeline.around(window):
        for piece, role in stint.at_work:
            if role is not None and role.in_care_pool:
                yield piece, stint.person


def in_the_house(
    timeline: Timeline, window: Interval
) -> Iterator[tuple[Interval, StaffId]]:
    """Yield who is there in a role of the care pool, and when; breaks count."""
    for stint in timeline.around(window):
        for segment, role in stint.present:
            if role is not None and role.in_care_pool:
                yield segment, stint.person
