"""The month as it was worked: stamps against the roster, and what is accepted.

日 is 9:00-18:00 with a break of an hour from 12:00, 早 7:00-16:00, 夜 16:30-33:30 with
two hours from 24:00.  1 December 2026 is a Tuesday.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.audit import audit
from scheduler.audit.changes.as_worked import (
    as_worked,
    differences,
    people_without_stamps,
)
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.figures.people import people
from scheduler.audit.timeline import Timeline
from scheduler.domain.actual import Actual, AsWorked, Difference, DifferenceKind
from scheduler.domain.base import StaffId
from scheduler.domain.clock import Interval, parse_span
from scheduler.domain.errors import InputError
from scheduler.domain.events import CalendarEvent
from scheduler.domain.record import RosterFile, RosterRecord
from scheduler.domain.roster import Change
from scheduler.domain.scenario import Revision, Scenario
from scheduler.domain.shifts import OffKind, Role
from scheduler.files.actual.record import (
    actual_path,
    read_actual,
    roster_as_worked,
    write_actual,
)
from scheduler.files.next_month import following_period, next_month
from scheduler.files.rosters import write_roster
from tests.support.builders import (
    FIRST,
    make_duty,
    make_office,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
    with_duties,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem

K = DifferenceKind
PROBLEM = make_problem(["A", "B"], days=5)
ROSTER = make_roster(PROBLEM, "A 日夜明休日\nB 休日日休休\n宿 B---B")


def date(day: int) -> dt.date:
    return FIRST + dt.timedelta(days=day)


def stamped(*days: tuple[str, int, str, int | None], **fields: Any) -> Actual:
    """Return stamps: name, date from 0, pairs like "9:00-18:00 / 20:00-?", break."""
    found = [
        {
            "staff": name,
            "date": date(day),
            "pairs": [_pair(text) for text in pairs.split("/")],
            "rest": rest,
        }
        for name, day, pairs, rest in days
    ]
    period = PROBLEM.period
    base = {"office": "見本", "first": period.first, "last": period.last}
    return Actual.model_validate({**base, "stamps": found, **fields})


def _pair(text: str) -> dict[str, str | None]:
    start, end = (side.strip() for side in text.split("-"))
    return {
        "start": None if start == "?" else start,
        "end": None if end == "?" else end,
    }


def found(actual: Actual, roster: Any = ROSTER) -> list[tuple[str, int, str, int]]:
    """Return the differences of person A: kind, minutes."""
    return [
        (one.staff, (one.date - FIRST).days, one.kind.value, one.minutes)
        for one in differences(PROBLEM, roster, actual)
    ]


def on_first(pairs: str, rest: int | None = None) -> list[tuple[str, int]]:
    """Return the differences of A's 日 on the first date."""
    told = found(stamped(("A", 0, pairs, rest)))
    assert all(one[:2] == ("A", 0) for one in told)
    return [one[2:] for one in told]


def worked(
    actual: Actual, roster: Any = ROSTER, problem: Problem = PROBLEM
) -> AsWorked:
    """Return the month with all differences accepted."""
    record = RosterRecord.of(roster)
    file = RosterFile(problem=problem, roster=record, plan=record)
    told = differences(problem, roster, actual)
    return as_worked(file, actual.deciding(told, accepted=True))


def minutes(month: AsWorked, name: str = "A") -> int:
    """Return the minutes of work by the audit's own figures."""
    months = people(month.problem, month.roster)
    return next(one.worked for one in months if one.staff == name)


# --- what differs


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("9:00-18:00", []),
        ("8:55-18:05", []),  # five minutes around a shift are no difference
        ("8:54-18:06", [("came_early", 6), ("stayed", 6)]),
        ("9:01-18:00", [("late", 1)]),
        ("9:00-17:59", [("left_early", 1)]),
        ("?-18:00", [("missing_in", 0)]),
        ("9:00-?", [("missing_out", 0)]),
        ("?-17:30", [("missing_in", 0), ("left_early", 30)]),
        # Beyond the shift, a stamp without its other half says nothing of it.
        ("18:20-?", [("missing_out", 0)]),
        ("?-8:40", [("missing_in", 0)]),
    ],
)
def test_begin_and_end(pairs: str, expected: list[tuple[str, int]]) -> None:
    assert on_first(pairs) == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # Both ends an hour off and no more: late and overtime, the same shift.
        ("10:00-19:00", [("late", 60), ("stayed", 60)]),
        ("10:01-19:01", [("other_shift", 540)]),
        ("7:02-16:01", [("other_shift", 539)]),
        # Longer on both sides, or shorter: still the shift.
        ("7:00-20:00", [("came_early", 120), ("stayed", 120)]),
        ("11:00-15:00", [("late", 120), ("left_early", 180)]),
        ("18:00-22:00", [("other_shift", 240)]),
    ],
)
def test_another_shift(pairs: str, expected: list[tuple[str, int]]) -> None:
    assert on_first(pairs) == expected


