"""People lent to another office for a date, worked by hand."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from benchmarks.generator import Strain, office
from scheduler.advice.lending import loans
from scheduler.api.batch_tasks import line
from scheduler.audit.figures.summary import BatchVerdict
from scheduler.domain.base import ShiftId
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Stance
from scheduler.domain.kinds import DayKind
from scheduler.domain.requests import CoverRule, Request
from scheduler.domain.staff import DateSpan
from scheduler.files.holidays_jp import make_period
from scheduler.files.workbook.batch import write_batch
from scheduler.solver.search import SearchLimits
from scheduler.solver.solve import solve
from scheduler.wording.advice import loan_texts
from tests.support.builders import (
    make_duty,
    make_office,
    make_problem,
    make_shift,
    make_staff,
    with_duties,
)
from tests.support.lending import (
    DAY,
    LONG,
    NIGHT,
    SIX_HOURS,
    WEDNESDAY,
    borrower,
    house,
    lender,
)
from tests.support.programs import called

if TYPE_CHECKING:
    from scheduler.advice.visits import OfficeMonth
    from scheduler.audit.figures.summary import BatchLine
    from scheduler.domain.advice import Loan
    from scheduler.domain.agreements import Spot
    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import BreakOption, Duty, Shift


def offers(*houses: OfficeMonth, travel: int = 0) -> list[Loan]:
    """Return the offers for Wednesday to the first house."""
    first, *_others = loans(houses, travel, threading.Event())
    return [loan for loan in first if loan.date == WEDNESDAY]


def names(*houses: OfficeMonth, travel: int = 0) -> list[str]:
    return [loan.staff for loan in offers(*houses, travel=travel)]


def test_who_has_a_day_off_may_come() -> None:
    """B is free on Wednesday; without C もも would have nobody."""
    (loan,) = offers(borrower(), lender("B 日休日\nC 日日日"), travel=25)
    assert (loan.staff, loan.lender, loan.date) == ("B", "もも", WEDNESDAY)
    assert (loan.shift, loan.span.start, loan.span.end) == ("日", 540, 900)
    assert (loan.instead_of, loan.travel, loan.contract) == (None, 25, ())
    assert [(one.rule, one.amount) for one in loan.mends] == [("K-02", 120)]
    assert loan.left == ()


def test_who_can_be_spared_may_come() -> None:
    """Of two on a shift either; of one nobody (360 of 360 minutes, A-03)."""
    found = offers(borrower(), lender("B 日日日\nC 日日日"))
    assert [(loan.staff, loan.instead_of) for loan in found] == [
        ("B", "日"),
        ("C", "日"),
    ]
    # Either, but not both: nobody would be left.
    assert [loan.group for loan in found] == [1, 1]
    assert names(borrower(), lender("B 日日日", "B")) == []


@pytest.mark.parametrize(
    ("wednesday", "groups"),
    [("休休日", {"B": 0, "C": 0}), ("日日休", {"B": 1, "C": 1, "D": 0})],
)
def test_two_are_one_group_only_where_both_cannot_go(
    wednesday: str, groups: dict[str, int]
) -> None:
    """Two more are wanted.  While D is at work both go; else B or C has to stay."""
    rows = zip("BCD", wednesday, strict=True)
    grid = "\n".join(f"{name} 日{symbol}日" for name, symbol in rows)
    found = offers(borrower(at_least=3), lender(grid, *"BCD"))
    assert {one.staff: one.group for one in found} == groups


def test_one_person_is_lent_once() -> None:
    """Two offices are short on Wednesday, and B alone is free: one group."""
    second = borrower()
    named = second.problem.office.model_copy(update={"name": "さくら"})
    people = [make_staff("Z", shifts=["日"])]
    problem = second.problem.model_copy(
        update={"office": named, "staff": tuple(people)}
    )
    houses = [
        borrower(),
        house(problem, "Z 日日日休休休休"),
        lender("B 日休日\nC 日日日"),
    ]
    first, other, _none = loans(houses, 0, threading.Event())
    told = [
        (one.staff, one.lender, one.group)
        for one in (*first, *other)
        if one.date == WEDNESDAY and one.lender == "もも"
    ]
    assert told == [("B", "もも", 1), ("B", "もも", 1)]


def test_what_is_mended_in_part_says_what_is_left() -> None:
    """Three people wanted: of 240 minutes 120 stay."""
    (loan,) = offers(borrower(at_least=3), lender("B 日休日\nC 日日日"))
    assert [one.amount for one in loan.mends] == [240]
    assert [one.amount for one in loan.left] == [120]


@pytest.mark.parametrize(("most", "found"), [(2, ["B"]), (1, [])])
def test_the_borrower_keeps_its_own_rules(most: int, found: list[str]) -> None:
    """Nobody comes where the guest would be one too many later on the day."""
    rule = {"name": "午後", "band": "13:00-15:00", "at_most": most}
    also = [CoverRule.model_validate(rule)]
    assert names(borrower(also=also), lender("B 日休日\nC 日日日")) == found


def test_the_contract_that_loses_is_told() -> None:
    """A day off that is owed may be asked for; it is told that it is owed."""
    staff = make_staff("B", days_off_min=5), "C"
    (loan,) = offers(borrower(), lender("B 日休日\nC 日日日", *staff))
    assert [(one.rule, one.stance) for one in loan.contract] == [
        ("L-02", Stance.CONTRACT)
    ]


@pytest.mark.parametrize(("most", "found"), [(3, ["B"]), (2, [])])
def test_days_in_a_row_are_kept(most: int, found: list[str]) -> None:
    """Three dates in a row, at home and away together (F-13)."""
    settings = {"days_in_a_row_most": most}
    grid = "B 日休日\nC 日日日"
    assert names(borrower(), lender(grid, settings=settings)) == found


@pytest.mark.parametrize(("start", "found"), [("8:00", ["B"]), ("7:59", [])])
def test_the_interval_is_kept(start: str, found: list[str]) -> None:
    """From 遅 until 21:00 to the next morning: 11 hours and no minute less (F-11)."""
    shift = make_shift("日", f"{start}-18:00")
    other = lender("B 遅休日\nC 日日日", settings={"rest_least": 660})
    assert names(borrower(shift), other) == found


@pytest.mark.parametrize(("travel", "found"), [(60, ["B"]), (61, [])])
def test_travel_is_no_rest(travel: int, found: list[str]) -> None:
    """From 21:00 to 9:00 are 12 hours: one of them may go by on the way."""
    other = lender("B 遅休日\nC 日日日", settings={"rest_least": 660})
    assert names(borrower(), other, travel=travel) == found


def test_travel_that_a_workbook_tells_goes_before() -> None:
    kind = DayKind.model_validate(
        {"symbol": "ゆ", "hours": True, "elsewhere": "ゆり", "travel": 61}
    )
    grid = "B 遅休日\nC 日日日"
    given = {"settings": {"rest_least": 660}, "kinds": [kind]}
    assert names(borrower(), lender(grid, **given), travel=0) == []
    told = lender("B 日休日\nC 日日日", kinds=[kind])
    (loan,) = offers(borrower(), told, travel=0)
    assert loan.travel == 61


@pytest.mark.parametrize(("monday", "found"), [("休", ["B"]), ("日", [])])
def test_weekly_hours_are_kept(monday: str, found: list[str]) -> None:
    """Outside flexible hours: 4 days of 8 hours at home and one away are 40 (F-01)."""
    staff = make_staff("B", no_flex=True, shifts=["日"]), make_staff("C", shifts=["日"])
    grid = "B 日休日日日休休\nC 日日日日日休休"
    other = lender(grid, *staff, shifts=[LONG], tail=f"B 休{monday}\nC 休休")
    assert names(borrower(LONG), other) == found


@pytest.mark.parametrize(
    "person",
    [
        {"groups": ["新人"]},
        {"other_minutes": 600},
        {"shifts": ["遅", "夜"]},
        {"roles": ["planner"]},
        {"away_on": [WEDNESDAY + dt.timedelta(1)]},
    ],
)
def test_who_is_never_asked(person: dict[str, Any]) -> None:
    """Newcomers, jobs that nobody here knows, other shifts, work and dates."""
    other = lender("B 日休日\nC 日日日", make_staff("B", **person), "C")
    assert "B" not in names(borrower(), other)


@pytest.mark.parametrize("cell", ["有", "欠"])
def test_leave_is_left_alone(cell: str) -> None:
    assert names(borrower(), lender(f"B 日{cell}日\nC 日日日")) == []


def test_a_wished_day_off_is_left_alone() -> None:
    wish = Request.model_validate({"staff": "B", "date": WEDNESDAY, "want": "day_off"})
    assert names(borrower(), lender("B 日休日\nC 日日日", requests=[wish])) == []


def test_the_people_of_both_houses_are_not_asked() -> None:
    """A namesake, or somebody who works in both: nobody can tell their hours."""
    staff = make_staff("A"), "C"
    assert names(borrower(), lender("A 日休日\nC 日日日", *staff)) == []


def test_nobody_is_lent_between_shotaki_and_kantaki() -> None:
    other = lender("B 日休日\nC 日日日", settings={"kind": "kantaki"})
    assert names(borrower(), other) == []


def test_a_nurse_is_asked_where_one_is_missing() -> None:
    nurse = make_staff("B", roles=["nurse"], qualifications=["看護師"])
    wanted = borrower(role="nurse", at_least=1)
    (loan,) = offers(wanted, lender("B 日休日\nC 休休休\nD 日日日", nurse, "C", "D"))
    assert (loan.staff, loan.role) == ("B", "nurse")


def test_a_night_takes_the_morning_after() -> None:
    """夜 on Wednesday: Thursday becomes 明, and a shift of that day is left (F-07).

    That takes somebody else at home on Thursday, as one is needed there.
    """
    problem = borrower(NIGHT, band=None, shift="夜", at_least=1).problem
    free = house(problem, "A 夜明休休休休休")
    (loan,) = offers(free, lender("B 日休休\nC 日日日"))
    assert (loan.staff, loan.span.end) == ("B", 33 * 60 + 30)
    (loan,) = offers(free, lender("B 日休日\nC 日日日"))
    assert (loan.staff, loan.instead_of, loan.next_day) == ("B", None, "日")
    assert names(free, lender("B 日休日\nC 日日休")) == []
    day_only = make_staff("B", shifts=["日"])
    assert names(free, lender("B 日休休\nC 日日日", day_only, "C")) == []


def test_a_stopped_run_offers_nothing() -> None:
    stop = threading.Event()
    stop.set()
    assert loans([borrower(), lender("B 日休日\nC 日日日")], 0, stop) == ((), ())


def summary_line(found: list[Loan], house: OfficeMonth) -> BatchLine:
    given = {"name": house.name, "period": house.problem.period}
    return line(
        Path("yuri.xlsx"), BatchVerdict.SHORT, Exit.NOT_LEGAL, loans=found, **given
    )


def test_an_offer_in_words(tmp_path: Path) -> None:
    """Who, from where, when, what for and at what price; on the screen and a page."""
    staff = make_staff("B", days_off_min=5), "C"
    ward = borrower(at_least=3)
    found = offers(ward, lender("B 日休日\nC 日日日", *staff), travel=25)
    told = summary_line(found, ward)
    (text,) = loan_texts(told.loans, ward.problem.period)
    when, missing = "12月2日(水) 9:00-15:00 (日)", "12月2日(水) 9:00-11:00"
    rule = "事業所の配置ルール：時間帯の人数（日中） （必要 3人、予定 {}人）"
    mends = f"{missing} {rule.format(1)}、応援のあとも残る：{missing} {rule.format(2)}"
    asks = (
        "休みを勤務にする（本人の同意が必要）、契約：公休日数：公休の不足"
        " （必要 5日、予定 4日）、事業所間の移動 25分"
    )
    assert (
        text == f"{when}：ももの Bさん。埋まる不足：{mends}。お願いすること：{asks}。"
    )
    path = write_batch([told], tmp_path / "all.xlsx")
    sheet = openpyxl.load_workbook(path)["他の事業所からの応援"]
    cells = [cell.value for cell in sheet[5]]
    assert cells == ["ゆり", when, "B", "もも", mends, asks, None]
    spared = offers(ward, lender("B 日日日\nC 日日日"))
    assert loan_texts(spared, ward.problem.period)[0].endswith(
        "自分の事業所の「日」を抜ける（抜けても新たな違反なし）、事業所間の移動 0分。"
        "組1（同じ組から採れるのは1つだけ）。"
    )


# --- through the command


def test_a_batch_offers_people(tmp_path: Path) -> None:
    """A, alone, has one day off in three; of B, C and D somebody may always come."""
    people = [make_staff(name, shifts=["日"]) for name in "ABCD"]
    rule = {"name": "日中", "band": "9:00-11:00", "at_least": 2, "dates": [WEDNESDAY]}
    for name, staff, rules in (("ゆり", people[:1], [rule]), ("もも", people[1:], [])):
        problem = make_problem(
            staff,
            days=3,
            office=make_office(name=name, **SIX_HOURS),
            shifts=[DAY],
            cover_rules=[CoverRule.model_validate(one) for one in rules],
        )
        text = problem.model_dump_json()
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    given = ["-o", ".", "--travel", "5"]
    told = called(tmp_path, "--json", "batch", "ゆり.json", "もも.json", *given)
    short, loose = (line["loans"] for line in told.json["offices"])
    assert {(one["lender"], one["travel"]) for one in short} == {("もも", 5)}
    assert loose == []


# --- two generated offices


def broken(house: OfficeMonth, changed: OfficeMonth) -> Counter[Spot]:
    """Return by how much more law and musts are broken, by place; less is negative."""
    more: Counter[Spot] = Counter()
    for sign, findings in ((1, changed.findings), (-1, house.findings)):
        for one in findings:
            if one.stance.is_hard:
                more[house.rulebook.spot_of(one)] += sign * one.amount
    return more


def test_every_offer_holds_in_both_houses() -> None:
    """みずほ has half of its staff from the third date on; 結 is loose.

    Each offer is put into both rosters here, by other ways than those that found it.
    The searches count their work, so that the rosters do not depend on time.
    """
    period = make_period(dt.date(2027, 2, 1), dt.date(2027, 2, 7))
    limits = SearchLimits(seconds=0.5, workers=1, repeatable=True)
    houses = []
    for name, seed, late in (("みずほ", 3, True), ("結", 1, False)):
        drawn = office(seed, None, Strain.LOOSE, period)
        absent = {"employed": DateSpan(first=dt.date(2027, 2, 3))} if late else {}
        staff = [
            member.model_copy(update=absent if number % 2 else {})
            for number, member in enumerate(drawn.staff)
        ]
        named = drawn.office.model_copy(update={"name": name})
        given = {"staff": tuple(staff), "office": named, "requests": ()}
        problem = drawn.model_copy(update=given)
        houses.append(house(problem, solve(problem, limits).roster))
    ward, other = houses
    found, of_the_loose = loans(houses, 40, threading.Event())
    assert found
    assert of_the_loose == ()
    for loan in found:
        assert loan.travel == 40
        breaks = ward.problem.shift_by_symbol[loan.shift].break_options
        lost = [broken(other, away(other, ward, loan, one)) for one in breaks]
        assert not all(+one for one in lost), loan
        more = [broken(ward, visited(ward, other, loan, one)) for one in breaks]
        assert any(not +one and -one for one in more), loan


def away(
    lender: OfficeMonth, borrower: OfficeMonth, loan: Loan, breaks: BreakOption
) -> OfficeMonth:
    """Return the lender with the person at work in the other house."""
    shift = borrower.problem.shift_by_symbol[loan.shift]
    kind = DayKind(
        symbol=ShiftId("外"),
        hours=True,
        start=shift.start,
        end=shift.end,
        breaks=shift.breaks,
        elsewhere=borrower.name,
        travel=loan.travel,
    )
    problem = lender.problem.model_copy(update={"kinds": (kind,)})
    duty = make_duty(problem, loan.staff, loan.date, kind.symbol, breaks=breaks)
    morning = mornings(problem, loan, shift)
    return house(problem, with_duties(lender.roster, duty, *morning))


def visited(
    borrower: OfficeMonth, lender: OfficeMonth, loan: Loan, breaks: BreakOption
) -> OfficeMonth:
    """Return the borrower with the guest, in the role that the offer names."""
    shift = borrower.problem.shift_by_symbol[loan.shift]
    member = lender.problem.member_by_name[loan.staff]
    guest = member.model_copy(update={"home": lender.name, "shifts": (shift.symbol,)})
    staff = (*borrower.problem.staff, guest)
    problem = borrower.problem.model_copy(update={"staff": staff})
    rest = [
        make_duty(problem, guest.name, day, "休", roles=(), breaks=())
        for day in problem.period.dates
    ]
    given = {"breaks": breaks, "roles": (loan.role,) * len(shift.segments)}
    duty = make_duty(problem, guest.name, loan.date, shift.symbol, **given)
    morning = mornings(problem, loan, shift)
    return house(problem, with_duties(borrower.roster, *rest, duty, *morning))


def mornings(problem: Problem, loan: Loan, shift: Shift) -> list[Duty]:
    """Return the cell after a night, if the period has it."""
    after = loan.date + dt.timedelta(days=1)
    if shift.passes_midnight and after in problem.period:
        return [make_duty(problem, loan.staff, after, "明")]
    return []
