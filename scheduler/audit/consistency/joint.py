"""Check that houses to be planned together fit each other (A-12, rulebook 12.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake
from scheduler.domain.likeness import look_of
from scheduler.domain.office_kind import KANTAKI, Support

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem

MOST_SATELLITES = 2
"""Satellites that one main office may have (A-12)."""


def joint_mistakes(houses: Sequence[Problem]) -> tuple[Mistake, ...]:
    """Return what keeps houses from being planned together, each by itself in order."""
    mains = [house for house in houses if not house.office.kind.is_satellite]
    satellites = [house for house in houses if house.office.kind.is_satellite]
    if len(mains) != 1 or not 1 <= len(satellites) <= MOST_SATELLITES:
        facts = {"mains": len(mains), "satellites": len(satellites)}
        return (mistake("joint_houses", (), **facts, most=MOST_SATELLITES),)
    (main,) = mains
    return (
        *_houses(main, satellites),
        *_people((main, *satellites)),
    )


def _houses(main: Problem, satellites: Sequence[Problem]) -> Iterator[Mistake]:
    names = {look_of(house.office.name) for house in (main, *satellites)}
    if len(names) <= len(satellites):
        yield mistake("joint_same_name", (), name=main.office.name)
    for house in satellites:
        office, told = house.office, {"office": house.office.name}
        if house.period != main.period:
            yield mistake("joint_period", (), **told)
        if office.main_office and look_of(office.main_office) != look_of(
            main.office.name
        ):
            given = {"name": office.main_office, "main": main.office.name}
            yield mistake("joint_other_main", (), **told, **given)
        # A kantaki satellite hangs on a kantaki only (art. 171).
        if office.kind in KANTAKI and main.office.kind not in KANTAKI:
            yield mistake("joint_kind", (), **told)
        if Support.ON_CALL not in office.left_to_main:
            yield mistake("joint_own_on_call", (), **told)


def _people(houses: Sequence[Problem]) -> Iterator[Mistake]:
    """Find people without a home, with two, or named for both kinds of service."""
    by_name = {house.office.name: house for house in houses}
    for house in houses:
        for member in house.staff:
            told = {"name": member.name, "office": house.office.name}
            others = [h for h in houses if h is not house]
            if member.home:
                home = by_name.get(member.home)
                row = home.member_by_name.get(member.name) if home else None
                if home is None or home is house or row is None or row.home:
                    yield mistake("joint_no_home", (), **told, home=member.home)
                elif (home.office.kind in KANTAKI) != (house.office.kind in KANTAKI):
                    yield mistake("joint_two_services", (), **told)
                if any(one.staff == member.name for one in house.requests):
                    yield mistake("joint_wish_abroad", (), **told, home=member.home)
            elif any(_lists(other, member.name) for other in others):
                yield mistake("joint_two_homes", (), **told)


def _lists(house: Problem, name: str) -> bool:
    """Tell whether a person belongs to a house."""
    return any(member.name == name for member in house.home.staff)
