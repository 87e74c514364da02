"""Events that nobody, or too few, can come to; nights on call before leave.

Two people, A and B, on three dates from Tuesday, 1 December; 日 is 9:00-18:00.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.domain.base import StaffId
from scheduler.domain.events import CalendarEvent
from scheduler.domain.kinds import GIVEN, Spell
from scheduler.domain.precheck import BlockedBy, Line, Verdict
from scheduler.precheck import precheck
from scheduler.precheck.cells import Cells
from scheduler.precheck.on_call import call_blocked
from scheduler.wording.precheck import line_text
from tests.support.builders import (
    FIRST,
    make_office,
    make_problem,
    make_shift,
    make_staff,
)
from tests.support.judge import Judge, speaks_of

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

SECOND = FIRST.replace(day=2)
DAY = make_shift("日", "9:00-18:00", ["12:00-13:00"])


def office(**event: Any) -> Problem:
    """Make an office with a meeting on the second date, at 18:00 for everybody.

    Other names are those of people with what is pinned to them on that date.
    """
    pins = [
        {"staff": name, "date": SECOND, "off": event.pop(name)}
        for name in "AB"
        if name in event
    ]
    meeting = {"name": "会議", "dates": [SECOND], "span": "18:00-19:00", **event}
    asked = (
        {} if {"circle", "people", "group"} & set(event) else {"circle": "everybody"}
    )
    return make_problem(
        [make_staff(name, shifts=["日"]) for name in "AB"],
        days=3,
        shifts=[DAY],
        office=make_office(contact_system=True, rest_least=480),
        events=[CalendarEvent.model_validate({**meeting, **asked})],
        pins={"duties": pins},
    )


def lines(problem: Problem) -> list[Line]:
    """Return what is said of events; what is impossible is so by the model, too."""
    found = [one for one in precheck(problem) if one.code.startswith("event")]
    judge = Judge(problem)
    for line in found:
        assert "会議" in line_text(line)
        asked = partial(speaks_of, line, forbidding=frozenset())
        if line.verdict is Verdict.IMPOSSIBLE:
            assert not judge.can_keep(asked)
    return found


def test_everybody_can_come() -> None:
    assert lines(office()) == []
    assert lines(office(at_least=2)) == []


def test_the_asked_number_cannot_come() -> None:
    """B has leave on the date: one of two."""
    (line,) = lines(office(B="paid_leave", at_least=2))
    assert (line.verdict, line.required, line.possible) == (Verdict.IMPOSSIBLE, 2, 1)
    assert line.people == ("A",)
    assert [(one.staff, one.why) for one in line.obstacles] == [("B", BlockedBy.PIN)]
    assert "A" in line_text(line)
    assert lines(office(B="paid_leave", at_least=1)) == []
    (wished,) = lines(office(B="paid_leave", at_least=2, must=False))
    assert wished.verdict is Verdict.TIGHT


def test_nobody_can_come() -> None:
    """Both have leave: they are excused, yet the meeting is of nobody."""
    (line,) = lines(office(A="paid_leave", B="paid_leave"))
    assert (line.verdict, line.people) == (Verdict.TIGHT, ("A", "B"))


@pytest.mark.parametrize(
    ("pinned", "verdict"),
    [("day_off", Verdict.IMPOSSIBLE), ("paid_leave", Verdict.TIGHT)],
)
def test_who_is_named_cannot_come(pinned: str, verdict: Verdict) -> None:
    """On a day off A is missed, on leave excused; B, who is not named, says nothing."""
    (line,) = lines(office(A=pinned, people=["A"]))
    assert (line.verdict, line.people) == (verdict, ("A",))
    assert lines(office(A=pinned, people=["B"])) == []


def test_who_is_asked_on_days_off_as_well_cannot_come() -> None:
    """On a day off A is missed then, named or not; on leave, or on shift, excused."""
    (line,) = lines(office(A="day_off", days_off=True))
    assert (line.verdict, line.people) == (Verdict.IMPOSSIBLE, ("A",))
    assert lines(office(A="day_off")) == []
    assert lines(office(A="paid_leave", days_off=True)) == []
    assert lines(office(days_off=True)) == []
    # In the middle of the only shift A could be on it, and stay on the floor.
    (nobody,) = lines(office(days_off=True, span="12:30-12:45"))
    assert nobody.verdict is Verdict.TIGHT


def test_the_night_before_leave_of_absence() -> None:
    """Nobody is on call in a night that ends on a date of their leave."""
    problem = make_problem(
        [make_staff("A"), make_staff("B")],
        days=3,
        kinds=GIVEN,
        spells=[Spell(staff=StaffId("A"), kind="休職", first=SECOND, last=SECOND)],
    )
    cells = Cells(problem)
    member = problem.member_by_name[StaffId("A")]
    assert call_blocked(cells, member, FIRST) is BlockedBy.LEAVE_AFTER
    assert call_blocked(cells, member, SECOND) is BlockedBy.PIN
    assert call_blocked(cells, member, FIRST.replace(day=3)) is None
