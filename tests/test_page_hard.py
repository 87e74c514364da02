"""困ったとき: what is short, proposals to agree on, and the month made again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scheduler.advice import Wanted, make
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.page.state import DROP
from scheduler.solver.search import SearchLimits
from tests.impossible import NIGHTLY, leave, night_workers, office
from tests.pages import application, book_of, busy_bytes, visitor

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
    client.app.state.desk.state.wish(number, DROP)  # type: ignore[attr-defined]
    (written,) = (tmp_path / "inputs").iterdir()
    file = read_roster(tmp_path / "r.xlsx")
    assert file.plan.advice is not None
    agreed = file.plan.advice.repairs[0].applied_to(file.problem)
    problem = read_problem(written)
    assert problem.agreements == agreed.agreements
    assert problem.forecast == agreed.forecast
    assert [one.name for one in problem.staff] == [one.name for one in agreed.staff]
    assert (tmp_path / "r.xlsx").read_bytes() == before


def test_a_short_month_without_a_proposal_says_that_it_does_not_fit(
    tmp_path: Path,
) -> None:
    """The busy month was made without advice: nothing unproven is offered."""
    (tmp_path / "r.xlsx").write_bytes(busy_bytes())
    client = visitor(application(tmp_path))
    text = client.get("/hard", follow_redirects=True).text
    assert "そのままでは成り立ちません" in text
    assert boxes(text) == []
