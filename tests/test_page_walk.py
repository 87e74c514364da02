"""だれか入れる？, 困ったとき and ふりかえり walked in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browsing import IN_BROWSER, TABLET, WIDE, walking
from tests.pages import busy_bytes

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = IN_BROWSER


def test_a_manager_asks_looks_back_and_goes_on(tmp_path: Path) -> None:
    """A substitute asked for by keys; the month closed; the next month's grid open."""
    (tmp_path / "home-2026-12.xlsx").write_bytes(busy_bytes())
    with walking(tmp_path, size=TABLET) as page:
        page.click("nav >> text=だれか入れる？")
        page.focus(".month-strip li:nth-child(5) a")
        page.keyboard.press("Enter")
        page.wait_for_selector("li:nth-child(5) [aria-current='date']")
        page.focus(".shift-list button >> nth=0")
        page.keyboard.press("Enter")
        page.wait_for_selector("#answers:not([hx-get]) details")
        page.click("nav >> text=困ったとき")
        page.wait_for_selector(".short-list, .trouble")
        page.click("nav >> text=ふりかえり")
        page.click("form[action$='/close'] button")
        page.wait_for_selector(".done-line")
        wide = page.evaluate(WIDE)
        page.click("form[action$='/next'] button")
        page.wait_for_selector("#roster")
    assert not wide
    assert len(list((tmp_path / "inputs").iterdir())) == 1
