"""Calendar files say what the roster says, to the minute, and are told from edits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar, Event

from scheduler.domain.base import StaffId
from scheduler.domain.clock import DAY, HOUR, ONE_DAY, Interval
from scheduler.domain.joint import joint
from scheduler.domain.record import RosterRecord
from scheduler.domain.shifts import Duty, OffKind, OnCall
from scheduler.files.handouts import JAPAN, calendar_of, is_untouched
from scheduler.wording.translation import use_language
from tests.houses.test_joint import rostered, two_houses
from tests.support.busy_month import (
    CARER,
    MANAGER,
    PROVENANCE,
    busy_problem,
    busy_roster,
    day,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scheduler.domain.roster import Roster
    from scheduler.domain.staff import StaffMember

PROBLEM = busy_problem()
PLAN = busy_roster(PROBLEM)
LATER = PROVENANCE.made_at + dt.timedelta(days=3, minutes=1)


def events(data: bytes) -> list[Event]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def by_uid(data: bytes) -> dict[str, Event]:
    return {str(event["UID"]): event for event in events(data)}


def stretches(found: Iterable[Event]) -> list[tuple[dt.datetime, dt.datetime]]:
    return sorted((event.start, event.end) for event in found)


def expected(roster: Roster, name: StaffId) -> list[tuple[dt.datetime, dt.datetime]]:
    """Work the times out of the roster without the calendar's help."""
    spans = [
        (duty.date, PROBLEM.shift_by_symbol[duty.shift].interval)
        for duty in roster.duties
        if duty.staff == name and duty.shift
    ]
    spans += [
        (night.date, PROBLEM.office.night_band)
        for night in roster.on_call
        if night.staff == name
    ]
    return sorted(
        (_moment(date, span.start), _moment(date, span.end)) for date, span in spans
    )


