"""The page in a real browser: its server, Chromium, and what both must not do."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.page.app import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
IN_BROWSER = [
    # A browser and a server start for each file: a target of their own.
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
PATIENCE = 40_000
"""Milliseconds after which a test gives up."""

DESKTOP = {"width": 1366, "height": 768}
ZOOMED = {"width": 1093, "height": 614}
"""A laptop whose Windows enlarges by a quarter."""

TABLET = {"width": 1024, "height": 768}
UPRIGHT = {"width": 768, "height": 1024}
NARROW = {"width": 600, "height": 700}
"""Less than half of a laptop's window, beside a workbook."""
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}
SIZES = (ZOOMED, TABLET, UPRIGHT, NARROW, PHONE, {"width": 375, "height": 667}, SMALL)
SEVERE = ("serious", "critical")
WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the page of a folder and yield its first address."""
    stop, ready = threading.Event(), threading.Event()
    addresses: list[str] = []

    def tell(address: str) -> None:
        addresses.append(address)
        ready.set()

    thread = threading.Thread(
        target=serve,
        args=(folder,),
        kwargs={"port": 0, "on_ready": tell, "browser": False, "stop": stop},
        daemon=True,
    )
    thread.start()
    assert ready.wait(PATIENCE / 1000)
    try:
        yield addresses[0]
    finally:
        stop.set()
        thread.join(PATIENCE / 1000)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a browser without a window."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def walking(
    folder: Path, browser: Any = None, size: dict[str, int] = DESKTOP
) -> Iterator[Any]:
    """Yield a tab at the first screen of a folder.

    At its end: no script has failed, nothing was refused by the page's own policy, and
    nobody but the page was asked.
    """
    if browser is None:
        with chromium() as opened, walking(folder, opened, size) as tab:
            yield tab
        return
    asked: list[str] = []
    troubles: list[str] = []
    with served(folder) as address:
        page = browser.new_context(viewport=size).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda one: asked.append(one.url))
        page.on("pageerror", lambda one: troubles.append(str(one)))
        page.on("dialog", lambda one: one.accept())
        page.on(
            "console",
            lambda one: troubles.append(one.text) if one.type == "error" else None,
        )
        page.goto(address)
        yield page
        page.close()
    home = address.split("?")[0]
    assert asked
    assert [url for url in asked if not url.startswith(home)] == []
    # A text without a meaning is answered with 422, which browsers report.
    assert [one for one in troubles if "422" not in one] == []


def severe(page: Any) -> list[str]:
    """Return what axe-core finds serious on a screen."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-core is missing"
    )
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{page.url} {one['id']} {one['nodes'][0]['target']} x{len(one['nodes'])}"
        for one in found.response["violations"]
        if one["impact"] in SEVERE
    ]


def too_wide(page: Any) -> list[str]:
    """Return the sizes at which a screen is wider than its window."""
    before = page.viewport_size
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        if page.evaluate(WIDE):
            found.append(f"{page.url} {size['width']}")
    page.set_viewport_size(before)
    return found


HERE = """() => {
  const at = document.activeElement;
  const group = at.closest('[role=radiogroup], [role=group]');
  if (at === document.body || !at.matches(':focus-visible')) return [];
  const label = at.labels && at.labels[0] ? at.labels[0].innerText : at.textContent;
  const own = at.ariaLabel || label.trim().replace(/[ \\n]+/g, ' ');
  return [own, group && group.ariaLabel, at.value];
}"""
"""What the element with the focus is called, its group, and what it holds."""

MOST_STOPS = 200


def reach(page: Any, name: str, key: str = "Tab") -> None:
    """Press a key until what has a name, or is in a group of it, has the focus."""
    for _stop in range(MOST_STOPS):
        told = page.evaluate(HERE)[:2]
        if name in told or (told and told[0].startswith(f"{name} ")):
            return
        page.keyboard.press(key)
    raise AssertionError(name)
