"""What is short, at the least and here, and what it costs."""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.audit import audit
from scheduler.audit.papers.deductions import (
    Deduction,
    Outlook,
    deduction_cost,
    deductions,
    month_after,
)
from scheduler.audit.papers.shortage import shortage
from scheduler.domain.finding import Stance
from scheduler.domain.period import Period
from scheduler.domain.record import LevelOutcome, Provenance, RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Role
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_workbook
from scheduler.rulebook import load
from scheduler.wording.translation import use_language
from scheduler.wording.verdict import fee_lines, headline, proof_text
from tests.files.test_roster_workbook import _any_roster
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
)
from tests.support.tiny import tiny_problem
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from scheduler.audit.papers.shortage import Shortage
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

JANUARY = Period(first=dt.date(2027, 1, 1), last=dt.date(2027, 1, 31))
LISTED = [
    make_staff("A", roles=["manager", "care"], qualifications=["管理者研修"]),
    make_staff("N", roles=["nurse"], qualifications=["看護師"]),
]


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def stated(problem: Problem, roster: Roster) -> Shortage:
    return shortage(problem, roster, audit(problem, roster))


def by_day(days: int = 3, **office: Any) -> Problem:
    """One day user on average and nobody at night: 16 hours a date are asked for."""
    return make_problem(
        ["A", "B"],
        days=days,
        office=make_office(
            night_band="21:00-31:00",
            contact_system=True,
            house_ratio="must",
            users_record={"method": "previous_year", "total": 365, "days": 365},
            **office,
        ),
    )


def with_nights(*guests: int, **office: Any) -> Problem:
    """Nights that need somebody awake and on call where guests stay, and nobody is."""
    period = make_period(len(guests))
    return make_problem(
        ["A"],
        period=period,
        forecast=make_forecast(period, overnight=list(guests)),
        office=make_office(contact_system=True, house_ratio="report", **office),
    )


def away(problem: Problem) -> Roster:
    names = [member.name for member in problem.staff]
    grid = "\n".join(f"{name} {'休' * problem.period.days}" for name in names)
    return make_roster(problem, grid)


def planned(problem: Problem, *rows: str) -> Roster:
    """Make a roster of care work, a row for each person of the staff list."""
    care: dict[str, Any] = {"roles": [Role.CARE]}
    return RosterRecord(
        duties=tuple(
            make_duty(
                problem, member.name, date, symbol, **({} if symbol == "休" else care)
            )
            for member, row in zip(problem.staff, rows, strict=True)
            for date, symbol in zip(problem.period.dates, row, strict=True)
        )
    )


def line(outlook: Outlook, rule: str = "C-02") -> Deduction:
    return Deduction(
        rule=rule,
        facet="hours",
        required=10,
        actual=0,
        at_most=False,
        outlook=outlook,
        to_be_confirmed=True,
    )


def of_january(revenue: int | None = None) -> Problem:
    return make_problem(period=JANUARY, office=make_office(monthly_revenue=revenue))


def searched(roster: Roster, *outcomes: LevelOutcome) -> Roster:
    made = Provenance(
        made_at=dt.datetime(2026, 11, 20, 9),
        input_sha256="a",
        rulebook_sha256="b",
        shotaki_version="1",
        ortools_version="1",
        seed=0,
        workers=8,
        seconds=1,
        outcomes=outcomes,
    )
    return roster.model_copy(update={"provenance": made})


def outcome(level: Stance, value: int, bound: int, *, confirmed: bool) -> LevelOutcome:
    return LevelOutcome(
        level=level, value=value, bound=bound, seconds=1, confirmed=confirmed
    )


# Where and how much