def _moment(date: dt.date, minutes: int) -> dt.datetime:
    date += dt.timedelta(days=minutes // DAY)
    hour, minute = divmod(minutes % DAY, 60)
    return dt.datetime(date.year, date.month, date.day, hour, minute, tzinfo=JAPAN)


def changed(*duties: Duty, on_call: tuple[OnCall, ...] = PLAN.on_call) -> Roster:
    """Return the plan with some duties exchanged, as it is read back: of no origin."""
    by_cell = {**PLAN.by_cell, **{(duty.staff, duty.date): duty for duty in duties}}
    return RosterRecord(duties=tuple(by_cell.values()), on_call=on_call)


@pytest.mark.parametrize("member", PROBLEM.staff, ids=lambda member: member.name)
def test_events_are_the_shifts_and_nights_of_the_roster(member: StaffMember) -> None:
    found = stretches(events(calendar_of(PROBLEM, PLAN, member.name)))
    assert found
    assert found == expected(PLAN, member.name)


def test_a_night_crosses_midnight_in_japan() -> None:
    """16:30 to 9:30 of the next date, wherever the phone is."""
    (night,) = (
        event
        for event in events(calendar_of(PROBLEM, PLAN, CARER))
        if event.start.date() == day(1)
    )
    assert night.start == dt.datetime(2026, 12, 1, 7, 30, tzinfo=dt.UTC)
    assert night.end == dt.datetime(2026, 12, 2, 0, 30, tzinfo=dt.UTC)
    assert night["DTSTART"].params["TZID"] == "Asia/Tokyo"


def test_days_without_work_have_no_event() -> None:
    found = {e.start.date() for e in events(calendar_of(PROBLEM, PLAN, MANAGER))}
    off = {d.date for d in PLAN.duties if d.staff == MANAGER and d.off is not None}
    assert off
    assert not found & off


def test_what_an_event_says() -> None:
    """The shift with its times and the office, jobs and breaks below."""
    found = {e.start.date(): e for e in events(calendar_of(PROBLEM, PLAN, MANAGER))}
    assert found[day(2)]["SUMMARY"] == "早番 7:00-16:00 見本"
    assert found[day(3)]["DESCRIPTION"] == "管理\n13:00〜介護\n休憩 12:00-13:00"
    assert found[day(5)]["DESCRIPTION"] == "介護\n休憩 12:00-13:00"
    nights = events(calendar_of(PROBLEM, PLAN, CARER))
    on_call = [e for e in nights if e.start.hour == 21]
    assert {str(e["SUMMARY"]) for e in on_call} == {"宿直 21:00-翌6:00 見本"}


def test_a_day_in_another_house_is_there() -> None:
    """The phone leads to the house that is worked in, which the title names once."""
    there = "花ホーム"
    for name, title in (
        ("応援", f"応援 7:00-16:00 {there}"),
        (f"{there} 早番", f"早番 7:00-16:00 {there}"),
    ):
        shifts = tuple(
            one.model_copy(update={"name": name, "elsewhere": there})
            if one.symbol == "早"
            else one
            for one in PROBLEM.shifts
        )
        problem = PROBLEM.model_copy(update={"shifts": shifts})
        found = events(calendar_of(problem, PLAN, MANAGER))
        (event,) = (one for one in found if one.start.date() == day(2))
        assert event["LOCATION"] == there
        assert event["SUMMARY"] == title
        assert {str(one["LOCATION"]) for one in found} == {there, "見本"}


def test_who_works_in_two_houses_has_each_event_once() -> None:
    """Whichever house's calendar is taken in, or both: the same events there.

    P is in the main office on the first date, on call there that night, by its night
    band and at home as there, and in the satellite on the second; the day after, the
    shift there is taken away.
    """
    whole = two_houses(travel=20)
    numbers = ("1100000001", "1100000002")
    bands = (Interval(21 * HOUR, 30 * HOUR), Interval(20 * HOUR, 29 * HOUR))
    named = [
        house.model_copy(
            update={
                "office": house.office.model_copy(
                    update={"number": number, "night_band": band}
                )
            }
        )
        for house, number, band in zip(whole.houses, numbers, bands, strict=True)
    ]
    whole = joint(named)
    roster = rostered(whole, "M 休休休\nP 早休休", "S 休休休\nP 休早早")
    first = whole.period.first
    night = OnCall(staff=StaffId("P"), date=first)
    roster = roster.model_copy(update={"on_call": (night,)})
    last = first + 2 * ONE_DAY
    free = Duty(staff=StaffId("P"), date=last, off=OffKind.DAY_OFF)
    now = {**roster.by_cell, (free.staff, last): free}
    edited = roster.model_copy(update={"duties": tuple(now.values())})
    found = []
    for number, house in enumerate(whole.houses):
        plan, own = (whole.of_house(one, number) for one in (roster, edited))
        issued = PROVENANCE.made_at
        data = calendar_of(house, own, StaffId("P"), issued=issued, plan=plan)
        found.append(
            {
                uid: (
                    one.start,
                    one.end,
                    one["SUMMARY"],
                    one["LOCATION"],
                    one.get("STATUS"),
                )
                for uid, one in by_uid(data).items()
            }
        )
    main, satellite = found
    assert main == satellite
    places = ["本館", "本館", "花", "花"]
    assert [place for *_when, place, _status in sorted(main.values())] == places
    assert [status for *_all, status in sorted(main.values())][-1] == "CANCELLED"


def test_who_changes_houses_has_the_other_event_cancelled() -> None:
    """A shift of the same date in another house is another event."""
    whole = two_houses()
    was = rostered(whole, "M 休休休\nP 早休休", "S 休休休\nP 休休休")
    now = rostered(whole, "M 休休休\nP 休休休", "S 休休休\nP 早休休")
    issued = PROVENANCE.made_at
    for number, house in enumerate(whole.houses):
        plan, own = (whole.of_house(one, number) for one in (was, now))
        data = calendar_of(house, own, StaffId("P"), issued=issued, plan=plan)
        told = {str(one["LOCATION"]): one.get("STATUS") for one in events(data)}
        assert told == {"本館": "CANCELLED", "花": None}


def test_the_file_is_a_whole_calendar() -> None:
    """Version, zone, and in every event what RFC 5545 asks for, each UID once."""
    data = calendar_of(PROBLEM, PLAN, CARER)
    calendar = Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    assert calendar["METHOD"] == "PUBLISH"
    assert "VTIMEZONE" in {part.name for part in calendar.walk()}
    assert calendar.get_missing_tzids() == set()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not any(part.errors for part in calendar.walk())
    found = events(data)
    assert len({event["UID"] for event in found}) == len(found)
    made = PROVENANCE.made_at.replace(tzinfo=JAPAN)
    assert {event.DTSTAMP for event in found} == {made}


def test_the_same_roster_is_the_same_file() -> None:
    assert calendar_of(PROBLEM, PLAN, CARER) == calendar_of(PROBLEM, PLAN, CARER)


def test_nobody_shares_an_event() -> None:
    uids = [
        uid
        for member in PROBLEM.staff
        for uid in by_uid(calendar_of(PROBLEM, PLAN, member.name))
    ]
    assert len(set(uids)) == len(uids)


def test_a_shift_that_is_changed_keeps_its_event() -> None:
    """Imported again, the event of the date moves: same UID, later SEQUENCE."""
    late = Duty.model_validate(
        {**PLAN.by_cell[CARER, day(4)].model_dump(), "date": day(1)}
    )
    assert late.shift == "遅"
    edited = changed(late)
    before = by_uid(calendar_of(PROBLEM, PLAN, CARER))
    after = by_uid(calendar_of(PROBLEM, edited, CARER, issued=LATER, plan=PLAN))
    assert before.keys() == after.keys()
    (uid,) = (uid for uid in before if before[uid].start != after[uid].start)
    assert (before[uid].start.hour, after[uid].start.hour) == (16, 12)
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in before)
    assert all(after[uid].DTSTAMP > before[uid].DTSTAMP for uid in before)
    assert stretches(after.values()) == expected(edited, CARER)


