"""Fair shares, worked out by hand (M-01)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import consistency
from scheduler.domain.ledger import Burden, BurdenKind
from scheduler.domain.requests import CoverRule, Request
from scheduler.domain.shares import fair_groups
from scheduler.domain.shifts import Duty
from tests.support.builders import (
    FIRST,
    SHIFTS,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from scheduler.domain.period import Period
    from scheduler.domain.problem import Problem

JUNE = make_period(30, dt.date(2026, 6, 1))
"""Thirty dates, the first a Monday: four Saturdays and Sundays, no holiday."""
NIGHT, ON_CALL, REST_DAY, EARLY, LATE = list(BurdenKind)[:5]


def problem(*staff: Any, period: Period = JUNE, **more: Any) -> Problem:
    """Make a month in which every night needs somebody."""
    forecast = make_forecast(period, overnight=1)
    return make_problem(staff, period=period, forecast=forecast, **more)


def weights(of: Problem, kind: BurdenKind) -> list[dict[str, int]]:
    return [{**c.weights} for c in fair_groups(of) if c.burden.kind is kind]


def test_people_alike_have_alike_shares() -> None:
    """A third each; the thousandth that is left goes to the first."""
    assert weights(problem("A", "B", "C"), NIGHT) == [{"A": 334, "B": 333, "C": 333}]


def test_shares_follow_contract_hours() -> None:
    """160 h, 120 h and 40 h are 4 : 3 : 1 of eight parts."""
    staff = [
        make_staff("A", minutes_min=9600, minutes_max=9600),
        make_staff("B", minutes_min=6600, minutes_max=7800),  # 120 h in the middle
        make_staff("C", minutes_max=2400),
    ]
    expected = {"A": 500, "B": 375, "C": 125}
    assert weights(problem(*staff), NIGHT) == [expected]
    assert weights(problem(*staff), ON_CALL) == [expected]


def test_without_hours_the_usual_week_counts() -> None:
    """Five days a week, three at most, two fixed ones: 5 : 3 : 2 of 8 hours."""
    staff = [
        "A",
        make_staff("B", days_per_week_max=3),
        make_staff("C", weekdays=(0, 1)),
    ]
    assert weights(problem(*staff), EARLY) == [{"A": 500, "B": 300, "C": 200}]


def test_a_newcomer_in_mid_month() -> None:
    """Ten of thirty dates are a third of a month: 3 : 3 : 1."""
    new = make_staff("C", employed={"first": "2026-06-21"})
    # 3/7 = 428.57, 1/7 = 142.86; the first rounds up last.
    assert weights(problem("A", "B", new), NIGHT) == [{"A": 429, "B": 428, "C": 143}]
    # Weekends: 8 for A and B; the newcomer has 21, 27 and 28 June, all of them free.
    assert weights(problem("A", "B", new), REST_DAY) == [{"A": 429, "B": 428, "C": 143}]


ONE_AT_NIGHT = {"name": "夜勤は1人", "shift": "夜", "at_most": 1}


@pytest.mark.parametrize(
    ("rule", "settings", "has_share"),
    [
        (ONE_AT_NIGHT, {}, False),
        # Two may be there, or on some nights, or it is a guideline; newcomers may be
        # alone; another kind of night can join theirs.
        (ONE_AT_NIGHT | {"at_most": 2}, {}, True),
        (ONE_AT_NIGHT | {"weekdays": (0, 1)}, {}, True),
        (ONE_AT_NIGHT | {"must": False}, {}, True),
        (ONE_AT_NIGHT | {"group": "リーダー"}, {}, True),
        (ONE_AT_NIGHT, {"newcomer_nights": "guideline"}, True),
        (ONE_AT_NIGHT | {"shift": "日"}, {}, True),
    ],
)
def test_a_newcomer_whom_nobody_can_join_shares_no_nights(
    rule: dict[str, Any], settings: dict[str, Any], has_share: bool
) -> None:
    """Not alone at night, and one at most: the nights are those of A and B."""
    new = make_staff("C", groups=("新人",))
    office = make_office(newcomers="新人", **settings)
    found = problem(
        "A", "B", new, office=office, cover_rules=[CoverRule.model_validate(rule)]
    )
    [nights] = weights(found, NIGHT)
    assert ("C" in nights) == has_share
    [early] = weights(found, EARLY)
    assert "C" in early
    codes = [one.code for one in consistency.warnings(found)]
    assert codes.count("no_night_alone") == (not has_share)


def test_paid_leave_is_taken_out() -> None:
    """Six of thirty dates on leave leave 4/5: 5 : 4 of nine parts."""
    leave = [
        Request.model_validate(
            {"staff": "B", "date": f"2026-06-{day:02}", "want": "paid_leave"}
        )
        for day in range(1, 7)
    ]
    found = problem("A", "B", requests=leave)
    assert weights(found, NIGHT) == [{"A": 556, "B": 444}]
    # Saturday the 6th is one of eight rest days: 8 : 7 of fifteen parts.
    assert weights(found, REST_DAY) == [{"A": 533, "B": 467}]


def test_pinned_leave_is_leave() -> None:
    """A cell fixed as paid leave counts as one that was asked for: 10 : 9."""
    pins = [
        Duty.model_validate({"staff": "B", "date": date, "off": "paid_leave"})
        for date in JUNE.dates[:3]
    ]
    found = problem("A", "B", pins={"duties": pins})
    assert weights(found, NIGHT) == [{"A": 526, "B": 474}]


def test_absence_is_taken_out_as_leave_is() -> None:
    """Six of thirty dates absent leave 4/5: 5 : 4 of nine parts."""
    pins = [
        Duty.model_validate({"staff": "B", "date": date, "off": "absent"})
        for date in JUNE.dates[:6]
    ]
    found = problem("A", "B", pins={"duties": pins})
    assert weights(found, NIGHT) == [{"A": 556, "B": 444}]
    assert weights(found, ON_CALL) == [{"A": 556, "B": 444}]
    # Saturday the 6th is one of eight rest days: 8 : 7 of fifteen parts.
    assert weights(found, REST_DAY) == [{"A": 533, "B": 467}]


def test_who_is_absent_throughout_has_no_share() -> None:
    """Thirty dates absent: the other two share, half each."""
    pins = [
        Duty.model_validate({"staff": "C", "date": date, "off": "absent"})
        for date in JUNE.dates
    ]
    found = problem("A", "B", "C", pins={"duties": pins})
    assert weights(found, NIGHT) == [{"A": 500, "B": 500}]


def test_a_day_off_asked_for_is_not_taken_out() -> None:
    """Days off are everybody's; wishing for some does not lower the share."""
    wish = Request.model_validate({"staff": "B", "date": FIRST, "want": "day_off"})
    found = problem("A", "B", period=make_period(30), requests=[wish])
    assert weights(found, NIGHT) == [{"A": 500, "B": 500}]


