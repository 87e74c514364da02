"""Nights in which nobody stays: are they needed, and what is short without them.

A night shift is more than the night: it is there in the evening, and when the day
begins.  So each is taken out of the roster, and what is short then is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scheduler.audit import CHECKS
from scheduler.audit.case import RuleCase
from scheduler.audit.findings import Tolerated
from scheduler.audit.timeline import Timeline, timeline_of
from scheduler.audit.users import guests, night_is_needed, on_call_is_needed
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster

Span = tuple[dt.datetime, dt.datetime]

RULES = ("A-03", "A-04", "K-01", "K-02")
"""The rules that ask for people in the evening and in the morning."""

SHORT = (Stance.STATUTORY, Stance.MUST)


class EmptyNight(NamedTuple):
    """A night in which nobody stays.

    Attributes
    ----------
    is_needed
        Whether it needs night duty all the same (A-06).
    needs_on_call
        Whether it needs a person on call (A-06, A-12).
    workers
        Who has a night shift.
    short
        When people are missing once nobody of them has it.
    lacks_hours
        Whether the hours of the day do not suffice then (A-03).
    """

    date: dt.date
    is_needed: bool
    needs_on_call: bool
    workers: tuple[StaffId, ...]
    short: tuple[Span, ...] = ()
    lacks_hours: bool = False


def empty_night(problem: Problem, roster: Roster, date: dt.date) -> EmptyNight | None:
    """Return the night of a date if nobody stays; ``None`` if somebody does.

    Parameters
    ----------
    problem
        One house.
    """
    if guests(problem, date) > 0:
        return None
    nights = [
        duty
        for duty in roster.duties
        if duty.date == date and (s := problem.shift_of(duty))
        # Who passes it in another house is not there.
        if s.is_night and not s.elsewhere
    ]
    found = EmptyNight(
        date,
        night_is_needed(problem, date),
        on_call_is_needed(problem, date),
        tuple(duty.staff for duty in nights),
    )
    if found.is_needed or not nights:
        return found
    rest = tuple(duty for duty in roster.duties if duty not in nights)
    without = Timeline(problem, roster.model_copy(update={"duties": rest}))
    known = _found(timeline_of(problem, roster), problem)
    new = Tolerated(without.rulebook, known).beyond(
        tuple(_found(without, problem)), SHORT
    )
    spans = ((one.begin, one.end) for one in new if one.rule != "A-03")
    return found._replace(
        short=_merged((begin, end) for begin, end in spans if begin and end),
        lacks_hours=any(one.rule == "A-03" for one in new),
    )


def _found(timeline: Timeline, problem: Problem) -> Iterator[Finding]:
    for rule_id in RULES:
        case = RuleCase(timeline, problem, timeline.rulebook[rule_id])
        yield from CHECKS[rule_id](case)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order of time, those that touch as one."""
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            first, last = merged[-1]
            merged[-1] = first, max(last, end)
        else:
            merged.append((begin, end))
    return tuple(merged)
