"""What of a house that is planned with others can be counted by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.domain.joint import JointProblem
    from scheduler.domain.problem import Problem


def alone(joint: JointProblem, house: Problem) -> Problem:
    """Return a house without what its people could as well do in another one.

    Who works in several houses may reach least hours and nights there.
    """
    others = [one for one in joint.houses if one is not house]
    free = {"minutes_min": None, "nights_min": None}
    staff = (
        member.model_copy(update={"contract": member.contract.model_copy(update=free)})
        if any(member.name in one.member_by_name for one in others)
        else member
        for member in house.staff
    )
    return house.model_copy(update={"staff": tuple(staff)})
