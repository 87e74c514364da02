"""How long a person rests before and after a stretch of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.presence import begun, duties, on_call_nights

if TYPE_CHECKING:
    from scheduler.domain.base import StaffId
    from scheduler.domain.clock import Interval
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster


class Rest(NamedTuple):
    """Minutes of rest; ``None`` where no work is known on that side."""

    before: int | None
    after: int | None


def rest_around(
    problem: Problem, roster: Roster, name: StaffId, work: Interval
) -> Rest:
    """Return how long a person rests around work, by the clock times of a roster.

    Parameters
    ----------
    work
        Absolute minutes.  Other work that shares a minute with it leaves no rest.

    Notes
    -----
    A night on call is work where the office counts it so, as in F-11.
    """
    others = [one for one in _work(problem, roster, name) if one != work]
    before = [work.start - one.end for one in others if one.start < work.start]
    after = [one.start - work.end for one in others if one.start >= work.start]
    return Rest(
        max(0, min(before)) if before else None, max(0, min(after)) if after else None
    )


def _work(problem: Problem, roster: Roster, name: StaffId) -> list[Interval]:
    period = problem.period
    own = (duty for duty in duties(problem, roster) if duty.staff == name)
    work = [
        shift.interval.shifted(period.offset(duty.date))
        for duty, shift in begun(problem, own)
    ]
    if problem.office.settings.standby.is_work:
        work += [
            problem.office.night_band.shifted(period.offset(date))
            for date, caller in on_call_nights(problem, roster).items()
            if caller == name
        ]
    return work
