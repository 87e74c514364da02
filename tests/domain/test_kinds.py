"""The office's own kinds of day: spells, contracts, figures, mistakes, sheets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.advice.offers import Offers
from scheduler.audit import audit
from scheduler.audit.consistency import mistakes, warnings
from scheduler.audit.figures.day_curve import day_curve
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.figures.people import people
from scheduler.audit.staff_list import full_timers, nurses
from scheduler.domain.kinds import GIVEN, DayKind, Spell, given_beside
from scheduler.domain.qualifications import REGISTERED_NURSE
from scheduler.domain.shifts import OffKind
from scheduler.files.next_month import following_period, next_month
from scheduler.files.workbook.read_input import read_input
from scheduler.files.workbook.write_input import write_input
from scheduler.wording.notation import CellLanguage
from tests.support.builders import (
    FIRST,
    make_office,
    make_problem,
    make_roster,
    make_shift,
    make_staff,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.problem import Problem


def spell(kind: str, first: int, last: int, staff: str = "A", **more: Any) -> Spell:
    """Return a spell from one day of December 2026 until another, counted on."""
    return Spell.model_validate(
        {
            "staff": staff,
            "kind": kind,
            "first": FIRST + dt.timedelta(days=first - 1),
            "last": FIRST + dt.timedelta(days=last - 1),
            **more,
        }
    )


def office(*spells: Spell, **more: Any) -> Problem:
    """Return the week of A and B with the given kinds and some spells."""
    given = {"staff": ("A", "B"), "kinds": GIVEN, "spells": spells}
    return make_problem(**{**given, **more})


# -- spells ----------------------------------------------------------------------------


def test_a_line_stands_for_its_cells_and_a_pin_takes_the_place_of_one() -> None:
    """Leave of absence has every date, work those that the contract allows."""
    problem = office(
        spell("休職", -3, 5),
        spell("研", 4, 6, "B"),  # Friday, Saturday and Sunday.
        staff=("A", make_staff("B", weekdays=[0, 1, 2, 3, 4])),
        pins={"duties": [{"staff": "A", "date": FIRST, "shift": "日"}]},
    )
    cells = {
        (name, date.day): duty.shift or duty.kind
        for (name, date), duty in problem.pin_by_cell.items()
    }
    leave = {("A", n): "休職" for n in range(2, 6)}
    assert cells == {("A", 1): "日", **leave, ("B", 4): "研"}


def test_times_of_a_line_get_a_number_and_the_break_that_lies_in_them() -> None:
    """研 is 9:00 to 18:00 with a break at noon; 13:00 to 17:00 has none."""
    problem = office(
        spell("研", 1, 1), spell("研", 2, 2, span="13:00-17:00"), spell("会", 3, 3)
    )
    assert problem.shift_by_symbol["研"].work_minutes == 480  # type: ignore[index]
    assert problem.shift_by_symbol["研2"].work_minutes == 240  # type: ignore[index]
    assert "会" not in problem.shift_by_symbol
    language = CellLanguage(problem)
    assert [language.read(text).shift for text in ("研", "研2")] == ["研", "研2"]  # type: ignore[union-attr]
    assert language.read("慶").off is OffKind.SPECIAL_LEAVE  # type: ignore[union-attr]


def test_nobody_at_training_is_in_the_house() -> None:
    """Two on 日 and one at training: by the clock two are there."""
    problem = office(spell("研", 1, 1), staff=("A", "B", "C"), days=1)
    roster = make_roster(problem, "A 研\nB 日\nC 日")
    curve = day_curve(problem, roster, FIRST)
    morning = next(one for one in curve if one.begin <= 600 < one.end)
    assert [one.counts for one in morning.workers] == [False, True, True]
    assert morning.pool == 2


@pytest.mark.parametrize(
    ("away", "least", "most", "off"),
    [
        # 168 h x 21/31 = 113.8 is 14.2 days: 14; 8 h less; 9 days off x 21/31 = 6.1.
        (10, 104, 112, 6),
        (31, 0, 0, 0),
        (1, 152, 160, 9),
    ],
)
def test_leave_of_absence_takes_its_part_of_the_contract(
    away: int, least: int, most: int, off: int
) -> None:
    """Of 160 to 168 hours, 9 days off and 4 nights, by the dates that are left."""
    member = make_staff(
        "A", minutes_min=160 * 60, minutes_max=168 * 60, days_off_min=9, nights_min=4
    )
    problem = office(spell("育休", 1, away), staff=(member,), days=31)
    contract = problem.contract_of(member)
    assert contract.minutes_min == least * 60
    assert contract.minutes_max == most * 60
    assert contract.days_off_min == off
    assert contract.nights_min == 4 * (31 - away) // 31


# -- figures ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("full_time", "line", "row", "minutes"),
    [
        (True, spell("研", 3, 3), "日 日 研 日 日 休 休", 2400),
        (False, spell("研", 3, 3), "日 日 研 日 日 休 休", 1920),
        (True, spell("慶", 3, 3), "日 日 慶 日 日 休 休", 2400),
        (False, spell("慶", 3, 3), "日 日 慶 日 日 休 休", 1920),
        # Two of seven dates of a full-timer's 2400: 685.
        (True, spell("育休", 4, 5), "日 日 日 育休 育休 休 休", 1440 + 685),
        (False, spell("育休", 4, 5), "日 日 日 育休 育休 休 休", 1440),
        # From the 4th of December to the 3rd of January it is a calendar month.
        (True, spell("育休", 4, 34), "日 休 休 育休 育休 育休 育休", 480 + 1371),
        (True, spell("育休", 4, 35), "日 休 休 育休 育休 育休 育休", 480),
    ],
)
def test_leave_and_training_in_the_staffing_table(
    full_time: bool, line: Spell, row: str, minutes: int
) -> None:
    """They count for full-timers, unless away for more than a calendar month (B-04)."""
    member = make_staff("A", full_time=full_time)
    problem = office(line, staff=(member,), office=make_office(full_time_month=2400))
    roster = make_roster(problem, f"A {row}")
    found = full_time_equivalents(problem, roster)
    assert sum(job.minutes for job in found.jobs) == minutes
    beyond = line.kind == "育休" and (line.last - line.first).days > 30
    assert any(job.is_one for job in found.jobs) == (full_time and not beyond)


def test_a_day_of_special_leave_is_credited_and_leave_of_absence_is_not() -> None:
    """Both are told; neither is a day off, paid leave or absence at short notice."""
    problem = office(spell("慶", 3, 3), spell("休職", 4, 5), staff=("A",))
    roster = make_roster(problem, "A 日 日 慶 休職 休職 休 休")
    (month,) = people(problem, roster)
    assert (month.worked, month.absence, month.credited) == (960, 480, 1440)
    assert (month.special_leave, month.long_leave) == (1, 2)
    assert (month.days_off, month.paid_leave, month.absent) == (2, 0, 0)
    assert month.free_days == 4
    assert [one.rule for one in audit(problem, roster) if one.rule == "W-02"] == []


# -- mistakes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"hours": True, "day_off": True}, "kind_work_and_off"),
        ({"hours": True, "extent": "period"}, "kind_work_by_period"),
        ({"hours": True, "start": "9:00"}, "kind_one_time"),
        ({"hours": False, "cover": True}, "kind_nobody_there"),
        ({"hours": False, "extent": "half"}, "kind_leave_in_part"),
        ({"hours": False, "start": "9:00", "end": "12:00"}, "kind_leave_with_times"),
        ({"hours": True, "start": "9:00", "end": "16:00"}, "break_short"),
        ({"hours": True, "start": "9:00", "end": "8:00"}, "shift_ends_early"),
        ({"hours": False, "symbol": "日"}, "duplicate_symbol"),
        ({"hours": False, "symbol": "休"}, "reserved_symbol"),
    ],
)
def test_kinds_that_contradict_themselves(fields: dict[str, Any], code: str) -> None:
    """Each is told at the kind."""
    kind = DayKind.model_validate({"symbol": "他", **fields})
    found = mistakes(office(kinds=(kind,)))
    assert code in [one.code for one in found]
    assert {one.loc[0] for one in found} == {"kinds"}


@pytest.mark.parametrize(
    ("spells", "code"),
    [
        ([spell("研", 1, 1, "Z")], "unknown_person"),
        ([spell("無", 1, 1)], "unknown_kind"),
        ([spell("研", 3, 1)], "dates_reversed"),
        ([spell("慶", 1, 1, span="9:00-12:00")], "kind_leave_with_times"),
        ([spell("会", 1, 1)], "spell_without_times"),
        ([spell("研", 1, 1, span="14:00-21:00")], "break_short"),
        ([spell("研", 1, 3), spell("慶", 3, 4)], "spells_overlap"),
        ([spell("研", 5, 6, "B")], "spell_on_no_date"),
    ],
)
def test_lines_that_cannot_be(spells: list[Spell], code: str) -> None:
    """Each is told at its line."""
    weekdays = make_staff("B", weekdays=[0, 1, 2, 3, 4])
    found = mistakes(office(*spells, staff=("A", weekdays)))
    assert code in [one.code for one in found]
    assert {one.loc[0] for one in found} == {"spells"}


def test_a_line_outside_the_period_is_told() -> None:
    """It changes nothing, and is no mistake."""
    problem = office(spell("研", 20, 20))
    assert mistakes(problem) == ()
    assert "spell_outside" in [one.code for one in warnings(problem)]


# -- files -----------------------------------------------------------------------------


def test_lines_and_kinds_are_written_and_read(tmp_path: Path) -> None:
    """Also a kind in a cell of the pins, and one behind the break of last month."""
    problem = office(
        spell("育休", 3, 90),
        spell("研", 1, 1, span="13:00-17:00"),
        pins={
            "duties": [
                {"staff": "B", "date": FIRST, "off": "special_leave", "kind": "慶"},
                {"staff": "A", "date": FIRST + dt.timedelta(days=1), "shift": "研"},
            ]
        },
        tail="A 日日日日日休研\nB 休日日日日日慶",
    )
    path = tmp_path / "office.xlsx"
    write_input(problem, path)
    again = read_input(path)
    assert (again.kinds, again.spells) == (problem.kinds, problem.spells)
    assert again.pin_by_cell == problem.pin_by_cell
    assert [(duty.shift, duty.kind) for duty in again.history.duties] == [
        (duty.shift, duty.kind) for duty in problem.history.duties
    ]


def test_the_next_month_begins_with_what_is_not_over() -> None:
    """A leave goes on; last month's training keeps its times under a new number."""
    problem = office(
        spell("育休", 20, 60),
        spell("研", 3, 3, "B", span="10:00-12:00"),
        spell("研", 30, 30, "B", span="13:00-17:00"),
        days=31,
    )
    rows = f"A {'日 ' * 19}{'育休 ' * 12}\nB 休 休 研2 {'休 ' * 26}研3 休"
    later = next_month(
        problem, make_roster(problem, rows), following_period(problem.period)
    )
    assert [one.kind for one in later.spells] == ["育休", "研"]
    assert later.kinds == GIVEN
    name = later.staff[0].name
    assert len(later.on_long_leave[name]) == 29  # Until the 29th of January.
    (training,) = (one for one in later.history.duties if one.shift == "研2")
    assert later.shift_by_symbol[training.shift].start == 13 * 60  # type: ignore[index]
    assert mistakes(later) == ()


