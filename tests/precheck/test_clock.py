"""Hours at which too few can be there whoever has leave, and what would mend them.

The day band is 6:00-21:00.  早 is 7:00-16:00, 遅 10:30-19:30 and 夜 17:00-33:00 with
two hours of break after midnight, so that from 6:00 to 7:00 and from 19:30 to 21:00
only 夜 is there.  Nobody comes by day; guests leave at 9:00 and return at 17:00.  A
passes the night before the first date.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.domain.clock import Interval
from scheduler.domain.office import HouseRatio
from scheduler.domain.precheck import Line, Mend, Verdict
from scheduler.domain.requests import CoverRule, MetBy, Request
from scheduler.precheck import precheck
from scheduler.precheck.by_clock import hours_of
from scheduler.precheck.mends import mended
from scheduler.wording.names import name_of
from scheduler.wording.precheck import line_text
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)
from tests.support.judge import Judge, speaks_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

SHIFTS = (
    make_shift("早", "7:00-16:00", ["11:00-12:00", "12:00-13:00"]),
    make_shift("遅", "10:30-19:30", ["14:00-15:00", "15:00-16:00"]),
    make_shift("夜", "17:00-33:00", ["24:00-26:00", "26:00-28:00"]),
)
NAMES = "ABCDEFGHIJ"
ONE_AT_NIGHT = CoverRule(name="夜勤は1人", shift="夜", at_most=1)
MORNING = (6 * 60, 7 * 60)
EVENING = (19 * 60 + 30, 21 * 60)


def office(
    guests: Any = 4,
    *,
    people: int = 8,
    rules: Any = (ONE_AT_NIGHT,),
    days: int = 4,
    **fields: Any,
) -> Problem:
    """Make an office of people who do everything, for some guests each night."""
    period = make_period(days)
    settings = {"rest_least": 480, **fields.pop("settings", {})}
    profile = make_profile(guests_return="17:00")
    return make_problem(
        [make_staff(name, shifts=["早", "遅", "夜"]) for name in NAMES[:people]],
        period=period,
        shifts=SHIFTS,
        office=make_office(contact_system=True, profiles=[profile], **settings),
        forecast=make_forecast(
            period, 0, guests, overnight_before=fields.pop("eve", 3)
        ),
        cover_rules=rules,
        tail=fields.pop("tail", "A 夜"),
        **fields,
    )


def apart(problem: Problem) -> list[Line]:
    """Return the lines as they were before those on the same hours were merged."""
    return [one for line in precheck(problem) for one in line.merged or (line,)]


def short(problem: Problem, code: str = "hours_short") -> dict[tuple[int, int], Line]:
    """Return the lines on hours, by the hours they speak of."""
    lines = [one for one in apart(problem) if one.code == code]
    return {(int(o.facts["begin"]), int(o.facts["end"])): o for o in lines}


def days_of(line: Line) -> list[int]:
    return [date.day for date in line.dates]


def test_four_guests_and_one_at_night() -> None:
    """Four guests want two people, 夜 is one; the first morning has three guests."""
    found = short(office())
    assert found.keys() == {MORNING, EVENING}
    for hours, days in ((MORNING, [2, 3, 4]), (EVENING, [1, 2, 3, 4])):
        line = found[hours]
        assert (line.verdict, line.required, line.possible) == (
            Verdict.IMPOSSIBLE,
            2,
            1,
        )
        assert days_of(line) == days
        assert line.rules == ("夜勤は1人",)
        assert line.facts["shifts"] == "夜"
    assert short(office(guests=3)) == {}


def test_all_dates_of_a_cause_are_one_line() -> None:
    """Four guests on the first and the third: two evenings, and the mornings after."""
    found = short(office(guests=[4, 3, 4, 0]))
    assert days_of(found[EVENING]) == [1, 3]
    assert days_of(found[MORNING]) == [2, 4]


def test_more_than_one_at_night() -> None:
    """The rule allows two, is a wish, speaks of others, or of other dates."""
    two = ONE_AT_NIGHT.model_copy(update={"at_most": 2})
    wished = ONE_AT_NIGHT.model_copy(update={"must": False})
    others = ONE_AT_NIGHT.model_copy(update={"group": "新人"})
    for rule in (two, wished, others):
        assert short(office(rules=[rule])) == {}
    tuesdays = ONE_AT_NIGHT.model_copy(update={"weekdays": (1,)})
    found = short(office(rules=[tuesdays]))
    assert (days_of(found[EVENING]), days_of(found[MORNING])) == ([1], [2])


def test_a_rule_on_hours_counts_too() -> None:
    """At most one in care from 20:00 to 22:00: short from 20:00 to 21:00, all by it."""
    rule = CoverRule.model_validate(
        {"name": "夜間", "role": "care", "band": "20:00-22:00", "at_most": 1}
    )
    found = short(office(rules=[rule]))
    assert found.keys() == {(20 * 60, 21 * 60)}
    rule = rule.model_copy(update={"band": Interval(21 * 60, 22 * 60)})
    assert short(office(rules=[rule])) == {}


def test_a_task_on_top_needs_one_more() -> None:
    """Three guests need one from 6:00 to 7:00, who is there; a task beside it two."""
    task = CoverRule(name="朝食", band=Interval(*MORNING), at_least=1)
    assert MORNING not in short(office(3, rules=(ONE_AT_NIGHT, task)))
    on_top = task.model_copy(update={"met_by": MetBy.ON_TOP})
    line = short(office(3, rules=(ONE_AT_NIGHT, on_top)))[MORNING]
    assert (line.required, line.possible) == (2, 1)
    assert "訪問や上乗せの仕事の職員1人" in line_text(line)


def test_two_rules_at_once() -> None:
    """Five of a group, of whom one may come, and three others: four at once."""
    rule = CoverRule(name="組", group="新人", at_most=1)
    problem = office(guests=12, rules=[rule], people=8)
    staff = [
        one.model_copy(update={"groups": ("新人",)}) if one.name in "ABCDE" else one
        for one in problem.staff
    ]
    problem = problem.model_copy(update={"staff": tuple(staff)})
    assert EVENING not in short(problem)
    more = office(guests=13, rules=[rule], people=8).model_copy(
        update={"staff": tuple(staff)}
    )
    line = short(more)[EVENING]
    assert (line.required, line.possible) == (5, 4)


def test_nobody_may_begin_a_night() -> None:
    """Without guests nobody need be awake; by day somebody must be there (A-04)."""
    none = ONE_AT_NIGHT.model_copy(update={"name": "夜勤なし", "at_most": 0})
    found = short(office(guests=0, rules=[none]))
    assert (found[EVENING].required, found[EVENING].possible) == (1, 0)
    assert days_of(found[MORNING]) == [2, 3, 4]
    lines = [one for one in precheck(office(rules=[none])) if one.code == "night_date"]
    assert {date.day for one in lines for date in one.dates} == {1, 2, 3, 4}


def test_the_morning_of_the_first_date() -> None:
    """Last month nobody was there: no rule is to blame, and no shift is left."""
    found = [
        one for one in apart(office(guests=3, tail="A 休")) if one.code == "hours_short"
    ]
    (line,) = found
    assert (days_of(line), line.required, line.possible) == ([1], 1, 0)
    assert line.rules == ()


def test_leave_is_told_with_its_people() -> None:
    """Of two people one has leave on the second: that date is short for it alone."""
    leave = Request.model_validate(
        {"staff": "A", "date": FIRST.replace(day=2), "want": "day_off",
         "strength": "must"}
    )  # fmt: skip
    problem = office(people=2, rules=(), requests=[leave])
    assert short(problem) == {}
    lines = [one for one in apart(problem) if one.code == "care_people"]
    told = [one for one in lines if one.verdict is Verdict.IMPOSSIBLE]
    # After last month's night only 夜 is left to A on the first, and it would reach
    # into the second; and A's 夜 of the second is missing on the third.
    hours = {(one.facts["begin"], one.facts["end"], *days_of(one)) for one in told}
    assert hours == {
        (17 * 60, 21 * 60, 1),
        (6 * 60, 9 * 60, 2),
        (17 * 60, 21 * 60, 2),
        (6 * 60, 7 * 60, 3),
    }
    assert all(one.obstacles for one in told)


def test_what_fails_for_one_reason_is_one_line() -> None:
    """A's leave on the second: the evening and the morning after it have one cause."""
    leave = {"staff": "A", "date": FIRST.replace(day=2), "want": "day_off"}
    asked = Request.model_validate({**leave, "strength": "must"})
    problem = office(people=2, rules=(), requests=[asked])
    told = [
        line_text(one)
        for one in precheck(problem)
        if one.code == "care_people" and one.verdict is Verdict.IMPOSSIBLE
    ]
    assert len(told) == 2
    assert told[0].endswith("同じ理由で、12月2日(水) 6:00-9:00も足りません。")
    assert told[1].endswith("同じ理由で、12月3日(木) 6:00-7:00も足りません。")


