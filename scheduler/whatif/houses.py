"""A plan of houses that are planned together, as a plan of each.

Each house's plan is one like any other: its scenario, its roster before and after, its
findings; so it is written, read and accepted like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.audit.houses import houses_of
from scheduler.domain.between_houses import MAIN
from scheduler.domain.forecast import ForecastDay, HouseDay
from scheduler.domain.joint import JointProblem
from scheduler.domain.plan import Plan
from scheduler.domain.record import RosterFile
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Proposal, Scenario
from scheduler.domain.staff import HouseMember, StaffMember


def plans_of_houses(
    plan: Plan, files: Sequence[RosterFile], names: Iterable[str]
) -> tuple[Plan, ...]:
    """Return the plan of each house, to be accepted together.

    Each tells the whole repair, if the plan has one.

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
            )
        )
    return tuple(found)


def scenario_in(problem: JointProblem, scenario: Scenario, house: int) -> Scenario:
    """Return what of a scenario of all houses concerns one of them."""
    known = problem.houses[house].member_by_name
    duties = problem.of_house(Roster(duties=scenario.duties), house).duties
    return scenario.model_copy(
        update={
            "absences": tuple(a for a in scenario.absences if a.staff in known),
            "leaving": tuple(one for one in scenario.leaving if one.staff in known),
            "duties": duties,
            "days": tuple(_days_in(scenario, house)),
            "joining": tuple(_joining(scenario, house)),
        }
    )


def _joining(scenario: Scenario, house: int) -> Iterator[StaffMember]:
    """Yield who joins a house, as its staff list has them."""
    for member in scenario.joining:
        if isinstance(member, HouseMember) and member.house == house:
            yield member.alone


def _days_in(scenario: Scenario, house: int) -> Iterator[ForecastDay]:
    """Yield the dates on which other users are expected in a house; else the main's."""
    for day in scenario.days:
        if isinstance(day, HouseDay) and day.house == house:
            yield day.alone
        elif house == MAIN and not isinstance(day, HouseDay):
            yield day
