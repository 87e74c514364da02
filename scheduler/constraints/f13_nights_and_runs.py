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
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import accumulate, product

from scheduler.constraints.language import LinearSum, RosterModel, Scope
from scheduler.constraints.overlap import none_can_follow
from scheduler.constraints.selectors import is_night, one_of
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Counted
from scheduler.domain.shifts import OffKind, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Limit nights, chains of nights and runs of work, the tail included."""
    settings = problem.office.settings
    most = model.scope(rule, "nights_most")
    wished = model.scope(rule, "nights_wished")
    chain = model.scope(rule, "nights_in_a_row")
    for member in problem.staff:
        total = model.begun([member], problem.period.dates, is_night)
        if settings.nights_most is not None:
            # A contract with more nights overrides the office's limit.
            agreed = max(settings.nights_most, member.contract.nights_max or 0)
            most.at(staff=member.name).at_most(total, agreed)
        if not problem.does_nights_only(member):
            least = problem.contract_of(member).nights_min or 0
            own = max(settings.nights_wished, least)
            wished.at(staff=member.name).at_most(total, own)
        nights = [shift for shift in problem.all_shifts if shift.is_night]
        _limit_chains(model, chain, member, nights, settings.nights_in_a_row_most)
        # A date with work stands in many runs.
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


def _limit_chains(
    model: RosterModel,
    scope: Scope,
    member: StaffMember,
    nights: Sequence[Shift],
    limit: int,
) -> None:
    """Limit the nights of a chain, which begin one or two dates apart.

    All chains that end on a date are one breach.
    """
    problem = model.problem
    # A night stands in many chains.
    night_on = cache(partial(model.starts, member, wanted=one_of(nights)))
    alone = none_can_follow(problem, nights, nights)

    def is_alone(date: dt.date) -> bool:
        """Tell whether no night begins on a date if one does on the date before."""
        if date in problem.period:
            return alone and not model.may_break("F-11", "least", member, date)
        return not (night_on(date).constant and night_on(date - ONE_DAY).constant)

    def chains(last: dt.date) -> Iterator[LinearSum]:
        """Yield the sums that exceed the limit if a chain that ends on a date does."""
        dates = [last - days * ONE_DAY for days in range(2 * limit + 1)]
        if all(map(is_alone, dates[:-1])):
            # One more than the limit is every second date, and no more fit in.
            yield LinearSum.total(map(night_on, dates))
            return
        for steps in product((1, 2), repeat=limit):
            back = (0, *accumulate(steps))
            yield LinearSum.total(night_on(dates[days]) for days in back)

    for date in problem.period.dates:
        if night_on(date).terms:
            at_date = scope.at(staff=member.name, date=date)
            at_date.all_at_most(chains(date), limit)


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
    for member in problem.staff:
        _limit_chains(model, scope, member, _long_nights(problem, rule), 1)


def _ask_for_rest(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require that no shift begins on the date after the 明 of a long night."""
    hold = problem.office.settings.day_off_after_long_night
    scope = model.held(rule, hold, "day_off_after_")
    if scope is None:
        return
    is_long = one_of(_long_nights(problem, rule))
    for member in problem.staff:
        for date in problem.period.dates:
            night = model.starts(member, date - 2 * ONE_DAY, is_long)
            if night.terms or night.constant:
                morning = model.off(member, date - ONE_DAY, OffKind.AFTER_NIGHT)
                begins = model.starts(member, date)
                cell = scope.at(staff=member.name, date=date)
                cell.at_most(night + morning + begins, 2)


def _long_nights(problem: Problem, rule: Rule) -> list[Shift]:
    least = rule.int("long_night")
    nights = (shift for shift in problem.all_shifts if shift.is_night)
    return [shift for shift in nights if shift.interval.minutes >= least]