def test_neighbouring_stretches_are_one_gap() -> None:
    """K-01: 2 missing of 7:00-9:00, then 1 of 9:00-10:00, is one gap of 5 hours."""
    period = make_period(1)
    problem = make_problem(
        ["A", "B"],
        period=period,
        forecast=make_forecast(period, day_users=6),
        office=make_office(
            night_band="21:00-31:00",
            contact_system=True,
            profiles=[
                {
                    "name": "通常",
                    "arrivals": [{"at": "7:00", "percent": 100}],
                    "departures": [{"at": "10:00", "percent": 100}],
                    "guests_leave": "9:00",
                    "guests_return": "16:00",
                }
            ],
        ),
    )
    roster = make_roster(problem, "A 日\nB 休")
    found = audit(problem, roster)
    pieces = [one for one in found if one.rule == "K-01"]
    assert [(one.required, one.actual) for one in pieces] == [(2, 0), (2, 1)]
    (gap,) = [gap for gap in stated(problem, roster).gaps if gap.finding.rule == "K-01"]
    assert gap.finding.amount == 2 * 120 + 60
    assert (gap.finding.required, gap.finding.actual) == (2, 0)
    assert gap.finding.begin == dt.datetime(2026, 12, 1, 7)
    assert gap.finding.end == dt.datetime(2026, 12, 1, 10)
    assert gap.there == ("A",)


def test_a_minute_between_keeps_gaps_apart() -> None:
    """A-04: 早 is there from 7:00 to 16:00 but for the break, 遅 is not: two gaps."""
    problem = by_day(1)
    gaps = stated(problem, make_roster(problem, "A 早\nB 休")).gaps
    empty = [gap.finding for gap in gaps if gap.finding.rule == "A-04"]
    assert [(one.begin, one.end) for one in empty if one.begin and one.end] == [
        (dt.datetime(2026, 12, 1, 11), dt.datetime(2026, 12, 1, 12)),
        (dt.datetime(2026, 12, 1, 16), dt.datetime(2026, 12, 1, 21)),
    ]


