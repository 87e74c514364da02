"""Random hand edits of rosters, and the amounts that model and audit find in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from scheduler.audit import audit
from scheduler.constraints.language.scope import total_of
from scheduler.domain.clock import Interval
from scheduler.domain.finding import LEVELS, Stance
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from scheduler.solver.standing.edits import with_days_off
from scheduler.solver.standing.month import StandingMonth

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Mapping

    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import BreakOption, Shift
    from scheduler.domain.staff import StaffMember

MOST_EDITS = 12
LAST_BREAK = 2700
QUARTER = 15

ONLY_AS_IT_STANDS = {
    ("A-15", "role"),
    ("A-18", "complete"),
    ("F-05", "length"),
    ("F-05", "on_call"),
    ("F-05", "place"),
    ("F-09", "night_work"),
    ("L-01", "employed"),
}
"""Limits that the model need not count: only cells exactly as edited break them."""


def edited(rnd: random.Random, problem: Problem, roster: Roster) -> Roster:
    """Return the roster with some cells and nights on call replaced or emptied."""
    cells = dict(roster.by_cell)
    calls = {night.date: night for night in roster.on_call}
    for _ in range(rnd.randint(1, MOST_EDITS)):
        member, date = rnd.choice(problem.staff), rnd.choice(problem.period.dates)
        kind = rnd.random()
        if kind < 0.25:
            calls.pop(date, None)
            if rnd.random() < 0.8:
                calls[date] = OnCall(staff=member.name, date=date)
        elif kind < 0.5:
            off = rnd.choice(list(OffKind))
            cells[member.name, date] = Duty(staff=member.name, date=date, off=off)
        elif kind < 0.55:
            cells.pop((member.name, date), None)
        else:
            shift = rnd.choice(problem.shifts)
            cells[member.name, date] = _typed(rnd, member, date, shift)
    return RosterRecord(duties=tuple(cells.values()), on_call=tuple(calls.values()))


def with_odd_tail(rnd: random.Random, problem: Problem) -> Problem:
    """Return the problem with other shifts, breaks and days off in its tail."""
    duties = []
    for duty in problem.history.duties:
        kind = rnd.random()
        if kind < 0.1 and duty.shift is not None:
            shift = problem.shift_by_symbol[duty.shift]
            begin = rnd.randrange(shift.start, shift.end - 60, QUARTER)
            breaks = (Interval(begin, begin + 60),)
            duties.append(duty.model_copy(update={"breaks": breaks}))
        elif kind < 0.2:
            shift = rnd.choice(problem.shifts)
            member = problem.member_by_name[duty.staff]
            typed = _typed(rnd, member, duty.date, shift)
            breaks = shift.break_options[0]
            duties.append(typed.model_copy(update={"breaks": breaks}))
        elif kind < 0.25:
            off = rnd.choice(list(OffKind))
            duties.append(Duty(staff=duty.staff, date=duty.date, off=off))
        else:
            duties.append(duty)
    history = problem.history.model_copy(update={"duties": tuple(duties)})
    return problem.model_copy(update={"history": history})


def _typed(
    rnd: random.Random, member: StaffMember, date: dt.date, shift: Shift
) -> Duty:
    """Return a shift with random roles and breaks, not necessarily allowed ones."""
    roles = member.roles if rnd.random() < 0.7 else tuple(Role)
    breaks: BreakOption = rnd.choice(shift.break_options)
    if rnd.random() < 0.3:
        breaks = tuple(_pause(rnd, shift) for _ in range(rnd.randint(0, 3)))
    return Duty(
        staff=member.name,
        date=date,
        shift=shift.symbol,
        roles=tuple(rnd.choice(roles) for _ in shift.segments),
        breaks=breaks,
    )


def _pause(rnd: random.Random, shift: Shift) -> Interval:
    first, last = (0, LAST_BREAK) if rnd.random() < 0.2 else (shift.start, shift.end)
    begin = rnd.randrange(first, last, QUARTER)
    return Interval(begin, begin + rnd.choice([15, 30, 60, 90]))


class Spelled(NamedTuple):
    """What model and audit find in an edited roster that is the baseline.

    Attributes
    ----------
    is_possible
        Whether the model can express the roster, given what is tolerated.
    model, audit
        Amounts by spot, without zeros.
    levels
        The level values of model and audit.
    """

    is_possible: bool
    model: Mapping[Spot, int]
    audit: Mapping[Spot, int]
    levels: Mapping[Stance, tuple[int, int]]


def spelled(problem: Problem, roster: Roster) -> Spelled:
    """Fix the standing month's model to its own roster, and compare it with the audit.

    Slacks are minimised, so that each amount is that of the roster.
    """
    month = StandingMonth(problem, roster)
    model, (cp, _) = month.model, month.cp()
    stands = with_days_off(problem, roster)
    for date in problem.period.dates:
        values = model.values_on(date, stands)
        assert values is not None, date
        for index, value in values.items():
            cp.add(model.variable(index) == value)
    spots = [(spot, total_of(terms), f.weight) for spot, f, terms in model.spots()]
    cp.minimize(LinearExpr.sum([total * max(1, each) for _, total, each in spots]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    found = audit(problem, stands, month.rulebook)
    if solver.solve(cp) != cp_model.OPTIMAL:
        return Spelled(False, {}, {}, {})
    by_model = {spot: solver.value(total) for spot, total, _ in spots}
    by_audit: Counter[Spot] = Counter()
    for one in found:
        counts = one.stance is not Stance.REPORT
        if counts and not month.rulebook.facet_of(one).audit_only:
            by_audit[month.rulebook.spot_of(one)] += one.amount
    values_of_all = list(solver.response_proto.solution)
    totals = month.rulebook.level_totals(found)
    return Spelled(
        True,
        {s: n for s, n in by_model.items() if n and not _is_only_as_it_stands(s)},
        {s: n for s, n in by_audit.items() if n and not _is_only_as_it_stands(s)},
        {lv: (model.penalty_at(lv, values_of_all), totals[lv]) for lv in LEVELS},
    )


def _is_only_as_it_stands(spot: Spot) -> bool:
    return (spot.rule, spot.facet) in ONLY_AS_IT_STANDS