def test_nights_of_the_whole_period() -> None:
    """Four evenings of two: eight nights, of people with one night each.

    Of seven people there is one too few, whatever rule is lifted.
    """
    settings = {"nights_most": 1}
    assert short(office(rules=(), settings=settings), "hours_span") == {}
    line = short(office(rules=(), people=7, settings=settings), "hours_span")[EVENING]
    assert (line.required, line.possible) == (8, 7)
    assert line.verdict is Verdict.IMPOSSIBLE
    # Where a rule leaves the hours short already, nothing is said twice.
    assert short(office(people=7, settings=settings), "hours_span") == {}


def test_only_a_night_of_last_month_is_counted_beside_the_limits_of_this() -> None:
    """Four mornings of one: A passed the night before the first, and has one more.

    So has B, who was on 早 on the eve: one morning is missing.
    """
    settings = {"nights_most": 1}
    problem = office(3, rules=(), people=2, tail="A 夜\nB 早", settings=settings)
    line = short(problem, "hours_span")[MORNING]
    assert (line.required, line.possible) == (4, 3)
    assert "A 2夜、B 1夜）。（うちAの1夜は前月最後の夜勤です。）" in line_text(line)
    # A sum told in a roster of before does not say whose.
    facts = {name: told for name, told in line.facts.items() if name != "carried"}
    assert "前月" not in line_text(line.model_copy(update={"facts": facts}))


