"""A finding as a sentence: what it is about, and both sides in their own unit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scheduler.audit import audit
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding, Stance, Unit
from scheduler.rulebook import load
from scheduler.wording.findings import finding_text, finding_words, rule_title
from scheduler.wording.gathered import gathered, gathered_texts
from scheduler.wording.names import short_names
from scheduler.wording.times import dates_told
from tests.support.builders import make_period
from tests.support.casefiles import cases

SENTENCES = {
    ("F-11", "T-27: late to 21:00, early from 7:00"): "目安 11時間、予定 10時間",
    ("F-13", "six days of work in a row"): "目安 5日、予定 6日",
    ("K-01", "7 users need a third"): "必要 3人、予定 2人",
    ("F-06", "mornings after a night are no holidays"): "12月6日(日)〜12月12日(土) A",
    ("F-01", "a night of 15 hours of work"): "12月1日(火) A",
    ("K-02", "nobody at work from 9:00 to 10:00"): "（送迎）",
    ("P-01", "together: a late shift of nine hours, four of them with the early one"): (
        "一緒に組む相手がいない勤務（B）"
    ),
    ("C-03", "four in the month"): "上限 3日、予定 4日",
    ("P-05", "late, then early"): "目安 0分、予定 5時間",
    ("L-01", "a Saturday in a contract of Mondays to Fridays"): "（契約にない曜日）",
    ("M-01", "two nights against none: a whole time away, just"): "（夜勤）",
    ("W-01", "a shift that was not wanted"): "（「遅」以外の勤務）",
    ("W-01", "the morning off, and a day shift"): "（午前休み）",
    ("W-02", "another shift in the fixed cell"): "（早 → 日）",
    ("W-02", "a day off in place of the fixed shift"): "（早 → 公休）",
    ("W-02", "fixed in a role, done in another"): "（早(管理) → 早(介護)）",
    ("W-02", "half a day in the fixed role"): "（早(管理) → 早(管理・介護)）",
    ("W-02", "another on call in the fixed night"): "（B → A）",
    ("D", "a stated reason"): "（通い）",
    ("A-07", "nobody stays, and nobody is named for calls"): (
        "（法令上、この夜の夜勤・宿直は不要） （目安 1人、予定 0人）"
    ),
}


@pytest.mark.parametrize(("rule", "name"), SENTENCES)
def test_a_sentence_says_what_it_is_about(rule: str, name: str) -> None:
    """The sentence of the first finding of a case holds the words."""
    case = next(one for one in cases() if (one.rule, one.name) == (rule, name))
    found = case.found
    finding = next(one for one in found if one.rule == rule)
    text = finding_text(finding, load(case.problem.period))
    assert SENTENCES[rule, name] in text


def test_every_finding_of_the_cases_has_a_sentence() -> None:
    """No finding is without words, whatever its facts."""
    for case in cases():
        rulebook = load(case.problem.period)
        for finding in case.found:
            title = rule_title(rulebook[finding.rule])
            assert title in finding_text(finding, rulebook)


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


RULEBOOK = load(make_period(31))


def lone_break(day: int, person: str, begin: int = 24) -> Finding:
    """Return the note of a lone night worker's break of an hour."""
    midnight = dt.datetime(2026, 12, day)
    return found(
        rule="A-06",
        facet="lone_break",
        stance=Stance.REPORT,
        people=(person,),
        date=midnight.date(),
        begin=midnight + dt.timedelta(hours=begin),
        end=midnight + dt.timedelta(hours=begin + 1),
    )


def nurse(day: int, actual: int = 0) -> Finding:
    """Return a morning without the nurses that a guideline of the office asks for."""
    midnight = dt.datetime(2026, 12, day)
    return found(
        rule="K-02",
        facet="band_guideline",
        stance=Stance.GUIDELINE,
        unit=Unit.PERSON_MINUTES,
        required=2,
        actual=actual,
        date=midnight.date(),
        begin=midnight + dt.timedelta(hours=10),
        end=midnight + dt.timedelta(hours=12),
        facts={"name": "看護職員"},
    )


