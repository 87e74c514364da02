"""What a finished month leaves to the next, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import consistency
from scheduler.audit.figures.fairness import closing_ledger, fairness
from scheduler.domain.base import ShiftId, StaffId
from scheduler.domain.ledger import Carried, CarriedShift, LedgerEntry
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import CoverRule, Pair, PairKind, Request
from scheduler.domain.shifts import OffKind
from scheduler.files.holidays_jp import make_period as with_holidays
from scheduler.files.next_month import following_period, next_month
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from tests.support.builders import (
    SHIFTS,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.input_offices import agree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember
    from tests.support.programs import Ended

JUNE = make_period(7, dt.date(2026, 6, 1))
"""Monday to Sunday."""


def entry(name: str, **fields: Any) -> LedgerEntry:
    return LedgerEntry.model_validate({"staff": name, **fields})


def week(
    grid: str, *staff: Any, ledger: tuple[LedgerEntry, ...] = (), **more: Any
) -> tuple[Problem, Roster]:
    """Make a problem of one week and the roster drawn."""
    problem = make_problem(staff, **{"period": JUNE, "ledger": ledger, **more})
    return problem, make_roster(problem, grid)


# --- the month's shares


def test_times_shares_and_what_was_carried() -> None:
    """Three nights among A and B: 1.5 are fair for each; B brought 2 of 1.25."""
    problem, roster = week(
        """
        A 夜明夜明休休日
        B 日日日日夜明休
        宿 BBAAB--
        """,
        "A",
        "B",
        ledger=(entry("B", night={"times": 2, "share": 1250}),),
    )
    night, on_call, rest_day, *_ = fairness(problem, roster)
    sharings = (night, on_call, rest_day)
    totals = [sum(one.times for one in sharing.standings) for sharing in sharings]
    assert totals == [3, 5, 1]
    first, second = night.standings
    assert (first.times, first.share, first.deviation) == (2, 1500, 500)
    assert (second.times, second.share) == (1, 1500)
    assert second.carried == Carried(times=2, share=1250)
    # 1 + 2 nights against 1.5 + 1.25.
    assert second.deviation == 250
    assert second.closing == Carried(times=3, share=2750)
    assert [one.times for one in on_call.standings] == [2, 3]
    assert [one.times for one in rest_day.standings] == [1, 0]


# --- the ledger


def test_the_ledger_after_the_month() -> None:
    """Every account, what was there before counted in."""
    before = entry(
        "A",
        night={"times": 4, "share": 3600},
        shifts=[{"shift": "計", "times": 1, "share": 500}],
        wishes_asked=5,
        wishes_granted=3,
        paid_leave=3,
        days_off_owed=-1,
    )
    problem, roster = week(
        """
        A 夜明休有半計日
        B 日早遅休休休計
        宿 BABBBA-
        """,
        make_staff("A", days_off_min=3, shifts=["日", "夜", "半", "計"]),
        make_staff("B", shifts=["早", "日", "遅", "夜", "計"]),
        make_staff("C", employed={"last": "2026-05-31"}),
        shifts=[
            *SHIFTS,
            make_shift("半", "9:00-13:00", [], half_leave=True),
            make_shift("計"),
        ],
        office=make_office(fair_shifts=["計"]),
        requests=[
            Request.model_validate({"staff": "A", "date": date, "want": want})
            for date, want in (
                ("2026-06-03", "day_off"),
                ("2026-06-04", "paid_leave"),
                ("2026-06-07", "day_off"),
            )
        ],
        ledger=(before,),
    )
    mine, others, left = closing_ledger(problem, roster)
    # Leave on one of seven dates: A's weight is 6/7, 6 : 7 of thirteen parts.
    assert mine.night == Carried(times=5, share=3600 + 462)
    assert others.night == Carried(times=0, share=538)
    assert mine.on_call == Carried(times=2, share=6 * 462)
    # Early shifts: only B may be given one, so that nobody shares them.
    assert others.early == mine.early == Carried()
    # Saturday A, Sunday both; nobody's leave falls on these two.
    assert mine.rest_day == Carried(times=2, share=3 * 500)
    assert mine.shifts == (
        CarriedShift(shift=ShiftId("計"), times=2, share=500 + 2 * 462),
    )
    assert (mine.wishes_asked, mine.wishes_granted) == (8, 5)
    assert mine.paid_leave == 3 + 2 + 1
    # Three days off are owed and one was given; one was owed to the office.
    assert mine.days_off_owed == -1 + 3 - 1
    assert others.days_off_owed == 0
    assert left == entry("C")


def test_accounts_add_up_to_nothing() -> None:
    """What one bears beyond their share the others bear less, to the thousandth."""
    problem, roster = week(
        """
        A 夜明夜明夜明休
        B 日日日夜明休休
        C 休休休休休日日
        宿 BBCCBCC
        """,
        "A",
        "B",
        "C",
    )
    for sharing in fairness(problem, roster):
        assert sum(one.deviation for one in sharing.standings) == 0


# --- the next period


@pytest.mark.parametrize(
    ("first", "last", "then"),
    [
        ("2026-12-01", "2026-12-31", ("2027-01-01", "2027-01-31")),
        ("2027-02-01", "2027-02-28", ("2027-03-01", "2027-03-31")),
        ("2027-01-21", "2027-02-20", ("2027-02-21", "2027-03-20")),
        ("2026-11-16", "2026-12-15", ("2026-12-16", "2027-01-15")),
        # No month, but four weeks and a week.
        ("2026-12-07", "2027-01-03", ("2027-01-04", "2027-01-31")),
        ("2026-12-01", "2026-12-07", ("2026-12-08", "2026-12-14")),
    ],
)
def test_the_period_right_after(first: str, last: str, then: tuple[str, str]) -> None:
    """A month follows a month, from the 21st too; other stretches keep their length."""
    period = with_holidays(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    after = following_period(period)
    assert (after.first.isoformat(), after.last.isoformat()) == then


def test_the_next_period_knows_its_holidays() -> None:
    """1 and 11 January, and none of the old month's."""
    after = following_period(with_holidays(dt.date(2026, 12, 1), dt.date(2026, 12, 31)))
    inside = [day for day in after.holiday_names if day in after]
    assert inside == [dt.date(2027, 1, 1), dt.date(2027, 1, 11)]


