"""Check that the parts of a problem fit together, and report all mistakes at once.

The types validate single values; checked here are names that must exist, dates that
must lie in the period, breaks that must lie in their shift, and limits that contradict
each other; and what keeps houses from being planned together.  Texts for the codes are
in `scheduler.wording.mistakes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scheduler.audit.consistency import history, office, people, wishes
from scheduler.audit.consistency.history import roster_mistakes
from scheduler.audit.consistency.report import mistake, texts_mistakes
from scheduler.domain.between_houses import may_help, may_lend
from scheduler.domain.errors import Mistake
from scheduler.domain.homes import homes
from scheduler.domain.likeness import look_of
from scheduler.domain.office_kind import KANTAKI, Support
from scheduler.domain.problem import Problem
from scheduler.rulebook import RulebookError, rules_of

__all__ = [
    "joint_mistakes",
    "mistakes",
    "neighbour_mistakes",
    "roster_mistakes",
    "warnings",
]


def mistakes(problem: Problem) -> tuple[Mistake, ...]:
    """Return everything that makes a problem unusable, in the order of its parts.

    Returns
    -------
    tuple of Mistake
        ``loc`` of each is the path to the value in the problem.
    """
    return (
        *texts_mistakes(problem),
        *office.office_mistakes(problem),
        *office.shift_mistakes(problem),
        *office.kind_mistakes(problem),
        *_by_law(problem),
        *people.people_mistakes(problem),
        *history.user_mistakes(problem),
        *history.forecast_mistakes(problem),
        *wishes.request_mistakes(problem),
        *wishes.event_mistakes(problem),
        *people.pair_mistakes(problem),
        *people.limit_mistakes(problem),
        *people.task_mistakes(problem),
        *wishes.pin_mistakes(problem),
        *office.spell_mistakes(problem),
        *history.history_mistakes(problem),
        *history.ledger_mistakes(problem),
        *wishes.agreement_mistakes(problem),
    )


def warnings(problem: Problem) -> tuple[Mistake, ...]:
    """Return oddities of the input that do not prevent a roster but look unintended."""
    return (
        *office.office_warnings(problem),
        *office.profile_warnings(problem),
        *people.people_warnings(problem),
        *history.user_warnings(problem),
        *history.forecast_warnings(problem),
        *wishes.request_warnings(problem),
        *wishes.event_warnings(problem),
        *people.task_warnings(problem),
        *people.pair_warnings(problem),
        *people.newcomer_warnings(problem),
        *wishes.quota_warnings(problem),
        *office.spell_warnings(problem),
        *history.history_warnings(problem),
        *wishes.agreement_warnings(problem),
    )


def _by_law(problem: Problem) -> Iterator[Mistake]:
    try:
        rules_of(problem)
    except RulebookError as error:
        yield mistake("no_rules_for_period", ("period", "first"), rule=error)
        return
    yield from office.above_the_law(problem)
    yield from office.short_breaks(problem)
    yield from office.spell_shifts(problem)
    yield from people.short_times(problem)
    yield from office.break_on_call(problem)


# -- houses planned together, and offices asked for people -----------------------------


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
        office, facts = house.office, {"office": house.office.name}
        if house.period != main.period:
            yield mistake("joint_period", (), **facts)
        if office.main_office and look_of(office.main_office) != look_of(
            main.office.name
        ):
            given = {"name": office.main_office, "main": main.office.name}
            yield mistake("joint_other_main", (), **facts, **given)
        # A kantaki satellite hangs on a kantaki only (art. 171).
        if office.kind in KANTAKI and main.office.kind not in KANTAKI:
            yield mistake("joint_kind", (), **facts)
        if Support.ON_CALL not in office.left_to_main:
            yield mistake("joint_own_on_call", (), **facts)


def _people(houses: Sequence[Problem]) -> Iterator[Mistake]:
    """Find people without a home, with two, or named for both kinds of service."""
    by_name = {house.office.name: house for house in houses}
    for house in houses:
        for member in house.staff:
            facts = {"name": member.name, "office": house.office.name}
            others = [h for h in houses if h is not house]
            if member.home:
                home = by_name.get(member.home)
                row = home.member_by_name.get(member.name) if home else None
                if home is None or home is house or row is None or row.home:
                    yield mistake("joint_no_home", (), **facts, home=member.home)
                elif (home.office.kind in KANTAKI) != (house.office.kind in KANTAKI):
                    yield mistake("joint_two_services", (), **facts)
                if any(one.staff == member.name for one in house.requests):
                    yield mistake("joint_wish_abroad", (), **facts, home=member.home)
            elif any(_lists(other, member.name) for other in others):
                yield mistake("joint_two_homes", (), **facts)


def _lists(house: Problem, name: str) -> bool:
    """Tell whether a person belongs to a house."""
    return any(member.name == name for member in house.home.staff)


def neighbour_mistakes(
    problem: Problem, others: Mapping[str, Problem]
) -> Iterator[tuple[str, Mistake]]:
    """Yield what keeps offices from being asked for people, each with its file.

    Parameters
    ----------
    problem
        The month that may lack people, of one office or of houses together.
    others
        The offices to be asked, by their files.
    """
    houses = [home.problem for home in homes(problem)]
    own = {look_of(house.office.name) for house in houses}
    known: dict[str, str] = {}
    for file, other in others.items():
        name, facts = look_of(other.office.name), {"office": other.office.name}
        if name in own:
            yield file, mistake("neighbour_itself", (), **facts)
        elif name in known:
            yield file, mistake("neighbour_twice", (), **facts, other=known[name])
        known.setdefault(name, file)
        if other.period != problem.period:
            theirs, ours = other.period, problem.period
            dates = {"first": theirs.first, "last": theirs.last}
            wanted = {"since": ours.first, "until": ours.last}
            yield file, mistake("neighbour_period", (), **facts, **dates, **wanted)
        if not any(may_lend(other, house) for house in houses):
            yield file, mistake("neighbour_kind", (), **facts)
        elif not any(may_help(other, member) for member in other.staff):
            yield file, mistake("neighbour_nobody", (), **facts)
