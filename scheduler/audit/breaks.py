"""Breaks owed for work, and those of a night on call (F-05)."""

from __future__ import annotations

from scheduler.domain.problem import Problem
from scheduler.rulebook import Rulebook, rules_of


def break_owed(rulebook: Rulebook, worked: int) -> int:
    """Return the least minutes of break for ``worked`` minutes of work (F-05)."""
    table = rulebook["F-05"].table("break_table")
    return max((least for above, least in table if worked > above), default=0)


def shortest_break(problem: Problem) -> int:
    """Return the shortest legal break, in minutes, of a night on call (F-05)."""
    whole = problem.office.night_band.minutes
    return next(rest for rest in range(whole) if break_is_enough(problem, rest))


def break_is_enough(problem: Problem, rest: int) -> bool:
    """Tell whether ``rest`` minutes are a legal break of a night on call (F-05)."""
    worked = problem.office.night_band.minutes - rest
    return break_owed(rules_of(problem), worked) <= rest


def break_on_call(problem: Problem) -> int:
    """Return the break of a night on call: the office's, or the shortest legal one."""
    own = problem.office.settings.standby.break_minutes
    return shortest_break(problem) if own is None else own


def minutes_on_call(problem: Problem) -> int:
    """Return the minutes of work in a night on call, its break subtracted."""
    return problem.office.night_band.minutes - break_on_call(problem)