def test_no_period_before_the_end_of_the_last() -> None:
    problem, roster = week("A 日日日日休休日", "A")
    with pytest.raises(ValueError, match="before the last"):
        next_month(problem, roster, make_period(7, dt.date(2026, 6, 7)))


def test_staff_pairs_and_cover_rules_are_carried() -> None:
    """Who left is dropped, with their pairs; so are past dates, rules, agreements."""
    problem, roster = week(
        """
        A 日日日日休休日
        B 日日日日休休・
        C 日日日日休休日
        宿 BBBBBB-
        """,
        "A",
        make_staff("B", employed={"last": "2026-06-06"}),
        make_staff("C", no_night={"last": "2026-06-07"}),
        pairs=[Pair(first=StaffId("A"), second=StaffId("B"), kind=PairKind.APART)],
        cover_rules=[
            CoverRule.model_validate({"name": "毎日", "at_least": 1}),
            CoverRule.model_validate(
                {"name": "行事", "at_least": 2, "dates": ["2026-06-03"]}
            ),
            CoverRule.model_validate(
                {"name": "旅行", "at_least": 2, "dates": ["2026-06-03", "2026-06-10"]}
            ),
            CoverRule.model_validate(
                {
                    "name": "入浴",
                    "at_least": 2,
                    "weekdays": [1],
                    "dates": ["2026-06-03"],
                }
            ),
        ],
    )
    agreed = problem.model_copy(
        update={"agreements": (agree("L-05", "nights_max", 1, staff="A"),)}
    )
    after = next_month(agreed, roster, following_period(problem.period))
    assert after.agreements == ()
    assert [member.name for member in after.staff] == ["A", "C"]
    assert after.staff[1].no_night is None
    assert after.pairs == ()
    rules = [(rule.name, [d.day for d in rule.dates]) for rule in after.cover_rules]
    assert rules == [("毎日", []), ("旅行", [10]), ("入浴", [])]
    assert {duty.staff for duty in after.history.duties} == {"A", "C"}
    assert after.history.on_call == ()
    assert (after.requests, after.pinned_cells) == ((), 0)
    assert consistency.mistakes(after) == ()


