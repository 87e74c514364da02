"""A reason is true: grant the wish, drop what it names, and it becomes possible."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scheduler.audit.figures.people import refused_wishes
from scheduler.domain.advice import Reason
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.requests import CoverRule, Request, Strength, Want
from scheduler.rulebook import load
from scheduler.solver.budgets import BUDGETS, Reach, ReasonBudget
from scheduler.solver.reasons import nearness
from scheduler.solver.solve import SearchLimits, Solution, solve
from scheduler.wording.reasons import reason_text
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_shift,
    make_staff,
)
from tests.support.thorough import first_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

QUICK = SearchLimits(seconds=60)
ABOVE = (Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)


DAY = make_shift("日", "9:00-13:00", [])
NIGHT = make_shift("夜", "16:00-33:00", ["24:00-25:00"])


def office(people: int, needed: int, requests: list[Request], days: int = 4) -> Problem:
    """Make an office open for four hours a day, which needs so many people."""
    return make_problem(
        [make_staff(f"P{i}", shifts=["日"]) for i in range(people)],
        days=days,
        shifts=[DAY],
        office=make_office(contact_system=True, night_band="13:00-33:00"),
        cover_rules=[CoverRule(name="日", shift=DAY.symbol, at_least=needed)],
        requests=requests,
    )


def night_office(requests: list[Request]) -> Problem:
    """Make a week with a guest in its fourth night, and one person who can pass it."""
    period = make_period(7)
    return make_problem(
        [make_staff("P0", shifts=["夜"]), make_staff("P1", shifts=["日"])],
        period=period,
        shifts=[DAY, NIGHT],
        office=make_office(contact_system=True),
        forecast=make_forecast(period, overnight=[0, 0, 0, 1, 0, 0, 0]),
        requests=requests,
    )


def wish(name: str, day: int, strength: str = "strong") -> Request:
    """Wish for a day off."""
    date = make_period(day + 1, FIRST).last
    return Request(
        staff=name, date=date, want=Want.DAY_OFF, strength=Strength(strength)
    )


def refused(problem: Problem, solution: Solution) -> set[Request]:
    """Return the requests that a roster does not grant."""
    return set(refused_wishes(problem, solution.roster))


def values(solution: Solution) -> dict[Stance, int]:
    """Return the value of each level."""
    return {outcome.level: outcome.value for outcome in solution.outcomes}


def check_truth(problem: Problem, solution: Solution, reason: Reason) -> None:
    """Hold a reason against two more searches."""
    before = values(solution)
    kept = [
        request.model_copy(update={"strength": Strength.MUST})
        for request in problem.requests
        if request not in refused(problem, solution)
    ]
    granted = reason.request.model_copy(update={"strength": Strength.MUST})

    def granting(others: list[Request]) -> dict[Stance, int]:
        asked = (*others, granted)
        return values(solve(problem.model_copy(update={"requests": asked}), QUICK))

    # With everything else kept, something must be lost.
    insisted = granting(kept)
    assert any(insisted[level] > before[level] for level in ABOVE)
    # Without what the reason names, nothing more than it names is.
    names = {(one.staff, one.date) for one in reason.gives_way}
    eased = granting([one for one in kept if (one.staff, one.date) not in names])
    rulebook = load(problem.period)
    for level in ABOVE:
        named = sum(
            finding.amount * rulebook.facet_of(finding).weight
            for finding in reason.breaches
            if finding.stance is level
        )
        assert eased[level] <= before[level] + named


def test_two_wishes_for_one_day_off() -> None:
    """Of three people two are needed; the second wish would take the first one's."""
    problem = office(3, 2, [wish("P0", 1), wish("P1", 1), wish("P2", 3)])
    solution = solve(problem, QUICK)
    (lost,) = refused(problem, solution)
    (reason,) = solution.roster.reasons
    kept = next(r for r in problem.requests[:2] if r != lost)
    assert (reason.request, reason.gives_way) == (lost, (kept,))
    assert reason.same_worth
    assert not reason.breaches
    check_truth(problem, solution, reason)


def test_a_wish_that_would_leave_too_few() -> None:
    """All three are needed; a day off breaks the office's rule on its date."""
    problem = office(3, 3, [wish("P0", 1)])
    solution = solve(problem, QUICK)
    (reason,) = solution.roster.reasons
    (breach,) = reason.breaches
    assert (breach.rule, breach.date) == ("K-02", reason.request.date)
    assert (breach.required, breach.actual) == (3, 2)
    check_truth(problem, solution, reason)


@pytest.mark.parametrize(
    ("days", "is_least", "text"),
    [(None, True, "かなえると："), (3, False, "かなえる案で見つかったもの：")],
)
def test_a_loss_is_the_least_only_where_the_whole_month_was_searched(
    days: int | None, is_least: bool, text: str
) -> None:
    """Near the date one person is missing; that elsewhere less would do is open."""
    problem = office(3, 3, [wish("P0", 1)])
    reasons = ReasonBudget(around_wish=(Reach(days, 6.0),))
    limits = replace(QUICK, budgets=replace(BUDGETS, reasons=reasons))
    (reason,) = solve(problem, limits).roster.reasons
    assert len(reason.breaches) == 1
    assert reason.is_least is is_least
    assert reason_text(reason, load(problem.period)).startswith(text)


def test_who_else_has_leave_is_named() -> None:
    """The fourth, who could do it, has the same day off as a must."""
    asked = [wish("P0", 1), wish("P2", 1, "must"), wish("P1", 1, "weak")]
    problem = office(4, 3, asked)
    solution = solve(problem, QUICK)
    reasons = {reason.request.staff: reason for reason in solution.roster.reasons}
    assert set(reasons) == {"P0", "P1"}
    assert all(len(reason.breaches) == 1 for reason in reasons.values())
    assert all(reason.others == ("P2",) for reason in reasons.values())


