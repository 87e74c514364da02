"""W-01: requests that the roster does not grant.

Breach: A wished the second date off and is on call in its night::

    A 日休日
    宿 -A-

Correct::

    A 日休日
    宿 --A
"""

from __future__ import annotations

from collections import Counter, defaultdict

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, Interval
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Strength, Want
from scheduler.domain.shifts import RESTS, OffKind

FREE = (*RESTS, OffKind.AWAY)


def check(case: RuleCase) -> Findings:
    """Find the requests that are not granted."""
    asked: Counter[str] = Counter()
    refused: dict[str, list[StaffId]] = defaultdict(list)
    for request in case.problem.requests:
        if request.date not in case.period:
            continue
        facet, name = request.strength.value, request.staff
        asked[facet] += 1
        if not is_granted(case.timeline, case.problem, request):
            refused[facet].append(name)
            yield case.missing(facet, name, date=request.date, facts=_told(request))
            yield from _again(case, request)
    for facet, number in asked.items():
        granted, who = number - len(refused[facet]), dict.fromkeys(refused[facet])
        case.compare(facet, number, granted, *who)


def _again(case: RuleCase, request: Request) -> Findings:
    """Find a refused wish of somebody refused in earlier months; musts do not count."""
    before = case.problem.ledger_by_name[request.staff].wishes_refused
    if request.strength is not Strength.MUST and before:
        yield case.finding(
            "again",
            min(before, case.rule.int("again_most")),
            request.staff,
            required=0,
            actual=before,
            date=request.date,
            facts={**_told(request), "before": before},
        )


def _told(request: Request) -> dict[str, int | str]:
    return {"want": request.want.value, "shifts": "/".join(request.shifts)}


def is_granted(timeline: Timeline, problem: Problem, request: Request) -> bool:
    """Tell whether a roster grants a request.

    A day off is granted by a day off, paid leave, absence or no employment, without a
    night on call; paid leave by paid leave without a night on call; half a day off by
    no shift in that half and, for the afternoon, no night on call.
    """
    off = timeline.off(request.staff, request.date)
    shift = timeline.shift(request.staff, request.date)
    symbol = shift.symbol if shift else None
    on_call = timeline.on_call(request.date) == request.staff
    noon = problem.office.settings.half_day_at
    match request.want:
        case Want.DAY_OFF:
            return off in FREE and not on_call
        case Want.PAID_LEAVE:
            return off is OffKind.PAID_LEAVE and not on_call
        case Want.SHIFT:
            return symbol in request.shifts
        case Want.NOT_SHIFT:
            return symbol not in request.shifts
        case Want.NOT_ON_CALL:
            return not on_call
        case Want.MORNING_OFF:
            return not _works(timeline, problem, request, Interval(0, noon))
        case Want.AFTERNOON_OFF:
            busy = _works(timeline, problem, request, Interval(noon, DAY))
            return not busy and not on_call


def _works(
    timeline: Timeline, problem: Problem, request: Request, clock: Interval
) -> bool:
    """Tell whether a shift or event of the person overlaps clock times of the date."""
    part = clock.shifted(problem.period.offset(request.date))
    own = timeline.stints.get(request.staff, ())
    spans = (span for stint in own for span in (stint.span, *stint.events))
    return any(span.overlaps(part) for span in spans)
