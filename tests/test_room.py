"""Room for guests: held against the audit of each changed month, one by one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.audit import CHECKS, audit
from scheduler.audit.other_day import READ_BY
from scheduler.audit.standard import ALL, Standard
from scheduler.audit.timeline import Timeline
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.room import Room, Service
from scheduler.room import as_it_stands
from scheduler.room.other_days import MOST_COUNTED, with_day
from scheduler.rulebook import load
from tests.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)
from tests.fixing import any_allowed
from tests.test_agreement import with_agreements
from tests.worlds import a_problem, disturbed

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

CAPACITIES = {Service.DAY_USE: "day_use", Service.OVERNIGHT: "overnight"}


def draw(seed: int) -> tuple[Problem, Roster]:
    """Draw an office and any roster, on some of whose breaches people have agreed."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    roster = disturbed(rnd, problem, any_allowed(problem, seed=rnd.randint(0, 10_000)))
    if rnd.random() < 0.3:
        problem = with_agreements(rnd, problem, roster)
    return problem, roster


def by_brute_force(
    problem: Problem, roster: Roster, date: dt.date, service: Service
) -> Room:
    """Count by whole audits alone."""
    standard = Standard(load(problem.period), audit(problem, roster))
    day = problem.forecast_by_date[date]
    known = getattr(day, service)
    known = 1 if known is None else known
    places = known + MOST_COUNTED
    if service in CAPACITIES:
        places = getattr(problem.office.capacity, CAPACITIES[service])
    more, stopped_by = 0, tuple[Any, ...]()
    while known + more < places and not stopped_by:
        other = day.model_copy(update={service.value: known + more + 1})
        found = audit(with_day(problem, other), roster)
        stopped_by = standard.beyond(found)
        more += not stopped_by
    return Room(
        date=date,
        service=service,
        expected=known,
        as_it_stands=more,
        full=not stopped_by and service in CAPACITIES,
        stopped_by=stopped_by,
    )


def in_order(room: Room) -> tuple[Room, list[Finding]]:
    stopped_by = sorted(room.stopped_by, key=repr)
    return room.model_copy(update={"stopped_by": ()}), stopped_by


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=2**32))
def test_it_is_what_the_audit_of_each_changed_month_says(seed: int) -> None:
    """Number by number, with what stops the next guest to the finding."""
    problem, roster = draw(seed)
    rooms = as_it_stands(problem, roster, audit(problem, roster))
    assert len(rooms) == problem.period.days * len(Service)
    for room in random.Random(seed).sample(rooms, 6):
        brute = by_brute_force(problem, roster, room.date, room.service)
        assert in_order(room) == in_order(brute)


class _Wired(ForecastDay):
    """A day that remembers which of its fields were read."""

    def __getattribute__(self, name: str) -> Any:
        if name in READ_BY:
            READ.add(name)
        return super().__getattribute__(name)


READ: set[str] = set()


def test_which_checks_read_what_is_expected() -> None:
    """No check of law, a must or a contract reads more than `READ_BY` says."""
    found: dict[str, set[str]] = {field: set() for field in READ_BY}
    for seed in range(60):
        problem, roster = draw(seed)
        days = tuple(
            _Wired.model_construct(**dict(day)) for day in problem.forecast.days
        )
        forecast = problem.forecast.model_copy(update={"days": days})
        wired = problem.model_copy(update={"forecast": forecast})
        rulebook = load(problem.period)
        for rule_id, check in CHECKS:
            rule = rulebook[rule_id]
            READ.clear()
            timeline = Timeline(wired, roster, rulebook)
            list(check(timeline, wired, rule))
            if any(facet.stance in ALL for facet in rule.facet.values()):
                for field in READ:
                    found[field].add(rule_id)
    assert found == {field: set(rules) for field, rules in READ_BY.items()}
