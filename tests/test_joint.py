"""A main office and its satellites as one problem."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import consistency
from scheduler.audit.consistency.joint import joint_mistakes
from scheduler.domain.joint import joint
from scheduler.domain.office_kind import OfficeKind, Support
from scheduler.files.samples import komorebi, tsubomi
from scheduler.model.build import build
from tests.fixing import any_allowed, judge
from tests.joint_worlds import a_joint_problem, disturbed_together
from tests.test_agreement import compare

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem


@pytest.mark.parametrize("seed", range(16))
def test_model_and_audit_agree(seed: int) -> None:
    """Fixed to a roster of both houses, the model allows what the audit passes."""
    rnd = random.Random(seed)
    problem = a_joint_problem(rnd)
    model = build(problem)
    near = any_allowed(problem, rnd.randint(0, 10_000), model)
    roster = disturbed_together(rnd, problem, near)
    compare(problem, roster, judge(problem, roster, model=model))


def of_office(problem: Problem, **fields: object) -> Problem:
    """Return a house with fields of its office changed."""
    office = problem.office.model_copy(update=fields)
    return problem.model_copy(update={"office": office})


def codes(*houses: Problem) -> set[str]:
    """Return the codes of what keeps houses from being planned together."""
    return {one.code for one in joint_mistakes(houses)}


def test_the_sample_has_no_mistake() -> None:
    houses = tsubomi(), komorebi()
    assert codes(*houses) == set()
    assert all(consistency.mistakes(house) == () for house in joint(houses).houses)


def test_joining_again_changes_nothing() -> None:
    once = joint([tsubomi(), komorebi()])
    assert joint(once.houses) == once


def test_v4_a_satellite_on_the_main_s_premises_is_refused() -> None:
    near = of_office(tsubomi(), same_premises=True)
    assert [one.code for one in consistency.mistakes(near)] == ["same_premises"]
    assert consistency.mistakes(tsubomi()) == ()


def test_v8_staff_of_two_kantaki_visit_in_both() -> None:
    left = tuple(one for one in Support if one is not Support.NURSE)
    main = of_office(komorebi(), kind=OfficeKind.KANTAKI)
    other = of_office(tsubomi(), kind=OfficeKind.KANTAKI_SATELLITE, left_to_main=left)
    assert codes(main, other) == set()
    both = {m.name for m in main.staff} & {m.name for m in other.staff}
    assert {main.office.name, other.office.name} == {
        member.home for house in (main, other) for member in house.staff if member.home
    }
    assert len(both) == 2


def test_v9_nobody_is_named_for_shotaki_and_kantaki() -> None:
    main = of_office(komorebi(), kind=OfficeKind.KANTAKI)
    assert codes(main, tsubomi()) == {"joint_two_services"}
    alone = [
        house.model_copy(update={"staff": house.home.staff})
        for house in (main, tsubomi())
    ]
    assert codes(*alone) == set()


def test_a_kantaki_satellite_has_a_kantaki_as_main() -> None:
    other = of_office(tsubomi(), kind=OfficeKind.KANTAKI_SATELLITE)
    assert "joint_kind" in codes(komorebi(), other)


@pytest.mark.parametrize(
    ("houses", "code"),
    [
        ((komorebi(),), "joint_houses"),
        ((komorebi(), komorebi()), "joint_houses"),
        ((komorebi(), tsubomi(), tsubomi(), tsubomi()), "joint_houses"),
        ((komorebi(), tsubomi(), tsubomi()), "joint_same_name"),
        ((komorebi(), of_office(tsubomi(), main_office="別")), "joint_other_main"),
        ((komorebi(), of_office(tsubomi(), left_to_main=())), "joint_own_on_call"),
        ((komorebi(), of_office(tsubomi(), name="別")), "joint_no_home"),
        (
            (komorebi(), tsubomi().model_copy(update={"staff": komorebi().home.staff})),
            "joint_two_homes",
        ),
    ],
)
def test_houses_that_do_not_fit(houses: tuple[Problem, ...], code: str) -> None:
    assert code in codes(*houses)


def test_wishes_stand_where_the_person_belongs() -> None:
    guest = next(member for member in tsubomi().staff if member.home)
    wish = komorebi().requests[0].model_copy(update={"staff": guest.name})
    other = tsubomi().model_copy(update={"requests": (wish,)})
    assert codes(komorebi(), other) == {"joint_wish_abroad"}
