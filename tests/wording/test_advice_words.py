"""Causes, repairs and one more person in words: lines, pages and the terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit
from scheduler.audit.figures.able import Work, able
from scheduler.cli.advice import advice_data, advice_text
from scheduler.domain.advice import Advice, Cause, Effects, Helper, Hire, Repair
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.precheck import Line, Topic, Verdict
from scheduler.domain.problem import Pins
from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from scheduler.files.rosters import read_roster, write_roster
from scheduler.rulebook import load
from scheduler.wording.advice import hire_name
from scheduler.wording.causes import (
    MOST_TOLD,
    able_text,
    broken_text,
    conditions,
    force_text,
    told_causes,
)
from scheduler.wording.repairs import (
    change_texts,
    changes,
    claim_text,
    enough_text,
    evenness_texts,
    step_texts,
)
from scheduler.wording.times import weekdays_text
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.roster import Roster

DAYS = 7
WHO = ("A", "B", "C", "N")
PERIOD = make_period(DAYS)
PROBLEM = make_problem(
    [
        make_staff("A", nights_max=1),
        make_staff("B", nights_max=1, weekdays=[0, 1, 2, 3, 4]),
        make_staff(
            "C",
            shifts=["日"],
            on_call=False,
            roles=["manager", "planner"],
            qualifications=["介護支援専門員", "計画作成担当者研修"],
        ),
        make_staff(
            "N",
            shifts=["日"],
            on_call=False,
            roles=["nurse"],
            qualifications=["看護師"],
            weekdays=[0],
        ),
    ],
    period=PERIOD,
    office=make_office(contact_system=True),
    forecast=make_forecast(PERIOD, 6, [1, 1, 0, 0, 1, 0, 0]),
    requests=[
        Request.model_validate(
            {"staff": "A", "date": FIRST + dt.timedelta(i), "want": want, **must}
        )
        for i, want in ((1, "day_off"), (2, "day_off"), (4, "paid_leave"))
        for must in ({"strength": "must"},)
    ],
)
PLAN = make_roster(
    PROBLEM,
    """
    A 夜明休日日日休
    B 日夜明日日休休
    C 日日日日日休休
    N 休休休休休休日
    宿 BA--A--
    """,
)
RULEBOOK = load(PERIOD)
FINDINGS = tuple(audit(PROBLEM, PLAN))
PAGES = ("原因", "解決策", "増員の効果")


def day(number: int) -> dt.date:
    """Return a date of the period, from 0."""
    return FIRST + dt.timedelta(days=number)


def spot(rule: str, facet: str, staff: str = "", number: int | None = None) -> Spot:
    """Return a limit."""
    date = None if number is None else day(number)
    return Spot(rule=rule, facet=facet, staff=StaffId(staff), date=date)


AWAKE = spot("A-06", "awake", number=4)
NIGHTS = tuple(spot("L-05", "nights_max", name) for name in "AB")
CAUSE = Cause(
    spots=(AWAKE,),
    conditions=(
        spot("A-06", "awake", number=0),
        spot("A-06", "awake", number=1),
        *NIGHTS,
        spot("W-01", "must", "A", 1),
        spot("W-01", "must", "A", 2),
        spot("W-01", "must", "A", 4),
    ),
    irreducible=True,
)


def repair(**fields: Any) -> Repair:
    """Return a repair of 30 points, the cheapest."""
    return Repair.model_validate(
        {"price": 1800, "bound": 1800, "confirmed": True, **fields}
    )


def help_of(name: str, number: int, symbol: str | None, begin: int) -> Helper:
    """Return help from a clock hour on, of eight hours."""
    start = dt.datetime.combine(day(number), dt.time()) + dt.timedelta(hours=begin)
    return Helper(
        member=make_staff(name, shifts=[symbol] if symbol else []),
        date=day(number),
        role=Role.CARE if symbol else None,
        begin=start,
        end=start + dt.timedelta(hours=8),
        minutes=480,
    )


ONE_NIGHT = repair(agreements=(Agreement(spot=NIGHTS[0], amount=1),))
HELP = repair(helpers=(help_of("応援1", 4, "夜", 22),), price=2592, bound=2400)


def hire(**fields: Any) -> Hire:
    """Return a newcomer who mends the half of nine hours."""
    return Hire.model_validate(
        {
            "role": "care",
            "nights": True,
            "weekdays": range(7),
            "short_before": 540,
            "short_after": 270,
            "musts_before": 0,
            "musts_after": 0,
            "refused_before": 2,
            "refused_after": 2,
            "is_best": True,
            **fields,
        }
    )


def advised(**fields: Any) -> Roster:
    """Return the plan with advice."""
    return PLAN.model_copy(update={"advice": Advice.model_validate(fields)})


# --- words of a cause


def test_what_is_broken_is_told_as_the_audit_found_it() -> None:
    """Date, clock time and rule, and both sides."""
    text = broken_text(CAUSE, FINDINGS, RULEBOOK, PROBLEM)
    assert text.startswith("12月5日(土) 21:00-翌6:00 夜勤1人＋宿直1人：")
    assert "必要 1人、予定 0人" in text


def test_broken_limits_of_one_kind_are_told_once() -> None:
    """Dates that share the cause stand behind the first."""
    cause = CAUSE.model_copy(update={"spots": (AWAKE, spot("A-06", "awake", number=5))})
    text = broken_text(cause, FINDINGS, RULEBOOK, PROBLEM)
    assert text.count("夜勤1人＋宿直1人") == 1
    assert text.endswith("（12月6日(日)も同じ）")


def test_a_limit_without_a_finding_is_told_as_a_limit() -> None:
    """Such as one that only a roster with the others kept would break."""
    cause = CAUSE.model_copy(update={"spots": (spot("A-06", "awake", number=1),)})
    assert "12月2日(水)の夜" in broken_text(cause, FINDINGS, RULEBOOK, PROBLEM)


def test_conditions_that_differ_in_dates_only_are_told_once() -> None:
    """Two nights are one line, two days off one, the leave its own.

    The night of the 5th is broken: first what is of that date, then contracts.
    """
    told = conditions(CAUSE, RULEBOOK, PROBLEM)
    texts = [one.text for one in told]
    assert len(texts) == 5
    assert "12月5日(土)" in texts[0]
    assert "有休" in texts[0]
    assert "12月2日(水)〜12月3日(木)" in texts[3]
    assert texts[4].startswith("12月1日(火)〜12月2日(水)の夜")
    assert [one.can_yield for one in told] == [True, True, True, True, False]


def test_causes_that_differ_in_dates_only_are_told_once() -> None:
    """The same night on the next date; what is vague is not told beside a sum."""
    later = Cause(
        spots=(AWAKE.model_copy(update={"date": day(5)}),),
        conditions=CAUSE.conditions,
        irreducible=True,
    )
    (told,) = told_causes(Advice(causes=(CAUSE, later)), RULEBOOK, PROBLEM)
    assert [one.date for one in told.spots] == [day(4), day(5)]
    assert told.conditions == CAUSE.conditions
    vague = CAUSE.model_copy(update={"irreducible": False})
    nights = Line(topic=Topic.NIGHTS, code="night_month", verdict=Verdict.IMPOSSIBLE)
    other = nights.model_copy(update={"dates": (day(5),)})
    for line, number in ((nights, 0), (other, 1)):
        advice = Advice(causes=(vague,), sums=(line,))
        assert len(told_causes(advice, RULEBOOK, PROBLEM)) == number


def test_only_a_tested_cause_claims_that_one_condition_is_enough() -> None:
    """Without the tests, or without conditions, nothing of the kind is said."""
    untested = CAUSE.model_copy(update={"irreducible": False})
    alone = CAUSE.model_copy(update={"conditions": ()})
    assert "どれか1つをゆるめれば足ります" in force_text(CAUSE)
    assert "どれか1つ" not in force_text(untested)
    assert "どれか1つ" not in force_text(alone)


ABLE: dict[tuple[str, str, int | None], tuple[Work, str]] = {
    ("A-06", "awake", 3): (Work.NIGHT, "AB"),
    ("A-06", "awake", 4): (Work.NIGHT, "A"),
    ("A-06", "on_call", 4): (Work.ON_CALL, "AB"),
    ("A-10", "shifts", None): (Work.NURSING, "N"),
    ("A-11", "desk", None): (Work.PLANNING, "C"),
    ("A-13", "desk", None): (Work.MANAGING, "C"),
    ("A-03", "daily", 6): (Work.CARE, "ABN"),
    ("A-03", "daily", 5): (Work.CARE, "A"),
}


@pytest.mark.parametrize("where", ABLE)
def test_who_is_able_follows_from_contracts(
    where: tuple[str, str, int | None],
) -> None:
    """B works from Monday to Friday, N on Mondays; the first date is a Tuesday."""
    rule, facet, number = where
    found = able(PROBLEM, spot(rule, facet, number=number))
    assert found is not None
    assert (found.work, "".join(found.people)) == ABLE[where]


def test_limits_on_a_person_ask_for_nobody() -> None:
    """A contract is not work that is missing."""
    assert able(PROBLEM, NIGHTS[0]) is None
    assert able_text(CAUSE.model_copy(update={"spots": NIGHTS}), PROBLEM) == ""


def test_protection_and_a_limit_of_no_nights_keep_from_nights() -> None:
    """From 0:00 of the protected date to its end; by day, and on call, as before."""
    staff = (
        make_staff("A", no_night={"first": day(1), "last": day(1)}),
        make_staff("B", nights_max=0),
    )
    problem = PROBLEM.model_copy(update={"staff": staff, "requests": ()})
    people = {
        number: able(problem, spot("A-06", "awake", number=number))
        for number in (0, 1, 2)
    }
    # The night of date 0 reaches into the protected one.
    assert [one and one.people for one in people.values()] == [(), (), ("A",)]
    cause = CAUSE.model_copy(update={"spots": (spot("A-06", "awake", number=1),)})
    assert able_text(cause, problem) == "契約のうえで夜勤に入れる人がいません。"
    on_call = able(problem, spot("A-06", "on_call", number=1))
    by_day = able(problem, spot("A-03", "daily", number=1))
    assert on_call is not None
    assert by_day is not None
    assert (on_call.people, by_day.people) == (("A", "B"), ("A", "B"))


def test_whoever_is_on_leave_of_absence_is_not_able() -> None:
    """By contract A and B may; A is gone on the date, and back on the next."""
    leave = Duty(staff=StaffId("A"), date=day(1), off=OffKind.LONG_LEAVE)
    problem = PROBLEM.model_copy(
        update={
            "staff": (make_staff("A"), make_staff("B")),
            "requests": (),
            "pins": Pins(duties=(leave,)),
        }
    )
    for rule, facet in (("A-06", "on_call"), ("A-03", "daily")):
        found = [able(problem, spot(rule, facet, number=number)) for number in (1, 2)]
        assert [one and one.people for one in found] == [("B",), ("A", "B")]


def test_many_conditions_are_told_by_rule_without_its_number() -> None:
    """One line for those that may be agreed on, one for those that are fixed."""
    many = tuple(spot("L-05", "nights_max", f"{number}") for number in range(MOST_TOLD))
    fixed = (spot("F-06", "holiday", "A"), spot("A-06", "awake", number=0))
    cause = Cause(
        spots=(AWAKE,), conditions=(*many, *fixed, NIGHTS[0]), irreducible=False
    )
    told = {one.text: one.can_yield for one in conditions(cause, RULEBOOK, PROBLEM)}
    assert told["個人の夜勤回数（31人）"]
    assert not told["夜勤1人＋宿直1人"]
    assert not any("-0" in text for text in told)


# --- words of a repair


def test_claims_go_no_further_than_what_was_shown() -> None:
    """Cheapest of all, not found cheaper, or just found; nothing of the others."""
    proven = repair()
    assert claim_text(proven, 1) == "これより軽い案はありません"
    assert claim_text(proven, 2) == "別の方法"
    assert claim_text(repair(bound=0), 1) == "これより軽い案は見つかりませんでした"
    begun = claim_text(repair(bound=0), 1, has_begun=True)
    assert begun == "ほかの勤務もあまり変わらない案"
    assert "見つかりませんでした" in claim_text(repair(confirmed=False), 1)
    assert "見つかりませんでした" in claim_text(repair(bound=1500), 1)


def test_any_one_repair_is_enough() -> None:
    """Said of several; of one that all its steps are taken; rests are told."""
    assert "どれか1つだけで足ります" in enough_text(Advice(repairs=(ONE_NIGHT, HELP)))
    assert "どれか1つ" not in enough_text(Advice(repairs=(HELP,)))
    rest = repair(remaining=FINDINGS[:1])
    assert "残る不足" in enough_text(Advice(repairs=(HELP, rest)))
    assert "残る不足" not in enough_text(Advice(repairs=(HELP, HELP)))


def test_agreements_of_several_dates_are_one_step() -> None:
    """The same asked of one person on two dates."""
    wishes = (spot("W-01", "must", "A", 1), spot("W-01", "must", "A", 4))
    two = (spot("W-01", "must", "A", 1), spot("W-01", "must", "A", 2))
    apart = repair(agreements=[{"spot": one, "amount": 1} for one in wishes])
    joined = repair(agreements=[{"spot": one, "amount": 1} for one in two])
    assert len(step_texts(apart, RULEBOOK, PROBLEM)) == 2
    (step,) = step_texts(joined, RULEBOOK, PROBLEM)
    assert "12月2日(水)〜12月3日(木)" in step


def test_helpers_are_told_with_time_role_and_number() -> None:
    """Two alike are one line; a night and a night on call say so."""
    helpers = (
        help_of("応援1", 4, "夜", 22),
        help_of("応援2", 4, "夜", 22),
        help_of("応援3", 5, "日", 9),
        help_of("応援4", 5, None, 21),
    )
    assert step_texts(repair(helpers=helpers), RULEBOOK, PROBLEM) == (
        "12月5日(土) 22:00-翌6:00 夜勤の応援（介護）：2人",
        "12月6日(日) 9:00-17:00 応援（介護）：1人",
        "12月6日(日) 21:00-翌5:00 宿直の応援：1人",
    )


def test_guests_move_from_date_to_date() -> None:
    """A night less and a night more are one move; what is left is told as it is."""
    days = PROBLEM.forecast_by_date
    changed = tuple(
        days[day(number)].model_copy(update={"overnight": guests})
        for number, guests in ((0, 0), (1, 0), (2, 1))
    )
    assert step_texts(repair(forecast=changed), RULEBOOK, PROBLEM) == (
        "12月1日(火)の泊まり1人を12月3日(木)へ移す",
        "12月2日(水)の泊まりを1人減らす",
    )


def test_guests_of_one_night_move_in_one_step() -> None:
    """To several dates, each with its number."""
    forecast = make_forecast(PERIOD, 6, [3, 0, 0, 0, 0, 0, 0])
    problem = PROBLEM.model_copy(update={"forecast": forecast})
    changed = make_forecast(PERIOD, 6, [0, 1, 2, 0, 0, 0, 0]).days[:3]
    assert step_texts(repair(forecast=changed), RULEBOOK, problem) == (
        "12月1日(火)の泊まり3人を12月2日(水)（1人）、12月3日(木)（2人）へ移す",
    )


def test_other_users_and_shifts_are_told() -> None:
    """Day users and visits before and after; a shift with times and breaks."""
    changed = PROBLEM.forecast_by_date[day(0)].model_copy(
        update={"day_users": 4, "visits": 2}
    )
    night = make_shift("夜2", "20:00-31:00", ["24:00-25:00"], name="短い夜勤")
    steps = step_texts(repair(forecast=(changed,), shifts=(night,)), RULEBOOK, PROBLEM)
    assert steps == (
        "12月1日(火)の通いを6人から4人にする",
        "12月1日(火)の訪問を0件から2件にする",
        "勤務「夜2」（短い夜勤、20:00-翌7:00、休憩 翌0:00-翌1:00）を勤務の表に加える",
    )


def test_cells_that_change_are_told_by_date() -> None:
    """Shift, day off and role; neither breaks nor the helper's own cells."""
    pause = PROBLEM.shifts[1].break_options[1]
    effects = Effects(
        duties=(
            make_duty(PROBLEM, "C", day(1), "日", roles=["planner"]),
            make_duty(PROBLEM, "A", day(3), "休"),
            make_duty(PROBLEM, "B", day(0), "日", breaks=pause),
            make_duty(PROBLEM, "応援1", day(4), "夜"),
        ),
        on_call=(
            OnCall(staff=StaffId("B"), date=day(1)),
            OnCall(staff=StaffId("応援1"), date=day(3)),
        ),
    )
    found = changes(repair(effects=effects), PROBLEM, PLAN)
    assert change_texts(found, most=4) == (
        "12月2日(水)　C 日(管理) → 日(計画作成)、宿直 A → B",
        "12月4日(金)　A 日 → 公休、宿直 なし → 応援",
    )
    assert change_texts(found, most=3)[1:] == ("12月4日(金)　A 日 → 公休", "ほか1件")


