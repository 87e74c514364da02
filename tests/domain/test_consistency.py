"""What does not fit together in a problem, each with the path to it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import consistency
from scheduler.audit.consistency.office import RESERVED
from scheduler.audit.consistency.people import NO_NAMES
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Duty, OffKind
from scheduler.files.samples import SAMPLES
from scheduler.files.workbook.words import LABELS
from scheduler.wording.mistakes import MESSAGES, mistake_text
from scheduler.wording.notation import OFF_SYMBOLS, OFFS, ON_CALL_MARK, WISHED_DAY_OFF
from scheduler.wording.translation import spellings
from tests.support.builders import (
    make_forecast,
    make_office,
    make_period,
    make_problem,
    make_profile,
    make_staff,
)
from tests.support.input_offices import by_hand

if TYPE_CHECKING:
    from scheduler.domain.errors import Mistake

ROOT = Path(__file__).resolve().parents[2]


def changed(*path: str | int, value: Any) -> Problem:
    """Return the office of `by_hand` with one value replaced."""
    data = by_hand().model_dump()
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return Problem.model_validate(data)


def told(found: tuple[Mistake, ...]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Return code and path of each mistake, which must have words."""
    assert all(mistake_text(one) for one in found)
    return [(one.code, one.loc) for one in found]


def test_nothing_wrong() -> None:
    """The office by hand and the samples fit together."""
    for problem in (by_hand(), *(make() for make in SAMPLES.values())):
        assert consistency.mistakes(problem) == ()


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        # Only JSON can say these; what a workbook can say is tested with its cells.
        (("history", "duties", 0, "off"), "day_off", "duty_unclear"),
        (("history", "duties", 0, "shift"), "朝", "unknown_shift"),
        (("history", "duties", 0, "roles"), (), "duty_roles"),
        (("history", "duties", 0, "breaks"), ((0, 60),), "duty_breaks"),
        (("history", "duties", 0, "worked"), (540, 1090), "duty_worked"),
        (("history", "duties", 0, "staff"), "椿", "unknown_person"),
        (("history", "duties", 0, "date"), dt.date(2026, 10, 30), "tail_far"),
        (("history", "on_call", 0, "date"), dt.date(2026, 12, 1), "tail_in_period"),
        (("history", "on_call", 1, "date"), dt.date(2026, 11, 24), "duplicate_on_call"),
        (("history", "duties", 1, "date"), dt.date(2026, 11, 24), "duplicate_duties"),
        (("requests", 0, "date"), dt.date(2026, 12, 8), "date_outside"),
        (("requests", 0, "staff"), "椿", "unknown_person"),
        (("office", "profiles", 1, "name"), "通常", "duplicate_profile"),
        (("office", "profiles", 1, "guests_return"), 500, "guests_return_early"),
        (("office", "name"), "ホーム\x07", "control_character"),
        (("pairs", 0, "first"), "椿", "unknown_person"),
        (("pairs", 1, "first"), "桜", "pair_both"),
        (("office", "settings", "fair_shifts"), ["日", "日"], "twice_in_cell"),
        (("office", "settings", "fair_shifts"), ["朝"], "unknown_shift"),
        (("staff", 1, "groups"), ["長" * 201], "too_long"),
        (("staff", 1, "name"), "宿直", "reserved_name"),
        (("staff", 1, "name"), "宿 直", "reserved_name"),
        (("staff", 1, "name"), "桜\u200b", "duplicate_name"),
        (("office", "name"), "　 ", "no_name"),
        (("office", "name"), "ホーム\t桜", "control_character"),
        (("cover_rules", 0, "name"), "送\n迎", "control_character"),
        (("shifts", 1, "name"), "日\u2028勤", "control_character"),
        (("shifts", 1, "start"), 1440, "shift_ends_early"),
        (("shifts", 3, "roles"), ["planner"], "shift_without_role"),
        (("shifts", 3, "counts"), False, "night_uncounted"),
    ],
)
def test_one_thing_wrong(path: tuple[str | int, ...], value: Any, code: str) -> None:
    """One value replaced: the mistake is found, at that value or what leans on it."""
    found = dict(told(consistency.mistakes(changed(*path, value=value))))
    assert code in found