def test_a_strong_wish_is_not_weighed_against_two_weak_ones_by_chance() -> None:
    """The wish that gives way may weigh more; then fairness is not what decided."""
    problem = office(3, 2, [wish("P0", 1), wish("P1", 1, "weak")])
    (reason,) = solve(problem, QUICK).roster.reasons
    assert reason.request.staff == "P1"
    assert [one.staff for one in reason.gives_way] == ["P0"]
    assert not reason.same_worth


@pytest.mark.parametrize("seed", first_of(range(3), 1))
def test_reasons_of_random_wishes_are_true(seed: int) -> None:
    """Five people, three needed, four dates: every reason stands the test."""
    rnd = random.Random(seed)
    asked = sorted({(rnd.randrange(5), rnd.randrange(4)) for _ in range(14)})
    strengths = ["strong", "strong", "weak"]
    wishes = [wish(f"P{p}", d, rnd.choice(strengths)) for p, d in asked]
    problem = office(5, 3, wishes)
    solution = solve(problem, QUICK)
    told = {one.request for one in solution.roster.reasons}
    assert told == refused(problem, solution)
    assert told
    for reason in solution.roster.reasons:
        assert reason.breaches or reason.gives_way
        check_truth(problem, solution, reason)


def test_a_reason_in_words() -> None:
    """One line names the rule, the clock and the date."""
    problem = night_office([wish("P0", 3)])
    (reason,) = solve(problem, QUICK).roster.reasons
    text = reason_text(reason, load(problem.period))
    assert "夜勤の不在" in text
    assert "12月4日" in text
    assert "21:00" in text
    assert "\n" not in text


def test_a_reason_from_an_older_file_is_read() -> None:
    """A breach of a guideline was one of a wish of the office; others stay."""
    asked = wish("P0", 1).model_dump()
    old = {"stance": "wish", "unit": "times", "amount": 1, "required": 1, "actual": 0}
    facets = [("K-02", "band_wish"), ("P-03", "wish"), ("W-01", "weak")]
    breaches = [{**old, "rule": rule, "facet": facet} for rule, facet in facets]
    read = Reason.model_validate({"request": asked, "breaches": breaches})
    assert [(f.stance.value, f.facet) for f in read.breaches] == [
        ("guideline", "band_guideline"),
        ("guideline", "guideline"),
        ("wish", "weak"),
    ]
    again = Reason.model_validate_json(read.model_dump_json())
    assert again == read


def test_a_setting_from_an_older_file_is_read() -> None:
    """What is a guideline was called a wish."""
    made = make_office(house_ratio="wish", weekend_off="wish")
    assert made.settings.house_ratio is HouseRatio.GUIDELINE
    assert made.settings.weekend_off is Hold.GUIDELINE


def of_few_hours(requests: list[Request], least: int) -> Problem:
    """Make a week in which A has so many hours of 日 to work; the others are enough."""
    return make_problem(
        [
            make_staff("A", shifts=["日"], minutes_min=least),
            *(make_staff(name, shifts=["日"]) for name in "BCD"),
        ],
        days=7,
        shifts=[DAY],
        office=make_office(contact_system=True, night_band="13:00-33:00"),
        requests=requests,
    )


def test_the_own_contract_is_the_nearest_cause() -> None:
    """Seven dates less one are 24 hours, less two 20: with 22 to work, one is refused.

    Which of the two is granted is open; the reason names the other.
    """
    problem = of_few_hours([wish("A", 1), wish("A", 4)], 22 * 60)
    solution = solve(problem, QUICK)
    (reason,) = solution.roster.reasons
    (granted,) = (one for one in problem.requests if one != reason.request)
    assert reason.own is not None
    assert (reason.own.code, reason.own.required) == ("hours_min", 22 * 60)
    assert reason.own.possible == 20 * 60
    assert reason.beside == (granted,)
    text = reason_text(reason, load(problem.period))
    assert "契約は22時間以上" in text
    assert "最大20時間" in text
    both = of_few_hours(list(problem.requests), 20 * 60)
    assert solve(both, QUICK).roster.reasons == ()


def test_a_wish_that_the_contract_alone_forbids() -> None:
    """All seven dates are needed for 28 hours: the wish is refused whatever else is."""
    problem = of_few_hours([wish("A", 2), wish("B", 4)], 28 * 60)
    (reason,) = solve(problem, QUICK).roster.reasons
    assert (reason.request.staff, reason.beside) == ("A", ())
    assert reason.own is not None
    assert reason.own.possible == 24 * 60
    assert "この希望をかなえると" in reason_text(reason, load(problem.period))


def test_the_nearest_breach_is_named_first() -> None:
    """The own contract, the date, the own dates, contracts of others, other dates."""
    asked = wish("A", 3)
    facts = {"rule": "K-01", "facet": "must", "stance": "must", "unit": "minutes"}
    sides = {"amount": 1, "required": 1, "actual": 0}

    def breach(people: tuple[str, ...], day: int | None) -> Finding:
        date = None if day is None else FIRST.replace(day=day)
        return Finding.model_validate(
            {**facts, **sides, "people": people, "date": date}
        )

    elsewhere, undated = breach((), 7), breach(("B",), None)
    on_date, own, own_undated = breach((), 4), breach(("A",), 9), breach(("A",), None)
    given = [elsewhere, undated, on_date, own, own_undated]
    assert sorted(given, key=lambda one: nearness(one, asked)) == [
        own_undated,
        on_date,
        own,
        undated,
        elsewhere,
    ]
