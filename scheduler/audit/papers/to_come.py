"""What a finished month would break of law that may come (Z-01 to Z-03).

None of it is in force; it is asked for a date from which it may hold, and told beside
the findings, never among them.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

from scheduler.audit.case import Check, Findings, RuleCase
from scheduler.audit.figures.stretches import holidays, spans
from scheduler.audit.timeline import Timeline
from scheduler.domain.clock import ONE_DAY, Interval
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rule, rules_of


class LawToCome(NamedTuple):
    """A rule that may hold from a date on, and what the month would break of it."""

    rule: Rule
    findings: tuple[Finding, ...] | None
    """``None`` if no roster tells whether it would be kept."""


def law_to_come(problem: Problem, roster: Roster, as_of: dt.date) -> list[LawToCome]:
    """Return the law that may hold by a date, each with what the month would break.

    Whoever belongs to another house is judged there, with the hours of all houses.

    Parameters
    ----------
    problem, roster
        The month; its own dates do not matter.
    as_of
        Rules that may hold from then on or before.
    """
    rulebook = rules_of(problem)
    timeline = Timeline(problem, roster, rulebook)
    return [
        LawToCome(
            rule,
            tuple(check(RuleCase(timeline, problem.home, rule))) if check else None,
        )
        for rule in rulebook.rules
        if rule.may_hold_from is not None and rule.may_hold_from <= as_of
        for check in (_CHECKS.get(rule.id),)
    ]


def _days_in_a_row(case: RuleCase) -> Findings:
    """Find each date that is one too many in a row with work, last month's counted."""
    most, period = case.rule.int("days_most"), case.period
    for member in case.staff:
        run, before = 0, None
        for date in sorted(case.timeline.touched(member.name)):
            run = run + 1 if before == date - ONE_DAY else 1
            before = date
            if run > most and date >= period.first:
                yield case.once(
                    "days",
                    member.name,
                    required=most,
                    actual=run,
                    date=min(date, period.last),
                )


def _holidays(case: RuleCase) -> Findings:
    """Find two weeks with too few holidays, counted as for F-06.

    They are counted from where the office counts four weeks from, or else from the
    first week of the period; those that begin before last month's known dates are not
    judged.
    """
    least = case.rule.int("holidays_least")
    anchor = case.settings.four_weeks_from or case.problem.weeks[0][0]
    for window in spans(case.period, anchor, case.rule.int("window_days")):
        if window[0] < case.problem.known_since:
            continue
        for member in case.staff:
            free = holidays(case.timeline, member, window)
            yield from case.below(
                "holidays", least, free, member.name, **case.within(window)
            )


def _rest(case: RuleCase) -> Findings:
    """Find duties that begin too soon after the one before."""
    least = case.rule.int("rest_least")
    for member in case.staff:
        for one, other in pairwise(case.timeline.work(member.name)):
            if other.start >= 0 and other.start - one.end < least:
                yield case.once(
                    "rest",
                    member.name,
                    required=least,
                    actual=other.start - one.end,
                    date=case.period.moment(other.start).date(),
                    span=Interval(min(one.end, other.start), other.start),
                )


_CHECKS: dict[str, Check] = {
    "Z-01": _days_in_a_row,
    "Z-02": _holidays,
    "Z-03": _rest,
}
