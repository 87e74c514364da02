"""Measure a main office with two satellites: ``python -m benchmarks.joint``.

42 people: a generated main office of 24, and the sample satellite つぼみ twice, 9 each,
with one person of the main office who works in both houses, for each of them.  Prints
the seconds from the start of the process to the first roster that keeps law, musts and
contracts, to the proof of these, and value and bound of every level.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from benchmarks.generator import office
from benchmarks.measuring import machine
from scheduler.audit.consistency import joint_mistakes, mistakes
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Stance
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.office_kind import OfficeKind
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import ShiftKind
from scheduler.files.samples import tsubomi
from scheduler.solver.solve import Progress, SearchLimits, solve

if TYPE_CHECKING:
    from scheduler.domain.staff import StaffMember

BEGAN = time.monotonic()
PEOPLE = 24
LIMITS = (Stance.PINNED, Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)


def three_houses(seed: int) -> JointProblem:
    """Return a generated main office with two satellites."""
    main = office(seed, people=PEOPLE)
    given = {"kind": OfficeKind.MAIN, "name": "本館", "left_to_main": ()}
    main = main.model_copy(update={"office": main.office.model_copy(update=given)})
    lent = [member for member in main.staff if _works_around(main, member)][:2]
    satellites = [
        _satellite(main, member, mark)
        for member, mark in zip(lent, ("東", "西"), strict=True)
    ]
    houses = (main, *satellites)
    found = [*joint_mistakes(houses), *(m for h in houses for m in mistakes(h))]
    if found:
        raise ValueError(found)
    return joint(houses)


def _works_around(main: Problem, member: StaffMember) -> bool:
    """Tell whether a full-timer gives care at night too, as often as others."""
    kinds = {main.shift_by_symbol[symbol].kind for symbol in member.shifts}
    contract = member.contract
    return (
        contract.full_time
        and member.gives_care
        and ShiftKind.NIGHT in kinds
        and contract.nights_max is None
        and member.no_night is None
    )


def _satellite(main: Problem, lent: StaffMember, mark: str) -> Problem:
    """Return the sample satellite with people, name and guest of its own."""
    sample = tsubomi(main.period)
    text = sample.home.model_dump_json()
    for member in sample.home.staff:
        text = text.replace(f'"{member.name}"', f'"{mark}{member.name}"')
    other = Problem.model_validate_json(text)
    guest = next(member for member in sample.staff if member.home)
    update = {"name": StaffId(lent.name), "home": main.office.name}
    told = {"name": f"サテライト {mark}", "main_office": main.office.name}
    history = other.history.model_copy(
        update={
            "duties": tuple(
                duty for duty in other.history.duties if duty.staff != guest.name
            )
        }
    )
    return other.model_copy(
        update={
            "office": other.office.model_copy(update=told),
            "staff": (*other.staff, guest.model_copy(update=update)),
            "history": history,
        }
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the main office")
    parser.add_argument(
        "--seconds", type=float, default=120, help="limit of the search"
    )
    parser.add_argument("--workers", type=int, default=8, help="threads of the search")
    given = parser.parse_args()
    print(machine(f"{given.workers} workers"))
    problem = three_houses(given.seed)
    print(f"{len(problem.staff)} people in {len(problem.houses)} houses")
    moments: dict[str, float] = {}
    last: list[Progress] = []

    def listen(told: Progress) -> None:
        now = round(time.monotonic() - BEGAN, 1)
        if told.value is not None and told.level not in LIMITS:
            moments.setdefault("law, musts, contracts known", now)
        if last and last[-1].level is not told.level:
            one = last[-1]
            print(f"{now:7.1f} s  {one.level}: {one.value} (bound {one.bound})")
        last.append(told)

    made = solve(problem, SearchLimits(given.seconds, given.workers), listen)
    for what, seconds in moments.items():
        print(f"{what}: {seconds} s")
    for one in made.outcomes:
        told = "proven" if one.is_proven else "open"
        print(f"{one.level}: {one.value}, bound {one.bound}, {told}")


if __name__ == "__main__":
    main()