def test_kinds_are_given_beside_a_shift_table() -> None:
    """A symbol that the office has already is its own."""
    given = given_beside((make_shift("研"), make_shift("特")))
    assert {kind.symbol for kind in GIVEN} - {kind.symbol for kind in given} == {
        *("研", "特")
    }


# -- nobody on leave is asked ----------------------------------------------------------


def test_no_repair_takes_anybody_from_leave() -> None:
    """Whatever is short, cells of leave are held like those of absence."""
    problem = office(spell("育休", 1, 7), spell("慶", 2, 2, "B"))
    held = {(pin.staff, pin.off) for pin in Offers(problem, ()).absent}
    assert held == {("A", OffKind.LONG_LEAVE), ("B", OffKind.SPECIAL_LEAVE)}


@pytest.mark.parametrize(
    ("kind", "minutes", "listed"),
    [
        ("育休", (1200, 1200), ["B＋C"]),
        ("育休", (1200, 1199), []),
        ("休職", (1200, 1200), []),
    ],
)
def test_part_timers_fill_the_post_of_somebody_on_leave(
    kind: str, minutes: tuple[int, int], listed: list[str]
) -> None:
    """Two of 20 hours are one of 40, where the leave is for a child (B-05)."""
    others = (
        make_staff(name, full_time=False, minutes_min=least)
        for name, least in zip("BC", minutes, strict=True)
    )
    problem = office(
        spell(kind, 1, 7),
        staff=(make_staff("A"), *others),
        office=make_office(full_time_month=2400),
    )
    assert list(full_timers(problem).names) == listed


def test_a_nurse_on_leave_all_month_is_not_there() -> None:
    """Leave of a few dates leaves the nurse in place (A-10)."""
    nurse = make_staff("A", roles=["nurse"], qualifications=[REGISTERED_NURSE])
    for last, listed in ((7, []), (6, ["A"])):
        problem = office(spell("休職", 1, last), staff=(nurse, "B"))
        assert list(nurses(problem).names) == listed