def test_who_is_held_at_the_limit_leaves_the_rest() -> None:
    """Of 30 nights among four, A may take 3; 27 are nine each for the others."""
    staff = [make_staff("A", nights_max=3), "B", "C", "D"]
    assert weights(problem(*staff), NIGHT) == [{"A": 100, "B": 300, "C": 300, "D": 300}]
    # On call is not limited by nights.
    assert weights(problem(*staff), ON_CALL) == [dict.fromkeys("ABCD", 250)]


def test_a_limit_above_the_share_does_not_bind() -> None:
    """15 each of 30: at most 15 changes nothing, at most 14 does."""
    at_share = problem(make_staff("A", nights_max=15), "B")
    assert weights(at_share, NIGHT) == [{"A": 500, "B": 500}]
    below = problem(make_staff("A", nights_max=14), "B")
    assert weights(below, NIGHT) == [{"A": 467, "B": 533}]  # 14 and 16 of 30


def test_nights_promised_come_first() -> None:
    """A is promised 18 of 30; 12 are left for B and C."""
    staff = [make_staff("A", nights_min=18), "B", "C"]
    assert weights(problem(*staff), NIGHT) == [{"A": 600, "B": 200, "C": 200}]


def test_promises_and_limits_together() -> None:
    """A takes 18, B at most 3, and C the nine that are left."""
    staff = [make_staff("A", nights_min=18), make_staff("B", nights_max=3), "C"]
    (circle,) = weights(problem(*staff), NIGHT)
    assert list(circle.items()) == [("A", 600), ("B", 100), ("C", 300)]


def test_the_offices_limit_holds_for_all() -> None:
    """By hours 20, 5 and 5 of 30; A is held at 12, and B and C take nine each."""
    staff = [
        make_staff("A", minutes_min=9600),
        make_staff("B", minutes_min=2400),
        make_staff("C", minutes_min=2400),
    ]
    office = make_office(nights_most=12)
    assert weights(problem(*staff, office=office), NIGHT) == [
        {"A": 400, "B": 300, "C": 300}
    ]


def test_a_limit_of_ones_own_wins_over_the_offices() -> None:
    """By hours 20, 5 and 5 of 30; A agreed on up to 15, and B and C take 7.5 each."""
    staff = [
        make_staff("A", minutes_min=9600, nights_max=15),
        make_staff("B", minutes_min=2400),
        make_staff("C", minutes_min=2400),
    ]
    office = make_office(nights_most=12)
    assert weights(problem(*staff, office=office), NIGHT) == [
        {"A": 500, "B": 250, "C": 250}
    ]


def test_everybody_at_the_limit() -> None:
    """Three may take 4 each of 30: each bears a third of what is given."""
    staff = [make_staff(name, nights_max=4) for name in "ABC"]
    assert weights(problem(*staff), NIGHT) == [{"A": 334, "B": 333, "C": 333}]


