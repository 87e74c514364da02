"""A legal month of a main office and its satellite, for tests that break one link.

The main office is that of `tests.support.legal`.  The satellite is the same with S
before each name, and leaves everything to its main office: it has neither manager nor
nurse, and its planner has the training alone. G of the main office and SG of the
satellite work in both: on the 4th each has the day shift of the other house.  The
houses are an hour apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.domain.base import StaffId
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.office import Office
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from tests.support.builders import make_duty, make_staff
from tests.support.legal import date, legal_problem, legal_roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.shifts import Duty

HOME, THERE = "本館", "花"
SATELLITE = 1
SHARED = {"G": HOME, "SG": THERE}


def joint_month() -> JointProblem:
    """Return the two houses as one problem."""
    main = _changed(legal_problem(), name=HOME)
    plain = {"roles": [Role.CARE], "qualifications": ["介護福祉士"]}
    trained = {"qualifications": ["計画作成担当者研修"]}
    without = [
        _again(member, {"C": plain, "P": trained}.get(member.name, {}))
        for member in main.staff
        if member.name != "M"
    ]
    tail = main.history.model_copy(
        update={"duties": tuple(map(_plain, _without_manager(main.history.duties)))}
    )
    alone = main.model_copy(update={"staff": tuple(without), "history": tail})
    other = _changed(
        _renamed(alone),
        name=THERE,
        kind=OfficeKind.SATELLITE,
        left_to_main=tuple(Support),
        main_office=HOME,
        travel=60,
        capacity={"registered": 18, "day_use": 12, "overnight": 6},
        registered=18,
        nurse_shifts=0,
        manager_desk=0,
    )
    return joint(
        [
            main.model_copy(update={"staff": (*main.staff, _guest("SG"))}),
            other.model_copy(update={"staff": (*other.staff, _guest("G"))}),
        ]
    )


def joint_roster(problem: JointProblem) -> RosterRecord:
    """Return the roster of both houses: the rotation in each, and the swap."""
    alone = legal_roster(legal_problem())
    there = [
        _plain(duty).model_copy(update={"staff": StaffId(f"S{duty.staff}")})
        for duty in _without_manager(alone.duties)
    ]
    duties = [*alone.duties, *(problem.in_all(SATELLITE, duty) for duty in there)]
    cells = {(duty.staff, duty.date): duty for duty in duties}
    for duty in (
        begun(problem, THERE, "G", 4, "日"),
        begun(problem, HOME, "SG", 4, "日"),
    ):
        cells[duty.staff, duty.date] = duty
    return RosterRecord(duties=tuple(cells.values()), on_call=alone.on_call)


def begun(
    problem: JointProblem, house: str, name: str, day: int, symbol: str, **fields: Any
) -> Duty:
    """Return what somebody does in a house on a date, as the main office has it."""
    number = [one.office.name for one in problem.houses].index(house)
    own = make_duty(problem.houses[number], name, date(day), symbol, **fields)
    return problem.in_all(number, own)


def _without_manager(duties: Iterable[Duty]) -> Iterator[Duty]:
    return (duty for duty in duties if duty.staff != "M")


def _plain(duty: Duty) -> Duty:
    """Return a duty of the main's nurse as care, which others' are already."""
    if duty.staff != "C" or duty.shift is None:
        return duty
    return duty.model_copy(update={"roles": (Role.CARE,)})


def _guest(name: str) -> StaffMember:
    fields = {"home": SHARED[name], "qualifications": ["介護福祉士"], "on_call": False}
    return make_staff(name, **fields)


def _again(member: StaffMember, fields: dict[str, Any]) -> StaffMember:
    return StaffMember.model_validate({**dict(member), **fields})


def _renamed(problem: Problem) -> Problem:
    """Return an office whose people have an S before their names."""
    text = problem.model_dump_json()
    for member in problem.staff:
        text = text.replace(f'"{member.name}"', f'"S{member.name}"')
    return Problem.model_validate_json(text)


def _changed(problem: Problem, **fields: Any) -> Problem:
    data = problem.office.model_dump()
    for name, value in fields.items():
        (data["settings"] if name in data["settings"] else data)[name] = value
    return problem.model_copy(update={"office": Office.model_validate(data)})
