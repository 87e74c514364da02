"""Random small main offices with a satellite, and random rosters for both together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.between_houses import MAIN
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.staff import Contract, DateSpan
from tests.support.builders import make_duty
from tests.support.worlds import a_problem, disturbed

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from scheduler.domain.base import StaffId
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Duty
    from scheduler.domain.staff import StaffMember


def a_joint_problem(rnd: random.Random) -> JointProblem:
    """Draw a main office and a satellite with one person of each in both."""
    main = _as(a_problem(rnd), "本館", OfficeKind.MAIN)
    other = _renamed(a_problem(rnd, main.period))
    satellite = _as(other, "花", OfficeKind.SATELLITE, *Support)
    travel = rnd.choice([0, 30, 150])
    office = satellite.office.model_copy(update={"travel": travel})
    satellite = satellite.model_copy(update={"office": office})
    lent, borrowed = rnd.choice(main.home.staff), rnd.choice(satellite.home.staff)
    return joint(
        [
            _with_guest(rnd, main, borrowed, satellite),
            _with_guest(rnd, satellite, lent, main),
        ]
    )


def _renamed(problem: Problem) -> Problem:
    """Return an office with other names of the people."""
    text = problem.model_dump_json()
    for member in problem.staff:
        text = text.replace(f'"{member.name}"', f'"S{member.name}"')
    return Problem.model_validate_json(text)


def _as(problem: Problem, name: str, kind: OfficeKind, *left: Support) -> Problem:
    update = {"name": name, "kind": kind, "left_to_main": left}
    office = problem.office.model_copy(update=update)
    return problem.model_copy(update={"office": office})


def _with_guest(
    rnd: random.Random, house: Problem, member: StaffMember, home: Problem
) -> Problem:
    """Return a house with a row of somebody who belongs to the other one."""
    given = {
        "home": home.office.name,
        "contract": Contract(full_time=member.contract.full_time),
        "roles": member.roles if rnd.random() < 0.7 else member.roles[:1],
        "shifts": tuple(s.symbol for s in house.shifts if rnd.random() < 0.7),
        "on_call": rnd.random() < 0.7,
        "employed": DateSpan(),
        "groups": (),
    }
    if rnd.random() < 0.3:
        weekdays = {"weekdays": tuple(rnd.sample(range(7), 4))}
        given["contract"] = Contract(full_time=False, **weekdays)
    return house.model_copy(
        update={"staff": (*house.staff, member.model_copy(update=given))}
    )


def disturbed_together(
    rnd: random.Random,
    problem: JointProblem,
    roster: Roster,
    change: Callable[[random.Random, Problem, Roster], Roster] = disturbed,
) -> RosterRecord:
    """Return the roster with some cells of one house changed at random."""
    house = rnd.randrange(len(problem.houses))
    before = problem.of_house(roster, house)
    after = change(rnd, problem.houses[house], before)
    cells = dict(roster.by_cell)
    for cell, duty in after.by_cell.items():
        if duty != before.by_cell.get(cell):
            cells[cell] = problem.in_all(house, duty)
    if rnd.random() < 0.5:
        cells |= _from_house_to_house(rnd, problem)
    calls = after.on_call if house == MAIN else roster.on_call
    return RosterRecord(duties=tuple(cells.values()), on_call=calls)


def _from_house_to_house(
    rnd: random.Random, problem: JointProblem
) -> dict[tuple[StaffId, dt.date], Duty]:
    """Return two days of somebody who works in both: one in each house, in a row."""
    shared = [
        name
        for name in problem.home_of
        if all(
            (row := problem.row(name, number)) is not None and row.shifts
            for number in range(len(problem.houses))
        )
    ]
    if not shared:
        return {}
    name, first = rnd.choice(shared), rnd.choice(problem.period.dates[:-1])
    found = {}
    for place, number in enumerate(rnd.sample(range(len(problem.houses)), 2)):
        house = problem.houses[number]
        date = first + dt.timedelta(days=place)
        table = house.shift_by_symbol
        own = house.member_by_name[name].shifts
        usual = [symbol for symbol in own if not table[symbol].on_request]
        if not usual:
            return {}
        symbol = rnd.choice(usual)
        duty = make_duty(house, name, date, symbol)
        found[name, date] = problem.in_all(number, duty)
    return found