def test_period_without_rules() -> None:
    """A period before the law of the rulebook is refused, at its first date."""
    period = {"first": dt.date(2000, 12, 1), "last": dt.date(2000, 12, 7)}
    found = consistency.mistakes(changed("period", value=period))
    assert ("no_rules_for_period", ("period", "first")) in told(found)


def test_capacity_of_an_ordinance() -> None:
    """With limits of its own, an office is held to these."""
    limits = {"registered": 29, "day_use": 12, "overnight": 9}
    problem = changed("office", "capacity_limit", value=limits)
    found = consistency.mistakes(problem)
    assert told(found) == [("capacity_above_law", ("office", "capacity", "day_use"))]
    assert found[0].facts == {"capacity": 18, "limit": 12}


@pytest.mark.parametrize(
    ("registered", "day_use", "fits"),
    # Rule D: up to 15, from 26 registered 16, from 28 17, with 29 18.
    [
        *[(25, 15, True), (25, 16, False), (27, 16, True), (27, 17, False)],
        *[(28, 17, True), (28, 18, False), (29, 18, True)],
    ],
)
def test_day_use_ceiling(registered: int, day_use: int, fits: bool) -> None:
    """The day-use ceiling rises with the registration capacity."""
    capacity = {"registered": registered, "day_use": day_use, "overnight": 9}
    found = consistency.mistakes(changed("office", "capacity", value=capacity))
    assert (found == ()) is fits


@pytest.mark.parametrize(
    ("minutes", "breaks", "fits"),
    # F-05: above 6 hours of work 45 minutes, above 8 hours 60.
    [
        *[(360, 0, True), (361, 0, False), (406, 45, True), (406, 44, False)],
        *[(525, 45, True), (526, 45, False), (541, 60, True)],
    ],
)
def test_break_of_the_law(minutes: int, breaks: int, fits: bool) -> None:
    """Breaks follow the work of a shift, its own breaks taken off."""
    options = [[(600, 600 + breaks)]] if breaks else []
    shift = {"symbol": "早", "kind": "early", "start": 540, "end": 540 + minutes}
    data = by_hand().model_dump()
    data["shifts"][0].update(shift, breaks=options)
    found = consistency.mistakes(Problem.model_validate(data))
    assert [one.code for one in found] == ([] if fits else ["break_short"])


def test_warnings() -> None:
    """What is likely not meant is told, and does not refuse the input."""
    data = by_hand().model_dump()
    data["history"]["duties"] = data["history"]["duties"][1:]
    data["forecast"]["days"][2]["day_users"] = 19
    data["cover_rules"][0]["group"] = "運転手"
    data["staff"][1]["shifts"], data["staff"][1]["on_call"] = [], False
    data["staff"][2]["groups"] = ["新人"]
    data["staff"][2]["away_on"] = ["2020-01-01"]
    problem = Problem.model_validate(data)
    assert consistency.mistakes(problem) == ()
    assert told(consistency.warnings(problem)) == [
        ("users_record_empty", ("office", "users_record", "total")),
        ("person_without_work", ("staff", 1, "shifts")),
        ("away_on_outside", ("staff", 2, "away_on")),
        ("forecast_above_capacity", ("forecast", "days", 2, "day_users")),
        ("nobody_has", ("cover_rules", 0, "group")),
        ("nobody_guides", ("office", "settings", "mentors")),
        ("tail_gap", ("history", "duties")),
    ]


def test_leave_that_may_go_on_is_told() -> None:
    """On leave up to the eve, and nothing entered from the first date on."""
    problem = by_hand()
    first, name = problem.period.first, problem.staff[0].name
    duty = Duty(staff=name, date=first - ONE_DAY, off=OffKind.LONG_LEAVE)
    before = [one for one in problem.history.duties if one.staff != name]
    history = problem.history.model_copy(update={"duties": (*before, duty)})
    away = problem.model_copy(update={"history": history})
    going_on = duty.model_copy(update={"date": first})
    pins = away.pins.model_copy(update={"duties": (going_on,)})
    entered = away.model_copy(update={"pins": pins})
    codes = [[one.code for one in consistency.warnings(one)] for one in (away, entered)]
    assert [found.count("leave_goes_on") for found in codes] == [1, 0]