def test_evenness_is_told_before_and_after() -> None:
    """In times, with the burden's name."""
    effects = Effects(fairness=((Burden(kind=BurdenKind.NIGHT), 990, 1500),))
    (text,) = evenness_texts(effects)
    assert text == "夜勤：公平な回数との差（最大）0.99回 → 1.5回"


# --- words of one more person


@pytest.mark.parametrize(
    ("weekdays", "text"),
    [
        (range(7), "曜日を問わず"),
        ((0, 1, 2, 3, 4), "月〜金"),
        ((0, 1, 2, 3, 6), "日〜木"),
        ((5, 6), "土・日"),
        ((0, 6), "日・月"),
        ((0, 2, 4), "月・水・金"),
        ((3,), "木"),
    ],
)
def test_weekdays_are_told_as_people_say_them(weekdays: Any, text: str) -> None:
    """Three in a row or more by their ends, also over the end of the week."""
    assert weekdays_text(weekdays) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"nights_most": 8}, "夜勤専従・介護（曜日を問わず、月8回まで）"),
        ({"nights": False, "weekdays": (5, 6)}, "パート・介護（土・日）"),
        (
            {"nights": False, "role": "nurse", "days_per_week": 3},
            "看護師（曜日を問わず、週3日まで）",
        ),
        ({"nights": False, "on_call": True}, "宿直専従（曜日を問わず）"),
    ],
)
def test_a_newcomer_is_named_by_job_and_terms(
    fields: dict[str, Any], text: str
) -> None:
    """Who could be hired, and on what the numbers rest."""
    assert hire_name(hire(**fields)) == text


