"""Limits as conditions and exceptions as requests, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

from scheduler.audit import CHECKS
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.requests import CoverRule, Request
from scheduler.rulebook import load, yielding
from scheduler.wording.findings import exception_name
from scheduler.wording.names import counted_name
from scheduler.wording.places import agreement_text, spot_text
from scheduler.wording.translation import Language, use_language
from tests.support.builders import make_office, make_period, make_problem, make_staff
from tests.support.casefiles import cases
from tests.support.input_offices import agree, day

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Rulebook

RULES = load(make_period())


@pytest.fixture(params=get_args(Language))
def language(request: pytest.FixtureRequest) -> Language:
    """Speak one language after the other."""
    use_language(request.param)
    return request.param


def office() -> Problem:
    """Make an office with every limit that the sentences below tell of."""
    return make_problem(
        [
            make_staff(
                "佐藤",
                nights_max=4,
                nights_min=2,
                days_off_min=9,
                minutes_min=9000,
                minutes_max=9600,
                days_per_week_max=3,
                weekdays=[0, 1, 2, 3, 4],
                public_holidays=False,
                on_call=False,
            ),
            "山田",
        ],
        period=make_period(14, holidays=[day(3)]),
        office=make_office(
            planner_desk=2400,
            planner_desk_early=960,
            nights_in_a_row_most=2,
            days_in_a_row_most=6,
            nights_most=5,
            days_off_together="must",
        ),
        requests=[
            Request.model_validate(
                {"staff": "佐藤", "date": day(14), "want": want, "strength": strength}
            )
            for want, strength in (("paid_leave", "must"), ("not_on_call", "weak"))
        ],
        cover_rules=[
            CoverRule.model_validate(
                {"name": "送迎", "group": "運転", "band": "9:00-10:00", "at_least": 2}
            ),
            CoverRule.model_validate(
                {"name": "早番は1人", "shift": "早", "at_least": 1, "at_most": 1}
            ),
        ],
        pins={
            "duties": [
                {"staff": "佐藤", "date": day(2), "shift": "日", "roles": ["care"]}
            ],
            "on_call": [{"staff": "山田", "date": day(2)}],
        },
    )


SATO = {"staff": "佐藤"}

SAID: list[tuple[str, str, dict[str, Any], int, str, str]] = [
    (
        "L-05",
        "nights_max",
        SATO,
        1,
        "佐藤さんの夜勤は月4回まで（雇用契約）",
        "佐藤さんに夜勤をもう1回お願いする（契約 4回→5回）",
    ),
    (
        "L-05",
        "nights_min",
        SATO,
        1,
        "佐藤さんの夜勤は月2回以上（雇用契約）",
        "佐藤さんの夜勤を1回減らしてもらう（契約の下限 2回→1回）",
    ),
    (
        "L-01",
        "available",
        {**SATO, "date": day(12)},
        1,
        "佐藤さんは12月12日(土)は契約外（契約にない曜日）（雇用契約）",
        "佐藤さんに12月12日(土)に出勤してもらう（契約にない曜日）",
    ),
    (
        "L-01",
        "available",
        {**SATO, "date": day(3)},
        1,
        "佐藤さんは12月3日(木)は契約外（祝日）（雇用契約）",
        "佐藤さんに12月3日(木)に出勤してもらう（祝日）",
    ),
    (
        "L-01",
        "duty",
        {**SATO, "date": day(1), "name": "on_call"},
        1,
        "佐藤さんは宿直をしない契約（12月1日(火)）（雇用契約）",
        "佐藤さんに12月1日(火)の宿直をお願いする（契約では宿直なし）",
    ),
    (
        "L-02",
        "days_off",
        SATO,
        2,
        "佐藤さんの公休は9日以上（雇用契約）",
        "佐藤さんの公休を2日減らしてもらう（9日→7日）",
    ),
    (
        "L-03",
        "hours_max",
        SATO,
        90,
        "佐藤さんの勤務時間は月160時間まで（雇用契約）",
        "佐藤さんに契約より1時間30分長く勤務してもらう（上限 160時間→161時間30分）",
    ),
    (
        "L-04",
        "days_per_week",
        {**SATO, "date": day(1)},
        1,
        "佐藤さんの勤務は週3日まで（11月29日(日)〜12月5日(土)）（雇用契約）",
        "佐藤さんに11月29日(日)〜12月5日(土)の週にもう1日出勤してもらう（週3日→4日）",
    ),
    (
        "W-01",
        "must",
        {**SATO, "date": day(14)},
        1,
        "佐藤さんの12月14日(月)の希望（必須）：有休（希望表）",
        "佐藤さんに12月14日(月)の必須の希望（有休）を取り下げてもらう",
    ),
    (
        "W-02",
        "duty",
        {**SATO, "date": day(2)},
        1,
        "佐藤さんの12月2日(水)は「日(介護)」に固定（固定表）",
        "佐藤さんの12月2日(水)の固定（日(介護)）を外す",
    ),
    (
        "F-13",
        "long_apart_must",
        {**SATO, "date": day(5)},
        1,
        "佐藤さんの12月5日(土)の夜勤（12時間以上）を前の夜勤に続けない（事業所の設定）",
        "佐藤さんに12月5日(土)の夜勤（12時間以上）を、前の夜勤に続けてお願いする",
    ),
    (
        "F-13",
        "day_off_after_must",
        {**SATO, "date": day(6)},
        1,
        "佐藤さんは12月6日(日)（12時間以上の夜勤の明けの翌日）に勤務しない（事業所の設定）",
        "佐藤さんに、12時間以上の夜勤の明けの翌日12月6日(日)の勤務をお願いする",
    ),
    (
        "F-13",
        "nights_in_a_row",
        {**SATO, "date": day(5)},
        1,
        "佐藤さんの夜勤は連続2回まで（12月5日(土)まで続く場合）（事業所の設定）",
        "佐藤さんに連続2回を超えて12月5日(土)の夜勤をお願いする",
    ),
    (
        "A-11",
        "desk",
        {},
        120,
        "計画作成の机上時間は月40時間以上（事業所の設定）",
        "計画作成の机上時間を2時間減らす（月40時間→38時間）",
    ),
    (
        "F-02",
        "month",
        SATO,
        150,
        "佐藤さんの労働時間は法定の総枠 月80時間まで（労働基準法第32条の2）",
        "佐藤さんに36協定の範囲で2時間30分の時間外労働をお願いする"
        "（法定の総枠80時間を超える分）",
    ),
    (
        "K-02",
        "band_must",
        {"date": day(1), "name": "送迎"},
        30,
        "12月1日(火)は 9:00-10:00 運転 2人以上（配置ルール「送迎」）（配置ルール表）",
        "12月1日(火)の配置ルール「送迎」を30分だけゆるめる",
    ),
    (
        "K-02",
        "count_must",
        {"date": day(1), "name": "早番は1人"},
        1,
        "12月1日(火)は 「早」 ちょうど1人（配置ルール「早番は1人」）（配置ルール表）",
        "12月1日(火)の配置ルール「早番は1人」を1人だけゆるめる",
    ),
]
"""Rule, facet, spot, amount; the condition and the request in Japanese."""


@pytest.mark.parametrize(
    ("rule", "facet", "about", "amount", "condition", "asked"), SAID
)
def test_sentences(
    rule: str,
    facet: str,
    about: dict[str, Any],
    amount: int,
    condition: str,
    asked: str,
) -> None:
    """What holds at a spot, and what is asked for, with the problem's numbers."""
    one = agree(rule, facet, amount, **about)
    assert spot_text(one.spot, RULES, office()) == condition
    assert agreement_text(one, RULES, office()) == asked


