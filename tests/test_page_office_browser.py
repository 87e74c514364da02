"""事業所の準備 in a real browser: an office that is no sample, by keys and IME."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.files.problems import read_problem
from scheduler.page.office import STEPS
from tests.test_page_browser import CHROMIUM, PATIENCE, served

if TYPE_CHECKING:
    from pathlib import Path

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-core is missing"
)
pytestmark = [
    # A browser and a server start here, once for the file.
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

SEVERE = ("serious", "critical")


def fill(page: Any, label: str, text: str) -> None:
    """Type into the first cell of a label and go on by the Enter key."""
    page.get_by_label(label, exact=True).first.click()
    page.keyboard.press("Control+a")
    with page.expect_response("**/cell"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def go(page: Any, step: str) -> None:
    page.click(f".wizard a[href$='step={step}']")
    page.wait_for_selector(f"#office[data-step='{step}']")


def add(page: Any, example: str) -> None:
    people = page.locator(".person").count()
    page.click(f"[data-example='{example}']")
    more = "n => document.querySelectorAll('.person').length > n"
    page.wait_for_function(more, arg=people)


def composed(page: Any, text: str) -> None:
    """Type by an input method; its Enter key belongs to it alone."""
    keys = page.context.new_cdp_session(page)
    for end in range(1, len(text) + 1):
        keys.send(
            "Input.imeSetComposition",
            {"text": text[:end], "selectionStart": end, "selectionEnd": end},
        )
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, keyCode: 229, bubbles: true}))"
    )
    keys.send("Input.insertText", {"text": text})


def severe(page: Any) -> list[str]:
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{page.url.rpartition('?')[2]} {one['id']} {one['nodes'][0]['target']}"
        for one in found.response["violations"]
        if one["impact"] in SEVERE
    ]


def test_a_manager_sets_up_an_office(tmp_path: Path) -> None:
    """From the empty folder to a workbook that can be read; nothing serious by axe."""
    troubles: list[str] = []
    found: list[str] = []
    wide: list[str] = []
    with playwright.sync_playwright() as driver, served(tmp_path) as address:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(2 * PATIENCE)
        page.on("pageerror", lambda one: troubles.append(str(one)))
        page.on("dialog", lambda one: one.accept())
        page.goto(address)
        page.click("text=新しい事業所を始める >> nth=0")
        found += severe(page)
        page.fill("#name", "ホーム けやき")
        page.fill("#month", "2027-02")
        page.fill("#people", "4")
        page.click("button:has-text('始める')")
        page.wait_for_selector("#office")
        for label, text in {
            "登録定員": "10",
            "通い定員": "5",
            "宿泊定員": "3",
            "登録者数": "10",
            "通い平均の延べ人数": "1460",
        }.items():
            fill(page, label, text)
        with page.expect_response("**/cell"):
            page.get_by_label("通い平均の求め方", exact=True).select_option(
                "前年度の平均"
            )
        go(page, "staff")
        for example in ("manager", "care-manager", "full-time", "nights"):
            add(page, example)
        name = page.get_by_label("氏名", exact=True).nth(2)
        name.click()
        page.keyboard.press("Control+a")
        composed(page, "けやき")
        assert name.input_value() == "けやき"
        with page.expect_response("**/cell"):
            page.keyboard.press("Enter")
        page.wait_for_selector(".person[aria-label='職員3'] .f.chg")
        with page.expect_response("**/undo"):
            page.keyboard.press("Control+z")
        with page.expect_response("**/redo"):
            page.keyboard.press("Control+y")
        with page.expect_response("**/cell"):
            page.locator(".person").nth(2).get_by_text("看護", exact=True).click()
        go(page, "rules")
        for sentence in ("許可を受けていますか", "自宅で待機しますか"):
            with page.expect_response("**/cell"):
                page.locator(".ask-row", has_text=sentence).get_by_text("はい").click()
        go(page, "week")
        for day in range(7):
            for number, text in enumerate(("4", "2", "1")):
                page.locator(".cells tbody tr").nth(day).locator("input").nth(
                    number
                ).click()
                with page.expect_response("**/cell"):
                    page.keyboard.type(text)
                    page.keyboard.press("Enter")
        page.wait_for_selector("text=全部入りました")
        for step in STEPS:
            go(page, step.name)
            found += severe(page)
            for width, height in ((1366, 768), (1093, 614), (1024, 768)):
                page.set_viewport_size({"width": width, "height": height})
                size = page.evaluate("document.documentElement.scrollWidth")
                wide += [f"{step.name} {size}"] if size > width else []
            page.set_viewport_size({"width": 1366, "height": 768})
        page.click("#save")
        page.wait_for_selector("#save[aria-disabled='true']")
        browser.close()
    assert troubles == []
    assert found == []
    assert wide == []
    (path,) = (tmp_path / "inputs").glob("*.xlsx")
    problem = read_problem(path)
    assert [one.name for one in problem.staff] == ["職員1", "職員2", "けやき", "職員4"]
    assert [one.value for one in problem.staff[2].roles] == ["care", "nurse"]
    assert problem.staff[3].shifts == ("夜",)
    assert {one.overnight for one in problem.forecast.days} == {2}
