"""Whoever works in two houses counts once in what their months leave to the year.

By hand: G of the main office has 早 on the 3rd, 遅 on the 5th, 夜 on the 6th and 日 on
the 12th there, the day shift of the satellite on the 4th, and paid leave on the 11th.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from scheduler.audit.figures.calendar_months import closed_months
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.houses import houses_of
from scheduler.domain.base import StaffId
from scheduler.domain.shifts import Duty, OffKind
from tests.support.joint_month import HOME, SHARED, THERE, joint_month, joint_roster
from tests.support.legal import date

if TYPE_CHECKING:
    from scheduler.domain.joint import JointProblem
    from scheduler.domain.record import AuditedMonth

G = StaffId("G")
SHIFT = 480


def with_short_hours(problem: JointProblem) -> JointProblem:
    """Return the houses with G on short hours by law."""
    staff = [
        one.model_copy(
            update={
                "contract": one.contract.model_copy(update={"short_time_30h": True})
            }
        )
        if one.name == G
        else one
        for one in problem.staff
    ]
    return problem.model_copy(update={"staff": tuple(staff)})


def houses(problem: JointProblem) -> dict[str, AuditedMonth]:
    """Return the months of the two houses, G on leave on the 11th."""
    roster = joint_roster(problem)
    leave = Duty(staff=G, date=date(11), off=OffKind.PAID_LEAVE)
    cells = {**roster.by_cell, (G, date(11)): leave}
    roster = roster.model_copy(update={"duties": tuple(cells.values())})
    return {one.problem.office.name: one for one in houses_of(problem, roster)}


def minutes_of_g(month: AuditedMonth) -> list[tuple[int, int, int]]:
    """Return what G counts in a house: at work, leave, and what is raised by law."""
    fte = full_time_equivalents(month.problem, month.roster)
    jobs = (one for one in fte.jobs if one.staff == G)
    return [(one.worked, one.credit.leave, one.credit.raised) for one in jobs]


def test_each_hour_counts_in_one_house_and_leave_where_the_contract_stands() -> None:
    months = houses(joint_month())
    assert minutes_of_g(months[HOME]) == [(4 * SHIFT, SHIFT, 0)]
    assert minutes_of_g(months[THERE]) == [(SHIFT, 0, 0)]


def test_short_hours_by_law_make_one_full_timer_of_both_houses() -> None:
    months = houses(with_short_hours(joint_month()))
    whole = full_time_equivalents(*months[HOME][:2]).denominators.minutes
    (at_home,) = minutes_of_g(months[HOME])
    (there,) = minutes_of_g(months[THERE])
    assert sum(at_home) + sum(there) == whole


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_person_stands_in_the_record_of_their_own_house(name: str) -> None:
    months = houses(joint_month())
    found = {
        house: [
            one
            for closed in closed_months(month.problem, month.roster)
            for one in closed.people
            if one.staff == name
        ]
        for house, month in months.items()
    }
    assert {house: len(own) for house, own in found.items()} == Counter(
        {SHARED[name]: 1, ({HOME, THERE} - {SHARED[name]}).pop(): 0}
    )
    (own,) = found[SHARED[name]]
    assert own.leave == (2 if name == G else 0)