@pytest.mark.parametrize("off", [OffKind.DAY_OFF, OffKind.ABSENT])
def test_what_is_taken_away_is_cancelled(off: OffKind) -> None:
    """A shift and a night on call; the phone would keep them otherwise."""
    free = Duty(staff=CARER, date=day(1), off=off)
    on_call = tuple(night for night in PLAN.on_call if night.date != day(3))
    edited = changed(free, on_call=on_call)
    data = calendar_of(PROBLEM, edited, CARER, issued=LATER, plan=PLAN)
    after = by_uid(data)
    gone = [event for event in after.values() if event.get("STATUS") == "CANCELLED"]
    assert {event.start.date() for event in gone} == {day(1), day(3)}
    assert all(str(event["SUMMARY"]).startswith("【取消】") for event in gone)
    kept = [event for event in after.values() if event not in gone]
    assert stretches(kept) == expected(edited, CARER)
    assert after.keys() == by_uid(calendar_of(PROBLEM, PLAN, CARER)).keys()


def test_without_a_time_of_issue_there_is_no_calendar() -> None:
    with pytest.raises(ValueError, match="time of issue"):
        calendar_of(PROBLEM, changed(), CARER)


def test_texts_follow_the_language() -> None:
    use_language("en")
    found = events(calendar_of(PROBLEM, PLAN, CARER))
    assert "On call 21:00-30:00 見本" in {str(event["SUMMARY"]) for event in found}


def test_an_edited_file_is_told_from_ours(tmp_path: Path) -> None:
    """One letter is enough, and so is a line of another program."""
    path = tmp_path / "a.ics"
    data = calendar_of(PROBLEM, PLAN, CARER)
    path.write_bytes(data)
    assert is_untouched(path)
    for edited in (
        data.replace("早番".encode(), "早出".encode(), 1),
        data.replace(b"END:VCALENDAR", b"X-A:B\r\nEND:VCALENDAR"),
        b"",
        b"\xff\xfe",
    ):
        assert edited != data
        path.write_bytes(edited)
        assert not is_untouched(path)
    assert not is_untouched(tmp_path / "missing.ics")