# --- the terminal


def test_the_terminal_tells_causes_repairs_and_hires() -> None:
    """Three lines a cause, what can be given up first; repairs in full."""
    effects = Effects(
        wishes_lost=(PROBLEM.requests[0],),
        fairness=((Burden(kind=BurdenKind.NIGHT), 990, 1500),),
    )
    told = {"effects": effects, "full_search": True, "wishes_proven": True}
    repairs = (ONE_NIGHT.model_copy(update=told), HELP)
    roster = advised(causes=(CAUSE,), repairs=repairs, hires=(hire(),))
    causes, mended, hired = advice_text(PROBLEM, roster, RULEBOOK).split("\n\n")
    title, broken, forced, able_line = causes.splitlines()
    assert "なぜ" in title
    assert broken.startswith("1. 12月5日(土)")
    assert forced.index("Aさんの夜勤") < forced.index("ほか1件")
    assert "夜勤者" not in forced
    assert "A" in able_line
    assert mended.startswith("次の2つの解決策は、どれか1つだけで足ります")
    assert "解決策1（これより軽い案はありません）" in mended
    assert "Aさんに夜勤をもう1回" in mended
    assert "12月5日(土) 22:00-翌6:00 夜勤の応援" in mended
    assert "かなわなくなる希望 A 12月2日(水)" in mended
    assert "0.99回 → 1.5回" in mended
    assert "9時間 → 4時間30分" in hired


