"""だれか入れる？ 泊まれる？: the answers are those of the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.domain.scenario import Scenario
from scheduler.files.rosters import read_roster
from scheduler.page.state import DONE
from scheduler.solver.standing.edits import Settled
from scheduler.whatif.gaps import find_gap
from scheduler.whatif.substitutes import substitutes
from scheduler.wording.substitutes import more_text
from tests.busy_month import CARER, busy_problem
from tests.busy_page import client, path
from tests.pages import book_of, waited

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


def test_room_with_changes_is_looked_for(client: TestClient) -> None:
    answer = asked(client, kind="room")
    run = waited(client, answer.headers["location"])
    assert run.state == DONE
    assert "ways" in run.told


@pytest.mark.parametrize(
    "form",
    [{"row": 99}, {"row": "x"}, {"symbol": "無"}, {"symbol": "夜"}, {"kind": "roster"}],
)
def test_what_is_not_there_is_not_asked(
    client: TestClient, form: dict[str, object]
) -> None:
    assert asked(client, **form).status_code == 404
