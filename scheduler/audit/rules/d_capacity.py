"""D: registrants, day users and overnight guests within the capacities.

The limit is the smaller of the office's own capacity and the ceiling of the law or of
the municipality's ordinance.  A date with a stated reason (a family carer who fell
ill) is only reported.

A capacity has a least value too: for day use half of the registered, for overnight
stays a third of that for day use.

Breach: 19 day users expected on a date, 18 places; capacities of 29, 14 and 9.

Correct: 18 expected; capacities of 29, 15 and 5.
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase
from scheduler.audit.users import least_places
from scheduler.domain.office_kind import Capacity
from scheduler.domain.problem import Problem
from scheduler.rulebook import rules_of


def check(case: RuleCase) -> Findings:
    """Find dates and a register with more users than places, and low capacities."""
    limit = places(case.problem)
    registered = case.problem.office.registered
    yield from case.above("registered", limit.registered, registered)
    yield from _too_small(case)
    for day in case.problem.forecast.days:
        counts = (
            ("day_use", day.day_users, limit.day_use),
            ("overnight", day.overnight or 0, limit.overnight),
        )
        for kind, users, most in counts:
            reason = day.over_capacity_reason
            yield from case.above(
                "excused" if reason else kind,
                most,
                users,
                date=day.date,
                facts={"kind": kind, "reason": reason} if reason else None,
            )


def _too_small(case: RuleCase) -> Findings:
    """Find capacities for day use and overnight stays below their least value."""
    own, least = case.problem.office.capacity, least_places(case.problem)
    yield from case.below("day_use_least", least.day_use, own.day_use)
    yield from case.below("overnight_least", least.overnight, own.overnight)


def places(problem: Problem) -> Capacity:
    """Return the smaller of the office's capacity and the ceiling, item by item."""
    own = problem.office.capacity
    ceiling = problem.office.capacity_limit or places_by_law(problem)
    return Capacity(
        registered=min(own.registered, ceiling.registered),
        day_use=min(own.day_use, ceiling.day_use),
        overnight=min(own.overnight, ceiling.overnight),
    )


def places_by_law(problem: Problem) -> Capacity:
    """Return the ceilings of the law, for day use by the registered places."""
    rule, registered = rules_of(problem)["D"], problem.office.capacity.registered
    steps = rule.table("day_use_max_by_registered")
    reached = [places for least, places in steps if registered >= least]
    return Capacity(
        registered=rule.int("registered_max"),
        day_use=max(reached, default=rule.int("day_use_max")),
        overnight=rule.int("overnight_max"),
    )
