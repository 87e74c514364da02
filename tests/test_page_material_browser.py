"""来月の材料 in a real browser: drawn with the pointer, and by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.files.problems import read_problem
from scheduler.files.workbook.write_input import write_input
from tests.busy_month import busy_problem
from tests.test_page_browser import CHROMIUM, PATIENCE, served

if TYPE_CHECKING:
    from pathlib import Path

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
pytestmark = [
    # A browser and a server start here.
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def test_a_month_is_filled_in(tmp_path: Path) -> None:
    """Drawn over dates, clicked again, typed, a stretch by keys, undone, written."""
    path = tmp_path / "busy.xlsx"
    problem = busy_problem()
    free = problem.model_copy(update={"requests": (), "ledger": ()})
    write_input(free, path)
    troubles: list[str] = []
    with playwright.sync_playwright() as driver, served(tmp_path) as address:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(PATIENCE)
        home = address.split("?")[0]
        page.on("pageerror", lambda one: troubles.append(str(one)))
        page.on(
            "request",
            lambda one: None if one.url.startswith(home) else troubles.append(one.url),
        )
        page.goto(address)
        page.click("nav >> text=来月の材料")
        page.click("[data-brush='休']")
        first, last = (page.locator(f"#c3-{day}").bounding_box() for day in (2, 4))
        page.mouse.move(first["x"] + 4, first["y"] + 4)
        page.mouse.down()
        page.mouse.move(last["x"] + 4, last["y"] + 4, steps=4)
        page.mouse.up()
        page.wait_for_selector("#c3-4.chg")
        page.mouse.click(first["x"] + 4, first["y"] + 4)
        page.wait_for_selector("#c3-2 >> text=休◎")
        page.keyboard.press("Escape")
        page.focus("#roster [tabindex='0']")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.type("有")
        page.keyboard.press("Enter")
        page.wait_for_selector("#c1-1.chg")
        page.keyboard.press("Control+z")
        page.wait_for_selector("#c1-1:not(.chg)")
        page.click("#cu-0")
        page.keyboard.press("Escape")
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        page.wait_for_selector("#cu-0.chg")
        assert "3件" in page.inner_text("#stand")
        page.click("#save")
        page.wait_for_selector("#save[aria-disabled='true']")
        browser.close()
    assert troubles == []
    month = read_problem(path)
    assert month.forecast.days[0].day_users == 7
    dates = month.period.dates
    asked = {(one.staff, one.date, one.strength.value) for one in month.requests}
    name = month.staff[3].name
    assert asked == {
        (name, dates[2], "must"),
        (name, dates[3], "strong"),
        (name, dates[4], "strong"),
    }
