"""The figures judged by the calendar month, on the page of rules of a roster."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.audit.figures.calendar_months import month_parts
from scheduler.audit.papers.deductions import Outlook, deduction_cost, deductions
from scheduler.audit.papers.grades import grades
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_proof
from scheduler.wording.verdict import cost_lines
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

NOTE = "暦月ではありません"
TABLE = "暦月ごとの数字"
FORECAST = "暦月ではない、この勤務表の期間の数字"


def a_month(first: dt.date, days: int) -> tuple[Problem, Roster]:
    """Make a period of one care worker who works on its first two dates."""
    period = make_period(days, first)
    problem = make_problem(
        [make_staff("A")],
        period=period,
        office=make_office(full_time_month=160 * 60, monthly_revenue=1_000_000),
        forecast=make_forecast(period, 3),
    )
    return problem, make_roster(problem, "A 日日" + "休" * (days - 2))


def page_of(problem: Problem, roster: Roster) -> list[list[str]]:
    """Return the page of rules, row by row, blank cells left out."""
    book = build_proof(Book(problem, roster, audit(problem, roster)))
    return [
        [str(value) for value in row if value is not None]
        for row in book["基準チェック"].iter_rows(values_only=True)
    ]


def test_a_period_across_two_months_says_so() -> None:
    """From the 21st to the 20th: the note, and both months with their dates."""
    rows = page_of(*a_month(dt.date(2027, 1, 21), 31))
    text = ["".join(row) for row in rows]
    assert any(NOTE in line for line in text)
    assert any(line.startswith(TABLE) for line in text)
    heads = [row[0] for row in rows if len(row) > 2 and "の分だけ" in row[2]]
    assert heads == ["2027年1月", "2027年2月"]
    # 16 of 160 h x 11 / 31, 56.8 h, are 0.28; then nothing.
    hours = [
        row[-1]
        for row in rows
        if any("全職員の常勤換算（時間数による）" in cell for cell in row)
    ]
    assert hours == ["0.2", "0.0"]


def test_a_calendar_month_needs_no_such_word() -> None:
    """A whole month: no note and no table."""
    text = ["".join(row) for row in page_of(*a_month(dt.date(2027, 1, 1), 31))]
    assert not any(NOTE in line or line.startswith(TABLE) for line in text)


def test_both_readings_of_the_equivalents_stand_side_by_side() -> None:
    """16 of 160 h: 0.1 by hours, 1 by the form; of the day band only by hours."""
    rows = page_of(*a_month(dt.date(2027, 1, 1), 31))
    start = next(i for i, row in enumerate(rows) if "時間数による" in row)
    assert rows[start] == ["職種", "計算", "時間数による", "一覧表の数え方"]
    assert rows[start + 1][0] == "介護"
    assert rows[start + 1][-2:] == ["0.1", "1.0"]
    everybody = next(row for row in rows[start:] if row[:1] == ["全職員"])
    assert everybody == ["全職員", "0.1", "1.0"]
    by_day = next(row for row in rows[start:] if row[:1] == ["うち日中の時間帯"])
    assert by_day == ["うち日中の時間帯", "0.1"]


def test_a_deduction_of_such_a_period_says_so() -> None:
    """The words beside the yen tell whether the figures are those of a month."""
    for first, told in ((dt.date(2027, 1, 21), True), (dt.date(2027, 1, 1), False)):
        problem, roster = a_month(first, 31)
        cost = deduction_cost(problem, deductions(problem, roster))
        assert cost is not None
        assert any(FORECAST in line for line in cost_lines(cost)) is told
        assert "人員基準欠如減算" in next(cost_lines(cost))
        assert not any(rule in line for rule in cost.rules for line in cost_lines(cost))


THREE_USERS = {"method": "previous_year", "total": 1095, "days": 365}


def test_each_month_is_judged_by_its_own_dates() -> None:
    """21 January to 20 February: what lacks in January is cut from February on.

    A works on every date of February and on none of January; two nights of each month
    are short, four in all, which no month has.
    """
    period = make_period(31, dt.date(2027, 1, 21))
    forecast = make_forecast(period, 3, [1, 1] + [0] * 9 + [0, 1, 1] + [0] * 17)
    problem = make_problem(
        [make_staff("A"), make_staff("B")],
        period=period,
        office=make_office(
            full_time_month=160 * 60, contact_system=True, users_record=THREE_USERS
        ),
        forecast=forecast,
    )
    work = "休" * 11 + "日" * 20
    roster = make_roster(problem, f"A {work}\nB {work}")
    lines = deductions(problem, roster)
    hours = [one for one in lines if (one.rule, one.facet) == ("C-02", "hours")]
    assert [one.actual for one in hours] == [0, 20 * 960]
    assert [one.required for one in hours] == [11 * 960, 20 * 960]
    assert [one.outlook for one in hours] == [Outlook.NEXT_MONTH, Outlook.NONE]
    assert [one.counts_from(period.last) for one in hours] == [
        dt.date(2027, 2, 1),
        None,
    ]
    cost = deduction_cost(problem, hours)
    assert cost is not None
    assert cost.first_month == dt.date(2027, 2, 1)
    short = [one for one in lines if (one.rule, one.facet) == ("C-03", "in_month")]
    assert [one.actual for one in short] == [2, 2]
    assert {one.outlook for one in short} == {Outlook.BELOW}
    text = ["".join(row) for row in page_of(problem, roster)]
    assert any("2027年1月（1月21日(木)〜1月31日(日)の分だけ）" in line for line in text)


def test_visits_of_a_part_of_a_month_are_no_verdict() -> None:
    """200 visits of two months are no month's; 200 of a whole one are enough (E-02)."""
    for first, days, met, open_ in (
        (dt.date(2027, 1, 21), 31, [False, False], [True, True]),
        (dt.date(2027, 2, 1), 31, [True, False], [False, True]),
    ):
        period = make_period(days, first)
        problem = make_problem(
            [make_staff("A"), make_staff("B")],
            period=period,
            office=make_office(full_time_month=160 * 60),
            forecast=make_forecast(period, 3, 0, 8),
        )
        roster = make_roster(problem, "A " + "日" * days + "\nB " + "日" * days)
        found = [
            grade
            for part in month_parts(period)
            for grade in grades(problem, roster, part)
            if grade.rule == "E-02"
        ]
        assert [one.fulfilled for one in found] == met
        assert [one.is_unfinished for one in found] == open_


