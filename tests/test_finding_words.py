"""A finding as a sentence: what it is about, and both sides in their own unit."""

from __future__ import annotations

import pytest

from scheduler.audit import audit
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.rulebook import load
from scheduler.wording.findings import finding_text
from tests.casefiles import cases

SENTENCES = {
    ("F-11", "T-27: late to 21:00, early from 7:00"): "必要 11時間、予定 10時間",
    ("F-13", "six days of work in a row"): "上限 5日、予定 6日",
    ("K-01", "7 users need a third"): "必要 3人、予定 2人",
    ("F-06", "mornings after a night are no holidays"): "12月6日(日)〜12月12日(土) A",
    ("F-01", "a night of 15 hours of work"): "12月1日(火) A",
    ("K-02", "nobody at work from 9:00 to 10:00"): "(送迎)",
    ("P-01", "together: a late shift of nine hours, four of them with the early one"): (
        "一緒に組む相手がいない勤務 (B)"
    ),
    ("C-03", "four in the month"): "上限 3日、予定 4日",
    ("P-05", "late, then early"): "上限 0分、予定 5時間",
    ("L-01", "a Saturday in a contract of Mondays to Fridays"): "(契約にない曜日)",
    ("M-01", "two nights against none: a whole time away, just"): "(夜勤)",
    ("W-01", "a shift that was not wanted"): "(「遅」以外の勤務)",
    ("W-01", "the morning off, and a day shift"): "(午前休み)",
    ("W-02", "another shift in the fixed cell"): "(早 → 日)",
    ("W-02", "a day off in place of the fixed shift"): "(早 → 公休)",
    ("W-02", "fixed in a role, done in another"): "(早(管理) → 早(介護))",
    ("W-02", "half a day in the fixed role"): "(早(管理) → 早(管理・介護))",
    ("W-02", "another on call in the fixed night"): "(B → A)",
    ("D", "a stated reason"): "(通い)",
}


@pytest.mark.parametrize(("rule", "name"), SENTENCES)
def test_a_sentence_says_what_it_is_about(rule: str, name: str) -> None:
    """The sentence of the first finding of a case holds the words."""
    case = next(one for one in cases() if (one.rule, one.name) == (rule, name))
    found = audit(case.problem, case.roster)
    finding = next(one for one in found if one.rule == rule)
    text = finding_text(finding, load(case.problem.period))
    assert SENTENCES[rule, name] in text


def test_every_finding_of_the_cases_has_a_sentence() -> None:
    """No finding is without words, whatever its facts."""
    for case in cases():
        rulebook = load(case.problem.period)
        for finding in audit(case.problem, case.roster):
            assert rulebook[finding.rule].id in finding_text(finding, rulebook)


@pytest.mark.parametrize(
    ("agreed", "said"), [(480, "［合意済み 8時間］"), (1, "1分］")]
)
def test_a_sentence_says_what_was_agreed(agreed: int, said: str) -> None:
    """Wholly or in part: the sentence tells how much of it was agreed on."""
    name = "six days of 8 hours in 7 dates"
    case = next(one for one in cases() if (one.rule, one.name) == ("F-02", name))
    spot = Spot(rule="F-02", facet="month", staff=StaffId("A"))
    agreements = (Agreement(spot=spot, amount=agreed),)
    problem = case.problem.model_copy(update={"agreements": agreements})
    found = audit(problem, case.roster)
    finding = next(one for one in found if one.rule == "F-02")
    assert said in finding_text(finding, load(problem.period))
