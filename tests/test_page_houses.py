"""A main office with its satellite on the page, and where their rosters differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.audit import audit
from scheduler.files.rosters import read_roster
from scheduler.files.workbook.write_input import write_input
from tests.pages import application, saved, typed, visitor, waited
from tests.test_joint_cli import SHARED, main_office, satellite

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "inputs").mkdir()
    write_input(main_office(), tmp_path / "inputs" / "main.xlsx")
    write_input(satellite(), tmp_path / "inputs" / "flower.xlsx")
    return visitor(application(tmp_path))


def books(client: TestClient, kind: str) -> dict[str, str]:
    """Return the addresses' ids of all workbooks of a kind by their names."""
    library = client.app.state.desk.library  # type: ignore[attr-defined]
    found = library.inputs() if kind == "input" else library.rosters()
    return {one.name: one.id for one in found}


def test_both_houses_are_made_in_one_search(client: TestClient, tmp_path: Path) -> None:
    """Asked for by either; each roster is legal and names the other house."""
    text = client.get("/make").text
    assert text.count("<form class=") == 1
    assert "いっしょにつくります" in text
    form = {"book": books(client, "input")["flower"], "minutes": "1"}
    address = str(client.post("/make", data=form).headers["location"])
    run = waited(client, address)
    assert run.state == "done", run.trouble
    made = books(client, "roster")
    assert made.keys() == {"main", "flower"}
    for name in made:
        file = read_roster(tmp_path / "outputs" / f"{name}.xlsx")
        assert not [f for f in audit(file.problem, file.roster) if f.stance.is_hard]
    shown = client.get(address).text
    assert all(f'href="/month/{one}"' in shown for one in made.values())
    assert client.get(f"{address}/wall").status_code == 200
    home, other = f"/month/{made['main']}", f"/month/{made['flower']}"
    assert other in client.get(home).text
    # Of houses together none is made again alone: it would forget the other's people.
    again = {"book": made["main"]}
    assert client.post("/make", data=again).status_code == 404
    file = read_roster(tmp_path / "outputs" / "flower.xlsx")
    names = [one.name for one in file.problem.staff]
    worked = [
        day
        for day, date in enumerate(file.problem.period.dates)
        if file.roster.by_cell[SHARED, date].shift
    ]
    assert "食い違" not in client.get(home).text.partition('class="desk"')[0]
    typed(client, other, names.index(SHARED), worked[0], "休")
    saved(client, other)
    told = client.get(home).text.partition('class="desk"')[0]
    assert f"<li>{SHARED}、" in told


def test_a_satellite_alone_is_told_where_its_main_office_is_missing(
    client: TestClient, tmp_path: Path
) -> None:
    (tmp_path / "inputs" / "main.xlsx").unlink()
    text = client.get("/make").text
    assert "本館" in text
    assert "サテライトは、本体といっしょにつくります" in text
    form = {"book": books(client, "input")["flower"]}
    assert client.post("/make", data=form).status_code == 404
