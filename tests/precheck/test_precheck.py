"""The sums of a precheck, each worked out by hand on both sides of its edge.

Offices are those of `tests.support.builders`: seven dates from Tuesday, 1 December,
weeks from Sunday, day band 6:00-21:00; 夜 is 16:30-33:30 with 900 minutes of work,
the others have 480.  Nobody stays unless a test says so, and there is a contact
system.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit
from scheduler.cli.app import main
from scheduler.domain.agreements import Agreement, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Exit
from scheduler.domain.precheck import BlockedBy, Blocker, Line, Topic, Verdict
from scheduler.domain.requests import CoverRule, Pair, Request
from scheduler.domain.shifts import OnCall
from scheduler.files.workbook.roster.book import Book
from scheduler.files.workbook.roster.write import build_proof
from scheduler.precheck import precheck
from scheduler.precheck.work_dates import Chains, most_by_last
from scheduler.wording.command_line import of_precheck
from scheduler.wording.precheck import headline, line_text
from scheduler.wording.translation import LANGUAGES, _, use_language
from tests.support.builders import (
    FIRST,
    make_duty,
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_shift,
    make_staff,
)
from tests.support.legal import legal_problem, legal_roster
from tests.support.thorough import first_of
from tests.support.tiny import AWAY_ON_FIRST, tiny_problem
from tests.support.worlds import a_problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scheduler.domain.problem import Problem

DAYS = 7


def date(day: int) -> dt.date:
    """Return a date of December by its day."""
    return FIRST.replace(day=day)


def office(
    *staff: Any,
    overnight: Any = 0,
    day_users: Any = 0,
    settings: Any = None,
    night_band: str = "21:00-30:00",
    **fields: Any,
) -> Problem:
    """Make an office with a contact system, so that only guests make a night needed."""
    period = make_period(fields.pop("days", DAYS), fields.pop("first", FIRST))
    return make_problem(
        staff,
        period=period,
        office=make_office(
            contact_system=True, night_band=night_band, **(settings or {})
        ),
        forecast=make_forecast(period, day_users, overnight),
        **fields,
    )


def lines(problem: Problem, code: str) -> list[Line]:
    """Return the lines of a code; all of them can be put in words."""
    found = [one for line in precheck(problem) for one in line.merged or (line,)]
    assert all(one and "{" not in one for one in texts(found))
    return [line for line in found if line.code == code]


def texts(found: Sequence[Line]) -> list[str]:
    """Write lines in both languages."""
    written = []
    for language in LANGUAGES:
        use_language(language)
        written += [line_text(one) for one in found]
    use_language("ja")
    return written


def line(problem: Problem, code: str) -> Line:
    """Return the one line of a code."""
    (only,) = lines(problem, code)
    return only


def sides(one: Line) -> tuple[Verdict, int, int]:
    """Return what follows from which numbers."""
    return one.verdict, one.required, one.possible


def must(name: str, day: int, want: str = "day_off", *shifts: str) -> Request:
    """Make a must."""
    return Request.model_validate(
        {
            "staff": name,
            "date": date(day),
            "want": want,
            "shifts": shifts,
            "strength": "must",
        }
    )


def pinned(problem: Problem, **rows: str) -> Problem:
    """Pin a row of symbols from the first date on, ``?`` where nothing is pinned."""
    duties = [
        make_duty(problem, name, day, symbol, roles=(), breaks=())
        for name, symbols in rows.items()
        for day, symbol in zip(problem.period.dates, symbols, strict=False)
        if symbol != "?"
    ]
    pins = problem.pins.model_copy(update={"duties": tuple(duties)})
    return problem.model_copy(update={"pins": pins})


def agreed(problem: Problem, spot: Mapping[str, Any]) -> Problem:
    """Agree on an exception of one unit."""
    agreement = Agreement(spot=Spot.model_validate(spot), amount=1)
    return problem.model_copy(update={"agreements": (agreement,)})


# -- nights ----------------------------------------------------------------------------


RESTFUL = make_shift("夜", "16:30-33:30", ["17:00-29:00"])
"""A night with 300 minutes of work: the month's cap of 2,400 allows eight (F-02)."""


def nightly(*limits: int | None, **fields: Any) -> Problem:
    """Expect guests every night; one night worker, 夜 alone, for each limit."""
    staff = [
        make_staff(name, shifts=["夜"], nights_max=limit)
        for name, limit in zip("ABCDE", limits, strict=False)
    ]
    return office(*staff, overnight=1, shifts=[RESTFUL], **fields)


@pytest.mark.parametrize(
    ("limits", "verdict", "possible"),
    [
        ((2, 4), Verdict.IMPOSSIBLE, 6),
        ((3, 4), Verdict.TIGHT, 7),
        ((4, 4), Verdict.FINE, 8),
    ],
)
def test_nights_of_the_month(
    limits: tuple[int, ...], verdict: Verdict, possible: int
) -> None:
    """Seven nights against the contracts' limits; a tenth to spare is enough."""
    assert sides(line(nightly(*limits), "night_month")) == (verdict, 7, possible)


def test_nights_by_rest_and_by_chain() -> None:
    """夜 ends at 9:30: 7 hours later the next may begin, with 8 not before two dates.

    Of seven dates that makes 1, 3, 5, 7; with two in a row at most, 1, 3, 6.
    """
    rested = nightly(None, settings={"rest_least": 480})
    assert line(rested, "night_month").possible == 4
    chained = nightly(None, settings={"rest_least": 480, "nights_in_a_row_most": 2})
    assert line(chained, "night_month").possible == 3
    spot = {"rule": "F-13", "facet": "nights_in_a_row", "staff": "A", "date": date(5)}
    assert line(agreed(chained, spot), "night_month").possible == 4
    # The six in a row that the setting allows at most, then two dates free.
    assert (
        line(nightly(None, settings={"rest_least": 420}), "night_month").possible == 6
    )


@pytest.mark.parametrize(
    ("span", "hold", "possible", "noted"),
    [
        ("21:00-33:00", "must", 3, 1),
        ("21:00-32:59", "must", 4, 0),
        ("21:00-33:00", "guideline", 4, 0),
    ],
)
def test_long_nights_one_at_a_time(
    span: str, hold: str, possible: int, noted: int
) -> None:
    """Of seven nights of 12 hours 1, 4, 7 if one by one; else 1, 3, 5, 7 by rest."""
    settings = {"rest_least": 780, "long_nights_apart": hold}
    shifts = [make_shift("夜", span, ["22:00-28:00"])]
    staff = make_staff("A", shifts=["夜"])
    problem = office(staff, overnight=1, shifts=shifts, settings=settings)
    month = line(problem, "night_month")
    assert (month.possible, month.facts["apart"]) == (possible, noted)
    assert ("12時間以上の夜勤を続けない設定" in "".join(texts([month]))) == bool(noted)
    spot = {"rule": "F-13", "facet": "long_apart_must", "staff": "A", "date": date(3)}
    if noted:
        assert line(agreed(problem, spot), "night_month").possible == 4


def test_an_agreement_makes_room_for_a_night() -> None:
    """Six nights and one that was agreed on."""
    spot = {"rule": "L-05", "facet": "nights_max", "staff": "A"}
    assert sides(line(agreed(nightly(2, 4), spot), "night_month")) == (
        Verdict.TIGHT,
        7,
        7,
    )


ALL = (True,) * 7


