"""Users typed into the month's material are held against the roster of the month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.audit import audit
from scheduler.files.rosters import read_roster
from scheduler.page.grid import TOLD
from scheduler.page.material_grid import ROWS, MaterialPart
from tests.support import week
from tests.support.pages import application, visitor

if TYPE_CHECKING:
    from pathlib import Path

DAY = 4
TOLD_OF = re.compile(r'id="of-roster".*?</section>', re.DOTALL)


def test_more_users_are_told_as_check_tells_them_of_the_saved_roster(
    tmp_path: Path,
) -> None:
    """As many places more as the roster's audit has once the same number is saved."""
    path = tmp_path / "r.xlsx"
    week.put(path)
    (tmp_path / "inputs").mkdir()
    week.put_input(tmp_path / "inputs" / "w.xlsx")
    client = visitor(application(tmp_path))
    desk = client.app.state.desk  # type: ignore[attr-defined]
    material = f"/material/{desk.library.inputs()[0].id}"
    roster = f"/month/{desk.library.rosters()[0].id}"
    before = read_roster(path)
    known = audit(before.problem, before.roster)
    assert " hidden" in TOLD_OF.search(client.get(material).text)[0]  # type: ignore[index]
    form = {"row": ROWS[MaterialPart.DAY_USE], "day": DAY, "text": "12"}
    found = TOLD_OF.search(client.post(f"{material}/cell", data=form).text)
    assert found is not None
    date = week.PROBLEM.period.dates[DAY]
    users = {"service": "day_users", "shown": date, "number": "12"}
    client.post(f"{roster}/users", data=users)
    client.post(f"{roster}/save")
    after = read_roster(path)
    new = [
        one
        for one in audit(after.problem, after.roster)
        if one not in known and one.stance in TOLD
    ]
    assert new
    assert f"あと{len(new)}か所 合いません" in found[0]
    assert found[0].count("<li>") == len(new)
    # The roster was saved with the same number: nothing is left to tell.
    assert " hidden" in TOLD_OF.search(client.get(material).text)[0]  # type: ignore[index]
