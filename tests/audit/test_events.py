"""Events of the office: when they are held, on their sheet, and in the roster."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.consistency.wishes import event_warnings
from scheduler.audit.figures.bands import day_hours
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.figures.people import people
from scheduler.audit.timeline import Timeline
from scheduler.domain.base import StaffId
from scheduler.domain.errors import InputError
from scheduler.domain.events import GIVEN, CalendarEvent
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty
from scheduler.files.next_month import next_month
from scheduler.files.problems import read_problem
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.model import build
from scheduler.wording.mistakes import mistake_text
from tests.rules.test_agreement import compare
from tests.support.builders import (
    make_period,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)
from tests.support.fixing import judge

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

MEETING = {
    "name": "職員会議",
    "weekdays": [2],
    "weeks": [3],
    "span": "18:00-19:00",
    "circle": "full_timers",
    "place": "食堂",
}


def event(**fields: object) -> CalendarEvent:
    """Return the meeting of the third Wednesday with other fields."""
    return CalendarEvent.model_validate({**MEETING, **fields})


def held(one: CalendarEvent, first: dt.date, days: int) -> list[dt.date]:
    """Return the dates of a stretch on which an event is held."""
    dates = (first + dt.timedelta(days=day) for day in range(days))
    return [date for date in dates if one.is_held_on(date)]


def test_the_third_wednesday() -> None:
    """2027: 17 February, 17 March, 21 April."""
    dates = [dt.date(2027, 2, 17), dt.date(2027, 3, 17), dt.date(2027, 4, 21)]
    assert held(event(), dt.date(2027, 2, 1), 89) == dates


def test_every_two_months_from_the_month_given_or_january() -> None:
    """From February: February and April; without it January and March."""
    first = dt.date(2027, 1, 1)
    two = event(every_months=2, counted_from=dt.date(2026, 12, 9))
    assert [date.month for date in held(two, first, 120)] == [2, 4]
    assert [date.month for date in held(event(every_months=2), first, 120)] == [1, 3]


def test_dates_come_before_weekdays() -> None:
    """In the month of a date the weekday is not asked; in the next one it is again."""
    one = event(dates=["2027-02-05"])
    dates = [dt.date(2027, 2, 5), dt.date(2027, 3, 17)]
    assert held(one, dt.date(2027, 2, 1), 59) == dates


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": None},
        {"span": "4:30-6:00"},
        {"span": "21:00-22:01"},
        {"weeks": [6]},
        {"weekdays": []},
    ],
)
def test_what_no_event_can_be(wrong: dict[str, object]) -> None:
    """No time for people, a night hour, a sixth week, never."""
    with pytest.raises(ValueError, match=r"event|weeks"):
        event(**wrong)


def office() -> Problem:
    """Return a day with a meeting in the afternoon, and its remark."""
    meeting = event(weekdays=[], weeks=[], dates=["2026-12-01"], people=["B"])
    problem = make_problem(["A", "B"], days=2, events=[meeting])
    first, second = problem.forecast.days
    first = first.model_copy(update={"remark": "訪問理容"})
    forecast = problem.forecast.model_copy(update={"days": (first, second)})
    return problem.model_copy(update={"forecast": forecast})


def test_the_sheet_is_read_as_written(tmp_path: Path) -> None:
    """Every field of an event and the remark of a date come back."""
    write_input(office(), tmp_path / "a.xlsx")
    read = read_input(tmp_path / "a.xlsx")
    assert read.events == office().events
    assert read.forecast == office().forecast


def test_an_unknown_name_is_told(tmp_path: Path) -> None:
    """The mistake says which name, at the events."""
    problem = office().model_copy(update={"events": (event(people=["C"]),)})
    (tmp_path / "a.json").write_text(problem.model_dump_json(), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_problem(tmp_path / "a.json")
    (mistake,) = error.value.mistakes
    assert (mistake.code, mistake.loc[:2]) == ("unknown_person", ("events", 0))


def test_a_duty_without_events_is_written_as_before() -> None:
    """Fingerprints of rosters made before there were events stay the same."""
    duty = Duty(staff="A", date=dt.date(2026, 12, 1), shift="日")  # type: ignore[arg-type]
    assert "events" not in duty.model_dump_json()
    assert (
        "職員会議"
        in duty.model_copy(update={"events": ("職員会議",)}).model_dump_json()
    )


def test_the_model_sends_whom_it_can() -> None:
    """A on the early shift comes; B is named and would come from a day off."""
    problem = office()
    model = build(problem)
    roster = make_roster(problem, "A 早休\nB 休休")
    missing = [(f.people, f.facet) for f in audit(problem, roster) if f.rule == "K-03"]
    assert missing == [(("A",), "missing_must"), (("B",), "missing_must")]
    verdict = judge(problem, roster, model=model)
    assert verdict.amounts["K-03", "missing_must"] == 2


JANUARY = make_period(31, dt.date(2027, 1, 1))


@pytest.mark.parametrize("dates", [[], ["2026-12-01"], ["2026-12-01", "2026-12-24"]])
def test_the_next_month_has_the_rules_date_again(dates: list[str]) -> None:
    """20 January: even if December had dates of its own, one of them in the tail."""
    problem = make_problem(["A"], days=2, events=[event(dates=dates)])
    after = next_month(problem, make_roster(problem, "A 早休"), JANUARY)
    (one,) = after.events
    assert held(one, JANUARY.first, JANUARY.days) == [dt.date(2027, 1, 20)]
    assert [date.day for date in one.dates] == [24] * (len(dates) == 2)
    assert not [*event_warnings(after)]


def test_a_month_that_two_periods_share_keeps_its_dates() -> None:
    """Moved from 20 January to the 2nd: from the 16th on it is not held again."""
    moved = event(dates=["2027-01-02"])
    problem = make_problem(
        ["A"], period=make_period(31, dt.date(2026, 12, 16)), events=[moved]
    )
    after = next_month(
        problem, make_roster(problem, ""), make_period(31, dt.date(2027, 1, 16))
    )
    assert held(after.events[0], after.period.first, after.period.days) == []


def test_a_date_that_has_passed_is_asked_for_again() -> None:
    """It is not held in January; its line stays for one month, and that is told."""
    problem = office()
    roster = make_roster(problem, "A 早休\nB 休休")
    after = next_month(problem, roster, JANUARY)
    (one,) = after.events
    assert (one.people, one.place) == (("B",), "食堂")
    assert held(one, JANUARY.first, JANUARY.days) == []
    (warning,) = event_warnings(after)
    assert warning.loc == ("events", 0, "dates")
    assert "「職員会議」の日付（12/1）" in mistake_text(warning)
    later = next_month(
        after, RosterRecord(duties=()), make_period(28, dt.date(2027, 2, 1))
    )
    assert later.events == ()


def late_meeting() -> Problem:
    """Return two days with a meeting after 日 on the second, until 20:00."""
    meeting = event(weekdays=[], weeks=[], dates=["2026-12-02"], span="19:00-20:00")
    staff = (make_staff("A"), make_staff("B", full_time=False))
    return make_problem(staff, days=2, events=[meeting])


def attended(problem: Problem, grid: str) -> Roster:
    """Return a roster in which everybody at work on the second day comes."""
    roster = make_roster(problem, grid)
    second = problem.period.last
    return RosterRecord(
        duties=tuple(
            duty.model_copy(update={"events": ("職員会議",)})
            if duty.shift and duty.date == second
            else duty
            for duty in roster.duties
        )
    )


def test_last_months_meeting_is_known_in_the_next(tmp_path: Path) -> None:
    """20:00 to 7:00 are eleven hours, 17:30 to 7:00 more; through the workbook too."""
    problem = late_meeting()
    before = attended(problem, "A 日日\nB 休日")
    after = next_month(problem, before, make_period(2, dt.date(2026, 12, 3)))
    assert after.event_by_name["職員会議"].dates == (dt.date(2026, 12, 2),)
    write_input(after, tmp_path / "a.xlsx")
    read = read_input(tmp_path / "a.xlsx")
    assert [duty.events for duty in read.history.duties] == [
        duty.events for duty in after.history.duties
    ]
    roster = make_roster(read, "A 早休\nB 休早")
    rests = {one.staff: one.shortest_rest for one in people(read, roster)}
    assert rests["A"] == 11 * 60


def test_a_meeting_counts_in_the_staffing_table() -> None:
    """An hour beside 日 is work of the office, for a part-timer as well (B-01)."""
    problem = late_meeting()
    found = full_time_equivalents(problem, attended(problem, "A 日日\nB 休日"))
    minutes = {job.staff: (job.worked, job.credit.events) for job in found.jobs}
    assert minutes == {"A": (960, 60), "B": (480, 60)}


def test_a_morning_here_and_an_afternoon_next_door() -> None:
    """From 13:00 in the group home: three hours of care here, and eight of work.

    Next door they are no hours of this office (A-16, B-01), and nobody of the floor.
    """
    there = event(
        weekdays=[],
        weeks=[],
        dates=["2026-12-02"],
        span="13:00-18:00",
        circle="nobody",
        people=["A"],
        elsewhere="グループホーム",
    )
    noon = make_shift("日", "9:00-18:00", ["12:00-13:00"])
    problem = make_problem(["A"], days=2, events=[there], shifts=[noon])
    roster = attended(problem, "A 休日")
    (job,) = full_time_equivalents(problem, roster).jobs
    assert (job.worked, job.credit.events, job.minutes) == (180, 0, 180)
    timeline = Timeline(problem, roster)
    assert timeline.minutes_begun(StaffId("A"), problem.period.dates) == 480
    assert {day.date.day: day.planned for day in day_hours(problem, roster)} == {
        1: 0,
        2: 180,
    }
    compare(problem, roster, judge(problem, roster))


def test_an_hour_off_the_floor_is_no_hour_lost() -> None:
    """From 16:00 to 17:00 within 日: seven hours of care and one of the meeting."""
    inside = {"span": "16:00-17:00", "dates": ["2026-12-02"]}
    meeting = event(weekdays=[], weeks=[], **inside)
    problem = make_problem(["A"], days=2, events=[meeting])
    (job,) = full_time_equivalents(problem, attended(problem, "A 休日")).jobs
    assert (job.worked, job.credit.events, job.minutes) == (420, 60, 480)


def test_given_events_need_no_date() -> None:
    """All that the set-up offers is held in the course of a year."""
    assert all(held(one, dt.date(2027, 1, 1), 365) for one in GIVEN)
    assert len({one.name for one in GIVEN}) == len(GIVEN)