def test_full_timers_without_least_hours() -> None:
    """Who works for full hours is told if nothing says how many: one line for all."""
    data = by_hand().model_dump()
    first, fine = data["staff"][:2]
    first["contract"] |= {"full_time": True, "minutes_min": None, "days_off_min": 2}
    fine["contract"] |= {"full_time": True, "minutes_min": 4800, "minutes_max": None}
    fine["contract"] |= {"days_off_min": 2}
    problem = Problem.model_validate(data)
    (one,) = [
        one
        for one in consistency.warnings(problem)
        if one.code == "full_time_without_hours"
    ]
    assert one.loc == ("staff", 0, "contract", "minutes_min")
    assert first["name"] in str(one.facts["names"])
    assert fine["name"] not in str(one.facts["names"])
    kind = {"symbol": "育休", "name": "育児休業", "hours": False}
    data["kinds"] = [kind]
    dates = problem.period.dates
    leave = {"staff": first["name"], "kind": "育休", "first": dates[0]}
    for last, is_told in ((dates[-1], False), (dates[-2], True)):
        data["spells"] = [leave | {"last": last}]
        found = consistency.warnings(Problem.model_validate(data))
        assert ("full_time_without_hours" in {one.code for one in found}) is is_told


SHORT_WEEK = ("short_time_week", ("staff", 0, "contract", "short_time_30h"))
SHORT_PERIOD = ("short_time_period", ("staff", 0, "contract", "short_time_30h"))


@pytest.mark.parametrize(
    ("contract", "found"),
    [
        # Five days a week if nothing is agreed: 6 h make 30.
        ({"day_minutes": 360}, []),
        ({"day_minutes": 359}, [SHORT_WEEK]),
        # Six days of 5 h, four of 7:30; four of 7:29 are 29:56.
        ({"day_minutes": 300, "days_per_week_max": 6}, []),
        ({"day_minutes": 450, "days_per_week_max": 4}, []),
        ({"day_minutes": 449, "days_per_week_max": 4}, [SHORT_WEEK]),
        ({"day_minutes": 450, "weekdays": (0, 1, 2)}, [SHORT_WEEK]),
        # January 2027, 31 dates: 30 h a week are 132:51; its 19 working days (21 less
        # New Year and the 11th) of 6 h are 114 h, which is enough.
        ({"day_minutes": 360, "minutes_max": 114 * 60}, []),
        ({"day_minutes": 360, "minutes_max": 114 * 60 - 1}, [SHORT_PERIOD]),
        ({"day_minutes": 480, "minutes_max": 44 * 60}, [SHORT_PERIOD]),
        # A floor alone says nothing of the most.
        ({"day_minutes": 360, "minutes_min": 40 * 60}, []),
    ],
)
def test_short_hours_count_from_thirty_a_week_on(
    contract: dict[str, Any], found: list[Any]
) -> None:
    """B-05: fewer hours cannot be full-time on short hours."""
    january = make_period(
        31, dt.date(2027, 1, 1), [dt.date(2027, 1, 1), dt.date(2027, 1, 11)]
    )
    own = make_staff("A", short_time_30h=True, **contract)
    problem = make_problem([own, "B"], period=january)
    assert told(consistency.mistakes(problem)) == found


def test_short_hours_of_somebody_who_joins() -> None:
    """From Monday the 18th on there are ten working days: 60 h, not 114."""
    january = make_period(31, dt.date(2027, 1, 1))
    for hours, found in ((60, []), (59, [SHORT_PERIOD])):
        own = make_staff(
            "A",
            short_time_30h=True,
            day_minutes=360,
            minutes_max=hours * 60,
            employed={"first": "2027-01-18"},
        )
        problem = make_problem([own, "B"], period=january)
        assert told(consistency.mistakes(problem)) == found


@pytest.mark.parametrize(
    ("month", "days_off", "hours", "found"),
    [
        # June 2027 has 22 weekdays. With 9 days off full-timers work on 21 days, as
        # their prescribed 168 h say too: 21 days of 6 h are 126 h, not 128:34.
        (168, 9, 126, []),
        (168, None, 126, []),
        (None, 9, 126, []),
        (None, 9, 125, [SHORT_PERIOD]),
        (None, None, 126, [SHORT_PERIOD]),
        (None, 8, 126, [SHORT_PERIOD]),
        (176, None, 128, [SHORT_PERIOD]),
        (176, None, 129, []),
    ],
)
def test_short_hours_on_as_many_days_as_full_timers_work(
    month: int | None, days_off: int | None, hours: int, found: list[Any]
) -> None:
    june = make_period(30, dt.date(2027, 6, 1))
    short = make_staff(
        "A", short_time_30h=True, day_minutes=360, minutes_max=hours * 60
    )
    office = make_office(full_time_month=None if month is None else month * 60)
    others = [make_staff("B", days_off_min=days_off)]
    problem = make_problem([short, *others], period=june, office=office)
    assert told(consistency.mistakes(problem)) == found


