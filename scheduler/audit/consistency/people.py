"""Check the staff list, single limits and tasks, and pairs."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.audit.consistency.report import (
    Loc,
    mistake,
    repeated_lines,
    repeated_names,
    reversed_limits,
    unknown,
    unknown_facts,
)
from scheduler.audit.rules.p09_personal_limits import KINDS, ROLES
from scheduler.audit.staff_list import is_planner
from scheduler.domain.clock import WEEK
from scheduler.domain.errors import Mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.office import Hold
from scheduler.domain.office_kind import Support
from scheduler.domain.problem import Problem
from scheduler.domain.qualifications import OF_RULES, is_known, known_names
from scheduler.domain.requests import Counted, Pair, PairKind, Per, PersonalLimit
from scheduler.domain.shares import has_no_company, night_for_one
from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

WORKING_DAYS = 5
"""Working days in a usual week."""

LONGEST_DAY = 720
"""Minutes of a usual day, but for people who do nothing but nights."""

NO_NAMES = (
    *("宿直", "宿", "行事", "備考", "曜日", "祝日"),
    *("On call", "Events", "Remarks", "Weekday", "Public holiday"),
)
"""Headings of rows and columns in a grid, which no person may have as a name."""


def people_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find repeated names, unknown shifts, reversed dates and limits."""
    yield from repeated_names("duplicate_name", ("staff",), problem.staff)
    taken = {look_of(heading) for heading in NO_NAMES}
    for i, member in enumerate(problem.staff):
        if look_of(member.name) in taken:
            yield mistake("reserved_name", ("staff", i, "name"), name=member.name)
        yield from _shifts(i, member, problem)
        yield from _limits(i, member, problem)


def people_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find people without work, unknown qualifications, and nobody to be on call.

    Also night limits above the office's, planners without licence and training, whose
    planning hours do not count, and full-timers who may get any number of days off.
    """
    office = problem.office.settings.nights_most
    for i, member in enumerate(problem.staff):
        own = member.contract.nights_max
        if office is not None and own is not None and own > office:
            yield mistake(
                "nights_above_office",
                ("staff", i, "contract", "nights_max"),
                name=member.name,
                own=own,
                office=office,
            )
        if Role.PLANNER in member.roles and not is_planner(problem, member):
            loc = ("staff", i, "qualifications")
            yield mistake("planner_without_papers", loc, name=member.name)
        if not member.shifts and not member.on_call:
            loc = ("staff", i, "shifts")
            yield mistake("person_without_work", loc, name=member.name)
        if member.away_on and not any(d in problem.period for d in member.away_on):
            yield mistake("away_on_outside", ("staff", i, "away_on"), name=member.name)
    yield from _without_least_hours(problem)
    left = Support.ON_CALL in problem.office.left_to_main
    if not left and not any(member.on_call for member in problem.staff):
        yield mistake("nobody_on_call", ("staff",))
    asked = {rule.qualification for rule in problem.cover_rules}
    for i, member in enumerate(problem.staff):
        for j, name in enumerate(member.qualifications):
            if name not in asked and not is_known(name):
                at = ("staff", i, "qualifications", j)
                facts = unknown_facts(name, known_names())
                facts["known"] = "、".join(OF_RULES)
                yield mistake("unknown_qualification", at, **facts)


def _without_least_hours(problem: Problem) -> Iterator[Mistake]:
    """Find full-timers with days off and no hours: the days off are a least number."""
    found = [
        (("staff", i, "contract", "minutes_min"), str(member.name))
        for i, member in enumerate(problem.staff)
        if member.contract.full_time and member.shifts and not member.home
        if member.contract.days_off_min and member.contract.minutes_min is None
        if not _is_away(problem, member)
    ]
    if found:
        names = "、".join(name for _loc, name in found)
        yield mistake("full_time_without_hours", found[0][0], names=names)


def _is_away(problem: Problem, member: StaffMember) -> bool:
    """Tell whether one kind of day, such as a leave, takes the whole period."""
    first, last = problem.period.first, problem.period.last
    return any(
        one.staff == member.name and one.first <= first and last <= one.last
        for one in problem.spells
    )


def _shifts(i: int, member: StaffMember, problem: Problem) -> Iterator[Mistake]:
    table = {shift.symbol: shift for shift in problem.shifts}
    for j, symbol in enumerate(member.shifts):
        loc = ("staff", i, "shifts", j)
        yield from unknown("unknown_shift", symbol, table, loc)
        shift = problem.shift_by_symbol.get(symbol)
        if shift and shift.roles and not set(shift.roles) & set(member.roles):
            yield mistake("shift_without_role", loc, symbol=symbol)


def _limits(i: int, member: StaffMember, problem: Problem) -> Iterator[Mistake]:
    contract = member.contract
    for low, high in (("minutes_min", "minutes_max"), ("nights_min", "nights_max")):
        loc = ("staff", i, "contract", low)
        yield from reversed_limits(loc, getattr(contract, low), getattr(contract, high))
    is_long = contract.day_minutes > LONGEST_DAY
    if is_long and not problem.does_nights_only(member):
        loc = ("staff", i, "contract", "day_minutes")
        yield mistake("day_too_long", loc, given=contract.day_minutes)
    if (contract.days_off_min or 0) > problem.period.days:
        loc = ("staff", i, "contract", "days_off_min")
        yield mistake("too_many_days_off", loc, days=problem.period.days)
    for name in ("no_night", "employed"):
        span = getattr(member, name)
        if span and span.first and span.last and span.first > span.last:
            yield mistake("dates_reversed", ("staff", i, name))


def short_times(problem: Problem) -> Iterator[Mistake]:
    """Find legal short hours that are too short to count as full-time (B-05)."""
    least = rules_of(problem)["B-05"].int("week_minutes")
    for i, member in enumerate(problem.staff):
        if member.contract.short_time_30h:
            loc = ("staff", i, "contract", "short_time_30h")
            yield from _short_time(loc, member, problem, least)


def _short_time(
    loc: Loc, member: StaffMember, problem: Problem, least: int
) -> Iterator[Mistake]:
    """Find contract hours below ``least`` minutes a week.

    By the week: hours a day x days a week.  By the period: the contract's most hours
    against ``least`` in proportion to the dates, or to the working days if that is
    less, so that a month of many public holidays is not reported; or to the days that
    full-timers of the office work, who may have more days off than there are weekends.
    """
    contract = member.contract
    days = problem.days_a_week(member)
    if days * contract.day_minutes < least:
        yield mistake(
            "short_time_week",
            loc,
            days=days,
            given=contract.day_minutes,
            needed=least,
        )
        return
    dates = [date for date in problem.period.dates if date in member.employed]
    working = sum(not problem.period.is_day_of_rest(date) for date in dates)
    usual = _days_of_full_timers(problem) * len(dates) // problem.period.days
    agreed = min(
        least * len(dates) // WEEK,
        least * min(working, usual) // WORKING_DAYS,
    )
    if contract.minutes_max is not None and contract.minutes_max < agreed:
        yield mistake(
            "short_time_period", loc, allowed=contract.minutes_max, needed=agreed
        )


def _days_of_full_timers(problem: Problem) -> int:
    """Return on how many days of the period those work who work most.

    They are those of the prescribed hours, or else what the days off owed to
    full-timers leave.
    """
    settings = problem.office.settings
    if settings.full_time_month is not None:
        return -(-settings.full_time_month // settings.full_time_day)
    owed = [
        one.contract.days_off_min or 0
        for one in problem.staff
        if one.contract.full_time and not one.contract.short_time_30h
    ]
    return problem.period.days - min(owed, default=0)


def pair_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find unknown people in pairs, repeated pairs, and pairs that contradict."""
    apart: set[frozenset[str]] = {
        frozenset((pair.first, pair.second))
        for pair in problem.pairs
        if pair.kind is PairKind.APART
    }
    for i, pair in enumerate(problem.pairs):
        loc = ("pairs", i)
        groups = {group for member in problem.staff for group in member.groups}
        people = (*problem.member_by_name, *sorted(groups))
        yield from unknown("unknown_person", pair.first, people, (*loc, "first"))
        yield from unknown("unknown_person", pair.second, people, (*loc, "second"))
        if pair.kind is PairKind.TOGETHER and {pair.first, pair.second} in apart:
            names = {"first": pair.first, "second": pair.second}
            yield mistake("pair_both", (*loc, "kind"), **names)
    yield from repeated_lines("duplicate_pair", ("pairs",), problem.pairs, _meaning)