@pytest.mark.parametrize(
    ("room", "most"),
    [
        (Chains(ALL, 9, next_day=True, in_a_row=None), (1, 2, 3, 4, 5, 6, 7)),
        (Chains(ALL, 2, next_day=True, in_a_row=None), (1, 2, 2, 2, 2, 2, 2)),
        (Chains(ALL, 9, next_day=False, in_a_row=None), (1, 1, 2, 2, 3, 3, 4)),
        # 1, 3 and, three dates on, 6
        (Chains(ALL, 9, next_day=False, in_a_row=2), (1, 1, 2, 2, 2, 3, 3)),
        # 1, 4, 7
        (Chains(ALL, 9, next_day=False, in_a_row=1), (1, 1, 1, 2, 2, 2, 3)),
        # a night two dates before the first: 1, 4, 6, or 2, 4, 7
        (
            Chains(ALL, 9, next_day=False, in_a_row=2, chain_before=(True, False)),
            (1, 1, 1, 2, 2, 3, 3),
        ),
        # the date before: 1 is none; 2 makes a chain of two, and 5 is the next
        (
            Chains(ALL, 9, next_day=False, in_a_row=2, chain_before=(True,)),
            (0, 1, 1, 1, 2, 2, 3),
        ),
    ],
)
def test_most_nights(room: Chains, most: tuple[int, ...]) -> None:
    """The most nights to each date, by spacing, chain, limit and tail."""
    assert most_by_last(room) == most


def test_runs_of_nights_that_too_few_can_pass() -> None:
    """Two guests' nights in a row, one person, 8 hours of rest: one of them at most."""
    staff = make_staff("A", shifts=["夜"])
    problem = office(
        staff,
        overnight=[0, 1, 1, 0, 0, 1, 0],
        settings={"rest_least": 480},
    )
    one = line(problem, "night_span")
    assert sides(one) == (Verdict.IMPOSSIBLE, 2, 1)
    assert one.dates == (date(2), date(3))
    close = office(staff, overnight=[0, 1, 1, 0, 0, 1, 0], settings={"rest_least": 420})
    assert lines(close, "night_span") == []


def test_a_night_that_nobody_can_pass() -> None:
    """A has leave on the date, B on the next, where 夜 reaches; C does no nights."""
    staff = [make_staff("A"), make_staff("B"), make_staff("C", shifts=["日"])]
    asked = [must("A", 3), must("B", 4)]
    nights = [0, 0, 1, 0, 0, 0, 0]
    one = line(office(*staff, overnight=nights, requests=asked), "night_date")
    assert sides(one) == (Verdict.IMPOSSIBLE, 1, 0)
    assert one.dates == (date(3),)
    assert [(o.staff, o.why) for o in one.obstacles] == [
        ("A", BlockedBy.LEAVE),
        ("B", BlockedBy.LEAVE_AFTER),
    ]
    one = line(office(*staff, overnight=nights, requests=asked[:1]), "night_date")
    assert (*sides(one), one.people) == (Verdict.TIGHT, 1, 1, ("B",))
    assert lines(office(*staff, overnight=nights), "night_date") == []


@pytest.mark.parametrize(
    ("fields", "bar"),
    [
        ({"weekdays": [0, 1, 2, 4, 5, 6]}, BlockedBy.WEEKDAY),
        ({"no_night": {"first": "2026-12-03"}}, BlockedBy.NO_NIGHT),
        # 0:00 to 5:00 of the fourth
        ({"no_night": {"first": "2026-12-04"}}, BlockedBy.NO_NIGHT),
        ({"employed": {"last": "2026-12-02"}}, BlockedBy.EMPLOYED),
        ({"employed": {"last": "2026-12-03"}}, BlockedBy.LAST_DATE),
        ({"nights_max": 0}, BlockedBy.NIGHTS_MAX),
        ({"no_flex": True}, BlockedBy.NO_FLEX),
        ({"home": "うみべ", "away_on": ["2026-12-02"]}, BlockedBy.OTHER_HOUSE),
    ],
)
def test_why_nobody_can_pass_a_night(fields: Any, bar: BlockedBy) -> None:
    """The third is a Thursday; contract and law each keep the only person away."""
    problem = office(make_staff("A", **fields), overnight=[0, 0, 1, 0, 0, 0, 0])
    (obstacle,) = line(problem, "night_date").obstacles
    assert obstacle.why is bar


def test_what_was_agreed_is_no_obstacle() -> None:
    """Thursday is not in the contract, but was agreed on; a must was given up."""
    nights = [0, 0, 1, 0, 0, 0, 0]
    staff = make_staff("A", weekdays=[0, 1, 2, 4, 5, 6])
    problem = office(staff, overnight=nights)
    spot = {"rule": "L-01", "facet": "available", "staff": "A", "date": date(3)}
    assert line(problem, "night_date").verdict is Verdict.IMPOSSIBLE
    assert line(agreed(problem, spot), "night_date").verdict is Verdict.TIGHT
    problem = office(make_staff("A"), overnight=nights, requests=[must("A", 3)])
    spot = {"rule": "W-01", "facet": "must", "staff": "A", "date": date(3)}
    assert line(problem, "night_date").verdict is Verdict.IMPOSSIBLE
    assert line(agreed(problem, spot), "night_date").verdict is Verdict.TIGHT


def test_a_pin_elsewhere_takes_the_night() -> None:
    """A is pinned to 日 on the date; or has but one night, pinned to another date."""
    problem = office(make_staff("A", nights_max=1), overnight=[0, 0, 1, 0, 0, 0, 0])
    (obstacle,) = line(pinned(problem, A="??日"), "night_date").obstacles
    assert obstacle.why is BlockedBy.PIN
    (obstacle,) = line(pinned(problem, A="?????夜"), "night_date").obstacles
    assert obstacle.why is BlockedBy.NIGHTS_MAX
    assert line(pinned(problem, A="??夜"), "night_date").verdict is Verdict.TIGHT


# -- nights on call --------------------------------------------------------------------


def callers(number: int, **fields: Any) -> Problem:
    """Expect guests every night; people who take nights on call and nothing else."""
    staff = [make_staff(name, shifts=[]) for name in "ABCDEFG"[:number]]
    return office(*staff, overnight=1, **fields)


def test_on_call_once_a_week() -> None:
    """Tuesday to Saturday are five nights, Sunday and Monday two; one each a week."""
    four = line(callers(4), "on_call_span")
    assert (four.facts["weekly"], four.facts["more"]) == (1, 1)
    month = line(callers(3), "on_call_month")
    assert (month.facts["weekly"], month.facts["more"]) == (1, 2)
    assert month.facts["by_week"] == 2
    assert sides(four) == (Verdict.IMPOSSIBLE, 5, 4)
    assert four.dates == tuple(date(day) for day in range(1, 6))
    # 4 + 2 weeks' worth of 4 people is enough for seven nights, in sum.
    assert sides(line(callers(4), "on_call_month")) == (Verdict.FINE, 7, 8)
    assert lines(callers(5), "on_call_span") == []
    assert sides(line(callers(3), "on_call_month")) == (Verdict.IMPOSSIBLE, 7, 6)


def test_on_call_in_the_tail_counts_to_the_week() -> None:
    """E was on call on Monday, 30 November, in the week of the first."""
    tail = "E 休\n宿 E"
    assert sides(line(callers(5, tail=tail), "on_call_span")) == (
        Verdict.IMPOSSIBLE,
        5,
        4,
    )


