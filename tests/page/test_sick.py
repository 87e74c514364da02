"""急な休み on the page: plans, answers, accepting; and what is posted afterwards."""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.shifts import OffKind
from scheduler.files.rosters import read_roster
from tests.files.test_roster_workbook import Editor
from tests.support import busy_month, week
from tests.support.pages import application, typed, visitor, waited

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from scheduler.page.state import SearchRun

ILL = [member.name for member in week.PROBLEM.staff].index(week.FIRST_NIGHT)
NIGHT, AFTER = (str(date) for date in week.PROBLEM.period.dates[1:3])
REASON = "子どもの熱のため"
"""Why; for the record alone."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return week.put(tmp_path / "r.xlsx")


@pytest.fixture
def client(path: Path) -> TestClient:
    return visitor(application(path.parent))


def book_id(client: TestClient) -> str:
    return client.get("/sick").headers["location"].rpartition("/")[2]


def asked(client: TestClient, **form: object) -> str:
    """Ask for plans, wait for them, and return the address of the search."""
    given = {"who": ILL, "date": [NIGHT, AFTER], "kind": "absent", "why": REASON}
    answer = client.post(f"/sick/{book_id(client)}", data={**given, **form})
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    ended(client, address)
    return address


def ended(client: TestClient, address: str) -> SearchRun:
    """Wait for a search's end and return it."""
    run = waited(client, address)
    assert run.state == "done", run.trouble
    return run


def people(run: SearchRun, number: int = 0) -> list[str]:
    return [one["name"] for one in run.told["plans"][number]["people"]]


def test_a_plan_is_accepted_once_everybody_agrees(
    client: TestClient, path: Path
) -> None:
    """Until then the button says who is missing, and pressing it changes nothing."""
    before = path.read_bytes()
    address = asked(client)
    run = ended(client, address)
    names = people(run)
    assert week.OTHER in names
    # The night of whoever is ill counts more hours than a day of absence.
    assert week.FIRST_NIGHT not in run.told["plans"][0]["verdict"]
    text = client.get(address).text
    assert "のあとも休むときは" not in text
    assert f"{len(names)}人のOKで決まります" in text
    client.post(f"{address}/take", data={"plan": 1})
    assert path.read_bytes() == before
    for name in names:
        client.post(f"{address}/answer", data={"name": name, "answer": "yes"})
    assert "この案に決める" in client.get(address).text
    done = client.post(f"{address}/take", data={"plan": 1})
    slips = client.get(done.headers["location"]).text
    file = read_roster(path)
    changed = {one.staff for one in file.plan.revisions[-1].changes}
    assert set(re.findall(r'class="slip" aria-label="(.*?)"', slips)) == changed
    assert week.FIRST_NIGHT in changed
    assert len(changed) < len(file.problem.staff)
    assert REASON not in slips
    assert file.plan.version == 2
    assert file.plan.revisions[-1].why == REASON
    date = week.PROBLEM.period.dates[1]
    assert file.roster.by_cell[week.FIRST_NIGHT, date].off is OffKind.ABSENT
    (old,) = path.parent.glob("r-*.xlsx")
    assert old.read_bytes() == before
    wall = client.get(f"/wall/{book_id(client)}").text
    assert "<b>―</b>不在" in wall
    assert REASON not in wall
    assert "欠" not in wall


def test_who_is_changed_by_hand_needs_a_new_slip_too(
    client: TestClient, path: Path
) -> None:
    """Of a first version too: a swap typed in Excel after the sheet was hung."""
    address = f"/slips/{book_id(client)}?changed=1"
    assert "勤務が変わった人はいません" in client.get(address).text
    editor = Editor(path)
    cell = editor.cell(week.CARER, 1)
    cell.value = "休" if cell.value != "休" else "日"
    editor.read()
    slips = client.get(address).text
    assert re.findall(r'class="slip" aria-label="(.*?)"', slips) == [week.CARER]


def test_what_is_printed_after_an_edit_in_excel_has_its_dates(tmp_path: Path) -> None:
    """The date of issue and that of the edit; はじめ says when it was made."""
    busy_month.put(tmp_path / "r.xlsx")
    client = visitor(application(tmp_path))
    number = book_id(client)
    editor = Editor(tmp_path / "r.xlsx")
    cell = editor.cell(busy_month.CARER, 3)
    cell.value = "休" if cell.value != "休" else "日"
    editor.read()
    saved = dt.datetime(2026, 12, 5, 9).timestamp()
    os.utime(tmp_path / "r.xlsx", (saved, saved))
    assert "11月18日" in client.get("/").text
    slips = client.get(f"/slips/{number}").text
    assert "発行 2026年11月18日" in slips
    assert "手直し 2026年12月5日" in slips
    assert "発行 12月5日" in client.get(f"/wall/{number}").text