@pytest.mark.parametrize(
    ("pairs", "rest", "expected"),
    [
        ("9:00-18:00", 60, []),
        ("9:00-18:00", 45, [("break", 45)]),
        ("9:00-12:00 / 13:00-18:00", None, []),
        ("9:00-12:00 / 13:30-18:00", None, [("break", 90)]),
        # The number holds the times away: no more than these.
        ("9:00-12:00 / 13:30-18:00", 90, [("break", 90)]),
        ("9:00-12:00 / 12:30-18:00", 60, []),
        ("9:00-? / 13:30-18:00", None, [("missing_between", 0)]),
    ],
)
def test_breaks(pairs: str, rest: int | None, expected: list[tuple[str, int]]) -> None:
    assert on_first(pairs, rest) == expected


def test_a_night_over_midnight() -> None:
    assert found(stamped(("A", 1, "16:30-33:30", None))) == [
        ("A", 0, "no_stamps", 0),
    ]
    late = stamped(("A", 0, "9:00-18:00", None), ("A", 1, "16:30-34:00", None))
    assert found(late) == [("A", 1, "stayed", 30)]


def test_a_shift_in_another_house_needs_no_stamp_here() -> None:
    """On a clock of both houses its stamps are compared as all are."""
    shifts = tuple(
        one.model_copy(update={"elsewhere": "花"}) if one.symbol == "夜" else one
        for one in PROBLEM.shifts
    )
    problem = PROBLEM.model_copy(update={"shifts": shifts})
    here = ("A", 0, "9:00-18:00", None), ("A", 2, "9:00-18:00", None)
    told = differences(problem, ROSTER, stamped(*here))
    assert [(one.date - FIRST).days for one in told if one.kind is K.NO_STAMPS] == []
    late = stamped(*here, ("A", 1, "16:40-33:30", None))
    assert [
        one.kind for one in differences(problem, ROSTER, late) if one.planned == "夜"
    ] == [K.LATE]


def test_nothing_is_missing_after_the_last_stamp_nor_of_who_never_stamps() -> None:
    """B's shifts on the second and third date have no stamps, for B has none at all."""
    actual = stamped(("A", 0, "9:00-18:00", None))
    assert found(actual) == []
    assert people_without_stamps(PROBLEM, actual) == ("B",)
    both = stamped(("A", 0, "9:00-18:00", None), ("B", 2, "9:00-18:00", None))
    assert found(both) == [("A", 1, "no_stamps", 0), ("B", 1, "no_stamps", 0)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("21:00-30:00", []),
        ("20:00-31:00", []),  # the night on call, with an hour on either side
        ("19:59-30:00", [("B", 0, "unplanned", 601)]),
        ("9:00-12:00", [("B", 0, "unplanned", 180)]),
        ("9:00-?", [("B", 0, "missing_out", 0)]),
    ],
)
def test_stamps_on_a_date_without_a_shift(pairs: str, expected: list[Any]) -> None:
    """B is on call in the night of the first date."""
    assert found(stamped(("B", 0, pairs, None))) == expected


# --- what accepting does


def test_late_and_overtime_change_the_hours_and_the_cell_stays() -> None:
    """日 9:20-18:30: 9 h 10 less an hour's break is 490 minutes, planned are 480."""
    month = worked(stamped(("A", 0, "9:20-18:30", None)))
    duty = month.roster.by_cell["A", date(0)]
    assert (duty.shift, duty.worked) == ("日", Interval(560, 1110))
    stint = next(Timeline(PROBLEM, month.roster).stints_of_period("A"))
    assert stint.minutes == 490
    # The night (15 h) and the second 日 (8 h) are as planned.
    assert minutes(month) == 490 + 900 + 480
    assert minutes(worked(stamped(("A", 0, "9:00-18:00", None)))) == 480 + 900 + 480


def test_each_difference_is_decided_by_itself() -> None:
    actual = stamped(("A", 0, "9:20-18:30", None))
    late, stayed = differences(PROBLEM, ROSTER, actual)
    file = RosterFile(problem=PROBLEM, roster=ROSTER, plan=ROSTER)
    one = actual.deciding([late], accepted=True).deciding([stayed], accepted=False)
    month = as_worked(file, one)
    assert month.roster.by_cell["A", date(0)].worked == Interval(560, 1080)
    assert month.undecided == ()
    nothing = as_worked(file, actual)
    assert nothing.undecided == (late, stayed)
    assert nothing.roster.by_cell == ROSTER.by_cell