def warned(**office: Any) -> list[tuple[str, dict[str, int | str]]]:
    """Return the warnings on an office of 29 / 18 / 9, but for the empty record."""
    problem = make_problem(office=make_office(**office))
    found = consistency.warnings(problem)
    told(found)
    return [
        (one.code, dict(one.facts))
        for one in found
        if one.code not in ("users_record_empty", "tail_short")
    ]


@pytest.mark.parametrize(
    ("capacity", "found"),
    [
        ((29, 15, 5), []),
        ((29, 14, 9), [("day_use_too_few", {"capacity": 14, "least": 15})]),
        ((28, 14, 5), []),
        ((29, 15, 4), [("overnight_too_few", {"capacity": 4, "least": 5})]),
        (
            (29, 12, 3),
            [
                ("day_use_too_few", {"capacity": 12, "least": 15}),
                ("overnight_too_few", {"capacity": 3, "least": 4}),
            ],
        ),
    ],
)
def test_capacities_have_a_floor(capacity: tuple[int, int, int], found: Any) -> None:
    """D: day use half of the registered, overnight a third of day use."""
    registered, day_use, overnight = capacity
    own = {"registered": registered, "day_use": day_use, "overnight": overnight}
    assert warned(capacity=own) == found


def test_44_hours_are_not_for_ten_people() -> None:
    """F-02: told at the setting, with the number of people on the list."""
    for people, found in ((9, []), (10, ["office_not_small"])):
        names = [f"職員{number}" for number in range(people)]
        office = make_office(small_office=True)
        problem = make_problem(names, office=office)
        codes = [one.code for one in consistency.warnings(problem)]
        assert [code for code in codes if code == "office_not_small"] == found


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        (["介護支援専門員", "計画作成担当者研修"], []),
        (
            ["介護支援専門員"],
            [("planner_without_papers", ("staff", 0, "qualifications"))],
        ),
        ([], [("planner_without_papers", ("staff", 0, "qualifications"))]),
    ],
)
def test_planning_without_papers_is_told(papers: list[str], found: Any) -> None:
    """A-11: hours that do not count are not left out without a word."""
    planner = make_staff("A", roles=["planner", "care"], qualifications=papers)
    problem = make_problem([planner, make_staff("B")])
    own = [one for one in consistency.warnings(problem) if "planner" in one.code]
    assert told(tuple(own)) == found


def test_more_users_than_are_registered_are_told_once_a_service() -> None:
    """Three registered: 4, 9 and 5 come by day, 4 stay in one night."""
    period = make_period(5)
    problem = make_problem(
        period=period,
        office=make_office(registered=3),
        forecast=make_forecast(period, [3, 4, 9, 5, 0], [3, None, 4, 0, 0]),
    )
    found = [
        one
        for one in consistency.warnings(problem)
        if one.code.endswith("above_registered")
    ]
    assert told(tuple(found)) == [
        ("day_users_above_registered", ("forecast", "days", 1, "day_users")),
        ("overnight_above_registered", ("forecast", "days", 2, "overnight")),
    ]
    assert [one.facts for one in found] == [
        {"registered": 3, "planned": 9, "dates": 3},
        {"registered": 3, "planned": 4, "dates": 1},
    ]


@pytest.mark.parametrize(
    ("span", "told_of"),
    # The night band is 21:00 to 6:00; 20:00 to 21:00 is by day.
    [
        *[("5:59-7:00", True), ("6:00-7:00", False), ("20:00-21:00", False)],
        *[("20:00-21:01", True), ("23:00-24:00", True)],
    ],
)
def test_visits_in_the_night_band(span: str, told_of: bool) -> None:
    """They are warned of: whoever is out leaves the night worker's house."""
    profile = by_hand().office.profiles[0].model_dump()
    profile["visits"] = [{"span": span, "workers": 1}]
    problem = changed("office", "profiles", value=[profile])
    assert consistency.mistakes(problem) == ()
    loc = ("office", "profiles", 0, "visits", 0, "span")
    assert (("visit_at_night", loc) in told(consistency.warnings(problem))) is told_of


