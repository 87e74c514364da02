"""Grades of add-ons with their margins, and check lists, worked by hand (C, E)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from scheduler.audit.papers.grades import (
    Grade,
    Item,
    Known,
    checklists,
    grades,
    next_grade,
    reached,
)
from scheduler.domain.events import CalendarEvent
from scheduler.domain.kinds import DayKind, Spell
from scheduler.domain.shifts import Role
from scheduler.files.workbook.fees import write_fees
from scheduler.files.workbook.sheet_writer import SheetWriter
from scheduler.files.workbook.styles import Stylist
from scheduler.rulebook import rules_of
from scheduler.wording.fees import grade_verdict, summary_lines
from tests.support.builders import (
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_roster,
    make_staff,
    with_duties,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

JANUARY = dt.date(2027, 1, 1)
CERTIFIED = {"qualifications": ["介護福祉士"]}


def a_month(
    staff: Sequence[StaffMember],
    rows: Sequence[str],
    visits: Sequence[int] = (6,),
    events: Sequence[CalendarEvent] = (),
    **office: Any,
) -> tuple[Problem, Roster]:
    """Return January 2027 of an office of 20 users; 160 h are a full-timer's month."""
    period = make_period(31, JANUARY)
    problem = make_problem(
        staff,
        period=period,
        office=make_office(full_time_month=160 * 60, **office),
        forecast=make_forecast(period, 3, 0, list(visits) * (31 // len(visits))),
        events=events,
    )
    grid = "\n".join(
        f"{member.name} {row}{'休' * (31 - len(row))}"
        for member, row in zip(staff, rows, strict=True)
    )
    return problem, make_roster(problem, grid)


def grade(found: Sequence[Grade], rule: str, name: str = "") -> Grade:
    """Return one grade."""
    return next(one for one in found if (one.rule, one.name) == (rule, name))


@pytest.mark.parametrize(
    ("days", "met", "lacking"),
    # Of 20 days of care 10 by certified people are half; of 9 an hour a day is missing.
    [(10, True, None), (9, False, 480)],
)
def test_half_of_the_hours_by_certified_people(
    days: int, met: bool, lacking: int | None
) -> None:
    """Grade II asks for 50 %: at the line, and a day of eight hours below it."""
    part = {"full_time": False}
    staff = [make_staff("A", **CERTIFIED, **part), make_staff("B", **part)]
    found = grades(*a_month(staff, ["日" * days, "日" * (20 - days)]))
    second = grade(found, "E-01", "Ⅱ")
    assert second.fulfilled is met
    assert second.ways[0][0].lacking == lacking
    assert second.units == 640
    # 640 units x 20 users x 10 yen.
    assert second.yen == 128_000
    # This month is one of the eleven whose average counts from April 2027 on.
    assert second.acts_on == dt.date(2027, 4, 1)


def test_the_shares_of_march_count_in_no_year() -> None:
    """April to February are averaged; all of it is to be confirmed (E-01)."""
    period = make_period(31, dt.date(2027, 3, 1))
    problem = make_problem([make_staff("A", **CERTIFIED)], period=period)
    found = grades(problem, make_roster(problem, "A " + "日" * 31))
    second = grade(found, "E-01", "Ⅱ")
    assert second.fulfilled
    assert second.to_be_confirmed
    assert second.acts_on is None


def test_last_years_average_counts_in_this_fiscal_year() -> None:
    """With last year on record its share decides, until March, and nothing is lacking.

    January 2027 lies in the fiscal year that began in April 2026.
    """
    last = {"certified_percent": 45, "full_time_percent": 10}
    found = grades(*a_month([make_staff("A", **CERTIFIED)], ["日"], last_year=last))
    second, third = grade(found, "E-01", "Ⅱ"), grade(found, "E-01", "Ⅲ")
    assert (second.fulfilled, third.fulfilled) == (False, True)
    assert second.ways[0][0].lacking is None
    assert second.acts_on == dt.date(2026, 4, 1)


def test_three_months_of_a_new_office_count_from_the_next_month() -> None:
    """Reported in January 2027, claimed from February; to be confirmed."""
    last = {"certified_percent": 50, "three_months": True}
    found = grades(*a_month([make_staff("A")], ["日"], last_year=last))
    second = grade(found, "E-01", "Ⅱ")
    assert second.fulfilled
    assert second.to_be_confirmed
    assert second.acts_on == dt.date(2027, 2, 1)
    assert grade(found, "E-01", "Ⅰ").ways[0][0].lacking is None


def test_either_way_reaches_the_third_grade() -> None:
    """Nobody is certified, and all are full-timers: the second way is enough."""
    found = grades(*a_whole_month([make_staff(name) for name in "ABCDEF"]))
    third = grade(found, "E-01", "Ⅲ")
    assert [[one.line.met for one in way] for way in third.ways] == [[False], [True]]
    assert third.met
    assert reached(found, "E-01") == third
    assert next_grade(found, "E-01") == grade(found, "E-01", "Ⅱ")


@pytest.mark.parametrize(("last", "met"), [(20, True), (19, False)])
def test_two_hundred_visits_and_two_full_timers(last: int, met: bool) -> None:
    """V13: 30 x 6 + 20 visits are 200, one fewer 199; both conditions are needed."""
    staff = [make_staff("A"), make_staff("B")]
    visits = [6] * 30 + [last]
    one = grade(grades(*a_month(staff, ["日", "日"], visits)), "E-02")
    assert one.met is met
    assert one.acts_on == JANUARY
    alone = grades(*a_month(staff[:1], ["日"], visits))
    assert not grade(alone, "E-02").met


def test_a_nurse_who_leads_brings_no_first_grade() -> None:
    """V14: the same nurse, once dedicated, once manager as well."""
    for roles, met in ((["nurse"], True), (["nurse", "manager"], False)):
        nurse = make_staff("A", roles=roles, qualifications=["看護師"])
        found = grades(*a_month([nurse], ["日" * 20]))
        assert grade(found, "E-03", "Ⅰ").fulfilled is met


def test_a_nurse_on_leave_all_month_brings_no_grade() -> None:
    """The only dedicated nurse is on childcare leave: nobody nurses here (E-03)."""
    nurse = make_staff("A", roles=["nurse"], qualifications=["看護師"])
    leave = DayKind.model_validate(
        {"symbol": "育", "name": "育児休業", "hours": False, "extent": "period"}
    )
    spell = {"staff": "A", "kind": "育", "first": "2026-12-01", "last": "2027-03-31"}
    period = make_period(31, JANUARY)
    problem = make_problem(
        [nurse],
        period=period,
        office=make_office(full_time_month=160 * 60),
        forecast=make_forecast(period, 3, 0, 6),
        kinds=[leave],
        spells=[Spell.model_validate(spell)],
    )
    found = grades(problem, make_roster(problem, "A " + "育" * 31))
    assert not grade(found, "E-03", "Ⅰ").fulfilled


def test_a_licensed_nurse_is_in_no_share_of_certified_workers() -> None:
    """Two of four in care are certified; the fourth is a nurse: two of three are 66 %.

    Ten years of service have both of the two.
    """
    nurse = {"roles": ["nurse", "care"], "qualifications": ["看護師"]}
    long = {"employed": {"first": "2010-04-01"}, **CERTIFIED}
    staff = [make_staff("A", **long), make_staff("B", **long), make_staff("C")]
    problem, roster = a_month([*staff, make_staff("D", **nurse)], ["日"] * 4)
    duty = make_duty(problem, "D", JANUARY, "日", roles=(Role.CARE,))
    roster = with_duties(roster, duty)
    found = grades(problem, roster)
    assert grade(found, "E-01", "Ⅱ").ways[0][0].line.actual == 66
    served = {one.item: one.number for one in checklists(problem, roster)}
    assert served[Item.LONG_CERTIFIED] == 66
    # Among all who give care and nurse the nurse counts.
    assert served[Item.LONG] == 50


def a_whole_month(
    staff: Sequence[StaffMember], dates: int = 31
) -> tuple[Problem, Roster]:
    """Return a month in which all work on so many dates, a planner and a nurse too."""
    papers = ["介護支援専門員", "計画作成担当者研修"]
    planner = make_staff("P", roles=["planner"], qualifications=papers)
    nurse = make_staff("N", roles=["nurse"], qualifications=["看護師"])
    all_staff = [*staff, planner, nurse]
    rows = ["日" * dates] * len(all_staff)
    return a_month(all_staff, rows, contact_system=True)


@pytest.mark.parametrize("rule", ["E-01", "E-03"])
def test_no_add_on_beside_a_deduction_of_the_same_roster(rule: str) -> None:
    """All in care are certified, one is a nurse: reached, unless most dates are short.

    With two dates of work in the month the hours lack more than ten per cent, which is
    deducted; the conditions ask that none be (K27 item 7).
    """
    staff = [make_staff(name, **CERTIFIED) for name in "ABCDEF"]
    kept = grades(*a_whole_month(staff))
    broken = grades(*a_whole_month(staff, dates=2))
    for found, met in ((kept, True), (broken, False)):
        first = grade(found, rule, "Ⅰ")
        assert (first.fulfilled, first.met) == (True, met)
    rulebook = rules_of(a_whole_month(staff)[0])
    above = {one.rule: next_grade(broken, one.rule) for one in broken}
    told = [line for line in summary_lines(broken, above, rulebook) if "減算" in line]
    assert len(told) == 2
    assert grade_verdict(grade(broken, rule, "Ⅰ")) == "減算のおそれがある間は不可"


def test_an_add_on_that_rests_on_one_of_other_offices_is_not_asked_about() -> None:
    """End-of-life care rests on the nurse add-on, which no kantaki has (E-05)."""
    for kind, known in (("main", True), ("kantaki", False)):
        items = checklists(*a_month([make_staff("A")], ["日"], kind=kind))
        assert any(one.addon == "end_of_life" for one in items) is known


@pytest.mark.parametrize(("kind", "known"), [("main", True), ("kantaki", False)])
def test_an_add_on_of_other_offices_is_left_out(kind: str, known: bool) -> None:
    """The nurse add-on is for small multifunctional care alone."""
    found = grades(*a_month([make_staff("A")], ["日"], kind=kind))
    assert any(one.rule == "E-03" for one in found) is known


def test_the_third_nurse_grade_may_depend_on_the_reading() -> None:
    """A dedicated nurse of 80 of 160 h: 1.0 by the form, 0.5 by hours; 80 h lack."""
    nurse = make_staff("A", roles=["nurse"], qualifications=["准看護師"])
    found = grades(*a_month([nurse], ["日" * 10]))
    third = grade(found, "E-03", "Ⅲ")
    assert (third.met, third.is_open) == (False, True)
    assert third.ways[0][0].lacking == 80 * 60


def test_check_lists_say_what_the_roster_knows() -> None:
    """Two leaders, one meeting; no instructor, and nothing of plans."""
    leaders = {"qualifications": ["認知症介護実践リーダー研修"]}
    meeting = CalendarEvent.model_validate(
        {"name": "職員会議", "dates": ["2027-01-20"], "circle": "nobody"}
    )
    staff = [make_staff("A", **leaders), make_staff("B", **leaders), make_staff("C")]
    problem, roster = a_month(staff, ["日", "日", "日"], events=[meeting])
    items = {(i.addon, i.item): i for i in checklists(problem, roster)}
    known = {key: (one.known, one.number) for key, one in items.items()}
    assert known["dementia", Item.LEADERS] == (Known.SOME, 2)
    assert known["dementia", Item.INSTRUCTORS] == (Known.NO, 0)
    assert known["dementia", Item.MEETINGS] == (Known.SOME, 1)
    assert known["quality", Item.TRAINING_PLANS] == (Known.UNKNOWN, None)
    assert known["pay", Item.QUALITY_GRADE] == (Known.NO, None)
    # Three people on one date leave all other dates short.
    assert known["quality", Item.NO_DEDUCTION][0] is Known.NO


@pytest.mark.parametrize(
    ("certified", "other", "expected"),
    [
        # Hired on the first of January, they have ten and seven full years when the
        # last day of December ends: one and two of four equals.
        ("2017-01-01", "2020-01-01", [(Known.YES, 25), (Known.YES, 50)]),
        # A day later the first has nine years and the second six.
        ("2017-01-02", "2020-01-02", [(Known.SOME, 0), (Known.SOME, 25)]),
        (None, None, [(Known.UNKNOWN, None), (Known.UNKNOWN, None)]),
        # Who has just come has a date; whoever may be long in service has none.
        (None, "2026-12-20", [(Known.UNKNOWN, None), (Known.UNKNOWN, None)]),
    ],
)
def test_years_of_service_are_another_way(
    certified: str | None, other: str | None, expected: list[tuple[Known, int | None]]
) -> None:
    """25 % certified with ten years for grade I, 30 % with seven for III (E-01)."""
    staff = [
        make_staff("A", employed={"first": certified}, **CERTIFIED),
        make_staff("B", employed={"first": other}),
        *map(make_staff, "CD"),
    ]
    items = checklists(*a_month(staff, ["日"] * 4))
    found = [one for one in items if one.item in (Item.LONG_CERTIFIED, Item.LONG)]
    assert [(one.known, one.number) for one in found] == expected


def test_the_page_tells_margins_yen_and_months() -> None:
    """30 % of a revenue of 3,000,000 yen, from the month after, to be confirmed."""
    staff = [make_staff("A", **CERTIFIED)]
    problem, roster = a_month(staff, ["日"], monthly_revenue=3_000_000)
    book = Workbook()
    write_fees(problem, roster, SheetWriter(Stylist(book), book.active))
    rows = [
        [one for one in line if one not in (None, "")]
        for line in book.active.iter_rows(values_only=True)
    ]
    care = next(
        row
        for row in rows
        if row and row[0] == "人員基準欠如減算（介護職員）" and -900_000 in row
    )
    assert "2027年2月から" in care
    assert "要確認" in care
    visits = next(row for row in rows if row and row[0] == "訪問体制強化加算")
    assert visits[1:5] == ["期間の延べ訪問回数", "≧ 200回", "186回", "-14回"]
    assert visits[5:7] == ["あと14回", "非該当"]
    text = "".join(str(one) for row in rows for one in row)
    assert "該当する区分がありません" in text
    assert "勤務表にはありません" in text


def test_the_deductions_of_two_months_stand_below_their_months() -> None:
    """From the 21st to the 20th: the page is as wide as the paper, not as high.

    Lines of no dates, as those of registrants, stand in the first month alone.
    """
    period = make_period(31, dt.date(2027, 1, 21))
    problem = make_problem([make_staff("A")], period=period)
    book = Workbook()
    out = SheetWriter(Stylist(book), book.active)
    write_fees(problem, make_roster(problem, "A " + "日" * 31), out)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    texts = [str(row[0] or "") for row in rows]
    start = texts.index("減算")
    months = [n for n, text in enumerate(texts) if n > start and "の分だけ" in text]
    assert len(months) == 2
    assert texts[start:].count("登録定員超過減算") == 1
    for first, last in zip(months, (months[1], len(texts)), strict=True):
        assert texts[first:last].count("過少サービスに対する減算") == 1
    assert book.active.page_setup.fitToHeight == 0
