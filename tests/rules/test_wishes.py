"""Wishes beside the rule itself: quotas, pile-ups, priority, half days, their page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from scheduler.audit import audit, consistency
from scheduler.audit.figures.able import PileUp, pile_ups
from scheduler.audit.figures.people import people
from scheduler.audit.figures.summary import summarise
from scheduler.cli.overview import overview
from scheduler.domain.advice import Reason
from scheduler.domain.ledger import LedgerEntry
from scheduler.domain.office import StaffingReading
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import Request
from scheduler.files.problems import read_with_warnings
from scheduler.files.rosters import write_roster
from scheduler.files.workbook.write_input import write_input
from scheduler.model import build
from scheduler.rulebook import load
from scheduler.solver.solve import SearchLimits, solve
from scheduler.wording.findings import finding_text
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.reasons import reason_text
from tests.support.builders import FIRST, make_problem, make_shift, make_staff
from tests.support.busy_month import CARER, MANAGER, busy_problem, busy_roster, day
from tests.support.tiny import STAFF, tiny_problem

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem

NAMES = [person["name"] for person in STAFF]
SECOND = FIRST + dt.timedelta(days=1)
PAGE = "希望"


def wish(name: Any, date: dt.date = SECOND, want: str = "day_off", **more: Any) -> Any:
    return Request.model_validate({"staff": name, "date": date, "want": want, **more})


def with_settings(problem: Problem, **settings: Any) -> Problem:
    changed = problem.office.settings.model_copy(update=settings)
    office = problem.office.model_copy(update={"settings": changed})
    return problem.model_copy(update={"office": office})


def over_quota(problem: Problem) -> list[tuple[str, Any, dict[str, Any]]]:
    return [
        (one.code, one.loc, one.facts)
        for one in consistency.warnings(problem)
        if one.code.startswith("many_wish")
    ]


# -- quotas ----------------------------------------------------------------------


def test_more_wishes_of_a_person_than_the_quota() -> None:
    """The first wish beyond the quota is named; leave and half days do not count."""
    dates = [FIRST, SECOND, SECOND + dt.timedelta(days=1)]
    asked = [
        wish("A", dates[0], strength="weak"),
        wish("A", dates[1], "paid_leave"),
        wish("A", dates[1], strength="must"),
        wish("A", dates[2], "morning_off"),
        wish("A", dates[2]),
    ]
    problem = with_settings(make_problem(["A"], requests=asked), wishes_per_person=2)
    facts = {"name": "A", "count": 3, "limit": 2}
    assert over_quota(problem) == [("many_wishes", ("requests", 4), facts)]
    assert over_quota(with_settings(problem, wishes_per_person=3)) == []
    assert over_quota(with_settings(problem, wishes_per_person=None)) == []


def test_more_wishes_for_a_date_than_the_quota() -> None:
    """The date, how many and who; one fewer is no news."""
    asked = [wish("A"), wish("B"), wish("A", FIRST), wish("C")]
    problem = make_problem(["A", "B", "C"], requests=asked)
    facts = {"on": "2026-12-02", "count": 3, "names": "A、B、C", "limit": 2}
    found = over_quota(with_settings(problem, wishes_per_day=2))
    assert found == [("many_wish_date", ("requests", 3), facts)]
    assert over_quota(with_settings(problem, wishes_per_day=3)) == []


# -- pile-ups --------------------------------------------------------------------


def test_wishes_that_leave_a_date_short() -> None:
    """Needed are 480 x (1 / 3 rounded up + 1) = 960; one person brings 480."""
    problem = tiny_problem([wish(name) for name in NAMES[:3]])
    problem = with_settings(problem, rest_least=480, rest_wished=480)
    expected = PileUp(
        date=SECOND, free=tuple(NAMES[:3]), others=1, reached=480, required=960
    )
    assert pile_ups(problem) == (expected,)
    assert expected.missing == 480


def test_wishes_that_leave_just_enough() -> None:
    """Two people bring the 960."""
    problem = tiny_problem([wish(name) for name in NAMES[:2]])
    assert pile_ups(with_settings(problem, rest_least=480, rest_wished=480)) == ()


def test_who_comes_from_a_night_brings_its_morning_too() -> None:
    """Without a rest between them, 7:00-9:30 of last night and 遅: 150 + 480."""
    problem = tiny_problem([wish(name, want="paid_leave") for name in NAMES[:3]])
    (found,) = pile_ups(with_settings(problem, rest_least=0))
    assert found.reached == 630


def test_half_a_day_off_is_not_to_be_free() -> None:
    """Nor is a wish not to be on call."""
    asked = [wish(name, want="morning_off") for name in NAMES]
    asked += [wish(name, want="not_on_call") for name in NAMES]
    assert pile_ups(tiny_problem(asked)) == ()


def test_a_date_nobody_could_cover_is_not_the_wishes_fault() -> None:
    """Where all of them together are too few, the wishes are not named."""
    asked = [wish(name) for name in NAMES[:3]]
    assert pile_ups(tiny_problem(asked, employed={"last": FIRST})) == ()


def test_hours_of_the_month_do_not_pile_up_on_a_date() -> None:
    """Held over the month, the hours say nothing of one date."""
    problem = tiny_problem([wish(name) for name in NAMES])
    assert pile_ups(problem)
    assert (
        pile_ups(with_settings(problem, staffing_reading=StaffingReading.MONTHLY)) == ()
    )


def test_a_pile_up_is_true() -> None:
    """Solved, at least one of the wishes is refused or the date is short."""
    problem = tiny_problem([wish(name) for name in NAMES[:3]])
    assert pile_ups(problem)
    solution = solve(problem, SearchLimits(seconds=30, workers=2))
    assert any(
        finding.rule in ("W-01", "A-03") and finding.date == SECOND
        for finding in solution.findings
    )


def test_warnings_are_told_with_sheet_and_cell(tmp_path: Path) -> None:
    """From a workbook, the wish beyond the quota is named by its cell."""
    problem = tiny_problem([wish(name) for name in NAMES[:3]])
    problem = with_settings(problem, wishes_per_day=2, rest_least=480, rest_wished=480)
    path = tmp_path / "in.xlsx"
    write_input(problem, path)
    read, warnings = read_with_warnings(path)
    assert read == problem
    texts = [mistake_text(one) for one in warnings]
    (quota,) = (one for one in texts if "上限の2人" in one)
    (pile,) = (one for one in texts if "日中の介護" in one)
    assert quota.startswith(
        "希望 C8（桃 みるこ 12月2日(水)）: 12月2日(水)の希望休が3人"
    )
    assert pile.startswith("希望 C6（桜 かんこ 12月2日(水)）: 12月2日(水)に3人")
    assert "日中の介護は8時間で、必要な16時間に8時間足りません" in pile


# -- who was refused before -------------------------------------------------------


@pytest.mark.parametrize("loser", NAMES[:2] + NAMES[3:])
def test_who_was_never_refused_gives_way_among_equals(loser: str) -> None:
    """Of three equal wishes one must be refused: that of the one without refusals."""
    equals = NAMES[:2] + NAMES[3:]
    problem = tiny_problem([wish(name) for name in equals]).model_copy(
        update={
            "ledger": tuple(
                LedgerEntry.model_validate({"staff": name, "wishes_asked": 2})
                for name in equals
                if name != loser
            )
        }
    )
    problem = with_settings(problem, rest_least=480, rest_wished=480)
    solution = solve(problem, SearchLimits(seconds=30, workers=2))
    refused = [f.people for f in solution.findings if f.facet == "strong"]
    assert refused == [(loser,)]


# -- half days of leave -----------------------------------------------------------

HALF = make_shift("半", "13:00-17:00", [], half_leave=True)


def test_half_a_day_of_leave_is_offered_only_where_it_was_asked_for() -> None:
    """A shift with leave is an option on the date of the wish, or of a pin."""
    problem = make_problem(
        [make_staff("A", shifts=["日", "半"])],
        days=4,
        shifts=[make_shift("日"), HALF],
        requests=[
            wish("A", SECOND, "shift", shifts=["日", "半"]),
            wish("A", FIRST, "not_shift", shifts=["半"]),
        ],
        pins={"duties": [{"staff": "A", "date": day(3), "shift": "半"}]},
    )
    model = build(problem)
    offered = [
        bool(
            model.starts(
                problem.staff[0], date, lambda shift, _: shift.half_leave
            ).terms
        )
        for date in problem.period.dates
    ]
    assert offered == [False, True, True, False]


def test_half_a_day_of_leave_counts_as_half() -> None:
    """One whole day and one half: 1.5 days, 455 + 455 // 2 minutes of credit."""
    problem = busy_problem()
    month = next(one for one in people(problem, busy_roster(problem)) if one.half_leave)
    assert (month.paid_leave, month.half_leave, month.leave_days) == (1, 1, 1.5)
    assert month.leave == 455 + 227