def gaps(
    leave: str = "9:00",
    arrive: str = "9:30",
    depart: str = "16:00",
    back: str = "16:00",
    *,
    day_users: Any = 5,
    overnight: Any = 0,
    eve: int = 0,
) -> list[tuple[str, int | str]]:
    """Return the gaps of a profile, each with its number of dates."""
    period = make_period(3)
    profile = make_profile(
        arrivals=[{"at": arrive, "percent": 40}, {"at": "10:00", "percent": 60}],
        departures=[{"at": "13:00", "percent": 40}, {"at": depart, "percent": 60}],
        guests_leave=leave,
        guests_return=back,
    )
    problem = make_problem(
        period=period,
        office=make_office(profiles=[profile]),
        forecast=make_forecast(period, day_users, overnight, overnight_before=eve),
    )
    return [
        (one.code, one.facts["dates"])
        for one in consistency.warnings(problem)
        if one.code.startswith("nobody_") and told((one,))
        if one.loc[:2] == ("office", "profiles")
    ]


def test_guests_who_are_nowhere_in_the_morning() -> None:
    """They leave at 9:00, and the first day users come at 9:30."""
    assert gaps(overnight=[4, 0, 4], eve=0) == [("nobody_after_guests", 1)]
    assert gaps(overnight=[4, 0, 4], eve=2) == [("nobody_after_guests", 2)]
    # Unknown guests may be there.
    assert gaps(overnight=[None, 0, 0]) == [("nobody_after_guests", 1)]
    assert gaps(overnight=[0, 0, 4]) == []
    assert gaps(leave="9:30", overnight=4, eve=4) == []
    assert gaps(leave="9:29", overnight=4, eve=4) == [("nobody_after_guests", 3)]
    # On a date without day users the guests have gone home.
    assert gaps(day_users=[5, 0, 5], overnight=4) == [("nobody_after_guests", 1)]


def test_guests_who_are_nowhere_in_the_evening() -> None:
    """The last day users leave at 16:00 and guests are back at 16:30."""
    known = {"leave": "9:30", "overnight": [4, 0, 4]}
    assert gaps(back="16:30", **known) == [("nobody_before_guests", 2)]
    assert gaps(back="16:00", **known) == []
    assert gaps(back="16:01", **known) == [("nobody_before_guests", 2)]
    assert gaps(back="16:30", leave="9:30", overnight=0) == []


def test_own_nights_above_those_of_the_office() -> None:
    """Six against five; five against five is none, and no limit of one's own either."""
    office = make_office(nights_most=5)
    for own, found in ((6, True), (5, False), (None, False)):
        problem = make_problem([make_staff("A", nights_max=own)], office=office)
        codes = told(consistency.warnings(problem))
        loc = ("staff", 0, "contract", "nights_max")
        assert (("nights_above_office", loc) in codes) == found


def test_every_code_has_words_and_is_used() -> None:
    """Codes of mistakes in the code and in the messages are the same."""
    text = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "scheduler").rglob("*.py")
    )
    quoted = set(re.findall(r'"([a-z_]+)"', text)) | {
        *(f"duplicate_{part}" for part in ("duties", "on_call")),
        *(f"short_use_{part}" for part in ("day_users", "overnight")),
        *(f"agreement_needs_{part}" for part in ("staff", "date", "name")),
        *(f"agreement_without_{part}" for part in ("staff", "date", "name")),
    }
    assert set(MESSAGES) - quoted == set()


def test_reserved_words_are_those_of_the_grids() -> None:
    """No symbol is a mark of the grids, and no name the label of a row."""
    own = (OffKind.LONG_LEAVE, OffKind.SPECIAL_LEAVE)  # An office may write these.
    plain = {symbol for kind, symbol in OFF_SYMBOLS.items() if kind not in own}
    marks = {*plain, WISHED_DAY_OFF, ON_CALL_MARK}
    assert set(RESERVED) == {*marks, *OFFS.values()}
    labels = {word for label in LABELS for word in spellings(label)}
    assert labels <= set(NO_NAMES)