LOST = Effects(
    wishes_lost=(PROBLEM.requests[0],) * 8,
    fairness=((Burden(kind=BurdenKind.NIGHT), 990, 1500),),
)


@pytest.mark.parametrize("full", [True, False])
def test_of_a_search_that_had_not_ended_only_the_most_is_told(full: bool) -> None:
    """Eight wishes were lost in the roster found: at most eight, none of them named."""
    short = ONE_NIGHT.model_copy(update={"effects": LOST, "full_search": full})
    text = advice_text(PROBLEM, advised(repairs=(short,)), RULEBOOK)
    assert "多くて8件" in text
    assert "12月2日(水)" not in text
    assert "0.99回" not in text
    assert "月全体を作り直した結果" not in text


def test_of_a_search_that_ended_the_lost_wishes_are_named() -> None:
    """The other side: proven, so told, with the evenness of that roster."""
    update = {"effects": LOST, "full_search": True, "wishes_proven": True}
    proven = ONE_NIGHT.model_copy(update=update)
    text = advice_text(PROBLEM, advised(repairs=(proven,)), RULEBOOK)
    assert "多くて" not in text
    assert "かなわなくなる希望 A 12月2日(水)" in text
    assert "0.99回 → 1.5回" in text
    assert "月全体を作り直した結果" in text


