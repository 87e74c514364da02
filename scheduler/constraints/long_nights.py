"""F-13, long nights: no two in a row, and a day off after the 明.

Breach, with nights from 16:00 to 9:00, which is 17 hours: 夜明夜; 夜明日. Correct:
夜明休夜. Nights from 21:00 to 6:00, which is nine, do not count as long.

Source: JNA guideline; how strictly it is held is the office's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.constraints.selectors import one_of
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.office import Hold
from scheduler.domain.shifts import OffKind, ShiftKind

if TYPE_CHECKING:
    from scheduler.constraints.language.options import Wanted
    from scheduler.constraints.language.roster_model import RosterModel
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rule


def ask_for_distance(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no long night begins one or two dates after another."""
    hold = problem.office.settings.long_nights_apart
    if hold is Hold.OFF:
        return
    scope = model.scope(rule, f"long_apart_{hold.value}")
    is_long = _is_long(problem, rule)
    for member in problem.staff:
        for date in problem.period.dates:
            night = model.starts(member, date, is_long)
            if night.terms:
                at_date = scope.at(staff=member.name, date=date)
                # One slack for both distances: the date counts once.
                slack = at_date.slack(1)
                for days in (1, 2):
                    before = model.starts(member, date - days * ONE_DAY, is_long)
                    at_date.at_most(before + night, 1, slack=slack)


def ask_for_rest(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no shift begins on the date after the 明 of a long night."""
    hold = problem.office.settings.day_off_after_long_night
    if hold is Hold.OFF:
        return
    scope = model.scope(rule, f"day_off_after_{hold.value}")
    is_long = _is_long(problem, rule)
    for member in problem.staff:
        for date in problem.period.dates:
            night = model.starts(member, date - 2 * ONE_DAY, is_long)
            if night.terms or night.constant:
                morning = model.off(member, date - ONE_DAY, OffKind.AFTER_NIGHT)
                begins = model.starts(member, date)
                cell = scope.at(staff=member.name, date=date)
                cell.at_most(night + morning + begins, 2)


def _is_long(problem: Problem, rule: Rule) -> Wanted:
    """Return a predicate that is true for long night shifts."""
    least = rule.int("long_night")
    return one_of(
        [
            shift
            for shift in problem.all_shifts
            if shift.kind is ShiftKind.NIGHT and shift.interval.minutes >= least
        ]
    )
