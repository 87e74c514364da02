"""Users change after the roster was made: a sudden stay, or nobody stays any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.domain.clock import Interval
from scheduler.files.rosters import read_roster
from scheduler.wording.empty_nights import empty_night_texts
from tests.support import week
from tests.support.pages import application, book_of, typed, visitor, waited

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

    from scheduler.domain.problem import Problem
    from tests.support.programs import Ended

GUESTS, STAY = (week.PROBLEM.period.dates[day] for day in (1, 5))
"""A night with a guest, and one without in which somebody is to stay."""

LOOK = "この人数で、だれに頼むかをさがす"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return week.put(tmp_path / "r.xlsx")


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def expect(client: TestClient, date: object, number: int) -> str:
    """Type another number of guests on the roster, and return the answer."""
    form = {"service": "overnight", "shown": str(date), "number": str(number)}
    return client.post(f"{book_of(client)}/users", data=form).text


def sick(client: TestClient) -> str:
    return book_of(client, "sick")


def test_a_sudden_stay_becomes_a_plan_and_the_roster(
    client: TestClient, path: Path
) -> None:
    """From the number typed on the roster; nothing of it waits to be saved then."""
    assert LOOK not in client.get(book_of(client)).text
    assert LOOK in expect(client, STAY, 1)
    before = path.read_bytes()
    asked = client.post(sick(client), data={"users": "typed"})
    address = str(asked.headers["location"])
    run = waited(client, address)
    assert run.asked["users"] == [[str(STAY), "overnight", 0, 1]]
    assert path.read_bytes() == before
    text = client.get(address).text
    assert "12月6日(日) 宿泊 0 → 1" in text
    assert "保存していない変更は、ここでは数えません" not in text
    plan = run.told["plans"][0]
    assert plan["legal"]
    assert not plan["nights"]
    for one in plan["people"]:
        answer = {"name": one["name"], "answer": "yes"}
        client.post(f"{address}/answer", data=answer)
    client.post(f"{address}/take", data={"plan": 1})
    file = read_roster(path)
    assert file.problem.forecast_by_date[STAY].overnight == 1
    (night,) = [
        one
        for one in file.roster.duties
        if one.date == STAY and (shift := file.problem.shift_of(one)) and shift.is_night
    ]
    assert night.staff in {one["name"] for one in plan["people"]}
    month = client.get(book_of(client)).text
    assert "まだ保存していません" not in month
    assert 'class="alarm behind"' not in month


def test_cells_beside_the_numbers_do_not_count(client: TestClient) -> None:
    expect(client, STAY, 1)
    typed(client, book_of(client), 0, 6, "日")
    asked = client.post(sick(client), data={"users": "typed"})
    text = client.get(str(asked.headers["location"])).text
    assert "保存していない変更は、ここでは数えません" in text


def test_without_a_number_there_is_nothing_to_look_for(client: TestClient) -> None:
    answer = client.post(sick(client), data={"users": "typed"})
    assert answer.status_code == 200
    assert "その日の人数を直して" in answer.text


def test_the_roster_tells_that_an_empty_night_needs_no_night_duty(
    client: TestClient,
) -> None:
    """At once, beside the number, and whose night it is; a plan tells it as well."""
    month = book_of(client)
    assert "夜勤は要りません" not in client.get(f"{month}?date={GUESTS}").text
    told = f"夜勤は要りません（いまは {week.FIRST_NIGHT}）"
    assert told in expect(client, GUESTS, 0)
    asked = client.post(sick(client), data={"users": "typed"})
    run = waited(client, str(asked.headers["location"]))
    (text,) = run.told["plans"][0]["nights"]
    assert told in text
    form = client.get(sick(client)).text
    assert "人数の変わる日（12月2日(水)）の案を、さがしてあります" in form


def test_the_command_tells_that_an_empty_night_needs_no_night_duty(
    shotaki: Callable[..., Ended], path: Path
) -> None:
    given = "whatif", path.name, "--overnight", f"{GUESTS}=0", "--plans", "1"
    told = shotaki(*given).out
    assert f"夜勤は要りません（いまは {week.FIRST_NIGHT}）" in told


def test_without_a_contact_system_an_empty_night_is_staffed() -> None:
    office = week.PROBLEM.office.model_copy(update={"contact_system": False})
    problem = week.PROBLEM.model_copy(update={"office": office})
    (text,) = empty_night_texts(problem, week.ROSTER, STAY)
    assert "夜勤と宿直は要ります" in text
    assert empty_night_texts(problem, week.ROSTER, GUESTS) == ()


def empty_problem(**office: object) -> Problem:
    """Return the week whose first guests stay away."""
    known = week.PROBLEM.forecast_by_date[GUESTS]
    problem = week.PROBLEM.with_more(days=[known.model_copy(update={"overnight": 0})])
    changed = problem.office.model_copy(update=office)
    return problem.model_copy(update={"office": changed})


def test_a_night_shift_that_is_nothing_but_the_night_can_be_given_up() -> None:
    texts = empty_night_texts(empty_problem(), week.ROSTER, GUESTS)
    assert "なくせます" in texts[1]


def test_a_night_shift_is_the_evening_and_the_morning_too() -> None:
    """In a shorter night, the house is open before and after it with nobody else."""
    problem = empty_problem(night_band=Interval(21 * 60, 30 * 60))
    texts = empty_night_texts(problem, week.ROSTER, GUESTS)
    assert "なくすと人手が足りません：13:00-21:00、翌6:00-翌8:00。" in texts[1]


def test_a_further_visit_by_time_is_asked_from_the_roster(client: TestClient) -> None:
    """An office without a list of users says visits; what cannot be read is told."""
    form = {"users": "use", "user": "", "first": str(STAY), "visits": "10:00-10:30"}
    asked = client.post(sick(client), data=form)
    run = waited(client, str(asked.headers["location"]))
    assert run.asked["uses"] == [["visits", "", str(STAY), "", "10:00-10:30"]]
    assert run.asked["dates"] == [str(STAY)]
    assert run.told["plans"]
    wrong = client.post(sick(client), data={**form, "visits": "いつも"})
    assert "訪問の件数としても時間としても読めません" in wrong.text