def test_nobody_to_be_on_call() -> None:
    """A must not, B has paid leave that must be granted, C is protected from work."""
    staff = [
        make_staff("A"),
        make_staff("B"),
        make_staff("C", no_night={"last": "2026-12-03"}),
        make_staff("D", on_call=False),
    ]
    asked = [must("A", 3, "not_on_call"), must("B", 3, "paid_leave")]
    nights = [0, 0, 1, 0, 0, 0, 0]
    fields: dict[str, Any] = {"overnight": nights, "requests": asked}
    work = {"standby": {"permission": False, "from_home": False}}
    one = line(office(*staff, settings=work, **fields), "on_call_date")
    plain = line(office(*staff, **fields), "on_call_date")
    assert (*sides(plain), plain.people) == (Verdict.TIGHT, 1, 1, ("C",))
    assert sides(one) == (Verdict.IMPOSSIBLE, 1, 0)
    assert [(o.staff, o.why) for o in one.obstacles] == [
        ("A", BlockedBy.WISH),
        ("B", BlockedBy.LEAVE),
        ("C", BlockedBy.NO_NIGHT),
    ]
    fields["requests"] = asked[1:]
    one = line(office(*staff, settings=work, **fields), "on_call_date")
    assert (one.verdict, one.people) == (Verdict.TIGHT, ("A",))


def test_nobody_absent_is_on_call() -> None:
    """A is absent and B must not; with a shift pinned A could be, by day."""
    staff = [make_staff("A"), make_staff("B", on_call=False)]
    nights = [0, 0, 1, 0, 0, 0, 0]
    problem = office(*staff, overnight=nights)
    one = line(pinned(problem, A="??欠"), "on_call_date")
    assert sides(one) == (Verdict.IMPOSSIBLE, 1, 0)
    assert [(o.staff, o.why) for o in one.obstacles] == [("A", BlockedBy.PIN)]
    one = line(pinned(problem, A="??日"), "on_call_date")
    assert (one.verdict, one.people) == (Verdict.TIGHT, ("A",))


def test_a_night_on_call_that_is_pinned_is_settled() -> None:
    """B alone may be on call, by a pin: no worry; if B is absent, A is not free."""
    nights = [0, 0, 1, 0, 0, 0, 0]
    problem = office("A", "B", overnight=nights)
    call = OnCall(staff=StaffId("B"), date=date(3))
    pins = problem.pins.model_copy(update={"on_call": (call,)})
    problem = problem.model_copy(update={"pins": pins})
    assert lines(problem, "on_call_date") == []
    one = line(pinned(problem, B="??欠"), "on_call_date")
    assert sides(one) == (Verdict.IMPOSSIBLE, 1, 0)
    assert ("A", BlockedBy.TAKEN) in [(o.staff, o.why) for o in one.obstacles]


def test_breaks_too_short_and_the_last_date_keep_from_being_on_call() -> None:
    """Half an hour of break in nine hours is too short; A's last date is the third."""
    nights = [0, 0, 1, 0, 0, 0, 0]
    work = {"standby": {"permission": False, "from_home": False, "break_minutes": 30}}
    one = line(office("A", overnight=nights, settings=work), "on_call_date")
    assert (*sides(one), one.obstacles[0].why) == (
        *(Verdict.IMPOSSIBLE, 1, 0),
        BlockedBy.BREAKS,
    )
    leaves = make_staff("A", employed={"last": "2026-12-03"})
    one = line(office(leaves, overnight=nights), "on_call_date")
    assert [obstacle.why for obstacle in one.obstacles] == [BlockedBy.LAST_DATE]
    stays = make_staff("A", employed={"last": "2026-12-04"})
    one = line(office(stays, overnight=nights), "on_call_date")
    assert sides(one) == (Verdict.TIGHT, 1, 1)


def test_absence_after_a_pinned_night() -> None:
    """夜 on the first, and 欠 where 明 has to be."""
    problem = office(make_staff("A"))
    assert len(lines(pinned(problem, A="夜欠"), "cells_clash")) == 1
    assert lines(pinned(problem, A="日欠"), "cells_clash") == []


def test_one_person_for_awake_and_on_call() -> None:
    """A could do either; B, too, then nothing is said."""
    nights = [0, 0, 1, 0, 0, 0, 0]
    one = line(office(make_staff("A"), overnight=nights), "night_pair")
    assert (*sides(one), one.people) == (Verdict.IMPOSSIBLE, 2, 1, ("A",))
    two = office(make_staff("A"), make_staff("B"), overnight=nights)
    assert lines(two, "night_pair") == []


# -- care by day -----------------------------------------------------------------------


def test_hours_of_a_date() -> None:
    """Three users: 480 x (3 / 3 + 1) = 960 minutes; each 日 brings 480."""
    staff = [make_staff(name, shifts=["日"]) for name in "AB"]
    users = [0, 0, 3, 0, 0, 0, 0]
    # On the other dates 480 x (0 + 1), or a person all day: 15 hours.
    one = next(
        one
        for one in lines(office(*staff, day_users=users), "care_hours")
        if date(3) in one.dates
    )
    assert sides(one) == (Verdict.TIGHT, 960, 960)
    short = office(*staff, day_users=users, requests=[must("A", 3)])
    one = next(one for one in lines(short, "care_hours") if date(3) in one.dates)
    assert sides(one) == (Verdict.IMPOSSIBLE, 960, 480)
    assert [(o.staff, o.why) for o in one.obstacles] == [("A", BlockedBy.LEAVE)]


def test_hours_of_a_date_from_the_night_before() -> None:
    """夜 brings 3:30 of the morning and, begun again at 16:30, 4:30 of the evening.

    With 8 hours of rest it is one or the other; 7 hours lie between.
    """
    staff = [make_staff("A", shifts=["夜"])]
    for rest, minutes in ((420, 210 + 270), (421, 270)):
        problem = office(*staff, settings={"rest_least": rest})
        both = [one for one in lines(problem, "care_hours") if date(4) in one.dates]
        assert both[0].possible == minutes


def test_people_at_a_moment() -> None:
    """Seven users from 9:00 to 16:00 need three people; 日 begins at 9:00.

    At lunch nobody need be on a break: both options are open to each of them.
    """
    staff = [make_staff(name, shifts=["早", "日", "遅"]) for name in "ABC"]
    users = [7, 0, 0, 0, 0, 0, 0]
    early = make_shift("朝", "6:00-9:00", [])
    shifts = [early, make_shift("日", "6:00-21:00", ["12:00-13:00", "13:00-14:00"])]
    staff = [make_staff(name, shifts=["日"]) for name in "ABC"]
    problem = office(*staff, day_users=users, shifts=shifts, days=1)
    one = line(problem, "care_people")
    assert sides(one) == (Verdict.TIGHT, 3, 3)
    assert (one.facts["begin"], one.facts["end"]) == (9 * 60, 16 * 60)
    one = line(
        office(*staff, day_users=users, shifts=shifts, days=1, requests=[must("B", 1)]),
        "care_people",
    )
    assert sides(one) == (Verdict.IMPOSSIBLE, 3, 2)
    spot = {"rule": "K-01", "facet": "must", "date": date(1)}
    one = line(agreed(problem, spot), "care_people")
    assert sides(one) == (Verdict.FINE, 1, 3)


# -- hours of the period ---------------------------------------------------------------

WHOLE = make_shift("日", "8:00-13:00", [])
"""Of an office whose day band it fills."""


