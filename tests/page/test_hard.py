"""困ったとき: what is short, proposals to agree on, and the month made again."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import Wanted, make
from scheduler.audit import audit
from scheduler.audit.papers.shortage import BrokenLimit
from scheduler.domain.finding import Finding, Stance, Unit
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.page.screens.hard import short_lines
from scheduler.page.screens.make import MINUTES
from scheduler.page.state import DROP
from scheduler.precheck import precheck
from scheduler.rulebook import rules_of
from scheduler.solver.search import SearchLimits
from scheduler.wording.precheck import line_text
from tests.support import busy_month
from tests.support.busy_month import busy_problem
from tests.support.impossible import NIGHTLY, leave, night_workers, office
from tests.support.pages import application, book_of, visitor

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a roster whose one night is short: both night workers have leave."""
    leaves = [leave(NIGHTLY[0], 1), leave(NIGHTLY[1], 1)]
    problem = office(*night_workers(), overnight=[0, 1, 0, 0, 0, 0, 0], requests=leaves)
    (solution, *_rest) = make(problem, SearchLimits(seconds=40), Wanted())
    path = tmp_path_factory.mktemp("short") / "r.xlsx"
    write_roster(path, problem, solution.roster, solution.findings)
    return path.read_bytes()


@pytest.fixture
def client(tmp_path: Path, short: bytes) -> TestClient:
    (tmp_path / "r.xlsx").write_bytes(short)
    return visitor(application(tmp_path))


def gap(day: int, begin: str, end: str, actual: int) -> BrokenLimit:
    """Return a time of December 2026 at which three are needed."""
    date = dt.date(2026, 12, day)
    first, last = (
        dt.datetime.combine(date, dt.time.fromisoformat(one)) for one in (begin, end)
    )
    return BrokenLimit(
        finding=Finding(
            rule="K-01",
            facet="must",
            stance=Stance.MUST,
            unit=Unit.PERSON_MINUTES,
            amount=15,
            required=3,
            actual=actual,
            date=date,
            begin=first,
            end=last,
        )
    )


def test_nearly_equal_times_are_one_line_of_their_part_of_the_day() -> None:
    """The morning ends at nine; a line has the numbers of the worst date, and each."""
    gaps = (
        gap(2, "06:00", "06:15", 2),
        gap(3, "06:15", "06:30", 1),
        gap(4, "08:45", "09:30", 2),
        gap(4, "09:00", "09:30", 2),
        gap(3, "13:00", "14:00", 2),
    )
    lines = tuple(short_lines(gaps, rules_of(busy_problem())))
    told = [(one.part, one.when, one.number, len(one.each)) for one in lines]
    assert told == [
        ("朝", "6:00-9:30", 3, 3),
        ("午前", "9:00-9:30", 1, 0),
        ("午後", "13:00-14:00", 1, 0),
    ]
    assert "予定 1人" in lines[0].sides
    assert lines[0].each[1].startswith("12月3日(木) 6:15-6:30")


def test_hours_of_a_whole_day_are_of_no_part_of_it() -> None:
    """From 6:00 to 21:00 is no morning; each date has its numbers all the same."""
    gaps = gap(2, "06:00", "21:00", 2), gap(3, "06:00", "21:00", 1)
    (line,) = short_lines(gaps, rules_of(busy_problem()))
    assert (line.part, line.number, len(line.each)) == ("", 2, 2)


def test_what_is_short_all_month_is_of_no_number_of_dates() -> None:
    """No nurse on the staff list is not one day short."""
    nobody = Finding(
        rule="A-10",
        facet="on_list",
        stance=Stance.STATUTORY,
        unit=Unit.PEOPLE,
        amount=1,
        required=1,
        actual=0,
    )
    gaps = (BrokenLimit(finding=nobody),)
    (line,) = short_lines(gaps, rules_of(busy_problem()))
    assert (line.number, line.part, line.dates) == (0, "", "")


def address(client: TestClient) -> str:
    return book_of(client).replace("/month/", "/hard/")