def pair_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find newcomers for whom the office has no mentors."""
    settings = problem.office.settings
    groups = {group for member in problem.staff for group in member.groups}
    asked = settings.newcomer_days is not Hold.OFF and settings.newcomers in groups
    if asked and settings.mentors not in groups:
        loc = ("office", "settings", "mentors")
        names = {"newcomers": settings.newcomers, "mentors": settings.mentors}
        yield mistake("nobody_guides", loc, **names)


def newcomer_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find newcomers with a night on their list on which nobody can join them."""
    rule = night_for_one(problem)
    if rule is None:
        return
    for i, member in enumerate(problem.staff):
        if rule.shift in member.shifts and has_no_company(problem, member):
            yield mistake(
                "no_night_alone",
                ("staff", i, "shifts"),
                newcomers=problem.office.settings.newcomers,
                rule=rule.name,
                name=member.name,
            )


def _meaning(pair: Pair) -> tuple[PairKind, bool, object]:
    """Return a key of a pair's meaning; the order of names matters if together."""
    names = (pair.first, pair.second)
    apart = pair.kind is PairKind.APART
    return pair.kind, pair.nights, frozenset(names) if apart else names


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
    yield from repeated_lines(
        "duplicate_limit",
        ("personal_limits",),
        problem.personal_limits,
        lambda one: (one.staff, one.name, one.per),
    )


def task_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find tasks of the care manager that end before they begin, or stand twice."""
    for i, task in enumerate(problem.desk_tasks):
        if task.last_day < task.first_day:
            loc: Loc = ("desk_tasks", i, "last_day")
            yield mistake("task_days", loc, first=task.first_day, last=task.last_day)
    yield from repeated_names("duplicate_task", ("desk_tasks",), problem.desk_tasks)


def task_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find tasks of the care manager where nobody on the staff list is one."""
    nobody = not any(is_planner(problem, member) for member in problem.staff)
    if problem.desk_tasks and nobody:
        yield mistake("task_nobody", ("desk_tasks", 0, "name"))


def _numbers(limit: PersonalLimit, loc: Loc) -> Iterator[Mistake]:
    least, most = limit.at_least, limit.at_most
    yield from reversed_limits((*loc, "at_least"), least, most)
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