def test_visits_in_the_night_band_need_a_second_person() -> None:
    """A alone does nights, with a guest; from 5:00 to 6:00 one is out on a visit."""
    profile = make_profile(visits=[{"span": "5:00-6:00", "workers": 1}])
    by_day = make_staff("B", shifts=["早", "日", "遅"])
    staff = [make_staff("A", shifts=["夜"]), by_day]
    problem = office(*staff, settings={"profiles": [profile]})
    forecast = make_forecast(problem.period, 0, 1, 1, overnight_before=1)
    problem = problem.model_copy(update={"forecast": forecast})
    told_of = lines(problem, "care_people")
    found = [one for one in told_of if one.possible == 1 < one.required]
    told = [(sides(one), one.dates, one.facts) for one in found]
    assert told == [
        (
            (Verdict.IMPOSSIBLE, 2, 1),
            tuple(date(day) for day in range(2, 8)),
            {"begin": 300, "end": 360},
        )
    ]
    two = [*staff, make_staff("C", shifts=["夜"])]
    problem = problem.model_copy(update={"staff": tuple(two)})
    alone = [one for one in lines(problem, "care_people") if one.required == 2]
    assert [one.dates for one in alone] == [(date(1),)]


def hourly(*staff: Any, settings: Any = None, days: int = 5, **fields: Any) -> Problem:
    """Need 300 minutes of care on each of some dates, and nothing at night."""
    return office(
        *staff,
        shifts=[WHOLE],
        night_band="13:00-32:00",
        days=days,
        settings={"full_time_day": 300, **(settings or {})},
        **fields,
    )


def worker(name: str, **fields: Any) -> Any:
    return make_staff(name, shifts=["日"], on_call=False, **fields)


@pytest.mark.parametrize(
    ("minutes", "possible", "verdict"),
    [
        ((899, 899), 1200, Verdict.IMPOSSIBLE),
        ((899, 900), 1500, Verdict.TIGHT),
        ((900, 900), 1800, Verdict.FINE),
    ],
)
def test_all_hours(minutes: tuple[int, int], possible: int, verdict: Verdict) -> None:
    """5 x 300 = 1,500 minutes; two contracts, of which only whole shifts can be had.

    By law both could work 5 x 300: only the contracts are in the way.
    """
    people = (worker(n, minutes_max=m) for n, m in zip("AB", minutes, strict=True))
    one = line(hourly(*people), "hours_all")
    assert sides(one) == (verdict, 1500, possible)
    assert one.contract == (verdict is Verdict.IMPOSSIBLE)
    assert not one.breaks_law
    assert one.facts["lawful"] == 3000


@pytest.mark.parametrize(
    ("days", "week", "possible", "verdict"),
    [
        (5, 899, 1200, Verdict.IMPOSSIBLE),
        (5, 900, 1800, Verdict.FINE),
        # In eight dates four shifts, and four of seven dates by the law on holidays.
        (8, 899, 2 * (600 + 300), Verdict.IMPOSSIBLE),
    ],
)
def test_all_hours_by_the_week(
    days: int, week: int, possible: int, verdict: Verdict
) -> None:
    """Of 899 minutes in seven dates two shifts of 300 can be had, and no third."""
    people = [worker(name, week_minutes_max=week) for name in "AB"]
    one = line(hourly(*people, days=days), "hours_all")
    assert sides(one) == (verdict, days * 300, possible)
    assert one.contract == (verdict is Verdict.IMPOSSIBLE)


def test_all_hours_beyond_the_law() -> None:
    """One person may work 2,400 x 5 // 7 = 1,714 of 1,500 + 300 minutes (F-02)."""
    problem = hourly(
        worker("A", roles=["manager", "care"]), settings={"manager_desk": 300}
    )
    # 5 x 300 is all that one person can do in five dates.
    one = line(problem, "hours_all")
    assert (*sides(one), one.breaks_law) == (Verdict.IMPOSSIBLE, 1800, 1500, True)


def test_leave_counts_as_hours() -> None:
    """A day of leave that must be granted takes 480 of A's 900: one 日 is left."""
    staff = [worker("A", minutes_max=900), worker("B", minutes_max=900)]
    problem = hourly(*staff, requests=[must("A", 3, "paid_leave")])
    assert line(problem, "hours_all").possible == 900 + 300


def test_absence_counts_as_hours() -> None:
    """A day of absence that was entered takes as much."""
    staff = [worker("A", minutes_max=900), worker("B", minutes_max=900)]
    problem = pinned(hourly(*staff), A="??欠")
    assert line(problem, "hours_all").possible == 900 + 300


def planner(**fields: Any) -> Any:
    papers = ["介護支援専門員", "計画作成担当者研修"]
    return worker("P", roles=["planner", "care"], qualifications=papers, **fields)


@pytest.mark.parametrize(
    ("desk", "verdict"),
    [(1200, Verdict.TIGHT), (1201, Verdict.IMPOSSIBLE), (1100, Verdict.FINE)],
)
def test_desk_beside_care(desk: int, verdict: Verdict) -> None:
    """P can work 5 x 300; on the third date care needs 600, and A brings but 300."""
    problem = hourly(
        planner(),
        worker("A"),
        day_users=[0, 0, 3, 0, 0],
        settings={"planner_desk": desk},
    )
    one = line(problem, "planner_desk")
    assert sides(one) == (verdict, desk, 1200)
    assert one.facts["care"] == 300


def test_desk_of_somebody_without_training() -> None:
    """Whoever plans without the training brings nothing."""
    untrained = planner().model_copy(update={"qualifications": ("介護支援専門員",)})
    problem = hourly(untrained, worker("A"), settings={"planner_desk": 1})
    assert sides(line(problem, "planner_desk")) == (Verdict.IMPOSSIBLE, 1, 0)


def test_capacities_against_one_another() -> None:
    """29 / 14 / 4: 15 and 5 are the least; 16 places ask for 48 square metres."""
    capacity = {"registered": 29, "day_use": 14, "overnight": 4}
    problem = make_problem(office=make_office(capacity=capacity))
    assert sides(line(problem, "day_use_least")) == (Verdict.IMPOSSIBLE, 15, 14)
    assert sides(line(problem, "overnight_least")) == (Verdict.IMPOSSIBLE, 5, 4)
    assert lines(problem, "wide_room") == []
    wide = make_office(capacity={"registered": 29, "day_use": 16, "overnight": 6})
    assert sides(line(make_problem(office=wide), "day_use_least"))[0] is Verdict.FINE
    assert sides(line(make_problem(office=wide), "overnight_least")) == (
        Verdict.FINE,
        6,
        6,
    )
    assert line(make_problem(office=wide), "wide_room").facts == {"metres": 48}


def test_desk_of_parts_of_the_month() -> None:
    """From the 1st to the 10th are all five dates; nothing is from the 20th on."""
    problem = hourly(
        planner(weekdays=[1, 2]), worker("A"), settings={"planner_desk_early": 601}
    )
    assert sides(line(problem, "desk_early")) == (Verdict.IMPOSSIBLE, 601, 600)
    assert lines(problem, "desk_late") == []
    spot = {"rule": "G", "facet": "desk_early"}
    assert sides(line(agreed(problem, spot), "desk_early")) == (
        Verdict.TIGHT,
        600,
        600,
    )


