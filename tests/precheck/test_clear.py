"""No false all-clear: what a sum calls possible, the model can keep.

Small random offices, each about one sum and with nothing else in the way.  Sums are
upper bounds, so this cannot hold of every office; of these it does.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.domain.precheck import Topic, Verdict
from scheduler.domain.qualifications import (
    CARE_MANAGER_LICENCE,
    MANAGER_TRAINING,
    PLANNER_TRAINING,
    REGISTERED_NURSE,
)
from scheduler.precheck import precheck
from tests.support.builders import SHIFTS as BUILT
from tests.support.builders import make_office, make_problem, make_shift, make_staff
from tests.support.judge import CONTRACTS, Judge
from tests.support.thorough import first_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.staff import StaffMember

DAY_SHIFTS = (
    make_shift("早", "7:00-16:00", ["11:00-12:00"]),
    make_shift("日", "9:00-15:00"),
    make_shift("遅", "10:30-19:30", ["14:00-15:00"]),
)
NIGHT_SHIFTS = (
    make_shift("夜", "17:00-33:00", ["24:00-26:00"], kind="night"),
    make_shift("深", "22:00-31:00", ["26:00-27:00"], kind="night"),
)
SHIFTS = (*DAY_SHIFTS, *NIGHT_SHIFTS)
WORK_OF_OTHERS = tuple(
    shift for shift in BUILT if shift.symbol not in {one.symbol for one in SHIFTS}
)

BY_CONTRACT = frozenset({("L-02", "days_off"), ("L-03", "hours_max")})


def person(rnd: random.Random, days: int, shifts: Any, **fields: Any) -> StaffMember:
    """Return somebody with a contract of random limits."""
    symbols = rnd.sample([shift.symbol for shift in shifts], rnd.randint(1, 3))
    least, nights = rnd.randint(10, days * 6) * 60, rnd.randint(0, days // 4)
    limits: dict[str, Any] = {
        "days_off_min": rnd.randint(2, days // 2),
        "days_per_week_max": rnd.randint(2, 6),
        "weekdays": sorted(rnd.sample(range(7), rnd.randint(2, 6))),
        "minutes_max": least + rnd.randint(0, 60) * 60,
        "nights_max": nights + rnd.randint(0, 4),
    }
    chosen = {name: one for name, one in limits.items() if rnd.random() < 1 / 2}
    if rnd.random() < 1 / 2:
        chosen["minutes_min"] = least
    if set(symbols) & {"夜", "深"} and rnd.random() < 1 / 2:
        chosen["nights_min"] = nights
    return make_staff("A", shifts=symbols, on_call=False, **chosen, **fields)


def office(member: StaffMember, days: int, **settings: Any) -> Problem:
    fields = {"rest_least": 480, "contact_system": True, **settings}
    others = [make_staff(name) for name in "BCDE"] if settings else []
    return make_problem(
        [member, *others],
        days=days,
        shifts=(*SHIFTS, *WORK_OF_OTHERS),
        office=make_office(**fields),
    )


@pytest.mark.parametrize("seed", first_of(range(40), 6))
def test_contracts(seed: int) -> None:
    """Hours, nights, days off and days a week of one contract, night work included."""
    rnd = random.Random(seed)
    days = rnd.choice([7, 10, 14])
    problem = office(person(rnd, days, SHIFTS), days)
    said = any(
        line.verdict is Verdict.IMPOSSIBLE
        for line in precheck(problem)
        if line.topic is Topic.CONTRACTS
    )
    kept = Judge(problem).can_keep(lambda spot: (spot.rule, spot.facet) in CONTRACTS)
    assert kept is not said


WORK = {
    "nurse_shifts": ("A-10", "shifts", "nurse", (REGISTERED_NURSE,)),
    "planner_desk": (
        "A-11",
        "desk",
        "planner",
        (CARE_MANAGER_LICENCE, PLANNER_TRAINING),
    ),
    "manager_desk": ("A-13", "desk", "manager", (MANAGER_TRAINING,)),
}


# 9: by the hours nine shifts fit the month, by the days off eight of other lengths.
@pytest.mark.parametrize("seed", first_of([*range(6), 9], 1))
@pytest.mark.parametrize("code", WORK)
def test_the_most_of_one_role(code: str, seed: int) -> None:
    """The most of a nurse or at a desk can be had; one more, and contracts break."""
    rule, facet, role, qualifications = WORK[code]
    rnd = random.Random(seed)
    days = rnd.choice([7, 10])
    asked = {"roles": [role], "qualifications": qualifications}
    member = person(rnd, days, DAY_SHIFTS, **asked)

    def settled(least: int) -> tuple[bool, int]:
        """Return whether so much can be kept, and what the sum says is the most."""
        problem = office(member, days, **{code: least})
        (line,) = (one for one in precheck(problem) if one.code == code)
        kept = Judge(problem).can_keep(
            lambda spot: (
                (spot.rule, spot.facet) == (rule, facet)
                or (spot.rule, spot.facet) in BY_CONTRACT
            )
        )
        return kept, line.possible

    _kept, most = settled(1)
    assert not settled(most + 1)[0]
    if most:
        assert settled(most)[0]