def nights(person: str, stance: Stance = Stance.ENFORCED) -> Finding:
    """Return more nights of a person than the contract has."""
    return found(
        rule="L-05", facet="nights_max", stance=stance, people=(person,), actual=2
    )


def found(**fields: Any) -> Finding:
    defaults = {"unit": Unit.TIMES, "amount": 1, "required": 1, "actual": 0}
    return Finding.model_validate({**defaults, **fields})


def test_every_night_is_one_line() -> None:
    """31 equal notes are one, whoever worked in each of the nights."""
    people = ("A", "B", "C")
    notes = [lone_break(day, people[day % 3]) for day in range(1, 32)]
    [text] = gathered_texts(notes, RULEBOOK)
    assert text.startswith(
        "12月1日(火)〜12月31日(木)（31日） 翌0:00-翌1:00 夜勤1人＋宿直1人："
    )
    assert "A、" not in text


def test_one_night_alone_names_its_person() -> None:
    """Nothing is left out where there is nothing to put together."""
    [text] = gathered_texts([lone_break(3, "佐藤")], RULEBOOK)
    assert text.startswith("12月3日(木) 翌0:00-翌1:00 佐藤 夜勤1人＋宿直1人：")


def short_rest(day: int, evening: float = 21) -> Finding:
    """Return a rest from the evening before to 7:00, found on the date of the shift."""
    midnight = dt.datetime(2026, 12, day)
    return found(
        rule="F-11",
        facet="wished",
        stance=Stance.GUIDELINE,
        unit=Unit.MINUTES,
        required=660,
        actual=int((31 - evening) * 60),
        people=("A",),
        date=midnight.date(),
        begin=midnight + dt.timedelta(hours=evening - 24),
        end=midnight + dt.timedelta(hours=7),
    )


def test_a_rest_begins_on_the_day_before() -> None:
    """One date, not two; equal ones are one line, and so are many that touch."""
    first, second = short_rest(2), short_rest(9)
    assert gathered_texts([first], RULEBOOK)[0].startswith(
        "12月2日(水) 前日21:00-7:00 A 勤務間インターバル："
    )
    [both] = gathered_texts([first, second], RULEBOOK)
    assert both.startswith("12月2日(水)、12月9日(水)（2日） 前日21:00-7:00 A ")
    many = [short_rest(n, 20.5 + n % 4 / 2) for n in range(2, 10)]
    [one] = gathered(many, RULEBOOK, by_clock=True)
    assert "前日20:30-7:00のうち" in one.text


def test_another_clock_time_is_another_line() -> None:
    notes = [lone_break(1, "A"), lone_break(2, "A", 25), lone_break(3, "A")]
    first, second = gathered(notes, RULEBOOK)
    assert [one.date.day for one in first.findings if one.date] == [1, 3]
    assert first.text.startswith("12月1日(火)、12月3日(木)（2日） 翌0:00-翌1:00 A ")
    assert second.text.startswith("12月2日(水) 翌1:00-翌2:00 A ")


def test_another_number_is_another_line() -> None:
    """One of two is missing on the first, both on the others."""
    texts = gathered_texts([nurse(1, actual=1), nurse(8), nurse(15)], RULEBOOK)
    assert len(texts) == 2
    assert texts[1].startswith(
        "12月8日(火)、12月15日(火)（2日） 10:00-12:00 事業所の配置ルール："
    )
    assert "（看護職員）" in texts[1]


def test_what_is_broken_is_told_person_by_person() -> None:
    """Only what is merely shown is put together whoever it concerns."""
    assert len(gathered_texts([nights("A"), nights("B")], RULEBOOK)) == 2


def test_the_order_is_that_of_the_first_of_each() -> None:
    texts = gathered_texts([nurse(2), lone_break(3, "A"), nurse(9)], RULEBOOK)
    assert ["配置ルール" in text for text in texts] == [True, False]


