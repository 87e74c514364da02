"""W-01: requests of days off, leave and shifts, each granted or not.

Not granted: a day off wished for the 12th, and 明 or a night on call on the 12th; the
morning of the 12th wished free, and a night shift that begins on the 11th.
Granted: a day off, paid leave or absence, and nobody calls that night; the afternoon,
and a shift that ends by noon.

Source: the office's sheet of requests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.constraints.language import LinearSum, Option, RosterModel
from scheduler.constraints.language.options import spans_of
from scheduler.domain.clock import DAY, ONE_DAY, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Strength, Want
from scheduler.domain.shifts import RESTS, OffKind, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule

FREE = (*RESTS, OffKind.AWAY)


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Require every request by its strength, with one slack for each.

    A refusal costs more for people with refused wishes in earlier months.
    """
    again = model.scope(rule, "again")
    for request in problem.requests:
        whole = model.scope(rule, request.strength.value)
        scope = whole.at(staff=request.staff, date=request.date)
        slack = scope.slack(1)
        model.note_refusal(request, slack)
        before = _refused_before(problem, rule, request)
        if slack is not None and before:
            again.charge(slack, before)
        for wanted in _wanted(model, problem, request):
            scope.at_least(wanted, 1, slack=slack)
        for against in _against(model, problem, request):
            scope.at_most(against, 0, slack=slack)


def _refused_before(problem: Problem, rule: Rule, request: Request) -> int:
    """Return the person's refused wishes in earlier months, capped; 0 for a must."""
    if request.strength is Strength.MUST:
        return 0
    refused = problem.ledger_by_name[request.staff].wishes_refused
    return min(refused, rule.int("again_most"))


def _wanted(
    model: RosterModel, problem: Problem, request: Request
) -> Iterator[LinearSum]:
    """Yield sums that must be one for a request to be granted."""
    member, date = problem.member_by_name[request.staff], request.date
    match request.want:
        case Want.SHIFT:
            yield model.starts(member, date, lambda s, _: s.symbol in request.shifts)
        case Want.DAY_OFF:
            yield model.off(member, date, *FREE)
        case Want.PAID_LEAVE:
            yield model.off(member, date, OffKind.PAID_LEAVE)
        case _:
            pass


def _against(
    model: RosterModel, problem: Problem, request: Request
) -> Iterator[LinearSum]:
    """Yield sums, at most one, that must be zero for a request to be granted."""
    member, date = problem.member_by_name[request.staff], request.date
    noon = problem.office.settings.half_day_at
    match request.want:
        case Want.SHIFT:
            return
        case Want.NOT_SHIFT:
            yield model.starts(member, date, lambda s, _: s.symbol in request.shifts)
        case Want.MORNING_OFF:
            yield from _work(model, member, date, Interval(0, noon))
        case Want.AFTERNOON_OFF:
            yield from _work(model, member, date, Interval(noon, DAY))
            yield model.on_call(member, date)
        case Want.DAY_OFF | Want.PAID_LEAVE | Want.NOT_ON_CALL:
            yield model.on_call(member, date)


def _work(
    model: RosterModel, member: StaffMember, date: dt.date, part: Interval
) -> Iterator[LinearSum]:
    """Yield shifts begun on the date, then on its eve, that overlap ``part`` of it.

    Events on the date that somebody on a shift comes to count as well.
    """
    late, problem = part.shifted(DAY), model.problem

    def works(shift: Shift, option: Option) -> bool:
        spans = (shift.interval, *spans_of(problem, option.events))
        return any(span.overlaps(part) for span in spans)

    yield model.starts(member, date, works)
    yield model.starts(member, date - ONE_DAY, lambda s, _: s.interval.overlaps(late))
