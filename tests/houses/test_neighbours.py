"""Other offices of the operator, asked for people where a month is short."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.advice.neighbours import Neighbours
from scheduler.audit.findings import Tolerated
from scheduler.domain.errors import InputError
from scheduler.domain.record import RosterRecord
from scheduler.domain.requests import CoverRule
from scheduler.files.houses import read_neighbours
from scheduler.files.rosters import write_roster
from scheduler.solver.search import Search, SearchLimits
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.repairs import step_texts
from tests.support.builders import make_office, make_problem, make_shift, make_staff
from tests.support.lending import (
    DAY,
    SIX_HOURS,
    WEDNESDAY,
    borrower,
    house,
    lender,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.advice.neighbours import NeighbourHelp
    from scheduler.advice.visits import OfficeMonth


def asked(
    short: OfficeMonth,
    *others: OfficeMonth,
    travel: int = 0,
    since: dt.date | None = None,
) -> NeighbourHelp:
    """Return what others could do for an office; of nothing but K-02 it is short."""
    besides = [one for one in short.findings if one.rule != "K-02"]
    return Neighbours(others, travel).help(
        short.problem,
        RosterRecord.of(short.roster),
        Search(SearchLimits(60.0)),
        since,
        Tolerated(short.rulebook, besides),
    )


def who(found: NeighbourHelp) -> tuple[list[str], list[str]]:
    """Return who is offered, and who comes in the repair."""
    helpers = found.mended.repair.helpers if found.mended else ()
    return (
        [one.staff for one in found.advice.loans],
        [one.member.name for one in helpers],
    )


def test_an_offer_that_is_enough_is_a_repair() -> None:
    """B is free on Wednesday and fills the 120 minutes; the month is kept then."""
    ward = borrower()
    found = asked(ward, lender("B 日休日\nC 日日日"), travel=25)
    assert who(found) == (["B"], ["B"])
    assert found.advice.neighbours == ("もも",)
    mended = found.mended
    assert mended is not None
    assert [one.rule for one in mended.findings if one.rule == "K-02"] == []
    (cell,) = [d for d in mended.roster.duties if d.staff == "B" and d.shift]
    assert (cell.date, cell.shift) == (WEDNESDAY, "日")
    (step,) = step_texts(mended.repair, ward.rulebook, ward.problem)
    assert step == (
        "12月2日(水) 9:00-15:00 (日)にももの Bさんに来てもらう。お願いすること："
        "休みを勤務にする（本人の同意が必要）、事業所間の移動 25分"
    )


@pytest.mark.parametrize(("end", "found"), [("21:00", ["B"]), ("21:15", [])])
def test_the_interval_between_the_houses(end: str, found: list[str]) -> None:
    """From 遅 at home to 8:00 here: 11 hours, or a quarter of an hour less (F-11)."""
    shifts = [DAY, make_shift("遅", f"15:00-{end}", [])]
    people = [make_staff(name, shifts=["日", "遅"]) for name in "BC"]
    given: dict[str, Any] = {"settings": {"rest_least": 660}, "shifts": shifts}
    other = lender("B 遅休日\nC 日日日", *people, **given)
    early = borrower(make_shift("日", "8:00-16:00", ["15:00-16:00"]))
    assert who(asked(early, other)) == (found, found)


@pytest.mark.parametrize(("travel", "found"), [(60, ["B"]), (75, [])])
def test_the_way_between_the_houses(travel: int, found: list[str]) -> None:
    """From 21:00 to 9:00 are 12 hours; an hour of them may go by on the way."""
    other = lender("B 遅休日\nC 日日日", settings={"rest_least": 660})
    assert who(asked(borrower(), other, travel=travel)) == (found, found)


@pytest.mark.parametrize(
    ("grid", "found"),
    [("B 日日日\nC 日日日", ["B"]), ("B 日日日\nC 日休日", ["C"]), ("B 日日日", [])],
)
def test_the_need_of_the_lender_is_kept(grid: str, found: list[str]) -> None:
    """Of two at work one may go; of one nobody, and then whoever is free comes."""
    people = [row[0] for row in grid.splitlines()]
    assert who(asked(borrower(), lender(grid, *people)))[1] == found


def test_an_office_that_is_short_itself_lends_nobody() -> None:
    """もも asks for two people on Wednesday and has C alone: B would have to help."""
    rule = {"name": "日中", "band": "9:00-11:00", "at_least": 2, "dates": [WEDNESDAY]}
    given = {"cover_rules": [CoverRule.model_validate(rule)]}
    assert who(asked(borrower(), lender("B 日休日\nC 日日日", **given))) == ([], [])


def test_two_are_needed_and_come_together() -> None:
    """Three are asked for: B and D are free, and neither alone is enough."""
    other = lender("B 日休日\nC 日日日\nD 日休日", *"BCD")
    found = asked(borrower(at_least=3), other)
    assert who(found) == (["B", "D"], ["B", "D"])
    alone = asked(borrower(at_least=3), lender("B 日休日\nC 日日日"))
    assert who(alone) == (["B"], [])


def test_both_are_not_spared_together() -> None:
    """B and C are both at work: one of them may be had, and one is not enough."""
    found = asked(borrower(at_least=3), lender("B 日日日\nC 日日日"))
    assert who(found) == (["B", "C"], [])
    assert [one.group for one in found.advice.loans] == [1, 1]


@pytest.mark.parametrize(("days", "found"), [(0, ["B"]), (1, [])])
def test_what_is_past_is_left_alone(days: int, found: list[str]) -> None:
    since = WEDNESDAY + dt.timedelta(days=days)
    other = lender("B 日休日\nC 日日日")
    assert who(asked(borrower(), other, since=since))[0] == found


# --- the files that are named


def written(month: OfficeMonth, path: Path) -> Path:
    record = RosterRecord.of(month.roster)
    return write_roster(path, month.problem, record, month.findings)


def test_every_mistake_in_the_files_is_told_at_once(tmp_path: Path) -> None:
    """Oneself, one office twice, another month, nobody to ask, an input, no file."""
    ward = borrower()
    peach = lender("B 日休日\nC 日日日")
    told = {
        "own.json": ward,
        "peach.json": peach,
        "again.json": peach,
        "later.json": _later(),
        "new.json": lender("B 日休日", make_staff("B", groups=["新人"], shifts=["日"])),
    }
    paths = [written(month, tmp_path / name) for name, month in told.items()]
    (tmp_path / "input.json").write_text(ward.problem.model_dump_json(), "utf-8")
    with pytest.raises(InputError) as raised:
        read_neighbours([*paths, tmp_path / "input.json"], ward.problem)
    texts = mistake_texts(raised.value.mistakes)
    found = {
        name: [text for text in texts if text.startswith(name)]
        for name in (*told, "input.json")
    }
    assert found["peach.json"] == []
    for name, words in {
        "own.json": "「ゆり」自身の勤務表です",
        "again.json": "「もも」が二重に指定されています（このファイルと peach.json）",
        "later.json": "2027-01-05 から 2027-01-11 まで",
        "new.json": "応援を頼める人がいません",
    }.items():
        assert any(words in text for text in found[name]), (name, texts)
    assert found["input.json"]


def _later() -> OfficeMonth:
    problem = make_problem(
        [make_staff("K", shifts=["日"])],
        first=dt.date(2027, 1, 5),
        office=make_office(name="うめ", **SIX_HOURS),
        shifts=[DAY],
    )
    return house(problem, "K 日日日休休休休")
