"""What the cells of a roster say, and how it is written."""

from __future__ import annotations

import pytest

from scheduler.domain.base import ShiftId
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.notation import CellLanguage, Meaning, break_text, parse_breaks
from tests.support.builders import make_duty, make_problem, make_shift, make_staff
from tests.support.busy_month import (
    CARER,
    MANAGER,
    NURSE,
    busy_problem,
    busy_roster,
    day,
)

CARE, NURSING, DESK = Role.CARE, Role.NURSE, Role.MANAGER


@pytest.fixture(name="language")
def _language() -> CellLanguage:
    return CellLanguage(busy_problem())


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("日", Meaning(ShiftId("日"))),
        ("日管", Meaning(ShiftId("日"), (DESK, DESK))),
        ("日管介", Meaning(ShiftId("日"), (DESK, CARE))),
        ("日/介管", Meaning(ShiftId("日"), (CARE, DESK))),
        (" 日 / 管介 ", Meaning(ShiftId("日"), (DESK, CARE))),
        ("早介", Meaning(ShiftId("早"), (CARE,))),
        ("休", Meaning(off=OffKind.DAY_OFF)),
        ("希", Meaning(off=OffKind.DAY_OFF)),
        ("有", Meaning(off=OffKind.PAID_LEAVE)),
        ("明", Meaning(off=OffKind.AFTER_NIGHT)),
        (" 欠", Meaning(off=OffKind.ABSENT)),
        ("･", Meaning(off=OffKind.AWAY)),
        ("早管介", None),
        ("日管介管", None),
        ("日？", None),
        ("管", None),
        ("", None),
        ("#REF!", None),
    ],
)
def test_a_cell_means(language: CellLanguage, text: str, meaning: Meaning) -> None:
    """Marks give one role, or one for each of the two segments of 日."""
    assert language.read(text) == meaning


def test_everything_that_may_be_chosen_reads_as_it_was_meant(
    language: CellLanguage,
) -> None:
    """Every choice of every person is read, and all of a person's differ."""
    for member in busy_problem().staff:
        choices = language.choices(member)
        assert len(set(choices)) == len(choices)
        assert all(language.read(choice) is not None for choice in choices)


def test_symbols_that_look_like_marks_are_told_apart() -> None:
    """With shifts 日 and 日管, the manager's day at the desk is written 日/管."""
    problem = make_problem(
        [make_staff("A", roles=["manager", "care"], shifts=["日", "日管"])],
        shifts=[make_shift("日"), make_shift("日管", "9:00-13:00", [])],
    )
    language = CellLanguage(problem)
    desk = make_duty(problem, "A", day(1), "日", roles=(DESK,))
    assert language.write(desk) == "日/管"
    assert language.read("日/管") == Meaning(ShiftId("日"), (DESK,))
    assert language.read("日管") == Meaning(ShiftId("日管"))


def test_a_symbol_alone_is_care_or_nursing() -> None:
    """Marks appear only for other roles than care, or a nurse's own job."""
    problem = busy_problem()
    language, cells = CellLanguage(problem), busy_roster(problem).by_cell
    member = problem.member_by_name
    written = {
        number: language.write(cells[member[MANAGER].name, day(number)])
        for number in (1, 2, 3, 5)
    }
    assert written == {1: "日管", 2: "早管", 3: "日管介", 5: "日"}
    assert language.write(cells[member[NURSE].name, day(1)]) == "早介"
    assert language.write(cells[member[NURSE].name, day(2)]) == "日"


def test_a_day_off_that_was_asked_for_has_its_own_symbol() -> None:
    """Only a day off shows the wish; paid leave stays 有, and absence 欠."""
    problem = busy_problem()
    language = CellLanguage(problem)
    off = make_duty(problem, CARER, day(3), "休")
    leave = make_duty(problem, CARER, day(3), "有")
    absent = make_duty(problem, CARER, day(3), "欠")
    assert language.write(off, wished=True) == "希"
    assert language.write(off) == "休"
    assert language.write(leave, wished=True) == "有"
    assert language.write(absent, wished=True) == "欠"


def test_breaks_are_written_and_read() -> None:
    """Two breaks stand on a line each, joined by a plus."""
    night = busy_problem().shifts[3]
    text = break_text(night.breaks[1])
    assert text == "20:00-21:00+\n翌1:00-翌2:00"
    assert parse_breaks(text) == night.breaks[1]
    assert parse_breaks("翌0:00～翌2:00") == night.breaks[0]
    assert parse_breaks("") == ()
    with pytest.raises(ValueError, match="time"):
        parse_breaks("お昼")