def test_roles_follow_the_segments_as_worked() -> None:
    """A planner until 13:00, in care from then on; 8:30-18:30 instead of 9:00-18:00.

    Without the break from 12:00, planning is 8:30-12:00 and care 13:00-18:30.
    """
    shift = make_shift("日", cuts=["13:00"])
    member = make_staff("A", roles=["planner", "care"], shifts=["日"])
    problem = make_problem([member], days=1, shifts=[shift])
    roles = (Role.PLANNER, Role.CARE)
    roster = RosterRecord(duties=(make_duty(problem, "A", FIRST, "日", roles=roles),))
    period = {"last": problem.period.last}
    month = worked(stamped(("A", 0, "8:30-18:30", None), **period), roster, problem)
    (own,) = people(problem, month.roster)
    assert {one.role: one.total for one in own.roles} == {
        Role.PLANNER: 210,
        Role.CARE: 330,
    }


def test_a_break_as_taken() -> None:
    month = worked(stamped(("A", 0, "9:00-12:00 / 13:30-18:00", None)))
    duty = month.roster.by_cell["A", date(0)]
    assert duty.breaks == (Interval(720, 810),)
    assert minutes(month) == 450 + 900 + 480


def test_another_shift_takes_the_cell() -> None:
    month = worked(stamped(("A", 0, "7:02-16:01", None)))
    duty = month.roster.by_cell["A", date(0)]
    assert (duty.shift, duty.roles) == ("早", (Role.CARE,))
    # 7:02-16:01 less the usual hour of 早 from 11:00.
    assert minutes(month) == 539 - 60 + 900 + 480
    assert people(PROBLEM, month.roster)[0].early == 1


def test_work_on_a_day_off() -> None:
    month = worked(stamped(("A", 3, "9:00-12:00", None)))
    duty = month.roster.by_cell["A", date(3)]
    assert (duty.shift, duty.breaks) == ("日", ())
    assert people(PROBLEM, month.roster)[0].days_off == 0


def test_whoever_has_no_stamp_was_absent_only_if_somebody_says_so() -> None:
    actual = stamped(("A", 0, "9:00-18:00", None), ("A", 4, "9:00-18:00", None))
    (one,) = differences(PROBLEM, ROSTER, actual)
    assert (one.kind, one.by_itself) == (K.NO_STAMPS, True)
    month = worked(actual)
    assert month.roster.by_cell["A", date(1)].off is OffKind.ABSENT
    assert minutes(month) == 2 * 480


def test_a_single_stamp_on_a_day_off_is_no_work() -> None:
    month = worked(stamped(("A", 3, "9:00-?", None)))
    assert month.roster.by_cell["A", date(3)].off is OffKind.DAY_OFF
    assert month.differences[-1].by_itself


def test_an_event_after_the_shift_is_planned_work() -> None:
    """日 to 18:00, a meeting 19:00-20:00: going at 20:00 is no overtime.

    Coming at 9:30 leaves 9:30-20:00 less an hour's break and the hour between: 8.5 h.
    """
    event = {
        "name": "会議",
        "dates": [FIRST],
        "span": "19:00-20:00",
        "circle": "everybody",
    }
    events = [CalendarEvent.model_validate(event)]
    problem = make_problem(["A"], days=1, events=events)
    roster = RosterRecord(
        duties=(make_duty(problem, "A", FIRST, "日", events=("会議",)),)
    )
    last = {"last": problem.period.last}
    on_time = stamped(("A", 0, "9:00-20:00", None), **last)
    assert differences(problem, roster, on_time) == ()
    month = worked(stamped(("A", 0, "9:30-20:00", None), **last), roster, problem)
    assert minutes(month) == 510


def test_figures_count_what_was_worked() -> None:
    """Two people, 日 on one date: 8 h planned, 4 h worked, of a month of 16 h."""
    office = make_office(full_time_month=960)
    problem = make_problem([make_staff(full_time=False)], days=1, office=office)
    roster = make_roster(problem, "A 日")
    last = {"last": problem.period.last}
    month = worked(stamped(("A", 0, "9:00-14:00", None), **last), roster, problem)
    planned = full_time_equivalents(problem, roster).by_hours.total
    assert (planned, full_time_equivalents(problem, month.roster).by_hours.total) == (
        5,
        2,
    )


# --- the plan at the start