def test_desk_from_the_20th_in_a_period_that_ends_on_it() -> None:
    """21 November to 20 December: the late days are two stretches, told as two.

    A is off on Sundays, so that P gives care on the 22nd and the 29th; on Sunday, 20
    December, the night that P began on the 19th, no late day, brings it.
    """
    night = make_shift("夜", "20:00-37:00", ["25:00-26:00"])
    papers = ["介護支援専門員", "計画作成担当者研修"]
    p = make_staff("P", roles=["planner", "care"], qualifications=papers)
    problem = office(
        p,
        worker("A", weekdays=[0, 1, 2, 3, 4, 5]),
        shifts=[WHOLE, night],
        night_band="13:00-32:00",
        days=30,
        first=dt.date(2026, 11, 21),
        settings={"full_time_day": 300, "planner_desk_late": 600},
    )
    one = line(problem, "desk_late")
    assert one.facts["care"] == 2 * 300
    assert "11月21日(土)〜11月30日(月)、12月20日(日)" in line_text(one)


def test_shifts_of_nurses() -> None:
    """Three weekdays of the period make three shifts."""
    nurse = worker("N", roles=["nurse"], qualifications=["看護師"], weekdays=[1, 2, 3])
    for wanted, verdict in ((3, Verdict.TIGHT), (4, Verdict.IMPOSSIBLE)):
        problem = hourly(nurse, settings={"nurse_shifts": wanted})
        assert sides(line(problem, "nurse_shifts")) == (verdict, wanted, 3)


# -- qualifications and cover rules ----------------------------------------------------


def test_whom_the_law_wants_on_the_list() -> None:
    """A care worker alone is the full-timer, and nobody is anything else."""
    found = {
        one.code: one.verdict
        for one in precheck(office(make_staff("A")))
        if one.topic is Topic.QUALIFIED
    }
    assert found == {
        "full_timer": Verdict.FINE,
        "nurse": Verdict.IMPOSSIBLE,
        "planner": Verdict.IMPOSSIBLE,
        "manager": Verdict.IMPOSSIBLE,
    }
    part_timer = office(make_staff("A", full_time=False))
    assert line(part_timer, "full_timer").verdict is Verdict.IMPOSSIBLE


def covering(*staff: Any, requests: Any = (), **rule: Any) -> Problem:
    """Ask for drivers by a cover rule."""
    cover = CoverRule.model_validate({"name": "送迎", "group": "運転", **rule})
    return office(*staff, cover_rules=[cover], requests=requests)


def driver(name: str, **fields: Any) -> Any:
    return make_staff(name, groups=["運転"], **fields)


def test_a_cover_rule_that_nobody_fits() -> None:
    """Two are wanted every date and one person is in the group."""
    problem = covering(driver("A"), make_staff("B"), at_least=2)
    one = line(problem, "cover_nobody")
    assert (*sides(one), one.people) == (Verdict.IMPOSSIBLE, 2, 1, ("A",))
    assert len(one.dates) == DAYS
    both = covering(driver("A"), driver("B"), at_least=1)
    assert sides(line(both, "cover")) == (Verdict.FINE, 1, 2)
    wished = covering(driver("A"), at_least=2, must=False)
    assert lines(wished, "cover_nobody") == []


@pytest.mark.parametrize("band", [None, "9:00-10:00"])
def test_a_cover_rule_on_dates_that_lack_people(band: str | None) -> None:
    """A must have the third free, and B the third and the fourth."""
    asked = [must("A", 3), must("B", 3), must("B", 4)]
    staff = [driver(name, shifts=["日"]) for name in "AB"]
    problem = covering(*staff, requests=asked, at_least=1, band=band)
    one = line(problem, "cover_date")
    assert (*sides(one), one.dates) == (Verdict.IMPOSSIBLE, 1, 0, (date(3),))
    assert {o.why for o in one.obstacles} == {BlockedBy.LEAVE}
    facet = "count_must" if band is None else "band_must"
    spot = {"rule": "K-02", "facet": facet, "date": date(3), "name": "送迎"}
    assert lines(agreed(problem, spot), "cover_date") == []


@pytest.mark.parametrize("band", [None, "9:00-10:00"])
def test_a_cover_rule_that_its_people_cannot_keep_every_date(band: str | None) -> None:
    """One a date, 14 in all: the law's 80 hours are 10 shifts of 8 hours each.

    Two people bring 20, and with 7 days off each just 14, with 8 days off 12.
    """

    def asked(days_off: int, *names: str) -> Problem:
        owed = {"shifts": ["日"], "days_off_min": days_off}
        people = [driver(name, **owed) for name in names]
        rule = {"name": "送迎", "group": "運転", "at_least": 1, "band": band}
        cover = CoverRule.model_validate(rule)
        return office(*people, days=14, cover_rules=[cover])

    alone = line(asked(0, "A"), "cover_times")
    assert (*sides(alone), alone.contract) == (Verdict.IMPOSSIBLE, 14, 10, False)
    assert alone.facts["lawful"] == 10
    assert lines(asked(7, "A", "B"), "cover_times") == []
    assert sides(line(asked(7, "A", "B"), "cover")) == (Verdict.FINE, 1, 2)
    owed = line(asked(8, "A", "B"), "cover_times")
    assert (*sides(owed), owed.contract) == (Verdict.IMPOSSIBLE, 14, 12, True)
    assert [one.amount for one in owed.shares] == [6, 6]
    assert lines(asked(8, "A", "B"), "cover") == []


@pytest.mark.parametrize("rule", [{"shift": "夜"}, {"band": "23:00-24:00"}])
def test_two_night_workers_a_night(rule: Any) -> None:
    """Twelve in six dates; nights that come one at a time are three dates apart.

    So a person has two of them, though the law's hours would do for five of 6 hours.
    """
    night = make_shift("夜", "22:00-28:30", ["26:00-26:30"], kind="night")
    cover = CoverRule.model_validate({"name": "夜2人", "at_least": 2, **rule})

    def asked(people: int) -> Problem:
        staff = [make_staff(name, shifts=["夜"]) for name in "ABCDEF"[:people]]
        more = {"days": 6, "shifts": [night], "cover_rules": [cover]}
        return office(*staff, settings={"nights_in_a_row_most": 1}, **more)

    few = line(asked(5), "cover_times")
    assert sides(few) == (Verdict.IMPOSSIBLE, 12, 10)
    assert lines(asked(6), "cover_times") == []


def test_a_band_that_a_shift_does_not_reach() -> None:
    """日 begins at 9:00: at 8:59 there is nobody, from 9:00 on there is."""
    staff = driver("A", shifts=["日"])
    assert lines(covering(staff, at_least=1, band="8:59-10:00"), "cover_date")
    assert lines(covering(staff, at_least=1, band="9:00-10:00"), "cover_date") == []
    # Of two breaks, one from 12:00 and one from 13:00, the person takes another.
    assert lines(covering(staff, at_least=1, band="12:00-13:00"), "cover_date") == []


# -- wishes ----------------------------------------------------------------------------


def test_wishes_that_pile_up() -> None:
    """Care needs 480 x (4 / 3 rounded up + 1) = 1,440; three people bring 480 each."""
    staff = [make_staff(name, shifts=["日"]) for name in "ABC"]
    asked = [Request.model_validate({"staff": "A", "date": date(3), "want": "day_off"})]
    problem = office(*staff, day_users=4, requests=asked)
    one = line(problem, "pile_up")
    assert sides(one) == (Verdict.TIGHT, 1440, 960)
    assert (one.people, one.dates) == (("A",), (date(3),))
    assert line(office(*staff, day_users=4), "no_pile_up").verdict is Verdict.FINE


# -- contracts -------------------------------------------------------------------------