# -- what would mend it ----------------------------------------------------------------


def mends(problem: Problem, hours: tuple[int, int]) -> list[Mend]:
    return list(short(problem)[hours].mends)


BAND = Mend(code="night_band", facts={"begin": 19 * 60 + 30, "end": 31 * 60})
RATIO = Mend(code="house_ratio")
EARLY = Mend(code="shift_hours", facts={"symbol": "早", "begin": 360, "end": 900})
LATE = Mend(code="shift_hours", facts={"symbol": "遅", "begin": 720, "end": 1260})
TWO = Mend(code="cover_most", facts={"name": "夜勤は1人", "most": 2})


@pytest.mark.parametrize(
    ("tail", "is_told"), [("A 早", True), ("A 夜", False), ("", True)]
)
def test_a_night_that_last_month_lacks(*, tail: str, is_told: bool) -> None:
    """Nobody passes the night before the first date: it may not have been written."""
    found = [one for one in precheck(office(3, tail=tail)) if one.code == "hours_short"]
    assert bool(found) == is_told
    for line in found:
        assert (days_of(line), hours_of(line)) == ([1], Interval(*MORNING))
        assert line.facts["eve"] == "夜"
        assert "「前月」シートでは、11月30日(月)に「夜」の人がいません。" in line_text(
            line
        )


def test_what_would_mend_the_hours() -> None:
    """One longer night band for both; the ratio, the shift beside them, the rule."""
    assert mends(office(), MORNING) == [BAND, RATIO, EARLY, TWO]
    assert mends(office(), EVENING) == [BAND, RATIO, LATE, TWO]


def test_a_second_night_is_no_help_where_nights_are_too_few() -> None:
    """Eight nights are wanted with two at night, and people have one each: 7 or 8."""
    settings = {"nights_most": 1}
    assert TWO in mends(office(settings=settings), EVENING)
    assert TWO not in mends(office(people=7, settings=settings), EVENING)


def test_dates_that_are_short_anyway_hide_no_others() -> None:
    """On the fourth nobody may; two on each of three dates are six nights."""
    rules = [
        ONE_AT_NIGHT.model_copy(update={"weekdays": (1, 2, 3)}),
        CoverRule(name="金曜の夜勤なし", shift="夜", weekdays=(4,), at_most=0),
    ]
    for people, helps in ((6, True), (5, False)):
        problem = office(people=people, rules=rules, settings={"nights_most": 1})
        lines = [one for one in apart(problem) if one.code == "hours_short"]
        of_rule = [one for one in lines if one.rules == ("夜勤は1人",)]
        assert [days_of(one) for one in of_rule] == [[1, 2, 3], [2, 3, 4]]
        assert all((TWO in one.mends) == helps for one in of_rule)


