"""ふりかえり: figures of the ledger, the month closed, the next one's workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.audit.figures.fairness import closing_ledger
from scheduler.domain.clock import ONE_DAY
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster
from scheduler.files.years import read_year, year_path
from scheduler.page.screens.review import burdens
from tests.support import busy_month
from tests.support.builders import make_problem, make_roster, make_staff
from tests.support.busy_month import CARER, busy_problem
from tests.support.pages import application, book_of, typed, visitor

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from starlette.testclient import TestClient

OFFICE = busy_problem().office.name
YEAR = 2026


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home-2026-12.xlsx"
    busy_month.put(path)
    return path


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def address(client: TestClient) -> str:
    return book_of(client).replace("/month/", "/review/")


def test_wishes_and_leave_are_those_of_the_closing_ledger(
    client: TestClient, path: Path
) -> None:
    file = read_roster(path)
    text = client.get(address(client)).text
    for entry in closing_ledger(file.problem, file.roster):
        row = text.partition(f'<th scope="row">{entry.staff}</th><td class="num">')[2]
        shown = row.partition("</td>")[0]
        assert shown == f"{entry.wishes_granted} / {entry.wishes_asked}"


def test_those_hired_for_nights_alone_are_told_apart() -> None:
    """A and B share the nights beside other work, C and D do nothing else."""
    staff = [make_staff(name, shifts=["日", "夜"]) for name in "AB"]
    staff += [make_staff(name, shifts=["夜"], nights_max=4) for name in "CD"]
    problem = make_problem(staff)
    roster = make_roster(
        problem, "A 夜明休休休休休\nC 休夜明休休休休\nD 休休夜明休休休"
    )
    nights = {
        one.name: [person.staff for person in one.people]
        for one in burdens(problem, roster)
        if one.name.startswith("夜勤")
    }
    assert nights == {"夜勤": ["A", "B"], "夜勤（それだけをする人）": ["C", "D"]}


def test_the_month_is_closed_once_and_replaced_on_purpose(
    client: TestClient, path: Path
) -> None:
    where = f"{address(client)}/close"
    assert "を締めました" in client.post(where).text
    file = year_path(path.parent, OFFICE, YEAR)
    first = read_year(file, OFFICE, YEAR)
    assert len(first.months) == 1
    assert "すでに締めてあります" in client.post(where).text
    row = [member.name for member in busy_problem().staff].index(CARER)
    typed(client, book_of(client), row, 2, "有")
    client.post(f"{book_of(client)}/save")
    refused = client.post(where)
    assert refused.status_code == 409
    assert 'name="again"' in refused.text
    assert read_year(file, OFFICE, YEAR) == first
    assert client.post(where, data={"again": "1"}).status_code == 200
    assert read_year(file, OFFICE, YEAR) != first


def test_the_next_months_workbook_is_written_once(
    client: TestClient, path: Path
) -> None:
    where = f"{address(client)}/next"
    answer = client.post(where)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/material/")
    last = busy_problem().period.last
    first: dt.date = last + ONE_DAY
    written = path.parent / "inputs" / f"home-{first:%Y-%m}.xlsx"
    problem = read_problem(written)
    assert problem.period.first == first
    assert problem.ledger == tuple(
        closing_ledger(read_roster(path).problem, read_roster(path).roster)
    )
    before = written.read_bytes()
    assert client.post(where).status_code == 409
    assert written.read_bytes() == before