def test_dates_are_told_apart() -> None:
    """Nobody on two dates: each has its gap, from band to band (A-04)."""
    problem = by_day(3)
    roster = make_roster(problem, "A 休日休\nB 休日休")
    empty = [one for one in audit(problem, roster) if one.rule == "A-04"]
    short = shortage(problem, roster, [one for one in empty if one.amount == 840])
    last = FIRST + dt.timedelta(2)
    assert [gap.finding.date for gap in short.gaps] == [FIRST, last]
    assert short.dates == {FIRST, last}


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_joining_loses_nothing(seed: int) -> None:
    """Random rosters: sums by rule and level are the audit's own."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    roster = _any_roster(rnd, problem)
    found = audit(problem, roster)
    short = shortage(problem, roster, found)
    wanted: dict[tuple[str, str], int] = {}
    for one in found:
        if one.stance.is_hard or one.stance is Stance.CONTRACT:
            key = (one.rule, one.facet)
            wanted[key] = wanted.get(key, 0) + one.amount
    assert {(t.rule, t.facet): t.amount for t in short.totals} == wanted
    gaps = (*short.gaps, *short.contracts)
    assert sum(total.gaps for total in short.totals) == len(gaps)
    assert bool(gaps) == bool(wanted)
    totals = load(problem.period).level_totals(found)
    for level in short.levels:
        assert level.value == totals[level.level] > 0
        assert (level.least, level.is_certain) == (None, False)


def test_contracts_are_told_separately() -> None:
    """L-02: a day off less than owed breaks no law, and is a shortage all the same."""
    period = make_period(2)
    problem = make_problem(
        [*LISTED, make_staff("B", days_off_min=2)],
        period=period,
        office=make_office(contact_system=True, house_ratio="report"),
    )
    short = stated(problem, make_roster(problem, "A 日日\nN 日日\nB 日休"))
    assert [gap.finding.rule for gap in short.contracts] == ["L-02"]
    assert "L-02" not in {gap.finding.rule for gap in short.gaps}


def test_nothing_short_is_nothing() -> None:
    problem = by_day(1)
    roster = make_roster(problem, "A 早\nB 遅")
    nothing, some = (shortage(problem, roster, f) for f in ((), audit(problem, roster)))
    assert nothing.gaps == nothing.contracts == ()
    assert some.gaps


# How sure


@pytest.mark.parametrize(
    ("bound", "confirmed", "words", "proof"),
    [
        (1080, True, "even the best possible roster is short by 18 h", "proven: no"),
        (1080, False, "by the search, which was not confirmed", "not confirmed"),
        (1079, True, "is proven, is short by 17 h 59 min", "proven as a lower"),
        (1079, False, "by the search, which was not confirmed", "not confirmed"),
        (0, False, "whether one exists that does not was not found", "not known"),
        (0, True, "whether one exists that does not was not found", "not known"),
    ],
)
def test_only_what_is_proven_is_called_so(
    bound: int, confirmed: bool, words: str, proof: str
) -> None:
    """One night of 9 hours without the two of A-06: 18 person-hours."""
    problem = with_nights(0, 1, 0)
    reached = outcome(Stance.STATUTORY, 1080, bound, confirmed=confirmed)
    roster = searched(away(problem), reached)
    night = [one for one in audit(problem, roster) if one.rule == "A-06"]
    short = shortage(problem, roster, night)
    (total,) = short.levels
    assert (total.value, total.least) == (1080, bound)
    assert total.is_least == (bound == 1080 and confirmed)
    (sentence,) = headline(short)
    assert words in sentence
    assert "is short by 18 h of work" in sentence
    assert proof in proof_text(total)
    assert ("proven" in sentence) == (confirmed and bound > 0)


def test_a_bound_holds_while_the_levels_above_stay() -> None:
    """The condition is told for musts, not for the first level searched."""
    problem = by_day(1)
    roster = make_roster(problem, "A 休\nB 休")
    outcomes = (
        outcome(Stance.STATUTORY, 1800, 1800, confirmed=True),
        outcome(Stance.MUST, 480, 480, confirmed=True),
    )
    problem = by_day(1, nurse_shifts=1)
    law, must = stated(problem, searched(roster, *outcomes)).levels
    assert (law.level, law.above) == (Stance.STATUTORY, ())
    assert (must.level, must.above) == (Stance.MUST, (Stance.STATUTORY,))
    first, second, *_ = headline(stated(problem, searched(roster, *outcomes)))
    assert "as long as" not in first
    assert second.endswith("(as long as this stays as it is here: statutory staffing)")


def test_a_roster_from_elsewhere_has_no_least() -> None:
    problem = with_nights(1)
    short = stated(problem, away(problem))
    (law, *_) = short.levels
    assert (law.least, proof_text(law)) == (None, "not searched")
    assert next(headline(short)).startswith("statutory staffing: this roster is short")


def test_what_no_roster_mends_is_told() -> None:
    """A-09 to A-13: the list has no nurse, no care manager, no manager."""
    problem = by_day(1)
    short = stated(problem, make_roster(problem, "A 早\nB 遅"))
    listed = [one.rule for one in short.beyond_rosters]
    assert listed == ["A-10", "A-11", "A-13"]
    assert any("3 of the findings" in text for text in headline(short))


# The fee


@pytest.mark.parametrize(
    ("guests", "outlook", "first"),
    [
        ((0, 0, 0), Outlook.NONE, None),
        ((0, 1, 0), Outlook.BELOW, None),
        ((1, 0, 1, 0, 1), Outlook.BELOW, None),
        ((0, 1, 1), Outlook.NEXT_MONTH, dt.date(2027, 1, 1)),
        ((1, 0, 1, 0, 1, 0, 1), Outlook.NEXT_MONTH, dt.date(2027, 1, 1)),
    ],
)
def test_a_bad_night_breaks_the_standard_and_some_cost_the_fee(
    guests: tuple[int, ...], outlook: Outlook, first: dt.date | None
) -> None:
    """C-03 on both sides of two in a row and of four in the month."""
    problem = with_nights(*guests, monthly_revenue=8_200_000)
    roster = away(problem)
    night = [one for one in audit(problem, roster) if one.rule == "A-06"]
    worst = [one.outlook for one in deductions(problem, roster) if one.rule == "C-03"]
    assert outlook in worst
    assert (Outlook.NEXT_MONTH in worst) == (outlook is Outlook.NEXT_MONTH)
    # Only the nights: the hours of the day are another matter (C-02).
    cost = deduction_cost(
        problem, [one for one in deductions(problem, roster) if one.rule == "C-03"]
    )
    assert (cost.first_month if cost else None) == first
    assert (cost.yen if cost else None) == (2_460_000 if first else None)
    assert shortage(problem, roster, night).breaks_standard == (1 in guests)


def test_below_the_thresholds_the_standard_is_broken_all_the_same() -> None:
    """One date too short, the month on the whole not: nothing is deducted (C-02)."""
    problem = tiny_problem()
    # 8 of 16 hours on the first date: 40 of the month's 48, short by a sixth.
    few = planned(problem, "早早早", "休休休", "休休休", "休遅遅")
    assert _care(problem, few)[0].outlook is Outlook.NEXT_MONTH
    # 24 hours on each of the others: 56 of 48.
    roster = planned(problem, "早早早", "休日日", "休休休", "休遅遅")
    hours, day_use = _care(problem, roster)
    assert (hours.outlook, hours.dates) == (Outlook.BELOW, (FIRST,))
    # Without the visits 8 are asked for, and there.
    assert (day_use.outlook, day_use.dates) == (Outlook.NONE, ())
    short = stated(problem, roster)
    assert short.cost is None
    first, second = fee_lines(short)
    assert "No deduction by the thresholds" in first
    assert "standard is broken" in first
    assert "not confirmed: ask the municipality" in second


def test_the_month_as_a_whole_is_no_date() -> None:
    """The monthly reading names no dates, and is short or not."""
    problem = by_day(3, staffing_reading="monthly", full_time_month=1440)
    hours, _ = _care(problem, make_roster(problem, "A 早早早\nB 休遅遅"))
    # 2 full-timers of 24 hours: 40 of 48.
    assert (hours.required, hours.actual, hours.dates) == (2880, 2400, ())
    assert hours.outlook is Outlook.NEXT_MONTH
    hours, _ = _care(problem, make_roster(problem, "A 早早早\nB 日遅遅"))
    assert hours.outlook is Outlook.NONE


def _care(problem: Problem, roster: Roster) -> list[Deduction]:
    return [one for one in deductions(problem, roster) if one.rule == "C-02"]


def test_a_broken_must_says_nothing_of_fees() -> None:
    """W-01: a leave not granted by which no standard is broken."""
    wish = {"staff": "柳 まもる", "date": FIRST, "want": "day_off", "strength": "must"}
    problem = tiny_problem([Request.model_validate(wish)])
    roster = planned(problem, "早早早", "日日日", "休休休", "遅遅遅")
    must = [one for one in audit(problem, roster) if one.rule == "W-01"]
    short = shortage(problem, roster, must)
    assert [gap.finding.rule for gap in short.gaps] == ["W-01"]
    assert list(fee_lines(short)) == []


def test_what_is_no_deduction_costs_nothing() -> None:
    free = [Outlook.NONE, Outlook.BELOW, Outlook.NOTICE]
    assert deduction_cost(of_january(9), [line(one) for one in free]) is None


@pytest.mark.parametrize(
    ("revenue", "yen"),
    [(8_200_000, 2_460_000), (1, 1), (3, 1), (4, 2), (10, 3), (None, None)],
)
def test_thirty_percent_of_the_month_rounded_up(
    revenue: int | None, yen: int | None
) -> None:
    cost = deduction_cost(of_january(revenue), [line(Outlook.NEXT_MONTH)])
    assert cost is not None
    assert (cost.percent, cost.yen) == (30, yen)


@pytest.mark.parametrize(
    ("outlooks", "first", "mend_by"),
    [
        (["next_month"], dt.date(2027, 2, 1), None),
        (["month_after_next"], dt.date(2027, 3, 1), dt.date(2027, 2, 28)),
        (["month_after_next", "next_month"], dt.date(2027, 2, 1), None),
        (["month_after_next", "at_risk"], dt.date(2027, 3, 1), None),
        (["month_after_next", "none"], dt.date(2027, 3, 1), dt.date(2027, 2, 28)),
        (["at_risk"], None, None),
    ],
)
def test_the_first_month_deducted(
    outlooks: list[str], first: dt.date | None, mend_by: dt.date | None
) -> None:
    """Taken once, from the earliest month on."""
    lines = [line(Outlook(outlook)) for outlook in outlooks]
    cost = deduction_cost(of_january(), lines)
    assert cost is not None
    assert (cost.first_month, cost.mend_by) == (first, mend_by)


@pytest.mark.parametrize(
    ("date", "months", "after"),
    [
        (dt.date(2026, 11, 30), 1, dt.date(2026, 12, 1)),
        (dt.date(2026, 12, 1), 1, dt.date(2027, 1, 1)),
        (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 1)),
    ],
)
def test_months_pass_the_year(date: dt.date, months: int, after: dt.date) -> None:
    assert month_after(date, months) == after


def test_the_cost_is_told_as_an_upper_estimate() -> None:
    """In yen, from when, that it is no more than an estimate, and whom to ask."""
    problem = with_nights(1, 1, monthly_revenue=1_000_000)
    text = " ".join(fee_lines(stated(problem, away(problem))))
    assert "at most about 300,000 yen a month" in text
    assert "From 2027-01 on, for at least one month, until it is mended." in text
    assert "base fee alone" in text
    assert "ask the municipality" in text
    untold = with_nights(1, 1)
    text = " ".join(fee_lines(stated(untold, away(untold))))
    assert "30 % of the base fee" in text
    assert " yen a month" not in text


# In the workbook


def workbook_of(problem: Problem, roster: Roster, rules: tuple[str, ...]) -> Any:
    found = [one for one in audit(problem, roster) if one.rule in rules]
    return build_workbook(Book(problem, roster, found))


def test_the_page_stands_only_where_something_is_short() -> None:
    problem = with_nights(0, 1, 0)
    roster = away(problem)
    assert "Shortage" not in workbook_of(problem, roster, ()).sheetnames
    book = workbook_of(problem, roster, ("A-06",))
    assert book.sheetnames[2] == "Shortage"
    cells = [[cell.value for cell in row] for row in book["Shortage"].iter_rows()]
    told = [row for row in cells if str(row[2]).startswith("Wed 12/2")]
    assert [row[2:6] for row in told] == [
        ["Wed 12/2 21:00-30:00", "≧ 1 person", "0 people", "9 h"]
    ] * 2
    texts = [str(value) for row in cells for value in row if value]
    assert "statutory staffing: this roster is short by 18 h of work." in texts


def test_the_page_has_no_ids_of_rules() -> None:
    """Deductions stand here by their names; ids are for inspections."""
    problem = with_nights(1, 1, monthly_revenue=1_000_000)
    sheet = workbook_of(problem, away(problem), ("A-06", "C-03"))["Shortage"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "Outlook" in texts
    assert [text for text in texts if re.fullmatch(r"[A-Z]-\d\d", text)] == []


def test_short_dates_are_marked_on_the_managers_sheet() -> None:
    """A mark before the date, and nowhere else; the cell is a date as before."""
    problem = with_nights(0, 1, 0)
    sheet = workbook_of(problem, away(problem), ("A-06",)).worksheets[1]
    head = [cell for cell in sheet[3] if isinstance(cell.value, dt.date)]
    assert [cell.value for cell in head] == list(problem.period.dates)
    assert ["▲" in cell.number_format for cell in head] == [False, True, False]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(text.startswith("▲ before a date") for text in texts)
    whole = workbook_of(problem, away(problem), ()).worksheets[1]
    assert not any("▲" in cell.number_format for cell in whole[3])