def test_contracts_follow_the_number_of_dates() -> None:
    """From 31 dates to 28: 168 h are 151.7, so 152 h; 9 days off are 8.1, so 8."""
    january = make_period(31, dt.date(2027, 1, 1))
    staff = [
        make_staff("A", minutes_min=10080, minutes_max=10080, days_off_min=9),
        # 100 h are no whole days; 90.3 h are 90.
        make_staff("B", minutes_min=6000, nights_max=4),
        # Half of January, all of February: 80 h x 28 / 16 are 140 h, 17.5 days, so 18.
        make_staff("C", minutes_max=4800, employed={"first": "2027-01-16"}),
        make_staff("D"),
        # A part-timer's limit of a month, 80 h, stays; hours that are promised do not.
        make_staff("E", minutes_max=4800, full_time=False),
        make_staff("F", minutes_min=6000, minutes_max=6000, full_time=False),
    ]
    problem = make_problem(
        staff, period=january, office=make_office(full_time_month=9600)
    )
    roster = make_roster(problem, "")
    february = next_month(problem, roster, following_period(january))
    contracts = [member.contract for member in february.staff]
    first, second, third, fourth, fifth, sixth = contracts
    assert (fifth.minutes_max, sixth.minutes_max) == (4800, 90 * 60)
    assert (first.minutes_min, first.minutes_max) == (152 * 60, 152 * 60)
    assert first.days_off_min == 8
    assert (second.minutes_min, second.nights_max) == (90 * 60, 4)
    assert third.minutes_max == 144 * 60
    assert fourth == staff[3].contract
    # 160 h x 28 / 31 = 144.5 h, 18.06 days.
    assert february.office.settings.full_time_month == 144 * 60


def test_contracts_stay_where_the_length_does() -> None:
    """From July to August nothing is rounded."""
    july = make_period(31, dt.date(2026, 7, 1))
    odd = make_staff("A", minutes_min=9999, days_off_min=9)
    problem = make_problem([odd], period=july)
    after = next_month(problem, make_roster(problem, ""), following_period(july))
    assert after.staff == (odd,)


def test_the_forecast_is_like_the_same_weekdays() -> None:
    """The middle of each weekday's numbers; holidays are like the holiday before."""
    period = make_period(14, dt.date(2026, 6, 1), [dt.date(2026, 6, 10)])
    problem = make_problem(
        ["A"],
        period=period,
        forecast=make_forecast(
            period,
            # Mondays 5 and 9: the higher of the two in the middle.
            [5, 6, 7, 8, 9, 10, 2, 9, 6, 3, 8, 9, 10, 4],
            [1, None, 3, 4, 5, 6, 7, 1, None, 0, 4, 5, 6, 8],
            [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6],
        ),
    )
    after = make_period(14, dt.date(2026, 6, 15), [dt.date(2026, 6, 16)])
    found = next_month(problem, make_roster(problem, ""), after)
    users = [day.day_users for day in found.forecast.days]
    # Sundays 2 and 4; the holiday on Wednesday the 10th 3, so Tuesday the 16th.
    assert users == [9, 3, 7, 8, 9, 10, 4, 9, 6, 7, 8, 9, 10, 4]
    assert [d.overnight for d in found.forecast.days][7:10] == [1, None, 3]
    assert found.forecast.overnight_before == 8
    assert consistency.mistakes(found) == ()


@pytest.mark.parametrize(("holiday", "then"), [([10], "祝日"), ([], "日曜")])
def test_a_holiday_has_the_profile_of_holidays(holiday: list[int], then: str) -> None:
    """That of the holiday before; of Sundays where the month before had none."""
    period = make_period(
        14, dt.date(2026, 6, 1), [dt.date(2026, 6, n) for n in holiday]
    )
    names = ["通常"] * 6 + ["日曜"]
    profiles = dict(zip(period.dates, names * 2, strict=True))
    profiles |= dict.fromkeys(period.holiday_names, "祝日")
    problem = make_problem(
        ["A"],
        period=period,
        office=make_office(
            profiles=[make_profile(name=name) for name in ("通常", "日曜", "祝日")]
        ),
        forecast=make_forecast(
            period,
            changes={date: {"profile": name} for date, name in profiles.items()},
        ),
    )
    after = make_period(14, dt.date(2026, 6, 15), [dt.date(2026, 6, 16)])
    days = next_month(problem, make_roster(problem, ""), after).forecast.days
    assert [days[n].profile for n in (0, 1, 6)] == ["通常", then, "日曜"]


