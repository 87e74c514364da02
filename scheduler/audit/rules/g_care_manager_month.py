"""G: the care manager's month: desk hours, day shifts, no nights before the billing.

Breach: the planner (A) is on a night on the 8th, and still on the morning of the 9th;
from the 7th on::

    A 日夜明日

Correct::

    A 日日日日
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.audit.case import Findings, RuleCase, desk_hours
from scheduler.audit.figures.stretches import stretches
from scheduler.audit.staff_list import is_planner
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def check(case: RuleCase) -> Findings:
    """Find too few desk hours, nights at the deadline, and missing day shifts."""
    yield from _desk(case)
    yield from _tasks(case)
    yield from _night_ban(case)
    yield from _weekly_day(case)
    yield from _billing_days(case)


def _planners(problem: Problem) -> list[StaffMember]:
    return [member for member in problem.staff if is_planner(problem, member)]


def _desk(case: RuleCase) -> Findings:
    for facet, dates, required in desk_windows(case.problem, case.rule):
        yield from desk_hours(case, facet, Role.PLANNER, required, dates)


def desk_windows(
    problem: Problem, rule: Rule
) -> Iterator[tuple[str, list[dt.date], int]]:
    """Yield facet, dates and least minutes of the parts of the month with a quota."""
    settings, dates = problem.office.settings, problem.period.dates
    early = [date for date in dates if date.day <= rule.int("early_last_day")]
    late = [date for date in dates if date.day >= rule.int("late_first_day")]
    if early:
        yield "desk_early", early, settings.planner_desk_early
    if late:
        yield "desk_late", late, settings.planner_desk_late


def _tasks(case: RuleCase) -> Findings:
    """Find stretches of the month with less planning than the tasks inside take."""
    for facet, must in (("tasks_must", True), ("tasks_guideline", False)):
        for one in stretches(case.problem, must=must):
            yield from desk_hours(
                case,
                facet,
                Role.PLANNER,
                one.required,
                one.dates,
                facts={"name": one.name},
            )


def _night_ban(case: RuleCase) -> Findings:
    first = case.rule.int("night_ban_first_day")
    last = case.rule.int("night_ban_last_day")
    banned = [date for date in case.dates if first <= date.day <= last]
    for member in _planners(case.problem):
        for date in banned:
            eve = date - ONE_DAY
            hits = [
                stint
                for stint in case.timeline.stints[member.name]
                if (stint.date == date and stint.shift.is_night)
                or (stint.date == eve and stint.shift.passes_midnight)
            ]
            if hits:
                yield case.once("night_ban", member.name, date=date, span=hits[0].span)


def _weekly_day(case: RuleCase) -> Findings:
    worked = _worked_by_day(case)
    for week in case.problem.weeks:
        inside = week[0] in case.period and week[-1] in case.period
        if inside and worked.isdisjoint(week):
            names = (member.name for member in _planners(case.problem))
            yield case.missing("weekly_day", *names, **case.within(week))


def _worked_by_day(case: RuleCase) -> set[dt.date]:
    """Return the dates on which a care manager begins a shift other than a night."""
    return {
        stint.date
        for member in _planners(case.problem)
        for stint in case.timeline.stints[member.name]
        if not stint.shift.is_night and not stint.shift.elsewhere
    }


def _billing_days(case: RuleCase) -> Findings:
    """Find billing days on which no care manager works by day.

    They are the month's first working days, and the last one up to the deadline.
    """
    if not _planners(case.problem):
        return
    worked, period = _worked_by_day(case), case.period
    for day in period.dates:
        if period.is_day_of_rest(day):
            continue
        facets = []
        if day.day <= case.rule.int("first_days_last"):
            facets.append("first_days")
        if day == _last_working_day(case.problem, day, case.rule.int("early_last_day")):
            facets.append("deadline_day")
        for facet in facets if day not in worked else ():
            yield case.missing(facet, date=day)


def _last_working_day(
    problem: Problem, month: dt.date, deadline: int
) -> dt.date | None:
    """Return the last working day of a month up to its deadline, if there is one."""
    for day in range(deadline, 0, -1):
        one = month.replace(day=day)
        if not problem.period.is_day_of_rest(one):
            return one
    return None
