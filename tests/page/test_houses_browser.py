"""A month of two houses walked in a real browser: made, chosen, and mended in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import OffKind
from scheduler.files.rosters import read_roster
from tests.houses.test_joint_cli import SHARED, main_office, satellite
from tests.page.test_houses import put, versions
from tests.support.browsing import IN_BROWSER, severe, too_wide, walking

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = IN_BROWSER

SLOW = 120_000
"""Milliseconds for a search."""


def test_both_houses_are_made_chosen_and_mended(tmp_path: Path) -> None:
    """The second plan is taken; then who works in both is ill, told in one house."""
    put(tmp_path, main_office(), satellite())
    found: list[str] = []
    with walking(tmp_path) as page:

        def look() -> None:
            found.extend([*severe(page), *too_wide(page)])

        page.click("nav >> text=つくる")
        page.click("input[name=candidates][value='2']")
        page.click("input[name=minutes][value='1']")
        page.click("form[action='/make'] button")
        page.wait_for_selector(".clock.ended", timeout=SLOW)
        look()
        page.click("form[action$='/choose'] button")
        page.wait_for_selector("#roster")
        assert versions(tmp_path) == [2, 2]
        page.click("nav >> text=急な休み")
        page.wait_for_selector("#who")
        if SHARED not in page.inner_text("#who") or page.query_selector("#kin a"):
            page.click("#kin a:not([aria-current])")
        page.wait_for_selector("#who")
        page.select_option("#who", label=SHARED)
        page.check("input[name=date][value='2026-12-03']")
        page.fill("#why", "風邪")
        page.click("form.ask button[type=submit]")
        page.wait_for_selector("#run[data-events='']", timeout=SLOW)
        look()
        answers = "article.plan >> nth=0 >> input[value=yes]:not(:checked)"
        while page.query_selector(answers):
            # Not `check`: what is checked is no longer found by this selector.
            with page.expect_response("**/answer"):
                page.click(f"{answers} >> nth=0")
        page.click("article.plan >> nth=0 >> form[action$='/take'] button")
        page.wait_for_url("**/slips/**")
        look()
    assert found == []
    assert versions(tmp_path) == [3, 3]
    for name in ("main", "flower"):
        file = read_roster(tmp_path / "outputs" / f"{name}.xlsx")
        duty = file.roster.by_cell[SHARED, file.problem.period.last]
        assert duty.off is not None
        assert duty.off in (OffKind.ABSENT, OffKind.DAY_OFF)