def test_the_nurses_of_a_kantaki_are_held_against_what_it_needs() -> None:
    """A nurse who gives care counts, month by month, and no add-on of others is named.

    She works on all eleven dates of January: 88 h of 62.8 are 1.
    """
    period = make_period(31, dt.date(2027, 1, 21))
    nurse = {"roles": ["nurse", "care"], "qualifications": ["看護師"]}
    problem = make_problem(
        [make_staff("A", **nurse)], period=period, office=make_office(kind="kantaki")
    )
    roster = make_roster(problem, "A " + "日" * 11 + "休" * 20)
    lines = page_of(problem, roster)
    found = [
        line for line in lines if any("保健師・看護師・准看護師" in x for x in line)
    ]
    # In the period 88 h of 177.1; then in each month, by hours and by the form.
    assert [line[-2:] for line in found] == [
        ["0.4", "0.4"],
        ["2.5", "1.0"],
        ["2.5", "1.0"],
        ["2.5", "0.0"],
        ["2.5", "0.0"],
    ]
    assert not any("E-03" in text for line in lines for text in line)


def test_only_the_nurse_of_c04_is_to_be_confirmed() -> None:
    """Care managers rest on an official answer; where the nurse belongs is unclear."""
    problem, roster = a_month(dt.date(2027, 1, 1), 31)
    asked = {
        line.facet: line.to_be_confirmed
        for line in deductions(problem, roster)
        if line.rule == "C-04"
    }
    assert asked == {"planner": False, "nurse": True}
    confirmed = {
        line.rule: line.to_be_confirmed for line in deductions(problem, roster)
    }
    assert not confirmed["C-06"]
    assert confirmed["C-02"]
    assert confirmed["C-03"]
