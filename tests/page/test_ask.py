"""だれか入れる？ 泊まれる？: the answers are those of the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.audit.findings import Tolerated
from scheduler.domain.scenario import Scenario
from scheduler.files.rosters import read_roster
from scheduler.page.open_book import Part
from scheduler.page.state import DONE
from scheduler.rulebook import rules_of
from scheduler.solver.standing.edits import Settled
from scheduler.whatif.gaps import find_gap
from scheduler.whatif.substitutes import substitutes
from scheduler.wording.duties import break_times
from scheduler.wording.substitutes import more_text
from tests.support.busy_month import CARER, busy_problem
from tests.support.busy_page import client, path
from tests.support.pages import book_of, waited

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2
    from starlette.testclient import TestClient

__all__ = ["client", "path"]

FIFTH = busy_problem().period.dates[4]
ROW = [member.name for member in busy_problem().staff].index(CARER)


def address(client: TestClient) -> str:
    return book_of(client).replace("/month/", "/ask/")


def asked(client: TestClient, **form: object) -> httpx2.Response:
    given = {"kind": "substitutes", "date": str(FIFTH), "symbol": "早", "row": ROW}
    return client.post(address(client), data={**given, **form})


def test_a_date_has_its_shifts_to_tap_and_its_room(
    client: TestClient, path: Path
) -> None:
    text = client.get(address(client), params={"date": str(FIFTH)}).text
    assert f'value="{ROW}"' in text
    assert CARER in text
    file = read_roster(path)
    findings = audit(file.problem, file.roster)
    rooms = as_it_stands(file.problem, file.roster, findings, [FIFTH])
    assert [f"<b>{more_text(room)}</b>" in text for room in rooms] == [True] * 3


def test_substitutes_are_those_of_the_command(client: TestClient, path: Path) -> None:
    """Found by a process of its own, told with everybody's reasons, in its order."""
    answer = asked(client)
    assert answer.status_code == 303
    run = waited(client, answer.headers["location"])
    assert run.state == DONE
    file = read_roster(path)
    problem, roster = file.problem, file.roster
    gap = find_gap(problem, roster, FIFTH, "早", CARER)
    settled = Settled.by_hand(problem, file.plan, roster, Scenario(now=FIFTH))
    found = substitutes(problem, roster, gap, others=2, settled=settled)
    told = [(one["name"], one["can"]) for one in run.told["answers"]]
    assert told == [(one.staff, one.can) for one in found]
    where = answer.headers["location"].partition("#")[0]
    text = client.get(where).text
    assert all(name in text for name, _can in told)
    assert "hx-get" not in client.get(f"{where}/answers").text
    assert where.isascii()


def test_an_answer_is_put_into_the_roster(client: TestClient, path: Path) -> None:
    """As one step that is audited and not saved yet: what was told, and no more."""
    where = asked(client).headers["location"].partition("#")[0]
    run = waited(client, where)
    assert run.state == DONE
    answer = next(one for one in run.told["answers"] if one["can"])
    chosen = {"answer": answer["row"]}
    assert "勤務表に入れてみる" in client.get(f"{where}/answers").text
    before = path.read_bytes()
    month = client.post(f"{where}/take", data=chosen)
    assert month.headers["location"] == f"{book_of(client)}?date={FIFTH}"
    again = client.post(f"{where}/take", data=chosen)
    assert again.headers["location"] == month.headers["location"]
    assert path.read_bytes() == before
    desk = client.app.state.desk  # type: ignore[attr-defined]
    opened = desk.roster(where.split("/")[2])
    cells = {(who, str(date)): text for (who, date), text in opened.typed.items()}
    told = {(who, date): text for _book, who, date, text, _breaks in answer["put"]}
    assert cells == told
    rests = {(who, date): breaks for _book, who, date, _t, breaks in answer["put"]}
    duty = opened.now.roster.by_cell[answer["name"], FIFTH]
    assert break_times(duty.breaks) == rests[answer["name"], str(FIFTH)] != ""
    known = Tolerated(rules_of(opened.problem), opened.saved.findings)
    beyond = known.beyond(opened.now.findings)
    assert [one for one in beyond if one.people != (CARER,)] == []
    assert {who for who, _date in cells} >= {CARER, answer["name"]}
    assert opened.now.roster.by_cell[CARER, FIFTH].shift is None
    assert opened.now.roster.by_cell[answer["name"], FIFTH].shift == "早"
    # Beside cells that are typed already no other answer is put.
    assert "勤務表に入れてみる" not in client.get(f"{where}/answers").text
    client.post(f"{book_of(client)}/undo")
    assert not opened.edits
    client.post(f"{book_of(client)}/redo")
    shown = opened.now.roster
    client.post(f"{book_of(client)}/save")
    assert read_roster(path).roster.fingerprint == shown.fingerprint
    wrong = client.post(f"{where}/take", data={"answer": "99"})
    assert wrong.status_code == 404