def test_days_off_owed() -> None:
    """Of seven dates two are pinned to shifts: five can be days off."""
    for owed, told in ((5, []), (6, [(Verdict.IMPOSSIBLE, 6, 5)])):
        problem = pinned(office(make_staff("A", days_off_min=owed)), A="日?日")
        assert [sides(one) for one in lines(problem, "days_off")] == told
    spot = {"rule": "L-02", "facet": "days_off", "staff": "A"}
    assert lines(agreed(problem, spot), "days_off") == []


def test_the_morning_after_a_night_is_no_day_off() -> None:
    """The tail's last night takes the first date."""
    tail = "A 夜"
    problem = office(make_staff("A", days_off_min=7), tail=tail)
    assert sides(line(problem, "days_off")) == (Verdict.IMPOSSIBLE, 7, 6)


def test_nights_agreed_on() -> None:
    """Weekdays Tuesday to Thursday, 8 hours of rest: the first and the third."""
    fields = {"shifts": ["夜"], "weekdays": [1, 2, 3]}
    settings = {"rest_least": 480}
    for least, told in ((2, []), (3, [(Verdict.IMPOSSIBLE, 3, 2)])):
        staff = make_staff("A", nights_min=least, **fields)
        problem = office(staff, settings=settings)
        assert [sides(one) for one in lines(problem, "nights_min")] == told
    one = line(problem, "nights_min")
    assert one.contract
    assert not one.breaks_law


@pytest.mark.parametrize(
    ("least", "told"),
    [
        (1920, [(Verdict.TIGHT, 1920, 1920)]),
        (1921, [(Verdict.IMPOSSIBLE, 1921, 1920)]),
        (1440, []),
    ],
)
def test_hours_agreed_on(least: int, told: Any) -> None:
    """Seven dates less three owed are four shifts of 480; a day to spare is enough."""
    staff = make_staff("A", shifts=["日"], days_off_min=3, minutes_min=least)
    problem = office(staff)
    assert [sides(one) for one in lines(problem, "hours_min")] == told


def test_hours_by_nights() -> None:
    """Four dates; a night takes two, but the last of the period one: 日日日 and 夜."""
    staff = make_staff(
        "A",
        shifts=["日", "夜"],
        days_off_min=3,
        minutes_min=2341,
    )
    problem = office(staff, settings={"rest_least": 480})
    one = line(problem, "hours_min")
    assert sides(one) == (Verdict.IMPOSSIBLE, 2341, 3 * 480 + 900)
    assert (one.facts["nights"], one.facts["shifts"]) == (1, 3)


def test_hours_by_days_a_week() -> None:
    """Two days from Tuesday to Saturday, two from Sunday to Monday: four shifts."""
    staff = make_staff("A", shifts=["日"], days_per_week_max=2, minutes_min=1921)
    assert sides(line(office(staff), "hours_min")) == (Verdict.IMPOSSIBLE, 1921, 1920)
    spot = {
        "rule": "L-04",
        "facet": "days_per_week",
        "staff": "A",
        "date": date(1),
    }
    assert lines(agreed(office(staff), spot), "hours_min")[0].verdict is Verdict.TIGHT


def test_hours_by_the_week() -> None:
    """Of 24 hours in any seven dates, 25 were promised in these seven."""
    staff = make_staff("A", shifts=["日"], minutes_min=1500, week_minutes_max=1440)
    one = line(office(staff), "hours_min")
    assert sides(one) == (Verdict.IMPOSSIBLE, 1500, 1440)
    assert "（週の最多時間24時間では24時間まで）" in line_text(one)


def test_leave_beside_work() -> None:
    """Three shifts and a day of leave on the dates that four owed leave: 3 x 480."""
    asked = [must("A", 2, "paid_leave")]
    staff = make_staff("A", shifts=["日"], days_off_min=4, minutes_min=1441)
    problem = office(staff, requests=asked)
    assert sides(line(problem, "hours_min")) == (Verdict.IMPOSSIBLE, 1441, 1440)


def test_absence_beside_work() -> None:
    """The same with a day of absence; and a day of each, of nine hours: both named."""
    staff = make_staff("A", shifts=["日"], days_off_min=4, minutes_min=1441)
    problem = pinned(office(staff), A="?欠")
    one = line(problem, "hours_min")
    assert sides(one) == (Verdict.IMPOSSIBLE, 1441, 1440)
    assert (one.facts["leave"], one.facts["absent"]) == (0, 1)
    assert "欠勤1日" in line_text(one)
    staff = make_staff(
        "A", shifts=["日"], days_off_min=4, day_minutes=540, minutes_min=1561
    )
    problem = pinned(office(staff, requests=[must("A", 3, "paid_leave")]), A="?欠")
    one = line(problem, "hours_min")
    assert sides(one) == (Verdict.IMPOSSIBLE, 1561, 2 * 540 + 480)
    assert (one.facts["leave"], one.facts["absent"]) == (1, 1)
    assert "有休1日 + 欠勤1日" in line_text(one)


def test_hours_that_absence_alone_passes() -> None:
    """Two pinned shifts and a day of absence make 3 x 480."""
    for most, told in ((1440, []), (1439, [(Verdict.IMPOSSIBLE, 1439, 1440)])):
        problem = pinned(office(make_staff("A", minutes_max=most)), A="日欠日")
        assert [sides(one) for one in lines(problem, "hours_max")] == told


def test_hours_that_are_fixed_already() -> None:
    """Two pinned shifts and a day of leave make 3 x 480."""
    for most, told in ((1440, []), (1439, [(Verdict.IMPOSSIBLE, 1439, 1440)])):
        problem = office(
            make_staff("A", minutes_max=most), requests=[must("A", 2, "paid_leave")]
        )
        found = lines(pinned(problem, A="日?日"), "hours_max")
        assert [sides(one) for one in found] == told


# -- pins and musts --------------------------------------------------------------------


def test_a_pin_against_a_must() -> None:
    """夜 is pinned on the second, and leave must be granted on it."""
    problem = office(make_staff("A"), requests=[must("A", 2)])
    one = line(pinned(problem, A="?夜"), "cell_clash")
    assert (one.people, one.dates) == (("A",), (date(2),))
    assert [o.why for o in one.obstacles] == [BlockedBy.LEAVE]
    assert lines(pinned(problem, A="?休"), "cell_clash") == []
    spot = {"rule": "W-02", "facet": "duty", "staff": "A", "date": date(2)}
    assert lines(agreed(pinned(problem, A="?夜"), spot), "cell_clash") == []


def test_a_must_against_the_contract() -> None:
    """夜 by all means, and the person does no nights."""
    asked = [must("A", 2, "shift", "夜")]
    problem = office(make_staff("A", shifts=["日"]), requests=asked)
    one = line(problem, "cell_clash")
    assert [o.why for o in one.obstacles] == [BlockedBy.SYMBOL]
    assert lines(office(make_staff("A"), requests=asked), "cell_clash") == []


def test_a_night_before_a_day_off() -> None:
    """夜 on the first and 休 on the second cannot both be; 夜 and 明 can (F-07)."""
    problem = office(make_staff("A"))
    one = line(pinned(problem, A="夜休"), "cells_clash")
    assert one.dates == (date(1), date(2))
    assert lines(pinned(problem, A="夜明"), "cells_clash") == []
    # 明 without a night before it.
    assert line(pinned(problem, A="休明"), "cells_clash").dates == (date(1), date(2))
    # The tail's night reaches into the first.
    tailed = office(make_staff("A"), tail="A 夜")
    assert line(pinned(tailed, A="休"), "cells_clash").dates[1] == date(1)