def test_whoever_came_in_the_month_has_a_whole_months_contract() -> None:
    """From the 10th of 28 dates 104 to 112 h are 19/28 of 152 to 160 h, as B has them.

    In March everybody has 168 to 176 h, not 31/19 of the part. C's 100 h are no share
    of anybody's, so they grow by the dates; D leaves in March and has a share of it.
    """
    february = make_period(28, dt.date(2027, 2, 1))
    part = {"minutes_min": 104 * 60, "minutes_max": 112 * 60, "days_off_min": 5}
    whole = {"minutes_min": 152 * 60, "minutes_max": 160 * 60, "days_off_min": 8}
    came = dt.date(2027, 2, 10)
    staff = [
        make_staff("A", employed={"first": came}, **part),
        make_staff("B", **whole),
        make_staff("C", minutes_min=100 * 60, employed={"first": came}),
        make_staff("D", employed={"first": came, "last": "2027-03-19"}, **part),
    ]
    problem = make_problem(staff, period=february)
    period = following_period(february)
    after = next_month(problem, make_roster(problem, ""), period)
    first, second, third, fourth = (member.contract for member in after.staff)
    hours = (first.minutes_min, first.minutes_max, first.days_off_min)
    assert hours == (168 * 60, 176 * 60, 9)
    assert hours == (second.minutes_min, second.minutes_max, second.days_off_min)
    assert third.minutes_min == 163 * 60
    assert (fourth.minutes_min, fourth.days_off_min) == (104 * 60, 5)
    # The 10th of February is before the tail, so the cell is empty from now on.
    assert [member.employed.first for member in after.staff] == [None] * 4


@pytest.mark.parametrize(
    ("least", "most", "days_off", "like"),
    [(76, 84, 4, "C"), (76, 84, 5, "B"), (72, 80, 5, "B")],
)
def test_half_a_month_is_half_of_the_nearest_colleagues_however_it_was_rounded(
    least: int, most: int, days_off: int, like: str
) -> None:
    """Half of 152 to 168 h and 9 days off is 76 to 84 h and 4.5 days.

    Whatever was typed for it, in May the person has what B has, or C whose 8 days off
    are nearer to twice 4; D's hours are too far away.
    """
    april = make_period(30, dt.date(2027, 4, 1))

    def of_hours(
        name: str, least: int, most: int, off: int, **more: Any
    ) -> StaffMember:
        hours = {"minutes_min": least * 60, "minutes_max": most * 60}
        return make_staff(name, **hours, days_off_min=off, **more)

    came = of_hours("A", least, most, days_off, employed={"first": "2027-04-16"})
    whole = [
        of_hours("D", 120, 126, 9),
        of_hours("B", 152, 168, 9),
        of_hours("C", 152, 168, 8),
    ]
    problem = make_problem([came, *whole], period=april)
    after = next_month(problem, make_roster(problem, ""), following_period(april))
    contracts = {member.name: member.contract for member in after.staff}
    assert contracts["A"] == contracts[like]
    assert contracts["A"].minutes_min == 160 * 60


def test_contracts_are_told_by_the_dates_of_each_person(
    shotaki: Callable[..., Ended], tmp_path: Path
) -> None:
    """A is there all the time, B from the 16th of April, C to the 20th of May."""
    part = {"minutes_min": 76 * 60, "minutes_max": 84 * 60}
    whole = {"minutes_min": 152 * 60, "minutes_max": 168 * 60}
    staff = [
        make_staff("A", **whole),
        make_staff("B", employed={"first": "2027-04-16"}, **part),
        make_staff("C", employed={"last": "2027-05-20"}, **whole),
        make_staff("D"),
    ]
    problem = make_problem(staff, period=make_period(30, dt.date(2027, 4, 1)))
    roster = RosterRecord.of(make_roster(problem, ""))
    write_roster(tmp_path / "april.json", problem, roster, ())
    told = shotaki("init", "--previous", "april.json", "may.json").out
    for who in ("（30日→31日）：A\n", "（15日→31日）：B\n", "（30日→20日）：C\n"):
        assert f"契約時間・公休日数：日数に応じて換算{who}" in told