def test_the_ratio_is_no_help_where_the_law_wants_somebody() -> None:
    """Without guests one is wanted all the same, and no 夜 may begin."""
    none = ONE_AT_NIGHT.model_copy(update={"at_most": 0})
    one = TWO.model_copy(update={"facts": {"name": "夜勤は1人", "most": 1}})
    assert mends(office(guests=0, rules=[none]), EVENING) == [BAND, LATE, one]


def test_a_shift_is_no_help_that_leaves_other_hours_short() -> None:
    """Only 遅 is there from 16:00 to 17:00 and 早 before 10:30: one cannot be moved.

    Four guests from 16:00 on want two, and A to H are eight: with 早 from 6:00 to 15:00
    nothing is short.  Of two people both are needed at 19:30, and one of them is gone.
    """
    few = office(people=1, rules=(), guests=[4, 0, 0, 0])
    assert LATE not in [mend for line in short(few).values() for mend in line.mends]


@pytest.mark.parametrize(
    "together", [(BAND,), (RATIO,), (EARLY, LATE), (TWO,)], ids=lambda one: one[0].code
)
def test_mends_by_the_model(together: tuple[Mend, ...]) -> None:
    """What the lines say cannot be kept is kept by some roster once it is mended."""
    changed = problem = office(people=10)
    for mend in together:
        changed = mended(changed, mend)
    before, after = Judge(problem), Judge(changed)
    for line in short(problem).values():
        assert any(mend in line.mends for mend in together)
        asked = partial(speaks_of, line, forbidding=frozenset({"夜勤は1人"}))
        assert not before.can_keep(asked)
        assert after.can_keep(asked)


def test_a_mended_problem_is_one_entry_away() -> None:
    """Each change is where its sentence says."""
    problem = office()
    assert mended(problem, BAND).office.night_band == (19 * 60 + 30, 31 * 60)
    settings = mended(problem, RATIO).office.settings
    assert settings.house_ratio is HouseRatio.GUIDELINE
    early = mended(problem, EARLY).shift_by_symbol["早"]
    assert early.interval == (6 * 60, 15 * 60)
    assert early.breaks == (((10 * 60, 11 * 60),), ((11 * 60, 12 * 60),))
    assert mended(problem, TWO).cover_rules[0].at_most == 2


def test_it_is_said_where_to_change_what() -> None:
    """Sheet, entry and the new value stand in the sentence."""
    problem = office()
    text = line_text(short(problem)[MORNING])
    ratio = name_of(mended(problem, RATIO).office.settings.house_ratio)
    for part in (
        "6:00-7:00",
        "2人必要（在所の利用者4人）",
        "「夜」だけ",
        "「夜勤は1人」",
        "「事業所」シートの「夜間帯」を19:30-翌7:00",
        f"1日のどの時刻にも守りますか」を「{ratio}」",
        "「勤務」シートの「早」を6:00-15:00",
        "「配置ルール」シートの「夜勤は1人」の上限を2人",
    ):
        assert part in text


def test_one_line_for_the_same_hours() -> None:
    """From Monday two are needed and one may come; on Sunday one, and nobody may.

    The ratio, or a rule, would mend only some of the dates; what mends all is told.
    The 6th, 13th, 20th and 27th are Sundays.
    """
    rules = [
        ONE_AT_NIGHT.model_copy(update={"weekdays": (0, 1, 2, 3, 4, 5)}),
        CoverRule(name="日曜の夜勤なし", shift="夜", weekdays=(6,), at_most=0),
    ]
    guests = [0 if day in (6, 13, 20, 27) else 4 for day in range(1, 29)]
    problem = office(guests=guests, rules=rules, days=28, people=9)
    (evening,) = (
        one
        for one in precheck(problem)
        if one.code == "hours_short_merged" and hours_of(one) == EVENING
    )
    assert len(evening.dates) == 28
    assert {(one.required, one.possible) for one in evening.merged} == {(2, 1), (1, 0)}
    assert evening.rules == ("夜勤は1人", "日曜の夜勤なし")
    assert list(evening.mends) == [BAND, LATE]
    assert "日は同時に2人必要" in line_text(evening)
