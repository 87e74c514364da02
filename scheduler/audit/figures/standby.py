"""What a night on call counts where it is work: the band less its break (F-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.rulebook import load

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem


def break_minutes(problem: Problem) -> int:
    """Return the break of a night on call: the office's, or the shortest by law."""
    own = problem.office.settings.standby.break_minutes
    return shortest_break(problem) if own is None else own


def shortest_break(problem: Problem) -> int:
    """Return the shortest break with which the night band keeps the law (F-05)."""
    whole = problem.office.night_band.minutes
    return next(rest for rest in range(whole) if break_owed(problem, rest) <= rest)


def break_owed(problem: Problem, rest: int) -> int:
    """Return the break that a night on call with a break of ``rest`` must have."""
    worked = problem.office.night_band.minutes - rest
    table = load(problem.period)["F-05"].table("break_table")
    return max((least for above, least in table if worked > above), default=0)


def work_minutes(problem: Problem) -> int:
    """Return the minutes of work of a night on call that is work."""
    return problem.office.night_band.minutes - break_minutes(problem)