def test_a_first_date_in_the_tail_stays() -> None:
    """The tail is the 19th to the 28th; whoever came on the 19th is in all of it."""
    february = make_period(28, dt.date(2027, 2, 1))
    staff = [
        make_staff(f"P{n}", employed={"first": dt.date(2027, 2, n)}) for n in (19, 20)
    ]
    problem = make_problem(staff, period=february)
    after = next_month(problem, make_roster(problem, ""), following_period(february))
    firsts = [member.employed.first for member in after.staff]
    assert firsts == [None, dt.date(2027, 2, 20)]


def test_agreements_are_kept_while_they_are_valid() -> None:
    """Until the last date of this week: over; until the next date: kept; B leaves."""
    problem, roster = week(
        """
        A 日日日日休休日
        B 日日日日休休・
        """,
        "A",
        make_staff("B", employed={"last": "2026-06-06"}),
    )
    one = agree("L-05", "nights_max", 1, staff="A")
    over, valid = (
        one.model_copy(update={"until": JUNE.last + dt.timedelta(days=days)})
        for days in (0, 1)
    )
    spot = one.spot.model_copy(update={"staff": "B"})
    of_leaver = valid.model_copy(update={"spot": spot})
    for given, kept in (
        ((one,), ()),
        ((over,), ()),
        ((valid,), (valid,)),
        ((of_leaver,), ()),
    ):
        agreed = problem.model_copy(update={"agreements": given})
        after = next_month(agreed, roster, following_period(problem.period))
        assert after.agreements == kept
    dated = agree("W-02", "duty", 1, staff="A", date=JUNE.first)
    wrong = [
        dated.model_copy(update={"until": JUNE.last}),
        one.model_copy(update={"until": JUNE.first - dt.timedelta(days=1)}),
    ]
    agreed = problem.model_copy(update={"agreements": tuple(wrong)})
    found = [(one.code, one.loc) for one in consistency.mistakes(agreed)]
    assert found == [
        ("agreement_dated", ("agreements", 0, "until")),
        ("agreement_ended", ("agreements", 1, "until")),
    ]


# --- the tail


def test_the_tail_is_ten_dates_as_worked() -> None:
    """Seven of the week and three of the tail before, with their usual breaks."""
    problem, roster = week(
        """
        A 早日遅夜明休日
        宿 -A-A--A
        """,
        "A",
        tail="""
            A 日日日日休
            宿 A--A-
        """,
    )
    roster = roster.model_copy(
        update={
            "duties": (
                roster.duties[0].model_copy(
                    update={"breaks": SHIFTS[0].break_options[1]}
                ),
                *roster.duties[1:],
            )
        }
    )
    after = next_month(problem, roster, following_period(problem.period))
    assert after.history.dates[0] == dt.date(2026, 5, 29)
    assert [duty.shift for duty in after.history.duties][:4] == ["日", "日", None, "早"]
    assert after.history.duties[3].breaks == SHIFTS[0].break_options[0]
    on_call = [night.date.day for night in after.history.on_call]
    assert on_call == [30, 2, 4, 7]
    assert after.history.days_off_before == ()


