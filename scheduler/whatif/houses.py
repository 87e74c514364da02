"""A plan of houses that are planned together, as a plan of each.

Each house's plan is one like any other: its scenario, its roster before and after, its
findings; so it is written, read and accepted like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.audit.houses import houses_of
from scheduler.domain.house_symbols import MAIN
from scheduler.domain.joint import JointProblem
from scheduler.domain.plan import Amendment
from scheduler.domain.revision import Proposal
from scheduler.domain.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.plan import Plan
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterFile
    from scheduler.domain.scenario import Scenario


def plans_of_houses(
    plan: Plan, files: Sequence[RosterFile], names: Iterable[str]
) -> tuple[Plan, ...]:
    """Return the plan of each house, to be accepted together.

    Parameters
    ----------
    plan
        A plan of all houses.
    files
        The roster of each house that its plan would replace.
    names
        Names of the files to which the houses' plans are written.
    """
    problem = plan.problem
    assert isinstance(problem, JointProblem)
    made = plan.roster.in_files(names)
    found = []
    for number, (house, file) in enumerate(
        zip(houses_of(problem, made), files, strict=True)
    ):
        scenario = scenario_in(problem, plan.scenario, number)
        roster = house.roster.model_copy(
            update={
                "revisions": file.plan.revisions,
                "proposal": Proposal(scenario=scenario, before=file.roster.fingerprint),
            }
        )
        found.append(
            replace(
                plan,
                scenario=scenario,
                problem=house.problem,
                before=file.roster,
                roster=roster,
                findings=house.findings,
                amendment=_of_house(plan.amendment, house.problem),
            )
        )
    return tuple(found)


def _of_house(amendment: Amendment | None, house: Problem) -> Amendment | None:
    """Return what of a repair is to be agreed on in a house, if anything is."""
    if amendment is None:
        return None
    agreed = tuple(
        one.model_copy(update={"spot": one.spot.model_copy(update={"house": ""})})
        for one in amendment.repair.agreements
        if one.spot.house == house.office.name
    )
    if not agreed:
        return None
    before = tuple(one for one in house.agreements if one not in agreed)
    return Amendment(
        amendment.number,
        amendment.repair.model_copy(update={"agreements": agreed, "remaining": ()}),
        house.model_copy(update={"agreements": before}),
    )


def scenario_in(problem: JointProblem, scenario: Scenario, house: int) -> Scenario:
    """Return what of a scenario of all houses concerns one of them."""
    known = problem.houses[house].member_by_name
    duties = problem.of_house(Roster(duties=scenario.duties), house).duties
    return scenario.model_copy(
        update={
            "absences": tuple(a for a in scenario.absences if a.staff in known),
            "leaving": tuple(one for one in scenario.leaving if one.staff in known),
            "duties": duties,
            "days": scenario.days if house == MAIN else (),
        }
    )