def test_who_says_no_is_in_no_plan_any_more(client: TestClient) -> None:
    address = asked(client)
    names = people(ended(client, address))
    assert week.OTHER in names
    answer = {"name": week.OTHER, "answer": "no"}
    told = client.post(f"{address}/answer", data=answer)
    further = told.headers.get("hx-redirect")
    if further is None:
        assert f'class="n">{week.OTHER}' not in told.text
        assert "ほかの案をさがす" in told.text
        further = client.post(f"{address}/others").headers["location"]
    # Where no plan is left the next ones are looked for at once.
    assert further != address
    run = ended(client, further)
    assert run.asked["refused"] == [week.OTHER]
    assert all(
        week.OTHER not in people(run, number)
        for number in range(len(run.told["plans"]))
    )


def test_leave_that_is_granted_is_no_absence(client: TestClient, path: Path) -> None:
    address = asked(client, kind="paid_leave", date=[NIGHT])
    for name in people(ended(client, address)):
        client.post(f"{address}/answer", data={"name": name, "answer": "yes"})
    client.post(f"{address}/take", data={"plan": 1})
    cells = read_roster(path).roster.by_cell
    date = week.PROBLEM.period.dates[1]
    assert cells[week.FIRST_NIGHT, date].off is OffKind.PAID_LEAVE


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"who": ""}, "休む人をえらんで"),
        ({"who": "99"}, "休む人をえらんで"),
        ({"date": []}, "休む日をえらんで"),
        ({"date": ["2030-01-01"]}, "休む日をえらんで"),
    ],
)
def test_what_is_missing_is_said(
    client: TestClient, form: dict[str, object], told: str
) -> None:
    given = {"who": ILL, "date": [NIGHT], "kind": "absent", **form}
    answer = client.post(f"/sick/{book_id(client)}", data=given)
    assert answer.status_code == 200
    assert told in answer.text


def agree(client: TestClient, address: str) -> None:
    for name in people(ended(client, address)):
        client.post(f"{address}/answer", data={"name": name, "answer": "yes"})


def test_a_roster_that_changed_meanwhile_is_not_replaced(
    client: TestClient, path: Path
) -> None:
    """The plans say so instead of a button, and a new search keeps the answers."""
    address = asked(client)
    agree(client, address)
    week.edit(path, week.OTHER, week.PROBLEM.period.dates[5], "日")
    outside = path.read_bytes()
    answer = client.post(f"{address}/take", data={"plan": 1})
    assert path.read_bytes() == outside
    text = client.get(answer.headers["location"]).text
    assert "この案にはもう決められません" in text
    assert f"{address}/take" not in text
    again = str(client.post(f"{address}/others").headers["location"])
    assert ended(client, again).asked["answers"][week.OTHER] == "yes"


def test_a_plan_is_accepted_once_however_often_the_button_is_pressed(
    client: TestClient, path: Path
) -> None:
    """Both lead to the slips; back at the plans, what was decided stands there.

    Until then the plans are found from the empty form, with the answers.
    """
    form = f"/sick/{book_id(client)}"
    assert "案を見る" not in client.get(form).text
    address = asked(client)
    agree(client, address)
    assert f'href="{address}"' in client.get(form).text
    first = client.post(f"{address}/take", data={"plan": 1})
    accepted = path.read_bytes()
    second = client.post(f"{address}/take", data={"plan": 1})
    assert first.headers["location"] == second.headers["location"]
    assert path.read_bytes() == accepted
    text = client.get(address).text
    assert "案1に決め、勤務表に入れました" in text
    assert f"{address}/take" not in text
    assert f"{address}/answer" not in text
    assert "案を見る" not in client.get(form).text


