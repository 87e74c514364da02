"""Versions of a roster on the page: listed, compared, brought back; nothing is lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.files.rosters import path_of_version, read_roster, read_version
from scheduler.page.grid import TOLD
from scheduler.page.screens.versions import Side, compared
from scheduler.rulebook import rules_of
from scheduler.wording.findings import finding_words
from tests.support.builders import make_duty, with_duties
from tests.support.busy_month import CARER, busy_problem, busy_roster
from tests.support.busy_page import client, path
from tests.support.pages import book_of, typed

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

__all__ = ["client", "path"]

ROW = [member.name for member in busy_problem().staff].index(CARER)
DATES = busy_problem().period.dates


def saved(client: TestClient, day: int, text: str) -> str:
    """Type into the carer's row, save the next version, and return the book's id."""
    book = book_of(client)
    assert typed(client, book, ROW, day, text).status_code == 200
    assert client.post(f"{book}/save").headers["hx-redirect"] == book
    return book.rpartition("/")[2]


def test_an_earlier_version_comes_back_as_the_next_one(
    client: TestClient, path: Path
) -> None:
    first = read_roster(path).roster
    book = saved(client, 2, "有")
    second = read_roster(path).roster
    answer = client.post(f"/versions/{book}", data={"version": "1"})
    assert answer.headers["location"] == f"/month/{book}"
    now = read_roster(path)
    assert now.plan.version == 3
    assert now.roster.by_cell == first.by_cell
    assert now.roster.on_call_by_date == first.on_call_by_date
    assert "第1版に戻した" in client.get(f"/versions/{book}").text
    kept = read_version(path, now, 2)
    assert kept.roster.by_cell == second.by_cell
    # Without its file a version is told by the revisions, but for breaks.
    path_of_version(path, 2).unlink()
    told = read_version(path, now, 2).roster.by_cell
    assert {cell: duty.entry for cell, duty in told.items()} == {
        cell: duty.entry for cell, duty in second.by_cell.items()
    }


def test_a_renamed_roster_is_still_that_of_its_month(
    client: TestClient, path: Path
) -> None:
    """The version before it, kept under its old name, is not taken for it."""
    saved(client, 2, "有")
    path.rename(path.with_name("z.xlsx"))
    assert "第2版" in client.get(book_of(client)).text


def test_only_versions_that_are_there_come_back(client: TestClient) -> None:
    book = saved(client, 2, "有")
    for wrong in ("0", "2", "3", "x", ""):
        answer = client.post(f"/versions/{book}", data={"version": wrong})
        assert answer.status_code == 404, wrong


def test_nothing_typed_is_lost_when_a_version_is_brought_back(
    client: TestClient, path: Path
) -> None:
    book = saved(client, 2, "有")
    typed(client, f"/month/{book}", ROW, 4, "有")
    before = path.read_bytes()
    answer = client.post(f"/versions/{book}", data={"version": "1"})
    assert answer.status_code == 409
    assert "保存していない変更" in answer.text
    assert path.read_bytes() == before
    assert "変更1か所" in client.get(f"/month/{book}").text


def test_two_versions_differ_in_what_was_typed_and_what_follows(
    client: TestClient, path: Path
) -> None:
    """One cell, by person and date, and what it changes in the person's sums."""
    book = saved(client, 2, "有")
    file = read_roster(path)
    before, after = (read_version(path, file, number) for number in (1, 2))
    found = compared(
        [
            Side("1", before.problem, before.roster),
            Side("2", after.problem, after.roster),
        ]
    )
    assert [(one.who, one.texts[1]) for one in found.cells] == [(CARER, "有")]
    assert {one.who for one in found.sums} == {CARER}
    assert any(
        one.what == "有給休暇(日)" or one.texts == ("0", "1") for one in found.sums
    )
    text = client.get(f"/versions/{book}", params={"a": "1", "b": "2"}).text
    assert "12月3日" in text
    same = client.get(f"/versions/{book}", params={"a": "2", "b": "2"}).text
    assert "違うところ" not in same


def test_a_comparison_tells_each_cell_and_night_that_differs() -> None:
    """Two duties exchanged and a night on call moved: three lines, no more."""
    problem = busy_problem()
    roster = busy_roster(problem)
    night = roster.on_call[0]
    others = [one.name for one in problem.staff if one.name != night.staff]
    moved = roster.model_copy(
        update={
            "on_call": (
                night.model_copy(update={"staff": others[0]}),
                *roster.on_call[1:],
            )
        }
    )
    found = compared([Side("1", problem, roster), Side("2", problem, moved)])
    assert len(found.cells) == 1
    assert found.cells[0].texts == (night.staff, others[0])
    assert len({one.who for one in found.cells}) == 1
    calls = [one for one in found.sums if one.what == "宿直"]
    assert {one.who for one in calls} <= {night.staff, others[0]}


def test_breaches_that_differ_in_their_dates_alone_are_one_line() -> None:
    """The carer is off all month: what is then short is told once, with its dates."""
    problem = busy_problem()
    roster = busy_roster(problem)
    free = (make_duty(problem, CARER, date, "休") for date in DATES)
    sides = [Side("1", problem, roster), Side("2", problem, with_duties(roster, *free))]
    before, after = (
        Counter(
            finding_words(one, rules_of(problem))
            for one in audit(problem, side.roster)
            if one.stance in TOLD
        )
        for side in sides
    )
    lines = compared(sides).breaches[1]
    assert 0 < len(lines) < (after - before).total()
    assert len(set(lines)) == len(lines)