def test_what_is_agreed_on_already_counts() -> None:
    """One night more is agreed on: the limit is five, and another makes six."""
    one = agree("L-05", "nights_max", 1, staff="佐藤")
    problem = office().model_copy(update={"agreements": (one,)})
    condition = "佐藤さんの夜勤は月5回まで（雇用契約と合意）"
    asked = "佐藤さんに夜勤をもう1回お願いする（契約 5回→6回）"
    assert spot_text(one.spot, RULES, problem) == condition
    assert agreement_text(one, RULES, problem) == asked


def test_the_cap_of_the_law_stays_what_it_is() -> None:
    """Overtime that is agreed on raises no cap: 80 hours in 14 dates."""
    one = agree("F-02", "month", 60, staff="佐藤")
    problem = office().model_copy(update={"agreements": (one,)})
    assert "月80時間まで" in spot_text(one.spot, RULES, problem)
    assert "総枠80時間を" in agreement_text(one, RULES, problem)


def test_a_night_that_law_asks_for() -> None:
    """A limit of the law names its article."""
    spot = Spot(rule="A-06", facet="awake", date=day(14))
    assert spot_text(spot, RULES, office()) == (
        "12月14日(月)の夜は夜勤者1人が必要"
        "（指定地域密着型サービス基準第63条第1項・第5項）"
    )


def test_several_dates_in_one_sentence(language: Language) -> None:
    """What is said in place of the date stands in its place."""
    one = agree("W-02", "duty", 1, staff="佐藤", date=day(2))
    for text in (
        spot_text(one.spot, RULES, office(), when="12/2–12/4"),
        agreement_text(one, RULES, office(), when="12/2–12/4"),
    ):
        assert "12/2–12/4" in text
        assert "12月2日" not in text
        assert "Wed" not in text


def test_names_of_exceptions_differ(language: Language) -> None:
    """No two exceptions are chosen by the same name."""
    names = [exception_name(key) for key in yielding()]
    assert len(set(names)) == len(names)
    assert all(names)


def test_every_breach_of_the_cases_has_its_words(language: Language) -> None:
    """Of whatever is found, the limit is told with its person, date and rule id."""
    told: set[tuple[str, str]] = set()
    for case in cases():
        rulebook = load(case.problem.period)
        for finding in case.found:
            if finding.rule == case.rule:
                spot = rulebook.spot_of(finding)
                _is_told(spot, finding.amount, rulebook, case.problem)
                told.add((finding.rule, finding.facet))
    checked = {
        (rule, name)
        for rule in CHECKS
        for name, facet in RULES[rule].facet.items()
        if not facet.computed
    }
    assert told == checked


def _is_told(spot: Spot, amount: int, rulebook: Rulebook, problem: Problem) -> None:
    texts = [spot_text(spot, rulebook, problem)]
    if (spot.rule, spot.facet) in yielding():
        one = Agreement(spot=spot, amount=amount)
        texts.append(agreement_text(one, rulebook, problem))
    for text in texts:
        assert spot.staff in text
        assert counted_name(spot.name) in text or spot.name == "on_call"
        if spot.date and (spot.rule, spot.facet) != ("L-04", "days_per_week"):
            assert _day(spot) in text
        assert "{" not in text
        assert "None" not in text


def _day(spot: Spot) -> str:
    assert spot.date is not None
    return str(spot.date.day)


def test_a_spot_without_its_limit_is_still_told(language: Language) -> None:
    """Where no wish, pin or limit is, the sentence says so and does not fail."""
    for (rule, facet), record in yielding().items():
        kinds: dict[str, Any] = {"staff": "山田", "date": day(1), "name": "無"}
        about = {part: kinds[part] for part in record.about}
        one = agree(rule, facet, 1, **about)
        assert spot_text(one.spot, RULES, office())
        assert agreement_text(one, RULES, office())
