"""F-13: limits on nights and days of work in a row, and the distance of long nights.

Breach: 夜明夜明夜 with at most two nights in a row; work on seven dates running with at
most six, even if the last is only the morning after the period. Correct: 夜明夜明休;
six dates, the last of them 明.

Breach, with nights from 16:00 to 9:00, which is 17 hours: 夜明夜; 夜明日. Correct:
夜明休夜. Nights from 21:00 to 6:00, which is nine, do not count as long.

Source: JNA guideline; the limits, and how strictly they are held, are the office's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import accumulate, product

from scheduler.constraints.language import LinearSum, RosterModel, Wanted
from scheduler.constraints.selectors import is_night, one_of
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted
from scheduler.domain.shifts import OffKind
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit nights, chains of nights and runs of work, the tail included."""
    settings = problem.office.settings
    most = model.scope(rule, "nights_most")
    wished = model.scope(rule, "nights_wished")
    chain = model.scope(rule, "nights_in_a_row")
    for member in problem.staff:
        nights = model.begun([member], problem.period.dates, is_night)
        if settings.nights_most is not None:
            # A contract with more nights overrides the office's limit.
            agreed = max(settings.nights_most, member.contract.nights_max or 0)
            most.at(staff=member.name).at_most(nights, agreed)
        if not problem.does_nights_only(member):
            least = problem.contract_of(member).nights_min or 0
            own = max(settings.nights_wished, least)
            wished.at(staff=member.name).at_most(nights, own)
        limit = settings.nights_in_a_row_most
        # A night stands in many chains.
        night_on = cache(partial(model.starts, member, wanted=is_night))
        for date in problem.period.dates:
            at_date = chain.at(staff=member.name, date=date)
            # One slack for all chains that end on the date: one breach.
            slack = at_date.slack(1)
            for nights_in_a_row in _chains(night_on, date, limit):
                at_date.at_most(nights_in_a_row, limit, slack=slack)
        # And a date with work in many runs.
        worked_on = cache(partial(_worked, model, member))
        for facet, most_days in _longest_runs(problem, member).items():
            scope = model.scope(rule, facet)
            for date in (*problem.period.dates, problem.period.last + ONE_DAY):
                run = (date - dt.timedelta(days=days) for days in range(most_days + 1))
                touched = LinearSum.total(worked_on(one) for one in run)
                told_at = min(date, problem.period.last)
                scope.at(staff=member.name, date=told_at).at_most(touched, most_days)
    _ask_for_distance(model, problem, rule)
    _ask_for_rest(model, problem, rule)


def _chains(
    night_on: Callable[[dt.date], LinearSum], last: dt.date, limit: int
) -> Iterator[LinearSum]:
    """Yield the sum of each chain ending on ``last`` that is one night too long.

    The nights of a chain begin one or two dates apart.
    """
    for steps in product((1, 2), repeat=limit):
        back = (0, *accumulate(steps))
        yield LinearSum.total(night_on(last - dt.timedelta(days=days)) for days in back)


def _longest_runs(problem: Problem, member: StaffMember) -> dict[str, int]:
    """Return the most dates with work in a row: the smaller of office and person."""
    own = [
        one
        for one in problem.personal_limits
        if one.counted is Counted.DAYS_IN_A_ROW and one.staff == member.name
    ]
    settings = problem.office.settings
    return {
        facet: min([office, *(o.at_most for o in own if o.at_most and o.must is must)])
        for facet, office, must in (
            ("days_in_a_row_most", settings.days_in_a_row_most, True),
            ("days_in_a_row_wished", settings.days_in_a_row_wished, False),
        )
    }


def _worked(model: RosterModel, member: StaffMember, date: dt.date) -> LinearSum:
    """Return 1 if work touches the date."""
    return LinearSum(1) - model.free(member, date)


def _ask_for_distance(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no long night begins one or two dates after another."""
    hold = problem.office.settings.long_nights_apart
    scope = model.held(rule, hold, "long_apart_")
    if scope is None:
        return
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


def _ask_for_rest(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no shift begins on the date after the 明 of a long night."""
    hold = problem.office.settings.day_off_after_long_night
    scope = model.held(rule, hold, "day_off_after_")
    if scope is None:
        return
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
            if shift.is_night and shift.interval.minutes >= least
        ]
    )