def test_a_month_begun_offers_the_roster_found() -> None:
    """A repair then has a workbook of its own: what is lost is what is offered."""
    short = ONE_NIGHT.model_copy(update={"effects": LOST})
    text = advice_text(PROBLEM, advised(repairs=(short,), since=day(2)), RULEBOOK)
    assert "かなわなくなる希望 A 12月2日(水)" in text


def test_nothing_found_is_said() -> None:
    """A cause without a way out, and a shortage without a cause."""
    text = advice_text(PROBLEM, advised(unexplained=(AWAKE,)), RULEBOOK)
    assert "時間内に原因が分からなかった所: 12月5日(土) 21:00-翌6:00" in text
    assert "まだ分かりません。見つかる前に時間が切れました" in text


def test_no_advice_no_words() -> None:
    """A legal month has nothing to say, in words or as data."""
    assert advice_text(PROBLEM, PLAN, RULEBOOK) == ""
    assert advice_data(PROBLEM, PLAN, RULEBOOK) is None
    hires_alone = advice_text(PROBLEM, advised(hires=(hire(),)), RULEBOOK)
    assert "解決策" not in hires_alone


def test_a_program_gets_values_and_words() -> None:
    """Everything of the advice, each part with its sentence."""
    roster = advised(causes=(CAUSE,), repairs=(ONE_NIGHT, HELP), hires=(hire(),))
    data = advice_data(PROBLEM, roster, RULEBOOK)
    assert data is not None
    assert len(data["causes"][0]["conditions"]) == len(CAUSE.conditions)
    assert len(data["causes"][0]["texts"]) == 5
    assert [one["is_cheapest"] for one in data["repairs"]] == [True, False]
    assert data["repairs"][1]["texts"] == list(step_texts(HELP, RULEBOOK, PROBLEM))
    assert data["hires"][0]["text"].startswith("夜勤専従")


