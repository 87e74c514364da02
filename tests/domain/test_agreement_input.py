"""What may be agreed on: spots that are none, and limits that do not hold anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import consistency
from scheduler.domain.requests import CoverRule, Pair, Request
from scheduler.rulebook import yielding
from scheduler.wording.findings import exception_name
from scheduler.wording.mistakes import mistake_text
from tests.support.builders import make_office, make_period, make_problem, make_staff
from tests.support.input_offices import agree, by_hand, day, put_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.agreements import Agreement
    from scheduler.domain.problem import Problem


def agreed(problem: Problem, *agreements: Agreement) -> Problem:
    return problem.model_copy(update={"agreements": agreements})


def mistakes_of(problem: Problem, *agreements: Agreement) -> list[tuple[str, Any]]:
    found = consistency.mistakes(agreed(problem, *agreements))
    assert all(mistake_text(one) for one in found)
    return [(one.code, one.loc) for one in found]


@pytest.mark.parametrize(
    ("rule", "facet"),
    [("A-06", "awake"), ("A-03", "daily"), ("F-09", "night_work"), ("F-13", "nothing")],
)
def test_what_never_gives_way(rule: str, facet: str) -> None:
    """Law, and limits that there are none of, have no exceptions."""
    found = mistakes_of(by_hand(), agree(rule, facet, 1))
    assert found == [("never_gives_way", ("agreements", 0, "spot", "facet"))]


@pytest.mark.parametrize(
    ("number", "fits"),
    # Weeks begin on Sundays: 1 to 5 December, and from the 6th on.
    [(1, True), (2, False), (5, False), (6, True), (7, False)],
)
def test_a_week_is_named_by_its_first_date(number: int, fits: bool) -> None:
    """The first date of the week that lies in the period stands for the week."""
    one = agree("L-04", "days_per_week", 1, staff="桜", date=day(number))
    found = mistakes_of(by_hand(), one)
    wrong = [("agreement_in_week", ("agreements", 0, "spot", "date"))]
    assert found == ([] if fits else wrong)


@pytest.mark.parametrize(
    ("most", "amount", "code"),
    [
        (None, 1, "overtime_unknown"),
        (600, 600, ""),
        (600, 601, "overtime_above"),
        (0, 1, "overtime_above"),
    ],
)
def test_overtime_within_the_agreement(
    most: int | None, amount: int, code: str
) -> None:
    """F-02 gives way as far as the agreement of article 36 allows (F-08)."""
    problem = make_problem(office=make_office(overtime_most=most))
    found = mistakes_of(problem, agree("F-02", "month", amount, staff="A"))
    assert found == ([(code, ("agreements", 0, "amount"))] if code else [])


@pytest.mark.parametrize(("rule", "facet"), yielding())
def test_every_exception_needs_its_spot_whole(rule: str, facet: str) -> None:
    """Whatever a limit speaks of must be named, and nothing else."""
    about = yielding()[rule, facet].about
    office = make_office(overtime_most=600)
    bare = mistakes_of(make_problem(office=office), agree(rule, facet, 1))
    loc = ("agreements", 0, "spot")
    assert bare == [(f"agreement_needs_{part}", (*loc, part)) for part in about]
    full = agree(rule, facet, 1, staff="A", date=day(1), name="日")
    found = mistakes_of(make_problem(office=office), full)
    told = {code for code, _loc in found if code.startswith("agreement_without")}
    rest = {"staff", "date", "name"} - set(about)
    assert told == {f"agreement_without_{part}" for part in rest}


def test_exceptions_are_chosen_from_the_list_beside(tmp_path: Path) -> None:
    """Excel offers every line of the table the same list, which names them all."""
    path = tmp_path / "office.xlsx"
    put_by_hand(path)
    sheet = load_workbook(path)["個別合意"]
    offered = [
        rule.formula1
        for rule in sheet.data_validations.dataValidation
        if "A4" in rule.sqref and "A16" in rule.sqref
    ]
    last = 3 + len(yielding())
    assert offered == [f"$H$4:$H${last}"]
    names = [cell.value for (cell,) in sheet[f"H4:H{last}"]]
    assert names == [exception_name(key) for key in yielding()]


HOLDING: list[tuple[str, str, dict[str, Any], bool]] = [
    ("L-02", "days_off", {"staff": "A"}, True),
    ("L-02", "days_off", {"staff": "B"}, False),
    ("L-05", "nights_max", {"staff": "A"}, True),
    ("L-05", "nights_max", {"staff": "B"}, False),
    ("F-13", "nights_most", {"staff": "A"}, False),
    ("F-13", "nights_in_a_row", {"staff": "A", "date": day(1)}, True),
    ("A-11", "desk", {}, True),
    ("K-01", "must", {"date": day(1)}, False),
    ("K-02", "band_must", {"date": day(1), "name": "送迎"}, True),
    ("K-02", "band_must", {"date": day(2), "name": "送迎"}, False),
    ("L-01", "available", {"staff": "A", "date": day(5)}, True),
    ("L-01", "available", {"staff": "A", "date": day(4)}, False),
    ("L-01", "available", {"staff": "A", "date": day(3)}, True),
    ("L-01", "available", {"staff": "B", "date": day(3)}, False),
    ("L-01", "duty", {"staff": "A", "date": day(1), "name": "夜"}, True),
    ("L-01", "duty", {"staff": "A", "date": day(1), "name": "日"}, False),
    ("L-01", "duty", {"staff": "A", "date": day(1), "name": "on_call"}, True),
    ("L-01", "duty", {"staff": "B", "date": day(1), "name": "on_call"}, False),
    ("P-01", "apart_must", {"staff": "A"}, True),
    ("P-01", "apart_must", {"staff": "B"}, False),
    ("P-01", "together_must", {"staff": "A"}, False),
    ("P-01", "together_must", {"staff": "B"}, False),
    ("P-03", "must", {"staff": "A"}, True),
    ("P-06", "must", {"staff": "A"}, False),
    ("W-01", "must", {"staff": "A", "date": day(1)}, True),
    ("W-01", "must", {"staff": "A", "date": day(2)}, False),
    ("W-02", "duty", {"staff": "A", "date": day(1)}, True),
    ("W-02", "duty", {"staff": "A", "date": day(2)}, False),
    ("W-02", "on_call", {"staff": "B", "date": day(2)}, True),
    ("W-02", "on_call", {"staff": "B", "date": day(3)}, False),
]
"""Whether there is anything to agree on, in the office below."""


@pytest.mark.parametrize(("rule", "facet", "about", "holds"), HOLDING)
def test_a_limit_that_does_not_hold(
    rule: str, facet: str, about: dict[str, Any], holds: bool
) -> None:
    """An exception to a limit that is none changes nothing: a warning, no mistake."""
    bound = {"days_off_min": 2, "nights_max": 1, "weekdays": [0, 1, 2, 3, 4]}
    problem = make_problem(
        [
            make_staff(
                "A", shifts=["日"], on_call=False, public_holidays=False, **bound
            ),
            make_staff("B"),
            make_staff("C"),
        ],
        period=make_period(holidays=[day(3)]),
        office=make_office(
            house_ratio="report", planner_desk=480, days_off_together="must"
        ),
        requests=[
            Request.model_validate(
                {"staff": "A", "date": day(i), "want": "day_off", "strength": strength}
            )
            for i, strength in enumerate(("must", "strong"), start=1)
        ],
        cover_rules=[
            CoverRule.model_validate(
                {"name": "送迎", "band": "9:00-10:00", "weekdays": [1], "at_least": 1}
            )
        ],
        pairs=[
            Pair.model_validate(
                {"first": one, "second": other, "kind": k, "must": must}
            )
            for one, other, k, must in (
                ("A", "B", "apart", True),
                ("B", "C", "together", False),
            )
        ],
        pins={
            "duties": [{"staff": "A", "date": day(1), "off": "day_off"}],
            "on_call": [{"staff": "B", "date": day(2)}],
        },
    )
    one = agree(rule, facet, 1, **about)
    assert mistakes_of(problem, one) == []
    told = [w.code for w in consistency.warnings(agreed(problem, one))]
    assert ("agreement_idle" in told) is not holds