@pytest.mark.parametrize(("rest", "clashes"), [(600, 0), (601, 1)])
def test_pins_too_close(rest: int, clashes: int) -> None:
    """遅 ends at 21:00, 早 begins at 7:00: ten hours (F-11)."""
    problem = office(make_staff("A"), settings={"rest_least": rest})
    assert len(lines(pinned(problem, A="遅早"), "cells_clash")) == clashes


def called(problem: Problem, name: str, *days: int) -> Problem:
    """Pin nights on call."""
    nights = [{"staff": StaffId(name), "date": date(day)} for day in days]
    pins = problem.pins.model_validate(
        {"duties": problem.pins.duties, "on_call": nights}
    )
    return problem.model_copy(update={"pins": pins})


def test_pinned_nights_on_call_of_a_week() -> None:
    """The first and the fifth are in one week, the sixth is a Sunday (F-10)."""
    problem = office(make_staff("A"))
    one = line(called(problem, "A", 1, 5), "on_call_week")
    assert sides(one) == (Verdict.IMPOSSIBLE, 2, 1)
    assert lines(called(problem, "A", 1, 6), "on_call_week") == []
    tailed = office(make_staff("A"), tail="A 休\n宿 A")
    assert sides(line(called(tailed, "A", 5), "on_call_week"))[1:] == (2, 1)


def test_a_pinned_night_on_call_that_cannot_be() -> None:
    """Leave, or a pinned 夜 at the same time, forbid it; a 日 does not."""
    problem = called(office(make_staff("A"), requests=[must("A", 3)]), "A", 3)
    assert [o.why for o in line(problem, "on_call_pin").obstacles] == [BlockedBy.LEAVE]
    plain = office(make_staff("A"))
    one = line(called(pinned(plain, A="??夜"), "A", 3), "on_call_pin")
    assert [o.why for o in one.obstacles] == [BlockedBy.PIN]
    assert lines(called(pinned(plain, A="??日"), "A", 3), "on_call_pin") == []


def test_nobody_is_on_call_on_a_pinned_day_off() -> None:
    """A pinned 休 bars A from its night, unless that is pinned to A too (W-02)."""
    problem = pinned(office(make_staff("A"), overnight=1), A="?休")
    barred = [one for one in lines(problem, "on_call_date") if date(2) in one.dates]
    assert [o.why for one in barred for o in one.obstacles] == [BlockedBy.PIN]
    assert lines(called(problem, "A", 2), "on_call_pin") == []
    free = lines(called(problem, "A", 2), "on_call_date")
    assert all(date(2) not in one.dates or one.possible for one in free)


def test_nobody_is_on_call_on_days_off_where_that_is_a_must() -> None:
    """A must day off is barred by the wish anyway, 明 by the setting (P-07)."""
    setting = {"on_call_on_days_off": "must", "rest_least": 600}
    problem = pinned(office(make_staff("A"), overnight=1, settings=setting), A="夜明")
    barred = [one for one in lines(problem, "on_call_date") if date(2) in one.dates]
    assert [o.why for one in barred for o in one.obstacles] == [BlockedBy.LEAVE]


def test_more_nights_pinned_than_agreed() -> None:
    """Two nights pinned, one agreed on."""
    problem = pinned(office(make_staff("A", nights_max=1)), A="夜明?夜")
    assert sides(line(problem, "nights_pinned")) == (Verdict.IMPOSSIBLE, 2, 1)
    spot = {"rule": "L-05", "facet": "nights_max", "staff": "A"}
    assert lines(agreed(problem, spot), "nights_pinned") == []


def test_nights_pinned_in_a_row() -> None:
    """夜明夜 is a chain of two, 夜明休夜 none; the tail's nights count (F-13)."""
    settings = {"nights_in_a_row_most": 1}
    problem = office(make_staff("A"), settings=settings)
    one = line(pinned(problem, A="夜明夜"), "nights_in_a_row")
    assert sides(one) == (Verdict.IMPOSSIBLE, 2, 1)
    assert lines(pinned(problem, A="夜明休夜"), "nights_in_a_row") == []
    tailed = office(make_staff("A"), settings=settings, tail="A 夜明")
    assert lines(pinned(tailed, A="夜"), "nights_in_a_row")


def test_long_nights_pinned_in_a_row() -> None:
    """夜明夜 of 12 hours each is one too many where one is allowed (F-13)."""
    shifts = [make_shift("夜", "21:00-33:00", ["25:00-26:00"])]
    asked = {"long_nights_apart": "must"}
    problem = office(make_staff("A"), settings=asked, shifts=shifts)
    one = line(pinned(problem, A="夜明夜"), "long_nights_in_a_row")
    assert sides(one) == (Verdict.IMPOSSIBLE, 2, 1)
    assert lines(pinned(problem, A="夜明休夜"), "long_nights_in_a_row") == []
    unasked = office(make_staff("A"), shifts=shifts)
    assert lines(pinned(unasked, A="夜明夜"), "long_nights_in_a_row") == []


def test_days_pinned_in_a_row() -> None:
    """Three dates, and a fourth from the tail, with three at most (F-13)."""
    settings = {"days_in_a_row_most": 3}
    problem = office(make_staff("A"), settings=settings)
    assert lines(pinned(problem, A="日日日"), "days_in_a_row") == []
    assert sides(line(pinned(problem, A="日日日日"), "days_in_a_row"))[1:] == (4, 3)
    tailed = office(make_staff("A"), settings=settings, tail="A 日")
    assert sides(line(pinned(tailed, A="日日日"), "days_in_a_row"))[1:] == (4, 3)
    # What the tail alone breaks is no matter of pins.
    broken = office(make_staff("A"), settings=settings, tail="A 日日日夜")
    assert lines(broken, "days_in_a_row") == []


def test_a_run_pinned_to_the_date_after_the_period() -> None:
    """日 on the 5th and 6th, 夜 on the 7th to the 8th: four dates, three at most."""
    settings = {"days_in_a_row_most": 3}
    problem = office(make_staff("A"), settings=settings)
    one = line(pinned(problem, A="????日日夜"), "days_in_a_row")
    assert sides(one)[1:] == (4, 3)
    assert one.dates == tuple(date(day) for day in range(5, 9))
    assert lines(pinned(problem, A="????日日日"), "days_in_a_row") == []


def test_a_week_without_a_holiday() -> None:
    """Sunday to Saturday, 6 to 12 December; pins leave no date that could be one."""
    problem = office(make_staff("A"), days=6, first=date(6))
    # The 12th is free unless the night of the 11th reaches into it.
    assert lines(pinned(problem, A="日日日日日日"), "no_holiday") == []
    one = line(pinned(problem, A="日日日日日夜"), "no_holiday")
    assert (*sides(one), one.dates) == (Verdict.IMPOSSIBLE, 1, 0, (date(6), date(12)))
    assert lines(pinned(problem, A="有日日日日夜"), "no_holiday") != []
    assert lines(pinned(problem, A="休日日日日夜"), "no_holiday") == []
    assert lines(pinned(problem, A="有日日日?夜"), "no_holiday") == []


def test_a_week_without_a_holiday_by_the_tail_alone() -> None:
    """Of Sunday, 29 November, to Saturday the tail says four dates, none is free."""
    told = office(make_staff("A"), days=1, first=date(5), tail="A 日日有夜明夜")
    assert lines(told, "no_holiday") == []
    kept = office(make_staff("A"), days=1, first=date(5), tail="A 日日有夜明日")
    assert lines(kept, "no_holiday") == []
    assert lines(pinned(kept, A="有"), "no_holiday") != []