@pytest.mark.parametrize(
    "office",
    [make_office(nights_most=0), make_office()],
    ids=["no nights in the office", "no nights by contract"],
)
def test_who_does_no_nights_shares_none(office: Any) -> None:
    """A limit of zero, by contract or by the office, leaves no circle."""
    limit = None if office.settings.nights_most == 0 else 0
    staff = [make_staff(name, nights_max=limit) for name in "AB"]
    assert weights(problem(*staff, office=office), NIGHT) == []


def test_protection_from_nights_takes_dates_away() -> None:
    """No nights in the first half of the month: 2 : 1; in all of it: no share."""
    half = make_staff("B", no_night={"first": "2026-06-01", "last": "2026-06-15"})
    found = problem("A", half)
    assert weights(found, NIGHT) == [{"A": 667, "B": 333}]
    assert weights(found, ON_CALL) == [{"A": 667, "B": 333}]
    assert weights(found, EARLY) == [{"A": 500, "B": 500}]
    assert weights(problem("A", "C", make_staff("B", no_night={})), NIGHT) == [
        {"A": 500, "C": 500}
    ]


def test_night_only_staff_are_a_circle_of_their_own() -> None:
    """Their contracts take nights first; the others share those that are left.

    Each of N and M fills 75 hours with five nights of 15.  Of 30 nights 20 are left:
    A is held at 5, and 15 are for B.
    """
    hired = {"shifts": ["夜"], "minutes_min": 4500, "minutes_max": 4500}
    staff = [
        make_staff("A", nights_max=5),
        "B",
        make_staff("N", **hired),
        make_staff("M", **hired),
    ]
    assert weights(problem(*staff), NIGHT) == [
        {"A": 250, "B": 750},
        {"N": 500, "M": 500},
    ]


def test_limits_hold_among_night_only_staff() -> None:
    """Hired for nights without hours: N may take 4, M 8, and they share 1 : 2.

    Eighteen nights are left; A is held at six of them.
    """
    staff = [
        make_staff("A", nights_max=6),
        "B",
        make_staff("N", shifts=["夜"], nights_max=4),
        make_staff("M", shifts=["夜"], nights_max=8),
    ]
    assert weights(problem(*staff), NIGHT) == [
        {"A": 333, "B": 667},
        {"N": 333, "M": 667},
    ]


def test_fixed_weekdays_settle_the_weekends() -> None:
    """Who never works on Sundays, or on holidays, shares no weekends."""
    staff = [
        "A",
        "B",
        make_staff("C", weekdays=(0, 1, 2, 3, 4, 5)),
        make_staff("D", public_holidays=False),
        make_staff("E", shifts=[]),
    ]
    assert weights(problem(*staff), REST_DAY) == [{"A": 500, "B": 500}]


def test_a_named_shift_is_shared_like_the_others() -> None:
    """Named in the settings, 計 has a circle of those who do it, after the rest."""
    shifts = [*SHIFTS, make_shift("計", "9:00-18:00")]
    staff = [
        make_staff("A", shifts=["日", "計"], minutes_min=9600),
        make_staff("B", shifts=["日", "計"], minutes_min=4800),
        "C",
    ]
    office = make_office(fair_shifts=["計"])
    found = fair_groups(problem(*staff, office=office, shifts=shifts))
    assert found[-1].burden == Burden(kind=BurdenKind.SHIFT, shift=shifts[-1].symbol)
    assert found[-1].weights == {"A": 667, "B": 333}


def test_one_person_alone_shares_with_nobody() -> None:
    """A circle has two people or more."""
    assert fair_groups(problem("A")) == ()


def test_only_on_call_is_a_circle_of_its_own() -> None:
    """Two who do nothing but nights on call share them among themselves."""
    staff = ["A", "B", make_staff("C", shifts=[]), make_staff("D", shifts=[])]
    assert weights(problem(*staff), ON_CALL) == [
        {"A": 500, "B": 500},
        {"C": 500, "D": 500},
    ]


def test_nights_that_need_nobody_are_not_expected() -> None:
    """With a contact system, 10 nights have guests; at most 2 of these are A's."""
    period = make_period(30, dt.date(2026, 6, 1))
    forecast = make_forecast(period, overnight=[1] * 8 + [None] * 2 + [0] * 20)
    found = make_problem(
        [make_staff("A", nights_max=2), "B"],
        period=period,
        forecast=forecast,
        office=make_office(contact_system=True),
    )
    assert weights(found, NIGHT) == [{"A": 200, "B": 800}]


@pytest.mark.parametrize("people", range(2, 12))
def test_weights_are_a_whole(people: int) -> None:
    """Rounding loses nothing, however many share."""
    staff = [make_staff(f"P{i}", minutes_min=60 * (i + 7)) for i in range(people)]
    for group in fair_groups(problem(*staff)):
        assert sum(group.weights.values()) == 1000