# --- the pages


def written(roster: Roster, path: Path) -> dict[str, str]:
    """Write a workbook and return the text of the pages of the advice."""
    write_roster(path, PROBLEM, roster, FINDINGS)
    book = load_workbook(path)
    return {
        title: "\n".join(
            str(cell.value)
            for row in book[title].iter_rows()
            for cell in row
            if cell.value is not None
        )
        for title in book.sheetnames
        if title in PAGES
    }


def test_pages_tell_what_the_roster_carries(tmp_path: Path) -> None:
    """Causes with their conditions, repairs in a row each, one more person."""
    wish = Request(staff=StaffId("B"), date=day(3), want=Want.DAY_OFF)
    rest = repair(remaining=FINDINGS[:1], effects=Effects(wishes_won=(wish,)))
    roster = advised(
        causes=(CAUSE,),
        unexplained=(spot("A-06", "awake", number=5),),
        repairs=(ONE_NIGHT, rest),
        hires=(hire(),),
    )
    path = tmp_path / "roster.xlsx"
    pages = written(roster, path)
    assert tuple(pages) == PAGES
    for one in conditions(CAUSE, RULEBOOK, PROBLEM):
        assert one.text in pages["原因"]
    assert "時間内に原因が分からなかった所" in pages["原因"]
    assert "解決策1\nこれより軽い案はありません" in pages["解決策"]
    assert "【かなわなくなる希望】\nなし" in pages["解決策"]
    assert "【新たにかなう希望】\nB 12月4日(金)" in pages["解決策"]
    assert "【残る不足】" in pages["解決策"]
    assert "4時間30分" in pages["増員の効果"]
    file = read_roster(path)
    assert file.roster == roster
    assert file.changed == ()


