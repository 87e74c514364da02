"""Why a guideline is missed at a place: what keeping it there would have cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.summary import summarise
from scheduler.domain.finding import Stance
from scheduler.domain.requests import CoverRule, Request
from scheduler.rulebook import load
from scheduler.solver.reasons import TRADES
from scheduler.solver.solve import SearchLimits, solve
from scheduler.wording.reasons import (
    left_line,
    left_text,
    obstacle_text,
    obstacle_texts,
)
from scheduler.wording.verdict import summary_texts, verdict_line
from tests.support.builders import (
    FIRST,
    make_office,
    make_problem,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.solver.solve import Solution

QUICK = SearchLimits(seconds=60, workers=2)
DAY = make_shift("日", "9:00-13:00", [])


def office(
    people: int, *rules: CoverRule, requests: tuple[Request, ...] = (), days: int = 3
) -> Problem:
    """Make an office that is open for four hours a day and needs two by law."""
    return make_problem(
        [make_staff(f"P{i}", shifts=["日"]) for i in range(people)],
        days=days,
        shifts=[DAY],
        office=make_office(contact_system=True, night_band="13:00-33:00"),
        cover_rules=rules,
        requests=requests,
    )


def aim(name: str, **limits: int) -> CoverRule:
    """Return a guideline on the people of the shift."""
    fields = {"name": name, "shift": DAY.symbol, "must": False, **limits}
    return CoverRule.model_validate(fields)


def solved(problem: Problem) -> Solution:
    """Solve, and say what is told of the guidelines that are missed."""
    solution = solve(problem, QUICK)
    missed = [one for one in solution.findings if one.stance is Stance.GUIDELINE]
    assert [one.finding for one in solution.roster.obstacles] == missed
    return solution


def test_a_wish_stands_in_the_way() -> None:
    """Three are aimed at and there are three, of whom one asked for the second off."""
    wish = Request.model_validate(
        {"staff": "P2", "date": FIRST.replace(day=2), "want": "day_off"}
    )
    solution = solved(office(3, aim("三人", at_least=3), requests=(wish,)))
    [obstacle] = solution.roster.obstacles
    assert obstacle.finding.date == wish.date
    assert obstacle.gives_way == (wish,)
    assert obstacle.breaches == ()
    assert obstacle.is_least


def test_another_guideline_stands_in_the_way() -> None:
    """At least three and at most two cannot both be: one is missed on each date."""
    solution = solved(office(3, aim("多く", at_least=3), aim("少なく", at_most=2)))
    assert len(solution.roster.obstacles) == 3
    for obstacle in solution.roster.obstacles:
        name = obstacle.finding.facts["name"]
        [other] = obstacle.breaches
        assert {name, other.facts["name"]} == {"多く", "少なく"}
        assert other.date == obstacle.finding.date
        assert not obstacle.gives_way


def test_another_guideline_is_named_when_only_the_last_search_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where everything may give way, what is lost of guidelines is told all the same.

    It was "the search ended before it could be kept", below "no better is possible".
    """
    monkeypatch.setattr("scheduler.solver.reasons.TRADES", TRADES[-1:])
    solution = solved(office(3, aim("多く", at_least=3), aim("少なく", at_most=2)))
    assert len(solution.roster.obstacles) == 3
    for obstacle in solution.roster.obstacles:
        [other] = obstacle.breaches
        assert other.facts["name"] != obstacle.finding.facts["name"]
        assert not obstacle.unfinished


def test_nobody_can() -> None:
    """Three are aimed at and there are two: nothing that gives way helps."""
    solution = solved(office(2, aim("三人", at_least=3), days=1))
    [obstacle] = solution.roster.obstacles
    assert obstacle.impossible
    assert (obstacle.breaches, obstacle.gives_way) == ((), ())


def test_nothing_is_missed() -> None:
    """Then nothing is asked, and nothing told."""
    problem = office(2, aim("一人", at_least=1))
    solution = solved(problem)
    assert solution.roster.obstacles == ()
    summary = summarise(problem, solution.roster, audit(problem, solution.roster))
    assert Stance.GUIDELINE not in {one.level for one in summary.remaining}


def test_what_is_told() -> None:
    """Wishes and guidelines are two numbers; each place has its reason."""
    wish = Request.model_validate(
        {"staff": "P2", "date": FIRST.replace(day=2), "want": "day_off"}
    )
    problem = office(3, aim("三人", at_least=3), requests=(wish,))
    solution = solved(problem)
    rulebook = load(problem.period)
    summary = summarise(problem, solution.roster, solution.findings)
    texts = {one.level: left_text(one) for one in summary.remaining}
    line = left_line(summary.remaining)
    [obstacle] = summary.obstacles
    told = obstacle_text(obstacle, rulebook)
    ended = obstacle.model_copy(update={"is_least": False})
    alike = obstacle_texts([obstacle.finding], summary.obstacles, rulebook)
    assert line == "残っていること：目安を外れた箇所 1か所"
    assert texts[Stance.GUIDELINE] == "目安を外れた箇所 1か所"
    assert Stance.WISH not in texts
    assert told == "守ると：P2 12月2日(水) 休（希望）をかなえられません。"
    assert obstacle_text(ended, rulebook) == (
        "守る案で見つかったもの：P2 12月2日(水) 休（希望）をかなえられません。"
        "もっと軽く済む案があるかは、確かめ終えていません。"
    )
    assert alike == (f"理由：{told}",)
    # Law and contracts, wishes, guidelines, and how nights are spread.
    assert list(summary_texts(summary)) == [
        verdict_line(summary.kept),
        "希望は1件のうち1件をかなえました。",
        "事業所の目安は、1か所で守れていません。",
    ]
    spread = summary.model_copy(update={"nights": (1, 4), "remaining": ()})
    assert list(summary_texts(spread))[2:] == [
        "事業所の目安は、すべて守れています。",
        "夜勤は1人1回から4回です。",
    ]
    alone = summary.model_copy(update={"nights": (3, 3), "wishes_asked": 0})
    assert list(summary_texts(alone))[-1] == "夜勤はどの人も3回です。"