def test_a_no_by_mistake_is_taken_back(client: TestClient) -> None:
    """The plans are back; a search without the person is followed by one with them."""
    address = asked(client)
    assert week.OTHER in people(ended(client, address))
    no = {"name": week.OTHER, "answer": "no"}
    told = client.post(f"{address}/answer", data=no)
    further = told.headers.get("hx-redirect") or str(
        client.post(f"{address}/others").headers["location"]
    )
    assert f"{week.OTHER}さんの「だめ」を取り消す" in client.get(address).text
    back = {"name": week.OTHER, "answer": "none"}
    assert f'class="n">{week.OTHER}' in client.post(f"{address}/answer", data=back).text
    ended(client, further)
    assert f"{week.OTHER}さんの「だめ」を取り消す" in client.get(further).text
    again = client.post(f"{further}/answer", data=back)
    run = ended(client, str(again.headers["location"]))
    assert week.OTHER in people(run)
    assert not run.asked["refused"]


def test_a_long_illness_is_asked_by_its_last_date(client: TestClient) -> None:
    """Beyond the month it is entered in the next one, which the screen says."""
    last = str(week.PROBLEM.period.dates[-1])
    address = asked(client, date=[NIGHT], until=last)
    dates = [str(date) for date in week.PROBLEM.period.dates[1:]]
    assert ended(client, address).asked["dates"] == dates
    assert "のあとも休むときは、次の月のブック" in client.get(address).text


def test_unsaved_cells_are_told_before_plans_are_sought(client: TestClient) -> None:
    book = book_id(client)
    assert "保存まえの変更" not in client.get(f"/sick/{book}").text
    typed(client, f"/month/{book}", ILL, 5, "日")
    for screen in ("sick", "wall", "versions", "review"):
        text = client.get(f"/{screen}/{book}").text
        assert "保存まえの変更 1" in text, screen
        assert "Excelと同じ内容です" not in text, screen
    assert (
        "保存していない変更は、ここでは数えません" in client.get(f"/sick/{book}").text
    )


def test_where_no_plan_keeps_all_there_is_a_longer_search(client: TestClient) -> None:
    """The plan is shown, that time was too short is said, and more time is offered."""
    address = asked(client)
    run = ended(client, address)
    assert f"{address}/longer" not in client.get(address).text
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    plans = [{**plan, "legal": False, "worse": True} for plan in run.told["plans"]]
    state.tell(run.id, {**run.told, "plans": plans})
    text = client.get(address).text
    assert "守れる案は見つかりませんでした" in text
    assert f"{address}/longer" in text
    again = client.post(f"{address}/longer")
    other = ended(client, str(again.headers["location"]))
    assert other.id != run.id
    assert other.seconds == 3 * run.seconds
    assert other.asked["moment"] >= run.asked["moment"]
    assert other.asked["dates"] == run.asked["dates"]


def test_what_was_broken_before_is_not_searched_for_again(client: TestClient) -> None:
    """More users than places: no plan mends that, and the first leaves it so."""
    last = str(week.PROBLEM.period.dates[-1])
    month = f"/month/{book_id(client)}"
    more = {"service": "day_users", "shown": last, "number": "19"}
    assert client.post(f"{month}/users", data=more).status_code == 200
    assert client.post(f"{month}/save").status_code == 200
    address = asked(client)
    plans = ended(client, address).told["plans"]
    assert not any(plan["legal"] for plan in plans)
    assert [plan["worse"] for plan in plans] == [False, True]
    text = client.get(address).text
    assert "守れる案は見つかりませんでした" not in text
    assert f"{address}/longer" not in text
    assert text.count("前からです") == 1
    assert text.count("合わない所</span>") == 1


def test_a_second_plan_that_asks_more_people_is_not_the_one_that_asks_fewest(
    client: TestClient,
) -> None:
    """It is the least of those that spare somebody of the first, and no more."""
    address = asked(client)
    run = ended(client, address)
    first = {**run.told["plans"][0], "legal": True, "worse": False, "least": True}
    more = [*first["people"], {**first["people"][0], "name": week.CARER}]
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    for second, tags in ((first["people"], 2), (more, 1)):
        plans = [first, {**first, "people": second}]
        state.tell(run.id, {**run.told, "plans": plans})
        assert client.get(address).text.count("人数が最少") == tags
    # Found by the longer search: the first is not the least.
    first = {**first, "people": more, "least": False}
    less = {**first, "people": more[:-1], "least": True, "gains": True}
    state.tell(run.id, {**run.told, "plans": [first, less]})
    assert client.get(address).text.count("人数が最少") == 1