def test_the_last_night_keeps_its_breaks(tmp_path: Path) -> None:
    """It reaches into the next period. The cell is in words; old cells are read."""
    shifts = [make_shift("日"), make_shift("夜", "16:30-33:30", NIGHT_BREAKS)]
    member = make_staff("A", shifts=["日", "夜"])
    problem, roster = week("A 夜明日日日休夜", member, shifts=shifts)
    second = shifts[1].break_options[1]
    duties = [
        duty.model_copy(update={"breaks": second}) if duty.shift == "夜" else duty
        for duty in roster.duties
    ]
    roster = roster.model_copy(update={"duties": tuple(duties)})
    after = next_month(problem, roster, following_period(problem.period))
    nights = [duty.breaks for duty in after.history.duties if duty.shift == "夜"]
    assert nights == [shifts[1].break_options[0], second]
    path = tmp_path / "input.xlsx"
    write_input(after, path)
    book = load_workbook(path)
    sheet = book["前月"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    (cell,) = (one for one in cells if "休憩" in str(one.value) and one.row > 3)
    assert cell.value == "夜（休憩 翌2:00-翌4:00）"
    assert read_input(path) == after
    cell.value = "夜@26:00-28:00"
    book.save(path)
    assert read_input(path) == after


NIGHT_BREAKS = ["24:00-26:00", "26:00-28:00"]


def test_absence_is_in_the_tail_and_in_no_account() -> None:
    """Told as it was; neither leave taken nor a day off given."""
    problem, roster = week("A 日休欠日休欠日", make_staff("A", days_off_min=3))
    after = next_month(problem, roster, following_period(problem.period))
    absent = [d.date for d in after.history.duties if d.off is OffKind.ABSENT]
    assert absent == [problem.period.dates[2], problem.period.dates[5]]
    (account,) = after.ledger
    assert (account.paid_leave, account.days_off_owed) == (0, 1)
    assert after.pins.duties == ()


def test_days_off_of_the_running_four_weeks() -> None:
    """Counted from 18 May; of A's days off, those before the ten dates of the tail."""
    settings = {"holiday_reading": "four_weeks", "four_weeks_from": "2026-05-18"}
    problem, roster = week(
        """
        A 日日日日休休日
        B 日日日日休休日
        C 日日日日休休日
        """,
        "A",
        "B",
        "C",
        office=make_office(**settings),
        tail="""
            A 休日休日日日
            B 日日休日日日
            C 有休欠日日日
        """,
        days_off_before={"A": 1, "C": 1},
    )
    after = next_month(problem, roster, following_period(problem.period))
    # The tail begins on 29 May; 26 to 28 May are 休日休, and one before the 26th.
    # Of B nobody knows what was before the 26th. C's leave and absence are no holidays.
    counted = [(one.staff, one.days) for one in after.history.days_off_before]
    assert counted == [("A", 3), ("C", 2)]


def test_four_weeks_that_begin_in_the_tail_need_no_count() -> None:
    """Counted from 1 June, the span of the second week begins inside the tail."""
    office = make_office(holiday_reading="four_weeks")
    problem, roster = week("A 日日日日休休日", "A", office=office)
    after = next_month(problem, roster, following_period(problem.period))
    assert after.office.settings.four_weeks_from == dt.date(2026, 6, 1)
    assert after.history.days_off_before == ()


# --- accounts of those who stay


def test_what_a_leaver_bore_is_divided() -> None:
    """A leaves with two nights too many; B and C, one behind each, are even again."""
    problem, roster = week(
        """
        A 夜明夜明夜明・
        B 日日日日日休休
        C 休休日日日日日
        """,
        make_staff("A", employed={"last": "2026-06-06"}),
        "B",
        "C",
    )
    # Weights by dates: 6 : 7 : 7; of three nights 0.9, 1.05 and 1.05 are fair.
    closed = closing_ledger(problem, roster)
    assert [one.night.share for one in closed] == [900, 1050, 1050]
    after = next_month(problem, roster, following_period(problem.period))
    assert [one.staff for one in after.ledger] == ["B", "C"]
    assert [one.night for one in after.ledger] == [Carried(), Carried()]


def test_what_a_leaver_left_undone_is_divided() -> None:
    """A leaves 0.9 nights short; B and C owe them by the shares they had, 2 : 1."""
    problem, roster = week(
        """
        A 日日日日日休・
        B 夜明夜明休休休
        C 日日日日夜明休
        """,
        make_staff("A", employed={"last": "2026-06-06"}),
        "B",
        "C",
        ledger=(
            entry("B", night={"times": 1, "share": 1050}),
            entry("C", night={"times": 0, "share": 0}),
        ),
    )
    after = next_month(problem, roster, following_period(problem.period))
    # B: 3 times, share 2.1 + 0.6; C: 1 time, share 1.05 + 0.3.
    assert [one.night for one in after.ledger] == [
        Carried(times=3, share=2700),
        Carried(times=1, share=1350),
    ]


def test_without_a_ledger_the_accounts_begin_with_the_month() -> None:
    """A roster that carries no ledger leaves the month's own numbers."""
    problem, roster = week(
        """
        A 夜明休休日日日
        B 日日日日夜明休
        """,
        "A",
        "B",
    )
    after = next_month(problem, roster, following_period(problem.period))
    assert [one.night for one in after.ledger] == [Carried(times=1, share=1000)] * 2
