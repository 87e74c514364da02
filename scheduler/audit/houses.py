"""Houses planned together, each for itself: its roster, its findings, its outcomes.

And the way back: the rosters of the houses' workbooks as one, with the cells in which
the workbooks contradict each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scheduler.audit import audit
from scheduler.audit.figures.people import with_work_elsewhere
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.homes import asked_at_home
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.record import AuditedMonth, Provenance, RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Duty
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import rules_of

Jobs = Callable[[StaffMember], list[str]]


def houses_of(joint: JointProblem, roster: RosterRecord) -> Iterator[AuditedMonth]:
    """Yield each house with its roster, audited by itself.

    A level's value is the house's own; its bound is as far below as that of all houses
    together.  Reasons and obstacles are those of its own wishes and guidelines.
    """
    for number, problem in enumerate(joint.houses):
        seen, name = joint.of_house(roster, number), problem.office.name
        findings = audit(problem, seen)
        known = {one.request: one for one in roster.reasons}
        asked = ((one, joint.asked_in_all(number, one)) for one in problem.requests)
        changed: dict[str, object] = {
            "advice": None,
            "advice_of_all": roster.advice,
            "reasons": tuple(
                known[in_all].model_copy(
                    update={
                        "request": request,
                        "breaches": _seen_from(name, known[in_all].breaches),
                        "gives_way": _asked(joint, known[in_all].gives_way),
                        "beside": _asked(joint, known[in_all].beside),
                    }
                )
                for request, in_all in asked
                if in_all in known
            ),
            "obstacles": tuple(
                one.model_copy(
                    update={
                        "finding": _seen_from(name, [one.finding])[0],
                        "breaches": _seen_from(name, one.breaches),
                        "gives_way": _asked(joint, one.gives_way),
                    }
                )
                for one in roster.obstacles
                if one.finding.house == name
            ),
        }
        if roster.provenance is not None:
            totals = rules_of(problem).level_totals(findings)
            changed["provenance"] = _of_house(roster.provenance, totals, name)
        made = seen.model_copy(update=changed)
        others = _jobs_elsewhere(joint, problem)
        yield AuditedMonth(with_work_elsewhere(problem, made, others), made, findings)


def _asked(joint: JointProblem, wishes: Sequence[Request]) -> tuple[Request, ...]:
    """Return wishes each as the house has it to which the person belongs."""
    return tuple(asked_at_home(joint, wish) for wish in wishes)


def _jobs_elsewhere(joint: JointProblem, house: Problem) -> Jobs:
    """Return for each person of a house the others on whose lists they stand."""
    others = [one for one in joint.houses if one.office.name != house.office.name]
    return lambda member: [
        one.office.name for one in others if member.name in one.member_by_name
    ]


def _seen_from(name: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings as a house tells them: of its own it need not name the house."""
    return tuple(
        one.model_copy(update={"house": ""}) if one.house == name else one
        for one in findings
    )


def _of_house(made: Provenance, totals: Mapping[Stance, int], name: str) -> Provenance:
    """Return how the roster was made, with a house's own values of the levels."""
    outcomes = (
        one.model_copy(
            update={
                "value": totals[one.level],
                "bound": max(0, totals[one.level] - (one.value - one.bound)),
            }
        )
        for one in made.outcomes
    )
    reserve = None if made.reserve is None else made.reserve.of_house(name)
    return made.model_copy(update={"outcomes": tuple(outcomes), "reserve": reserve})


class Contradiction(NamedTuple):
    """A cell of a person that reads otherwise in the workbooks of two houses."""

    staff: StaffId
    date: dt.date
    home: Duty | None
    """As it stands in the workbook of the person's home."""
    house: str
    """Name of the other house."""
    there: Duty | None
    """As it stands in the workbook of the other house."""


def together(
    joint: JointProblem, rosters: Sequence[Roster]
) -> tuple[RosterRecord, tuple[Contradiction, ...]]:
    """Return the rosters of the houses as one, and where they contradict each other.

    What stands in the workbook of a person's home holds; roles, breaks and events of
    work in another house are those that stand there.
    """
    cells: dict[tuple[StaffId, dt.date], Duty] = {}
    for name, home in joint.home_of.items():
        for date in joint.period.dates:
            duty = rosters[home].by_cell.get((name, date))
            if duty is None:
                continue
            whole = joint.in_all(home, duty)
            origin = joint.origins.get(whole.shift) if whole.shift else None
            if origin is not None and origin.house != home:
                there = rosters[origin.house].by_cell.get((name, date))
                if there is not None and there.shift == origin.symbol:
                    whole = joint.in_all(origin.house, there)
            cells[name, date] = whole
    calls = rosters[MAIN].on_call
    made = RosterRecord(duties=tuple(cells.values()), on_call=calls)
    return made, tuple(_contradictions(joint, made, rosters))


def _contradictions(
    joint: JointProblem, made: Roster, rosters: Sequence[Roster]
) -> Iterator[Contradiction]:
    for number, house in enumerate(joint.houses):
        expected = joint.of_house(made, number)
        for member in house.staff:
            for date in house.period.dates if member.home else ():
                cell = member.name, date
                there = rosters[number].by_cell.get(cell)
                wanted = expected.by_cell.get(cell)
                if (there and there.entry) != (wanted and wanted.entry):
                    home = rosters[joint.home_of[member.name]].by_cell.get(cell)
                    sides = home, house.office.name, there
                    yield Contradiction(member.name, date, *sides)
