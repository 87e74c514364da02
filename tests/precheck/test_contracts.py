"""Contracts that contradict themselves, the shift table or the month; and what mends.

Seven dates from Tuesday, 1 December, weeks from Sunday: five dates and two.  日 is 480
minutes of work; 夜 is 17:00-33:00 with 800, so that after eight hours of rest the next
夜 may begin on the date on which it ends, and nothing else.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.clock import Interval
from scheduler.domain.events import CalendarEvent
from scheduler.domain.kinds import GIVEN, Spell
from scheduler.domain.precheck import AND, Bound, Line, Mend, Verdict
from scheduler.domain.requests import CoverRule, Request
from scheduler.domain.staff import DateSpan
from scheduler.precheck import precheck
from scheduler.precheck.mends import mended
from scheduler.wording.duties import request_text
from scheduler.wording.precheck import line_text, mend_text
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_shift,
    make_staff,
)
from tests.support.judge import CONTRACTS, Judge, speaks_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

NIGHT = make_shift("夜", "17:00-33:00", ["24:00-26:40", "26:00-28:40"])
DAY = make_shift("日", "9:00-18:00", ["12:00-13:00"])


def office(*, settings: Any = None, requests: Any = (), **person: Any) -> Problem:
    """Make an office of one person, A, who does 日 and 夜 unless a test says."""
    fields = {"shifts": ["日", "夜"], "on_call": False, **person}
    return make_problem(
        [make_staff("A", **fields)],
        days=7,
        shifts=[DAY, NIGHT],
        office=make_office(contact_system=True, rest_least=480, **(settings or {})),
        requests=requests,
    )


def lines(problem: Problem) -> dict[str, Line]:
    """Return the lines on the contract, by code."""
    found = {one.code: one for one in precheck(problem) if one.topic == "contracts"}
    found.pop("contracts_fine", None)
    assert all("{" not in line_text(one) for one in found.values())
    return found


def sides(problem: Problem, code: str) -> tuple[Verdict, int, int] | None:
    """Return what follows from which numbers; nothing, where nothing is said."""
    line = lines(problem).get(code)
    return None if line is None else (line.verdict, line.required, line.possible)


def mends(problem: Problem, code: str) -> dict[str, int]:
    return {one.code: int(one.facts["value"]) for one in lines(problem)[code].mends}


NIGHTS_ALONE = {"shifts": ["夜"], "nights_max": 2}


@pytest.mark.parametrize(
    ("least", "told"),
    [
        (1600, (Verdict.TIGHT, 1600, 1600)),
        (1601, (Verdict.IMPOSSIBLE, 1601, 1600)),
    ],
)
def test_hours_against_nights(least: int, told: Any) -> None:
    """Two nights of 800 at most are 1,600 minutes."""
    problem = office(**NIGHTS_ALONE, minutes_min=least)
    assert sides(problem, "hours_min") == told
    assert lines(problem)["hours_min"].facts["nights"] == 2


def test_what_mends_hours_against_nights() -> None:
    """1,600 minutes, or a third night: 2,400 minutes, which the law allows too."""
    problem = office(**NIGHTS_ALONE, minutes_min=1610)
    assert mends(problem, "hours_min") == {"minutes_min": 1600, "nights_max": 3}
    # More than 2,400 the law forbids, whatever the nights.
    assert mends(office(**NIGHTS_ALONE, minutes_min=2401), "hours_min") == {
        "minutes_min": 1600
    }


def test_hours_against_the_nights_of_the_office() -> None:
    """The person has no limit, and the office allows two nights."""
    problem = office(shifts=["夜"], minutes_min=1610, settings={"nights_most": 2})
    assert sides(problem, "hours_min") == (Verdict.IMPOSSIBLE, 1610, 1600)
    assert mends(problem, "hours_min") == {"minutes_min": 1600, "nights_most": 3}


def test_hours_beside_days() -> None:
    """Four dates beside the days off: 夜 on the last and three of 日, 800 + 3 x 480.

    A second night would make 2,560 with two of 日, which the law forbids, and 2,080
    with one; three nights are 2,400.  On one date more, five of 日 are as much.
    """
    person = {"nights_max": 1, "days_off_min": 3}
    assert sides(office(**person, minutes_min=2240), "hours_min") == (
        Verdict.TIGHT,
        2240,
        2240,
    )
    problem = office(**person, minutes_min=2241)
    assert sides(problem, "hours_min") == (Verdict.IMPOSSIBLE, 2241, 2240)
    assert mends(problem, "hours_min") == {
        "minutes_min": 2240,
        "nights_max": 3,
        "days_off_min": 2,
    }


def test_mornings_of_nights_in_a_row() -> None:
    """Two in a row at most: 1, 2 and 6, 7 leave the fourth and the fifth free."""
    settings = {"nights_in_a_row_most": 2}
    person = {"shifts": ["夜"], "nights_min": 3}
    for owed, told in ((4, (Verdict.IMPOSSIBLE, 3, 2)), (3, None)):
        problem = office(**person, days_off_min=owed, settings=settings)
        assert sides(problem, "nights_min") == told
    problem = office(**person, days_off_min=4, settings=settings)
    assert lines(problem)["nights_min"].facts["bound"] == Bound.DAYS_OFF
    assert mends(problem, "nights_min") == {"nights_min": 2, "days_off_min": 3}


def test_nights_against_days_a_week() -> None:
    """One a week is two in the period: weeks from Sunday, the sixth is one."""
    person = {"shifts": ["夜"], "days_per_week_max": 1}
    assert sides(office(**person, nights_min=2), "nights_min") is None
    problem = office(**person, nights_min=3)
    assert sides(problem, "nights_min") == (Verdict.IMPOSSIBLE, 3, 2)
    assert lines(problem)["nights_min"].facts["bound"] == Bound.WEEKS
    assert mends(problem, "nights_min") == {"nights_min": 2, "days_per_week_max": 2}


def test_nights_against_the_law() -> None:
    """2,400 minutes of the period hold three of 800, four of 600."""
    problem = office(shifts=["夜"], nights_min=4)
    assert sides(problem, "nights_min") == (Verdict.IMPOSSIBLE, 4, 3)
    assert lines(problem)["nights_min"].facts["bound"] == Bound.LAW
    shorter = make_shift("夜", "17:00-33:00", ["24:00-30:00", "25:00-31:00"])
    fits = problem.model_copy(update={"shifts": (DAY, shorter)})
    assert sides(fits, "nights_min") is None


def test_nights_against_hours() -> None:
    """Two nights are 1,600 minutes."""
    person = {"shifts": ["夜"], "nights_min": 2}
    assert sides(office(**person, minutes_max=1600), "nights_min") is None
    problem = office(**person, minutes_max=1599)
    assert sides(problem, "nights_min") == (Verdict.IMPOSSIBLE, 2, 1)
    assert lines(problem)["nights_min"].facts["bound"] == Bound.HOURS
    assert mends(problem, "nights_min") == {"nights_min": 1, "minutes_max": 1600}


def test_nights_against_the_office() -> None:
    """Two promised, the office allows one."""
    problem = office(shifts=["夜"], nights_min=2, settings={"nights_most": 1})
    assert sides(problem, "nights_min") == (Verdict.IMPOSSIBLE, 2, 1)
    assert lines(problem)["nights_min"].facts["bound"] == Bound.LIMIT
    assert mends(problem, "nights_min") == {"nights_min": 1, "nights_most": 2}


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (801, 1599, (Verdict.IMPOSSIBLE, 801, 800)),
        (800, 1599, None),
        (801, 1600, None),
    ],
)
def test_hours_between_two_sums(least: int, most: int, told: Any) -> None:
    """Nights of 800: one is too little and two are too much."""
    problem = office(shifts=["夜"], minutes_min=least, minutes_max=most)
    assert sides(problem, "hours_between") == told


def test_what_mends_hours_between_two_sums() -> None:
    """800 or 1,600 minutes; with 日 there is 960, with a day of leave 800 + 480."""
    limits = {"minutes_min": 801, "minutes_max": 1599}
    problem = office(shifts=["夜"], **limits)
    assert mends(problem, "hours_between") == {"minutes_min": 800, "minutes_max": 1600}
    assert sides(office(**limits), "hours_between") is None
    leave = Request.model_validate({"staff": "A", "date": FIRST, "want": "paid_leave"})
    assert sides(
        office(shifts=["夜"], requests=[leave], **limits), "hours_between"
    ) is (None)


def test_employed_from_mid_month() -> None:
    """From the fifth there are three dates."""
    person = {"shifts": ["日"], "employed": {"first": FIRST.replace(day=5)}}
    assert lines(office(**person, days_off_min=3)) == {}
    problem = office(**person, days_off_min=4)
    assert sides(problem, "days_off") == (Verdict.IMPOSSIBLE, 4, 3)
    assert mends(problem, "days_off") == {"days_off_min": 3}
    problem = office(**person, days_off_min=1, minutes_min=961)
    assert sides(problem, "hours_min") == (Verdict.IMPOSSIBLE, 961, 960)
    assert mends(problem, "hours_min") == {"minutes_min": 960, "days_off_min": 0}


def test_an_agreement_makes_room() -> None:
    """A third night was agreed on."""
    problem = office(**NIGHTS_ALONE, minutes_min=2401)
    spot = Spot.model_validate({"rule": "L-05", "facet": "nights_max", "staff": "A"})
    agreed = problem.model_copy(
        update={"agreements": (Agreement(spot=spot, amount=1),)}
    )
    assert sides(agreed, "hours_min") == (Verdict.IMPOSSIBLE, 2401, 2400)


CONTRADICTIONS = (
    office(**NIGHTS_ALONE, minutes_min=1610),
    office(nights_max=1, days_off_min=3, minutes_min=2241),
    office(shifts=["夜"], nights_min=2, minutes_max=1599),
    office(shifts=["夜"], nights_min=2, settings={"nights_most": 1}),
    office(
        shifts=["夜"],
        nights_min=3,
        days_off_min=4,
        settings={"nights_in_a_row_most": 2},
    ),
    office(shifts=["夜"], minutes_min=801, minutes_max=1599),
    office(shifts=["日"], days_per_week_max=1, minutes_min=961),
    office(shifts=["日"], employed={"first": FIRST.replace(day=5)}, days_off_min=4),
)


@pytest.mark.parametrize("problem", CONTRADICTIONS, ids=range(len(CONTRADICTIONS)))
def test_contradictions_and_mends_by_the_model(problem: Problem) -> None:
    """The model finds no roster either; and one, once any of the changes is made."""
    (line,) = lines(problem).values()
    asked = partial(speaks_of, line, forbidding=frozenset())
    assert not Judge(problem).can_keep(asked)
    assert line.mends
    for mend in line.mends:
        assert Judge(mended(problem, mend)).can_keep(asked), mend


def two_at_night(**limits: Any) -> Problem:
    """Make an office of A and B, who pass nights alone, one a date by a rule."""
    rule = CoverRule(name="夜勤は1人", shift="夜", at_most=1)
    staff = [make_staff(name, shifts=["夜"], on_call=False, **limits) for name in "AB"]
    return make_problem(
        staff,
        days=5,
        shifts=[DAY, NIGHT.model_copy(update={"breaks": ((Interval(1440, 1860),),)})],
        office=make_office(contact_system=True, rest_least=480),
        cover_rules=[rule],
    )


@pytest.mark.parametrize("limits", [{"nights_min": 3}, {"minutes_min": 1081}])
def test_nights_of_all_contracts_together(limits: Any) -> None:
    """Three nights each on five dates, one a date; or so many by hours of 540 each."""
    line = lines(two_at_night(**limits))["nights_together"]
    assert (line.verdict, line.required, line.possible) == (Verdict.IMPOSSIBLE, 6, 5)
    assert line.contract
    assert line.rules == ("夜勤は1人",)
    asked = partial(speaks_of, line, forbidding=frozenset())
    assert not Judge(two_at_night(**limits)).can_keep(asked)
    assert lines(two_at_night(nights_min=2, minutes_min=1080)) == {}


def six_at_night(least: int) -> Problem:
    """Make an office of six who owe three days off; a 夜 takes the next date too.

    Beside the days off are four dates.  Without a night on the last one, n nights and
    the days left make 800 n + 480 (4 - 2 n) = 1,920 - 160 n.  With one on the last
    date the morning after is next month's: 2,400 - 160 n, for at most two nights.
    """
    limits: dict[str, Any] = {"days_off_min": 3, "minutes_min": least}
    limits |= {"shifts": ["日", "夜"], "on_call": False}
    return make_problem(
        [make_staff(name, **limits) for name in "ABCDEF"],
        days=7,
        shifts=[DAY, NIGHT],
        office=make_office(rest_least=660),
        forecast=make_forecast(make_period(7), overnight=1),
    )


def test_nights_that_contracts_leave_room_for() -> None:
    """Six nights before the last: one each at 2,080 minutes, none each at 2,081."""
    assert sides(six_at_night(2080), "contract_nights") == (Verdict.TIGHT, 6, 6)
    problem = six_at_night(2081)
    line = lines(problem)["contract_nights"]
    assert (line.verdict, line.required, line.possible) == (Verdict.IMPOSSIBLE, 6, 0)
    assert line.contract
    assert sides(problem, "hours_min") is not None  # 2,240 by itself: hardly enough
    # With 30 minutes less, 2,051, two nights each as well, one of them the last date's.
    texts = [one.code for one in line.mends]
    assert texts == ["less_minutes_min", "less_days_off_min"]
    assert line.mends[0].facts == {"name": "A\nB\nC\nD\nE\nF", "by": 30}
    for mend in line.mends:
        after = sides(mended(problem, mend), "contract_nights")
        assert after is None or after[0] is Verdict.TIGHT


def test_nights_and_contracts_cannot_all_be_kept() -> None:
    """Nor does the model keep them; but contracts alone, or a night each of 1,760."""

    def asked(spot: Spot) -> bool:
        nights = (spot.rule, spot.facet) == ("A-06", "awake")
        return nights or (spot.rule, spot.facet) in CONTRACTS

    assert Judge(six_at_night(1760)).can_keep(asked)
    judge = Judge(six_at_night(2081))
    assert not judge.can_keep(asked)
    assert judge.can_keep(lambda spot: (spot.rule, spot.facet) in CONTRACTS)


def test_a_sum_of_contracts_explains_what_each_is_short_of() -> None:
    """Hours and days off of its people; nothing of anybody else, and no other limit."""
    line = lines(six_at_night(2081))["contract_nights"]
    assert line.explains(Spot(rule="L-03", facet="hours_min", staff="A"))
    assert line.explains(Spot(rule="L-02", facet="days_off", staff="F"))
    assert not line.explains(Spot(rule="L-03", facet="hours_min", staff="G"))
    assert not line.explains(Spot(rule="L-03", facet="hours_max", staff="A"))


def test_contracts_that_are_tight_alike_are_told_in_one_line() -> None:
    """A and B have 480 minutes a date for 1,920; C is another sum, and D impossible."""
    limits: dict[str, Any] = {"shifts": ["日"], "days_off_min": 3, "on_call": False}
    least = {"A": 1920, "B": 1920, "C": 1900, "D": 1921}
    problem = make_problem(
        [make_staff(name, minutes_min=one, **limits) for name, one in least.items()],
        days=7,
        shifts=[DAY],
        office=make_office(contact_system=True),
    )
    found = [one for one in precheck(problem) if one.code == "hours_min"]
    assert [one.people for one in found] == [("D",), ("A", "B"), ("C",)]
    assert line_text(found[1]).startswith("A、B: 契約は32時間以上")


def nights_limited(**most: int) -> Problem:
    """Make an office with seven nights; the law allows each 40 hours, three of 夜."""
    staff = [make_staff(n, shifts=["夜"], nights_max=one) for n, one in most.items()]
    return make_problem(
        staff,
        days=7,
        shifts=[DAY, NIGHT],
        office=make_office(rest_least=660),
        forecast=make_forecast(make_period(7), overnight=1),
    )


def test_what_mends_too_few_nights() -> None:
    """Six of seven nights: one more of A; five: one more each of A and B."""

    def told(problem: Problem) -> tuple[Mend, ...]:
        (line,) = (one for one in precheck(problem) if one.code == "night_month")
        return line.mends

    (mend,) = told(nights_limited(A=1, B=2, C=3))
    assert mend == Mend(code="more_nights_max", facts={"name": "A", "by": 1})
    assert mend_text(mend) == "「職員」シートのAの「夜勤最多」を1回増やす"
    (mend,) = told(nights_limited(A=1, B=1, C=3))
    assert mend == Mend(code="more_nights_max", facts={"name": "A\nB", "by": 1})
    assert mend_text(mend) == "「職員」シートのA、Bの「夜勤最多」を1回ずつ増やす"
    after = mended(nights_limited(A=1, B=1, C=3), mend)
    assert [one.contract.nights_max for one in after.staff] == [2, 2, 3]
    assert told(after) == ()
    # A alone cannot, whatever the limit.
    assert told(nights_limited(A=1)) == ()
    # A works out her notice, or begins a leave: no night more of hers can be had.
    gone = {"employed": DateSpan(last=FIRST.replace(day=2))}
    short = nights_limited(A=1, B=2, C=3)
    (first, *others) = short.staff
    left = short.model_copy(update={"staff": (first.model_copy(update=gone), *others)})
    dates = {"first": FIRST.replace(day=3), "last": FIRST.replace(day=9)}
    leave = Spell(staff=first.name, kind="休職", **dates)
    away = short.model_copy(update={"kinds": GIVEN, "spells": (leave,)})
    for problem in (left, away):
        (mend,) = told(problem)
        assert mend.facts["name"] == "B"


def test_an_event_is_told_of_in_the_sum_of_hours() -> None:
    """Four dates of 480 and an hour of a meeting are 1,980; the law allows 2,400."""
    meeting = CalendarEvent.model_validate(
        {"name": "会議", "dates": [FIRST], "span": [1080, 1140], "circle": "everybody"}
    )
    problem = office(shifts=["日"], days_off_min=3, minutes_min=1981)
    problem = problem.model_copy(update={"events": (meeting,)})
    assert sides(problem, "hours_min") == (Verdict.IMPOSSIBLE, 1981, 1980)
    assert "勤務4回（1回最長8時間） + 行事などの1時間＝最大33時間" in line_text(
        lines(problem)["hours_min"]
    )


def test_it_is_said_which_cells_to_change() -> None:
    """The person, the sum, the sheet, the columns and the values."""
    problem = office(**NIGHTS_ALONE, minutes_min=1610)
    text = line_text(lines(problem)["hours_min"])
    for part in (
        "A: 契約は26時間50分以上",
        "夜勤2夜（1回13時間20分）＝最大26時間40分",
        "10分足りません",
        "「職員」シートのAの「月の契約時間 から」を26:40",
        "「職員」シートのAの「夜勤最多」を3",
    ):
        assert part in text


def test_a_mend_is_a_plain_value() -> None:
    """What a script reads of it."""
    (first, *_) = lines(office(**NIGHTS_ALONE, minutes_min=1610))["hours_min"].mends
    assert first == Mend(code="minutes_min", facts={"name": "A", "value": 1600})


PART = {"employed": {"first": "2026-12-16"}, "day_minutes": 480, "shifts": ["日"]}


@pytest.mark.parametrize(
    ("contract", "offered"),
    [
        # 160 to 168 h and 10 days off of a whole December. From the 16th on there are
        # 16 of 31 dates: 20 and 21 days of work are 10 and 11, days off are 5.
        (
            {"minutes_min": 9600, "minutes_max": 10080, "days_off_min": 10},
            ["part_of_month"],
        ),
        ({"days_off_min": 18}, ["part_of_month"]),
        # The share itself is no whole month's: what is wrong with it is offered.
        ({"minutes_min": 5760, "days_off_min": 5}, ["minutes_min", "days_off_min"]),
    ],
)
def test_a_whole_months_contract_of_somebody_who_came_within_it(
    contract: dict[str, Any], offered: list[str]
) -> None:
    person = make_staff("A", on_call=False, **PART, **contract)
    problem = make_problem(
        [person],
        period=make_period(31),
        shifts=[DAY, NIGHT],
        office=make_office(contact_system=True, rest_least=480),
    )
    found = [one for one in lines(problem).values() if one.is_impossible]
    codes = [mend.code for one in found for mend in one.mends]
    assert codes == offered
    mend = found[0].mends[0]
    if mend.code != "part_of_month":
        return
    after = lines(mended(problem, mend))
    assert not any(one.is_impossible for one in after.values())
    assert "Aさんの在籍は16日なので" in line_text(found[0])
    if "minutes_min" in contract:
        assert (
            "「月の契約時間 から」80:00、「月の契約時間 まで」88:00、「公休日数」5"
            in (line_text(found[0]))
        )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("less_minutes_min", "から」を8時間"),
        ("less_days_off_min", "公休日数」を480日"),
        ("more_minutes_max", "まで」を8時間"),
        ("more_nights_max", "夜勤最多」を480回"),
    ],
)
def test_a_change_of_one_person_is_no_change_of_each(code: str, said: str) -> None:
    """ずつ is said where it is several people who share a change."""
    one, two = (
        mend_text(Mend(code=code, facts={"name": AND.join(names), "by": 480}))
        for names in (["A"], ["A", "B"])
    )
    assert f"{said}ずつ" in two
    assert said in one
    assert "ずつ" not in one


@pytest.mark.parametrize(
    ("code", "contract", "wanted", "named"),
    [
        # Two days of work are 16 of 24 hours agreed.
        ("hours_min", {"minutes_min": 3 * 480}, "休休・休・", [0, 1, 3]),
        ("hours_max", {"minutes_max": 2 * 480}, "日日・日・", [0, 1, 3]),
        ("week_pinned", {"days_per_week_max": 1}, "日日・・・", [0, 1]),
        # Any two of three are one too many; the two named are such.
        ("days_off", {"days_off_min": 4}, "日日・日・", [1, 3]),
        # It would not add up without any wish.
        ("hours_min", {"minutes_min": 6 * 480}, "休・・・・", []),
    ],
)
def test_the_wishes_are_named_that_cannot_be_kept_together(
    code: str, contract: dict[str, int], wanted: str, named: list[int]
) -> None:
    """The person, the dates, and what is asked for there; no other wish."""
    wishes = [
        {
            "staff": name,
            "date": FIRST.replace(day=FIRST.day + day),
            "want": "day_off" if sign == "休" else "shift",
            "shifts": [] if sign == "休" else ["日"],
            "strength": "must",
        }
        for name in ("A", "B")
        for day, sign in enumerate(wanted)
        if sign != "・"
    ]
    problem = make_problem(
        [make_staff("A", shifts=["日"], **contract), make_staff("B", shifts=["日"])],
        days=5,
        shifts=[DAY],
        requests=wishes,
    )
    (line,) = (one for one in precheck(problem) if one.code == code)
    assert {one.staff for one in line.wishes} <= {"A"}
    assert [(one.date - FIRST).days for one in line.wishes] == named
    text = line_text(line)
    for one in line.wishes:
        assert request_text(one) in text
