"""G: the care manager's month: desk hours, day shifts, no nights before the billing.

Breach: the care manager on night duty on the 9th, or 10 desk hours from the 1st to the
10th where the office keeps 16, or its tasks up to then take 16. Correct: 16 hours, no
夜 and no 明 from the 8th to 10th.

Source: the deadline of the billing on the 10th, and practice; the hours are the
office's.
"""

from __future__ import annotations

from scheduler.constraints.language import Option, RosterModel, passes_midnight
from scheduler.constraints.selectors import desk_minutes, is_here, is_night
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.events import stretch_name
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Role, Shift
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rule


def build(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Ask for desk hours, time for tasks, no nights at the deadline, day shifts."""
    settings = problem.office.settings
    dates = problem.period.dates
    early = [date for date in dates if date.day <= rule.int("early_last_day")]
    late = [date for date in dates if date.day >= rule.int("late_first_day")]
    for facet, window, least in (
        ("desk_early", early, settings.planner_desk_early),
        ("desk_late", late, settings.planner_desk_late),
    ):
        if window:
            worked = desk_minutes(model, window, Role.PLANNER)
            model.scope(rule, facet).at_least(worked, least)
    for must in (True, False):
        _tasks(model, problem, rule, must=must)
    _ban_nights(model, problem, rule)
    _day_in_each_week(model, problem, rule)
    _at_the_billing(model, problem, rule)


def _tasks(model: RosterModel, problem: Problem, rule: Rule, *, must: bool) -> None:
    """Ask for the time of the tasks between any two days: of musts, or of all.

    A stretch that could be shorter with the same tasks inside asks for no more than the
    shorter one, and a guideline for musts only is asked for as a must.
    """
    scope = model.scope(rule, "tasks_must" if must else "tasks_guideline")
    dates = problem.period.dates
    tasks = [
        task
        for task in problem.desk_tasks
        if any(task.is_on(date) for date in dates) and (task.must or not must)
    ]
    for first in sorted({task.first_day for task in tasks}):
        for last in sorted({task.last_day for task in tasks}):
            inside = [t for t in tasks if first <= t.first_day and t.last_day <= last]
            if not inside or (not must and all(task.must for task in inside)):
                continue
            begins = min(task.first_day for task in inside)
            ends = max(task.last_day for task in inside)
            if (begins, ends) != (first, last):
                continue
            needed = sum(
                task.minutes * (problem.office.registered if task.per_registrant else 1)
                for task in inside
            )
            window = [date for date in dates if first <= date.day <= last]
            at = scope.at(name=stretch_name(first, last))
            at.at_least(desk_minutes(model, window, Role.PLANNER), needed)


def _by_day(shift: Shift, option: Option) -> bool:
    return is_here(shift, option) and not is_night(shift, option)


def _care_managers(model: RosterModel, problem: Problem) -> list[StaffMember]:
    return [member for member in problem.staff if member.name in model.planners]


def _ban_nights(model: RosterModel, problem: Problem, rule: Rule) -> None:
    scope = model.scope(rule, "night_ban")
    first, last = rule.int("night_ban_first_day"), rule.int("night_ban_last_day")
    for member in _care_managers(model, problem):
        for date in problem.period.dates:
            if first <= date.day <= last:
                before = date - ONE_DAY
                begins = model.starts(member, date, is_night)
                reaches = model.starts(member, before, passes_midnight)
                at_date = scope.at(staff=member.name, date=date)
                at_date.all_at_most((begins, reaches), 0)


def _day_in_each_week(model: RosterModel, problem: Problem, rule: Rule) -> None:
    scope = model.scope(rule, "weekly_day")
    planners = _care_managers(model, problem)
    for week in problem.weeks:
        if all(date in problem.period for date in week):
            scope.at_least(model.begun(planners, week, _by_day), 1)


def _at_the_billing(model: RosterModel, problem: Problem, rule: Rule) -> None:
    """Ask for a care manager on the first working days and at the deadline.

    If the deadline is a day of rest, the last working day before it counts.
    """
    managers = _care_managers(model, problem)
    period, deadline = problem.period, rule.int("early_last_day")
    working = [date for date in period.dates if not period.is_day_of_rest(date)]
    first = [date for date in working if date.day <= rule.int("first_days_last")]
    last = [
        date
        for date in working
        if date.day <= deadline
        and all(
            period.is_day_of_rest(date.replace(day=later))
            for later in range(date.day + 1, deadline + 1)
        )
    ]
    for facet, dates in (("first_days", first), ("deadline_day", last)):
        scope = model.scope(rule, facet)
        for date in dates if managers else ():
            scope.at_least(model.begun(managers, [date], _by_day), 1)
