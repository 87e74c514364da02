"""だれか入れる？, 困ったとき and ふりかえり walked in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages import busy_bytes
from tests.test_page_browser import CHROMIUM, PATIENCE, served

if TYPE_CHECKING:
    from pathlib import Path

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
pytestmark = [
    # A browser and a server start here, and a search for substitutes.
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def test_a_manager_asks_looks_back_and_goes_on(tmp_path: Path) -> None:
    """A substitute asked for by keys; the month closed; the next month's grid open."""
    (tmp_path / "home-2026-12.xlsx").write_bytes(busy_bytes())
    troubles: list[str] = []
    with playwright.sync_playwright() as driver, served(tmp_path) as address:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1024, "height": 768})
        page.set_default_timeout(2 * PATIENCE)
        home = address.split("?")[0]
        page.on("pageerror", lambda one: troubles.append(str(one)))
        page.on(
            "console",
            lambda one: troubles.append(one.text) if one.type == "error" else None,
        )
        page.on(
            "request",
            lambda one: None if one.url.startswith(home) else troubles.append(one.url),
        )
        page.goto(address)
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
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        page.click("form[action$='/next'] button")
        page.wait_for_selector("#roster")
        browser.close()
    assert troubles == []
    assert not wide
    assert len(list((tmp_path / "inputs").iterdir())) == 1