def test_what_was_agreed_is_told_person_by_person() -> None:
    """It is only shown as well, but it is that person's agreement."""
    own = [
        nights(name, Stance.REPORT).model_copy(update={"facts": {"agreed": 1}})
        for name in ("A", "B")
    ]
    assert [text.split()[0] for text in gathered_texts(own, RULEBOOK)] == ["A", "B"]


def test_shortages_at_the_same_clock_time_are_one_line() -> None:
    """One of two missing on two dates, both on one: one line with the worst."""
    short = [nurse(1, actual=1), nurse(8), nurse(15, actual=1)]
    (line,) = gathered(short, RULEBOOK, by_clock=True)
    assert "（3日）" in line.text
    assert "（目安 2人、予定 0人）" in line.text
    assert line.text.endswith("［人数・時間は最も悪い日］")
    assert (line.places, line.words.when) == (
        3,
        "12月1日(火)、12月8日(火)、12月15日(火)（3日） 10:00-12:00",
    )
    assert line.words.sides == "（目安 2人、予定 0人） ［人数・時間は最も悪い日］"
    (plain,) = gathered(short[::2], RULEBOOK, by_clock=True)
    assert plain.text == gathered_texts(short[::2], RULEBOOK)[0]


def at(number: int, begin: int, end: int) -> Finding:
    """Return a shortage of nurses at other hours."""
    midnight = dt.datetime(2026, 12, number)
    hours = {"begin": begin, "end": end}
    when = {name: midnight + dt.timedelta(hours=one) for name, one in hours.items()}
    return nurse(number).model_copy(update=when)


def test_many_clock_times_that_touch_are_one_line() -> None:
    """Four of one rule: those from 10 to 14 touch, the one from 15 stands apart."""
    short = [at(1, 12, 14), at(2, 10, 12), at(3, 11, 13), at(4, 15, 16)]
    told = [one.text for one in gathered(short, RULEBOOK, by_clock=True)]
    assert len(told) == 2
    assert told[0].startswith("12月1日(火)〜12月3日(木)（3日） 10:00-14:00のうち ")
    assert told[1].startswith("12月4日(金) 15:00-16:00 ")
    # Three are told one by one, as are those of the page beside each cell.
    assert len(gathered(short[1:], RULEBOOK, by_clock=True)) == 3
    assert len(gathered(short, RULEBOOK)) == 4


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((1, 2, 8, 9), "12月1日(火)〜12月2日(水)、12月8日(火)〜12月9日(水)"),
        ((1, 8, 15, 22), "12月1日(火)〜12月22日(火)の火曜（4日）"),
        ((1, 3, 8, 10), "12月1日(火)〜12月10日(木)の火・木曜（4日）"),
        (
            (1, 3, 8, 11),
            "12月1日(火)、12月3日(木)、12月8日(火)、12月11日(金)",
        ),
        (
            (1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 22),
            "12月1日(火)〜12月22日(火)のうち（11日）",
        ),
    ],
)
def test_many_dates_are_written_by_weekday(days: tuple[int, ...], text: str) -> None:
    """A few are listed; every one of a weekday by that; the rest counted."""
    assert dates_told(dt.date(2026, 12, day) for day in days) == text


def test_only_the_source_names_the_rule() -> None:
    """Sentences say what is wrong; the number of the rule stands with its source."""
    words = finding_words(nurse(1), RULEBOOK)
    assert "K-02" in words.source
    assert "K-02" not in " ".join((*words[:-1], finding_text(nurse(1), RULEBOOK)))


def test_a_short_name_is_the_first_part_of_a_name() -> None:
    """Parts end at a blank or a middle dot; it goes on where others begin alike."""
    names = ("髙橋　悦子", "ソウ・イェッ・ナイン", "佐藤一", "森 太一", "森 太郎")
    short = short_names(map(StaffId, names))
    assert list(short.values()) == ["髙橋", "ソウ", "佐藤一", "森 太一", "森 太郎"]
    assert short_names(["ソウ・マウン", "ソウ・イェッ"])["ソウ・マウン"] == "ソウ・マ"
