"""Law that may come: off by default, told on request, hand-computed on both sides."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.papers.compliance import compliance
from scheduler.audit.papers.to_come import law_to_come
from scheduler.cli.overview import to_come_texts
from scheduler.rulebook import load, rules_of
from tests.support.builders import (
    make_period,
    make_problem,
    make_roster,
    make_shift,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

APRIL = dt.date(2027, 4, 1)


def month(
    grid: str, tail: str = "", shifts: tuple[tuple[str, str], ...] = ()
) -> tuple[Problem, Roster]:
    """Return one person's month; December 2026 begins on a Tuesday."""
    table = [make_shift("日")] + [make_shift(s, span, []) for s, span in shifts]
    problem = make_problem(
        ["A"], days=len(grid), shifts=table, tail=tail and f"A {tail}"
    )
    return problem, make_roster(problem, f"A {grid}")


def broken(found: tuple[Problem, Roster], rule: str) -> list[tuple[int, int, int]]:
    """Return day, required and actual of what would break a rule."""
    (law,) = [one for one in law_to_come(*found, APRIL) if one.rule.id == rule]
    assert law.findings is not None
    return [(f.date.day, f.required, f.actual) for f in law.findings if f.date]


def test_thirteen_days_in_a_row_are_kept() -> None:
    assert broken(month("日" * 13 + "休"), "Z-01") == []


def test_the_14th_day_and_each_after_it_are_told() -> None:
    found = broken(month("日" * 15 + "休"), "Z-01")
    assert found == [(14, 13, 14), (15, 13, 15)]


def test_last_months_days_count() -> None:
    assert broken(month("日日休", tail="日" * 12), "Z-01") == [(2, 13, 14)]
    assert broken(month("日日休", tail="日" * 11), "Z-01") == []


@pytest.mark.parametrize(
    ("grid", "told"),
    [
        # From Sunday, 6 December, to Saturday, 19 December: two weeks.
        ("休休休休休" + "日日日日日日休日日日日日日日", [(6, 2, 1)]),
        ("休休休休休" + "日日日日日日休日日日日日日休", []),
        ("日日日日日" + "休休日日日日日日日日日日日日", []),
    ],
)
def test_two_holidays_in_two_weeks(grid: str, told: list[tuple[int, int, int]]) -> None:
    """The two weeks of 29 November reach before what is known, and are not judged."""
    problem, roster = month(grid)
    settings = problem.office.settings.model_copy(
        update={"four_weeks_from": dt.date(2026, 12, 6)}
    )
    office = problem.office.model_copy(update={"settings": settings})
    problem = problem.model_copy(update={"office": office})
    assert broken((problem, roster), "Z-02") == told


@pytest.mark.parametrize(("late", "told"), [("12:00-22:00", []), ("12:00-22:01", [2])])
def test_eleven_hours_between_duties(late: str, told: list[int]) -> None:
    found = broken(month("遅日", shifts=(("遅", late),)), "Z-03")
    assert [day for day, *_ in found] == told
    assert [rest for _, rest, _ in found] == [660] * len(told)
    assert [actual for *_, actual in found] == [659] * len(told)


def test_nothing_of_it_is_in_force() -> None:
    """No finding and no page of a roster speaks of it, whatever its dates."""
    whole = make_problem(["A"], period=make_period(15, APRIL))
    roster = make_roster(whole, "A " + "日" * 15)
    findings = audit(whole, roster)
    assert not any(one.rule.startswith("Z") for one in findings)
    lines = compliance(whole, roster, findings)
    assert not any(line.rule.startswith("Z") for line in lines)


def test_only_what_may_hold_by_then_is_asked() -> None:
    found = month("日休")
    assert law_to_come(*found, dt.date(2027, 3, 31)) == []
    ids = [one.rule.id for one in law_to_come(*found, APRIL)]
    assert ids == ["Z-01", "Z-02", "Z-03", "Z-04"]


def test_it_is_told_as_undecided_and_to_be_confirmed() -> None:
    problem, roster = month("遅日", shifts=(("遅", "12:00-22:30"),))
    found = law_to_come(problem, roster, APRIL)
    text = "\n".join(to_come_texts(found, rules_of(problem), APRIL))
    assert "2027年4月" in text
    assert "どれも決まっておらず" in text
    assert "勤務の間は11時間：1件が守れなくなります。" in text
    assert "法定休日をあらかじめ特定：勤務表からは分かりません。" in text
    assert text.count("［要確認：労働基準監督署］") == 4


def test_its_records_are_unconfirmed_and_have_a_date() -> None:
    laws = [rule for rule in load(make_period()).rules if rule.to_come]
    assert [rule.may_hold_from for rule in laws] == [APRIL] * 4
    assert all(rule.confidence.to_be_confirmed and not rule.sides for rule in laws)