@pytest.mark.parametrize(
    ("accepted", "symbol"), [("2026-11-30T23:59", "早"), ("2026-12-01T00:00", "日")]
)
def test_the_plan_is_that_of_the_first_date(accepted: str, symbol: str) -> None:
    """A change accepted before the period is planned, one after it began is not."""
    after = with_duties(ROSTER, make_duty(PROBLEM, "A", FIRST, "早"))
    before = ROSTER.by_cell["A", FIRST]
    when = dt.datetime.fromisoformat(accepted)
    revision = Revision(
        version=2,
        accepted_at=when,
        scenario=Scenario(now=when.date()),
        changes=(
            Change(
                staff=before.staff,
                date=FIRST,
                before=before,
                after=after.by_cell["A", FIRST],
            ),
        ),
        asked=(),
    )
    record = RosterRecord.of(after).model_copy(update={"revisions": (revision,)})
    plan = record.as_of(PROBLEM.period.first)
    assert plan.by_cell["A", FIRST].shift == symbol


# --- beside the roster


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_roster(tmp_path / "r.json", PROBLEM, ROSTER, audit(PROBLEM, ROSTER))


def test_without_a_file_the_roster_counts_as_it_is(path: Path) -> None:
    month = roster_as_worked(path)
    assert not month.is_actual
    assert month.roster.by_cell == ROSTER.by_cell


def test_the_file_is_read_back_as_it_was_written(path: Path) -> None:
    actual = stamped(("A", 0, "9:20-18:30", 45), ("A", 1, "16:30-?", None))
    told = differences(PROBLEM, ROSTER, actual)
    actual = actual.deciding(told, accepted=True)
    write_actual(actual, path)
    assert read_actual(path, PROBLEM) == actual
    month = roster_as_worked(path)
    assert month.is_actual
    assert month.roster.by_cell["A", date(0)].worked == parse_span("9:20-18:30")


def test_the_file_of_another_month_is_refused(path: Path) -> None:
    write_actual(stamped(first=date(1)), path)
    with pytest.raises(InputError) as caught:
        roster_as_worked(path)
    assert caught.value.mistakes[0].code == "actual_of_another"
    actual_path(path).write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        roster_as_worked(path)


def test_stamps_of_a_second_file_take_the_place_of_those_it_has_alone() -> None:
    first = stamped(("A", 0, "9:20-18:00", None), ("A", 1, "16:40-33:30", None))
    late, later = differences(PROBLEM, ROSTER, first)
    decided = first.deciding([late, later], accepted=True)
    corrected = stamped(("A", 0, "9:10-18:00", None)).stamps
    again = decided.with_stamps(corrected, "b.csv")
    file = RosterFile(problem=PROBLEM, roster=ROSTER, plan=ROSTER)
    month = as_worked(file, again)
    # The date whose stamp was corrected is open again, the other one stays decided.
    assert [(one.date, one.minutes) for one in month.undecided] == [(FIRST, 10)]
    assert again.before(month.undecided[0])[0].difference == late
    assert month.accepted == (later,)
    # With the first file once more, everything is as it was.
    restored = again.with_stamps(first.stamps, "a.csv")
    assert as_worked(file, restored).accepted == (late, later)


def test_a_cell_edited_by_hand_is_what_the_stamps_are_held_against() -> None:
    actual = stamped(("A", 0, "9:20-18:00", None))
    (late,) = differences(PROBLEM, ROSTER, actual)
    edited = with_duties(ROSTER, make_duty(PROBLEM, "A", FIRST, "早"))
    file = RosterFile(problem=PROBLEM, roster=RosterRecord.of(edited), plan=ROSTER)
    month = as_worked(file, actual.deciding([late], accepted=True))
    assert late not in month.differences
    assert isinstance(month.undecided[0], Difference)
    assert month.roster.by_cell["A", FIRST].worked is None


# --- what follows from it


def test_the_next_month_follows_what_was_worked() -> None:
    """A's night became an absence: neither tail nor ledger has it.

    Times of the shift table stand in the tail, for its sheet has symbols alone.
    """
    actual = stamped(("A", 0, "9:20-18:30", None), ("A", 4, "9:00-18:00", None))
    month = worked(actual)
    following = next_month(PROBLEM, month.roster, following_period(PROBLEM.period))
    tail = {(one.staff, one.date): one for one in following.history.duties}
    assert tail["A", date(1)].off is OffKind.ABSENT
    assert tail["A", FIRST].worked is None
    assert following.ledger_by_name[StaffId("A")].night.times == 0
    planned = next_month(PROBLEM, ROSTER, following_period(PROBLEM.period))
    assert planned.ledger_by_name[StaffId("A")].night.times == 1