def test_four_weeks_without_four_holidays() -> None:
    """9 November to 6 December: two before the tail, one in it, leave in both."""
    settings = {"holiday_reading": "four_weeks", "four_weeks_from": "2026-11-09"}
    problem = office(
        make_staff("A"),
        days=6,
        settings=settings,
        tail="A 休有",
        days_off_before={"A": 2},
    )
    one = line(pinned(problem, A="日日有日日日"), "no_holiday")
    known = (date(1) - dt.timedelta(days=2), date(6))
    assert (*sides(one), one.dates) == (Verdict.IMPOSSIBLE, 2, 1, known)
    assert lines(pinned(problem, A="日日休日日日"), "no_holiday") == []


def test_a_holiday_takes_none_of_the_dates_of_leave() -> None:
    """Leave on two dates of a whole week: of the five others one is the holiday."""
    asked = [must("A", 8, "paid_leave"), must("A", 9, "paid_leave")]
    staff = make_staff("A", shifts=["日"], minutes_min=6 * 480 + 1)
    problem = office(staff, days=7, first=date(6), requests=asked)
    assert sides(line(problem, "hours_min")) == (Verdict.IMPOSSIBLE, 2881, 2880)


def test_days_pinned_in_a_week() -> None:
    """Two a week agreed, from Tuesday to Saturday three pinned (L-04)."""
    staff = make_staff("A", days_per_week_max=2)
    assert lines(pinned(office(staff), A="日?日"), "week_pinned") == []
    one = line(pinned(office(staff), A="日?日?日"), "week_pinned")
    assert sides(one) == (Verdict.IMPOSSIBLE, 3, 2)


def test_hours_pinned_beyond_the_law() -> None:
    """2,400 x 7 // 7 minutes: five shifts of 480 are allowed, six are not (F-02)."""
    problem = office(make_staff("A"))
    assert lines(pinned(problem, A="日日日日日"), "month_pinned") == []
    one = line(pinned(problem, A="日日日日日日"), "month_pinned")
    assert sides(one) == (Verdict.IMPOSSIBLE, 2880, 2400)


def test_more_pinned_than_a_cover_rule_allows() -> None:
    """Exactly one 早; it is pinned to A and to B."""
    cover = CoverRule.model_validate(
        {"name": "早番", "shift": "早", "at_least": 1, "at_most": 1}
    )
    problem = office(make_staff("A"), make_staff("B"), cover_rules=[cover])
    assert lines(pinned(problem, A="早"), "cover_pinned") == []
    one = line(pinned(problem, A="早", B="早"), "cover_pinned")
    assert (*sides(one), one.people) == (Verdict.IMPOSSIBLE, 2, 1, ("A", "B"))


def test_people_pinned_together_who_must_be_apart() -> None:
    """早 ends at 16:00; 遅 from 12:00 overlaps it, 夜 from 16:30 does not (P-01)."""
    pair = Pair.model_validate({"first": "A", "second": "B", "kind": "apart"})
    problem = office(make_staff("A"), make_staff("B"), pairs=[pair])
    assert len(lines(pinned(problem, A="早", B="遅"), "apart_pinned")) == 1
    assert lines(pinned(problem, A="早", B="夜"), "apart_pinned") == []
    # 夜 of the first is there until 9:30 of the second; 日 begins at 9:00.
    assert lines(pinned(problem, A="?日", B="夜"), "apart_pinned")


# -- as a whole ------------------------------------------------------------------------


def test_alike_dates_are_one_line() -> None:
    """Three nights that nobody can pass for the same reason."""
    problem = office(
        make_staff("A", no_night={"first": "2026-12-01"}),
        overnight=[1, 1, 0, 1, 0, 0, 0],
    )
    one = line(problem, "night_date")
    assert one.dates == (date(1), date(2), date(4))


def test_headline_and_code() -> None:
    """What law forbids decides; contracts alone leave a roster legal."""
    papers = ["看護師", "介護支援専門員", "計画作成担当者研修", "管理者研修"]
    leader = make_staff(
        "A",
        roles=["nurse", "planner", "manager"],
        qualifications=papers,
        shifts=["全"],
    )
    others = [make_staff(name, shifts=["全"]) for name in "BCD"]
    whole = make_shift("全", "6:00-21:00", ["12:00-13:00", "13:00-14:00"])
    fine = office(leader, *others, shifts=[whole])
    found = precheck(fine)
    assert {one.verdict for one in found} <= {Verdict.FINE, Verdict.TIGHT}
    assert of_precheck(found) is Exit.DONE
    greedy = make_staff("E", shifts=["全"], minutes_min=9000)
    contract = office(leader, *others, greedy, shifts=[whole])
    found = precheck(contract)
    assert of_precheck(found) is Exit.DONE
    assert any(one.verdict is Verdict.IMPOSSIBLE for one in found)
    none = precheck(office(make_staff("A")))
    assert of_precheck(none) is Exit.NOT_LEGAL
    assert len({headline(one) for one in (precheck(fine), found, none)}) == 3


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All sums for people, the same for machines; 3 where no roster can be legal."""
    path = tmp_path / "office.json"
    problem = office(make_staff("A"))
    path.write_text(problem.model_dump_json(), encoding="utf-8")
    assert main(["precheck", str(path)]) == Exit.NOT_LEGAL
    told = [line_text(one) for one in precheck(problem)]
    printed = capsys.readouterr().out
    assert all(text in printed for text in told)
    assert main(["--json", "precheck", str(path)]) == Exit.NOT_LEGAL
    result = json.loads(capsys.readouterr().out)
    assert [one["text"] for one in result["precheck"]] == told
    assert result["exit"] == 3
    assert main(["precheck", str(tmp_path / "none.json")]) == Exit.BAD_INPUT


def test_roster_begins_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What does not add up is told before the search, what does is left out."""
    path = tmp_path / "office.json"
    problem = tiny_problem(**AWAY_ON_FIRST)
    path.write_text(problem.model_dump_json(), encoding="utf-8")
    out = str(tmp_path / "out.json")
    main(["roster", str(path), "-o", out, "--time-limit", "20", "--workers", "2"])
    printed = capsys.readouterr().err
    told = precheck(problem)
    assert {one.verdict for one in told} >= {Verdict.FINE, Verdict.IMPOSSIBLE}
    for one in told:
        assert (line_text(one) in printed) == (one.verdict is not Verdict.FINE)


def test_the_page() -> None:
    """The workbook for the inspection shows every sum, in order, below the headline."""
    problem = legal_problem()
    roster = legal_roster(problem)
    book = build_proof(Book(problem, roster, audit(problem, roster)))
    sheet = book[_("Precheck")]
    told = [line_text(one) for one in precheck(problem)]
    shown = [row[2] for row in sheet.iter_rows(values_only=True) if row[2]]
    assert shown == told
    assert sheet["A2"].value == headline(precheck(problem))


@pytest.mark.parametrize("seed", first_of(range(10), 4))
def test_every_line_can_be_told(seed: int) -> None:
    """No line of a random office lacks words."""
    written = texts(precheck(a_problem(random.Random(seed))))
    assert all(one and "{" not in one for one in written)


def test_who_is_blocked_is_read_from_files_of_before() -> None:
    """The reason was called ``bar``; it is written as ``why``."""
    blocker = Blocker(staff=StaffId("A"), why=BlockedBy.LEAVE)
    assert blocker.model_dump(mode="json") == {"staff": "A", "why": "leave"}
    for key in ("why", "bar"):
        assert Blocker.model_validate({"staff": "A", key: "leave"}) == blocker
