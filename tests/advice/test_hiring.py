"""One more person brings what a search from scratch says, and no more is told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from scheduler.advice.enlarged import Quality
from scheduler.advice.hiring import (
    CARE,
    DAYS_PER_WEEK,
    EVERY_DAY,
    FRIDAY_AND_SATURDAY,
    MONDAY_TO_FRIDAY,
    NIGHT,
    NIGHTS,
    NURSE,
    ON_CALL,
    SUNDAY_TO_THURSDAY,
    WEEKEND,
    hires,
    kinds,
)
from scheduler.domain.finding import Stance
from scheduler.domain.homes import homes
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from tests.solver.test_reasons import office, wish
from tests.support.fixing import MENDED, least_in_turn
from tests.support.impossible import (
    BAND_MINUTES,
    NIGHTLY,
    days_off_against_hours,
    desk_against_day_cover,
    no_night_worker_pinned,
    one_night_too_many,
    only_nurse_on_leave,
    two_causes,
)
from tests.support.thorough import first_of
from tests.support.tiny import tiny_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.advice.hiring import Recruits
    from scheduler.domain.advice import Hire
    from scheduler.domain.problem import Problem
    from tests.support.impossible import Impossible

QUICK = SearchLimits(seconds=60)
LONG = SearchLimits(seconds=600)
"""So that no row of a small office ends for want of time."""

Rows = dict[tuple["Recruits", tuple[int, ...]], "Hire"]


def hired(problem: Problem, *, on_call: bool = False) -> Rows:
    """Return what every recruit would bring, by kind and weekdays."""
    roster = solve(problem, QUICK).roster
    offered = [
        (kind, days)
        for kind in kinds(problem, on_call=on_call)
        for days in kind.patterns
    ]
    before = Quality.of(problem, roster)
    offered.sort(key=lambda one: not one[0].is_lacking(before))
    found = hires(problem, roster, Search(LONG))
    return dict(zip(offered, found, strict=True))


def test_whoever_does_what_is_short_is_tried_first() -> None:
    """A night is short, and time is up after one: it is somebody for nights."""
    problem = one_night_too_many().problem
    roster = solve(problem, QUICK).roster
    first = next(hires(problem, roster, Search(LONG)))
    assert first.nights
    assert (first.short_before, first.short_after) == (BAND_MINUTES, 0)


def without(problem: Problem, *names: str) -> Problem:
    """Return the problem without some people and without pins."""
    staff = tuple(one for one in problem.staff if one.name not in names)
    pins = type(problem.pins)()
    return problem.model_copy(update={"staff": staff, "pins": pins})


def short(rows: Rows, kind: Recruits) -> dict[tuple[int, ...], int]:
    """Return the minutes short with a recruit of a kind, by weekdays."""
    return {days: hire.short_after for (one, days), hire in rows.items() if one == kind}


def test_a_night_worker_by_weekday() -> None:
    """Guests stay on Wednesday and Saturday, and nobody passes nights."""
    rows = hired(without(no_night_worker_pinned().problem, *NIGHTLY))
    assert {hire.short_before for hire in rows.values()} == {2 * BAND_MINUTES}
    assert short(rows, NIGHT) == {
        EVERY_DAY: 0,
        FRIDAY_AND_SATURDAY: BAND_MINUTES,
        SUNDAY_TO_THURSDAY: BAND_MINUTES,
    }
    by_day = {**short(rows, CARE), **short(rows, NURSE)}
    assert set(by_day.values()) == {2 * BAND_MINUTES}
    assert all(hire.is_best for hire in rows.values())


def test_a_night_worker_where_anybody_may_move() -> None:
    """One night of three is too many: a recruit for any of them is enough."""
    rows = hired(one_night_too_many().problem)
    assert set(short(rows, NIGHT).values()) == {0}
    assert set(short(rows, CARE).values()) == {BAND_MINUTES}


def test_a_nurse_where_a_nurse_is_wanted() -> None:
    """The rule asks for a nurse on a Thursday; no other recruit helps."""
    rows = hired(only_nurse_on_leave().problem)
    assert {hire.musts_before for hire in rows.values()} == {480}
    for (kind, _), hire in rows.items():
        assert hire.musts_after == (0 if kind == NURSE else 480)
        assert hire.is_best


def test_wishes_refused_are_counted() -> None:
    """All three are needed on the Wednesday that one wants off."""
    rows = hired(office(3, 3, [wish("P0", 1)]))
    after = {key: hire.refused_after for key, hire in rows.items()}
    assert {hire.refused_before for hire in rows.values()} == {1}
    assert after[CARE, EVERY_DAY] == after[CARE, MONDAY_TO_FRIDAY] == 0
    assert after[CARE, WEEKEND] == 1
    assert NIGHT not in {kind for kind, _ in rows}


def test_somebody_on_call() -> None:
    """Offered only where a night on call is short of people."""
    problem = without(no_night_worker_pinned().problem)
    nobody = tuple(one.model_copy(update={"on_call": False}) for one in problem.staff)
    rows = hired(problem.model_copy(update={"staff": nobody}), on_call=True)
    assert rows[ON_CALL, EVERY_DAY].short_before == 2 * BAND_MINUTES
    assert rows[ON_CALL, EVERY_DAY].short_after == 0
    assert rows[ON_CALL, EVERY_DAY].on_call
    assert set(short(rows, NIGHT).values()) == {2 * BAND_MINUTES}


def test_what_the_numbers_assume_is_told() -> None:
    """A part-timer works some days of a week, a night worker some nights."""
    rows = hired(only_nurse_on_leave().problem)
    for (kind, days), hire in rows.items():
        assert hire.weekdays == days
        assert hire.nights == (kind == NIGHT)
        assert hire.days_per_week == (None if hire.nights else DAYS_PER_WEEK)
        assert hire.nights_most == (NIGHTS if hire.nights else None)


MAKES = (
    *(desk_against_day_cover, one_night_too_many),
    *(days_off_against_hours, two_causes),
)


@pytest.mark.parametrize("make", first_of(MAKES, 2))
def test_a_search_from_scratch_says_the_same(make: Callable[[], Impossible]) -> None:
    """Law, musts and contracts, solved level by level with the recruit on the list."""
    problem = make().problem
    for (kind, days), hire in hired(problem).items():
        staff = (*problem.staff, kind.member(next(homes(problem)), days))
        enlarged = problem.model_copy(update={"staff": staff})
        values = least_in_turn(enlarged, *MENDED)
        assert hire.short_after == values[Stance.STATUTORY]
        assert hire.musts_after == values[Stance.MUST]
        assert hire.contract_after == values[Stance.CONTRACT]
        assert hire.is_best


def test_nobody_is_proposed_where_nothing_is_wanting() -> None:
    """Nothing is short and every wish granted."""
    problem = tiny_problem()
    roster = solve(problem, QUICK).roster
    assert list(hires(problem, roster, Search(LONG))) == []


def test_a_search_asked_to_stop_tells_nothing() -> None:
    """Nor one that has no time."""
    problem = only_nurse_on_leave().problem
    roster = solve(problem, QUICK).roster
    stop = threading.Event()
    stop.set()
    assert list(hires(problem, roster, Search(LONG, stop))) == []
    assert list(hires(problem, roster, Search(SearchLimits(seconds=0)))) == []


def test_a_name_that_nobody_has() -> None:
    """A recruit is somebody else, whatever people are called."""
    problem = office(2, 1, [])
    names = {one.name for one in problem.staff}
    for _ in range(3):
        member = CARE.member(next(homes(problem)), EVERY_DAY)
        assert member.name not in names
        names.add(member.name)
        problem = problem.model_copy(update={"staff": (*problem.staff, member)})