def test_room_with_changes_is_put_into_the_roster(client: TestClient) -> None:
    """With the guests, as one step that breaks nothing new."""
    answer = asked(client, kind="room")
    run = waited(client, answer.headers["location"])
    assert run.state == DONE
    where = answer.headers["location"].partition("#")[0]
    ways = [(room, way) for room in run.told["ways"] for way in room["ways"]]
    place, way = next((n, way) for n, (_room, way) in enumerate(ways) if way["put"])
    service, before, number = way["users"]
    month = client.post(f"{where}/take", data={"answer": place})
    assert month.headers["location"] == f"{book_of(client)}?date={FIFTH}"
    opened = client.app.state.desk.roster(where.split("/")[2])  # type: ignore[attr-defined]
    texts = {(who, date): text for _book, who, date, text, _breaks in way["put"]}
    typed = {(who, str(date)): text for (who, date), text in opened.typed.items()}
    assert typed.items() <= texts.items()
    assert opened.edits[Part.USERS, service, FIFTH] == str(number)
    assert number - before == way["more"] > 0
    known = Tolerated(rules_of(opened.problem), opened.saved.findings)
    assert not known.beyond(opened.now.findings)
    client.post(f"{book_of(client)}/undo")
    assert not opened.edits


def test_answers_are_shown_as_they_become_known(client: TestClient, path: Path) -> None:
    """And keep their buttons' numbers when more come; what was not judged is told."""
    where = asked(client).headers["location"].partition("#")[0]
    run = waited(client, where)
    state = client.app.state.desk.state  # type: ignore[attr-defined]
    able = [one for one in run.told["answers"] if one["can"]]
    others = [one for one in run.told["answers"] if not one["can"]]
    number, is_new = state.begin(
        "substitutes", run.book, path, path, 60.0, {**run.asked, "symbol": "日"}
    )
    assert is_new
    told = {"title": "12月5日", "of": run.told["of"], "answers": able[-1:], "left": 4}
    state.tell(number, told)
    part = client.get(f"{where.rpartition('/')[0]}/{number}/answers").text
    assert "あと4人を調べています。" in part
    assert able[-1]["name"] in part
    assert f'value="{able[-1]["row"]}"' in part
    assert "hx-get" in part
    assert "ほかの人が入れない理由" not in part
    state.tell(number, told | {"answers": [*able, *others[:1]], "left": 2})
    state.end(number, "failed", trouble="止まりました。")
    part = client.get(f"{where.rpartition('/')[0]}/{number}/answers").text
    assert "2人を調べる前に終わりました。" in part
    assert "止まりました。" in part
    assert f'value="{able[-1]["row"]}"' in part
    assert "hx-get" not in part


@pytest.mark.parametrize(
    "form",
    [{"row": 99}, {"row": "x"}, {"symbol": "無"}, {"symbol": "夜"}, {"kind": "roster"}],
)
def test_what_is_not_there_is_not_asked(
    client: TestClient, form: dict[str, object]
) -> None:
    assert asked(client, **form).status_code == 404