# -- what people see --------------------------------------------------------------


def refused_roster() -> tuple[Problem, Any, Reason]:
    """Give a refused wish a reason."""
    problem = busy_problem()
    problem = problem.model_copy(
        update={
            "ledger": (LedgerEntry.model_validate({"staff": CARER, "wishes_asked": 3}),)
        }
    )
    granted, refused = problem.requests[:2]
    reason = Reason(request=refused, gives_way=(granted,))
    roster = busy_roster(problem).model_copy(update={"reasons": (reason,)})
    return problem, roster, reason


def test_the_page_of_wishes(tmp_path: Path) -> None:
    """Refused ones with their reason and the refusals before, granted ones counted."""
    problem, roster, reason = refused_roster()
    path = write_roster(tmp_path / "r.xlsx", problem, roster, audit(problem, roster))
    sheet = load_workbook(path)[PAGE]
    rows = [
        [cell.value for cell in row]
        for row in sheet.iter_rows()
        if row[0].value in problem.member_by_name
    ]
    refused, counted = rows[:2], rows[2:]
    assert [row[4] for row in refused] == ["かなわず"] * 2
    assert sum(row[2] for row in counted) == 5
    assert sum(row[1] for row in counted) == 7
    why = reason_text(reason, load(problem.period))
    expected = [CARER, "12月3日(木)", "休み", "希望", "かなわず", "休宿", 3, why]
    assert rows[0] == expected
    assert rows[1][7] is None
    assert [MANAGER, 1, 1] in [row[:3] for row in counted]


def test_the_overview_gives_the_reason_below_a_refused_wish() -> None:
    """In the terminal as well; a wish without one has no line."""
    problem, roster, reason = refused_roster()
    rulebook = load(problem.period)
    summary = summarise(problem, roster, audit(problem, roster))
    lines = overview(summary, rulebook).splitlines()
    place = lines.index("- かなわなかった希望: 桜 あおい 12月3日(木) 休（希望）")
    assert lines[place + 1].strip() == reason_text(reason, rulebook)
    assert lines[place + 2].startswith("- かなわなかった希望")
    assert not lines[place + 3]


def test_the_sentence_of_a_second_refusal() -> None:
    """It says how often the person was refused before, and compares nothing."""
    problem = tiny_problem([wish(NAMES[0], FIRST)]).model_copy(
        update={
            "ledger": (
                LedgerEntry.model_validate({"staff": NAMES[0], "wishes_asked": 12}),
            )
        }
    )
    roster = RosterRecord(duties=())
    rulebook = load(problem.period)
    (finding,) = (f for f in audit(problem, roster) if f.facet == "again")
    assert finding.amount == 9
    assert finding_text(finding, rulebook).endswith(
        "断られた人の希望がかなわない（休み、前月までに12回断られている）"
    )
