"""One time for all that is searched, and what there is no time for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import Wanted, advise, make, needs_advice
from scheduler.cli.advice import advice_data, advice_text
from scheduler.domain.advice import Step
from scheduler.rulebook import load
from scheduler.solver.budgets import BUDGETS
from scheduler.solver.search import Search, SearchLimits
from scheduler.solver.solve import solve
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem

if TYPE_CHECKING:
    from scheduler.solver.solution import Solution

ALL = (Step.CAUSES, Step.SETTINGS, Step.REPAIRS, Step.HIRES)
LIMITS = SearchLimits(60, workers=2)


@pytest.fixture(scope="module")
def short() -> Solution:
    """Return the best roster of an office without staff on its first date."""
    solution = solve(tiny_problem(**AWAY_ON_FIRST), LIMITS)
    assert needs_advice(solution)
    return solution


# --- the clock


def test_a_part_takes_no_more_than_is_left() -> None:
    whole = Search(SearchLimits(10))
    assert whole.another(4).limits.seconds == 4
    assert whole.another(400).limits.seconds <= 10


def test_work_of_a_part_is_work_of_the_whole() -> None:
    """A repeatable search counts work: 3 and 4 of 10 leave 3, and 1 of the 5."""
    whole = Search(SearchLimits(10, repeatable=True))
    part = whole.another(5)
    whole.spend(3)
    part.spend(4)
    assert (whole.left, part.left) == (3, 1)
    assert whole.another(5).left == 3


@pytest.mark.parametrize(
    ("left", "parts", "share"),
    [
        # As long as they need, each takes what it takes at most.
        (100, (25, 45, 30), 25),
        (200, (25, 45, 30), 25),
        # Half of the time: half of it each.
        (50, (25, 45, 30), 12.5),
        (10, (40,), 10),
    ],
)
def test_less_time_is_shared(
    left: float, parts: tuple[float, ...], share: float
) -> None:
    search = Search(SearchLimits(left, repeatable=True))
    assert search.share(*parts) == share


# --- what there is no time for


def test_advice_without_time_is_left_out_and_said(short: Solution) -> None:
    """No search is begun, only what sums show is claimed, and each part is named."""
    problem = tiny_problem(**AWAY_ON_FIRST)
    told = advise(problem, short, SearchLimits(0.0))
    assert told.roster.advice is not None
    assert told.roster.advice.left_out == ALL
    rulebook = load(problem.period)
    parts = advice_text(problem, told.roster, rulebook).split("\n\n")
    sums, unknown, left_out = parts
    assert "12月1日(火) 7:00-21:00: 同時に1人必要" in sums
    assert "まだ分かりません" in unknown
    assert "1日で延べ14時間（12月1日(火)）" in unknown
    assert left_out == (
        "時間切れか中止のため、調べていません: "
        "原因、設定の変更、法令を満たすための解決策、職員が1人増えた場合"
    )
    data = advice_data(problem, told.roster, rulebook)
    assert data is not None
    assert data["left_out"] == ["causes", "settings", "repairs", "hires"]


def test_nothing_is_begun_after_the_wish_to_stop() -> None:
    """It comes with the first roster, which stays; what is left out is said."""
    stop = threading.Event()
    heard: list[object] = []

    def hear(progress: object) -> None:
        heard.append(progress)
        stop.set()

    problem = tiny_problem(**AWAY_ON_FIRST)
    wanted = Wanted(one_more=True, candidates=3)
    (solution,) = make(problem, LIMITS, wanted, hear, stop)
    assert heard
    assert solution.roster.advice is not None
    assert solution.roster.advice.left_out == ALL


def test_with_time_nothing_is_left_out() -> None:
    problem = tiny_problem(**AWAY_ON_FIRST)
    (solution,) = make(problem, LIMITS, Wanted())
    assert solution.roster.advice is not None
    assert solution.roster.advice.left_out == ()
    assert solution.roster.advice.sums or solution.roster.advice.causes


def test_the_search_leaves_time_for_what_follows() -> None:
    """Of 60 s two fifths; of very long limits, what advice takes at most."""
    share = BUDGETS.advice.share
    assert min(60 * share, BUDGETS.all_advice) == 24
    assert min(3600 * share, BUDGETS.all_advice) == 110


def test_levels_leave_what_was_kept_back() -> None:
    """With all the time kept back there is a first roster, and no level is searched."""
    problem = tiny_problem()
    solution = solve(problem, LIMITS, follows=LIMITS.seconds)
    assert solution.is_legal
    assert not any(outcome.seconds for outcome in solution.outcomes)