def boxes(text: str) -> list[list[str]]:
    """Return the values of the boxes of each proposal."""
    forms = re.findall(r'<form class="card way.*?</form>', text, re.DOTALL)
    return [re.findall(r'name="agreed" value="(\d+)"', form) for form in forms]


def test_the_short_night_and_its_proposals_are_told(
    client: TestClient, tmp_path: Path
) -> None:
    """One line for the night; no more than three proposals of eight boxes at most."""
    text = client.get(address(client)).text
    assert "このままではつくれません" in text
    lines = re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL)[0]
    assert "12月2日(水)" in lines
    advice = read_roster(tmp_path / "r.xlsx").plan.advice
    assert advice is not None
    offered = [one for one in advice.repairs if not one.remaining and one.actions <= 8]
    assert len(boxes(text)) == min(3, len(offered)) > 0
    assert all(0 < len(one) <= 8 for one in boxes(text))


def test_of_repairs_that_ask_too_much_it_is_told_that_they_do(
    tmp_path: Path, short: bytes
) -> None:
    """No word of ways out that are not shown; why the month cannot be stands there."""
    path = tmp_path / "r.xlsx"
    path.write_bytes(short)
    client = visitor(application(tmp_path))
    file = read_roster(path)
    assert file.plan.advice is not None
    sums = precheck(file.problem)[:1]
    advice = file.plan.advice.model_copy(
        update={
            "unsettled": (Stance.CONTRACT,),
            "settings": (),
            "sums": sums,
            "repairs": (),
            "asks_too_much": True,
        }
    )
    roster = file.roster.model_copy(update={"advice": advice})
    write_roster(tmp_path / "s.xlsx", file.problem, roster, audit(file.problem, roster))
    path.unlink()
    text = client.get("/hard", follow_redirects=True).text
    assert boxes(text) == []
    assert "示した解決策" not in text
    assert "頼むことが多すぎます" in text
    assert "時間を増やして" in text
    assert f'name="minutes" value="{MINUTES[-1]}"' in text
    assert line_text(sums[0]) in text


def test_nothing_is_made_before_all_have_agreed(
    client: TestClient, tmp_path: Path
) -> None:
    answer = client.post(address(client), data={"proposal": "0", "agreed": []})
    assert answer.status_code == 422
    assert "印を付けると押せます" in answer.text
    assert not (tmp_path / "inputs").exists()
    assert client.post(address(client), data={"proposal": "77"}).status_code == 404


def test_what_was_agreed_is_written_and_the_month_made_again(
    client: TestClient, tmp_path: Path
) -> None:
    """Into a workbook of its own, which says what the proposal says."""
    before = (tmp_path / "r.xlsx").read_bytes()
    ticked = boxes(client.get(address(client)).text)[0]
    answer = client.post(address(client), data={"proposal": "0", "agreed": ticked})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/make/")
    number = int(answer.headers["location"].rpartition("/")[2])
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    state.wish(number, DROP)
    assert state.search(number).asked["start"] == str(tmp_path / "r.xlsx")
    (written,) = (tmp_path / "inputs").iterdir()
    file = read_roster(tmp_path / "r.xlsx")
    assert file.plan.advice is not None
    agreed = file.plan.advice.repairs[0].applied_to(file.problem)
    problem = read_problem(written)
    assert problem.agreements == agreed.agreements
    assert problem.forecast == agreed.forecast
    assert [one.name for one in problem.staff] == [one.name for one in agreed.staff]
    assert (tmp_path / "r.xlsx").read_bytes() == before


def test_of_a_short_month_that_nothing_was_sought_for_no_impossibility_is_told(
    tmp_path: Path,
) -> None:
    """The busy month was made without advice: nothing unproven is offered."""
    busy_month.put(tmp_path / "r.xlsx")
    client = visitor(application(tmp_path))
    text = client.get("/hard", follow_redirects=True).text
    assert "まだ足りないところがあります" in text
    assert "このままではつくれません" not in text
    assert "成り立ちません" not in text
    assert boxes(text) == []