def test_only_pages_with_something_to_say_are_made(tmp_path: Path) -> None:
    """Without advice none; with hires alone just theirs."""
    assert written(PLAN, tmp_path / "none.xlsx") == {}
    hires = written(advised(hires=(hire(),)), tmp_path / "hires.xlsx")
    assert tuple(hires) == ("増員の効果",)


def test_an_edited_roster_carries_no_advice(tmp_path: Path) -> None:
    """What was said of the plan need not hold of what it was changed to."""
    path = tmp_path / "roster.xlsx"
    written(advised(repairs=(ONE_NIGHT,)), path)
    book = load_workbook(path)
    front = book["管理用"]
    row = next(r for r in front.iter_rows() if "C" in {cell.value for cell in r[:3]})
    cell = next(cell for cell in row if cell.value == "日管")
    cell.value = "休"
    book.save(path)
    file = read_roster(path)
    assert len(file.changed) == 1
    assert file.roster.advice is None
    assert file.plan.advice is not None


def test_who_comes_often_is_told_once_with_all_dates() -> None:
    """Two share three nights; one more comes for a single day."""
    night, other, day_help = (
        help_of("応援夜勤1", 4, "夜", 22),
        help_of("応援夜勤2", 5, "夜", 22),
        help_of("応援日中1", 5, "日", 9),
    )
    later = help_of("応援夜勤1", 8, "夜", 22)
    more = help_of("応援夜勤2", 9, "夜", 22)
    helpers = (night, other, day_help, later, more)
    assert step_texts(repair(helpers=helpers), RULEBOOK, PROBLEM) == (
        "12月5日(土)〜12月6日(日)、12月9日(水)〜12月10日(木) 22:00-翌6:00 "
        "夜勤の応援（介護）：4回",
        "12月6日(日) 9:00-17:00 応援（介護）：1人",
    )


def test_what_is_asked_of_many_is_told_by_kind() -> None:
    """Nine people lose days off: one line, with how many of each."""
    spots = [spot("L-02", "days_off", f"人{number}") for number in range(9)]
    agreed = [{"spot": one, "amount": 1 + (one is spots[0])} for one in spots]
    (step,) = step_texts(repair(agreements=agreed), RULEBOOK, PROBLEM)
    assert step.startswith("公休を減らす：計10日（人0 2日、人1 1日、")
    few = step_texts(repair(agreements=agreed[:8]), RULEBOOK, PROBLEM)
    assert len(few) == 8


def test_one_thing_that_takes_many_lines_is_told_by_kind() -> None:
    """The office's ratio gives way by another amount on each of nine dates."""
    spots = [spot("K-01", "must", number=number) for number in range(9)]
    agreed = [{"spot": one, "amount": 30 * n} for n, one in enumerate(spots, 1)]
    told = repair(agreements=agreed)
    assert told.actions == 1
    assert len(step_texts(told, RULEBOOK, PROBLEM)) == 1
    fewer = repair(agreements=agreed[:8])
    assert len(step_texts(fewer, RULEBOOK, PROBLEM)) == 8
