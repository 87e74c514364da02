"""The reports, written a third time from the clock, show what the audit finds."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.bands import day_hours, month_hours, nights
from scheduler.audit.figures.calendar_months import (
    by_calendar_month,
    is_calendar_month,
    month_parts,
)
from scheduler.audit.figures.day_curve import day_curve, heat_row
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.figures.people import people
from scheduler.audit.papers.addons import addons
from scheduler.audit.papers.compliance import LimitVerdict, compliance
from scheduler.audit.papers.deductions import deductions
from scheduler.audit.staff_list import denominators
from scheduler.domain.office import StaffingReading
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.shifts import Duty, OffKind, OnCall, Role
from tests.support.builders import (
    FIRST,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.thorough import first_of
from tests.support.worlds import TRAINING, a_problem

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

HOUR = 60


def draw(seed: int) -> tuple[Problem, Roster]:
    """Draw an office and a roster that keeps no rule but to be a roster."""
    rnd = random.Random(seed)
    problem = a_problem(rnd)
    cells = [(m, date) for m in problem.staff for date in problem.period.dates]
    called = [(rnd.choice([*problem.staff, None]), d) for d in problem.period.dates]
    return problem, RosterRecord(
        duties=tuple(_a_duty(rnd, problem, member, date) for member, date in cells),
        on_call=tuple(OnCall(staff=m.name, date=d) for m, d in called if m),
    )


def _a_duty(
    rnd: random.Random, problem: Problem, member: StaffMember, date: dt.date
) -> Duty:
    if rnd.random() < 0.4:
        return Duty(staff=member.name, date=date, off=rnd.choice(list(OffKind)))
    shift = rnd.choice(problem.shifts)
    return Duty(
        staff=member.name,
        date=date,
        shift=shift.symbol,
        roles=tuple(rnd.choice(member.roles) for _ in shift.segments),
        breaks=rnd.choice(shift.break_options),
    )


@pytest.mark.parametrize("seed", first_of(range(60), 15))
def test_amounts_are_those_of_the_audit(seed: int) -> None:
    """What curve, nights and hours lack adds up to what the audit finds."""
    problem, roster = draw(seed)
    found: Counter[tuple[str, str]] = Counter()
    for finding in audit(problem, roster):
        found[finding.rule, finding.facet] += finding.amount
    curve = [m for d in problem.period.dates for m in day_curve(problem, roster, d)]
    by_day = [moment for moment in curve if moment.night is None]
    own_nights = nights(problem, roster)
    daily = problem.office.settings.staffing_reading is StaffingReading.DAILY
    lacking = {
        ("A-03", "daily" if daily else "daily_reported"): sum(
            max(0, -day.margin) for day in day_hours(problem, roster)
        ),
        ("A-03", "monthly_reported" if daily else "monthly"): max(
            0, -month_hours(problem, roster).margin
        ),
        ("A-04", "presence"): sum(m.minutes for m in by_day if m.pool == 0),
        ("A-06", "awake"): sum(night.awake_missing for night in own_nights),
        ("A-06", "on_call"): sum(night.on_call_missing for night in own_nights),
        ("K-01", problem.office.settings.house_ratio.value): sum(
            max(0, m.house_required - m.in_house) * m.minutes for m in curve
        ),
        ("F-02", "month"): sum(
            max(0, own.total - own.cap) for own in people(problem, roster)
        ),
        ("L-03", "hours_max"): sum(
            max(0, own.credited - own.contract_max)
            for own in people(problem, roster)
            if own.contract_max is not None
        ),
        **{
            ("W-01", strength): sum(
                not wish.granted
                for own in people(problem, roster)
                for wish in own.wishes
                if wish.request.strength == strength
            )
            for strength in ("must", "strong", "weak")
        },
    }
    assert lacking == {key: found[key] for key in lacking}


@pytest.mark.parametrize("seed", first_of(range(60), 15))
def test_a_margin_is_negative_where_the_audit_finds_a_breach(seed: int) -> None:
    """Each compliance line that compares two numbers agrees with its findings."""
    problem, roster = draw(seed)
    for line in compliance(problem, roster, audit(problem, roster)):
        assert (line.verdict is LimitVerdict.MET) == (line.findings == 0)
        if line.strictest is not None:
            broken = line.strictest.margin < 0
            assert broken == (line.findings > 0), (line.rule, line.facet)


@pytest.mark.parametrize("seed", first_of(range(30), 7))
def test_a_day_is_cut_without_gap_and_the_heat_map_shows_its_least(seed: int) -> None:
    """Moments run from 0:00 to 24:00 and each hour's cell is its smallest margin."""
    problem, roster = draw(seed)
    for date in problem.period.dates:
        curve = day_curve(problem, roster, date)
        margins = heat_row(date, curve).margins
        edges = [moment.begin for moment in curve] + [24 * HOUR]
        assert edges[0] == 0
        assert edges[1:] == [moment.end for moment in curve]
        for minute in range(0, 24 * HOUR, 15):
            (now,) = [m for m in curve if m.begin <= minute < m.end]
            assert margins[minute // HOUR] <= now.margin


@pytest.mark.parametrize("seed", first_of(range(30), 7))
def test_hours_by_role_and_band_add_up(seed: int) -> None:
    """No minute is lost or counted twice between roles, bands and the total.

    Training is work in no role.
    """
    problem, roster = draw(seed)
    for own in people(problem, roster):
        trained = dict(own.shifts)[TRAINING.symbol] * TRAINING.work_minutes
        assert sum(role.total for role in own.roles) + trained == own.worked
        assert all(role.day >= 0 <= role.night for role in own.roles)
        assert own.credited == sum(
            (own.worked, own.on_call_work, own.leave, own.absence)
        )


def a_busy_day() -> tuple[Problem, Roster]:
    """Return one date with three people, five day users, two guests and a visit."""
    period = make_period(1)
    problem = make_problem(
        [
            make_staff("A"),
            make_staff("B", roles=["manager", "care"]),
            make_staff("C"),
        ],
        period=period,
        shifts=[
            make_shift("早", "6:00-15:00", ["11:00-12:00"]),
            make_shift("日", "9:00-18:00", ["12:00-13:00"], cuts=["13:00"]),
            make_shift("夜", "16:30-33:30", ["24:00-25:00"]),
        ],
        office=make_office(
            profiles=[make_profile(visits=[{"span": "10:00-11:00", "workers": 1}])]
        ),
        forecast=make_forecast(period, 5, 2, 1, overnight_before=4),
    )
    roster = make_roster(problem, "A 早\nB 日\nC 夜\n宿 A")
    duties = tuple(
        duty.model_copy(update={"roles": (Role.MANAGER, Role.CARE)})
        if duty.staff == "B"
        else duty
        for duty in roster.duties
    )
    return problem, RosterRecord(duties=duties, on_call=roster.on_call)


def test_the_curve_of_a_hand_worked_day() -> None:
    """Users, required and planned of every moment are those worked out by hand."""
    problem, roster = a_busy_day()
    shown = [
        (m.begin / HOUR, m.users, m.required, m.planned, m.margin)
        for m in day_curve(problem, roster, FIRST)
    ]
    assert shown == [
        # Last night has four guests; who was awake and on call is not on record.
        (0, 4, 0, 0, 0),
        # From 6:00 A alone with four guests, who need two.
        (6, 4, 2, 1, -1),
        # Five day users need two; B is in the house but manages until 13:00.
        (9, 5, 2, 1, -1),
        # One more is out on a visit.
        (10, 5, 3, 1, -2),
        # A has a break, then B.
        (11, 5, 2, 0, -2),
        (12, 5, 2, 1, -1),
        (13, 5, 2, 2, 0),
        (15, 5, 2, 1, -1),
        # The day users are gone and two guests are back.
        (16, 2, 1, 1, 0),
        (16.5, 2, 1, 2, 1),
        (18, 2, 1, 1, 0),
        # The night: C awake, A on call.
        (21, 2, 1, 1, 0),
    ]


def test_visits_in_the_night_ask_for_a_second_person_awake() -> None:
    """From 5:00 to 6:00 C is alone with two guests and out; from 6:00 it is day."""
    problem, roster = a_busy_day()
    profile = make_profile(visits=[{"span": "5:00-7:00", "workers": 1}])
    period = make_period(2)
    problem = problem.model_copy(
        update={
            "period": period,
            "shifts": (*problem.shifts, make_shift("遅", "12:00-21:00")),
            "office": make_office(profiles=[profile]),
            "forecast": make_forecast(period, 0, [2, 0], [0, 1]),
        }
    )
    roster = make_roster(problem, "A 日休\nB 日休\nC 夜明\n宿 A-")
    morning = [
        (m.begin / HOUR, m.required, m.planned)
        for m in day_curve(problem, roster, period.last)
        if 4 * HOUR < m.end <= 8 * HOUR
    ]
    # Two guests until 9:00: one of the pool, and one who is out until 7:00.
    assert morning == [(1, 1, 1), (5, 2, 1), (6, 2, 1)]
    lines = compliance(problem, roster, audit(problem, roster))
    (ratio,) = [line for line in lines if line.rule == "K-01"]
    told = ratio.strictest
    assert told is not None
    # Of two places as tight it is the one that the check says first, that by day.
    six = dt.datetime.combine(period.last, dt.time(6))
    assert (told.required, told.actual, told.begin) == (2, 1, six)


@pytest.mark.parametrize(
    ("called", "required", "margin"), [("\n宿 A", 1, 0), ("", 0, 0)]
)
def test_nobody_is_missing_on_call_where_the_night_before_was_not_written_down(
    called: str, required: int, margin: int
) -> None:
    """B is awake until 9:30; who was on call is not known without a line."""
    problem = make_problem(["A", "B"], days=1, tail=f"A 休\nB 夜{called}")
    roster = make_roster(problem, "A 日\nB 明\n宿 A")
    first, *_, last = day_curve(problem, roster, FIRST)
    assert (first.begin, first.on_call_required) == (0, required)
    assert first.margin == margin
    assert last.on_call_required == 1


def test_nobody_is_missing_awake_where_the_night_before_was_not_written_down() -> None:
    """Of the night of the first date itself, which nobody has, one is missing."""
    problem = make_problem(["A", "B"], days=1)
    first, *_, last = day_curve(problem, make_roster(problem, "A 日\nB 休"), FIRST)
    assert (first.begin, first.awake_required, first.margin) == (0, 0, 0)
    assert (last.awake_required, last.margin) == (1, -1)


def test_each_limit_shows_its_tightest_moment_broken_or_not() -> None:
    """What a check compares stands on the page; of several the one with least margin.

    A Tuesday to Monday of two people; a week begins on a Sunday.
    """
    settings = {
        "standby": {"permission": True, "from_home": True},
        "rest_wished": 11 * HOUR,
        "weekend_off": "comfort",
        "weekend_off_times": 1,
    }
    staff = [make_staff("A", days_per_week_max=5), make_staff("B", no_flex=True)]
    problem = make_problem(staff, office=make_office(**settings))
    roster = make_roster(problem, "A 日日日遅日休休\nB 休日休日休休日\n宿 B-A---B")
    told = {
        (line.rule, line.facet): line.strictest
        for line in compliance(problem, roster, audit(problem, roster))
    }

    def figures(rule: str, facet: str) -> tuple[int, int, int | None, tuple[str, ...]]:
        one = told[rule, facet]
        assert one is not None, (rule, facet)
        return one.required, one.actual, one.date and one.date.day, one.people

    assert figures("F-01", "day") == (480, 480, 2, ("B",))
    assert figures("F-05", "length") == (45, 60, 1, ("A",))
    # Once in the week up to the 5th, which is told on the period's first date.
    assert figures("F-10", "per_week") == (1, 1, 1, ("A",))
    assert figures("F-11", "wished") == (660, 720, 5, ("A",))
    assert figures("F-13", "days_in_a_row_most") == (12, 5, 5, ("A",))
    assert figures("L-04", "days_per_week") == (5, 5, 1, ("A",))
    assert figures("P-06", "comfort") == (1, 0, None, ("A",))


def test_b_is_in_the_house_as_manager_first_and_as_carer_later() -> None:
    """A person of two jobs stands in the curve with the job of the hour."""
    problem, roster = a_busy_day()
    curve = day_curve(problem, roster, FIRST)
    at = {m.begin // HOUR: {w.staff: w for w in m.workers} for m in curve}
    assert at[10]["B"].role is Role.MANAGER
    assert not at[10]["B"].in_pool
    assert at[12]["B"].on_break
    assert at[13]["B"].role is Role.CARE
    assert at[13]["B"].in_pool


def test_hours_of_a_night_fall_into_both_bands() -> None:
    """16:30 to 33:30 with a break at midnight: 4.5 + 3.5 by day, 9 - 1 by night."""
    problem, roster = a_busy_day()
    night = people(problem, roster)[2]
    (care,) = night.roles
    assert (care.day, care.night) == (8 * HOUR, 8 * HOUR)
    assert (night.nights, night.worked, night.shortest_rest) == (1, 16 * HOUR, None)


def test_fte_counts_full_timers_leave_and_caps_everybody_at_one() -> None:
    """B-01 and B-04, seven dates, a full-timer's week of 40 hours."""
    staff = [
        make_staff("A"),
        make_staff("B"),
        make_staff("C", full_time=False, day_minutes=240),
        make_staff("D", full_time=True, short_time_30h=True),
    ]
    problem = make_problem(staff)
    roster = make_roster(
        problem,
        "A 日日日日日日休\nB 日有休休休休休\nC 日有休休休休休\nD 日休休休休休休",
    )
    fte = full_time_equivalents(problem, roster)
    minutes = {job.staff: job.minutes for job in fte.jobs}
    # A works 48 hours and counts 40, B 8 and 8 of leave, C 8 alone, D as one (B-05).
    assert minutes == {"A": 2400, "B": 960, "C": 480, "D": 2400}
    # 6,240 / 2,400 = 2.6
    assert (fte.by_hours.total, fte.by_hours.pool) == (26, 26)
    # A, B and D are dedicated full-timers: 3, and 480 / 2,400 of C.
    assert (fte.by_form.total, fte.by_form.pool) == (32, 32)


def test_fte_by_hours_and_by_the_form() -> None:
    """B-01: a dedicated full-timer is one in the form, whatever the hours."""
    staff = [
        make_staff("A"),
        make_staff("B", roles=["manager", "care"]),
        make_staff("C", full_time=False),
        make_staff("D", full_time=False, roles=["nurse"], qualifications=["看護師"]),
    ]
    problem = make_problem(staff)
    roster = make_roster(
        problem,
        "A 日日日日休休休\nB 日日日休休休休\nC 日日休休休休休\nD 日休休休休休休",
    )
    fte = full_time_equivalents(problem, roster)
    # A 32 h, B 24 h of management, C 16 h, D 8 h; a full-timer's week is 40 h.
    # By hours 80 / 40; by the form 1 + 48 / 40 = 2.2.
    assert (fte.by_hours.total, fte.by_form.total) == (20, 22)
    # In the pool 56 / 40 = 1.4, and 1 + 24 / 40 = 1.6.
    assert (fte.by_hours.pool, fte.by_form.pool) == (14, 16)
    assert dict(fte.by_hours.roles) == {
        Role.CARE: 12,  # 48 / 40
        Role.NURSE: 2,  # 8 / 40
        Role.MANAGER: 6,  # 24 / 40
    }
    assert dict(fte.by_form.roles) == {
        Role.CARE: 14,  # 1 + 16 / 40
        Role.NURSE: 2,
        Role.MANAGER: 6,
    }


def test_the_form_cuts_the_sum_not_its_parts() -> None:
    """Two part-timers of 0.55 are 1.1 together, not 0.5 + 0.5."""
    shift = make_shift("長", "9:00-20:00", [])
    people = [make_staff(n, full_time=False, shifts=["長"]) for n in "AB"]
    problem = make_problem(people, shifts=[shift])
    roster = make_roster(problem, "A 長長休休休休休\nB 長長休休休休休")
    fte = full_time_equivalents(problem, roster)
    assert (fte.by_hours.total, fte.by_form.total) == (11, 11)


def test_who_is_no_one_in_the_form() -> None:
    """Who works on no date, joins or leaves is taken by hours; leave is no absence."""
    staff = [
        make_staff("A"),
        make_staff("B", employed={"first": FIRST + dt.timedelta(1)}),
        make_staff("C"),
    ]
    problem = make_problem(staff)
    roster = make_roster(
        problem, "A 欠欠欠欠欠休休\nB ・日日日日休休\nC 日有有有有休休"
    )
    fte = full_time_equivalents(problem, roster)
    # A nothing, B 32 / 40, C 40 / 40 with leave; the form: B 32 / 40, C one.
    assert (fte.by_hours.total, fte.by_form.total) == (18, 18)
    assert [job.staff for job in fte.jobs if job.is_one] == ["C"]


def test_four_weeks_are_divided_by_the_hours_of_the_same_dates() -> None:
    """B-03: 160 h in 28 dates, and as much as the week x days / 7 in any others."""
    for days, minutes in ((28, 9600), (31, 10_626), (7, 2400)):
        office = make_office(fte_denominator="four_weeks_160")
        bases = denominators(make_problem(days=days, office=office))
        assert (bases.minutes, bases.four_weeks) == (minutes, 9600)
        assert bases.minutes == bases.week_x_days_over_7


def test_prescribed_hours_of_a_part_are_in_proportion() -> None:
    """168 h of 30 dates are 56 h of ten of them."""
    office = make_office(full_time_month=168 * 60)
    assert denominators(make_problem(days=30, office=office), 10).minutes == 56 * 60


def test_a_period_across_two_months_by_month() -> None:
    """21 November to 20 December: ten dates and twenty, each by its own dates."""
    first = dt.date(2026, 11, 21)
    period = make_period(30, first)
    nurse = make_staff("N", roles=["nurse"], qualifications=["看護師"])
    problem = make_problem(
        ["A", nurse],
        period=period,
        office=make_office(full_time_month=168 * 60),
        forecast=make_forecast(period, 3, 1, 2),
    )
    a = "日日日日日休休" + "日日日" + "休" * 20
    n = "日" + "休" * 9 + "日日" + "休" * 18
    on_call = "A" * 30
    roster = make_roster(problem, f"A {a}\nN {n}\n宿 {on_call}")
    november, december = by_calendar_month(problem, roster)
    assert [len(one.part.dates) for one in (november, december)] == [10, 20]
    assert not november.part.is_whole
    assert not december.part.is_whole
    # Of 56 h A has 64, which count 56, and N 8; then N alone has 16 h of 112 h.  By the
    # form both are one.
    assert (november.fte.by_hours.total, december.fte.by_hours.total) == (11, 1)
    assert (november.fte.by_form.total, december.fte.by_form.total) == (20, 20)
    # Three day users: 8 h x (1 + 1) a date.
    assert (november.hours.required, december.hours.required) == (9600, 19_200)
    assert (november.hours.planned, december.hours.planned) == (9 * 480, 2 * 480)
    # Nobody is awake in any night.
    assert (november.short_nights, december.short_nights) == (10, 20)
    assert (november.nurse_shifts, december.nurse_shifts) == (1, 2)
    assert (november.visits, december.visits) == (20, 40)


def test_hours_by_month_in_the_monthly_reading() -> None:
    """By 168 h of 30 dates, two people: 112 h of ten dates, 224 h of twenty."""
    first = dt.date(2026, 11, 21)
    period = make_period(30, first)
    office = make_office(full_time_month=168 * 60, staffing_reading="monthly")
    problem = make_problem(
        period=period, office=office, forecast=make_forecast(period, 3)
    )
    roster = make_roster(problem, "A " + "休" * 30)
    november, december = by_calendar_month(problem, roster)
    assert november.hours.required == 112 * 60
    assert december.hours.required == 224 * 60
    assert month_hours(problem, roster).required == 336 * 60


def test_which_months_are_whole() -> None:
    """A month is whole from its first to its last date."""
    whole = make_period(31, dt.date(2027, 1, 1))
    cut = make_period(30, dt.date(2027, 1, 1))
    both = make_period(31, dt.date(2027, 2, 1))
    assert [part.is_whole for part in month_parts(whole)] == [True]
    assert [part.is_whole for part in month_parts(cut)] == [False]
    assert [part.is_whole for part in month_parts(both)] == [True, False]
    assert [is_calendar_month(one) for one in (whole, cut, both)] == [
        True,
        False,
        False,
    ]


def test_absence_is_credited_and_is_no_leave() -> None:
    """480 and 300 a day; no day off, no leave, and nothing towards the FTE."""
    staff = [make_staff("A"), make_staff("B", full_time=False, day_minutes=300)]
    problem = make_problem(
        staff,
        requests=[
            Request.model_validate({"staff": "A", "date": FIRST, "want": "day_off"})
        ],
    )
    roster = make_roster(problem, "A 欠日休休休休休\nB 欠欠有休休休休")
    first, second = people(problem, roster)
    assert (first.absent, first.absence, first.leave) == (1, 480, 0)
    assert (first.days_off, first.paid_leave, first.free_days) == (5, 0, 5)
    assert first.credited == 2 * 480
    assert first.wishes_granted == 1
    assert (second.absent, second.absence, second.leave) == (2, 600, 300)
    minutes = {
        job.staff: job.minutes for job in full_time_equivalents(problem, roster).jobs
    }
    assert minutes == {"A": 480, "B": 0}


def test_a_night_without_its_people_threatens_the_fee() -> None:
    """C-03: two nights in a row without anybody awake or on call."""
    period = make_period(7)
    forecast = make_forecast(period, overnight=[0, 0, 0, 1, 1, 0, 0])
    problem = make_problem(
        ["A"],
        period=period,
        forecast=forecast,
        office=make_office(contact_system=True),
    )
    roster = make_roster(problem, "A 休休休休休休休")
    lines = {
        (line.rule, line.facet): line
        for line in deductions(problem, roster)
        if line.rule == "C-03"
    }
    row = lines["C-03", "in_a_row"]
    assert (row.actual, row.outlook.value) == (2, "next_month")
    assert row.dates == (FIRST + dt.timedelta(3), FIRST + dt.timedelta(4))
    month = lines["C-03", "in_month"]
    assert (month.actual, month.outlook.value) == (2, "below_threshold")
    assert row.to_be_confirmed


def test_a_short_night_of_last_month_is_no_date_of_this_one() -> None:
    """C-03: the eve counts in a row with a night of this month, never by itself."""
    period = make_period(7)
    forecast = make_forecast(period, overnight=0, overnight_before=1)
    problem = make_problem(
        ["A"],
        period=period,
        forecast=forecast,
        tail="A 休",
        office=make_office(contact_system=True),
    )
    lines = {
        line.facet: line
        for line in deductions(problem, make_roster(problem, "A 休休休休休休休"))
        if line.rule == "C-03"
    }
    assert (lines["in_a_row"].actual, lines["in_a_row"].dates) == (0, ())
    assert (lines["in_month"].actual, lines["in_month"].dates) == (0, ())


def test_a_kantaki_short_of_nurses_threatens_the_fee() -> None:
    """A-19, C-04: 2.5 full-timers of 40 h are 100 h; there are 80, and one full-timer.

    Another office has no such lines.
    """
    nurse = {"roles": ["nurse"], "qualifications": ["准看護師"]}
    staff = [make_staff(name, full_time=False, **nurse) for name in "AB"]
    grid = "A 日日日日日休休\nB 日日日日日休休"
    for kind, expected in (
        ("main", {}),
        ("kantaki", {"full_time_nurse": (1, 0), "nurse_hours": (6000, 4800)}),
    ):
        problem = make_problem(
            staff, period=make_period(7), office=make_office(kind=kind)
        )
        lines = {
            line.facet: line
            for line in deductions(problem, make_roster(problem, grid))
            if line.facet in ("full_time_nurse", "nurse_hours")
        }
        found = {name: (one.required, one.actual) for name, one in lines.items()}
        assert found == expected
        assert all(one.outlook.is_deducted for one in lines.values())
        assert all(one.to_be_confirmed for one in lines.values())


def test_certified_share_leaves_nurses_out() -> None:
    """E-01: two of three hours of care by certified workers are 66 percent."""
    staff = [
        make_staff("A", qualifications=["介護福祉士"]),
        make_staff("B"),
        make_staff("C", roles=["nurse"], qualifications=["看護師"]),
    ]
    problem = make_problem(staff)
    roster = make_roster(
        problem, "A 日日休休休休休\nB 日休休休休休休\nC 日日日日日休休"
    )
    lines = {(line.rule, line.facet): line for line in addons(problem, roster)}
    assert lines["E-01", "certified_1"].actual == 66
    assert not lines["E-01", "certified_1"].met
    assert lines["E-01", "certified_2"].met
    assert lines["E-03", "registered_nurse"].met
    assert lines["E-03", "nurse_fte"].actual == 10
