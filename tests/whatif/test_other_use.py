"""Other use of services after the roster was made: a user's other week, new visits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.cli.whatif import Events, read_events
from scheduler.domain.errors import InputError
from scheduler.domain.forecast import Service
from tests.domain.test_users import V18, day, month
from tests.support.builders import make_roster

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.scenario import Scenario

FEBRUARY = "2027-02-"


def told(problem: Problem, **events: list[str]) -> Scenario:
    roster = make_roster(problem, "")
    return read_events(Events(**events), problem, roster)


def numbers(problem: Problem, scenario: Scenario, service: Service) -> dict[int, int]:
    """Return the numbers of a service that are not 0, by date from the 10th on."""
    applied = scenario.applied_to(problem, make_roster(problem, ""))
    return {
        one.date.day: number
        for one in applied.forecast.days
        if one.date.day >= 10 and (number := getattr(one, service))
    }


def test_another_week_from_a_date_on() -> None:
    """Mon, Wed, Sat become Tue, Thu from Wednesday the 10th; all else is as planned."""
    problem = month([V18])
    scenario = told(problem, use=[f"A={FEBRUARY}10:通い 火木"])
    assert not {12, 14, 19, 21, 26, 28} & {one.date.day for one in scenario.days}
    assert set(numbers(problem, scenario, Service.DAY_USE)) == {11, 16, 18, 23, 25}
    assert set(numbers(problem, scenario, Service.VISIT)) == {14, 16, 21, 23, 28}
    assert set(numbers(problem, scenario, Service.OVERNIGHT)) == {11, 18, 25}
    applied = scenario.applied_to(problem, make_roster(problem, ""))
    (change,) = applied.use_changes
    assert (change.first, change.last) == (day(10), day(28))
    for date in problem.period.dates:
        planned = applied.attendance.day(date)
        assert applied.forecast_by_date[date].day_users == planned.number(
            Service.DAY_USE
        )


def test_a_stay_in_hospital_stays() -> None:
    """So do dates on which something else was said before."""
    away = {"user": "A", "first": "2027-02-15", "last": "2027-02-19"}
    problem = month([V18], changes=[{**away, "reason": "hospital"}])
    scenario = told(problem, use=[f"A={FEBRUARY}10:通い火木"])
    spans = [(one.first.day, one.last and one.last.day) for one in scenario.uses]
    assert spans == [(10, 14), (20, 28)]
    assert set(numbers(problem, scenario, Service.DAY_USE)) == {11, 23, 25}


def test_a_number_that_was_typed_changes_by_who_comes_or_stays_away() -> None:
    typed = {day(10): {"day_users": 7}, day(11): {"day_users": 6}}
    problem = month([V18], typed=typed)
    scenario = told(problem, use=[f"A={FEBRUARY}10..11:通い 火木"])
    found = numbers(problem, scenario, Service.DAY_USE)
    assert (found[10], found[11]) == (6, 7)


@pytest.mark.parametrize(
    ("services", "visits"),
    [
        ("訪問 なし", {}),
        (
            "訪問 +金 9:00-9:30",
            {14: 1, 16: 1, 19: 1, 12: 1, 21: 1, 26: 1, 23: 1, 28: 1},
        ),
        ("訪問 金 9:00-9:30", {12: 1, 19: 1, 26: 1}),
        ("泊まり なし、訪問 火 10:00-10:30 11:00-11:30", {16: 2, 23: 2}),
    ],
)
def test_a_service_ends_or_is_added_to(services: str, visits: dict[int, int]) -> None:
    problem = month([V18])
    scenario = told(problem, use=[f"A={FEBRUARY}10:{services}"])
    assert numbers(problem, scenario, Service.VISIT) == visits


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (f"{FEBRUARY}12=火 10:00-10:30", [16, 23]),
        (f"{FEBRUARY}12..{FEBRUARY}20=火 10:00-10:30", [16]),
        (f"{FEBRUARY}12=10:00-10:30", [12]),
    ],
)
def test_a_further_visit_has_its_time(text: str, dates: list[int]) -> None:
    """Beside those of the number that was typed, which go by the day profile."""
    scenario = told(
        month([V18], typed={day(n): {"visits": 3} for n in dates}), visits=[text]
    )
    assert [one.date.day for one in scenario.days] == dates
    for one in scenario.days:
        assert one.visits == 4
        assert [(span.start, span.end) for span in one.visits_at or ()] == [(600, 630)]


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ({"use": [f"B={FEBRUARY}10:通い 火木"]}, "unknown_user"),
        ({"use": [f"A={FEBRUARY}10:火木"]}, "not_services"),
        ({"use": [f"A={FEBRUARY}10:通い 火、通い 木"]}, "not_services"),
        ({"use": [f"A={FEBRUARY}10:訪問 火"]}, "not_services"),
        ({"visits": [f"{FEBRUARY}10=火"]}, "not_visits"),
        ({"visits": [f"{FEBRUARY}10=多い"]}, "not_visits"),
        ({"overnight": [f"{FEBRUARY}10=火 10:00-10:30"]}, "not_integer"),
    ],
)
def test_mistakes(events: dict[str, list[str]], code: str) -> None:
    with pytest.raises(InputError) as error:
        told(month([V18]), **events)
    assert code in [one.code for one in error.value.mistakes]


def test_the_rest_of_a_month_alone() -> None:
    """Dates before the first are as they were."""
    problem = month([V18])
    scenario = told(problem, use=[f"A={FEBRUARY}10:通い 火木"])
    applied = scenario.applied_to(problem, make_roster(problem, ""))
    for date in problem.period.dates:
        if date < dt.date(2027, 2, 10):
            known = applied.forecast_by_date[date]
            assert known == problem.forecast_by_date[date]
