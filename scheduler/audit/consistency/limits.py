"""Check the limits of single people, and the tasks of the care manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake, repeated, repeated_name, unknown
from scheduler.audit.rules.p09_personal_limits import KINDS, ROLES
from scheduler.audit.staff_list import is_planner
from scheduler.domain.limits import Counted, Per
from scheduler.domain.shifts import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.consistency.report import Loc
    from scheduler.domain.errors import Mistake
    from scheduler.domain.limits import PersonalLimit
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

WEEK = 7
"""Dates of a week."""

ONLY_MOST = (Counted.EARLY_AFTER_LATE, Counted.DAYS_IN_A_ROW)
"""What has no least number."""

PLANNING = {Counted.PLANNING_MORNING: {Role.PLANNER}}
"""What is planned in part of a day, besides the whole days of P-09."""


def limit_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown names, repeated lines, and limits that contradict or cannot hold."""
    for i, limit in enumerate(problem.personal_limits):
        loc: Loc = ("personal_limits", i)
        people, shifts = problem.member_by_name, problem.shift_by_symbol
        yield from unknown("unknown_person", limit.staff, people, (*loc, "staff"))
        if limit.shift is not None:
            yield from unknown("unknown_shift", limit.shift, shifts, (*loc, "shift"))
        yield from _numbers(limit, loc)
        member = people.get(limit.staff)
        if member and limit.at_least and not _can_have(limit, member, problem):
            what = limit.counted or limit.shift
            yield mistake("limit_out_of_reach", (*loc, "at_least"), counted=what)
    lines = [
        (("personal_limits", i), (one.staff, one.name, one.per))
        for i, one in enumerate(problem.personal_limits)
    ]
    yield from repeated("duplicate_limit", lines)


def task_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find tasks of the care manager that end before they begin, or stand twice."""
    for i, task in enumerate(problem.desk_tasks):
        if task.last_day < task.first_day:
            loc: Loc = ("desk_tasks", i, "last_day")
            yield mistake("task_days", loc, first=task.first_day, last=task.last_day)
    names = [
        (("desk_tasks", i, "name"), one.name)
        for i, one in enumerate(problem.desk_tasks)
    ]
    yield from repeated_name("duplicate_task", names)


def task_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find tasks of the care manager where nobody on the staff list is one."""
    nobody = not any(is_planner(problem, member) for member in problem.staff)
    if problem.desk_tasks and nobody:
        yield mistake("task_nobody", ("desk_tasks", 0, "name"))


def _numbers(limit: PersonalLimit, loc: Loc) -> Iterator[Mistake]:
    least, most = limit.at_least, limit.at_most
    if least is not None and most is not None and least > most:
        yield mistake("limits_reversed", (*loc, "at_least"), least=least, most=most)
    if limit.counted in ONLY_MOST and least is not None:
        yield mistake("limit_only_most", (*loc, "at_least"), counted=limit.counted)
    if limit.counted is not Counted.DAYS_IN_A_ROW:
        if limit.per is Per.WEEK and (least or 0) > WEEK:
            yield mistake("too_large", (*loc, "at_least"), value=least, limit=WEEK)
        return
    if limit.per is Per.WEEK:
        yield mistake("limit_in_a_row_by_week", (*loc, "per"))
    if most == 0:
        yield mistake("too_small", (*loc, "at_most"), value=most, limit=1)


def _can_have(limit: PersonalLimit, member: StaffMember, problem: Problem) -> bool:
    """Tell whether contract and roles leave what is counted to the person."""
    if limit.counted is Counted.ON_CALL:
        return member.on_call
    if limit.counted is None:
        unknown_shift = limit.shift not in problem.shift_by_symbol
        return unknown_shift or limit.shift in member.shifts
    roles = (ROLES | PLANNING).get(limit.counted)
    if roles is not None:
        return bool(roles.intersection(member.roles))
    own = [one for one in problem.shifts if one.symbol in member.shifts]
    kind = KINDS.get(limit.counted)
    return kind is None or any(one.kind is kind for one in own)
